"""Care beds ahead: need by norm and by disability, supply, gap, and what will become of the density."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.archive.assumptions import check_cited, load_assumption
from analysis.archive.sources import Deposit
from analysis.assessment.prospects.ageing import AgeingProspect, project_ageing
from analysis.assessment.prospects.care_bed_base import BedBase, load_bed_base
from analysis.assessment.prospects.care_bed_needs import DRAWS, RATES, SEED, NeedsAnalysis, NeedsSummary
from analysis.assessment.prospects.care_bed_tables import (
    LEVELS,
    PATTERNS,
    PIPELINE_SHARES,
    density_table,
    norm_need_table,
    nursing_table,
    patterns_table,
    supply_table,
)
from analysis.models.care_beds.gap import gap_matrix
from analysis.observations.monitoring import LATEST
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION, ILLUSTRATIVE, UNVERIFIED
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

REPORTABLE = ("norm_need", "supply", "gap", "density", "nursing")


@dataclass(frozen=True)
class CareBedProspect:
    """Care beds of one plan's place at one year-end. Beds are stocks; elders are registered residents 60+ (户籍).

    Attributes:
        plan_id, place, year: whose, and for when.
        base: beds and elders at two dates, norms, nursing share, projects.
        ageing: the forecast of the elders.
        elders: persons 60+ at the year: low end, point and high end of the 80 % band.
        norm_need: one row a norm and level of elders: ``norm``, ``per_1000``, ``assumption_id``, ``source``, ``elders_level``,
            ``elders``, ``need``, ``yearly_growth`` (of beds from the last count, ratio).
        supply: ``scenario``, ``year``, ``beds``, ``basis`` (观测 or 情景); the list of projects comes first, where there is one.
        gap: see :func:`analysis.models.care_beds.gap.gap_matrix`, supply at the year.
        density: one row a change: ``scenario`` (观测 for the past), ``first_year``, ``last_year``, ``beds_first``, ``beds_last``,
            ``elders_first``, ``elders_last``, ``density_first``, ``density_last``, and the log changes ``ln_density`` = ``ln_beds`` +
            ``ln_elders`` (as it acts). The past has the plan's elders; what lies ahead has the forecast's own base, so that growth
            is of one series.
        nursing: one row a supply scenario: ``scenario``, ``beds``, ``needed`` (nursing beds at the target share), ``base``, ``added``,
            ``share_if_none_added``; empty where the plan has no such target.
        patterns: one row a share of elders in institutions: ``name``, ``assumption_id``, ``mark``, ``share_*``, ``beds_*`` (low, mid,
            high). Shares observed say who lives there now, service patterns are slogans; neither is need.
        needs_analysis: the model by disability and use.
        deposits: sources.
    """

    plan_id: str
    place: str
    year: int
    base: BedBase
    ageing: AgeingProspect
    elders: Range
    norm_need: pd.DataFrame
    supply: pd.DataFrame
    gap: pd.DataFrame
    density: pd.DataFrame
    nursing: pd.DataFrame
    patterns: pd.DataFrame
    needs_analysis: NeedsAnalysis
    deposits: tuple[Deposit, ...]

    @property
    def base_year(self) -> int:
        """Year of the last count of beds."""
        return self.base.years[1]

    @property
    def base_beds(self) -> float:
        """Beds at that year."""
        return self.base.beds[self.base_year]

    @property
    def needs(self) -> NeedsSummary:
        """Beds by disability and use: middle, spread of the draws, extremes."""
        return self.needs_analysis.summary

    @property
    def tornado(self) -> pd.DataFrame:
        """What each input alone does to the needs."""
        return self.needs_analysis.tornado

    @property
    def sobol(self) -> pd.DataFrame:
        """What each input contributes to the variance of the needs."""
        return self.needs_analysis.sobol

    @property
    def requests(self) -> pd.DataFrame:
        """How far each request for data would narrow the needs."""
        return self.needs_analysis.requests

    @cached_property
    def rests_on(self) -> dict[str, tuple[str, ...]]:
        """Ids of the ledger that each result rests on, by its name."""
        elders = self.ageing.assumptions
        norms = tuple(norm.assumption_id for norm in self.base.norms if norm.assumption_id)
        projects = tuple(dict.fromkeys(PIPELINE_SHARES[item.status] for item in self.base.projects))
        needs = (*RATES.values(), *elders)
        return {
            "norm_need": (*norms, *elders),
            "supply": projects,
            "gap": (*norms, *projects, *elders),
            "density": (*projects, *elders),
            "nursing": projects,
            "patterns": (*PATTERNS, RATES["occupancy"], *elders),
            "needs": needs,
            "tornado": needs,
            "sobol": needs,
            "requests": needs,
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Ids of the ledger that anything here rests on."""
        return tuple(dict.fromkeys(id for ids in self.rests_on.values() for id in ids))

    @property
    def uncited(self) -> tuple[str, ...]:
        """Those of them without a citation."""
        return tuple(id for id in self.assumptions if load_assumption(id).citation is None)

    def marks(self, result: str) -> tuple[str, ...]:
        """Return the marks that go with one result: 演示数据, 待核实, 示意参数."""
        ledger = {load_assumption(id).mark for id in self._ids(result)}
        unseen = UNVERIFIED in ledger or any(not item.original_seen for item in self.deposits)
        given = [(DEMONSTRATION, self.base.plan.header.demonstration), (UNVERIFIED, unseen), (ILLUSTRATIVE, ILLUSTRATIVE in ledger)]
        return tuple(mark for mark, applies in given if applies)

    def for_report(self, *results: str) -> dict[str, pd.DataFrame | NeedsSummary]:
        """Return results that may enter a report; by default those that rest on norms and counts alone.

        Args:
            results: names of results (``norm_need``, ``supply``, ``gap``, ``density``, ``nursing``, ``patterns``, ``needs``, ``tornado``,
                ``sobol``, ``requests``); none for the first five.

        Raises:
            InputError: an unknown name, or every entry without citation that a result asked for rests on.

        Example:
            >>> list(project_care_beds("yuexiu-14").for_report())
            ['norm_need', 'supply', 'gap', 'density', 'nursing']
        """
        wanted = results or REPORTABLE
        check_cited(dict.fromkeys(id for result in wanted for id in self._ids(result)))
        return {result: getattr(self, result) for result in wanted}

    def _ids(self, result: str) -> tuple[str, ...]:
        if result not in self.rests_on:
            raise InputError.single("床位推算的结果", result, "、".join(self.rests_on), "改用其中的名称")
        return self.rests_on[result]


def project_care_beds(
    plan_id: str,
    year: int = 2025,
    *,
    use_later: bool = True,
    monitoring_edition: str = LATEST,
    public_edition: str = LATEST,
    through_year: int | None = None,
    draws: int = DRAWS,
) -> CareBedProspect:
    """Put care beds before the elders to come: need by norm, by disability and use, supply by named scenarios, gap.

    Args:
        plan_id: a plan before which another prints beds and elders at two dates.
        year: year-end wanted, after the last count.
        use_later, monitoring_edition, public_edition, through_year: of the elders; see
            :func:`analysis.assessment.prospects.ageing.project_ageing`.
        draws: draws of the needs model.

    Raises:
        InputError: no beds at two dates, or a year out of reach.

    Example:
        >>> before = project_care_beds("yuexiu-14", use_later=False)
        >>> before.norm_need.query("elders_level == '中'")["need"].round(-1).tolist()
        [6230.0, 11790.0, 13620.0, 15570.0]
    """
    base = load_bed_base(plan_id)
    ageing = project_ageing(
        plan_id,
        (year,),
        use_later=use_later,
        monitoring_edition=monitoring_edition,
        public_edition=public_edition,
        through_year=through_year,
    )
    elders = _persons(ageing.at(year))
    column = int(ageing.path.index[ageing.path["year"] == year][0])
    row = ageing.path.iloc[column]
    supply = supply_table(base, year)
    at_year = supply[supply["year"] == year]
    beds = dict(zip(at_year["scenario"], at_year["beds"], strict=True))
    return CareBedProspect(
        plan_id=plan_id,
        place=base.plan.header.place,
        year=year,
        base=base,
        ageing=ageing,
        elders=elders,
        norm_need=norm_need_table(base, elders, year),
        supply=supply,
        gap=gap_matrix(dict(zip(LEVELS, elders, strict=True)), {norm.name: norm.per_1000 for norm in base.norms}, beds),
        density=density_table(base, ageing, year, beds),
        nursing=nursing_table(base, beds),
        patterns=patterns_table(elders),
        needs_analysis=NeedsAnalysis(
            _persons(Range(row["low_95"], row["point"], row["high_95"])), ageing.draws(draws, SEED)[:, column] * 10_000, SEED
        ),
        deposits=(base.deposit, *(item for item in ageing.deposits if item.source != base.deposit.source)),
    )


def _persons(band: Range) -> Range:
    return Range(*(float(value) * 10_000 for value in band))
