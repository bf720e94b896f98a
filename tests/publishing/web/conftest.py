"""A small report with every kind of block, and its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, RecordFile, Span, TableBlock
from analysis.publishing.web import web_page

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def said(words: str, **known: Any) -> Paragraph:
    return Paragraph((Span(words),), **known)


def verdict_table(**changes: Any) -> TableBlock:
    table = TableBlock(
        "verdicts", "表1", "判定全表", ("序号", "指标", "判定", "完成率"),
        (("1", "甲", "✓ 符合预期", "66.7%"), ("2", "乙", "… 无法评估", "—"), ("3", "丙", "↓ 倒退", "−5%"), ("合计", "", "", "3")),
        frozenset({"序号", "完成率"}), False, (("指标表第1行",), ("指标表第2行",), ("指标表第3行",), ()), ("推算表",), {"完成率": "数值÷目标值"},
    )  # fmt: skip
    return replace(table, **changes)


def chart(**changes: Any) -> ChartBlock:
    return replace(
        ChartBlock("verdicts", "图1", "3项中1项达到", "项数·某区", "来源：某区", "三项的判定", SVG, "指标,值\n甲,1\n", "verdicts"),
        **changes,
    )


def report(*blocks: Block, **changes: Any) -> Document:
    return replace(Document("评估报告", (Heading("s1", 0, "", "评估报告"), *blocks), (), False, {}), **changes)


@pytest.fixture
def full() -> Document:
    """A report with every kind of block."""
    return report(
        said("评估年份：2023年。"),
        Heading("s2", 1, "一、", "总体评价"),
        Paragraph((Span("甲", bold=True), Span("达到，见"), Span("图1", target="图1"), Span("和"), Span("表1", target="表1")), note="数据依据：指标表第1行。"),
        chart(),
        verdict_table(),
        Heading("s3", 2, "（一）", "原因"),
        said("〔待撰写〕请撰写", awaited=True, file="narrative/a.md"),
        Listing((said("外", note="数据依据：监测数据。"), said("内"), said("外二")), (0, 1, 0)),
        Heading("s4", 1, "附件一", "判定全表"),
        said("完。"),
        records=(RecordFile("verdicts", "verdicts.csv", "指标,值\n甲,1\n"),),
    )  # fmt: skip


@pytest.fixture
def parsed() -> Callable[[Document], Any]:
    """A page read by a parser that refuses any error."""
    import html5lib

    def read(document: Document) -> Any:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
        return parser.parse(web_page(document))

    return read


@pytest.fixture
def made() -> Any:
    """Makers of blocks and reports for tests of their own."""

    class Made:
        said, verdict_table, chart, report, svg = (
            staticmethod(said),
            staticmethod(verdict_table),
            staticmethod(chart),
            staticmethod(report),
            SVG,
        )

    return Made
