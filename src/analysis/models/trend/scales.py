"""The scale on which a series is modelled: logarithm, log-odds of a percentage, or plain steps where values pass zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LOG, LOGIT, SHIFTED, LINEAR = "对数", "对数几率", "加半后取对数", "原值"
# Log-odds of 0 % and 100 % are infinite: shares are held half a point from the ends, or half as far as the series' nearest
# value that isn't there, but not nearer than the second number.
PERCENT_EDGE, NEAREST_EDGE = 0.5, 0.005


@dataclass(frozen=True)
class Scale:
    """How each of N series goes to the modelling scale and back.

    Attributes:
        name: one of LOG, LOGIT, SHIFTED, LINEAR; all N series share it.
        shift: added before the logarithm (SHIFTED), or the smallest share (LOGIT), shape (N,).
        unit: divided by (LINEAR), or the largest share (LOGIT), shape (N,).
    """

    name: str
    shift: Floats
    unit: Floats

    def forward(self, values: Floats) -> Floats:
        """Map values, shape (N, …), to the modelling scale; a value below its range becomes minus infinity."""
        wide = (slice(None), *([None] * (values.ndim - 1)))
        if self.name == LINEAR:
            return np.asarray(values / self.unit[wide])
        if self.name == LOGIT:
            share = np.clip(values, self.shift[wide], self.unit[wide])
            return np.asarray(np.log(share) - np.log(100 - share))
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.maximum(values + self.shift[wide], 0)))

    def back(self, scaled: Floats) -> Floats:
        """Map from the modelling scale, shape (N, …), to values."""
        wide = (slice(None), *([None] * (scaled.ndim - 1)))
        if self.name == LINEAR:
            return np.asarray(scaled * self.unit[wide])
        if self.name == LOGIT:
            return np.asarray(100 / (1 + np.exp(-scaled)))
        # A value of a logarithm can't be below zero: the shift is taken off again, and what is left of it is zero.
        return np.asarray(np.maximum(np.exp(np.clip(scaled, -700, 700)) - self.shift[wide], 0))

    def slope(self, values: Floats) -> Floats:
        """Return what one unit of the value is on the modelling scale, near ``values``, shape (N,)."""
        if self.name == LINEAR:
            return np.asarray(1 / self.unit)
        if self.name == LOGIT:
            share = np.clip(values, self.shift, self.unit)
            return np.asarray(100 / (share * (100 - share)))
        return np.asarray(1 / (values + self.shift))


def scale_name(values: Floats, kind: str) -> NDArray[np.str_]:
    """Say for each of N series, shape (N, n), which scale fits its kind and values.

    Percentages take log-odds. Levels take the logarithm; where one is zero, half of the smallest positive value is added
    first, and where one is negative, or all are zero, the values stay as they are. Counts add one half.
    """
    n = len(values)
    if kind == "percent":
        return np.full(n, LOGIT)
    if kind == "count":
        return np.full(n, SHIFTED)
    lowest, highest = values.min(axis=1), values.max(axis=1)
    return np.select([(lowest > 0), (lowest == 0) & (highest > 0)], [LOG, SHIFTED], LINEAR)


def make_scale(name: str, values: Floats, kind: str) -> Scale:
    """Build the scale of N series that share its name, from their values, shape (N, n)."""
    n = len(values)
    shift, unit = np.zeros(n), np.ones(n)
    if name == SHIFTED:
        smallest = np.where(values > 0, values, np.inf).min(axis=1)
        shift = np.full(n, 0.5) if kind == "count" else smallest / 2
    if name == LOGIT:
        below = np.where(values > 0, values, np.inf).min(axis=1)
        above = np.where(values < 100, 100 - values, np.inf).min(axis=1)
        shift = np.clip(below / 2, NEAREST_EDGE, PERCENT_EDGE)
        unit = 100 - np.clip(above / 2, NEAREST_EDGE, PERCENT_EDGE)
    if name == LINEAR:
        size = np.abs(values).mean(axis=1)
        unit = np.where(size > 0, size, 1.0)
    return Scale(name, shift, unit)
