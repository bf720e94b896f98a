"""What a sheet holds: lines above, a table of typed cells, lines below."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.publishing.workbook.values import Value

WIDEST = 60  # characters of the default font; a Han character is two


@dataclass(frozen=True)
class Grid:
    """A table with its lines.

    Attributes:
        title: its title.
        columns: headings; empty for a grid of lines only.
        rows: typed cells.
        lead: lines between title and table.
        notes: lines below the table.
        fixed: columns at the left that stay in sight.
        widest: width in characters from which on text is wrapped.
    """

    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fixed: int = 0
    widest: int = WIDEST


@dataclass(frozen=True)
class Page:
    """A sheet.

    Attributes:
        name: name of the sheet, legal and unique.
        grids: what stands on it, from top to bottom.
    """

    name: str
    grids: tuple[Grid, ...]

    @property
    def title(self) -> str:
        """What the list of sheets says of it."""
        return self.grids[0].title
