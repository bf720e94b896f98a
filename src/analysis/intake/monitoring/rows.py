"""From a row to a reading: which figure it is, whether its cells can be read, whether they fit the form."""

from __future__ import annotations

import datetime
import difflib
import math
from dataclasses import dataclass
from decimal import Decimal

from analysis.archive import forms
from analysis.archive.forms import COLUMNS, FormRow, MonitoringForm
from analysis.intake.monitoring.counted import NOISE, agreed_share, agrees, read_counts
from analysis.intake.monitoring.dates import looks_like_date, read_date
from analysis.intake.monitoring.examined_row import ExaminedRow
from analysis.intake.monitoring.findings import TOLD, Cell, Findings
from analysis.intake.monitoring.headings import folded
from analysis.intake.monitoring.numbers import read_number, read_year
from analysis.intake.monitoring.reading import Reading
from analysis.intake.monitoring.table import TableRow
from analysis.vocabulary.units import COUNT_UNITS, same_unit

_HIGHEST_SHARE, _LONGEST_EDITION, _LONGEST_NAME = 100, 20, 40


@dataclass(frozen=True)
class Filled:
    """A reading with what later checks say of it: its row of the form, its cell, its name in messages."""

    reading: Reading
    row: FormRow
    cell: Cell
    about: str


def read_row(table: TableRow, form: MonitoringForm, findings: Findings) -> Filled | None:
    """Read one row.

    Args:
        table: its cells.
        form: what the file may hold.
        findings: takes every problem of the row.

    Returns:
        The reading; None for a row without a figure, for one of the base year, and for one with a problem. A task whose
        status is reported without a figure has the value NaN.
    """
    row = ExaminedRow(table, findings)
    form_row = _identified(row, form)
    figure = table.has("value") or table.has("count")
    reported = figure or (form_row is not None and form_row.kind == "commitment" and table.has("task_status"))
    if not table.has("year") and not reported:
        return None  # a spare row of the template
    year = _year(row, form, form_row)
    if form_row is None or year is None:
        return None
    row.about = f"{form_row.title} {year}年"
    findings.name_row(table.first, row.about)
    if not reported:
        remark = [name for name in ("source", "note", "effective_date", "evidence", "task_status") if table.has(name)]
        if remark:
            findings.notice(f"填了{COLUMNS[remark[0]]}而没有数值，按暂缺处理", table.cell("value").address)
        return None
    return _reading(row, form, form_row, year)


def _identified(row: ExaminedRow, form: MonitoringForm) -> FormRow | None:
    cell, part_cell, name = row.table.cell("indicator_id"), row.table.cell("part"), row.table.name
    if TOLD in (cell.value, part_cell.value):
        row.sound = False
        return None
    known = {folded(item.series): item.series for item in form.rows}
    series = known.get(folded(cell.text))
    if series is None:
        near = difflib.get_close_matches(cell.text[:_LONGEST_NAME], known, n=1)
        found = f"指标序号“{cell.text[:30]}”" if cell.text else "没有指标序号"
        row.refuse(
            cell, found, "规划的指标序号、背景数据标识或任务编号",
            f"是否应为 {near[0]}；按模板改正" if near else "按模板改正；表下的说明移到备注列，或删去该行",
        )  # fmt: skip
        return None
    parts = {folded(part): part for part in form.parts(series)}
    part = parts.get(folded(part_cell.text))
    if part is None:
        row.about = f"指标{series}" if series.isdigit() else series
        expected = "、".join(parts.values()) or "空"
        found = f"分项“{part_cell.text[:30]}”" if part_cell.text else "没有分项"
        row.refuse(part_cell, found, expected, "按模板的分项名称填写；无分项的留空")
        return None
    form_row = form.row(series, part)
    assert form_row is not None  # its parts come from the same rows
    row.about = form_row.title
    if name is not None and name.text and folded(name.text) != folded(form_row.name):
        row.refuse(name, f"指标名称“{name.text[:40]}”", form_row.name, "序号与名称不是同一指标（行被错位）；按模板恢复")
        return None
    return form_row


def _year(row: ExaminedRow, form: MonitoringForm, form_row: FormRow | None) -> int | None:
    cell = row.table.cell("year")
    if cell.value is None:
        row.refuse(cell, "没有年份", "四位年份", "填上年份")
        return None
    year = row.taken(cell, read_year(cell.value))
    allowed = (form.base_year, *form.years)
    if year is None or form_row is None or (year in allowed and (form_row.kind != "commitment" or year in form.years)):
        return year
    years = form.years_of(form_row)
    row.refuse(cell, f"{year}年", f"{years[0]}—{years[-1]}年", "年份不在规划期内；改正年份，或删去该行")
    return None


def _reading(row: ExaminedRow, form: MonitoringForm, form_row: FormRow, year: int) -> Filled | None:
    table = row.table
    value_cell = table.cell("value")
    typed = None if value_cell.value is None else row.taken(value_cell, read_number(value_cell.value, value_cell.percent_format))
    verified = row.choice("verified", forms.VERIFIED, "否") == "是"
    count, total = read_counts(row, form_row, verified)
    value = typed
    if count is not None and total and count <= total:
        value = agreed_share(row, typed, count, total)
    by_count = value_cell.value is None and table.has("count")
    cell = table.cell("count") if by_count else value_cell
    if value is not None:
        _check_range(row, form_row, cell, value)
    _check_unit(row, form_row)
    status = row.choice("data_status", forms.DATA_STATUSES, forms.DATA_STATUSES[0])
    definition = row.choice("definition", forms.DEFINITIONS, forms.SAME_DEFINITION)
    task_status = row.choice("task_status", forms.TASK_STATUSES, "")
    if task_status and form_row.kind != "commitment":
        row.refuse(table.cell("task_status"), f"任务状态“{task_status}”", "空", "任务状态只在任务台账填；删去")
    effective = _effective_date(row, form_row, year)
    edition = _edition(row)
    if not row.sound:
        return None
    if value is not None and year == form.base_year and not form_row.is_context:
        _check_base(row, form_row, cell, value if typed is None else typed, by_count)
        return None
    if value is None:
        row.findings.notice("只有任务状态，没有数值", cell.address)
    elif not table.has("source"):
        row.findings.notice("没有填来源", cell.address)
    reading = Reading(
        form_row.series, form_row.part, year, math.nan if value is None else value, form_row.unit, effective, edition,
        row.text("source"), row.text("note"), count, total, status, definition, task_status,
        row.text("reporter"), row.text("reviewer"), row.text("evidence"), verified,
        f"{row.findings.file} {cell.address if '!' in cell.address else cell.address.split()[0]}",
    )  # fmt: skip
    return Filled(reading, form_row, cell, row.about)


def _check_range(row: ExaminedRow, form_row: FormRow, cell: Cell, value: float) -> None:
    if form_row.is_share and not 0 <= value <= _HIGHEST_SHARE:
        row.refuse(cell, f"{value:g}", "0—100", "占比不会小于0或大于100；核对分子、分母")
    elif value < 0 and not form_row.may_be_negative:
        row.refuse(cell, f"{value:g}", "不小于0", "核对正负号")
    elif form_row.unit in COUNT_UNITS and not value.is_integer():
        row.findings.notice(f"以“{form_row.unit}”为单位的数有小数，请核对", cell.address)


def _check_unit(row: ExaminedRow, form_row: FormRow) -> None:
    cell = row.table.cell("unit")
    if cell.value is None and not row.table.has("value") and not row.table.has("count"):
        return  # a task's status needs none
    if cell.value is None:
        row.refuse(cell, "没有单位", form_row.unit, f"填“{form_row.unit}”")
    elif not same_unit(cell.text, form_row.unit):
        row.refuse(cell, f"单位“{cell.text[:20]}”", form_row.unit, f"把数值换算为“{form_row.unit}”，单位照填")


def _edition(row: ExaminedRow) -> str:
    """Return the edition: a date as ISO, any other name as it is written (its order among others is that of its text)."""
    cell = row.table.cell("edition")
    if not cell.text:
        return ""
    day = read_date(cell.value)
    if isinstance(day, datetime.date):
        return day.isoformat()
    if looks_like_date(cell.text) or len(cell.text) > _LONGEST_EDITION:
        row.refuse(cell, day.found, "公布日期，如 2024-03-31；或不超过20字的版本名", day.action)
        return ""
    row.findings.notice("数据版本不是完整日期，先后按名称排列", cell.address)
    return cell.text


def _effective_date(row: ExaminedRow, form_row: FormRow, year: int) -> datetime.date | None:
    cell = row.table.cell("effective_date")
    if cell.value is None:
        return None
    if not form_row.dated:
        row.findings.notice("不是按生效日期填报的数，生效日期没有采用", cell.address)
        return None
    day = row.taken(cell, read_date(cell.value))
    if day is not None and day.year > year:
        row.refuse(cell, day.isoformat(), f"不晚于{year}年底", f"改正日期，或把该数填到{day.year}年")
    return day


def _check_base(row: ExaminedRow, form_row: FormRow, cell: Cell, value: float, by_count: bool) -> None:
    """Compare a figure of the base year with the printed one, which is rounded where it was counted."""
    base = form_row.base_value
    if base is None:
        row.refuse(cell, f"{value:g}", "空（规划未印基期值）", "基期值以规划为准；删去该数")
    elif not (agrees(Decimal(repr(value)), base) if by_count else abs(value - base) <= float(NOISE)):
        row.refuse(cell, f"{value:g}", f"{base:g}（规划印制）", "基期值以规划为准；改回，或删去该行")
