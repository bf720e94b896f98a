"""First candidates for the next plan's targets, each with the reasoning it rests on; drafts for discussion, not decisions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.assessment import statuses

if TYPE_CHECKING:
    import pandas as pd

CARRY_ON, KEEP_UP, RAISE, SAME_RULE, DATA_FIRST = "续列原目标", "转为保持", "可研究提高", "规则续用", "先补数据"


def next_targets(verdicts: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return a first candidate for each indicator row from how it ended.

    What was missed goes on with the same target (never a lower one); a share at its bound is to be kept; a rule goes on as
    a rule; a level that was met may be raised by half to all of the step of the five years. What can't be judged needs
    figures first.

    Args:
        verdicts: one district's final verdicts; targets: see :func:`analysis.observations.targets.load_targets`.

    Returns:
        ``indicator_id``, ``part``, ``category``, ``name``, ``unit``, ``attribute``, ``status``, ``value``, ``target``,
        ``candidate`` (kind), ``low``, ``high`` (levels for the next plan's end; NaN for rules and missing data),
        ``reasoning``.
    """
    import pandas as pd

    known = targets.set_index(["indicator_id", "part"])
    rows = []
    for verdict in verdicts.to_dict("records"):
        target = known.loc[(verdict["indicator_id"], verdict["part"])]
        kind, low, high, reasoning = _candidate(verdict, target)
        kept = {
            name: verdict[name] for name in ("indicator_id", "part", "category", "name", "unit", "attribute", "status", "value", "target")
        }
        rows.append(kept | {"candidate": kind, "low": low, "high": high, "reasoning": reasoning})
    return pd.DataFrame(rows)


def _candidate(verdict: dict[str, Any], target: pd.Series) -> tuple[str, float, float, str]:
    nothing = float("nan")
    if verdict["status"] in statuses.UNJUDGED:
        return DATA_FIRST, nothing, nothing, "末期不能判定，补齐数据后再定"
    if verdict["kind"] == "rule":
        return SAME_RULE, nothing, nothing, "标准由参照序列决定，续用规则并逐年核对"
    if verdict["status"] not in statuses.MET_STATUSES:
        return CARRY_ON, verdict["target"], verdict["target"], "本期未达到，按原目标续列，不下调"
    higher, bounded = target["direction"] == "higher", bool(target["bounded"])
    at_bound = bounded and verdict["value"] >= 100 if higher else bounded and verdict["value"] <= 0
    if verdict["kind"] == "keep" or at_bound:
        return KEEP_UP, verdict["target"], verdict["target"], "已到上限，转为保持，另设质量指标"
    without_base = math.isnan(verdict["base"])
    step = verdict["value"] - (verdict["target"] if without_base else verdict["base"])
    if (step <= 0) if higher else (step >= 0):
        return KEEP_UP, verdict["target"], verdict["target"], "已达到而五年没有再进一步，先保持原目标"
    low, high = (_within(verdict["value"] + part * step, verdict["target"], higher, bounded) for part in (0.5, 1))
    basis = "无基期，以超出目标的幅度为步长" if without_base else "五年增量的一半至全部" if higher else "五年降幅的一半至全部"
    return RAISE, low, high, f"已达到，{basis}作为讨论区间"


def _within(level: float, target: float, higher: bool, bounded: bool) -> float:
    """Keep a candidate no easier than the target that was met, and inside what the figure can be."""
    level = max(level, target) if higher else max(0.0, min(level, target))
    return min(level, 100.0) if bounded else level
