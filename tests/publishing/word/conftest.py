"""A small report with everything a report can hold."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument

from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.word import word_report


def png(width: int = 1980, height: int = 1000) -> bytes:
    """Return a white picture at 300 dots an inch."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\x00" + b"\xff" * width) * height)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    dots = struct.pack(">IIB", 11811, 11811, 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"pHYs", dots) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def table(identity: str, label: str, caption: str = "各类项数", *, wide: bool = False, rows: int | None = None) -> TableBlock:
    rows = (17 if wide else 3) if rows is None else rows  # a short one stands upright however wide
    body = tuple((f"类别{identity}{row}", f"{row},000") for row in range(rows))
    return TableBlock(identity, label, caption, ("类别", "项数"), body, frozenset({"项数"}), wide, (), (), {})


def chart(identity: str, label: str) -> ChartBlock:
    svg = '<svg viewBox="0 0 475.2 240"></svg>'
    return ChartBlock(identity, label, "三项中两项达到", "项", "来源", "三项的条形图", svg, "", identity)


def heading(identity: str, level: int, number: str, text: str) -> Heading:
    return Heading(identity, level, number, text)


def words(text: str, **more: object) -> Paragraph:
    return Paragraph((Span(text),), **more)  # type: ignore[arg-type]


BLOCKS: tuple[Block, ...] = (
    heading("s1", 0, "", "中期评估报告"),
    Listing((words("文稿阶段：征求意见稿。"),), (0,)),
    heading("s2", 1, "一、", "总体评价"),
    Paragraph((Span("三项", bold=True), Span("中两项达到。见"), Span("图1", target="图1"), Span("和"), Span("表1", target="表1")), note="数据依据：指标表第1行。"),
    chart("outlook", "图1"),
    table("outlook", "表1"),
    heading("s3", 2, "（一）", "社会救助"),
    Listing((words("甲"), words("乙"), words("丙", note="数据依据：指标表第2行。")), (0, 1, 0)),
    heading("s4", 3, "1.", "低保"),
    heading("s5", 4, "（1）", "标准"),
    heading("s6", 3, "2.", "特困"),
    table("wide_first", "表2", wide=True),
    table("wide_second", "表3", wide=True),
    heading("s7", 2, "（二）", "养老服务"),
    heading("s8", 3, "", "编写单位的小标题"),
    words("〔待撰写〕", file="narrative/causes.md", awaited=True),
    Listing((words("一则"), words("二则")), (0, 0), ordered=True),
    Listing((words("又一则"),), (0,), ordered=True),
    Paragraph((Span("x = 1\ny = 2", code=True),)),
    table("written_1", "", ""),
    heading("s9", 1, "三、", "编号有误的一节"),
    Paragraph((Span("说明", italic=True), Span("网址", link="https://example.org/a b?x=1"))),
    heading("s10", 1, "附件一", "判定全表"),
    words("逐行列出。"),
    heading("s11", 2, "（一）", "全表"),
    table("wide_third", "表4", wide=True, rows=20),
    heading("s12", 1, "附件二", "数据来源"),
    words("来源如下。"),
)  # fmt: skip


@pytest.fixture
def report() -> Document:
    return Document("中期评估报告", BLOCKS, (), True, {"stage": "征求意见稿", "issuing_body": "示例区民政局", "report_date": "2024-05-06"})


@pytest.fixture
def pictures() -> dict[str, bytes]:
    return {"outlook": png()}


Opener = Callable[..., WordDocument]


@pytest.fixture
def opened(report: Document, pictures: dict[str, bytes]) -> Opener:
    """Return what writes blocks (all of the sample by default) and opens the result."""

    def write(*blocks: Block, demonstration: bool = True) -> WordDocument:
        document = Document(report.title, blocks or report.blocks, (), demonstration, report.parameters)
        return docx.Document(BytesIO(word_report(document, pictures)))

    return write


@pytest.fixture
def make_table() -> Callable[..., TableBlock]:
    return table


@pytest.fixture
def make_png() -> Callable[..., bytes]:
    return png
