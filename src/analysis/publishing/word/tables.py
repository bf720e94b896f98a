"""Tables with three lines, whose head repeats on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.publishing.document.model import TableBlock
from analysis.publishing.word.column_widths import column_widths, least_total, natural_units, row_lines
from analysis.publishing.word.fields import run
from analysis.publishing.word.markup import Node, node, text_nodes
from analysis.publishing.word.page import SIDEWAYS, UPRIGHT
from analysis.publishing.word.styles import LIU, WU, XIAO_WU
from analysis.publishing.word.typefaces import HEI

PADDING_TWIPS = 100
_SHORT_ROWS = 16  # so many rows stay on one page, unless they are high
_HIGHEST_WHOLE = 0.4  # of a page; a higher one would leave too much of the page before it empty
_END_ROWS = 2  # of a longer table, so many stay with the head, and with the note
_MOST_LINES = 2.0  # of the rows of a wide table on average, in larger type
_ROW_PITCH = 13  # twips a line takes for each half-point of type


@dataclass(frozen=True)
class TableLayout:
    """How a table is set.

    Attributes:
        size: of its type, in half-points.
        style: of its cells.
        widths: of its columns, in twips.
        heights: of its head and rows, in twips, as far as can be told.
    """

    size: int
    style: str
    widths: tuple[int, ...]
    heights: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether it is kept on one page."""
        page = UPRIGHT if sum(self.widths) <= UPRIGHT.text_width else SIDEWAYS
        return len(self.heights) <= _SHORT_ROWS + 1 and sum(self.heights) <= _HIGHEST_WHOLE * page.text_height


def laid_out(block: TableBlock, width: int) -> TableLayout:
    """Return how a table is set in so many twips.

    In larger type where no cell then needs a second line; in the smallest only what would else be crowded.
    """
    if sum(natural_units(block)) * WU * 5 + len(block.columns) * PADDING_TWIPS <= width:
        return _layout(block, width, WU, "TableText")
    small = _layout(block, width, XIAO_WU, "TableTextSmall")
    lines = row_lines(block, small.widths, XIAO_WU * 5, PADDING_TWIPS)
    crowded = least_total(block, XIAO_WU * 5, PADDING_TWIPS) > width or (block.wide and sum(lines) > _MOST_LINES * len(lines))
    return _layout(block, width, LIU, "TableTextSmallest") if crowded else small


def _layout(block: TableBlock, width: int, size: int, style: str) -> TableLayout:
    widths = column_widths(block, width, size * 5, PADDING_TWIPS)
    lines = row_lines(replace(block, rows=(block.columns, *block.rows)), widths, size * 5, PADDING_TWIPS)
    return TableLayout(size, style, tuple(widths), tuple(count * size * _ROW_PITCH for count in lines))


def table_element(block: TableBlock, width: int, *, noted: bool = False) -> Node:
    """Return a table.

    Args:
        block: its content.
        width: twips it may take.
        noted: whether a note follows, which stays with it.
    """
    layout = laid_out(block, width)
    sides = ["right" if name in block.numeric else None for name in block.columns]
    last = len(block.rows) - 1

    def kept(place: int) -> bool:
        if place == last:
            return noted
        return layout.whole or place < _END_ROWS or (noted and place > last - _END_ROWS)

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
        *(_row(row, layout, sides, keep=kept(place)) for place, row in enumerate(block.rows)),
    )


def _row(cells: tuple[str, ...], layout: TableLayout, sides: list[str | None], *, keep: bool, head: bool = False) -> Node:
    places = zip(cells, layout.widths, sides, strict=True)
    contents = (_cell(text, width, side, layout.style, head=head, keep=keep) for text, width, side in places)
    return node("tr", node("trPr", node("cantSplit"), node("tblHeader") if head else None), *contents)


def _cell(text: str, width: int, side: str | None, style: str, *, head: bool, keep: bool) -> Node:
    words: Node = None
    place = "center" if head else side
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
            node("pPr", node("pStyle", val=style), node("keepNext") if keep else None, node("jc", val=place) if place else None),
            words,
        ),
    )
