"""Rows of the tables that print the unit in brackets behind the name: 专栏1 (targets met) and 专栏2 (statistics)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.names import NAME_LENGTH, name_defect, plain
from analysis.intake.rows import Rows, earlier, read_rows, table_words
from analysis.intake.scanner import Percent, Scanner
from analysis.vocabulary.errors import Problem
from analysis.vocabulary.units import COLUMN_UNITS, split_unit

_UNIT = re.compile(r"（([^（）]{1,12})）")
_SUB_ITEM = re.compile(r"[—\- ]*其中[：:]?")


@dataclass(frozen=True)
class AchievedIndicator:
    """One row of 专栏1: an indicator's target and result at the end of the plan."""

    number: int
    category: str
    name: str
    unit: str
    target: Decimal | None
    actual: Decimal | None
    printed_rate_percent: Decimal | None
    source_line: int


@dataclass(frozen=True)
class Statistic:
    """One row of 专栏2: a quantity in two plan periods; ``parent_number`` marks a sub-item (——其中：)."""

    number: int
    category: str
    name: str
    unit: str
    period_12: Decimal | None
    period_13: Decimal | None
    parent_number: int | None
    source_line: int


def read_achieved(box: Box) -> tuple[list[AchievedIndicator], list[Problem]]:
    """Read 专栏1; return its rows and every problem."""
    return read_rows(box, _AchievedReader())


def read_statistics(box: Box) -> tuple[list[Statistic], list[Problem]]:
    """Read 专栏2; return its rows and every problem."""
    return read_rows(box, _StatisticsReader())


class _BracketReader:
    """What the rows of both tables have in common: category, number, name, unit."""

    def begins(self, scanner: Scanner, number: int) -> bool:
        """Say whether a known category, or none, and the number stand here, with text behind."""
        found = scanner.match(_category_before(number))
        if found and found.group() and plain(found.group()) not in table_words()["categories"]:
            return False
        return found is not None and scanner.row_number(number) and re.match(r"[^\d（）。，]{2}|\d", scanner.shown()) is not None

    def labels(self, scanner: Scanner, number: int, before: Rows, lenient: bool) -> tuple[str, int, bool, str, str]:
        """Read category, row number, sub-item mark, name and unit; return category, line, is sub-item, name, unit."""
        category = _category(scanner, number, before, lenient)
        line = scanner.pages.line_at(scanner.position)
        if not scanner.row_number(number):
            raise scanner.fail(scanner.shown(), f"序号{number}")
        is_part = scanner.match(_SUB_ITEM) is not None
        scanner.skip()
        name, unit = _name_and_unit(scanner, number)
        return category, line, is_part, name, unit


class _AchievedReader(_BracketReader):
    def read(self, scanner: Scanner, number: int, before: Rows, *, lenient: bool = False) -> Rows:
        category, line, _, name, unit = self.labels(scanner, number, before, lenient)
        values = scanner.value("目标值"), scanner.value("完成值"), scanner.value("完成率", Percent.ALWAYS)
        return [AchievedIndicator(number, category, name, unit, *values, line)]


class _StatisticsReader(_BracketReader):
    def read(self, scanner: Scanner, number: int, before: Rows, *, lenient: bool = False) -> Rows:
        category, line, is_part, name, unit = self.labels(scanner, number, before, lenient)
        parent = next((row.number for row in reversed(before) if row.parent_number is None), None)
        if is_part and parent is None and not lenient:
            raise scanner.fail("其中", "先有总项，后有其中项")
        values = scanner.value("“十二五”期间"), scanner.value("“十三五”期间")
        return [Statistic(number, category, name, unit, *values, parent if is_part else None, line)]


def _category_before(number: int) -> re.Pattern[str]:
    return re.compile(rf"[^\d（）%—\-]{{0,12}}?(?={number}(?![\d.,%]))")


def _category(scanner: Scanner, number: int, before: Rows, lenient: bool) -> str:
    """Read the category cell that may stand before a row number; none means the category goes on.

    Raises:
        InputError: text stands there that is no known category, a category stands there again without a page break
            or after another one (it may be a part of a name), or there has been none yet.
    """
    scanner.skip()
    start = scanner.position
    found = scanner.match(_category_before(number))
    if not found:
        known = next((word for word in table_words()["categories"] if scanner.rest().startswith(word)), "")
        raise scanner.fail(scanner.shown(), f"序号{number}", at=start + len(known))
    text = plain(found.group())
    current, past = earlier(before)
    if text and text not in table_words()["categories"]:
        raise scanner.fail(text, f"序号{number}，或一个已知类别", at=start)
    turned = any(scanner.pages.turns[start : scanner.position + 1])
    if text and not lenient and (text in past or (text == current and not turned)):
        raise scanner.fail(text, f"序号{number}", "类别在同一页重复出现；若是名称的一部分，把它移到序号之后", at=start)
    if not (text or current or lenient):
        raise scanner.fail(scanner.shown(), "类别", at=start)
    return text or current


def _name_and_unit(scanner: Scanner, number: int) -> tuple[str, str]:
    """Read a name and the bracket behind it that a figure follows."""
    pages, start = scanner.pages, scanner.position
    reach = min(scanner.end, start + NAME_LENGTH)
    unit = next((found for found in _UNIT.finditer(pages.text, start, reach) if _value_follows(scanner, found.end())), None)
    defect = name_defect(scanner, start, unit.start() if unit else reach, number)
    if defect is not None or unit is None:
        raise scanner.fail(scanner.shown(30), "名称（单位）和数值", "补全该行的名称、单位或数值", at=start if defect is None else defect)
    name = plain(pages.text[start : unit.start()])
    if name.endswith("）") and not _known(unit.group(1)):
        raise scanner.fail(name[-12:] + unit.group(), "一个括号内的单位", "名称与数值之间只留单位的括号", at=unit.start())
    scanner.position = unit.end()
    return name, plain(unit.group(1))


def _value_follows(scanner: Scanner, position: int) -> bool:
    while position < scanner.end and scanner.pages.text[position] == " ":
        position += 1
    return position < scanner.end and scanner.value_starts(position)


def _known(unit: str) -> bool:
    return unit in COLUMN_UNITS or split_unit(unit)[1] in COLUMN_UNITS or "/" in unit
