"""Printed rows and definitions must be the same rows; periods and reasons follow from both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import load_deposit
from analysis.intake.boxes import ACHIEVED, PLANNED, STATISTICS
from analysis.intake.plan_text import PlanTables, read_plan_text
from analysis.observations.long_table import Row, long_table
from analysis.vocabulary.errors import InputError

FILE = "boxes-1-3.txt"


@pytest.fixture(scope="module")
def tables() -> PlanTables:
    return read_plan_text(load_deposit("yuexiu-plan-14").path(FILE), boxes=(ACHIEVED, STATISTICS, PLANNED))


def rows(tables: PlanTables, ended: Plan | None = None, running: Plan | None = None) -> list[Row]:
    deposit = load_deposit("yuexiu-plan-14")
    return long_table(tables, ended or load_plan("yuexiu-13"), running or load_plan("yuexiu-14"), deposit, FILE)


def changed(plan_id: str, kind: str, *, without: int, plus: int) -> Plan:
    """A plan with one definition moved to another row number."""
    plan = load_plan(plan_id)
    defined = {number: item for number, item in getattr(plan, kind).items() if number != without}
    return plan.model_copy(update={kind: defined | {plus: getattr(plan, kind)[without]}})


@pytest.mark.parametrize(
    ("box", "plan", "kind", "without", "plus"),
    [
        ("专栏1", "yuexiu-13", "indicators", 5, 27),
        ("专栏2", "yuexiu-13", "statistics", 45, 46),
        ("专栏3", "yuexiu-14", "indicators", 1, 99),
    ],
)
def test_a_row_without_definition_and_a_definition_without_row(
    tables: PlanTables, box: str, plan: str, kind: str, without: int, plus: int
) -> None:
    bad = changed(plan, kind, without=without, plus=plus)
    with pytest.raises(InputError) as caught:
        rows(tables, **{"ended" if plan == "yuexiu-13" else "running": bad})
    assert [str(problem) for problem in caught.value.problems] == [
        f"{box}序号{without}；实际：没有定义；应为：定义文件中的同号条目；处理：补充定义",
        f"{box}序号{plus}；实际：有定义而原表没有该行；处理：核对定义",
    ]


def found(tables: PlanTables, box: str, number: int, kind: str = "观测") -> list[Row]:
    return [row for row in rows(tables) if (row["table"], row["number"], row["kind"]) == (box, number, kind)]


@pytest.mark.parametrize(
    ("box", "number", "periods"),
    [
        ("专栏1", 1, [(2020, 2020)]),  # a level at the end
        ("专栏1", 7, [(2016, 2020)]),  # a yearly amount
        ("专栏1", 18, [(2016, 2020)]),  # a total
        ("专栏2", 13, [(2015, 2015), (2020, 2020)]),
        ("专栏2", 23, [(2011, 2015), (2016, 2020)]),
        ("专栏3", 4, [(2020, 2020)]),
    ],
)
def test_periods_follow_the_kind_of_quantity(tables: PlanTables, box: str, number: int, periods: list[tuple[int, int]]) -> None:
    assert [(row["period_start"], row["period_end"]) for row in found(tables, box, number)] == periods


def test_values_stand_in_their_own_period(tables: PlanTables) -> None:
    assert [row["value"] for row in found(tables, "专栏2", 13)] == [Decimal(3309), Decimal(4983)]
    assert [found(tables, "专栏1", 5, kind)[0]["value"] for kind in ("目标", "观测", "印制完成率")] == [50, 88, 160]


def test_a_dash_has_a_reason_and_a_figure_none(tables: PlanTables) -> None:
    before, after = found(tables, "专栏2", 5)
    assert (before["value"], before["missing_reason"]) == (None, "原表为“—”")
    assert after["value"] is not None
    assert after["missing_reason"] == ""


def test_a_target_by_rule_gives_the_rule_as_reason(tables: PlanTables) -> None:
    targets = found(tables, "专栏3", 1, "目标")
    assert [row["period_end"] for row in targets] == [2023, 2025]
    assert all(row["value"] is None and row["missing_reason"].startswith("规则型目标：") for row in targets)


def test_every_row_knows_its_source(tables: PlanTables) -> None:
    table = rows(tables)
    assert len(table) == 26 * 3 + 45 * 2 + 27 * 3
    assert {(row["source"], row["edition"], row["source_file"]) for row in table} == {("yuexiu-plan-14", "2022-01-18", FILE)}
    assert all(row["source_line"] > 0 for row in table)
