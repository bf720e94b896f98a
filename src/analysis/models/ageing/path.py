"""The path between five-year points: entries follow the births of sixty years before, everyone ages out by yearly survival."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.models.ageing.ages import STEP
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
ENTRY_AGE = 60


@dataclass(frozen=True)
class YearlyEntries:
    """What happens in each year after a base year.

    Attributes:
        base_year: year-end that the first year follows.
        survival: share of last year-end's persons 60+ still there at this year-end, shape (years,).
        entries: persons who turned 60 in the year and are there at its end, shape (years,).
    """

    base_year: int
    survival: Floats
    entries: Floats

    @property
    def years(self) -> range:
        """The years told, the first one after the base."""
        return range(self.base_year + 1, self.base_year + 1 + len(self.entries))


def birth_shares(births: pd.Series, start: int) -> Floats:
    """Return how the entrants of five years spread over them: by births sixty years earlier.

    Args:
        births: births by calendar year (index), any unit; start: year-end before the five years.

    Returns:
        Five shares that add up to 1.

    Raises:
        InputError: births of one of the years are missing or none at all.

    Example:
        >>> import pandas as pd
        >>> birth_shares(pd.Series([1.0, 2.0, 3.0, 2.0, 2.0], index=range(1961, 1966)), 2020).tolist()
        [0.1, 0.2, 0.3, 0.2, 0.2]
    """
    wanted = [year - ENTRY_AGE for year in range(start + 1, start + 1 + STEP)]
    lacking = [year for year in wanted if year not in births.index or not births[year] > 0]
    if lacking:
        raise InputError.single(
            "出生人数",
            f"缺{'、'.join(str(year) for year in lacking)}年",
            f"{wanted[0]}—{wanted[-1]}年逐年大于0",
            "补上出生人数，或缩短推算",
        )
    counts = births.loc[wanted].to_numpy(float)
    shares: Floats = counts / counts.sum()
    return shares


def spread_entries(entrants: float, shares: Floats, survival: float) -> Floats:
    """Spread the entrants found at the end of a step over its years.

    Early entrants are exposed to mortality for longer, so that more of them must have entered: with yearly survival
    s = S60^(1/5), entries e_u are proportional to the shares and Σ e_u · s^(5−u) is the number found at the end.

    Args:
        entrants: persons 60+ at the end who were not at the start; shares: see :func:`birth_shares`; survival: S60.

    Returns:
        Entries of each year, shape (5,), unit of ``entrants``.

    Example:
        >>> entries = spread_entries(10.0, np.full(5, 0.2), 1.0)
        >>> entries.tolist()
        [2.0, 2.0, 2.0, 2.0, 2.0]
    """
    left = (survival ** (1 / STEP)) ** np.arange(STEP - 1, -1, -1)
    entries: Floats = entrants * shares / float((shares * left).sum())
    return entries


def yearly_path(base: float, years: YearlyEntries) -> Floats:
    """Return the persons 60+ at each year-end: P(t) = s(t) · P(t−1) + e(t).

    Args:
        base: persons 60+ at the base year's end, unit of the entries.

    Returns:
        Shape (years,).

    Example:
        >>> yearly_path(100.0, YearlyEntries(2020, np.array([0.9, 0.9]), np.array([10.0, 20.0]))).tolist()
        [100.0, 110.0]
    """
    path, level = np.empty(len(years.entries)), base
    for i, (survival, entry) in enumerate(zip(years.survival, years.entries, strict=True)):
        level = survival * level + entry
        path[i] = level
    return path


def constant_growth(before: float, after: float, span: int, years: ArrayLike) -> Floats:
    """Return the path of unchanging growth, for comparison: P(t) = after · (after ÷ before)^(t ÷ span).

    Args:
        before, after: two totals ``span`` years apart; years: years after the second.

    Raises:
        InputError: a total or a span that is not positive.

    Example:
        >>> constant_growth(26.50, 31.96, 5, [3, 5]).round(1).tolist()
        [35.8, 38.5]
    """
    if not (before > 0 and after > 0 and span > 0):
        raise InputError.single("恒定增速", f"{before:g}、{after:g}、{span}年", "均大于0", "核对两期人数和年份")
    path: Floats = after * (after / before) ** (np.asarray(years, float) / span)
    return path
