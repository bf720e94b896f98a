"""Chances of reaching a level of donations per resident, under an assumed drift and volatility: scenarios, never forecasts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

from analysis.models.donations import require_positive
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def chance_of_target(level: float, target: float, years: float, drift: float, sigma: float, drift_uncertainty: float = 0.0) -> float:
    """Return the chance that a level reaches its target if its logarithm walks at random with an assumed drift.

    P = Φ((ln(level ÷ target) + drift × years) ÷ √(σ² × years + τ² × years²)). Nothing in it is estimated: with fewer than three
    yearly figures it is an assumed scenario (假设情景), not a forecast.

    Args:
        level, target: 元 a permanent resident a year; reaching means at or above the target in the last year.
        years: years left.
        drift: assumed mean log change a year.
        sigma: assumed standard deviation of a year's log change.
        drift_uncertainty: τ, assumed standard deviation of the drift itself.

    Raises:
        InputError: a level, target, number of years or sigma that is not above zero, or a negative τ.

    Source:
        Gaussian random walk in logarithms.

    Example:
        >>> round(chance_of_target(23, 28, 5, drift=0, sigma=0.3), 2), round(chance_of_target(25, 28, 2, 0, 0.2, 0.04), 2)
        (0.38, 0.35)
    """
    require_positive({"现值": level, "目标": target, "剩余年数": years, "起伏σ": sigma})
    if not (math.isfinite(drift) and math.isfinite(drift_uncertainty) and drift_uncertainty >= 0):
        raise InputError.single("年漂移及其不确定程度", f"{drift:g}、{drift_uncertainty:g}", "有限的数，后者不为负", "改正台账中的假设")
    spread = math.sqrt(sigma**2 * years + drift_uncertainty**2 * years**2)
    return NormalDist().cdf((math.log(level / target) + drift * years) / spread)


def chance_grid(level: float, target: float, years: float, drifts: Sequence[float], sigmas: Sequence[float]) -> pd.DataFrame:
    """Return chances for every assumed drift and volatility; see :func:`chance_of_target`, the drift taken as known.

    Returns:
        One row a pair, drifts outermost: ``drift``, ``sigma`` (log a year), ``chance``.

    Example:
        >>> chance_grid(23, 28, 5, [0, 0.06], [0.1])["chance"].round(2).tolist()
        [0.19, 0.68]
    """
    import pandas as pd

    pairs = [(drift, sigma) for drift in drifts for sigma in sigmas]
    chances = [chance_of_target(level, target, years, drift, sigma) for drift, sigma in pairs]
    return pd.DataFrame(pairs, columns=["drift", "sigma"]).assign(chance=chances)


def chance_after(
    levels: Mapping[int, float], target: float, final_year: int, sigmas: Sequence[float], drift: float, drift_uncertainty: float
) -> pd.DataFrame:
    """Return the chance after each further year of data; see :func:`chance_of_target`.

    Args:
        levels: year to level known by then (元 a permanent resident a year); observed, or assumed for the sake of argument.
        target, final_year: what is to be reached, and when.
        sigmas: assumed standard deviations of a year's log change.
        drift, drift_uncertainty: assumed mean log change a year and its standard deviation.

    Returns:
        One row a year and sigma: ``year``, ``level``, ``years_left``, ``sigma``, ``chance``.

    Raises:
        InputError: a year that is not before the final one, or as :func:`chance_of_target`.

    Example:
        >>> chance_after({2020: 23, 2023: 25}, 28, 2025, [0.1], 0, 0.04)["chance"].round(2).tolist()
        [0.26, 0.24]
    """
    import pandas as pd

    rows = [
        (year, level, final_year - year, sigma, chance_of_target(level, target, final_year - year, drift, sigma, drift_uncertainty))
        for year, level in sorted(levels.items())
        for sigma in sigmas
    ]
    return pd.DataFrame(rows, columns=["year", "level", "years_left", "sigma", "chance"])
