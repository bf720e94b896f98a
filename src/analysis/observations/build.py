"""Builds data/processed from the deposits: the printed tables, the long table, the Frictionless package, the dictionary."""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis.archive.plans import load_plan
from analysis.archive.sources import Deposit, load_deposit, sha256_of
from analysis.archive.tables import TableSchema, package_schema
from analysis.intake.boxes import ACHIEVED, PLANNED, STATISTICS
from analysis.intake.plan_text import PlanTables, read_plan_text
from analysis.observations.long_table import long_table
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

PLAN_SOURCE = "yuexiu-plan-14"
BOXES_FILE = "boxes-1-3.txt"
EXTRA_CELLS = "多出的单元格"
_NUMBERS = {"integer": re.compile(r"-?[0-9]+"), "number": re.compile(r"-?[0-9]+(\.[0-9]+)?")}
RECORDS = ("projects", "prose_figures", "printing_slips")
_FRICTIONLESS_DIALECT = {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8"}


def build(out: Path | None = None, edition: str = "latest") -> list[Path]:
    """Parse the deposits and write every table of data/processed.

    Nothing takes its name before all of it is built, so a defect leaves the older tables as they were.

    Args:
        out: folder to write into; data/processed by default.
        edition: edition of the plan's deposit.

    Returns:
        The files written.

    Raises:
        InputError: a deposit that differs from its sidecar, or text that can't be placed.
    """
    target = out or paths.processed_data()
    deposit = load_deposit(PLAN_SOURCE, edition)
    tables = read_plan_text(deposit.path(BOXES_FILE), boxes=(ACHIEVED, STATISTICS, PLANNED))
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as folder:
        staging = Path(folder)
        _write_all(staging, tables, deposit)
        written = []
        for file in sorted(staging.iterdir()):
            os.replace(file, target / file.name)
            written.append(target / file.name)
    return written


def _write_all(staging: Path, tables: PlanTables, deposit: Deposit) -> None:
    contents: dict[str, Sequence[dict[str, Any]]] = {
        kind: [vars(row) for row in tables.rows(kind)] for kind in (ACHIEVED, STATISTICS, PLANNED)
    }
    contents |= {name: _records(deposit, name) for name in RECORDS}
    contents["observations"] = long_table(tables, load_plan("yuexiu-13"), load_plan("yuexiu-14"), deposit, BOXES_FILE)
    schema = package_schema()
    for table in schema.tables:
        _write_csv(staging / f"{table.name}.csv", table, contents[table.name])
    package = _package(staging, deposit)
    (staging / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _records(deposit: Deposit, name: str) -> list[dict[str, Any]]:
    """Read a deposit's structured records, checking columns and keys against the schema."""
    path = deposit.path(f"{name}.csv")
    schema = package_schema().table(name)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True, restkey=EXTRA_CELLS)
        expected = [field.name for field in schema.fields if field.name != "source_line"]
        if reader.fieldnames != expected:
            found = "、".join(reader.fieldnames or [])
            raise InputError.single(f"{path.name} 第1行", found, "、".join(expected), "改正表头")
        rows: list[dict[str, Any]] = [row | {"source_line": reader.line_num} for row in reader]
    problems = [problem for row in rows for problem in _record_problems(path.name, row, schema)]
    if problems:
        raise InputError(problems)
    return rows


def _record_problems(file: str, row: dict[str, Any], schema: TableSchema) -> list[Problem]:
    problems = []
    if EXTRA_CELLS in row:
        problems.append(
            Problem(f"{file} 第{row['source_line']}行", f"多出的单元格：{'、'.join(row[EXTRA_CELLS])}", "与表头同数", "核对逗号和引号")
        )
    for field in schema.fields:
        cell = row.get(field.name)
        where = f"{file} 第{row['source_line']}行 {field.name}列"
        if field.required and cell in ("", None):
            problems.append(Problem(where, "空", field.description, "补上"))
        elif cell and field.enum and cell not in field.enum:
            problems.append(Problem(where, str(cell), "、".join(field.enum), "改为其中之一"))
        elif cell and field.name != "source_line" and field.type != "string" and not _NUMBERS[field.type].fullmatch(str(cell)):
            wanted = "整数" if field.type == "integer" else "数字"
            problems.append(Problem(where, str(cell), wanted, f"改为{wanted}"))
    return problems


def _write_csv(path: Path, table: TableSchema, rows: Sequence[dict[str, Any]]) -> None:
    columns = [field.name for field in table.fields]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _package(folder: Path, deposit: Deposit) -> dict[str, Any]:
    """Describe the tables as a Frictionless data package."""
    schema = package_schema()
    resources = []
    for table in schema.tables:
        path = folder / f"{table.name}.csv"
        fields = []
        for field in table.fields:
            constraints: dict[str, Any] = {"required": True} if field.required else {}
            if field.enum:
                constraints["enum"] = field.enum
            fields.append(
                {"name": field.name, "type": field.type, "description": field.description}
                | ({"constraints": constraints} if constraints else {})
            )
        resources.append(
            {"name": table.name.replace("_", "-"), "title": table.title, "path": path.name}
            | _FRICTIONLESS_DIALECT
            | {"hash": f"sha256:{sha256_of(path)}", "bytes": path.stat().st_size}
            | {"schema": {"fields": fields, "primaryKey": table.key, "missingValues": [""]}}
        )
    side = deposit.sidecar
    return {
        "profile": "tabular-data-package",
        "name": schema.name,
        "title": schema.title,
        "version": deposit.edition,
        "sources": [
            {"title": f"{side.issuer}《{side.title}》（{side.document_number}）", "path": f"data/raw/{deposit.source}/{deposit.edition}"}
        ],
        "resources": resources,
    }


def data_dictionary() -> str:
    """Return docs/data-dictionary.md: every table and column with type and meaning."""
    schema = package_schema()
    lines = ["# 数据字典", "", "由 `src/analysis/parameters/tables.yml` 生成（`make data`），请勿手工修改。", ""]
    for table in schema.tables:
        lines += [
            f"## {table.name}：{table.title}",
            "",
            f"行标识：{'、'.join(table.key)}",
            "",
            "| 列 | 类型 | 必填 | 含义 |",
            "|---|---|---|---|",
        ]
        for field in table.fields:
            choices = f"（{'、'.join(field.enum)}）" if field.enum else ""
            lines.append(f"| `{field.name}` | {field.type} | {'是' if field.required else '否'} | {field.description}{choices} |")
        lines.append("")
    return "\n".join(lines)
