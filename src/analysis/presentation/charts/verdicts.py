"""Charts of verdicts: the matrix of all indicators, completion rates, base to target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.archive.sources import Deposit
from analysis.assessment.statuses import MET_STATUSES, MISSED, SEVERITY, UNKNOWN
from analysis.presentation import style, wording
from analysis.presentation.charts.chart import Chart, canvas, finish, wrapped
from analysis.presentation.charts.tiles import draw_tiles

if TYPE_CHECKING:
    import pandas as pd


def verdict_matrix(verdicts: pd.DataFrame, source: Deposit, place: str, period: str) -> Chart:
    """Draw every indicator as a numbered tile, categories as rows, tiles in printed order."""
    categories = verdicts["category"].nunique()
    figure, axis = canvas(height_inches=0.62 * categories + 0.1, left_inches=0.95, right_inches=1.05)
    draw_tiles(axis, verdicts, lambda members: f"完成{int(members['status'].isin(MET_STATUSES).sum())}/{len(members)}")
    counts = verdicts["status"].value_counts()
    met = int(verdicts["status"].isin(MET_STATUSES).sum())
    open_numbers = "、".join(verdicts.loc[verdicts["status"] == MISSED, "indicator_id"])
    legend = "　".join(f"{style.STATUS_MARKS[s][0]}{s}{counts[s]}项" for s in SEVERITY if s in counts)
    return finish(
        figure,
        name="verdict_matrix",
        data=verdicts[["indicator_id", "category", "name", "completion", "status"]],
        finding=f"{len(verdicts)}项指标完成{met}项，{counts.get(MISSED, 0)}项未完成"
        + (f"，{counts[UNKNOWN]}项无法评估" if UNKNOWN in counts else ""),
        measure=f"{place}·{period}·格内为专栏1序号·{legend}",
        sources=[source],
        alt=f"按类别排列的{len(verdicts)}项指标判定：{legend}；未完成的是第{open_numbers}项",
    )


def completion_dots(verdicts: pd.DataFrame, source: Deposit, place: str, period: str) -> Chart:
    """Draw the completion rate of the indicators that are not 100 against 100, worst at the top, against the 100 % rule."""
    same = (verdicts["target"] == 100) & (verdicts["value"] == 100)
    rows = verdicts[~same & verdicts["completion"].notna()].sort_values("completion", ascending=False, kind="stable").reset_index(drop=True)
    figure, axis = canvas(height_inches=0.42 * len(rows) + 0.2, left_inches=2.2, right_inches=2.05)
    for position, row in enumerate(rows.itertuples()):
        completion = float(str(row.completion)) * 100
        symbol, colour = style.STATUS_MARKS[str(row.status)]
        axis.plot([0, completion], [position, position], color=style.PALE, lw=5, solid_capstyle="round")
        axis.plot(completion, position, marker=_MARKERS[symbol], color=colour, ms=8, mew=2.2)
        both = [wording.number(figure, 2) for figure in (row.value, row.target)]
        figures = f"{both[0]}%÷{both[1]}%" if row.unit == "%" else f"{both[0]}÷{both[1]}{row.unit}"
        axis.text(
            1.03,
            position,
            f"{wording.percent(row.completion)}（{figures}）",
            transform=axis.get_yaxis_transform(),
            va="center",
            fontsize=8.5,
        )
    axis.axvline(100, color=style.INK, lw=1)
    twice = rows["name"].duplicated(keep=False)
    labels = rows["name"].where(~twice, rows["name"] + "（" + rows["unit"] + "）")
    axis.set_yticks(range(len(rows)), [wrapped(str(label)) for label in labels], fontsize=8.5)
    axis.set(
        xlim=(0, max(150.0, float(rows["completion"].max()) * 100) + 8),
        ylim=(-0.6, len(rows) - 0.4),
        xticks=[0, 50, 100, 150],
        xticklabels=["0", "50%", "100%", "150%"],
    )
    axis.spines["left"].set_visible(False)
    missed = rows[rows["status"] == MISSED]
    highest = wording.percent(missed["completion"].max(), 0)
    return finish(
        figure,
        name="completion_rates",
        data=rows[["indicator_id", "name", "unit", "target", "value", "completion", "status"]],
        finding=f"未完成的{len(missed)}项，完成率{wording.about_tenths(missed['completion'].tolist())}"
        if len(missed)
        else "各项目标均已达到",
        measure=f"完成率＝完成值÷目标值·{place}·{period}·另有{int(same.sum())}项目标与结果均为100%",
        sources=[source],
        alt=f"{len(rows)}项指标的完成率由低到高，未完成{len(missed)}项，其中最高{highest}；最低的是{rows.iloc[-1]['name']}{wording.percent(rows['completion'].min())}",
    )


_MARKERS = {"×": "x", "…": "s", "○": "o", "●": "o", "▲": "^"}


def base_to_target(progress: pd.DataFrame, source: Deposit, place: str) -> Chart:
    """Draw base, result and target of the indicators that have a base, one panel each."""
    figure, axes = canvas(height_inches=1.75, left_inches=0.25, right_inches=0.2, columns=len(progress), panel_title_inches=0.5)
    for axis, row in zip(axes, progress.itertuples(), strict=True):
        _panel(axis, row)
    far = progress[progress["progress"] < 0.5]
    beyond = progress[progress["base_beyond_target"]]
    alt = "；".join(
        f"{row.name}：基期{wording.number(row.base, 2)}，结果{wording.number(row.value, 2)}，目标{wording.number(row.target, 2)}{row.unit}"
        for row in progress.itertuples()
    )
    return finish(
        figure,
        name="base_to_target",
        data=progress,
        finding=f"{len(progress)}项有基期，{len(far)}项走不到一半" + (f"，{len(beyond)}项起点已过目标" if len(beyond) else ""),
        measure=f"◇目标·基期为“十二五”期末值或年均，由专栏2按同一公式复算·{place}",
        sources=[source],
        alt=alt,
    )


def _panel(axis: Any, row: Any) -> None:
    falls_short = row.value < row.target
    colour = style.MISSED_COLOUR if falls_short else style.EXCEEDED_COLOUR
    top = max(row.base, row.value, row.target)
    axis.plot([0, 1], [row.base, row.target], color=style.RULE, lw=1, ls=(0, (4, 3)))
    axis.plot([0, 1], [row.base, row.value], color=colour, lw=2.2, marker="o", ms=5)
    axis.plot(1, row.target, marker="D", mfc="white", mec=style.INK, ms=7, mew=1.4, zorder=3)
    gap = abs(row.target - row.value) < 0.12 * top
    above = row.target > row.value
    axis.text(0, row.base - 0.05 * top, wording.number(row.base, _decimals(row.base)), ha="center", va="top", fontsize=9, color=style.MUTED)
    axis.text(
        1.12,
        row.value,
        wording.number(row.value, _decimals(row.value)),
        va=("top" if above else "bottom") if gap else "center",
        fontsize=9.5,
        color=colour,
        fontweight="bold",
    )
    axis.text(
        1.12,
        row.target,
        wording.number(row.target, _decimals(row.target)),
        va=("bottom" if above else "top") if gap else "center",
        fontsize=9,
        color=style.INK,
    )
    axis.set(xlim=(-0.3, 1.75), ylim=(0, top * 1.18), xticks=[0, 1], xticklabels=["“十二五”", "“十三五”"], yticks=[])
    axis.tick_params(axis="x", labelsize=8)
    axis.spines["left"].set_visible(False)
    beyond = row.base_beyond_target
    words = "起点已过目标" if beyond else "高于目标" if row.progress >= 1 else f"走完{wording.percent(row.progress, 0)}"
    axis.set_title(f"{wrapped(_short(row.name), 9)}\n{row.unit}·{words}", fontsize=8.5, loc="left", x=-0.02, linespacing=1.3)


def _short(name: str) -> str:
    return name.replace("（户籍人口）拥有", "")


def _decimals(value: float) -> int:
    return 0 if value >= 100 else 2 if value < 10 else 1
