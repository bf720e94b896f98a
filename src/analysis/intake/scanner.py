"""Reads figures, texts and row numbers off a stretch of a plan's text, one after the other."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from analysis.intake.page_text import PageText
from analysis.vocabulary.errors import InputError

_MISSING = re.compile(r"—{1,2}|-{1,2}(?!\d)")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?(?P<percent>%?)")
_INTEGER = re.compile(r"\d+")


class Percent(Enum):
    """Whether a column prints % behind its figures."""

    NEVER = "不带%"
    ALLOWED = "可带%"
    ALWAYS = "带%"


class Scanner:
    """A position in a stretch of a plan's text that ends at ``end``.

    Attributes:
        pages: the text.
        position: where the next cell is read.
        end: where the stretch ends.
        place: what is being read (``专栏1序号7``), for messages.
    """

    def __init__(self, pages: PageText, start: int, end: int, place: str) -> None:
        self.pages = pages
        self.position = start
        self.end = end
        self.place = place

    def at(self, position: int) -> Scanner:
        """Return another scanner of the same stretch at another position."""
        return Scanner(self.pages, position, self.end, self.place)

    def rest(self) -> str:
        """Return the text from here to the end of the stretch."""
        return self.pages.text[self.position : self.end]

    def fail(self, found: str, expected: str, action: str = "", at: int | None = None) -> InputError:
        """Return the error to raise, with the address of the character at ``at`` (here, by default)."""
        position = self.position if at is None else at
        # Beyond the stretch another box begins: what is missing at its end is missing behind its last character.
        return InputError([self.pages.problem(min(position, self.end - 1), self.place, found, expected, action)])

    def skip(self) -> None:
        """Pass the space between two figures."""
        while self.position < self.end and self.pages.text[self.position] == " ":
            self.position += 1

    def done(self) -> bool:
        """Say whether the stretch ends here."""
        self.skip()
        return self.position >= self.end

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern here, inside the stretch, and pass it; None leaves the position."""
        found = pattern.match(self.pages.text, self.position, self.end)
        if found:
            self.position = found.end()
        return found

    def closes(self, position: int) -> bool:
        """Say whether a cell ends before a position."""
        return position >= self.end or self.pages.starts_cell[position]

    def value_starts(self, position: int) -> bool:
        """Say whether a figure with others behind it, or a missing mark, stands at a position as a cell of its own."""
        text = self.pages.text
        if _MISSING.match(text, position, self.end):
            return True
        number = _NUMBER.match(text, position, self.end)
        return number is not None and (self.closes(number.end()) or text[number.end()] in " —不参")

    def value(self, column: str, percent: Percent = Percent.NEVER) -> Decimal | None:
        """Read one figure; ``—`` is a missing one, None.

        Raises:
            InputError: anything else stands here, or a letter or sign sticks to the figure.
        """
        self.skip()
        expected = f"{column}的数值" + ("（带%）" if percent is Percent.ALWAYS else "或—")
        if self.match(_MISSING):
            return None
        number = _NUMBER.match(self.pages.text, self.position, self.end)
        if not number or (percent is Percent.ALWAYS and not number["percent"]):
            # What is missing at a line's end is shown with that line.
            at = self.position - 1 if self.pages.starts_line(self.position) else self.position
            raise self.fail(self.shown() or "文字到此为止", expected, at=max(0, at))
        if percent is Percent.NEVER and number["percent"]:
            raise self.fail(number.group(), expected, "该列不是百分数；核对原件是否少了数值")
        if not self._ends_figure(number):
            raise self.fail(self.shown(), expected, "数字后面粘着别的字符；核对原件")
        self.position = number.end()
        return Decimal(re.sub("[,，%]", "", number.group()))

    def _ends_figure(self, number: re.Match[str]) -> bool:
        """Say whether a figure ends where it seems to: text may stick to it, a letter or sign may not."""
        end = number.end()
        if self.closes(end):
            return True
        following = self.pages.text[end]
        return bool(re.match(r"[\u4e00-\u9fff—“‘ ]", following)) or (number["percent"] == "%" and following.isdigit())

    def integer(self) -> int | None:
        """Return the whole number that stands here, without passing it."""
        self.skip()
        number = _INTEGER.match(self.pages.text, self.position, self.end)
        return int(number.group()) if number else None

    def row_number(self, expected: int) -> bool:
        """Pass the row number if the expected one stands here as a whole number; else stay."""
        self.skip()
        number = re.compile(rf"{expected}(?![\d.,%])").match(self.pages.text, self.position, self.end)
        if not number or (not self.closes(number.end()) and re.match("[A-Za-z]", self.pages.text[number.end()])):
            return False
        self.position = number.end()
        self.skip()
        return True

    def shown(self, length: int = 16) -> str:
        """Return the next characters as they may be shown in a message."""
        return self.pages.text[self.position : min(self.end, self.position + length)].strip()
