"""Drift and spread of short series: how fast they moved, how steadily, and how far they usually jump in a year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import Calibration

Floats = NDArray[np.float64]


class Spread(NamedTuple):
    """What N short series say of themselves, each array of shape (N,), on the modelling scale and a year.

    Attributes:
        drift: mean yearly change.
        steadiness: 0 (up and down) to 1 (the same change every year).
        scale: typical yearly jump, drawn towards what public series of the kind usually show.
    """

    drift: Floats
    steadiness: Floats
    scale: Floats


def spread(years: Floats, scaled: Floats, floor: Floats, prior: Floats, noise: Floats, calibration: Calibration) -> Spread:
    """Measure drift, steadiness and scale of N series of n points.

    s² = mean(dᵢ²/δᵢ) is the mean square change around no drift, r = b²·mean(δ)/s² the part of it that the drift b explains,
    g = rᵖ the steadiness, a² = mean((vᵢ₊₁ − vᵢ)²/(1/δᵢ + 1/δᵢ₊₁)) the roughness of the yearly changes vᵢ = dᵢ/δᵢ. The scale
    is the weighted geometric mean s^(1−λ'−β')·a^β'·s₀^λ', λ' = λ(1 − g), β' = βg: an unsteady series leans on the prior s₀,
    a steady one on its own roughness.

    Args:
        years: shape (N, n), increasing; gaps allowed. scaled: values on the modelling scale, same shape, n ≥ 3.
        floor: smallest scale that the printed rounding allows, shape (N,); prior: s₀, shape (N,).
        noise: variance of a single value that is chance alone and not to be counted as movement, shape (N,).
        calibration: see :func:`analysis.archive.calibration.load_calibration`.
    """
    gaps, changes = np.diff(years, axis=1), np.diff(scaled, axis=1)
    points = min(scaled.shape[1], len(calibration.prior_weight) + 2)
    constants = calibration.parameters
    drift = (scaled[:, -1] - scaled[:, 0]) / gaps.sum(axis=1)
    square = (changes**2 / gaps).mean(axis=1)
    explained = np.divide(drift**2 * gaps.mean(axis=1), square, out=np.zeros_like(drift), where=square > 0)
    steadiness = explained**constants.steadiness_power
    pace = changes / gaps
    turns = np.diff(pace, axis=1) ** 2 / (1 / gaps[:, 1:] + 1 / gaps[:, :-1])
    # A difference of two values carries the noise of both, a turn that of three (1 + 4 + 1, over 2 as the turns are).
    moved = np.maximum(square - 2 * noise * (1 / gaps).mean(axis=1), 0)
    turned = np.maximum(turns.mean(axis=1) - 3 * noise, 0)
    jump, roughness = np.maximum(np.sqrt(moved), floor), np.maximum(np.sqrt(turned), floor / 2)
    to_prior = calibration.prior_weight[points - 3] * (1 - steadiness)
    to_roughness = calibration.roughness_weight[points - 3] * steadiness
    log_scale = (1 - to_prior - to_roughness) * np.log(jump) + to_roughness * np.log(roughness) + to_prior * np.log(prior)
    # Growth beyond what is carried on is cut off the median; it must not be cut off the band as well.
    cut_off = steadiness * np.maximum(np.abs(drift) - constants.fastest_drift, 0)
    return Spread(drift, steadiness, np.exp(log_scale) + cut_off)
