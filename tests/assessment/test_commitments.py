"""Commitments: kept, kept late, overdue, under way, cancelled, not reported; and the count an indicator lends."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from analysis.archive.commitments import Commitment
from analysis.assessment.commitments import judge_commitments
from analysis.observations.monitoring import COLUMNS


def promise(**changes: Any) -> Commitment:
    given = {
        "id": "t01", "task": "每街道至少1个", "category": "养老服务", "comparison": "at_least", "quantity": 18.0, "unit": "个",
        "deadline_year": 2022, "reference": "专栏4第1项",
    }  # fmt: skip
    return Commitment.model_validate(given | changes)


def reported(*rows: tuple[str, int, float, str], count: int | None = None) -> pd.DataFrame:
    empty = dict.fromkeys(COLUMNS, "")
    records = [empty | {"series": s, "year": y, "value": v, "task_status": t, "count": count, "where": f"表 {y}"} for s, y, v, t in rows]
    return pd.DataFrame(records, columns=list(COLUMNS))


@pytest.mark.parametrize(
    ("rows", "data_year", "outcome", "value"),
    [
        ([], 2023, "未填报", math.nan),
        ([("t01", 2021, 9, "进行中")], 2021, "推进中", 9),
        ([("t01", 2022, 17, "进行中")], 2022, "到期未完成", 17),
        ([("t01", 2022, 18, "已完成")], 2022, "已完成", 18),
        ([("t01", 2021, 18, "已完成")], 2021, "已达到、未到期", 18),
        ([("t01", 2022, 17, ""), ("t01", 2023, 18, "")], 2023, "逾期后完成", 18),
        ([("t01", 2023, 18, "已完成")], 2023, "已完成", 18),
        ([("t01", 2022, 18, ""), ("t01", 2023, 17, "")], 2023, "到期未完成", 17),
        ([("t01", 2022, 17, ""), ("t01", 2023, 18, ""), ("t01", 2024, 18, "")], 2025, "逾期后完成", 18),
        ([("t01", 2022, 3, "已取消")], 2022, "已取消", 3),
        ([("t01", 2021, 18, ""), ("t01", 2022, math.nan, "已取消")], 2022, "已取消", math.nan),
        ([("t01", 2022, math.nan, "未启动")], 2022, "到期未完成", math.nan),
        ([("t01", 2022, 17, "已完成")], 2022, "到期未完成", 17),
        ([("t01", 2024, 18, "已完成")], 2023, "未填报", math.nan),
        ([("t02", 2022, 18, "已完成")], 2023, "未填报", math.nan),
    ],
    ids=lambda value: str(value)[:40],
)
def test_outcomes(rows: list[tuple[str, int, float, str]], data_year: int, outcome: str, value: float) -> None:
    row = judge_commitments([promise()], reported(*rows), reported(), data_year).iloc[0]
    assert row["outcome"] == outcome
    assert row["value"] == value or (math.isnan(value) and math.isnan(row["value"]))


@pytest.mark.parametrize(("value", "outcome"), [(100, "已完成"), (99.9, "到期未完成"), (100.1, "到期未完成")])
def test_an_exact_promise_is_kept_exactly(value: float, outcome: str) -> None:
    row = judge_commitments([promise(comparison="equal", quantity=100.0, unit="%")], reported(("t01", 2022, value, "")), reported(), 2022)
    assert row.loc[0, "outcome"] == outcome


def test_what_is_to_be_kept_every_year_must_have_been() -> None:
    rows = [("t01", year, value, "") for year, value in ((2021, 100.0), (2022, 99.9), (2023, 100.0))]
    kept = promise(comparison="equal", quantity=100.0, unit="%", deadline_year=2023, maintained=True)
    row = judge_commitments([kept], reported(*rows), reported(), 2023).iloc[0]
    assert (row["outcome"], row["reached_year"]) == ("部分年份未做到", 2023)
    assert judge_commitments([kept], reported(rows[0], rows[2]), reported(), 2023).loc[0, "outcome"] == "已完成"
    once = kept.model_copy(update={"maintained": False})
    assert judge_commitments([once], reported(*rows), reported(), 2023).loc[0, "outcome"] == "已完成"


def test_an_indicators_count_stands_in_where_the_ledger_is_silent() -> None:
    readings = reported(("5", 2022, 94.4, ""), count=17)
    row = judge_commitments([promise(indicator=5)], reported(), readings, 2022).iloc[0]
    assert (row["value"], row["outcome"], row["origin"], row["reported_year"]) == (17, "到期未完成", "指标5", 2022)
    own = judge_commitments([promise(indicator=5)], reported(("t01", 2022, 18, "")), readings, 2022).iloc[0]
    assert (own["value"], own["outcome"], own["origin"]) == (18, "已完成", "任务台账")


def test_a_plan_without_commitments_has_an_empty_table() -> None:
    assert judge_commitments([], reported(), reported(), 2023).empty
