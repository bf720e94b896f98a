"""The Word file has the structure that officials work with: numbered headings, contents, captions, references, footnotes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from analysis.publishing.document.model import Document, Heading, Listing, Paragraph, Span, TableBlock

Opener = Callable[..., WordDocument]


def styled(word: WordDocument, style: str) -> list[Any]:
    return word.element.body.xpath(f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")


def find(element: Any, path: str) -> Any:
    """Search also elements that python-docx has no class for."""
    return etree.XPath(path, namespaces=nsmap)(element)


def text(element: Any) -> str:
    return "".join(found.text or "" if found.tag == qn("w:t") else "\n" for found in element.iter(qn("w:t"), qn("w:br")))


def part(word: WordDocument, kind: str) -> Any:
    return parse_xml(word.part.part_related_by(kind).blob)


def instructions(element: Any) -> list[str]:
    return [found.text.strip() for found in element.iter(qn("w:instrText"))]


def numbering(paragraph: Any) -> tuple[str, str] | None:
    found = paragraph.xpath("./w:pPr/w:numPr")
    return (found[0].xpath("./w:ilvl/@w:val")[0], found[0].xpath("./w:numId/@w:val")[0]) if found else None


def test_every_text_comes_in_order(opened: Opener, report: Document) -> None:
    written = "\n".join(text(paragraph) for paragraph in opened().element.body.iter(qn("w:p")))
    written = written[written.index("目　　录") :]  # the title and the cover come before the contents
    position = written.index("总体评价", written.index("附件二　数据来源") + 1)
    for block in report.blocks[3:]:
        pieces: list[str] = []
        if isinstance(block, Heading | Paragraph):
            pieces = [block.text]
        elif isinstance(block, Listing):
            pieces = [item.text for item in block.items]
        elif isinstance(block, TableBlock):
            pieces = [
                *([f"{block.label}　{block.caption}"] if block.label else []),
                *block.columns,
                *(cell for row in block.rows for cell in row),
            ]
        else:
            pieces = [f"{block.label}　{block.finding}"]
        for piece in pieces:
            position = written.index(piece, position) + len(piece)


def test_headings_take_words_own_styles_and_numbers(opened: Opener) -> None:
    word = opened()
    assert [text(found) for found in styled(word, "Title")] == ["中期评估报告"]
    first, wrong = styled(word, "Heading1")
    assert (text(first), numbering(first)) == ("总体评价", None)  # the style's own number
    assert (text(wrong), numbering(wrong)) == ("三、编号有误的一节", ("0", "0"))  # Word would have said 二、
    assert [text(found) for found in styled(word, "Heading3")] == ["低保", "特困", "编写单位的小标题"]
    assert numbering(styled(word, "Heading3")[2]) == ("2", "0")
    assert text(styled(word, "Heading4")[0]) == "标准"


def test_numbers_start_over_below_an_annex(opened: Opener) -> None:
    word = opened()
    below_annex = styled(word, "Heading2")[2]
    level, series = numbering(below_annex) or ("", "")
    assert (text(below_annex), level) == ("全表", "1")
    started = part(word, RELATIONSHIP_TYPE.NUMBERING).xpath(f"./w:num[@w:numId='{series}']")[0]
    assert started.xpath("./w:lvlOverride[@w:ilvl='1']/w:startOverride/@w:val") == ["1"]
    assert started.xpath("./w:abstractNumId/@w:val") == ["0"]


def test_levels_are_linked_to_styles_both_ways(opened: Opener) -> None:
    word = opened()
    levels = part(word, RELATIONSHIP_TYPE.NUMBERING).xpath("./w:abstractNum[@w:abstractNumId='0']/w:lvl")
    found = [tuple(find(level, f"./w:{name}/@w:val") for name in ("pStyle", "numFmt", "lvlText")) for level in levels]
    assert found == [
        (["Heading1"], ["chineseCountingThousand"], ["%1、"]),
        (["Heading2"], ["chineseCountingThousand"], ["（%2）"]),
        (["Heading3"], ["decimal"], ["%3."]),
        (["Heading4"], ["decimal"], ["（%4）"]),
    ]
    for level in range(1, 5):
        style = word.styles.element.xpath(f"./w:style[@w:styleId='Heading{level}']")[0]
        assert style.xpath("./w:name/@w:val") == [f"heading {level}"]
        assert style.xpath("./w:pPr/w:numPr/w:numId/@w:val") == ["1"]
        assert style.xpath("./w:pPr/w:numPr/w:ilvl/@w:val") == style.xpath("./w:pPr/w:outlineLvl/@w:val") == [str(level - 1)]


def test_annexes_have_their_own_style_and_a_place_in_the_outline(opened: Opener) -> None:
    word = opened()
    assert [text(found) for found in styled(word, "Annex")] == ["附件一　判定全表", "附件二　数据来源"]
    style = word.styles.element.xpath("./w:style[@w:styleId='Annex']")[0]
    assert style.xpath("./w:pPr/w:outlineLvl/@w:val") == ["0"] and not style.xpath(".//w:numPr")


def test_contents_hold_two_levels_with_links_and_pages(opened: Opener) -> None:
    word = opened()
    block = word.element.body.xpath("./w:sdt")[0]
    assert instructions(block)[0] == 'TOC \\o "1-2" \\h \\z \\u'
    entries = find(block, ".//w:hyperlink")
    shown = [find(found, "./w:r/w:t/text()") for found in entries]
    assert [words[0] for words in shown] == [
        "一、总体评价", "（一）社会救助", "（二）养老服务", "三、编号有误的一节", "附件一　判定全表", "（一）全表", "附件二　数据来源",
    ]  # fmt: skip
    assert [int(words[1]) for words in shown] == sorted(int(words[1]) for words in shown)
    assert shown[0][1] == "3"
    names = word.element.body.xpath(".//w:bookmarkStart/@w:name")
    for found in entries:
        anchor = found.get(qn("w:anchor"))
        assert instructions(found) == [f"PAGEREF {anchor} \\h"] and anchor in names
    assert part(word, RELATIONSHIP_TYPE.SETTINGS).xpath("./w:updateFields/@w:val") == ["1"]
    assert len(find(block, ".//w:fldChar[@w:fldCharType='begin']")) == len(find(block, ".//w:fldChar[@w:fldCharType='end']"))


def test_captions_count_and_references_point_to_them(opened: Opener) -> None:
    word = opened()
    captions = styled(word, "Caption")
    assert [text(found) for found in captions][:3] == ["图1　三项中两项达到", "表1　各类项数", "表2　各类项数"]
    assert [instructions(found) for found in captions][:2] == [["SEQ 图 \\* ARABIC"], ["SEQ 表 \\* ARABIC"]]
    assert [bool(found.xpath("./w:pPr/w:keepNext")) for found in captions] == [False, True, True, True, True]
    bookmarks = {found.get(qn("w:name")): found.getparent() for found in word.element.body.iter(qn("w:bookmarkStart"))}
    references = [words for words in instructions(word.element.body) if words.startswith("REF ")]
    # The chart and the table share a name; each label has a bookmark of its own.
    assert [text(bookmarks[words.split()[1]])[:2] for words in references] == ["图1", "表1"]
    numbers = word.element.body.xpath(".//w:bookmarkStart/@w:id")
    assert len(numbers) == len(set(numbers)) == len(word.element.body.xpath(".//w:bookmarkEnd"))


def test_a_bookmark_holds_the_label_and_nothing_else(opened: Opener) -> None:
    caption = styled(opened(), "Caption")[0]
    start, end = caption.find(qn("w:bookmarkStart")), caption.find(qn("w:bookmarkEnd"))
    inside = list(caption)[list(caption).index(start) + 1 : list(caption).index(end)]
    assert "".join(text(found) for found in inside) == "图1"


def test_a_reference_to_nothing_is_plain_text(opened: Opener) -> None:
    word = opened(Heading("s1", 0, "", "甲"), Paragraph((Span("图9", target="gone"),)))
    assert instructions(word.element.body) == [] and text(styled(word, "BodyText")[0]) == "图9"


def test_charts_are_as_wide_as_the_text_and_described(opened: Opener) -> None:
    word = opened()
    (shape,) = word.inline_shapes
    assert shape.width.mm == pytest.approx(156, abs=0.2) and shape.width / shape.height == pytest.approx(1.98, abs=0.01)
    properties = word.element.body.xpath(".//wp:docPr")[0]
    assert (properties.get("name"), properties.get("descr"), properties.get("title")) == ("图1", "三项的条形图", "三项中两项达到")


def test_a_tall_chart_leaves_room_for_its_caption(
    opened: Opener, pictures: dict[str, bytes], report: Document, make_png: Callable[..., bytes]
) -> None:
    pictures["outlook"] = make_png(1000, 3000)
    (shape,) = opened().inline_shapes
    assert shape.height.mm < 225 - 3 * 10 and shape.width / shape.height == pytest.approx(1 / 3, abs=0.01)


def test_footnotes_are_footnotes(opened: Opener) -> None:
    word = opened()
    notes = part(word, RELATIONSHIP_TYPE.FOOTNOTES)
    assert [found.get(qn("w:type")) for found in notes][:3] == ["separator", "continuationSeparator", None]
    assert [text(found).strip() for found in notes][2:] == ["数据依据：指标表第1行。", "数据依据：指标表第2行。"]
    marks = word.element.body.xpath(".//w:footnoteReference")
    assert [found.get(qn("w:id")) for found in marks] == ["1", "2"] == [found.get(qn("w:id")) for found in notes][2:]
    for mark in marks:
        run = mark.getparent()
        assert run.getnext() is None  # at the end of its paragraph
        assert run.xpath("./w:rPr/w:rStyle/@w:val") == ["FootnoteReference"]
    raised = word.styles.element.xpath("./w:style[@w:styleId='FootnoteReference']//w:vertAlign/@w:val")
    assert raised == ["superscript"]


def test_awaited_text_is_highlighted_and_other_text_is_not(opened: Opener) -> None:
    word = opened()
    marked = [found.getparent().getparent() for found in word.element.body.iter(qn("w:highlight"))]
    assert [text(found) for found in marked] == ["〔待撰写〕"]


def test_lists_nest_and_start_over(opened: Opener) -> None:
    items = {text(found): numbering(found) for found in styled(opened(), "ListParagraph")}
    assert items["甲"] == ("0", "2") and items["乙"] == ("1", "2")  # bullets
    assert items["一则"] == items["二则"] != items["又一则"]
    assert {items["一则"][1], items["又一则"][1]}.isdisjoint({"1", "2"})  # type: ignore[index]


def test_code_keeps_its_lines(opened: Opener) -> None:
    assert [text(found) for found in styled(opened(), "CodeBlock")] == ["x = 1\ny = 2"]


def test_emphasis(opened: Opener) -> None:
    body = opened().element.body
    assert [text(found.getparent().getparent()) for found in body.iter(qn("w:b"))] == ["三项"]
    assert [text(found.getparent().getparent()) for found in body.iter(qn("w:i"))] == ["说明"]


def test_properties(opened: Opener) -> None:
    properties = opened().core_properties
    assert (properties.title, properties.author, properties.language) == ("中期评估报告", "示例区民政局", "zh-CN")
    assert properties.subject == "演示数据　虚构，不得引用"
    assert properties.created is not None and properties.modified is not None
    assert properties.created.isoformat()[:10] == properties.modified.isoformat()[:10] == "2024-05-06"
    assert opened(demonstration=False).core_properties.subject == "征求意见稿"
