"""Commitments, problems, what people wrote, and what data are missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.archive.narrative import read_section
from analysis.assessment import commitments as outcomes
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.indicators import indicator_claim
from analysis.presentation.written import Written

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def run_name(evaluation: PlanEvaluation) -> str:
    """Name of the run whose narrative belongs to an evaluation."""
    return f"{evaluation.plan.header.id}-{evaluation.kind}-{evaluation.as_of}"


def narrative(evaluation: PlanEvaluation, section: str) -> Written:
    """Show what people wrote for a section, or that it awaits its author.

    Raises:
        InputError: no such section.
    """
    return Written(read_section(run_name(evaluation), section))


def commitments(evaluation: PlanEvaluation) -> Passage | None:
    """What became of the commitments outside the indicator table; nothing where the plan has none."""
    table = evaluation.commitments
    if table.empty:
        return None
    counts = table["outcome"].value_counts()
    words = "，".join(f"{outcome}{counts[outcome]}项" for outcome in outcomes.OUTCOMES if outcome in counts)
    claims = [Claim(f"表外有数量或期限的任务{len(table)}项：{words}。", ("任务台账",))]
    due = table[table["deadline_year"] <= evaluation.data_year]
    unreported = due[due["outcome"] == outcomes.NOT_REPORTED]
    for row in rows_of(table[table["outcome"].isin((outcomes.OVERDUE, outcomes.CANCELLED, outcomes.BROKEN, outcomes.DONE_LATE))]):
        promised = f"承诺{row.deadline_year}年达到{wording.number(row.quantity, 2)}{row.unit}"
        late = f"{row.reached_year}年达到" if row.outcome == outcomes.DONE_LATE else ""
        figure = late or ("" if math.isnan(row.value) else f"{row.reported_year}年填报{wording.number(row.value, 2)}{row.unit}")
        words = "，".join(word for word in (promised, figure, row.outcome) if word)
        claims.append(Claim(f"{row.task}：{words}。", (row.reference, str(row.where))))
    if len(unreported):
        names = [f"{row.task}（{row.deadline_year}年到期）" for row in rows_of(unreported)]
        claims.append(Claim(f"已到期而没有填报的：{wording.listed(names)}。", tuple(unreported["reference"])))
    open_ends = {word: int(counts.get(word, 0)) for word in (outcomes.OVERDUE, outcomes.NOT_REPORTED)}
    words = "，".join(f"{count}项{word}" for word, count in open_ends.items() if count)
    heading = f"{len(table)}项任务中{words}" if words else f"{len(table)}项任务没有到期未完成的"
    return passage(f"（一）{heading}", claims, bulleted=True)


def problems(evaluation: PlanEvaluation) -> Passage:
    """What is behind, 约束性 first; each with its figures."""
    rows = evaluation.behind()
    place = (f"{evaluation.plan.header.indicators_table}全表",)
    if rows.empty:
        known = len(evaluation.judged())
        words = f"可判定的{known}行没有滞后或未达要求的。" if known else "目前没有可判定的指标，问题不能由数据得出。"
        return passage("（一）由数据看不出滞后项" if known else "（一）数据不足，问题待查", [Claim(words, place)])
    binding = rows[rows["attribute"] == BINDING]
    claims = [indicator_claim(evaluation, row) for row in rows_of(rows)]
    lead = f"其中约束性{binding['indicator_id'].nunique()}项" if len(binding) else "没有约束性指标"
    word = "未达到" if evaluation.kind == "final" else "滞后"
    return passage(f"（一）{rows['indicator_id'].nunique()}项{word}，{lead}", claims, bulleted=True)


def gaps(evaluation: PlanEvaluation) -> Passage:
    """How many figures are missing, and whose they are."""
    rows = evaluation.unjudged()
    if rows.empty:
        return passage("", [Claim(f"{evaluation.data_year}年判定所需的数值和参照齐全。", ("监测数据",))])
    owners = evaluation.targets.set_index(["indicator_id", "part"])["data_owner"]
    names = [owners[(row.indicator_id, row.part)] for row in rows.itertuples()]
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    words = "；".join(f"{name}{count}行" for name, count in counts.items())
    claims = [
        Claim(f"不能判定的{len(rows)}行，按填报单位：{words}。", ("监测数据",)),
        Claim("请按监测数据填报表补报；没有数的留空，不填零。"),
    ]
    silent = evaluation.commitments
    silent = silent[silent["outcome"] == outcomes.NOT_REPORTED]
    if len(silent):
        claims.append(Claim(f"任务台账未填报{len(silent)}项：{wording.listed(list(silent['task']))}。", ("任务台账",)))
    return passage("", claims)
