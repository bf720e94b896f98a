"""Rule targets: whether a figure satisfied, year by year, what another series sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.archive.forms import CHANGED_DEFINITION
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


def held_at_year_end(target: pd.Series, row: int, panel: Panel) -> Figures:
    """Return 1 where a rule holds at a year's end, 0 where not, NaN where figure or reference is missing."""
    return _holds(target, compared_figures(target, row, panel), required_figures(target, panel))


def compliance(target: pd.Series, row: int, panel: Panel) -> Figures:
    """Return 1 where a rule was satisfied in a year, 0 where not, NaN where figure or reference is missing.

    A year is satisfied if the rule holds at its end and on each day of it on which figure or reference changed: a standard
    that follows the minimum wage must follow it on the day. Only dated figures change on a day; one without a date stands
    for its year as a whole and is judged at the year's end.

    Args:
        target: one row of the targets, with its ``rule_*``.
        row: position of the indicator in the panel.
        panel: see :func:`analysis.assessment.panel.arrange`.

    Returns:
        Shape (districts, years); the base year is NaN, it is not judged.
    """
    held = held_at_year_end(target, row, panel)
    held[:, 0] = np.nan
    days = days_of_change(target, row, panel)
    broken = days[days["held"] == 0]
    district, year = broken["district_code"].to_numpy(), broken["day"].dt.year.to_numpy() - panel.years[0]
    known = ~np.isnan(held[district, year])
    held[district[known], year[known]] = 0
    return np.where(_changed_definition(target, row, panel), np.nan, held)


def _changed_definition(target: pd.Series, row: int, panel: Panel) -> np.ndarray:
    """Say in which years the figure or the rule's reference follows another definition, shape (districts, years)."""
    lag, reference = int(target["rule_lag_years"]), reference_row(target, panel)
    changed = np.zeros((len(panel.districts), len(panel.years)), dtype=bool)
    for code, year in enumerate(panel.years):
        changed[:, code] = panel.column("definition", year, "")[:, row] == CHANGED_DEFINITION
        if reference >= 0 and year - lag in panel.years:
            changed[:, code] |= panel.column("definition", year - lag, "")[:, reference] == CHANGED_DEFINITION
    return changed


def _holds(target: pd.Series, figures: Figures, required: Figures) -> Figures:
    if target["rule_comparison"] == "equal":
        held = np.abs(figures - required) <= RELATIVE_PRECISION * np.maximum(np.abs(figures), np.abs(required))
    else:
        held = at_least(figures, required)
    return np.where(np.isnan(figures) | np.isnan(required), np.nan, held.astype(float))


def days_of_change(target: pd.Series, row: int, panel: Panel) -> pd.DataFrame:
    """Judge a rule on each day in the plan's years on which it can have changed.

    Returns:
        Columns ``district_code``, ``day``, ``figure``, ``required`` and ``held`` (1, 0, NaN); empty for a rule on growth or on
        last year's reference, of which a day tells nothing.
    """
    import pandas as pd

    readings, reference = panel.readings, reference_row(target, panel)
    first_day = pd.Timestamp(panel.years[1], 1, 1)
    changed = readings["is_dated"] & readings["row_code"].isin((row, reference)) & (readings["in_force_from"] >= first_day)
    if target["rule_compares"] != "level" or int(target["rule_lag_years"]):
        changed = changed & False
    days = readings.loc[changed, ["district_code", "in_force_from"]].drop_duplicates()
    days = days[days["in_force_from"].dt.year <= panel.years[-1]].sort_values("in_force_from", kind="stable")
    figures, references = (_in_force_on(days, code, panel) for code in (row, reference))
    required = references * float(target["rule_factor"])
    days = days.rename(columns={"in_force_from": "day"})
    return days.assign(figure=figures, required=required, held=_holds(target, figures, required)).reset_index(drop=True)


def _in_force_on(days: pd.DataFrame, row: int, panel: Panel) -> Figures:
    """Return a row's figure in force on each day; NaN where it is not known, or stands for the whole year without a date.

    Before the first reported figure the plan's own base figure is in force.
    """
    import pandas as pd

    columns = ["district_code", "in_force_from", "value", "is_dated"]
    own = panel.readings.loc[panel.readings["row_code"] == row, columns]
    since = pd.Timestamp(panel.years[0], 1, 1)
    base = pd.DataFrame({"district_code": range(len(panel.districts)), "value": panel.values[:, row, 0], "is_dated": True})
    base = base.assign(in_force_from=pd.Series(since, index=base.index).astype(own["in_force_from"].dtype)).dropna(subset="value")
    figures = pd.concat([base[columns], own]).sort_values("in_force_from", kind="stable").rename(columns={"in_force_from": "since"})
    met = pd.merge_asof(days, figures, left_on="in_force_from", right_on="since", by="district_code")
    whole_year = ~met["is_dated"].fillna(True).astype(bool) & (met["since"].dt.year == met["in_force_from"].dt.year)
    figures_of_days: Figures = met["value"].mask(whole_year).to_numpy(float)
    return figures_of_days
