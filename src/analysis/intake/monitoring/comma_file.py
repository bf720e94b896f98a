"""A monitoring file in CSV: encodings and separators in use in China; ragged rows and open quotes are refused."""

from __future__ import annotations

import csv
import io

from analysis.intake.decoding import decode
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.grid import Grid
from analysis.intake.monitoring.headings import SEARCHED_ROWS, find_header
from analysis.intake.monitoring.personal_data import personal_number
from analysis.vocabulary.errors import InputError

SEPARATORS = {",": "逗号", ";": "分号", "\t": "制表符"}
MAXIMUM_ROWS = 10_000


def read_comma_file(name: str, raw: bytes, findings: Findings) -> Grid:
    """Read a CSV file as one table.

    Args:
        name: the file's name, for messages.
        raw: its bytes.
        findings: takes the problems of single cells and rows.

    Raises:
        InputError: the encoding can't be told, no row has the headings, a quote stays open, or there are too many rows.
    """
    text = decode(raw, f"文件 {name}")
    separator = _separator(name, text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise InputError.single(
                f"{name} 第{line}行", "引号不成对，或引号后还有文字", "成对的英文双引号", "补上或删去引号；文字里的引号要写两个"
            ) from error
        rows.append((line, row))
        if len(rows) > MAXIMUM_ROWS:
            raise InputError.single(f"文件 {name}", f"超过{MAXIMUM_ROWS:,}行", f"不超过{MAXIMUM_ROWS:,}行", "删去表下方的空行")
    header = find_header([row for _, row in rows])
    if header is None:
        return Grid("", None, ())
    headings = rows[header.row][1]
    width = max([len(row) for _, row in rows])
    cells = [
        tuple(
            _cell(row[column] if column < len(row) else "", line, column, headings[column] if column < len(headings) else "", findings)
            for column in range(width)
        )
        for line, row in rows
    ]
    for position, ((line, row), read) in enumerate(zip(rows, cells, strict=True)):
        if position <= header.row or not any(value.strip() for value in row):
            continue
        if len(row) < len(headings) or any(cell.value for cell in read[len(headings) :]):
            findings.error(
                Cell(None, f"第{line}行", (0, line, 0)), "", f"{len(row)}列", f"与表头相同的{len(headings)}列",
                f"补齐或删去{SEPARATORS[separator]}；含{SEPARATORS[separator]}的文字要加英文双引号",
            )  # fmt: skip
            cells[position] = tuple(Cell(TOLD, cell.address, cell.position) for cell in read)
    return Grid("", None, tuple(cells))


def _cell(value: str, line: int, column: int, heading: str, findings: Findings) -> Cell:
    address = f"第{line}行 {heading.strip() or f'第{column + 1}'}列"
    cell = Cell(value.strip() or None, address, (0, line, column + 1))
    found = personal_number(cell.value)
    if not found:
        return cell
    findings.error(cell, "", f"疑似{found[0]}（{found[1]}）", "不含个人信息", "删去；本表不收个人信息")
    return Cell(TOLD, cell.address, cell.position)


def _separator(name: str, text: str) -> str:
    """Choose the separator under which the header row shows most headings."""
    lines = text.splitlines()[:SEARCHED_ROWS]
    known = {separator: _known(lines, separator) for separator in SEPARATORS}
    best = max(known, key=lambda separator: known[separator])
    if known[best] == 0 and _known(lines, "，"):
        raise InputError.single(f"文件 {name}", "用全角逗号“，”分隔", "英文逗号、分号或制表符", "把分隔用的全角逗号替换为英文逗号")
    return best


def _known(lines: list[str], separator: str) -> int:
    header = find_header([[part.strip().strip('"') for part in line.split(separator)] for line in lines])
    return len(header.columns) if header else 0
