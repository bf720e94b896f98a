"""Inflow scaling: two local totals five years apart, and cohort sizes and survival of a reference population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.models.ageing.ages import STEP, AgedTotal, aged, by_age
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

AGE = 60


@dataclass(frozen=True)
class ReferenceStep:
    """What a reference population says of the five years after a date.

    Attributes:
        start: year at the start.
        survival: persons 65+ at the end ÷ persons 60+ at the start (S60; deaths and migration together).
        approaching: persons 55–59 at the start, who reach 60 within the step.
        entry_ratio: persons 60–64 at the end ÷ persons 60+ at the start.
    """

    start: int
    survival: float
    approaching: float
    entry_ratio: float


def reference_step(ages: pd.DataFrame, start: int) -> ReferenceStep:
    """Return what a reference population says of one step.

    Args:
        ages: ``age_start``, ``year``, ``population`` with both ends of the step; start: its first year.

    Raises:
        InputError: a year or age group that the table lacks.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 0, 10.0), (60, 0, 8.0), (65, 0, 12.0), (55, 5, 9.0), (60, 5, 9.5), (65, 5, 16.0)]
        >>> step = reference_step(pd.DataFrame(rows, columns=["age_start", "year", "population"]), 0)
        >>> step.survival, step.approaching, step.entry_ratio
        (0.8, 10.0, 0.475)
    """
    wide = by_age(ages)
    over60 = aged(wide, start, AGE)
    return ReferenceStep(
        start=start,
        survival=aged(wide, start + STEP, AGE + STEP) / over60,
        approaching=aged(wide, start, AGE - STEP, AGE),
        entry_ratio=aged(wide, start + STEP, AGE, AGE + STEP) / over60,
    )


def past_inflow(before: float, after: float, survival: float) -> float:
    """Return how many of those 60 and over at the second date turned 60 (or moved in) since the first.

    I = P60(t) − S60 · P60(t−5), with survival of the reference population.

    Args:
        before, after: persons 60+ at two dates five years apart, one definition and unit; survival: S60 of the step.

    Raises:
        InputError: a total that is not positive, or an inflow below zero: fewer are left than survival alone leaves.

    Example:
        >>> round(past_inflow(26.50, 31.96, 0.8274), 2)
        10.03
    """
    if not (before > 0 and after > 0 and 0 < survival <= 1):
        raise InputError.single(
            "补入推算", f"两期人数 {before:g}、{after:g}，存活比 {survival:g}", "人数大于0，存活比在0与1之间", "核对三个数"
        )
    inflow = after - survival * before
    if inflow < 0:
        raise InputError.single(
            "补入推算",
            f"期末{after:g}少于按存活比留下的{survival * before:g}",
            "期末不少于留下的人数",
            "核对口径和年份；确有大量迁出时不用本法",
        )
    return inflow


def scale_inflow(base: float, inflow: float, cohort_ratio: float, survival: float) -> AgedTotal:
    """Carry a total five years on: survivors, and the past inflow scaled by the size of the next cohort.

    P60(t+5) = S60 · P60(t) + I · k.

    Args:
        base: persons 60+ at the start; inflow: of the five years before, see :func:`past_inflow`; cohort_ratio: k, persons
            55–59 at the start ÷ persons 55–59 five years before that, in the reference population; survival: S60.

    Returns:
        Survivors and entrants, unit of ``base``.

    Source:
        Hamilton–Perry with cohort change ratios replaced by those of a reference; the survival of 55–59 cancels.

    Example:
        >>> round(scale_inflow(31.96, 10.03, 1.2455, 0.8274).total, 1)
        38.9
    """
    return AgedTotal(survival * base, inflow * cohort_ratio)
