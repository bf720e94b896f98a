"""What is known of care beds before a plan begins: beds and elders at two dates, the norms, the nursing share, projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from analysis.archive.assumptions import load_assumption
from analysis.archive.care_bed_pipeline import BedProject, load_care_bed_pipeline
from analysis.archive.plans import Plan, load_plan, plan_ids
from analysis.archive.sources import Deposit, load_deposit
from analysis.assessment.density import BEDS, ELDERS
from analysis.observations.door import load_observations
from analysis.observations.targets import load_targets
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

DENSITY, NURSING = "care_beds_per_1000_registered_aged60", "nursing_bed_share_percent"
KEPT, PLAN_TARGET = "守住本区水平", "上期规划目标"
LEDGER_NORMS = ("bed_norm_national_level", "bed_norm_national_target")


class Norm(NamedTuple):
    """Beds per 1,000 elders: its name, the level, the ledger's id (empty where the plan prints it), and where it stands."""

    name: str
    per_1000: float
    assumption_id: str
    source: str


class NursingShare(NamedTuple):
    """Nursing beds ÷ beds of care institutions at the base year and as targeted, ratios; and the target's year."""

    base: float
    target: float
    year: int


class NoBedCountsError(InputError):
    """Beds and elders are not known at two year-ends, so no supply can be told."""


@dataclass(frozen=True)
class BedBase:
    """Beds at two year-ends with everything that the projection of one plan's beds starts from.

    Attributes:
        plan: the plan.
        beds: beds by year, two dates (stock).
        elders: persons 60+ (户籍) at the same dates, as the same table prints them.
        norms: lowest first.
        nursing: None where the plan has no such target.
        projects: projects not open yet; empty where no list is known.
        deposit: where beds, elders and the district's norms are printed.
    """

    plan: Plan
    beds: dict[int, float]
    elders: dict[int, float]
    norms: tuple[Norm, ...]
    nursing: NursingShare | None
    projects: tuple[BedProject, ...]
    deposit: Deposit

    @property
    def years(self) -> tuple[int, int]:
        """The two dates."""
        first, last = sorted(self.beds)
        return first, last


def load_bed_base(plan_id: str) -> BedBase:
    """Load what the plan before a plan prints on beds, and the norms of the ledger.

    Raises:
        InputError: a plan before which no plan prints beds and elders at two dates.

    Example:
        >>> base = load_bed_base("yuexiu-14")
        >>> base.beds, [(norm.name, norm.per_1000) for norm in base.norms]
        ({2015: 3309.0, 2020: 4983.0}, [('守住本区水平', 16.0), ('全国实际水平', 30.3), ('国家目标下限', 35.0), ('上期规划目标', 40.0)])
    """
    plan = load_plan(plan_id)
    before = [other for other in plan_ids() if load_plan(other).header.followed_by == plan_id]
    table = load_observations(plan=before[0]) if before else None
    if table is None or not {BEDS, ELDERS} <= set(table["series_id"]):
        found = "上一期规划没有养老床位和户籍长者数"
        raise NoBedCountsError([Problem(f"规划 {plan_id}", found, "两个年末的床位数和长者数", "取得该数据后再推算")])
    beds, elders = _by_year(table, BEDS), _by_year(table, ELDERS)
    shared = sorted(set(beds) & set(elders))[-2:]
    if len(shared) < 2:
        found = f"床位与长者数同有的年份{len(shared)}个"
        raise NoBedCountsError([Problem(f"规划 {plan_id}", found, "两个年末", "取得两个年末的数据后再推算")])
    row = table[table["series_id"] == BEDS].iloc[0]
    return BedBase(
        plan=plan,
        beds={year: beds[year] for year in shared},
        elders={year: elders[year] * 10_000 for year in shared},
        norms=tuple(sorted((*_printed_norms(table), *map(_ledger_norm, LEDGER_NORMS)), key=lambda norm: norm.per_1000)),
        nursing=_nursing(plan_id),
        projects=load_care_bed_pipeline(plan_id),
        deposit=load_deposit(row["source"], row["edition"]),
    )


def _by_year(table: pd.DataFrame, series: str) -> dict[int, float]:
    rows = table[(table["series_id"] == series) & (table["kind"] == "观测") & table["value"].notna()]
    return {int(year): float(value) for year, value in zip(rows["period_end"], rows["value"], strict=True)}


def _printed_norms(table: pd.DataFrame) -> list[Norm]:
    """Take the district's own level and target as printed; none where the table has no such indicator."""
    rows = table[(table["series_id"] == DENSITY) & table["value"].notna()]
    names = {"观测": KEPT, "目标": PLAN_TARGET}
    return [Norm(names[row.kind], float(row.value), "", f"{row.table}第{row.number}行") for row in rows.itertuples() if row.kind in names]


def _ledger_norm(id: str) -> Norm:
    item = load_assumption(id)
    return Norm(item.name, item.mid, id, f"假设台账 {id}")


def _nursing(plan_id: str) -> NursingShare | None:
    targets = load_targets(plan_id)
    rows = targets[(targets["series_id"] == NURSING) & targets["base"].notna() & targets["target"].notna()]
    if rows.empty:
        return None
    row = rows.iloc[0]
    return NursingShare(float(row["base"]) / 100, float(row["target"]) / 100, int(row["final_year"]))
