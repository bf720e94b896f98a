"""Figures of an evaluation's sentences, marked with what they are and with the rows that they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.assessment.schedule import RELATIVE_PRECISION
from analysis.presentation import wording
from analysis.presentation.marking import count, marked
from analysis.presentation.places import indicator_rows, places
from analysis.presentation.quantities import quantity
from analysis.vocabulary.rounding import round_half_up

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

# Years, dates, ages and grades in a quoted text are names, not figures.
_NAMED = re.compile(
    r"(?<!\d)(?:19|20)\d{2}(?=(?:[—～、](?:19|20)\d{2})*年)|\d{4}-\d{2}-\d{2}|\d{1,2}月(?:\d{1,2}日)?|\d+(?:—\d+)?周?岁|\d+A"
)


def tally(evaluation: PlanEvaluation, rows: pd.DataFrame, name: str) -> str:
    """Return how many rows there are, marked, with the rows of the indicator table that were counted."""
    return count(len(rows), name, indicator_rows(evaluation, rows["indicator_id"]))


def measured(value: float, unit: str, name: str, formula: str = "", evidence: Sequence[str] = (), decimals: int = 2) -> str:
    """Return a value with its unit, marked; a percent sign belongs to the number, any other unit follows it.

    Args:
        value: in the unit.
        name, formula, evidence: see :func:`analysis.presentation.quantities.quantity`; empty places are left out.
        decimals: at most so many.

    Example:
        >>> from analysis.presentation.quantities import separated
        >>> [separated(measured(40, unit, "数值"))[1][0].text for unit in ("%", "个")]
        ['40%', '40']
    """
    sign = "%" if unit == "%" else ""
    text = f"{wording.number(value, decimals)}{sign}"
    return quantity(text, name, formula, places(*evidence)) + ("" if sign else unit)


def decimals_apart(value: float, other: float, least: int = 2) -> int:
    """Return how many decimals keep two figures apart that are not equal; ``least`` for equal ones and where one is missing.

    Example:
        >>> decimals_apart(99.996, 100), decimals_apart(79.2, 80), decimals_apart(0.0004, 0), decimals_apart(1792.0000000000002, 1792)
        (3, 2, 4, 2)
    """
    if abs(value - other) <= RELATIVE_PRECISION * max(abs(value), abs(other)):
        return least
    # A missing figure equals nothing, so that the fewest decimals do.
    return next((more for more in range(least, 9) if round_half_up(value, more) != round_half_up(other, more)), 9)


def changed(value_percent: float, earlier: str, later: str, years: str, evidence: Sequence[str] = ()) -> str:
    """Word a change with its verb, the number marked; nothing is marked where there is none (持平).

    Args:
        value_percent: change in percent.
        earlier, later: names of the two figures, for the formula.
        years: the two years, ``2020—2023年``.
        evidence: places of the two figures.

    Example:
        >>> from analysis.presentation.quantities import plain
        >>> plain(changed(16.9, "2020年数", "2023年数", "2020—2023年")), changed(0.0, "", "", "2020—2023年")
        ('增长16.9%', '持平')
    """
    words = wording.change(value_percent)
    if words.endswith("倍"):
        return marked(words, f"{years}倍数", f"{later}÷{earlier}", evidence)
    size = "" if value_percent > 0 else "，取绝对值"
    return marked(words, f"{years}变动幅度", f"{later}÷{earlier}−1{size}", evidence)


def each_number(text: str, name: str, formula: str = "", evidence: Sequence[str] = ()) -> str:
    """Mark each number of a text with one meaning; years, dates, ages and grades in it stay as they are.

    Example:
        >>> from analysis.presentation.quantities import separated
        >>> [found.text for found in separated(each_number("2021年起每个街道至少1个，面积1000平方米", "原文所载数"))[1]]
        ['1', '1000']
        >>> [found.text for found in separated(each_number("2021—2025年每户补助2000～3000元", "原文所载数"))[1]]
        ['2000', '3000']
    """
    told, end = [], 0
    for match in _NAMED.finditer(text):
        told += [marked(text[end : match.start()], name, formula, evidence), match[0]]
        end = match.end()
    return "".join([*told, marked(text[end:], name, formula, evidence)])
