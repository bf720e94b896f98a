"""Numbers that stand for cells when a reader sorts a table by a column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.assessment.statuses import SEVERITY
from analysis.presentation import style

_MISSING = re.compile(r"^$|^(…|—)($|[ （])")
_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
_COUNTED = re.compile(r"^([\d,]+)/([\d,]+)")


def is_missing(cell: str) -> bool:
    """Say whether a cell holds no value: such cells stay last in either direction.

    Example:
        >>> [is_missing(cell) for cell in ("", "…", "… 无法评估", "—", "—（没有可比数值）", "……", "−1")]
        [True, True, True, True, True, False, False]
    """
    return bool(_MISSING.match(cell))


def number_in(cell: str) -> float | None:
    """Return the number a cell shows, the first of several; k/N as percent; None for none.

    Example:
        >>> [number_in(cell) for cell in ("1,544→规则", "−0.21", "+6.6百分点", "79/150（52.67%）", "不足5%", "规则")]
        [1544.0, -0.21, 6.6, 52.666666666666664, 5.0, None]
    """
    if (counted := _COUNTED.match(cell)) and (whole := _value(counted[2])):
        return 100 * _value(counted[1]) / whole
    match = _NUMBER.search(cell)
    return _value(match[0]) if match else None


def _value(digits: str) -> float:
    return float(digits.replace(",", "").replace("−", "-"))


def sort_values(cells: Sequence[str], *, numeric: bool) -> list[float | None]:
    """Return for each cell of a column the number to sort by; None where its words decide.

    A column of verdicts or outcomes is sorted by how bad they are, the worst first, as the charts and tables do.

    Args:
        cells: the column.
        numeric: whether it is one of numbers.
    """
    if numeric:
        return [None if is_missing(cell) else number_in(cell) for cell in cells]
    words = [None if is_missing(cell) else cell.partition(" ")[2] for cell in cells]
    for worst_first in (SEVERITY, tuple(style.OUTCOME_MARKS)):
        if any(words) and all(word is None or word in worst_first for word in words):
            return [None if word is None else float(worst_first.index(word)) for word in words]
    return [None] * len(cells)
