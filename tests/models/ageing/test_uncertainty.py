"""Path, errors and later counts put together: weights by precision, bands that widen ahead and narrow at counts, draws."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.ageing.path import YearlyEntries, yearly_path
from analysis.models.ageing.uncertainty import ErrorModel, path_distribution
from analysis.vocabulary.errors import InputError

EXAMPLES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("examples.yml").read_text(encoding="utf-8"))["update"]
ERRORS = ErrorModel(0.17, 0.265, 0.015, 2.0)
FIFTEEN = YearlyEntries(2020, np.full(15, 0.963), np.full(15, 2.6))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["sentence"])
def test_a_count_without_error_is_followed(example: dict[str, Any]) -> None:
    entries = YearlyEntries(2020, np.ones(3), np.ones(3))
    errors = ErrorModel(example["first"], example["second"], example["error"], 2.0)
    path = path_distribution(example["base"], entries, errors, {2020 + example["year"]: example["count"]})
    assert path.middle[example["year"]] == pytest.approx(example["middle"])
    assert path.spread[example["year"], example["year"]] == pytest.approx(0, abs=1e-12)


@given(st.floats(5, 20), st.floats(0.2, 3))
def test_one_count_is_weighted_by_precision(count: float, entry: float) -> None:
    """The scalar formula: weight of the count = σ²(path) ÷ (σ²(path) + σ²(count)), in the path's own units."""
    entries = YearlyEntries(2020, np.array([0.9]), np.array([entry]))
    before = path_distribution(10.0, entries, ERRORS)
    after = path_distribution(10.0, entries, ERRORS, {2021: count})
    variance = before.spread[1, 1] * before.middle[1] ** 2
    weight = variance / (variance + (ERRORS.count * count) ** 2)
    assert after.middle[1] == pytest.approx(before.middle[1] + weight * (count - before.middle[1]))
    assert after.spread[1, 1] * after.middle[1] ** 2 == pytest.approx(variance * (1 - weight))


def test_without_counts_the_path_is_the_yearly_one() -> None:
    before = path_distribution(31.96, FIFTEEN, ERRORS)
    assert before.middle == pytest.approx(np.append(31.96, yearly_path(31.96, FIFTEEN)))
    assert before.entry_scale == pytest.approx(1)
    assert before.years == tuple(range(2020, 2036))


def test_half_widths_of_the_steps_are_those_asked_for() -> None:
    covariance = ERRORS.entry_covariance(10)
    first, second = (np.sqrt(covariance[part, part].mean()) for part in (slice(0, 5), slice(5, 10)))
    assert (first, second) == pytest.approx((0.17, 0.265))
    # The two steps go together as the back-test's do (rank correlation 0.72).
    assert covariance[:5, 5:].mean() / (first * second) == pytest.approx(0.8, abs=0.1)


def test_band_starts_with_the_counts_error_and_widens_with_the_horizon() -> None:
    before = path_distribution(31.96, FIFTEEN, ERRORS)
    low, high = before.band(0.80)
    assert high[0] / 31.96 == pytest.approx(np.exp(0.015)) and low[0] / 31.96 == pytest.approx(np.exp(-0.015))
    widths = np.log(high / low)
    assert (np.diff(widths) > 0).all()
    low95, high95 = before.band(0.95)
    assert np.log(high95 / low95) == pytest.approx(2.0 * widths)


def test_a_count_narrows_the_band_and_moves_what_follows() -> None:
    before = path_distribution(31.96, FIFTEEN, ERRORS)
    after = path_distribution(31.96, FIFTEEN, ERRORS, {2023: before.middle[3] * 0.97})
    assert (np.diag(after.spread) < np.diag(before.spread) + 1e-15).all()
    assert (after.middle[1:] < before.middle[1:]).all()
    shifts = 1 - after.middle / before.middle
    assert shifts[3] == pytest.approx(0.03, abs=0.015) and shifts[5] > shifts[3]  # the entries stay lower
    assert (after.entry_scale < 1).all()


def test_the_later_of_two_counts_counts_for_more_ahead() -> None:
    before = path_distribution(31.96, FIFTEEN, ERRORS)
    low, high = before.middle[2] * 0.97, before.middle[4] * 1.03
    both = path_distribution(31.96, FIFTEEN, ERRORS, {2024: high, 2022: low})
    assert both.middle[5] > before.middle[5]
    assert both.middle[2] < before.middle[2]


def test_draws_have_the_band_they_are_drawn_from_and_repeat() -> None:
    after = path_distribution(31.96, FIFTEEN, ERRORS, {2023: 34.4})
    draws = after.draws(40_000, 7)
    assert draws.shape == (40_000, 16) and (draws > 0).all()
    for level in (0.80, 0.95):
        low, high = after.band(level)
        inside = ((draws >= low) & (draws <= high)).mean(axis=0)
        assert inside[1:] == pytest.approx(level, abs=0.012)
    assert np.median(draws, axis=0) == pytest.approx(after.middle, rel=0.002)
    assert (after.draws(5, 7) == after.draws(5, 7)).all() and (after.draws(5, 7) != after.draws(5, 8)).any()
    logs = np.log(draws / after.middle)
    expected = after.spread[10, 15] / np.sqrt(after.spread[10, 10] * after.spread[15, 15])
    assert np.corrcoef(logs[:, 10], logs[:, 15])[0, 1] == pytest.approx(expected, abs=0.02)


def test_ten_thousand_paths_take_well_under_two_seconds() -> None:
    start = time.perf_counter()
    path_distribution(31.96, FIFTEEN, ERRORS, {2023: 34.4}).draws(10_000, 1)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("tail", [1.6, 2.0, 2.5])
def test_half_widths_of_levels(tail: float) -> None:
    errors = ErrorModel(0.17, 0.265, 0.015, tail)
    assert errors.half_width(0.80) == pytest.approx(1)
    assert errors.half_width(0.95) == pytest.approx(tail)
    assert errors.half_width(0.50) < 0.6


@pytest.mark.parametrize(
    "settings",
    [(0, 0.1, 0.01, 2), (0.2, 0.1, 0.01, 2), (0.1, 0.3, 0.01, 2), (0.1, 0.15, -0.01, 2), (0.1, 0.15, 0.01, 1.5), (0.1, 0.15, 0.01, 5)],
)
def test_impossible_error_settings_are_refused(settings: tuple[float, float, float, float]) -> None:
    with pytest.raises(InputError, match="误差设定"):
        ErrorModel(*settings)


@pytest.mark.parametrize(
    ("base", "counts", "words"),
    [(0, {}, "2020年"), (10, {2022: float("nan")}, "2022年"), (10, {2019: 9}, "2019年"), (10, {2040: 9}, "2040年")],
)
def test_impossible_counts_are_refused(base: float, counts: dict[int, float], words: str) -> None:
    with pytest.raises(InputError, match=words):
        path_distribution(base, FIFTEEN, ERRORS, counts)
