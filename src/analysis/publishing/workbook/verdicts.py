"""The sheet of verdicts: every indicator row with its figures at full precision."""

from __future__ import annotations

from analysis.publishing.document.model import Document, RecordFile
from analysis.publishing.workbook.columns import column
from analysis.publishing.workbook.data_rows import read_rows
from analysis.publishing.workbook.grid import Grid
from analysis.publishing.workbook.values import from_data

SHEET = "判定表"
RECORD = "verdicts"
# From left to right, what is printed first; what a plan's verdicts don't have, or have for no row, is left out.
ORDER = (
    "indicator_id", "category", "name", "part", "unit", "attribute", "status", "status_method", "base", "milestone", "target", "value",
    "completion", "printed_rate_percent", "shortfall", "schedule_ratio", "reason", "required_pace", "progress", "path_level", "data_year",
    "count", "total", "national_class", "kind", "rule_words", "rule_required", "rule_margin", "rule_years_met", "rule_years_known",
    "transferred", "data_status", "reliability", "edition", "source", "where", "source_line",
)  # fmt: skip
_FIXED = ("indicator_id", "category", "name", "part")
_WIDEST = 28  # three dozen columns: texts take more lines
_HEADINGS = {"name": "指标"}
_LEAD = "各行数值的单位见“单位”列；单位为%的按百分数存放（66.2%即0.662），两个百分数之差以百分点计。数值保留全部小数位，只是显示时取舍。"


def verdict_grid(document: Document) -> Grid | None:
    """Return the verdicts of a report; None for a report without."""
    record = next((record for record in document.records if record.name == RECORD), None)
    return None if record is None else _grid(record)


def _grid(record: RecordFile) -> Grid:
    rows = read_rows(record.csv)
    names = [name for name in ORDER if any(row.get(name) for row in rows)]
    return Grid(
        title=f"判定表（{len(rows)}行）",
        columns=tuple(_HEADINGS.get(name, column(name).heading) for name in names),
        rows=tuple(tuple(from_data(row, name) for name in names) for row in rows),
        lead=(_LEAD,),
        fixed=sum(name in names for name in _FIXED),
        widest=_WIDEST,
    )
