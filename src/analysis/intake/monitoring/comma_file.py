"""A monitoring file in CSV: encodings and separators in use in China; ragged rows and open quotes are refused."""

from __future__ import annotations

import csv
import io
from itertools import islice

from analysis.intake.decoding import decode
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.grid import Grid
from analysis.intake.monitoring.headings import SEARCHED_ROWS, find_header
from analysis.intake.monitoring.limits import MAXIMUM_COLUMNS, MAXIMUM_FILLED, MAXIMUM_ROWS, SHRINK
from analysis.intake.monitoring.personal_data import personal_number
from analysis.vocabulary.errors import InputError

SEPARATORS = {",": "逗号", ";": "分号", "\t": "制表符"}
MAXIMUM_BYTES = 5_000_000  # a filled form is about 0.05 MB
_SEARCHED_CHARACTERS = 10_000  # of a line, when the separator is looked for
_SHOWN_HEADING = 20


def read_comma_file(name: str, raw: bytes, findings: Findings) -> Grid:
    """Read a CSV file as one table.

    Args:
        name: the file's name, for messages.
        raw: its bytes.
        findings: takes the problems of single cells and rows.

    Raises:
        InputError: the encoding can't be told, a quote stays open, or the table or one of its cells is too large.
    """
    if len(raw) > MAXIMUM_BYTES:
        raise InputError.single(f"文件 {name}", f"{len(raw) / 1e6:,.1f} MB", f"CSV 不超过{MAXIMUM_BYTES // 1_000_000} MB", "确认选对了文件")
    text = decode(raw, f"文件 {name}")
    separator = _separator(name, text)
    rows = _rows(name, text, separator)
    header = find_header([row for _, row in rows])
    if header is None:
        return Grid("", None, ())
    headings = rows[header.row][1]
    addresses = [_column_name(headings, column) for column in range(max(len(row) for _, row in rows))]
    cells = [
        tuple(
            _cell(row[column] if column < len(row) else "", Cell(None, f"第{line}行 {address}", (0, line, column + 1)), findings)
            for column, address in enumerate(addresses)
        )
        for line, row in rows
    ]
    for position, ((line, row), read) in enumerate(zip(rows, cells, strict=True)):
        if position <= header.row:
            continue
        if len(row) < len(headings) or any(cell.value for cell in read[len(headings) :]):
            findings.error(
                Cell(None, f"第{line}行", (0, line, 0)), "", f"{len(row)}列", f"与表头相同的{len(headings)}列",
                f"补齐或删去{SEPARATORS[separator]}；含{SEPARATORS[separator]}的文字要加英文双引号",
            )  # fmt: skip
            cells[position] = tuple(Cell(TOLD, cell.address, cell.position) for cell in read)
    return Grid("", None, tuple(cells))


def _rows(name: str, text: str, separator: str) -> list[tuple[int, list[str]]]:
    """Return the rows that hold something, each with the number of its first line."""
    rows: list[tuple[int, list[str]]] = []
    count = filled = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise _unreadable(f"{name} 第{line}行", error) from error
        count += 1
        filled += sum(1 for value in row if value)
        if count > MAXIMUM_ROWS or len(row) > MAXIMUM_COLUMNS or filled > MAXIMUM_FILLED:
            found = f"第{line}行有{len(row):,}列" if len(row) > MAXIMUM_COLUMNS else "行或有内容的格过多"
            most = f"不超过{MAXIMUM_ROWS:,}行、{MAXIMUM_COLUMNS}列、{MAXIMUM_FILLED:,}个有内容的格"
            raise InputError.single(f"文件 {name}", found, most, SHRINK)
        if any(value.strip() for value in row):
            rows.append((line, row))
    return rows


def _unreadable(where: str, error: csv.Error) -> InputError:
    if "field limit" in str(error):
        found = f"一格超过{csv.field_size_limit():,}个字符"
        return InputError.single(where, found, "简短的数字或文字", "缩短该格；若该格并不长，是引号不成对，补上或删去引号")
    return InputError.single(where, "引号不成对，或引号后还有文字", "成对的英文双引号", "补上或删去引号；文字里的引号要写两个")


def _column_name(headings: list[str], column: int) -> str:
    """Return what a column is called in addresses; a personal number in a heading is not repeated there."""
    heading = headings[column].strip() if column < len(headings) else ""
    return f"{heading[:_SHOWN_HEADING]}列" if heading and not personal_number(heading) else f"第{column + 1}列"


def _cell(value: str, empty: Cell, findings: Findings) -> Cell:
    """Return a cell with its content; what no cell may hold is told here."""
    content = value.strip()
    if not content:
        return empty
    told = Cell(TOLD, empty.address, empty.position)
    found = personal_number(content)
    if found:
        findings.error(told, "", f"疑似{found[0]}（{found[1]}）", "不含个人信息", "删去；本表不收个人信息")
    elif content.startswith("="):
        findings.error(told, "", "公式", "直接填写的内容", "改为公式算出的数，或删去开头的等号")
    else:
        return Cell(content, empty.address, empty.position)
    return told


def _separator(name: str, text: str) -> str:
    """Choose the separator under which the header row shows most headings."""
    lines = [line[:_SEARCHED_CHARACTERS] for line in islice(io.StringIO(text, newline=None), SEARCHED_ROWS)]
    known = {separator: _known(lines, separator) for separator in SEPARATORS}
    best = max(known, key=lambda separator: known[separator])
    if known[best] == 0 and _known(lines, "，"):
        raise InputError.single(f"文件 {name}", "用全角逗号“，”分隔", "英文逗号、分号或制表符", "把分隔用的全角逗号替换为英文逗号")
    return best


def _known(lines: list[str], separator: str) -> int:
    header = find_header([[part.strip().strip('"') for part in line.split(separator)] for line in lines])
    return len(header.columns) if header else 0
