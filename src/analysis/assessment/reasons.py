"""Why a row is not judged, and what a reader must know beside a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.assessment import statuses
from analysis.assessment.panel import Figures, Panel
from analysis.assessment.rules import required_figures

if TYPE_CHECKING:
    import pandas as pd

CHANGED_DEFINITION = "口径变更"


@dataclass(frozen=True)
class Reasons:
    """Arrays of shape (districts, rows).

    Attributes:
        unknown: the figure, the one before it or the rule's reference is missing.
        definition_changed: the figure follows another definition than the base.
        words: the reason in words; empty where there is nothing to say.
    """

    unknown: NDArray[np.bool_]
    definition_changed: NDArray[np.bool_]
    words: NDArray[np.object_]


def reasons_of(targets: pd.DataFrame, panel: Panel, held: Figures, status: NDArray[np.object_], year: int) -> Reasons:
    """Collect the reasons.

    Args:
        targets: the targets; panel: the readings arranged.
        held: compliance of rules by year, up to the year of the data.
        status: statuses as the figures alone give them.
        year: the year of the data.
    """
    own = np.s_[:, : len(targets), panel.year_code(year)]
    missing = np.isnan(panel.values[own])
    is_rule = (targets["kind"] == "rule").to_numpy()
    changed = panel.column("definition", year, "")[:, : len(targets)] == CHANGED_DEFINITION
    changed = changed | (targets["definition_change_year"].to_numpy(float) <= year)
    unheld = is_rule & np.isnan(held[:, :, -1]) & ~missing
    undecided = is_rule & (status == statuses.UNKNOWN) & ~missing & ~unheld

    words = np.full(missing.shape, "", dtype=object)
    for position, (_, target) in enumerate(targets.iterrows()):
        if is_rule[position]:
            words[:, position] = _rule_words(target, panel, held[:, position], unheld[:, position], undecided[:, position], year)
    words = np.where(missing, f"缺少{year}年数值", words)
    words = np.where(changed, f"{CHANGED_DEFINITION}：{year}年数值的口径与基期不同", words).astype(object)
    return Reasons(missing | unheld, changed, words)


def _rule_words(
    target: pd.Series, panel: Panel, held: Figures, unheld: NDArray[np.bool_], undecided: NDArray[np.bool_], year: int
) -> NDArray[np.object_]:
    """Say what a rule lacks, which years it was not met in, and what is odd about its reference."""
    until = panel.year_code(year)
    required = required_figures(target, panel)
    lag = int(target["rule_lag_years"])
    lacking = np.where(np.isnan(required[:, until]), f"缺少{year - lag}年的规则参照值", f"缺少{year - 1}年数值，不能计算{year}年增速")
    words = np.where(unheld, lacking, "").astype(object)
    years = panel.years[1 : until + 1]
    for state, said in ((held == 0, "未达标"), (np.isnan(held) & ~unheld[:, None], "数据不全、未判")):
        for column, past in enumerate(years):
            words = words + np.where(state[:, column] & ~unheld, f"{past}年{said}；", "")
    if target["rule_reference"] == "consumption_growth":
        words = words + np.where(required[:, until] < 0, f"{year - lag}年参照增速为负，门槛低于零；", "")
    words = words + np.where(undecided, "缺数的年份影响结论", "")
    return np.array([str(text).rstrip("；") for text in words], dtype=object)
