"""Measures of bands against what came, in the logarithm and in units of each series' mean yearly change."""

from __future__ import annotations

import numpy as np
from forecasts import Bands
from numpy.typing import NDArray
from series import Windows

from analysis.models.scoring import covered, scaled_error, weighted_interval_score

Floats = NDArray[np.float64]


def measures(bands: Bands, windows: Windows) -> dict[str, float]:
    """Return coverage of both intervals, weighted interval scores (mean of logarithms; median of scaled ones) and MASE.

    MASE: errors over the series' mean absolute yearly change, averaged over horizons; the mean and the median over windows.
    """
    known = np.isfinite(windows.future) & np.isfinite(bands.point)
    scale = windows.yearly_change[:, None]
    errors = np.where(known, scaled_error(windows.future, bands.point, scale), np.nan)
    scores = np.where(known, _score(windows.future, bands) / scale, np.nan)
    result = {
        "windows": len(windows.series),
        "cover_80": float(covered(windows.future, bands.low_80, bands.high_80)[known].mean()),
        "cover_95": float(covered(windows.future, bands.low_95, bands.high_95)[known].mean()),
        "wis_scaled": float(np.nanmedian(np.nanmean(scores, axis=1))),
        "mase_mean": float(np.nanmean(errors)),
        "mase_median": float(np.nanmedian(np.nanmean(errors, axis=1))),
    }
    positive = known & (windows.future > 0) & (bands.low_95 > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = _score(np.log(windows.future), Bands(*(np.log(values) for values in bands[:5]), bands.chance))
    return result | {"wis_log": float(np.mean(logs[positive]))}


def _score(came: Floats, bands: Bands) -> Floats:
    return weighted_interval_score(came, bands.point, [bands.low_80, bands.low_95], [bands.high_80, bands.high_95])


def reliability(chances: Floats, happened: NDArray[np.bool_]) -> list[dict[str, float]]:
    """Return for each tenth of the chances how many there were, their mean, and the share that happened."""
    rows = []
    for lower in np.arange(10) / 10:
        inside = (chances >= lower) & (chances < lower + 0.1 + (lower > 0.85) * 1e-9)
        if inside.any():
            share = float(happened[inside].mean())
            rows.append(
                {"lower": round(float(lower), 1), "forecasts": int(inside.sum()), "mean": float(chances[inside].mean()), "happened": share}
            )
    return rows
