"""Flows as yearly means, stocks as levels, definition breaks never compared silently."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assessment.density import DensityChange
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
    change = evaluation.density
    assert (change.first_year, change.last_year, change.target) == (2015, 2020, 40)
    assert change.care_beds_per_1000_aged60 == pytest.approx((12.4868, 15.5914), abs=1e-4)
    assert change.beds_needed == pytest.approx(12784)
    assert change.beds_short == pytest.approx(7801)
    assert change.required_growth_percent == pytest.approx(220.3, abs=0.05)
    # ln(31.96/26.50) ÷ ln(4983/3309)
    assert change.offset_share == pytest.approx(0.4576, abs=1e-4)


@settings(derandomize=True, deadline=None)
@given(*(st.floats(100, 1e5) for _ in range(4)))
def test_density_decomposition_leaves_no_remainder(beds: float, later_beds: float, elders: float, later_elders: float) -> None:
    change = DensityChange(2015, 2020, (beds, later_beds), (elders, later_elders), 40)
    logs = [math.log1p(g / 100) for g in (change.beds_growth_percent, change.elders_growth_percent, change.density_growth_percent)]
    assert logs[0] - logs[1] == pytest.approx(logs[2], abs=1e-6)


@settings(derandomize=True, deadline=None)
@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.integers(1, 20))
def test_yearly_growth_compounds_back(earlier: float, later: float, years: int) -> None:
    assert earlier * (1 + yearly_growth(earlier, later, years)) ** years == pytest.approx(later, rel=1e-6)


def test_growth_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="正数"):
        yearly_growth(0, 5, 5)
