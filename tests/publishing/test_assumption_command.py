"""``minzheng assumptions`` and docs/assumptions.md: everything of the ledger, in an order and a width that can be read."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.archive.assumptions import RATING_WORDS, Assumption, assumption_table, load_assumption
from analysis.presentation.assumption_document import assumption_document, range_words
from analysis.publishing.assumption_commands import assumptions
from analysis.vocabulary.errors import InputError


def listed(*arguments: str) -> list[str]:
    result = CliRunner().invoke(assumptions, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0
    return result.output.splitlines()


def ids_of(lines: list[str]) -> list[str]:
    return [line.split(" ")[0] for line in lines[:-1:2]]


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def test_every_entry_in_two_lines_of_a_hundred_columns() -> None:
    lines = listed()
    assert ids_of(lines) == assumption_table()["id"].tolist()
    assert max(map(width, lines)) <= 100
    for first, second, id in zip(lines[:-1:2], lines[1:-1:2], ids_of(lines), strict=True):
        item = load_assumption(id)
        assert item.name in first and range_words(item) in first
        assert second.startswith(f"    质量{RATING_WORDS[item.quality]} 影响{RATING_WORDS[item.impact]} ")
        assert (f"〔{item.mark}〕" in second) == bool(item.mark)
        cited = item.citation.text if item.citation else "没有出处"
        shown = second.partition("〕")[2] if item.mark else second[len("    质量红 影响红 ") :]
        assert cited.startswith(shown.removesuffix("…")) and shown
        assert shown == cited or (shown.endswith("…") and width(second) >= 98)


def test_an_entry_as_it_is_read() -> None:
    lines = listed("--group", "care_beds")
    at = ids_of(lines).index("institution_occupancy") * 2
    assert lines[at] == "institution_occupancy 养老机构床位使用率：53%～82%，中62%"
    assert lines[at + 1].startswith("    质量红 影响红 〔待核实〕低：2016年北京市460家") and lines[at + 1].endswith("…")


def test_the_weak_and_weighty_come_first_and_can_be_listed_alone() -> None:
    table = assumption_table().set_index("id")
    everything, red = ids_of(listed()), ids_of(listed("--red"))
    assert red == everything[: len(red)] == table.index[table["red_red"]].tolist()
    assert 0 < len(red) < len(everything)


def test_the_last_line_counts() -> None:
    table = assumption_table()
    counts = {mark: int((table["mark"] == mark).sum()) for mark in ("待核实", "示意参数")}
    assert (
        listed()[-1]
        == f"{len(table)}条假设，红红{int(table['red_red'].sum())}条，待核实{counts['待核实']}条，示意参数{counts['示意参数']}条"
    )


def test_choices_narrow_each_other() -> None:
    table = assumption_table()
    wanted = table[(table["group"] == "donations") & table["red_red"] & (table["citation"] == "")]
    assert ids_of(listed("--group", "donations", "--red", "--uncited")) == wanted["id"].tolist()
    assert ids_of(listed("--uncited")) == table.loc[table["citation"] == "", "id"].tolist()
    assert ids_of(listed("--group", "donations")) == table.loc[table["group"] == "donations", "id"].tolist()


def test_the_table_holds_what_the_lines_cut_off(tmp_path: Path) -> None:
    lines = listed("--group", "ageing", "--out", str(tmp_path / "假设.csv"))
    assert lines[-1] == f"→ {tmp_path / '假设.csv'}"
    found = pd.read_csv(tmp_path / "假设.csv", encoding="utf-8-sig", keep_default_na=False)
    table = assumption_table()
    table = table[table["group"] == "ageing"]
    assert found.columns.tolist() == table.columns.tolist()
    assert found["citation"].tolist() == table["citation"].tolist()
    assert found["low"].tolist() == pytest.approx(table["low"].tolist())
    assert set(found["red_red"].astype(str).str.lower()) <= {"true", "false"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("--group", "beds"), "没有该组；应为：ageing、care_beds、donations"), (("--out", "a.xlsx"), "不是可写的 CSV 文件位置")],
)
def test_wrong_arguments(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(InputError, match=words):
        CliRunner().invoke(assumptions, list(arguments), catch_exceptions=False)


@pytest.mark.parametrize(
    ("values", "unit", "words"),
    [
        ((53, 62, 82), "%", "53%～82%，中62%"),
        ((-4.4, 1.8, 9.9), "%/年", "−4.4%/年～9.9%/年，中1.8%/年"),
        ((0.0001, 0.5, 1234.5), "张/千名长者", "0.0001～1,234.5，中0.5（张/千名长者）"),
        ((3, 3, 3), "%", "3%（定值）"),
    ],
)
def test_ranges_in_words(values: tuple[float, float, float], unit: str, words: str) -> None:
    low, mid, high = values
    entry = load_assumption("institution_occupancy").model_copy(update={"low": low, "mid": mid, "high": high, "unit": unit})
    assert range_words(entry) == words


# ------------------------------------------------------------------------------------------------- docs/assumptions.md


def test_the_document_is_what_the_ledger_says(root: Path) -> None:
    assert (root / "docs" / "assumptions.md").read_text(encoding="utf-8") == assumption_document(), "运行 make data 重新生成"


@pytest.mark.parametrize("item", [load_assumption(id) for id in assumption_table()["id"]], ids=lambda item: item.id)
def test_the_document_holds_all_of_an_entry(item: Assumption) -> None:
    (section,) = [part for part in re.split(r"^###? ", assumption_document(), flags=re.M) if f"- 标识：`{item.id}`\n" in part]
    said = [item.name, item.definition, item.reason, item.note, item.reviewed.isoformat(), f"取值：{range_words(item)}"]
    said += [f"证据{RATING_WORDS[item.quality]}、影响{RATING_WORDS[item.impact]}", item.mark]
    said += [item.citation.text, f"所见：{item.citation.seen}", *item.citation.address.split()] if item.citation else ["出处：无"]
    said += [f"data/raw/{item.citation.deposit}"] if item.citation and item.citation.deposit else []
    assert [words for words in said if words not in section] == []


def test_groups_stand_once_in_order() -> None:
    groups = re.findall(r"^## .+（(\w+)\.yml）$", assumption_document(), re.M)
    assert groups == sorted(assumption_table()["group"].unique())
