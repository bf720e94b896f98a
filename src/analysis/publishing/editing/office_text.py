"""Words of a Word file and cells of a workbook, as lines: whoever wrote them, and with tracked changes as if accepted."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTE_MARKS = ("脚注：", "批注：")
_PARTS = (("word/document.xml", ""), ("word/footnotes.xml", NOTE_MARKS[0]), ("word/comments.xml", NOTE_MARKS[1]))
# Text taken away in a tracked change, and the second copy of a drawing for old programs.
_GONE = (f"{_WORD}del", f"{_WORD}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
# Word and LibreOffice name the lines of the table of contents differently.
_HEADINGS, _CONTENTS = "heading", ("toc", "contents")
CELL_MARK, HEADING_MARK = " ｜ ", "§ "


def office_lines(file: Path) -> list[str] | None:
    """Return the text of a ``.docx`` or ``.xlsx`` file as lines; None where it can't be read.

    A row of a table is one line. A heading is marked, since its number is not among its words. The table of contents is left
    out: its page numbers change by themselves.
    """
    read = _word_lines if file.suffix == ".docx" else _workbook_lines
    try:
        return list(read(file))
    except Exception:  # what damaged files make the libraries raise has no common base (zlib.error, TypeError, IndexError, ...)
        return None


def _word_lines(file: Path) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    with zipfile.ZipFile(file) as archive:
        held = set(archive.namelist())
        for part, label in _PARTS:
            if part not in held:
                if not label:
                    raise KeyError(part)
                continue
            lines: Iterator[str] = _block_lines(fromstring(archive.read(part)))
            yield from (label + line for line in lines if line.strip())


def _block_lines(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_WORD}p":
            style = _style(child)
            if not style.startswith(_CONTENTS):
                yield f"{HEADING_MARK if style.startswith(_HEADINGS) else ''}{_text(child).strip()}"
        elif child.tag == f"{_WORD}tr":
            yield CELL_MARK.join(" ".join(filter(None, _block_lines(cell))) for cell in child.iter(f"{_WORD}tc"))
        elif child.tag not in _GONE:
            yield from _block_lines(child)


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if found is None else str(found.get(f"{_WORD}val", "")).lower()


def _text(element: Any) -> str:
    parts = []
    for child in element:
        if child.tag == f"{_WORD}t":
            parts.append(child.text or "")
        elif child.tag in (f"{_WORD}tab", f"{_WORD}br"):
            parts.append(" ")
        elif child.tag not in (*_GONE, f"{_WORD}pPr"):
            parts.append(_text(child))
    return "".join(parts)


def _cell(value: object) -> str:
    """Return a cell as text; programs differ in the last digits of a number, so those don't count."""
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def _workbook_lines(file: Path) -> Iterator[str]:
    import openpyxl  # type: ignore[import-untyped]

    book = openpyxl.load_workbook(file, read_only=True)
    try:
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                cells = [_cell(value) for value in row]
                if any(cells):
                    yield f"{sheet.title}：{CELL_MARK.join(cells).rstrip(f' {CELL_MARK}')}"
    finally:
        book.close()
