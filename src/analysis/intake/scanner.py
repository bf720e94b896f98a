"""Reads figures, texts and row numbers off a stretch of a plan's text, one after the other."""

from __future__ import annotations

import re
from decimal import Decimal

from analysis.intake.page_text import MAYBE_PAGE_NUMBER, PAGE_BREAK, PageText
from analysis.vocabulary.errors import InputError

_MISSING = re.compile(r"—|[-－](?!\d)")
_NUMBER = re.compile(r"([-－]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)(%?)(?![\d.,，])")
_MAYBE = re.compile(rf"{MAYBE_PAGE_NUMBER}(\d+){MAYBE_PAGE_NUMBER}")
MISSING = None


class Scanner:
    """A position in a stretch ``start``–``end`` of a plan's text.

    Attributes:
        pages: the text.
        position: where the next cell is read.
        end: where the stretch ends.
        place: what is being read (``专栏1 序号7``), for messages.
        page_turned: whether a page break was passed since it was last set to False.
    """

    def __init__(self, pages: PageText, start: int, end: int, place: str) -> None:
        self.pages = pages
        self.position = start
        self.end = end
        self.place = place
        self.page_turned = False

    def rest(self) -> str:
        """Return the text from here to the end of the stretch."""
        return self.pages.text[self.position : self.end]

    def fail(self, found: str, expected: str, action: str = "", at: int | None = None) -> InputError:
        """Return the error to raise, with the address of the character at ``at`` (here, by default)."""
        position = self.position if at is None else at
        return InputError([self.pages.problem(position, self.place, found, expected, action)])

    def skip(self) -> None:
        """Pass spaces and page breaks."""
        while self.position < self.end and self.pages.text[self.position] in (" ", PAGE_BREAK):
            self.page_turned |= self.pages.text[self.position] == PAGE_BREAK
            self.position += 1

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern here, inside the stretch, and pass it; None leaves the position."""
        found = pattern.match(self.pages.text, self.position, self.end)
        if found:
            self.position = found.end()
        return found

    def at_value(self) -> bool:
        """Say whether a figure or a missing mark stands here."""
        position, turned = self.position, self.page_turned
        self.skip()
        text, here = self.pages.text, self.position
        seen = any(pattern.match(text, here, self.end) for pattern in (_MISSING, _NUMBER, _MAYBE))
        self.position, self.page_turned = position, turned
        return seen

    def value(self, column: str, *, percent: bool = False) -> Decimal | None:
        """Read one figure; ``—`` is a missing one.

        Args:
            column: the column's name, for messages.
            percent: the column prints a % sign behind the figure.

        Raises:
            InputError: anything else stands here.
        """
        self.skip()
        maybe = self.match(_MAYBE)
        if maybe:
            return Decimal(maybe.group(1))
        if self.match(_MISSING):
            return MISSING
        number = _NUMBER.match(self.pages.text, self.position, self.end)
        if not number or (percent and not number.group(2)):
            raise self.fail(self.shown() or "文字到此为止", f"{column}的数值" + ("（带%）" if percent else "或—"))
        self.position = number.end()
        return Decimal(re.sub("[,，]", "", number.group(1)).replace("－", "-"))

    def row_number(self, expected: int) -> bool:
        """Pass the row number if the expected one stands here as a whole number; else stay."""
        self.skip()
        text = self.pages.text
        maybe = _MAYBE.match(text, self.position, self.end)
        if maybe:
            # A bare integer before a page break: the row's number only if the new page does not begin with it.
            after = maybe.end()
            while after < self.end and text[after] in (" ", PAGE_BREAK):
                after += 1
            if int(maybe.group(1)) != expected or re.match(rf"{expected}(?!\d)", text[after : after + 8]):
                self.position = after
                self.page_turned = True
            else:
                self.position = maybe.end()
                return True
        return self.match(re.compile(rf"{expected}(?![\d.,%])\s?")) is not None

    def shown(self, length: int = 16) -> str:
        """Return the next characters as they may be shown in a message."""
        text = self.pages.text[self.position : min(self.end, self.position + length)]
        return text.replace(PAGE_BREAK, "").replace(MAYBE_PAGE_NUMBER, "").strip()
