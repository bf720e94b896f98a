"""The page of a small report: structure, links, notes, downloads, policy, escaping, bytes."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from analysis.publishing.document.model import Document, Heading, Listing, Paragraph, RecordFile, Span
from analysis.publishing.web import web_page

Read = Callable[[Document], Any]


def words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def by_class(page: Any, name: str) -> list[Any]:
    return [element for element in page.iter() if name in (element.get("class") or "").split()]


def by_id(page: Any, id: str) -> Any:
    (found,) = [element for element in page.iter() if element.get("id") == id]
    return found


def downloaded(link: Any) -> str:
    kind, data = link.get("href").split(",", 1)
    assert kind == "data:text/csv;charset=utf-8;base64"
    return base64.b64decode(data).decode()


def test_structure_says_what_is_what(full: Document, parsed: Read) -> None:
    page = parsed(full)
    assert page.get("lang") == "zh-CN"
    assert words(page.find("head/title")) == "评估报告"
    assert [words(element) for element in page.iter("h1")] == ["评估报告"]
    assert [len(list(page.iter(tag))) for tag in ("header", "nav", "main")] == [1, 1, 1]
    assert "评估年份：2023年。" in words(page.find(".//header"))
    skip = page.find("body")[0]
    assert (skip.get("class"), skip.get("href"), by_id(page, "main").tag) == ("skip", "#main", "main")
    assert [(element.tag, words(element)) for element in page.find(".//main").iter() if re.fullmatch("h[1-6]", str(element.tag))] == [
        ("h2", "一、总体评价"), ("h3", "（一）原因"), ("h2", "附件一　判定全表"), ("h2", "注释"), ("h2", "数据下载"),
    ]  # fmt: skip


def test_every_link_inside_the_page_leads_somewhere(full: Document, parsed: Read) -> None:
    page = parsed(full)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href")[1:] for link in page.iter("a") if (link.get("href") or "").startswith("#")]
    assert set(targets) <= set(ids)
    contents = [(link.get("href"), words(link)) for link in page.find(".//nav").iter("a")]
    assert contents == [
        ("#s2", "一、总体评价"),
        ("#s3", "（一）原因"),
        ("#s4", "附件一　判定全表"),
        ("#notes", "注释"),
        ("#records", "数据下载"),
    ]
    assert [link.get("href") for link in by_class(page, "anchor")] == ["#s2", "#s3", "#s4"]
    # A chart and a table of one name are told apart by the label that points to them.
    assert [(words(link), link.get("href")) for link in by_class(page, "reference")] == [
        ("图1", "#figure-verdicts"),
        ("表1", "#table-verdicts"),
    ]


def test_a_reference_may_be_worded_otherwise_and_one_to_nothing_is_plain(parsed: Read, made: Any) -> None:
    spans = (Span("下图", target="图1"), Span("下表", target="gone"))
    page = parsed(made.report(Heading("s2", 1, "一、", "甲"), Paragraph(spans), made.chart(), made.verdict_table()))
    assert [(words(link), link.get("href")) for link in by_class(page, "reference")] == [("下图", "#figure-verdicts")]
    assert "下图下表" in words(page.find(".//main"))


def test_notes_lead_there_and_back(full: Document, parsed: Read) -> None:
    page = parsed(full)
    marks = [link for link in page.iter("a") if link.get("role") == "doc-noteref"]
    assert [(words(mark), mark.get("id"), mark.get("href")) for mark in marks] == [("1", "ref-1", "#note-1"), ("2", "ref-2", "#note-2")]
    assert words(by_id(page, "note-1").find("span")) == "数据依据：指标表第1行。"
    assert words(by_id(page, "note-2").find("span")) == "数据依据：监测数据。"
    assert [link.get("href") for link in page.iter("a") if link.get("role") == "doc-backlink"] == ["#ref-1", "#ref-2"]


def test_equal_paragraphs_keep_notes_of_their_own(parsed: Read, made: Any) -> None:
    same = [made.said("同", note="数据依据：甲。"), made.said("同", note="数据依据：甲。")]
    page = parsed(made.report(*same))
    assert [[words(mark) for mark in by_class(paragraph, "mark")] for paragraph in page.find(".//main").iter("p")] == [["1"], ["2"]]


def test_chart_has_caption_words_and_both_downloads(full: Document, parsed: Read, made: Any) -> None:
    figure = by_id(parsed(full), "figure-verdicts")
    assert figure.tag == "figure"
    image = figure.find(".//img")
    assert image.get("alt") == "三项的判定"
    assert base64.b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode() == made.svg
    assert words(by_class(figure, "title")[0]) == "图1　3项中1项达到"
    table, drawing = figure.findall(".//a")
    assert (table.get("download"), downloaded(table)) == ("verdicts.csv", "\ufeff指标,值\n甲,1\n")
    assert drawing.get("data-drawing") == "verdicts.svg"
    assert drawing.get("hidden") is not None  # only the script can fill it


def test_table_has_caption_heads_and_basis(full: Document, parsed: Read) -> None:
    table = by_id(parsed(full), "table-verdicts")
    assert words(table.find(".//caption")) == "表1　判定全表"
    assert [head.get("scope") for head in table.findall(".//thead//th")] == ["col"] * 4
    assert [words(head) for head in table.findall(".//tbody//th[@scope='row']")] == ["甲", "乙", "丙", ""]
    assert table.find(".//table").get("data-sortable") is not None
    assert [len(body.findall("tr")) for body in table.findall(".//tbody")] == [3, 1]
    assert [cell.get("data-value") for cell in table.findall(".//tbody/tr/td[3]")] == ["66.7", "", "-5", None]
    details = table.find("details")
    assert words(details.find("summary")) == "算法与依据"
    assert (words(details.find("dl/dt")), words(details.find("dl/dd"))) == ("完成率", "数值÷目标值")
    assert words(details.find("p")) == "数据依据：推算表；指标表第1—3行。"


def test_a_table_without_title_or_basis(parsed: Read, made: Any) -> None:
    table = made.verdict_table(id="cell_1", label="", caption="", evidence=(), places=(), formulas={})
    shown = by_id(parsed(made.report(table)), "table-cell_1")
    assert shown.find(".//caption") is None and shown.find("details") is None


def test_awaited_text_stands_out(parsed: Read, made: Any) -> None:
    listing = Listing((made.said("何时？", awaited=True),), (0,))
    page = parsed(made.report(made.said("请撰写", awaited=True), listing, made.said("已写")))
    assert [(element.tag, words(element)) for element in by_class(page, "awaited")] == [("p", "请撰写"), ("ul", "何时？")]


def test_lists_nest_and_number(parsed: Read, made: Any) -> None:
    items = tuple(made.said(text) for text in "甲乙丙丁")
    page = parsed(made.report(Listing(items, (0, 1, 1, 0), ordered=True)))
    outer = page.find(".//main//ol")
    assert [item.text.strip() for item in outer.findall("li")] == ["甲", "丁"]
    assert [item.text.strip() for item in outer.findall("li/ul/li")] == ["乙", "丙"]


def test_spans_are_set(parsed: Read, made: Any) -> None:
    spans = (
        Span("粗", bold=True),
        Span("斜", italic=True),
        Span("a\nb", code=True),
        Span("上\n下"),
        Span("网", link="https://example.org/?a=1&b=2"),
    )
    (paragraph,) = parsed(made.report(Paragraph(spans))).find(".//main").iter("p")
    assert [(child.tag, words(child)) for child in paragraph] == [("strong", "粗"), ("em", "斜"), ("code", "a\nb"), ("br", ""), ("a", "网")]
    assert paragraph[4].get("href") == "https://example.org/?a=1&b=2"
    assert paragraph[4].get("rel") == "noopener noreferrer"


def test_records_can_be_downloaded(full: Document, parsed: Read) -> None:
    (link,) = by_class(parsed(full), "records")[0].iter("a")
    assert (link.get("download"), words(link), downloaded(link)) == ("verdicts.csv", "verdicts.csv", "\ufeff指标,值\n甲,1\n")


def test_policy_allows_only_the_page_s_own_style_and_script(full: Document, parsed: Read) -> None:
    page = parsed(full)
    (policy,) = [meta.get("content") for meta in page.iter("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for tag in ("style", "script"):
        (element,) = page.iter(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    # It bars attributes that hold style or script, so the page has none, and nothing is loaded from elsewhere.
    for element in page.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert (element.get("src") or "data:").startswith("data:")
        assert element.tag not in ("link", "iframe", "object", "embed", "base", "form")
    (style,) = page.iter("style")
    assert "url(" not in style.text and "@import" not in style.text


EVIL = "</style></script><script>alert(1)</script>\" onload=\"alert(2)' onerror='x&lt;"


def test_whatever_people_or_data_wrote_is_escaped(parsed: Read, made: Any) -> None:
    document = made.report(
        Heading("s2", 1, "一、", EVIL),
        Paragraph((Span(EVIL), Span(EVIL, bold=True, italic=True, link=f"https://example.org/{EVIL}"), Span(EVIL, code=True)), note=EVIL),
        Heading("s3", 2, "（一）", EVIL),
        made.chart(finding=EVIL, label=f"图1{EVIL}", alt=EVIL, csv=EVIL, file=EVIL),
        made.verdict_table(
            caption=EVIL,
            columns=(EVIL, "甲", "乙", "丙"),
            rows=((EVIL,) * 4,) * 8,
            formulas={EVIL: EVIL, "甲": "乙"},
            places=(EVIL,),
            evidence=(),
        ),
        Listing((made.said(EVIL, awaited=True),), (0,)),
        title=EVIL,
        records=(RecordFile("x", EVIL, EVIL),),
    )
    html = web_page(document)
    assert html.count("<script") == html.count("</script") == html.count("<style") == html.count("</style") == 1
    page = parsed(document)
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert words(by_id(page, "note-1").find("span")) == EVIL
    assert by_id(page, "table-verdicts").find(".//thead//th").text == EVIL
    assert downloaded(by_class(page, "records")[0].find(".//a")) == f"\ufeff{EVIL}"


def test_the_escaped_page_is_sound_and_shows_the_words(parsed: Read, made: Any) -> None:
    page = parsed(made.report(made.said(EVIL), made.chart(alt=EVIL)))
    assert words(next(page.find(".//main").iter("p"))) == EVIL
    assert page.find(".//main//img").get("alt") == EVIL


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc"]
)
def test_only_plain_links_are_links(parsed: Read, made: Any, link: str) -> None:
    page = parsed(made.report(Paragraph((Span("点", link=link),))))
    assert not list(page.find(".//main").iter("a"))
    assert words(page.find(".//main")) == "点"


def test_the_mark_of_demonstration_is_there_when_due_and_only_then(full: Document, parsed: Read) -> None:
    assert "演示" not in web_page(full)
    page = parsed(replace(full, demonstration=True))
    assert page.find("body").get("data-mark") == "演示数据"
    assert [words(element) for element in by_class(page, "ribbon")] == ["演示数据　虚构，不得引用"]
    (style,) = page.iter("style")
    assert '@top-center { content: "演示数据　虚构，不得引用"' in style.text


def test_the_places_under_a_table_are_named_as_in_the_report(parsed: Read, made: Any) -> None:
    origins = "label,kind,file,line\n推算表,推算,表:verdicts,\n"
    page = parsed(made.report(made.verdict_table(evidence=()), records=(RecordFile("origins", "origins.csv", origins),)))
    assert [words(element) for element in by_class(page, "basis")[0].iter("p")] == ["数据依据：表1。"]


def test_a_second_heading_of_the_titles_level_is_shown(parsed: Read, made: Any) -> None:
    page = parsed(made.report(Heading("s2", 1, "一、", "甲"), made.said("文"), Heading("s3", 0, "", "又一个"), made.said("文")))
    assert [words(element) for element in page.iter("h2")] == ["一、甲", "又一个"]
    assert [words(element) for element in page.find(".//nav").iter("a")] == ["一、甲", "又一个"]


def test_control_characters_and_half_characters_stay_out(made: Any) -> None:
    html = web_page(made.report(made.said("甲\x00\x0b\x1b乙\x85\ud800丙\n丁"), made.chart(csv="甲\ud800")))
    assert "甲乙丙<br>丁" in html
    html.encode()


def test_an_empty_report_has_no_notes_and_no_downloads(parsed: Read, made: Any) -> None:
    page = parsed(made.report())
    assert not list(page.find(".//nav").iter("a"))
    assert not list(page.iter("h2"))


def test_equal_reports_give_equal_bytes_whatever_the_order_of_sets() -> None:
    """Sets of words are ordered anew in every process; the page must not show it."""
    program = (
        "from analysis.publishing.document.model import *; from analysis.publishing.web import web_page; import hashlib;"
        "names=tuple('甲乙丙丁戊己');"
        "t=TableBlock('t','表1','题',names,(('1',)*6,)*8,frozenset(names[1:]),True,(),(),{'甲':'乙','丙':'丁'});"
        "print(hashlib.sha256(web_page(Document('题',(t,),(),True,{})).encode()).hexdigest())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] != ""
