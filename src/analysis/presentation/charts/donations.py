"""Charts of donations per resident: path to the target, chances under assumptions, what changed, totals of two periods."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.archive.assumptions import load_assumption
from analysis.assessment.prospects.donation_chances import CLASSES, DRIFT, REQUIRED_DRIFT
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, figure, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.grids import Cell, draw_grid
from analysis.presentation.donations import outlook_words, rounded_chance

if TYPE_CHECKING:
    from analysis.assessment.prospects.donations import DonationProspect

_TINTS = ("#ffffff", "#edf2f7", "#dae5ef", "#c3d5e6", "#a9c3da")  # one for each fifth of chances; the figure stands in the cell
_DASHES = (0, (3, 2))
_CLEAR = {"fc": "white", "ec": "none", "pad": 0.8}  # keeps lines out of words


def donation_path(prospect: DonationProspect) -> Chart:
    """Draw the plan's path through its milestone to its target, the figures known, and levels under the ledger's drifts."""
    import pandas as pd

    stops = [(prospect.base_year, float(prospect.levels["value"].iloc[0]))]
    if not math.isnan(prospect.milestone):
        stops.append((prospect.milestone_year, prospect.milestone))
    stops.append((prospect.final_year, prospect.target))
    drifts = load_assumption(DRIFT).range
    years = range(prospect.data_year, prospect.final_year + 1)
    scenarios = {drift: [prospect.level * math.exp(drift * (year - prospect.data_year)) for year in years] for drift in drifts}
    figure_, axis = canvas(2.6, left_inches=0.55, right_inches=1.75, panel_title_inches=SUBTITLE_INCHES)
    axis.plot(*zip(*stops, strict=True), color=style.INK, lw=1.1, zorder=2)
    labels = [(prospect.target, f"目标{figure(prospect.target)}元", style.INK)]
    for drift, values in scenarios.items():
        axis.plot(years, values, color=style.MUTED, lw=1.2, ls=_DASHES, zorder=1)
        growth = "零增长" if drift == 0 else f"年增{wording.percent(math.expm1(drift))}"
        labels.append((values[-1], f"{growth}：{figure(round(values[-1], 1))}元", style.MUTED))
    levels = prospect.levels
    axis.plot(levels["year"], levels["value"], color=style.EXCEEDED_COLOUR, lw=1.6, marker="o", ms=7, zorder=4)
    for year, value in stops[1:]:
        axis.plot(year, value, marker="D", mfc="white", mec=style.INK, ms=8, mew=1.3, zorder=5, clip_on=False)
    tops = [*levels["value"], *(value for _, value in stops), *(values[-1] for values in scenarios.values())]
    room = max(tops) - min(tops)
    axis.set(xlim=(prospect.base_year - 0.25, prospect.final_year), ylim=(min(tops) - 0.34 * room, max(tops) + 0.14 * room))
    for value, y, words, colour in _spread(labels, 0.12 * room):
        axis.annotate(
            words,
            (prospect.final_year, value),
            xytext=(prospect.final_year + 0.2, y),
            fontsize=8.5,
            va="center",
            color=colour,
            annotation_clip=False,
        )
    for (first, _), (last, _), growth in zip(stops, stops[1:], _stretches(prospect), strict=False):
        _span(axis, first, last, f"须年增{growth}")
    if len(stops) > 2:
        axis.annotate(
            f"中期目标{figure(prospect.milestone)}元",
            stops[1],
            xytext=(0, 9),
            textcoords="offset points",
            ha="right",
            fontsize=8.5,
            bbox=_CLEAR,
        )
    axis.annotate(f"{figure(levels['value'].iloc[0])}元", stops[0], xytext=(0, 8), textcoords="offset points", ha="center", fontsize=8.5)
    _mark_projection(axis, prospect.data_year)
    axis.set_xticks(
        range(prospect.base_year, prospect.final_year + 1), [f"{year}年" for year in range(prospect.base_year, prospect.final_year + 1)]
    )
    axis.grid(axis="y")
    rows = [(year, "规划目标", value) for year, value in stops[1:]]
    rows += [(year, "已有数值", value) for year, value in zip(levels["year"], levels["value"], strict=True)]
    rows += [
        (year, f"情景：年漂移{drift:g}", value) for drift, values in scenarios.items() for year, value in zip(years, values, strict=True)
    ]
    finding = _path_finding(prospect)
    return finish(
        figure_,
        name="donation_path",
        data=pd.DataFrame(rows, columns=["year", "kind", "yuan_per_resident"]),
        finding=finding,
        measure=subtitle(
            f"常住人口人均捐赠额（元/人/年，年度流量）·{prospect.plan.header.place}·{prospect.base_year}—{prospect.final_year}年",
            "●已有数值　◇目标　虚线：假设情景，不是预测（台账 donation_log_drift）",
        ),
        sources=prospect.deposits,
        alt=f"{finding}；{prospect.base_year}年{figure(stops[0][1])}元，目标{prospect.final_year}年{figure(prospect.target)}元；"
        + "，".join(words for _, words, _ in labels[1:]),
    )


def _mark_projection(axis: Any, year: int) -> None:
    """Say where figures end and scenarios begin."""
    axis.axvline(year, color=style.RULE, lw=0.8, zorder=0)
    axis.text(year + 0.05, 0.99, "推算→", transform=axis.get_xaxis_transform(), fontsize=7.5, color=style.MUTED, va="top")


def _span(axis: Any, first: int, last: int, words: str) -> None:
    """Draw a brace of a stretch of years at the foot of the drawing, with its words above."""
    place = axis.get_xaxis_transform()
    axis.annotate(
        "",
        (first + 0.06, 0.06),
        (last - 0.06, 0.06),
        xycoords=place,
        arrowprops={"arrowstyle": "|-|,widthA=0.25,widthB=0.25", "color": style.INK, "lw": 0.9},
    )
    axis.text((first + last) / 2, 0.09, words, transform=place, ha="center", va="bottom", fontsize=8.5, bbox=_CLEAR)


def _stretches(prospect: DonationProspect) -> list[str]:
    rows = prospect.required.set_index("stretch")["growth"]
    names = ["基期至末期"] if math.isnan(prospect.milestone) else ["基期至中期", "中期至末期"]
    return [wording.percent(rows[name], keep_zeros=True) for name in names]


def _path_finding(prospect: DonationProspect) -> str:
    rows = prospect.required.set_index("stretch")
    if "现值至末期" in rows.index:
        now = rows.loc["现值至末期"]
        if now["growth"] <= 0:
            return "已达到末期目标，须守住现值"
        return f"余{int(now['years'])}年，每年须增{wording.percent(now['growth'], keep_zeros=True)}"
    whole = f"每年须增{wording.percent(rows.at['基期至末期', 'growth'], keep_zeros=True)}"
    if math.isnan(prospect.milestone):
        return whole
    return f"{whole}，中期以后须{wording.percent(rows.at['中期至末期', 'growth'], keep_zeros=True)}"


def _spread(labels: Sequence[tuple[float, str, str]], gap: float) -> list[tuple[float, float, str, str]]:
    """Return value, place, words and colour of labels, at least a gap apart and about their values."""
    ordered = sorted(labels, key=lambda item: item[0])
    places: list[float] = []
    for value, *_ in ordered:
        places.append(max(value, places[-1] + gap) if places else value)
    shift = sum(place - value for place, (value, *_) in zip(places, ordered, strict=True)) / len(places)
    return [(value, place - shift, words, colour) for place, (value, words, colour) in zip(places, ordered, strict=True)]


def donation_chance_grid(prospect: DonationProspect) -> Chart:
    """Draw the chance under every assumed drift and volatility, the cells of the headline framed."""
    from matplotlib.patches import Rectangle

    chances = prospect.chances
    drifts = list(dict.fromkeys(zip(chances["drift_name"], chances["drift"], strict=True)))
    columns = list(dict.fromkeys(zip(chances["class_id"], chances["sigma"], strict=True)))
    figure_, axis = canvas(0.36 * len(drifts), left_inches=1.25, right_inches=0.15, panel_title_inches=SUBTITLE_INCHES + 0.5)
    cells: dict[tuple[int, int], Cell] = {}
    for row in chances.to_dict("records"):
        place = (drifts.index((row["drift_name"], row["drift"])), columns.index((row["class_id"], row["sigma"])))
        cells[place] = Cell(rounded_chance(row["chance"]), tint=_TINTS[min(4, round(20 * row["chance"]) // 4)])
        if row["counts"]:
            axis.add_patch(Rectangle((place[1] + 0.04, place[0] + 0.07), 0.92, 0.86, fc="none", ec=style.INK, lw=1.3, zorder=3))
    draw_grid(axis, [_drift_label(*drift) for drift in drifts], [f"σ {wording.number(sigma, 3)}" for _, sigma in columns], cells, size=8.5)
    for number, class_id in enumerate(CLASSES):
        first = next(position for position, (column, _) in enumerate(columns) if column == class_id)
        width = sum(column == class_id for column, _ in columns)
        name = load_assumption(class_id).name.removeprefix("起伏：")
        axis.text(first + width / 2, -0.98, name, ha="center", va="center", fontsize=8.5, fontweight="bold")
        axis.plot([first + 0.08, first + width - 0.08], [-0.72, -0.72], color=style.RULE, lw=0.8, clip_on=False)
        if number:
            axis.axvline(first, color=style.RULE, lw=1)
    low, high = prospect.chance_range
    # From the third figure on the trend model speaks; what is assumed then only stands beside it.
    outlook = outlook_words(low, high)
    finding = f"情景对照：{outlook}" if len(prospect.trend) else outlook
    return finish(
        figure_,
        name="donation_chances",
        data=chances.drop(columns=["class_name"]),
        finding=finding,
        measure=subtitle(
            f"{prospect.final_year}年达到{figure(prospect.target)}元/人的机会·假设情景，不是预测·{prospect.plan.header.place}",
            f"自{prospect.data_year}年{figure(prospect.level)}元起；行为年漂移，列为年际起伏σ（低、中、高）；框内计入结论",
        ),
        sources=prospect.deposits,
        alt=f"假设情景：{outlook}；计入结论的机会为{rounded_chance(low)}～{rounded_chance(high)}，"
        f"全部取值为{'～'.join(rounded_chance(chance) for chance in prospect.widest_range)}",
    )


def _drift_label(name: str, drift: float) -> str:
    words = {REQUIRED_DRIFT: "（恰为所需）"}.get(name, "（守住现值）" if drift == 0 else "")
    return f"{wording.number(drift, 2)}{words}"


def donation_decomposition(prospect: DonationProspect) -> Chart | None:
    """Draw what gifts and residents contributed to each year's change; None without two years."""
    rows = prospect.decomposition
    if rows.empty:
        return None
    figure_, axis = canvas(0.42 * len(rows) + 0.2, left_inches=1.15, right_inches=2.35, panel_title_inches=SUBTITLE_INCHES)
    for position, row in enumerate(reversed(rows.to_dict("records"))):
        ends = {True: 0.0, False: 0.0}  # where the bars to the right and to the left of zero end
        for name, colour, hatch in (("donations", style.MET_COLOUR, ""), ("residents", "white", "////")):
            share = 100 * row[name]
            axis.barh(position, share, left=ends[share >= 0], height=0.5, color=colour, hatch=hatch, ec=style.MUTED, lw=0.8)
            ends[share >= 0] += share
        axis.plot(100 * row["per_resident"], position, marker="|", color=style.INK, ms=24, mew=2.2, zorder=4)
        parts = "，".join(f"{title}{_points(row[name])}" for name, title in (("donations", "总额"), ("residents", "人口")))
        axis.text(
            1.03, position, f"{_points(row['per_resident'])}＝{parts}", transform=axis.get_yaxis_transform(), va="center", fontsize=8.5
        )
    axis.axvline(0, color=style.INK, lw=1)
    names = [f"{row.first_year}—{row.last_year}年" for row in rows.itertuples()]
    axis.set_yticks(range(len(rows)), names[::-1], fontsize=9)
    axis.set_ylim(-0.55, len(rows) - 0.45)
    axis.margins(x=0.06)
    axis.spines["left"].set_visible(False)
    finding = _change_finding(prospect)
    sums = rows[["per_resident", "donations", "residents"]].sum()
    return finish(
        figure_,
        name="donation_decomposition",
        data=rows,
        finding=finding,
        measure=subtitle(
            f"常住人口人均捐赠额的对数变动×100·{prospect.plan.header.place}·名义",
            "■捐赠总额（由人均额×常住人口反推）　斜线：常住人口增减的作用　┃人均捐赠额",
        ),
        sources=prospect.deposits,
        alt=f"{finding}；对数变动×100合计{_points(sums['per_resident'])}，其中捐赠总额{_points(sums['donations'])}，常住人口{_points(sums['residents'])}",
    )


def _change_finding(prospect: DonationProspect) -> str:
    rows = prospect.decomposition
    whole, donations, residents = (float(rows[name].sum()) for name in ("per_resident", "donations", "residents"))
    change = f"人均累计{wording.change(100 * math.expm1(whole))}"
    if whole and donations / whole > 0 and residents / whole >= 0:
        return f"{change}，{wording.percent(donations / whole, 0)}来自总额"
    return f"{change}，总额与人口作用相反"


def _points(change: float) -> str:
    text = wording.number(100 * change, 1, keep_zeros=True)
    return f"+{text}" if change > 0 and text.strip("0.") else text


def donation_periods(prospect: DonationProspect) -> Chart | None:
    """Draw the yearly mean of donations raised in two periods; None where the plan's source prints no totals."""
    import pandas as pd

    if prospect.periods.empty:
        return None
    row = prospect.periods.iloc[-1]
    bars = [(row[f"{which}_period"], row[f"{which}_mean"], row[f"{which}_total"]) for which in ("first", "last")]
    figure_, axis = canvas(0.95, left_inches=1.2, right_inches=2.2, panel_title_inches=SUBTITLE_INCHES)
    for position, (_, mean, total) in enumerate(reversed(bars)):
        axis.barh(position, mean, height=0.55, color=style.EXCEEDED_COLOUR if position == 0 else style.RULE)
        words = f"年均{wording.number(mean, 0)}（合计{wording.number(total, 2)}）"
        axis.text(mean + 0.02 * bars[-1][1], position, words, va="center", fontsize=9)
    axis.set(xlim=(0, max(mean for _, mean, _ in bars)), ylim=(-0.5, 1.5), xticks=[])
    axis.set_yticks([1, 0], [f"{name}年" for name, *_ in bars], fontsize=9)
    for spine in axis.spines.values():
        spine.set_visible(False)
    finding = f"年均募集额后一期比前一期{wording.change(100 * row['growth'])}"
    return finish(
        figure_,
        name="donation_periods",
        data=pd.DataFrame(bars, columns=["period", "yearly_mean_10000yuan", "total_10000yuan"]),
        finding=finding,
        measure=subtitle(
            f"慈善募集款物（万元，期间合计折年均）·{prospect.plan.header.place}",
            f"两期中点之间折合每年{wording.percent(row['yearly_growth'])}；只有两个合计，看不出逐年走势，不外推",
        ),
        sources=[prospect.deposits[0]],
        alt=f"{finding}：" + "，".join(f"{name}年合计{wording.number(total, 2)}万元" for name, _, total in bars),
    )
