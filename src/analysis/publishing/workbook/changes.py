"""The sheet of what changed: forecasts and outcomes, several figures for one year, other definitions, figures not yet final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from analysis.archive.forms import CHANGED_DEFINITION, DATA_STATUSES
from analysis.publishing.document.model import ChartBlock, Document, TableBlock
from analysis.publishing.workbook.columns import column
from analysis.publishing.workbook.data_rows import read_rows
from analysis.publishing.workbook.grid import Grid
from analysis.publishing.workbook.tables import table_grid
from analysis.publishing.workbook.values import from_data

SHEET = "变动"
_TITLE = "变动（推算与结果、同年多个数、口径、初步数）"
_COMPARED = ("outcome", "forecast_check")
_SHOWN = ("series", "name", "part", "year", "value", "unit", "effective_date", "edition", "data_status", "definition", "source", "where")
Row = Mapping[str, str]


def change_grids(document: Document) -> tuple[Grid, ...]:
    """Return what changed, each sort with its table; one line that says so where nothing did."""
    tables = [block for block in document.blocks if isinstance(block, TableBlock) and block.id in _COMPARED]
    rows = _readings(document)
    times = Counter(_figure(row) for row in rows)
    sorts: tuple[tuple[str, Callable[[Row], bool]], ...] = (
        ("同一年有多个数的序列（年内调整或更正，按生效日期和数据版本分列）", lambda row: times[_figure(row)] > 1),
        ("口径与基期不同的数", lambda row: row["definition"] == CHANGED_DEFINITION),
        ("初步数和估算数（以后可能更正）", lambda row: row["data_status"] in DATA_STATUSES[1:]),
    )
    grids = [table_grid(table) for table in tables]
    found = {title: [row for row in rows if fits(row)] for title, fits in sorts}
    names = [name for name in _SHOWN if any(row[name] for group in found.values() for row in group)]
    grids += [_grid(f"{title}：{len(group)}个", names, group) for title, group in found.items() if group]
    if not grids:
        return (Grid(_TITLE, lead=("没有变动：没有可对照的中期推算，同一年没有多个数，口径与基期一致，也没有初步数或估算数。",)),)
    return (Grid(_TITLE, lead=("与以前相比有变化、或以后可能变化的，分类列在下面。",)), *grids)


def _figure(row: Row) -> tuple[str, ...]:
    return row["series"], row["part"], row["year"]


def _readings(document: Document) -> list[dict[str, str]]:
    """Return the readings, each with the name of its series."""
    record = next((record for record in document.records if record.name == "readings"), None)
    names = _names(document)
    rows = [] if record is None else read_rows(record.csv)
    return [{**row, "name": names.get((row["series"], row["part"]), "")} for row in rows]


def _names(document: Document) -> dict[tuple[str, str], str]:
    """Return the names of series: of indicators from the targets, of others from the chart that shows all data."""
    found: dict[tuple[str, str], str] = {}
    for chart in document.blocks:
        if isinstance(chart, ChartBlock) and chart.id == "data_coverage":
            found |= {(row["series"], row["part"]): row["name"] for row in read_rows(chart.csv)}
    for record in document.records:
        if record.name == "targets":
            found |= {(row["indicator_id"], row["part"]): row["name"] for row in read_rows(record.csv)}
    return found


def _grid(title: str, names: list[str], rows: list[dict[str, str]]) -> Grid:
    return Grid(
        title,
        tuple("指标或背景序列" if name == "name" else column(name).heading for name in names),
        tuple(tuple(from_data(row, name) for name in names) for row in rows),
    )
