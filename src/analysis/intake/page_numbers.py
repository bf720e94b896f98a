"""Decides whether a bare integer at a page's end is the page's number or a figure of its row: the row tells."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from analysis.intake.boxes import Box
from analysis.vocabulary.errors import Problem

Reading = tuple[Sequence[Any], list[Problem]]
Span = tuple[int, int]


def read_without_page_numbers(box: Box, read: Callable[[Box], Reading]) -> Reading:
    """Read a box whose pages may end with bare numbers.

    A row has a fixed number of figures, so of the two readings at most one leaves no defect. A figure that only fits as
    a row's own number is one. A figure that would fill a value's place is taken for it only if other pages of the text
    end without a number; else it may as well be the page's number where the value is lost.

    Args:
        box: the box.
        read: reads the rows and tells the problems.
    """
    kept: set[Span] = set()
    doubts: list[Problem] = []
    for span in box.unsure:
        dropped = read(_dropping(box, set(box.unsure) - kept))
        held = read(_dropping(box, set(box.unsure) - kept - {span}))
        better = len(held[1]) < len(dropped[1])
        if not held[1] and not dropped[1] and _content(held) != _content(dropped):
            doubts.append(_doubt(box, span))
        elif better and (box.unnumbered or _is_row_number(box, span, held)):
            kept.add(span)
        elif better:
            doubts.append(_doubt(box, span))
    rows, problems = read(_dropping(box, set(box.unsure) - kept))
    if rows and not problems and not doubts:
        # Behind the last row, the next row's number is all that is left of a table that is cut off there.
        cut = {str(rows[-1].number + 1), str(rows[-1].number + 1)[:1]}
        doubts = [
            _doubt(box, span)
            for span in box.unsure
            if span not in kept and box.pages.text[span[0] : span[1]] in cut and _stands_behind(box, span, read, rows)
        ]
    # A doubt explains the defects that its figure would mend; the others stay.
    return rows, [*doubts, *problems] if len(problems) > len(doubts) or not doubts else doubts


def _stands_behind(box: Box, span: Span, read: Callable[[Box], Reading], rows: Sequence[Any]) -> bool:
    """Say whether all rows are read from the text before a figure."""
    before, problems = read(_dropping(dataclasses.replace(box, end=span[0]), {other for other in box.unsure if other[1] <= span[0]}))
    return not problems and len(before) == len(rows)


def without_unsure(box: Box) -> Box:
    """Return the box with every unsure integer taken for a page number."""
    return _dropping(box, set(box.unsure))


def _dropping(box: Box, spans: set[Span]) -> Box:
    if not spans:
        return box
    pages, place = box.pages.without(sorted(spans))
    again = tuple(place(start) for start in box.again)
    return dataclasses.replace(box, pages=pages, start=place(box.start), end=place(box.end), again=again, unsure=())


def _is_row_number(box: Box, span: Span, held: Reading) -> bool:
    line = box.pages.line_at(span[0])
    number = int(box.pages.text[span[0] : span[1]])
    return any(row.number == number and row.source_line == line for row in held[0])


def _content(reading: Reading) -> list[Any]:
    return [dataclasses.replace(row, source_line=0) for row in reading[0]]


def _doubt(box: Box, span: Span) -> Problem:
    figure = box.pages.text[span[0] : span[1]]
    return box.pages.problem(
        span[0],
        box.label,
        f"换页处单独一行的“{figure}”",
        "能分清是页码还是数值",
        f"若是页码，改写成“—{figure}—”并补上该行缺少的数值；若是数值，把它移到该行其他文字的同一行",
    )
