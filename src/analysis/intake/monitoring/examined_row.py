"""One row under examination: its cells are read, and what can't be read is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TypeVar

from analysis.archive.forms import COLUMNS
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.headings import folded
from analysis.intake.monitoring.numbers import Refused, read_whole
from analysis.intake.monitoring.table import TableRow

Value = TypeVar("Value")


@dataclass
class ExaminedRow:
    """A row with what is known of it so far.

    Attributes:
        table: its cells.
        findings: takes its problems.
        about: indicator and year, for messages; empty until they are known.
        sound: False once a cell was refused, which makes the whole row unusable.
    """

    table: TableRow
    findings: Findings
    about: str = ""
    sound: bool = True

    def refuse(self, cell: Cell, found: str, expected: str, action: str) -> None:
        """Tell a problem of a cell, unless it is told already."""
        self.sound = False
        if cell.value is not TOLD:
            self.findings.error(cell, self.about, found, expected, action)

    def taken(self, cell: Cell, value: Value | Refused) -> Value | None:
        """Return what was read from a cell; None, and its problem told, if it was refused."""
        if isinstance(value, Refused):
            self.refuse(cell, value.found, value.expected, value.action)
            return None
        return value

    def choice(self, column: str, choices: tuple[str, ...], default: str) -> str:
        """Return which of several words a cell holds, ``default`` for an empty one."""
        cell = self.table.cell(column)
        if cell.value is None:
            return default
        text = folded(cell.text)
        if text not in choices:
            action = f"从中选一个；留空则为“{default}”" if default else "从中选一个"
            self.refuse(cell, f"{COLUMNS[column]}“{cell.text[:20]}”", "、".join(choices), action)
        return text

    def whole(self, column: str) -> int | None:
        """Return the count in a cell; None for an empty or refused one."""
        cell = self.table.cell(column)
        return None if cell.value is None else self.taken(cell, read_whole(cell.value, cell.percent_format))

    def text(self, column: str) -> str:
        """Return the text of a cell; a date as ISO."""
        cell = self.table.cell(column)
        if isinstance(cell.value, datetime.datetime) and cell.value.time() == datetime.time():
            return cell.value.date().isoformat()
        return cell.text
