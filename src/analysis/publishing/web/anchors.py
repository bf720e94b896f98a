"""Where links inside the page lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.publishing.document.model import ChartBlock, Document, Span, TableBlock


def anchor(block: ChartBlock | TableBlock) -> str:
    """Return the id of a chart or table in the page; a chart and a table may share their name.

    Args:
        block: the chart or table.
    """
    return f"{'figure' if isinstance(block, ChartBlock) else 'table'}-{block.id}"


@dataclass(frozen=True)
class Anchors:
    """Ids of charts and tables by label."""

    labelled: Mapping[str, str]

    @classmethod
    def of(cls, document: Document) -> Anchors:
        """Return those of a report.

        Args:
            document: the report.
        """
        shown = [block for block in document.blocks if isinstance(block, ChartBlock | TableBlock)]
        return cls({block.label: anchor(block) for block in shown if block.label})

    def target(self, span: Span) -> str:
        """Return the id that a reference points to; empty where nothing has it.

        Args:
            span: the words.
        """
        return self.labelled.get(span.target, "")
