"""Writes the monitoring workbook that officials fill in: locked labels, tinted input cells, drop-downs."""

from __future__ import annotations

import datetime
import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.archive import forms
from analysis.archive.forms import COLUMNS, LAYOUTS, SHEETS, FormRow, MonitoringForm, RowKind
from analysis.intake.monitoring.reading import Reading
from analysis.publishing.monitoring_instructions import write_instructions
from analysis.publishing.monitoring_styles import Styles
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION
from analysis.vocabulary.units import COUNT_UNITS

HEADER_ROW = 1  # below the title line
SPARE_WORDS = "年中调整时填"
SPARE_ROWS = 2  # a five-year plan saw the minimum wage change twice
_WIDTHS = {
    "指标序号": 6, "类别": 9, "指标名称": 22, "分项": 12, "年份": 6, "单位": 9, "基期值": 8, "填报口径": 24, "属性": 8, "提供单位": 16,
    "数值": 11, "已达到数k": 8, "总数N": 7, "生效日期": 12, "任务状态": 9, "数据版本": 12, "数据状态": 8, "口径": 10, "来源": 20,
    "备注": 20, "填报单位": 14, "审核人": 9, "佐证材料": 16, "已核对": 7,
}  # fmt: skip
# The first columns of a context sheet hold ids such as registered_population_aged60.
_CONTEXT_WIDTHS = {"指标序号": 17, "填报口径": 30, "分项": 14}
_COMMITMENT_WIDTHS = {"指标名称": 30, "填报口径": 28}
_LEAST_LINES = 1  # lines of text that the lowest row holds
_FROZEN_AFTER = "年份"
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = {heading: name for name, heading in COLUMNS.items()}
_LABELS = {heading: name for name, heading in forms.LABELS.items()}
_CHOICES = {
    "data_status": forms.DATA_STATUSES, "definition": forms.DEFINITIONS, "task_status": forms.TASK_STATUSES, "verified": forms.VERIFIED,
}  # fmt: skip
# What Excel shows beside the cell that is being filled.
_HINTS = {
    "value": "只填数字，不带单位、百分号、逗号。还没有数就留空：空表示暂缺，不是0。",
    "count": "已达到的个数。填了k和N，数值可留空，由二者算出。",
    "total": "应达到的总数，已按规划填好；有变动时改动，并在备注说明、在“已核对”填“是”。",
    "effective_date": "标准自哪天起执行，如 2021-12-01。",
    "edition": "该数公布的日期，如 2023-03-15。修订后填新的公布日期。",
    "data_status": "正式、初步或估算；留空为正式。",
    "definition": "统计口径与规划基期不同时选“口径变更”，并在备注写明。留空为与基期一致。",
    "source": "出自哪份文件、报表或台账。",
    "reviewer": "只填姓名或职务，不要填电话、身份证号码。",
    "verified": "数字与基期或上年相差悬殊而确实无误时，填“是”。",
    "task_status": "未启动、进行中、已完成或已取消。",
}


def write_template(form: MonitoringForm, path: Path, *, readings: Sequence[Reading] = ()) -> None:
    """Write the workbook of a plan, empty or with readings filled in.

    Args:
        form: the plan's form.
        path: where to; an existing file is replaced in one step once the new one is complete.
        readings: figures to fill in.

    Raises:
        InputError: a reading whose series, part or year the form does not have.
    """
    placed = _placed(form, readings)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".template-", suffix=".xlsx")
    os.close(handle)
    try:
        _write(form, temporary, placed)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _placed(form: MonitoringForm, readings: Sequence[Reading]) -> dict[tuple[str, str, int], list[Reading]]:
    placed: dict[tuple[str, str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        row = form.row(reading.series, reading.part)
        if row is None or reading.year not in form.years_of(row):
            raise InputError.single(
                f"预填数据 {reading.series}{reading.part} {reading.year}年", "表中没有这一行", "表中的指标和年份", "改正"
            )
        placed[reading.series, reading.part, reading.year].append(reading)
    return placed


def _write(form: MonitoringForm, target: str, placed: dict[tuple[str, str, int], list[Reading]]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    mark = f"【{DEMONSTRATION}】" if form.demonstration else ""
    title = f"{mark}{form.title}监测数据填报表"
    # Equal input gives equal bytes: the only date inside is fixed.
    book.set_properties({"title": title, "author": "", "created": datetime.datetime(form.base_year + 1, 1, 1)})
    book.set_size(2400, 1400)
    styles = Styles(book)
    write_instructions(book, styles, form, title)
    for kind, name in SHEETS.items():
        rows = form.rows_of(kind)
        if rows:
            _Sheet(book.add_worksheet(name), styles, form, kind, placed).write(f"{title}　{name}", rows)
    book.close()


class _Sheet:
    """One data sheet while it is written."""

    def __init__(
        self, sheet: Any, styles: Styles, form: MonitoringForm, kind: RowKind, placed: dict[tuple[str, str, int], list[Reading]]
    ) -> None:
        self.sheet, self.styles, self.form, self.kind, self.placed = sheet, styles, form, kind, placed
        self.headings = LAYOUTS[kind]
        self.widths = _WIDTHS | {"context": _CONTEXT_WIDTHS, "commitment": _COMMITMENT_WIDTHS}.get(kind, {})
        self.line = HEADER_ROW + 1
        self.rules: dict[str, tuple[dict[str, Any], list[tuple[int, int]]]] = {}  # each rule once, with its cells

    def write(self, title: str, rows: Sequence[FormRow]) -> None:
        """Write title, header and all rows, then the sheet's protection and print setup."""
        self.sheet.set_row(0, 26)
        self.sheet.write_string(0, 0, title, self.styles.title())
        self.sheet.set_row(HEADER_ROW, 30)
        for column, heading in enumerate(self.headings):
            self.sheet.set_column(column, column, self.widths[heading])
            self.sheet.write_string(HEADER_ROW, column, heading, self.styles.header(heading in _NAMES and not self._is_label(heading)))
        for row in rows:
            self._write_row(row)
        self._finish(title)

    def _write_row(self, row: FormRow) -> None:
        first = True
        for year in self.form.years_of(row):
            for reading in self.placed.get((row.series, row.part, year)) or (None,):
                self._write_line(row, year, reading, first)
                first = False
        if row.dated:
            for _ in range(SPARE_ROWS):
                self._write_line(row, None, None, False)

    def _write_line(self, row: FormRow, year: int | None, reading: Reading | None, first: bool) -> None:
        """Write one line; without a year it is the spare line for a change within a year."""
        for column, heading in enumerate(self.headings):
            if self._is_label(heading) and not (heading == "年份" and year is None):
                self._write_label(row, year, column, heading, first)
            elif self._applies(row, heading):
                self._write_input(row, reading, column, _NAMES[heading], first)
            else:
                self.sheet.write_blank(self.line, column, None, self.styles.closed(first))
        texts = {"指标名称": row.name, "分项": row.part, "填报口径": row.definition, "提供单位": row.data_owner}
        lines = max(_lines(text, self.widths[heading]) for heading, text in texts.items() if heading in self.headings)
        self.sheet.set_row(self.line, 8 + 14 * max(lines, _LEAST_LINES))
        self.line += 1

    @staticmethod
    def _is_label(heading: str) -> bool:
        return heading in _LABELS or heading in ("指标序号", "分项", "年份", "单位")

    def _applies(self, row: FormRow, heading: str) -> bool:
        if heading in ("已达到数k", "总数N"):
            return row.counted_total is not None
        return heading != "生效日期" or row.dated

    def _write_label(self, row: FormRow, year: int | None, column: int, heading: str, first: bool) -> None:
        texts: dict[str, str | int | float | None] = {
            "指标序号": int(row.series) if row.kind == "indicator" else row.series, "分项": row.part, "年份": year, "单位": row.unit,
        }  # fmt: skip
        value = texts[heading] if heading in texts else getattr(row, _LABELS[heading])
        if year is None and heading == "填报口径":
            value = f"{SPARE_WORDS}（先选年份）"
        left = heading in ("指标名称", "分项", "填报口径", "提供单位", "类别") or (heading == "指标序号" and row.kind == "context")
        style = self.styles.label(left, first)
        if value is None and heading == "基期值":
            value = "—"
        if isinstance(value, int | float):
            self.sheet.write_number(self.line, column, value, style)
        else:
            self.sheet.write_string(self.line, column, value or "", style)

    def _write_input(self, row: FormRow, reading: Reading | None, column: int, name: str, first: bool) -> None:
        style = self.styles.input(_number_format(row, name), name in ("source", "note", "evidence", "reporter"), first)
        value = _content(row, reading, name)
        if isinstance(value, datetime.date):
            self.sheet.write_datetime(self.line, column, value, style)
        elif isinstance(value, str):
            self.sheet.write_string(self.line, column, value, style)
        elif value is not None:
            self.sheet.write_number(self.line, column, value, style)
        else:
            self.sheet.write_blank(self.line, column, None, style)
        rule = self._validation(row, name)
        if rule:
            self.rules.setdefault(repr(rule), (rule, []))[1].append((self.line, column))

    def _validation(self, row: FormRow, name: str) -> dict[str, Any] | None:
        """Return what Excel checks at typing; numbers and dates only warn, ``minzheng check`` has the last word."""
        hint = {"input_title": COLUMNS[name], "input_message": _HINTS[name]} if name in _HINTS else {}
        if name in _CHOICES:
            told = {"error_title": "请从列表中选", "error_message": "可选：" + "、".join(_CHOICES[name])}
            return {"validate": "list", "source": list(_CHOICES[name]), **hint, **told}
        warn = {"error_type": "warning", "error_title": "请核对"}
        if name == "year":
            years = [str(year) for year in self.form.years_of(row)]
            return {"validate": "list", "source": years, "input_title": SPARE_WORDS, "input_message": "选择标准调整的年份。"}
        if name == "value":
            low, high = (-1e12 if row.may_be_negative else 0), (100 if row.is_share else 1e12)
            words = "0到100之间的数字" if row.is_share else "数字" if row.may_be_negative else "不小于0的数字"
            kind = "integer" if row.unit in COUNT_UNITS else "decimal"
            limits = {"criteria": "between", "minimum": low, "maximum": high}
            return {"validate": kind, **limits, **hint, **warn, "error_message": f"应为{words}（单位：{row.unit}）。"}
        if name in ("count", "total"):
            return {"validate": "integer", "criteria": ">=", "value": 0, **hint, **warn, "error_message": "应为不小于0的整数。"}
        if name in ("effective_date", "edition"):
            days = {"criteria": "between", "minimum": datetime.date(1990, 1, 1), "maximum": datetime.date(2100, 1, 1)}
            return {"validate": "date", **days, **hint, **warn, "error_message": "应为日期，如 2021-12-01。"}
        return {"validate": "any", **hint} if hint else None

    def _finish(self, title: str) -> None:
        sheet, last = self.sheet, len(self.headings) - 1
        for rule, cells in self.rules.values():
            areas = _areas(cells)
            sheet.data_validation(*areas[0], {**rule, "other_cells": areas[1:]})
        frozen = self.headings.index(_FROZEN_AFTER) + 1
        sheet.freeze_panes(HEADER_ROW + 1, frozen)
        sheet.autofilter(HEADER_ROW, 0, self.line - 1, last)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": False})
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
        sheet.fit_to_pages(2, 0)  # on one page's width the print would be under 6 points
        sheet.repeat_rows(0, HEADER_ROW)
        sheet.repeat_columns(0, frozen - 1)
        sheet.print_area(0, 0, self.line - 1, last)
        sheet.set_footer(f"&L&8{title}&R&8第&P页，共&N页")
        sheet.set_selection(HEADER_ROW + 1, self.headings.index("数值"), HEADER_ROW + 1, self.headings.index("数值"))


def _areas(cells: list[tuple[int, int]]) -> list[list[int]]:
    """Join cells that stand below each other: first row, first column, last row, last column of each run."""
    areas: list[list[int]] = []
    for line, column in sorted(cells, key=lambda cell: (cell[1], cell[0])):
        if areas and areas[-1][1] == column and areas[-1][2] == line - 1:
            areas[-1][2] = line
        else:
            areas.append([line, column, line, column])
    return areas


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column: a Han character is two units wide, and a unit is lost at the edge."""
    units = sum(1 if character.isascii() else 2 for character in text)
    return max(1, -(-units // int(width - 1)))


def _number_format(row: FormRow, name: str) -> str:
    """Return a cell's number format: no thousands separators, so that a sheet saved as CSV reads back."""
    if name in ("effective_date", "edition"):
        return "yyyy-mm-dd"
    if name in ("count", "total", "year"):
        return "0"
    if name != "value":
        return "@"
    if row.unit in COUNT_UNITS:
        return "0"
    return "0.00" if "元" in row.unit or row.unit.startswith("万") else "0.0#"


def _content(row: FormRow, reading: Reading | None, name: str) -> str | float | datetime.date | None:
    """Return what a cell is filled with: the reading's content, or the total that the plan fixes."""
    if reading is None:
        return row.counted_total if name == "total" else None
    value = getattr(reading, name)
    if name == "edition" and _ISO_DAY.fullmatch(value):  # other editions are names
        return datetime.date.fromisoformat(value)
    if name == "value" and not reading.has_value:
        return None
    if name == "verified":
        return forms.VERIFIED[0] if value else None
    return value or None if isinstance(value, str) else value
