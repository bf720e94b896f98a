"""Care beds per 1,000 registered elders: what beds and what elders did to it, and how far the target is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.models.care_beds.density import decompose, density

if TYPE_CHECKING:
    import pandas as pd

BEDS, ELDERS = "care_beds", "registered_population_aged60_10000persons"


@dataclass(frozen=True)
class DensityChange:
    """Beds per 1,000 registered residents aged 60 and over at two dates, with the decomposition of its change.

    Attributes:
        first_year, last_year: the two year-ends.
        care_beds: beds at both dates.
        aged60_persons: registered residents aged 60 and over at both dates (denominator).
        care_beds_per_1000_aged60: 1000 × beds ÷ elders at both dates.
        target: beds per 1,000 elders to be reached at the second date.
    """

    first_year: int
    last_year: int
    care_beds: tuple[float, float]
    aged60_persons: tuple[float, float]
    target: float

    @property
    def care_beds_per_1000_aged60(self) -> tuple[float, float]:
        """Density at both dates."""
        first, last = (density(beds, elders) for beds, elders in zip(self.care_beds, self.aged60_persons, strict=True))
        return first, last

    @property
    def beds_growth_percent(self) -> float:
        """Growth of beds between the dates."""
        return _growth_percent(self.care_beds)

    @property
    def elders_growth_percent(self) -> float:
        """Growth of elders between the dates."""
        return _growth_percent(self.aged60_persons)

    @property
    def density_growth_percent(self) -> float:
        """Growth of the density between the dates."""
        return _growth_percent(self.care_beds_per_1000_aged60)

    @property
    def offset_share(self) -> float:
        """Share of the growth of beds that the growth of elders offset: Δln elders ÷ Δln beds.

        Log changes add up without a remainder: Δln density = Δln beds − Δln elders. NaN where beds did not grow.
        """
        change = decompose(self.care_beds, self.aged60_persons)
        return -change.elders / change.beds if change.beds > 0 else float("nan")

    @property
    def required_growth_percent(self) -> float:
        """Growth of the density that would have reached the target."""
        return (self.target / self.care_beds_per_1000_aged60[0] - 1) * 100

    @property
    def beds_needed(self) -> float:
        """Beds that the target asks for with the elders of the second date."""
        return self.target * self.aged60_persons[1] / 1000

    @property
    def beds_short(self) -> float:
        """Beds missing to that number; 0 where none."""
        return max(0.0, self.beds_needed - self.care_beds[1])


def _growth_percent(levels: tuple[float, float]) -> float:
    return (levels[1] / levels[0] - 1) * 100


def density_change(observations: pd.DataFrame, target: float) -> DensityChange:
    """Return the change of bed density between the ends of the two periods of 专栏2 (rows 13 and 11).

    Args:
        observations: the 专栏2 rows of :func:`analysis.load_observations`.
        target: beds per 1,000 elders (专栏1 row 1).
    """
    wide = observations.pivot_table(index="period_end", columns="series_id", values="value")
    first, last = (int(year) for year in wide[[BEDS, ELDERS]].dropna().index[[0, -1]])
    return DensityChange(
        first_year=first,
        last_year=last,
        care_beds=(float(wide.at[first, BEDS]), float(wide.at[last, BEDS])),
        aged60_persons=(float(wide.at[first, ELDERS]) * 10_000, float(wide.at[last, ELDERS]) * 10_000),
        target=target,
    )
