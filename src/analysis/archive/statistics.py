"""Definitions of statistics printed for two plan periods."""

from __future__ import annotations

from typing import Literal

from analysis.archive.indicators import PopulationBasis
from analysis.archive.schema import Strict


class DefinitionBreak(Strict):
    """Why two periods of one statistic may not be comparable."""

    status: Literal["待核实", "已确认"]
    reason: str


class StatisticDefinition(Strict):
    """What a printed statistic measures; see :class:`analysis.archive.indicators.IndicatorDefinition`."""

    number: int
    id: str
    measure: Literal["stock", "flow"]
    population_basis: PopulationBasis
    age_from: int | None = None
    basis_note: str = ""
    definition_break: DefinitionBreak | None = None


class Period(Strict):
    """A plan period in calendar years, both inclusive."""

    first_year: int
    last_year: int
    title: str

    @property
    def years(self) -> int:
        """Number of calendar years."""
        return self.last_year - self.first_year + 1

    @property
    def middle_year(self) -> int:
        """The year that a total over the period is stamped with."""
        return (self.first_year + self.last_year) // 2
