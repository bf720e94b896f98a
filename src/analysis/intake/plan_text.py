"""Reads 专栏 1–4 out of a civil-affairs plan's text as it comes from the PDF."""

from __future__ import annotations

import csv
import dataclasses
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis.intake.boxes import ACHIEVED, PLANNED, PROJECTS, STATISTICS, Box, find_boxes
from analysis.intake.bracket_rows import AchievedIndicator, Statistic, read_achieved, read_statistics
from analysis.intake.decoding import read_text
from analysis.intake.page_numbers import Reading, read_without_page_numbers, without_unsure
from analysis.intake.page_text import read_pages
from analysis.intake.projects import Project, read_projects
from analysis.intake.target_rows import PlannedIndicator, read_planned
from analysis.vocabulary.errors import InputError

ALL_BOXES = (ACHIEVED, STATISTICS, PLANNED, PROJECTS)
ROW_TYPES: dict[str, type[Any]] = {
    ACHIEVED: AchievedIndicator,
    STATISTICS: Statistic,
    PLANNED: PlannedIndicator,
    PROJECTS: Project,
}


@dataclass(frozen=True)
class PlanTables:
    """The rows of a plan's boxes, as printed; a box that was not asked for is empty.

    Attributes:
        achieved_indicators: 专栏1, one row an indicator.
        statistics: 专栏2, one row a statistic or sub-item.
        planned_indicators: 专栏3, one row an indicator or sub-item.
        projects: 专栏4, one row a commitment.
        labels: the printed label (``专栏1``) of each box.
        notes: footnotes found between the pages of a table, as printed.
    """

    achieved_indicators: tuple[AchievedIndicator, ...]
    statistics: tuple[Statistic, ...]
    planned_indicators: tuple[PlannedIndicator, ...]
    projects: tuple[Project, ...]
    labels: dict[str, str]
    notes: tuple[str, ...]

    def rows(self, kind: str) -> tuple[Any, ...]:
        """Return one box's rows by its name."""
        return tuple(getattr(self, kind))


def read_plan_text(path: Path, boxes: Sequence[str] = ALL_BOXES) -> PlanTables:
    """Read the boxes of a plan out of a text file.

    Args:
        path: the plan's text (UTF-8 with or without BOM, UTF-16 with BOM, GB18030); any line width, any line ends.
        boxes: which boxes to read, of ``ALL_BOXES``.

    Returns:
        Rows with the figures exactly as printed (:class:`decimal.Decimal`, so 26.50 keeps its two decimals);
        ``—`` is None.

    Raises:
        InputError: the complete list of what could not be placed, each with line and text. A row is never dropped
            or guessed.

    Example:
        >>> from analysis.vocabulary import paths
        >>> deposit = paths.raw_data() / "yuexiu-plan-14" / "2022-01-18" / "boxes-1-3.txt"
        >>> tables = read_plan_text(deposit, boxes=["achieved_indicators"])
        >>> tables.achieved_indicators[0].name, str(tables.achieved_indicators[0].target)
        ('每千名长者（户籍人口）拥有养老床位', '40')
    """
    return tables_of_text(read_text(path), path.name, boxes)


def tables_of_text(text: str, name: str, boxes: Sequence[str] = ALL_BOXES) -> PlanTables:
    """Read the boxes of a plan out of its text; see :func:`read_plan_text`."""
    unknown = [box for box in boxes if box not in ALL_BOXES]
    if unknown:
        raise InputError.single("参数 boxes", "、".join(unknown), "、".join(ALL_BOXES), "改为其中的名称")
    pages = read_pages(text, name)
    # 专栏1 and 专栏2 show the categories that 专栏3 may have, whether they are asked for or not.
    found, problems = find_boxes(pages, tuple(boxes))
    others, missing = find_boxes(pages, (ACHIEVED, STATISTICS)) if PLANNED in found else ({}, [])
    readings = {kind: _rows_of(box) for kind, box in {**others, **found}.items() if kind != PLANNED}
    if PLANNED in found:
        readings[PLANNED] = _rows_of(found[PLANNED], frozenset() if missing else _categories(readings))
    for kind in found:
        problems += readings[kind][1]
    rows = {kind: readings[kind][0] if kind in found else () for kind in ALL_BOXES}
    if problems:
        raise InputError(problems)
    notes = tuple(note for box in found.values() for note in box.notes)
    labels = {kind: box.label for kind, box in found.items()}
    return PlanTables(**{kind: tuple(rows[kind]) for kind in ALL_BOXES}, labels=labels, notes=notes)


def _categories(readings: dict[str, Reading]) -> frozenset[str]:
    """Return the categories that 专栏1 and 专栏2 show; none unless both read well."""
    shown = [readings[kind] for kind in (ACHIEVED, STATISTICS)]
    return frozenset() if any(defects for _, defects in shown) else frozenset(row.category for rows, _ in shown for row in rows)


def _rows_of(box: Box, shown: frozenset[str] = frozenset()) -> Reading:
    match box.kind:
        case "achieved_indicators":
            return read_without_page_numbers(box, read_achieved)
        case "statistics":
            return read_without_page_numbers(box, read_statistics)
        case "planned_indicators":
            return read_without_page_numbers(box, lambda variant: read_planned(variant, shown))
        case _:
            # In running text a line of its own that holds only a figure is never a part of the sentence.
            return read_projects(without_unsure(box))


def write_tables(tables: PlanTables, out: Path, boxes: Sequence[str] = ALL_BOXES) -> list[Path]:
    """Write each box as ``<box>.csv`` into a folder: UTF-8, figures as printed, empty cells for missing ones.

    Every file is complete before it takes its name, so a failure leaves older files as they were.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for kind in boxes:
        target = out / f"{kind}.csv"
        columns = [field.name for field in dataclasses.fields(ROW_TYPES[kind])]
        handle, temporary = tempfile.mkstemp(dir=out, prefix=f".{kind}-", suffix=".csv")
        with open(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([_cell(getattr(row, column)) for column in columns] for row in tables.rows(kind))
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
        written.append(target)
    return written


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
