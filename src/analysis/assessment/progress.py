"""How far an indicator has come from its base towards its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.plans import Plan

if TYPE_CHECKING:
    import pandas as pd


def progress_ratio(base: float, value: float, target: float, direction: str = "higher") -> float | None:
    """Return the base-to-target progress A = (value − base) ÷ (target − base), as a ratio.

    1.0 is all of the way; negative is a step back. It says nothing about whether the target was ambitious.

    Args:
        base, value, target: in the same unit.
        direction: ``higher`` or ``lower`` is better.

    Returns:
        The ratio; None where the base is already at or beyond the target, so that there was no way to go.

    Source: ESCAP current status index; 目标一致法.

    Example:
        >>> progress_ratio(27, 29, 50)
        0.08695652173913043
        >>> progress_ratio(1.246, 1.448, 1.2) is None
        True
    """
    way = target - base if direction == "higher" else base - target
    if way <= 0:
        return None
    return (value - base) / (target - base)


def base_progress(verdicts: pd.DataFrame, periods: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Set base, result and target side by side for the indicators whose base 专栏2 yields.

    Base and result are recomputed by the same formula, so the result may differ from the printed one within rounding
    (15.59 for the printed 16).

    Args:
        verdicts: see :func:`analysis.assessment.completion.final_verdicts`.
        periods: see :func:`analysis.assessment.periods.period_comparison`.
        plan: definitions with ``base``.

    Returns:
        Columns ``indicator_id``, ``name``, ``unit``, ``base`` (end of, or yearly mean over, the period before),
        ``value``, ``target``, ``progress`` (ratio; NaN where the base was already at or beyond the target),
        ``base_beyond_target``, ``note``.
    """
    import pandas as pd

    levels = periods.set_index("number")
    rows = []
    for verdict in verdicts.itertuples():
        definition = plan.indicators[int(str(verdict.indicator_id))]
        if definition.base is None:
            continue
        rule = definition.base
        base, value = (
            rule.times * levels.at[rule.statistic, column] / (levels.at[rule.denominator, column] if rule.denominator else 1)
            for column in ("earlier", "later")
        )
        ratio = progress_ratio(base, value, float(str(verdict.target)), definition.direction)
        rows.append(
            {
                "indicator_id": verdict.indicator_id,
                "name": verdict.name,
                "unit": verdict.unit,
                "base": base,
                "value": value,
                "target": verdict.target,
                "progress": float("nan") if ratio is None else ratio,
                "base_beyond_target": ratio is None,
                "note": rule.note,
            }
        )
    return pd.DataFrame(rows)
