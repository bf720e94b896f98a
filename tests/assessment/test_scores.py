"""Scores: known answers of the 13th plan's results, and that no score hides a failure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_targets import readings_of, rule_of, targets_of

from analysis.assessment.assess import assess
from analysis.assessment.final import FinalEvaluation
from analysis.assessment.scores import (
    ScoreRules,
    category_scores,
    indicator_scores,
    load_score_rules,
    weakest_category_share,
    weight_ranges,
)

NAN = float("nan")
FEW_DRAWS = ScoreRules(floor=0.01, draws=1000, seed=1, claimed_share=0.9, reference="")


def scores_of(*rows: tuple[str, float, str, str]) -> pd.DataFrame:
    """Indicator scores from (category, score, attribute, status)."""
    frame = pd.DataFrame(rows, columns=["category", "score", "attribute", "status"])
    names = [str(n) for n in range(1, len(frame) + 1)]
    return frame.assign(indicator_id=names, name=[f"指标{name}" for name in names])


@pytest.fixture(scope="module")
def plan_13(evaluation: FinalEvaluation) -> pd.DataFrame:
    """The 26 results printed in 专栏1 as rows of verdicts: all level targets, none 约束性 in print."""
    verdicts = evaluation.verdicts
    return verdicts.assign(kind="level", attribute="", rule_years_met=NAN, rule_years_known=NAN, indicator_status=verdicts["status"])


# --- known answers ----------------------------------------------------------------------------------------------------


def test_an_uncapped_mean_would_hide_three_missed_targets(plan_13: pd.DataFrame) -> None:
    scores = indicator_scores(plan_13)
    assert plan_13["completion"].mean() == pytest.approx(1.044, abs=0.0005)  # why rates are capped before they are averaged
    assert scores["score"].mean() == pytest.approx(0.948, abs=0.0005)
    assert scores["score"].max() == 1
    care = plan_13["category"] == "养老服务"
    assert plan_13.loc[care, "completion"].mean() == pytest.approx(1.078, abs=0.0005)


def test_care_services_of_the_13th_plan(plan_13: pd.DataFrame) -> None:
    care = category_scores(indicator_scores(plan_13)).set_index("category").loc["养老服务"]
    assert care[["indicators", "judged"]].tolist() == [5, 5]
    assert care["arithmetic"] == pytest.approx(0.880, abs=1e-9)  # (0.4 + 1 + 1 + 1 + 1) ÷ 5
    assert care["geometric"] == pytest.approx(0.8326, abs=5e-5)  # 0.4 to the power of 1/5
    assert care["minimum"] == pytest.approx(0.40)
    assert care["weakest"] == plan_13["name"].iloc[0]


def test_ranges_over_weights_of_the_13th_plan(plan_13: pd.DataFrame) -> None:
    ranges = weight_ranges(indicator_scores(plan_13)).set_index("weights")
    known = {"categories": (0.919, 0.959, 0.990), "indicators": (0.893, 0.953, 0.985)}
    for weights, expected in known.items():
        assert ranges.loc[weights, ["low_5", "median", "high_95"]].tolist() == pytest.approx(expected, abs=0.0015)
    assert ranges.at["indicators", "equal_weights"] == pytest.approx(0.948, abs=0.0005)
    # five categories: 0.88, 1, 1, (1 + 0.672 + 0.58 + 5) ÷ 8, 1, and their plain mean
    assert ranges.at["categories", "equal_weights"] == pytest.approx(indicator_scores(plan_13).groupby("category")["score"].mean().mean())
    assert ranges.at["categories", "equal_weights"] != pytest.approx(ranges.at["indicators", "equal_weights"], abs=0.001)


def test_ranges_are_the_same_each_time(plan_13: pd.DataFrame) -> None:
    scores = indicator_scores(plan_13)
    pd.testing.assert_frame_equal(weight_ranges(scores), weight_ranges(scores))
    assert weakest_category_share(scores) == weakest_category_share(scores)


def test_rules_of_scores_are_those_of_the_method() -> None:
    rules = load_score_rules()
    assert (rules.floor, rules.draws, rules.claimed_share) == (0.01, 20000, 0.9)


# --- what one indicator scores ------------------------------------------------------------------------------------------


def test_scores_by_kind() -> None:
    targets = targets_of(
        {"base": 0.0, "target": 100.0}, {"base": 0.0, "target": 100.0}, {"kind": "keep", "base": 100.0, "target": 100.0},
        {"kind": "keep", "base": 100.0, "target": 100.0}, rule_of(), {"base": 0.0, "target": 100.0}, {"base": 20.0, "target": 10.0, "direction": "lower"},
        {"kind": "keep", "base": 100.0, "target": 100.0, "attribute": "约束性"},
    )  # fmt: skip
    values = [(1, 40.0), (2, 300.0), (3, 99.5), (4, 99.0), (7, 25.0), (8, 99.9)]
    rows = [(str(n), "", 2024, value, None) for n, value in values] + [
        ("5", "", year, value, None) for year, value in ((2021, 4.0), (2022, 5.0), (2024, 5.0))
    ]
    rows += [("context", "", year, 5.0, None) for year in range(2020, 2025)]
    scores = indicator_scores(assess(readings_of(rows), targets, 2024, 2024))
    assert scores["score"].tolist() == pytest.approx([0.4, 1, 1, 0, 2 / 3, NAN, 0.4, 0], nan_ok=True)
    assert scores["status"].tolist() == ["明显滞后", "提前完成", "保持", "未保持", "部分年度未达标", "无法评估", "倒退", "未保持"]
    assert scores["indicator_id"].tolist() == [str(n) for n in range(1, 9)]


def test_what_is_not_judged_has_no_score_of_any_kind() -> None:
    targets = targets_of({"base": 0.0, "target": 9.0}, {"kind": "keep", "base": 9.0, "target": 9.0}, rule_of(attribute="约束性"))
    rows = [("3", "", year, 5.0, None) for year in (2021, 2022, 2025)] + [("context", "", year, 5.0, None) for year in range(2020, 2026)]
    verdicts = assess(readings_of(rows), targets, 2025, 2025)
    assert verdicts["rule_years_known"].iloc[2] == 3  # three years met, two unknown, and those decide
    assert indicator_scores(verdicts)["score"].isna().all()


def test_a_verdict_stands_in_where_completion_has_no_divisor() -> None:
    rows = [{"base": 20.0, "target": 10.0, "direction": "lower"}, *[{"base": 10.0, "target": 0.0, "direction": "lower"}] * 2]
    verdicts = assess(
        readings_of((str(n), "", 2025, value, None) for n, value in ((1, 0.0), (2, 0.0), (3, 1.0))), targets_of(*rows), 2025, 2025
    )
    assert indicator_scores(verdicts)["score"].tolist() == [1, 1, 0]


def test_an_indicator_of_several_parts_scores_its_worst() -> None:
    targets = targets_of(
        *({"indicator_id": "1", "part": part, "base": 0.0, "target": 100.0} for part in "甲乙"), {"base": 0.0, "target": 1.0}
    )

    def score(*figures: tuple[str, float]) -> float:
        readings = readings_of([("1", part, 2025, value, None) for part, value in figures])
        return float(indicator_scores(assess(readings, targets, 2025, 2025))["score"].iloc[0])

    assert score(("甲", 100.0), ("乙", 70.0)) == score(("甲", 70.0), ("乙", 100.0)) == 0.7
    assert np.isnan(score(("甲", 100.0)))  # a part without data: no score, never a zero


def test_a_negative_level_scores_zero() -> None:
    verdicts = assess(readings_of([("1", "", 2025, -5.0, None)]), targets_of({"base": 0.0, "target": 100.0}), 2025, 2025)
    assert indicator_scores(verdicts)["score"].tolist() == [0]


# --- categories ---------------------------------------------------------------------------------------------------------


def test_a_category_by_hand() -> None:
    scores = scores_of(
        ("甲", 1.0, "预期性", "完成"), ("甲", 0.25, "约束性", "未完成"), ("甲", NAN, "约束性", "无法评估"), ("乙", 1.0, "约束性", "完成"),
        ("甲", 0.0, "预期性", "未完成"),
    )  # fmt: skip
    first, second = category_scores(scores).to_dict("records")
    assert (first["category"], first["indicators"], first["judged"]) == ("甲", 4, 3)
    assert first["arithmetic"] == pytest.approx(1.25 / 3)
    assert first["geometric"] == pytest.approx((1 * 0.25 * 0.01) ** (1 / 3))  # a zero counts as 0.01
    assert (first["minimum"], first["weakest"], first["veto"]) == (0, "指标5", "指标2")
    assert (first["if_missing_failed"], first["if_missing_met"]) == pytest.approx((1.25 / 4, 2.25 / 4))
    assert (second["minimum"], second["weakest"], second["veto"], second["geometric"]) == (1, "", "", 1)


def test_a_category_without_verdicts_has_no_score() -> None:
    row = category_scores(scores_of(("甲", NAN, "约束性", "无法评估"), ("甲", NAN, "预期性", "口径变更"))).iloc[0]
    assert row[["arithmetic", "geometric", "minimum"]].isna().all()
    assert (row["judged"], row["weakest"], row["veto"], row["if_missing_failed"], row["if_missing_met"]) == (0, "", "", 0, 1)
    ranges = weight_ranges(scores_of(("甲", NAN, "约束性", "无法评估")))
    assert ranges[["equal_weights", "low_5", "median", "high_95"]].isna().all(axis=None)
    name, share = weakest_category_share(scores_of(("甲", NAN, "约束性", "无法评估")))
    assert name == "" and np.isnan(share)


BAD = ("倒退", "未完成", "未保持", "未达标", "明显滞后", "略滞后", "部分年度未达标")
GOOD = ("提前完成", "快于预期", "符合预期", "基本符合", "保持", "达标", "超额完成", "完成", "基本完成")


@pytest.mark.parametrize("status", [*BAD, *GOOD, "无法评估", "口径变更"])
def test_a_binding_failure_always_shows(status: str) -> None:
    """However good the rest is, and however near the miss."""
    others = [("甲", 1.0, "约束性", "完成")] * 9
    for attribute in ("约束性", "预期性"):
        row = category_scores(scores_of(*others, ("甲", 0.999, attribute, status))).iloc[0]
        assert row["veto"] == ("指标10" if attribute == "约束性" and status in BAD else "")


def test_all_binding_failures_are_named() -> None:
    row = category_scores(
        scores_of(("甲", 0.9, "约束性", "未完成"), ("甲", 0.8, "约束性", "未保持"), ("甲", 1.0, "预期性", "未完成"))
    ).iloc[0]
    assert row["veto"] == "指标1、指标2"


def test_weakest_category_needs_more_than_one_draw() -> None:
    scores = scores_of(("甲", 1.0, "", "完成"), ("乙", 0.5, "", "未完成"), ("乙", 0.6, "", "未完成"), ("丙", 1.0, "", "完成"))
    assert weakest_category_share(scores) == ("乙", 1.0)
    # 乙's worst lies below 甲's level, its best above: over weights inside 乙, either may be weakest, half the time each.
    name, share = weakest_category_share(scores_of(("甲", 0.55, "", "未完成"), ("乙", 0.5, "", "未完成"), ("乙", 0.62, "", "未完成")))
    assert name == "甲" and share == pytest.approx(np.log(0.62 / 0.55) / np.log(0.62 / 0.5), abs=0.01)  # 0.5^w × 0.62^(1−w) > 0.55


def test_range_of_two_indicators_is_the_uniform_one() -> None:
    """The flat Dirichlet weight of one of two is uniform: 5, 50 and 95 % of the way between their scores."""
    ranges = weight_ranges(scores_of(("甲", 0.0, "", "未完成"), ("甲", 1.0, "", "完成"))).set_index("weights")
    assert ranges.loc["indicators", ["equal_weights", "low_5", "median", "high_95"]].tolist() == pytest.approx(
        [0.5, 0.05, 0.5, 0.95], abs=0.01
    )
    assert ranges.loc["categories", ["equal_weights", "low_5", "median", "high_95"]].tolist() == pytest.approx([0.5] * 4)


levels = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.none() | st.floats(0, 1)), min_size=1, max_size=12)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(levels=levels)
def test_order_of_the_bounds(levels: list[tuple[str, float | None]]) -> None:
    scores = scores_of(
        *((category, NAN if score is None else score, "预期性", "无法评估" if score is None else "完成") for category, score in levels)
    )
    for row in category_scores(scores).to_dict("records"):
        assert 0 <= row["if_missing_failed"] <= row["if_missing_met"] <= 1
        if row["judged"]:
            assert row["if_missing_failed"] - 1e-12 <= row["arithmetic"] <= row["if_missing_met"] + 1e-12
            assert row["minimum"] - 1e-12 <= row["geometric"] or row["minimum"] < 0.01
            assert row["geometric"] <= max(row["arithmetic"], 0.01) + 0.01
        if row["judged"] == row["indicators"]:
            assert row["if_missing_failed"] == pytest.approx(row["if_missing_met"])
    for row in weight_ranges(scores, FEW_DRAWS).dropna().to_dict("records"):
        judged = scores["score"].dropna()
        assert judged.min() - 1e-9 <= row["low_5"] <= row["median"] <= row["high_95"] <= judged.max() + 1e-9


@settings(derandomize=True, deadline=None, max_examples=25)
@given(values=st.lists(st.floats(0, 100), min_size=3, max_size=6), surplus=st.floats(1, 1000), which=st.integers(0, 2))
def test_a_far_exceeded_target_never_lifts_a_score(values: list[float], surplus: float, which: int) -> None:
    rows: list[dict[str, Any]] = [{"base": 0.0, "target": 100.0, "attribute": "约束性"}] * len(values)

    def table(own: list[float]) -> pd.DataFrame:
        verdicts = assess(
            readings_of((str(n), "", 2025, value, None) for n, value in enumerate(own, start=1)), targets_of(*rows), 2025, 2025
        )
        return category_scores(indicator_scores(verdicts))

    met, exceeded = ([*values[:which], level, *values[which + 1 :]] for level in (100.0, 100.0 + surplus))
    pd.testing.assert_frame_equal(table(met), table(exceeded))
