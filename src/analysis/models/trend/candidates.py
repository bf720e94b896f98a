"""Series of ten and more points: models of statsmodels, admitted only where a rolling back-test shows that their bands hold."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import MOST, Calibration
from analysis.models.scoring import covered, weighted_interval_score
from analysis.models.trend.calibrated import calibrated
from analysis.models.trend.scales import make_scale, scale_name

if TYPE_CHECKING:
    from analysis.models.trend.points import Points

Floats = NDArray[np.float64]
FEWEST_POINTS = 10
# Shortest history of a back-test's origin, most origins tried, fewest errors that can show a coverage at all.
_SHORTEST, _MOST_ORIGINS, _FEWEST_ERRORS, _HORIZONS = 6, 12, 20, 5
TOLERANCE = 0.07  # how far from its promise a coverage may lie
_LEVELS = ((0.8, 1.2815515655446004), (0.95, 1.959963984540054))


def _ets(scaled: Floats, steps: int) -> tuple[Floats, Floats]:
    import pandas as pd
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    # Its prediction intervals need an index.
    fitted = ETSModel(pd.Series(scaled), error="add", trend="add", damped_trend=True, initialization_method="estimated").fit(disp=False)
    prediction = fitted.get_prediction(start=len(scaled), end=len(scaled) + steps - 1)
    return np.asarray(prediction.predicted_mean), np.sqrt(np.asarray(prediction.forecast_variance))


def _theta(scaled: Floats, steps: int) -> tuple[Floats, Floats]:
    import pandas as pd
    from statsmodels.tsa.forecasting.theta import ThetaModel

    yearly = pd.Series(scaled, index=pd.period_range("2000", periods=len(scaled), freq="Y"))
    fitted = ThetaModel(yearly, period=1, deseasonalize=False).fit()
    band = fitted.prediction_intervals(steps, alpha=0.2).to_numpy()
    return np.asarray(fitted.forecast(steps)), (band[:, 1] - band[:, 0]) / (2 * _LEVELS[0][1])


def _local_trend(scaled: Floats, steps: int) -> tuple[Floats, Floats]:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    forecast = UnobservedComponents(scaled, "local linear trend").fit(disp=False).get_forecast(steps)
    return np.asarray(forecast.predicted_mean), np.asarray(forecast.se_mean)


MODELS: dict[str, Callable[[Floats, int], tuple[Floats, Floats]]] = {"ETS(A,Ad,N)": _ets, "Theta": _theta, "局部线性趋势": _local_trend}


def predict(name: str, scaled: Floats, steps: int) -> tuple[Floats, Floats] | None:
    """Return medians and standard deviations of one model on the modelling scale, each of shape (steps,); None if it fails."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            middle, deviation = MODELS[name](scaled, steps)
        except (ValueError, np.linalg.LinAlgError, ZeroDivisionError):
            return None
    return (middle, deviation) if np.isfinite(middle).all() and np.isfinite(deviation).all() else None


def admitted(years: Floats, values: Floats, kind: str, rounding: float, calibration: Calibration) -> tuple[str, float]:
    """Name the model that a series' own back-test admits, or nothing, and by how much its deviations must be widened.

    From each origin the models and the calibrated default forecast what came next. A model is admitted if its 80 % and 95 %
    intervals covered within 7 points of their promise, over at least 20 errors, and its weighted interval score is below the
    default's; the lowest score wins. Choosing the best of several by the same errors flatters it, so its bands are widened to
    what those errors needed for both levels, and by Student's t with as many degrees of freedom as origins less one.

    Args:
        years, values: one series without gaps, shape (n,).
    """
    if len(values) < FEWEST_POINTS or np.ptp(values) == 0 or (np.diff(years) != 1).any():
        return "", 1.0
    from scipy.special import stdtrit

    name = str(scale_name(values[None, :], kind)[0])
    scale = make_scale(name, values[None, :], kind)
    scaled = scale.forward(values[None, :])[0]
    origins = range(_SHORTEST, len(values))[-_MOST_ORIGINS:]
    runs: dict[str, list[tuple[Floats, Floats, Floats, Floats]]] = {key: [] for key in ("", *MODELS)}
    for origin in origins:
        steps = min(_HORIZONS, len(values) - origin)
        came = scaled[origin : origin + steps]
        past = slice(max(0, origin - MOST), origin)
        own = calibrated(
            years[None, past], values[None, past], scale, kind, np.array([rounding]), np.array([""]), np.arange(1, steps + 1), calibration
        )
        runs[""].append((came, own.middle[0], own.half_80[0], own.half_95[0]))
        for model in MODELS:
            if (found := predict(model, scaled[:origin], steps)) is not None:
                runs[model].append((came, found[0], *(normal * found[1] for _, normal in _LEVELS)))
    scores: dict[str, float] = {}
    needed: dict[str, float] = {"": 1.0}
    for model, rows in runs.items():
        came, middle, half_80, half_95 = (np.concatenate(column) for column in zip(*rows, strict=True)) if rows else [np.empty(0)] * 4
        if len(came) < _FEWEST_ERRORS or len(rows) < len(origins):
            continue
        holds = all(
            abs(covered(came, middle - half, middle + half).mean() - level) <= TOLERANCE
            for (level, _), half in zip(_LEVELS, (half_80, half_95), strict=True)
        )
        if model == "" or holds:
            lows, highs = [middle - half_80, middle - half_95], [middle + half_80, middle + half_95]
            scores[model] = float(weighted_interval_score(came, middle, lows, highs).mean())
            errors = np.abs(came - middle)
            ratios = [
                np.quantile(errors / np.maximum(half, 1e-12), level) for (level, _), half in zip(_LEVELS, (half_80, half_95), strict=True)
            ]
            student = stdtrit(max(len(rows) - 1, 1), 0.975) / _LEVELS[1][1]
            needed[model] = float(max(1.0, *ratios) * student)
    best = min(scores, key=lambda model: scores[model]) if scores else ""
    return best, needed.get(best, 1.0)


def replace(joined: dict[str, NDArray[Any]], points: Points, to_year: int, calibration: Calibration) -> None:
    """Put the forecasts of admitted models in place of the default's, in the columns of a table of forecasts."""
    from scipy.stats import norm

    for position in np.flatnonzero(points.counts >= FEWEST_POINTS):
        years, values = points.one(int(position))
        kind = str(points.kinds[position])
        if to_year - years[-1] > _HORIZONS:  # no back-test reaches that far
            continue
        model, widening = admitted(years.astype(float), values, kind, float(points.rounding[position]), calibration)
        if not model:
            continue
        scale = make_scale(str(scale_name(values[None, :], kind)[0]), values[None, :], kind)
        found = predict(model, scale.forward(values[None, :])[0], int(to_year - years[-1]))
        if found is None:
            continue
        middle, deviation = found[0], found[1] * widening
        rows = np.flatnonzero(joined["position"] == position)
        rows = rows[np.argsort(joined["year"][rows])]
        joined["point"][rows] = scale.back(middle[None, :])[0]
        for (_, normal), level in zip(_LEVELS, ("80", "95"), strict=True):
            joined[f"low_{level}"][rows] = scale.back((middle - normal * deviation)[None, :])[0]
            joined[f"high_{level}"][rows] = scale.back((middle + normal * deviation)[None, :])[0]
        if not np.isnan(points.targets[position]):
            aim = scale.forward(points.targets[[position]])[0]
            joined["chance"][rows] = norm.cdf(points.signs[position] * (middle - aim) / np.maximum(deviation, 1e-12))
        joined["method"][rows] = f"{model}（回测通过）"
