"""The report as web page."""

from __future__ import annotations

from analysis.publishing.document.model import Document


def web_page(document: Document) -> str:
    """Stand-in until the room is furnished."""
    return ""
