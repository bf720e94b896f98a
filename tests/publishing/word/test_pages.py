"""Pages follow GB/T 9704; wide tables stand on their side; every page of demonstration data says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from analysis.publishing.document.model import ChartBlock, Heading, Paragraph, Span, TableBlock
from analysis.publishing.word.orientation import sideways
from analysis.publishing.word.page_guess import guessed

Opener = Callable[..., WordDocument]
MakeTable = Callable[..., TableBlock]


def fonts(word: WordDocument, style: str) -> tuple[str, str, str]:
    found = word.styles.element.xpath(f"./w:style[@w:styleId='{style}']")[0]
    faces = found.xpath("./w:rPr/w:rFonts")[0]
    size = found.xpath("./w:rPr/w:sz/@w:val")[0]
    return faces.get(qn("w:eastAsia")), faces.get(qn("w:ascii")), size


def test_upright_page(opened: Opener) -> None:
    section = opened().sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 35, 28, 26]
    pitch = int(section._sectPr.xpath("./w:docGrid/@w:linePitch")[0])
    assert pitch * 22 <= (297 - 72) / 25.4 * 1440 < pitch * 22 + 22 and 28 <= pitch / 20 <= 29


def test_28_characters_fit_a_line(opened: Opener) -> None:
    narrowed = int(opened().styles.element.xpath("./w:style[@w:styleId='BodyText']/w:rPr/w:spacing/@w:val")[0])
    width = 156 / 25.4 * 1440
    assert 28 * (320 + narrowed) <= width < 29 * (320 + narrowed)


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("Title", ("方正小标宋简体", "Times New Roman", "44")),
        ("BodyText", ("仿宋_GB2312", "Times New Roman", "32")),
        ("Heading1", ("黑体", "Times New Roman", "32")),
        ("Heading2", ("楷体_GB2312", "Times New Roman", "32")),
        ("Heading3", ("仿宋_GB2312", "Times New Roman", "32")),
        ("Footer", ("宋体", "Times New Roman", "28")),
        ("TableTextSmall", ("宋体", "Times New Roman", "18")),
    ],
)
def test_typefaces(opened: Opener, style: str, expected: tuple[str, str, str]) -> None:
    assert fonts(opened(), style) == expected


def test_only_the_third_level_is_bold(opened: Opener) -> None:
    sheet = opened().styles.element
    bold = [sheet.xpath(f"./w:style[@w:styleId='Heading{level}']/w:rPr/w:b/@w:val")[0] for level in range(1, 5)]
    assert bold == ["0", "0", "1", "0"]


def test_every_paragraph_style_names_both_scripts_and_no_theme(opened: Opener) -> None:
    sheet = opened().styles.element
    styles = sheet.xpath("./w:style[@w:type='paragraph']")
    assert len(styles) > 15
    for style in styles:
        (faces,) = style.xpath("./w:rPr/w:rFonts")
        assert {qn(f"w:{name}") for name in ("ascii", "hAnsi", "eastAsia", "cs")} == set(faces.keys())
    assert "Theme" not in "".join(name for element in sheet.iter(qn("w:rFonts")) for name in element.attrib)
    assert sheet.xpath("./w:docDefaults//w:lang/@w:eastAsia") == ["zh-CN"]


def test_body_text_is_indented_by_characters(opened: Opener) -> None:
    indent = opened().styles.element.xpath("./w:style[@w:styleId='BodyText']/w:pPr/w:ind")[0]
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


def test_lists_leave_their_indent_to_the_numbers(opened: Opener) -> None:
    assert not opened().styles.element.xpath("./w:style[@w:styleId='ListParagraph']/w:pPr/w:ind")


def test_missing_typefaces_have_replacements(opened: Opener) -> None:
    table = parse_xml(opened().part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE).blob)
    found = {font.get(qn("w:name")): font[0].get(qn("w:val")).split(",")[0] for font in table}
    assert found["仿宋_GB2312"] == "仿宋" and found["楷体_GB2312"] == "楷体" and found["方正小标宋简体"] == "华文中宋"


def test_page_numbers_stand_outside(opened: Opener) -> None:
    word = opened()
    assert word.settings.odd_and_even_pages_header_footer
    for footer, side in ((word.sections[0].footer, "right"), (word.sections[0].even_page_footer, "left")):
        paragraph = footer.paragraphs[0]._p
        assert paragraph.xpath("./w:pPr/w:jc/@w:val") == [side]
        assert paragraph.xpath(".//w:instrText/text()") == [" PAGE "]
        assert "".join(paragraph.xpath(".//w:t/text()")) == "— 1 —"


def test_demonstration_stands_on_every_page(opened: Opener) -> None:
    for section in opened().sections:
        for header in (section.header, section.even_page_header):
            assert not header.is_linked_to_previous
            assert header.paragraphs[0].text == "演示数据　虚构，不得引用"


def test_real_reports_have_no_such_header(opened: Opener) -> None:
    word = opened(demonstration=False)
    assert not word.element.body.xpath(".//w:headerReference") and "不得引用" not in word.part.blob.decode()
    assert word.element.body.xpath(".//w:footerReference")


def test_wide_tables_stand_on_their_side_together(opened: Opener) -> None:
    word = opened()
    assert [section.orientation for section in word.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    for section in word.sections:
        assert section.page_width is not None and section.page_height is not None
        assert (section.page_width > section.page_height) == (section.orientation == WD_ORIENT.LANDSCAPE)
    tables: list[list[str]] = [[]]
    for element in word.element.body:
        if element.tag == qn("w:tbl"):
            tables[-1].append("".join(element.xpath("./w:tblPr/w:tblCaption/@w:val"))[:2])
        if element.find(qn("w:pPr")) is not None and element.pPr.find(qn("w:sectPr")) is not None:
            tables.append([])
    assert tables == [["表1"], ["表2", "表3"], [""], ["表4"], []]


def test_section_marks_never_sit_on_a_caption(opened: Opener) -> None:
    marked = opened().element.body.xpath("./w:p[w:pPr/w:sectPr]/w:pPr/w:pStyle/@w:val")
    assert marked == ["Gap"] * 4


def test_the_text_after_the_contents_starts_a_page(opened: Opener) -> None:
    contents = opened().element.body.xpath("./w:sdt")[0]
    assert contents.getnext().xpath("./w:pPr/w:pageBreakBefore")


def annex(*more: object) -> list[Any]:
    return [Heading("a", 1, "附件一", "全表"), Paragraph((Span("见表。"),)), *more]


def test_an_annex_of_a_wide_table_lies_with_its_heading(make_table: MakeTable) -> None:
    wide, narrow = make_table("w", "表1", wide=True), make_table("n", "表2")
    assert sideways(annex(wide)) == [True, True, True]
    assert sideways(annex(wide, narrow)) == [False, False, True, False]
    assert sideways(annex(narrow)) == [False] * 3
    assert sideways([*annex(Paragraph((Span("字" * 298),))), wide]) == [False] * 3 + [True]
    assert sideways([*annex(Paragraph((Span("字" * 297),))), wide]) == [True] * 4
    assert sideways([Heading("s", 1, "一、", "正文"), wide]) == [False, True]
    assert sideways([*annex(wide), Heading("b", 1, "附件二", "来源"), Paragraph((Span("甲"),))]) == [True] * 3 + [False] * 2


def test_pages_are_guessed_from_the_length_of_the_text(make_table: MakeTable) -> None:
    full = [Paragraph((Span("字" * 26),)) for _ in range(22)]  # 22 lines
    first, second = Heading("s1", 1, "一、", "甲"), Heading("s2", 1, "二、", "乙")
    assert guessed([first, *full[:19], second], [False] * 21).pages == {"s1": 3, "s2": 3}  # with a line of text below it
    assert guessed([first, *full[:21], second], [False] * 23).pages == {"s1": 3, "s2": 4}
    longer = [Paragraph((Span("字" * 27),)), *full[1:19]]
    assert guessed([first, *longer, Paragraph((Span("字"),)), second], [False] * 22).pages == {"s1": 3, "s2": 4}
    wide = make_table("w", "表1", wide=True)
    assert guessed([first, wide, second], [False, True, False]).pages == {"s1": 3, "s2": 5}
    assert guessed([first, Heading("a", 1, "附件一", "全表")], [False] * 2).pages == {"s1": 3, "a": 4}


def test_a_chart_becomes_a_little_smaller_to_fit_on_the_rest_of_its_page() -> None:
    first, line = Heading("s1", 1, "一、", "甲"), Paragraph((Span("字" * 26),))
    chart = ChartBlock("c", "图1", "题", "项", "来源", "图", '<svg viewBox="0 0 100 100"></svg>', "", "c")

    def scale(lines: int) -> float:
        blocks = [first, *[line] * lines, chart]
        return guessed(blocks, [False] * len(blocks)).scales.get("c", 1.0)

    scales = [scale(lines) for lines in range(10)]
    assert scales[:2] == [1.0, 1.0] and scales[9] == 1.0  # it fits, or would be too small
    shrunk = [found for found in scales if found < 1]
    assert len(shrunk) >= 2 and shrunk == sorted(shrunk, reverse=True) and min(shrunk) >= 0.75


def test_the_chart_is_drawn_at_that_scale(opened: Opener) -> None:
    chart = ChartBlock("outlook", "图1", "题", "项", "来源", "图", '<svg viewBox="0 0 198 100"></svg>', "", "c")
    first, line = Heading("s1", 1, "一、", "甲"), Paragraph((Span("字" * 26),))
    widths = [int(opened(first, *[line] * lines, chart).element.body.xpath(".//wp:inline/wp:extent/@cx")[0]) for lines in (2, 12, 20)]
    scale = guessed([first, *[line] * 12, chart], [False] * 14).scales["outlook"]
    assert widths[0] == widths[2] and widths[1] == pytest.approx(widths[0] * scale, abs=2)


def test_the_title_breaks_where_sense_allows(opened: Opener) -> None:
    word = opened(Heading("s1", 0, "", "《越秀区民政事业发展第十四个五年规划》中期评估报告"))
    assert word.paragraphs[0].text == "《越秀区民政事业发展\n第十四个五年规划》中期评估报告"


def test_a_short_wide_table_stands_upright_where_its_words_fit(make_table: MakeTable) -> None:
    short = make_table("w", "表1", wide=True, rows=16)
    assert sideways([short]) == [False]
    assert sideways([make_table("w", "表1", wide=True, rows=17)]) == [True]
    long_words = replace(short, rows=tuple((*row[:-1], "甲" * 240) for row in short.rows))
    assert sideways([long_words]) == [True]
    many = replace(short, columns=tuple(f"列{place}" for place in range(20)), rows=(("12,345.67",) * 20,))
    assert sideways([many]) == [True]
