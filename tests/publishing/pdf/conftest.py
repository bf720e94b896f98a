"""A small report with every kind of block, and its PDF."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import pytest

from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.pdf import pdf_report

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="475.2pt" height="200pt" viewBox="0 0 475 200">'
    '<rect width="300" height="90" fill="#0f4c81"/></svg>'
)
HOSTILE = ('#import "x": *', "\\textbf $x^2$ *粗* _斜_", "@x <b> `code` = 标题", "https://example.org/" + "very-long/" * 12, "n" * 90)


def paragraph(*texts: str, note: str = "", awaited: bool = False) -> Paragraph:
    return Paragraph(tuple(Span(text) for text in texts), note=note, awaited=awaited)


def table(
    name: str, label: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], *, wide: bool = False, numeric: tuple[str, ...] = ()
) -> TableBlock:
    return TableBlock(name, label, f"{label}的标题", columns, rows, frozenset(numeric), wide, (), (), {})


def wide_table() -> TableBlock:
    columns = tuple(f"第{number}项数" for number in range(1, 13))
    rows = tuple((f"第{row}行指标名称较长的说明文字", *["12,345.67"] * 10, f"备注第{row}条较长的文字说明") for row in range(1, 31))
    return table("wide", "表2", columns, rows, wide=True, numeric=columns[1:11])


@pytest.fixture
def document() -> Document:
    blocks: tuple[Block, ...] = (
        Heading("s1", 0, "", "示例区规划中期评估报告"),
        Listing((paragraph("评估年份：2023年。"), paragraph("嵌套的一条。")), (0, 1)),
        Heading("s2", 1, "一、", "总体评价"),
        Heading("s3", 2, "（一）", "13项符合预期"),
        Paragraph((Span("约束性", bold=True), Span("10项，见"), Span("图1", target="图1"), Span("。")), note="数据依据：指标表第1行。"),
        ChartBlock("same", "图1", "13项达到进度", "项", "来源：规划", "一张图的替代文字", SVG, "", "same"),
        table("same", "表1", ("判定", "项数"), (("● 达标", "13"), ("× 未完成", "2")), numeric=("项数",)),
        Heading("s4", 3, "", "写作者的小标题", file="narrative/a.md"),
        paragraph("〔待撰写〕　请撰写原因。", awaited=True),
        Heading("s5", 1, "附件一", "全表"),
        paragraph("逐行列出，见表2。"),
        wide_table(),
        Heading("s6", 1, "附件二", "危险文字"),
        Heading("s7", 4, "", "越级的小标题"),
        Listing(tuple(paragraph(text) for text in HOSTILE), (0,) * len(HOSTILE), ordered=True),
        table("hostile", "表3", ("名称", "#值$"), tuple((text, text[:12]) for text in HOSTILE)),
    )
    return Document("示例区规划中期评估报告", blocks, (), True, {})


@pytest.fixture
def pdf(document: Document) -> pypdf.PdfReader:
    return read(document)


def read(document: Document, **changes: object) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf_report(replace(document, **changes))))


def words(pdf: pypdf.PdfReader) -> str:
    """All words without the breaks that pages and lines put between them."""
    return "".join("".join(page.extract_text().split()) for page in pdf.pages)
