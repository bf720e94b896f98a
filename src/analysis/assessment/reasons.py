"""Why a row is not judged, and what a reader must know beside a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.archive.forms import CHANGED_DEFINITION
from analysis.assessment import statuses
from analysis.assessment.panel import Figures, Panel
from analysis.assessment.provenance import Provenance
from analysis.assessment.rules import held_at_year_end, required_figures

if TYPE_CHECKING:
    import pandas as pd


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


def reasons_of(
    targets: pd.DataFrame, panel: Panel, held: Figures, status: NDArray[np.object_], inherited: Provenance, year: int
) -> Reasons:
    """Collect the reasons.

    Args:
        targets: the targets; panel: the readings arranged.
        held: compliance of rules by year, up to the year of the data.
        status: statuses as the figures alone give them.
        inherited: doubt and definitions of the figures behind each row.
        year: the year of the data.
    """
    own = np.s_[:, : len(targets), panel.year_code(year)]
    missing = np.isnan(panel.values[own])
    is_rule = (targets["kind"] == "rule").to_numpy()
    changed = inherited.definition_changed
    unheld = is_rule & np.isnan(held[:, :, -1]) & ~missing
    undecided = is_rule & (status == statuses.UNKNOWN) & ~missing & ~unheld

    words = np.full(missing.shape, "", dtype=object)
    for position, (_, target) in enumerate(targets.iterrows()):
        if is_rule[position]:
            words[:, position] = _rule_words(target, position, panel, held[:, position], unheld[:, position], undecided[:, position])
    words = np.where(missing, f"缺少{year}年数值", words)
    about = np.where(is_rule, f"{year}年数值、上年数值或规则参照的口径与基期不同", f"{year}年数值的口径与基期不同")
    words = np.where(changed, np.char.add(f"{CHANGED_DEFINITION}：", about.astype(str)), words).astype(object)
    return Reasons(missing | unheld, changed, words)


def _rule_words(
    target: pd.Series, row: int, panel: Panel, held: Figures, unheld: NDArray[np.bool_], undecided: NDArray[np.bool_]
) -> NDArray[np.object_]:
    """Say what a rule lacks, which years it was not met in, and what is odd about its reference."""
    until = held.shape[1]
    year, lag = panel.years[until], int(target["rule_lag_years"])
    required = required_figures(target, panel)[:, until]
    at_end = held_at_year_end(target, row, panel)[:, 1 : until + 1]
    lacking = np.where(np.isnan(required), f"缺少{year - lag}年的规则参照值", f"缺少{year - 1}年数值，不能计算{year}年增速")
    words = np.where(unheld, lacking, "").astype(object)
    states = (
        ((held == 0) & (at_end == 0), "年未达标"),
        ((held == 0) & (at_end == 1), "年内曾未达标（年末已达到）"),
        (np.isnan(held) & ~unheld[:, None], "年数据不全、未判"),
    )
    for state, said in states:
        for column, past in enumerate(panel.years[1 : until + 1]):
            words = words + np.where(state[:, column] & ~unheld, f"{past}{said}；", "")
    if target["rule_reference"] == "consumption_growth":
        words = words + np.where(required < 0, f"{year - lag}年参照增速为负，门槛低于零；", "")
    words = words + np.where(undecided, "缺数的年份影响结论", "")
    return np.array([str(text).rstrip("；") for text in words], dtype=object)
