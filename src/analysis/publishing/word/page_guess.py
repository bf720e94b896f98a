"""On which page each heading will probably fall: what the contents say until Word has computed them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.publishing.document.model import Block, ChartBlock, Heading, Listing, Paragraph
from analysis.publishing.word.column_widths import units
from analysis.publishing.word.contents import DEEPEST
from analysis.publishing.word.page import CHARACTERS, LINE_TWIPS, SIDEWAYS, UPRIGHT, Page
from analysis.publishing.word.tables import PADDING_TWIPS, TableLayout, laid_out

_CAPTION_TWIPS, _CAPTION_UNITS = 360, 72
_CONTENTS_TWIPS = 460
_FOOTNOTE_UNITS, _FOOTNOTE_TWIPS = 98, 235
_ROW_PITCH = 13  # twips a line takes for each half-point of type
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_HALF = 0.5


def guessed_pages(blocks: Sequence[Block], turned: Sequence[bool]) -> dict[str, int]:
    """Return the page of each heading by its id.

    Args:
        blocks: the report.
        turned: of each block, whether it stands on a page on its side.
    """
    listed = [block for block in blocks if isinstance(block, Heading) and 1 <= block.level <= DEEPEST]
    page, used = 1, 0.0
    pages: dict[str, int] = {}
    for place, block in enumerate(blocks):
        paper = SIDEWAYS if turned[place] else UPRIGHT
        if listed and block is listed[0]:  # the contents stand before it, and it starts a page
            page, used = page + 1 + math.ceil((len(listed) + 2) * _CONTENTS_TWIPS / paper.text_height), 0.0
        elif used and ((isinstance(block, Heading) and block.annex) or turned[place] != turned[place - 1]):
            page, used = page + 1, 0.0
        heading = isinstance(block, Heading)
        for height in _heights(block, paper):
            least = height + (LINE_TWIPS if heading else 0)  # a heading takes a line of its text along
            if used and used + least > paper.text_height:
                page, used = page + 1, 0.0
            used += height
        if isinstance(block, Heading):
            pages[block.id] = page
    return pages


def _heights(block: Block, paper: Page) -> list[float]:
    """Return the heights of the pieces that a block can be broken into, in twips."""
    if isinstance(block, Heading):
        return [_lines(block.full, 4) * LINE_TWIPS]
    if isinstance(block, Paragraph):
        return _paragraph(block, 4, 2 * CHARACTERS)
    if isinstance(block, Listing):
        return [height for item in block.items for height in _paragraph(item, 0, 2 * CHARACTERS - 6)]
    caption = math.ceil(units(block.finding if isinstance(block, ChartBlock) else block.caption) / _CAPTION_UNITS) * _CAPTION_TWIPS + 180
    if isinstance(block, ChartBlock):
        return [_drawn(block, paper) + caption]
    layout = laid_out(block, paper.text_width)
    head, *rows = [_row(cells, layout) for cells in (block.columns, *block.rows)]
    return [(caption if block.label else 0) + head, *rows, LINE_TWIPS * _HALF]


def _paragraph(block: Paragraph, indent: int, width: int) -> list[float]:
    lines = [float(LINE_TWIPS)] * _lines(block.text, indent, width)
    lines[-1] += math.ceil(units(block.note) / _FOOTNOTE_UNITS) * _FOOTNOTE_TWIPS
    return lines


def _lines(text: str, indent: int, width: int = 2 * CHARACTERS) -> int:
    return max(1, math.ceil((units(text) + indent) / width))


def _drawn(block: ChartBlock, paper: Page) -> float:
    size = _SIZE.search(block.svg)
    ratio = float(size[2]) / float(size[1]) if size else _HALF
    return min(paper.text_width * ratio, paper.text_height - 3 * LINE_TWIPS)


def _row(cells: Sequence[str], layout: TableLayout) -> float:
    unit = layout.size * 5
    lines = (math.ceil(units(text) * unit / (width - PADDING_TWIPS)) for text, width in zip(cells, layout.widths, strict=True))
    return max(1, *lines) * layout.size * _ROW_PITCH
