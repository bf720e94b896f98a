"""The forms of a check: growth, recount, implied base; figures that rounding has and has not touched."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.audit import table_checks
from analysis.audit.arithmetic import AGREES, DIFFERS, UNVERIFIABLE, WITHIN_ROUNDING, evaluate
from analysis.audit.check import Check, compared, counted, growth, implied_base
from analysis.audit.definitions import Quantity
from analysis.audit.places import Figure, all_figures, table_name
from analysis.vocabulary.rounding import Interval, round_half_up


def figure(value: str, unit: str = "个", *, exact: bool = False, place: str = "x") -> Figure:
    return Figure(place, f"{place}处", Decimal(value), unit, exact)


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return all_figures()


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("60", AGREES),
        ("48", WITHIN_ROUNDING),  # 15.5÷10.5－1＝47.62%
        ("47", DIFFERS),
        ("74", WITHIN_ROUNDING),  # 16.5÷9.5－1＝73.68%
        ("75", DIFFERS),
    ],
)
def test_growth_of_rounded_operands_runs_from_low_over_high_to_high_over_low(printed: str, verdict: str) -> None:
    check = growth("g1", "正文增幅", "床位", figure(printed, "%"), figure("16"), figure("10"), "")
    assert check.verdict == verdict
    assert check.recomputed == "60%"
    assert check.arithmetic == "16个÷10个－1"


def test_growth_between_units() -> None:
    check = growth(
        "g1", "正文增幅", "金额", figure("25", "%"), figure("1.25", "亿元", exact=True), figure("10000", "万元", exact=True), "说明"
    )
    assert (check.recomputed, check.verdict, check.note) == ("25%", AGREES, "说明")


@pytest.mark.parametrize(
    ("printed", "found", "difference", "verdict"),
    [(25, 26, "-1项", DIFFERS), (26, 25, "+1项", DIFFERS), (26, 26, "0项", AGREES)],
)
def test_recount(printed: int, found: int, difference: str, verdict: str) -> None:
    check = counted("c1", "规划自述", "指标数", "某处", printed, found, "项", "")
    assert (check.printed, check.recomputed) == (f"{printed}项", f"{found}项")
    assert (check.difference, check.verdict) == (difference, verdict)


@pytest.mark.parametrize(("printed", "difference"), [("7", "-1.5个"), ("10", "+1.5个")])
def test_difference_is_printed_minus_recomputed(printed: str, difference: str) -> None:
    value = Decimal("8.5")
    result = evaluate(Quantity(sum=(8.5,)), {})
    assert result.value == value
    assert compared("d1", "表间推算", "某数", figure(printed), result, "").difference == difference


def test_implied_base_is_in_the_unit_of_the_later_figure() -> None:
    check = implied_base("g1", "正文增幅", "金额", figure("25", "%"), figure("1.25", "亿元"), "")
    assert (check.verdict, check.recomputed, check.difference) == (UNVERIFIABLE, "", "")
    assert check.note == "表中无基期值；隐含基期约1亿元"


amounts = st.decimals(1, 10**6, places=2)


@settings(derandomize=True, deadline=None)
@given(amounts, amounts, amounts)
def test_the_true_difference_is_always_within_the_range(first: Decimal, second: Decimal, less: Decimal) -> None:
    """Printed rounded to whole numbers, first + second − less still lies in the range that the printed figures allow."""
    printed = {name: figure(str(round_half_up(value))) for name, value in (("a", first), ("b", second), ("c", less))}
    low, high = evaluate(Quantity(sum=("a", "b"), minus=("c",)), printed).interval
    assert low <= first + second - less <= high


def test_range_of_a_difference() -> None:
    printed = {"a": figure("16"), "b": figure("10.0")}
    assert evaluate(Quantity(sum=("a",), minus=("b",)), printed).interval == Interval(Decimal("5.45"), Decimal("6.55"))


@pytest.mark.parametrize(
    ("place", "text", "exact"),
    [
        ("T3#2:2020", "1728元/人/月", True),  # an amount fixed by rule
        ("T2#13", "4983张", True),
        ("T2#11", "31.96万人", False),
        ("T1#1", "16张", False),  # a density, rounded
        ("T1#2", "86%", False),
        ("p013", "1080元/人/月", True),
        ("T4#1:quantity", "18个", True),
    ],
)
def test_what_rounding_has_not_touched(figures: dict[str, Figure], place: str, text: str, exact: bool) -> None:
    assert str(figures[place]) == text
    assert figures[place].exact is exact


def test_no_figure_in_a_larger_unit_or_in_percent_is_exact(figures: dict[str, Figure]) -> None:
    rounded = [figure for figure in figures.values() if figure.unit.startswith(("万", "亿", "%"))]
    assert len(rounded) > 50
    assert [figure.place for figure in rounded if figure.exact] == []


@pytest.mark.parametrize(("place", "name"), [("T1target#3", "专栏1"), ("T2#3@12", "专栏2"), ("T3#9:2020", "专栏3"), ("p029", "正文")])
def test_table_of_a_place(place: str, name: str) -> None:
    assert table_name(place) == name


def growth_row(counterpart: str, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Check one sentence: 120个, 25 % more; the table has 120 now and 60 before, if it can be asked at all."""
    row = {
        "id": "p900", "subject": "某数", "note": "", "counterpart": counterpart, "kind": "成效", "growth_percent": 25.0,
        "growth_base": "期初", "listed": pd.NA,
    }  # fmt: skip
    monkeypatch.setattr(table_checks, "load_table", lambda name: pd.DataFrame([row]))
    later = {place: figure("120", exact=True, place=place) for place in ("p900", counterpart)}
    printed = later | {f"{counterpart}@12": figure("60", exact=True)}
    return next(check for check in table_checks.prose_checks(printed) if check.id == "g900")


@pytest.mark.parametrize("counterpart", ["T1#14", "T3#9:2020"])
def test_growth_is_not_computed_from_a_box_without_the_earlier_period(counterpart: str, monkeypatch: pytest.MonkeyPatch) -> None:
    check = growth_row(counterpart, monkeypatch)
    assert (check.verdict, check.recomputed) == (UNVERIFIABLE, "")
    assert "隐含基期约96个" in check.note


def test_growth_is_computed_from_the_box_of_both_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    check = growth_row("T2#14", monkeypatch)
    assert (check.verdict, check.recomputed) == (DIFFERS, "100%")


def test_growth_of_a_standard_in_the_plan_gives_its_implied_base(figures: dict[str, Figure]) -> None:
    check = next(check for check in table_checks.prose_checks(figures) if check.id == "g029")
    assert (check.printed, check.recomputed, check.verdict) == ("29%", "", UNVERIFIABLE)
    assert "隐含基期约1992.25元/人/月" in check.note
