"""Chart of the source audit: verdicts by kind of check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.sources import Deposit
from analysis.presentation import style
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd


def audit_verdicts(summary: pd.DataFrame, source: Deposit, place: str) -> Chart:
    """Draw the number of checks by kind and verdict.

    Args:
        summary: counts of the checks on figures, as :func:`analysis.audit.source_audit.audit_summary` returns them.
    """
    rows = summary.drop(index="合计", columns="合计").iloc[::-1]
    total = summary.loc["合计"]
    figure, axis = canvas(height_inches=0.29 * len(rows) + 0.35, left_inches=1.75, right_inches=0.6)
    left = [0.0] * len(rows)
    for verdict, colour in style.AUDIT_COLOURS.items():
        counts = rows[verdict].to_list()
        axis.barh(range(len(rows)), counts, left=left, color=colour, height=0.66, label=f"{verdict}{total[verdict]}")
        for position, (count, start) in enumerate(zip(counts, left, strict=True)):
            if count and verdict in ("不一致", "无法核对") and count >= 3:
                ink = "white" if verdict == "不一致" else style.INK
                axis.text(start + count / 2, position, str(count), ha="center", va="center", fontsize=8, color=ink)
        left = [start + count for start, count in zip(left, counts, strict=True)]
    for position, end in enumerate(left):
        odd = int(rows["不一致"].iloc[position])
        axis.text(end + 0.8, position, f"{int(end)}" + (f"　×{odd}" if odd else ""), va="center", fontsize=9)
    axis.set_yticks(range(len(rows)), rows.index, fontsize=9)
    axis.set(xlim=(0, max(left) * 1.12), ylim=(-0.6, len(rows) - 0.4), xticks=[0, 10, 20, 30, 40, 50])
    axis.spines["left"].set_visible(False)
    axis.legend(loc="center right", frameon=False, fontsize=9, handlelength=1, handleheight=1, borderaxespad=0.2)
    return finish(
        figure,
        name="audit_verdicts",
        data=summary.reset_index(),
        finding=f"{int(total['合计'])}项数字核对，{int(total['不一致'])}项不一致",
        measure=f"核对项数，按类别与结论·{place}“十四五”规划文本·×后为不一致项数",
        sources=[source],
        alt="；".join(
            f"{name}：" + "、".join(f"{verdict}{count}项" for verdict, count in row.items() if count)
            for name, row in rows.iloc[::-1].iterrows()
        ),
    )
