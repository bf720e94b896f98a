"""Rows of 专栏3: indicators with base value, targets or a rule, attribute; sub-rows that share cells."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.page_text import MAYBE_PAGE_NUMBER, PAGE_BREAK
from analysis.intake.rows import MARKS, plain, read_rows, table_words
from analysis.intake.rules import BEGINS_RULE, Rule, read_rule
from analysis.intake.scanner import Scanner
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.units import COLUMN_UNITS

_GAP = f"[ {PAGE_BREAK}]*"
_VALUE = rf"(?:{MAYBE_PAGE_NUMBER}|—|-|[-－]?\d)"
_UNIT = "|".join("".join(f"{re.escape(character)}{PAGE_BREAK}*" for character in unit) for unit in COLUMN_UNITS)
# Nothing that belongs to another cell may stand inside a name: no figures apart, no attribute, no sign of percent.
_NAME = rf"(?P<name>(?:(?!约束性|预期性)[^ %。—]){{1,60}}?)"
_NAME_UNIT = re.compile(rf"{_NAME}(?P<unit>{_UNIT}){_GAP}(?={_VALUE})")
_PART = re.compile(rf"(?P<name>(?:(?!约束性|预期性)[^ %。—\d]){{1,30}}?)(?P<unit>{_UNIT})?{_GAP}(?={_VALUE})")
_ATTRIBUTE = re.compile(f"{_GAP}({'|'.join('.?'.join(word) for word in ('约束性', '预期性'))})")
ROW = re.compile(rf"(?:{_UNIT}){_GAP}{_VALUE}|约束性|预期性")


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

    label: str
    label_start: int
    unit: str
    base: Decimal | None
    targets: tuple[Decimal | None, Decimal | None]
    rule: Rule | None
    attribute: str
    line: int


def read_planned(box: Box) -> tuple[list[PlannedIndicator], list[Problem]]:
    """Read 专栏3; return its rows (one for each sub-item) and every problem."""
    category = ""

    def row(scanner: Scanner, number: int) -> list[PlannedIndicator]:
        nonlocal category
        scanner.page_turned = False
        scanner.skip()
        turned = scanner.page_turned
        line = scanner.pages.line_at(scanner.position)
        if not scanner.row_number(number):
            raise scanner.fail(scanner.shown(), f"序号{number}")
        here = _category(scanner, category, turned)
        cells = [_cells(scanner, _NAME_UNIT, line)]
        while _another_part(scanner, number):
            scanner.skip()
            cells.append(_cells(scanner, _PART, scanner.pages.line_at(scanner.position)))
        rows = _rows(scanner, number, here, cells)
        category = here
        return rows

    return read_rows(box, row, ROW)


def _category(scanner: Scanner, current: str, page_turned: bool) -> str:
    """Read the category cell behind the row number; a name that merely begins alike is left alone."""
    scanner.skip()
    text, pages = scanner.rest(), scanner.pages
    for word in table_words()["categories"]:
        found = re.match("".join(f"{character}[{MARKS}]*" for character in word), text)
        if not found:
            continue
        end = scanner.position + found.end()
        own_cell = end < len(pages.text) and pages.starts_cell[end]
        if own_cell and (word != current or page_turned):
            scanner.position = end
            return word
    if not current:
        raise scanner.fail(scanner.shown(), "类别")
    return current


def _cells(scanner: Scanner, labels: re.Pattern[str], line: int) -> _Cells:
    scanner.skip()
    start = scanner.position
    found = scanner.match(labels)
    if not found:
        raise scanner.fail(scanner.shown(30), "指标名称、单位和2020年实际值", "补全该行；单位须为规划表常用单位")
    base = scanner.value("2020年实际值")
    scanner.skip()
    targets: tuple[Decimal | None, Decimal | None] = (None, None)
    rule = None
    if BEGINS_RULE.match(plain(scanner.rest()[:8])):
        rule = _rule(scanner)
    else:
        targets = scanner.value("2023年目标值"), scanner.value("2025年目标值")
    attribute = scanner.match(_ATTRIBUTE)
    return _Cells(
        plain(found.group("name")),
        start,
        plain(found.group("unit") or ""),
        base,
        targets,
        rule,
        plain(attribute.group(1)) if attribute else "",
        line,
    )


def _rule(scanner: Scanner) -> Rule:
    """Read a rule cell: a known form, or else the text up to the attribute, kept without structure."""
    marked = scanner.rest()
    positions = [index for index, character in enumerate(marked) if character not in f"{MARKS} "]
    text = "".join(marked[index] for index in positions)
    rule = read_rule(text)
    if rule is None:
        until = re.match(r"[^。]{2,60}?(?=约束性|预期性)", text)
        if not until:
            raise scanner.fail(scanner.shown(30), "规则型目标及其属性（约束性或预期性）")
        rule = Rule(until.group(), "", "", "", None)
    scanner.position += positions[len(rule.text) - 1] + 1
    return rule


def _another_part(scanner: Scanner, number: int) -> bool:
    """Say whether another sub-row follows: a name and a figure, but no row number and no end of the table."""
    scanner.skip()
    rest = scanner.rest()
    if not plain(rest) or re.match(rf"[{MARKS} ]*\d", rest):
        return False
    return _PART.match(rest) is not None


def _rows(scanner: Scanner, number: int, category: str, cells: list[_Cells]) -> list[PlannedIndicator]:
    """Spread merged cells (unit, attribute) over the sub-rows and split the first label into name and part."""
    attributes = {cell.attribute for cell in cells if cell.attribute}
    given = sum(bool(cell.attribute) for cell in cells)
    if given not in (1, len(cells)):
        raise scanner.fail("、".join(sorted(attributes)) or "没有属性", "每个分项都有属性，或合并为一个")
    merged = next(iter(attributes))
    name, part = cells[0].label, ""
    if len(cells) > 1:
        name, part = _split_label(scanner, cells[0])
    rows = []
    unit = ""
    for cell in cells:
        unit = cell.unit or unit
        rule = cell.rule
        row = PlannedIndicator(
            number, part, category, name, unit, cell.base, *cell.targets, cell.attribute or merged,
            rule.text if rule else "", rule.kind if rule else "", rule.comparison if rule else "",
            rule.reference if rule else "", rule.factor if rule else None, cell.line,
        )  # fmt: skip
        rows.append(row if cell is cells[0] else dataclasses.replace(row, part=cell.label))
    return rows


def _split_label(scanner: Scanner, cell: _Cells) -> tuple[str, str]:
    """Split 特困人员照料护理标准全自理 into indicator and sub-item: by known sub-items, else by a gap inside a line.

    Raises:
        InputError: neither says where the sub-item begins.
    """
    for word in table_words()["parts"]:
        if cell.label.endswith(word) and cell.label != word:
            return cell.label.removesuffix(word), word
    pages = scanner.pages
    gaps = [
        position
        for position in range(cell.label_start + 1, cell.label_start + len(cell.label))
        if pages.starts_cell[position] and pages.lines[position] == pages.lines[position - 1]
    ]
    if len(gaps) == 1:
        at = gaps[0]
        return plain(pages.text[cell.label_start : at]), cell.label[at - cell.label_start :]
    raise InputError(
        [
            pages.problem(
                cell.label_start,
                scanner.place,
                cell.label,
                "能看出分项名称从何处开始",
                "在指标名称与分项名称之间留一个空格，或把分项名称加入 plan_tables.yml",
            )
        ]
    )
