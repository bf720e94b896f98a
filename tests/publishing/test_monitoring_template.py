"""The workbook that officials get: complete, protected, marked, the same each time it is written."""

from __future__ import annotations

import dataclasses
import datetime
import math
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.archive.forms import COLUMNS, LAYOUTS, REQUIRED_COLUMNS, SHEETS, MonitoringForm
from analysis.intake.monitoring import Reading, declared_plan, read_monitoring
from analysis.observations.monitoring_form import monitoring_form
from analysis.publishing.monitoring_template import SPARE_ROWS, SPARE_WORDS, write_template
from analysis.vocabulary.errors import InputError


@pytest.fixture(scope="module")
def form() -> MonitoringForm:
    return monitoring_form("yuexiu-14")


@pytest.fixture(scope="module")
def path(form: MonitoringForm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("模板") / "表.xlsx"
    write_template(form, path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return load_workbook(path)


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    lines = list(book[sheet].iter_rows(min_row=2))
    return [dict(zip([cell.value for cell in lines[0]], line, strict=True)) for line in lines[1:]]


def test_one_row_an_indicator_part_and_year_and_spare_rows_for_standards(book: Any, form: MonitoringForm) -> None:
    for kind, sheet in SHEETS.items():
        expected = [
            (row.series, row.part, year)
            for row in form.rows_of(kind)
            for year in (*form.years_of(row), *([None] * SPARE_ROWS if row.dated else []))
        ]
        found = [(str(r["指标序号"].value), r["分项"].value or "" if "分项" in r else "", r["年份"].value) for r in rows(book, sheet)]
        assert found == expected
    assert len(rows(book, "指标")) == 27 * 5 + 8 * SPARE_ROWS
    assert len(rows(book, "背景数据")) == 8 * 6 + 4 * SPARE_ROWS
    assert len(rows(book, "任务台账")) == 11 * 5


def test_spare_rows_say_what_they_are_for(book: Any) -> None:
    spare = [row for sheet in ("指标", "背景数据") for row in rows(book, sheet) if row["年份"].value is None]
    assert len(spare) == 24
    assert all(row["填报口径"].value.startswith(SPARE_WORDS) and not row["年份"].protection.locked for row in spare)
    assert [row["指标序号"].value for row in spare].count("minimum_wage") == 2


def test_labels_are_locked_and_only_what_applies_is_open(book: Any, form: MonitoringForm) -> None:
    for kind, sheet in SHEETS.items():
        assert book[sheet].protection.sheet and not book[sheet].protection.password
        for row in rows(book, sheet):
            form_row = form.row(str(row["指标序号"].value), row["分项"].value or "" if "分项" in row else "")
            assert form_row is not None and form_row.kind == kind
            for heading in ("指标序号", "指标名称", "单位", "填报口径"):
                assert row[heading].protection.locked
            for heading in ("数值", "数据版本", "来源", "备注", "已核对", "填报单位", "审核人", "佐证材料", "数据状态", "口径"):
                assert not row[heading].protection.locked
            if "生效日期" in row:
                assert row["生效日期"].protection.locked != form_row.dated
            if "已达到数k" in row:
                assert row["已达到数k"].protection.locked == (form_row.counted_total is None)
                assert row["总数N"].value == form_row.counted_total
            assert row["单位"].value == form_row.unit and row["指标名称"].value == form_row.name
    assert {row["总数N"].value for row in rows(book, "指标")} == {None, 18, 222}


def test_drop_downs_stand_inline_on_every_cell_of_their_columns(book: Any) -> None:
    lists = {
        '"正式,初步,估算"': "数据状态",
        '"与基期一致,口径变更"': "口径",
        '"是,否"': "已核对",
        '"未启动,进行中,已完成,已取消"': "任务状态",
    }
    for sheet in SHEETS.values():
        found = {rule.formula1: rule for rule in book[sheet].data_validations.dataValidation if rule.type == "list"}
        for formula, heading in lists.items():
            if heading in LAYOUTS[next(kind for kind, title in SHEETS.items() if title == sheet)]:
                assert all(row[heading].coordinate in found[formula].sqref for row in rows(book, sheet))
                assert found[formula].errorStyle in (None, "stop")
        assert all(
            rule.errorStyle == "warning"
            for rule in book[sheet].data_validations.dataValidation
            if rule.type in ("decimal", "whole", "date")
        )


def test_headings_print_setup_and_frozen_panes(book: Any, form: MonitoringForm) -> None:
    for kind, sheet in SHEETS.items():
        page = book[sheet]
        assert [cell.value for cell in page[2]] == list(LAYOUTS[kind])
        assert page.page_setup.orientation == "landscape" and page.page_setup.paperSize == 9 and page.page_setup.fitToHeight == 0
        assert page.print_title_rows == "$1:$2" and page.freeze_panes.endswith("3")
        assert form.title in page["A1"].value and "&P" in page.oddFooter.right.text.replace("第&P", "&P")
        assert not page.merged_cells.ranges and page.sheet_state == "visible"
    headings = {heading for layout in LAYOUTS.values() for heading in layout}
    assert headings >= set(COLUMNS.values())
    assert set(REQUIRED_COLUMNS.values()) <= set(LAYOUTS["indicator"]) & set(LAYOUTS["context"])


def test_instructions_name_plan_series_and_command(book: Any, path: Path, form: MonitoringForm) -> None:
    text = "\n".join(str(cell.value) for row in book["填报说明"].iter_rows() for cell in row if cell.value)
    for words in ("minzheng check", "2021-12-01", "暂缺", "口径变更", "身份证号码", *(row.series for row in form.rows_of("context"))):
        assert words in text
    assert declared_plan(path) == "yuexiu-14"
    assert "演示数据" not in text and "演示数据" not in (book.properties.title or "")


def test_no_line_of_the_instructions_is_cut_off(book: Any) -> None:
    sheet = book["填报说明"]
    width = sum(sheet.column_dimensions[letter].width for letter in "BCD")
    for area in sheet.merged_cells.ranges:
        text = str(sheet.cell(area.min_row, area.min_col).value)
        lines = -(-sum(1 if character.isascii() else 2 for character in text) // width)
        assert sheet.row_dimensions[area.min_row].height >= 14 * lines, text


def test_equal_input_gives_equal_bytes_and_no_trace_of_time(form: MonitoringForm, path: Path, tmp_path: Path) -> None:
    write_template(form, tmp_path / "另一份.xlsx")
    assert (tmp_path / "另一份.xlsx").read_bytes() == path.read_bytes()
    assert [item.name for item in tmp_path.iterdir()] == ["另一份.xlsx"]
    assert load_workbook(path).properties.created == datetime.datetime(2021, 1, 1)


def reading(**changes: Any) -> Reading:
    plain: dict[str, Any] = {
        "series": "minimum_wage", "part": "", "year": 2021, "value": 1.0, "unit": "元/月", "effective_date": None, "edition": "2022-03-01",
        "source": "=示例", "note": "", "count": None, "total": None, "data_status": "正式", "definition": "与基期一致", "task_status": "",
        "reporter": "", "reviewer": "", "evidence": "", "verified": False, "where": "",
    }  # fmt: skip
    return Reading(**plain | changes)


def test_demonstration_form_is_marked_everywhere_and_prefilled(tmp_path: Path) -> None:
    form = monitoring_form("demo-14")
    assert form.demonstration
    path = tmp_path / "演示数据-表.xlsx"
    items = [reading(value=2000.0), reading(value=2200.0, effective_date=datetime.date(2021, 12, 1)), reading(value=2200.0, year=2022)]
    write_template(form, path, readings=items)
    book = load_workbook(path)
    assert "演示数据" in book.properties.title
    assert all("演示数据" in sheet["A1"].value for sheet in book.worksheets)
    assert [dataclasses.replace(item, where="") for item in read_monitoring(path, form).readings] == items
    assert len([row for row in rows(book, "背景数据") if row["指标序号"].value == "minimum_wage"]) == 6 + 1 + SPARE_ROWS


def test_an_edition_by_name_and_a_status_without_figure_are_filled_in(form: MonitoringForm, tmp_path: Path) -> None:
    items = [
        reading(value=2000.0, edition="2022年报"),
        reading(series="t01", unit="个", value=math.nan, task_status="已取消", edition="2022-03-01"),
    ]
    write_template(form, tmp_path / "表.xlsx", readings=items)
    wage, task = read_monitoring(tmp_path / "表.xlsx", form).readings
    assert wage.edition == "2022年报"
    assert (task.series, task.task_status, task.edition, task.has_value) == ("t01", "已取消", "2022-03-01", False)


@pytest.mark.parametrize("changes", [{"series": "没有"}, {"year": 2030}, {"part": "甲"}])
def test_a_reading_that_the_form_does_not_have_is_refused_and_nothing_written(
    form: MonitoringForm, tmp_path: Path, changes: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="表中没有这一行"):
        write_template(form, tmp_path / "表.xlsx", readings=[reading(**changes)])
    assert list(tmp_path.iterdir()) == []
