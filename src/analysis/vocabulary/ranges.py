"""A quantity that is not known exactly: low, middle and high value in one unit."""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """Low, middle and high value of one quantity, in one unit; ``low <= mid <= high`` is the caller's promise.

    Example:
        >>> Range(0.5, 0.7, 0.9).mid
        0.7
    """

    low: float
    mid: float
    high: float
