"""The calibrated forecast of series of equal length, on the modelling scale."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import Calibration
from analysis.models.trend.counts import counted_rate
from analysis.models.trend.distribution import Widths, chance_of_reaching, half_widths, median, widths
from analysis.models.trend.panel import drawn_together
from analysis.models.trend.scales import Scale
from analysis.models.trend.spread import spread

Floats = NDArray[np.float64]
# Rounding to a unit u moves a difference of two values by a standard deviation of √2·u/√12.
_ROUNDING_NOISE = float(np.sqrt(2 / 12))


@dataclass(frozen=True)
class Calibrated:
    """Forecasts of N series for H years ahead.

    Attributes:
        middle: medians, shape (N, H). half_80, half_95: half widths, shape (N, H).
        held: shares near 100 % that keep their level, shape (N,).
        scale, noise, constants: what the widths were made of.
    """

    middle: Floats
    half_80: Floats
    half_95: Floats
    held: NDArray[np.bool_]
    scale: Floats
    noise: Floats
    constants: Widths

    def chance(self, target: Floats, sign: Floats) -> Floats:
        """Return the chance of being at or beyond a target on the modelling scale in each year, shape (N, H); NaN where it is."""
        return chance_of_reaching(self.middle, self.scale, self.noise, self.constants, target, sign)


def calibrated(
    years: Floats,
    values: Floats,
    scale: Scale,
    kind: str,
    rounding: Floats,
    panels: NDArray[np.object_],
    horizons: NDArray[np.int64],
    calibration: Calibration,
) -> Calibrated:
    """Forecast N series of n ≥ 3 points that share kind and scale.

    Args:
        years, values: shape (N, n). rounding: unit to which the values are printed; panels: empty for none, shape (N,).
        horizons: years ahead, shape (H,).
    """
    constants = calibration.parameters
    scaled, n = scale.forward(values), values.shape[1]
    floor = _ROUNDING_NOISE * rounding * scale.slope(np.maximum(np.abs(values[:, -1]), rounding))
    # Nothing moved: that says little of what may move, however finely it is printed.
    floor = np.where(np.ptp(values, axis=1) == 0, np.maximum(floor, constants.unchanged_floor), floor)
    prior = np.full(len(values), dict(constants.prior_change)[kind])  # type: ignore[index]
    last, noise, noise_ahead = scaled[:, -1], np.zeros(len(values)), np.zeros((len(values), len(horizons)))
    if kind == "count":
        rate = counted_rate(years, values, scaled)
        last, noise, noise_ahead = rate.last, rate.noise, rate.ahead(horizons.astype(float))
    measured = spread(years, scaled, floor, prior, noise, calibration)
    if kind == "count":
        measured = measured._replace(drift=rate.drift, steadiness=rate.steadiness)
    measured = drawn_together(measured, panels, n)
    held = np.asarray((values[:, -2:] >= constants.hold_from_percent).all(axis=1) & np.bool_(kind == "percent"))
    ahead = widths(n, horizons, kind, calibration)
    half_80, half_95 = half_widths(measured.scale, noise_ahead, ahead)
    middle = median(last, measured, ahead, held, dict(constants.usual_drift)[kind], constants.fastest_drift)  # type: ignore[index]
    return Calibrated(middle, half_80, half_95, held, measured.scale, noise_ahead, ahead)
