"""The same indicator of many districts: each series leans on the others as far as they are alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.models.trend.spread import Spread

FEWEST_SERIES = 10


def drawn_together(measured: Spread, panels: NDArray[np.object_], points: int) -> Spread:
    """Shrink scales and drifts of series that share a panel towards the panel's own.

    The scale's prior becomes the panel's typical scale (geometric mean) in place of the general one. The drift becomes a
    weighted mean of the series' own and the panel's: the own weight is τ²/(τ² + v), v the variance of an estimated drift
    (scale² over its number of yearly changes) and τ² what the drifts differ by beyond it (moments). The steadiness is mixed
    likewise with that of the panel's mean drift, its square over itself plus its variance. Panels of fewer than ten series,
    and series without panel, stay as they are.

    Args:
        measured: of N series. panels: their panel, empty for none, shape (N,). points: observations of each.

    Source:
        Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3(1), for the scales; Efron & Morris (1973),
        Journal of the American Statistical Association 68, 117–130, for the drifts.
    """
    drift, steadiness, scale = (values.copy() for values in measured)
    for name in np.unique(panels[panels != ""].astype(str)):
        members = panels == name
        if members.sum() < FEWEST_SERIES:
            continue
        logs = np.log(measured.scale[members])
        # Own scales are noisy, the more so the fewer the points; a share of their spread is that noise, not difference.
        noise = 1 / (2 * (points - 1))
        own = max(0.0, 1 - noise / max(float(logs.var(ddof=1)), 1e-12))
        scale[members] = np.exp(logs.mean() + own * (logs - logs.mean()))
        drifts = measured.drift[members]
        variance = scale[members] ** 2 / (points - 1)
        between = max(0.0, float(drifts.var(ddof=1) - variance.mean()))
        weight = between / (between + variance)
        common = float(np.average(drifts, weights=1 / variance))
        spread_of_mean = float(drifts.var(ddof=1)) / len(drifts)
        common_steadiness = common**2 / (common**2 + spread_of_mean) if common else 0.0
        drift[members] = weight * drifts + (1 - weight) * common
        steadiness[members] = weight * measured.steadiness[members] + (1 - weight) * common_steadiness
    return Spread(drift, steadiness, scale)
