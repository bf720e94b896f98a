"""Chart of the verdicts of an evaluation: every indicator as a tile, by category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.scores import BINDING
from analysis.assessment.statuses import MET_STATUSES, NEARLY, ON_COURSE, SEVERITY, UNJUDGED
from analysis.presentation import style
from analysis.presentation.charts.captions import SUBTITLE_INCHES, scope, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.tiles import draw_tiles

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LEGEND_INCHES, _LEFT_INCHES, _RIGHT_INCHES = 0.6, 0.24, 0.95, 1.2


def status_matrix(evaluation: PlanEvaluation) -> Chart:
    """Draw every indicator as a numbered tile with symbol, word and colour of its verdict; 约束性 has a double border."""
    rows = evaluation.indicators
    counts = rows["status"].value_counts()
    present = [status for status in SEVERITY if status in counts]
    colours = list(dict.fromkeys(style.STATUS_MARKS[status][1] for status in present))
    categories = int(rows["category"].nunique())
    height = _ROW_INCHES * categories + _LEGEND_INCHES * (len(colours) + 0.6)
    figure, axis = canvas(height, left_inches=_LEFT_INCHES, right_inches=_RIGHT_INCHES, panel_title_inches=SUBTITLE_INCHES)
    columns = max(5, int(rows["category"].value_counts().max()))
    final = evaluation.kind == "final"
    draw_tiles(axis, rows, lambda members: _beside(members, final=final), columns, framed=BINDING, words=True)
    line, unit = _LEGEND_INCHES / _ROW_INCHES, columns / (style.WIDTH_INCHES - _LEFT_INCHES - _RIGHT_INCHES)
    edge = -(_LEFT_INCHES - 0.2) * unit  # the legend starts at the figure's left edge, below the names of categories
    axis.set_ylim(height / _ROW_INCHES, 0)
    for position, colour in enumerate(colours):
        own = [status for status in present if style.STATUS_MARKS[status][1] == colour]
        words = "　".join(f"{style.STATUS_MARKS[status][0]}{status}{counts[status]}项" for status in own)
        place = categories + line * (position + 1.1)
        axis.plot(edge, place, marker="s", ms=8, color=colour, clip_on=False)
        axis.text(edge + 0.18 * unit, place, words, va="center", fontsize=8.5)
    legend = "、".join(f"{status}{counts[status]}项" for status in present)
    behind = rows[~rows["status"].isin((*ON_COURSE, *UNJUDGED))]
    named = "、".join(behind["indicator_id"])
    return finish(
        figure,
        name="status_matrix",
        data=rows[["indicator_id", "category", "name", "attribute", "status"]],
        finding=_finding(rows, final=final),
        measure=subtitle(scope(evaluation), f"格内为指标序号，双框为{BINDING}"),
        sources=evaluation.deposits,
        alt=f"按类别排列的{len(rows)}项指标判定：{legend}" + (f"；{'未完成' if final else '滞后'}的是第{named}项" if len(behind) else ""),
    )


def _beside(members: pd.DataFrame, *, final: bool) -> str:
    """Say how many of a category are met or on course, and how many can't be judged: those are neither."""
    good = int(members["status"].isin(MET_STATUSES if final else ON_COURSE).sum())
    unjudged = int(members["status"].isin(UNJUDGED).sum())
    if unjudged == len(members):
        return f"未判{unjudged}项"
    left = f"未判{unjudged}项" if unjudged else ""
    word = "完成" if final else "达到或符合\n预期"
    return "\n".join(filter(None, (f"{word}{good}/{len(members)}", left)))


def _finding(rows: pd.DataFrame, *, final: bool) -> str:
    unjudged = int(rows["status"].isin(UNJUDGED).sum())
    if unjudged == len(rows):
        return f"{len(rows)}项指标均缺数据，未能判定"
    good = int(rows["status"].isin(MET_STATUSES if final else ON_COURSE).sum())
    nearly = int((rows["status"] == NEARLY).sum()) if final else 0
    behind = len(rows) - good - nearly - unjudged
    if final:
        named = [(f"完成{good}", 1), (f"基本{nearly}", nearly), (f"未完成{behind}", behind), (f"未判{unjudged}", unjudged)]
        return f"{len(rows)}项中" + "、".join(words for words, count in named if count)
    named = [(f"达到或符合预期{good}", 1), (f"滞后{behind}", behind), (f"未判{unjudged}", unjudged)]
    return f"{len(rows)}项中" + "、".join(words for words, count in named if count)
