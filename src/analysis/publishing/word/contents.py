"""The table of contents: a field that Word computes, filled with what it will say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.publishing.word.fields import closed, field, opened, run
from analysis.publishing.word.markup import Node, node

DEEPEST = 2


@dataclass(frozen=True)
class Entry:
    """A heading in the contents.

    Attributes:
        level: 1 or 2.
        text: number and words.
        bookmark: name of the bookmark on the heading.
        page: number of the page as far as can be told without laying it out.
    """

    level: int
    text: str
    bookmark: str
    page: int


def contents(entries: Sequence[Entry]) -> Node:
    """Return the contents with their title, as the block that Word offers to update."""
    lines = [_line(entry) for entry in entries]
    # The field goes by outline levels (\\u), as annexes have a style of their own; entries are links (\\h).
    for position, element in enumerate(opened(f'TOC \\o "1-{DEEPEST}" \\h \\z \\u')):
        lines[0].insert(1 + position, element)
    lines[-1].append(closed())
    return node(
        "sdt",
        node("sdtPr", node("docPartObj", node("docPartGallery", val="Table of Contents"), node("docPartUnique"))),
        node("sdtContent", node("p", node("pPr", node("pStyle", val="TOCHeading")), run("目　　录")), *lines),
    )


def _line(entry: Entry) -> Node:
    page = field(f"PAGEREF {entry.bookmark} \\h", str(entry.page))
    link = node("hyperlink", run(entry.text), node("r", node("tab")), *page, anchor=entry.bookmark, history=1)
    return node("p", node("pPr", node("pStyle", val=f"TOC{entry.level}")), link)
