"""Parts of the trend model by hand: floors, noise of counts, edges of percentages, panels, admitted models."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.archive.calibration import load_calibration
from analysis.models.trend import candidates, forecast
from analysis.models.trend.distribution import half_widths, widths
from analysis.models.trend.panel import drawn_together
from analysis.models.trend.scales import LOGIT, SHIFTED, make_scale
from analysis.models.trend.spread import Spread, spread

CONSTANTS = load_calibration()
P = CONSTANTS.parameters


def table_of(values: list[float], last: int = 2020, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": "s", "year": range(last - len(values) + 1, last + 1), "value": values, **columns})


# A constant 18 printed to whole numbers: floor √(2/12)/18 = .02268, above the .02 for unchanged series; the scale is floor^.65 × .1^.35.
def test_the_scale_of_an_unchanged_series_is_its_rounding_and_the_prior() -> None:
    found = forecast(table_of([18] * 5), 2021).iloc[0]
    scale = (math.sqrt(2 / 12) / 18) ** (1 - P.prior_weight[5]) * 0.1 ** P.prior_weight[5]
    assert math.log(found["high_80"] / found["low_80"]) == pytest.approx(2 * P.width_80[5][0] * scale, rel=1e-3)


# 100, 110, 121 exactly: steady, so the floor of roughness, half of √(2/12)/121, stands in for a roughness of none.
def test_a_perfectly_steady_series_keeps_half_the_rounding_as_roughness() -> None:
    found = forecast(table_of([100, 110, 121]), 2021).iloc[0]
    weight = P.roughness_weight[3]
    scale = math.log(1.1) ** (1 - weight) * (math.sqrt(2 / 12) / 121 / 2) ** weight
    assert math.log(found["high_80"] / found["low_80"]) == pytest.approx(2 * P.width_80[3][0] * scale, rel=5e-3)


# Changes .3, −.1 over one and two years; noise .01 takes 2×.01×(1 + ½)/2 = .015 off the mean square (.09 + .005)/2 = .0475,
# and 3×.01 off the turn (.3 + .05)²/(1 + ½) = .0817.
def test_noise_is_taken_off_movement_and_turns() -> None:
    years, scaled, none = np.array([[2017.0, 2018, 2020]]), np.array([[0.0, 0.3, 0.2]]), np.zeros(1)
    found = spread(years, scaled, none + 1e-9, none + 0.1, none + 0.01, CONSTANTS)
    steadiness = ((0.2 / 3) ** 2 * 1.5 / 0.0475) ** P.steadiness_power
    to_prior, to_rough = P.prior_weight[3] * (1 - steadiness), P.roughness_weight[3] * steadiness
    expected = math.sqrt(0.0475 - 0.015) ** (1 - to_prior - to_rough) * math.sqrt(0.35**2 / 1.5 - 0.03) ** to_rough * 0.1**to_prior
    assert found.scale[0] == pytest.approx(expected)


def test_noise_stands_beside_the_widths_and_does_not_grow() -> None:
    ahead = widths(3, np.arange(1, 6), "count", CONSTANTS)
    half_80, half_95 = half_widths(np.array([0.1]), np.full((1, 5), 0.25), ahead)
    assert half_80[0] == pytest.approx(np.hypot(0.1 * ahead.width_80, 1.2816 * 0.5), rel=1e-4)
    assert half_95[0] == pytest.approx(np.hypot(0.1 * ahead.width_95, 1.96 * 0.5), rel=1e-4)


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([0, 40, 100], (0.5, 99.5)),
        ([0.4, 2, 3], (0.2, 99.5)),
        ([0.02, 2, 3], (0.01, 99.5)),
        ([50, 60, 99.6], (0.5, 99.8)),
        ([0, 0.1, 0.2], (0.05, 99.5)),
        ([0.001, 2, 3], (0.005, 99.5)),
    ],
)
def test_edges_of_percentages(values: list[float], edges: tuple[float, float]) -> None:
    scale = make_scale(LOGIT, np.array([values], float), "percent")
    assert (scale.shift[0], scale.unit[0]) == pytest.approx(edges)


def test_zero_levels_are_shifted_by_half_their_smallest_value_and_counts_by_one_half() -> None:
    values = np.array([[0.0, 0.6, 3.0]])
    assert make_scale(SHIFTED, values, "level").shift[0] == pytest.approx(0.3)
    assert make_scale(SHIFTED, values, "count").shift[0] == 0.5


# Scales e^±.5 of five points: variance of the logarithms .2778 for ten series; noise 1/8; own share 1 − .125/.2778 = .55.
def test_scales_of_a_panel_come_together_by_their_noise() -> None:
    scale = np.exp(np.tile([0.5, -0.5], 5))
    found = drawn_together(Spread(np.zeros(10), np.zeros(10), scale), np.full(10, "p", dtype=object), 5)
    assert np.log(found.scale) == pytest.approx(np.tile([0.5, -0.5], 5) * (1 - 0.125 / np.log(scale).var(ddof=1)))


def test_a_smooth_stock_carries_more_of_its_drift_and_is_narrower() -> None:
    values = [1000.0, 1021.0, 1040.0, 1063.0]
    level, smooth = (forecast(table_of(values, kind=kind), 2023).iloc[-1] for kind in ("level", "smooth"))
    assert math.log(smooth["point"] / 1063) > 1.3 * math.log(level["point"] / 1063)
    assert math.log(smooth["high_80"] / smooth["low_80"]) <= math.log(level["high_80"] / level["low_80"])


def test_the_required_path_ends_at_a_target_of_one_hundred_percent() -> None:
    found = forecast(table_of([40, 60], kind="percent", target=100), 2023)
    path = found[found["method"] == "情景：恰好达到目标"]["point"]
    assert path.iloc[-1] == 100 and (path.diff().dropna() > 0).all()


VALUES = np.round(1000 * np.exp(np.cumsum(0.03 + np.cumsum(0.004 * np.random.default_rng(3).normal(size=30)))), 1)


def test_a_model_that_is_right_but_far_too_wide_is_not_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    scaled = np.log(VALUES)

    def knows(deviation: float):  # type: ignore[no-untyped-def]
        return lambda past, steps: (scaled[len(past) : len(past) + steps], np.full(steps, deviation))

    monkeypatch.setattr(candidates, "MODELS", {"全知": knows(0.001)})
    assert candidates.admitted(np.arange(1991.0, 2021), VALUES, "level", 0.1, CONSTANTS)[0] == ""


def test_the_chance_of_an_admitted_model_turns_with_the_direction() -> None:
    higher, lower = (forecast(table_of(list(VALUES), target=2600.0, direction=word), 2022) for word in ("higher", "lower"))
    assert higher["method"].astype(str).str.endswith("（回测通过）").all()
    assert (higher["chance"] + lower["chance"]).to_numpy() == pytest.approx(np.ones(2))
    assert abs(higher["chance"].iloc[-1] - 0.5) > 0.01
