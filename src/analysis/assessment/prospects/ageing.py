"""What lies ahead of registered residents aged 60 and over: path, band, scenarios, and what later counts did to the forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.archive.assumptions import load_assumption
from analysis.archive.sources import Deposit
from analysis.assessment.prospects.ageing_base import Reconciliation, choose_base, reconcile, start_from
from analysis.assessment.prospects.ageing_counts import Counts, load_counts
from analysis.assessment.prospects.ageing_forecast import (
    DEPARTURES,
    ERRORS,
    SCENARIOS,
    Forecast,
    compared,
    error_model,
    middle_departures,
    scenarios,
)  # fmt: skip
from analysis.models.ageing.path import Floats
from analysis.observations.monitoring import LATEST
from analysis.observations.reference_population import load_reference_population
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION, ILLUSTRATIVE, UNVERIFIED
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

INFLOW_SCALING, REFERENCE_ENTRY = "补入推算（两期总数与参照人口）", "参照补入（一期总数与参照人口）"


@dataclass(frozen=True)
class AgeingProspect:
    """Registered residents aged 60 and over at year-ends, in 万人 (户籍, stock), base year to the last year asked for.

    Attributes:
        plan_id, place: whose.
        to_years: the years asked for.
        method: how the inflow was found.
        counts: the counts it rests on.
        forecast: the forecast with later counts; ``forecast.parts`` tells survivors from entrants.
        path: one row a year: ``year``, ``point``, ``low_80``, ``high_80``, ``low_95``, ``high_95``, ``basis`` (观测 or 推算),
            ``births_shaped`` (the path before later counts), ``constant_growth`` (of the plan's two totals; NaN without two). An
            observed year's point is its count, its band the error of a count.
        before: the same without later counts, from the plan's own base.
        scenarios: ``scenario``, ``assumption_id``, ``level`` (低, 中, 高), ``year``, ``population``; before later counts.
        reconciliation: the two counts of the base year.
        assumptions: ids of the ledger that path and band rest on.
        deposits: sources.
    """

    plan_id: str
    place: str
    to_years: tuple[int, ...]
    method: str
    counts: Counts
    forecast: Forecast
    path: pd.DataFrame
    before: pd.DataFrame
    scenarios: pd.DataFrame
    reconciliation: Reconciliation
    assumptions: tuple[str, ...]
    deposits: tuple[Deposit, ...]

    @property
    def observations(self) -> pd.DataFrame:
        """Every count, used or not."""
        return self.counts.rows

    @property
    def scenario_assumptions(self) -> tuple[str, ...]:
        """Ids of the ledger that the scenarios rest on."""
        return tuple(id for _, id, _ in SCENARIOS)

    @cached_property
    def shift(self) -> pd.DataFrame:
        """What later counts did: ``year``, ``before``, ``after``, ``by_base`` (another base), ``by_counts`` (growth since), ``shift``."""
        import pandas as pd

        spread = self.forecast.distribution
        old, new = self.before.set_index("year")["point"], pd.Series(spread.middle, index=list(spread.years))
        by_base = old * (self.reconciliation.base / float(old.iloc[0]) - 1)
        table = pd.DataFrame({"before": old, "after": new, "by_base": by_base, "by_counts": new - old - by_base, "shift": new - old})
        return table.loc[list(self.to_years)].rename_axis("year").reset_index()

    @cached_property
    def growth(self) -> pd.DataFrame:
        """What later counts say of growth since the base year, beside what births and survival gave.

        Returns:
            ``year``, ``observed_percent``, ``births_shaped_percent``, ``entry_scale`` (factor on the entries that the counts up to the
            last one leave in the middle); one row a later count used.
        """
        import pandas as pd

        forecast = self.forecast
        rows = [
            (
                year,
                (value / forecast.base - 1) * 100,
                (forecast.undisturbed[year - forecast.base_year] / forecast.base - 1) * 100,
                forecast.distribution.entry_scale[year - forecast.base_year - 1],
            )
            for year, value in forecast.later.items()
        ]
        return pd.DataFrame(rows, columns=["year", "observed_percent", "births_shaped_percent", "entry_scale"])

    @property
    def marks(self) -> tuple[str, ...]:
        """Marks that go with every figure: 演示数据, 待核实, 示意参数."""
        used = self.observations[self.observations["used"]]
        ledger = {load_assumption(id).mark for id in self.assumptions}
        unseen = UNVERIFIED in set(used["mark"]) | ledger or any(not item.original_seen for item in self.deposits)
        given = [(DEMONSTRATION, self.counts.plan.header.demonstration), (UNVERIFIED, unseen), (ILLUSTRATIVE, ILLUSTRATIVE in ledger)]
        return tuple(mark for mark, applies in given if applies)

    def at(self, year: int) -> Range:
        """Return low and high end of the 80 % band and the point of one year, 万人.

        Raises:
            InputError: a year outside the path.
        """
        rows = self.path[self.path["year"] == year]
        if rows.empty:
            span = f"{self.path['year'].iloc[0]}—{self.path['year'].iloc[-1]}年"
            raise InputError.single("年份", str(year), span, "改用其中一年，或延长推算")
        row = rows.iloc[0]
        return Range(float(row["low_80"]), float(row["point"]), float(row["high_80"]))

    def draws(self, n: int, seed: int) -> Floats:
        """Return n paths in 万人, shape (n, years of ``path``); equal seeds give equal paths."""
        return self.forecast.distribution.draws(n, seed)


def project_ageing(
    plan_id: str,
    to_years: Sequence[int] = (2025, 2030, 2035),
    *,
    use_later: bool = True,
    monitoring_edition: str = LATEST,
    public_edition: str = LATEST,
    through_year: int | None = None,
) -> AgeingProspect:
    """Project the registered residents aged 60 and over of a plan's place.

    Inflow scaling from the plan's two totals and the cohorts of the reference population; where there is only one total, the
    reference's entry ratio. Later counts of the yearly series are put together with the path, each weighted by its precision;
    the base is then that series' own count of the base year, for growth can only be read within one definition.

    Args:
        plan_id: a plan with targets.
        to_years: years wanted after the base year, to 2035 at most: births are known to 1975 and the cohorts beyond would be
            those of a projection.
        use_later: whether counts of the yearly series are used; False gives the forecast that the plan's own figures yield.
        monitoring_edition, public_edition: editions of the yearly series.
        through_year: last year whose counts may be used: an evaluation of 2023 must not know 2024.

    Raises:
        InputError: no base count, or years out of reach.

    Example:
        >>> before = project_ageing("yuexiu-14", use_later=False)
        >>> round(before.at(2025).mid, 1)
        38.9
        >>> round(project_ageing("yuexiu-14").at(2025).mid, 1)
        37.1
    """
    counts = load_counts(plan_id, monitoring_edition=monitoring_edition, public_edition=public_edition, through_year=through_year)
    reference = load_reference_population()
    years = _years(to_years, counts.base_year, int(reference.ages["year"].max()))
    later = {year: value for year, value in counts.later.items() if use_later and year <= years[-1]}
    own_kind, _ = choose_base(counts, use_later=False)
    kind, why = choose_base(counts, use_later)
    blank = Forecast(counts.base_year, 1.0, None, {}, years[-1], reference, error_model(), middle_departures())
    before, after = start_from(blank, counts, own_kind, {}), start_from(blank, counts, kind, later)
    return AgeingProspect(
        plan_id=plan_id,
        place=counts.plan.header.place,
        to_years=years,
        method=REFERENCE_ENTRY if counts.earlier is None else INFLOW_SCALING,
        counts=counts,
        forecast=after,
        path=compared(after, before),
        before=compared(before, before),
        scenarios=scenarios(before, years),
        reconciliation=reconcile(after, counts, kind, why, later, years),
        assumptions=(*DEPARTURES, *ERRORS),
        deposits=(*counts.deposits, reference.deposit),
    )


def _years(to_years: Sequence[int], base_year: int, last: int) -> tuple[int, ...]:
    years = tuple(sorted(set(to_years)))
    if not years or years[0] <= base_year or years[-1] > last:
        found = "、".join(str(year) for year in years) or "空"
        raise InputError.single("参数 to_years", found, f"{base_year + 1}—{last}年中的一年或几年", "改为以后的、参照人口达到的年份")
    return years
