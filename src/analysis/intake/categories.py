"""The category column of 专栏3, whose cells stand between row number and name and may look like a name's beginning."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from analysis.intake.boxes import Box
from analysis.intake.rows import FILL, Rows, earlier, table_words
from analysis.intake.scanner import Scanner
from analysis.vocabulary.errors import Problem

RESIDUAL = "其他"  # a table may lack it without having lost anything
_OPENING = 5  # characters of a category cell at most


class CategoryColumn:
    """Reads category cells and remembers how the names of the other rows open.

    Args:
        shown: the categories that the other tables of the text show; empty if unknown.
    """

    def __init__(self, shown: Collection[str]) -> None:
        self._shown = frozenset(shown)
        self._openings: list[tuple[int, int, int, bool]] = []  # line of the row, start and length of its first piece, longer piece next

    def read(self, scanner: Scanner, row_start: int, before: Rows, lenient: bool) -> str:
        """Read the category cell that may stand at the scanner's position; none means the category goes on.

        A cell holds a known word and ends before the name. The current category stands there again only behind a page
        break; elsewhere the name begins with its words.

        Raises:
            InputError: it can't be told whether the words are a category or the name's beginning, or there is none.
        """
        scanner.skip()
        start = scanner.position
        current, past = earlier(before)
        word = next((word for word in table_words()["categories"] if scanner.pages.text.startswith(word, start)), "")
        end = start + len(word)
        turned = any(scanner.pages.turns[row_start:end])
        if word and (word != current or turned) and self._is_cell(scanner, start, end, word, current):
            if word in past and not lenient:
                raise scanner.fail(word, f"类别{current}，或名称", "类别不会隔着别的类别再次出现；若是名称的一部分，不要在其后换行")
            scanner.position = end
            return word
        if not (current or lenient):
            raise scanner.fail(scanner.shown(), "类别")
        if word and word == current and scanner.closes(end) and not _wraps(scanner, start, end):
            action = "类别在同一页重复出现：若是类别，删去重复的；若是名称的一部分，不要在其后换行或留空格"
            raise scanner.fail(scanner.shown(), "名称", action)
        pieces = [start]
        for _ in range(4):
            pieces.append(_first_gap(scanner, pieces[-1]))
        lengths = [end - begin for begin, end in pairwise(pieces)]
        self._openings.append((scanner.pages.line_at(row_start), start, lengths[0], max(lengths) > lengths[0]))
        return current

    def _is_cell(self, scanner: Scanner, start: int, end: int, word: str, current: str) -> bool:
        own = scanner.closes(end)
        if not own:
            if word in self._shown and word != current:
                action = "若是类别，在类别与名称之间留空格或换行；若是名称的一部分，在序号后补上类别"
                raise scanner.fail(scanner.shown(), "类别与名称分开", action)
            return False
        if word in self._shown:
            return True
        # Not shown elsewhere: a new category, or a name wrapped behind these words. A wrapped line is as long as the next.
        longer = _first_gap(scanner, end) - end > _last_piece(scanner, start, end)
        if self._shown and not longer:
            return False
        # A blank inside a line wraps nothing, unless the text has blanks between all its characters.
        blank = not scanner.pages.starts_line(end) and _last_piece(scanner, start, end) > 1
        if not self._shown and (longer or blank):
            return True
        raise scanner.fail(scanner.shown(), "类别或名称", f"看不出“{word}”是类别还是名称的开头；若是名称的一部分，不要在其后换行")

    def lost(self, box: Box, rows: Rows) -> list[Problem]:
        """Tell of names that open with a short cell while a category of the other tables is missing: it may be that one."""
        missing = self._shown - {row.category for row in rows} - {RESIDUAL}
        if not missing:
            return []
        read = {row.source_line for row in rows}
        short = [(start, length) for line, start, length, _ in self._openings if length <= _OPENING and line in read]
        # A wrapped line is as long as the next; what is shorter was not wrapped.
        unwrapped = [(start, length) for line, start, length, longer in self._openings if longer and (start, length) in short]
        return [
            box.pages.problem(
                start,
                box.label,
                box.pages.text[start : start + length],
                f"名称，或类别（{'、'.join(sorted(missing))}在本表没有出现）",
                "若是类别，改为完整的类别；若是名称的一部分，不要在其后换行",
            )
            for start, length in unwrapped or short
        ]


def _first_gap(scanner: Scanner, start: int) -> int:
    end = start + 1
    while end < scanner.end and not scanner.pages.starts_cell[end]:
        end += 1
    return end


def _wraps(scanner: Scanner, start: int, end: int) -> bool:
    """Say whether a text goes on behind a gap as a wrapped one does: the next piece is no longer, or the line is full."""
    if _first_gap(scanner, end) - end <= _last_piece(scanner, start, end):
        return True
    line = start
    while not scanner.pages.starts_line(line):
        line -= 1
    return scanner.pages.starts_line(end) and end - line >= scanner.pages.line_end(end) - end - FILL


def _last_piece(scanner: Scanner, start: int, end: int) -> int:
    pieces = [at for at in range(start, end) if at == start or scanner.pages.starts_cell[at]]
    return end - pieces[-1]
