"""Chart of category scores: lowest, geometric and arithmetic mean, bounds for what is missing, and vetoes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment.scores import BINDING
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, scope, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish, wrapped

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES = 0.42
_COLUMNS = (("minimum", "最低"), ("geometric", "几何"), ("arithmetic", "算术"))
_PLACES = (1.08, 1.22, 1.36)  # of the figures at the right, in widths of the drawing


def score_ranges(evaluation: PlanEvaluation) -> Chart | None:
    """Draw each category's scores on one scale; None where no category has a judged indicator.

    A score is what was reached, at most 100 %. The pale bar runs from missing counted as 0 to missing counted as 1.
    """
    rows = evaluation.categories
    if rows["judged"].sum() == 0:
        return None
    figure, axis = canvas(_ROW_INCHES * len(rows), left_inches=0.95, right_inches=2.2, panel_title_inches=SUBTITLE_INCHES + 0.2)
    axis.set(xlim=(-0.03, 1.03), ylim=(len(rows) - 0.4, -0.6))
    for position, row in enumerate(rows.to_dict("records")):
        _row(axis, position, row)
    above = {"va": "bottom", "ha": "right", "fontsize": 8, "color": style.MUTED, "transform": axis.get_xaxis_transform()}
    for place, (_, title) in zip(_PLACES, _COLUMNS, strict=True):
        axis.text(place + 0.03, 1.02, title, **above)
    axis.text(_PLACES[-1] + 0.08, 1.02, f"{BINDING}否决", **(above | {"ha": "left"}))
    axis.set_yticks(range(len(rows)), [wrapped(category, 6) for category in rows["category"]], fontsize=9)
    ticks = [0, 0.5, 1]
    axis.set_xticks(ticks, [wording.percent(tick, 0) for tick in ticks])
    axis.spines["left"].set_visible(False)
    axis.grid(axis="x", zorder=0)
    vetoed = rows[rows["veto"] != ""]
    finding = (
        f"{len(vetoed)}类有{BINDING}指标{'未完成' if evaluation.kind == 'final' else '滞后'}，得分不作抵消"
        if len(vetoed)
        else f"没有类别被{BINDING}指标否决"
    )
    lowest = rows.loc[rows["minimum"].idxmin()]
    return finish(
        figure,
        name="category_scores",
        data=rows,
        finding=finding,
        measure=subtitle(f"各类得分（完成程度，上限100%）·{scope(evaluation)}", "┃最低　○几何平均　●算术平均　浅条：缺数按零分至按满分"),
        sources=evaluation.deposits,
        alt=f"{len(rows)}类得分，最低单项在{lowest['category']}（{wording.percent(lowest['minimum'], 0)}）；被否决的类别："
        + ("、".join(vetoed["category"]) or "无"),
    )


def _row(axis: Any, position: int, row: dict[str, Any]) -> None:
    axis.plot([row["if_missing_failed"], row["if_missing_met"]], [position] * 2, color=style.RULE, lw=7, solid_capstyle="butt", zorder=1)
    axis.plot([row["minimum"], row["arithmetic"]], [position] * 2, color=style.MUTED, lw=1, zorder=2)
    weak = style.MISSED_COLOUR if row["veto"] else style.INK
    axis.plot(row["minimum"], position, marker="|", ms=12, mew=2.6, color=weak, zorder=3)
    axis.plot(row["geometric"], position, marker="o", ms=6.5, mfc="white", mec=style.EXCEEDED_COLOUR, mew=1.5, zorder=4)
    axis.plot(row["arithmetic"], position, marker="o", ms=6.5, color=style.EXCEEDED_COLOUR, zorder=3)
    beside = axis.get_yaxis_transform()
    for place, (column, _) in zip(_PLACES, _COLUMNS, strict=True):
        axis.text(place + 0.03, position, wording.percent(row[column], 0), transform=beside, ha="right", va="center", fontsize=8.5)
    count = len(row["veto"].split("、")) if row["veto"] else 0
    words = f"×{count}项" if count else wording.NOT_APPLICABLE
    axis.text(_PLACES[-1] + 0.08, position, words, transform=beside, va="center", fontsize=8.5, color=weak if count else style.MUTED)
