"""Flows as yearly means, stocks as levels, definition breaks never compared silently."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assessment.final import FinalEvaluation
from analysis.assessment.periods import yearly_growth


@pytest.mark.parametrize(
    ("number", "measure", "earlier", "later", "change", "yearly"),
    [
        (4, "flow", 0.416, 0.57, 37.02, 6.50),  # 低保金 2.08、2.85 亿元，折年均
        (11, "stock", 26.50, 31.96, 20.60, 3.82),  # 户籍长者，期末
        (13, "stock", 3309, 4983, 50.59, 8.53),  # 床位，期末
        (23, "flow", 1238.366, 2433.086, 96.48, 14.46),  # 募集款物，折年均
        (41, "flow", 0.284, 0.202, -28.87, -6.59),  # 福彩销售额下降
    ],
)
def test_comparison(
    evaluation: FinalEvaluation, number: int, measure: str, earlier: float, later: float, change: float, yearly: float
) -> None:
    row = evaluation.periods.set_index("number").loc[number]
    assert row["measure"] == measure
    assert row["earlier"] == pytest.approx(earlier)
    assert row["later"] == pytest.approx(later)
    assert row["change_percent"] == pytest.approx(change, abs=0.005)
    assert row["yearly_growth_percent"] == pytest.approx(yearly, abs=0.005)


def test_what_is_not_comparable(evaluation: FinalEvaluation) -> None:
    periods = evaluation.periods.set_index("number")
    assert len(periods) == 45
    assert periods.index[periods["definition_break"] != ""].tolist() == [16, 31, 37, 40]
    assert not periods.loc[[16, 31, 37, 40], "comparable"].any()
    single = periods.index[periods["printed_12"] == ""].tolist()
    assert single == [5, 6, 19, 20, 21, 22, 25, 32, 38, 42, 43, 44]
    assert periods.loc[single, "change_percent"].isna().all()
    assert int(periods["comparable"].sum()) == 45 - 4 - 12


def test_density(evaluation: FinalEvaluation) -> None:
    density = evaluation.density
    assert density["year"].tolist() == [2015, 2020]
    assert density["care_beds_per_1000_aged60"].round(2).tolist() == [12.49, 15.59]
    beds, elders, ratio = (
        math.log(density[c].iloc[1] / density[c].iloc[0])
        for c in ("care_beds", "registered_population_aged60_persons", "care_beds_per_1000_aged60")
    )
    assert beds - elders == pytest.approx(ratio)  # the decomposition leaves no remainder


@settings(derandomize=True, deadline=None)
@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.integers(1, 20))
def test_yearly_growth_compounds_back(earlier: float, later: float, years: int) -> None:
    assert earlier * (1 + yearly_growth(earlier, later, years)) ** years == pytest.approx(later, rel=1e-6)


def test_growth_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="正数"):
        yearly_growth(0, 5, 5)
