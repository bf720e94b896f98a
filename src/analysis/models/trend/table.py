"""Forecasts of many short yearly series in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import FEWEST, MOST, Calibration, load_calibration
from analysis.models.trend import candidates
from analysis.models.trend.calibrated import calibrated
from analysis.models.trend.counts import looks_counted
from analysis.models.trend.points import Points, read_points
from analysis.models.trend.scales import LINEAR, Scale, make_scale, scale_name
from analysis.models.trend.scenarios import scenarios

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
BANDS = ("low_80", "high_80", "low_95", "high_95")
COLUMNS = ("series", "year", "point", *BANDS, "chance", "method", "n")
CALIBRATED = "稳度加权漂移"
HELD = "接近100%，守住现值"


def forecast(
    series: pd.DataFrame, to_year: int, *, calibration: Calibration | None = None, admit: bool = True, where: str = "序列表"
) -> pd.DataFrame:
    """Forecast many short yearly series, each by what its number of points allows.

    One or two points give named scenarios without interval or chance; three and more a median with 80 % and 95 % intervals
    whose widths were fitted on public series (docs/models.md); from ten points on ETS, Theta and the local
    linear trend of statsmodels take its place where a rolling back-test on the series itself shows their coverage.

    Args:
        series: columns ``series``, ``year``, ``value`` and, where wanted, ``kind`` (level; percent, 0 to 100; count, number
            of events or things; smooth, demographic stock), ``target`` (in the value's unit), ``direction`` (higher, lower)
            and ``panel`` (the same indicator of several districts; ten or more are drawn together). Years may have gaps.
        to_year: last year to forecast, after each series' last year and at most 15 years on.
        calibration: other constants than the stored ones.
        admit: whether long series may take a model of statsmodels (slow).
        where: what to call the table in messages.

    Returns:
        One row a series and year ahead (for scenarios one more each): ``series``, ``year``, ``point`` (median, unit of the
        value), ``low_80``, ``high_80``, ``low_95``, ``high_95``, ``chance`` (of being at or beyond the target in that year;
        NaN without target), ``method``, ``n`` (points of the series).

    Raises:
        InputError: every defect of the table, with row and column.

    Example:
        >>> import pandas as pd
        >>> history = pd.DataFrame({"series": "床位", "year": [2020, 2021, 2022, 2023], "value": [4983, 5100, 5240, 5400]})
        >>> forecast(history, 2025)[["year", "point", "low_80", "high_80"]].round(0).values.tolist()[-1][:2]
        [2025.0, 5569.0]
    """
    import pandas as pd

    constants = calibration or load_calibration()
    points = read_points(series, to_year, where)
    parts = []
    for which, years, values in points.blocks(MOST):
        kinds = np.where((points.kinds[which] == "level") & looks_counted(values), "count", points.kinds[which].astype(str))
        for kind in np.unique(kinds):
            of_kind = np.flatnonzero(kinds == kind)
            names = scale_name(values[of_kind], kind)
            for name in np.unique(names):
                rows = of_kind[names == name]
                block = (which[rows], years[rows], values[rows], make_scale(name, values[rows], kind))
                make = _calibrated if values.shape[1] >= FEWEST else _scenarios
                parts.append(make(points, block, kind, to_year, constants))
    joined = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
    if admit:
        candidates.replace(joined, points, to_year, constants)
    order = np.lexsort((joined["year"], joined["scenario"], joined["position"]))
    position = joined["position"][order]
    frame = {"series": points.names[position], "year": joined["year"][order]}
    frame |= {column: joined[column][order] for column in ("point", *BANDS, "chance")}
    methods, labels = pd.factorize(joined["method"][order])
    table = pd.DataFrame(frame).assign(n=points.counts[position])
    table.insert(len(COLUMNS) - 2, "method", pd.Categorical.from_codes(methods, categories=labels))
    return table


Block = tuple[NDArray[np.int64], Floats, Floats, Scale]
Part = dict[str, NDArray]  # type: ignore[type-arg]


def _calibrated(points: Points, block: Block, kind: str, to_year: int, constants: Calibration) -> Part:
    which, years, values, scale = block
    last = points.last_years[which]
    horizons = np.arange(1, int(to_year - last.min()) + 1)
    found = calibrated(years, values, scale, kind, points.rounding[which], points.panels[which], horizons, constants)
    result = {"point": scale.back(found.middle)}
    for level, half in (("80", found.half_80), ("95", found.half_95)):
        result[f"low_{level}"], result[f"high_{level}"] = scale.back(found.middle - half), scale.back(found.middle + half)
    if kind == "percent":
        _end_at_values(result, values[:, -1], found.held, scale)
    target = points.targets[which]
    aimed = not np.isnan(target).all()
    aim = _aim(target, points.signs[which], scale, kind)
    result["chance"] = found.chance(aim, points.signs[which]) if aimed else np.full(found.middle.shape, np.nan)
    named = "个数" if kind == "count" else scale.name
    label = np.where(found.held, f"{HELD}（{named}）", f"{CALIBRATED}（{named}）").astype(object)
    label = np.where(points.counts[which] > MOST, label + f"，近{MOST}点", label)
    methods = np.repeat(label[:, None], len(horizons), axis=1)
    return _flat(result | {"method": methods}, which, last[:, None] + horizons, to_year)


def _aim(target: Floats, sign: Floats, scale: Scale, kind: str) -> Floats:
    """Return targets on the modelling scale; one that any value of the kind reaches lies at infinity, counts end between two."""
    aim = scale.forward(target - 0.5 * sign if kind == "count" else target)
    if scale.name == LINEAR:
        return aim
    aim = np.where((sign > 0) & (target <= 0), -np.inf, aim)
    return np.where((sign < 0) & (target >= 100), np.inf, aim) if kind == "percent" else aim


def _end_at_values(result: Part, last: Floats, held: NDArray[np.bool_], scale: Scale) -> None:
    """A share that is held, or lies at 0 or 100 %, keeps its own value: the edges of the log-odds must not move it."""
    below, above = (last < scale.shift)[:, None], (last > scale.unit)[:, None]
    kept = held[:, None] | below | above
    result["point"] = np.where(kept, last[:, None], result["point"])
    for name in ("low_80", "low_95"):
        result[name] = np.minimum(result[name], result["point"])
    for name in ("high_80", "high_95"):
        result[name] = np.maximum(result[name], result["point"])


def _scenarios(points: Points, block: Block, kind: str, to_year: int, constants: Calibration) -> Part:
    which, years, values, scale = block
    parts = []
    # The required path ends at the target in to_year, so it depends on each series' own last year.
    for last in np.unique(points.last_years[which]):
        same = points.last_years[which] == last
        horizons = np.arange(1, int(to_year - last) + 1)
        own = Scale(scale.name, scale.shift[same], scale.unit[same])
        paths = scenarios(years[same], values[same], own, horizons, points.targets[which][same])
        for number, (name, path) in enumerate(paths.items()):
            shown = np.isfinite(path).all(axis=1)
            empty = {column: np.full(path[shown].shape, np.nan) for column in (*BANDS, "chance")}
            result = {"point": path[shown], **empty, "method": np.full(path[shown].shape, name, dtype=object)}
            calendar = np.repeat((last + horizons)[None, :], int(shown.sum()), axis=0)
            parts.append(_flat(result, which[same][shown], calendar, to_year, number))
    return {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}


def _flat(result: Part, which: NDArray[np.int64], calendar: NDArray[np.int64], to_year: int, scenario: int = 0) -> Part:
    """Turn arrays of shape (N, H) into columns, leaving out the years after ``to_year``."""
    needed = calendar <= to_year
    flat = {column: values[needed] for column, values in result.items()}
    flat["position"] = np.repeat(which, needed.sum(axis=1))
    flat["year"] = calendar[needed]
    flat["scenario"] = np.full(len(flat["year"]), scenario)
    return flat
