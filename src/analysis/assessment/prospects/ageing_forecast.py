"""One forecast of the aged: a base, what is known before and after it, and the reference population's cohorts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from analysis.archive.assumptions import load_assumption
from analysis.models.ageing.ages import STEP
from analysis.models.ageing.entries import Departures, FiveYearStep, five_year_steps, shortened, yearly_entries
from analysis.models.ageing.path import Floats, YearlyEntries, constant_growth, yearly_path
from analysis.models.ageing.uncertainty import ErrorModel, PathDistribution, path_distribution
from analysis.observations.reference_population import ReferencePopulation

if TYPE_CHECKING:
    import pandas as pd

OBSERVED, PROJECTED = "观测", "推算"
LEVELS = ("低", "中", "高")
ERRORS = ("ageing_entry_error_first", "ageing_entry_error_second", "ageing_count_error", "ageing_error_tail")
# What each scenario departs in: its name, the entry of the ledger, the field of Departures.
SCENARIOS = (
    ("出生队列规模", "ageing_cohort_scale", "cohort_scale"),
    ("60岁以上存活", "ageing_survival_shift", "survival_shift"),
    ("户籍净迁移", "ageing_net_migration", "net_migration"),
)
# What the path itself rests on: the middle values of these, with the errors. Migration beyond the past inflow is for scenarios alone.
DEPARTURES = ("ageing_cohort_scale", "ageing_survival_shift")
PATH_COLUMNS = ["year", "point", "low_80", "high_80", "low_95", "high_95", "basis", "births_shaped", "constant_growth"]


def error_model() -> ErrorModel:
    """Return the errors of the ledger."""
    first, second, count, tail = (load_assumption(id).mid for id in ERRORS)
    return ErrorModel(first, second, count, tail)


def middle_departures() -> Departures:
    """Return how the place departs from the reference population, by the middle of the ledger's values."""
    scale, shift = (load_assumption(id).mid for id in DEPARTURES)
    return Departures(cohort_scale=scale, survival_shift=shift)


@dataclass(frozen=True)
class Forecast:
    """Persons 60+ in 万人 from one base count on.

    Attributes:
        base_year, base: where it starts.
        earlier: the count five years before, same definition as the base; None where there is none.
        later: counts after the base, same definition.
        to_year: last year.
        reference: cohorts, survival and births.
        errors: errors of entries and counts.
        departures: how the place departs from the reference.
    """

    base_year: int
    base: float
    earlier: float | None
    later: dict[int, float]
    to_year: int
    reference: ReferencePopulation
    errors: ErrorModel
    departures: Departures

    def steps(self) -> list[FiveYearStep]:
        """Return the five-year steps before any later count."""
        return five_year_steps(self.base, self.base_year, self.to_year, self.reference.ages, self.earlier, self.departures)

    @cached_property
    def entries(self) -> YearlyEntries:
        """Survival and entries of each year to the last one."""
        return shortened(yearly_entries(self.steps(), self.reference.births), self.to_year)

    @cached_property
    def distribution(self) -> PathDistribution:
        """Path and errors, later counts included."""
        return path_distribution(self.base, self.entries, self.errors, self.later)

    @cached_property
    def path(self) -> pd.DataFrame:
        """One row a year, ``PATH_COLUMNS`` without the two comparisons; an observed year has its count and the count's error."""
        import pandas as pd

        spread = self.distribution
        table = pd.DataFrame({"year": spread.years, "point": spread.middle})
        for level in (80, 95):
            table[f"low_{level}"], table[f"high_{level}"] = spread.band(level / 100)
        seen = {self.base_year: self.base, **self.later}
        table["basis"] = np.where(table["year"].isin(seen), OBSERVED, PROJECTED)
        observed = table["basis"] == OBSERVED
        counted = table["year"].map(seen)
        table["point"] = table["point"].mask(observed, counted)
        for level in (80, 95):
            half = self.errors.half_width(level / 100) * self.errors.count
            table[f"low_{level}"] = table[f"low_{level}"].mask(observed, counted * np.exp(-half))
            table[f"high_{level}"] = table[f"high_{level}"].mask(observed, counted * np.exp(half))
        return table

    @cached_property
    def parts(self) -> pd.DataFrame:
        """The whole five-year steps of the path, by where people come from.

        Returns:
            ``start``, ``end``, ``at_start``, ``survivors``, ``entrants``, ``total``, ``residual`` (total less the path; 0 but for
            rounding); 万人, later counts included.
        """
        import pandas as pd

        rows, spread, entries = [], self.distribution, self.entries
        for first in range(0, len(entries.entries) - STEP + 1, STEP):
            years = slice(first, first + STEP)
            left = np.cumprod(entries.survival[years][::-1])[::-1]  # from the end of the year before each year on
            survivors = float(spread.middle[first] * left[0])
            entrants = float((spread.entry_scale[years] * entries.entries[years] * np.append(left[1:], 1.0)).sum())
            end = float(spread.middle[first + STEP])
            start = self.base_year + first
            total = survivors + entrants
            rows.append((start, start + STEP, float(spread.middle[first]), survivors, entrants, total, total - end))
        return pd.DataFrame(rows, columns=["start", "end", "at_start", "survivors", "entrants", "total", "residual"])

    @cached_property
    def undisturbed(self) -> Floats:
        """The path from the base on that births and survival give, without later counts; shape (years of ``path``,)."""
        return np.append(self.base, yearly_path(self.base, self.entries))


def compared(forecast: Forecast, before: Forecast) -> pd.DataFrame:
    """Return a forecast's path with two comparisons: births-shaped before later counts, and constant growth.

    Constant growth is that of the two printed totals; NaN where there is only one.
    """
    path = forecast.path.copy()
    path["births_shaped"] = before.undisturbed
    elapsed = path["year"].to_numpy() - before.base_year
    path["constant_growth"] = np.nan if before.earlier is None else constant_growth(before.earlier, before.base, STEP, elapsed)
    return path[PATH_COLUMNS]


def scenarios(forecast: Forecast, years: tuple[int, ...]) -> pd.DataFrame:
    """Return what each named source makes of the forecast at the low, middle and high value of its ledger entry.

    Returns:
        ``scenario``, ``assumption_id``, ``level``, ``value`` (of the assumption), ``year``, ``population`` (万人); no later count
        is used, and the others stay at their middle.
    """
    import pandas as pd

    rows = []
    for name, id, field in SCENARIOS:
        for level, value in zip(LEVELS, load_assumption(id).range, strict=True):
            path = replace(forecast, departures=replace(forecast.departures, **{field: value})).undisturbed
            rows += [(name, id, level, value, year, float(path[year - forecast.base_year])) for year in years]
    return pd.DataFrame(rows, columns=["scenario", "assumption_id", "level", "value", "year", "population"])
