"""Recorded forecasts against what came: worked examples, totals, properties."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.assessment.rescoring import COLUMNS, NO_FIGURE, NOT_DUE, OTHER_DEFINITION, SCORED, rescore, totals
from analysis.observations.monitoring import COLUMNS as READING_COLUMNS
from analysis.vocabulary.errors import InputError

EXAMPLES = yaml.safe_load((Path(__file__).parent / "rescoring.yml").read_text(encoding="utf-8"))
FORECAST = {
    "forecast_id": "x-7-2023-2025-00000000", "run": "x", "plan": "x", "indicator_id": "7", "part": "", "name": "床位", "unit": "张", "made_in": 2023,
    "data_year": 2023, "target_year": 2025, "n": 4, "first_year": 2020, "last_value": 95.0, "target": 105.0, "direction": "higher", "point": 100.0,
    "low_80": 90.0, "high_80": 110.0, "low_95": 80.0, "high_95": 120.0, "chance": 0.3, "method": "甲", "monitoring_edition": "2024-03-31",
}  # fmt: skip


def ledger(*changes: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame([FORECAST | change for change in changes or ({},)])


def readings(*rows: dict[str, Any]) -> pd.DataFrame:
    plain = {
        "series": "7",
        "part": "",
        "unit": "张",
        "effective_date": None,
        "definition": "与基期一致",
        "data_status": "正式",
        "reliability": "",
    }
    return pd.DataFrame([plain | row for row in rows], columns=list(READING_COLUMNS))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_worked_examples(example: dict[str, Any]) -> None:
    figures = readings(*example["readings"])
    # another indicator of the ledger, and a context series, which says nothing of whether the year has come
    recorded = ledger(example.get("forecast", {}), {"indicator_id": "8", "forecast_id": "y"})
    others = [{"series": "population", "year": 2030, "value": 1.0}]
    others += [{"series": "8", "year": 2025, "value": 1.0}] if example.get("others") else []
    figures = pd.concat([figures, readings(*others)], ignore_index=True)
    row = rescore(recorded, figures).iloc[0]
    for name, expected in example["expected"].items():
        if expected is None:
            assert pd.isna(row[name]), name
        elif isinstance(expected, float):
            assert row[name] == pytest.approx(expected, rel=1e-4), name
        else:
            assert row[name] == expected, name


def test_each_state_has_an_example() -> None:
    assert {example["expected"].get("state") for example in EXAMPLES} == {None, SCORED, NOT_DUE, NO_FIGURE, OTHER_DEFINITION}
    assert all(example["sentence"].endswith("。") for example in EXAMPLES)


def test_parts_are_kept_apart_and_the_ledgers_order_stays() -> None:
    rows = ledger({"part": "乙"}, {"part": "甲"}, {}, {"indicator_id": "9"})
    found = rescore(rows, readings({"part": "甲", "year": 2025, "value": 85.0}, {"year": 2025, "value": 125.0}))
    assert tuple(found.columns) == COLUMNS
    assert found["part"].tolist() == ["乙", "甲", "", ""]
    assert found["state"].tolist() == [NO_FIGURE, SCORED, SCORED, NO_FIGURE]
    assert found["outcome"].tolist() == pytest.approx([np.nan, 85, 125, np.nan], nan_ok=True)
    assert found["in_80"].tolist() == [pd.NA, False, False, pd.NA]


def test_totals_count_what_was_scored_only() -> None:
    rows = ledger(
        {},
        {"indicator_id": "8"},
        {"indicator_id": "9", "chance": 0.9},
        {"indicator_id": "10"},
        {"target_year": 2030},
        {"indicator_id": "11"},
    )
    figures = [{"series": series, "year": 2025, "value": value} for series, value in (("7", 106.0), ("8", 85.0), ("9", 130.0))]
    figures.append({"series": "11", "year": 2025, "value": 1.0, "definition": "口径变更"})
    found = totals(rescore(rows, readings(*figures)))
    assert (found.rows, found.scored, found.in_80, found.in_95, found.happened, found.not_due, found.unknown) == (6, 3, 1, 2, 2, 1, 2)
    assert found.mean_brier == pytest.approx((0.49 + 0.09 + 0.01) / 3)


def test_totals_without_any_outcome() -> None:
    found = totals(rescore(ledger(), readings()))
    assert (found.scored, found.not_due) == (0, 1)
    assert np.isnan(found.mean_brier)


def test_an_empty_ledger_has_all_columns() -> None:
    found = rescore(ledger().iloc[:0], readings({"year": 2025, "value": 1.0}))
    assert found.empty and tuple(found.columns) == COLUMNS
    assert totals(found).rows == 0


def test_a_figure_in_another_unit_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        rescore(ledger({}, {"indicator_id": "8", "forecast_id": "y"}), readings({"year": 2025, "value": 1.0, "unit": "万张"}))
    assert str(caught.value.problems[0]).startswith("推算 x-7-2023-2025-00000000；实际：2025年数值的单位万张；应为：张")
    assert len(caught.value.problems) == 1


def test_dates_of_any_day_are_ordered() -> None:
    dated = [{"year": 2025, "value": float(day), "effective_date": datetime.date(2025, 12, day)} for day in (9, 31, 10)]
    assert rescore(ledger(), readings(*dated))["outcome"].tolist() == [31]


POSITIVE = st.floats(0.5, 1000)


@given(
    ends=st.lists(POSITIVE, min_size=5, max_size=5),
    outcome=POSITIVE,
    target=POSITIVE,
    chance=st.floats(0, 1),
    factor=st.sampled_from([0.1, 3.0, 1000.0]),
)
def test_scores_do_not_depend_on_the_unit(ends: list[float], outcome: float, target: float, chance: float, factor: float) -> None:
    low_95, low_80, point, high_80, high_95 = sorted(ends)
    one = {"low_95": low_95, "low_80": low_80, "point": point, "high_80": high_80, "high_95": high_95, "target": target, "chance": chance}
    scaled = {name: value * factor for name, value in one.items() if name != "chance"} | {"chance": chance}
    first = rescore(ledger(one), readings({"year": 2025, "value": outcome})).iloc[0]
    other = rescore(ledger(scaled), readings({"year": 2025, "value": outcome * factor})).iloc[0]
    assert first["weighted_interval_score"] == pytest.approx(other["weighted_interval_score"], rel=1e-6, abs=1e-9)
    assert first["weighted_interval_score"] >= 0 and 0 <= first["brier"] <= 1
    assert not (first["in_80"] and not first["in_95"])
    assert first["brier"] == pytest.approx((chance - float(outcome >= target)) ** 2)
