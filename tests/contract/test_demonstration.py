"""The demonstration district: complete, marked on every row, made up throughout, and rich enough to show every verdict."""

from __future__ import annotations

import csv
import datetime
import re
from pathlib import Path

import pytest
import yaml

from analysis.archive.commitments import load_commitments
from analysis.archive.forms import COLUMNS, DATA_STATUSES, DEFINITIONS, TASK_STATUSES
from analysis.archive.plans import load_plan, plan_ids
from analysis.archive.sources import editions, load_deposit
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.targets import load_targets
from analysis.vocabulary import paths

DEMO, REAL = "demo-14", "yuexiu-14"
MONITORING = "demo-14-monitoring"
Rows = list[dict[str, str]]


def rows_of(source: str, edition: str = "latest") -> Rows:
    deposit = load_deposit(source, edition)
    (name,) = deposit.sidecar.files
    with deposit.path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def latest() -> Rows:
    return rows_of(MONITORING)


def figure(rows: Rows, series: str, year: int, part: str = "") -> float:
    """The last published figure of a series and year, and of those the last to take effect."""
    found = [row for row in rows if (row["indicator_id"], row["part"], row["year"]) == (series, part, str(year)) and row["value"]]
    return float(max(found, key=lambda row: (row["edition"], row["effective_date"]))["value"])


@pytest.mark.parametrize("source", ["demo-14-plan", MONITORING])
def test_file_names_rows_and_sidecars_are_marked(source: str) -> None:
    for edition in editions(source):
        deposit = load_deposit(source, edition)
        for name in deposit.sidecar.files:
            assert name.startswith("演示数据-")
        assert "虚构" in deposit.sidecar.issuer and deposit.sidecar.reliability == "演示数据"
        assert "待核实" not in deposit.citation()
        for row in rows_of(source, edition):
            assert row["note"].startswith("演示数据")
            assert row.get("source", "演示数据（虚构）") == "演示数据（虚构）"


def test_only_the_made_up_plan_is_a_demonstration_and_it_touches_no_real_source() -> None:
    assert [plan for plan in plan_ids() if load_plan(plan).header.demonstration] == [DEMO]
    header = load_plan(DEMO).header
    assert header.targets is not None
    assert {header.source, header.targets.source, header.monitoring_source} == {"demo-14-plan", MONITORING}
    assert header.public_source == "" and load_plan(DEMO).public_figures == []
    assert not any(series.public for series in load_plan(DEMO).context.values())
    for plan in plan_ids():
        if plan != DEMO:
            real = load_plan(plan).header
            assert not any("demo" in name for name in (real.source, real.monitoring_source, real.public_source))


def test_no_real_place_is_named() -> None:
    folders = [paths.plans() / DEMO, paths.raw_data() / "demo-14-plan", paths.raw_data() / MONITORING]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8").replace("yuexiu-14", "")
        assert not re.search("越秀|广州|广东|颐康|yuexiu", text), path


def test_the_demonstration_gives_no_advice_on_adjusting_targets() -> None:
    assert load_plan(DEMO).header.adjustment is None


def test_it_is_built_like_the_real_plan() -> None:
    same = ["indicator_id", "part", "series_id", "unit", "attribute", "kind", "rule_reference", "rule_factor", "rule_comparison"]
    demo, real = load_targets(DEMO), load_targets(REAL)
    assert len(demo) == 27 and demo["indicator_id"].nunique() == 24
    assert demo[same].astype(str).values.tolist() == real[same].astype(str).values.tolist()
    assert [demo[name].isna().tolist() for name in ("base", "target")] == [real[name].isna().tolist() for name in ("base", "target")]
    assert set(load_plan(DEMO).context) == set(load_plan(REAL).context)
    assert load_plan(DEMO).header.evaluations == load_plan(REAL).header.evaluations


def test_every_free_figure_differs_from_the_real_plans() -> None:
    demo, real = load_targets(DEMO), load_targets(REAL)
    for name in ("base", "milestone", "target"):
        equal = (demo[name] == real[name]) & ~demo[name].isin([0, 100])  # nothing and everything are no free figures
        assert not equal.any(), demo.loc[equal, ["name", name]]
    assert set(demo["counted_total"].dropna()) == {12, 150}


@pytest.mark.parametrize("edition", ["2024-03-31", "2026-03-31"])
def test_every_row_fits_the_form(edition: str) -> None:
    form, tasks = monitoring_form(DEMO), {item.id: item for item in load_commitments(DEMO)}
    rows = rows_of(MONITORING, edition)
    assert set(rows[0]) == set(COLUMNS) | {"task_status"}
    for row in rows:
        series, part, year = row["indicator_id"], row["part"], int(row["year"])
        assert row["edition"] <= edition and datetime.date.fromisoformat(row["edition"])
        assert row["definition"] in (*DEFINITIONS, "") and row["data_status"] in (*DATA_STATUSES, "")
        if series in tasks:
            assert row["unit"] == tasks[series].unit and row["task_status"] in TASK_STATUSES
            continue
        place = form.row(series, part)
        assert place is not None and row["unit"] == place.unit and row["task_status"] == ""
        assert form.base_year <= year if place.is_context else year in form.years
        assert (row["effective_date"] != "") == place.dated
        assert row["effective_date"][:4] <= row["year"]


def test_no_figure_is_given_twice(latest: Rows) -> None:
    keys = [tuple(row[name] for name in ("indicator_id", "part", "year", "effective_date", "edition")) for row in latest]
    assert len(set(keys)) == len(keys)


def test_every_series_has_every_year_but_two(latest: Rows) -> None:
    form = monitoring_form(DEMO)
    expected = {
        (row.series, row.part, year) for row in form.rows for year in (form.years if not row.is_context else (form.base_year, *form.years))
    }
    filled = {(row["indicator_id"], row["part"], int(row["year"])) for row in latest if row["value"]}
    assert expected - filled == {("23", "", 2023), ("13", "", 2025)}  # what 无法评估 is shown with
    empty = [row for row in latest if not row["value"]]
    assert all("暂缺" in row["note"] for row in empty) and len(empty) == 2


def test_k_of_n_gives_the_printed_share(latest: Rows) -> None:
    counted = [row for row in latest if row["count"]]
    assert {row["indicator_id"] for row in counted} == {"5", "6", "11", "22"}
    for row in counted:
        assert 0 <= int(row["count"]) <= int(row["total"]) in (12, 150)
        assert float(row["value"]) == pytest.approx(100 * int(row["count"]) / int(row["total"]), abs=0.05)


def test_a_commitment_and_its_indicator_count_the_same(latest: Rows) -> None:
    for task in load_commitments(DEMO):
        if task.indicator is not None:
            for year in monitoring_form(DEMO).years:
                (row,) = [row for row in latest if row["indicator_id"] == str(task.indicator) and row["year"] == str(year)]
                assert figure(latest, task.id, year) == int(row["count"])
    assert {row["task_status"] for row in latest} - {""} == set(TASK_STATUSES)


def test_a_preliminary_figure_is_revised_and_both_stay(latest: Rows) -> None:
    """12 人均捐赠额 of 2023: first 20.1 (初步, behind the path of 21.0), then 21.1 (正式, on it)."""
    versions = [
        (row["edition"], row["value"], row["data_status"]) for row in latest if (row["indicator_id"], row["year"]) == ("12", "2023")
    ]
    assert versions == [("2024-03-31", "20.1", "初步"), ("2025-03-31", "21.1", "正式")]
    milestone = load_targets(DEMO).set_index("indicator_id").loc["12", "milestone"]
    assert 20.1 < milestone <= 21.1
    earlier = [row for row in rows_of(MONITORING, "2024-03-31") if (row["indicator_id"], row["year"]) == ("12", "2023")]
    assert [row["value"] for row in earlier] == ["20.1"]


def test_the_older_edition_is_what_was_known_then(latest: Rows) -> None:
    assert rows_of(MONITORING, "2024-03-31") == [row for row in latest if row["edition"] <= "2024-03-31"]


def test_growth_of_the_standard_is_the_growth_that_is_reported(latest: Rows) -> None:
    for year in monitoring_form(DEMO).years:
        growth = 100 * (figure(latest, "dibao_standard", year) / figure(latest, "dibao_standard", year - 1) - 1)
        assert figure(latest, "1", year) == pytest.approx(growth, abs=0.05)


def test_the_minimum_wage_changes_within_a_year_and_one_part_follows_late(latest: Rows) -> None:
    """From 2021-12-01 the wage is 1900: 半自理 asks for 570 and stays at 516 until the year is over."""
    wages = [(row["effective_date"], row["value"]) for row in latest if (row["indicator_id"], row["year"]) == ("minimum_wage", "2021")]
    assert wages == [("2018-07-01", "1720"), ("2021-12-01", "1900")]
    wage = figure(latest, "minimum_wage", 2021)
    held = {
        part: figure(latest, "3", 2021, part) >= round(share * wage, 6)
        for part, share in (("全自理", 0.02), ("半自理（半失能）", 0.3), ("全护理（失能）", 0.6))
    }
    assert held == {"全自理": True, "半自理（半失能）": False, "全护理（失能）": True}
    assert figure(latest, "3", 2022, "半自理（半失能）") == 0.3 * 1900


# What each indicator is there to show, worked by hand from docs/method.md: figures of 2023 and 2025 against the path.
LEVELS = [
    ("4", 66.2, 73.5, "58→65→72：2023年走了8.2/7，快于预期；2025年完成"),
    ("5", 100, 100, "12个街道2023年已全部建成：提前完成"),
    ("6", 82, 100, "无基期，2023年82%达到中期目标80%：符合预期"),
    ("11", 41.7, 91.7, "0→75→100：2023年只走了0.556，明显滞后；2025年11/12，未完成"),
    ("12", 21.1, 27.6, "17.5→21.0→26.0：修订后符合预期；2025年为目标的1.06倍，超额完成"),
    ("15", 13.9, 16.8, "12→14→17，约束性：2023年0.95仍是略滞后；2025年16.8不足17，未完成"),
    ("16", 61, 63, "64→78→90：低于基期，倒退"),
    ("17", 22, 29, "18→22→27：正好符合预期；超额完成"),
    ("19", 717, 826, "630→720→850，预期性：0.967，基本符合；0.972，基本完成"),
    ("8", 96.8, 100, "保持目标：2023年未保持，2025年完成"),
    ("20", 100, 98.2, "保持目标：2023年保持，2025年未完成"),
    ("21", 99.6, 100, "保持目标、预期性：2023年差在四舍五入以内"),
]


@pytest.mark.parametrize(("series", "midterm", "final", "shows"), LEVELS, ids=[item[0] for item in LEVELS])
def test_figures_that_show_a_verdict(latest: Rows, series: str, midterm: float, final: float, shows: str) -> None:
    assert (figure(latest, series, 2023), figure(latest, series, 2025)) == (midterm, final), shows


def test_yearly_rules_show_met_partly_met_and_unmet(latest: Rows) -> None:
    years = monitoring_form(DEMO).years
    consumption = {year: figure(latest, "consumption_growth", year - 1) for year in years}
    assert consumption[2021] < 0  # a threshold below zero
    first = [figure(latest, "1", year) >= consumption[year] for year in years]
    assert first == [True, False, True, True, True]
    second = [figure(latest, "2", year) >= round(1.6 * figure(latest, "dibao_standard", year), 6) for year in years]
    assert second == [True] * 5
    orphans = {year: figure(latest, "9", year) for year in years} | {2020: 2310.0}
    assert [100 * (orphans[year] / orphans[year - 1] - 1) >= consumption[year] for year in years] == [True] * 5
    assert [figure(latest, "10", year) == orphans[year] for year in years] == [True, True, False, True, True]
    for part in ("困难残疾人生活补贴", "重度残疾人护理补贴"):
        assert all(figure(latest, "24", year, part) >= figure(latest, "provincial_standard", year, part) for year in years)


def test_one_indicator_changes_its_definition(latest: Rows) -> None:
    (changed,) = [item for item in load_plan(DEMO).indicators.values() if item.definition_change]
    assert changed.number == 18 and changed.definition_change is not None
    since = changed.definition_change.since_year
    for row in latest:
        expected = "口径变更" if row["indicator_id"] == "18" and int(row["year"]) >= since else "与基期一致"
        assert row["definition"] in ("", expected)


def test_population_figures_fit_each_other(latest: Rows) -> None:
    for year in (2020, *monitoring_form(DEMO).years):
        aged, registered = figure(latest, "registered_population_aged60", year), figure(latest, "registered_population", year)
        assert 0.15 < aged / registered < 0.35 < registered / figure(latest, "resident_population", year)


def test_definitions_are_commented_as_made_up() -> None:
    for path in sorted(Path(paths.plans() / DEMO).glob("*.yml")):
        assert path.read_text(encoding="utf-8").startswith("# 演示数据"), path.name
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
