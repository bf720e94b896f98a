"""Counts of registered residents aged 60 and over: the plan's own, and the yearly series that goes on after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.archive.forms import SAME_DEFINITION
from analysis.archive.plans import Plan, load_plan, plan_ids
from analysis.archive.sources import Deposit, load_deposit
from analysis.models.ageing.ages import STEP
from analysis.observations.door import load_observations
from analysis.observations.monitoring import LATEST, load_monitoring
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

SERIES, TOTAL_SERIES = "registered_population_aged60", "registered_population"
PLAN_SERIES = "registered_population_aged60_10000persons"
COLUMNS = ["year", "value", "kind", "source", "address", "mark", "used", "why"]
PLAN_COUNT, YEARLY_COUNT = "规划印载", "年度序列"


@dataclass(frozen=True)
class Counts:
    """Counts of one plan's place, in 万人 at year-ends.

    Attributes:
        plan: the plan.
        base_year: the plan's base year.
        printed: counts that the plan (or the one before it) prints, by year.
        yearly: counts of the yearly series from the base year on, by year; one definition.
        totals: registered residents of all ages, by year, same source as the yearly series.
        rows: every count, used or not; ``COLUMNS``.
        deposits: where the counts come from.
        through_year: last year whose figures may be known; None for all.
    """

    plan: Plan
    base_year: int
    printed: dict[int, float]
    yearly: dict[int, float]
    totals: dict[int, float]
    rows: pd.DataFrame
    deposits: tuple[Deposit, ...]
    through_year: int | None = None

    @property
    def earlier(self) -> float | None:
        """The printed count five years before the base; None where there is none."""
        return self.printed.get(self.base_year - STEP)

    @property
    def later(self) -> dict[int, float]:
        """Counts of the yearly series after the base year."""
        return {year: value for year, value in self.yearly.items() if year > self.base_year}


class NoBaseCountError(InputError):
    """Nobody has counted the aged of the base year, so nothing can be projected."""


def load_counts(plan_id: str, *, monitoring_edition: str = LATEST, public_edition: str = LATEST, through_year: int | None = None) -> Counts:
    """Load all counts of a plan's place that may be known at a time.

    Args:
        plan_id: a plan with a base year.
        monitoring_edition, public_edition: see :func:`analysis.observations.monitoring.load_monitoring`.
        through_year: last year whose figures may be used; None for all.

    Raises:
        InputError: a plan without targets.
        NoBaseCountError: one with no count at all for its base year.

    Example:
        >>> counts = load_counts("yuexiu-14", through_year=2022)
        >>> counts.printed, counts.yearly
        ({2015: 26.5, 2020: 31.96}, {2020: 31.43})
    """
    import pandas as pd

    plan = load_plan(plan_id)
    if plan.header.targets is None:
        raise InputError.single("参数 plan", plan_id, "有目标表、从而有基期年份的规划", "改用其中一个规划")
    base_year = plan.header.targets.base_year
    printed, printed_deposits = _printed_rows(plan_id)
    monitoring = load_monitoring(plan_id, monitoring_edition, public_edition)
    readings = monitoring.readings[monitoring.readings["value"].notna()]
    yearly = [_yearly_row(row, base_year, through_year) for row in _of(readings, SERIES)]
    totals = {int(row["year"]): float(row["value"]) for row in _of(readings, TOTAL_SERIES) if _known(row["year"], through_year)}
    rows = pd.DataFrame([*printed, *yearly], columns=COLUMNS).astype({"used": "bool"})
    used = rows[rows["used"]]
    by_kind = {kind: dict(zip(group["year"], group["value"], strict=True)) for kind, group in used.groupby("kind")}
    own, series = by_kind.get(PLAN_COUNT, {}), by_kind.get(YEARLY_COUNT, {})
    if base_year not in own and base_year not in series:
        where, found = f"规划 {plan_id}", f"没有{base_year}年60周岁以上户籍人数"
        raise NoBaseCountError([Problem(where, found, "基期有一个数", "在年度监测数据的背景数据中补填")])
    deposits = {(item.source, item.edition): item for item in (*printed_deposits, *(monitoring.deposits if series else ()))}
    return Counts(plan, base_year, own, series, totals, rows, tuple(deposits.values()), through_year)


def _of(readings: pd.DataFrame, series: str) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in readings[readings["series"] == series].to_dict("records")]


def _known(year: int, through_year: int | None) -> bool:
    return through_year is None or year <= through_year


def _printed_rows(plan_id: str) -> tuple[list[dict[str, Any]], list[Deposit]]:
    """List the counts printed for the period before a plan: in the statistics of the plan that it followed."""
    before = [other for other in plan_ids() if load_plan(other).header.followed_by == plan_id]
    if not before or not load_plan(before[0]).statistics:
        return [], []
    table = load_observations(plan=before[0])
    found = table[(table["series_id"] == PLAN_SERIES) & (table["kind"] == "观测")]
    deposits = [load_deposit(source, edition) for source, edition in sorted({(row.source, row.edition) for row in found.itertuples()})]
    titles = {(item.source, item.edition): item.citation() for item in deposits}
    rows = [
        {
            "year": int(row.period_end), "value": float(row.value), "kind": PLAN_COUNT, "source": titles[row.source, row.edition],
            "address": f"{row.source_file} 第{row.source_line}行", "mark": "", "used": True, "why": "规划印载的两期末数，推算既往补入",
        }
        for row in found.itertuples()
    ]  # fmt: skip
    return rows, deposits


def _yearly_row(row: dict[str, Any], base_year: int, through_year: int | None) -> dict[str, Any]:
    year = int(row["year"])
    reasons = [
        (not _known(year, through_year), f"晚于{through_year}年，评估时尚不知道"),
        (year < base_year, "早于基期"),
        (row["definition"] not in ("", SAME_DEFINITION), "口径变更，不与基期相接"),
    ]
    why = next((words for applies, words in reasons if applies), "")
    kept = "与后来各年同一口径的基期数" if year == base_year else "基期以后的计数，按精度与推算值合并"
    address = row["evidence"] or row["where"]
    return {
        "year": year, "value": float(row["value"]), "kind": YEARLY_COUNT, "source": row["source"], "address": address,
        "mark": row["reliability"], "used": not why, "why": why or kept,
    }  # fmt: skip
