"""Rows of a plan's own tables: where each printed figure stands in the deposit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from analysis.archive.plans import Plan
from analysis.archive.sources import Deposit
from analysis.observations.door import load_observations, load_table
from analysis.observations.targets import LISTED_FILE
from analysis.presentation.origins.origin import OBSERVED, PRINTED_RATE, STATED, STATISTIC, TARGET, Origin, standing
from analysis.presentation.origins.source_text import Shelf, SourceText

_STATISTICS = "专栏2"
_ORDER = (TARGET, OBSERVED, PRINTED_RATE, STATISTIC)


def printed_rows(deposit: Deposit, shelf: Shelf) -> Iterator[Origin]:
    """Yield the figures of 专栏1—4 and of the prose, as the deposited text prints them."""
    frame = load_observations()
    frame = frame[(frame["source"] == deposit.source) & (frame["edition"] == deposit.edition)]
    for (name, table), rows in frame.groupby(["source_file", "table"], sort=False):
        file = shelf.file(deposit.path(str(name)))
        starts = sorted({int(line) for line in frame.loc[frame["source_file"] == name, "source_line"]})
        for (number, first), own in rows.groupby(["number", "source_line"], sort=False):
            last = next((start - 1 for start in starts if start > first), len(file.lines))
            seen = [
                (_line_of(file, str(row.printed), int(first), last), STATISTIC if table == _STATISTICS else str(row.kind))
                for row in own.itertuples()
            ]
            for line, kinds in groupby(sorted(seen), key=lambda pair: pair[0]):
                words = "、".join(sorted({kind for _, kind in kinds}, key=_ORDER.index))
                for label in (f"{table}第{number}行", f"{name} 第{first}行"):
                    yield standing(label, words, file, line)
    yield from _records(deposit, shelf)


def _line_of(file: SourceText, printed: str, first: int, last: int) -> int:
    """Return the line of a row's lines that prints a figure; the row's first where it prints none (a rule, or —)."""
    if not printed:
        return first
    figure = re.compile(rf"(?<![\d.]){re.escape(printed)}(?![\d.])")
    lines = range(first, last + 1)
    return next((number for number in reversed(lines) if figure.search(_figures(file.line(number), number == first))), first)


def _figures(line: str, opening: bool) -> str:
    """Return a line without the row's own number, which opens its first line."""
    return re.sub(r"^\d+\s", "", line) if opening else line


def _records(deposit: Deposit, shelf: Shelf) -> Iterator[Origin]:
    """Yield what was recorded of the plan beside its text: projects (专栏4), figures of the prose, slips of print."""
    names = deposit.sidecar.files
    if "projects.csv" in names:
        file = shelf.file(deposit.path("projects.csv"))
        for row in load_table("projects").itertuples():
            yield standing(f"专栏4第{row.number}项", TARGET, file, int(row.source_line))
    if "prose_figures.csv" in names:
        file = shelf.file(deposit.path("prose_figures.csv"))
        for line, record in file.records.items():
            for label in dict.fromkeys((record["chapter"], record["chapter"] + record["item"])):
                yield standing(label, STATED, file, line)
    if "printing_slips.csv" in names:
        file = shelf.file(deposit.path("printing_slips.csv"))
        for line, record in file.records.items():
            yield standing(f"核对{record['id']}", STATED, file, line)


def listed_rows(plan: Plan, deposit: Deposit, shelf: Shelf) -> Iterator[Origin]:
    """Yield the rows of a target table that somebody typed after the plan, one line a row or part."""
    name = next(name for name in deposit.sidecar.files if name.endswith(LISTED_FILE))
    file = shelf.file(deposit.path(name))
    for line, record in file.records.items():
        yield standing(f"{plan.header.indicators_table}第{record['number']}行", f"{TARGET}、{OBSERVED}", file, line)
