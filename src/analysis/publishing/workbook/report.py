"""A report as a workbook: an overview, the verdicts, each table, the data behind each chart, and what changed."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator

from analysis.publishing.document.model import ChartBlock, Document, TableBlock
from analysis.publishing.workbook import changes, charts, overview, tables, verdicts
from analysis.publishing.workbook.formats import Formats
from analysis.publishing.workbook.grid import Grid, Page
from analysis.publishing.workbook.sheet import write_page
from analysis.publishing.workbook.sheet_names import SheetNames
from analysis.vocabulary.marks import DEMONSTRATION

# Files carry the date of the report, or this one, so that the same content is the same file on any day.
_UNDATED = datetime.date(2000, 1, 1)


def workbook_report(document: Document) -> bytes:
    """Return a report as an XLSX workbook; the same document gives the same bytes.

    Args:
        document: content of the report.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {
            "title": document.title,
            "author": str(document.parameters.get("issuing_body") or ""),
            "keywords": DEMONSTRATION if document.demonstration else "",
            "created": datetime.datetime.combine((document.date or _UNDATED), datetime.time()),
        }
    )
    formats, pages = Formats(book), list(pages_of(document))
    overview.write_overview(book, formats, document, pages)
    for page in pages:
        write_page(book, formats, page, demonstration=document.demonstration)
    book.close()
    return target.getvalue()


def pages_of(document: Document) -> Iterator[Page]:
    """Return the sheets after the overview, in order; the verdicts of the data stand for the report's table of them."""
    names = SheetNames()
    names.take(overview.SHEET)
    verdict = verdicts.verdict_grid(document)
    if verdict is not None:
        yield Page(names.take(verdicts.SHEET), (verdict,))
    for block in document.blocks:
        if isinstance(block, TableBlock) and not (block.id == verdicts.RECORD and verdict is not None):
            yield _page(names, tables.sheet_name(block), tables.table_grid(block))
    for block in document.blocks:
        if isinstance(block, ChartBlock):
            yield _page(names, charts.sheet_name(block), charts.chart_grid(block))
    yield Page(names.take(changes.SHEET), changes.change_grids(document))


def _page(names: SheetNames, wanted: str, grid: Grid) -> Page:
    return Page(names.take(wanted), (grid,))
