"""Scores of forecasts against what came: coverage, interval and weighted interval score, Brier score, scaled error."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def covered(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.bool_]:
    """Say which outcomes lie in their interval, ends included.

    Example:
        >>> covered([1.0, 5.0], [0.0, 0.0], [2.0, 2.0]).tolist()
        [True, False]
    """
    y = np.asarray(actual, float)
    return (y >= np.asarray(low, float)) & (y <= np.asarray(high, float))


def interval_score(actual: ArrayLike, low: ArrayLike, high: ArrayLike, level: float) -> Floats:
    """Return the interval score: width plus 2/(1−level) for each unit by which the outcome lies outside.

    Args:
        actual, low, high: in one unit, same shape.
        level: nominal coverage, such as 0.8.

    Source:
        Gneiting & Raftery (2007), Journal of the American Statistical Association 102, 359–378.

    Example:
        >>> interval_score(5.0, 0.0, 4.0, 0.8).round(6).item()
        14.0
    """
    y, lower, upper = (np.asarray(values, float) for values in (actual, low, high))
    outside = np.clip(lower - y, 0, None) + np.clip(y - upper, 0, None)
    return np.asarray(upper - lower + 2 / (1 - level) * outside)


def weighted_interval_score(
    actual: ArrayLike, point: ArrayLike, lows: Sequence[ArrayLike], highs: Sequence[ArrayLike], levels: Sequence[float] = (0.8, 0.95)
) -> Floats:
    """Return the weighted interval score [½|y−m| + Σ(α/2)·IS_α] ÷ (K + ½), α = 1 − level; smaller is better.

    Args:
        actual, point: outcome and median.
        lows, highs: for each level one array.
        levels: the K nominal coverages.

    Source:
        Bracher et al. (2021), PLOS Computational Biology 17, e1008618.

    Example:
        >>> float(weighted_interval_score(5.0, 4.0, [3.0, 2.0], [6.0, 7.0]).round(4))
        0.37
    """
    total = np.abs(np.asarray(actual, float) - np.asarray(point, float)) / 2
    for low, high, level in zip(lows, highs, levels, strict=True):
        total = total + (1 - level) / 2 * interval_score(actual, low, high, level)
    return np.asarray(total / (len(levels) + 0.5))


def brier(chance: ArrayLike, happened: ArrayLike) -> Floats:
    """Return the squared difference of chance and outcome (1 happened, 0 did not).

    Example:
        >>> brier([0.8, 0.3], [1, 0]).round(2).tolist()
        [0.04, 0.09]
    """
    return np.asarray((np.asarray(chance, float) - np.asarray(happened, float)) ** 2)


def scaled_error(actual: ArrayLike, point: ArrayLike, scale: ArrayLike) -> Floats:
    """Return absolute errors over a series' mean absolute yearly change; MASE is their mean.

    Source:
        Hyndman & Koehler (2006), International Journal of Forecasting 22, 679–688.

    Example:
        >>> scaled_error([12.0], [10.0], [4.0]).tolist()
        [0.5]
    """
    return np.asarray(np.abs(np.asarray(actual, float) - np.asarray(point, float)) / np.asarray(scale, float))
