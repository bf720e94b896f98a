"""From drift and scale to median, intervals and chance: a Student t whose widths were calibrated on held-out series."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import HORIZONS, MOST, Calibration
from analysis.models.trend.spread import Spread

Floats = NDArray[np.float64]
_NORMAL_80, _NORMAL_95 = 1.2815515655446004, 1.959963984540054  # quantiles 0.9 and 0.975 of the standard normal


class Widths(NamedTuple):
    """Constants for one number of points and some horizons, each of shape (H,)."""

    width_80: Floats
    width_95: Floats
    degrees: Floats
    unit: Floats
    drift: Floats  # years of own drift carried on, damped
    years: Floats  # years ahead


def widths(points: int, horizons: NDArray[np.int64], kind: str, calibration: Calibration) -> Widths:
    """Return the constants for ``points`` observations and years ahead, shape (H,).

    More than eight points: as eight. Beyond five years ahead the half widths go on along the power of h by which they grew
    from three to five years, so they never stop widening.
    """
    row = min(points, MOST) - 3
    near = np.minimum(horizons, HORIZONS) - 1
    grown = []
    for table in (calibration.width_80, calibration.width_95):
        power = np.log(table[row, 4] / table[row, 2]) / np.log(5 / 3)
        grown.append(table[row, near] * (np.maximum(horizons, HORIZONS) / HORIZONS) ** power)
    degrees = calibration.degrees[row, near]
    unit = calibration.unit[row, near] * grown[0] / calibration.width_80[row, near]
    damping = calibration.parameters.damping
    years = horizons.astype(np.float64)
    carried = years if damping == 1 else (1 - damping**years) / (1 - damping)
    weight = calibration.parameters.smooth_drift_weight if kind == "smooth" else calibration.drift_weight[row]
    return Widths(grown[0], grown[1], degrees, unit, np.asarray(weight * carried, dtype=np.float64), years)


def median(last: Floats, measured: Spread, constants: Widths, held: NDArray[np.bool_], usual: float, fastest: float) -> Floats:
    """Return medians on the modelling scale, shape (N, H): last value plus the part of the drift that usually goes on.

    The less steady a series, the more it takes the usual drift of its kind in place of its own.

    Args:
        last: last values, shape (N,). held: series that keep their level (shares near 100 %), shape (N,).
        usual: drift a year of series of this kind, in units of their scale.
        fastest: drift a year that is carried on at most; explosive growth of a beginning isn't.
    """
    own = measured.steadiness * np.clip(measured.drift, -fastest, fastest)
    common = (1 - measured.steadiness) * usual * measured.scale
    moved = own[:, None] * constants.drift + common[:, None] * constants.years
    return np.asarray(last[:, None] + np.where(held[:, None], 0.0, moved))


def half_widths(scale: Floats, noise: Floats, constants: Widths) -> tuple[Floats, Floats]:
    """Return half widths of the 80 % and 95 % interval on the modelling scale, each of shape (N, H).

    Args:
        scale: shape (N,). noise: variance by chance alone in each year ahead, shape (N, H).
    """
    pairs = ((constants.width_80, _NORMAL_80), (constants.width_95, _NORMAL_95))
    halves = [np.sqrt((scale[:, None] * width) ** 2 + normal**2 * noise) for width, normal in pairs]
    return halves[0], halves[1]


def chance_of_reaching(middle: Floats, scale: Floats, noise: Floats, constants: Widths, target: Floats, sign: Floats) -> Floats:
    """Return the chance that the value is at or beyond the target in each year ahead, shape (N, H).

    Args:
        middle: medians, shape (N, H); scale, noise: as in :func:`half_widths`.
        target: on the modelling scale, shape (N,), NaN without target; sign: +1 higher is better, −1 lower, shape (N,).
    """
    from scipy.special import stdtr

    distance = (middle - target[:, None]) * sign[:, None] / np.hypot(scale[:, None] * constants.unit, np.sqrt(noise))
    return np.asarray(stdtr(constants.degrees, distance))
