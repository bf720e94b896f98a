"""Small choices of layout that Word would otherwise make differently."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from analysis.publishing.document.model import Document, Listing, Paragraph, Span, TableBlock
from analysis.publishing.word import word_report
from analysis.publishing.word.tables import table_element

Opener = Callable[..., WordDocument]


def test_heads_of_tables(make_table: Callable[..., TableBlock]) -> None:
    head, first = table_element(make_table("t", "表1"), 8845).findall(qn("w:tr"))[:2]
    assert {found.get(qn("w:eastAsia")) for found in head.iter(qn("w:rFonts"))} == {"黑体"}
    assert {found.get(qn("w:eastAsia")) for found in first.iter(qn("w:rFonts"))} == {None}
    assert {found.get(qn("w:val")) for found in head.iter(qn("w:vAlign"))} == {"bottom"}
    assert {found.get(qn("w:val")) for found in first.iter(qn("w:vAlign"))} == {"center"}


def test_small_type_leaves_the_grid_and_body_text_keeps_to_it(opened: Opener) -> None:
    sheet = opened().styles.element
    for style, off in (("TableTextSmall", 1), ("Picture", 1), ("Caption", 1), ("BodyText", 0), ("Heading1", 0)):
        assert len(sheet.xpath(f"./w:style[@w:styleId='{style}']/w:pPr/w:snapToGrid[@w:val='0']")) == off
    assert sheet.xpath("./w:style[@w:styleId='Picture']/w:pPr/w:spacing/@w:lineRule") == ["auto"]  # an exact pitch would cut it off
    assert sheet.xpath("./w:style[@w:styleId='BodyText']/w:pPr/w:spacing/@w:lineRule") == ["exact"]
    assert sheet.xpath("./w:style[@w:styleId='BodyText']/w:pPr/w:widowControl/@w:val") == ["0"]  # 22 lines on every page


def test_header_and_page_number_stand_within_the_margins(opened: Opener) -> None:
    for section, number in zip(opened().sections, (23, 16, 23, 16, 23), strict=True):
        assert section.header_distance is not None and section.footer_distance is not None
        assert (round(section.header_distance.mm), round(section.footer_distance.mm)) == (15, number)


def test_page_numbers_are_one_character_from_the_edge(opened: Opener) -> None:
    section = opened().sections[0]
    indents = [footer.paragraphs[0]._p.xpath("./w:pPr/w:ind")[0] for footer in (section.footer, section.even_page_footer)]
    assert [indent.get(qn("w:rightChars")) for indent in indents] == ["100", None]
    assert [indent.get(qn("w:leftChars")) for indent in indents] == [None, "100"]


def test_contents_have_dots_and_a_tab(opened: Opener) -> None:
    word = opened()
    for link in word.element.body.xpath("./w:sdt//w:hyperlink | ./w:sdt"):
        assert list(link.iter(qn("w:tab")))
    leaders = [word.styles.element.xpath(f"./w:style[@w:styleId='TOC{level}']//w:tab/@w:leader") for level in (1, 2)]
    assert leaders == [["dot"], ["dot"]]


def test_headings_follow_their_number_at_once(opened: Opener) -> None:
    numbering = parse_xml(opened().part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).blob)
    levels = next(iter(numbering)).findall(qn("w:lvl"))
    assert [level.find(qn("w:suff")).get(qn("w:val")) for level in levels] == ["nothing"] * 4


def test_the_deepest_items_share_a_level(opened: Opener) -> None:
    word = opened(Listing((Paragraph((Span("甲"),)), Paragraph((Span("乙"),))), (3, 9)))
    assert word.element.body.xpath(".//w:ilvl/@w:val") == ["3", "3"]


def test_small_charts_are_not_blown_up(opened: Opener, pictures: dict[str, bytes], make_png: Callable[..., bytes]) -> None:
    pictures["outlook"] = make_png(300, 300)
    (shape,) = opened().inline_shapes
    assert (round(shape.width.inches, 2), round(shape.height.inches, 2)) == (1.0, 1.0)


def test_pictures_are_not_compressed_twice(report: Document, pictures: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(word_report(report, pictures))) as given:
        stored = {entry.filename for entry in given.infolist() if entry.compress_type == ZIP_STORED}
    assert stored == {"word/media/image1.png"}


def test_line_breaks_do_not_stretch_lines(opened: Opener) -> None:
    word = opened(Paragraph((Span("请在"), Span("narrative/causes.md", code=True))), Paragraph((Span("甲"),)))
    assert word.settings.element.find(f"{qn('w:compat')}/{qn('w:doNotExpandShiftReturn')}") is not None
    assert [paragraph._p.xpath("./w:pPr/w:jc/@w:val") for paragraph in word.paragraphs] == [["left"], []]


def test_only_code_has_letters_of_one_width(opened: Opener) -> None:
    table = parse_xml(opened().part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE).blob)
    fixed = [font.get(qn("w:name")) for font in table if font.find(qn("w:pitch")).get(qn("w:val")) == "fixed"]
    assert fixed == ["Courier New"]
