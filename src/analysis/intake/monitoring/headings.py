"""The header row of a monitoring table: found by its headings, Chinese or English, in any order."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.archive.forms import COLUMNS, LABELS
from analysis.intake.monitoring.findings import TOLD

# How far down the header row may stand: officials put titles and remarks above it.
SEARCHED_ROWS = 30
LEAST_KNOWN = 3
LABEL_PREFIX = "label:"
_LONGEST = 100


def folded(text: str) -> str:
    """Return text as it is compared: full-width characters narrowed, no blanks.

    Example:
        >>> folded("半自理（半失能） ")
        '半自理(半失能)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def _heading(text: str) -> str:
    """Fold a heading; a bracketed remark in it is not part of its name, unless it names a unit. What is long is no heading."""
    return re.sub(r"\([^()万亿千百%‰元人个]*\)", "", folded(text[:_LONGEST])).casefold()


_KNOWN = {
    **{_heading(name): name for name in COLUMNS},
    **{_heading(heading): name for name, heading in COLUMNS.items()},
    **{_heading(heading): f"{LABEL_PREFIX}{name}" for name, heading in LABELS.items()},
    "k": "count", "n": "total", "已达到数": "count", "总数": "total",
}  # fmt: skip
_SHOWN = [*COLUMNS.values(), *COLUMNS, *LABELS.values()]


@dataclass(frozen=True)
class Header:
    """Where the columns of a table stand.

    Attributes:
        row: position of the header row in the table's rows.
        columns: position of each known column; labels carry the prefix ``label:``.
        unknown: positions and texts of headings that mean nothing here.
        twice: positions and texts of headings that stand there a second time.
    """

    row: int
    columns: dict[str, int]
    unknown: tuple[tuple[int, str], ...]
    twice: tuple[tuple[int, str], ...]


def find_header(rows: Sequence[Sequence[object]]) -> Header | None:
    """Return the header row: of the first rows, the one with most known headings; None where none has enough."""
    best, most = None, LEAST_KNOWN - 1
    for position, row in enumerate(rows[:SEARCHED_ROWS]):
        names = [_KNOWN.get(_heading(value), "") for value in row if isinstance(value, str)]
        known = sum(bool(name) and not name.startswith(LABEL_PREFIX) for name in names)
        if known > most:
            best, most = position, known
    if best is None:
        return None
    columns: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    twice: list[tuple[int, str]] = []
    for position, value in enumerate(rows[best]):
        text = "" if value is None or value is TOLD else str(value).strip()
        name = _KNOWN.get(_heading(text))
        if not text:
            continue
        if name is None:
            unknown.append((position, text))
        elif name in columns:
            twice.append((position, text))
        else:
            columns[name] = position
    return Header(best, columns, tuple(unknown), tuple(twice))


def nearest(text: str) -> str:
    """Return the known heading most like a text; empty if none is.

    Example:
        >>> nearest("指标编号"), nearest("vaule")
        ('指标序号', 'value')
    """
    near = difflib.get_close_matches(text.strip()[:_LONGEST], _SHOWN, n=1, cutoff=0.5)
    return near[0] if near else ""
