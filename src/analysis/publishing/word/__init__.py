"""The report as Word file, in the layout of GB/T 9704."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.publishing.document.model import Document


def word_report(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """Return a report as Word file; equal reports give equal bytes.

    Args:
        document: the report.
        pictures: each chart as PNG, by the chart's id.

    Raises:
        KeyError: a chart without picture.
    """
    from analysis.publishing.word.report import written_report

    return written_report(document, pictures)
