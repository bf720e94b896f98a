"""Which rows take a trend model, from which points, and what is said of the others; nothing later than the data year is used."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.archive.assumptions import load_assumption
from analysis.archive.chances import ChanceWords, load_chance_words
from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.prospects import attainment as prospects
from analysis.models.trend import forecast


@pytest.fixture(scope="module")
def midterm() -> PlanEvaluation:
    return evaluate_plan("demo-14", 2023, monitoring_edition="2024-03-31")


@pytest.fixture(scope="module")
def final() -> PlanEvaluation:
    return evaluate_plan("demo-14", 2025, monitoring_edition="2026-03-31")


def row(evaluation: PlanEvaluation, number: str) -> pd.Series:
    return evaluation.attainment.set_index("indicator_id").loc[number]


def test_only_unbounded_levels_with_three_points_take_the_model(midterm: PlanEvaluation) -> None:
    rows = midterm.attainment
    assert rows[["indicator_id", "part"]].equals(midterm.verdicts[["indicator_id", "part"]])
    by_approach = rows.groupby("approach")["indicator_id"].apply(lambda ids: sorted(set(ids), key=int)).to_dict()
    assert by_approach == {
        prospects.TREND: ["12", "15", "16", "17", "19"],
        prospects.RULE: ["1", "2", "3", "9", "10", "24"],
        prospects.KEEP: ["7", "8", "13", "14", "20", "21"],
        prospects.COUNTED: ["5", "6", "11", "22"],
        prospects.BOUNDED: ["4"],
        prospects.NOTHING: ["18", "23"],
    }
    modelled = rows["approach"] == prospects.TREND
    assert rows.loc[modelled, ["chance", "low_80", "high_95"]].notna().all(axis=None)
    assert rows.loc[~modelled, ["point", "chance", "low_80"]].isna().all(axis=None)


# 人均捐赠额: base 17.5 printed for 2020, then the filled-in years to 2023; the model's own answer for these four points.
def test_the_series_is_base_and_years_up_to_the_data_year(midterm: PlanEvaluation) -> None:
    readings = midterm.monitoring.readings
    own = readings[(readings["series"] == "12") & readings["year"].between(2021, 2023)].sort_values("year")
    values = [17.5, *own["value"]]
    alone = forecast(pd.DataFrame({"series": "12", "year": range(2020, 2024), "value": values, "target": 26.0}), 2025).iloc[-1]
    found = row(midterm, "12")
    assert (found["n"], found["first_year"]) == (4, 2020)
    assert [found[name] for name in ("point", "low_80", "high_95", "chance")] == pytest.approx(
        [alone[name] for name in ("point", "low_80", "high_95", "chance")]
    )


def test_later_figures_are_not_known(midterm: PlanEvaluation) -> None:
    later = evaluate_plan("demo-14", 2023, data_year=2023, monitoring_edition="2026-03-31").monitoring.readings
    later = later[later["year"] > 2023]
    assert len(later)
    again = prospects.attainment(midterm.verdicts, midterm.targets, pd.concat([midterm.monitoring.readings, later]))
    pd.testing.assert_frame_equal(again, midterm.attainment)


def test_two_points_give_no_chance(midterm: PlanEvaluation) -> None:
    few = midterm.monitoring.readings.query("year in (2020, 2023)")
    rows = prospects.attainment(midterm.verdicts, midterm.targets, few).set_index("indicator_id")
    assert rows.at["12", "approach"] == prospects.SCENARIO and rows.at["12", "n"] == 2
    assert math.isnan(rows.at["12", "chance"]) and math.isnan(rows.at["12", "low_80"])
    assert rows.at["12", "required_growth"] == pytest.approx(100 * ((26 / 20.1) ** 0.5 - 1))


def test_a_figure_of_another_definition_is_left_out(midterm: PlanEvaluation) -> None:
    readings = midterm.monitoring.readings.copy()
    readings.loc[(readings["series"] == "12") & (readings["year"] == 2022), "definition"] = "口径变更"
    assert prospects.attainment(midterm.verdicts, midterm.targets, readings).set_index("indicator_id").at["12", "n"] == 3


def test_nothing_is_modelled_at_the_end_or_without_data(final: PlanEvaluation) -> None:
    unfilled = evaluate_plan("yuexiu-14", 2023, data_year=2023)
    for evaluation in (final, unfilled):
        assert (evaluation.attainment["approach"] == prospects.NOTHING).all()
        assert evaluation.forecasts.empty and list(evaluation.forecasts.columns) == list(prospects.PUBLISHED)


def test_counted_rows_say_how_many_are_left(midterm: PlanEvaluation) -> None:
    assert [row(midterm, number)["remaining"] for number in ("5", "6", "11", "22")] == [0, 27, 7, 26]


# 20.1 to 26 in two years is 13.7 % a year; the two-year quartiles of public series are −4.4, 1.8 and 9.9 %.
def test_required_growth_is_placed_among_the_quartiles(midterm: PlanEvaluation) -> None:
    usual = load_assumption("reference_growth_2_years").range
    for number, word in (("12", prospects.FASTEST), ("19", prospects.ABOVE)):
        found = row(midterm, number)
        assert found["growth_class"] == word
        assert bool(found["required_growth"] > usual.high) is (word == prospects.FASTEST)


def test_where_lower_is_better_the_pace_of_falling_counts(midterm: PlanEvaluation) -> None:
    targets = midterm.targets.copy()
    targets.loc[targets["indicator_id"] == "12", "direction"] = "lower"
    verdicts = midterm.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "12", "target"] = 19.5
    found = prospects.attainment(verdicts, targets, midterm.monitoring.readings).set_index("indicator_id").loc["12"]
    assert found["required_growth"] == pytest.approx(100 * ((19.5 / 20.1) ** 0.5 - 1))
    # falling 1.5 % a year: public series fall faster than that in between a quarter and a half of cases
    assert found["growth_class"] == prospects.ABOVE
    assert found["chance"] < 0.5


def test_words_follow_the_rounded_chance() -> None:
    words = load_chance_words()
    assert [(words.shown(c), words.word(c)) for c in (0.0, 0.12, 0.126, 0.374, 0.38, 0.574, 0.58, 0.83, 0.999)] == [
        (0.05, "很不可能"), (0.1, "很不可能"), (0.15, "较不可能"), (0.35, "较不可能"), (0.4, "难以判断"), (0.55, "难以判断"),
        (0.6, "较可能"), (0.85, "很可能"), (0.95, "很可能"),
    ]  # fmt: skip


def test_a_report_names_the_assumptions_it_rests_on(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    ids = set(midterm.assumptions["id"])
    assert {"odds_on_schedule", "reference_growth_2_years", "ageing_cohort_scale"} <= ids
    assert midterm.assumptions["red_red"].iloc[0] and (midterm.assumptions["citation"] != "").all()
    assert final.assumptions.empty


@pytest.mark.parametrize("change", [{"likely_from": 0.7}, {"unlikely_below": 0.5}, {"likely_from": 0.15, "unlikely_below": 0.6}])
def test_headings_count_by_boundaries_of_the_words(change: dict[str, float]) -> None:
    content = load_chance_words().model_dump(by_alias=True)
    assert ChanceWords.model_validate(content) == load_chance_words()
    with pytest.raises(ValueError, match="须为 words 的分界"):
        ChanceWords.model_validate(content | change)
