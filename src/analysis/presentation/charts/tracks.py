"""Small multiples of level indicators: base, yearly figures, and the plan's own path to its target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.archive.forms import CHANGED_DEFINITION
from analysis.assessment.panel import arrange
from analysis.assessment.scores import BINDING
from analysis.assessment.statuses import BEHIND_STATUSES, SEVERITY, UNJUDGED
from analysis.presentation import style
from analysis.presentation.charts.captions import SUBTITLE_INCHES, label, scope, subtitle
from analysis.presentation.charts.captions import figure as written
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

_COLUMNS, _PANEL_INCHES = 3, 1.7
_CLOSE = 0.17  # labels nearer than this share of a panel's height would touch


def progress_tracks(evaluation: PlanEvaluation) -> Chart | None:
    """Draw the level indicators that have a base and at least one figure, worst first; None where there is none.

    The thin line is the plan's own path, hollow diamonds its milestone and target; figures under a changed definition are
    hollow squares without a line.
    """
    tracks = _tracks(evaluation)
    if tracks.empty:
        return None
    keys = list(dict.fromkeys(tracks["key"]))
    lines = -(-len(keys) // _COLUMNS)
    figure, whole = canvas(_PANEL_INCHES * lines, left_inches=0.12, right_inches=0.12, panel_title_inches=SUBTITLE_INCHES)
    box = whole.get_position()
    whole.remove()
    edges = {"left": box.x0, "right": box.x1, "bottom": box.y0, "top": box.y1 - 0.36 / figure.get_size_inches()[1]}
    grid = figure.add_gridspec(lines, _COLUMNS, wspace=0.08, hspace=0.62, **edges)
    for position, key in enumerate(keys):
        _panel(figure.add_subplot(grid[position // _COLUMNS, position % _COLUMNS]), tracks[tracks["key"] == key], evaluation)
    first = tracks.drop_duplicates("key")
    behind = first[first["status"].isin(BEHIND_STATUSES)]
    final = evaluation.kind == "final"
    finding = (
        f"{len(keys)}项水平指标，{len(behind)}项{'未达目标' if final else '滞后'}"
        if len(behind)
        else f"{len(keys)}项水平指标没有{'未达目标' if final else '滞后'}的"
    )
    return finish(
        figure,
        name="progress_tracks",
        data=tracks.drop(columns="key"),
        finding=finding,
        measure=subtitle(
            scope(evaluation),
            "◇中期目标、末期目标",
            "细线为规划路径",
            "□口径变更后的数" if (tracks["definition"] == CHANGED_DEFINITION).any() else "",
        ),
        sources=evaluation.deposits,
        alt="；".join(_words(tracks[tracks["key"] == key]) for key in keys),
    )


def _tracks(evaluation: PlanEvaluation) -> pd.DataFrame:
    """Return one row an indicator and year: the base, every figure up to the year of the data, milestone and target."""
    import pandas as pd

    readings = evaluation.monitoring.readings
    panel = arrange(readings, evaluation.targets, evaluation.data_year)
    columns = ["key", "indicator_id", "part", "name", "unit", "attribute", "status", "year", "value", "milestone", "target", "definition"]
    rows: list[dict[str, Any]] = []
    for position, verdict in enumerate(evaluation.verdicts.to_dict("records")):
        values = panel.values[0, position, :]
        if verdict["kind"] != "level" or math.isnan(values[0]) or np.isnan(values[1:]).all():
            continue
        label = {name: verdict[name] for name in columns if name in verdict and name not in ("value", "milestone", "target")}
        goals = {evaluation.targets.at[position, f"{name}_year"]: (name, verdict[column]) for name, column in _GOALS}
        for code, year in enumerate(panel.years):
            definition = panel.column("definition", year, "")[0, position]
            asked = {name: value for when, (name, value) in goals.items() if when == year}
            own = {"key": position, "year": year, "value": values[code], "definition": definition}
            rows.append(label | own | {"milestone": asked.get("milestone", math.nan), "target": asked.get("final", math.nan)})
    frame = pd.DataFrame(rows, columns=columns)
    rank = frame["status"].map(SEVERITY.index) + 100 * frame["status"].isin(UNJUDGED)
    order = frame.assign(_rank=rank, _binding=frame["attribute"] != BINDING)
    return order.sort_values(["_rank", "_binding", "key"], kind="stable").drop(columns=["_rank", "_binding"]).reset_index(drop=True)


_GOALS = (("milestone", "milestone"), ("final", "target"))


def _panel(axis: Any, rows: pd.DataFrame, evaluation: PlanEvaluation) -> None:
    row = rows.iloc[0]
    symbol, colour = style.STATUS_MARKS[row["status"]]
    years, values = rows["year"].to_numpy(int), rows["value"].to_numpy(float)
    target = float(rows["target"].iloc[-1])
    middle = rows[rows["milestone"].notna()]
    way = [(years[0], values[0]), *middle[["year", "milestone"]].itertuples(index=False, name=None), (years[-1], target)]
    axis.plot(*zip(*way, strict=True), color=style.MUTED, lw=0.8, zorder=1)
    for year, level in way[1:]:
        axis.plot(year, level, marker="D", mfc="white", mec=style.INK, ms=5.5, mew=1.1, zorder=2)
    changed = (rows["definition"] == CHANGED_DEFINITION).to_numpy()
    comparable = np.where(changed, np.nan, values)
    known = ~np.isnan(comparable)
    axis.plot(years[known], comparable[known], color=colour, lw=1.8, marker="o", ms=4, zorder=3)
    axis.plot(years[changed], values[changed], color=style.MUTED, ls="", marker="s", mfc="white", ms=4.5, zorder=3)
    low, high = np.nanmin([*values, *(level for _, level in way)]), np.nanmax([*values, *(level for _, level in way)])
    room = (high - low) * 0.32 or 1.0
    axis.set(xlim=(years[0] - 1.55, years[-1] + 1.65), ylim=(low - room, high + room), yticks=[])
    shown = sorted({years[0], *middle["year"], years[-1]})
    axis.set_xticks(shown, [str(year) for year in shown], fontsize=7.5)
    axis.spines["left"].set_visible(False)
    axis.text(years[0] - 0.22, values[0], written(values[0]), ha="right", va="center", fontsize=8, color=style.MUTED)
    _last_labels(
        axis, years, values, target, colour, [level for year, level in way if year == years[np.flatnonzero(~np.isnan(values))[-1]]]
    )
    head = label(row, 17)
    axis.set_title(f"{head}\n{row['unit']}·{symbol}{row['status']}", fontsize=8, loc="left", linespacing=1.25, color=style.INK)


def _last_labels(axis: Any, years: Any, values: Any, target: float, colour: str, asked: list[float]) -> None:
    """Label the last figure and the target so that neither covers the other."""
    last = int(np.flatnonzero(~np.isnan(values))[-1])
    low, high = axis.get_ylim()
    value = float(values[last])
    at_target, at_value = target, value
    if years[last] == years[-1]:
        gap = _CLOSE * (high - low)
        if abs(target - value) < gap:
            side = 1 if value >= target else -1
            at_value, at_target = (value + target) / 2 + side * gap / 2, (value + target) / 2 - side * gap / 2
        axis.text(years[-1] + 0.28, at_value, written(value), va="center", fontsize=8.5, fontweight="bold", color=style.words_in(colour))
    elif last > 0:
        above = not asked or value >= asked[0]
        offset = (0, 5 if above else -5)
        axis.annotate(
            written(value), (years[last], value), offset, textcoords="offset points", ha="center", va="bottom" if above else "top",
            fontsize=8.5, fontweight="bold", color=style.words_in(colour),
        )  # fmt: skip
    if years[last] != years[-1] or value != target:
        axis.text(years[-1] + 0.28, at_target, written(target), va="center", fontsize=8, color=style.INK)


def _words(rows: pd.DataFrame) -> str:
    row, known = rows.iloc[0], rows[rows["value"].notna()]
    last, target = known.iloc[-1], rows["target"].iloc[-1]
    return (
        f"{row['name']}{row['status']}：{row['year']}年{written(row['value'])}，{last['year']}年{written(last['value'])}，"
        f"目标{written(target)}{row['unit']}"
    )
