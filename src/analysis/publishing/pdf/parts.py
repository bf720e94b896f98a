"""A report's content as the plain values that the page template sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.document.table_note import table_note
from analysis.publishing.document.title import title_lines
from analysis.publishing.pdf.columns import columns, pieces
from analysis.publishing.pdf.glyphs import Glyphs
from analysis.publishing.pdf.runs import Part, runs
from analysis.publishing.pdf.sheets import TURNED, UPRIGHT
from analysis.vocabulary.marks import DEMONSTRATION

_LENGTH = re.compile(r'<svg[^>]*?\bheight="(?P<height>[\d.]+)pt"')
CONTENTS_DEPTH = 2
_CONTENTS_OF_A_PAGE = 36
# A table below this share of a page is never broken.
_WHOLE = 0.5
# Characters in a frame that may break across pages.
_LONG_FRAME = 400


def content(document: Document) -> dict[str, Any]:
    """Return all that the template needs but the drawings."""
    return _Content(document).made()


class _Content:
    """One report on its way to plain values; every text passes the check of glyphs."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.glyphs = Glyphs()
        # A chart and a table may share an id, but never a label.
        self.anchors = {block.label for block in document.blocks if isinstance(block, ChartBlock | TableBlock) and block.label}
        self.depth = 0

    def made(self) -> dict[str, Any]:
        """Return the whole."""
        parts = list(_placed(_framed(_attached(self._parts()))))
        chapters = [position for position, part in enumerate(parts) if part["kind"] == "heading"]
        if chapters:
            listed = sum(parts[position]["depth"] <= CONTENTS_DEPTH for position in chapters)
            parts.insert(chapters[0], {"kind": "contents", "depth": CONTENTS_DEPTH, "whole": listed <= _CONTENTS_OF_A_PAGE})
        if warning := self.glyphs.warning():
            parts.append({"kind": "paragraph", "spans": [self._span(Span(warning))], "note": []})
        return {
            "title": self._printed(self.document.title),
            "author": self._printed(str(self.document.parameters.get("issuing_body") or "")),
            "date": [day.year, day.month, day.day] if (day := self.document.date) else None,
            "mark": DEMONSTRATION if self.document.demonstration else "",
            "upright": UPRIGHT.as_dict(),
            "turned": TURNED.as_dict(),
            "runs": runs(parts),
        }

    def _parts(self) -> Iterator[Part]:
        title_seen = False
        for block in self.document.blocks:
            if isinstance(block, Heading) and block.level == 0 and not title_seen:
                title_seen = True
                yield {"kind": "title", "lines": title_lines(self._printed(block.text))}
            else:
                yield self._part(block)

    def _part(self, block: Block) -> Part:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "awaited": block.awaited, **self._words(block)}
        if isinstance(block, Listing):
            return self._list(block)
        if isinstance(block, TableBlock):
            return self._table(block)
        return self._chart(block)

    def _heading(self, block: Heading) -> Part:
        level = max(block.level, 1)
        self.depth = min(level, self.depth + 1)  # an accessible file may not skip a level
        return {"kind": "heading", "level": level, "depth": self.depth, "text": self._printed(block.full)}

    def _list(self, block: Listing) -> Part:
        items = [{**self._words(item), "depth": depth, "reference": []} for item, depth in zip(block.items, block.depths, strict=True)]
        awaited = any(item.awaited for item in block.items)
        return {"kind": "list", "ordered": block.ordered, "awaited": awaited, "items": items}

    def _table(self, block: TableBlock) -> Part:
        heads = [self._printed(name) for name in block.columns]
        rows = [[self._printed(cell) for cell in row] for row in block.rows]
        fit = columns(heads, rows, wide=block.wide)
        return {
            "kind": "table",
            "anchor": block.label,
            "caption": self._printed(f"{block.label}　{block.caption}" if block.label else block.caption),
            "turned": fit.sheet is TURNED,
            "whole": fit.sheet is UPRIGHT and fit.height < _WHOLE * UPRIGHT.height,
            "tall": fit.tall,
            "size": fit.size,
            "widths": fit.widths,
            "right": [name in block.numeric for name in block.columns],
            "heads": [pieces(head) for head in heads],
            "rows": [[pieces(cell) for cell in row] for row in rows],
            "note": self._printed(table_note(block)),
        }

    def _chart(self, block: ChartBlock) -> Part:
        drawn = _LENGTH.search(block.svg)
        return {
            "kind": "chart",
            "anchor": block.label,
            "caption": self._printed(f"{block.label}　{block.finding}"),
            "alt": self._printed(block.alt),
            "height": float(drawn["height"]) if drawn else 0.0,
        }

    def _words(self, paragraph: Paragraph) -> Part:
        note = pieces(self._printed(paragraph.note)) if paragraph.note else []
        return {"spans": [self._span(span) for span in paragraph.spans], "note": note}

    def _span(self, span: Span) -> Part:
        text = self._printed(span.text)
        styles = [style for style in ("bold", "italic", "code") if getattr(span, style)]
        target = span.target if span.target in self.anchors else ""
        return {"text": text, "pieces": pieces(text), "styles": styles, "link": span.link, "target": target}

    def _printed(self, text: str) -> str:
        return self.glyphs.printed(text)


def _attached(parts: Iterable[Part]) -> Iterator[Part]:
    """Set a line that only points to charts and tables (见图1。) under the last item of the list before it."""
    before: Part = {"kind": ""}
    for part in parts:
        points = part["kind"] == "paragraph" and part["spans"][:1] and part["spans"][0]["text"] == "见" and part["spans"][-2:][0]["target"]
        if points and before["kind"] == "list" and not before["awaited"]:
            before["items"][-1]["reference"] = part["spans"]
            continue
        before = part
        yield part


def _placed(parts: Iterable[Part]) -> Iterator[Part]:
    """Say what a part needs to know of its neighbours.

    Of a chart, whether text stands before it, from which the room left on the page is measured; of a paragraph between a heading and a
    frame, that it stays with the frame.
    """
    known = list(parts)
    kinds = ["heading", *(part["kind"] for part in known), ""]
    for place, part in enumerate(known):
        before, after = kinds[place], kinds[place + 2]
        if part["kind"] == "chart":
            yield {**part, "marked": before != "heading"}
        elif part["kind"] == "paragraph":
            yield {**part, "sticky": before == "heading" and after == "awaited"}
        else:
            yield part


def _framed(parts: Iterable[Part]) -> Iterator[Part]:
    """Gather neighbours that only ask for text into one frame."""
    for awaited, group in groupby(parts, key=lambda part: bool(part.get("awaited"))):
        if awaited:
            frame = list(group)
            length = sum(len(span["text"]) for part in frame for words in part.get("items", [part]) for span in words["spans"])
            yield {"kind": "awaited", "parts": frame, "long": length > _LONG_FRAME}
        else:
            yield from group
