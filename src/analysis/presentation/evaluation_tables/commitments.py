"""Table of the plan's commitments outside its indicator table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.commitments import OUTCOMES
from analysis.presentation import style, wording
from analysis.presentation.evaluation_tables.cells import level, or_dash, table
from analysis.presentation.places import places
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def commitments_table(evaluation: PlanEvaluation) -> Table:
    """Commitments with what was reported, worst outcome first and the plan's order inside."""
    import pandas as pd

    columns = ("编号", "任务", "类别", "承诺数", "期限", "完成数", "填报年份", "结果", "数据出处", "规划出处")
    frame = evaluation.commitments
    if frame.empty:
        return table(evaluation, "commitments", "规划没有列入指标表以外的任务", [], columns)
    ordered = frame.assign(_rank=frame["outcome"].map(OUTCOMES.index)).sort_values("_rank", kind="stable")
    rows = [
        {
            "编号": row["id"],
            "任务": f"{row['task']}（{row['unit']}）",
            "类别": row["category"],
            "承诺数": level(row["quantity"]),
            "期限": f"{row['deadline_year']}年",
            "完成数": level(row["value"]),
            "填报年份": wording.MISSING_MARK if pd.isna(row["reported_year"]) else f"{row['reported_year']}年",
            "结果": outcome_words(row["outcome"]),
            "数据出处": or_dash(row["origin"]),
            "规划出处": row["reference"],
        }
        for row in ordered.to_dict("records")
    ]
    title = f"{len(rows)}项任务截至{evaluation.data_year}年的结果，差的在前"
    evidence = [places(row["reference"], row["where"]) for row in ordered.to_dict("records")]
    return table(evaluation, "commitments", title, rows, columns, ("承诺数", "完成数"), evidence=evidence)


def outcome_words(outcome: str) -> str:
    """Return a commitment's outcome as symbol and word."""
    return f"{style.OUTCOME_MARKS[outcome][0]} {outcome}"
