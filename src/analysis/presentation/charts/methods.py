"""Chart of other institutions' methods beside the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.peers import METHOD_TITLES, METHODS, NOT_APPLICABLE
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, label, scope, subtitle
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.grids import Cell, draw_grid

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES = 0.4
_FLAG = "结论不一"


def methods_grid(evaluation: PlanEvaluation) -> Chart | None:
    """Draw verdict and five methods of the level indicators that at least one method fits; None where there is none."""
    verdicts = evaluation.verdicts
    applies = ~verdicts[list(METHODS)].apply(lambda column: column.str.startswith(NOT_APPLICABLE))
    rows = verdicts[(verdicts["kind"] == "level") & applies.any(axis=1)].reset_index(drop=True)
    if rows.empty:
        return None
    heads = [
        "本评估判定",
        *(METHOD_TITLES[method].replace("／", "／\n").replace("联合国", "联合国\n").replace("SDSN ", "SDSN\n") for method in METHODS),
    ]
    cells = {}
    for position, row in enumerate(rows.to_dict("records")):
        symbol, colour = style.STATUS_MARKS[row["status"]]
        cells[position, 0] = Cell(f"{symbol}{row['status']}", colour=colour)
        for column, method in enumerate(METHODS, start=1):
            cells[position, column] = method_cell(row[method])
    figure, axis = canvas(_ROW_INCHES * len(rows), left_inches=1.75, right_inches=0.62, panel_title_inches=SUBTITLE_INCHES + 0.25)
    draw_grid(axis, [label(row, 13) for row in rows.to_dict("records")], heads, cells, size=7, label_size=8)
    for position in rows.index[rows["methods_disagree"]]:
        axis.text(
            len(heads) + 0.06, position + 0.5, _FLAG, va="center", fontsize=7.5, fontweight="bold", color=style.words_in(style.DOUBT_COLOUR)
        )
    odd = int(rows["methods_disagree"].sum())
    named = "、".join(rows.loc[rows["methods_disagree"], "name"])
    return finish(
        figure,
        name="methods",
        data=rows[["indicator_id", "part", "name", "status", *METHODS, "methods_disagree"]],
        finding=f"{len(rows)}项并列比较，{odd}项结论不一" if odd else f"{len(rows)}项并列比较，结论一致",
        measure=subtitle(scope(evaluation), "●在轨　○中等　▽不足　↓背离　—不适用", "各方法只作参照"),
        sources=evaluation.deposits,
        alt=f"{len(rows)}项水平指标按本评估和五种方法的判定；" + (f"结论不一的是{named}" if odd else "各方法不相矛盾"),
    )


def method_cell(word: str) -> Cell:
    """Return the cell of a method's word: symbol, word and pale tint by what it says."""
    if word.startswith(NOT_APPLICABLE):
        return Cell(wording.NOT_APPLICABLE, colour=style.MUTED)
    symbol, tint = next((symbol, tint) for symbol, tint, words in style.METHOD_MARKS if word in words)
    return Cell(f"{symbol}{word}", tint=tint)
