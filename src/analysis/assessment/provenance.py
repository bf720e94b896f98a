"""What a verdict inherits from the figures it rests on: doubt, and a changed definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.archive.forms import CHANGED_DEFINITION
from analysis.assessment.panel import Panel
from analysis.assessment.rules import reference_row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Provenance:
    """Arrays of shape (districts, rows).

    Attributes:
        reliability: 待核实 where the figure, the one before it (growth) or the rule's reference is so; else empty.
        definition_changed: whether one of them follows another definition than the base.
    """

    reliability: NDArray[np.object_]
    definition_changed: NDArray[np.bool_]


def provenance(targets: pd.DataFrame, panel: Panel, year: int) -> Provenance:
    """Collect what the verdicts of a year inherit.

    Args:
        targets: see :func:`analysis.observations.targets.load_targets`; panel: the readings arranged; year: of the data.
    """
    own = np.s_[:, : len(targets)]
    reliability = panel.column("reliability", year, "")[own].copy()
    changed = panel.column("definition", year, "")[own] == CHANGED_DEFINITION
    changed = changed | (targets["definition_change_year"].to_numpy(float) <= year)
    for position, (_, target) in enumerate(targets.iterrows()):
        if target["kind"] != "rule":
            continue
        lagged = year - int(target["rule_lag_years"])
        others = [(reference_row(target, panel), lagged)]
        if target["rule_compares"] == "growth":
            others.append((position, year - 1))
        for row, of_year in others:
            if row < 0 or of_year not in panel.years:
                continue
            doubt = panel.column("reliability", of_year, "")[:, row]
            reliability[:, position] = np.where(reliability[:, position] == "", doubt, reliability[:, position])
            changed[:, position] |= panel.column("definition", of_year, "")[:, row] == CHANGED_DEFINITION
    return Provenance(reliability, changed)
