"""What the context series show of the plan's surroundings, with the marks their sources need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.context import ContextSeries
from analysis.observations.monitoring_form import monitoring_form
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.evaluation_text.figures import changed, each_number, measured
from analysis.presentation.marking import count
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


def context(evaluation: PlanEvaluation) -> Passage:
    """Say how each context series changed, what its source leaves open, and which have no figure; the table has them all."""
    readings = evaluation.monitoring.readings
    claims, missing = [], []
    for series in evaluation.plan.context.values():
        rows = readings[(readings["series"] == series.id) & (readings["year"] <= evaluation.as_of)]
        if rows.empty:
            missing.append(series.title)
        for part, own in rows.groupby("part", sort=False):
            claims.append(_change(series, str(part), own.sort_values("year", kind="stable")))
    if missing:
        claims.append(Claim(f"没有数据的背景序列：{wording.listed(missing)}。", ("背景数据",)))
    total = count(len(evaluation.plan.context), "背景序列数")
    known = count(len(evaluation.plan.context) - len(missing), "有数据的背景序列数")
    lines = len(monitoring_form(evaluation.plan.header.id).rows_of("context"))
    parts = f"（分项计{count(lines, '背景序列分项计的行数')}行）" if lines > len(evaluation.plan.context) else ""
    return passage(f"（一）{total}个背景序列{parts}中{known}个有数据", claims, bulleted=True, evidence=("背景数据",))


def _change(series: ContextSeries, part: str, rows: pd.DataFrame) -> Claim:
    """Word a series from its first to its last figure; the verb follows from the figures."""
    first, last = rows.iloc[0], rows.iloc[-1]
    name = f"{series.title}{f'（{part}）' if part else ''}"
    words = [_figure(row, name, series.unit) for row in ((last,) if first["year"] == last["year"] else (first, last))]
    if len(words) > 1 and series.unit != "%" and first["value"] > 0:
        growth = (last["value"] / first["value"] - 1) * 100
        earlier, later = (f"{row['year']}年{name}" for row in (first, last))
        words.append(changed(growth, earlier, later, f"{first['year']}—{last['year']}年", (first["where"], last["where"])))
    remarks = each_number(_remarks(rows), "资料备注所载数", "", tuple(rows["where"]))
    return Claim(f"{name}：{'，'.join(words)}{f'（{remarks}）' if remarks else ''}。", tuple(rows["where"]))


def _figure(row: pd.Series, name: str, unit: str) -> str:
    mark = f"（{row['reliability']}）" if row["reliability"] else ""
    year = f"{row['year']}年"
    return f"{year}{measured(row['value'], unit, f'{year}{name}', '', (row['where'],))}{mark}"


def _remarks(rows: pd.DataFrame) -> str:
    pieces = dict.fromkeys(piece.strip("。") for note in rows["note"] for piece in str(note).split("；"))
    return "；".join(piece for piece in pieces if piece and piece != DEMONSTRATION)
