"""What the context series show of the plan's surroundings, with the marks their sources need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.context import ContextSeries
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
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
    known = len(evaluation.plan.context) - len(missing)
    return passage(f"（一）{len(evaluation.plan.context)}个背景序列中{known}个有数据", claims, bulleted=True)


def _change(series: ContextSeries, part: str, rows: pd.DataFrame) -> Claim:
    """Word a series from its first to its last figure; the verb follows from the figures."""
    first, last = rows.iloc[0], rows.iloc[-1]
    name = f"{series.title}{f'（{part}）' if part else ''}"
    if first["year"] == last["year"]:
        words = f"{last['year']}年{_figure(last, series.unit)}"
    elif series.unit == "%" or first["value"] <= 0:
        words = f"{first['year']}年{_figure(first, series.unit)}，{last['year']}年{_figure(last, series.unit)}"
    else:
        growth = (last["value"] / first["value"] - 1) * 100
        words = f"{first['year']}年{_figure(first, series.unit)}，{last['year']}年{_figure(last, series.unit)}，{wording.change(growth)}"
    remarks = f"（{_remarks(rows)}）" if _remarks(rows) else ""
    return Claim(f"{name}：{words}{remarks}。", tuple(rows["where"]))


def _figure(row: pd.Series, unit: str) -> str:
    mark = f"（{row['reliability']}）" if row["reliability"] else ""
    return f"{wording.number(row['value'], 2)}{unit}{mark}"


def _remarks(rows: pd.DataFrame) -> str:
    pieces = dict.fromkeys(piece.strip("。") for note in rows["note"] for piece in str(note).split("；"))
    return "；".join(piece for piece in pieces if piece and piece != DEMONSTRATION)
