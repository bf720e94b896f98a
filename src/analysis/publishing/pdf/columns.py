"""Widths of a table's columns, the size of its words, and whether it needs a page on its side."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.publishing.pdf.glyphs import advances
from analysis.publishing.pdf.sheets import TURNED, UPRIGHT, Sheet

# Words are never smaller than this, in points.
SMALLEST = 7.5
# Room left and right of a cell's words together, in em.
PADDING = 0.9
# From line to line, and above and below a cell's words together, in em.
LINE = 1.42
ROW_PADDING = 0.22
# A column this narrow keeps every cell on one line, in em; a wider one is at least so wide.
_UNBROKEN = 6.6
_LEAST = 5.0
_SLACK = 0.1
_ONE_LINE_HEAD = 3.4
_BOLDER = 1.06
# Rows of a table that is not worth a page of its own.
_SHORT = 12
_MOST_LINES = 20
# Longest run without a place to break, in characters.
LONGEST_PIECE = 14
# What stands below the CJK blocks breaks at spaces only.
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")
_RUN = re.compile(rf"[\x21-\x7e]{{{LONGEST_PIECE + 1},}}")
_PIECE = re.compile(rf".{{1,{LONGEST_PIECE}}}(?<=[/._\-=&?:;,])|.{{1,{LONGEST_PIECE}}}")


@dataclass(frozen=True)
class Columns:
    """How a table is set.

    Attributes:
        sheet: the page it needs.
        size: size of its words in points.
        widths: of its columns in points, padding included.
        height: about how high it is, without its title.
        tall: whether a row is so tall that it must be allowed to break.
    """

    sheet: Sheet
    size: float
    widths: tuple[float, ...]
    height: float
    tall: bool


def ems(text: str) -> float:
    """Return how wide the longest line of a text is, in em.

    Example:
        >>> ems("满意度"), round(ems("40.0%"), 1)
        (3.0, 2.9)
    """
    widths = advances()
    return max(sum(widths.get(character, 1.0) for character in line) for line in text.split("\n"))


def pieces(text: str) -> list[str]:
    """Cut a text where a line may break although no word ends there: inside addresses, checksums and other long runs.

    Example:
        >>> pieces("见 data/processed/china_births.csv。")
        ['见 data/', 'processed/', 'china_births.', 'csv。']
    """
    cuts = [0]
    for run in _RUN.finditer(text):
        start = run.start()
        for piece in _PIECE.findall(run[0])[:-1]:
            start += len(piece)
            cuts.append(start)
    return [text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], *, wide: bool) -> Columns:
    """Return how a table is set so that no column is wider than it must and rows stay low.

    Args:
        heads, rows: its words.
        wide: whether it may take a page on its side; others do only where they would not fit upright.
    """
    lengths = [[ems(row[column]) for row in rows] for column in range(len(heads))]
    room = [_room(head, [row[column] for row in rows], lengths[column]) for column, head in enumerate(heads)]
    # Page, size of words, and how many lines a row may have on average; a short table is not worth a page of its own.
    short = len(rows) <= _SHORT
    ways: list[tuple[Sheet, float, float]] = [
        (UPRIGHT, 10.5, 1.4),
        (UPRIGHT, 9.0, math.inf if not wide else 2.2 if short else 1.7),
        (UPRIGHT, 8.0, 3.0 if short or not wide else 0.0),
        (TURNED, 9.0, 1.8),
        (TURNED, 8.0, math.inf),
        (TURNED, SMALLEST, math.inf),
    ]
    for sheet, size, most_lines in ways:
        widths = _widths(lengths, room, sheet.width / size)
        lines = _lines(lengths, widths) if widths else []
        if widths and sum(lines) <= most_lines * len(lines):
            break
    else:
        widths = [TURNED.width / SMALLEST / len(heads)] * len(heads)
        lines = _lines(lengths, widths)
    height = sum(count * LINE + ROW_PADDING for count in [2, *lines]) * size
    tall = max(lines, default=1) > _MOST_LINES
    return Columns(sheet, size, tuple(round(width * size, 2) for width in widths), round(height, 2), tall)


def _room(head: str, cells: Sequence[str], lengths: Sequence[float]) -> tuple[float, float]:
    """Return the least width of a column and the one that keeps every cell on one line, in em."""
    widest = max(lengths, default=0.0)
    least = widest if widest <= _UNBROKEN else max([_LEAST, *map(_longest_word, cells)])
    full = ems(head) * _BOLDER
    narrow = _head(head)
    return max(least, narrow) + _SLACK, max(widest, full if full <= _UNBROKEN else narrow) + _SLACK


def _widths(lengths: Sequence[Sequence[float]], room: Sequence[tuple[float, float]], total: float) -> list[float]:
    """Return widths in em that fill the page; none where the narrowest possible columns are too wide together."""
    free = total - PADDING * len(room)
    if sum(least for least, _ in room) > free:
        return []
    if sum(natural for _, natural in room) <= free:
        spare = (free - sum(natural for _, natural in room)) / len(room)
        return [natural + spare + PADDING for _, natural in room]
    # Near the lowest table a column's width grows with the sum of its lengths to the fourth; the bounds cut it off.
    shares = [sum(length**4 for length in column) ** (1 / 5) for column in lengths]
    low, high = 0.0, max((natural / share for (_, natural), share in zip(room, shares, strict=True) if share), default=0.0)
    for _ in range(25):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_bounded(middle, shares, room)) <= free else (low, middle)
    return [width + PADDING for width in _bounded(low, shares, room)]


def _head(head: str) -> float:
    """Return the least width of a heading: a long one takes two lines, a very long one three."""
    lines = 1 if ems(head) <= _ONE_LINE_HEAD else 2 if ems(head) <= 2 * _UNBROKEN else 3
    return _BOLDER * max(_longest_word(head), math.ceil(ems(head) / lines))


def _bounded(scale: float, shares: Sequence[float], room: Sequence[tuple[float, float]]) -> list[float]:
    return [min(max(scale * share, least), natural) for share, (least, natural) in zip(shares, room, strict=True)]


def _longest_word(text: str) -> float:
    return max((ems(word) for piece in pieces(text) for word in _WORD.findall(piece)), default=0.0)


def _lines(lengths: Sequence[Sequence[float]], widths: Sequence[float]) -> list[int]:
    """Return how many lines each row has."""
    rows = zip(*lengths, strict=True)
    return [max(math.ceil(length / max(width - PADDING, 0.5)) for length, width in zip(row, widths, strict=True)) for row in rows]
