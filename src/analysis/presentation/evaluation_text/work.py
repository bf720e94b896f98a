"""Commitments, problems, what people wrote, and what data are missing."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.archive.commitments import load_commitments
from analysis.archive.narrative import read_section
from analysis.assessment import commitments as outcomes
from analysis.assessment import statuses
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.figures import decimals_apart, each_number, measured, tally
from analysis.presentation.evaluation_text.indicators import indicator_claim
from analysis.presentation.marking import count
from analysis.presentation.places import indicator_rows, places
from analysis.presentation.written import Written

if TYPE_CHECKING:
    import pandas as pd

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
    counts = {word: _tasks(rows, f"{word}的任务数") for word in outcomes.OUTCOMES if len(rows := table[table["outcome"] == word])}
    total, place = _tasks(table, "表外任务数"), ("任务台账",)
    words = "，".join(f"{outcome}{many}项" for outcome, many in counts.items())
    claims = [Claim(f"表外有数量或期限的任务{total}项：{words}。", place)]
    due = table[table["deadline_year"] <= evaluation.data_year]
    unreported = due[due["outcome"] == outcomes.NOT_REPORTED]
    for row in rows_of(table[table["outcome"].isin((outcomes.OVERDUE, outcomes.CANCELLED, outcomes.BROKEN, outcomes.DONE_LATE))]):
        remark = _measured_as_well(evaluation, row)
        claims.append(Claim(f"{_task(row)}：{_kept(row)}{remark}。", places(row.reference, row.where)))
    if len(unreported):
        names = [f"{_task(row)}（{row.deadline_year}年到期）" for row in rows_of(unreported)]
        claims.append(Claim(f"已到期而没有填报的：{wording.listed(names)}。", tuple(unreported["reference"])))
    words = "，".join(f"{counts[word]}项{word}" for word in (outcomes.OVERDUE, outcomes.NOT_REPORTED) if word in counts)
    heading = f"{total}项任务中{words}" if words else f"{total}项任务没有到期未完成的"
    return passage(f"（一）{heading}", claims, bulleted=True, evidence=place)


def _tasks(rows: pd.DataFrame, name: str) -> str:
    return count(len(rows), name, ("任务台账",))


def _task(row: Any) -> str:
    """Name a commitment; its name is a promise, so the numbers in it are traced to where it was made."""
    return each_number(row.task, "任务原文所载数", "", (row.reference,))


def _kept(row: Any) -> str:
    """Word what was promised, what was reported, and what follows."""
    decimals = decimals_apart(row.value, row.quantity)
    promised = measured(row.quantity, row.unit, f"承诺的数量（{row.deadline_year}年）", "", (row.reference,), decimals)
    words = [f"承诺{row.deadline_year}年达到{promised}"]
    if row.outcome == outcomes.DONE_LATE:
        words.append(f"{row.reached_year}年达到")
    elif not math.isnan(row.value):
        reported = measured(row.value, row.unit, f"{row.reported_year}年填报数", "", (row.where,), decimals)
        words.append(f"{row.reported_year}年填报{reported}")
    return "，".join([*words, row.outcome])


def _measured_as_well(evaluation: PlanEvaluation, row: Any) -> str:
    """Say why a commitment that is overdue is on course as an indicator: the two ask for different things; else nothing."""
    number = next((item.indicator for item in load_commitments(evaluation.plan.header.id) if item.id == row.id), None)
    found = evaluation.verdicts[evaluation.verdicts["indicator_id"] == str(number)]
    if row.outcome != outcomes.OVERDUE or len(found) != 1 or found["status"].iloc[0] not in statuses.ON_COURSE:
        return ""
    (judged,) = rows_of(found)
    asked = judged.target if evaluation.kind == "final" or math.isnan(judged.path_level) else judged.path_level
    (printed,) = indicator_rows(evaluation, [number])
    level = measured(asked, judged.unit, f"指标要求{judged.data_year}年达到的值", "", (printed,))
    return f"（指标表对同一事项要求{judged.data_year}年达到{level}，“{judged.name_}”因此判为{judged.status}；两处要求不同，分别判定）"


def problems(evaluation: PlanEvaluation) -> Passage:
    """What is behind, 约束性 first; each with its figures."""
    rows = evaluation.behind()
    place = (f"{evaluation.plan.header.indicators_table}全表",)
    if rows.empty:
        known = evaluation.judged()
        lines = tally(evaluation, known, "可判定的行数")
        words = f"可判定的{lines}行没有滞后或未达要求的。" if len(known) else "目前没有可判定的指标，问题不能由数据得出。"
        return passage("（一）由数据看不出滞后项" if len(known) else "（一）数据不足，问题待查", [Claim(words, place)])
    word = "未达到" if evaluation.kind == "final" else "滞后"
    firsts = rows.drop_duplicates("indicator_id")
    binding = firsts[firsts["attribute"] == BINDING]
    claims = [indicator_claim(evaluation, row) for row in rows_of(rows)]
    lead = f"其中约束性{tally(evaluation, binding, f'{word}的约束性指标数')}项" if len(binding) else "没有约束性指标"
    heading = f"（一）{tally(evaluation, firsts, f'{word}的指标数')}项{word}，{lead}"
    return passage(heading, claims, bulleted=True, evidence=indicator_rows(evaluation, firsts["indicator_id"]))


def gaps(evaluation: PlanEvaluation) -> Passage:
    """How many figures are missing, and whose they are."""
    rows = evaluation.unjudged()
    if rows.empty:
        return passage("", [Claim(f"{evaluation.data_year}年判定所需的数值和参照齐全。", ("监测数据",))])
    missing = rows[rows["status"] != statuses.DEFINITION_CHANGED]
    changed = rows[rows["status"] == statuses.DEFINITION_CHANGED]
    claims = [*_missing(evaluation, missing), *_changed(evaluation, changed)]
    silent = evaluation.commitments
    silent = silent[silent["outcome"] == outcomes.NOT_REPORTED]
    if len(silent):
        tasks = [_task(row) for row in rows_of(silent)]
        claims.append(Claim(f"任务台账未填报{_tasks(silent, '未填报的任务数')}项：{wording.listed(tasks)}。", ("任务台账",)))
    return passage("", claims)


def _missing(evaluation: PlanEvaluation, rows: pd.DataFrame) -> list[Claim]:
    """Say whose the figures are without which rows can't be judged."""
    if rows.empty:
        return []
    owners = evaluation.targets.set_index(["indicator_id", "part"])["data_owner"]
    names = [owners[(row.indicator_id, row.part)] for row in rows.itertuples()]
    groups = {str(name): group for name, group in rows.assign(owner=names).groupby("owner", sort=False)}
    words = "；".join(f"{name}{tally(evaluation, group, f'{name}缺数的行数')}行" for name, group in groups.items())
    lines = tally(evaluation, rows, "缺数值或规则参照的行数")
    return [
        Claim(f"缺{evaluation.data_year}年数值或规则参照、不能判定的{lines}行，按填报单位：{words}。", ("监测数据",)),
        Claim("请按监测数据填报表补报；没有数的留空，不填零。下表逐年列出缺的数，以前年份的也在内。"),
    ]


def _changed(evaluation: PlanEvaluation, rows: pd.DataFrame) -> list[Claim]:
    """Tell the rows whose definition changed apart: they have a figure, which is none to judge by."""
    if rows.empty:
        return []
    lines, names = tally(evaluation, rows, "口径变更的行数"), wording.listed(list(dict.fromkeys(rows["name"])))
    return [Claim(f"口径变更而不能判定的{lines}行已有数值，不算缺数：{names}；补报与基期同口径的数后才能判定。", ("监测数据",))]
