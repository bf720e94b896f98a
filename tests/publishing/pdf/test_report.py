from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
import yaml

import analysis.publishing.pdf as room
from analysis.presentation import style
from analysis.publishing.document.model import ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.document.reading import read_document
from analysis.publishing.pdf import pdf_report
from analysis.publishing.pdf.parts import content

from .conftest import HOSTILE, paragraph, read, wide_table, words

TITLE = "示例区规划中期评估报告"


def outline(items: list[Any]) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from outline(item)
        else:
            yield item.title


def objects(pdf: pypdf.PdfReader, key: str, value: str | None = None) -> list[Any]:
    found = [pdf.get_object(number) for number in range(1, int(pdf.trailer["/Size"]))]
    return [item for item in found if isinstance(item, dict) and key in item and (value is None or item[key] == value)]


def turned(pdf: pypdf.PdfReader) -> list[int]:
    return [number for number, page in enumerate(pdf.pages) if page.mediabox.width > page.mediabox.height]


def test_bookmarks_are_the_headings_in_order(document: Document, pdf: pypdf.PdfReader) -> None:
    headings = [block.full for block in document.blocks if isinstance(block, Heading) and block.level > 0]
    assert list(outline(pdf.outline)) == headings


def test_only_the_shipped_fonts_are_used_and_embedded(pdf: pypdf.PdfReader) -> None:
    descriptors = objects(pdf, "/FontName")
    assert {item["/FontName"].split("+")[1] for item in descriptors} == {"NotoSerifSC-Regular", "NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all("/FontFile2" in item or "/FontFile3" in item for item in descriptors)


def test_every_word_can_be_found(document: Document, pdf: pypdf.PdfReader) -> None:
    text = words(pdf)
    for block in document.blocks:
        if isinstance(block, Heading):
            assert "".join(block.full.split()) in text
        elif isinstance(block, Paragraph):
            assert "".join(block.text.split()) in text
        elif isinstance(block, TableBlock) and block.id != "hostile":
            assert block.caption in text and block.label in text
    assert "●达标" in text and "×未完成" in text
    assert "13项达到进度" in text and "数据依据：指标表第1行。" in text and "嵌套的一条。" in text
    assert "第30行" in text and text.count("第12项数") == len(turned(pdf))  # the head of a table is repeated


def test_what_people_wrote_is_never_read_as_markup(pdf: pypdf.PdfReader) -> None:
    text = words(pdf)
    for hostile in HOSTILE:
        assert text.count("".join(hostile.split())) == 2  # in the list and in the table
    assert "#值$" in text


def test_long_words_stay_on_the_page(document: Document) -> None:
    long = replace(document, blocks=(document.blocks[0], paragraph("n" * 400)))
    pages = read(long).pages
    lines = [line for line in pages[0].extract_text().split("\n") if line.startswith("nn")]
    assert len(lines) > 3 and max(map(len, lines)) < 80


def test_the_mark_of_made_up_figures_stands_on_every_page(document: Document, pdf: pypdf.PdfReader) -> None:
    assert all("演示数据" in page.extract_text() for page in pdf.pages)
    assert "演示数据" not in words(read(document, demonstration=False))


def test_pages_are_numbered_as_in_official_documents(pdf: pypdf.PdfReader) -> None:
    assert all(f"—{number}—" in "".join(page.extract_text().split()) for number, page in enumerate(pdf.pages, start=1))


def test_contents_link_to_pages(pdf: pypdf.PdfReader) -> None:
    contents = "".join(pdf.pages[0].extract_text().split())
    assert "目录" in contents and "（一）13项符合预期" in contents
    assert len([link for link in pdf.pages[0]["/Annots"] if link.get_object()["/Subtype"] == "/Link"]) >= 4


def test_references_link_to_chart_and_table_though_both_have_the_same_name(document: Document) -> None:
    both = Paragraph((Span("见"), Span("图1", target="图1"), Span("和"), Span("表1", target="表1"), Span("。")))
    (page,) = read(document, blocks=(both, *document.blocks[5:7])).pages
    links = {link.get_object()["/Contents"][:2]: link.get_object()["/Dest"] for link in page["/Annots"]}
    assert links.keys() == {"图1", "表1"}
    assert links["图1"][3] > links["表1"][3]  # the chart stands higher on the page


def test_a_reference_to_nothing_is_plain_text(document: Document) -> None:
    unknown = tuple(Paragraph((Span("图9", target="nowhere"),)) if isinstance(block, Paragraph) else block for block in document.blocks)
    assert "图9" in words(read(document, blocks=unknown))


def test_wide_tables_lie_on_pages_on_their_side_with_their_heading(pdf: pypdf.PdfReader) -> None:
    pages = turned(pdf)
    assert pages == list(range(pages[0], pages[-1] + 1))
    first = "".join(pdf.pages[pages[0]].extract_text().split())
    assert "附件一全表" in first and "表2的标题" in first and "附件二" not in first
    assert len(pages) < len(pdf.pages) - 2


def test_the_file_is_tagged_with_language_title_and_descriptions(pdf: pypdf.PdfReader) -> None:
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].lower().startswith("zh")
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert any("一张图的替代文字" in item["/Alt"] for item in objects(pdf, "/Alt"))
    assert {"/H1", "/TH", "/TD", "/L", "/Figure", "/Caption"} <= {
        item["/S"] for item in objects(pdf, "/S") if item.get("/Type") == "/StructElem"
    }


def test_no_level_of_headings_is_skipped(pdf: pypdf.PdfReader) -> None:
    levels = sorted({item["/S"] for item in objects(pdf, "/S") if str(item["/S"]).startswith("/H") and str(item["/S"])[2:].isdigit()})
    assert levels == ["/H1", "/H2", "/H3"]


def test_metadata_come_from_the_document_alone(document: Document, pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == TITLE and pdf.metadata.author is None and pdf.metadata.creation_date is None
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    dated = read(document, parameters={"issuing_body": "示例区民政局", "report_date": "2024-03-31"})
    assert dated.metadata is not None
    assert dated.metadata.author == "示例区民政局"
    assert dated.metadata.creation_date is not None and dated.metadata.creation_date.date().isoformat() == "2024-03-31"
    assert b"pdfaid:conformance>A<" in dated.trailer["/Root"]["/Metadata"].get_data()  # an archive takes it
    wrong = read(document, parameters={"report_date": "2024-02-31"})
    assert wrong.metadata is not None and wrong.metadata.creation_date is None


def test_equal_content_gives_equal_bytes_on_any_day(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pdf_report(document)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert pdf_report(document) == first
    assert pdf_report(replace(document, demonstration=False)) != first


def test_a_character_without_glyph_is_shown_by_its_code_and_listed(document: Document) -> None:
    name = "王\U00020bb7明"
    blocks = (*document.blocks[:3], paragraph(name), Listing((paragraph(name + "\ud800"),), (0,)))
    text = words(read(document, blocks=blocks))
    assert text.count("王〔U+20BB7〕明") == 2
    assert "请对照原文：〔U+20BB7〕2处、〔U+D800〕1处。" in text
    assert "U+" not in words(read(document))


def test_a_report_without_headings_has_no_contents(document: Document) -> None:
    assert words(read(document, blocks=(paragraph("只有一段。"),), demonstration=False)) == "只有一段。—1—"


def test_places_and_formulas_stand_under_a_table(document: Document) -> None:
    block = TableBlock("t", "表1", "题", ("甲",), (("1",),), frozenset(), False, (), ("专栏1第2行",), {"甲": "乙÷丙"})
    assert "注：甲＝乙÷丙。数据依据：专栏1第2行。" in words(read(document, blocks=(block,)))


def test_columns_computed_alike_share_a_note(document: Document) -> None:
    block = TableBlock(
        "t", "表1", "题", ("甲", "乙", "丙"), (("1", "2", "3"),), frozenset("乙丙"), False, (), (), dict.fromkeys("甲乙", "逐行计数")
    )
    assert "注：甲、乙＝逐行计数。" in words(read(document, blocks=(block,)))
    block = replace(block, formulas=dict.fromkeys("乙丙", "逐行计数"), places=("指标表第1行", "指标表第2行"))
    assert "注：各列数字＝逐行计数。数据依据：指标表第1、2行。" in words(read(document, blocks=(block,)))


def test_a_chart_becomes_a_little_smaller_to_fit_on_the_rest_of_its_page(document: Document) -> None:
    chart = document.blocks[5]
    assert isinstance(chart, ChartBlock)
    tall = replace(chart, svg=chart.svg.replace("200pt", "400pt").replace("475 200", "475 400"))

    def pages(length: int, note: str) -> int:
        return len(read(document, blocks=(paragraph("字" * length, note=note), tall)).pages)

    assert [pages(length, "数据依据：指标表第1行。") for length in (200, 320, 450)] == [1, 1, 2]
    assert pages(260, "注" * 200) == 1  # notes take room too


def test_annexes_of_wide_tables_follow_each_other_on_a_page(document: Document) -> None:
    annex = document.blocks[9:12]
    again = (Heading("s9", 1, "附件三", "又一表"), paragraph("见下。"), replace(wide_table(), label="表4"))
    pdf = read(document, blocks=(*annex, *again))
    texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert turned(pdf) == list(range(1, len(texts))) or turned(pdf) == list(range(len(texts)))
    assert any("第30行" in text and "附件三又一表" in text for text in texts)


def test_a_line_between_a_heading_and_a_frame_stays_with_the_frame(document: Document) -> None:
    line, frame, chart = paragraph("先看。"), paragraph("〔待撰写〕", awaited=True), document.blocks[5]
    made = content(replace(document, blocks=(document.blocks[2], line, frame, line, chart, document.blocks[2], chart)))
    parts = [part for run in made["runs"] for part in run["parts"] if part["kind"] in ("paragraph", "chart")]
    assert [part.get("sticky", part.get("marked")) for part in parts] == [True, False, True, False]


def test_a_page_break_that_tears_tags_costs_the_claim_of_a_standard_only(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    compile_once = room._compiled

    def torn(data: dict[str, str], standards: list[Any]) -> bytes:
        if standards:
            raise typst.TypstError("PDF/UA-1 error", "")
        return compile_once(data, standards)

    monkeypatch.setattr(room, "_compiled", torn)
    pdf = read(document)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert b"pdfuaid" not in pdf.trailer["/Root"]["/Metadata"].get_data()


@pytest.mark.slow
@pytest.mark.parametrize("run", ["demo-14-final-2025", "yuexiu-13-final-2020"])
def test_the_standard_reports_keep_the_accessible_standard(run: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papermill = pytest.importorskip("papermill")
    given = yaml.safe_load((root / "notebooks" / "parameters" / f"{run}.yml").read_text(encoding="utf-8"))
    monkeypatch.setenv(style.VECTOR_VARIABLE, "1")
    papermill.execute_notebook(
        str(root / "notebooks" / f"{given['notebook']}.ipynb"),
        str(tmp_path / "report.ipynb"),
        parameters=given["parameters"],
        kernel_name="python3",
        progress_bar=False,
        cwd=str(tmp_path),
    )
    parameters = given["parameters"] | {"report_date": "2024-03-31"}
    document = read_document(tmp_path / "report.ipynb", demonstration=run.startswith("demo"), parameters=parameters)
    made = pdf_report(document)
    pdf = pypdf.PdfReader(io.BytesIO(made))
    assert b"pdfuaid" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert "〔U+" not in words(pdf)
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    file = tmp_path / "report.pdf"
    file.write_bytes(made)
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
