"""Edges that the table of methods leaves open: long series, far horizons, rounding, panels, admitted models, bad tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.models.trend import candidates, forecast
from analysis.models.trend.panel import FEWEST_SERIES
from analysis.models.trend.points import printed_unit
from analysis.vocabulary.errors import InputError


def table_of(values: list[float], name: str = "s", last: int = 2020, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": name, "year": range(last - len(values) + 1, last + 1), "value": values, **columns})


def test_beyond_eight_points_only_the_last_eight_count() -> None:
    values = [500.0, 20.0, 100.0, 104.0, 103.0, 109.0, 113.0, 112.0, 118.0, 121.0]
    long, short = forecast(table_of(values), 2025, admit=False), forecast(table_of(values[-8:]), 2025, admit=False)
    assert long["n"].iloc[0] == 10 and (long["method"] == "稳度加权漂移（对数），近8点").all()
    pd.testing.assert_frame_equal(long.drop(columns=["n", "method"]), short.drop(columns=["n", "method"]))


def test_bands_go_on_widening_after_five_years_by_the_same_power() -> None:
    found = forecast(table_of([100, 107, 104, 111]), 2032, admit=False)
    width = (np.log(found["high_95"]) - np.log(found["low_95"])).to_numpy()
    power = np.log(width[4] / width[2]) / np.log(5 / 3)
    assert width[9] / width[4] == pytest.approx(2**power)
    assert (np.diff(width) > 0).all()


def test_more_than_fifteen_years_ahead_is_refused() -> None:
    with pytest.raises(InputError, match="不超过末个数据年份之后15年"):
        forecast(table_of([1, 2, 3]), 2036)


@pytest.mark.parametrize(("values", "unit"), [([18, 18, 18], 1), ([0.5, 1.0, 2.0], 0.1), ([12.25, 3, 4], 0.01), ([1000, 2000, 3000], 1)])
def test_printed_unit(values: list[float], unit: float) -> None:
    assert printed_unit(np.array(values, float), np.array([0])).tolist() == pytest.approx([unit])


def test_an_unchanged_series_is_no_surer_in_a_finer_unit() -> None:
    persons, ten_thousands = (forecast(table_of([value] * 5), 2021).iloc[0] for value in (50000.0, 5.0))
    widths = [np.log(row["high_80"] / row["low_80"]) for row in (persons, ten_thousands)]
    assert widths[1] >= widths[0] > 0.05


def test_a_target_at_or_below_zero_is_always_reached_by_a_positive_series() -> None:
    found = forecast(table_of([10, 12, 11], target=0.0), 2022)
    assert found["chance"].tolist() == [1.0, 1.0]
    assert forecast(table_of([10, 12, 11], target=-5.0, direction="lower"), 2022)["chance"].tolist() == [0.0, 0.0]


def panel_of(number: int, drift: float, noise: float, points: int = 5, seed: int = 1) -> tuple[pd.DataFrame, np.ndarray]:
    generator = np.random.default_rng(seed)
    paths = 100 * np.exp(np.cumsum(drift + noise * generator.normal(size=(number, points + 3)), axis=1))
    frames = [table_of(list(path[:points]), name=f"s{i}", panel="床位") for i, path in enumerate(paths)]
    return pd.concat(frames, ignore_index=True), paths[:, -1]


def test_a_panel_draws_wild_drifts_together_and_narrows_the_error() -> None:
    table, came = panel_of(200, 0.04, 0.08)
    alone = forecast(table.drop(columns="panel"), 2023).query("year == 2023")
    together = forecast(table, 2023).query("year == 2023")
    assert np.ptp(np.log(together["high_80"]) - np.log(together["low_80"])) < np.ptp(np.log(alone["high_80"]) - np.log(alone["low_80"]))
    errors = [np.abs(np.log(found["point"]) - np.log(came)).mean() for found in (together, alone)]
    assert errors[0] < errors[1]
    covered = ((together["low_80"] <= came) & (came <= together["high_80"])).mean()
    assert 0.74 <= covered <= 0.92


def test_nine_districts_are_no_panel() -> None:
    table, _ = panel_of(FEWEST_SERIES - 1, 0.04, 0.08)
    pd.testing.assert_frame_equal(forecast(table, 2023), forecast(table.drop(columns="panel"), 2023))
    table, _ = panel_of(FEWEST_SERIES, 0.04, 0.08)
    assert not forecast(table, 2023)["point"].equals(forecast(table.drop(columns="panel"), 2023)["point"])


def autocorrelated(points: int, seed: int) -> list[float]:
    """Growth that goes on from year to year: what a local linear trend or ETS sees and a random walk doesn't."""
    generator = np.random.default_rng(seed)
    growth = 0.03 + np.cumsum(0.004 * generator.normal(size=points))
    return list(np.round(1000 * np.exp(np.cumsum(growth)), 1))


def test_a_long_series_takes_a_model_that_its_own_back_test_admits() -> None:
    values = autocorrelated(30, seed=3)
    found, default = forecast(table_of(values, target=2000.0), 2023), forecast(table_of(values, target=2000.0), 2023, admit=False)
    (method,) = found["method"].astype(str).unique()
    name, widening = candidates.admitted(np.arange(1991.0, 2021), np.array(values), "level", 0.1, _calibration())
    assert method == f"{name}（回测通过）" and name in candidates.MODELS and widening > 1
    far = forecast(table_of(values), 2026)["method"].astype(str)
    assert not far.str.contains("回测").any()
    assert (found["low_95"] < found["low_80"]).all() and found["chance"].between(0, 1).all()
    assert not found["point"].equals(default["point"])


def test_no_model_is_admitted_for_short_broken_or_constant_series() -> None:
    values, years = np.array(autocorrelated(30, seed=3)), np.arange(1991.0, 2021)
    assert candidates.admitted(years[-9:], values[-9:], "level", 0.1, _calibration())[0] == ""
    gap = np.r_[years[:-1], years[-1] + 1]
    assert candidates.admitted(gap, values, "level", 0.1, _calibration())[0] == ""
    assert candidates.admitted(years, np.full(30, 7.0), "level", 1.0, _calibration())[0] == ""


def test_a_model_whose_bands_are_too_narrow_is_not_admitted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "MODELS", {"偏窄": lambda scaled, steps: (np.full(steps, scaled[-1]), np.full(steps, 1e-6))})
    values = np.array(autocorrelated(30, seed=3))
    assert candidates.admitted(np.arange(1991.0, 2021), values, "level", 0.1, _calibration())[0] == ""


def _calibration() -> object:
    from analysis.archive.calibration import load_calibration

    return load_calibration()


def test_every_defect_of_a_table_is_told_at_once() -> None:
    table = pd.DataFrame(
        {
            "series": ["甲", "甲", "", "乙", "丙"],
            "year": [2019, 2019, 2020, "二〇二〇", 2020.5],
            "value": ["1", "2", "3", "4", "1,200"],
        }
    )
    with pytest.raises(InputError) as caught:
        forecast(table, 2025)
    places = [problem.where for problem in caught.value.problems]
    assert places == ["序列表 第5行 year列", "序列表 第6行 value列", "序列表 第4行 series列", "序列表 第6行 year列", "序列表 第3行 year列"]


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"kind": "水平"}, "level、percent、count、smooth"),
        ({"direction": "up"}, "higher、lower"),
        ({"target": "很多"}, "没有目标则留空"),
        ({"kind": "percent"}, "百分数，0至100"),
        ({"target": [1, 2, 1]}, "同一序列各行相同"),
        ({"kind": ["level", "count", "level"]}, "同一序列各行相同"),
    ],
)
def test_wrong_columns_are_refused_with_their_address(columns: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        forecast(table_of([101, 105, 120.5], **columns), 2025)


def test_counts_are_whole_and_not_negative() -> None:
    with pytest.raises(InputError, match="第3行 value列"):
        forecast(table_of([1, 1.5, 2], kind="count"), 2022)


def test_a_year_already_known_is_not_forecast() -> None:
    with pytest.raises(InputError, match="早于推算年份2020"):
        forecast(table_of([1, 2, 3]), 2020)


def test_missing_column_and_empty_table() -> None:
    with pytest.raises(InputError, match="缺少value列"):
        forecast(pd.DataFrame({"series": ["a"], "year": [2020]}), 2022)
    with pytest.raises(InputError, match="没有数据行"):
        forecast(pd.DataFrame({"series": [], "year": [], "value": []}), 2022)
