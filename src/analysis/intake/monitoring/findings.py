"""Collects every problem and notice of one file, so that all are told at once and in the file's order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from analysis.vocabulary.errors import InputError, Problem

SHOWN_PLACES = 8
MAXIMUM_PROBLEMS = 500  # nobody reads more at a time, and what follows is mostly the same mistake again


class _Told:
    """Stands in a cell whose problem is already told: nothing further is said of it, and it is not taken for empty."""


TOLD: Final = _Told()


@dataclass(frozen=True)
class Cell:
    """One cell as read.

    Attributes:
        value: None for an empty cell; ``TOLD`` where its problem is told already.
        address: for messages: ``指标!F12`` or ``第12行 value列``.
        position: sheet, row and column, for the order of messages.
        percent_format: whether the workbook shows the number as a percentage, so that 39% is stored as 0.39.
    """

    value: Any
    address: str
    position: tuple[int, int, int]
    percent_format: bool = False

    @property
    def text(self) -> str:
        """The cell as text without blanks at its ends; empty for an empty cell."""
        if self.value is None or self.value is TOLD:
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return f"{self.value:.0f}"
        return str(self.value).strip()


@dataclass
class Findings:
    """The problems and notices of one file."""

    file: str
    _problems: list[tuple[Cell, str, Problem]] = field(default_factory=list)
    _rows: dict[tuple[int, int], str] = field(default_factory=dict)
    _notices: dict[str, list[str]] = field(default_factory=dict)

    def error(self, cell: Cell, about: str, found: str, expected: str, action: str) -> None:
        """Note a problem of a cell; ``about`` names indicator and year, or is empty where they are not known yet."""
        self._problems.append((cell, about, Problem("", found, expected, action)))

    def name_row(self, cell: Cell, about: str) -> None:
        """Say which indicator and year the row of a cell holds, for the problems told before that was known."""
        self._rows[cell.position[:2]] = about

    def notice(self, words: str, place: str) -> None:
        """Note something that is no error; places with the same words are told together."""
        self._notices.setdefault(words, []).append(place)

    def notices(self) -> tuple[str, ...]:
        """Return the notices, each with its places."""
        return tuple(f"{words}：{listed(places)}" for words, places in self._notices.items())

    def raise_problems(self) -> None:
        """Raise all problems in the order of sheet, row and column, of a great many the first; do nothing if there are none."""
        if not self._problems:
            return
        ordered = sorted(self._problems, key=lambda item: item[0].position)
        problems = [self._addressed(*item) for item in ordered[:MAXIMUM_PROBLEMS]]
        rest = len(ordered) - len(problems)
        if rest:
            problems.append(Problem(f"文件 {self.file}", f"另有{rest:,}处问题没有列出", "", "先改正以上各处，再检查一次"))
        raise InputError(problems)

    def _addressed(self, cell: Cell, about: str, problem: Problem) -> Problem:
        named = about or (self._rows.get(cell.position[:2], "") if cell.position[2] else "")  # column 0: not of a single cell
        return replace(problem, where=" ".join(filter(None, (self.file, cell.address, named))))


def listed(places: list[str]) -> str:
    """Return places for a message: the first of them, and how many there are."""
    shown = "、".join(places[:SHOWN_PLACES])
    return shown if len(places) <= SHOWN_PLACES else f"{shown} 等{len(places)}处"
