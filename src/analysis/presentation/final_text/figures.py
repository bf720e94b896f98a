"""Figures of the final evaluation's sentences, marked with the rows of the plan's boxes that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.presentation import wording
from analysis.presentation.evaluation_text.figures import decimals_apart
from analysis.presentation.marking import count, visible_decimals
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    import pandas as pd

INDICATORS, STATISTICS, RULES = "专栏1", "专栏2", "docs/method.md"
WHOLE = f"{INDICATORS}全表"


def indicator_rows(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the rows of 专栏1 that indicators stand in; the whole table where there are none."""
    return tuple(f"{INDICATORS}第{number}行" for number in frame["indicator_id"]) or (WHOLE,)


def statistic_rows(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the rows of 专栏2 that statistics stand in; the whole table where there are none."""
    return tuple(f"{STATISTICS}第{number}行" for number in frame["number"]) or (f"{STATISTICS}全表",)


def indicators(frame: pd.DataFrame, name: str) -> str:
    """Return how many indicators there are, marked, with the rows counted."""
    return count(len(frame), name, indicator_rows(frame))


def statistics(frame: pd.DataFrame, name: str) -> str:
    """Return how many statistics there are, marked, with the rows counted."""
    return count(len(frame), name, statistic_rows(frame))


def amount(value: float, unit: str, name: str, formula: str = "", evidence: Sequence[str] = ()) -> str:
    """Return a value with its unit, marked: two decimals, more where it would be written as zero; a percent sign is marked with it.

    Example:
        >>> from analysis.presentation.quantities import separated
        >>> [separated(amount(0.004, unit, "差额"))[1][0].text for unit in ("%", "张")]
        ['0.004%', '0.004']
    """
    text = wording.number(value, visible_decimals(value, 2))
    if text == wording.MISSING_MARK:
        return f"{text}{unit}"
    return quantity(f"{text}%", name, formula, evidence) if unit == "%" else quantity(text, name, formula, evidence) + unit


def completion(row: Any, decimals: int = 1) -> str:
    """Return an indicator's completion rate, marked, apart from the limits that it does not reach."""
    formula = "完成值÷目标值" if row.direction == "higher" else "目标值÷完成值"
    text = wording.percent_apart(row.completion, decimals)
    if text == "100%":  # just above the target is not at it
        text = wording.percent(row.completion, decimals_apart(100 * row.completion, 100, decimals))
    return quantity(text, f"{row.name_}的完成率", formula, (f"{INDICATORS}第{row.indicator_id}行",))


def at_target() -> str:
    """Return the completion rate at which a target is met, marked."""
    return quantity("100%", "达到目标的完成率", evidence=(RULES,))


def bound() -> str:
    """Return the bound of a share, marked."""
    return quantity("100%", "占比类指标的上限", evidence=(RULES,))
