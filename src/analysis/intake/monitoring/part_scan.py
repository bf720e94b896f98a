"""One XML part of a workbook as it streams by: counted and noted, never built up in memory."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from analysis.intake.monitoring.limits import MAXIMUM_CELLS, MAXIMUM_FILLED, MAXIMUM_ROWS

MAXIMUM_MERGED = 100_000  # cells in merged areas: openpyxl makes an object of each
# What a workbook may hold of each element. Rows count when formatted, too: three data sheets, and as much again.
_LIMITS = {"element": 1_000_000, "c": MAXIMUM_CELLS, "row": 6 * MAXIMUM_ROWS, "filled": MAXIMUM_FILLED}
_FILLED = frozenset(("v", "is"))


class TooManyCellsError(Exception):
    """A workbook with more cells, rows or other elements than any form has."""


@dataclass
class PartScan:
    """Target of an XML parser.

    Attributes:
        counts: elements of the whole workbook so far, shared between its parts.
        root: local name of the part's first element.
        merged: cells in its merged areas.
        content_types: part names or file endings in lower case with their content types.
        relations: type and mode of what a part of relations refers to, in lower case.
    """

    counts: Counter[str]
    root: str = ""
    merged: int = 0
    content_types: list[tuple[str, str]] = field(default_factory=list)
    relations: list[tuple[str, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take one element."""
        name = tag.rpartition("}")[2]
        self.root = self.root or name
        self._count("element")
        if self.root == "worksheet":
            if name in _FILLED:
                self._count("filled")
            elif name in ("c", "row"):
                self._count(name)
            elif name == "mergeCell":
                self.merged += _area(attributes.get("ref", ""))
        elif self.root == "Types":
            self.content_types.append(
                ((attributes.get("PartName") or attributes.get("Extension", "")).lower(), attributes.get("ContentType", "").lower())
            )
        elif self.root == "Relationships" and name == "Relationship":
            self.relations.append((attributes.get("Type", "").lower(), attributes.get("TargetMode", "").lower()))

    def close(self) -> PartScan:
        """Return itself at the end of the part."""
        return self

    def _count(self, name: str) -> None:
        self.counts[name] += 1
        if self.counts[name] > _LIMITS[name]:
            raise TooManyCellsError(name)


def _area(reference: str) -> int:
    """Return how many cells a merged area has; whole rows and columns are too many."""
    from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]

    try:
        left, top, right, bottom = range_boundaries(reference)
        return int((right - left + 1) * (bottom - top + 1))
    except (TypeError, ValueError):
        return MAXIMUM_MERGED + 1
