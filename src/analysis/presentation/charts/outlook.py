"""Charts of what is ahead: the same-pace scenario at the midterm, and how it turned out at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.assessment.outlook import NEITHER, compare_with_outcome
from analysis.assessment.statuses import MET_STATUSES
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, beside, label, scope, subtitle, with_unit
from analysis.presentation.charts.captions import figure as written
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LEFT_INCHES, _RIGHT_INCHES = 0.4, 2.0, 1.95


def outlook_chart(evaluation: PlanEvaluation) -> Chart | None:
    """Draw value and same-pace scenario of each level indicator as a share of its target; None at the end or without any."""
    if evaluation.kind == "final" or evaluation.outlook.empty:
        return None
    rows = _shares(evaluation.outlook, evaluation.targets, ("value", "same_pace")).sort_values(
        "same_pace_share", ascending=False, kind="stable"
    )
    rows = rows.reset_index(drop=True)
    figure, axis = _scale(rows, ("value_share", "same_pace_share"))
    for position, row in enumerate(rows.to_dict("records")):
        _scenario(axis, position, row)
        axis.plot(row["value_share"], position, marker="o", ms=7, color=style.EXCEEDED_COLOUR, zorder=4)
        falls_short = row["finding"] == NEITHER
        colour = style.MISSED_COLOUR if falls_short else style.EXCEEDED_COLOUR
        beside(axis, position, f"{'×' if falls_short else '●'}{row['finding']}", _pair(row, "same_pace", "推算"), colour)
    final_year = int(evaluation.targets["final_year"].iloc[0])
    _name_projection(axis, rows)
    short = int((rows["finding"] == NEITHER).sum())
    finding = f"{len(rows)}项中{short}项须快于既有步伐" if short else f"{len(rows)}项守住或按既有步伐可达到"
    worst = rows.iloc[-1]
    return finish(
        figure,
        name="outlook",
        data=rows.drop(columns=["direction"]),
        finding=finding,
        measure=subtitle(
            f"占{final_year}年目标的比例·{scope(evaluation)}", f"●现值　○情景：按既有步伐推算到{final_year}年，不是预测　◇目标"
        ),
        sources=evaluation.deposits,
        alt=f"{finding}；按既有步伐离目标最远的是{worst['name']}，{_pair(worst, 'same_pace', '推算')}",
    )


def outcome_chart(midterm: PlanEvaluation, final: PlanEvaluation) -> Chart | None:
    """Draw the midterm's same-pace scenario beside the outcome, as shares of the target; None without a common row."""
    compared = compare_with_outcome(midterm.outlook, final.verdicts)
    rows = _shares(compared[compared["outcome"].notna()], final.targets, ("value", "same_pace", "outcome"))
    if rows.empty:
        return None
    rows = rows.sort_values("outcome_share", ascending=False, kind="stable").reset_index(drop=True)
    figure, axis = _scale(rows, ("value_share", "same_pace_share", "outcome_share"))
    for position, row in enumerate(rows.to_dict("records")):
        symbol, colour = style.STATUS_MARKS[row["status"]]
        _scenario(axis, position, row)
        axis.plot(row["value_share"], position, marker="|", ms=9, mew=1.6, color=style.MUTED, zorder=3)
        axis.plot(row["outcome_share"], position, marker="o", ms=7, color=colour, zorder=5)
        small = f"推算{written(row['same_pace'])}，实际{with_unit(row['outcome'], row['unit'])}"
        beside(axis, position, f"{symbol}{row['status']}", small, colour)
    better = int((rows["outcome_share"] > rows["same_pace_share"] + 1e-9).sum())
    met = int(rows["status"].isin(MET_STATUSES).sum())
    return finish(
        figure,
        name="outcome",
        data=rows.drop(columns=["direction"]),
        finding=f"{len(rows)}项中{better}项好于中期推算，{met}项完成",
        measure=subtitle(
            f"占{final.as_of}年目标的比例·{final.plan.header.place}",
            f"┃{midterm.data_year}年　○中期情景（既有步伐）　●{final.data_year}年实际　◇目标",
        ),
        sources=_all_deposits(midterm, final),
        alt="；".join(
            f"{row['name']}推算{written(row['same_pace'])}，实际{with_unit(row['outcome'], row['unit'])}" for row in rows.to_dict("records")
        ),
    )


def _shares(rows: pd.DataFrame, targets: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Add each level as a share of its target (target ÷ level where lower is better)."""
    joined = rows.merge(targets[["indicator_id", "part", "direction"]], on=["indicator_id", "part"])
    higher = joined["direction"] == "higher"
    shares = {f"{name}_share": (joined[name] / joined["target"]).where(higher, joined["target"] / joined[name]) for name in columns}
    return joined.assign(**shares)


def _scale(rows: pd.DataFrame, columns: tuple[str, ...]) -> tuple[Any, Any]:
    figure, axis = canvas(
        _ROW_INCHES * len(rows), left_inches=_LEFT_INCHES, right_inches=_RIGHT_INCHES, panel_title_inches=SUBTITLE_INCHES + 0.15
    )
    low = min(0.0, float(rows[list(columns)].min().min()) - 0.05)
    axis.set(xlim=(low, max(1.06, float(rows[list(columns)].max().max()) + 0.06)), ylim=(-0.6, len(rows) - 0.4))
    axis.axvline(1, color=style.INK, lw=1, zorder=0)
    axis.set_xticks([0, 0.5, 1], [wording.percent(tick, 0) for tick in (0, 0.5, 1)])
    axis.set_yticks(range(len(rows)), [label(row, 14) for row in rows.to_dict("records")], fontsize=8.5)
    axis.spines["left"].set_visible(False)
    return figure, axis


def _scenario(axis: Any, position: int, row: Mapping[str, Any]) -> None:
    ends = [row["value_share"], row["same_pace_share"]]
    axis.plot(ends, [position] * 2, color=style.PALE, lw=8, solid_capstyle="butt", zorder=1)
    axis.plot(ends, [position] * 2, color=style.MUTED, lw=1.3, ls=(0, (3, 2)), zorder=2)
    axis.plot(1, position, marker="D", mfc="white", mec=style.INK, ms=6, mew=1.1, zorder=2)
    axis.plot(row["same_pace_share"], position, marker="o", mfc="white", mec=style.EXCEEDED_COLOUR, ms=7, mew=1.4, zorder=3)


def _name_projection(axis: Any, rows: pd.DataFrame) -> None:
    """Say 推算 above the longest of the dashed lines."""
    longest = int((rows["same_pace_share"] - rows["value_share"]).abs().idxmax())
    start, end = rows.at[longest, "value_share"], rows.at[longest, "same_pace_share"]
    words = "推算→" if end >= start else "←推算"
    axis.text((start + end) / 2, longest + 0.2, words, ha="center", va="bottom", fontsize=7.5, color=style.MUTED)


def _pair(row: Mapping[str, Any], column: str, word: str) -> str:
    return f"{written(row['value'])}→{word}{written(row[column])}，目标{with_unit(row['target'], row['unit'])}"


def _all_deposits(midterm: PlanEvaluation, final: PlanEvaluation) -> tuple[Any, ...]:
    known = {(deposit.source, deposit.edition): deposit for deposit in (*final.deposits, *midterm.deposits)}
    return tuple(known.values())
