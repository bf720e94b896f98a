"""Sheets of the report's tables: what reads as a number is one."""

from __future__ import annotations

from analysis.publishing.document.model import TableBlock
from analysis.publishing.document.reading import evidence_note
from analysis.publishing.workbook.grid import Grid
from analysis.publishing.workbook.values import Value, from_text, text

SHEETS = {
    "counts_attribute": "判定按属性",
    "counts_category": "判定按类别",
    "categories": "各类得分",
    "context": "背景数据",
    "behind": "滞后或未完成指标",
    "commitments": "任务",
    "outlook": "情景推算",
    "attainment": "达标把握",
    "verdicts": "判定全表",
    "rules": "规则逐年核对",
    "methods": "多种方法",
    "gaps": "数据缺口",
    "sources": "数据来源",
    "assumptions": "假设",
    "outcome": "推算对照",
    "forecast_check": "预测检验",
    "candidates": "候选目标",
    "differing": "源数据核对",
    "self_count": "自述与复算",
    "missed": "未完成指标",
    "periods": "两期统计",
    "slips": "文字与名称",
}
EVIDENCE = "数据依据"
_FIRST = ("序号", "指标", "编号", "任务")  # columns that name a row


def sheet_name(table: TableBlock) -> str:
    """Return the name that a table's sheet should get."""
    if table.id == "categories" and not table.caption.startswith(SHEETS["categories"]):
        return "按类别完成情况"  # a report from printed results counts where others score
    return SHEETS.get(table.id, f"{table.label} {table.caption}".strip())


def table_grid(table: TableBlock) -> Grid:
    """Return a table with its cells typed, the places of its rows in a last column and its formulas below."""
    columns = table.columns
    rows: list[tuple[Value, ...]] = [tuple(from_text(cell) for cell in row) for row in table.rows]
    if any(table.evidence):
        columns = (*columns, EVIDENCE)
        rows = [(*row, text(places(evidence))) for row, evidence in zip(rows, table.evidence, strict=True)]
    below = tuple(f"{name}：{formula}。" for name, formula in _formulas(table).items())
    if table.places:
        below = (*below, f"{EVIDENCE}：{places(table.places)}。")
    title = f"{table.label}　{table.caption}" if table.label else table.caption
    return Grid(title, columns, tuple(rows), notes=below, fixed=_fixed(columns))


def places(evidence: tuple[str, ...]) -> str:
    """Word places without the words that a footnote puts around them.

    Example:
        >>> places(("指标表第1行", "指标表第2行"))
        '指标表第1、2行'
    """
    return evidence_note(evidence).removeprefix(f"{EVIDENCE}：").removesuffix("。")


def _formulas(table: TableBlock) -> dict[str, str]:
    """Return the formulas, columns that share one together."""
    shared: dict[str, list[str]] = {}
    for name, formula in table.formulas.items():
        shared.setdefault(formula, []).append(name)
    return {"、".join(names): formula for formula, names in shared.items()}


def _fixed(columns: tuple[str, ...]) -> int:
    """Count the columns at the left that name a row; the first where none does."""
    count = next((position for position, name in enumerate(columns) if name not in _FIRST), len(columns))
    return max(count, 1)
