"""A small made-up plan in which every verdict occurs; thresholds and progress at their edges; zeros that are values."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pandas as pd
import pytest

from analysis.archive.indicators import BaseDefinition, IndicatorDefinition
from analysis.archive.plans import Plan, load_plan
from analysis.archive.statistics import Period
from analysis.assessment.completion import completion_ratio, final_verdicts, method_status
from analysis.assessment.density import DensityChange
from analysis.assessment.final import FinalEvaluation
from analysis.assessment.periods import period_comparison
from analysis.assessment.progress import base_progress, progress_ratio
from analysis.assessment.summary import status_counts
from analysis.assessment.thresholds import FinalThresholds

# number: target, result, printed rate, direction, bounded, binding, category
ROWS: dict[int, tuple[float, float, float, str, bool, str, str]] = {
    1: (10, 12, 120, "higher", False, "约束性", "甲"),
    2: (10, 8, 125, "lower", False, "约束性", "乙"),
    3: (100, 96, 96, "higher", False, "预期性", "甲"),
    4: (100, 96, 96, "higher", False, "约束性", "甲"),
    5: (50, math.nan, math.nan, "higher", False, "", "乙"),
    6: (80, 90, 112.5, "higher", True, "", "甲"),
    7: (10, 16, 62.5, "lower", False, "预期性", "乙"),
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    indicators = {
        number: IndicatorDefinition(
            number=number, id=f"series_{number}", measure="share" if bounded else "stock", direction=direction, bounded=bounded,
            denominator="", population_basis="不适用",
        )
        for number, (_, _, _, direction, bounded, _, _) in ROWS.items()
    }  # fmt: skip
    return load_plan("yuexiu-13").model_copy(update={"indicators": indicators})


@pytest.fixture(scope="module")
def verdicts(plan: Plan) -> pd.DataFrame:
    figures = [
        {"number": number, "kind": kind, "value": value, "category": category, "name": f"指标{number}", "unit": "个",
         "period_end": 2019, "binding": binding, "source_line": number + 10}
        for number, (target, result, rate, _, _, binding, category) in ROWS.items()
        for kind, value in (("目标", target), ("观测", result), ("印制完成率", rate))
    ]  # fmt: skip
    return final_verdicts(pd.DataFrame(figures), plan, 2020)


def column(verdicts: pd.DataFrame, name: str) -> list[Any]:
    return verdicts[name].tolist()


def test_both_statuses(verdicts: pd.DataFrame) -> None:
    assert column(verdicts, "status") == ["超额完成", "超额完成", "未完成", "未完成", "无法评估", "超额完成", "未完成"]
    assert column(verdicts, "status_method") == ["超额完成", "超额完成", "基本完成", "未完成", "无法评估", "完成", "未完成"]


def test_completion_turns_round_where_lower_is_better(verdicts: pd.DataFrame) -> None:
    assert column(verdicts, "completion")[:4] == [1.2, 1.25, 0.96, 0.96]
    assert column(verdicts, "completion")[6] == 0.625


def test_shortfall_is_what_is_missing_never_negative(verdicts: pd.DataFrame) -> None:
    shortfall = column(verdicts, "shortfall")
    assert [shortfall[i] for i in (0, 1, 2, 3, 5, 6)] == [0, 0, 4, 4, 0, 6]
    assert math.isnan(shortfall[4])


def test_year_of_the_data_is_not_the_year_of_the_evaluation(verdicts: pd.DataFrame) -> None:
    assert set(verdicts["data_year"]) == {2019}
    assert set(verdicts["as_of"]) == {2020}


def test_missing_is_counted_apart_from_missed(evaluation: FinalEvaluation, verdicts: pd.DataFrame) -> None:
    changed = dataclasses.replace(evaluation, verdicts=verdicts)
    assert changed.missed()["indicator_id"].tolist() == ["7", "3", "4"]  # worst first
    assert changed.unknown()["indicator_id"].tolist() == ["5"]


def test_counts_stand_worst_first(verdicts: pd.DataFrame) -> None:
    counts = status_counts(verdicts, "status_method")
    assert counts.columns.tolist() == ["未完成", "无法评估", "基本完成", "完成", "超额完成", "合计"]
    assert counts.index.tolist() == ["甲", "乙", "合计"]
    assert counts.loc["甲"].tolist() == [1, 0, 1, 1, 1, 4]
    assert counts.loc["乙"].tolist() == [1, 1, 0, 0, 1, 3]
    assert counts.loc["合计"].tolist() == [2, 1, 1, 1, 2, 7]


def test_counts_hold_only_statuses_that_occur(verdicts: pd.DataFrame) -> None:
    assert status_counts(verdicts).columns.tolist() == ["未完成", "无法评估", "超额完成", "合计"]


@pytest.mark.parametrize(
    ("ratio", "bounded", "binding", "status"),
    [
        (1.05, False, "约束性", "超额完成"),
        (1.0499, False, "约束性", "完成"),
        (1.05, True, "约束性", "完成"),
        (1.0, False, "", "完成"),
        (0.9999, False, "约束性", "未完成"),
        (0.95, False, "预期性", "基本完成"),
        (0.95, True, "预期性", "基本完成"),
        (0.9499, False, "预期性", "未完成"),
        (0.95, False, "约束性", "未完成"),
        (0.95, False, "", "未完成"),
        (None, False, "预期性", "无法评估"),
    ],
)
def test_method_at_its_thresholds(ratio: float | None, bounded: bool, binding: str, status: str) -> None:
    assert method_status(ratio, bounded=bounded, binding=binding) == status


def test_other_thresholds_other_verdicts() -> None:
    strict = FinalThresholds(exceeded_ratio=1.2, nearly_ratio=0.99, missed_years_allowed=1)
    assert method_status(1.1, bounded=False, thresholds=strict) == "完成"
    assert method_status(0.98, bounded=False, binding="预期性", thresholds=strict) == "未完成"


@pytest.mark.parametrize(
    ("value", "target", "direction", "ratio"),
    [(5, 0, "higher", None), (0, 5, "lower", None), (0, 5, "higher", 0.0), (math.nan, 5, "higher", None), (5, None, "higher", None)],
)
def test_completion_needs_a_divisor(value: float, target: float | None, direction: str, ratio: float | None) -> None:
    assert completion_ratio(value, target, direction) == ratio


@pytest.mark.parametrize(
    ("base", "value", "target", "direction", "ratio"),
    [
        (10, 12, 10, "higher", None),
        (10, 8, 10, "lower", None),
        (10, 7, 4, "lower", 0.5),
        (4, 7, 10, "lower", None),
        (10, 8, 20, "higher", -0.2),
    ],
)
def test_progress_at_its_edges(base: float, value: float, target: float, direction: str, ratio: float | None) -> None:
    assert progress_ratio(base, value, target, direction) == ratio


def test_progress_where_lower_is_better(plan: Plan, verdicts: pd.DataFrame) -> None:
    base = BaseDefinition(statistic=40, denominator=41, times=10.0, note="推算")
    seventh = plan.indicators[7].model_copy(update={"base": base})
    periods = pd.DataFrame({"number": [40, 41], "earlier": [44.0, 20.0], "later": [32.0, 20.0]})
    frame = base_progress(verdicts, periods, plan.model_copy(update={"indicators": plan.indicators | {7: seventh}}))
    assert frame[["indicator_id", "base", "value", "target", "progress"]].values.tolist() == [["7", 22.0, 16.0, 10.0, 0.5]]
    assert frame["base_beyond_target"].tolist() == [False]


def test_more_beds_than_needed() -> None:
    change = DensityChange(2015, 2020, (1000.0, 1300.0), (50_000.0, 60_000.0), 20.0)
    assert change.beds_needed == 1200
    assert change.beds_short == 0


def compared(earlier: float, later: float, measure: str = "flow") -> pd.Series:
    figures = [
        {"number": 1, "category": "甲", "name": "某数", "unit": "宗", "measure": measure, "parent_number": None,
         "period_end": year, "value": value, "printed": "" if math.isnan(value) else f"{value:g}", "definition_break": ""}
        for year, value in ((2015, earlier), (2020, later))
    ]  # fmt: skip
    return period_comparison(pd.DataFrame(figures), load_plan("yuexiu-13")).iloc[0]


@pytest.mark.parametrize(("earlier", "later"), [(0.0, 10.0), (10.0, 0.0), (0.0, 0.0)])
def test_a_printed_zero_is_a_value_without_a_ratio(earlier: float, later: float) -> None:
    row = compared(earlier, later)
    assert (row["earlier"], row["later"]) == (earlier / 5, later / 5)
    assert math.isnan(row["ratio"]) and math.isnan(row["change_percent"]) and math.isnan(row["yearly_growth_percent"])
    assert not row["comparable"]


@pytest.mark.parametrize(("measure", "levels"), [("flow", [2.0, 8.0]), ("stock", [10.0, 40.0])])
def test_totals_become_yearly_means_and_stocks_stay(measure: str, levels: list[float]) -> None:
    row = compared(10.0, 40.0, measure)
    assert row[["earlier", "later"]].tolist() == levels
    assert (row["ratio"], row["change_percent"]) == (4, 300)
    assert row["yearly_growth_percent"] == pytest.approx((4 ** (1 / 5) - 1) * 100)


def test_years_between_mid_points_are_not_those_between_ends() -> None:
    plan = load_plan("yuexiu-13")
    uneven = plan.periods | {"period_13": Period(first_year=2016, last_year=2018, title="三年")}
    figures = pd.DataFrame(
        {"number": 1, "category": "甲", "name": "某数", "unit": "宗", "measure": "flow", "parent_number": None,
         "period_end": [2015, 2018], "value": [10.0, 12.0], "printed": ["10", "12"], "definition_break": ""}
    )  # fmt: skip
    row = period_comparison(figures, plan.model_copy(update={"periods": uneven})).iloc[0]
    assert row["later"] == 4
    assert row["yearly_growth_percent"] == pytest.approx((2 ** (1 / 4) - 1) * 100)  # from 2013 to 2017
