"""What a name may hold: nothing that belongs to another cell."""

from __future__ import annotations

import re

from analysis.intake.scanner import Scanner

_CHARACTER = re.compile(r"[\u3400-\u9fff\dA-Za-z“”\"‘’'「」『』《》〈〉＂（）、·〇]")
_FIRST = re.compile(r"[\u3400-\u9fff\dA-Za-z“\"‘'「『《〈＂]")
_DIGITS = re.compile(r"\d+")
# A figure may stand apart inside a name only before a word that counts: 4 A级, 60 周岁.
_COUNTED = re.compile(r"[A-Za-z]|周岁|岁|年|级")
_OTHER_CELL = re.compile(r"专栏|类别序号|序号类别|第[一二三四五六七八九十]+[章节]")
NAME_LENGTH = 100


def name_defect(scanner: Scanner, start: int, end: int, number: int) -> int | None:
    """Return where a name holds something that can't belong to it; None if nothing does.

    Args:
        scanner: the text.
        start, end: the name's place.
        number: number of the row that the name belongs to; the next one may not begin a cell inside it.
    """
    text = scanner.pages.text
    if end <= start or not _FIRST.match(text[start]):
        return start
    other = _OTHER_CELL.search(text, start, end)
    for position in range(start, end):
        if not _CHARACTER.match(text[position]) or (other and position == other.start()):
            return position
        figure = text[position].isdigit() and (position == start or not text[position - 1].isdigit())
        if figure and _stray(scanner, start, position, end, number):
            return position
    return start if text.count("（", start, end) != text.count("）", start, end) else None


def _stray(scanner: Scanner, start: int, position: int, end: int, number: int) -> bool:
    """Say whether the figure at a position stands in a name as a cell of its own, or is the next row's number."""
    pages = scanner.pages
    digits = _DIGITS.match(pages.text, position, end)
    assert digits is not None
    if digits.end() == end:
        return True
    if _COUNTED.match(pages.text, digits.end()):
        return False
    opens = position == start or pages.starts_cell[position]
    return opens and (pages.starts_cell[digits.end()] or (position > start and int(digits.group()) == number + 1))


def plain(text: str) -> str:
    """Drop the space between figures from a cell's text."""
    return text.replace(" ", "")
