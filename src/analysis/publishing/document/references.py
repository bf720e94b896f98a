"""Cross-references: every chart and table is pointed to by the text before it."""

from __future__ import annotations

from dataclasses import replace

from analysis.publishing.document.model import Block, ChartBlock, Heading, Paragraph, Span, TableBlock


def referred(blocks: list[Block]) -> list[Block]:
    """Add to each section, after its last words before the first chart or table, where to look (见图1、表2。).

    A section is what stands between two headings. Words that close a paragraph get the reference as a sentence of their own;
    after a list, or where a section has no words, it is a paragraph.
    """
    result: list[Block] = []
    for section in _sections(blocks):
        shown = [block for block in section if isinstance(block, ChartBlock | TableBlock) and block.label]
        if not shown:
            result += section
            continue
        first = next(position for position, block in enumerate(section) if block is shown[0])
        before = section[first - 1] if first else None
        spans = _reference(shown)
        if isinstance(before, Paragraph) and not before.awaited and not before.file:
            result += [*section[: first - 1], replace(before, spans=(*before.spans, *spans)), *section[first:]]
        else:
            result += [*section[:first], Paragraph(spans), *section[first:]]
    return result


def _sections(blocks: list[Block]) -> list[list[Block]]:
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading):
            sections.append([])
        sections[-1].append(block)
    return sections


def _reference(shown: list[ChartBlock | TableBlock]) -> tuple[Span, ...]:
    """Return 见图1、图2和表1。 with each label pointing to its block."""
    joins = [*["、"] * (len(shown) - 2), "和"] if len(shown) > 1 else []
    spans = [Span("见")]
    for position, block in enumerate(shown):
        spans.append(Span(block.label, target=block.label))
        if position < len(joins):
            spans.append(Span(joins[position]))
    return (*spans, Span("。"))
