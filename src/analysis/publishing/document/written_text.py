"""From Markdown (cells of a notebook, text that people wrote) to blocks; raw HTML and pictures come out as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.presentation.claims import Claim
from analysis.publishing.document.model import Block, Heading, Listing, Paragraph, Span, TableBlock

if TYPE_CHECKING:
    import mistune

_HAN = "一二三四五六七八九十"
# What stands before a heading's words, and the level it gives the heading.
_NUMBERS = (
    (re.compile(rf"^附件[{_HAN}]+"), 1),
    (re.compile(rf"^[{_HAN}]+、"), 1),
    (re.compile(rf"^（[{_HAN}]+）"), 2),
    (re.compile(r"^\d+\.(?!\d)"), 3),
    (re.compile(r"^（\d+）"), 4),
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SAFE_LINKS = ("https://", "http://", "mailto:")
DEEPEST = 4


def heading(words: str, depth: int, *, claim: Claim | None = None, file: str = "") -> Heading:
    """Return a heading; its level follows from its number, else from the depth of its marks (# is 1).

    Example:
        >>> found = heading("（二）得分仅供参考", 3)
        >>> found.level, found.number, found.text
        (2, '（二）', '得分仅供参考')
    """
    words = words.strip()
    for pattern, level in _NUMBERS:
        if depth > 1 and (match := pattern.match(words)):
            return Heading("", level, match[0], words[match.end() :].strip("　 "), claim, file)
    # Headings inside a text that people wrote stand below the numbered heading of their section.
    return Heading("", DEEPEST - 1 if file else min(depth - 1, DEEPEST), "", words, claim, file)


def sentence_spans(sentence: str) -> tuple[Span, ...]:
    """Return a claim's sentence as spans: **bold** is its only mark.

    Example:
        >>> [(span.text, span.bold) for span in sentence_spans("**甲**：40%。")]
        [('甲', True), ('：40%。', False)]
    """
    parts = _BOLD.split(sentence)
    return tuple(Span(part, bold=bool(position % 2)) for position, part in enumerate(parts) if part)


@cache
def _parser() -> mistune.Markdown:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])


@dataclass(frozen=True)
class _Source:
    """Where a text comes from: a file that people wrote, or a cell of the notebook (empty); and what names its tables."""

    file: str = ""
    awaited: bool = False
    key: str = "text"


def blocks(text: str, *, file: str = "", awaited: bool = False, key: str = "text") -> list[Block]:
    """Return the blocks of a Markdown text.

    Args:
        text: the Markdown.
        file: the file that people wrote it in; empty for a cell of the notebook.
        awaited: whether it only asks for text.
        key: what the names of its tables begin with.
    """
    tokens: Any = _parser()(text)
    source = _Source(file, awaited, key)
    found = [block for token in tokens for block in _block(token, source)]
    tables = iter(range(1, len(found) + 1))
    return [replace(block, id=f"{key}_{next(tables)}") if isinstance(block, TableBlock) else block for block in found]


def _block(token: dict[str, Any], source: _Source) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading":
        words = "".join(span.text for span in _spans(token))
        yield heading(words, token["attrs"]["level"], file=source.file)
    elif kind in ("paragraph", "block_text"):
        yield Paragraph(tuple(_spans(token)), file=source.file, awaited=source.awaited)
    elif kind == "list":
        items = list(_items(token, source, 0))
        yield Listing(tuple(item for item, _ in items), tuple(depth for _, depth in items), bool(token["attrs"]["ordered"]))
    elif kind == "table":
        yield _table(token)
    elif kind in ("block_code", "block_html"):
        yield Paragraph((Span(token["raw"].rstrip("\n"), code=kind == "block_code"),), file=source.file)
    elif kind == "block_quote":
        for child in token["children"]:
            yield from _block(child, source)


def _items(token: dict[str, Any], source: _Source, depth: int) -> Iterator[tuple[Paragraph, int]]:
    for item in token["children"]:
        for child in item["children"]:
            if child["type"] == "list":
                yield from _items(child, source, depth + 1)
            elif child["type"] in ("block_text", "paragraph"):
                yield Paragraph(tuple(_spans(child)), file=source.file, awaited=source.awaited), depth


def _table(token: dict[str, Any]) -> TableBlock:
    head, *bodies = token["children"]
    columns = tuple(_words(cell) for cell in head["children"])
    rows = tuple(tuple(_words(cell) for cell in row["children"]) for body in bodies for row in body["children"])
    numeric = frozenset(name for name, cell in zip(columns, head["children"], strict=True) if cell["attrs"]["align"] == "right")
    return TableBlock("", "", "", columns, rows, numeric, False, (), (), {})


def _words(token: dict[str, Any]) -> str:
    return "".join(span.text for span in _spans(token))


def _spans(token: dict[str, Any], base: Span | None = None) -> Iterator[Span]:
    style = base or Span("")
    for child in token.get("children", []):
        kind = child["type"]
        if kind in ("text", "inline_html"):
            yield replace(style, text=child["raw"])
        elif kind == "codespan":
            yield replace(style, text=child["raw"], code=True)
        elif kind in ("softbreak", "linebreak"):
            if kind == "linebreak":
                yield replace(style, text="\n")
        elif kind == "strong":
            yield from _spans(child, replace(style, bold=True))
        elif kind == "emphasis":
            yield from _spans(child, replace(style, italic=True))
        elif kind == "link":
            address = child["attrs"]["url"]
            yield from _spans(child, replace(style, link=address if address.startswith(_SAFE_LINKS) else ""))
        else:  # pictures and whatever else: their words only
            yield from _spans(child, style)
