"""Cells that the tables of an evaluation share, and the table itself with its mark of demonstration data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from analysis.presentation import wording
from analysis.presentation.tables import Table, status_words
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def is_demonstration(*evaluations: PlanEvaluation) -> bool:
    """Say whether any deposit behind the evaluations is 演示数据."""
    return any(deposit.is_demonstration for evaluation in evaluations for deposit in evaluation.deposits)


def table(
    evaluation: PlanEvaluation,
    name: str,
    title: str,
    rows: Iterable[Mapping[str, str]],
    columns: Sequence[str],
    numeric: Sequence[str] = (),
    *,
    evidence: Sequence[tuple[str, ...]] = (),
    places: tuple[str, ...] = (),
    formulas: Mapping[str, str] | None = None,
) -> Table:
    """Make a table of ready cells; ``columns`` also gives a table without rows its header.

    Args:
        evidence, places, formulas: see :class:`analysis.presentation.tables.Table`.
    """
    import pandas as pd

    cells = pd.DataFrame([dict(row) for row in rows], columns=list(columns), dtype="object")
    return Table(name, title, cells, tuple(numeric), is_demonstration(evaluation), tuple(evidence), places, formulas or {})


def level(value: float | None, *, applies: bool = True) -> str:
    """Write a level: — where the row has none by its nature, … where it is missing.

    Example:
        >>> level(66.25), level(float("nan")), level(float("nan"), applies=False)
        ('66.25', '…', '—')
    """
    return wording.number(value, 2) if applies else wording.NOT_APPLICABLE


def ratio(value: float, *, applies: bool = True) -> str:
    """Write a ratio as a percentage with one decimal; — where it is undefined.

    Example:
        >>> ratio(0.9194), ratio(float("nan"))
        ('91.9%', '—')
    """
    if not applies or math.isnan(value):
        return wording.NOT_APPLICABLE
    shown = wording.percent_apart(value)
    return shown if "." in shown else shown.replace("%", ".0%")


def pace(value: float) -> str:
    """Write a schedule ratio, kept apart from the thresholds it does not reach; — where it is undefined.

    Example:
        >>> pace(0.95), pace(float("nan"))
        ('0.95', '—')
    """
    return wording.NOT_APPLICABLE if math.isnan(value) else wording.ratio_apart(value)


def signed(value: float, decimals: int = 2) -> str:
    """Write a difference with its sign; — where it is undefined.

    Example:
        >>> signed(2.9), signed(-70.0), signed(0.0), signed(float("nan"))
        ('+2.9', '−70', '0', '—')
    """
    if math.isnan(value):
        return wording.NOT_APPLICABLE
    text = wording.number(value, decimals)
    return f"+{text}" if value > 0 and text != "0" else text


def difference(value: float, unit: str) -> str:
    """Write a difference of two levels: of percentages in 百分点, of others in the unit that stands with the name.

    Example:
        >>> difference(-3.2, "%"), difference(2.5, "个"), difference(0.0, "%"), difference(float("nan"), "%")
        ('−3.2百分点', '+2.5', '0', '—')
    """
    text = signed(value)
    return f"{text}百分点" if unit == "%" and text not in ("0", wording.NOT_APPLICABLE) else text


def named(row: Mapping[str, Any], unit: str | None = None) -> str:
    """Name an indicator row with its part and its unit.

    Example:
        >>> named({"name": "照料护理标准", "part": "全自理", "unit": "元/人/月"})
        '照料护理标准·全自理（元/人/月）'
    """
    part = f"·{row['part']}" if row.get("part") else ""
    return f"{row['name']}{part}（{row['unit'] if unit is None else unit}）"


def counted(row: Mapping[str, Any]) -> str:
    """Write the year's figure, with k/N where it counts k of N; — for nothing by nature does not occur, … where missing."""
    import pandas as pd

    text = level(row["value"])
    if pd.isna(row["count"]) or pd.isna(row["total"]):
        return text
    return f"{text}（{int(row['count'])}/{int(row['total'])}）"


def verdict(status: str) -> str:
    """Return a verdict as symbol and word."""
    return status_words(status)


def or_dash(text: str) -> str:
    """Return the text, — where it is empty."""
    return text or wording.NOT_APPLICABLE


def remarks(row: Mapping[str, Any]) -> str:
    """Collect what a reader must know beside a verdict: reason, missing base, transfer, rounding, doubt; — for nothing."""
    words = [row["reason"]]
    if row["without_base"]:
        words.append("无基期")
    if row["transferred"]:
        doubt = f"，{UNVERIFIED}" if row["transfer_status"] == UNVERIFIED else ""
        words.append(f"职能划转（{wording.chinese_date(row['transferred'])}{doubt}）")
    if row["within_rounding"]:
        words.append("与目标之差在四舍五入内")
    if row["path_sensitive"]:
        words.append("判定随路径算法而变")
    if row["data_status"] in ("初步", "估算"):
        words.append(f"{row['data_status']}数")
    if row["reliability"] == UNVERIFIED:
        words.append(UNVERIFIED)
    return or_dash("；".join(filter(None, words)))
