"""Text from data and people cannot break the file or become anything but text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from analysis.publishing.document.model import ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.word.markup import legal, text_nodes

Opener = Callable[..., WordDocument]
NASTY = "<w:b/>&amp;]]>\"'\x00\x07\x1b\ud800\ufffe甲"
PLAIN = "<w:b/>&amp;]]>\"'甲"


def test_marks_of_xml_stay_text(opened: Opener, report: Document, make_table: Callable[..., TableBlock]) -> None:
    chart = next(block for block in report.blocks if isinstance(block, ChartBlock))
    paragraph = Paragraph((Span(NASTY), Span(NASTY, code=True)), note=NASTY)
    word = opened(
        Heading("s1", 0, "", NASTY),
        Heading("s2", 1, "一、", NASTY),
        paragraph,
        Listing((paragraph,), (0,)),
        replace(chart, finding=NASTY, alt=NASTY),
        replace(make_table("t", "表1", NASTY), rows=((NASTY, NASTY),)),
    )
    body = word.element.body
    assert not body.findall(f".//{qn('w:b')}")
    texts = [found.text for found in body.iter(qn("w:t"))]
    assert texts.count(PLAIN) == 8 and [found for found in texts if "<" in found and PLAIN not in found] == []
    assert body.xpath(".//wp:docPr")[0].get("descr") == PLAIN


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a?b=1&c=%20#d", "https://example.org/a?b=1&c=%20#d"),
        ('https://example.org/"<x> 甲[', "https://example.org/%22%3Cx%3E%20%E7%94%B2%5B"),
    ],
)
def test_addresses_are_ones_that_word_takes(opened: Opener, address: str, kept: str) -> None:
    word = opened(Paragraph((Span("网址", link=address),)))
    (link,) = word.paragraphs[0].hyperlinks
    assert (link.text, link.address) == ("网址", kept)
    assert word.part.rels[link._hyperlink.rId].is_external  # type: ignore[index]


def test_a_formula_is_no_field(opened: Opener) -> None:
    word = opened(Paragraph((Span('INCLUDETEXT "https://example.org"'), Span("=1+1"))))
    assert not list(word.element.body.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")))


@given(st.text())
def test_any_text_comes_out_as_xml_can_hold_it(given_text: str) -> None:
    words = ""
    for found in text_nodes(given_text):
        words += {qn("w:tab"): "\t", qn("w:br"): "\n"}.get(found.tag, found.text or "")
    assert words == legal(given_text.replace("\r\n", "\n").replace("\r", "\n"))
