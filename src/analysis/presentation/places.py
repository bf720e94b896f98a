"""Places that figures come from, as sentences and tables name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def places(*found: object) -> tuple[str, ...]:
    """Return places in their order, each once, empty ones left out.

    Example:
        >>> places("指标表第1行", "", None, "指标表第1行")
        ('指标表第1行',)
    """
    return tuple(dict.fromkeys(str(place) for place in found if place))


def indicator_place(evaluation: PlanEvaluation, number: object) -> str:
    """Name the row of the plan's indicator table that an indicator is printed in."""
    return f"{evaluation.plan.header.indicators_table}第{number}行"


def indicator_rows(evaluation: PlanEvaluation, ids: Iterable[object]) -> tuple[str, ...]:
    """Return the rows of the plan's indicator table that indicators stand in, each once."""
    return places(*(indicator_place(evaluation, number) for number in ids))


def whole_table(evaluation: PlanEvaluation) -> tuple[str, ...]:
    """Name the plan's indicator table as the place of what counts all its rows."""
    return (f"{evaluation.plan.header.indicators_table}全表",)
