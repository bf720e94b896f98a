"""The path through the milestone, and the figures measured along it, in both directions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.assessment.schedule import at_least, completion, path, reached, required_growth, required_pace, way_covered

NAN = float("nan")
YEARS = (2020, 2023, 2025)
one = np.float64


def level(base: float, milestone: float, target: float, year: int, *, geometric: bool = False) -> float:
    return float(path(one(base), one(milestone), one(target), years=YEARS, year=year, geometric=geometric))


@pytest.mark.parametrize(
    ("base", "milestone", "target", "levels"),
    [
        (23, 26, 28, [23, 24, 25, 26, 27, 28]),  # one a year on each line
        (0, 90, 100, [0, 30, 60, 90, 95, 100]),  # steep, then flat
        (73, 75, 75, [73, 73 + 2 / 3, 73 + 4 / 3, 75, 75, 75]),
        (200, 170, 150, [200, 190, 180, 170, 160, 150]),  # lower is better
        (20, NAN, 30, [20, 22, 24, 26, 28, 30]),  # no milestone: one line
        (NAN, 80, 100, [80, 80, 80, 80, 90, 100]),  # no base: the milestone until its year
        (NAN, NAN, 60, [60, 60, 60, 60, 60, 60]),
        (0, 0, 0, [0, 0, 0, 0, 0, 0]),
    ],
)
def test_path(base: float, milestone: float, target: float, levels: list[float]) -> None:
    assert [level(base, milestone, target, year) for year in range(2020, 2026)] == pytest.approx(levels)


@pytest.mark.parametrize(
    ("base", "milestone", "target", "levels"),
    [
        (100, 133.1, 161.051, [100, 110, 121, 133.1, 146.41, 161.051]),
        (100, NAN, 161.051, [100, 110, 121, 133.1, 146.41, 161.051]),
        (80, 10, 40, [80, 40, 20, 10, 20, 40]),
        (0, 90, 160, [0, 30, 60, 90, 120, 160]),  # no growth from zero: straight there, growth after
        (20, 10, 0, [20, 20 * 0.5 ** (1 / 3), 20 * 0.5 ** (2 / 3), 10, 5, 0]),  # no growth to zero
        (-10, 20, 80, [-10, 0, 10, 20, 40, 80]),
        (NAN, 40, 160, [40, 40, 40, 40, 80, 160]),
    ],
)
def test_geometric_path(base: float, milestone: float, target: float, levels: list[float]) -> None:
    assert [level(base, milestone, target, year, geometric=True) for year in range(2020, 2026)] == pytest.approx(levels)


def test_path_of_many_rows_at_once_is_each_rows_own() -> None:
    base, milestone, target = np.array([23, NAN, 20, NAN]), np.array([26, 80, NAN, NAN]), np.array([28.0, 100, 30, 60])
    for year in range(2020, 2026):
        found = path(base, milestone, target, years=YEARS, year=year)
        assert found.tolist() == [level(*row, year) for row in zip(base, milestone, target, strict=True)]


@pytest.mark.parametrize(
    ("value", "target", "sign", "ratio"),
    [(73, 75, 1, 73 / 75), (16, 40, 1, 0.4), (29.4, 28, 1, 1.05), (8, 10, -1, 1.25), (12.5, 10, -1, 0.8), (0, 5, 1, 0), (0, 5, -1, NAN), (5, 0, 1, NAN), (5, 0, -1, 0), (NAN, 5, 1, NAN)],
)  # fmt: skip
def test_completion(value: float, target: float, sign: float, ratio: float) -> None:
    assert float(completion(one(value), one(target), one(sign))) == pytest.approx(ratio, nan_ok=True)


@pytest.mark.parametrize(
    ("base", "value", "end", "sign", "ratio"),
    [
        (20, 25, 30, 1, 0.5), (20, 30, 30, 1, 1), (20, 32, 30, 1, 1.2), (20, 20, 30, 1, 0), (20, 18, 30, 1, -0.2),
        (30, 25, 20, -1, 0.5), (30, 20, 20, -1, 1), (30, 18, 20, -1, 1.2), (30, 30, 20, -1, 0), (30, 32, 20, -1, -0.2),
        (30, 25, 20, 1, NAN), (20, 25, 30, -1, NAN), (20, 25, 20, 1, NAN), (NAN, 25, 30, 1, NAN), (20, NAN, 30, 1, NAN),
        (-30, -25, -20, 1, 0.5), (-10, 0, 10, 1, 0.5), (10, 0, -10, -1, 0.5),
    ],
)  # fmt: skip
def test_sign_table_of_the_way_covered(base: float, value: float, end: float, sign: float, ratio: float) -> None:
    assert float(way_covered(one(base), one(value), one(end), one(sign), one(0))) == pytest.approx(ratio, nan_ok=True)


@pytest.mark.parametrize(("least", "defined"), [(0, True), (9.99, True), (10, False), (10.01, False)])
@pytest.mark.parametrize("sign", [1, -1])
def test_no_ratio_where_the_way_is_no_longer_than_the_least(least: float, defined: bool, sign: float) -> None:
    ratio = float(way_covered(one(sign * 20), one(sign * 25), one(sign * 30), one(sign), one(least)))
    assert math.isnan(ratio) is not defined


def test_a_way_that_binary_arithmetic_lengthens_is_no_longer_than_the_least() -> None:
    assert 1.1 - 1.0 > 0.1
    assert math.isnan(float(way_covered(one(1.0), one(1.05), one(1.1), one(1), one(0.1))))


@pytest.mark.parametrize(
    ("value", "bound", "sign", "there"),
    [(5, 5, 1, True), (4.999, 5, 1, False), (5.001, 5, 1, True), (5, 5, -1, True), (5.001, 5, -1, False), (4.999, 5, -1, True),
     (NAN, 5, 1, False), (5, NAN, 1, False), (0, 0, 1, True), (0.1 + 0.2, 0.3, -1, True), (1792.0, 1.6 * 1120, 1, True), (-1e-12, 0, 1, False)],
)  # fmt: skip
def test_reached(value: float, bound: float, sign: float, there: bool) -> None:
    assert bool(reached(one(value), one(bound), one(sign))) is there


def test_a_fen_in_a_million_is_seen() -> None:
    assert not at_least(one(999_999.99), one(1_000_000.0))
    assert not at_least(one(1e7 * (1 - 1e-8)), one(1e7)) and at_least(one(1e7 * (1 - 1e-10)), one(1e7))


@pytest.mark.parametrize(
    ("value", "target", "sign", "left", "pace", "growth"),
    [
        (25, 28, 1, 2, 1.5, (28 / 25) ** 0.5 - 1), (100, 121, 1, 2, 10.5, 0.1), (28, 28, 1, 2, 0, 0), (30, 28, 1, 2, 0, 0), (100, 81, -1, 2, -9.5, -0.1),
        (80, 81, -1, 2, 0, 0), (0, 100, 1, 1, 100, NAN), (100, 0, -1, 4, -25, NAN), (25, 28, 1, 0, NAN, NAN), (NAN, 28, 1, 2, NAN, NAN),
    ],
)  # fmt: skip
def test_required(value: float, target: float, sign: float, left: int, pace: float, growth: float) -> None:
    assert float(required_pace(one(value), one(target), one(sign), left)) == pytest.approx(pace, nan_ok=True)
    assert float(required_growth(one(value), one(target), one(sign), left)) == pytest.approx(growth, nan_ok=True)


amounts = st.integers(1, 10**6).map(lambda n: n / 100)


@settings(derandomize=True, deadline=None)
@given(base=amounts, target=amounts, milestone=st.none() | amounts)
def test_the_path_starts_at_the_base_passes_the_milestone_and_ends_at_the_target(
    base: float, target: float, milestone: float | None
) -> None:
    middle = NAN if milestone is None else milestone
    for geometric in (False, True):
        levels = [level(base, middle, target, year, geometric=geometric) for year in range(2020, 2026)]
        assert levels[0] == pytest.approx(base) and levels[5] == pytest.approx(target)
        assert milestone is None or levels[3] == pytest.approx(milestone)
        for part in (levels[:4], levels[3:]) if milestone is not None else (levels,):
            assert part == pytest.approx(sorted(part, reverse=part[-1] < part[0]))


@settings(derandomize=True, deadline=None)
@given(base=amounts, target=amounts, milestone=st.none() | amounts, year=st.integers(2021, 2025))
def test_growth_lies_below_the_straight_line(base: float, target: float, milestone: float | None, year: int) -> None:
    middle = NAN if milestone is None else milestone
    assert level(base, middle, target, year, geometric=True) <= level(base, middle, target, year) * (1 + 1e-9)


@settings(derandomize=True, deadline=None)
@given(value=amounts, target=amounts, left=st.integers(1, 4), sign=st.sampled_from([1, -1]))
def test_the_required_pace_leads_to_the_target(value: float, target: float, left: int, sign: float) -> None:
    pace, growth = (float(figure(one(value), one(target), one(sign), left)) for figure in (required_pace, required_growth))
    if sign * value >= sign * target:
        assert pace == growth == 0
    else:
        assert value + pace * left == pytest.approx(target)
        assert value * (1 + growth) ** left == pytest.approx(target)
