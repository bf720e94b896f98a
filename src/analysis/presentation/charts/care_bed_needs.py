"""Charts of beds by need: which input the answer hangs on, which data would narrow it, how far definitions of disability differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.sources import Deposit
from analysis.models.care_beds.needs import ELDERS, OCCUPANCY, USE_SEVERE
from analysis.presentation import style, wording
from analysis.presentation.care_beds.figures import TAG, beds
from analysis.presentation.charts.captions import SUBTITLE_INCHES, subtitle
from analysis.presentation.charts.care_beds import BY_NEEDS, REGISTERED
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.care_beds import CareBedProspect

_FULL_NAMES = {"CHNS": "中国健康与营养调查（CHNS）", "meta分析97项研究": "97项研究的汇总（meta分析）"}


def care_bed_tornado(prospect: CareBedProspect) -> Chart:
    """Draw what each input alone does to the beds needed, widest at the top, with the values at both ends."""
    rows = prospect.tornado.iloc[::-1].reset_index(drop=True)
    figure, axis = canvas(0.46 * len(rows), left_inches=2.05, right_inches=0.4, panel_title_inches=SUBTITLE_INCHES + 0.2)
    centre = float(rows["centre"].iloc[0])
    low, high = float(rows[["at_low", "at_high"]].min().min()), float(rows[["at_low", "at_high"]].max().max())
    for position, row in enumerate(rows.to_dict("records")):
        uncited = "示意" in row["mark"]
        face = "white" if uncited else "#9fb8ce"
        ends = sorted((float(row[key]), _input_value(row["input"], row[side])) for key, side in (("at_low", "low"), ("at_high", "high")))
        axis.barh(position, ends[1][0] - ends[0][0], left=ends[0][0], height=0.5, fc=face, ec=style.EXCEEDED_COLOUR, lw=1, zorder=3,
                  hatch="////" if uncited else "")  # fmt: skip
        for (value, told), side, shift in zip(ends, ("right", "left"), (-1, 1), strict=True):
            axis.annotate(
                f"{beds(value)}（{told}）",
                (value, position),
                xytext=(4 * shift, 0),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=7.5,
            )
    axis.axvline(centre, color=style.INK, lw=1, zorder=4)
    axis.text(centre, len(rows) - 0.42, f"各项取中值{beds(centre)}", ha="center", va="bottom", fontsize=8)
    room = (high - low) * 0.52
    axis.set(xlim=(low - room, high + room), ylim=(-0.6, len(rows) - 0.45))
    names = [f"{row['name']}\n〔{row['mark']}〕" if row["mark"] else row["name"] for row in rows.to_dict("records")]
    axis.set_yticks(range(len(rows)), names, fontsize=8.5, linespacing=1.15)
    axis.set_xticks([])
    for side in ("left", "bottom"):
        axis.spines[side].set_visible(False)
    widest = rows.iloc[-1]
    finding = f"{widest['name']}影响最大{TAG}"
    return finish(
        figure,
        name="care_bed_tornado",
        data=prospect.tornado,
        finding=finding,
        measure=subtitle(
            f"{BY_NEEDS}的床位（张）{TAG}·{prospect.place}·{prospect.year}年末·{REGISTERED}",
            "逐项由低到高，其余取中值；斜纹：没有出处的示意参数；长者按95%误差带",
        ),
        sources=prospect.deposits,
        alt=f"{finding}；" + "，".join(f"{row['name']}使结果相差{beds(row['swing'])}张" for row in rows.iloc[::-1].to_dict("records")),
    )


def care_bed_requests(prospect: CareBedProspect) -> Chart:
    """Draw how wide the needs stay as one request for data after the other is met."""
    rows = prospect.requests
    figure, axis = canvas(0.44 * len(rows), left_inches=2.45, right_inches=1.0, panel_title_inches=SUBTITLE_INCHES)
    now = float(rows["width_after"].iloc[0])
    for position, row in enumerate(rows.to_dict("records")):
        colour = style.MUTED if position == 0 else style.EXCEEDED_COLOUR
        axis.barh(position, row["width_after"], height=0.52, color=colour)
        words = (
            f"{beds(row['width_after'])}张"
            if position == 0
            else f"{beds(row['width_after'])}张（−{wording.percent(1 - row['width_after'] / now, 0)}）"
        )
        axis.text(row["width_after"] + now * 0.012, position, words, va="center", fontsize=8.5)
    names = [
        "现有假设范围",
        *(f"{'再有' if order > 1 else '先有'}{request}" for order, request in zip(rows["order"][1:], rows["request"][1:], strict=True)),
    ]
    axis.set_yticks(range(len(rows)), names, fontsize=8.5)
    axis.set(xlim=(0, now), ylim=(len(rows) - 0.5, -0.5))
    axis.spines["left"].set_visible(False)
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)
    first = (
        "床位使用数" if rows["inputs"].iloc[1] == (OCCUPANCY,) else "在住长者结构" if USE_SEVERE in rows["inputs"].iloc[1] else "失能评估"
    )
    finding = f"先取{first}，可收窄{wording.percent(float(rows['narrowed_alone'].iloc[1]), 0)}{TAG}"
    return finish(
        figure,
        name="care_bed_requests",
        data=rows.assign(inputs=["、".join(item) for item in rows["inputs"]]),
        finding=finding,
        measure=subtitle(
            f"{BY_NEEDS}的范围宽度（张，5%至95%）{TAG}·{prospect.place}·{prospect.year}年末",
            "依次取得各项数据后的平均宽度；假定查清即无误差，故为至多；余下的是长者人数",
        ),
        sources=prospect.deposits,
        alt=f"{finding}；" + "，".join(f"{name}余{beds(width)}张" for name, width in zip(names, rows["width_after"], strict=True)),
    )


def disability_definitions_chart(table: pd.DataFrame, source: Deposit) -> Chart:
    """Draw the share of disabled elders by each definition, lowest first, and how many times the highest is the lowest.

    Args:
        table: see :func:`analysis.assessment.prospects.care_bed_needs.disability_definitions`.
        source: the deposit of the public figures.
    """
    rows = table.reset_index(drop=True)
    figure, axis = canvas(0.42 * len(rows), left_inches=2.6, right_inches=0.9)
    for position, row in enumerate(rows.to_dict("records")):
        axis.plot([0, row["percent"]], [position] * 2, color=style.RULE, lw=1.6)
        axis.plot(row["percent"], position, marker="o", ms=7, color=style.EXCEEDED_COLOUR)
        axis.annotate(
            f"{wording.number(row['percent'], 2)}%",
            (row["percent"], position),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
        )
    names = [
        f"{row['concept']}，{row['year']}年\n{_FULL_NAMES.get(row['definition'], row['definition'])}" for row in rows.to_dict("records")
    ]
    axis.set_yticks(range(len(rows)), names, fontsize=8.5)
    axis.set(xlim=(0, float(rows["percent"].max()) * 1.05), ylim=(-0.6, len(rows) - 0.4), xticks=[])
    for side in ("left", "bottom"):
        axis.spines[side].set_visible(False)
    times = wording.number(float(rows["percent"].max() / rows["percent"].min()), 0)
    finding = f"失能率口径不同，最高是最低的{times}倍"
    return finish(
        figure,
        name="disability_definitions",
        data=rows,
        finding=finding,
        measure=subtitle("失能长者占60岁以上的比例（%）·全国", "分母、年份和判定办法各不相同，不可混用"),
        sources=[source],
        alt=f"{finding}；"
        + "，".join(f"{row['definition']}{row['year']}年{wording.number(row['percent'], 2)}%" for row in rows.to_dict("records")),
    )


def _input_value(name: str, value: float) -> str:
    return f"{wording.number(value / 10_000, keep_zeros=True)}万人" if name == ELDERS else wording.percent(value, 2)
