"""Counts of verdicts, in all and by category, beside what the plan says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.plans import SelfCount
from analysis.assessment.statuses import EXCEEDED, MET_STATUSES, SEVERITY

if TYPE_CHECKING:
    import pandas as pd


def status_counts(verdicts: pd.DataFrame, column: str = "status") -> pd.DataFrame:
    """Count verdicts by category (rows, in printed order) and status (columns, worst first), with totals.

    Counts, not an index: an average would let a far-exceeded target hide a missed one.

    Args:
        verdicts: table with ``category`` and the status column.
        column: ``status`` or ``status_method``.

    Returns:
        Integer counts; only statuses that occur, then ``合计``; last row ``合计``.
    """
    import pandas as pd

    present = [status for status in SEVERITY if (verdicts[column] == status).any()]
    counts = pd.crosstab(verdicts["category"], verdicts[column]).reindex(
        index=list(dict.fromkeys(verdicts["category"])), columns=present, fill_value=0
    )
    counts.loc["合计"] = counts.sum()
    counts["合计"] = counts.sum(axis=1)
    return counts.rename_axis(index="类别", columns=None)


def self_count_comparison(verdicts: pd.DataFrame, stated: SelfCount) -> pd.DataFrame:
    """Set the plan's own count beside the recount by its own convention.

    Returns:
        Rows 期初制定, 仍在实施, 完成, 其中超额完成; columns ``stated``, ``recounted`` (missing where the plan prints no
        list to count) and ``agrees``.
    """
    import pandas as pd

    met = int(verdicts["status"].isin(MET_STATUSES).sum())
    rows = [
        ("期初制定", stated.first_set, None),
        ("期末仍由民政部门实施", stated.remaining, len(verdicts)),
        ("完成", stated.met, met),
        ("其中：超额完成", stated.exceeded, int((verdicts["status"] == EXCEEDED).sum())),
    ]
    frame = pd.DataFrame(rows, columns=["item", "stated", "recounted"]).astype({"recounted": "Int64"})
    agrees = (frame["stated"] == frame["recounted"]).map({True: "一致", False: "不一致"})
    return frame.assign(agrees=agrees.where(frame["recounted"].notna(), "无法核对"))
