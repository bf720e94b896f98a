"""What a page prints around a table's rows: footnotes at its foot, 续表 at its head; and bare page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.intake.page_text import PageText

Span = tuple[int, int]
NOTE_MARK = re.compile(r"[*※①-⑳]|(?:注|备注|说明|资料来源|数据来源)[：:]")
_NUMBERED_NOTE = re.compile(r"(?:\d{1,2}[.、]?|\[\d{1,2}\]|（\d{1,2}）) ?[\u4e00-\u9fff][^。]{2,120}。$")
# A figure that follows a unit, or an attribute that follows a figure or rule: no note may swallow such a row.
ROW_MARK = re.compile(r"（[^（）]{1,12}）(?:—|-|\d[\d.,，]*[ %—])|(?:[\d%—]|标准|增速|倍)(?:约束性|预期性)|\d(?:不低于|参照)")
_CONTINUED = re.compile(r"（?(?:续上?表|接上?表|续专栏)(?:\d+|[一二三四五六七八九十])?）?")
_NOTE_LINES = 3


@dataclass(frozen=True)
class Furniture:
    """Stretches of a text that belong to the pages, not to the rows.

    Attributes:
        spans: what is to be taken out.
        notes: the footnotes among them: where each begins, and its text.
        numbers: bare integers that are page numbers for certain.
        unsure: bare integers before a page's end that may be figures as well.
        unnumbered: whether other pages end without a bare integer, so that this text does not print bare numbers.
    """

    spans: tuple[Span, ...]
    notes: tuple[tuple[int, str], ...]
    numbers: tuple[Span, ...]
    unsure: tuple[Span, ...]
    unnumbered: bool


def find_furniture(pages: PageText, firsts: list[Span], repeats: list[Span]) -> Furniture:
    """Find what stands around the page breaks.

    Args:
        pages: the text.
        firsts: each table's first title and header.
        repeats: the repeated ones, which mark page breaks.
    """
    spans = [*repeats, *_continued(pages)]
    turns = {start for start, _ in spans} | {place for place, turned in enumerate(pages.turns) if turned}
    breaks = turns | {start for start, _ in firsts}
    spans += firsts
    ends = {end: (start, end) for start, end in pages.bare_integers}
    notes: list[Span] = []
    bare: list[Span] = []
    for place in sorted(breaks):
        before = place - 1 if place and pages.text[place - 1] == " " else place
        integer = ends.get(before)
        if integer:
            bare.append(integer)
        notes += _notes_before(pages, integer[0] if integer else before)
    # A bare number may stand above 续表 and the title both: one page's end each.
    bare = sorted(set(bare))
    values = [int(pages.text[start:end]) for start, end in bare]
    certain = {
        span
        for index, span in enumerate(bare)
        if any(0 <= other < len(bare) and values[other] - values[index] == other - index for other in (index - 1, index + 1))
    }
    pages_ends = {place for place in turns - {0} if not any(start < place <= end for start, end in spans)}
    return Furniture(
        tuple(spans + notes),
        tuple((start, pages.text[start:end]) for start, end in notes),
        tuple(sorted(certain)),
        tuple(span for span in bare if span not in certain),
        len(pages_ends) > len(bare),
    )


def _continued(pages: PageText) -> Iterator[Span]:
    """Find lines that say no more than 续表."""
    for found in _CONTINUED.finditer(pages.text):
        if pages.starts_line(found.start()) and pages.starts_line(found.end()):
            yield found.span()


def _notes_before(pages: PageText, end: int) -> list[Span]:
    """Find the footnotes that stand, one above the other, right before a page's end; rows never contain 。"""
    notes: list[Span] = []
    while (start := _note_before(pages, end)) is not None:
        notes.insert(0, (start, end))
        end = start
    return notes


def _note_before(pages: PageText, end: int) -> int | None:
    closed = end > 0 and pages.text[end - 1] == "。"
    start = end
    for _ in range(_NOTE_LINES if closed else 1):
        if start <= 0:
            return None
        start -= 1
        while not pages.starts_line(start):
            start -= 1
        content = pages.text[start:end]
        if ROW_MARK.search(content) or ("。" in content[:-1] and not NOTE_MARK.match(content)):
            return None
        if NOTE_MARK.match(content) or (closed and _NUMBERED_NOTE.match(content)):
            return start
    return None
