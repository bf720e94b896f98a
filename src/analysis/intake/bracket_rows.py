"""Rows of the tables that print the unit in brackets behind the name: 专栏1 (targets met) and 专栏2 (statistics)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.page_text import MAYBE_PAGE_NUMBER, PAGE_BREAK
from analysis.intake.rows import MARKS, category_here, plain, read_rows
from analysis.intake.scanner import Scanner
from analysis.vocabulary.errors import Problem

_GAP = f"[ {PAGE_BREAK}]*"
_FIRST_VALUE = rf"(?:{MAYBE_PAGE_NUMBER}|—|-|[-－]?\d[\d.,，]*%?(?=[ —\-{MARKS}]))"
# The unit is the bracket that a figure follows; a name holds no bare figures, so it can't run on into the next row.
_NAME_AND_UNIT = re.compile(rf"(?P<name>[^ %。]{{1,80}}?)（(?P<unit>[^（）]{{1,10}})）{_GAP}(?={_FIRST_VALUE})")
_SUB_ITEM = re.compile(rf"{_GAP}—+{_GAP}其中[：:]?{_GAP}")
ROW = re.compile(rf"（[^（）]{{1,10}}）{_GAP}(?:—|\d)")


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
    category = ""

    def row(scanner: Scanner, number: int) -> list[AchievedIndicator]:
        nonlocal category
        here = category_here(scanner, category, number)
        line, _, name, unit = _labels(scanner, number)
        values = scanner.value("目标值"), scanner.value("完成值"), scanner.value("完成率", percent=True)
        category = here
        return [AchievedIndicator(number, here, name, unit, *values, line)]

    return read_rows(box, row, ROW)


def read_statistics(box: Box) -> tuple[list[Statistic], list[Problem]]:
    """Read 专栏2; return its rows and every problem."""
    category = ""
    parent = 0

    def row(scanner: Scanner, number: int) -> list[Statistic]:
        nonlocal category, parent
        here = category_here(scanner, category, number)
        line, is_part, name, unit = _labels(scanner, number)
        if is_part and not parent:
            raise scanner.fail("其中", "先有总项，后有其中项")
        values = scanner.value("“十二五”期间"), scanner.value("“十三五”期间")
        category = here
        parent = parent if is_part else number
        return [Statistic(number, here, name, unit, *values, parent if is_part else None, line)]

    return read_rows(box, row, ROW)


def _labels(scanner: Scanner, number: int) -> tuple[int, bool, str, str]:
    """Read row number, sub-item mark, name and unit; return line, whether a sub-item, name, unit."""
    scanner.skip()
    line = scanner.pages.line_at(scanner.position)
    if not scanner.row_number(number):
        raise scanner.fail(scanner.shown(), f"序号{number}")
    is_part = scanner.match(_SUB_ITEM) is not None
    found = scanner.match(_NAME_AND_UNIT)
    if not found:
        raise scanner.fail(scanner.shown(30), "名称（单位）和数值", "补全该行的名称、单位或数值")
    return line, is_part, plain(found.group("name")), plain(found.group("unit"))
