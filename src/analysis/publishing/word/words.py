"""Words of a paragraph as runs: emphasis, links, cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from analysis.publishing.document.model import Span
from analysis.publishing.word.fields import field, run
from analysis.publishing.word.markup import Node, legal, node

# What an address may hold unescaped; anything else would make Word refuse the file.
_ADDRESS = "%/:=&?~#+!$,;'@()*"


class Relations(Protocol):
    """The part of the package that knows outside addresses."""

    def relate_to(self, target: str, reltype: str, is_external: bool = False) -> str:
        """Return the id of the relation to an address."""


@dataclass(frozen=True)
class Words:
    """How spans become runs.

    Attributes:
        bookmarks: for each chart and table with a label, by label, the bookmark on it.
        relations: keeps outside addresses.
    """

    bookmarks: Mapping[str, str]
    relations: Relations

    def runs(self, spans: Iterable[Span], *, awaited: bool = False) -> list[Node]:
        """Return the runs of a paragraph.

        Args:
            spans: its words.
            awaited: whether it asks for text still to be written, which is then highlighted.
        """
        return [element for span in spans for element in self._span(span, awaited)]

    def _span(self, span: Span, awaited: bool) -> list[Node]:
        properties = [
            node("rStyle", val="Code") if span.code else node("rStyle", val="Hyperlink") if span.link else None,
            node("b") if span.bold else None,
            node("bCs") if span.bold else None,
            node("i") if span.italic else None,
            node("iCs") if span.italic else None,
            node("highlight", val="yellow") if awaited else None,
        ]
        present = [element for element in properties if element is not None]
        bookmark = self.bookmarks.get(span.target)
        if bookmark:
            return field(f"REF {bookmark} \\h", span.text, *present)
        if not span.link:
            return [run(span.text, *present)]
        from docx.opc.constants import RELATIONSHIP_TYPE

        address = quote(legal(span.link), safe=_ADDRESS)
        relation = self.relations.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return [node("hyperlink", run(span.text, *present), r_id=relation, history=1)]
