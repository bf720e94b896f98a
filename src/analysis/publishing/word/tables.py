"""Tables with three lines, whose head repeats on every page."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.publishing.document.model import TableBlock
from analysis.publishing.word.column_widths import column_widths, natural_units
from analysis.publishing.word.fields import run
from analysis.publishing.word.markup import Node, node, text_nodes
from analysis.publishing.word.styles import WU, XIAO_WU
from analysis.publishing.word.typefaces import HEI

PADDING_TWIPS = 100
_SHORT_ROWS = 16  # so many rows stay on one page
_FIRST_ROWS = 2  # of a longer table, so many stay with the head


@dataclass(frozen=True)
class TableLayout:
    """How a table is set.

    Attributes:
        size: of its type, in half-points.
        style: of its cells.
        widths: of its columns, in twips.
    """

    size: int
    style: str
    widths: tuple[int, ...]


def laid_out(block: TableBlock, width: int) -> TableLayout:
    """Return how a table is set in so many twips: in larger type where no cell then needs a second line."""
    roomy = sum(natural_units(block)) * WU * 5 + len(block.columns) * PADDING_TWIPS <= width
    size, style = (WU, "TableText") if roomy else (XIAO_WU, "TableTextSmall")
    return TableLayout(size, style, tuple(column_widths(block, width, size * 5, PADDING_TWIPS)))


def table_element(block: TableBlock, width: int) -> Node:
    """Return a table.

    Args:
        block: its content.
        width: twips it may take.
    """
    layout = laid_out(block, width)
    sides = ["right" if name in block.numeric else None for name in block.columns]
    last = len(block.rows) - 1
    together = len(block.rows) <= _SHORT_ROWS
    return node(
        "tbl",
        node(
            "tblPr",
            node("tblStyle", val="ThreeLines"),
            node("tblW", w=width, type="dxa"),
            node("tblLayout", type="fixed"),
            node("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
            node("tblCaption", val=f"{block.label}　{block.caption}") if block.label else None,
        ),
        node("tblGrid", *(node("gridCol", w=column) for column in layout.widths)),
        _row(block.columns, layout, sides, head=True, keep=True),
        *(_row(row, layout, sides, keep=place < (last if together else _FIRST_ROWS)) for place, row in enumerate(block.rows)),
    )


def _row(cells: tuple[str, ...], layout: TableLayout, sides: list[str | None], *, keep: bool, head: bool = False) -> Node:
    places = zip(cells, layout.widths, sides, strict=True)
    contents = (_cell(text, width, side, layout.style, head=head, keep=keep) for text, width, side in places)
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader") if head else None), *contents)


def _cell(text: str, width: int, side: str | None, style: str, *, head: bool, keep: bool) -> Node:
    words: Node = None
    if head:
        words = run(text, chinese=HEI)
    elif text:
        # A column of numbers leaves −, — and … to the Latin typeface, where they line up with the digits.
        words = node("r", *text_nodes(text)) if side else run(text)
    return node(
        "tc",
        node("tcPr", node("tcW", w=width, type="dxa"), node("vAlign", val="bottom" if head else "center")),
        node(
            "p",
            node("pPr", node("pStyle", val=style), node("keepNext") if keep else None, node("jc", val=side) if side else None),
            words,
        ),
    )
