"""Chart of the pace (midterm) or the completion (final) of every indicator that has one, worst at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment import statuses
from analysis.assessment.thresholds import load_thresholds
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, beside, label, scope, spoken, subtitle, with_unit
from analysis.presentation.charts.captions import figure as written
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LEFT_INCHES, _RIGHT_INCHES = 0.37, 2.05, 2.05


def schedule_dots(evaluation: PlanEvaluation) -> Chart | None:
    """Draw 时序比 against 1 before the plan's end, 完成率 against 100 % at its end; None where no indicator has one."""
    final = evaluation.kind == "final"
    column = "completion" if final else "schedule_ratio"
    verdicts = evaluation.verdicts
    full = (verdicts["target"] == 100) & (verdicts["value"] == 100) & final
    rows = verdicts[verdicts[column].notna() & ~full].sort_values(column, ascending=False, kind="stable").reset_index(drop=True)
    if rows.empty:
        return None
    figure, axis = canvas(
        _ROW_INCHES * len(rows) + 0.25, left_inches=_LEFT_INCHES, right_inches=_RIGHT_INCHES, panel_title_inches=SUBTITLE_INCHES + 0.15
    )
    limits = load_thresholds()
    marks = [limits.final.nearly_ratio] if final else [limits.midterm.slightly_behind_ratio, limits.midterm.nearly_ratio]
    low, high = min(0.0, float(rows[column].min()) - 0.1), max(1.2, float(rows[column].max()) * 1.06)
    axis.set(xlim=(low, high), ylim=(-0.6, len(rows) - 0.4))
    _rules(axis, marks, final=final)
    for position, row in enumerate(rows.to_dict("records")):
        _dot(axis, position, row, float(row[column]), final=final)
    axis.set_yticks(range(len(rows)), [label(row, 15) for row in rows.to_dict("records")], fontsize=8.5)
    axis.spines["left"].set_visible(False)
    short = int((rows[column] < 1 - 1e-9).sum())
    measure = "完成率＝完成值÷目标值" if final else "时序比＝实际进展÷规划路径应有进展"
    worst = rows.iloc[-1]
    word = "完成率" if final else "时序比"
    bound = "100%" if final else "1"
    lead = f"图列{len(rows)}项" if full.any() else f"{len(rows)}项有{word}"  # those at 100 % have one as well
    finding = f"{lead}，{short}项{word if full.any() else ''}不到{bound}" if short else f"{lead}，都不低于{bound}"
    kept = rows[["indicator_id", "part", "name", "unit", "value", "path_level", "target", column, "status"]]
    return finish(
        figure,
        name="completion_rates" if final else "schedule_ratios",
        data=kept,
        finding=finding,
        measure=subtitle(
            measure, scope(evaluation), _left_out(verdicts[~verdicts.index.isin(_kept_index(verdicts, column, full))], word, full)
        ),
        sources=evaluation.deposits,
        alt=f"{len(rows)}项指标的{word}，最低的是{spoken(worst)}（{_shown(float(worst[column]), final=final)}，{worst['status']}）",
    )


def _kept_index(verdicts: pd.DataFrame, column: str, full: pd.Series) -> pd.Index:
    return verdicts.index[verdicts[column].notna() & ~full]


def _shown(ratio: float, *, final: bool) -> str:
    return wording.percent_apart(ratio) if final else wording.ratio_apart(ratio)


def _rules(axis: Any, marks: list[float], *, final: bool) -> None:
    """Draw the rule that asks for all, and the thin ones at which verdicts change; labels above the drawing."""
    for mark in (*marks, 1.0):
        axis.axvline(mark, color=style.INK if mark == 1 else style.RULE, lw=1 if mark == 1 else 0.8, zorder=0)
    ticks = [0.0, *(mark for mark in marks if mark < 0.9), 1.0]
    if not final and (low := axis.get_xlim()[0]) < -0.3:
        ticks.insert(0, round(low * 2) / 2)
    axis.set_xticks(ticks, [_tick(tick, final=final) for tick in ticks])
    words = {1.0: "100%" if final else "按规划路径"} | {mark: _shown(mark, final=final) for mark in marks if mark >= 0.9}
    for mark, text in words.items():
        side = "right" if mark < 1 else "left"
        axis.text(mark, 1.01, text, transform=axis.get_xaxis_transform(), ha=side, va="bottom", fontsize=7.5, color=style.MUTED)


def _tick(tick: float, *, final: bool) -> str:
    return wording.percent(tick, 0) if final else wording.number(tick, 2)


def _dot(axis: Any, position: int, row: dict[str, Any], ratio: float, *, final: bool) -> None:
    symbol, colour = style.STATUS_MARKS[row["status"]]
    shape, is_full = style.SYMBOL_SHAPES[symbol]
    axis.plot([0, ratio], [position, position], color=style.PALE, lw=5, solid_capstyle="round", zorder=1)
    axis.plot(ratio, position, marker=shape, mfc=colour if is_full else "white", mec=colour, ms=7.5, mew=1.8, zorder=3)
    asked = row["target"] if final else row["path_level"]
    figures = f"{written(row['value'])}，{'目标' if final else '应为'}{with_unit(asked, row['unit'])}"
    beside(axis, position, f"{_shown(ratio, final=final)} {symbol}{row['status']}", figures, colour)


def _left_out(rows: pd.DataFrame, word: str, full: pd.Series) -> str:
    """Count the indicators that are not drawn, by the reason."""
    reasons = rows["status"].map(lambda status: "未判" if status in statuses.UNJUDGED else "")
    reasons = reasons.mask(full.reindex(rows.index), "目标与结果均为100%的")
    reasons = reasons.mask((reasons == "") & rows["without_base"], "无基期")
    reasons = reasons.mask((reasons == "") & (rows["kind"] == "keep"), "保持类")
    reasons = reasons.mask(rows["kind"] == "rule", "规则类").replace("", "起点已近路径")
    counts = rows.assign(reason=reasons).groupby("reason", sort=False)["indicator_id"].nunique()
    return f"未列{word}：" + "、".join(f"{reason}{count}项" for reason, count in counts.items()) if len(counts) else ""
