"""The deposited tables of a district's plan are read as they are printed."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from sample_plan import DEPOSIT, PROJECTS_TEXT, REFERENCE, TABLES, TEXT, content, read

from analysis.intake.boxes import CONTENTS, PLANNED, PROJECTS, STATISTICS
from analysis.intake.plan_text import ALL_BOXES, ROW_TYPES, read_plan_text, write_tables
from analysis.vocabulary.errors import InputError


def test_every_row_of_the_three_tables_is_read() -> None:
    assert [len(REFERENCE.rows(kind)) for kind in TABLES] == [26, 45, 27]
    assert REFERENCE.projects == ()
    assert REFERENCE.labels == {kind: f"专栏{number}" for number, kind in enumerate(TABLES, start=1)}
    assert set(ROW_TYPES) == set(CONTENTS) == set(ALL_BOXES)


def test_a_row_whose_name_wraps_and_whose_values_stand_on_their_own_line() -> None:
    row = REFERENCE.achieved_indicators[4]
    assert (row.number, row.category, row.name, row.unit) == (5, "养老服务", "福利彩票公益金资助养老服务体系建设资金占比", "%")
    assert (row.target, row.actual, row.printed_rate_percent) == (50, 88, 160)
    assert TEXT.splitlines()[row.source_line - 1].startswith("5 福利彩票")


def test_a_row_with_quoted_words_and_a_blank_line_before_its_values() -> None:
    row = REFERENCE.achieved_indicators[20]
    assert (row.number, row.category) == (21, "社会事务")
    assert row.name == "转制社区集体经济组织“三资”交易平台上线交易率"
    assert (row.target, row.actual, row.printed_rate_percent) == (100, 100, 100)


@pytest.mark.parametrize(("number", "name", "parent"), [(15, "养老机构", 14), (30, "3A级以上社会组织", 29)])
def test_sub_items_know_their_total(number: int, name: str, parent: int) -> None:
    row = REFERENCE.statistics[number - 1]
    assert (row.number, row.name, row.parent_number) == (number, name, parent)


def test_other_statistics_have_no_total() -> None:
    assert [row.number for row in REFERENCE.statistics if row.parent_number] == [15, 30]


def test_a_missing_mark_is_none_and_decimals_stay_as_printed() -> None:
    assert REFERENCE.statistics[4].period_12 is None
    assert str(REFERENCE.statistics[10].period_12) == "26.50"
    assert str(REFERENCE.statistics[7].period_13) == "520.30"
    row = next(row for row in REFERENCE.planned_indicators if row.number == 22)
    assert (row.value_2020, row.target_2023, row.target_2025) == (None, None, 80)


def test_row_3_has_three_parts_that_share_one_attribute() -> None:
    rows = [row for row in REFERENCE.planned_indicators if row.number == 3]
    assert [row.part for row in rows] == ["全自理", "半自理（半失能）", "全护理（失能）"]
    assert {(row.name, row.unit, row.binding, row.category) for row in rows} == {("特困人员照料护理标准", "元/人/月", "约束性", "社会救助")}
    assert [(row.value_2020, row.rule_factor) for row in rows] == [(42, Decimal("0.02")), (630, Decimal("0.3")), (1260, Decimal("0.6"))]


def test_row_24_has_two_parts_that_share_one_unit() -> None:
    rows = [row for row in REFERENCE.planned_indicators if row.number == 24]
    assert [(row.name, row.part, row.unit, row.value_2020) for row in rows] == [
        ("残疾人两项补贴", "困难残疾人生活补贴", "元/人/月", 175),
        ("残疾人两项补贴", "重度残疾人护理补贴", "元/人/月", 235),
    ]


@pytest.mark.parametrize(
    ("number", "kind", "comparison", "reference", "factor"),
    [
        (1, "growth_of", "at_least", "本地居民上年度人均消费支出", None),
        (2, "factor_of", "at_least", "本地最低生活保障标准", Decimal("1.6")),
        (10, "follows", "follows", "当年度孤儿基本生活保障标准", None),
        (24, "follows", "follows", "省标准", None),
    ],
)
def test_rules_are_structured(number: int, kind: str, comparison: str, reference: str, factor: Decimal | None) -> None:
    row = next(row for row in REFERENCE.planned_indicators if row.number == number)
    assert (row.rule_kind, row.rule_comparison, row.rule_reference, row.rule_factor) == (kind, comparison, reference, factor)
    assert (row.target_2023, row.target_2025) == (None, None)


def test_commitments_of_a_projects_box() -> None:
    first, second = read(TEXT + PROJECTS_TEXT, *ALL_BOXES).projects
    assert (first.name, first.quantity, first.unit, first.area_unit) == ("社区食堂", 12, "个", "街道")
    assert (first.deadline_year, first.minimum_per_area, first.minimum_floor_area_m2) == (2022, 1, 300)
    assert (first.functions, first.exception) == ("堂食、送餐", "可与邻近街道合设")
    assert (second.quantity, second.minimum_per_area, second.exception) == (40, 2, "")


def test_a_contents_list_and_a_sentence_that_name_the_projects_box_are_not_it() -> None:
    contents = "目录\n专栏4 “十四五”时期为老服务建设重点 45\n序言\n专栏4 所列项目\n应当按期完成。\n"
    assert len(read(contents + TEXT + PROJECTS_TEXT, PROJECTS).projects) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, line_end: str) -> None:
    path = tmp_path / "规划.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode(encoding))
    assert content(read_plan_text(path, TABLES)) == content(REFERENCE)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "规划.txt"
    path.write_bytes(b"\xff\xfe\xff" + TEXT.encode()[:99] + b"\x81")
    with pytest.raises(InputError, match=r"编码|没有找到"):
        read_plan_text(path)


def test_tables_are_written_as_printed(tmp_path: Path) -> None:
    written = write_tables(read_plan_text(DEPOSIT, TABLES), tmp_path, TABLES)
    assert [path.name for path in written] == [f"{kind}.csv" for kind in TABLES]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in written)
    rows = list(csv.DictReader((tmp_path / f"{STATISTICS}.csv").open(encoding="utf-8")))
    assert (rows[10]["period_12"], rows[4]["period_12"], rows[14]["parent_number"]) == ("26.50", "", "14")
    planned = list(csv.DictReader((tmp_path / f"{PLANNED}.csv").open(encoding="utf-8")))
    assert planned[1]["rule_factor"] == "1.6" and planned[1]["target_2025"] == ""


def test_an_unknown_box_is_told() -> None:
    with pytest.raises(InputError, match="参数 boxes"):
        read(TEXT, "专栏9")
