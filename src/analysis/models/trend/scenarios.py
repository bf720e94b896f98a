"""One or two points: named scenarios, no interval and no probability."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.models.trend.scales import Scale

Floats = NDArray[np.float64]
HOLD, HALF, SAME, REQUIRED = "情景：保持现值", "情景：既往增速减半", "情景：保持既往增速", "情景：恰好达到目标"


def scenarios(years: Floats, values: Floats, scale: Scale, horizons: NDArray[np.int64], target: Floats) -> dict[str, Floats]:
    """Carry N series of one or two points on by named assumptions.

    Args:
        years, values: shape (N, 1) or (N, 2). horizons: years ahead, shape (H,), the last being the target's year.
        target: shape (N,), NaN without target.

    Returns:
        Scenario name to values, shape (N, H); NaN where it has no meaning. Half and same pace need two points.
    """
    scaled = scale.forward(values)
    last, ahead = scaled[:, -1:], horizons[None, :].astype(float)
    result = {HOLD: np.repeat(values[:, -1:], len(horizons), axis=1)}
    if values.shape[1] == 2:
        pace = (scaled[:, 1:] - scaled[:, :1]) / (years[:, 1:] - years[:, :1])
        result[HALF] = scale.back(last + pace * ahead / 2)
        result[SAME] = scale.back(last + pace * ahead)
    aim = scale.forward(target)
    path = scale.back(last + (aim[:, None] - last) * ahead / ahead[:, -1:])
    path[:, -1] = target  # what is shown for the target's year is the target, not its rounding through the scale
    result[REQUIRED] = np.where(np.isfinite(aim)[:, None], path, np.nan)
    return result
