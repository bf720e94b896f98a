"""What a column is sorted by, how cells are set, how lists nest, how a report falls into parts."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.publishing.document.model import Heading, Listing
from analysis.publishing.web.nesting import nested
from analysis.publishing.web.outline import outlined
from analysis.publishing.web.sort_values import number_in, sort_values
from analysis.publishing.web.table_view import TableView, column_kind, tone


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("66.7%", 66.7), ("1,128", 1128), ("1,234,567.5", 1234567.5), ("−11.5%", -11.5), ("-3", -3), ("+14.5", 14.5), ("3.4倍", 3.4),
        ("2,100＊", 2100), ("61（54～70）", 61), ("5.4→规则", 5.4), ("—→80、100", 80), ("12/12", 100), ("79/200（39.5%）", 39.5),
        ("1,000/2,000", 50), ("3/0", 3), ("很不可能（不足5%）", 5), ("规则", None),
    ],
)  # fmt: skip
def test_the_number_of_a_cell(cell: str, number: float | None) -> None:
    assert number_in(cell) == number


def test_verdicts_are_sorted_by_how_bad_they_are() -> None:
    order = sort_values(["✓ 符合预期", "↓ 倒退", "… 无法评估", "× 未完成"], numeric=False)
    assert order[2] is None
    assert order[1] < order[3] < order[0]  # type: ignore[operator]
    tasks = sort_values(["→ 推进中", "× 到期未完成", "● 已完成"], numeric=False)
    assert tasks[1] < tasks[0] < tasks[2]  # type: ignore[operator]


def test_a_known_failure_is_worse_than_what_cannot_be_judged() -> None:
    partly, changed = sort_values(["□ 部分年度未达标", "※ 口径变更"], numeric=False)
    assert partly < changed  # type: ignore[operator]


@pytest.mark.parametrize(
    ("columns", "numeric", "naming"),
    [
        (("类别", "序号", "数据", "年份"), (), 2),
        (("编号", "任务", "类别"), (), 1),
        (("序号", "来源"), ("序号",), 1),
        (("年份", "值"), ("年份", "值"), 0),
    ],
)
def test_the_column_that_stays_in_sight_names_the_rows(made: Any, columns: tuple[str, ...], numeric: tuple[str, ...], naming: int) -> None:
    table = made.verdict_table(columns=columns, rows=(), evidence=(), numeric=frozenset(numeric), formulas={})
    assert [" heads" in f" {kind}" for kind, _ in TableView.of(table).headers].index(True) == naming


def test_other_words_are_sorted_as_words() -> None:
    assert sort_values(["✓ 符合预期", "别的"], numeric=False) == [None, None]
    assert sort_values(["—", "…"], numeric=False) == [None, None]
    assert sort_values(["2021年", "2022年"], numeric=False) == [None, None]
    assert sort_values(["3", "—", "规则"], numeric=True) == [3, None, None]


def test_columns_and_verdicts_have_their_classes() -> None:
    assert [column_kind(["x" * length], False) for length in (16, 17, 29, 30)] == ["short", "middle", "middle", "long"]
    assert column_kind([], False) == "short"
    assert column_kind(["2020—2023年4点，期末存量；年增"], True) == "number loose"
    assert [tone(text) for text in ("× 未完成", "≈ 基本符合", "● 完成", "▲ 超额完成", "… 无法评估", "× 到期未完成", "≠ 不一致")] == [
        "behind", "nearly", "met", "ahead", "unknown", "behind", "",
    ]  # fmt: skip


def test_the_view_of_a_table(made: Any) -> None:
    view = TableView.of(made.verdict_table())
    assert view.headers == [("number brief", "序号"), ("short brief heads", "指标"), ("short brief", "判定"), ("number brief", "完成率")]
    assert [[cell.value for cell in row] for row in view.rows] == [["1", None, "11", "66.7"], ["2", None, "", ""], ["3", None, "0", "-5"]]
    assert [[cell.value for cell in row] for row in view.totals] == [[None] * 4]  # sums stay where they are
    assert [cell.heads for cell in view.rows[0]] == [False, True, False, False]
    assert view.rows[2][2].kind == "short behind"
    assert not view.broad


def test_columns_computed_alike_are_named_together_in_their_order(made: Any) -> None:
    table = made.verdict_table(formulas={"完成率": "计数", "判定": "规则", "序号": "计数", "没有的列": "计数"})
    assert TableView.of(table).formulas == [("序号、完成率", "计数"), ("判定", "规则")]


def test_which_tables_can_be_sorted(made: Any) -> None:
    def sortable(id: str, count: int) -> bool:
        return TableView.of(made.verdict_table(id=id, rows=(("1", "甲", "● 完成", "1%"),) * count, evidence=())).sortable

    assert [sortable("verdicts", count) for count in (1, 2)] == [False, True]
    assert [sortable("other", count) for count in (6, 7)] == [False, True]


def test_a_table_of_numbers_only_is_headed_by_its_first_column(made: Any) -> None:
    table = made.verdict_table(columns=("甲", "乙"), rows=(("1", "2"),), numeric=frozenset({"甲", "乙"}))
    assert [cell.heads for cell in TableView.of(table).rows[0]] == [True, False]


def test_a_table_of_many_columns_is_printed_on_its_side(made: Any) -> None:
    def broad(count: int) -> bool:
        names = tuple(f"列{number}" for number in range(count))
        return TableView.of(made.verdict_table(columns=names, rows=(names,), numeric=frozenset())).broad

    assert (broad(11), broad(12)) == (False, True)


def test_a_depth_that_skips_a_level_counts_as_one_deeper(made: Any) -> None:
    items = nested(Listing(tuple(made.said(text) for text in "甲乙丙丁"), (0, 2, 1, 0)))
    assert [item.paragraph.text for item in items] == ["甲", "丁"]
    assert [item.paragraph.text for item in items[0].below] == ["乙", "丙"]


def test_parts_open_with_the_highest_headings(made: Any) -> None:
    first, lower, second = Heading("s2", 2, "（一）", "甲"), Heading("s3", 3, "1.", "乙"), Heading("s4", 2, "（二）", "丙")
    front, parts = outlined(made.report(made.said("前"), first, lower, made.said("中"), second))
    assert [block.text for block in front] == ["前"]
    assert [(part.heading, part.below, len(part.blocks)) for part in parts] == [(first, [lower], 2), (second, [], 0)]
    front, parts = outlined(made.report(made.said("前")))
    assert front == () and [part.heading for part in parts] == [None] and parts[0].below == []
