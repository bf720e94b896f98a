"""What the row readers share: the loop over row numbers, the table's end, rows left over behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol

import yaml

from analysis.intake.boxes import Box
from analysis.intake.furniture import NOTE_MARK, ROW_MARK
from analysis.intake.headers import HEADING
from analysis.intake.names import plain
from analysis.intake.scanner import Scanner
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

Rows = list[Any]
RESYNC_REACH = 12  # rows that a broken passage may hide before reading is given up
_HEADINGS = re.compile(
    rf"{HEADING.pattern}|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d{{1,2}}[.、](?!\d)"
    r"|【?续?专栏|目录|附[件录表]|[图表]\d"
)
_PAUSE = re.compile(r"[。；]|(?<!\d)，|，(?!\d)")  # a comma between digits groups thousands
_SENTENCE = re.compile(rf"[^。；]{{0,120}}?(?:{_PAUSE.pattern})")
_INTEGER = re.compile(r"(?<![\d.,，])\d{1,3}(?![\d.,%])")
FILL = 4  # characters by which lines of one paragraph differ in length


class RowReader(Protocol):
    """Reads one numbered row of a table."""

    def read(self, scanner: Scanner, number: int, before: Rows, *, lenient: bool = False) -> Rows:
        """Read the row of a number (and its sub-rows) at the scanner's position.

        Args:
            scanner: the text; stands behind the row afterwards.
            number: the row's number.
            before: the rows read so far, whose last category goes on.
            lenient: rows were lost before this one, so a category that is missing tells nothing new.

        Raises:
            InputError: the row can't be placed.
        """

    def begins(self, scanner: Scanner, number: int) -> bool:
        """Say whether a row of a number begins at the scanner's position, however it goes on."""


@cache
def table_words() -> dict[str, tuple[str, ...]]:
    """Return the known categories, sub-item names and attributes, longest first."""
    content = yaml.safe_load((paths.parameters() / "plan_tables.yml").read_text(encoding="utf-8"))
    return {key: tuple(sorted(words, key=len, reverse=True)) for key, words in content.items()}


def read_rows(box: Box, reader: RowReader) -> tuple[Rows, list[Problem]]:
    """Read numbered rows until the table ends; after a defect go on at the next row.

    Returns:
        The rows, and every problem found.
    """
    scanner = Scanner(box.pages, box.start, box.end, box.label)
    rows: Rows = []
    problems: list[Problem] = []
    number = 1
    while not _ended(scanner, number, reader):
        scanner.place = f"{box.label}序号{number}"
        start = scanner.position
        try:
            rows += reader.read(scanner, number, rows, lenient=bool(problems))
            number += 1
            continue
        except InputError as error:
            found = list(error.problems)
        taken = _taken_number(scanner, start, number)
        if taken is not None and rows:
            # The row before took this row's number for its last value: that row is the broken one.
            scanner.place = f"{box.label}序号{number - 1}"
            found = list(scanner.fail(str(number), f"序号{number - 1}的全部数值", "补上该行缺少的数值", at=taken - 1).problems)
            start = taken
        problems += found
        following = _following(scanner, start, number, reader, rows)
        if following is None:
            return rows, problems + _other_tables(box, reader)
        scanner.position, number = following
    scanner.place = f"{box.label}表末"
    others = _other_tables(box, reader)
    problems += others or _left_over(scanner, number, reader, rows)
    if not rows and not problems:
        problems.append(box.pages.problem(box.start, box.label, "没有任何数据行", "序号1开始的数据行"))
    damaged = box.pages.text.find("\ufffd", box.start, scanner.position)
    if damaged >= 0:
        problems.append(box.pages.problem(damaged, box.label, "无法显示的字符（�）", "完整的文字", "重新提取文字或改正编码"))
    return rows, problems


def ends_table(scanner: Scanner) -> bool:
    """Say whether the table ends here: at its stretch's end, or where a line begins a footnote, heading or sentence."""
    if scanner.done():
        return True
    pages, here = scanner.pages, scanner.position
    if not pages.starts_line(here):
        return False
    if NOTE_MARK.match(pages.text, here) or _HEADINGS.match(pages.text, here):
        return True
    sentence = _SENTENCE.match(pages.text, here, scanner.end)
    if not sentence or ROW_MARK.search(sentence.group()):
        return False
    line = here
    while line < sentence.end():
        end = pages.line_end(line)
        if _PAUSE.search(pages.text, line, end):
            return True
        # A figure of its own is left over from a row; so is a line shorter than the next, as only a paragraph's last is.
        if scanner.value_starts(line) or _HEADINGS.match(pages.text, end) or end - line < pages.line_end(end) - end - FILL:
            return False
        line = end
    return False


def _ended(scanner: Scanner, number: int, reader: RowReader) -> bool:
    if scanner.done():
        return True
    if scanner.integer() == number or reader.begins(scanner.at(scanner.position), number):
        return False
    return ends_table(scanner)


def _taken_number(scanner: Scanner, start: int, number: int) -> int | None:
    """Return where the expected row number stands right before a position, read as a value; None if it does not."""
    before = re.search(rf"(?<![\d.,]){number} ?$", scanner.pages.text[max(0, start - 6) : start])
    return max(0, start - 6) + before.start() if before else None


def _integers(scanner: Scanner, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield each integer that may be a row number: where its row begins, with the category before, and its place."""
    text = scanner.pages.text
    for found in _INTEGER.finditer(text, start, end):
        at = found.start()
        if scanner.pages.starts_cell[at] or re.match(r"[%\u4e00-\u9fff]", text[at - 1 : at]):
            han = re.search(r"[\u4e00-\u9fff]{0,8}$", text[max(start, at - 8) : at])
            yield int(found.group()), at - (len(han.group()) if han else 0), at


def _reads(scanner: Scanner, position: int, number: int, reader: RowReader, rows: Rows) -> bool:
    try:
        reader.read(scanner.at(position), number, rows, lenient=True)
    except InputError:
        return False
    return True


def _following(scanner: Scanner, start: int, broken: int, reader: RowReader, rows: Rows) -> tuple[int, int] | None:
    """Return where to go on after a broken row, and with which number.

    The next row that reads well is sure. Rows between it and the broken one that begin like rows are tried, too, so
    that their own defects are told.
    """
    begun: dict[int, int] = {}
    for number, begin, at in _integers(scanner, start, scanner.end):
        if not broken <= number <= broken + RESYNC_REACH or (number == broken and at == start):
            continue
        for position in (begin, at):
            if _reads(scanner, position, number, reader, rows):
                first = min((n for n in begun if broken < n < number), default=None)
                return (begun[first], first) if first is not None else (position, number)
        if number not in begun and number > broken and reader.begins(scanner.at(at), number):
            begun[number] = at
    first = min(begun, default=None)
    return (begun[first], first) if first is not None else None


def _other_tables(box: Box, reader: RowReader) -> list[Problem]:
    """Tell of a second table with the same header: its rows begin again with number 1."""
    problems = []
    for place in box.again:
        if not any(number == 1 for number in _numbers_read(Scanner(box.pages, box.start, place, box.label), reader)):
            continue  # the first table's rows begin below a repeated header
        scanner = Scanner(box.pages, place, len(box.pages.text), box.label)
        for number, begin, at in _integers(scanner, place, place + 20):
            if number == 1 and any(_reads(scanner, position, 1, reader, []) for position in (begin, at)):
                lines = f"第{box.pages.line_at(box.start)}行和第{box.pages.line_at(begin)}行"
                found = f"{lines}各有一张同样表头、从序号1开始的表"
                problems.append(box.pages.problem(begin, box.label, found, "只有一张", "只保留要导入的那一张"))
            break
    return problems


def _numbers_read(scanner: Scanner, reader: RowReader) -> Iterator[int]:
    """Yield the number that the first row of a stretch has, if it reads well."""
    for number, begin, at in _integers(scanner, scanner.position, scanner.end):
        if any(_reads(scanner, position, number, reader, []) for position in (begin, at)):
            yield number
        return


def _left_over(scanner: Scanner, number: int, reader: RowReader, rows: Rows) -> list[Problem]:
    """Tell of rows behind the table's end: any row up to the next heading, and the next number anywhere."""
    pages, text = scanner.pages, scanner.pages.text
    near = scanner.position
    while near < scanner.end and not (near > scanner.position and pages.starts_line(near) and _HEADINGS.match(text, near)):
        near += 1
    mark = _torn_row(scanner, near)
    for found, begin, at in _integers(scanner, scanner.position, len(text)):
        if found != number and at >= near:
            continue
        whole = Scanner(pages, at, len(text), scanner.place)
        if any(_reads(whole, position, found, reader, rows) for position in (begin, at)):
            mark = at if mark is None else min(mark, at)
            break
    if mark is None:
        return []
    left = plain(text[mark : mark + 20])
    expected = f"序号{number}，或表的结束"
    return [pages.problem(mark, scanner.place, left, expected, "表在此前被标题、说明或别的文字截断；把夹在表中的文字移到表后")]


def _torn_row(scanner: Scanner, end: int) -> int | None:
    """Return where a figure or rule with its attribute stands behind the table's end: the rest of a row."""
    found = re.compile(r"(?:[\d%—]|标准|增速|倍)(?:约束性|预期性)").search(scanner.pages.text, scanner.position, end)
    return found.start() if found else None


def earlier(rows: Sequence[Any]) -> tuple[str, set[str]]:
    """Return the category that goes on, and all that have been before it."""
    current = rows[-1].category if rows else ""
    return current, {row.category for row in rows} - {current}
