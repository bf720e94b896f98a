"""Rounding, units, paths."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.rounding import round_half_up, rounding_interval
from analysis.vocabulary.units import convert


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(0.5, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (1.005, 2, "1.01"), (122.49999, 0, "122"), ("0.125", 2, "0.13")],
)
def test_half_goes_up(value: float | str, decimals: int, expected: str) -> None:
    assert round_half_up(Decimal(str(value)), decimals) == Decimal(expected)


@settings(derandomize=True, deadline=None)
@given(st.decimals(-(10**6), 10**6, places=4), st.integers(0, 3))
def test_a_value_lies_in_the_interval_of_its_rounding(value: Decimal, decimals: int) -> None:
    low, high = rounding_interval(round_half_up(value, decimals))
    assert low <= value <= high


@settings(derandomize=True, deadline=None)
@given(st.decimals(0, 10**6, places=2), st.sampled_from(["元", "万元", "亿元"]), st.sampled_from(["元", "万元", "亿元"]))
def test_conversion_there_and_back_is_exact(value: Decimal, unit: str, other: str) -> None:
    assert convert(convert(value, unit, other), other, unit) == value


def test_different_quantities_are_not_converted() -> None:
    with pytest.raises(ValueError, match="人次"):
        convert(Decimal(1), "人", "人次")


def test_a_home_without_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    with pytest.raises(InputError, match=paths.HOME_VARIABLE):
        paths.home()
