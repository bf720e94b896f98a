"""A small made-up form and the ways in which officials' files go wrong."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.archive.commitments import Commitment
from analysis.archive.forms import COLUMNS, FormRow, MonitoringForm, RowKind
from analysis.intake.monitoring import MonitoringFile, Reading, read_monitoring
from analysis.publishing.monitoring_template import write_template
from analysis.vocabulary.errors import InputError, Problem


def form_row(kind: RowKind, series: str, name: str, unit: str, **changes: Any) -> FormRow:
    plain: dict[str, Any] = {
        "part": "", "category": "示例", "attribute": "预期性", "base_value": None, "is_share": False, "may_be_negative": False,
        "counted_unit": "", "counted_total": None, "dated": False, "definition": "", "data_owner": "示例单位",
    }  # fmt: skip
    return FormRow(kind=kind, series=series, name=name, unit=unit, **plain | changes)


COMMITMENT = Commitment(
    id="t01", task="示例任务", category="示例", comparison="equal", quantity=100.0, unit="%", deadline_year=2023, reference="示例"
)
FORM = MonitoringForm(
    plan="demo-small", title="示例区规划（演示）", place="示例区", demonstration=True, base_year=2020, years=(2021, 2022, 2023),
    rows=(
        form_row("indicator", "1", "救助标准增速", "%", base_value=6.9, may_be_negative=True),
        form_row("indicator", "2", "供养标准", "元/人/月", base_value=1728.0, dated=True),
        form_row("indicator", "3", "护理补贴", "元/人/月", part="甲类（一）", base_value=42.0, dated=True),
        form_row("indicator", "3", "护理补贴", "元/人/月", part="乙类", dated=True),
        form_row("indicator", "4", "床位占比", "%", base_value=73.0, is_share=True),
        form_row("indicator", "5", "街道覆盖率", "%", base_value=39.0, is_share=True, counted_unit="街道", counted_total=18),
        form_row("indicator", "6", "社区覆盖率", "%", is_share=True, counted_unit="社区", counted_total=222),
        form_row("indicator", "7", "社会组织", "个", base_value=100.0),
        form_row("indicator", "8", "小占比", "%", base_value=2.0, is_share=True),
        form_row("context", "minimum_wage", "最低工资标准", "元/月", dated=True),
        form_row("context", "resident_population", "常住人口", "万人"),
        form_row("commitment", "t01", "示例任务", "%", is_share=True),
    ),
    commitments=(COMMITMENT,),
)  # fmt: skip
HEADINGS = list(COLUMNS)


def reading(series: str, year: int, value: float, **changes: Any) -> Reading:
    """A reading as the form would have it; N is the form's."""
    row = next(row for row in FORM.rows if row.series == series and row.part == changes.get("part", row.part))
    plain: dict[str, Any] = {
        "part": row.part, "unit": row.unit, "effective_date": None, "edition": "", "source": "示例报表", "note": "", "count": None,
        "total": row.counted_total, "data_status": "正式", "definition": "与基期一致", "task_status": "", "reporter": "", "reviewer": "",
        "evidence": "", "verified": False, "where": "",
    }  # fmt: skip
    return Reading(series=series, year=year, value=value, **plain | changes)


@cache
def _template(readings: tuple[Reading, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "模板.xlsx"
        write_template(FORM, path, readings=readings)
        return path.read_bytes()


def workbook(folder: Path, change: Callable[[Any], None] | None = None, readings: Sequence[Reading] = (), name: str = "表.xlsx") -> Path:
    """A filled template after an official's change to it."""
    path = folder / name
    book = load_workbook(io.BytesIO(_template(tuple(readings))))
    if change:
        change(book)
    book.save(path)
    return path


def at(sheet: Worksheet, series: str, year: int | None, heading: str, part: str = "") -> Any:
    """The cell of a row and column of a data sheet, found by its labels."""
    columns = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        labels = [sheet.cell(row, columns[name]).value if name in columns else None for name in ("指标序号", "分项", "年份")]
        if [str(labels[0]), labels[1] or "", labels[2]] == [series, part, year]:
            return sheet.cell(row, columns[heading])
    raise LookupError((series, part, year, heading))


def csv_file(
    folder: Path, rows: Sequence[dict[str, Any]], *, encoding: str = "utf-8", name: str = "表.csv", columns: Sequence[str] = HEADINGS
) -> Path:
    """A CSV file with the columns' English names."""
    path = folder / name
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def csv_row(series: str, year: object, value: object, **changes: Any) -> dict[str, Any]:
    unit = next((row.unit for row in FORM.rows if row.series == series), "")
    return {"indicator_id": series, "year": year, "value": value, "unit": unit, "source": "示例报表"} | changes


def as_csv_row(item: Reading) -> dict[str, Any]:
    """A reading as a row of a CSV file."""
    fields = dataclasses.asdict(item) | {"indicator_id": item.series, "verified": "是" if item.verified else ""}
    if not item.has_value:
        fields["value"] = ""
    return {name: fields[name].isoformat() if isinstance(fields[name], datetime.date) else fields[name] for name in HEADINGS}


def read(path: Path) -> MonitoringFile:
    return read_monitoring(path, FORM)


def problems(path: Path) -> tuple[Problem, ...]:
    """The problems of a file that must not be read."""
    try:
        read(path)
    except InputError as error:
        return error.problems
    raise AssertionError("the file was read")


def only_problem(path: Path) -> Problem:
    found = problems(path)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]
