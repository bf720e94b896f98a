"""The plan's own path from base through milestone to target, and the three figures measured along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[np.float64]
Flags = NDArray[np.bool_]
RELATIVE_PRECISION = 1e-9  # 1.6 × 1,120 is 1792.0000000000002 in binary arithmetic


def at_least(value: Figures, bound: Figures | float) -> Flags:
    """Compare figures that binary arithmetic may have moved in the last digit; NaN is never at least anything.

    Example:
        >>> bool(at_least(np.float64(1792.0), np.float64(1.6 * 1120)))
        True
    """
    slack = RELATIVE_PRECISION * np.maximum(np.abs(value), np.abs(bound))
    return np.asarray(value >= bound - slack)


def without_noise(difference: Figures, scale: Figures) -> Figures:
    """Return a difference as zero where it is no more than binary arithmetic's last digit."""
    return np.where(np.abs(difference) <= RELATIVE_PRECISION * np.abs(scale), 0.0, difference)


def reached(value: Figures, bound: Figures, sign: Figures) -> Flags:
    """Say whether a value is at or beyond a bound, in the better direction (``sign`` 1 higher, −1 lower)."""
    return at_least(sign * value, sign * bound)


def path(base: Figures, milestone: Figures, target: Figures, *, years: tuple[int, int, int], year: int, geometric: bool = False) -> Figures:
    """Return the level that the plan's own path asks for at the end of a year.

    Straight lines from the base to the milestone and on to the target; without a milestone straight to the target.
    Without a base there is no line before the milestone, so the milestone itself is asked for, and without either the
    target: the level is judged, not the pace.

    Args:
        base, milestone, target: levels in one unit; NaN where the plan prints none.
        years: base, milestone and final year.
        year: the year of the data.
        geometric: constant growth between the points instead of constant steps, where both are positive.

    Source: docs/method.md; the piecewise path is the plan's own, not the peers' single line.

    Example:
        >>> float(path(np.float64(23), np.float64(25), np.float64(28), years=(2020, 2023, 2025), year=2024))
        26.5
    """
    first, middle, last = years
    halfway = np.where(np.isnan(milestone), target, milestone)
    if year > middle:
        start = np.where(np.isnan(milestone), base, milestone)
        share = np.where(np.isnan(milestone), (year - first) / (last - first), (year - middle) / (last - middle))
        return np.where(np.isnan(start), target, _between(start, target, share, geometric))
    share = np.where(np.isnan(milestone), (year - first) / (last - first), (year - first) / (middle - first))
    return np.where(np.isnan(base), halfway, _between(base, halfway, share, geometric))


def _between(start: Figures, end: Figures, share: Figures, geometric: bool) -> Figures:
    straight = start + (end - start) * share
    if not geometric:
        return np.asarray(straight)
    positive = (start > 0) & (end > 0)
    ratio = np.divide(end, start, out=np.ones_like(straight), where=positive)
    return np.where(positive, start * ratio**share, straight)


def completion(value: Figures, target: Figures, sign: Figures) -> Figures:
    """Return 完成率 C = value ÷ target (target ÷ value where lower is better); NaN where the divisor is zero.

    Source: the convention of the plan's own 专栏1.
    """
    above, below = np.where(sign > 0, value, target), np.where(sign > 0, target, value)
    ratio = np.full(np.broadcast(above, below).shape, np.nan)
    np.divide(above, below, out=ratio, where=below != 0)
    return ratio


def way_covered(base: Figures, value: Figures, end: Figures, sign: Figures, least_way: Figures) -> Figures:
    """Return (value − base) ÷ (end − base); NaN where the way is no longer than ``least_way`` or leads the wrong way.

    With the target as ``end`` and 0 as ``least_way`` it is the base-to-target progress A; with the path's level it is
    the schedule ratio R (时序).

    Source: ESCAP current status index; 目标一致法.
    """
    way = sign * (end - base)
    slack = RELATIVE_PRECISION * np.maximum(np.abs(end), np.abs(base))
    walked = sign * (value - base)
    ratio = np.full(np.broadcast(walked, way).shape, np.nan)
    np.divide(walked, way, out=ratio, where=way > least_way + slack)
    return ratio


def required_pace(value: Figures, target: Figures, sign: Figures, years_left: int) -> Figures:
    """Return the yearly step, in the indicator's unit, that leads to the target in the years left; 0 where it is reached."""
    if years_left <= 0:
        return np.full(np.broadcast(value, target).shape, np.nan)
    step = (target - value) / years_left
    return np.where(reached(value, target, sign), 0.0, step)


def required_growth(value: Figures, target: Figures, sign: Figures, years_left: int) -> Figures:
    """Return the constant yearly growth (ratio) that leads to the target; 0 where reached, NaN without positive figures."""
    shape = np.broadcast(value, target).shape
    if years_left <= 0:
        return np.full(shape, np.nan)
    positive = (value > 0) & (target > 0)
    ratio = np.divide(target, value, out=np.full(shape, np.nan), where=positive)
    return np.where(reached(value, target, sign), 0.0, ratio ** (1 / years_left) - 1)
