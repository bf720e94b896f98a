"""From a table to its rows: columns found by their headings, rows without content passed over, hidden data refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from analysis.archive.forms import COLUMNS, LABELS, LAYOUTS, REQUIRED_COLUMNS, MonitoringForm, RowKind
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.grid import Grid
from analysis.intake.monitoring.headings import LABEL_PREFIX, Header, find_header, folded, nearest

_YEAR = re.compile(r"[12][0-9]{3}(年度?)?")
# Without these no row can be told from another, so a table that lacks one is read no further.
_KEYS = ("indicator_id", "year", "value", "unit")


@dataclass(frozen=True)
class TableRow:
    """One row with content.

    Attributes:
        cells: cell of each column by name; columns that the table lacks are not in it.
        name: content of the label 指标名称; None where the table has no such column.
        first: its first cell, whose address stands for the row.
    """

    cells: dict[str, Cell]
    name: Cell | None
    first: Cell

    def cell(self, column: str) -> Cell:
        """Return a cell; an empty one where the table lacks the column."""
        return self.cells.get(column) or Cell(None, self.first.address, self.first.position)

    def has(self, column: str) -> bool:
        """Say whether a cell holds something, be it refused."""
        return self.cell(column).value is not None


def table_rows(grid: Grid, form: MonitoringForm, findings: Findings) -> list[TableRow]:
    """Return the rows of a table that hold something.

    Args:
        grid: a sheet or a CSV file.
        form: what the file may hold.
        findings: takes the problems of its header, of rows above it, of hidden data and of cells outside the columns.

    Returns:
        The rows; none if the header lacks a column without which rows can't be told apart.
    """
    header = find_header(grid.values())
    if header is None:
        shown = "、".join(REQUIRED_COLUMNS.values()) if grid.kind else "、".join(REQUIRED_COLUMNS)
        findings.error(_sheet_cell(grid), "", "找不到表头", f"一行列名：{shown}", "补上表头；最好用模板填写")
        return []
    _check_above(grid, header, form, findings)
    whole = _check_header(grid, header, findings)
    _check_hidden(grid, header, findings)
    return list(_rows(grid, header)) if whole else []


def _sheet_cell(grid: Grid) -> Cell:
    order = grid.rows[0][0].position[0] if grid.rows and grid.rows[0] else 0
    return Cell(None, grid.sheet or "第1行", (order, 0, 0))


def _check_above(grid: Grid, header: Header, form: MonitoringForm, findings: Findings) -> None:
    """Tell rows of data above the header, which would be lost; titles and remarks may stand there."""
    known = {folded(row.series) for row in form.rows}
    for row in grid.rows[: header.row]:
        filled = [cell for cell in row if cell.value is not None]
        placed = [row[header.columns[name]] for name in ("indicator_id", "year") if name in header.columns]
        # Either under the headings, or wherever the row begins.
        found = any(
            len(cells) > 1 and folded(cells[0].text) in known and any(_YEAR.fullmatch(folded(cell.text)) for cell in cells[1:])
            for cells in (placed, filled)
        )
        if found:
            findings.error(filled[0], "", "表头上方有数据行", "数据行都在表头下方", "把该行移到表头下方，或删去")


def _check_header(grid: Grid, header: Header, findings: Findings) -> bool:
    row = grid.rows[header.row]
    kind = grid.kind or _saved_sheet(header)
    required = [name for name in REQUIRED_COLUMNS if kind is None or COLUMNS[name] in LAYOUTS[kind]]
    missing = [name for name in required if name not in header.columns]
    if missing:
        found = "缺少列：" + "、".join(f"{COLUMNS[name]}（{name}）" for name in missing)
        findings.error(row[0], "表头", found, "、".join(COLUMNS[name] for name in required), "补上这些列，没有内容的留空")
    for position, text in header.unknown:
        near = nearest(text)
        findings.error(
            row[position], "表头", f"列名“{text[:20]}”", "、".join([*COLUMNS.values(), *LABELS.values()]),
            f"改为“{near}”，或删去该列" if near else "删去该列，要说明的写进备注",
        )  # fmt: skip
    for position, text in header.twice:
        findings.error(row[position], "表头", f"列名“{text[:20]}”出现两次", "每列一次", "删去或改名其中一列")
    known = {*header.columns.values(), *(position for position, _ in (*header.unknown, *header.twice))}
    known |= {position for position, cell in enumerate(row) if cell.value is TOLD}
    stray = [
        cell for line in grid.rows[header.row + 1 :] for at, cell in enumerate(line) if at not in known and cell.value not in (None, TOLD)
    ]
    for cell in stray[:1]:
        findings.error(cell, "", f"该列没有列名，却有内容（共{len(stray)}格）", "只在有列名的列里填写", "移到备注，或删去")
    return not set(_KEYS) & set(missing)


def _saved_sheet(header: Header) -> RowKind | None:
    """Tell a single sheet saved as CSV by its headings: it lacks the columns that its sheet does not have."""
    found = {LABELS[name.removeprefix(LABEL_PREFIX)] if name.startswith(LABEL_PREFIX) else COLUMNS[name] for name in header.columns}
    return next((kind for kind, layout in LAYOUTS.items() if found == set(layout)), None)


def _check_hidden(grid: Grid, header: Header, findings: Findings) -> None:
    figures = [header.columns[name] for name in ("value", "count") if name in header.columns]
    rows = [
        position
        for position in sorted(grid.hidden)
        if header.row < position < len(grid.rows) and any(grid.rows[position][column].value is not None for column in figures)
    ]
    for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0]):
        numbers = [position for _, position in run]
        first = grid.rows[numbers[0]][0]
        span = f"第{numbers[0] + 1}行" if len(numbers) == 1 else f"第{numbers[0] + 1}—{numbers[-1] + 1}行"
        at = Cell(None, f"{grid.sheet}!{span}", (*first.position[:2], 0))
        findings.error(at, "", "隐藏的行里有数据", "没有隐藏的数据", "取消隐藏；若由筛选造成，清除筛选后再保存")
    for name, column in header.columns.items():
        below = [row[column] for row in grid.rows[header.row + 1 :] if row[column].value is not None]
        if column in grid.hidden_columns and below and not name.startswith(LABEL_PREFIX):
            found = f"隐藏的列“{COLUMNS[name]}”里有数据"
            findings.error(grid.rows[header.row][column], "", found, "没有隐藏的数据", "取消隐藏，核对后再交")


def _rows(grid: Grid, header: Header) -> Iterator[TableRow]:
    named = {name: position for name, position in header.columns.items() if not name.startswith(LABEL_PREFIX)}
    label = header.columns.get(f"{LABEL_PREFIX}name")
    for row in grid.rows[header.row + 1 :]:
        if any(row[position].value is not None for position in named.values()):
            yield TableRow({name: row[position] for name, position in named.items()}, None if label is None else row[label], row[0])
