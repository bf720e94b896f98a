"""Chart of chances: value, projection with its bands and target of each modelled indicator, with verdict and chance beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects.attainment import TREND
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, beside, label, scope, subtitle, with_unit
from analysis.presentation.charts.captions import figure as written
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LEFT_INCHES, _RIGHT_INCHES = 0.46, 2.0, 2.35
_FIGURES = ("value", "point", "low_80", "high_80", "low_95", "high_95")


def attainment_chart(evaluation: PlanEvaluation) -> Chart | None:
    """Draw each modelled indicator as a share of its target, most likely on top; None at the end or without any."""
    rows = evaluation.attainment
    rows = rows[rows["approach"] == TREND].sort_values("chance", kind="stable").reset_index(drop=True)
    if evaluation.kind == "final" or rows.empty:
        return None
    higher = rows["direction"] == "higher"
    shares = {f"{name}_share": (rows[name] / rows["target"]).where(higher, rows["target"] / rows[name]) for name in _FIGURES}
    rows = rows.assign(**shares)
    words, final_year = load_chance_words(), evaluation.plan.header.last_year
    figure, axis = canvas(
        _ROW_INCHES * len(rows), left_inches=_LEFT_INCHES, right_inches=_RIGHT_INCHES, panel_title_inches=SUBTITLE_INCHES + 0.15
    )
    drawn = rows[[f"{name}_share" for name in _FIGURES]]
    axis.set(xlim=(float(drawn.min().min()) - 0.05, max(1.08, float(drawn.max().max()) + 0.05)), ylim=(-0.6, len(rows) - 0.4))
    axis.axvline(1, color=style.INK, lw=1, zorder=0)
    axis.xaxis.set_major_formatter(lambda tick, _: wording.percent(tick, 0))
    axis.set_yticks(range(len(rows)), [label(row, 14) for row in rows.to_dict("records")], fontsize=8.5)
    axis.spines["left"].set_visible(False)
    for position, row in enumerate(rows.to_dict("records")):
        axis.plot([row["low_95_share"], row["high_95_share"]], [position] * 2, color=style.MUTED, lw=1, zorder=1)
        axis.plot([row["low_80_share"], row["high_80_share"]], [position] * 2, color=style.PALE, lw=9, solid_capstyle="butt", zorder=2)
        axis.plot(row["point_share"], position, marker="o", mfc="white", mec=style.EXCEEDED_COLOUR, ms=7, mew=1.4, zorder=4)
        axis.plot(row["value_share"], position, marker="o", ms=5, color=style.EXCEEDED_COLOUR, zorder=5)
        axis.plot(1, position, marker="D", mfc="white", mec=style.INK, ms=6, mew=1.1, zorder=3)
        symbol, colour = style.STATUS_MARKS[row["status"]]
        chance = f"{words.word(row['chance'])}（{words.percent(row['chance'])}）"
        ahead = wording.projected(row["point"], row["value"])
        small = f"{written(row['value'])}→推算{ahead}，目标{with_unit(row['target'], row['unit'])}"
        beside(axis, position, f"{symbol}{row['status']}　{chance}", small, colour)
    likely = int(rows["chance"].map(words.is_likely).sum())
    finding = f"可推算的{len(rows)}项" + (f"中{likely}项较可能达到" if likely else _none_likely(list(rows["chance"])))
    worst = rows.iloc[0]
    ahead = f"{wording.projected(worst['point'], worst['value'])}{worst['unit']}"
    return finish(
        figure,
        name="attainment",
        data=rows,
        finding=finding,
        measure=subtitle(
            f"占{final_year}年目标的比例·{scope(evaluation)}",
            f"●{evaluation.data_year}年　○推算中值　粗线80%、细线95%区间（经验校准）　◇目标",
        ),
        sources=evaluation.deposits,
        alt=f"{finding}；把握最低的是{worst['name']}，推算{ahead}，目标{with_unit(worst['target'], worst['unit'])}",
    )


def _none_likely(chances: list[float]) -> str:
    """Name the one word that all chances share; else that none reaches 较可能."""
    found = {load_chance_words().word(chance) for chance in chances}
    return f"都{found.pop()}达到" if len(found) == 1 and "可能" in next(iter(found)) else "没有较可能达到的"
