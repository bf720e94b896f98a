"""Verdicts at a plan's end on ordinary level targets: result against target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.archive.plans import Plan
from analysis.assessment.statuses import EXCEEDED, MET, MISSED, NEARLY, UNKNOWN
from analysis.assessment.thresholds import FinalThresholds, load_thresholds

if TYPE_CHECKING:
    import pandas as pd


def completion_ratio(value: float | None, target: float | None, direction: str = "higher") -> float | None:
    """Return the completion rate 完成率 C = value ÷ target (target ÷ value where lower is better), as a ratio.

    It says how near the target is, nothing of the way covered since the base.

    Args:
        value, target: in the same unit.
        direction: ``higher`` or ``lower`` is better.

    Returns:
        The ratio (1.0 is 100 %), None if either figure is missing or the divisor is zero.

    Source: the convention of the plan's own 专栏1.

    Example:
        >>> completion_ratio(16, 40)
        0.4
    """
    if value is None or target is None or math.isnan(value) or math.isnan(target):
        return None
    above, below = (value, target) if direction == "higher" else (target, value)
    return None if below == 0 else above / below


def own_status(ratio: float | None) -> str:
    """Return the status by the plan's own convention: above 100 % 超额完成, at 100 % 完成, below 未完成.

    Example:
        >>> own_status(1.04), own_status(1.0), own_status(0.999), own_status(None)
        ('超额完成', '完成', '未完成', '无法评估')
    """
    if ratio is None:
        return UNKNOWN
    return EXCEEDED if ratio > 1 else MET if ratio == 1 else MISSED


def method_status(ratio: float | None, *, bounded: bool, binding: str = "", thresholds: FinalThresholds | None = None) -> str:
    """Return the status of a level target at a plan's end by this repository's method.

    超额完成 from 105 % on, but never for a share bounded by 100 %; 基本完成 only for 预期性 targets from 95 % on;
    约束性 targets, and targets whose attribute is not printed, get no tolerance.

    Args:
        ratio: 完成率 as a ratio.
        bounded: whether the indicator is a share that can't pass its bound.
        binding: 约束性, 预期性, or empty where not printed.

    Source: docs/method.md, column 终期.

    Example:
        >>> method_status(1.23, bounded=True), method_status(1.10, bounded=False), method_status(0.96, bounded=False)
        ('完成', '超额完成', '未完成')
        >>> method_status(0.96, bounded=False, binding="预期性")
        '基本完成'
    """
    if ratio is None:
        return UNKNOWN
    final = thresholds or load_thresholds().final
    if ratio >= final.exceeded_ratio and not bounded:
        return EXCEEDED
    if ratio >= 1:
        return MET
    if ratio >= final.nearly_ratio and binding == "预期性":
        return NEARLY
    return MISSED


def final_verdicts(observations: pd.DataFrame, plan: Plan, as_of: int) -> pd.DataFrame:
    """Judge a plan's level targets at its end; one row an indicator in printed order.

    Args:
        observations: rows of :func:`analysis.load_observations` for one plan (kinds 目标, 观测, 印制完成率).
        plan: definitions of its indicators.
        as_of: evaluation year; also the year of the data.

    Returns:
        Columns ``indicator_id`` (printed number as text), ``series_id``, ``category``, ``name``, ``unit``, ``as_of``,
        ``data_year``, ``target``, ``value``, ``completion`` (ratio), ``printed_rate_percent``, ``shortfall`` (target
        minus value, in the unit; 0 where met), ``direction``, ``bounded``, ``status`` (plan's own convention),
        ``status_method``, ``source_line``. A missing figure is 无法评估, never 0.
    """
    import pandas as pd

    wide = observations.pivot(index="number", columns="kind", values="value")
    labels = observations.drop_duplicates("number").set_index("number")
    rows = []
    for number, definition in plan.indicators.items():
        label = labels.loc[number]
        target, value, printed = (_number(wide.at[number, kind]) for kind in ("目标", "观测", "印制完成率"))
        ratio = completion_ratio(value, target, definition.direction)
        short = _shortfall(value, target, definition.direction)
        rows.append(
            {
                "indicator_id": str(number),
                "series_id": definition.id,
                "category": label["category"],
                "name": label["name"],
                "unit": label["unit"],
                "as_of": as_of,
                "data_year": int(label["period_end"]),
                "target": target,
                "value": value,
                "completion": ratio,
                "printed_rate_percent": printed,
                "shortfall": short,
                "direction": definition.direction,
                "bounded": definition.bounded,
                "status": own_status(ratio),
                "status_method": method_status(ratio, bounded=definition.bounded, binding=label["binding"]),
                "source_line": int(label["source_line"]),
            }
        )
    return pd.DataFrame(rows)


def _number(cell: float) -> float | None:
    return None if math.isnan(cell) else float(cell)


def _shortfall(value: float | None, target: float | None, direction: str) -> float | None:
    if value is None or target is None:
        return None
    return max(0.0, target - value if direction == "higher" else value - target)
