"""Footnotes: where the figures of a paragraph come from."""

from __future__ import annotations

from analysis.publishing.word.fields import run
from analysis.publishing.word.markup import Node, node

SEPARATORS = (-1, 0)


class Footnotes:
    """Footnotes in the order of their marks."""

    def __init__(self) -> None:
        self._notes: list[Node] = []

    def mark(self, note: str) -> Node:
        """Take a note in and return the mark that goes at the end of its paragraph."""
        identity = len(self._notes) + 1
        self._notes.append(
            node(
                "footnote",
                node(
                    "p",
                    node("pPr", node("pStyle", val="FootnoteText")),
                    node("r", node("rPr", node("rStyle", val="FootnoteReference")), node("footnoteRef")),
                    run(f" {note}"),
                ),
                id=identity,
            )
        )
        return node("r", node("rPr", node("rStyle", val="FootnoteReference")), node("footnoteReference", id=identity))

    def contents(self) -> Node:
        """Return all notes, after the two lines that Word draws above them."""
        lines = [
            node("footnote", node("p", node("pPr", node("pStyle", val="Gap")), node("r", node(kind))), type=kind, id=identity)
            for kind, identity in zip(("separator", "continuationSeparator"), SEPARATORS, strict=True)
        ]
        return node("footnotes", *lines, *self._notes)
