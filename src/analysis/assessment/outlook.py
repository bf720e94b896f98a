"""Where level targets stand for the years left: named scenarios and the pace required, no probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.assessment.schedule import reached

if TYPE_CHECKING:
    import pandas as pd

BOTH, ONLY_SAME_PACE, ONLY_HOLD, NEITHER = "守住现值即可达到", "按既有步伐可达到", "不再回落即可达到", "须快于既有步伐"


def outlook(verdicts: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Carry each judged level indicator to the final year by two named scenarios.

    “守住现值” keeps the level of the data year; “既有步伐” adds the mean yearly step since the base for each year left, a
    bounded share up to its bound. They are scenarios (情景), not forecasts: two points give no interval and no probability.

    Args:
        verdicts: one district's rows of :func:`analysis.assessment.assess.assess` before the plan's end.
        targets: see :func:`analysis.observations.targets.load_targets`.

    Returns:
        One row a level indicator with base and value: ``indicator_id``, ``part``, ``category``, ``name``, ``unit``,
        ``attribute``, ``value``, ``target``, ``hold``, ``same_pace``, ``past_pace`` (unit a year), ``required_pace``,
        ``pace_ratio`` (required ÷ past; NaN where the past pace is not towards the target), ``finding``.
    """
    joined = verdicts.merge(targets[["indicator_id", "part", "direction", "bounded", "base_year"]], on=["indicator_id", "part"])
    rows = joined[(joined["kind"] == "level") & joined["progress"].notna()].reset_index(drop=True)
    sign = np.where(rows["direction"] == "higher", 1.0, -1.0)
    elapsed, left = rows["data_year"] - rows["base_year"], rows["final_year"] - rows["data_year"]
    step = (rows["value"] - rows["base"]) / elapsed
    same_pace = rows["value"] + step * left
    same_pace = same_pace.mask(rows["bounded"], same_pace.clip(0, 100))
    target = rows["target"].to_numpy(float)
    hold_there, pace_there = (reached(level.to_numpy(float), target, sign) for level in (rows["value"], same_pace))
    towards = (sign * step) > 0
    ratio = (rows["required_pace"] / step).where(towards)
    finding = np.select([hold_there & pace_there, pace_there, hold_there], [BOTH, ONLY_SAME_PACE, ONLY_HOLD], NEITHER)
    table = rows[["indicator_id", "part", "category", "name", "unit", "attribute", "value", "target", "required_pace"]].copy()
    return table.assign(hold=rows["value"], same_pace=same_pace, past_pace=step, pace_ratio=ratio, finding=finding)


def compare_with_outcome(expected: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Set the midterm's scenarios beside what the final year brought.

    Args:
        expected: :func:`outlook` at the midterm; verdicts: the final evaluation's.

    Returns:
        The rows of ``expected`` with ``outcome`` (final value), ``status``, ``error_hold`` and ``error_same_pace``
        (outcome minus scenario, in the unit) and ``nearer`` (守住现值, 既有步伐, or 相同).
    """
    actual = verdicts[["indicator_id", "part", "value", "status"]].rename(columns={"value": "outcome"})
    table = expected.merge(actual, on=["indicator_id", "part"])
    hold, pace = table["outcome"] - table["hold"], table["outcome"] - table["same_pace"]
    nearer = np.select([hold.abs() < pace.abs(), hold.abs() > pace.abs()], ["守住现值", "既有步伐"], "相同")
    return table.assign(error_hold=hold, error_same_pace=pace, nearer=np.where(table["outcome"].isna(), "", nearer))
