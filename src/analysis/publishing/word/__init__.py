"""The report as Word file, in the layout of GB/T 9704."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.publishing.document.model import Document


def word_report(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """Stand-in until the room is furnished."""
    return b""
