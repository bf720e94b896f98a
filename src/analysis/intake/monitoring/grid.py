"""A sheet or a CSV file as rows of cells, with what has been told of them already."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.archive.forms import RowKind
from analysis.intake.monitoring.findings import Cell


@dataclass(frozen=True)
class Grid:
    """A table as found.

    Attributes:
        sheet: name of the sheet; empty for CSV.
        kind: whose sheet it is; None for CSV, which may hold all rows.
        rows: its rows, all with the same number of cells.
        hidden: positions in ``rows`` of rows that the workbook hides.
        hidden_columns: positions of columns that it hides.
    """

    sheet: str
    kind: RowKind | None
    rows: tuple[tuple[Cell, ...], ...]
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def values(self) -> list[list[object]]:
        """Return the bare contents."""
        return [[cell.value for cell in row] for row in self.rows]
