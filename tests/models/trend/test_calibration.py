"""Coverage where the truth is known, known answers of the literature, and the file of constants."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

from analysis.archive.calibration import TrendParameters, calibration_of, load_calibration
from analysis.archive.schema import read_yaml
from analysis.models.scoring import brier, covered, interval_score, weighted_interval_score
from analysis.models.trend import candidates, forecast
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

SERIES = 3000
# method: what the bands do when their assumption holds (a random walk), and when it doesn't; ±3 standard errors of 3,000 series
# around what make backtest measures (80 %: .022, 95 %: .012), a little more for the spacing.
MEASURED = [
    ("random walk", [2016, 2017, 2018, 2019, 2020], 0.83, 0.975),
    ("random walk", [2012, 2017, 2018, 2019], 0.84, 0.975),
    ("heavy tails", [2016, 2017, 2018, 2019, 2020], 0.82, 0.955),
    ("autocorrelated growth", [2016, 2017, 2018, 2019, 2020], 0.68, 0.91),
    ("around a trend", [2016, 2017, 2018, 2019, 2020], 0.92, 0.99),
]


def simulated(truth: str, generator: np.random.Generator) -> np.ndarray:
    size = (SERIES, 14)  # 2010 to 2023
    scale = np.exp(generator.normal(np.log(0.08), 0.5, (SERIES, 1)))
    drift = generator.normal(0.01, 0.03, (SERIES, 1))
    shocks = generator.standard_t(3, size) / np.sqrt(3) if truth == "heavy tails" else generator.normal(size=size)
    if truth == "around a trend":
        return 1000 * np.exp(drift * np.arange(14) + scale * shocks)
    growth = scale * shocks
    if truth == "autocorrelated growth":
        for year in range(1, 14):
            growth[:, year] = 0.6 * growth[:, year - 1] + growth[:, year]
    return 1000 * np.exp(np.cumsum(drift + growth, axis=1))


@pytest.mark.parametrize(("truth", "years", "cover_80", "cover_95"), MEASURED, ids=str)
def test_coverage_is_what_the_back_test_says(truth: str, years: list[int], cover_80: float, cover_95: float) -> None:
    paths_of = simulated(truth, np.random.default_rng(20))
    ahead = max(years) + 3
    values = paths_of[:, np.array(years) - 2010]
    table = pd.DataFrame(
        {"series": np.repeat(np.arange(SERIES), len(years)), "year": np.tile(years, SERIES), "value": values.round(3).ravel()}
    )
    last = forecast(table, ahead).query("year == @ahead")
    came = paths_of[:, ahead - 2010]
    assert covered(came, last["low_80"], last["high_80"]).mean() == pytest.approx(cover_80, abs=0.03)
    assert covered(came, last["low_95"], last["high_95"]).mean() == pytest.approx(cover_95, abs=0.018)


def test_the_distribution_passes_through_both_widths() -> None:
    constants = load_calibration()
    for width, share in ((constants.width_80, 0.9), (constants.width_95, 0.975)):
        assert stats.t.cdf(width / constants.unit, constants.degrees) == pytest.approx(np.full((6, 5), share), abs=5e-4)


def test_more_points_and_nearer_years_are_never_less_certain() -> None:
    constants = load_calibration()
    for width in (constants.width_80, constants.width_95):
        assert (np.diff(width, axis=0) <= 0.02 * width[:-1]).all() and (np.diff(width, axis=1) > 0).all()


def test_a_defective_file_of_constants_is_refused(tmp_path: Path) -> None:
    content = yaml.safe_load((paths.parameters() / "trend.yml").read_text(encoding="utf-8"))
    del content["width_80"][5]
    content["width_95"][3] = [1, 2, 3, 2, 5]
    path = tmp_path / "trend.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InputError, match="width_80"):
        read_yaml(path, TrendParameters)


def test_other_constants_may_be_handed_over() -> None:
    wide = load_calibration().parameters.model_copy(update={"width_80": {n: [9.0, 10, 11, 12, 13] for n in range(3, 9)}})
    table = pd.DataFrame({"series": "s", "year": [2018, 2019, 2020], "value": [10.0, 11.0, 13.0]})
    usual, widened = (forecast(table, 2021, calibration=constants) for constants in (None, calibration_of(wide)))
    assert widened["high_80"].iloc[0] > usual["high_80"].iloc[0]


# Weighted interval score by hand: |5−4|/2 = .5; 80 %: .1×(3 + 10×0) = .3, 95 %: .025×5 = .125; sum .925 over 2.5.
def test_scores_by_hand() -> None:
    assert weighted_interval_score(5.0, 4.0, [3.0, 2.0], [6.0, 7.0]) == pytest.approx(0.925 / 2.5)
    assert interval_score(1.0, 3.0, 6.0, 0.8) == pytest.approx(3 + 10 * 2)
    assert brier([0.85, 0.15], [1, 1]) == pytest.approx([0.0225, 0.7225])


# Durbin & Koopman (2012), chapter 2: local level of the Nile, variances 15,099 and 1,469.1; diffuse start, within 2 %.
def test_known_answer_nile() -> None:
    import statsmodels.api as sm
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    fitted = UnobservedComponents(sm.datasets.nile.load().data["volume"].to_numpy(), "local level").fit(disp=False)
    assert fitted.params == pytest.approx([15099, 1469.1], rel=0.02)


# Hyndman & Athanasopoulos, Forecasting (2nd ed.), 7.1: oil production of Saudi Arabia 1996–2013, simple exponential smoothing.
OIL = [445.364098, 453.19501, 454.409641, 422.378906, 456.037122, 440.386605, 425.194373, 486.205174, 500.429086, 521.275909,
       508.947617, 488.888858, 509.870575, 456.722912, 473.816603, 525.950871, 549.833808, 542.34047]  # fmt: skip


def test_known_answer_oil() -> None:
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    fitted = SimpleExpSmoothing(np.array(OIL), initialization_method="estimated").fit()
    assert fitted.params["smoothing_level"] == pytest.approx(0.8339, abs=5e-4)
    assert fitted.params["initial_level"] == pytest.approx(446.59, abs=0.05)
    assert fitted.forecast(1)[0] == pytest.approx(542.68, abs=0.02)


# The same book, 7.2: Australian air passengers 1990–2016, Holt's linear trend; R bounds beta from below, so forecasts are compared.
AIR = [17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398, 39.021581,
       41.386432, 41.596552, 44.657324, 46.951775, 48.728837, 51.488427, 50.026967, 60.640913, 63.36031, 66.355274, 68.197955,
       68.123238, 69.779345, 72.597701]  # fmt: skip


def test_known_answer_air_passengers() -> None:
    from statsmodels.tsa.holtwinters import Holt

    forecasts = Holt(np.array(AIR), initialization_method="estimated").fit().forecast(2)
    assert forecasts == pytest.approx([74.60, 76.70], abs=0.05)


# The drift of a random walk is ordinary least squares on its differences: se = s·√(h(1 + h/(T − 1))).
def test_known_answer_random_walk_with_drift() -> None:
    import statsmodels.api as sm

    steps, ahead = np.diff(np.log(OIL)), 3
    deviation = steps.std(ddof=1)
    fitted = sm.OLS(steps, np.ones(len(steps))).fit()
    by_hand = deviation * np.sqrt(ahead * (1 + ahead / len(steps)))
    assert np.sqrt(ahead * deviation**2 + ahead**2 * fitted.bse[0] ** 2) == pytest.approx(by_hand)


def test_known_answer_ols_interval() -> None:
    import statsmodels.api as sm

    years = np.arange(len(OIL), dtype=float)
    fitted = sm.OLS(OIL, sm.add_constant(years)).fit()
    frame = fitted.get_prediction([[1.0, 20.0]]).summary_frame(alpha=0.05)
    n, x = len(years), years - years.mean()
    s = np.sqrt(fitted.ssr / (n - 2))
    half = stats.t.ppf(0.975, n - 2) * s * np.sqrt(1 + 1 / n + (20 - years.mean()) ** 2 / (x**2).sum())
    middle = fitted.params[0] + 20 * fitted.params[1]
    assert frame[["obs_ci_lower", "obs_ci_upper"]].to_numpy()[0] == pytest.approx([middle - half, middle + half], abs=1e-6)


@pytest.mark.parametrize("name", candidates.MODELS)
def test_a_failing_model_is_passed_over(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(scaled: np.ndarray, steps: int) -> None:
        raise ValueError("no fit")

    monkeypatch.setitem(candidates.MODELS, name, fails)
    assert candidates.predict(name, np.log(np.array(OIL)), 2) is None
    assert candidates.admitted(np.arange(1996.0, 2014), np.array(OIL), "level", 1e-6, load_calibration())[0] != name
