"""Parts of a report, for its contents and its sections."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.publishing.document.model import Block, Document, Heading


@dataclass(frozen=True)
class Part:
    """What stands under one heading of the highest level.

    Attributes:
        heading: that heading; None for a report without headings below its title.
        blocks: the rest, with the lower headings.
    """

    heading: Heading | None
    blocks: tuple[Block, ...]

    @property
    def below(self) -> list[Heading]:
        """Headings one level below, for the contents."""
        level = self.heading.level + 1 if self.heading else 0
        return [block for block in self.blocks if isinstance(block, Heading) and block.level == level]


def outlined(document: Document) -> tuple[tuple[Block, ...], list[Part]]:
    """Return what stands between the title and the first part, and the parts.

    A heading of the title's level that comes later opens a part.

    Args:
        document: the report.
    """
    title = next((block for block in document.blocks if isinstance(block, Heading) and block.level == 0), None)
    blocks = [_lowered(block) for block in document.blocks if block is not title]
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    starts = [position for position, block in enumerate(blocks) if isinstance(block, Heading) and block.level == highest]
    if not starts:
        return (), [Part(None, tuple(blocks))]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        opening = blocks[start]
        assert isinstance(opening, Heading)
        parts.append(Part(opening, tuple(blocks[start + 1 : end])))
    return tuple(blocks[: starts[0]]), parts


def _lowered(block: Block) -> Block:
    return replace(block, level=1) if isinstance(block, Heading) and block.level == 0 else block
