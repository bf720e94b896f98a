"""The forecast ledger: what a report's file must hold, what is added, what is refused, and that nothing recorded changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.archive.forecast_rows import KEY, LEDGER, PUBLISHED, REAL, frame, read_published, typed
from analysis.archive.forecasts import Provenance, append_entries, forecast_id, ledger_path, new_entries, read_ledger
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

ROW = {
    "plan": "yuexiu-14", "indicator_id": "12", "part": "", "name": "人均捐赠额", "unit": "元/人/年", "made_in": "2023",
    "data_year": "2023", "target_year": "2025", "n": "4", "first_year": "2020", "last_value": "20.1", "target": "26",
    "direction": "higher", "point": "20.9751172567", "low_80": "18.77", "high_80": "23.44", "low_95": "16.77", "high_95": "26.24",
    "chance": "0.0274769253074", "method": "稳度加权漂移（对数）",
}  # fmt: skip
ORIGIN = Provenance("yuexiu-14-midterm-2023", "2024-03-31", "none", "2022-06-30", "a" * 64)
LATER = Provenance("later", "2025-03-31", "none", "2022-06-30", "a" * 64)


def published(*changes: dict[str, str]) -> pd.DataFrame:
    return frame([ROW | change for change in changes or ({},)], PUBLISHED)


def written(path: Path, rows: pd.DataFrame, mark: str | None = None) -> Path:
    if mark is not None:
        rows = rows.assign(mark=mark)[["mark", *rows.columns]]
    path.write_text(rows.to_csv(index=False, lineterminator="\n"), encoding="utf-8")
    return path


def refused(call: Callable[[], object]) -> list[str]:
    with pytest.raises(InputError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def home(copied_home: Path) -> Path:
    """A copy of the repository in which nothing is recorded yet."""
    for path in (copied_home / "data").glob("forecasts/*"):
        path.unlink()
    return copied_home


def recorded(*changes: dict[str, str], origin: Provenance = ORIGIN) -> Path:
    return append_entries("yuexiu-14", new_entries(read_ledger("yuexiu-14"), published(*changes), origin))


# ------------------------------------------------------------------------------------------------- a report's file


def test_a_reports_file_is_kept_word_for_word(tmp_path: Path) -> None:
    rows = published({}, {"indicator_id": "3", "part": "全自理", "point": "2.10e1", "direction": "lower"})
    assert read_published(written(tmp_path / "forecasts.csv", rows), demonstration=False).equals(rows)
    marked = read_published(written(tmp_path / "demo.csv", rows, "演示数据"), demonstration=True)
    assert marked.equals(rows)


def test_a_report_may_have_forecast_nothing(tmp_path: Path) -> None:
    found = read_published(written(tmp_path / "forecasts.csv", published().iloc[:0]), demonstration=False)
    assert found.empty and tuple(found.columns) == PUBLISHED


@pytest.mark.parametrize(
    ("change", "words"),
    [
        *[({name: ""}, f"第2行 {name}列；实际：空") for name in PUBLISHED if name != "part"],
        ({"data_year": "2023.0"}, "data_year列；实际：2023.0；应为：整数"),
        ({"chance": "约5%"}, "chance列；实际：约5%；应为：数字"),
        ({"point": "nan"}, "point列；实际：nan"),
        ({"high_95": "inf"}, "high_95列；实际：inf"),
        ({"n": "1_0"}, "n列；实际：1_0"),
        ({"target": " 26"}, "target列；实际： 26"),
        ({"direction": "up"}, "direction列；实际：up；应为：higher、lower"),
        ({"n": "2"}, "n列；实际：2；应为：至少3个年度数据"),
        ({"chance": "1.01"}, "应为：0～1"),
        ({"chance": "-0.01"}, "应为：0～1"),
        ({"first_year": "2023"}, "实际：2023、2023、2025；应为：首个年份<数据年份<目标年份"),
        ({"target_year": "2023"}, "实际：2020、2023、2023"),
        ({"made_in": "2022"}, "data_year、made_in列；实际：2023、2022"),
        ({"low_80": "16"}, "应为：95%下限≤80%下限≤中值≤80%上限≤95%上限"),
        ({"high_80": "20"}, "应为：95%下限≤80%下限"),
        ({"high_95": "23"}, "应为：95%下限≤80%下限"),
        ({"name": "=SUM(A1)"}, "name列；实际：=SUM(A1)；应为：不以 = + - @ 开头的文字"),
        ({"part": "@甲"}, "part列"),
    ],
)  # fmt: skip
def test_a_defective_cell_is_told_with_its_place(tmp_path: Path, change: dict[str, str], words: str) -> None:
    path = written(tmp_path / "forecasts.csv", published(change))
    (problem,) = refused(lambda: read_published(path, demonstration=False))
    assert words in problem and problem.startswith(f"{tmp_path.name}/forecasts.csv")


def test_the_boundaries_of_what_is_allowed(tmp_path: Path) -> None:
    level = dict.fromkeys(("point", "low_80", "high_80", "low_95", "high_95"), "100")
    rows = published(
        {"n": "3", "chance": "0"} | level, {"indicator_id": "13", "chance": "1", "point": "20", "low_80": "-5", "low_95": "-9"}
    )
    assert read_published(written(tmp_path / "f.csv", rows), demonstration=False).equals(rows)


def test_all_defects_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path / "f.csv", published({"n": "x", "unit": ""}, {"indicator_id": "13", "chance": "2"}, {}, {"name": "乙"}))
    problems = refused(lambda: read_published(path, demonstration=False))
    assert [problem.partition("；")[0].partition(" ")[2] for problem in problems] == [
        "第2行 unit列",
        "第2行 n列",
        "第3行 chance列",
        "第4行",
        "第5行",
    ]
    assert "与第2行是同一指标的推算" in problems[3]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "第1行；实际：缺少plan、indicator_id"),
        ("mark,甲\n".encode(), "多出mark、甲"),
        (",".join((*PUBLISHED[1:], PUBLISHED[0])).encode(), "列的次序或重复：indicator_id"),
        (f"{','.join(PUBLISHED)}\n1,2\n\n".encode(), "第2行；实际：2格；应为：20格"),
        (f'{",".join(PUBLISHED)}\n"1\n'.encode(), "引号没有成对"),
        ("人均".encode("gb18030"), "不是 UTF-8 文本"),
    ],
)  # fmt: skip
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    assert words in refused(lambda: read_published(tmp_path / "f.csv", demonstration=False))[0]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "f.csv；实际：找不到该文件" in refused(lambda: read_published(tmp_path / "f.csv", demonstration=False))[0]


def test_the_mark_is_due_on_every_made_up_row_and_on_no_other(tmp_path: Path) -> None:
    marked = written(tmp_path / "marked.csv", published(), "演示数据")
    assert "多出mark" in refused(lambda: read_published(marked, demonstration=False))[0]
    plain = written(tmp_path / "plain.csv", published())
    assert "缺少mark" in refused(lambda: read_published(plain, demonstration=True))[0]
    wrong = written(tmp_path / "wrong.csv", published(), "")
    assert refused(lambda: read_published(wrong, demonstration=True)) == [
        f"{tmp_path.name}/wrong.csv 第2行 mark列；实际：空；应为：演示数据；处理：重新运行 minzheng report"
    ]


# ------------------------------------------------------------------------------------------------- identity


def test_an_identifier_names_the_forecast_and_ends_in_its_contents_hash() -> None:
    assert forecast_id(ROW).startswith("yuexiu-14-12-2023-2025-")
    assert forecast_id(ROW | {"part": "全自理"}).startswith("yuexiu-14-12-全自理-2023-2025-")
    assert len(forecast_id(ROW).rpartition("-")[2]) == 8


@given(name=st.sampled_from(PUBLISHED), text=st.text("0123456789甲乙", min_size=1, max_size=6))
def test_the_identifier_changes_with_everything_but_the_evaluation_year(name: str, text: str) -> None:
    same = text == ROW[name] or name == "made_in"
    assert (forecast_id(ROW | {name: text}) == forecast_id(ROW)) == same


# ------------------------------------------------------------------------------------------------- what is added


def test_nothing_recorded_is_an_empty_ledger(home: Path) -> None:
    assert read_ledger("yuexiu-14").empty and tuple(read_ledger("yuexiu-14").columns) == LEDGER
    assert refused(lambda: read_ledger("nowhere-14"))


def test_a_report_is_recorded_with_where_it_comes_from(home: Path) -> None:
    path = recorded({}, {"indicator_id": "19", "part": "其中"})
    assert path == home / "data" / "forecasts" / "yuexiu-14.csv" == ledger_path("yuexiu-14")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfforecast_id,")
    ledger = read_ledger("yuexiu-14")
    assert ledger[list(PUBLISHED)].equals(published({}, {"indicator_id": "19", "part": "其中"}))
    assert set(map(tuple, ledger[["run", "monitoring_edition", "public_edition", "targets_edition", "constants"]].to_numpy())) == {
        (ORIGIN.run, "2024-03-31", "none", "2022-06-30", "a" * 64)
    }


def test_later_forecasts_go_to_the_end_and_earlier_bytes_stay(home: Path) -> None:
    before = recorded().read_bytes()
    after = recorded({"indicator_id": "19"}, origin=LATER).read_bytes()
    assert after.startswith(before) and after.count(b"\n") == before.count(b"\n") + 1
    assert [path.name for path in paths.forecasts().iterdir()] == ["yuexiu-14.csv"]


def test_a_last_line_without_line_break_is_not_run_into(home: Path) -> None:
    path = recorded()
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    recorded({"indicator_id": "19"})
    assert read_ledger("yuexiu-14")["indicator_id"].tolist() == ["12", "19"]


@pytest.mark.parametrize(
    ("change", "origin"),
    [({}, ORIGIN), ({}, LATER), ({"made_in": "2024"}, LATER), ({"point": "20.9751172568"}, ORIGIN)],
    ids=["again", "other editions", "other evaluation year", "last digit"],
)
def test_the_same_forecast_is_not_recorded_twice(home: Path, change: dict[str, str], origin: Provenance) -> None:
    recorded()
    fresh = new_entries(read_ledger("yuexiu-14"), published(change, {"indicator_id": "19"}), origin)
    assert fresh["indicator_id"].tolist() == ["19"]


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name not in (*KEY, "made_in")])
def test_other_figures_from_the_same_editions_are_refused(home: Path, name: str) -> None:
    recorded({}, {"indicator_id": "19"})
    other = {"direction": "lower", "n": "5", "first_year": "2019"}.get(name, f"{float(ROW[name]) * 1.001:.6g}" if name in REAL else "别的")
    moved = [{name: other}, {"indicator_id": "19", name: other}, {"indicator_id": "20"}]
    problems = refused(lambda: new_entries(read_ledger("yuexiu-14"), published(*moved), ORIGIN))
    assert len(problems) == 2
    assert problems[0].startswith(f"指标12 {other if name == 'name' else '人均捐赠额'}；实际：与已登记的 yuexiu-14-12-2023-2025-")
    assert f"数值不同：{name} {ROW[name]}→{other}；应为" in problems[0]


def test_a_part_and_other_constants_are_told(home: Path) -> None:
    recorded({"part": "全自理"})
    other = Provenance(ORIGIN.run, "2024-03-31", "none", "2022-06-30", "b" * 64)
    (problem,) = refused(lambda: new_entries(read_ledger("yuexiu-14"), published({"part": "全自理", "chance": "0.5"}), other))
    assert "指标12 人均捐赠额（全自理）" in problem and "趋势模型的常数也不同" in problem


@pytest.mark.parametrize("position", [0, 1, 2], ids=["monitoring", "public", "targets"])
def test_other_figures_from_other_editions_are_a_new_forecast(home: Path, position: int) -> None:
    recorded()
    editions = ["2024-03-31", "none", "2022-06-30"]
    editions[position] = "2025-03-31"
    origin = Provenance("later", *editions, constants="a" * 64)
    recorded({"chance": "0.5"}, origin=origin)
    assert read_ledger("yuexiu-14")["chance"].tolist() == ["0.0274769253074", "0.5"]
    assert refused(lambda: new_entries(read_ledger("yuexiu-14"), published({"chance": "0.6"}), origin))


def test_another_data_year_or_target_year_is_another_forecast(home: Path) -> None:
    recorded()
    changes = ({"data_year": "2024", "made_in": "2024", "chance": "0.5"}, {"target_year": "2026", "chance": "0.4"})
    recorded(*changes)
    assert len(read_ledger("yuexiu-14")) == 3


# ------------------------------------------------------------------------------------------------- a ledger changed by hand


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("18.77", "18.78", "与该行内容不符"),
        ("人均捐赠额", "捐赠额", "与该行内容不符"),
        ("20.9751172567", "20.97511726", "与该行内容不符"),
        (",2024-03-31,", ",,", "monitoring_edition列；实际：空"),
        ("a" * 64, "a" * 63, "64位十六进制的 sha256"),
        ("a" * 64, "A" * 64, "64位十六进制的 sha256"),
        ("yuexiu-14,12", "demo-14,12", "应为：yuexiu-14"),
        (",run,", ",report,", "缺少run"),
    ],
)  # fmt: skip
def test_a_ledger_changed_by_hand_is_refused_and_stays_as_it_is(home: Path, old: str, new: str, words: str) -> None:
    path = recorded()
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = path.read_bytes()
    assert any(words in problem for problem in refused(lambda: read_ledger("yuexiu-14")))
    rows = new_entries(frame([], LEDGER), published({"indicator_id": "19"}), ORIGIN)
    assert refused(lambda: append_entries("yuexiu-14", rows))
    assert path.read_bytes() == before


def test_a_row_repeated_by_hand_is_refused(home: Path) -> None:
    path = recorded()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert "重复；应为：标识唯一" in refused(lambda: read_ledger("yuexiu-14"))[0]


def test_a_folder_name_that_is_a_formula_is_not_recorded(home: Path) -> None:
    rows = new_entries(frame([], LEDGER), published(), Provenance("=1+1", "none", "none", "2022-06-30", "a" * 64))
    assert "run列；实际：=1+1" in refused(lambda: append_entries("yuexiu-14", rows))[0]
    assert not ledger_path("yuexiu-14").exists()


def test_a_failed_write_leaves_the_ledger_and_no_trace(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = recorded().read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"):
        recorded({"indicator_id": "19"})
    assert [path.read_bytes() for path in paths.forecasts().iterdir()] == [before]


def test_a_made_up_plans_ledger_says_so_in_name_and_rows(home: Path) -> None:
    rows = new_entries(read_ledger("demo-14"), published({"plan": "demo-14"}), ORIGIN)
    path = append_entries("demo-14", rows)
    assert path.name == "演示数据-demo-14.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("mark,forecast_id,") and lines[1].startswith("演示数据,demo-14-12-")
    assert read_ledger("demo-14").equals(rows)


def test_numbers_become_numbers() -> None:
    row = typed(published()).iloc[0]
    assert (row["data_year"], row["n"], row["target"], row["chance"], row["indicator_id"]) == (2023, 4, 26.0, 0.0274769253074, "12")
