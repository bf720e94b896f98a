"""The first sheet: what the report is, how to read the workbook, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.publishing.document.model import Document, Heading, Listing
from analysis.publishing.workbook.formats import Formats
from analysis.publishing.workbook.grid import Page
from analysis.publishing.workbook.sheet import height_of, prepare_printing, write_mark

SHEET = "说明"
_WIDTHS = [22.0, 84.0]
_LINE_POINTS, _TITLE_POINTS = 16, 26
READING = (
    "“判定表”每行一个指标或分项，数值保留全部小数位；各表、各图的工作表与报告正文同号。",
    "单元格里的数都可计算：带%的存为比值（66.2%即0.662）；不带%的、百分点和倍数按所见的数存放；负号写作“−”。",
    "“…”为应有而缺的数，“—”为按其性质没有数；两者都是文字，不按零计算。",
    "“数据依据”列写明每行的数出自哪张表的哪一行；表下写明各列如何计算。",
    "列很多的表只打印左边能看清的各列，其余各列在屏幕上看；显示的小数位可能比正文多。",
    "判定以文字和符号表示，颜色只作辅助。本表不含公式和外部链接。",
)


def write_overview(book: Any, formats: Formats, document: Document, pages: Sequence[Page]) -> None:
    """Write the first sheet, with a link to each page."""
    sheet = book.add_worksheet(SHEET)
    for position, width in enumerate(_WIDTHS):
        sheet.set_column(position, position, width)
    row = write_mark(sheet, formats, _WIDTHS, demonstration=document.demonstration)
    sheet.set_row(row, height_of(document.title, sum(_WIDTHS) - 2, _TITLE_POINTS))
    sheet.merge_range(row, 0, row, 1, "", formats.title())
    sheet.write_string(row, 0, document.title, formats.title(16))
    row += 1
    for heading, lines in (("报告说明", opening(document)), ("怎样看这份工作簿", READING)):
        row = _heading(sheet, formats, row, heading)
        for line in lines:
            row = _line(sheet, formats, row, line)
    row = _heading(sheet, formats, row, "工作表")
    for page in pages:
        sheet.write_url(row, 0, f"internal:'{page.name.replace(chr(39), chr(39) * 2)}'!A1", formats.link(), page.name)
        row = _entry(sheet, formats, row, page.title)
    prepare_printing(sheet, SHEET, row, len(_WIDTHS), demonstration=document.demonstration, upright=True)


def opening(document: Document) -> list[str]:
    """Return the lines that stand under the report's title, before its first chapter."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Heading) and block.level > 0:
            break
        if isinstance(block, Listing):
            lines += [item.text for item in block.items]
    return lines


def _heading(sheet: Any, formats: Formats, row: int, words: str) -> int:
    sheet.set_row(row, _LINE_POINTS * 2)
    sheet.write_string(row, 0, words, formats.title(12))
    return row + 1


def _line(sheet: Any, formats: Formats, row: int, words: str) -> int:
    sheet.set_row(row, height_of(words, sum(_WIDTHS) - 2, _LINE_POINTS))
    sheet.merge_range(row, 0, row, 1, "", formats.words())
    sheet.write_string(row, 0, words, formats.words())
    return row + 1


def _entry(sheet: Any, formats: Formats, row: int, words: str) -> int:
    """Write what a page holds beside its link."""
    sheet.set_row(row, height_of(words, _WIDTHS[1] - 2, _LINE_POINTS))
    sheet.write_string(row, 1, words, formats.words())
    return row + 1
