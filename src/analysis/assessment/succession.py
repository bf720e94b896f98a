"""Which indicators of a plan go on in the next one, and with what target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.plans import Plan

if TYPE_CHECKING:
    import pandas as pd


def succession(verdicts: pd.DataFrame, plan: Plan, next_targets: pd.DataFrame) -> pd.DataFrame:
    """Set each indicator's target beside the final target of its successor in the next plan.

    Args:
        verdicts: see :func:`analysis.assessment.completion.final_verdicts`.
        plan: definitions with ``successor``.
        next_targets: the next plan's rows of :func:`analysis.load_observations` of kind 目标.

    Returns:
        Columns ``indicator_id``, ``name``, ``unit``, ``status``, ``target``, ``next_id`` (row number in the next plan,
        empty where the indicator does not go on), ``next_target``, ``next_year``.
    """
    last = next_targets[next_targets["period_end"] == next_targets["period_end"].max()].drop_duplicates("number").set_index("number")
    successors = {str(number): item.successor for number, item in plan.indicators.items()}
    table = verdicts[["indicator_id", "name", "unit", "status", "target"]].copy()
    following = table["indicator_id"].map(successors)
    table["next_id"] = following.map(lambda number: str(int(number)), na_action="ignore").fillna("")
    table["next_target"] = following.map(last["value"])
    table["next_year"] = int(last["period_end"].max())
    return table
