"""Readings arranged for judging many districts at once: year-end figures as an array of districts × rows × years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

Figures = NDArray[np.float64]
ONE_DISTRICT = ""


@dataclass(frozen=True)
class Panel:
    """Figures of every district, indicator row and context series.

    Attributes:
        districts: names in order of first appearance; one empty name where readings have no ``district``.
        rows: (series, part) of the targets in their order, then of the context series that occur.
        years: the base year and the plan's years.
        values: year-end figures in the form's unit, shape (districts, rows, years); NaN where none was filled in. Figures of
            the base year are those that the plan prints.
        readings: the readings themselves, one row each, with ``district_code``, ``row_code``, ``in_force_from`` and
            ``is_dated``.
        reading_index: position in ``readings`` of each year-end figure, same shape; −1 where none.
    """

    districts: list[str]
    rows: list[tuple[str, str]]
    years: tuple[int, ...]
    values: Figures
    readings: pd.DataFrame
    reading_index: NDArray[np.int64]

    def row_code(self, series: str, part: str) -> int:
        """Return a row's position; −1 where nothing was filled in for it."""
        return self.rows.index((series, part)) if (series, part) in self.rows else -1

    def year_code(self, year: int) -> int:
        """Return a year's position."""
        return self.years.index(year)

    def column(self, name: str, year: int, empty: Any) -> NDArray[Any]:
        """Return a column of the readings behind the figures of one year, shape (districts, rows)."""
        index = self.reading_index[:, :, self.year_code(year)]
        if name not in self.readings.columns or self.readings.empty:
            return np.full(index.shape, empty, dtype=object)
        column = self.readings[name].to_numpy(dtype=object)
        found: NDArray[Any] = np.where(index >= 0, column[index], empty)
        return found


def arrange(readings: pd.DataFrame, targets: pd.DataFrame, until: int | None = None) -> Panel:
    """Arrange readings for judging.

    Args:
        readings: one row a figure: ``series`` (row number as text, or id of a context series), ``part``, ``year``,
            ``value``; optionally ``district``, ``effective_date`` (date or None) and columns carried along. Each figure
            once: see :func:`analysis.observations.monitoring.pinned` for revisions.
        targets: see :func:`analysis.observations.targets.load_targets`.
        until: leave out what was reported for a later year and took effect in none earlier; None for nothing.

    Raises:
        InputError: a figure without a district beside figures with one, or one that is not finite.
    """
    import pandas as pd

    base_year, final_year = int(targets["base_year"].iloc[0]), int(targets["final_year"].iloc[0])
    years = tuple(range(base_year, final_year + 1))
    frame = readings.loc[readings["year"].isin(years)]
    if "district" not in frame:
        frame = frame.assign(district=ONE_DISTRICT)
    _check(frame)
    frame = frame.assign(**_in_force_from(frame))
    last = final_year if until is None else until
    frame = frame[(frame["year"] <= last) | (frame["in_force_from"].dt.year <= last)].reset_index(drop=True)
    own = list(zip(targets["indicator_id"], targets["part"], strict=True))
    pairs = frame[["series", "part"]].drop_duplicates().itertuples(index=False, name=None)
    rows = [*own, *(pair for pair in pairs if pair not in set(own))]
    district_codes, districts = pd.factorize(frame["district"])
    codes = pd.MultiIndex.from_tuples(rows).get_indexer(pd.MultiIndex.from_frame(frame[["series", "part"]]))
    names = [str(name) for name in districts] or [ONE_DISTRICT]

    frame = frame.assign(district_code=district_codes, row_code=codes)
    values = np.full((len(names), len(rows), len(years)), np.nan)
    index = np.full(values.shape, -1, dtype=np.int64)
    position, year = _places(frame, base_year)
    place = (district_codes[position], codes[position], year - base_year)
    values[place] = frame["value"].to_numpy(dtype=float)[position]
    index[place] = position
    values[:, : len(own), 0] = targets["base"].to_numpy(dtype=float)
    index[:, : len(own), 0] = -1
    _carry_dated(values, index, frame, len(own), base_year)
    return Panel(names, rows, years, values, frame, index)


def _check(frame: pd.DataFrame) -> None:
    if frame["district"].isna().any():
        raise InputError.single(
            "监测数据 district 列", f"{int(frame['district'].isna().sum())}行为空", "每行都有区县", "补上区县，或不用该列"
        )
    infinite = np.isinf(frame["value"].to_numpy(dtype=float))
    if infinite.any():
        raise InputError.single("监测数据 value 列", f"{int(infinite.sum())}行不是有限的数", "有限的数", "改正，没有数时留空")


def _in_force_from(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the day each figure took effect, 1 January where it has no date, and whether it has one."""
    import pandas as pd

    given = frame["effective_date"] if "effective_date" in frame else pd.Series(pd.NaT, index=frame.index)
    when = pd.to_datetime(given).astype("datetime64[s]")
    first_day = pd.to_datetime(frame["year"].astype(str) + "-01-01").astype("datetime64[s]")
    return {"in_force_from": when.fillna(first_day), "is_dated": when.notna()}


def _places(frame: pd.DataFrame, base_year: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which reading stands at the end of which year, in the order in which they replace each other.

    A standard reported for a year but in force since an earlier one stood at the end of that one as well.
    """
    year = frame["year"].to_numpy(dtype=np.int64)
    since = np.clip(frame["in_force_from"].dt.year.to_numpy(dtype=np.int64), base_year, year)
    spans = year - since + 1
    position = np.repeat(np.arange(len(frame)), spans)
    places = np.repeat(since, spans) + (np.arange(spans.sum()) - np.repeat(np.cumsum(spans) - spans, spans))
    order = np.lexsort((year[position], frame["in_force_from"].to_numpy()[position], places))
    return position[order], places[order]


def _carry_dated(values: Figures, index: NDArray[np.int64], frame: pd.DataFrame, own_rows: int, base_year: int) -> None:
    """Let a context standard that took effect on a date hold until the next figure, in place.

    That is what an effective date means; a figure without one stands for its year alone, and an indicator's own figure is
    never carried on: whoever reports it reports it each year. Nor is a figure that awaits
    verification (待核实): nobody vouches that nothing replaced it.
    """
    lasting = frame["is_dated"].to_numpy()
    if "reliability" in frame and not frame.empty:
        lasting = lasting & (frame["reliability"] == "").to_numpy()
    in_force = np.zeros(values.shape, dtype=bool)
    filled = index >= 0
    in_force[filled] = lasting[index[filled]]
    context = np.s_[:, own_rows:]
    for year in range(1, values.shape[2]):
        carried = np.isnan(values[context][..., year]) & in_force[context][..., year - 1]
        for array in (values, index):
            array[context][..., year] = np.where(carried, array[context][..., year - 1], array[context][..., year])
        in_force[context][..., year] |= carried
