"""What became of the plan's commitments outside its indicator table: promised, reported, due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.archive.commitments import Commitment
from analysis.assessment.schedule import RELATIVE_PRECISION

if TYPE_CHECKING:
    import pandas as pd

DONE, DONE_LATE, REACHED, ON_THE_WAY = "已完成", "逾期后完成", "已达到、未到期", "推进中"
OVERDUE, BROKEN, CANCELLED, NOT_REPORTED = "到期未完成", "部分年份未做到", "已取消", "未填报"
OUTCOMES = (OVERDUE, NOT_REPORTED, CANCELLED, BROKEN, DONE_LATE, ON_THE_WAY, REACHED, DONE)  # worst first
_CANCELLED_BY_REPORTER = "已取消"


COLUMNS = (
    "id", "task", "category", "quantity", "unit", "deadline_year", "reference", "value", "reported_year", "reached_year", "outcome",
    "origin", "note", "where",
)  # fmt: skip


def judge_commitments(commitments: Sequence[Commitment], tasks: pd.DataFrame, readings: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """Set each commitment beside what was reported up to the year of the data; one row a commitment in the plan's order.

    A commitment that an indicator counts as well (k of N) takes that count where the ledger reports nothing of its own.

    Args:
        commitments: see :func:`analysis.archive.commitments.load_commitments`.
        tasks, readings: see :class:`analysis.observations.monitoring.Monitoring`.
        data_year: year of the data.

    Returns:
        Columns ``id``, ``task``, ``category``, ``quantity``, ``unit``, ``deadline_year``, ``reference``, ``value`` (NaN where
        nothing was reported), ``reported_year``, ``reached_year`` (since when it has been kept without a break), ``outcome``,
        ``origin`` (任务台账 or 指标n), ``note``, ``where``.
    """
    import pandas as pd

    rows = []
    for item in commitments:
        reported, origin = _reported(item, tasks, readings, data_year)
        latest = reported[-1] if reported else None
        rows.append(
            {
                "id": item.id,
                "task": item.task,
                "category": item.category,
                "quantity": item.quantity,
                "unit": item.unit,
                "deadline_year": item.deadline_year,
                "reference": item.reference,
                "value": latest["value"] if latest else float("nan"),
                "reported_year": latest["year"] if latest else None,
                "reached_year": _reached_year(item, reported),
                "outcome": _outcome(item, reported, data_year),
                "origin": origin if latest else "",
                "note": latest["note"] if latest else "",
                "where": latest["where"] if latest else "",
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"reported_year": "Int64", "reached_year": "Int64"})


def _reported(item: Commitment, tasks: pd.DataFrame, readings: pd.DataFrame, data_year: int) -> tuple[list[dict[str, Any]], str]:
    """Return what was reported on a commitment, by year, and where."""
    columns = ["year", "value", "task_status", "note", "where"]
    own = tasks[(tasks["series"] == item.id) & (tasks["year"] <= data_year)].sort_values("year", kind="stable")
    if len(own) or item.indicator is None:
        return own[columns].to_dict("records"), "任务台账"
    counted = readings[(readings["series"] == str(item.indicator)) & (readings["year"] <= data_year) & readings["count"].notna()]
    counted = counted.assign(value=counted["count"].astype(float)).sort_values("year", kind="stable")
    return counted[columns].to_dict("records"), f"指标{item.indicator}"


def _outcome(item: Commitment, reported: list[dict[str, Any]], data_year: int) -> str:
    if not reported:
        return NOT_REPORTED
    if reported[-1]["task_status"] == _CANCELLED_BY_REPORTER:
        return CANCELLED
    if not _kept(item, reported[-1]["value"]):
        return OVERDUE if item.deadline_year <= data_year else ON_THE_WAY
    if item.maintained and not all(_kept(item, row["value"]) for row in reported):
        return BROKEN
    if item.deadline_year > data_year:
        return REACHED
    reached = _reached_year(item, reported)
    missed_at_deadline = any(row["year"] <= item.deadline_year and not _kept(item, row["value"]) for row in reported)
    return DONE_LATE if reached is not None and reached > item.deadline_year and missed_at_deadline else DONE


def _reached_year(item: Commitment, reported: list[dict[str, Any]]) -> int | None:
    """Return the year since when a commitment has been kept without a break; None while it is not."""
    since = None
    for row in reversed(reported):
        if not _kept(item, row["value"]):
            break
        since = int(row["year"])
    return since


def _kept(item: Commitment, value: float) -> bool:
    slack = RELATIVE_PRECISION * abs(item.quantity)
    return abs(value - item.quantity) <= slack if item.comparison == "equal" else value >= item.quantity - slack
