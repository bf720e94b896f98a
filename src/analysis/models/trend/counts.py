"""Counts of events: part of their ups and downs is chance alone, and is taken for that."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def smoothed_last(values: Floats, scaled: Floats) -> tuple[Floats, Floats]:
    """Draw the last count towards the mean rate as far as its ups and downs are those of a Poisson count.

    A count of mean m has on the logarithmic scale a noise of variance about 1/m, so yearly differences have 2/m. The share
    of the observed variance of the differences that this explains, at most one, is the weight of the series' mean rate; the
    rest stays with the last value.

    Args:
        values: counts, shape (N, n). scaled: on the modelling scale, same shape.

    Returns:
        Levels to start from on the modelling scale, and the variance 1/m of a single count, each of shape (N,).

    Source:
        Local level model with known observation variance: Durbin & Koopman (2012), Time Series Analysis by State Space
        Methods, chapter 2; here by moments.
    """
    mean = values.mean(axis=1) + 0.5
    noise = 1 / mean
    observed = (np.diff(scaled, axis=1) ** 2).mean(axis=1)
    by_chance = np.minimum(1.0, np.divide(2 * noise, observed, out=np.ones_like(noise), where=observed > 0))
    return scaled[:, -1] + by_chance * (np.log(mean) - scaled[:, -1]), noise


def looks_counted(values: Floats) -> NDArray[np.bool_]:
    """Say which level series pass through zero in whole numbers, none negative, so that their zeros are counts, shape (N,)."""
    return np.asarray((values.min(axis=1) == 0) & (values.max(axis=1) > 0) & (values == np.round(values)).all(axis=1))
