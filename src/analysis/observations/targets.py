"""A plan's targets: printed base values and targets joined to their definitions, one row an indicator part."""

from __future__ import annotations

import csv
import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from analysis.archive.indicators import IndicatorDefinition
from analysis.archive.plans import Plan, TargetTable, load_plan
from analysis.archive.sources import load_deposit
from analysis.observations.door import load_observations, load_table
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.rounding import printed_decimals

if TYPE_CHECKING:
    import pandas as pd

LISTED_FILE = "targets.csv"
LISTED_COLUMNS = (
    "number", "part", "category", "name", "unit", "base_value", "milestone_value", "final_value", "attribute", "rule_text", "note",
)  # fmt: skip
_PRINTED = {"value_2020": "base_value", "target_2023": "milestone_value", "target_2025": "final_value", "binding": "attribute"}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def load_targets(plan_id: str, edition: str = "latest") -> pd.DataFrame:
    """Load a plan's targets, one row an indicator part in printed order.

    Args:
        plan_id: a plan with a table of targets.
        edition: edition of the deposit that the targets stand in; printed ones must have been built from it.

    Returns:
        ``indicator_id`` (printed number as text), ``part``, ``series_id``, ``category``, ``name``, ``unit``,
        ``attribute``, ``kind``, ``direction``, ``bounded``, ``denominator``, ``base_year``, ``base`` (NaN where —),
        ``milestone_year``, ``milestone`` (NaN where none is printed), ``final_year``, ``target`` (NaN for rules),
        ``rounding_unit`` (1 where figures are printed whole, 0.1 with one decimal), ``rule_*`` (empty where no rule),
        ``counted_unit``, ``counted_total``, ``transfer_since`` (ISO date),
        ``transfer_status``, ``definition_change_year``,
        ``data_owner``, ``reference``, ``rule_text``.

    Raises:
        InputError: the plan has no targets, or table and definitions differ (unit, attribute, parts, kind).

    Example:
        >>> load_targets("yuexiu-14").query("indicator_id == '12'")[["base", "milestone", "target"]].values.tolist()
        [[23.0, 25.0, 28.0]]
    """
    import pandas as pd

    plan = load_plan(plan_id)
    table = plan.header.targets
    if table is None:
        raise InputError.single(f"规划 {plan_id}", "没有目标表", "plan.yml 的 targets", "改用有目标表的规划")
    rows = _printed(plan, edition) if table.form == "printed" else _listed(table, edition)
    problems = _differences(plan, rows)
    if problems:
        raise InputError(problems)
    return pd.DataFrame([_target(row, plan.indicators[int(row["number"])], table) for row in rows])


def _printed(plan: Plan, edition: str) -> list[dict[str, Any]]:
    built = load_observations(plan=plan.header.id, kind="目标")["edition"].unique().tolist()
    if edition not in ("latest", *built):
        raise InputError.single(
            "参数 targets_edition", edition, f"data/processed 的来源版本：{'、'.join(built)}", "先用该版本运行 minzheng data"
        )
    frame = load_table("planned_indicators").rename(columns=_PRINTED)
    records: list[dict[str, Any]] = frame.to_dict("records")
    return [
        {
            key: (None if value is None or (isinstance(value, float) and math.isnan(value)) else Decimal(repr(value)).normalize())
            if key in ("base_value", "milestone_value", "final_value")
            else value
            for key, value in record.items()
        }
        for record in records
    ]


def _listed(table: TargetTable, edition: str) -> list[dict[str, Any]]:
    """Read a deposit's targets.csv (its name may carry a mark before it, as 演示数据-targets.csv does)."""
    deposit = load_deposit(table.source, edition)
    name = next((name for name in deposit.sidecar.files if name.endswith(LISTED_FILE)), LISTED_FILE)
    with deposit.path(name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != LISTED_COLUMNS:
            raise InputError.single(f"{name} 第1行", "、".join(reader.fieldnames or []), "、".join(LISTED_COLUMNS), "改正表头")
        problems: list[Problem] = []
        rows = [_listed_row(row, f"{name} 第{reader.line_num}行", problems) for row in reader]
    keys = [(row["number"], row["part"]) for row in rows]
    problems += [
        Problem(f"{name} 序号{n}{part}", "出现两次", "每行一次", "删去一行") for n, part in sorted({k for k in keys if keys.count(k) > 1})
    ]
    if not rows:
        problems.append(Problem(name, "没有数据行", "每个指标一行", "照规划的指标表填写"))
    if problems:
        raise InputError(problems)
    return rows


def _listed_row(row: dict[str, Any], where: str, problems: list[Problem]) -> dict[str, Any]:
    result: dict[str, Any] = dict(row)
    if not re.fullmatch(r"[1-9][0-9]*", row["number"] or ""):
        problems.append(Problem(f"{where} number列", row["number"] or "空", "正整数", "填印制序号"))
    for column in ("category", "name", "unit", "attribute"):
        if not row[column]:
            problems.append(Problem(f"{where} {column}列", "空", "照规划填写", "补上"))
    for column in ("base_value", "milestone_value", "final_value"):
        cell = row[column] or ""
        if cell and not _NUMBER.fullmatch(cell):
            problems.append(Problem(f"{where} {column}列", cell, "数字，未印的留空", "改为数字或留空"))
            cell = ""
        result[column] = Decimal(cell) if cell else None
    return result


def _differences(plan: Plan, rows: list[dict[str, Any]]) -> list[Problem]:
    """Compare the table of targets with the definitions, row by row."""
    problems: list[Problem] = []
    printed: dict[int, list[str]] = {}
    for row in rows:
        if not str(row["number"]).isdigit():
            continue
        number = int(row["number"])
        printed.setdefault(number, []).append(row["part"])
        definition = plan.indicators.get(number)
        if definition is None:
            problems.append(Problem(f"目标表序号{number}", "没有定义", "indicators.yml 中的同号条目", "补充定义"))
            continue
        problems += [
            Problem(f"指标{number}{row['part']} {title}", f"定义为{defined}，目标表为{row[column]}", "两者一致", "核对后改正定义")
            for column, title, defined in (("unit", "单位", definition.unit), ("attribute", "属性", definition.attribute))
            if row[column] != defined
        ]
        problems += _kind_problems(number, row, definition)
    for number, definition in plan.indicators.items():
        names = [part.name for part in definition.parts] or [""]
        if sorted(printed.get(number, [])) != sorted(names):
            found = "、".join(part or "（无分项）" for part in printed.get(number, [])) or "没有该行"
            problems.append(Problem(f"目标表序号{number}", found, "、".join(name or "（无分项）" for name in names), "核对分项和定义"))
    return problems


def _kind_problems(number: int, row: dict[str, Any], definition: IndicatorDefinition) -> list[Problem]:
    base, final = row["base_value"], row["final_value"]
    where = f"指标{number}{row['part']} 目标种类"
    if definition.kind is None:
        return [Problem(where, "未写明", "level、keep 或 rule", "在 indicators.yml 补充 kind")]
    if definition.kind == "rule" and final is not None:
        return [Problem(where, f"rule，而目标表印有{final}", "规则目标没有数值", "核对种类")]
    if definition.kind != "rule" and final is None:
        return [Problem(where, f"{definition.kind}，而目标表没有末期目标值", "数值", "补目标值或改为 rule")]
    if definition.kind == "keep" and base != final:
        return [Problem(where, f"keep，而基期{base}、目标{final}", "基期与目标相同", "改为 level")]
    return []


def _target(row: dict[str, Any], definition: IndicatorDefinition, table: TargetTable) -> dict[str, Any]:
    figures = {name: row[f"{name}_value"] for name in ("base", "milestone", "final")}
    decimals = max((printed_decimals(value) for value in figures.values() if value is not None), default=0)
    base, milestone, final = (float("nan") if value is None else float(value) for value in figures.values())
    rule = definition.rule_of(row["part"])
    return {
        "indicator_id": str(definition.number),
        "part": row["part"],
        "series_id": definition.id,
        "category": row["category"],
        "name": row["name"],
        "unit": definition.unit,
        "attribute": definition.attribute,
        "kind": definition.kind,
        "direction": definition.direction,
        "bounded": definition.bounded,
        "denominator": definition.denominator,
        "base_year": table.base_year,
        "base": base,
        "milestone_year": table.milestone_year,
        "milestone": milestone,
        "final_year": table.final_year,
        "target": final,
        "rounding_unit": 10.0**-decimals,
        "rule_compares": rule.compares if rule else "",
        "rule_comparison": rule.comparison if rule else "",
        "rule_reference": rule.reference if rule else "",
        "rule_reference_part": rule.reference_part if rule else "",
        "rule_factor": rule.factor if rule else float("nan"),
        "rule_lag_years": rule.lag_years if rule else 0,
        "rule_words": rule.words if rule else "",
        "counted_unit": definition.counted.unit if definition.counted else "",
        "counted_total": definition.counted.total if definition.counted else float("nan"),
        "transfer_since": definition.transfer.since.isoformat() if definition.transfer else "",
        "transfer_status": definition.transfer.status if definition.transfer else "",
        "definition_change_year": definition.definition_change.since_year if definition.definition_change else float("nan"),
        "data_owner": definition.data_owner,
        "reference": definition.reference,
        "rule_text": row["rule_text"] or "",
    }
