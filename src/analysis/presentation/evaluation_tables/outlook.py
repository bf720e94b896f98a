"""Tables of what is ahead: scenarios, how they turned out, first candidates for the next plan."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from analysis.assessment.candidates import next_targets
from analysis.assessment.outlook import compare_with_outcome
from analysis.presentation import wording
from analysis.presentation.evaluation_tables.cells import difference, is_demonstration, level, named, or_dash, table, verdict
from analysis.presentation.evaluation_tables.evidence import STEP_LEFT, row_evidence
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_SAME_PACE = "数值＋既有年步×剩余年数，占比不超出0～100%"


def outlook_table(evaluation: PlanEvaluation) -> Table | None:
    """Scenarios (情景) of the level indicators for the plan's last year, those hardest to reach first; None at its end or without any."""
    if evaluation.kind == "final" or evaluation.outlook.empty:
        return None
    final_year = int(evaluation.targets["final_year"].iloc[0])
    now, goal, pace = f"{evaluation.data_year}年值", f"{final_year}年目标", f"既有步伐推算{final_year}年（情景）"
    columns = ("序号", "指标", now, goal, "既有年步", pace, "所需年步", "所需为既有的倍数", "结论")
    frame = evaluation.outlook.sort_values("pace_ratio", ascending=False, na_position="first", kind="stable")
    rows = [
        {
            "序号": row["indicator_id"],
            "指标": named(row),
            now: level(row["value"]),
            goal: level(row["target"]),
            "既有年步": difference(row["past_pace"], row["unit"]),
            pace: level(row["same_pace"]),
            "所需年步": difference(row["required_pace"], row["unit"]),
            "所需为既有的倍数": wording.NOT_APPLICABLE if math.isnan(row["pace_ratio"]) else f"{wording.number(row['pace_ratio'])}倍",
            "结论": row["finding"],
        }
        for row in frame.to_dict("records")
    ]
    title = f"到{final_year}年的情景：按既有步伐推算与所需步伐（不是预测）"
    formulas = {
        "既有年步": "（数值−基期）÷已过年数",
        pace: _SAME_PACE,
        "所需年步": STEP_LEFT,
        "所需为既有的倍数": "所需年步÷既有年步，既有年步不朝目标方向的不算",
    }
    evidence = row_evidence(evaluation, frame.to_dict("records"))
    return table(evaluation, "outlook", title, rows, columns, (*columns[:1], *columns[2:8]), evidence=evidence, formulas=formulas)


def outcome_table(midterm: PlanEvaluation, final: PlanEvaluation) -> Table:
    """The midterm's scenarios beside what the last year brought."""
    last = f"{final.data_year}年"
    columns = (
        "序号",
        "指标",
        f"{midterm.data_year}年值",
        f"{last}推算（既有步伐）",
        f"{last}实际",
        "目标",
        "实际减推算",
        "较近的情景",
        "判定",
    )
    compared = compare_with_outcome(midterm.outlook, final.verdicts).to_dict("records")
    rows = [
        {
            columns[0]: row["indicator_id"],
            columns[1]: named(row),
            columns[2]: level(row["value"]),
            columns[3]: level(row["same_pace"]),
            columns[4]: level(row["outcome"]),
            columns[5]: level(row["target"]),
            columns[6]: wording.MISSING_MARK if math.isnan(row["outcome"]) else difference(row["error_same_pace"], row["unit"]),
            columns[7]: row["nearer"] or wording.MISSING_MARK,
            columns[8]: verdict(row["status"]),
        }
        for row in compared
    ]
    made = table(
        final, "outcome", "中期推算与末年实际", rows, columns, (columns[0], *columns[2:7]),
        evidence=row_evidence(midterm, compared, final),
        formulas={columns[3]: _SAME_PACE, columns[6]: f"{last}实际−{last}推算（既有步伐）"},
    )  # fmt: skip
    return dataclasses.replace(made, demonstration=is_demonstration(midterm, final))


def candidates_table(evaluation: PlanEvaluation) -> Table | None:
    """First candidates for the next plan's targets, drafts for discussion; None before the plan's end."""
    if evaluation.kind != "final":
        return None
    columns = ("序号", "指标", "属性", "本期目标", "本期结果", "判定", "候选类型", "讨论区间", "依据")
    candidates = next_targets(evaluation.verdicts, evaluation.targets).to_dict("records")
    rows = [
        {
            "序号": row["indicator_id"],
            "指标": named(row),
            "属性": row["attribute"],
            "本期目标": level(row["target"], applies=not math.isnan(row["target"])),
            "本期结果": level(row["value"]),
            "判定": verdict(row["status"]),
            "候选类型": row["candidate"],
            "讨论区间": _interval(row["low"], row["high"]),
            "依据": or_dash(row["reasoning"]),
        }
        for row in candidates
    ]
    title, numeric = "下一期目标的讨论稿（供研究，不是决定）", ("序号", "本期目标", "本期结果", "讨论区间")
    formulas = {
        "讨论区间": "续列、转为保持：本期目标；可研究提高：本期结果＋步长×0.5～1（步长＝结果−基期，无基期的为结果−目标），不低于本期要求"
    }
    evidence = row_evidence(evaluation, candidates)
    return table(evaluation, "candidates", title, rows, columns, numeric, evidence=evidence, formulas=formulas)


def _interval(low: float, high: float) -> str:
    """Write an interval; one figure where both ends are the same."""
    if math.isnan(low):
        return wording.NOT_APPLICABLE
    first, last = level(low), level(high)
    return first if first == last else f"{first}～{last}"
