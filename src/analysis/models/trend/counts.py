"""Counts of events: part of their ups and downs is chance alone, and is taken for that."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SMALL_COUNTS = 100  # a level that reaches this is no longer taken for a count


class CountedRate(NamedTuple):
    """What N series of counts say of their rate, each array of shape (N,), on the modelling scale.

    Attributes:
        last: level to start from. noise: variance 1/m of a single count. drift: yearly change. steadiness: the part of the
            change over the years that isn't chance. slope_noise: variance by chance of the part of the drift
            that is carried on. reach: years from the
            middle of the history to its end, over which that variance has already worked.
    """

    last: Floats
    noise: Floats
    drift: Floats
    steadiness: Floats
    slope_noise: Floats
    reach: Floats

    def ahead(self, horizons: Floats) -> Floats:
        """Return the variance by chance of a count some years ahead, shape (N, H): its own, the level's and the drift's."""
        return np.asarray(self.noise[:, None] + self.slope_noise[:, None] * (self.reach[:, None] + horizons) ** 2)


def counted_rate(years: Floats, values: Floats, scaled: Floats) -> CountedRate:
    """Tell a rate's movement from the chance of its counts.

    A count of mean m has on the logarithmic scale a noise of variance about 1/m, so yearly differences have 2/m. A line is
    fitted; its slope keeps the share by which its square exceeds its variance under that noise. The last count is drawn
    towards the line by the share of the differences' variance about their mean that the noise explains, at most one.

    Args:
        years, values: counts, shape (N, n). scaled: on the modelling scale, same shape.

    Source:
        Local linear trend with known observation variance: Durbin & Koopman (2012), Time Series Analysis by State Space
        Methods, chapter 2; here by moments.
    """
    points = values.shape[1]
    mean = values.mean(axis=1) + 0.5
    noise = 1 / mean
    centred = years - years.mean(axis=1, keepdims=True)
    spread = (centred**2).sum(axis=1)
    slope = (centred * scaled).sum(axis=1) / spread
    certain = np.maximum(0.0, 1 - np.divide(noise / spread, slope**2, out=np.full_like(slope, np.inf), where=slope != 0))
    changes = np.diff(scaled, axis=1)
    about_mean = ((changes - changes.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / max(points - 2, 1)
    by_chance = np.minimum(1.0, np.divide(2 * noise, about_mean, out=np.ones_like(noise), where=about_mean > 0))
    line = np.log(mean) + certain * slope * centred[:, -1]
    return CountedRate(scaled[:, -1] + by_chance * (line - scaled[:, -1]), noise, slope, certain, certain * noise / spread, centred[:, -1])


def looks_counted(values: Floats) -> NDArray[np.bool_]:
    """Say which level series pass through zero in small whole numbers, none negative, so that their zeros are counts, shape (N,)."""
    small = (values.max(axis=1) > 0) & (values.max(axis=1) < SMALL_COUNTS)
    return np.asarray((values.min(axis=1) == 0) & small & (values == np.round(values)).all(axis=1))
