"""Printed rows plus definitions to the long table: one row a figure, each with kind, period, basis and source line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from analysis.archive.indicators import IndicatorDefinition
from analysis.archive.plans import Plan
from analysis.archive.sources import Deposit
from analysis.archive.statistics import StatisticDefinition
from analysis.intake.bracket_rows import AchievedIndicator, Statistic
from analysis.intake.plan_text import PlanTables
from analysis.intake.target_rows import PlannedIndicator
from analysis.vocabulary.errors import InputError, Problem

Row = dict[str, Any]
_DASH = "原表为“—”"


def long_table(tables: PlanTables, ended: Plan, running: Plan, deposit: Deposit, file: str) -> list[Row]:
    """Return the rows of ``observations.csv`` in the order of the boxes.

    Args:
        tables: the printed rows.
        ended: the plan whose results 专栏1 and 专栏2 print.
        running: the plan whose targets 专栏3 prints.
        deposit, file: where the rows come from.

    Raises:
        InputError: a printed row has no definition, or a definition no row.
    """
    _check_defined("专栏1", [row.number for row in tables.achieved_indicators], ended.indicators)
    _check_defined("专栏2", [row.number for row in tables.statistics], ended.statistics)
    _check_defined("专栏3", [row.number for row in tables.planned_indicators], running.indicators)
    origin = {"source": deposit.source, "edition": deposit.edition, "source_file": file}
    rows: list[Row] = []
    for achieved in tables.achieved_indicators:
        rows += _achieved(achieved, ended)
    for statistic in tables.statistics:
        rows += _statistic(statistic, ended)
    for planned in tables.planned_indicators:
        rows += _planned(planned, running)
    return [row | origin for row in rows]


def _check_defined(table: str, printed: list[int], defined: dict[int, Any]) -> None:
    problems = [Problem(f"{table}序号{n}", "没有定义", "定义文件中的同号条目", "补充定义") for n in sorted(set(printed) - set(defined))]
    problems += [Problem(f"{table}序号{n}", "有定义而原表没有该行", "", "核对定义") for n in sorted(set(defined) - set(printed))]
    if problems:
        raise InputError(problems)


def _common(definition: IndicatorDefinition | StatisticDefinition) -> Row:
    return {
        "series_id": definition.id,
        "measure": definition.measure,
        "population_basis": definition.population_basis,
        "age_from": definition.age_from,
    }


def _figure(kind: str, start: int, end: int, value: Decimal | None, unit: str, reason: str = _DASH) -> Row:
    missing = reason if value is None else ""
    return {"kind": kind, "period_start": start, "period_end": end, "value": value, "unit": unit, "missing_reason": missing}


def _achieved(row: AchievedIndicator, plan: Plan) -> Iterator[Row]:
    definition = plan.indicators[row.number]
    first, last = plan.header.first_year, plan.header.last_year
    start = first if definition.measure in ("flow", "flow_yearly") else last
    common = _common(definition) | {
        "plan": plan.header.id,
        "table": "专栏1",
        "number": row.number,
        "category": row.category,
        "name": row.name,
        "source_line": row.source_line,
    }
    yield common | _figure("目标", start, last, row.target, row.unit)
    yield common | _figure("观测", start, last, row.actual, row.unit)
    yield common | _figure("印制完成率", start, last, row.printed_rate_percent, "%")


def _statistic(row: Statistic, plan: Plan) -> Iterator[Row]:
    definition = plan.statistics[row.number]
    broken = definition.definition_break
    common = _common(definition) | {
        "plan": plan.header.id,
        "table": "专栏2",
        "number": row.number,
        "category": row.category,
        "name": row.name,
        "parent_number": row.parent_number,
        "definition_break": f"{broken.reason}（{broken.status}）" if broken else "",
        "source_line": row.source_line,
    }
    for column, value in (("period_12", row.period_12), ("period_13", row.period_13)):
        period = plan.periods[column]
        start = period.first_year if definition.measure == "flow" else period.last_year
        yield common | _figure("观测", start, period.last_year, value, row.unit)


def _planned(row: PlannedIndicator, plan: Plan) -> Iterator[Row]:
    common = _common(plan.indicators[row.number]) | {
        "plan": plan.header.id,
        "table": "专栏3",
        "number": row.number,
        "part": row.part,
        "category": row.category,
        "name": row.name,
        "binding": row.binding,
        "source_line": row.source_line,
    }
    reason = f"规则型目标：{row.rule_text}" if row.rule_text else _DASH
    yield common | _figure("观测", 2020, 2020, row.value_2020, row.unit)
    yield common | _figure("目标", 2023, 2023, row.target_2023, row.unit, reason)
    yield common | _figure("目标", 2025, 2025, row.target_2025, row.unit, reason)
