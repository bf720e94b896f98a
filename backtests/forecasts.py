"""Forecasts for windows by the package itself and by what it is measured against, on the same windows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from series import HORIZONS, Windows

from analysis.models.trend import forecast
from analysis.models.trend.candidates import predict

Floats = NDArray[np.float64]
LAST_YEAR = 2020


class Bands(NamedTuple):
    """Medians and intervals of windows, each of shape (W, 5)."""

    point: Floats
    low_80: Floats
    high_80: Floats
    low_95: Floats
    high_95: Floats
    chance: Floats


def ours(windows: Windows, n: int, *, kinds: bool, targets: Floats | None = None, directions: NDArray[np.str_] | None = None) -> Bands:
    """Forecast windows from their last n years by :func:`analysis.models.trend.forecast`, all in one call.

    Args:
        kinds: tell the kind of each series, or leave every one a level as a user who says nothing.
        targets, directions: of each window, for the chances.
    """
    number = len(windows.series)
    table = pd.DataFrame(
        {
            "series": np.repeat(np.arange(number), n),
            "year": np.tile(np.arange(LAST_YEAR - n + 1, LAST_YEAR + 1), number),
            "value": windows.history[:, -n:].ravel(),
        }
    )
    if kinds:
        table["kind"] = np.repeat(windows.kind, n)
    if targets is not None:
        table["target"], table["direction"] = np.repeat(targets, n), np.repeat(directions, n)
    found = forecast(table, LAST_YEAR + HORIZONS)
    return Bands(*(found[column].to_numpy().reshape(number, HORIZONS) for column in Bands._fields))


def damped_holt(history: Floats) -> Floats:
    """Return the point forecasts of Holt's damped trend with fixed weights .8, .2, .85 on logarithms, shape (W, 5)."""
    scaled = np.log(history)
    level, trend = scaled[:, 0].copy(), (scaled[:, -1] - scaled[:, 0]) / (scaled.shape[1] - 1)
    for column in scaled.T[1:]:
        before = level
        level = 0.8 * column + 0.2 * (before + 0.85 * trend)
        trend = 0.2 * (level - before) + 0.8 * 0.85 * trend
    return np.exp(level[:, None] + trend[:, None] * np.cumsum(0.85 ** np.arange(1, HORIZONS + 1)))


def native(model: str, windows: Windows, n: int) -> Bands:
    """Forecast windows one by one by a model of statsmodels with its own intervals, on logarithms."""
    rows = []
    for history in np.log(windows.history[:, -n:]):
        found = predict(model, history, HORIZONS)
        middle, deviation = found if found is not None else (np.full(HORIZONS, np.nan),) * 2
        edges = [middle, *(middle + sign * normal * deviation for normal in (1.2815515655, 1.9599639845) for sign in (-1, 1))]
        rows.append([*np.exp(np.clip(edges, -700, 700)), np.full(HORIZONS, np.nan)])
    return Bands(*np.array(rows).transpose(1, 0, 2))
