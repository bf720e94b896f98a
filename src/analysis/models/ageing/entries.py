"""Entries of every year up to a horizon: an inflow, scaled step by step to the cohorts of a reference population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.models.ageing.ages import STEP, AgedTotal
from analysis.models.ageing.inflow import ReferenceStep, past_inflow, reference_step, scale_inflow
from analysis.models.ageing.path import YearlyEntries, birth_shares, spread_entries
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Departures:
    """How a place departs from what is assumed of it; the defaults are no departure.

    Attributes:
        cohort_scale: factor on the reference's cohort ratios.
        survival_shift: added to the reference's five-year survival of persons 60+.
        net_migration: persons 60+ who move in, less those who move out, in five years, beyond what the past inflow holds already,
            as a share of the persons 60+ at the step's start.
    """

    cohort_scale: float = 1.0
    survival_shift: float = 0.0
    net_migration: float = 0.0


@dataclass(frozen=True)
class FiveYearStep:
    """One step of five years: its parts and where they lead."""

    start: int
    survival: float
    cohort_ratio: float
    parts: AgedTotal

    @property
    def end(self) -> int:
        """Year-end that the parts add up at."""
        return self.start + STEP


def five_year_steps(
    base: float, base_year: int, to_year: int, ages: pd.DataFrame, earlier: float | None = None, departures: Departures | None = None
) -> list[FiveYearStep]:
    """Carry a total on in steps of five years.

    The inflow of the five years before the base is what two local totals yield (see
    :func:`analysis.models.ageing.inflow.past_inflow`). Where no earlier total exists, it is what the reference population would
    have had: base × entry ratio of the first step ÷ its cohort ratio.

    Args:
        base: persons 60+ at ``base_year``; to_year: last year wanted, rounded up to a whole step.
        ages: the reference population by age, with the step before the base and all steps to ``to_year``.
        earlier: persons 60+ five years before the base, same definition and unit; None where not known.
        departures: None for none.

    Raises:
        InputError: a horizon that is not after the base or beyond the reference, or totals that no inflow fits.

    Example:
        >>> import pandas as pd
        >>> rows = [(age, year, 10.0) for age in (55, 60, 65) for year in (2015, 2020, 2025)]
        >>> ages = pd.DataFrame(rows, columns=["age_start", "year", "population"])
        >>> five_year_steps(20.0, 2020, 2025, ages, earlier=20.0)[0].parts
        AgedTotal(survivors=10.0, entrants=10.0)
    """
    if to_year <= base_year:
        raise InputError.single("推算年份", f"{to_year}年", f"晚于{base_year}年", "改为以后的年份")
    off = departures or Departures()
    before = reference_step(ages, base_year - STEP)
    starts = range(base_year, to_year, STEP)
    reference = [reference_step(ages, start) for start in starts]
    inflow = _inflow(base, earlier, before, reference[0], off)
    steps, level = [], base
    for item in reference:
        ratio = item.approaching / before.approaching * off.cohort_scale
        survival = _share(item.survival + off.survival_shift)
        parts = scale_inflow(level, inflow, ratio, survival)
        parts = AgedTotal(parts.survivors, parts.entrants + off.net_migration * level)
        steps.append(FiveYearStep(item.start, survival, ratio, parts))
        level = parts.total
    return steps


def _inflow(base: float, earlier: float | None, before: ReferenceStep, first: ReferenceStep, off: Departures) -> float:
    if earlier is None:
        return base * first.entry_ratio * before.approaching / first.approaching
    return past_inflow(earlier, base, _share(before.survival + off.survival_shift))


def _share(survival: float) -> float:
    if not 0 < survival <= 1:
        raise InputError.single("60岁以上五年存活比", f"{survival:g}", "在0与1之间", "核对参照人口和假设台账中的存活差")
    return survival


def yearly_entries(steps: list[FiveYearStep], births: pd.Series) -> YearlyEntries:
    """Spread the steps over their years: entries by births of sixty years before, survival evenly.

    Args:
        steps: see :func:`five_year_steps`; births: births by calendar year, any unit.

    Returns:
        Survival and entries of every year of the steps; the path they give meets the steps' totals.

    Raises:
        InputError: births of one of the years are missing.
    """
    survival = [np.full(STEP, step.survival ** (1 / STEP)) for step in steps]
    entries = [spread_entries(step.parts.entrants, birth_shares(births, step.start), step.survival) for step in steps]
    return YearlyEntries(steps[0].start, np.concatenate(survival), np.concatenate(entries))


def shortened(entries: YearlyEntries, to_year: int) -> YearlyEntries:
    """Leave out the years after one."""
    kept = to_year - entries.base_year
    return YearlyEntries(entries.base_year, entries.survival[:kept], entries.entries[:kept])
