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


def test_a_home_without_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    with pytest.raises(InputError, match=paths.HOME_VARIABLE):
        paths.home()
