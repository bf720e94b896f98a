"""CSV files: encodings, separators and headings in use; what can't be read is told with line and column."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import pytest
from messy import HEADINGS, csv_file, csv_row, only_problem, problems, read

from analysis.archive.forms import COLUMNS, LAYOUTS, REQUIRED_COLUMNS

ROWS = [
    csv_row("7", 2021, 120, note="社团"),
    csv_row("5", 2022, "", count=7),
    csv_row("3", 2022, 45.5, part="甲类（一）", unit="元/人/月", effective_date="2022/7/1", edition="2023-03-01"),
    csv_row("minimum_wage", 2021, 2100, unit="元/月"),
    csv_row("minimum_wage", 2021, 2300, unit="元/月", effective_date="2021年12月1日"),
    csv_row("t01", 2023, 100, unit="%", task_status="已完成"),
    csv_row("4", 2023, ""),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = read(csv_file(tmp_path, ROWS, encoding=encoding))
    assert [(item.series, item.part, item.year, item.value) for item in found.readings] == [
        ("7", "", 2021, 120), ("5", "", 2022, 700 / 18), ("3", "甲类（一）", 2022, 45.5),
        ("minimum_wage", "", 2021, 2100), ("minimum_wage", "", 2021, 2300), ("t01", "", 2023, 100),
    ]  # fmt: skip
    assert found.readings[0].where == "表.csv 第2行" and found.readings[0].note == "社团"
    assert found.readings[2].effective_date == datetime.date(2022, 7, 1) and found.readings[2].edition == "2023-03-01"
    assert found.readings[4].effective_date == datetime.date(2021, 12, 1)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "表.csv"
    cells = ["7", "", "2021", "120", "个", "", "", "年报", "甲"]
    path.write_text("\n".join(separator.join(row) for row in (list(REQUIRED_COLUMNS), cells)), encoding="utf-8")
    (item,) = read(path).readings
    assert (item.value, item.source, item.note) == (120, "年报", "甲")


def test_full_width_separator(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("，".join(REQUIRED_COLUMNS) + "\n7，，2021，120，个，，，，\n", encoding="utf-8")
    told = only_problem(path)
    assert "全角逗号" in told.found and "替换为英文逗号" in told.action


def test_chinese_headings_in_any_order_with_labels_and_title(tmp_path: Path) -> None:
    """What Excel writes when the sheet 指标 is saved as CSV: title line, label columns, blank lines."""
    path = tmp_path / "表.csv"
    path.write_text(
        "填报表,,,,,,,,,,,\n指标序号,类别,指标名称,分项,年份,单位,数值,总数N,生效日期,数据版本,来源,备注\n"
        '7,示例,社会组织,,2021,个,120,,,2022-03-01,"年报,第3页","第一行\n第二行"\n,,,,,,,,,,,\n7,示例,社会组织,,2022,个,,,,,,\n',
        encoding="gb18030",
    )
    (item,) = read(path).readings
    assert (item.value, item.source, item.note, item.where) == (120, "年报,第3页", "第一行\n第二行", "表.csv 第3行")


def test_a_single_sheet_saved_as_csv_lacks_what_its_sheet_lacks(tmp_path: Path) -> None:
    columns = list(LAYOUTS["commitment"])
    row = {"指标序号": "t01", "年份": 2021, "数值": 50, "单位": "%", "任务状态": "进行中"}
    assert "分项" not in columns
    (item,) = read(csv_file(tmp_path, [row], columns=columns)).readings
    assert (item.series, item.task_status) == ("t01", "进行中")
    told = problems(csv_file(tmp_path, [row], columns=[name for name in columns if name != "类别"]))[0]
    assert told.found == "缺少列：分项（part）、生效日期（effective_date）"


def test_short_names_of_k_and_n(tmp_path: Path) -> None:
    columns = [*REQUIRED_COLUMNS, "k", "N"]
    (item,) = read(csv_file(tmp_path, [csv_row("4", 2021, "", k=3, N=4)], columns=columns)).readings
    assert (item.value, item.count, item.total) == (75, 3, 4)


def test_optional_columns_may_be_absent_but_the_nine_may_not(tmp_path: Path) -> None:
    nine = list(REQUIRED_COLUMNS)
    assert len(read(csv_file(tmp_path, ROWS[:1], columns=nine)).readings) == 1
    for column in nine:
        told = problems(csv_file(tmp_path, ROWS[:1], columns=[name for name in nine if name != column]))[0]
        assert told.found == f"缺少列：{REQUIRED_COLUMNS[column]}（{column}）"
        assert told.where.startswith("表.csv 第1行")


def test_unknown_column_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    told = only_problem(csv_file(tmp_path, ROWS[:1], columns=[*REQUIRED_COLUMNS, "verifed"]))
    assert "列名“verifed”" in told.found and "改为“verified”" in told.action and COLUMNS["evidence"] in told.expected
    told = only_problem(csv_file(tmp_path, ROWS[:1], columns=[*REQUIRED_COLUMNS, "xyz"]))
    assert told.action == "删去该列，要说明的写进备注"


def test_ragged_rows_and_the_other_problems_are_all_told(tmp_path: Path) -> None:
    path = csv_file(tmp_path, [*ROWS[:2], csv_row("7", 2022, "约130"), csv_row("7", 2023, "1,400")])
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] += ",多出"
    lines[2] = ",".join(lines[2].split(",")[:-2])
    path.write_text("\n".join(lines), encoding="utf-8")
    found = [str(problem) for problem in problems(path)]
    width = len(HEADINGS)
    assert found[0].startswith(f"表.csv 第2行；实际：{width + 1}列；应为：与表头相同的{width}列")
    assert found[1].startswith(f"表.csv 第3行；实际：{width - 2}列")
    assert found[2].startswith("表.csv 第4行 value列 指标7 社会组织 2022年；实际：约130")
    assert found[3].startswith("表.csv 第5行 value列 指标7 社会组织 2023年；实际：1,400") and "改为1400" in found[3]
    assert len(found) == 4


def test_trailing_separators_are_no_problem(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], lines[1] + ",,"]), encoding="utf-8")
    assert len(read(path).readings) == 1


def test_open_quote(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text(path.read_text(encoding="utf-8") + '7,,2022,130,个,,,"年报,\n7,,2023,140,个,,,,\n', encoding="utf-8")
    told = only_problem(path)
    assert told.where == "表.csv 第3行" and "引号" in told.found


def test_no_header(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("7,,2021,120\n", encoding="utf-8")
    told = only_problem(path)
    assert told.found == "找不到表头" and told.expected == "一行列名：" + "、".join(REQUIRED_COLUMNS)


def test_header_without_rows(tmp_path: Path) -> None:
    assert read(csv_file(tmp_path, [])).readings == ()


def test_text_that_begins_with_a_sign_stays_text(tmp_path: Path) -> None:
    (item,) = read(csv_file(tmp_path, [csv_row("7", 2021, 120, note="+1个", source="@年报", evidence="-见附件", reporter="a=b")])).readings
    assert (item.note, item.source, item.evidence, item.reporter) == ("+1个", "@年报", "-见附件", "a=b")


@pytest.mark.parametrize("column", ["indicator_id", "year", "value", "unit", "note", "verified"])
def test_formulas_are_refused_in_any_column(tmp_path: Path, column: str) -> None:
    told = only_problem(csv_file(tmp_path, [csv_row("7", 2021, 120) | {column: ' ="1+1"'}]))
    assert told.found == "公式" and told.where.startswith(f"表.csv 第2行 {column}列") and "等号" in told.action


def test_a_formula_above_the_header(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text('"=HYPERLINK(""x"")",\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert only_problem(path).found == "公式"


@pytest.mark.parametrize(
    ("column", "number"), [("note", "139" + "00001111"), ("value", "139" + "00001111"), ("evidence", "020-" + "12345678")]
)
def test_personal_data(tmp_path: Path, column: str, number: str) -> None:
    told = str(only_problem(csv_file(tmp_path, [csv_row("7", 2021, 120) | {column: number}])))
    assert f"第2行 {column}列" in told and "***" in told and number not in told


def test_personal_data_above_the_header(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text("联系电话：139" + "00001111\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "手机号码（139***）" in str(only_problem(path))


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("7", 2021, 120, {}), ("7", 2021, 121, {})], "与 第2行 value列 重复"),
        ([("minimum_wage", 2021, 2100, {"effective_date": "2021-12-01"})] * 2, "重复"),
        ([("7", 2021, 120, {"edition": "2022-03-01"}), ("7", 2021, 121, {"edition": "2022/3/1"})], "重复"),
        ([("7", 2021, 120, {"effective_date": "2021-01-01"}), ("7", 2021, 121, {"effective_date": "2021-12-01"})], "重复"),
    ],
)
def test_repeated_figures(tmp_path: Path, rows: list[Any], words: str) -> None:
    told = str(only_problem(csv_file(tmp_path, [csv_row(series, year, value, **more) for series, year, value, more in rows])))
    assert told.startswith("表.csv 第3行 value列") and words in told


def test_revisions_and_changes_within_a_year_are_no_repeats(tmp_path: Path) -> None:
    rows = [
        csv_row("7", 2021, 120, edition="2022-03-01"), csv_row("7", 2021, 121, edition="2023-03-01"),
        csv_row("2", 2021, 1800), csv_row("2", 2021, 1900, effective_date="2021-07-01"), csv_row("2", 2022, 1900, effective_date="2021-07-01"),
    ]  # fmt: skip
    assert len(read(csv_file(tmp_path, rows)).readings) == 5


def test_task_status_of_an_indicator(tmp_path: Path) -> None:
    assert "任务状态只在任务台账填" in str(only_problem(csv_file(tmp_path, [csv_row("7", 2021, 120, task_status="已完成")])))


def test_wrong_ending_is_read_by_content_and_told(tmp_path: Path) -> None:
    found = read(csv_file(tmp_path, ROWS[:1], name="表.xlsx"))
    assert len(found.readings) == 1 and found.notices == ("扩展名与内容不符，按 CSV 读取：表.xlsx",)


@pytest.mark.parametrize(
    ("added", "found"),
    [
        (",\n" * 4_999, "行或有内容的格过多"),
        ("7," + "x," * 99 + "\n", "第3行有101列"),
        ("," * 22_000 + "\n", "第3行有22,001列"),
        (("x," * 99 + "x\n") * 1_000, "行或有内容的格过多"),
        ("," * 2_000_000, "第3行有2,000,001列"),
    ],
)
def test_too_many_rows_columns_or_cells(tmp_path: Path, added: str, found: str) -> None:
    """A row of 22 KB made every row as wide, in 870 MB."""
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    told = only_problem(path)
    assert told.found == found and told.expected == "不超过5,000行、100列、100,000个有内容的格"


def test_many_rows_are_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text(path.read_text(encoding="utf-8") + "," * (len(HEADINGS) - 1) + ",,\n" * 4_998, encoding="utf-8")
    assert len(read(path).readings) == 1


def test_a_long_cell_is_not_called_an_open_quote(tmp_path: Path) -> None:
    told = only_problem(csv_file(tmp_path, [csv_row("7", 2021, 120, note="长" * 131_073)]))
    assert told.where == "表.csv 第2行" and told.found == "一格超过131,072个字符"


def test_five_megabytes_of_text(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(b"\n" + b"x" * 5_000_000)
    assert only_problem(path).expected == "CSV 不超过5 MB"
    path.write_bytes(b"\n" * 4_999_999 + b"x")
    assert only_problem(path).found == "行或有内容的格过多"


def test_a_personal_number_for_a_heading_is_not_repeated(tmp_path: Path) -> None:
    number = "139" + "00001111"
    rows = [csv_row("7", 2021, "约12") | {number: "3" * 3}]
    told = [str(problem) for problem in problems(csv_file(tmp_path, rows, columns=[*HEADINGS, number]))]
    assert len(told) == 2 and number not in "".join(told)
    assert f"第1行 第{len(HEADINGS) + 1}列" in told[0] and "139***" in told[0] and "约12" in told[1]


@pytest.mark.parametrize(
    "above",
    [
        "7,,2021,120,个",
        "7,,2021,120,个,,,年报,",
        "4,2022年,75\n填报表,,",
        "4,2022年度",
        "t01,2021",
        ",,,7,2021,120",
        "minimum_wage,,2021,2100,元/月",
    ],
)
def test_a_row_of_data_above_the_header_is_not_passed_over(tmp_path: Path, above: str) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text(above + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = [str(problem) for problem in problems(path) if problem.found == "表头上方有数据行"]
    assert len(found) == 1 and found[0].startswith("表.csv 第1行")


@pytest.mark.parametrize("above", ["示例区2021年监测表", "填报日期,2022,3,1", "7", "第,7,页,2021", "单位：元,,,\n2021", "7,页"])
def test_titles_above_the_header_are_passed_over(tmp_path: Path, above: str) -> None:
    path = csv_file(tmp_path, ROWS[:1])
    path.write_text(above + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(read(path).readings) == 1


def test_of_many_problems_the_first_500_are_told(tmp_path: Path) -> None:
    found = problems(csv_file(tmp_path, [csv_row("7", 2021, "约1")] * 500))
    assert len(found) == 500 and found[-1].where.startswith("表.csv 第501行")
    found = problems(csv_file(tmp_path, [csv_row("7", 2021, "约1")] * 1_503))
    assert len(found) == 501 and found[499].where.startswith("表.csv 第501行")
    assert found[500].found == "另有1,003处问题没有列出" and found[500].where == "文件 表.csv"


@pytest.mark.parametrize(
    ("series", "count", "typed", "value"),
    [
        ("6", 221, 100, 22100 / 222),  # 100 % would be 222 of 222
        ("5", 17, 94, 1700 / 18),
        ("5", 17, "94.4", 1700 / 18),
        ("5", 18, 100, 100),
        ("5", 0, 0, 0),
    ],
)
def test_k_of_n_is_exact_whatever_is_typed_beside_it(tmp_path: Path, series: str, count: int, typed: object, value: float) -> None:
    (item,) = read(csv_file(tmp_path, [csv_row(series, 2021, typed, count=count)])).readings
    assert item.value == value and item.count == count


def test_a_base_that_was_counted_is_compared_as_it_is_printed(tmp_path: Path) -> None:
    """39 % is printed: 7 of 18 is 38.89 %."""
    assert read(csv_file(tmp_path, [csv_row("5", 2020, "", count=7)])).readings == ()
    assert read(csv_file(tmp_path, [csv_row("5", 2020, 39, count=7)])).readings == ()
    assert "39（规划印制）" in str(only_problem(csv_file(tmp_path, [csv_row("5", 2020, "", count=8)])))
    assert "39（规划印制）" in str(only_problem(csv_file(tmp_path, [csv_row("5", 2020, 38.9, count=7)])))


def test_a_task_may_be_reported_by_its_status_alone(tmp_path: Path) -> None:
    rows = [
        csv_row("t01", 2021, "", task_status="未启动", source=""),
        csv_row("t01", 2022, 80, task_status="进行中"),
        csv_row("t01", 2023, "", task_status="已取消", unit="", note="任务并入其他规划"),
        csv_row("7", 2023, "", note="未统计"),
    ]
    found = read(csv_file(tmp_path, rows))
    assert [(item.year, item.task_status, item.has_value) for item in found.readings] == [
        (2021, "未启动", False), (2022, "进行中", True), (2023, "已取消", False),
    ]  # fmt: skip
    assert math.isnan(found.readings[0].value) and (found.readings[2].unit, found.readings[2].note) == ("%", "任务并入其他规划")
    assert found.figures == 1 and found.readings[2].where == "表.csv 第4行"
    assert found.notices == (
        "只有任务状态，没有数值：第2行 value列、第4行 value列",
        "填了来源而没有数值，按暂缺处理：第5行 value列",
    )


def test_a_status_without_a_figure_is_checked_like_any_other_row(tmp_path: Path) -> None:
    rows = [
        csv_row("t01", 2021, "", task_status="快了"),
        csv_row("t01", "", "", task_status="已取消"),
        csv_row("t01", 2022, "", task_status="已取消"),
        csv_row("t01", 2022, 50),
        csv_row("t01", 2023, "", task_status="已完成", unit="个"),
    ]
    found = [problem.found for problem in problems(csv_file(tmp_path, rows))]
    assert found == ["任务状态“快了”", "没有年份", "与 第4行 value列 重复", "单位“个”"]


def test_rows_of_demonstration_data_are_counted(tmp_path: Path) -> None:
    rows = [
        csv_row("7", 2021, 120, source="演示数据（虚构）"), csv_row("7", 2022, 121, note="演示 数据"), csv_row("7", 2023, 122, evidence="演示数据"),
        csv_row("4", 2023, "", note="演示数据"),
    ]  # fmt: skip
    assert read(csv_file(tmp_path, rows)).demonstration_rows == 2
