"""Which blocks stand on a page on its side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.publishing.document.model import Block, ChartBlock, Heading, Listing, Paragraph, TableBlock

_FEW_CHARACTERS = 300


def sideways(blocks: Sequence[Block]) -> list[bool]:
    """Say of each block whether it stands on its side.

    Wide tables do. So does a whole annex that is only a wide table with a few words: its heading would else stand alone on a page.
    """
    found = [isinstance(block, TableBlock) and block.wide for block in blocks]
    for start, end in _annexes(blocks):
        if _mostly_wide(blocks[start:end]):
            found[start:end] = [True] * (end - start)
    return found


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
