"""A monitoring workbook: its sheets as tables; formulas, error cells, merged cells and hidden data are refused."""

from __future__ import annotations

import io
import warnings
from itertools import pairwise
from typing import Any

from analysis.archive.forms import INSTRUCTIONS_SHEET, PLAN_LABEL, SHEETS, RowKind
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.grid import Grid
from analysis.intake.monitoring.headings import find_header, folded
from analysis.intake.monitoring.limits import MAXIMUM_CELLS, MAXIMUM_COLUMNS, MAXIMUM_ROWS, SHRINK
from analysis.intake.monitoring.package import check_package, declared_sheets
from analysis.intake.monitoring.personal_data import personal_number
from analysis.vocabulary.errors import InputError

_KINDS: dict[str, RowKind] = {title: kind for kind, title in SHEETS.items()}


def open_workbook(name: str, raw: bytes) -> Any:
    """Open a workbook with openpyxl once its parts are found to be safe.

    Raises:
        InputError: an unsafe or broken workbook, or far too many rows, columns or cells.
    """
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    check_package(name, raw)
    broken = InputError.single(f"文件 {name}", "工作簿结构损坏", "完好的 XLSX", "在 Excel、WPS 中修复后另存")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells which decorations it drops; they hold no data
            book = load_workbook(io.BytesIO(raw), data_only=False, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts stumble over: KeyError, TypeError, ValueError…
        raise broken from error
    if len(book.sheetnames) != declared_sheets(raw):
        raise broken
    large = [sheet for sheet in book.worksheets if sheet.max_row > MAXIMUM_ROWS or sheet.max_column > MAXIMUM_COLUMNS]
    if large:
        sheet = large[0]
        raise InputError.single(
            f"{name} {sheet.title}", f"{sheet.max_row:,}行{sheet.max_column:,}列", f"不超过{MAXIMUM_ROWS:,}行、{MAXIMUM_COLUMNS}列", SHRINK
        )
    cells = sum(sheet.max_row * sheet.max_column for sheet in book.worksheets)
    if cells > MAXIMUM_CELLS:
        raise InputError.single(f"文件 {name}", f"各工作表共{cells:,}格", f"不超过{MAXIMUM_CELLS:,}格", SHRINK)
    return book


def plan_of_workbook(book: Any) -> str:
    """Return the plan that the sheet of instructions names; empty if it names none."""
    if INSTRUCTIONS_SHEET not in book.sheetnames:
        return ""
    for row in book[INSTRUCTIONS_SHEET].iter_rows():
        for cell, beside in pairwise(row):
            if isinstance(cell.value, str) and folded(cell.value) == PLAN_LABEL:
                return str(beside.value or "").strip()
    return ""


def read_workbook(book: Any, findings: Findings) -> list[Grid]:
    """Return the data sheets of a workbook as tables.

    Args:
        book: an open workbook.
        findings: takes the problems of its cells and sheets.

    Returns:
        One table a data sheet, in the workbook's order. Cells whose problem is told hold ``TOLD``.
    """
    grids = []
    for order, sheet in enumerate(book.worksheets):
        kind = _KINDS.get(folded(sheet.title))
        hidden_sheet = sheet.sheet_state != "visible"
        at = Cell(None, sheet.title, (order, 0, 0))
        if private := personal_number(sheet.title):
            at = Cell(None, f"第{order + 1}张工作表", (order, 0, 0))
            findings.error(at, "", f"表名中疑似{private[0]}（{private[1]}）", "不含个人信息", "删去；本表不收个人信息")
        rows = _cells(sheet, at, kind is not None, findings)
        filled = any(cell.value is not None for row in rows for cell in row)
        if kind is not None:
            if hidden_sheet:
                findings.error(at, "", "隐藏的工作表", "看得见的工作表", "右键工作表标签，取消隐藏，核对后再交")
            grid = Grid(sheet.title, kind, rows, *_hidden(sheet))
            grids.append(_without_merged(sheet, grid, findings))
        elif folded(sheet.title) == INSTRUCTIONS_SHEET or not filled:
            continue
        elif hidden_sheet:
            findings.error(at, "", "隐藏的工作表里有内容", "没有隐藏的内容", "取消隐藏，核对后删去该表")
        elif (header := find_header([[cell.value for cell in row] for row in rows])) and {"year", "value"} <= set(header.columns):
            findings.error(at, "", f"工作表名“{at.address}”", "、".join(SHEETS.values()), "改回模板的表名，或删去该表")
        else:
            findings.notice("不在模板里的工作表，没有读", at.address)
    return grids


def _cells(sheet: Any, at: Cell, is_data: bool, findings: Findings) -> tuple[tuple[Cell, ...], ...]:
    """Read a sheet's cells; what no cell may hold is told here."""
    rows = []
    for row in sheet.iter_rows():
        cells = []
        for source in row:
            address = f"{at.address}!{source.coordinate}"
            cell = Cell(_content(source.value), address, (at.position[0], source.row, source.column), "%" in (source.number_format or ""))
            if is_data and source.data_type in ("f", "e"):
                formula = source.data_type == "f"
                found = "公式" if formula else f"错误值 {source.value}"
                action = "复制该格，用“选择性粘贴→数值”覆盖" if formula else "改为数字；没有数时留空"
                findings.error(cell, "", found, "直接填写的内容", action)
                cell = Cell(TOLD, address, cell.position)
            comment = source.comment.text if source.comment else None
            private = personal_number(source.value if source.data_type != "f" else None) or personal_number(comment)
            if private:
                place = "" if personal_number(source.value) else "批注中"
                findings.error(cell, "", f"{place}疑似{private[0]}（{private[1]}）", "不含个人信息", "删去；本表不收个人信息")
                cell = Cell(TOLD, address, cell.position)
            cells.append(cell)
        rows.append(tuple(cells))
    return tuple(rows)


def _content(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _hidden(sheet: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Return the positions of hidden rows and columns; a height or width of zero hides as well."""
    rows = {
        number - 1
        for number, dimension in sheet.row_dimensions.items()
        if dimension.hidden or (dimension.height is not None and dimension.height == 0)
    }
    columns = {
        number - 1
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden or dimension.width == 0
        for number in range(dimension.min or 1, min(dimension.max or 1, MAXIMUM_COLUMNS) + 1)
    }
    return frozenset(rows), frozenset(columns)


def _without_merged(sheet: Any, grid: Grid, findings: Findings) -> Grid:
    """Tell merged cells of the table itself; those above its header are titles."""
    header = find_header(grid.values())
    if header is None:
        return grid
    columns = set(header.columns.values())
    rows = [list(row) for row in grid.rows]
    for area in sorted(sheet.merged_cells.ranges, key=lambda item: (item.min_row, item.min_col)):
        inside = [column for column in range(area.min_col - 1, area.max_col) if column in columns]
        if area.max_row - 1 < header.row or not inside:
            continue
        at = Cell(None, f"{sheet.title}!{area.coord}", (rows[0][0].position[0], area.min_row, area.min_col))
        findings.error(at, "", "合并的单元格", "每格单独填写", "取消合并，逐格补上内容")
        for row in range(max(area.min_row - 1, header.row + 1), area.max_row):
            for column in range(area.min_col - 1, area.max_col):
                cell = rows[row][column]
                rows[row][column] = Cell(TOLD, cell.address, cell.position)
    return Grid(grid.sheet, grid.kind, tuple(map(tuple, rows)), grid.hidden, grid.hidden_columns)
