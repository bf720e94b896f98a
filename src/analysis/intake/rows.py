"""What the row readers share: the loop over row numbers, the table's end, the category cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeVar

import yaml

from analysis.intake.boxes import Box
from analysis.intake.page_text import MAYBE_PAGE_NUMBER, PAGE_BREAK
from analysis.intake.scanner import Scanner
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

MARKS = f"{PAGE_BREAK}{MAYBE_PAGE_NUMBER}"
_FOOTNOTE = re.compile(r"[*※]|注[：:]|说明[：:]|资料来源|数据来源")
_PROSE = re.compile(r"[^\d（）%—]{0,6}[“”《》\u4e00-\u9fff、：]{0,60}?[，。；]")
_INTEGER = re.compile(r"(?<![\d.,])\d{1,3}(?![\d.,%])")
Row = TypeVar("Row")
RESYNC_REACH = 12  # rows that a broken passage may hide before reading is given up


@cache
def table_words() -> dict[str, tuple[str, ...]]:
    """Return the known categories, sub-item names and attributes, longest first."""
    content = yaml.safe_load((paths.parameters() / "plan_tables.yml").read_text(encoding="utf-8"))
    return {key: tuple(sorted(words, key=len, reverse=True)) for key, words in content.items()}


def plain(text: str) -> str:
    """Drop page marks and spaces from a cell's text."""
    return re.sub(f"[{MARKS} ]", "", text)


def read_rows(
    box: Box, read_row: Callable[[Scanner, int], list[Row]], row_pattern: re.Pattern[str]
) -> tuple[list[Row], list[Problem]]:
    """Read numbered rows until the table ends; after a defect go on at the next row that reads well.

    Args:
        box: the box to read.
        read_row: reads the row of the given number at the scanner's position; raises InputError.
        row_pattern: what a row of this table looks like, to notice rows left over behind the table's end.

    Returns:
        The rows, and every problem found.
    """
    scanner = Scanner(box.pages, box.start, box.end, box.label)
    rows: list[Row] = []
    problems: list[Problem] = []
    number = 1
    while not _ended(scanner, number):
        scanner.place = f"{box.label}序号{number}"
        start = scanner.position
        try:
            rows += read_row(scanner, number)
            number += 1
        except InputError as error:
            problems += error.problems
            following = _resume(scanner, start, number, read_row)
            if following is None:
                return rows, problems
            number = following
    scanner.place = f"{box.label}表末"
    left = row_pattern.search(scanner.rest())
    if left:
        at = scanner.position + left.start()
        problems.append(box.pages.problem(at, scanner.place, plain(left.group())[:20], f"序号{number}，或表的结束"))
    if not rows and not problems:
        problems.append(box.pages.problem(box.start, box.label, "没有任何数据行", "序号1开始的数据行"))
    return rows, problems


def _ended(scanner: Scanner, number: int) -> bool:
    """Say whether the table ends here: at the end of its stretch, a footnote, or a sentence."""
    scanner.skip()
    rest = scanner.rest()
    if not plain(rest):
        return True
    if _FOOTNOTE.match(rest):
        again = re.search(rf"{PAGE_BREAK}+(?=[^\d（）%—]{{0,12}}{number}(?!\d))", rest)
        if again is None:
            return True
        scanner.position += again.end()
        scanner.page_turned = True
        return False
    return _PROSE.match(rest) is not None


def _resume(
    scanner: Scanner, start: int, broken: int, read_row: Callable[[Scanner, int], list[Row]]
) -> int | None:
    """Move to the next row after a broken one that reads well, and return its number."""
    text = scanner.pages.text
    for found in _INTEGER.finditer(text, start, scanner.end):
        number = int(found.group())
        if not broken < number <= broken + RESYNC_REACH:
            continue
        # A category cell may stand before the number: begin where the Han characters before it do.
        before = re.search(rf"[\u4e00-\u9fff{MARKS}]*$", text[start : found.start()])
        for begin in (found.start() - len(before.group()) if before else found.start(), found.start()):
            scanner.position = begin
            try:
                read_row(scanner, number)
            except InputError:
                continue
            scanner.position = begin
            return number
    return None


def category_here(scanner: Scanner, current: str, number: int) -> str:
    """Read the category cell that may stand before a row number; none means the category goes on.

    Raises:
        InputError: text stands there that is no known category, or no category has been seen yet.
    """
    scanner.skip()
    before = re.compile(rf"[^\d（）%{MAYBE_PAGE_NUMBER}]*?(?={number}(?!\d))")
    start = scanner.position
    found = scanner.match(before)
    text = plain(found.group()) if found else ""
    if text and text not in table_words()["categories"]:
        raise scanner.fail(text, f"序号{number}，或一个已知类别", at=start)
    if not (text or current):
        raise scanner.fail(scanner.shown(), "类别", at=start)
    return text or current

