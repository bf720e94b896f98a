"""Reads a monitoring file: the whole file or none of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis.archive.forms import INSTRUCTIONS_SHEET, PLAN_LABEL, SHEETS, MonitoringForm
from analysis.intake.monitoring.comma_file import read_comma_file
from analysis.intake.monitoring.consistency import check_consistency
from analysis.intake.monitoring.container import Container, open_container
from analysis.intake.monitoring.findings import Findings
from analysis.intake.monitoring.grid import Grid
from analysis.intake.monitoring.reading import MonitoringFile
from analysis.intake.monitoring.rows import read_row
from analysis.intake.monitoring.table import table_rows
from analysis.intake.monitoring.workbook import open_workbook, plan_of_workbook, read_workbook
from analysis.vocabulary.errors import InputError


def declared_plan(path: Path) -> str:
    """Return the plan that a workbook says it belongs to; empty for CSV and for workbooks that don't say.

    Raises:
        InputError: the file can't be opened at all.
    """
    container = open_container(path)
    return plan_of_workbook(open_workbook(container.name, container.raw)) if container.kind == "workbook" else ""


def read_monitoring(path: Path, form: MonitoringForm) -> MonitoringFile:
    """Read a filled workbook or CSV file against a plan's form.

    Args:
        path: XLSX or CSV; what it is, its content says.
        form: the plan's form.

    Returns:
        The readings. A row without a figure is missing and yields none, never zero; only a task's status stands without one.

    Raises:
        InputError: every problem of the file, in its order.
    """
    container = open_container(path)
    findings = Findings(container.name)
    grids = _workbook_grids(container, form, findings) if container.kind == "workbook" else _comma_grids(container, findings)
    filled = [item for grid in grids for row in table_rows(grid, form, findings) if (item := read_row(row, form, findings))]
    check_consistency(filled, form, findings)
    findings.raise_problems()
    readings = tuple(item.reading for item in filled)
    return MonitoringFile(
        name=container.name,
        sha256=hashlib.sha256(container.raw).hexdigest(),
        readings=readings,
        demonstration_rows=sum(reading.is_demonstration for reading in readings),
        notices=findings.notices(),
    )


def _workbook_grids(container: Container, form: MonitoringForm, findings: Findings) -> list[Grid]:
    book = open_workbook(container.name, container.raw)
    plan = plan_of_workbook(book)
    if plan and plan != form.plan:
        raise InputError.single(
            f"{container.name} {INSTRUCTIONS_SHEET} {PLAN_LABEL}", plan, form.plan, "换用本规划的模板，或用 --plan 指明表所属的规划"
        )
    if not container.name.lower().endswith(".xlsx"):
        findings.notice("扩展名与内容不符，按 XLSX 工作簿读取", container.name)
    grids = read_workbook(book, findings)
    expected = [title for kind, title in SHEETS.items() if form.rows_of(kind)]
    missing = [title for title in expected if title not in {SHEETS[grid.kind] for grid in grids if grid.kind}]
    if not grids:
        findings.raise_problems()
        raise InputError.single(f"文件 {container.name}", f"工作表：{'、'.join(book.sheetnames)}", "、".join(expected), "用模板填写")
    for title in missing:
        findings.notice("没有这张工作表，其中的数按暂缺处理", title)
    return grids


def _comma_grids(container: Container, findings: Findings) -> list[Grid]:
    if container.name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        findings.notice("扩展名与内容不符，按 CSV 读取", container.name)
    return [read_comma_file(container.name, container.raw, findings)]
