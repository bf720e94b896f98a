"""Verdicts on printed figures, and quantities with the range that rounding allows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit.arithmetic import AGREES, DIFFERS, WITHIN_ROUNDING, evaluate, judge
from analysis.audit.definitions import Quantity
from analysis.audit.places import Figure, figure_at, place_of
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.rounding import Interval


def figure(value: str, unit: str = "个", *, exact: bool = False) -> Figure:
    return Figure("x", "某处", Decimal(value), unit, exact)


def point(value: str) -> tuple[Decimal, Interval]:
    return Decimal(value), Interval(Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("printed", "value", "low", "high", "verdict"),
    [
        ("123", "122.857", "122.857", "122.857", AGREES),
        ("123", "122.5", "122.5", "122.5", AGREES),  # half goes up
        ("122", "122.5", "122.5", "122.5", WITHIN_ROUNDING),  # half rounded down: within half a unit, but not by the rule
        ("160", "176", "175.5", "176.5", DIFFERS),
        ("16", "16.7", "16.4", "17.0", WITHIN_ROUNDING),
        ("16", "16.7", "16.6", "16.8", DIFFERS),
        ("1.22", "1.216543", "1.216543", "1.216543", AGREES),
    ],
)
def test_judge(printed: str, value: str, low: str, high: str, verdict: str) -> None:
    assert judge(figure(printed), Decimal(value), Interval(Decimal(low), Decimal(high))).verdict == verdict


def test_an_exact_count_gets_no_rounding() -> None:
    assert judge(figure("591", exact=True), *point("591")).verdict == AGREES
    assert judge(figure("591", exact=True), *point("591.3")).verdict == DIFFERS


def test_units_are_multiplied_out() -> None:
    figures = {"a": figure("12165.43", "万元"), "b": figure("39", "%"), "c": figure("18", "个", exact=True)}
    assert evaluate(Quantity(sum=("a",)), figures).value == Decimal("121654300")
    result = evaluate(Quantity(sum=("b",), by=("c",)), figures)
    assert result.value == Decimal("7.02")
    assert result.interval == Interval(Decimal("0.385") * 18, Decimal("0.395") * 18)
    assert result.arithmetic == "39%×18个"


def test_quotient_and_sums_are_written_as_computed() -> None:
    figures = {"a": figure("2", exact=True), "b": figure("3", exact=True), "c": figure("4", exact=True)}
    result = evaluate(Quantity(sum=("a", "b"), minus=("c",), over=(2,), times=10), figures)
    assert result.value == 5
    assert result.arithmetic == "（2个＋3个－4个）÷2×10"


@settings(derandomize=True, deadline=None)
@given(st.decimals(1, 10**6, places=2), st.decimals(1, 10**4, places=1))
def test_the_true_ratio_is_always_within_the_range(true_above: Decimal, true_below: Decimal) -> None:
    """Whatever the unrounded operands were, printing them rounded never turns a true ratio into 不一致."""
    from analysis.vocabulary.rounding import round_half_up

    above, below = figure(str(round_half_up(true_above))), figure(str(round_half_up(true_below)))
    if below.value <= 1:
        return
    ratio = true_above / true_below
    printed = figure(str(round_half_up(ratio, 1)))
    result = evaluate(Quantity(sum=("a",), over=("b",)), {"a": above, "b": below})
    assert judge(printed, result.value, result.interval).verdict != DIFFERS


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(InputError, match="T2#99"):
        figure_at({}, "T2#99")


def test_short_notation_of_a_commitment() -> None:
    assert place_of("T4#1") == "T4#1:per_area"
    assert place_of("T2#13") == "T2#13"
