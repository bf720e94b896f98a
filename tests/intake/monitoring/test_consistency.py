"""Jumps between years and against the base: who is blamed, and how 已核对 settles it."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from messy import FORM, csv_file, csv_row, problems, read, reading

from analysis.intake.monitoring import read_monitoring
from analysis.intake.monitoring.consistency import check_consistency
from analysis.intake.monitoring.findings import Cell, Findings
from analysis.intake.monitoring.rows import Filled
from analysis.observations.monitoring_form import monitoring_form
from analysis.vocabulary.errors import InputError


def blamed(series: str, *figures: tuple[int, float, bool]) -> list[int]:
    """Years that are told as suspicious; each figure is a year, a value and whether it is verified."""
    findings = Findings("表.csv")
    row = next(row for row in FORM.rows if row.series == series)
    check_consistency(
        [
            Filled(reading(series, year, value, verified=verified, edition=str(n)), row, Cell(value, f"第{year}行", (0, year, n)), "")
            for n, (year, value, verified) in enumerate(figures)
        ],
        FORM,
        findings,
    )
    try:
        findings.raise_problems()
    except InputError as error:
        return [int(problem.where.split("第")[1][:4]) for problem in error.problems]
    return []


def test_against_the_base_only_the_wrong_year_is_blamed() -> None:
    assert blamed("2", (2021, 1800, False), (2022, 0.18, False), (2023, 1900, False)) == [2022]


def test_confirmed_jumps_pass_and_do_not_spoil_the_other_years() -> None:
    assert blamed("2", (2021, 1800, False), (2022, 0.18, True), (2023, 1900, False)) == []
    assert blamed("minimum_wage", (2021, 2100, False), (2022, 2300, False), (2023, 23_000_000, True)) == []


def test_without_a_base_the_odd_one_is_blamed() -> None:
    assert blamed("minimum_wage", (2021, 2100, False), (2022, 0.23, False), (2023, 2300, False)) == [2022]
    assert blamed("minimum_wage", (2021, 2100, True), (2022, 2300, True), (2023, 0.23, False)) == [2023]


def test_of_two_without_a_base_both_are_blamed_until_both_are_confirmed() -> None:
    assert blamed("resident_population", (2021, 103.9, False), (2022, 1039000, False)) == [2021, 2022]
    assert blamed("resident_population", (2021, 103.9, True), (2022, 1039000, False)) == [2022]
    assert blamed("resident_population", (2021, 103.9, True), (2022, 1039000, True)) == []


def test_a_creeping_jump_is_found() -> None:
    assert blamed("resident_population", (2021, 1, False), (2022, 100, False), (2023, 10_000, False)) == [2021, 2023]


def test_the_creep_is_found_with_a_base_too() -> None:
    assert blamed("7", (2021, 1, False), (2022, 10_000, False)) == [2021, 2022]


@pytest.mark.parametrize(("value", "years"), [(99_999, []), (100_000, [2021]), (0.1001, []), (0.1, [2021]), (0, []), (-100_000, [2021])])
def test_a_thousandfold_is_the_limit(value: float, years: list[int]) -> None:
    assert blamed("7", (2021, value, False)) == years


def test_a_base_of_zero_is_no_yardstick() -> None:
    assert blamed("1", (2021, 0.0, False), (2022, 5.0, False)) == []


@pytest.mark.parametrize(
    ("series", "value", "suspicious"),
    [
        ("4", 1.0, True),
        ("4", 1.01, False),
        ("4", 0.0, False),
        ("6", 0.5, True),
        ("6", 0.2, True),
        ("8", 0.9, False),
        ("t01", 0.95, True),
        ("5", 0.39, True),
    ],
)
def test_ratios_for_percentages(series: str, value: float, suspicious: bool) -> None:
    assert blamed(series, (2021, value, False)) == ([2021] if suspicious else [])
    assert blamed(series, (2021, value, True)) == []


def test_a_figure_is_told_once_even_if_it_is_a_ratio_and_a_jump(tmp_path: Path) -> None:
    (told,) = problems(csv_file(tmp_path, [csv_row("4", 2021, 0.001), csv_row("4", 2022, 80)]))
    assert "疑似把比例当百分数" in told.found and "改为0.1" in told.action


def test_message_of_a_jump(tmp_path: Path) -> None:
    (told,) = problems(csv_file(tmp_path, [csv_row("2", 2021, 18_000_000), csv_row("2", 2022, 1800)]))
    assert told.where == "表.csv 第2行 value列 指标2 供养标准 2021年"
    assert told.found == "18,000,000，为基期值1,728的10,417倍，疑似单位错误"
    assert told.expected == "与基期、其他年份同为元/人/月"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(min_value=1, max_value=999, allow_nan=False), min_size=1, max_size=3), st.integers(0, 2))
def test_ordinary_years_are_never_blamed_and_a_10000_fold_always_is(values: list[float], place: int) -> None:
    figures = [(2021 + n, value, False) for n, value in enumerate(values)]
    assert blamed("resident_population", *figures) == []
    if len(figures) > 1:
        year, value, _ = figures[place % len(figures)]
        changed = [(year, value * 1e7, False) if item[0] == year else item for item in figures]
        assert year in blamed("resident_population", *changed)


def test_a_status_without_a_figure_is_no_jump_and_no_yardstick(tmp_path: Path) -> None:
    assert blamed("t01", (2021, math.nan, False), (2022, 90, False), (2023, math.nan, False)) == []
    assert blamed("t01", (2021, math.nan, False), (2022, 0.05, False), (2023, 90, False)) == [2022]


def test_readings_keep_their_order(tmp_path: Path) -> None:
    rows = [csv_row("7", 2023, 3), csv_row("7", 2021, 1), csv_row("4", 2022, 75)]
    assert [(item.series, item.year) for item in read(csv_file(tmp_path, rows)).readings] == [("7", 2023), ("7", 2021), ("4", 2022)]


def told(tmp_path: Path, *rows: str, header: str = "") -> list[str]:
    """The problems of a CSV file for yuexiu-14 with these rows; none where it is read."""
    path = tmp_path / "表.csv"
    head = header or "indicator_id,part,year,value,unit,effective_date,edition,source,note,count,verified"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    try:
        read_monitoring(path, monitoring_form("yuexiu-14"))
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        (["2,,2021,1792,元/人/月,,2022-03-31,s,,,", "2,,2021,1850,元/人/月,2021-07-01,2022-03-31,s,,,"], 0),  # a second step in July
        (["2,,2021,1792,元/人/月,2021-01-01,2022-03-31,s,,,", "2,,2021,1700,元/人/月,,,s,,,"], 1),  # both from 1 January
        (["2,,2021,1792,元/人/月,2020-04-01,2022-03-31,s,,,", "2,,2021,1700,元/人/月,,2022-03-31,s,,,"], 1),
        (["2,,2021,1792,元/人/月,2021-04-01,2022-03-31,s,,,", "2,,2021,1700,元/人/月,2021-04-01,,s,,,"], 1),
        (["2,,2021,1792,元/人/月,2021-04-01,2022-03-31,s,,,", "2,,2021,1700,元/人/月,2021-04-01,2023-03-31,s,,,"], 0),  # a revision
        (["minimum_wage,,2021,2100,元/月,2018-07-01,,s,,,", "minimum_wage,,2021,2300,元/月,2021-12-01,,s,,,"], 0),
    ],
)
def test_two_figures_in_force_from_one_day_need_editions_that_order_them(tmp_path: Path, rows: list[str], problems: int) -> None:
    found = told(tmp_path, *rows)
    assert len(found) == problems
    assert all("重复" in problem for problem in found)


@pytest.mark.parametrize(("task", "verified", "problems"), [(7, "", 0), (17, "", 1), (17, "是", 0)])
def test_a_task_and_the_indicator_that_counts_the_same_thing_agree(tmp_path: Path, task: int, verified: str, problems: int) -> None:
    found = told(tmp_path, "5,,2023,,%,,2024-03-31,s,,7,", f"t01,,2023,{task},个,,2024-03-31,s,,,{verified}")
    assert len(found) == problems
    assert all("17，而指标5的k为7" in problem for problem in found)


@pytest.mark.parametrize(("heading", "known"), [("value", True), ("数值（填数字）", True), ("数值（万元）", False), ("数值（%）", False)])
def test_a_unit_in_a_heading_is_not_passed_over(tmp_path: Path, heading: str, known: bool) -> None:
    header = f"indicator_id,part,year,{heading},unit,effective_date,edition,source,note"
    found = told(tmp_path, "12,,2022,24,元/人/年,,2023-03-31,s,", header=header)
    assert (found == []) is known
