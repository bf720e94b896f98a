"""Methods of projection tried on areas whose elders are known: what each would have said five, ten and fifteen years ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.models.ageing.ages import STEP
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("area", "reference", "year", "population_55_59", "population_60plus", "population_65plus")
INFLOW, REFERENCE, GROWTH, ONE_RATIO = "补入推算", "参照增速", "恒定增速", "队列单比"
METHODS = (INFLOW, ONE_RATIO, REFERENCE, GROWTH)
HORIZONS = (5, 10, 15)


def forecast_errors(areas: pd.DataFrame) -> pd.DataFrame:
    """Return what each method would have said of each area, from each date on, and what came.

    A forecast from year t knows the area's totals of t−5 and t, and the reference's cohorts and survival up to the horizon, as a district
    knows its nation's. 队列单比 knows the area's persons 55–59 as well and reaches five years.

    Args:
        areas: ``COLUMNS``, five-year steps, persons; ``reference`` names another area, empty for one that is only a reference.

    Returns:
        ``area``, ``start``, ``horizon`` (years), ``method``, ``actual``, ``projected`` (persons 60+), ``error`` (ln actual − ln projected),
        ``entry_scale`` (entrants of the horizon's last five years ÷ those projected; of 补入推算 alone). 补入推算 refuses an area with an
        inflow below zero; its figures are missing then.

    Raises:
        InputError: a missing column, or an area without its reference.

    Source:
        Rolling origins; see method.md, chapter on ageing.
    """
    import pandas as pd

    lacking = [column for column in COLUMNS if column not in areas.columns]
    if lacking:
        raise InputError.single("各地区人口表", f"缺列 {'、'.join(lacking)}", "、".join(COLUMNS), "补上列")
    tried = areas.loc[areas["reference"] != "", ["area", "reference"]].drop_duplicates().reset_index(drop=True)
    wide = {name: areas.pivot(index="area", columns="year", values=f"population_{name}") for name in ("55_59", "60plus", "65plus")}
    unknown = sorted(set(tried["reference"]) - set(wide["60plus"].index))
    if unknown:
        raise InputError.single("各地区人口表", f"没有参照地区{'、'.join(unknown)}", "每个参照地区都有各年的行", "补上")
    own = {name: table.loc[tried["area"]].to_numpy(float) for name, table in wide.items()}
    reference = {name: table.loc[tried["reference"]].to_numpy(float) for name, table in wide.items()}
    years = [int(year) for year in wide["60plus"].columns]
    frames = [frame for start in range(1, len(years) - 1) for frame in _from_date(tried["area"], own, reference, years, start)]
    return pd.concat(frames, ignore_index=True)


def _from_date(
    names: pd.Series, own: dict[str, np.ndarray], reference: dict[str, np.ndarray], years: list[int], start: int
) -> list[pd.DataFrame]:
    """Return the forecasts from one date, one frame a horizon and method."""
    import pandas as pd

    aged, aged65, reaching = (reference[name] for name in ("60plus", "65plus", "55_59"))
    local = own["60plus"]
    before, now = local[:, start - 1], local[:, start]
    inflow = now - aged65[:, start] / aged[:, start - 1] * before
    scaled, frames = now, []
    for step in range(1, len(HORIZONS) + 1):
        end = start + step
        if end >= len(years):
            break
        survival = aged65[:, end] / aged[:, end - 1]
        entrants = inflow * reaching[:, end - 1] / reaching[:, start - 1]
        scaled = survival * scaled + entrants
        projected = {
            INFLOW: np.where(inflow > 0, scaled, np.nan),
            REFERENCE: now * aged[:, end] / aged[:, start],
            GROWTH: now * (now / before) ** step,
        }
        if step == 1:
            older = own["55_59"] + local
            projected[ONE_RATIO] = now / older[:, start - 1] * older[:, start]
        actual = local[:, end]
        scale = np.where(inflow > 0, (actual - survival * local[:, end - 1]) / entrants, np.nan)
        for method, values in projected.items():
            frames.append(
                pd.DataFrame(
                    {
                        "area": names, "start": years[start], "horizon": STEP * step, "method": method, "actual": actual,
                        "projected": values, "error": np.log(actual / values),
                        "entry_scale": scale if method == INFLOW else np.nan,
                    }
                )
            )  # fmt: skip
    return frames


def error_summary(errors: pd.DataFrame) -> pd.DataFrame:
    """Summarise forecast errors by method and horizon.

    Args:
        errors: see :func:`forecast_errors`.

    Returns:
        ``method``, ``horizon``, ``n``, ``areas``, ``mean_percent`` (mean |ln error| × 100), ``within_80``, ``within_95`` (quantiles of
        |ln error|), ``bias_percent`` (median × 100).
    """
    grouped = errors.assign(size=errors["error"].abs()).groupby(["method", "horizon"], sort=False)
    table = grouped.agg(
        n=("size", "count"),
        areas=("area", "nunique"),
        mean_percent=("size", lambda values: values.mean() * 100),
        within_80=("size", lambda values: values.quantile(0.80)),
        within_95=("size", lambda values: values.quantile(0.95)),
        bias_percent=("error", lambda values: values.median() * 100),
    ).reset_index()
    order = table["method"].map(METHODS.index)
    return table.iloc[np.lexsort((table["horizon"], order))].reset_index(drop=True)


def entry_error_widths(errors: pd.DataFrame) -> pd.Series:
    """Return half the width of what 80 % of the entry scales of inflow scaling lie within, by horizon.

    Args:
        errors: see :func:`forecast_errors`.

    Returns:
        Index ``horizon``; (90 % quantile − 10 % quantile) ÷ 2 of the entry scale.
    """
    scales = errors[errors["method"] == INFLOW].groupby("horizon")["entry_scale"]
    return ((scales.quantile(0.9) - scales.quantile(0.1)) / 2).rename("half_width")
