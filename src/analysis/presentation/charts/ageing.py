"""Charts of the aged: the path with its counts and band, what each assumption does, and births beside a city's entries."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.archive.assumptions import load_assumption
from analysis.assessment.prospects.ageing_counts import PLAN_COUNT, YEARLY_COUNT
from analysis.assessment.prospects.ageing_forecast import LEVELS, OBSERVED
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.archive.sources import Deposit
    from analysis.assessment.prospects.ageing import AgeingProspect

# Heights of the drawings, and the room that a label beside one takes.
_PATH_INCHES, _SHAPE_INCHES, _LABEL_INCHES = 3.1, 2.1, 0.2
_BASIS, _BAND = "户籍60周岁以上", "经验误差带（80%）"
_COLOUR, _BEFORE_COLOUR = style.EXCEEDED_COLOUR, style.MISSED_COLOUR
_BEFORE_DASHES, _AHEAD_DASHES = (0, (1, 1.5)), (0, (4, 2))
_RULE_TOP = 0.84  # of the drawing; the words on the year stand above it
_Label = tuple[float, str, str, bool]  # height, words, colour, bold


def _written(value: float) -> str:
    return wording.number(value, keep_zeros=True)


def _between(ends: tuple[float, float]) -> str:
    return f"{_written(ends[0])}～{_written(ends[1])}"


def ageing_path_chart(prospect: AgeingProspect) -> Chart:
    """Draw counts, the projected path with its 80 % and 95 % band, the path before later counts, and constant growth."""
    path, counted = prospect.path, prospect.observations.query("used")
    last = int(path.loc[path["basis"] == OBSERVED, "year"].max())
    first, end = int(min(counted["year"].min(), path["year"].iloc[0])), int(path["year"].iloc[-1])
    figure, axis = canvas(height_inches=_PATH_INCHES, left_inches=0.55, right_inches=1.45, panel_title_inches=SUBTITLE_INCHES)
    _draw_lines(axis, path, last, has_later=bool(prospect.forecast.later))
    for kind, marker, filled in ((PLAN_COUNT, "s", False), (YEARLY_COUNT, "o", True)):
        rows = counted[counted["kind"] == kind]
        face = _COLOUR if filled else "white"
        axis.plot(rows["year"], rows["value"], ls="", marker=marker, ms=6, mec=_COLOUR, mfc=face, mew=1.5, zorder=5)
    lowest, highest = _ends_of(path, counted)
    margin = (highest - lowest) * 0.06
    axis.set(xlim=(first - 0.6, end + 0.2), ylim=(lowest - margin, highest + margin))
    axis.set_xticks([year for year in range(first, end + 1) if year % 5 == 0])
    axis.set_yticks([tick for tick in axis.get_yticks() if lowest - margin <= tick <= highest + margin])
    axis.yaxis.grid(True)
    axis.spines["left"].set_visible(False)
    axis.tick_params(axis="y", labelsize=9)
    _beside(axis, end + 0.03 * (end - first), _line_ends(prospect), _PATH_INCHES)
    year = next((year for year in prospect.to_years if year > last), prospect.to_years[-1])
    if last < end:
        axis.axvline(last, ymax=_RULE_TOP, color=style.MUTED, lw=0.8)
        axis.text(
            last + 0.012 * (end - first),
            _RULE_TOP,
            "推算→",
            transform=axis.get_xaxis_transform(),
            fontsize=8.5,
            color=style.MUTED,
            va="top",
        )
        _mark_year(axis, prospect, year)
    finding = _path_finding(prospect, year)
    low, _, high = prospect.at(year)
    return finish(
        figure,
        name="ageing_path",
        data=_path_data(prospect),
        finding=finding,
        measure=f"{_BASIS}人口（万人，年末）·{prospect.place}·{first}—{end}年\n{_legend(counted)}深灰80%、浅灰95%经验误差带·纵轴不从0起",
        sources=prospect.deposits,
        alt=f"{finding}；{year}年80%误差带{_between((low, high))}万人，{end}年推算{_written(prospect.at(end).mid)}万人；{prospect.method}",
    )


def _legend(counted: pd.DataFrame) -> str:
    """Tell the two kinds of counts apart, and say which are to be verified."""
    doubtful = [f"{year}年" for year in counted.loc[counted["mark"] == UNVERIFIED, "year"]]
    doubt = f"（{'、'.join(doubtful)}{UNVERIFIED}）" if doubtful else ""
    known = set(counted["kind"])
    return f"●年度序列{doubt}　{'□规划印载　' if PLAN_COUNT in known else ''}" if YEARLY_COUNT in known else "□规划印载　"


def _draw_lines(axis: Any, path: pd.DataFrame, last: int, *, has_later: bool) -> None:
    """Draw bands and lines; what lies ahead of the last count is dashed."""
    past, ahead = path[path["year"] <= last], path[path["year"] >= last]
    for level, shade in ((95, style.PALE), (80, style.RULE)):
        axis.fill_between(ahead["year"], ahead[f"low_{level}"], ahead[f"high_{level}"], color=shade, lw=0)
    axis.plot(path["year"], path["constant_growth"], color=style.MUTED, lw=0.8)
    if has_later:
        axis.plot(path["year"], path["births_shaped"], color=_BEFORE_COLOUR, lw=1.4, ls=_BEFORE_DASHES)
    # Between two counts the line is distributed by births, not counted: dashed there, solid from year to year.
    counted = past[past["basis"] == OBSERVED]
    for (year, value), (after, later) in pairwise(zip(counted["year"], counted["point"], strict=True)):
        if after - year == 1:
            axis.plot([year, after], [value, later], color=_COLOUR, lw=1.4)
        else:
            between = past[past["year"].between(year, after)]
            axis.plot(between["year"], between["point"], color=_COLOUR, lw=1.4, ls=_AHEAD_DASHES)
    axis.plot(ahead["year"], ahead["point"], color=_COLOUR, lw=2, ls=_AHEAD_DASHES)


def _ends_of(path: pd.DataFrame, counted: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and highest of all that is drawn."""
    drawn = path[["low_95", "high_95", "births_shaped", "constant_growth"]].to_numpy(float)
    return float(min(np.nanmin(drawn), counted["value"].min())), float(max(np.nanmax(drawn), counted["value"].max()))


def _line_ends(prospect: AgeingProspect) -> list[_Label]:
    row = prospect.path.iloc[-1]
    labels = [(float(row["point"]), f"{row['basis']}{_written(row['point'])}", _COLOUR, True)]
    if prospect.forecast.later:
        labels.append((float(row["births_shaped"]), f"原推算{_written(row['births_shaped'])}", _BEFORE_COLOUR, False))
    if not np.isnan(row["constant_growth"]):
        labels.append((float(row["constant_growth"]), f"恒定增速{_written(row['constant_growth'])}", style.MUTED, False))
    return labels


def _beside(axis: Any, x: float, labels: list[_Label], inches: float) -> None:
    """Write labels one above the other, pushed apart where they come close."""
    low, high = axis.get_ylim()
    gap, height = _LABEL_INCHES / inches * (high - low), -np.inf
    for value, words, colour, bold in sorted(labels):
        height = max(value, height + gap)
        axis.text(x, height, words, color=colour, fontsize=9, fontweight="bold" if bold else "normal", va="center", clip_on=False)


def _mark_year(axis: Any, prospect: AgeingProspect, year: int) -> None:
    """Write figure and band of the year that the title speaks of, in the empty corner above the lines."""
    low, mid, high = prospect.at(year)
    axis.plot(year, mid, marker="o", ms=6.5, mfc="white", mec=_COLOUR, mew=1.6, zorder=6)
    words = f"{year}年推算{_written(mid)}\n80%误差带{_between((low, high))}"
    axis.text(0.02, 0.97, words, transform=axis.transAxes, fontsize=9, color=_COLOUR, va="top", linespacing=1.35)


def _path_finding(prospect: AgeingProspect, year: int) -> str:
    """State the year's figure, and what later counts did to it."""
    figure = f"{year}年约{_written(prospect.at(year).mid)}万人"
    if not prospect.forecast.later:
        return f"{figure}，尚无后来计数"
    shift = prospect.shift.set_index("year").at[year, "shift"]
    size = wording.number(abs(shift))
    return f"{figure}，与原推算相同" if size == "0" else f"{figure}，比原推算{'少' if shift < 0 else '多'}{size}万"


def _path_data(prospect: AgeingProspect) -> pd.DataFrame:
    rows = prospect.observations.query("used")
    counts = {kind: rows[rows["kind"] == kind].set_index("year")["value"] for kind in (PLAN_COUNT, YEARLY_COUNT)}
    table = prospect.path.set_index("year")
    table = table.reindex(sorted({*table.index, *rows["year"]}))
    return table.assign(printed_count=counts[PLAN_COUNT], yearly_count=counts[YEARLY_COUNT]).rename_axis("year").reset_index()


def ageing_scenario_chart(prospect: AgeingProspect, year: int | None = None) -> Chart:
    """Draw what each named assumption does to one year, low to high, and the empirical band in grey.

    Args:
        prospect: a forecast; its scenarios start from the plan's own counts and use no later ones.
        year: one of the years asked for; None for the first.
    """
    year = prospect.to_years[0] if year is None else year
    rows = prospect.scenarios[prospect.scenarios["year"] == year]
    wide = rows.pivot(index=["scenario", "assumption_id"], columns="level", values="population")
    wide = wide.assign(width=(wide["高"] - wide["低"]).abs()).sort_values("width").reset_index()
    before = prospect.before.set_index("year").loc[year]
    figure, axis = canvas(height_inches=0.5 * (len(wide) + 1) + 0.15, left_inches=1.55, right_inches=0.35)
    axis.axvline(before["point"], color=style.MUTED, lw=0.8, zorder=0)
    axis.plot([before["low_80"], before["high_80"]], [0, 0], color=style.RULE, lw=9, solid_capstyle="butt")
    _write_ends(axis, 0, style.MUTED, [(before["low_80"], ""), (before["high_80"], "")])
    for position, row in enumerate(wide.to_dict("records"), start=1):
        entry = load_assumption(row["assumption_id"])
        axis.plot([row["低"], row["高"]], [position, position], color=_COLOUR, lw=2, marker="o", ms=6)
        told = [(row["低"], _assumed(entry.low, entry.unit)), (row["高"], _assumed(entry.high, entry.unit))]
        _write_ends(axis, position, _COLOUR, sorted(told))
    marks = [load_assumption(id).mark for id in wide["assumption_id"]]
    names = [f"{name}\n〔{mark}〕" if mark else name for name, mark in zip(wide["scenario"], marks, strict=True)]
    axis.set_yticks(range(len(wide) + 1), [_BAND, *names], fontsize=9)
    low, high = min(wide[["低", "高"]].min().min(), before["low_80"]), max(wide[["低", "高"]].max().max(), before["high_80"])
    room = (high - low) * 0.33
    axis.set(xlim=(low - room, high + room), ylim=(-0.6, len(wide) + 0.75))
    axis.set_xticks([tick for tick in axis.get_xticks() if low - room <= tick <= high + room])
    axis.text(before["point"], len(wide) + 0.45, f" 中{_written(before['point'])}", ha="left", va="bottom", fontsize=9, color=style.MUTED)
    axis.spines["left"].set_visible(False)
    widest = wide.iloc[-1]
    finding = f"{widest['scenario']}影响最大，±{_written(widest['width'] / 2)}万"
    ranges = "，".join(f"{row['scenario']}{_between(tuple(sorted((row['低'], row['高']))))}" for row in wide.to_dict("records"))
    return finish(
        figure,
        name="ageing_scenarios",
        data=_with_band(rows, before, year),
        finding=finding,
        measure=f"{year}年末{_BASIS}人口（万人）·{prospect.place}·情景，不是概率；未用后来计数",
        sources=prospect.deposits,
        alt=f"{finding}；{year}年（万人）：{ranges}；{_BAND}{_between((before['low_80'], before['high_80']))}",
    )


def _with_band(rows: pd.DataFrame, before: pd.Series, year: int) -> pd.DataFrame:
    import pandas as pd

    ends = zip(LEVELS, (before["low_80"], before["point"], before["high_80"]), strict=True)
    band = [{"scenario": _BAND, "assumption_id": "", "level": level, "year": year, "population": value} for level, value in ends]
    return pd.concat([rows, pd.DataFrame(band)], ignore_index=True)


def _assumed(value: float, unit: str) -> str:
    """Write an assumption's value in its unit; a share as a percentage."""
    if unit == "比例":
        return wording.signed_percent(value * 100, 0)
    text = wording.number(value, 3)
    return f"{text}{unit}" if unit == "倍" else f"{unit}{'+' if value > 0 else ''}{text}"


def _write_ends(axis: Any, position: float, colour: str, ends: list[tuple[float, str]]) -> None:
    """Write figure and assumption at both ends of a row, the lower one on the left."""
    for (value, words), side, sign in zip(ends, ("right", "left"), (-1, 1), strict=True):
        text = f"{_written(value)}（{words}）" if words else _written(value)
        place = {"xytext": (7 * sign, 0), "textcoords": "offset points", "ha": side, "va": "center"}
        axis.annotate(text, (value, position), fontsize=8.5, color=colour, **place)


def ageing_shape_chart(check: pd.DataFrame, sources: tuple[Deposit, ...], place: str) -> Chart | None:
    """Draw a city's yearly entries beside the nation's births of sixty years before, both with mean 1; None without any.

    Args:
        check: see :func:`analysis.assessment.prospects.ageing_shape.ageing_shape`; sources, place: for foot and subtitle.
    """
    if check.empty:
        return None
    births, entries = check["births_index"].to_numpy(float), check["entries_index"].to_numpy(float)
    figure, axis = canvas(height_inches=_SHAPE_INCHES, left_inches=0.55, right_inches=1.5, panel_title_inches=SUBTITLE_INCHES)
    axis.axhline(1, color=style.RULE, lw=0.8, zorder=0)
    axis.plot(births, color=style.MUTED, lw=1.4, marker="s", ms=5, mfc="white", ls=_AHEAD_DASHES)
    axis.plot(entries, color=_COLOUR, lw=2, marker="o", ms=6)
    spans = [(int(row.first_year), int(row.last_year)) for row in check.itertuples()]
    axis.set_xticks(range(len(check)), [f"{first}" if first == last else f"{first}—{last % 100}" for first, last in spans])
    axis.set(xlim=(-0.35, len(check) - 0.65), ylim=(0, max(births.max(), entries.max()) * 1.1))
    axis.yaxis.grid(True)
    axis.spines["left"].set_visible(False)
    named = ((births, "60年前出生", style.MUTED, False), (entries, "新进入60岁", _COLOUR, True))
    labels = [(float(line[-1]), f"{words}{wording.number(line[-1], 2, keep_zeros=True)}", hue, bold) for line, words, hue, bold in named]
    _beside(axis, len(check) - 0.8, labels, _SHAPE_INCHES)
    ratio = (entries.max() - entries.min()) / (births.max() - births.min())
    together = "同向" if np.corrcoef(births, entries)[0, 1] > 0 else "不同向"
    finding = f"补入与60年前出生{together}，幅度为其{wording.percent(ratio, 0)}"
    return finish(
        figure,
        name="ageing_entry_shape",
        data=check,
        finding=finding,
        measure=subtitle(f"{_BASIS}每年补入与全国60年前出生（各以全期平均为1）·{place}", "补入＝年末人数−上年末人数×全国存活比"),
        sources=sources,
        alt=f"{finding}；{spans[-1][1]}年补入为平均的{wording.number(entries[-1], 2)}倍，60年前出生为{wording.number(births[-1], 2)}倍",
    )
