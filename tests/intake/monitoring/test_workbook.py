"""What officials do to a workbook: each defect is told with sheet, cell, indicator, year, found, expected and what to do."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from messy import FORM, at, only_problem, problems, read, reading, workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from analysis.intake.monitoring import declared_plan, read_monitoring
from analysis.vocabulary.errors import InputError


def put(sheet: str, series: str, year: int | None, part: str = "", **cells: Any) -> Callable[[Any], None]:
    """An official types into cells of one row."""
    headings = {
        "value": "数值",
        "count": "已达到数k",
        "total": "总数N",
        "effective": "生效日期",
        "edition": "数据版本",
        "verified": "已核对",
    }

    def change(book: Any) -> None:
        found = [at(book[sheet], series, year, headings.get(name, name), part) for name in cells]
        for cell, value in zip(found, cells.values(), strict=True):
            cell.value = value

    return change


def test_untouched_template_has_no_readings(tmp_path: Path) -> None:
    found = read(workbook(tmp_path))
    assert found.readings == () and found.notices == ()
    assert declared_plan(tmp_path / "表.xlsx") == "demo-small"


def test_what_an_official_fills_in_is_read_with_its_address(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        put(
            "指标",
            "2",
            2021,
            value=1800,
            effective=datetime.datetime(2021, 7, 1),
            edition="2022年3月1日",
            口径="口径变更",
            数据状态="初步",
            来源="年报",
        )(book)
        put("指标", "5", 2022, count=7)(book)
        put("背景数据", "resident_population", 2020, value=103.9)(book)
        put("任务台账", "t01", 2023, value=100, 任务状态="已完成")(book)

    found = read(workbook(tmp_path, change))
    standard, streets, people, task = found.readings
    cell = at(workbook_sheet(tmp_path, "指标"), "2", 2021, "数值").coordinate
    assert standard.where == f"表.xlsx 指标!{cell}"
    assert (standard.value, standard.effective_date, standard.edition) == (1800, datetime.date(2021, 7, 1), "2022-03-01")
    assert (standard.definition, standard.data_status, standard.source, standard.verified) == ("口径变更", "初步", "年报", False)
    assert (streets.value, streets.count, streets.total, streets.unit) == (pytest.approx(38.8889, abs=1e-4), 7, 18, "%")
    assert (people.series, people.year, people.value, people.total) == ("resident_population", 2020, 103.9, None)
    assert (task.series, task.task_status) == ("t01", "已完成")
    assert found.name == "表.xlsx" and len(found.sha256) == 64
    assert found.notices[0].startswith("没有填来源：") and found.notices[0].count("!") == 3


def workbook_sheet(folder: Path, sheet: str) -> Any:
    from openpyxl import load_workbook

    return load_workbook(folder / "表.xlsx")[sheet]


# A defect, and words that its one message holds.
CELLS: dict[str, tuple[Callable[[Any], None], list[str]]] = {
    "thousands separator": (put("指标", "7", 2022, value="1,234"), ["指标!", "指标7 社会组织 2022年", "实际：1,234", "处理：改为1234"]),
    "percent sign": (put("指标", "4", 2022, value="75%"), ["指标4 床位占比 2022年", "75%", "改为75"]),
    "approximation": (put("指标", "7", 2021, value="约30"), ["约30", "如就是30"]),
    "full-width digits": (put("指标", "7", 2021, value="１２"), ["１２", "改为12"]),
    "a word for nothing": (put("指标", "4", 2021, value="暂无"), ["暂无", "留空"]),
    "text": (put("背景数据", "resident_population", 2021, value="见附件"), ["背景数据!", "resident_population 常住人口 2021年", "见附件"]),
    "a date": (put("指标", "4", 2021, value=datetime.datetime(2021, 5, 1)), ["日期", "常规"]),
    "a formula": (put("指标", "7", 2021, value="=1+1"), ["指标7 社会组织 2021年；实际：公式", "选择性粘贴→数值"]),
    "a formula in a text column": (put("指标", "7", 2021, value=120, 备注="=A1"), ["公式", "指标!"]),
    "an error value": (put("指标", "7", 2021, value="#DIV/0!"), ["错误值 #DIV/0!"]),
    "share over 100": (put("指标", "4", 2021, value=101), ["指标4", "101", "0—100"]),
    "share below 0": (put("指标", "4", 2021, value=-1), ["-1", "0—100"]),
    "negative amount": (put("指标", "7", 2021, value=-5), ["-5", "不小于0", "正负号"]),
    "another unit": (put("指标", "2", 2021, value=1800, 单位="元/人/年"), ["单位“元/人/年”", "应为：元/人/月"]),
    "unit in 万": (put("背景数据", "resident_population", 2021, value=1039000, 单位="人"), ["单位“人”", "应为：万人"]),
    "no unit": (put("指标", "2", 2021, value=1800, 单位=None), ["没有单位", "元/人/月"]),
    "jump by unit": (put("指标", "2", 2022, value=0.18), ["0.18", "基期值1,728", "1/9,600", "疑似单位错误", "元/人/月", "已核对"]),
    "year outside": (put("指标", "7", 2022, 年份=2026), ["2026年", "2021—2023年", "不在规划期内"]),
    "base year for a task": (put("任务台账", "t01", 2021, 年份=2020), ["t01 示例任务", "2020年", "2021—2023年"]),
    "year as text": (put("指标", "7", 2022, 年份="2022年"), ["2022年", "改为2022"]),
    "no year": (put("指标", "2", None, value=1800), ["指标2", "没有年份"]),
    "unknown indicator": (put("指标", "7", 2022, 指标序号=77), ["指标序号“77”", "是否应为 7"]),
    "unknown part": (put("指标", "3", 2022, "乙类", 分项="丙类"), ["指标3", "丙类", "甲类（一）、乙类"]),
    "part where there is none": (put("指标", "7", 2022, 分项="甲类"), ["分项“甲类”", "应为：空"]),
    "name of another indicator": (put("指标", "7", 2022, 指标名称="床位占比"), ["床位占比", "社会组织", "行被错位"]),
    "k over N": (put("指标", "5", 2022, count=19), ["k为19", "大于N（18）"]),
    "negative k": (put("指标", "5", 2022, count=-1), ["-1", "不小于0的整数"]),
    "fractional k": (put("指标", "5", 2022, count=1.5), ["1.5", "不小于0的整数"]),
    "k and value disagree": (put("指标", "5", 2022, count=7, value=40), ["40", "7÷18＝38.89%"]),
    "another N": (put("指标", "5", 2022, count=7, total=19), ["19", "18（规划的街道总数）", "已核对"]),
    "N of zero": (put("指标", "5", 2022, count=0, total=0), ["大于0的整数"]),
    "k without N": (put("指标", "4", 2022, count=7), ["填了k而没有N"]),
    "k of an amount": (put("指标", "2", 2022, value=1800, count=7), ["不是占比"]),
    "base value changed": (put("指标", "7", 2021, 年份=2020, value=101), ["101", "100（规划印制）", "基期值以规划为准"]),
    "base value not printed": (put("指标", "6", 2021, 年份=2020, value=50), ["规划未印基期值"]),
    "effective later than its year": (put("指标", "2", 2021, value=1800, effective=datetime.datetime(2022, 1, 1)), ["2022-01-01", "不晚于2021年底"]),
    "effective date in words": (put("指标", "2", 2021, value=1800, effective="2021年7月"), ["2021年7月", "2021-12-01"]),
    "edition no calendar has": (put("指标", "2", 2021, value=1800, edition="2022年2月31日"), ["2022年2月31日", "核对月和日"]),
    "unknown status": (put("指标", "2", 2021, value=1800, 数据状态="快报"), ["数据状态“快报”", "正式、初步、估算"]),
    "unknown definition": (put("指标", "2", 2021, value=1800, 口径="变了"), ["口径“变了”", "口径变更"]),
    "unknown 已核对": (put("指标", "2", 2021, value=1800, verified="√"), ["已核对“√”", "是、否"]),
    "unknown task status": (put("任务台账", "t01", 2021, value=50, 任务状态="快了"), ["任务状态“快了”", "未启动、进行中、已完成、已取消"]),
    "1 for 100 %": (put("指标", "4", 2021, value=1), ["疑似把比例当百分数", "改为100"]),
    "ratio for percent": (put("指标", "4", 2021, value=0.75), ["0.75", "疑似把比例当百分数", "改为75"]),
    "ratio for percent without base": (put("指标", "6", 2021, value=0.9), ["疑似把比例当百分数"]),
    "mobile number": (put("指标", "7", 2021, value=120, 审核人="张三139" + "00001111"), ["指标7 社会组织 2021年；实际：疑似手机号码（139***）", "不收个人信息"]),
    "mobile number in a number cell": (put("指标", "7", 2021, value=int("139" + "00001111")), ["疑似手机号码（139***）"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_cell(tmp_path: Path, case: str) -> None:
    change, words = CELLS[case]
    told = str(only_problem(workbook(tmp_path, change)))
    assert told.startswith("表.xlsx ")
    for word in words:
        assert word in told
    for number in ("13900001111", "0000"):
        assert number not in told
    for label in ("实际：", "应为：", "处理："):
        assert label in told


ACCEPTED: dict[str, Callable[[Any], None]] = {
    "negative growth": put("指标", "1", 2021, value=-2.5),
    "digits as text": put("指标", "7", 2021, value="120"),
    "another spelling of the unit": put("指标", "2", 2021, value=1800, 单位="元／月"),
    "a jump that is confirmed": put("指标", "2", 2021, value=0.18, verified="是"),
    "a ratio that is confirmed": put("指标", "4", 2021, value=0.75, verified="是"),
    "one per cent of a small share": put("指标", "8", 2021, value=0.5),
    "another N that is confirmed": put("指标", "5", 2021, count=7, total=19, verified="是"),
    "k, N and value within rounding": put("指标", "5", 2021, count=7, value=39),
    "1 without a base": put("指标", "6", 2021, value=1),
    "k, N and value with decimals": put("指标", "5", 2021, count=7, value=38.9),
    "few of many counted": put("指标", "6", 2021, count=1),
    "share of 100": put("指标", "4", 2021, value=100),
    "share of 0": put("指标", "4", 2021, value=0),
    "indicator number as text": put("指标", "7", 2021, value=120, 指标序号="7"),
    "part with half-width brackets": put("指标", "3", 2021, "甲类（一）", value=45, 分项="甲类(一)"),
    "text that begins like a formula": put("指标", "7", 2021, value=120, 备注="-30个为撤并"),
    "a base value repeated": put("指标", "7", 2022, value=120),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_accepted(tmp_path: Path, case: str) -> None:
    (item,) = read(workbook(tmp_path, ACCEPTED[case])).readings
    assert FORM.row(item.series, item.part) is not None
    if "another N" in case:
        assert (item.total, item.value) == (19, pytest.approx(700 / 19))
    if case.startswith("k, N and value"):
        assert item.value == 700 / 18
    if "brackets" in case:
        assert item.part == "甲类（一）"


def test_base_value_as_printed_yields_no_reading(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, put("指标", "7", 2021, 年份=2020, value=100))).readings == ()


def test_an_edition_may_be_a_name_and_a_count_with_decimals_is_only_asked_about(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, put("指标", "7", 2021, value=120.5, edition="2022年报")))
    (item,) = found.readings
    assert (item.value, item.edition) == (120.5, "2022年报")
    told = "".join(found.notices)
    assert "以“个”为单位的数有小数" in told and "不是完整日期" in told


def test_all_problems_of_all_sheets_are_told_in_order(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        put("任务台账", "t01", 2022, value="快了")(book)
        put("背景数据", "minimum_wage", 2021, value="2,300")(book)
        put("指标", "7", 2022, value="约120", edition="2022-02-31", verified="√")(book)
        put("指标", "1", 2021, value="无", 单位="元")(book)

    found = [str(problem) for problem in problems(workbook(tmp_path, change))]
    places = [text.split("；")[0].split()[1] for text in found]
    order = ["指标", "指标", "指标", "指标", "指标", "背景数据", "任务台账"]
    assert [place.split("!")[0] for place in places] == order
    assert "单位“元”" in found[0] and "无" in found[1]
    assert len({*places}) == 7


def test_merged_labels_are_told_once_and_not_again_as_empty_cells(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        for year in (2021, 2022, 2023):
            at(sheet, "7", year, "数值").value = 120 + year - 2021
        first, last = at(sheet, "7", 2021, "指标序号"), at(sheet, "7", 2023, "指标序号")
        sheet.merge_cells(f"{first.coordinate}:{last.coordinate}")

    told = str(only_problem(workbook(tmp_path, change)))
    assert "合并的单元格" in told and "指标!A" in told and "取消合并" in told


def test_merged_names_are_told(tmp_path: Path) -> None:
    told = only_problem(workbook(tmp_path, lambda book: book["指标"].merge_cells("C3:C5")))
    assert told.where.startswith("表.xlsx 指标!C3:C5") and told.found == "合并的单元格"


def test_merged_title_is_no_problem(tmp_path: Path) -> None:
    assert read(workbook(tmp_path, lambda book: book["指标"].merge_cells("A1:H1"))).readings == ()


def test_hidden_rows_with_figures_are_told_by_range(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        rows = [at(sheet, "7", year, "数值").row for year in (2021, 2022, 2023)]
        for row in rows:
            sheet.cell(row, at(sheet, "7", 2021, "数值").column).value = 120
            sheet.row_dimensions[row].hidden = True
        sheet.row_dimensions[at(sheet, "4", 2021, "数值").row].hidden = True  # holds nothing

    told = only_problem(workbook(tmp_path, change))
    sheet = workbook_sheet(tmp_path, "指标")
    first, last = (at(sheet, "7", year, "数值").row for year in (2021, 2023))
    assert told.where == f"表.xlsx 指标!第{first}—{last}行"
    assert "隐藏的行" in told.found and "筛选" in told.action


def test_hidden_column(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell = at(book["指标"], "5", 2021, "已达到数k")
        cell.value = 7
        book["指标"].column_dimensions[get_column_letter(cell.column)].hidden = True

    assert "隐藏的列“已达到数k”" in str(only_problem(workbook(tmp_path, change)))


def test_hidden_label_column_is_no_problem(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell = at(book["指标"], "5", 2021, "填报口径")
        book["指标"].column_dimensions[get_column_letter(cell.column)].hidden = True

    assert read(workbook(tmp_path, change)).readings == ()


def test_hidden_sheets(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["背景数据"].sheet_state = "hidden"
        extra = book.create_sheet("底稿")
        extra["A1"] = "计算过程"
        extra.sheet_state = "veryHidden"
        book.create_sheet("空").sheet_state = "hidden"

    found = [str(problem) for problem in problems(workbook(tmp_path, change))]
    assert len(found) == 2
    assert "背景数据" in found[0] and "隐藏的工作表" in found[0]
    assert "底稿" in found[1] and "隐藏的工作表里有内容" in found[1]


def test_extra_sheet_is_a_notice_but_personal_data_in_it_an_error(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book.create_sheet("说明")["B2"] = "=1+1"

    assert read(workbook(tmp_path, change)).notices == ("不在模板里的工作表，没有读：说明",)

    def worse(book: Any) -> None:
        book.create_sheet("联系表")["C3"] = "139" + "00001111"
        book["填报说明"]["A1"].comment = Comment("电话020-" + "12345678", "示例")

    found = [str(problem) for problem in problems(workbook(tmp_path, worse))]
    assert "填报说明!A1" in found[0] and "批注中疑似电话号码（020***）" in found[0]
    assert "联系表!C3" in found[1] and "139***" in found[1]


def test_renamed_sheet_is_not_passed_over(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["背景数据"].title = "背景数据(2)"

    told = only_problem(workbook(tmp_path, change))
    assert "背景数据(2)" in told.found and "背景数据" in told.expected


def test_missing_sheets(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, lambda book: book.remove(book["任务台账"])))
    assert found.notices == ("没有这张工作表，其中的数按暂缺处理：任务台账",)

    def nothing_left(book: Any) -> None:
        for sheet in ("指标", "背景数据", "任务台账"):
            book.remove(book[sheet])

    told = only_problem(workbook(tmp_path, nothing_left))
    assert "填报说明" in told.found and told.expected == "指标、背景数据、任务台账"


def test_rows_above_the_header_and_moved_columns_are_found(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        at(sheet, "7", 2021, "数值").value = 120
        sheet.insert_rows(1, 3)
        sheet["A1"] = "填报日期2022年"
        column = at_header(sheet, 5, "单位")
        for row in range(5, sheet.max_row + 1):  # the official moves the unit to the far right
            sheet.cell(row, 40).value = sheet.cell(row, column).value
            sheet.cell(row, column).value = None

    (item,) = read(workbook(tmp_path, change)).readings
    assert (item.series, item.value, item.unit) == ("7", 120, "个")


def at_header(sheet: Any, row: int, heading: str) -> int:
    return int(next(cell.column for cell in sheet[row] if cell.value == heading))


def test_a_heading_that_is_told_already_is_not_told_again(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        at(sheet, "7", 2021, "备注").value = "见附件"
        sheet.cell(2, at_header(sheet, 2, "备注")).value = "=A1"

    found = [str(problem) for problem in problems(workbook(tmp_path, change))]
    assert len(found) == 2 and "缺少列：备注（note）" in found[0] and "实际：公式" in found[1]
    assert "<" not in "".join(found)


def test_a_row_of_data_above_the_header(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        sheet.insert_rows(1, 2)
        for column, value in enumerate((7, "示例", "社会组织", None, 2022, "个"), start=1):
            sheet.cell(2, column).value = value

    told = only_problem(workbook(tmp_path, change))
    assert told.where == "表.xlsx 指标!A2" and told.found == "表头上方有数据行"


def test_personal_number_in_the_name_of_a_sheet(tmp_path: Path) -> None:
    number = "139" + "00001111"
    told = str(only_problem(workbook(tmp_path, lambda book: book.create_sheet(f"联系{number}"))))
    assert "第5张工作表" in told and "139***" in told and number not in told


def test_headers_wrong_and_missing(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        at(sheet, "7", 2021, "数值").value = "约1"
        sheet.cell(2, at_header(sheet, 2, "来源")).value = "来源出处"
        sheet.cell(2, at_header(sheet, 2, "备注")).value = None
        sheet.cell(2, at_header(sheet, 2, "审核人")).value = "数值"

    found = [str(problem) for problem in problems(workbook(tmp_path, change))]
    assert len(found) == 4
    assert "缺少列：来源（source）、备注（note）" in found[0]
    assert "列名“来源出处”" in found[1] and "改为“来源”" in found[1]
    assert "列名“数值”出现两次" in found[2]
    assert "约1" in found[3]


def test_column_that_says_which_row_it_is_missing_stops_the_sheet_only(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["指标"].cell(2, at_header(book["指标"], 2, "年份")).value = "年度"
        put("背景数据", "resident_population", 2021, value="约1")(book)

    found = [str(problem) for problem in problems(workbook(tmp_path, change))]
    assert "缺少列：年份（year）" in found[0] and "列名“年度”" in found[1] and "改为“年份”" in found[1]
    assert len(found) == 3 and "约1" in found[2]


def test_sheet_without_header(tmp_path: Path) -> None:
    told = only_problem(workbook(tmp_path, lambda book: book["任务台账"].delete_rows(1, 2)))
    assert told.where == "表.xlsx 任务台账" and told.found == "找不到表头" and "指标序号" in told.expected


def test_content_beside_the_table(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["指标"]
        sheet.cell(4, 60).value = "草稿"
        sheet.cell(5, 60).value = "草稿"

    told = only_problem(workbook(tmp_path, change))
    assert "BH4" in told.where and "共2格" in told.found


def test_note_below_the_table(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["指标"].cell(book["指标"].max_row + 2, 1).value = "注：数据来自年报"

    told = only_problem(workbook(tmp_path, change))
    assert "注：数据来自年报" in told.found and "移到备注列" in told.action


def test_percent_format(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        cell = at(book["指标"], "1", 2021, "数值")
        cell.value, cell.number_format = 0.069, "0.0%"

    told = only_problem(workbook(tmp_path, change))
    assert "显示为6.9%" in told.found and "再填6.9" in told.action


def test_row_with_remarks_but_no_figure_is_a_notice(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, put("指标", "7", 2021, 备注="年底统计")))
    assert found.readings == () and found.notices[0].startswith("填了备注而没有数值，按暂缺处理：指标!")


def test_effective_date_where_it_means_nothing_is_a_notice(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, put("指标", "7", 2021, value=120, 来源="年报", effective=datetime.datetime(2021, 1, 1))))
    assert found.readings[0].effective_date is None
    assert len(found.notices) == 1 and found.notices[0].startswith("不是按生效日期填报的数，生效日期没有采用：指标!")


def test_many_notices_of_a_kind_are_told_together(tmp_path: Path) -> None:
    items = [
        reading(row.series, year, 50.0, part=row.part, source="") for row in FORM.rows if row.kind == "indicator" for year in FORM.years
    ]
    (notice,) = read(workbook(tmp_path, readings=items)).notices
    assert notice.startswith("没有填来源：") and notice.endswith("等27处") and notice.count("!") == 8


def test_workbook_of_another_plan(tmp_path: Path) -> None:
    import dataclasses

    path = workbook(tmp_path)
    with pytest.raises(InputError, match="实际：demo-small；应为：another"):
        read_monitoring(path, dataclasses.replace(FORM, plan="another"))


def test_wrong_ending_is_read_by_content_and_told(tmp_path: Path) -> None:
    found = read(workbook(tmp_path, name="表.xlsx").rename(tmp_path / "表.csv"))
    assert found.notices == ("扩展名与内容不符，按 XLSX 工作簿读取：表.csv",)
