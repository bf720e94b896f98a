"""Tables repeat their head, keep their rows whole, and share the page out by what stands in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from analysis.publishing.document.model import TableBlock
from analysis.publishing.word.column_widths import column_widths, least_total, natural_units, row_lines, units
from analysis.publishing.word.tables import laid_out, table_element

Opener = Callable[..., WordDocument]
MakeTable = Callable[..., TableBlock]


def kept(row: Any) -> bool:
    return all(paragraph.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for paragraph in row.iter(qn("w:p")))


def test_rows_stay_whole_and_the_head_repeats(make_table: MakeTable) -> None:
    rows = table_element(make_table("t", "表1"), 8845).findall(qn("w:tr"))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows] == [True] * 4
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False, False]


def test_short_tables_stay_on_one_page_and_long_ones_flow(make_table: MakeTable) -> None:
    for count, expected in ((16, [True] * 16 + [False]), (17, [True] * 3 + [False] * 15)):
        rows = table_element(make_table("t", "表1", rows=count), 8845).findall(qn("w:tr"))
        assert [kept(row) for row in rows] == expected


def test_high_tables_flow_however_few_their_rows(make_table: MakeTable) -> None:
    high = replace(make_table("t", "表1"), rows=tuple(("字" * 400, "1") for _ in range(6)))
    rows = table_element(high, 8845).findall(qn("w:tr"))
    assert [kept(row) for row in rows] == [True] * 3 + [False] * 4
    assert laid_out(high, 14000).whole is False  # a page on its side is lower still


def test_the_last_rows_stay_with_the_note(make_table: MakeTable) -> None:
    rows = table_element(make_table("t", "表1", rows=20), 8845, noted=True).findall(qn("w:tr"))
    assert [kept(row) for row in rows] == [True] * 3 + [False] * 16 + [True] * 2
    whole = table_element(make_table("t", "表1"), 8845, noted=True).findall(qn("w:tr"))
    assert all(map(kept, whole))


def test_numbers_stand_right_and_words_left(make_table: MakeTable) -> None:
    head, *rows = table_element(make_table("t", "表1"), 8845).findall(qn("w:tr"))
    assert head.xpath("./w:tc/w:p/w:pPr/w:jc/@w:val") == ["center", "center"]
    for row in rows:
        sides = [paragraph.find(f"{qn('w:pPr')}/{qn('w:jc')}") for paragraph in row.iter(qn("w:p"))]
        assert sides[0] is None and sides[1].get(qn("w:val")) == "right"


def test_marks_among_words_take_the_chinese_typeface_and_among_numbers_the_latin(make_table: MakeTable) -> None:
    table = table_element(replace(make_table("t", "表1"), rows=(("…", "—"),)), 8845)
    words, number = [cell.find(f".//{qn('w:rFonts')}") for cell in table.findall(qn("w:tr"))[1].iter(qn("w:tc"))]
    assert words.get(qn("w:hint")) == "eastAsia" and number is None


def test_cells_follow_the_grid_and_fill_the_page(make_table: MakeTable) -> None:
    table = table_element(make_table("t", "表1"), 8845)
    grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    assert sum(grid) == 8845
    for row in table.iter(qn("w:tr")):
        assert [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))] == grid


def test_three_lines(opened: Opener) -> None:
    word = opened()
    assert {table.style.name for table in word.tables if table.style} == {"三线表"}
    style = word.styles.element.xpath("./w:style[@w:styleId='ThreeLines']")[0]
    borders = style.xpath("./w:tblPr/w:tblBorders")[0]
    assert [int(borders.find(qn(f"w:{side}")).get(qn("w:sz"))) for side in ("top", "bottom")] == [12, 12]
    assert borders.find(qn("w:left")) is None and borders.find(qn("w:insideV")) is None
    assert style.xpath("./w:tblStylePr[@w:type='firstRow']/w:tcPr/w:tcBorders/w:bottom/@w:sz") == ["6"]


def test_two_tables_are_never_joined(opened: Opener, make_table: MakeTable) -> None:
    word = opened(make_table("a", "", ""), make_table("b", "", ""))
    tags = [element.tag for element in word.element.body]
    assert tags == [qn("w:tbl"), qn("w:p"), qn("w:tbl"), qn("w:p"), qn("w:sectPr")]


def test_places_and_formulas_stand_below(opened: Opener, make_table: MakeTable) -> None:
    counted = ("类别", "项数", "个数")
    word = opened(
        replace(
            make_table("t", "表1"),
            columns=counted,
            rows=(("甲", "1", "2"),),
            numeric=frozenset(counted[1:]),
            places=("指标表第1行", "指标表第2行"),
            formulas={"项数": "逐项相加", "个数": "逐项相加"},
        )
    )
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.style and paragraph.style.name == "表注"] == [
        "注：各列数字＝逐项相加。数据依据：指标表第1、2行。"
    ]
    assert word.element.body.xpath("./w:p[w:pPr/w:pStyle/@w:val='TableNote']/w:pPr/w:keepLines")


def test_a_table_without_rows_has_its_head(make_table: MakeTable) -> None:
    table = table_element(make_table("t", "表1", rows=0), 8845)
    assert len(table.findall(qn("w:tr"))) == 1


def test_larger_type_where_it_fits(make_table: MakeTable) -> None:
    short = make_table("t", "表1")
    assert laid_out(short, 8845).style == "TableText" and laid_out(short, 8845).size == 21
    long = replace(short, rows=(("字" * 60, "1"),))
    assert laid_out(long, 8845).style == "TableTextSmall" and laid_out(long, 8845).size == 18


def test_smallest_type_only_for_wide_tables_that_would_be_crowded(make_table: MakeTable) -> None:
    row = tuple("字" * 24 for _ in range(6))
    wide = replace(make_table("t", "表1", wide=True), columns=tuple(f"列{place}" for place in range(6)), rows=(row,), numeric=frozenset())
    assert laid_out(wide, 8845).style == "TableTextSmallest" and laid_out(wide, 8845).size == 15
    assert laid_out(replace(wide, wide=False), 8845).size == 18
    assert laid_out(wide, 14000).size == 18
    full = replace(wide, rows=(tuple("abcdefghijklmnopqr" for _ in range(6)),), wide=False)  # nothing in it may break
    assert laid_out(full, 8845).size == 15


def test_rows_take_as_many_lines_as_their_longest_cell() -> None:
    table = TableBlock("t", "表1", "甲", ("甲", "乙"), (("字" * 10, "字"), ("字", ""), ("", "字" * 21)), frozenset(), False, (), (), {})
    assert row_lines(table, [1100, 2100], 100, 100) == [2, 1, 3]


def test_the_least_total_counts_padding_and_slack() -> None:
    table = TableBlock("t", "表1", "甲", ("属性", "值"), (("约束性", "12"),), frozenset({"值"}), False, (), (), {})
    assert least_total(table, 90, 100) == (6 + 1) * 90 + 100 + (2 + 1) * 90 + 100


def test_short_columns_keep_their_words_on_one_line_and_the_longest_gives_most() -> None:
    table = TableBlock(
        "t", "表1", "甲", ("属性", "说明", "备注", "2025年目标值（含结转）"),
        (("约束性", "字" * 80, "字" * 30, "1,234"),), frozenset({"2025年目标值（含结转）"}), False, (), (), {},
    )  # fmt: skip
    short, longest, long, number = column_widths(table, 8845, 90, 140)
    assert short >= 6 * 90 + 140 and longest > long > short
    assert 7 * 90 + 140 < number < units("2025年目标值（含结转）") * 90  # the head breaks, though not within its number
    assert longest / long < 80 / 30


def test_a_long_name_does_not_squeeze_the_rest() -> None:
    table = TableBlock("t", "表1", "甲", ("文件", "来源"), (("a" * 300, "字" * 40),), frozenset(), False, (), (), {})
    name, source = column_widths(table, 8845, 90, 140)
    assert source > 2000 and name > 24 * 90


def test_heads_take_three_lines_at_most() -> None:
    table = TableBlock("t", "表1", "甲", ("既有步伐推算的情景值",), (("1",),), frozenset(), False, (), (), {})
    assert natural_units(table) == [8]


def test_heads_break_before_their_unit() -> None:
    heads = ("社会救助（项）", "缺数按0", "几何平均", "基期→目标")
    table = TableBlock("t", "表1", "甲", heads, (("1", "1", "1", "1,240→1,500"),), frozenset(heads), False, (), (), {})
    assert natural_units(table) == [8, 7, 8, 12]


cells = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60)


@given(
    st.integers(1, 14).flatmap(lambda count: st.lists(st.lists(cells, min_size=count, max_size=count), min_size=1, max_size=4)),
    st.integers(4000, 15000),
)
def test_widths_always_add_up(rows: list[list[str]], available: int) -> None:
    head, *body = (tuple(row) for row in rows)
    table = TableBlock("t", "", "", head, tuple(body), frozenset(head[::2]), False, (), (), {})
    widths = column_widths(table, available, 90, 140)
    assert sum(widths) == available and min(widths) > 0
