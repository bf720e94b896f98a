"""Which of two counts of one year-end a forecast starts from, and what it is under either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.assessment.prospects.ageing_counts import PLAN_COUNT, YEARLY_COUNT, Counts
from analysis.assessment.prospects.ageing_forecast import Forecast

if TYPE_CHECKING:
    import pandas as pd

ONLY_ONE = "只有一个基期数"
NO_LATER = "没有后来的计数可接，用规划自己的数，与其五年前的数同一口径"
LATER_ONES = "后来的计数只与年度序列的基期数同一口径，增长须在同一口径内看"
SCALED, AS_PRINTED, NO_EARLIER = "五年前数按两口径之比折算", "五年前数用规划印载原数", "没有五年前的数"


@dataclass(frozen=True)
class Reconciliation:
    """Two counts of one year-end, and the forecast under either.

    Attributes:
        year: the year-end.
        printed: the plan's count, 万人; None where it prints none.
        yearly: the count of the yearly series, 万人; None where there is none.
        base: the count taken as base.
        why: why that one.
        results: one row a way of reading the counts: ``base_kind`` (规划印载 or 年度序列), ``base``, ``earlier`` (five years before),
            ``treatment`` (of the earlier one), ``used``, ``year``, ``before`` (without later counts), ``after`` (with them).
    """

    year: int
    printed: float | None
    yearly: float | None
    base: float
    why: str
    results: pd.DataFrame

    @property
    def difference(self) -> float:
        """Yearly series less plan, 万人; NaN where only one exists."""
        return float("nan") if self.printed is None or self.yearly is None else self.yearly - self.printed

    @property
    def difference_percent(self) -> float:
        """The difference in % of the plan's count; NaN where only one exists."""
        return float("nan") if self.printed is None else self.difference / self.printed * 100


def choose_base(counts: Counts, use_later: bool) -> tuple[str, str]:
    """Return which kind of count is the base, and why.

    The plan's own, unless later counts are used: growth can only be read within one definition, so that the yearly series'
    own count of the base year is the base then.
    """
    printed, yearly = (counts.base_year in known for known in (counts.printed, counts.yearly))
    if printed and yearly:
        return (YEARLY_COUNT, LATER_ONES) if use_later and counts.later else (PLAN_COUNT, NO_LATER)
    return (PLAN_COUNT if printed else YEARLY_COUNT), ONLY_ONE


def start_from(forecast: Forecast, counts: Counts, kind: str, later: dict[int, float]) -> Forecast:
    """Return a forecast from one kind of base; what is of the other definition is converted by the ratio of the two bases."""
    own = counts.printed if kind == PLAN_COUNT else counts.yearly
    base = own[counts.base_year]
    return replace(
        forecast,
        base=base,
        earlier=None if counts.earlier is None else counts.earlier * _ratio(counts, base, PLAN_COUNT),
        later={year: value * _ratio(counts, base, YEARLY_COUNT) for year, value in later.items()},
    )


def _ratio(counts: Counts, base: float, kind: str) -> float:
    """Return what a count of one kind is multiplied by to have the base's definition."""
    known = counts.printed if kind == PLAN_COUNT else counts.yearly
    return base / known[counts.base_year] if counts.base_year in known else 1.0


def reconcile(forecast: Forecast, counts: Counts, kind: str, why: str, later: dict[int, float], years: tuple[int, ...]) -> Reconciliation:
    """Return the forecast under each way of reading the counts.

    Args:
        forecast: any forecast of these counts.
        kind, why: see :func:`choose_base`; later: the later counts used, as published; years: year-ends wanted.
    """
    import pandas as pd

    known = {PLAN_COUNT: counts.printed, YEARLY_COUNT: counts.yearly}
    readings = [
        (base, start_from(forecast, counts, base, later), _treatment(counts, base)) for base in known if counts.base_year in known[base]
    ]
    if len(readings) == 2 and counts.earlier is not None:
        readings.append((YEARLY_COUNT, replace(readings[1][1], earlier=counts.earlier), AS_PRINTED))
    used = next(item for base, item, _ in readings if base == kind)
    rows = [
        (base, item.base, item.earlier, treatment, item is used, year,
         item.undisturbed[year - item.base_year], item.distribution.middle[year - item.base_year])
        for base, item, treatment in readings for year in years
    ]  # fmt: skip
    results = pd.DataFrame(rows, columns=["base_kind", "base", "earlier", "treatment", "used", "year", "before", "after"])
    return Reconciliation(
        counts.base_year, counts.printed.get(counts.base_year), counts.yearly.get(counts.base_year), used.base, why, results
    )


def _treatment(counts: Counts, kind: str) -> str:
    if counts.earlier is None:
        return NO_EARLIER
    return AS_PRINTED if kind == PLAN_COUNT else SCALED
