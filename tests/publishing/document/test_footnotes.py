"""Footnotes name what the reader of the report can find."""

from __future__ import annotations

from typing import Any

import pytest

from analysis.presentation.claims import Claim
from analysis.publishing.document.footnotes import noted
from analysis.publishing.document.model import Block, ChartBlock, Listing, Paragraph, RecordFile, Span, TableBlock

ORIGINS = """label,kind,file,line
指标表全表,派生,verdicts.csv,
判定全表,派生,表:verdicts,
专栏3全表,派生,verdicts.csv,
推算表,推算,figures/outlook.csv,
各类得分表,派生,figures/category_scores.csv,
监测数据,派生,readings.csv,
背景数据,派生,readings.csv,
达标把握表,推算,forecasts.csv,
附件六,推算,表:assumptions,
没有的表,派生,figures/nothing.csv,
docs/models.md,文件,docs/models.md,
"""
RECORDS = [RecordFile("origins", "origins.csv", ORIGINS), RecordFile("readings", "演示数据-readings.csv", "")]


def table(name: str, label: str) -> TableBlock:
    return TableBlock(name, label, "题", (), (), frozenset(), False, (), (), {})


def chart(name: str, label: str) -> ChartBlock:
    return ChartBlock(name, label, "", "", "", "", "", "", name)


SHOWN: list[Block] = [
    table("verdicts", "表8"), table("outlook", "表6"), chart("outlook", "图8"), chart("category_scores", "图2"), table("context", "表4"),
    table("attainment", "表7"), table("assumptions", "表13"),
]  # fmt: skip


def said(*places: str) -> Paragraph:
    return Paragraph((Span("甲。"),), (Claim("甲。", places),))


def note(*places: str, blocks: Any = SHOWN) -> str:
    *_, last = noted([*blocks, said(*places)], RECORDS)
    assert isinstance(last, Paragraph)
    return last.note.removeprefix("数据依据：").removesuffix("。")


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (("指标表全表", "判定全表", "指标表第1行"), "表8；指标表第1行"),
        (("专栏3全表",), "专栏3全表"),
        (("推算表",), "表6"),
        (("各类得分表",), "图2"),
        (("背景数据",), "表4"),
        (("达标把握表",), "表7"),
        (("监测数据",), "监测数据（演示数据-readings.csv）"),
        (("附件六", "假设odds_ahead", "假设odds_close"), "表13（假设）"),
        (("没有的表",), "没有的表"),
        (("docs/models.md",), "方法说明（docs/models.md）"),
        (("阈值midterm.faster_ratio", "得分规则floor"), "评估规则参数"),
        (("核对f00", "专栏1第1行", "核对f03"), "核对项f00、f03；专栏1第1行"),
        (
            ("指标表第8行", "演示数据-monitoring.csv 第4行", "演示数据-monitoring.csv 第7行"),
            "指标表第8行；监测数据文件（演示数据-monitoring.csv）第4、7行",
        ),
        (("public_figures.csv 第2行",), "公开数据文件（public_figures.csv）第2行"),
    ],
)
def test_places_are_named_as_the_report_names_them(places: tuple[str, ...], words: str) -> None:
    assert note(*places) == words


def test_assumptions_without_their_table_are_the_ledger() -> None:
    assert note("假设odds_ahead", blocks=[]) == "假设台账"


def test_a_file_is_named_in_full_once_and_never_for_another() -> None:
    notes = [
        block.note
        for block in noted([said(f"{file} 第1行") for file in ("a.csv", "a.csv", "b.csv", "a.csv")], [])
        if isinstance(block, Paragraph)
    ]
    assert notes == [f"数据依据：数据文件{name}第1行。" for name in ("（a.csv）", "", "（b.csv）", "")]


def test_items_on_different_places_have_each_their_footnote() -> None:
    items = (said("指标表第1行"), said("指标表第2行"), said("指标表第2行"), said(), said("假设a"), said("假设b"))
    (listing,) = noted([Listing(items, (0,) * len(items))], RECORDS)
    assert isinstance(listing, Listing)
    assert [item.note for item in listing.items] == [
        "数据依据：指标表第1行。",
        "",
        "数据依据：指标表第2行。",
        "",
        "",
        "数据依据：假设台账。",
    ]


def test_footnotes_of_people_are_left_alone() -> None:
    written = Paragraph((Span("甲。"),), note="自己的注。", file="narrative/a.md")
    assert list(noted([written, Listing((written,), (0,))], RECORDS)) == [written, Listing((written,), (0,))]
