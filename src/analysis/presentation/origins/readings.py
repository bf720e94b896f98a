"""Yearly figures: the line of the monitoring file or of the public figures that each was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from analysis.archive.sources import Deposit
from analysis.presentation.origins.origin import OBSERVED, Origin, standing
from analysis.presentation.origins.source_text import Shelf, SourceText

if TYPE_CHECKING:
    import pandas as pd

_WHERE = re.compile(r"^(?P<file>.+?\.\w+)\b.*?第(?P<line>\d+)行$")


def reading_rows(readings: pd.DataFrame, deposits: Sequence[Deposit], shelf: Shelf) -> Iterator[Origin]:
    """Yield the origins of readings by their ``where``.

    Args:
        readings: see :class:`analysis.observations.monitoring.Monitoring`.
        deposits: what they come from, oldest first; a later one replaces figures of an earlier one.
        shelf: files opened so far.
    """
    for row in readings.to_dict("records"):
        found = _WHERE.match(str(row["where"]))
        if not found:
            continue
        line = int(found["line"])
        named = [shelf.file(item.path(found["file"])) for item in reversed(deposits) if found["file"] in item.sidecar.files]
        for file in named:
            if len(named) == 1 or _says(file, line, row):
                yield standing(str(row["where"]), OBSERVED, file, line if file.text else 0)
                break


def _says(file: SourceText, line: int, row: dict[str, Any]) -> bool:
    """Say whether a line gives a reading: deposits of one source carry files of the same name."""
    cells = file.records.get(line)
    if cells is None:
        return not file.text
    wanted = (str(row["series"]), str(row["part"]), str(row["year"]))
    if (cells.get("indicator_id"), cells.get("part"), cells.get("year")) != wanted:
        return False
    # A share that counts k of N is computed from the two, to more digits than its own cell has.
    names = ("count", "total") if cells.get("count") else ("value",)
    return all(_number(cells.get(name) or "") == float(row[name]) for name in names)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
