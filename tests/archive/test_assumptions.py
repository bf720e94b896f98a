"""The assumption ledger: its schema, its order, what it refuses, and every entry that it holds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pydantic
import pytest

from analysis.archive import assumptions
from analysis.archive.assumptions import Assumption, Citation, assumption_table, check_cited, load_assumption
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

ENTRY = """
  - id: {id}
    name: 甲
    definition: 甲÷乙
    unit: "%"
    low: {low}
    mid: 2
    high: 3
    quality: {quality}
    impact: {impact}
    reason: 没有本区数据
    citation: {citation}
    reviewed: 2026-11-25
"""
CITED = "{text: 某年鉴第1页, seen: 原件}"


def entry(id: str = "first", **changes: str) -> str:
    return ENTRY.format(**{"id": id, "low": "1", "quality": "red", "impact": "red", "citation": CITED} | changes)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty ledger in a folder of its own, in place of the real one."""
    monkeypatch.setattr(paths, "assumptions", lambda: tmp_path)
    assumptions._ledger.cache_clear()
    yield tmp_path
    assumptions._ledger.cache_clear()


def write(folder: Path, name: str, *entries: str) -> None:
    (folder / f"{name}.yml").write_text(f"title: {name}组\nassumptions:{''.join(entries)}", encoding="utf-8")


def refused() -> str:
    with pytest.raises(InputError) as caught:
        assumption_table()
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (entry().replace("name: 甲", "name: 甲\n    colour: 红"), "assumptions.0.colour；实际：未定义的键"),
        (entry().replace("    unit: \"%\"\n", ""), "assumptions.0.unit；实际：缺少该键"),
        (entry(low="2.5"), "低、中、高依次不减（first：2.5、2、3）"),
        (entry(low="约1"), "assumptions.0.low；实际：'约1'；应为：数字"),
        (entry(low=".nan"), "assumptions.0.low；实际：nan；应为：有限的数"),
        (entry("First"), "assumptions.0.id；实际：'First'；应为：符合"),
        (entry("1st"), "'1st'"),
        (entry(quality="yellow"), "assumptions.0.quality；实际：'yellow'"),
        (entry(citation="{text: 某年鉴, seen: 听说}"), "assumptions.0.citation.seen；实际：'听说'"),
        (entry(citation='{text: "", seen: 原件}'), "assumptions.0.citation.text"),
        (entry().replace("    citation: " + CITED + "\n", ""), "assumptions.0.citation；实际：缺少该键"),
        (entry() + "    name: 乙\n", "键 name 重复"),
    ],
)  # fmt: skip
def test_a_defective_entry_is_refused_with_its_key(ledger: Path, text: str, words: str) -> None:
    write(ledger, "beds", text)
    told = refused()
    assert words in told and "beds.yml" in told


def test_equal_low_mid_and_high_are_a_fixed_value(ledger: Path) -> None:
    write(ledger, "beds", entry(low="2").replace("high: 3", "high: 2"))
    assert load_assumption("first").range == (2, 2, 2)


def test_an_identifier_occurs_once_in_all_files(ledger: Path) -> None:
    write(ledger, "ageing", entry("shared"))
    write(ledger, "beds", entry("own"), entry("shared"), entry("own"))
    told = refused()
    assert "发现2处问题" in told
    assert "beds.yml shared；实际：与ageing.yml 中的标识重复" in told
    assert "beds.yml own；实际：与beds.yml 中的标识重复" in told


def test_an_unknown_entry_is_told_with_those_there_are(ledger: Path) -> None:
    write(ledger, "beds", entry("one"), entry("two"))
    with pytest.raises(InputError, match="假设 three；实际：台账中没有该假设；应为：one、two；处理：用 minzheng assumptions"):
        assumption_table(["one", "three"])


def test_parameters_without_citation_are_refused_all_at_once(ledger: Path) -> None:
    write(ledger, "beds", entry("one", citation=""), entry("two"), entry("three", citation=""))
    with pytest.raises(InputError) as caught:
        check_cited(["three", "two", "one"])
    first, second = caught.value.problems
    assert str(first) == "假设 three；实际：甲没有出处，为示意参数；应为：写进报告的假设有出处；处理：补上出处，或只在研究笔记本中使用"
    assert second.where == "假设 one"
    check_cited(["two"])


@pytest.mark.parametrize(
    ("seen", "mark"),
    [
        ("官方页面", ""), ("原件", ""), ("本库计算", ""),
        ("媒体或资料网站", "待核实"), ("转载，原件未见", "待核实"), ("摘录", "待核实"), (None, "示意参数"),
    ],
)  # fmt: skip
def test_marks(ledger: Path, seen: str | None, mark: str) -> None:
    write(ledger, "beds", entry(citation=f"{{text: 某年鉴, seen: {seen}}}" if seen else ""))
    assert load_assumption("first").mark == mark
    row = assumption_table().iloc[0]
    assert (row["mark"], row["citation"], row["seen"]) == (mark, "某年鉴" if seen else "", seen or "")


def test_the_most_doubtful_and_weighty_come_first(ledger: Path) -> None:
    grades = ("green", "amber", "red")
    entries = [entry(f"{quality}_{impact}", quality=quality, impact=impact) for quality, impact in itertools.product(grades, grades)]
    write(ledger, "a", *entries[:5])
    write(ledger, "b", *entries[5:])
    table = assumption_table()
    assert table["id"].iloc[0] == "red_red" and table["id"].iloc[-1] == "green_green"
    assert table["red_red"].tolist() == [True] + [False] * 8
    assert set(table["id"].iloc[1:3]) == {"red_amber", "amber_red"}
    assert set(table["id"].iloc[6:8]) == {"green_amber", "amber_green"}
    assert table["group"].iloc[0] == "b" and table["group_title"].iloc[0] == "b组"
    kept = assumption_table(["green_green", "red_red", "green_green"])
    assert kept["id"].tolist() == ["red_red", "green_green"]


def test_a_table_of_no_entries_has_all_columns(ledger: Path) -> None:
    write(ledger, "beds", entry())
    assert assumption_table([]).columns.tolist() == assumption_table().columns.tolist()
    assert assumption_table([]).empty


def test_entries_do_not_change() -> None:
    with pytest.raises(pydantic.ValidationError):
        load_assumption("institution_occupancy").mid = 1.0  # type: ignore[misc]


# ------------------------------------------------------------------------------------------------- the real ledger

REAL: list[Assumption] = [load_assumption(id) for id in assumption_table()["id"]]


@pytest.mark.parametrize("item", REAL, ids=lambda item: item.id)
def test_every_entry_says_what_it_is(item: Assumption, root: Path) -> None:
    for text in (item.name, item.definition, item.unit, item.reason):
        assert text.strip() == text != ""
    assert not (item.quality == "green" and item.mark), "绿的证据须见过官方的原件"
    assert item.citation or item.quality == "red", "没有出处的证据为红"
    if item.citation:
        assert_citation_leads_somewhere(item.citation, root)


def assert_citation_leads_somewhere(cited: Citation, root: Path) -> None:
    if cited.deposit:
        assert (root / "data" / "raw" / cited.deposit).is_dir()
    for address in cited.address.split():
        assert re.fullmatch(r"https?://[^\s/]+\.[^\s/]+/\S*", address), address
    if cited.seen in ("摘录", "媒体或资料网站", "转载，原件未见", "官方页面"):
        assert cited.address or cited.deposit or "规划" in cited.text, "看到的是哪一页"


def test_no_address_of_a_package_registry(root: Path) -> None:
    hosts = ["py" + "pi.", "python" + "hosted.", "conda" + ".org", "anaconda" + ".", "npm" + "js.", "cran." + "r-project"]
    hosts += ["proxy.go" + "lang", "crates" + ".io", "r-universe" + ".dev"]
    for path in [*sorted(paths.assumptions().glob("*.yml")), root / "docs" / "assumptions.md"]:
        text = path.read_text(encoding="utf-8").lower()
        assert [host for host in hosts if host in text] == [], path.name


def test_red_red_entries_stand_first() -> None:
    flags = assumption_table()["red_red"].tolist()
    assert flags == sorted(flags, reverse=True) and flags[0] and not flags[-1]
