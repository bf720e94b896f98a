"""Quantities from printed figures, with the range that their rounding allows; and the verdict on a printed figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from analysis.audit.definitions import Quantity, Term
from analysis.audit.places import Figure, figure_at
from analysis.vocabulary.rounding import Interval, printed_decimals, round_half_up

AGREES, WITHIN_ROUNDING, DIFFERS, UNVERIFIABLE = "一致", "四舍五入内", "不一致", "无法核对"
VERDICTS = (AGREES, WITHIN_ROUNDING, DIFFERS, UNVERIFIABLE)


class Result(NamedTuple):
    """A recomputed quantity in base units: value, allowed range, the arithmetic as text."""

    value: Decimal
    interval: Interval
    arithmetic: str


def evaluate(quantity: Quantity, figures: dict[str, Figure]) -> Result:
    """Evaluate a declared quantity.

    All operands are positive amounts, so the range of a quotient runs from low/high to high/low.
    """
    total, range_, text = _sum(quantity.sum, figures)
    if quantity.minus:
        less, less_range, less_text = _sum(quantity.minus, figures)
        total, text = total - less, f"{text}－{less_text}"
        range_ = Interval(range_.low - less_range.high, range_.high - less_range.low)
    if len(quantity.sum) > 1 and (quantity.by or quantity.over or quantity.times != 1):
        text = f"（{text}）"
    for term in quantity.by:
        factor, factor_range, factor_text = _term(term, figures)
        total, text = total * factor, f"{text}×{factor_text}"
        range_ = Interval(range_.low * factor_range.low, range_.high * factor_range.high)
    if quantity.over:
        divisor, divisor_range, divisor_text = _sum(quantity.over, figures)
        total, text = total / divisor, f"{text}÷{divisor_text if len(quantity.over) == 1 else f'（{divisor_text}）'}"
        range_ = Interval(range_.low / divisor_range.high, range_.high / divisor_range.low)
    times = Decimal(str(quantity.times))
    if times != 1:
        text = f"{text}×{times:f}"
    return Result(total * times, Interval(range_.low * times, range_.high * times), text)


def _sum(terms: Sequence[Term], figures: dict[str, Figure]) -> Result:
    parts = [_term(term, figures) for term in terms]
    low, high = (sum((getattr(part.interval, side) for part in parts), Decimal(0)) for side in ("low", "high"))
    return Result(sum((part.value for part in parts), Decimal(0)), Interval(low, high), "＋".join(part.arithmetic for part in parts))


def _term(term: Term, figures: dict[str, Figure]) -> Result:
    if isinstance(term, str):
        figure = figure_at(figures, term)
        return Result(figure.base, figure.base_interval(), str(figure))
    number = Decimal(str(term))
    return Result(number, Interval(number, number), f"{number:f}")


@dataclass(frozen=True)
class Judgement:
    """Verdict on a printed figure: recomputed value in its unit, difference, verdict."""

    recomputed: Decimal
    difference: Decimal
    verdict: str


def judge(printed: Figure, value: Decimal, interval: Interval) -> Judgement:
    """Compare a printed figure with a recomputed one, both in the printed unit.

    一致: the recomputed value rounds (half up) to the printed one. 四舍五入内: it does not, but the operands were
    rounded themselves, and some value they allow does. 不一致: no value they allow does.
    """
    if round_half_up(value, printed.decimals) == printed.value and (not printed.exact or value == printed.value):
        verdict = AGREES
    elif printed.interval().overlaps(interval):
        verdict = WITHIN_ROUNDING
    else:
        verdict = DIFFERS
    return Judgement(value, printed.value - value, verdict)


def in_unit(result: Result, factor: Decimal) -> Result:
    """Express a result in a unit with the given factor to the base unit."""
    low, high = result.interval
    return Result(result.value / factor, Interval(low / factor, high / factor), result.arithmetic)


def shown(value: Decimal, unit: str, decimals: int = 2) -> str:
    """Write a recomputed figure: at most so many decimals, none that are only zeros.

    Example:
        >>> shown(Decimal("122.857"), "%"), shown(Decimal("4983.00"), "张"), shown(Decimal("-0.001"), "%")
        ('122.86%', '4983张', '0%')
    """
    number = round_half_up(value, decimals)
    text = f"{number:f}"
    if printed_decimals(number):
        text = text.rstrip("0").rstrip(".")
    return f"{'0' if text in ('-0', '') else text}{unit}"


def difference_shown(value: Decimal, unit: str, decimals: int = 2) -> str:
    """Write a difference with its sign; shares differ in 百分点."""
    text = shown(value, "百分点" if unit == "%" else unit, decimals)
    return text if value <= 0 or (text.startswith("0") and not text.startswith("0.")) else f"+{text}"
