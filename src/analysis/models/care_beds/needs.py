"""Beds by need: elders × disability × institutional use ÷ occupancy, for one point, by age, or for thousands of draws at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.care_beds.positive import require_positive, require_ratios
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
ELDERS, SEVERE, MODERATE, OCCUPANCY = "elders", "severe", "moderate", "occupancy"
USE_SEVERE, USE_MODERATE, USE_OTHER = "use_severe", "use_moderate", "use_other"
INPUTS = (ELDERS, SEVERE, MODERATE, USE_SEVERE, USE_MODERATE, USE_OTHER, OCCUPANCY)
_BY_AGE = ("age", ELDERS, SEVERE, MODERATE, USE_SEVERE, USE_MODERATE, USE_OTHER)


def residents(values: Mapping[str, Any]) -> Any:
    """Return the elders who would live in institutions.

    P · [d_s·i_s + d_m·i_m + (1 − d_s − d_m)·i_0]: severely disabled, less disabled and other elders, each times the share of them
    that lives in institutions. Arrays of one shape give an array.

    Args:
        values: ``elders`` (persons 60+), ``severe``, ``moderate`` (ratios of all elders), ``use_severe``, ``use_moderate``,
            ``use_other`` (ratios of each group).

    Raises:
        InputError: a missing input, a ratio outside 0 to 1, or disability above 1 in sum.

    Example:
        >>> rates = {"severe": 0.035, "moderate": 0.10, "use_severe": 0.30, "use_moderate": 0.08, "use_other": 0.006}
        >>> round(residents({"elders": 389_000, **rates}))
        9215
    """
    _check(values, INPUTS[:-1])
    disabled = values[SEVERE] * values[USE_SEVERE] + values[MODERATE] * values[USE_MODERATE]
    return values[ELDERS] * (disabled + (1 - values[SEVERE] - values[MODERATE]) * values[USE_OTHER])


def beds_needed(values: Mapping[str, Any]) -> Any:
    """Return the beds that the disabled and other elders would fill at a given occupancy.

    Args:
        values: see :func:`residents`, and ``occupancy`` (residents ÷ beds, ratio above 0). Numbers, or arrays of one shape.

    Returns:
        Beds, of the inputs' shape.

    Raises:
        InputError: see :func:`residents`; an occupancy that is not above 0 and at most 1.

    Source:
        Prevalence-by-use accounting; every rate is an argument.

    Example:
        >>> rates = {"severe": 0.035, "moderate": 0.10, "use_severe": 0.30, "use_moderate": 0.08, "use_other": 0.006}
        >>> round(beds_needed({"elders": 389_000, **rates, "occupancy": 0.7}))
        13165
    """
    _check(values, INPUTS[-1:])
    return residents(values) / values[OCCUPANCY]


def beds_needed_by_age(ages: pd.DataFrame, occupancy: float) -> pd.DataFrame:
    """Return the beds needed age group by age group: disability and use rise steeply with age, so this beats one rate for all.

    Args:
        ages: one row an age group (60—69, 70—79, 80+): ``age``, ``elders``, ``severe``, ``moderate``, ``use_severe``,
            ``use_moderate``, ``use_other``.
        occupancy: residents ÷ beds, ratio above 0.

    Returns:
        ``age``, ``elders``, ``residents``, ``beds``; the total is the sum of the rows.

    Raises:
        InputError: a missing column, no row, an age group twice, or what :func:`beds_needed` refuses.

    Example:
        >>> import pandas as pd
        >>> rates = {"use_severe": 0.3, "use_moderate": 0.08, "use_other": 0.006}
        >>> groups = [("60—79", 300_000, 0.02, 0.07), ("80+", 89_000, 0.09, 0.2)]
        >>> table = beds_needed_by_age(pd.DataFrame(groups, columns=["age", "elders", "severe", "moderate"]).assign(**rates), 0.7)
        >>> table["beds"].round().tolist()
        [7311.0, 6009.0]
    """
    import pandas as pd

    missing = [name for name in _BY_AGE if name not in ages.columns]
    if missing or ages.empty or ages["age"].duplicated().any():
        found = f"缺{'、'.join(missing)}" if missing else "没有年龄组" if ages.empty else "年龄组重复"
        raise InputError.single("分年龄失能表", found, f"列{'、'.join(_BY_AGE)}，每个年龄组一行", "补齐或改正该表")
    values = {name: ages[name].to_numpy(float) for name in _BY_AGE[1:]}
    housed = residents(values)
    beds = beds_needed(values | {OCCUPANCY: np.full(len(ages), occupancy)})
    return pd.DataFrame({"age": ages["age"].to_list(), ELDERS: values[ELDERS], "residents": housed, "beds": beds})


def draw_inputs(ranges: Mapping[str, Range], n: int, seed: int) -> dict[str, Floats]:
    """Draw every input evenly between its low and high value, independently; shape (n,) each, equal seeds give equal draws.

    Even and independent because nothing better is known: the spread that results says how far the ranges leave the answer open. It
    is no probability.

    Raises:
        InputError: fewer than one draw, or a range that is not in order.

    Example:
        >>> draws = draw_inputs({"occupancy": Range(0.5, 0.7, 0.9)}, 1000, 1)
        >>> bool(draws["occupancy"].min() >= 0.5), draws["occupancy"].shape
        (True, (1000,))
    """
    _check_ranges(ranges)
    if n < 1:
        raise InputError.single("抽样次数", str(n), "不小于1", "改正次数")
    unit = np.random.default_rng(seed).random((len(ranges), n))
    return {name: low + (high - low) * row for (name, (low, _, high)), row in zip(ranges.items(), unit, strict=True)}


def _check_ranges(ranges: Mapping[str, Range]) -> None:
    bad = [f"{name}：{low:g}、{mid:g}、{high:g}" for name, (low, mid, high) in ranges.items() if not low <= mid <= high]
    if bad:
        raise InputError.single("假设范围", "；".join(bad), "低、中、高依次不减", "核对假设台账")


def _check(values: Mapping[str, Any], names: tuple[str, ...]) -> None:
    missing = [name for name in names if name not in values]
    if missing:
        raise InputError([Problem(f"床位需求的输入 {name}", "没有", "一个数或一列数", "补上该项") for name in missing])
    if OCCUPANCY in names:
        require_ratios(zero_allowed=False, occupancy=values[OCCUPANCY])
        return
    require_positive(elders=values[ELDERS])
    require_ratios(**{name: values[name] for name in names[1:]})
    if np.any(np.asarray(values[SEVERE]) + np.asarray(values[MODERATE]) > 1):
        raise InputError.single("失能率", "重度与中轻度之和大于1", "两者之和不超过1", "核对两项失能率的口径")
