"""Which blocks stand on a page on its side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.publishing.document.model import Block, ChartBlock, Heading, Listing, Paragraph, TableBlock
from analysis.publishing.word.column_widths import fits
from analysis.publishing.word.page import UPRIGHT
from analysis.publishing.word.styles import LIU, XIAO_WU
from analysis.publishing.word.tables import PADDING_TWIPS

_FEW_CHARACTERS = 300
_FEW_ROWS, _FEW_LINES = 16, 4


def sideways(blocks: Sequence[Block]) -> list[bool]:
    """Say of each block whether it stands on its side.

    Wide tables do, but for short ones that fit upright: a page of their own would leave most of two pages empty. So does a whole
    annex that is only a wide table with a few words: its heading would else stand alone on a page.
    """
    found = [isinstance(block, TableBlock) and block.wide and not _fits_upright(block) for block in blocks]
    for start, end in _annexes(blocks):
        if _mostly_wide(blocks[start:end]):
            found[start:end] = [True] * (end - start)
    return found


def _fits_upright(table: TableBlock) -> bool:
    """Say whether a table has few rows, and its columns room for their words in a few lines each."""
    return len(table.rows) <= _FEW_ROWS and any(
        fits(table, UPRIGHT.text_width, size * 5, PADDING_TWIPS, _FEW_LINES) for size in (XIAO_WU, LIU)
    )


def _annexes(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return where each annex begins and ends."""
    tops = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level <= 1] + [len(blocks)]
    return [(start, end) for start, end in pairwise(tops) if _annex(blocks[start])]


def _annex(block: Block) -> bool:
    return isinstance(block, Heading) and block.annex


def _mostly_wide(annex: Sequence[Block]) -> bool:
    tables = [block for block in annex if isinstance(block, TableBlock)]
    if any(isinstance(block, ChartBlock) for block in annex) or not tables or not all(table.wide for table in tables):
        return False
    words = sum(len(block.text) for block in annex if isinstance(block, Paragraph))
    items = sum(len(item.text) for block in annex if isinstance(block, Listing) for item in block.items)
    return words + items <= _FEW_CHARACTERS
