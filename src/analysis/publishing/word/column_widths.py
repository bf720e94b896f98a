"""Widths of a table's columns, from what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from analysis.publishing.document.model import TableBlock

_UNBROKEN = re.compile(r"[!-~−＊%→]+")
_UNIT_OF_HEAD = re.compile("(?=（)")
_HEAD_UNITS, _HEAD_PIECE_UNITS, _HEAD_LINES = 6, 8, 3
_SHORT_UNITS, _SHORT_NUMBER_UNITS, _LONGEST_WORD_UNITS = 12, 14, 24
_SLACK_UNITS = 1
_BROAD = frozenset("%+−ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_EXPONENT = 0.75


def units(text: str) -> int:
    """Return the width of text in halves of a Chinese character; % and capitals are nearly as wide as one.

    Example:
        >>> units("完成率90%")
        10
    """
    return sum(2 if character in _BROAD or unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def natural_units(table: TableBlock) -> list[int]:
    """Return for each column the width that needs no line break within its cells; heads may break once they are longer."""
    return [max(_head_units(head), *map(units, cells)) for head, cells in _columns(table)]


def column_widths(table: TableBlock, available: int, unit: int, padding: int) -> list[int]:
    """Share the width of the page out to the columns: short ones keep their words on one line, long ones share the rest.

    Args:
        table: the table.
        available: width in twips.
        unit: twips that half a Chinese character takes.
        padding: twips that a cell's margins take together.

    Returns:
        Twips for each column, which add up to the available width.
    """
    natural = [(width + _SLACK_UNITS) * unit + padding for width in natural_units(table)]
    least = [(width + _SLACK_UNITS) * unit + padding for width in _least_units(table)]
    shares = [float(width) for width in natural] if sum(natural) <= available else _fitted(natural, least, available)
    whole = [int(share * available / sum(shares)) for share in shares]
    whole[-1] += available - sum(whole)
    return whole


def least_total(table: TableBlock, unit: int, padding: int) -> int:
    """Return the twips that a table needs at least."""
    return sum((width + _SLACK_UNITS) * unit + padding for width in _least_units(table))


def fits(table: TableBlock, available: int, unit: int, padding: int, lines: int) -> bool:
    """Say whether no cell of a table needs more than so many lines, and no column less than it needs at least.

    Args:
        table, available, unit, padding: as :func:`column_widths`.
        lines: lines that a cell may take.
    """
    if least_total(table, unit, padding) > available:
        return False
    return max(row_lines(table, column_widths(table, available, unit, padding), unit, padding), default=1) <= lines


def row_lines(table: TableBlock, widths: Sequence[int], unit: int, padding: int) -> list[int]:
    """Return about how many lines each row takes.

    Args:
        table, unit, padding: as :func:`column_widths`.
        widths: of its columns, in twips.
    """
    rooms = [max(width - padding, unit) for width in widths]
    return [max(1, *(-(-units(cell) * unit // room) for cell, room in zip(row, rooms, strict=True))) for row in table.rows]


def _fitted(natural: list[int], least: list[int], available: int) -> list[float]:
    """Narrow the widest columns most, none below what it needs at least."""
    low, high = 0.0, float(max(natural))
    widths = [float(width) for width in least]
    for _ in range(40):  # halves the interval until it is far below a twip
        middle = (low + high) / 2
        widths = [max(small, min(wide, middle * wide**_EXPONENT)) for wide, small in zip(natural, least, strict=True)]
        low, high = (middle, high) if sum(widths) < available else (low, middle)
    return widths


def _columns(table: TableBlock) -> list[tuple[str, list[str]]]:
    """Return for each column its head and its cells; a table without rows counts as one with empty cells."""
    rows = table.rows or (("",) * len(table.columns),)
    return [(head, list(cells)) for head, cells in zip(table.columns, zip(*rows, strict=True), strict=True)]


def _head_units(head: str) -> int:
    """Return the width at which a head breaks before its unit only or, where it is long, takes three lines at most."""
    piece = max(map(units, _UNIT_OF_HEAD.split(head)))
    if piece <= _HEAD_PIECE_UNITS:
        return piece
    return max(min(units(head), _HEAD_UNITS), -(-units(head) // _HEAD_LINES) + 1, _unbroken(head))


def _unbroken(text: str) -> int:
    """Return the width of the longest word or number; a very long one (an address) may break."""
    return min(max(map(units, _UNBROKEN.findall(text)), default=0), _LONGEST_WORD_UNITS)


def _least_units(table: TableBlock) -> list[int]:
    found = []
    for (head, cells), natural in zip(_columns(table), natural_units(table), strict=True):
        # Numbers stay on one line, but for pairs of numbers and numbers with remarks.
        short = _SHORT_NUMBER_UNITS if head in table.numeric else _SHORT_UNITS
        found.append(natural if natural <= short else max(short, _head_units(head), *map(_unbroken, cells)))
    return found
