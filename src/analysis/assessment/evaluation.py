"""An evaluation of a plan from its monitoring data, at the midterm or at the end: everything a report says, computed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from analysis.archive.assumptions import assumption_table
from analysis.archive.commitments import load_commitments
from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import Deposit, load_deposit
from analysis.assessment import statuses
from analysis.assessment.assess import assess, check_years, latest_data_year
from analysis.assessment.commitments import judge_commitments
from analysis.assessment.outlook import outlook
from analysis.assessment.prospects.ageing import AgeingProspect, project_ageing
from analysis.assessment.prospects.ageing_counts import NoBaseCountError
from analysis.assessment.prospects.assumed import midterm_bed_assumptions, reference_class_assumptions
from analysis.assessment.prospects.attainment import TREND, attainment, published
from analysis.assessment.prospects.care_bed_base import NoBedCountsError
from analysis.assessment.prospects.care_beds import CareBedProspect, project_care_beds
from analysis.assessment.rule_years import rule_years
from analysis.assessment.scores import BINDING, category_scores, indicator_scores, weight_ranges
from analysis.audit.source_audit import source_audit
from analysis.observations.monitoring import LATEST, Monitoring, load_monitoring
from analysis.observations.targets import load_targets
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

EXAMPLE_MARK = "【示例】"  # what a scaffold's rows carry until they are replaced
EvaluationKind = Literal["midterm", "final"]
KIND_TITLES: dict[EvaluationKind, str] = {"midterm": "中期", "final": "终期"}


@dataclass(frozen=True)
class PlanEvaluation:
    """Results of an evaluation.

    Attributes:
        plan: the plan judged.
        kind: ``midterm`` (any year before the last) or ``final``.
        as_of, data_year: evaluation year and year of the data.
        targets: see :func:`analysis.observations.targets.load_targets`.
        monitoring: the figures it rests on.
        deposits: every deposit its figures come from, the plan's own first.
        verdicts: one row an indicator part; see :func:`analysis.assessment.assess.assess`.
        commitments: see :func:`analysis.assessment.commitments.judge_commitments`.
        monitoring_edition, public_edition: editions asked for, which may be ``latest`` or ``none``.
    """

    plan: Plan
    kind: EvaluationKind
    as_of: int
    data_year: int
    targets: pd.DataFrame
    monitoring: Monitoring
    deposits: tuple[Deposit, ...]
    verdicts: pd.DataFrame
    commitments: pd.DataFrame
    monitoring_edition: str = LATEST
    public_edition: str = LATEST

    @property
    def title(self) -> str:
        """中期 or 终期; 年度 for a year that is neither the plan's milestone nor its last."""
        header = self.plan.header
        milestone = header.targets.milestone_year if header.targets else 0
        return "年度" if self.kind == "midterm" and self.as_of != milestone else KIND_TITLES[self.kind]

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """One row an indicator with its worst part's status, national class and score."""
        scores = indicator_scores(self.verdicts)
        classes = scores["status"].map(statuses.national_class) if self.kind == "midterm" else ""
        return scores.assign(national_class=classes)

    @cached_property
    def categories(self) -> pd.DataFrame:
        """Category scores; see :func:`analysis.assessment.scores.category_scores`."""
        return category_scores(self.indicators)

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """Range of the overall score over weights; see :func:`analysis.assessment.scores.weight_ranges`."""
        return weight_ranges(self.indicators)

    @cached_property
    def outlook(self) -> pd.DataFrame:
        """Named scenarios for the years left; see :func:`analysis.assessment.outlook.outlook`."""
        return outlook(self.verdicts, self.targets)

    @cached_property
    def attainment(self) -> pd.DataFrame:
        """Chances and distances before the plan's end; see :func:`analysis.assessment.prospects.attainment.attainment`."""
        return attainment(self.verdicts, self.targets, self.monitoring.readings)

    @cached_property
    def forecasts(self) -> pd.DataFrame:
        """The modelled rows as a report publishes them; see :func:`analysis.assessment.prospects.attainment.published`."""
        return published(self.attainment, self.plan.header.id, self.as_of)

    @cached_property
    def ageing(self) -> AgeingProspect | None:
        """The aged at the plan's end by what was known in the data year; None where nobody counted them in the base year."""
        try:
            return project_ageing(
                self.plan.header.id,
                (self.plan.header.last_year,),
                monitoring_edition=self.monitoring_edition,
                public_edition=self.public_edition,
                through_year=self.data_year,
            )
        except NoBaseCountError:
            return None

    @cached_property
    def care_beds(self) -> CareBedProspect | None:
        """Care beds before those elders; None where beds were not counted at two year-ends, or elders not in the base year."""
        try:
            return project_care_beds(
                self.plan.header.id,
                self.plan.header.last_year,
                monitoring_edition=self.monitoring_edition,
                public_edition=self.public_edition,
                through_year=self.data_year,
            )
        except (NoBaseCountError, NoBedCountsError):
            return None

    @cached_property
    def assumptions(self) -> pd.DataFrame:
        """The entries of the assumption ledger that this report rests on, the most doubtful and weighty first."""
        ids: list[str] = []
        if self.kind == "midterm":
            ids += reference_class_assumptions() if (self.attainment["approach"] == TREND).any() else ()
            ids += self.ageing.assumptions if self.ageing else ()
            ids += midterm_bed_assumptions(self.care_beds) if self.care_beds else ()
        return assumption_table(ids)

    @cached_property
    def audit(self) -> pd.DataFrame | None:
        """The source audit of a plan whose tables were read from its text; None where they were typed after it."""
        table = self.plan.header.targets
        return source_audit(table.source) if table and table.form == "printed" else None

    @cached_property
    def rule_years(self) -> pd.DataFrame:
        """Rules year by year; see :func:`analysis.assessment.rule_years.rule_years`."""
        return rule_years(self.monitoring.readings, self.targets, self.data_year)

    def counts(self, by: str = "attribute") -> pd.DataFrame:
        """Return indicators counted by status (columns, worst first) and ``attribute`` or ``category`` (rows), with totals."""
        import pandas as pd

        table = self.indicators
        present = [status for status in statuses.SEVERITY if (table["status"] == status).any()]
        order = [BINDING, "预期性"] if by == "attribute" else list(dict.fromkeys(table[by]))
        counts = pd.crosstab(table[by], table["status"]).reindex(index=order, columns=present, fill_value=0)
        counts.loc["合计"] = counts.sum()
        counts["合计"] = counts.sum(axis=1)
        return counts.rename_axis(index=None, columns=None)

    def behind(self) -> pd.DataFrame:
        """Return the rows that are behind, missed or not kept: 约束性 first, then worst first."""
        rows = self.verdicts[self.verdicts["status"].isin(statuses.BEHIND_STATUSES)]
        rank = rows["status"].map(statuses.SEVERITY.index)
        keys = rows.assign(_binding=(rows["attribute"] != BINDING), _rank=rank)
        return keys.sort_values(["_binding", "_rank"], kind="stable").drop(columns=["_binding", "_rank"])

    def unjudged(self) -> pd.DataFrame:
        """Return the rows that are not judged, in the plan's order."""
        return self.verdicts[self.verdicts["status"].isin(statuses.UNJUDGED)]

    def judged(self) -> pd.DataFrame:
        """Return the rows that are judged, in the plan's order."""
        return self.verdicts[~self.verdicts["status"].isin(statuses.UNJUDGED)]


def evaluation_inputs(
    plan: str,
    as_of: int,
    data_year: int = 0,
    monitoring_edition: str = LATEST,
    public_edition: str = LATEST,
    targets_edition: str = LATEST,
    kind: EvaluationKind | None = None,
) -> tuple[Plan, pd.DataFrame, Monitoring, int]:
    """Check what an evaluation needs before anything is computed.

    Args:
        data_year: 0 for the latest year with figures, see :func:`analysis.assessment.assess.latest_data_year`.
        kind: what the caller wants to write; None for whatever the year is.

    Returns:
        Plan, targets, monitoring and the year of the data.

    Raises:
        InputError: unknown plan, a plan without targets, a year that its definition doesn't allow, or bad data.
    """
    definition = load_plan(plan)
    header = definition.header
    if header.targets is None:
        raise InputError.single("参数 plan", plan, "有目标表、按监测数据评估的规划", f"{plan}的结果印在专栏1，用 minzheng report final")
    years = header.evaluations
    wanted = [year for name, allowed in years.items() if kind in (None, name) for year in allowed]
    if as_of not in wanted:
        words = "、".join(map(str, sorted(wanted))) or "无"
        raise InputError.single(
            "参数 as_of_year", str(as_of), f"{plan}可作{KIND_TITLES[kind] if kind else ''}评估的年份：{words}", "改正年份"
        )
    targets = load_targets(plan, targets_edition)
    examples = targets.loc[targets["name"].str.contains(EXAMPLE_MARK, regex=False), "name"]
    if len(examples):
        raise InputError.single(f"规划 {plan} 的目标表", "、".join(examples), "规划印制的指标", "示例行须先替换为规划的指标，再存为新版本")
    monitoring = load_monitoring(plan, monitoring_edition, public_edition)
    year = data_year or latest_data_year(monitoring.readings, as_of, header.targets.final_year)
    check_years(as_of, year, header.targets.base_year, header.targets.final_year)
    return definition, targets, monitoring, year


def evaluate_plan(
    plan: str,
    as_of: int,
    data_year: int = 0,
    monitoring_edition: str = LATEST,
    public_edition: str = LATEST,
    targets_edition: str = LATEST,
    kind: EvaluationKind | None = None,
) -> PlanEvaluation:
    """Evaluate a plan from its monitoring data.

    Args:
        plan: a plan with targets (``yuexiu-14``, ``demo-14``).
        as_of: evaluation year.
        data_year: year of the data; 0 for the latest with figures.
        monitoring_edition, public_edition, targets_edition: editions of the deposits, so that an old report can be made
            again; ``latest`` for the last ones, ``none`` for no official monitoring figures.
        kind: refuse a year of another kind of evaluation.

    Raises:
        InputError: see :func:`evaluation_inputs`.

    Example:
        >>> evaluation = evaluate_plan("yuexiu-14", 2023, data_year=2023)
        >>> len(evaluation.indicators), len(evaluation.verdicts)
        (24, 27)
    """
    definition, targets, monitoring, year = evaluation_inputs(
        plan, as_of, data_year, monitoring_edition, public_edition, targets_edition, kind
    )
    assert definition.header.targets is not None
    verdicts = assess(monitoring.readings, targets, as_of, year)
    return PlanEvaluation(
        plan=definition,
        kind="final" if as_of >= definition.header.targets.final_year else "midterm",
        as_of=as_of,
        data_year=year,
        targets=targets,
        monitoring=monitoring,
        deposits=(load_deposit(definition.header.targets.source, targets_edition), *monitoring.deposits),
        verdicts=verdicts,
        commitments=judge_commitments(load_commitments(plan), monitoring.tasks, monitoring.readings, year),
        monitoring_edition=monitoring_edition,
        public_edition=public_edition,
    )
