"""Charts of care beds: ways of reckoning, gap by norm and supply, need and supply over the years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.archive.assumptions import load_assumption
from analysis.presentation import style, wording
from analysis.presentation.care_beds.figures import beds, beds_range, gap_words
from analysis.presentation.charts.captions import SUBTITLE_INCHES, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.grids import Cell, draw_grid

if TYPE_CHECKING:
    from analysis.assessment.prospects.care_beds import CareBedProspect

REGISTERED = "户籍60周岁以上"
_TINTS = ("#ffffff", "#f0f4f8", "#e3ebf2", "#d4e0ea", "#c5d5e3")  # by fifths of the need that is missing; the words say it too
_DASHES = (0, (3, 2))
BY_NEEDS = "按失能与入住推算"


def _scope(prospect: CareBedProspect) -> str:
    return f"{prospect.year}年末养老床位（张，存量）·{prospect.place}·{REGISTERED}"


def care_bed_approaches(prospect: CareBedProspect) -> Chart:
    """Draw what every way of reckoning asks for, beside the beds there are."""
    import pandas as pd

    norms = prospect.norm_need.pivot(index=["norm", "per_1000", "assumption_id"], columns="elders_level", values="need").reset_index()
    rows: list[tuple[str, float, float, float, str]] = [
        (f"{row['norm']}（{wording.number(row['per_1000'])}张）", row["低"], row["中"], row["高"], _norm_mark(row["assumption_id"]))
        for row in norms.to_dict("records")
    ]
    rows += [
        (row["name"].replace("的长者比例", "的比例"), row["beds_low"], row["beds_mid"], row["beds_high"], row["mark"])
        for row in prospect.patterns.to_dict("records")
    ]
    needs = prospect.needs
    rows.append((BY_NEEDS, needs.p5, needs.p50, needs.p95, _mark(prospect, "needs")))
    data = pd.DataFrame(rows, columns=["reckoning", "low", "mid", "high", "mark"]).sort_values("mid", kind="stable").reset_index(drop=True)
    figure, axis = canvas(0.4 * len(data), left_inches=2.15, right_inches=1.45, panel_title_inches=SUBTITLE_INCHES + 0.15)
    for position, row in enumerate(data.to_dict("records")):
        tagged = "示意" in row["mark"]
        colour = style.MUTED if tagged else style.EXCEEDED_COLOUR
        axis.plot(
            [row["low"], row["high"]], [position] * 2, color=colour, lw=3, ls=(0, (1.2, 0.8)) if tagged else "-", solid_capstyle="butt"
        )
        axis.plot(row["mid"], position, marker="o", ms=6.5, mfc="white" if tagged else colour, mec=colour, mew=1.5, zorder=4)
        place = axis.get_yaxis_transform()
        axis.text(1.03, position, beds_range(row["low"], row["high"]), transform=place, va="center", fontsize=8.5, color=colour)
    now = prospect.base_beds
    axis.axvline(now, color=style.INK, lw=1.1, zorder=1)
    words = f"{prospect.base_year}年已有{wording.number(now, 0)}"
    axis.text(now, len(data) - 0.42, words, ha="center", va="bottom", fontsize=8)
    names = [f"{row['reckoning']}\n〔{row['mark']}〕" if row["mark"] else row["reckoning"] for row in data.to_dict("records")]
    axis.set_yticks(range(len(data)), names, fontsize=8.5, linespacing=1.15)
    axis.set(xlim=(0, float(data["high"].max()) * 1.03), ylim=(-0.6, len(data) - 0.45))
    bed_ticks(axis)
    times = wording.number(float(data["mid"].max() / data["mid"].min()), 0)
    finding = f"所需床位随算法而变，最高为最低的{times}倍"
    return finish(
        figure,
        name="care_bed_approaches",
        data=data,
        finding=finding,
        measure=subtitle(_scope(prospect), "●中值　线段为低至高　空心虚线：含没有出处的示意参数"),
        sources=prospect.deposits,
        alt=f"{finding}；" + "，".join(f"{row['reckoning']}{beds_range(row['low'], row['high'])}张" for row in data.to_dict("records")),
    )


def care_bed_gap_matrix(prospect: CareBedProspect) -> Chart:
    """Draw the gap of every norm (rows) under every supply scenario (columns), middle elders large, their band in small print."""
    gap = prospect.gap
    norms = list(dict.fromkeys(zip(gap["norm"], gap["per_1000"], strict=True)))
    supply = list(dict.fromkeys(zip(gap["supply"], gap["beds"], strict=True)))
    by_key = {(row["norm"], row["supply"], row["elders_level"]): row for row in gap.to_dict("records")}
    cells = {}
    for line, (norm, _) in enumerate(norms):
        for column, (scenario, _) in enumerate(supply):
            low, mid, high = (by_key[norm, scenario, level] for level in ("低", "中", "高"))
            share = min(max(mid["gap"] / mid["need"], 0.0), 0.999)
            tint = _TINTS[1 + int(share * (len(_TINTS) - 1))] if mid["gap"] > 0 else ""
            small = _gap_range(low["gap"], high["gap"])
            cells[line, column] = Cell(gap_words(mid["gap"]), small, tint=tint)
    figure, axis = canvas(0.5 * len(norms), left_inches=1.75, right_inches=0.3, panel_title_inches=SUBTITLE_INCHES + 0.42)
    labels = [f"{norm}\n每千名{wording.number(per_1000)}张" for norm, per_1000 in norms]
    heads = [f"{scenario}\n{beds(total)}张" for scenario, total in supply]
    draw_grid(axis, labels, heads, cells, size=10, label_size=8.5)
    middle = gap[gap["elders_level"] == "中"]
    short = int((middle["gap"] > 0).sum())
    finding = f"{len(middle)}种组合中{short}种缺床"
    if short:
        finding += f"，最多缺{beds(float(middle['gap'].max()))}张"
    low, mid, high = (wording.number(value / 10_000, keep_zeros=True) for value in prospect.elders)
    return finish(
        figure,
        name="care_bed_gap",
        data=gap,
        finding=finding,
        measure=subtitle(
            _scope(prospect), f"大字按{mid}万人，小字按{low}万～{high}万人；列为供给情景，不是预测；全国标准的分母为常住老年人，只作对照"
        ),
        sources=prospect.deposits,
        alt=f"{finding}；" + "，".join(f"{row['norm']}、{row['supply']}：{gap_words(row['gap'])}" for row in middle.to_dict("records")),
    )


def _gap_range(first: float, second: float) -> str:
    """Write both ends of a gap: the word once where it is the same.

    Example:
        >>> _gap_range(800, 1100), _gap_range(-900, -500), _gap_range(-200, 300)
        ('缺800～1,100', '余500～900', '余200～缺300')
    """
    low, high = sorted((first, second), key=abs)
    ends = list(dict.fromkeys(gap_words(gap) for gap in ((low, high) if low * high > 0 else (first, second))))
    return f"{ends[0]}～{ends[1].lstrip(ends[0][0])}" if len(ends) > 1 else ends[0]


def care_bed_lines(prospect: CareBedProspect) -> Chart:
    """Draw beds counted and by supply scenario, and what each norm asks for as elders grow."""
    import pandas as pd

    last, end = prospect.base_year, prospect.year
    figure, axis = canvas(3.3, left_inches=0.62, right_inches=2.0, panel_title_inches=SUBTITLE_INCHES)
    counted = sorted(prospect.base.beds.items())
    data = [("已有床位", year, value) for year, value in counted]
    labels = []
    path = prospect.ageing.path
    path = path[(path["year"] >= last) & (path["year"] <= end)]
    for norm in prospect.base.norms:
        need = path["point"] * 10 * norm.per_1000
        axis.plot(path["year"], need, color=style.MUTED, lw=1.2, zorder=2)
        axis.plot(end, need.iloc[-1], marker="D", ms=5, mfc="white", mec=style.MUTED, mew=1.2, zorder=3, clip_on=False)
        words = f"{norm.name}{wording.number(norm.per_1000)}张：{beds(float(need.iloc[-1]))}"
        labels.append((float(need.iloc[-1]), words, style.MUTED))
        data += [(f"需：{norm.name}", int(year), value) for year, value in zip(path["year"], need, strict=True)]
    for scenario, rows in prospect.supply.groupby("scenario", sort=False):
        axis.plot(rows["year"], rows["beds"], color=style.EXCEEDED_COLOUR, lw=1.5, ls=_DASHES, zorder=4)
        labels.append((float(rows["beds"].iloc[-1]), f"{scenario}：{beds(float(rows['beds'].iloc[-1]))}", style.EXCEEDED_COLOUR))
        data += [(f"供：{scenario}", int(row.year), row.beds) for row in rows.itertuples()]
    axis.plot(*zip(*counted, strict=True), color=style.EXCEEDED_COLOUR, lw=2, marker="o", ms=6.5, zorder=5)
    for year, value in counted:
        axis.annotate(
            wording.number(value, 0),
            (year, value),
            xytext=(0, -14),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
            color=style.EXCEEDED_COLOUR,
        )
    top = max(value for value, *_ in labels) * 1.08
    axis.set(xlim=(counted[0][0] - 0.07 * (end - counted[0][0]), end), ylim=(0, top))
    _name_ends(axis, labels, end, top)
    axis.axvline(last, color=style.RULE, lw=0.8, zorder=0)
    axis.text(last + 0.08, top * 0.985, "推算→", fontsize=7.5, color=style.MUTED, va="top")
    axis.set_xticks([counted[0][0], *range(last, end + 1, 1 if end - last <= 5 else 5)])
    axis.yaxis.grid(True)
    axis.spines["left"].set_visible(False)
    axis.tick_params(axis="y", labelsize=8.5)
    axis.yaxis.set_major_formatter(lambda value, _: wording.number(value, 0))
    finding = _lines_finding(prospect)
    return finish(
        figure,
        name="care_bed_lines",
        data=pd.DataFrame(data, columns=["line", "year", "beds"]),
        finding=finding,
        measure=subtitle(
            f"养老床位（张，年末存量）·{prospect.place}·{counted[0][0]}—{end}年",
            f"●已有　蓝虚线：供给情景　◇灰线：按标准所需（{REGISTERED}中值）",
        ),
        sources=prospect.deposits,
        alt=f"{finding}；{end}年" + "，".join(words for _, words, _ in sorted(labels)),
    )


def _lines_finding(prospect: CareBedProspect) -> str:
    """State the lowest norm that no supply scenario reaches."""
    rows = prospect.norm_need.query("elders_level == '中'")
    most = prospect.supply.loc[prospect.supply["year"] == prospect.year, "beds"].max()
    beyond = rows[rows["need"] > most]
    if beyond.empty:
        return "供给最多的情景够得到各项标准"
    return f"各供给情景都不到每千名{wording.number(float(beyond['per_1000'].iloc[0]))}张"


def _name_ends(axis: Any, labels: Sequence[tuple[float, str, str]], end: int, top: float) -> None:
    """Name the lines at their right end, pushed apart where they come close."""
    height, gap = float("-inf"), top * 0.062
    for value, words, colour in sorted(labels):
        height = max(value, height + gap)
        axis.annotate(
            words, (end, value), xytext=(end + 0.35 * (end - axis.get_xlim()[0]) / 10, height), fontsize=8.5, va="center", color=colour,
            annotation_clip=False, arrowprops={"arrowstyle": "-", "color": style.RULE, "lw": 0.7, "shrinkA": 0, "shrinkB": 3},
        )  # fmt: skip


def bed_ticks(axis: Any) -> None:
    """Write the ticks of a scale of beds."""
    axis.xaxis.set_major_formatter(lambda value, _: wording.number(value, 0))
    axis.tick_params(axis="x", labelsize=8.5)
    axis.xaxis.grid(True)


def _norm_mark(id: str) -> str:
    return load_assumption(id).mark if id else ""


def _mark(prospect: CareBedProspect, result: str) -> str:
    return prospect.marks(result)[-1] if prospect.marks(result) else ""
