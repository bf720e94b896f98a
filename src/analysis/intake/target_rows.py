"""Rows of 专栏3: indicators with base value, targets or a rule, attribute; sub-rows that share cells."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.categories import CategoryColumn
from analysis.intake.names import NAME_LENGTH, name_defect, plain
from analysis.intake.rows import Rows, ends_table, read_rows, table_words
from analysis.intake.rules import BEGINS_RULE, Rule, read_rule
from analysis.intake.scanner import Percent, Scanner
from analysis.vocabulary.errors import Problem
from analysis.vocabulary.units import COLUMN_UNITS, MAGNITUDES

_ATTRIBUTE = re.compile("约束性|预期性")
# Attributes, and what is left of one that lost a character, begin no label; nor does a rule or a unit.
_NO_LABEL = re.compile(rf"约束|束性|约性|预期|期性|预性|.性(?!别)|..性(?!别)|{BEGINS_RULE.pattern}")
_LABEL = re.compile(r"[\u3400-\u9fff（）]+")
_GLUED_TO_UNIT = f"/·\\dA-Za-z{''.join(MAGNITUDES)}"


@dataclass(frozen=True)
class PlannedIndicator:
    """One row of 专栏3; a rule stands in place of the two targets, ``part`` names a sub-row."""

    number: int
    part: str
    category: str
    name: str
    unit: str
    value_2020: Decimal | None
    target_2023: Decimal | None
    target_2025: Decimal | None
    binding: str
    rule_text: str
    rule_kind: str
    rule_comparison: str
    rule_reference: str
    rule_factor: Decimal | None
    source_line: int


@dataclass
class _Cells:
    """What was read of one sub-row, before shared cells are spread."""

    start: int
    end: int
    unit: str
    base: Decimal | None
    targets: tuple[Decimal | None, Decimal | None]
    rule: Rule | None
    attribute: str
    line: int


def read_planned(box: Box, shown: Collection[str] = ()) -> tuple[list[PlannedIndicator], list[Problem]]:
    """Read 专栏3; return its rows (one for each sub-item) and every problem.

    Args:
        box: the box.
        shown: the categories that 专栏1 and 专栏2 of the same text show; empty if they are not there.
    """
    categories = CategoryColumn(shown)
    rows, problems = read_rows(box, _PlannedReader(categories))
    if not problems:
        problems = categories.lost(box, rows)
    return rows, problems


class _PlannedReader:
    def __init__(self, categories: CategoryColumn) -> None:
        self._categories = categories

    def begins(self, scanner: Scanner, number: int) -> bool:
        """Say whether the number stands here with text behind."""
        return scanner.row_number(number) and re.match(r"[\u3400-\u9fff“《]|\d+[A-Za-z\u3400-\u9fff]", scanner.rest()[:6]) is not None

    def read(self, scanner: Scanner, number: int, before: Rows, *, lenient: bool = False) -> Rows:
        """Read one row with its sub-rows."""
        scanner.skip()
        start = scanner.position
        line = scanner.pages.line_at(start)
        if not scanner.row_number(number):
            raise scanner.fail(scanner.shown(), f"序号{number}")
        category = self._categories.read(scanner, start, before, lenient)
        cells = [_cells(scanner, number, line)]
        while not self._row_ends(scanner, number):
            cells.append(_part(scanner, number))
        return _rows(scanner, number, category, cells, start)

    def _row_ends(self, scanner: Scanner, number: int) -> bool:
        """Say whether the row ends here: at a figure (the next row's number) or the table's end."""
        return scanner.done() or scanner.integer() is not None or ends_table(scanner)


def _cells(scanner: Scanner, number: int, line: int) -> _Cells:
    scanner.skip()
    start = scanner.position
    end, unit = _unit(scanner, number)
    return _values(scanner, start, end, unit, line)


def _values(scanner: Scanner, start: int, end: int, unit: str, line: int) -> _Cells:
    """Read base value, targets or rule, and attribute of a sub-row whose label and unit have been read."""
    percent = Percent.ALLOWED if unit == "%" else Percent.NEVER
    base = scanner.value("2020年实际值", percent)
    scanner.skip()
    targets: tuple[Decimal | None, Decimal | None] = (None, None)
    rule = None
    if BEGINS_RULE.match(scanner.rest()[:8]):
        rule = _rule(scanner)
    else:
        targets = scanner.value("2023年目标值", percent), scanner.value("2025年目标值", percent)
    scanner.skip()
    attribute = scanner.match(_ATTRIBUTE)
    return _Cells(start, end, unit, base, targets, rule, attribute.group() if attribute else "", line)


def _part(scanner: Scanner, number: int) -> _Cells:
    """Read a sub-row: a clean label, perhaps a unit, the figures."""
    scanner.skip()
    start, text = scanner.position, scanner.pages.text
    line = scanner.pages.line_at(start)
    value = next((at for at in range(start, min(scanner.end, start + NAME_LENGTH)) if _at_value(scanner, at)), None)
    if value is None or _NO_LABEL.match(text, start):
        raise scanner.fail(scanner.shown(), f"序号{number + 1}，或分项的名称和数值")
    end, unit = _unit_before(scanner, start, value) or (value, "")
    label = _LABEL.fullmatch(text, start, end)
    if not label or _ATTRIBUTE.search(label.group()) or text.count("（", start, end) != text.count("）", start, end):
        raise scanner.fail(scanner.shown(30), f"序号{number + 1}，或分项的名称、单位和数值", "补全分项的名称；单位须为规划表常用单位")
    scanner.position = value
    return _values(scanner, start, end, unit, line)


def _at_value(scanner: Scanner, position: int) -> bool:
    """Say whether a figure begins at a position that more cells follow."""
    text = scanner.pages.text
    begins = re.match(r"[\d—\-]", text[position]) is not None and not re.match(r"[\d.,—\-]", text[position - 1])
    return begins and scanner.value_starts(position)


def _unit(scanner: Scanner, number: int) -> tuple[int, str]:
    """Find the unit that the first figure follows, check the name before it; return the name's end and the unit."""
    pages, start = scanner.pages, scanner.position
    reach = min(scanner.end, start + NAME_LENGTH)
    unit = None
    value = start
    for value in range(start + 1, reach):
        if _at_value(scanner, value) and (unit := _unit_before(scanner, start, value)):
            break
    attribute = _ATTRIBUTE.search(pages.text, start, reach if unit is None else unit[0])
    defect = name_defect(scanner, start, reach if unit is None else unit[0], number)
    if attribute and (defect is None or attribute.start() < defect):
        defect = attribute.start()
    if unit is None or defect is not None:
        raise scanner.fail(
            scanner.shown(30),
            "指标名称、单位和2020年实际值",
            "补全该行；单位须为规划表常用单位",
            at=start if defect is None else defect,
        )
    scanner.position = value
    return unit


def _unit_before(scanner: Scanner, start: int, value: int) -> tuple[int, str] | None:
    """Return where the unit before a figure begins, and the unit: one that begins a cell, or else sticks to the name."""
    pages = scanner.pages
    end = value
    while end > start and pages.text[end - 1] == " ":
        end -= 1
    ending = [(end - len(unit), unit) for unit in COLUMN_UNITS if pages.text.endswith(unit, start, end)]
    for at, unit in ending:
        if at == start or pages.starts_cell[at]:
            return at, unit
    # A part of a unit that is not known must not pass for one: 元/人次, 个/千人.
    for at, unit in ending[:1]:
        if not re.match(f"[{_GLUED_TO_UNIT}]", pages.text[at - 1]):
            return at, unit
    return None


def _rule(scanner: Scanner) -> Rule:
    """Read a rule cell, which must have one of the known forms."""
    rule = read_rule(scanner.rest()[:120])
    if rule is None:
        expected = "规则型目标：不低于（高于）…的…倍（%）、不低于…增速、不低于…标准、参照…标准"
        raise scanner.fail(scanner.shown(30), expected)
    scanner.position += len(rule.text)
    return dataclasses.replace(rule, text=plain(rule.text))


def _rows(scanner: Scanner, number: int, category: str, cells: list[_Cells], start: int) -> list[PlannedIndicator]:
    """Spread merged cells (unit, attribute) over the sub-rows and split the first label into name and part."""
    attributes = [cell.attribute for cell in cells if cell.attribute]
    if len(attributes) not in (1, len(cells)):
        found = "、".join(sorted(set(attributes))) or scanner.shown() or "没有属性"
        expected = f"属性（约束性或预期性），之后是序号{number + 1}；有分项时每个分项都有属性，或合并为一个"
        raise scanner.fail(found, expected, at=cells[1].start if len(cells) > 1 else None)
    units = [cell.unit for cell in cells if cell.unit]
    if len(units) not in (1, len(cells)) or len(set(units)) > 1:
        expected = f"序号{number + 1}，或各分项都有同一单位、或合并为一个单位"
        raise scanner.fail("、".join(units), expected, "单位须为规划表常用单位", at=cells[1].start)
    text = scanner.pages.text
    labels = [plain(text[cell.start : cell.end]) for cell in cells]
    name, parts = labels[0], [""]
    if len(cells) > 1:
        name, first = _split_label(scanner, cells[0], number)
        parts = [first, *labels[1:]]
    rows = []
    for cell, part in zip(cells, parts, strict=True):
        rule = cell.rule or Rule("", "", "", "", None)
        row = PlannedIndicator(
            number, part, category, name, cells[0].unit, cell.base, *cell.targets, cell.attribute or attributes[0],
            rule.text, rule.kind, rule.comparison, rule.reference, rule.factor, cell.line,
        )  # fmt: skip
        rows.append(row)
    return rows


def _split_label(scanner: Scanner, cell: _Cells, number: int) -> tuple[str, str]:
    """Split 特困人员照料护理标准全自理 into indicator and sub-item: by known sub-items, else by a gap inside a line.

    Raises:
        InputError: neither says where the sub-item begins.
    """
    pages = scanner.pages
    label = plain(pages.text[cell.start : cell.end])
    for word in table_words()["parts"]:
        if label.endswith(word) and label != word:
            return label.removesuffix(word), word
    gaps = [at for at in range(cell.start + 1, cell.end) if pages.starts_cell[at] and not pages.starts_line(at)]
    if len(gaps) == 1:
        return plain(pages.text[cell.start : gaps[0]]), plain(pages.text[gaps[0] : cell.end])
    raise scanner.fail(
        label,
        f"序号{number + 1}，或能看出分项名称从何处开始",
        "若漏了下一行的序号，补上；若是分项，在指标名称与分项名称之间留一个空格，或把分项名称加入 plan_tables.yml",
        at=cell.start,
    )
