"""Prospects of the aged: the plan's district before and after later counts, the made-up district, and what may be known when."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.archive.assumptions import check_cited, load_assumption
from analysis.archive.sources import sha256_of
from analysis.assessment.prospects.ageing import INFLOW_SCALING, REFERENCE_ENTRY, AgeingProspect, project_ageing
from analysis.assessment.prospects.ageing_backtest import ageing_backtest, measured_entry_errors
from analysis.assessment.prospects.ageing_base import AS_PRINTED, LATER_ONES, NO_LATER, ONLY_ONE, SCALED
from analysis.assessment.prospects.ageing_counts import PLAN_COUNT, YEARLY_COUNT, load_counts
from analysis.assessment.prospects.ageing_shape import ageing_shape
from analysis.assessment.prospects.ageing_share import ageing_share, registered_totals
from analysis.models.ageing.backtest import INFLOW
from analysis.vocabulary.errors import InputError


@pytest.fixture(scope="module")
def yuexiu() -> AgeingProspect:
    return project_ageing("yuexiu-14")


@pytest.fixture(scope="module")
def before() -> AgeingProspect:
    return project_ageing("yuexiu-14", use_later=False)


@pytest.fixture(scope="module")
def demo() -> AgeingProspect:
    return project_ageing("demo-14")


def test_the_plans_own_figures_give_the_known_forecast(before: AgeingProspect) -> None:
    assert before.method == INFLOW_SCALING
    assert before.at(2025).mid == pytest.approx(38.92, abs=0.01)
    path = before.path.set_index("year")
    assert path.loc[2021:2025, "point"].round(1).tolist() == [32.4, 33.8, 35.8, 37.4, 38.9]
    assert path.loc[2021:2025, "constant_growth"].round(1).tolist() == [33.2, 34.4, 35.8, 37.1, 38.5]
    assert path["point"].to_numpy() == pytest.approx(path["births_shaped"].to_numpy())
    assert path["basis"].tolist() == ["观测"] + ["推算"] * 15
    assert before.growth.empty and before.shift["shift"].abs().max() == 0
    assert before.reconciliation.base == 31.96 and before.reconciliation.why == NO_LATER


def test_the_count_of_2023_shifts_the_forecast(yuexiu: AgeingProspect, before: AgeingProspect) -> None:
    path = yuexiu.path.set_index("year")
    assert path.at[2023, "point"] == 34.39 and path.at[2023, "basis"] == "观测"
    assert path.at[2020, "point"] == 31.43
    growth = yuexiu.growth.iloc[0]
    assert growth["year"] == 2023
    assert growth["observed_percent"] == pytest.approx((34.39 / 31.43 - 1) * 100) == pytest.approx(9.4, abs=0.05)
    assert growth["births_shaped_percent"] == pytest.approx(12.0, abs=0.05)
    assert 0.85 < growth["entry_scale"] < 0.95
    shift = yuexiu.shift.set_index("year")
    assert shift.at[2025, "before"] == pytest.approx(before.at(2025).mid)
    assert shift.at[2025, "after"] == pytest.approx(yuexiu.at(2025).mid) == pytest.approx(37.1, abs=0.05)
    assert shift.at[2025, "by_base"] == pytest.approx(38.924 * (31.43 / 31.96 - 1), abs=0.001)
    assert (shift["by_base"] + shift["by_counts"] - shift["shift"]).abs().max() == pytest.approx(0, abs=1e-12)
    assert path["births_shaped"].to_numpy() == pytest.approx(before.path["point"].to_numpy())


def test_two_years_from_a_count_the_band_is_narrower_than_five_from_the_base(yuexiu: AgeingProspect, before: AgeingProspect) -> None:
    def width(prospect: AgeingProspect, year: int) -> float:
        low, _, high = prospect.at(year)
        return math.log(high / low)

    assert width(yuexiu, 2025) < 0.6 * width(before, 2025)
    assert width(yuexiu, 2025) < width(yuexiu, 2030) < width(yuexiu, 2035) < width(before, 2035)
    rows = yuexiu.path
    assert (rows["low_95"] < rows["low_80"]).all() and (rows["low_80"] < rows["point"]).all()
    assert (rows["point"] < rows["high_80"]).all() and (rows["high_80"] < rows["high_95"]).all()
    seen = rows[rows["basis"] == "观测"]
    half = load_assumption("ageing_count_error").mid
    assert np.log(seen["high_80"] / seen["point"]).to_numpy() == pytest.approx(half)


def test_both_counts_of_2020_are_carried(yuexiu: AgeingProspect) -> None:
    both = yuexiu.reconciliation
    assert (both.year, both.printed, both.yearly, both.base) == (2020, 31.96, 31.43, 31.43)
    assert both.difference == pytest.approx(-0.53) and both.difference_percent == pytest.approx(-1.66, abs=0.01)
    assert both.why == LATER_ONES
    rows = both.results[both.results["year"] == 2025].set_index(["base_kind", "treatment"])
    assert rows["used"].to_dict() == {(PLAN_COUNT, AS_PRINTED): False, (YEARLY_COUNT, SCALED): True, (YEARLY_COUNT, AS_PRINTED): False}
    used, printed, other = (rows.loc[key] for key in ((YEARLY_COUNT, SCALED), (PLAN_COUNT, AS_PRINTED), (YEARLY_COUNT, AS_PRINTED)))
    assert used["after"] == pytest.approx(yuexiu.at(2025).mid)
    # The two definitions differ by a factor only: so do the forecasts.
    assert printed["after"] / used["after"] == pytest.approx(31.96 / 31.43) == pytest.approx(printed["before"] / used["before"])
    assert used["earlier"] == pytest.approx(26.5 * 31.43 / 31.96) and other["earlier"] == 26.5
    assert other["before"] == pytest.approx(0.8274 * 31.43 + (31.43 - 0.8274 * 26.5) * 1.2455, abs=0.02)


def test_every_count_says_whether_it_is_used_and_why(yuexiu: AgeingProspect) -> None:
    rows = yuexiu.observations
    assert rows[["year", "value", "kind", "mark", "used"]].to_numpy().tolist() == [
        [2015, 26.5, PLAN_COUNT, "", True],
        [2020, 31.96, PLAN_COUNT, "", True],
        [2020, 31.43, YEARLY_COUNT, "", True],
        [2023, 34.39, YEARLY_COUNT, "待核实", True],
    ]
    assert rows["why"].ne("").all() and rows["source"].ne("").all() and rows["address"].ne("").sum() >= 3
    assert yuexiu.marks == ("待核实",)
    assert [item.source for item in yuexiu.deposits] == ["yuexiu-plan-14", "public-figures", "un-wpp-2024"]


@pytest.mark.parametrize(("year", "base", "known"), [(2020, 31.96, []), (2022, 31.96, []), (2023, 31.43, [2023])])
def test_what_came_later_is_not_known_earlier(year: int, base: float, known: list[int]) -> None:
    prospect = project_ageing("yuexiu-14", through_year=year)
    assert prospect.reconciliation.base == base and list(prospect.forecast.later) == known
    if year < 2023:
        row = prospect.observations.iloc[-1]
        assert row["year"] == 2023 and not row["used"] and str(year) in row["why"]
        assert prospect.at(2025).mid == pytest.approx(38.92, abs=0.01)
        assert registered_totals(prospect.counts)["year"].max() == 2020


def test_editions_are_pinned() -> None:
    without = project_ageing("yuexiu-14", public_edition="none")
    assert without.reconciliation.why == ONLY_ONE and math.isnan(without.reconciliation.difference)
    assert len(without.reconciliation.results) == 3 and without.reconciliation.results["used"].all()
    early = project_ageing("demo-14", monitoring_edition="2024-03-31")
    assert list(early.forecast.later) == [2021, 2022, 2023]


def test_made_up_district_uses_its_yearly_series(demo: AgeingProspect) -> None:
    assert demo.method == REFERENCE_ENTRY and demo.marks[0] == "演示数据"
    path = demo.path.set_index("year")
    assert path.loc[2020:2025, "point"].tolist() == [10.83, 11.09, 11.32, 11.78, 12.24, 12.65]
    assert (path.loc[2020:2025, "basis"] == "观测").all() and (path.loc[2026:, "basis"] == "推算").all()
    assert path["constant_growth"].isna().all()
    assert 14 < demo.at(2030).mid < demo.before.set_index("year").at[2030, "point"]
    assert demo.reconciliation.why == ONLY_ONE and math.isnan(demo.reconciliation.difference_percent)
    at_midterm = project_ageing("demo-14", through_year=2023)
    low, _, high = at_midterm.at(2025)
    assert low < 12.65 < high


def test_parts_add_up_to_the_path(yuexiu: AgeingProspect, demo: AgeingProspect) -> None:
    for prospect in (yuexiu, demo):
        parts, middle = prospect.forecast.parts, prospect.forecast.distribution.middle
        assert parts["end"].tolist() == [2025, 2030, 2035]
        assert parts["residual"].abs().max() < 1e-9
        assert (parts["survivors"] + parts["entrants"]).to_numpy() == pytest.approx(middle[[5, 10, 15]])
        assert parts["at_start"].to_numpy() == pytest.approx(middle[[0, 5, 10]])
        steps = prospect.forecast.steps()
        assert (parts["survivors"] / parts["at_start"]).to_numpy() == pytest.approx([step.survival for step in steps])


def test_scenarios_depart_in_one_thing_each(yuexiu: AgeingProspect) -> None:
    rows = yuexiu.scenarios.set_index(["scenario", "level", "year"])["population"]
    assert rows["出生队列规模", "低", 2025] == pytest.approx(37.05, abs=0.01)
    assert rows["出生队列规模", "高", 2025] == pytest.approx(40.80, abs=0.01)
    assert abs(rows["60岁以上存活", "高", 2025] - rows["60岁以上存活", "中", 2025]) < 0.1
    assert rows["户籍净迁移", "高", 2025] - rows["户籍净迁移", "低", 2025] == pytest.approx(0.04 * 31.96)
    middle = rows.xs("中", level="level").unstack("year")
    assert (middle == middle.iloc[0]).all().all() and middle.iloc[0][2025] == pytest.approx(38.92, abs=0.01)
    assert set(yuexiu.scenarios["assumption_id"]) == set(yuexiu.scenario_assumptions)


def test_the_path_rests_on_cited_entries_and_migration_does_not(yuexiu: AgeingProspect) -> None:
    check_cited(yuexiu.assumptions)
    assert "ageing_net_migration" not in yuexiu.assumptions
    with pytest.raises(InputError, match="净迁移"):
        check_cited(yuexiu.scenario_assumptions)


def inflow_errors() -> pd.DataFrame:
    summary = ageing_backtest()
    return summary[summary["method"] == INFLOW].set_index("horizon")


def test_the_ledger_states_what_the_back_test_measures() -> None:
    measured, summary = measured_entry_errors(), inflow_errors()
    first, second = load_assumption("ageing_entry_error_first"), load_assumption("ageing_entry_error_second")
    assert first.mid == pytest.approx(measured[5], abs=0.005) and second.mid == pytest.approx(measured[10], abs=0.005)
    tails = (summary["within_95"] / summary["within_80"]).round(2)
    tail = load_assumption("ageing_error_tail")
    assert tail.low - 0.02 <= tails.min() and tails.max() <= tail.high + 0.05 and tail.mid == pytest.approx(tails.mean(), abs=0.05)
    count = load_assumption("ageing_count_error").mid
    assert count == pytest.approx(math.log(31.96 / 31.43) / math.sqrt(2) * 1.2816, abs=0.001)


def test_band_of_a_district_is_that_of_the_back_test(before: AgeingProspect) -> None:
    """Relative half-widths before later counts, five, ten and fifteen years ahead, near those measured on all areas."""
    measured = inflow_errors()["within_80"]
    path = before.path.set_index("year")
    for horizon, within in measured.items():
        half = math.log(path.at[2020 + horizon, "high_80"] / path.at[2020 + horizon, "point"])
        assert half == pytest.approx(within, rel=0.15)


def test_share_names_its_denominator(yuexiu: AgeingProspect, demo: AgeingProspect) -> None:
    totals = registered_totals(yuexiu.counts)
    assert totals["year"].tolist() == [2019, 2020, 2023]
    assert totals["total"].round(1).tolist() == [117.3, 118.4, 117.0]
    assert totals.loc[1, ["low", "high"]].astype(float).round(1).tolist() == [116.2, 120.6]
    assert totals["mark"].tolist() == ["待核实", "", "待核实"]
    row = ageing_share(yuexiu, 2025)
    low, mid, high = yuexiu.at(2025)
    assert row["mid"] == pytest.approx(mid / 117.0126, rel=1e-5) and row["total_year"] == 2023
    assert row["low"] == pytest.approx(low / 120.6038, rel=1e-5) and row["high"] == pytest.approx(high / 116.2182, rel=1e-5)
    assert ageing_share(demo, 2025)["total"] == 48.27


def test_entries_of_the_city_follow_births() -> None:
    check = ageing_shape("yuexiu-14")
    spans = check["last_year"] - check["first_year"] + 1
    for name in ("entries_index", "births_index"):
        assert (check[name] * spans).sum() / spans.sum() == pytest.approx(1)
    assert np.corrcoef(check["entries_index"], check["births_index"])[0, 1] > 0.7
    # 2016: 154.61 after a growth of 4.8 %, so 147.53 before; survival 0.8274^(1/5).
    assert check.loc[0, "entries"] == pytest.approx(154.61 - 154.61 / 1.048 * 0.8274**0.2, abs=0.01)
    assert check.loc[5, ["first_year", "last_year"]].tolist() == [2021, 2022]
    assert check.loc[5, "births"] == pytest.approx((1687.9455 + 2682.6299) / 2)
    assert ageing_shape("demo-14").empty


@pytest.mark.parametrize("years", [(), (2020,), (2019, 2025), (2055,)])
def test_years_out_of_reach_are_refused(years: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="to_years"):
        project_ageing("yuexiu-14", years)


def test_a_year_outside_the_path_is_refused(yuexiu: AgeingProspect) -> None:
    with pytest.raises(InputError, match="2020—2035年"):
        yuexiu.at(2040)
    short = project_ageing("yuexiu-14", (2025,))
    assert short.path["year"].max() == 2025 and short.at(2025) == pytest.approx(yuexiu.at(2025))


def test_a_plan_without_base_year_or_count_is_refused(copied_home: Path) -> None:
    with pytest.raises(InputError, match="基期"):
        project_ageing("yuexiu-13")
    with pytest.raises(InputError, match="2020年60周岁以上"):
        project_ageing("demo-14", monitoring_edition="none")


@pytest.fixture
def monitoring_of(copied_home: Path) -> Callable[[str, str], None]:
    """Change the last monitoring file of the made-up district and seal it anew."""
    folder = copied_home / "data" / "raw" / "demo-14-monitoring" / "2026-03-31"

    def change(old: str, new: str) -> None:
        (path,) = folder.glob("*.csv")
        sidecar = folder / "source.yml"
        text, seal = path.read_text(encoding="utf-8"), sha256_of(path)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(seal, sha256_of(path)), encoding="utf-8")

    return change


def test_a_count_of_another_definition_is_left_out(monitoring_of: Callable[[str, str], None]) -> None:
    line = "registered_population_aged60,,2024,12.24,万人,,2025-03-31,演示数据（虚构）,演示数据,,,正式,"
    monitoring_of(f"{line}与基期一致", f"{line}口径变更")
    prospect = project_ageing("demo-14")
    row = prospect.observations.set_index("year").loc[2024]
    assert not row["used"] and "口径变更" in row["why"]
    assert list(prospect.forecast.later) == [2021, 2022, 2023, 2025]
    assert load_counts("demo-14").base_year == 2020


def test_draws_agree_with_the_path_and_are_fast(yuexiu: AgeingProspect) -> None:
    start = time.perf_counter()
    draws = yuexiu.draws(10_000, 20251125)
    assert time.perf_counter() - start < 0.5
    assert draws.shape == (10_000, len(yuexiu.path))
    low, mid, high = yuexiu.at(2025)
    assert np.quantile(draws[:, 5], [0.1, 0.5, 0.9]) == pytest.approx([low, mid, high], rel=0.005)
    assert (draws == yuexiu.draws(10_000, 20251125)).all()
