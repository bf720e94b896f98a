"""From Markdown (cells of a notebook, text that people wrote) to blocks; nothing that people wrote gets lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.presentation.claims import Claim
from analysis.publishing.document.inline_text import Notes, joined, paragraphs, spans, words
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
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_DEFINITION = re.compile(r"^ {0,3}\[(?:\^(?P<key>[^\]]+)|[^\]]+)\]:")
# Tables in items of lists and in quotes.
_TABLES_WITHIN = ("mistune.plugins.table.table_in_list", "mistune.plugins.table.table_in_quote")
DEEPEST = 4


def heading(words: str, depth: int, *, claim: Claim | None = None) -> Heading:
    """Return a heading of the report; its level follows from its number, else from the depth of its marks (# is 1).

    Example:
        >>> found = heading("（二）得分仅供参考", 3)
        >>> found.level, found.number, found.text
        (2, '（二）', '得分仅供参考')
    """
    words = words.strip()
    for pattern, level in _NUMBERS:
        if depth > 1 and (match := pattern.match(words)):
            return Heading("", level, match[0], words[match.end() :].strip("　 "), claim)
    return Heading("", min(depth - 1, DEEPEST), "", words, claim)


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

    return mistune.create_markdown(renderer=None, plugins=["table", *_TABLES_WITHIN, "footnotes"])


@dataclass(frozen=True)
class _Source:
    """Where a text comes from: a file that people wrote, or a cell of the notebook (empty); its footnotes; its highest heading."""

    file: str = ""
    awaited: bool = False
    notes: Notes = field(default_factory=Notes)
    highest: int = 1


def blocks(text: str, *, file: str = "", awaited: bool = False, key: str = "text") -> list[Block]:
    """Return the blocks of a Markdown text.

    Args:
        text: the Markdown.
        file: the file that people wrote it in; empty for a cell of the notebook.
        awaited: whether it only asks for text.
        key: what the names of its tables begin with.
    """
    tokens: Any = _parser()(_kept(text) if file else text)
    marked = [token["attrs"]["level"] for token in tokens if token["type"] == "heading" and token["style"] == "atx"]
    source = _Source(file, awaited, Notes(_footnotes(tokens)), min(marked, default=1))
    found = [block for token in tokens for block in _block(token, source)]
    tables = iter(range(1, len(found) + 1))
    return [replace(block, id=f"{key}_{next(tables)}") if isinstance(block, TableBlock) else block for block in found]


def _kept(text: str) -> str:
    """Return what people typed, safe from the rules of Markdown that would swallow it.

    Definitions that nothing refers to would vanish; a line that begins with a full-width space is a paragraph.
    """
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence and (found := _DEFINITION.match(line)):
            cited = found["key"] and text.count(f"[^{found['key']}]") > text.count(f"[^{found['key']}]:")
            lines += ["", line if cited else line.replace("[", "\\[", 1)]
            continue
        elif not fence and line.startswith("\u3000"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines)


def _footnotes(tokens: list[dict[str, Any]]) -> dict[str, str]:
    """Return the words of each footnote by its key."""
    items = [item for token in tokens if token["type"] == "footnotes" for item in token["children"]]
    return {item["attrs"]["key"]: "".join(words(child, Notes()) for child in item["children"]) for item in items}


def _block(token: dict[str, Any], source: _Source) -> Iterator[Block]:
    kind = token["type"]
    if kind == "heading" and source.file and token["style"] == "setext":
        yield from _paragraphs(token, source)  # a rule of dashes under a line makes no heading of it
    elif kind == "heading":
        yield _heading(token, source)
    elif kind in ("paragraph", "block_text"):
        yield from _paragraphs(token, source)
    elif kind == "list":
        yield from _typed_numbers(token, source) if source.file and token["attrs"]["ordered"] else _listings(token, source)
    elif kind == "table":
        yield _table(token, source)
    elif kind == "block_code" and source.file and token["style"] == "indent":
        # Indented with spaces, as in a text program: no program code.
        unindented = "\n\n".join(line.strip() for line in token["raw"].splitlines())
        yield from (block for child in _parser()(unindented) for block in _block(child, source))  # type: ignore[arg-type]
    elif kind in ("block_code", "block_html"):
        yield Paragraph((Span(token["raw"].rstrip("\n"), code=kind == "block_code"),), file=source.file)
    elif kind == "block_quote":
        for child in token["children"]:
            yield from _block(child, source)


def _heading(token: dict[str, Any], source: _Source) -> Heading:
    text, depth = words(token, source.notes), token["attrs"]["level"]
    if not source.file:
        return heading(text, depth)
    if note := source.notes.taken():
        text += f"（注：{note.removesuffix('。')}）"
    # A text that people wrote stands below the numbered heading of its section, however its own headings are numbered.
    return Heading("", DEEPEST - 1 if depth == source.highest else DEEPEST, "", text.strip(), None, source.file)


def _paragraphs(token: dict[str, Any], source: _Source) -> Iterator[Paragraph]:
    if source.file:
        found = list(spans(token, source.notes))
        made = paragraphs(found)
    else:
        made = [joined(spans(token, source.notes))]
    note = source.notes.taken()
    for position, line in enumerate(made, start=1):
        yield Paragraph(line, note=note if position == len(made) else "", file=source.file, awaited=source.awaited)


def _typed_numbers(token: dict[str, Any], source: _Source) -> Iterator[Block]:
    """Yield the items of a numbered list as paragraphs that keep their numbers, whatever stands between them."""
    for number, item in enumerate(token["children"], start=token["attrs"].get("start", 1)):
        inside = [block for child in item["children"] for block in _block(child, source)]
        mark = Span(f"{number}{token['bullet']} ")
        if inside and isinstance(inside[0], Paragraph):
            yield replace(inside[0], spans=(mark, *inside[0].spans))
            yield from inside[1:]
        else:
            yield Paragraph((replace(mark, text=mark.text.rstrip()),), file=source.file, awaited=source.awaited)
            yield from inside


def _listings(token: dict[str, Any], source: _Source) -> Iterator[Block]:
    """Yield a list, cut where something stands in it that is no item."""
    ordered = bool(token["attrs"]["ordered"])
    items: list[tuple[Paragraph, int]] = []
    for block, depth in _items(token, source, 0):
        if depth is not None and isinstance(block, Paragraph):
            items.append((block, depth))
            continue
        if items:
            yield _listing(items, ordered)
            items = []
        yield block
    if items:
        yield _listing(items, ordered)


def _listing(items: list[tuple[Paragraph, int]], ordered: bool) -> Listing:
    return Listing(tuple(item for item, _ in items), tuple(depth for _, depth in items), ordered)


def _items(token: dict[str, Any], source: _Source, depth: int) -> Iterator[tuple[Block, int | None]]:
    """Yield the items of a list with their depth, and what else stands in it without one."""
    for item in token["children"]:
        opened = False
        for child in item["children"]:
            if child["type"] == "list" and child["attrs"]["ordered"] == token["attrs"]["ordered"]:
                yield from _items(child, source, depth + 1)
                continue
            for block in _block(child, source):
                yield block, depth if isinstance(block, Paragraph) and not opened else None
                opened = True


def _table(token: dict[str, Any], source: _Source) -> TableBlock:
    head, *bodies = token["children"]
    columns = tuple(_cell(cell, source) for cell in head["children"])
    rows = tuple(tuple(_cell(cell, source) for cell in row["children"]) for body in bodies for row in body["children"])
    numeric = frozenset(name for name, cell in zip(columns, head["children"], strict=True) if cell["attrs"]["align"] == "right")
    return TableBlock("", "", "", columns, rows, numeric, False, (), (), {})


def _cell(token: dict[str, Any], source: _Source) -> str:
    text, note = words(token, source.notes), source.notes.taken()
    return f"{text}（注：{note.removesuffix('。')}）" if note else text
