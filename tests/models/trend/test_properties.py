"""What must hold for any series: equivariance, nesting, monotony, independence of the table's other rows."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.archive.calibration import load_calibration
from analysis.models.trend import COLUMNS, forecast

BANDS = ["low_95", "low_80", "point", "high_80", "high_95"]
levels = st.lists(st.floats(0.5, 5000).map(lambda value: round(value, 2)), min_size=3, max_size=9)
shares = st.lists(st.floats(0, 100).map(lambda value: round(value, 1)), min_size=3, max_size=9)
counts = st.lists(st.integers(0, 60), min_size=3, max_size=9)


def table_of(values: list[float], name: str = "s", last: int = 2020, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"series": name, "year": range(last - len(values) + 1, last + 1), "value": values, **columns})


@given(
    st.one_of(levels.map(lambda v: ("level", v)), shares.map(lambda v: ("percent", v)), counts.map(lambda v: ("count", v))),
    st.integers(1, 12),
)
@settings(max_examples=200, deadline=None)
def test_bands_are_nested_widen_and_stay_in_range(drawn: tuple[str, list[float]], ahead: int) -> None:
    kind, values = drawn
    found = forecast(table_of(values, kind=kind), 2020 + ahead, admit=False)
    assert list(found.columns) == list(COLUMNS)
    assert found["year"].tolist() == list(range(2021, 2021 + ahead))
    bands = found[BANDS].to_numpy()
    assert np.isfinite(bands).all()
    assert (np.diff(bands, axis=1) >= -1e-9).all()
    if kind != "level":
        assert (bands >= 0).all()
    if kind == "percent":
        assert (bands <= 100).all()
    if kind == "level":
        widths = np.log(found["high_80"]) - np.log(found["low_80"]) if (np.array(values) > 0).all() else []
        assert (np.diff(widths) > 0).all()


@given(levels, st.floats(0.01, 100))
@settings(max_examples=60, deadline=None)
def test_a_change_of_unit_changes_only_the_unit(values: list[float], factor: float) -> None:
    factor = round(factor, 3)
    plain = forecast(table_of(values), 2025, admit=False)[BANDS].to_numpy()
    scaled = forecast(table_of([value * factor for value in values]), 2025, admit=False)[BANDS].to_numpy()
    # printed rounding is taken from the figures themselves, so only a constant series may differ, by its rounding
    if np.ptp(values) > 0.05 * max(values):
        assert scaled == pytest.approx(plain * factor, rel=1e-3)


@given(levels, st.floats(1, 5000), st.floats(1.01, 2))
@settings(max_examples=80, deadline=None)
def test_chances_sum_to_one_and_fall_with_the_target(values: list[float], target: float, more: float) -> None:
    def chance(aim: float, direction: str) -> np.ndarray:
        return forecast(table_of(values, target=aim, direction=direction), 2025, admit=False)["chance"].to_numpy()

    assert chance(target, "higher") + chance(target, "lower") == pytest.approx(np.ones(5))
    assert (chance(target * more, "higher") <= chance(target, "higher") + 1e-12).all()


@given(levels)
@settings(max_examples=50, deadline=None)
def test_the_chance_of_the_ends_of_a_band_is_what_the_band_promises(values: list[float]) -> None:
    bands = forecast(table_of(values), 2023, admit=False).iloc[-1]
    for edge, chance in (("low_95", 0.975), ("low_80", 0.9), ("point", 0.5), ("high_80", 0.1), ("high_95", 0.025)):
        found = forecast(table_of(values, target=float(bands[edge])), 2023, admit=False)["chance"].iloc[-1]
        assert found == pytest.approx(chance, abs=0.002)


@given(
    st.lists(
        st.tuples(st.sampled_from(["level", "percent", "count"]), shares.map(lambda v: [float(round(x)) for x in v])),
        min_size=2,
        max_size=6,
    ),
    st.randoms(),
)
@settings(max_examples=40, deadline=None)
def test_a_series_does_not_depend_on_the_others_or_on_the_order_of_rows(drawn: list[tuple[str, list[float]]], random: object) -> None:
    parts = [table_of(values, name=f"s{i}", last=2018 + i, kind=kind) for i, (kind, values) in enumerate(drawn)]
    together = pd.concat(parts, ignore_index=True)
    shuffled = together.sample(frac=1, random_state=random.randint(0, 10**6)).reset_index(drop=True)  # type: ignore[attr-defined]
    found, again = forecast(together, 2026, admit=False), forecast(shuffled, 2026, admit=False)
    for i, part in enumerate(parts):
        alone = forecast(part, 2026, admit=False)
        for table in (found, again):
            pd.testing.assert_frame_equal(
                table[table["series"] == f"s{i}"].reset_index(drop=True).astype({"method": str}), alone.astype({"method": str})
            )


def plain_forecast(years: list[int], values: list[float], ahead: int) -> tuple[float, float, float]:
    """The model once more, one series, in plain arithmetic: median and both upper ends."""
    p = load_calibration().parameters
    n = min(len(values), 8)
    years, values = years[-n:], values[-n:]
    z = [math.log(value) for value in values]
    gaps = [b - a for a, b in itertools.pairwise(years)]
    steps = [b - a for a, b in itertools.pairwise(z)]
    drift = (z[-1] - z[0]) / (years[-1] - years[0])
    square = sum(d * d / g for d, g in zip(steps, gaps, strict=True)) / (n - 1)
    share = drift**2 * (sum(gaps) / (n - 1)) / square
    steadiness = min(1, share) ** p.steadiness_power
    pace = [d / g for d, g in zip(steps, gaps, strict=True)]
    turns = [(b - a) ** 2 / (1 / g + 1 / f) for a, b, f, g in zip(pace, pace[1:], gaps, gaps[1:], strict=False)]
    to_prior, to_rough = p.prior_weight[n] * (1 - steadiness), p.roughness_weight[n] * steadiness
    scale = (
        math.sqrt(square) ** (1 - to_prior - to_rough) * math.sqrt(sum(turns) / (n - 2)) ** to_rough * p.prior_change["level"] ** to_prior
    )
    scale += steadiness * max(abs(drift) - p.fastest_drift, 0)
    own = steadiness * max(-p.fastest_drift, min(p.fastest_drift, drift)) * p.drift_weight[n] * sum(p.damping**k for k in range(ahead))
    middle = z[-1] + own + (1 - steadiness) * p.usual_drift["level"] * scale * ahead
    return math.exp(middle), *(math.exp(middle + scale * table[n][ahead - 1]) for table in (p.width_80, p.width_95))  # type: ignore[return-value]


@given(
    st.lists(st.floats(10, 5000).map(lambda v: round(v, 3)), min_size=3, max_size=10, unique=True),
    st.lists(st.integers(1, 6), min_size=9, max_size=9),
    st.integers(1, 5),
)
@settings(max_examples=150, deadline=None)
def test_the_arrays_agree_with_plain_arithmetic(values: list[float], gaps: list[int], ahead: int) -> None:
    years = [2020 - sum(gaps[: len(values) - 1 - i]) for i in range(len(values))]
    steps = np.diff(np.log(values))
    if np.abs(np.diff(steps)).min(initial=1.0) < 0.01:  # the floors of printed rounding are tested apart
        return
    found = forecast(pd.DataFrame({"series": "s", "year": years, "value": values}), 2020 + ahead, admit=False).iloc[-1]
    assert (found["point"], found["high_80"], found["high_95"]) == pytest.approx(plain_forecast(years, values, ahead), rel=1e-6)
