"""The workbook of a report, read back as a spreadsheet program reads it."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openxml_audit
import pytest
import xlsxwriter.core
import xlsxwriter.workbook
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from analysis.assessment.evaluation import evaluate_plan
from analysis.assessment.thresholds import threshold_table
from analysis.assessment.verdict_rows import verdict_rows
from analysis.presentation import evaluation_tables as made
from analysis.presentation.record import Record
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, RecordFile, Span, TableBlock
from analysis.publishing.document.reading import read_document
from analysis.publishing.workbook import workbook_report
from analysis.publishing.workbook.sheet import MARK

LATER = datetime.datetime(2031, 5, 6, 7, 8, 9)
CHART_CSV = "mark,indicator_id,name,unit,status,value,completion\n演示数据,4,护理型床位占比,%,快于预期,66.2,0.919444444444\n演示数据,16,=社会组织,个,倒退,61,\n"


def chart(**changed: Any) -> ChartBlock:
    """A chart as a report has it."""
    known: dict[str, Any] = {
        "id": "progress_tracks", "label": "图3", "finding": "9项水平指标，4项滞后", "measure": "示例区·2023年\n◇目标", "sources": "来源：示例区",
        "alt": "", "svg": "", "csv": CHART_CSV, "file": "progress_tracks",
    }  # fmt: skip
    return ChartBlock(**known | changed)


def small(*blocks: Block, records: tuple[RecordFile, ...] = (), demonstration: bool = False, **parameters: object) -> Document:
    """A report of a few blocks."""
    title = Heading("s1", 0, "", "某区评估报告")
    opening = Listing((Paragraph((Span("文稿阶段：征求意见稿。"),)),), (0,))
    return Document("某区评估报告", (title, opening, Heading("s2", 1, "一、", "评估"), *blocks), records, demonstration, parameters)


def table(rows: tuple[tuple[str, ...], ...], columns: tuple[str, ...] = ("序号", "指标", "数值"), **changed: Any) -> TableBlock:
    """A table as a report has it."""
    known: dict[str, Any] = {
        "id": "rules", "label": "表2", "caption": "规则核对", "columns": columns, "rows": rows, "numeric": frozenset(), "wide": False,
        "evidence": (), "places": (), "formulas": {},
    }  # fmt: skip
    return TableBlock(**known | changed)


def opened(document: Document) -> Workbook:
    return load_workbook(io.BytesIO(workbook_report(document)))


def header_row(sheet: Any, first: str = "序号") -> int:
    """The row of the headings."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == first)


def column_of(sheet: Any, heading: str) -> list[Any]:
    """The cells below a heading."""
    top = header_row(sheet)
    (column,) = [cell.column for cell in sheet[top] if cell.value == heading]
    return [sheet.cell(row, column) for row in range(top + 1, sheet.max_row + 1)]


def width_of(sheet: Any, column: int) -> float:
    """The width of a column; columns side by side of one width stand in the file as one entry."""
    (found,) = [entry.width for entry in sheet.column_dimensions.values() if entry.min <= column <= entry.max]
    return float(found)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The tables and records of a midterm report, by way of a notebook's outputs."""
    evaluation = evaluate_plan("demo-14", 2023, monitoring_edition="2024-03-31")
    tables = [
        *made.counts_tables(evaluation), made.category_table(evaluation), made.context_table(evaluation), made.commitments_table(evaluation),
        made.outlook_table(evaluation), made.attainment_table(evaluation), made.full_table(evaluation), made.rules_table(evaluation),
        made.methods_table(evaluation), made.gaps_table(evaluation), made.sources_table(evaluation), made.assumptions_table(evaluation),
    ]  # fmt: skip
    frames = {
        "verdicts": verdict_rows("demo-14", evaluation.verdicts), "readings": evaluation.monitoring.readings,
        "targets": evaluation.targets, "thresholds": threshold_table(),
    }  # fmt: skip
    outputs = [*tables, *(Record(name, frame, True) for name, frame in frames.items())]
    cells = [
        {"cell_type": "markdown", "source": "# 示例区中期评估报告\n\n- 数据年份：2023年。"},
        {"cell_type": "code", "source": "", "outputs": [{"data": output._repr_mimebundle_()} for output in outputs if output is not None]},
    ]
    notebook = tmp_path_factory.mktemp("run") / "report.ipynb"
    notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return read_document(notebook, demonstration=True, parameters={"report_date": "2024-04-01"})


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    return workbook_report(document)


@pytest.fixture(scope="module")
def book(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def test_sheets_in_order(book: Workbook) -> None:
    assert book.sheetnames == [
        "说明", "判定表", "判定按属性", "判定按类别", "各类得分", "背景数据", "任务", "情景推算", "达标把握", "规则逐年核对", "多种方法", "数据缺口",
        "数据来源", "假设", "变动",
    ]  # fmt: skip


def test_verdicts_equal_the_record_at_full_precision(document: Document, book: Workbook) -> None:
    """Every figure of the record stands in the sheet: percentages as ratios, everything else as it is."""
    record = next(record for record in document.records if record.name == "verdicts")
    rows = list(csv.DictReader(io.StringIO(record.csv)))
    sheet = book["判定表"]
    assert len(rows) == 27
    headings = {
        "value": "数值",
        "target": "末期目标",
        "completion": "完成率",
        "schedule_ratio": "时序比",
        "required_pace": "所需年步",
        "count": "已达到数",
    }
    checked = 0
    for name, heading in headings.items():
        for row, cell in zip(rows, column_of(sheet, heading), strict=True):
            percent = name in ("value", "target") and row["unit"] == "%"
            assert cell.value == (pytest.approx(float(row[name]) / (100 if percent else 1), rel=1e-12) if row[name] else None)
            checked += cell.value is not None
    assert checked > 80
    assert [cell.value for cell in column_of(sheet, "序号")] == [int(row["indicator_id"]) for row in rows]
    assert [cell.value.split(" ")[1] for cell in column_of(sheet, "判定")] == [row["status"] for row in rows]
    assert {cell.value for cell in column_of(sheet, "目标类型")} == {"水平", "保持", "规则"}


def test_number_formats_follow_the_unit(book: Workbook) -> None:
    sheet = book["判定表"]
    pairs = zip(column_of(sheet, "单位"), column_of(sheet, "数值"), strict=True)
    formats = {unit.value: figure.number_format for unit, figure in pairs if figure.value is not None}
    assert formats["元/人/月"] == '#,##0;"−"#,##0'
    assert "%" in formats["%"]
    assert {cell.data_type for cell in column_of(sheet, "完成率") if cell.value is not None} == {"n"}
    colours = {cell.value: cell.font.color.rgb for cell in column_of(sheet, "判定")}
    assert colours["↓ 倒退"] == "FFB3261E" != colours["✓ 符合预期"]


def test_verdicts_are_ready_to_read_and_print(book: Workbook) -> None:
    sheet = book["判定表"]
    top = header_row(sheet)
    assert sheet.freeze_panes == f"E{top + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{top}:") and sheet.auto_filter.ref.endswith(str(top + 27))
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.endswith(f"${top + 27}")
    assert sheet.page_setup.paperSize == 9  # A4: what does not fit on it is for the screen
    last = re.search(r":\$([A-Z]+)\$", sheet.print_area)
    assert last and get_column_letter(sheet.max_column) != last[1]
    printed = [cell.value for cell in sheet[top]][: column_index_from_string(last[1])]
    assert printed[-1] == "备注" and {"判定", "末期目标", "完成率", "时序比"} <= set(printed)
    assert "— &P —" in sheet.oddFooter.center.text


def test_every_sheet_says_that_its_figures_are_made_up(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet["A1"].value == MARK
        assert sheet.oddHeader.center.text.endswith("演示数据")
        assert sheet.sheet_properties.tabColor.rgb == "FFB3261E"
    real = opened(small(table((("1", "床位", "5"),))))
    for sheet in real.worksheets:
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row]
        assert not any("演示" in text for text in [*texts, sheet.oddHeader.left.text, str(sheet.oddHeader.center.text)])
        assert sheet.sheet_properties.tabColor.rgb != "FFB3261E"


def test_columns_are_as_wide_as_their_content(book: Workbook) -> None:
    """A Han character takes two characters of width; what is longer than the limit is wrapped, in a row high enough for it."""
    wrapped = 0
    for sheet in book.worksheets[1:]:
        top = header_row(sheet, "判定") if sheet.title.startswith("判定按") else 2
        joined = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row}
        for row in sheet.iter_rows(min_row=top):
            for cell in row:
                if not isinstance(cell.value, str) or (cell.row, cell.column) in joined:
                    continue
                need = sum(2 if ord(character) > 0x2000 else 1 for character in cell.value)
                width = width_of(sheet, cell.column)
                assert width <= 61
                if need > width:
                    assert cell.alignment.wrap_text, (sheet.title, cell.value)
                    assert sheet.row_dimensions[cell.row].height >= 15 * (need / width), (sheet.title, cell.value)
                    wrapped += 1
    assert wrapped > 10


def test_overview_lists_and_links_every_sheet(book: Workbook) -> None:
    sheet = book["说明"]
    links = [(cell.value, cell.hyperlink.location) for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == [(name, f"'{name}'!A1") for name in book.sheetnames[1:]]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert "数据年份：2023年。" in texts and "示例区中期评估报告" in texts
    assert any("表9" in text or "规则逐年核对" in text for text in texts)


def test_tables_keep_marks_as_text_and_numbers_as_numbers(book: Workbook) -> None:
    scores = book["各类得分"]
    top = header_row(scores, "类别")
    assert scores.cell(top + 1, 4).value == pytest.approx(0.667, abs=1e-12) and scores.cell(top + 1, 4).number_format.startswith("#,##0.0%")
    context = book["背景数据"]
    assert context.cell(header_row(context, "序列") + 1, 3).value == 1015
    sheet = book["达标把握"]
    shown = {cell.value for cell in column_of(sheet, "2025年目标")}
    assert "—" in shown and 850 in shown
    assert column_of(sheet, "数据依据")[0].value == "指标表第16行；演示数据-monitoring.csv 第55—57行；阈值chances.floor"
    below = [sheet.cell(row, 1).value for row in range(header_row(sheet) + 1, sheet.max_row + 1)]
    assert any(str(line).startswith("达到的把握：推算分布中达到目标的份额，取整") for line in below)


def test_a_chart_sheet_has_what_the_chart_says_above_its_data() -> None:
    sheet = opened(small(chart(), demonstration=True))["图3 指标进度轨迹"]
    assert [sheet.cell(row, 1).value for row in range(2, 5)] == ["图3　9项水平指标，4项滞后", "示例区·2023年 ◇目标", "来源：示例区"]
    assert [cell.value for cell in sheet[5]][:6] == ["序号", "名称", "单位", "判定", "数值", "完成率"]
    assert [cell.value for cell in sheet[6]][:6] == [4, "护理型床位占比", "%", "↑ 快于预期", 0.662, pytest.approx(0.919444444444)]
    assert [cell.value for cell in sheet[7]][:6] == [16, "=社会组织", "个", "↓ 倒退", 61, None]
    assert sheet.freeze_panes == "C6"


def test_an_unknown_chart_is_named_by_its_finding() -> None:
    names = opened(
        small(chart(id="new", finding="甲[乙]：丙"), chart(id="new", finding="甲[乙]：丁"), chart(id="empty", label="图4", csv=""))
    ).sheetnames
    assert names == ["说明", "图3 甲 乙", "图3 甲 乙（2）", "图4 9项水平指标", "变动"]


@pytest.mark.parametrize(
    "attack", ["=1+1", "+1+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "http://example.org", "_x0041_", "<b>&"]
)
def test_text_never_becomes_a_formula_or_a_link(attack: str) -> None:
    """In a table, in a data file (which guards it with a ') and in a title."""
    guarded = f"'{attack}" if attack[0] in "=+-@\t\r" else attack
    record = RecordFile(
        "verdicts", "verdicts.csv", _csv(["indicator_id", "name", "unit", "value", "status"], ["1", guarded, "个", "3", "完成"])
    )
    report = replace(small(table((("1", attack, "5"),)), chart(finding=attack), records=(record,)), title=attack)
    content = workbook_report(report)
    book = load_workbook(io.BytesIO(content))
    assert column_of(book["规则逐年核对"], "指标")[0].value.replace("_x000D_", "\r").strip() == attack.strip()
    cell = column_of(book["判定表"], "指标")[0]
    assert cell.data_type == "s" and cell.value.replace("_x000D_", "\r").strip() == attack.strip()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                root = etree.fromstring(package.read(name))
                assert not root.findall(".//{*}f")
                assert all(link.get("location", "").endswith("!A1") for link in root.findall(".//{*}hyperlink"))
            assert "externalLink" not in name
            assert b"TargetMode" not in package.read(name)


def _csv(*rows: list[str]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def test_two_tables_of_one_name_get_two_sheets() -> None:
    rows = (("1", "床位", "5"),)
    names = opened(small(table(rows), table(rows), table(rows, id="unknown", caption="很长" * 30))).sheetnames
    assert names[1:4] == ["规则逐年核对", "规则逐年核对（2）", f"表2 {'很长' * 14}"]


def test_a_table_without_rows_still_opens() -> None:
    sheet = opened(small(table((), caption="数据缺口：没有", id="gaps")))["数据缺口"]
    assert sheet["A1"].value == "表2　数据缺口：没有" and sheet.auto_filter.ref is None


def test_text_that_no_cell_can_hold_is_cut_and_control_characters_do_no_harm() -> None:
    sheet = opened(small(table((("1", "长" * 40000, "5"), ("2", "a\x01b\x0bc", "6")))))["规则逐年核对"]
    long, odd = column_of(sheet, "指标")
    assert len(long.value) == 32767 and sheet.row_dimensions[long.row].height <= 409.5
    assert odd.value.startswith("a") and odd.value.endswith("c")


def test_counts_of_a_printed_report_are_no_scores() -> None:
    assert "按类别完成情况" in opened(small(table((), id="categories", caption="按类别统计的指标完成情况"))).sheetnames


def test_changes_list_adjustments_definitions_and_preliminary_figures(book: Workbook) -> None:
    texts = [cell.value for row in book["变动"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(text.startswith("同一年有多个数的序列") for text in texts)
    assert "口径与基期不同的数：1个" in texts and "社区社会组织" in texts
    assert "初步数和估算数（以后可能更正）：1个" in texts


def test_changes_show_the_forecasts_beside_the_outcome() -> None:
    rows = (("4", "床位", "66.2"),)
    compared = table(rows, id="outcome", caption="中期推算与末年实际"), table(rows, id="forecast_check", caption="预测与结果")
    sheet = opened(small(*compared))["变动"]
    titles = [cell.value for cell in sheet["A"] if cell.value]
    assert [title for title in titles if str(title).startswith("表2")] == ["表2　中期推算与末年实际", "表2　预测与结果"]
    assert sheet.auto_filter.ref is None


def test_no_change_is_said_in_one_line() -> None:
    sheet = opened(small())["变动"]
    assert sheet.max_row == 2 and str(sheet["A2"].value).startswith("没有变动")


def test_the_same_report_is_the_same_file_on_any_day(document: Document, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class AnyDate(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime.datetime)

    class Later(metaclass=AnyDate):
        @staticmethod
        def now(tz: Any = None) -> datetime.datetime:
            return LATER.replace(tzinfo=tz)

        utcnow = now

    monkeypatch.setattr(xlsxwriter.core, "datetime", Later)
    monkeypatch.setattr(xlsxwriter.workbook, "datetime", Later)
    monkeypatch.setattr(time, "time", LATER.timestamp)
    monkeypatch.setattr(time, "localtime", lambda *_: LATER.timetuple())
    assert workbook_report(document) == content


def test_the_file_carries_the_date_of_the_report(book: Workbook) -> None:
    assert book.properties.created == datetime.datetime(2024, 4, 1)
    assert book.properties.title == "示例区中期评估报告" and book.properties.keywords == "演示数据"
    undated = opened(small(report_date="二〇二四年", issuing_body="某区民政局")).properties
    assert (undated.created, undated.creator) == (datetime.datetime(2000, 1, 1), "某区民政局")


def test_the_file_keeps_to_the_standard(content: bytes, tmp_path: Path) -> None:
    """Checked against the schemas of ECMA-376 as Office applies them."""
    file = tmp_path / "report.xlsx"
    file.write_bytes(content)
    result = openxml_audit.OpenXmlValidator().validate(file)
    assert result.is_valid, [str(error) for error in result.errors][:10]
