"""Named scenarios for the years left, their comparison with the outcome, and candidates for the next plan."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from sample_targets import readings_of, targets_of

from analysis.assessment.assess import assess
from analysis.assessment.candidates import next_targets
from analysis.assessment.outlook import compare_with_outcome, outlook
from analysis.observations.targets import load_targets

TARGETS = load_targets("yuexiu-14")


def judged(values: dict[str, float], year: int) -> pd.DataFrame:
    readings = pd.DataFrame([{"series": s, "part": "", "year": year, "value": v} for s, v in values.items()])
    return assess(readings, TARGETS, year, year)


def row_of(frame: pd.DataFrame, number: str) -> Any:
    return frame.set_index("indicator_id").loc[number]


def test_the_same_pace_carries_on_for_the_years_left() -> None:
    """人均捐赠额：基期23，2023年24.5，三年增1.5即每年0.5；再过两年25.5，不到28；每年须1.75，为既有步伐的3.5倍。"""
    row = row_of(outlook(judged({"12": 24.5}, 2023), TARGETS), "12")
    assert row["hold"] == 24.5
    assert row["same_pace"] == pytest.approx(25.5)
    assert row["past_pace"] == pytest.approx(0.5)
    assert row["required_pace"] == pytest.approx(1.75)
    assert row["pace_ratio"] == pytest.approx(3.5)
    assert row["finding"] == "须快于既有步伐"


@pytest.mark.parametrize(
    ("value", "finding"),
    [(28, "守住现值即可达到"), (26, "按既有步伐可达到"), (25.9, "须快于既有步伐"), (22, "须快于既有步伐")],
)
def test_findings(value: float, finding: str) -> None:
    """26：每年增1，两年后28，恰好达到。"""
    assert row_of(outlook(judged({"12": value}, 2023), TARGETS), "12")["finding"] == finding


def test_a_falling_value_has_no_pace_to_multiply() -> None:
    assert math.isnan(row_of(outlook(judged({"12": 22}, 2023), TARGETS), "12")["pace_ratio"])


def test_a_share_does_not_pass_its_bound_and_a_held_target_may_be_lost() -> None:
    rows = outlook(judged({"11": 80, "4": 76}, 2023), TARGETS)
    assert row_of(rows, "11")["same_pace"] == 100
    assert row_of(rows, "11")["finding"] == "按既有步伐可达到"
    assert row_of(rows, "4")["finding"] == "守住现值即可达到"


def test_only_level_targets_with_base_and_value_are_carried_on() -> None:
    rows = outlook(judged({"12": 24, "6": 80, "7": 100, "2": 1792}, 2023), TARGETS)
    assert rows["indicator_id"].tolist() == ["12"]


def test_hindsight_names_the_nearer_scenario() -> None:
    expected = outlook(judged({"12": 24.5, "17": 31, "16": 110}, 2023), TARGETS)
    table = compare_with_outcome(expected, judged({"12": 24.6, "17": 32.3}, 2025))
    assert row_of(table, "12")["nearer"] == "守住现值"
    assert row_of(table, "12")["error_hold"] == pytest.approx(0.1)
    assert row_of(table, "17")["nearer"] == "既有步伐"
    assert row_of(table, "16")["nearer"] == ""


@pytest.mark.parametrize(
    ("number", "value", "candidate", "low", "high"),
    [
        ("12", 27.9, "续列原目标", 28, 28),
        ("12", 33, "可研究提高", 38, 43),  # 五年增10：一半至全部
        ("4", 75, "可研究提高", 76, 77),
        ("4", 99, "可研究提高", 100, 100),
        ("5", 100, "转为保持", 100, 100),
        ("7", 100, "转为保持", 100, 100),
        ("7", 99, "续列原目标", 100, 100),
        ("23", 64, "可研究提高", 66, 68),  # 无基期：以超出目标的4为步长
        ("12", math.nan, "先补数据", math.nan, math.nan),
    ],
)
def test_candidates_follow_from_how_it_ended(number: str, value: float, candidate: str, low: float, high: float) -> None:
    row = row_of(next_targets(judged({number: value}, 2025), TARGETS).drop_duplicates("indicator_id"), number)
    assert row["candidate"] == candidate
    assert [row["low"], row["high"]] == pytest.approx([low, high], nan_ok=True)


@pytest.mark.parametrize(
    ("row", "value", "candidate", "low", "high"),
    [
        ({"base": 20.0, "target": 18.0}, 18.5, "转为保持", 18, 18),  # above the target, yet below the base
        ({"base": 20.0, "target": 10.0, "direction": "lower", "bounded": True}, 3.0, "可研究提高", 0, 0),
        ({"base": 20.0, "target": 10.0, "direction": "lower"}, 9.0, "可研究提高", 3.5, 0),
        ({"base": 20.0, "target": 10.0, "direction": "lower", "bounded": True}, 0.0, "转为保持", 10, 10),
        ({"target": 80.0}, 80.0, "转为保持", 80, 80),
    ],
)
def test_candidates_are_never_easier_than_what_was_met(row: dict[str, Any], value: float, candidate: str, low: float, high: float) -> None:
    targets = targets_of(row)
    found = next_targets(assess(readings_of([("1", "", 2025, value, None)]), targets, 2025, 2025), targets).iloc[0]
    assert (found["candidate"], found["low"], found["high"]) == (candidate, low, high)


def test_no_candidate_is_below_what_was_missed() -> None:
    values = dict.fromkeys(("4", "5", "6", "11", "12", "15", "16", "17", "18", "19", "22", "23"), 1.0)
    table = next_targets(judged(values, 2025), TARGETS).dropna(subset="low")
    assert (table["low"] >= table["target"]).all()
