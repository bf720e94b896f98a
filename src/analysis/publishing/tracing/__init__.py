"""Where every number of a report comes from."""

from __future__ import annotations

from pathlib import Path

from analysis.publishing.document.model import Document


def write_trace(document: Document, folder: Path) -> Path:
    """Write ``trace.json``; see :func:`analysis.publishing.tracing.writing.write_trace`, which is loaded only when it is asked for."""
    from analysis.publishing.tracing import writing

    return writing.write_trace(document, folder)
