"""Whether births of sixty years before tell the ups and downs of a city's aged: entries that its yearly counts imply, beside births."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from analysis.archive.plans import load_plan
from analysis.assessment.prospects.ageing_counts import SERIES
from analysis.models.ageing.ages import STEP
from analysis.models.ageing.inflow import reference_step
from analysis.models.ageing.path import ENTRY_AGE
from analysis.observations.monitoring import LATEST
from analysis.observations.public_figures import load_public_figures
from analysis.observations.reference_population import ReferencePopulation, load_reference_population

if TYPE_CHECKING:
    import pandas as pd

_COUNT, _GROWTH, _REGISTERED = "60+人口", "60+人口年增长率", "户籍"
COLUMNS = ["first_year", "last_year", "entries", "births", "entries_index", "births_index"]


def ageing_shape(plan_id: str, public_edition: str = LATEST) -> pd.DataFrame:
    """Set entries that the yearly counts of the plan's city imply beside the nation's births of sixty years before.

    Entries of the years between two counts: P(t) − s^n · P(t−n), a year's mean, with yearly survival s of the reference population.
    Years of which only the growth is published are filled in from the count by that growth.

    Args:
        plan_id: a plan whose place is a district of a city with public counts; public_edition: edition of the public figures.

    Returns:
        One row a span of years without a count between: ``first_year``, ``last_year``, ``entries`` (万人 a year), ``births`` (万人 a
        year, the nation's, sixty years before), and both as an index, mean of all years = 1. No row where the place has no city with
        at least three counts.

    Example:
        >>> ageing_shape("yuexiu-14")[["first_year", "entries_index", "births_index"]].round(2).to_numpy().tolist()[4:]
        [[2020.0, 0.81, 0.8], [2021.0, 1.06, 0.91], [2023.0, 1.25, 1.39]]
    """
    import pandas as pd

    counts = _city_counts(plan_id, public_edition)
    years = sorted(counts) if len(counts) >= 3 else []
    reference = load_reference_population()
    rows = []
    for before, after in itertools.pairwise(years):
        span = after - before
        left = counts[before] * _yearly_survival(reference, before) ** span
        born = reference.births.loc[before + 1 - ENTRY_AGE : after - ENTRY_AGE]
        rows.append((before + 1, after, (counts[after] - left) / span, float(born.mean()) / 1e4))
    table = pd.DataFrame(rows, columns=COLUMNS[:4])
    if table.empty:
        return table.reindex(columns=COLUMNS)
    spans = table["last_year"] - table["first_year"] + 1
    for name in ("entries", "births"):
        table[f"{name}_index"] = table[name] / ((table[name] * spans).sum() / spans.sum())
    return table


def _yearly_survival(reference: ReferencePopulation, year: int) -> float:
    return float(reference_step(reference.ages, year - year % STEP).survival ** (1 / STEP))


def _city_counts(plan_id: str, public_edition: str) -> dict[int, float]:
    """Return the city's counts by year, those of years with only a growth rate worked out from the year before or after."""
    plan = load_plan(plan_id)
    series = plan.context.get(SERIES)
    districts = [item.region for item in series.public] if series else []
    cities = {plan.header.place.removesuffix(district) for district in districts}
    figures = load_public_figures(public_edition) if plan.header.public_source else None
    if figures is None or not cities:
        return {}
    rows = figures[figures["region"].isin(cities) & (figures["definition"] == _REGISTERED) & figures["year"].notna()]
    known, growth = (
        {int(row.year): float(row.value) for row in rows[rows["concept"] == concept].sort_values("year").itertuples()}
        for concept in (_COUNT, _GROWTH)
    )
    counts = {year: value for year, value in known.items() if year >= min(growth, default=min(known, default=0))}
    for year in sorted(growth):
        if year - 1 not in counts and year in counts:
            counts[year - 1] = counts[year] / (1 + growth[year] / 100)
        if year not in counts and year - 1 in counts:
            counts[year] = counts[year - 1] * (1 + growth[year] / 100)
    return counts
