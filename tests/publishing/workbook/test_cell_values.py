"""Cells of the workbook: numbers as numbers in the format of the report, text as text whatever it looks like."""

from __future__ import annotations

import pytest

from analysis.presentation import style
from analysis.publishing.workbook.sheet_names import LONGEST, SheetNames
from analysis.publishing.workbook.values import from_data, from_text, number_format


@pytest.mark.parametrize(
    ("cell", "content", "shape"),
    [
        ("66.2%", 0.662, '#,##0.0%;"−"#,##0.0%'),
        ("40%", 0.4, '#,##0%;"−"#,##0%'),
        ("1,805", 1805.0, '#,##0;"−"#,##0'),
        ("4350.28", 4350.28, '0.00;"−"0.00'),
        ("−3.2", -3.2, '#,##0.0;"−"#,##0.0'),
        ("-1.4", -1.4, '#,##0.0;"−"#,##0.0'),
        ("+13.89百分点", 13.89, '"+"#,##0.00"百分点";"−"#,##0.00"百分点";#,##0.00"百分点"'),
        ("2.1倍", 2.1, '#,##0.0"倍";"−"#,##0.0"倍"'),
        ("2023年", 2023.0, '0"年";"−"0"年"'),
        ("1,080＊", 1080.0, '#,##0"＊";"−"#,##0"＊"'),
        ("0", 0.0, '#,##0;"−"#,##0'),
    ],
)
def test_what_reads_as_one_number_becomes_one(cell: str, content: float, shape: str) -> None:
    value = from_text(cell)
    assert (value.content, value.number_format, value.shown) == (content, shape, cell)
    assert value.is_number


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "—",
        "…",
        "007",
        "1,80",
        "82（123/150）",
        "2022-01-31",
        "1e5",
        "=1+1",
        "第3行",
        "约30%",
        "61（54～70）",
        "1234567890123456",
        "3A",
        "5个百分点以上",
    ],
)
def test_everything_else_stays_text(cell: str) -> None:
    value = from_text(cell)
    assert (value.content, value.number_format, value.is_number) == (cell, "", False)


def test_verdicts_carry_symbol_word_and_colour() -> None:
    assert from_text("× 未完成").colour == style.MISSED_COLOUR
    assert from_text("● 完成").colour == style.words_in(style.MET_COLOUR)
    assert from_text("未完成任务").colour == ""
    value = from_data({"status": "略滞后"}, "status")
    assert (value.content, value.colour) == ("▽ 略滞后", style.MISSED_COLOUR)


@pytest.mark.parametrize(
    ("row", "name", "content", "shown"),
    [
        ({"value": "66.2", "unit": "%"}, "value", 0.662, "66.2%"),
        ({"value": "1805", "unit": "元/人/月"}, "value", 1805.0, "1,805"),
        ({"value": "12.4867924528", "unit": "张"}, "value", 12.4867924528, "12.49"),
        ({"completion": "0.919444444444"}, "completion", 0.919444444444, "91.9%"),
        ({"completion": "0.9499999"}, "completion", 0.9499999, "94.99999%"),
        ({"schedule_ratio": "0.949"}, "schedule_ratio", 0.949, "0.949"),
        ({"required_pace": "2.9", "unit": "%"}, "required_pace", 2.9, "+2.9百分点"),
        ({"required_pace": "-14.5", "unit": "个"}, "required_pace", -14.5, "−14.5"),
        ({"shortfall": "24", "unit": "张"}, "shortfall", 24.0, "24"),
        ({"rule_required": "8.6", "unit": "元/月", "rule_compares": "growth"}, "rule_required", 0.086, "8.6%"),
        ({"rule_required": "1804.8", "unit": "元/月", "rule_compares": "level"}, "rule_required", 1804.8, "1,804.8"),
        ({"rule_margin": "0.52", "unit": "元/月", "rule_compares": "growth"}, "rule_margin", 0.52, "+0.52百分点"),
        ({"printed_rate_percent": "123"}, "printed_rate_percent", 1.23, "123.0%"),
        ({"year": "2023"}, "year", 2023.0, "2023"),
        ({"indicator_id": "12"}, "indicator_id", 12.0, "12"),
        ({"something": "7.5"}, "something", 7.5, "7.5"),
    ],
)
def test_a_data_file_is_shown_in_the_unit_of_its_row(row: dict[str, str], name: str, content: float, shown: str) -> None:
    value = from_data(row, name)
    assert value.content == pytest.approx(content, rel=1e-15)
    assert value.shown == shown


@pytest.mark.parametrize(
    ("row", "name", "words"),
    [
        ({"kind": "keep"}, "kind", "保持"),
        ({"name": "keep"}, "name", "keep"),
        ({"rule_comparison": "at_least"}, "rule_comparison", "不低于"),
        ({"without_base": "True"}, "without_base", "是"),
        ({"held": "0"}, "held", "否"),
        ({"held": ""}, "held", ""),
        ({"series": "minimum_wage"}, "series", "背景"),
        ({"source": "'=1+1"}, "source", "=1+1"),
        ({"source": "'十四五'"}, "source", "'十四五'"),
        ({"edition": "2024"}, "edition", "2024"),
        ({"value": "nan", "unit": "%"}, "value", "nan"),
    ],
)
def test_words_of_a_data_file(row: dict[str, str], name: str, words: str) -> None:
    value = from_data(row, name)
    assert (value.content, value.is_number) == (words, False)


def test_formats_keep_their_decimals() -> None:
    assert number_format(2) == '#,##0.00;"−"#,##0.00'
    assert number_format(0, grouped=False) == '0;"−"0'


def test_sheet_names_are_legal_and_unique() -> None:
    names = SheetNames()
    long = "很长的名称" * 10
    taken = [names.take(wanted) for wanted in (long, long, "a/b:c?[d]*\\e", "A B C D E", "'引号'", "", "History", "判定表\n第二行")]
    assert taken[0] == long[:LONGEST]
    assert taken[1] == f"{long[: LONGEST - 3]}（2）"
    assert taken[2:] == ["a b c d e", "A B C D E（2）", "引号", "表", "History（2）", "判定表 第二行"]
    assert all(len(name) <= LONGEST and not set(name) & set("[]:*?/\\") for name in taken)
    assert len({name.casefold() for name in taken}) == len(taken)


@pytest.mark.parametrize(
    ("row", "name", "shown"),
    [
        ({"completion": "0.9194"}, "completion", "91.9%"),
        ({"completion": "0.94984"}, "completion", "94.98%"),  # kept apart from the threshold it does not reach
        ({"earlier": "0.284", "unit": "万人"}, "earlier", "0.284"),
        ({"later": "12.345", "unit": "万人"}, "later", "12.35"),
        ({"value": "66.257", "unit": "%"}, "value", "66.26%"),
        ({"value": "5.257", "unit": "%"}, "value", "5.26%"),
    ],
)
def test_figures_show_as_many_decimals_as_they_need(row: dict[str, str], name: str, shown: str) -> None:
    assert from_data(row, name).shown == shown
