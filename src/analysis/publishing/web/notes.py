"""Footnotes of the page, numbered in reading order."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.publishing.document.model import Document, Listing, Paragraph


def numbered_notes(document: Document) -> Mapping[int, Paragraph]:
    """Return the paragraphs that carry a footnote, by its number from 1.

    Args:
        document: the report.
    """
    paragraphs: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        elif isinstance(block, Listing):
            paragraphs += block.items
    return dict(enumerate((paragraph for paragraph in paragraphs if paragraph.note), start=1))
