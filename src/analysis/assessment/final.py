"""The final evaluation of a plan: everything a report on it says, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import Deposit, load_deposit
from analysis.assessment.completion import final_verdicts
from analysis.assessment.density import DensityChange, density_change
from analysis.assessment.periods import period_comparison
from analysis.assessment.progress import base_progress
from analysis.assessment.statuses import MISSED, UNKNOWN
from analysis.assessment.succession import succession
from analysis.assessment.summary import self_count_comparison, status_counts
from analysis.audit.source_audit import source_audit
from analysis.observations.door import load_observations, load_table
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FinalEvaluation:
    """Results of a final evaluation.

    Attributes:
        plan: the plan judged.
        deposit: the source edition its figures come from.
        as_of: evaluation year.
        verdicts: one row an indicator; see :func:`final_verdicts`.
        periods: the two periods of each statistic; see :func:`period_comparison`.
        progress: base, result and target where 专栏2 yields a base; see :func:`base_progress`.
        succession: which indicators the next plan takes on; see :func:`succession`.
        density: care beds per 1,000 registered elders; see :class:`DensityChange`.
        self_count: the plan's own count beside the recount.
        audit: the source audit.
    """

    plan: Plan
    deposit: Deposit
    as_of: int
    verdicts: pd.DataFrame
    periods: pd.DataFrame
    progress: pd.DataFrame
    succession: pd.DataFrame
    density: DensityChange
    self_count: pd.DataFrame
    audit: pd.DataFrame

    def missed(self) -> pd.DataFrame:
        """Return the indicators not met by the plan's own convention, worst first."""
        return self.verdicts[self.verdicts["status"] == MISSED].sort_values("completion")

    def unknown(self) -> pd.DataFrame:
        """Return the indicators that can't be judged because a figure is missing."""
        return self.verdicts[self.verdicts["status"] == UNKNOWN]

    def counts(self, column: str = "status") -> pd.DataFrame:
        """Return counts by category and status."""
        return status_counts(self.verdicts, column)


def final_inputs(plan: str, as_of: int, edition: str = "latest") -> tuple[Plan, Deposit, pd.DataFrame]:
    """Check what a final evaluation needs, and return plan, deposit and observations.

    Raises:
        InputError: unknown plan, a plan without results, a year it can't be judged in, a deposit that differs from its
            sidecar, or tables built from another edition than asked for.
    """
    definition = load_plan(plan)
    if definition.header.self_count is None:
        raise InputError.single("参数 plan", plan, "结果印在专栏1的规划（尚无期末结果的按年度监测数据评估）", "改用其他规划")
    years = definition.header.evaluations.get("final", [])
    if as_of not in years:
        expected = f"{plan}可评估的年份：{'、'.join(map(str, years))}"
        raise InputError.single("参数 as_of_year", str(as_of), expected, "改用可评估的规划和年份")
    deposit = load_deposit(definition.header.source, edition)
    observations = load_observations(plan=plan)
    for table in ("projects", "prose_figures", "printing_slips"):
        load_table(table)
    built_from = sorted(observations["edition"].unique())
    if built_from != [deposit.edition]:
        raise InputError.single("data/processed 的来源版本", "、".join(built_from), deposit.edition, "先运行 minzheng data")
    return definition, deposit, observations


def evaluate_final(plan: str, as_of: int, edition: str = "latest") -> FinalEvaluation:
    """Evaluate a plan at its end from the built tables.

    Args:
        plan: a plan with a final evaluation (``yuexiu-13``).
        as_of: evaluation year, one that the plan's definition allows.
        edition: edition of the source deposit; it must be the one that data/processed was built from.

    Raises:
        InputError: see :func:`final_inputs`.

    Example:
        >>> evaluation = evaluate_final("yuexiu-13", 2020)
        >>> evaluation.missed()["indicator_id"].tolist()
        ['1', '14', '13']
    """
    definition, deposit, observations = final_inputs(plan, as_of, edition)
    header = definition.header
    assert header.self_count is not None
    statistics = observations[observations["table"] == "专栏2"]
    verdicts = final_verdicts(observations[observations["table"] == header.indicators_table], definition, as_of)
    periods = period_comparison(statistics, definition)
    target = verdicts.set_index("series_id")["target"].get("care_beds_per_1000_registered_aged60")
    return FinalEvaluation(
        plan=definition,
        deposit=deposit,
        as_of=as_of,
        verdicts=verdicts,
        periods=periods,
        progress=base_progress(verdicts, periods, definition),
        succession=succession(verdicts, definition, load_observations(plan=header.followed_by, kind="目标")),
        density=density_change(statistics, float(target)),
        self_count=self_count_comparison(verdicts, header.self_count),
        audit=source_audit(header.source),
    )
