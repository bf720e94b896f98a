"""On which page each heading will probably fall, for the contents until Word has computed them, and which charts to make smaller."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.publishing.document.model import Block, ChartBlock, Heading, Listing, Paragraph
from analysis.publishing.word.column_widths import units
from analysis.publishing.word.contents import DEEPEST
from analysis.publishing.word.page import CHARACTERS, LINE_TWIPS, SIDEWAYS, UPRIGHT, Page
from analysis.publishing.word.tables import laid_out

_CAPTION_TWIPS, _CAPTION_UNITS = 360, 72
_CONTENTS_TWIPS = 460
_FOOTNOTE_UNITS, _FOOTNOTE_TWIPS = 98, 235
_SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_HALF = 0.5
# A chart is made smaller by no more than this to fit on the rest of a page, with a line to spare.
_SMALLEST_SCALE = 0.75


@dataclass(frozen=True)
class Guess:
    """What is expected of the pages.

    Attributes:
        pages: the page of each heading, by its id.
        scales: of each chart that is made smaller, the scale, by its id.
    """

    pages: Mapping[str, int]
    scales: Mapping[str, float]


def guessed(blocks: Sequence[Block], turned: Sequence[bool]) -> Guess:
    """Return where headings will probably fall, and how large charts are best shown.

    Args:
        blocks: the report.
        turned: of each block, whether it stands on a page on its side.
    """
    listed = [block for block in blocks if isinstance(block, Heading) and 1 <= block.level <= DEEPEST]
    page, used = 1, 0.0
    pages: dict[str, int] = {}
    scales: dict[str, float] = {}
    for place, block in enumerate(blocks):
        paper = SIDEWAYS if turned[place] else UPRIGHT
        if listed and block is listed[0]:  # the contents stand before it, and it starts a page
            page, used = page + 1 + math.ceil((len(listed) + 2) * _CONTENTS_TWIPS / paper.text_height), 0.0
        elif used and ((isinstance(block, Heading) and block.annex) or turned[place] != turned[place - 1]):
            page, used = page + 1, 0.0
        heading = isinstance(block, Heading)
        heights = _heights(block, paper)
        if isinstance(block, ChartBlock):
            drawn, room = _drawn(block, paper), paper.text_height - LINE_TWIPS - used
            scale = (room - heights[0] + drawn) / drawn
            if _SMALLEST_SCALE <= scale < 1:
                scales[block.id] = scale
                heights = [room]
        for height in heights:
            least = height + (LINE_TWIPS if heading else 0)  # a heading takes a line of its text along
            if used and used + least > paper.text_height:
                page, used = page + 1, 0.0
            used += height
        if isinstance(block, Heading):
            pages[block.id] = page
    return Guess(pages, scales)


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
    rows = [sum(layout.heights)] if layout.whole else list(layout.heights)
    rows[0] += caption if block.label else 0
    return [*map(float, rows), LINE_TWIPS * _HALF]


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
