"""What changed between two texts, line by line, with changed lines matched to what they were."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.publishing.editing.office_text import CELL_MARK, HEADING_MARK, NOTE_MARKS

# How alike two lines must be to be one that changed, and how many lines are searched for it: a table may change in every row.
_ALIKE, _WINDOW = 0.4, 20
# A number and a checksum change as a whole; other text by characters.
_PIECE = re.compile(r"(?<![0-9A-Za-z])(?=\d*[a-f])[0-9a-f]{8,64}(?![0-9A-Za-z])|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?|[A-Za-z]+|.", re.DOTALL)
# Lines by which a reader finds a place again: headings and the titles of tables.
_LANDMARK = re.compile(rf"^(?:{HEADING_MARK}|附件[一二三四五六七八九十]|表\d+\s)")


@dataclass(frozen=True)
class LineChange:
    """One line before and after.

    Attributes:
        before, after: the line; empty where it was added or taken away.
        place: heading or table title that it stands under, or 脚注, 批注; empty before the first.
        columns: of a row of a table, the headings of the cells that changed.
    """

    before: str
    after: str
    place: str = ""
    columns: tuple[str, ...] = ()

    def pieces(self) -> list[tuple[str, str]]:
        """Return both lines as one run of pieces, each with its kind: same, gone or new.

        Example:
            >>> LineChange("共26项", "共27项").pieces()
            [('same', '共'), ('gone', '26'), ('new', '27'), ('same', '项')]
        """
        old, new = _PIECE.findall(self.before), _PIECE.findall(self.after)
        found: list[tuple[str, str]] = []
        for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind == "equal":
                found.append(("same", "".join(old[i:j])))
            else:
                found += [(name, "".join(part)) for name, part in (("gone", old[i:j]), ("new", new[k:m])) if part]
        return found


def line_changes(before: Sequence[str], after: Sequence[str], cells: Callable[[str], list[str]] | None = None) -> list[LineChange]:
    """Return the changed, added and removed lines in their order.

    Args:
        before, after: the lines.
        cells: takes a line of a table whose first line is its heading apart; left out, rows of tables are told by their marks.

    Example:
        >>> [(c.before, c.after) for c in line_changes(["甲。", "共26项。", "乙。"], ["甲。", "共27项。", "乙。", "丙。"])]
        [('共26项。', '共27项。'), ('', '丙。')]
    """
    found: list[LineChange] = []
    place, seen = "", 0
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            place = next((line for line in reversed(after[seen:k]) if _LANDMARK.match(line)), place)
            seen = k
            position = k
            for old, new in _matched(before[i:j], after[k:m]):
                heading = after[:1] if cells else after[_top(after, position) : position]
                own = next((mark.rstrip("：") for mark in NOTE_MARKS if (new or old).startswith(mark)), place)
                found.append(LineChange(old, new, own, _columns(old, new, heading, cells or _row)))
                position += bool(new)
    return found


def _row(line: str) -> list[str]:
    return line.split(CELL_MARK)


def _top(lines: Sequence[str], position: int) -> int:
    """Return where the table begins that a row belongs to."""
    while position and CELL_MARK in lines[position - 1]:
        position -= 1
    return position


def _columns(old: str, new: str, heading: Sequence[str], cells: Callable[[str], list[str]]) -> tuple[str, ...]:
    """Return the headings over the cells in which two rows differ; none where the rows are of different lengths."""
    first, second = cells(old), cells(new)
    names = next((row for row in map(cells, heading) if len(row) == len(first)), [])
    if len(first) < 2 or not len(first) == len(second) == len(names):
        return ()
    return tuple(name for name, was, now in zip(names, first, second, strict=True) if was != now and name)


def _matched(gone: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """Match lines that are alike, in order; the rest stands alone."""
    found: list[tuple[str, str]] = []
    waiting = list(gone)
    for line in new:
        place = next((position for position, old in enumerate(waiting[:_WINDOW]) if _alike(old, line)), None)
        if place is None:
            found.append(("", line))
        else:
            found += [(old, "") for old in waiting[:place]]
            found.append((waiting[place], line))
            del waiting[: place + 1]
    return found + [(old, "") for old in waiting]


def _alike(old: str, new: str) -> bool:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
