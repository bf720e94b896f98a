"""Rule targets: whether a figure satisfied, year by year, what another series sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.assessment.panel import Figures, Panel
from analysis.assessment.schedule import RELATIVE_PRECISION, at_least

if TYPE_CHECKING:
    import pandas as pd

INDICATOR_PREFIX = "indicator:"


def reference_row(target: pd.Series, panel: Panel) -> int:
    """Return the position of the series that a rule refers to; −1 where nothing was filled in for it."""
    name = str(target["rule_reference"]).removeprefix(INDICATOR_PREFIX)
    return panel.row_code(name, str(target["rule_reference_part"]))


def compared_figures(target: pd.Series, row: int, panel: Panel) -> Figures:
    """Return what a rule compares, shape (districts, years): the level, or its growth over the year before in percent."""
    levels = panel.values[:, row, :]
    if target["rule_compares"] == "level":
        return levels
    growth = np.full_like(levels, np.nan)
    positive = levels[:, :-1] > 0
    growth[:, 1:] = (np.divide(levels[:, 1:], levels[:, :-1], out=np.full_like(levels[:, 1:], np.nan), where=positive) - 1) * 100
    return growth


def required_figures(target: pd.Series, panel: Panel) -> Figures:
    """Return what a rule asks for at each year's end, shape (districts, years): factor × reference, lagged where due."""
    reference = reference_row(target, panel)
    required = np.full((len(panel.districts), len(panel.years)), np.nan)
    if reference < 0:
        return required
    lag = int(target["rule_lag_years"])
    levels = panel.values[:, reference, :] * float(target["rule_factor"])
    required[:, lag:] = levels[:, : levels.shape[1] - lag]
    return required


def compliance(target: pd.Series, row: int, panel: Panel) -> Figures:
    """Return 1 where a rule was satisfied in a year, 0 where not, NaN where figure or reference is missing.

    A year is satisfied if the rule holds at its end and on each day of it on which the reference changed: a standard that
    follows the minimum wage must follow it on the day.

    Args:
        target: one row of the targets, with its ``rule_*``.
        row: position of the indicator in the panel.
        panel: see :func:`analysis.assessment.panel.arrange`.

    Returns:
        Shape (districts, years); the base year is NaN, it is not judged.
    """
    held = _holds(target, compared_figures(target, row, panel), required_figures(target, panel))
    held[:, 0] = np.nan
    if target["rule_compares"] == "level" and int(target["rule_lag_years"]) == 0:
        district, year, on_the_day = _on_days_of_change(target, row, panel)
        broken = on_the_day == 0
        known = ~np.isnan(held[district[broken], year[broken]])
        held[district[broken][known], year[broken][known]] = 0
    return held


def _holds(target: pd.Series, figures: Figures, required: Figures) -> Figures:
    if target["rule_comparison"] == "equal":
        held = np.abs(figures - required) <= RELATIVE_PRECISION * np.maximum(np.abs(figures), np.abs(required))
    else:
        held = at_least(figures, required)
    return np.where(np.isnan(figures) | np.isnan(required), np.nan, held.astype(float))


def _on_days_of_change(target: pd.Series, row: int, panel: Panel) -> tuple[np.ndarray, np.ndarray, Figures]:
    """Judge a rule on each day in the plan's years on which its reference changed: districts, year positions, held or not.

    The figure of the day is the last one in force: dated figures from their date on, undated ones from 1 January, the
    plan's own base figure before them.
    """
    import pandas as pd

    readings = panel.readings
    first_day = pd.Timestamp(panel.years[1], 1, 1)
    changed = readings["is_dated"] & (readings["row_code"] == reference_row(target, panel)) & (readings["in_force_from"] >= first_day)
    columns = ["district_code", "in_force_from", "value"]
    days = readings.loc[changed, columns].sort_values("in_force_from", kind="stable")
    own = readings.loc[readings["row_code"] == row, columns]
    base = pd.DataFrame({"district_code": range(len(panel.districts)), "in_force_from": first_day, "value": panel.values[:, row, 0]})
    base["in_force_from"] = (base["in_force_from"] - pd.DateOffset(years=1)).astype(own["in_force_from"].dtype)
    figures = pd.concat([base, own]).sort_values("in_force_from", kind="stable")
    met = pd.merge_asof(days, figures, on="in_force_from", by="district_code", suffixes=("_reference", ""))
    held = _holds(target, met["value"].to_numpy(float), met["value_reference"].to_numpy(float) * float(target["rule_factor"]))
    return met["district_code"].to_numpy(), met["in_force_from"].dt.year.to_numpy() - panel.years[0], held
