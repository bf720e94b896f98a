"""Writing a page: widths from content, header and first columns in sight, ready to print."""

from __future__ import annotations

import math
from typing import Any

from analysis.presentation import wording
from analysis.publishing.workbook.formats import FONT, TAB_COLOURS, Formats
from analysis.publishing.workbook.grid import WIDEST, Grid, Page
from analysis.publishing.workbook.values import Value
from analysis.vocabulary.marks import DEMONSTRATION

MARK = f"{DEMONSTRATION}：全部数字为虚构，只用于演示和测试，不得引用"
NARROWEST, LEAST_LINE, _USUAL_WIDTH = 6, 72, 9.0  # characters of the default font; a Han character is two
_LINE_POINTS, _A4 = 15, 9
_PRINTED_WIDTH = 195  # characters beyond which a page would be too small to read
_LONGEST_TEXT, _HIGHEST = 32767, 409  # what a cell can hold, in characters; how high a row can be, in points
_MARGIN = 2.5  # characters that a cell leaves free at its sides
_CENTRED = ("序号", "编号")


def write_page(book: Any, formats: Formats, page: Page, *, demonstration: bool) -> None:
    """Write a page as a sheet of its own.

    Args:
        book: an xlsxwriter workbook.
        formats: its formats.
        page: what the sheet holds.
        demonstration: whether the sheet must say that its figures are made up.
    """
    sheet = book.add_worksheet(page.name)
    widths = column_widths(page)
    widths += [_USUAL_WIDTH] * math.ceil(max(LEAST_LINE - sum(widths), 0) / _USUAL_WIDTH)  # so that lines are readable
    for position, width in enumerate(widths):
        sheet.set_column(position, position, width)
    row = write_mark(sheet, formats, widths, demonstration=demonstration)
    for position, grid in enumerate(page.grids):
        row = _write_grid(sheet, formats, grid, row + (position > 0), widths, alone=len(page.grids) == 1)
    prepare_printing(sheet, page.name, row, printed_columns(widths), demonstration=demonstration)


def write_mark(sheet: Any, formats: Formats, widths: list[float], *, demonstration: bool) -> int:
    """Write the mark of made-up figures into the first row, and return the row that comes next."""
    return _write_line(sheet, formats.mark(), 0, MARK, widths) if demonstration else 0


def prepare_printing(sheet: Any, name: str, rows: int, columns: int, *, demonstration: bool, upright: bool = False) -> None:
    """Set page, header, footer, tab and print area of a sheet."""
    if not upright:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, max(rows - 1, 0), max(columns - 1, 0))
    mark = f'&C&"{FONT},Bold"{DEMONSTRATION}' if demonstration else ""
    sheet.set_header(f'&L&"{FONT},Regular"{name.replace("&", "&&")}{mark}')
    sheet.set_footer(f'&C&"{FONT},Regular"— &P —' + (f"&R{DEMONSTRATION}" if demonstration else ""))
    sheet.set_tab_color(TAB_COLOURS["demonstration" if demonstration else "usual"])
    sheet.hide_gridlines(2)


def printed_columns(widths: list[float]) -> int:
    """Count the columns from the left that can be read on one page; the others are for the screen.

    Example:
        >>> printed_columns([80.0, 80.0, 40.0]), printed_columns([200.0])
        (2, 1)
    """
    total, count = 0.0, 0
    for width in widths:
        total += width
        if count and total > _PRINTED_WIDTH:
            break
        count += 1
    return count


def column_widths(page: Page) -> list[float]:
    """Return the width of each column in characters: its longest cell, at most as wide as its grid allows; a heading may take two lines."""
    count = max((len(grid.columns) for grid in page.grids), default=0)
    widths = [float(NARROWEST)] * max(count, 1)
    for grid in page.grids:
        for position, heading in enumerate(grid.columns):
            longest = max((text_width(line) for row in grid.rows for line in row[position].shown.split("\n")), default=0)
            wanted = max(math.ceil(text_width(heading) / 2) + 4, longest + _MARGIN)
            widths[position] = max(widths[position], min(wanted, grid.widest))
    return widths if count else [float(WIDEST * 2)]


def text_width(text: str) -> float:
    """Return the width of a line of text in characters of the default font.

    Example:
        >>> text_width("66.2%"), text_width("完成率")
        (5.25, 6.3)
    """
    return round(sum(2.1 if ord(character) > 0x2000 else 1.05 for character in text), 2)


def height_of(words: str, room: float, points: float = _LINE_POINTS) -> float:
    """Return the height in points of a row whose words are set over some width.

    Args:
        words: may hold line breaks.
        room: width in characters of the default font.
        points: height of one line; larger type takes more room.

    Example:
        >>> height_of("四个汉字", 10), height_of("四个汉字", 5), height_of("字" * 1000, 10)
        (15, 30, 409)
    """
    lines = sum(max(1, math.ceil(text_width(part) * points / _LINE_POINTS / max(room, 1))) for part in words.split("\n"))
    return min(points * lines, _HIGHEST)


def _write_grid(sheet: Any, formats: Formats, grid: Grid, row: int, widths: list[float], *, alone: bool) -> int:
    """Write a grid from a row on, and return the row after it."""
    row = _write_line(sheet, formats.title(), row, grid.title, widths, points=_LINE_POINTS * 1.5)
    for line in grid.lead:
        row = _write_line(sheet, formats.line(), row, line, widths)
    if grid.columns:
        row = _write_table(sheet, formats, grid, row, widths, alone=alone)
    for line in grid.notes:
        row = _write_line(sheet, formats.line(), row, line, widths)
    return row


def _write_table(sheet: Any, formats: Formats, grid: Grid, row: int, widths: list[float], *, alone: bool) -> int:
    sheet.set_row(row, max(_LINE_POINTS * 2, *(height_of(heading, widths[position] - 1) for position, heading in enumerate(grid.columns))))
    for position, heading in enumerate(grid.columns):
        sheet.write_string(row, position, heading, formats.header())
    right = [any(cells[position].is_number for cells in grid.rows) for position in range(len(grid.columns))]
    for offset, cells in enumerate(grid.rows, start=1):
        sheet.set_row(row + offset, max(_height(cell, widths[position]) for position, cell in enumerate(cells)))
        for position, cell in enumerate(cells):
            _write_cell(sheet, formats, (row + offset, position), cell, _side(grid, right, position, cell), widths[position])
    if alone:
        sheet.freeze_panes(row + 1, grid.fixed)
        sheet.repeat_rows(row)
        if grid.rows:
            sheet.autofilter(row, 0, row + len(grid.rows), len(grid.columns) - 1)
    return row + len(grid.rows) + 1


def _side(grid: Grid, right: list[bool], position: int, cell: Value) -> str:
    """Return where a cell's content stands: numbers and marks for missing ones at the right, printed numbers in the middle."""
    if grid.columns[position] in _CENTRED:
        return "center"
    marks = cell.shown in ("", wording.MISSING_MARK, wording.NOT_APPLICABLE)
    return "right" if cell.is_number or (right[position] and marks) else "left"


def _height(cell: Value, width: float) -> float:
    """Return the height that a cell needs; numbers take one line, as columns are wide enough for them."""
    return _LINE_POINTS if cell.is_number else height_of(cell.shown, width - _MARGIN + 0.5)


def _write_cell(sheet: Any, formats: Formats, place: tuple[int, int], cell: Value, side: str, width: float) -> None:
    shape = formats.cell(cell.number_format, cell.colour, side=side, wrapped=_height(cell, width) > _LINE_POINTS)
    if not isinstance(cell.content, str):
        sheet.write_number(*place, cell.content, shape)
    elif cell.content:
        sheet.write_string(*place, cell.content[:_LONGEST_TEXT], shape)
    else:
        sheet.write_blank(*place, None, shape)


def _write_line(sheet: Any, shape: Any, row: int, line: str, widths: list[float], points: float = _LINE_POINTS) -> int:
    """Write a line over the width of the table, as high as its words need; no program does that for joined cells."""
    room = [min(sum(widths[: position + 1]), WIDEST * 2.5) for position in range(len(widths))]
    last = next((position for position, width in enumerate(room) if width >= WIDEST * 2.5), len(widths) - 1)
    sheet.set_row(row, height_of(line, room[last] - 2, points))
    if last:
        sheet.merge_range(row, 0, row, last, "", shape)
    sheet.write_string(row, 0, line[:_LONGEST_TEXT], shape)
    return row + 1
