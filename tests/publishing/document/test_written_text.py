"""What people typed comes out whole: lines, numbers, footnotes, tables, headings."""

from __future__ import annotations

import pytest

from analysis.publishing.document.model import Document, Heading, Listing, Paragraph, TableBlock
from analysis.publishing.document.wording_checks import wording_problems
from analysis.publishing.document.written_text import blocks

FILE = "narrative/x/causes.md"


def shown(text: str, file: str = FILE) -> list[str]:
    """Return each block in short: its kind and its words."""
    found = []
    for block in blocks(text, file=file):
        if isinstance(block, Paragraph):
            found.append(block.text + (f"〔{block.note}〕" if block.note else ""))
        elif isinstance(block, Listing):
            found += [
                f"{'  ' * depth}{'#' if block.ordered else '•'} {item.text}" for item, depth in zip(block.items, block.depths, strict=True)
            ]
        elif isinstance(block, Heading):
            found.append(f"H{block.level} {block.full}")
        elif isinstance(block, TableBlock):
            found += ["|".join(row) for row in (block.columns, *block.rows)]
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120\n34人", ["120 34人"]),
        ("场地\n不足", ["场地不足"]),
        ("共有\n34人，\n分布在", ["共有34人，分布在"]),
        ("**场地\n不足**", ["场地不足"]),
        ("第一段。\n第二段", ["第一段。", "第二段"]),
        ("“第一段。”\n第二段", ["“第一段。”", "第二段"]),
        ("如下：\n甲；\n乙！\n丙？\n丁", ["如下：", "甲；", "乙！", "丙？", "丁"]),
        ("一、甲\n（一）乙\n1. 丙\n（1）丁\n① 戊", ["一、甲", "（一）乙", "1. 丙", "（1）丁", "① 戊"]),
        ("增长\n1.5亿元", ["增长1.5亿元"]),
        ("　　甲\n　　乙", ["甲", "乙"]),
        ("    甲\n    乙", ["甲", "乙"]),
        ("甲  \n乙", ["甲\n乙"]),
    ],
)
def test_lines_of_people(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_lines_of_a_notebook_are_one_paragraph() -> None:
    assert shown("第一句。\n第二句，\n120\n34人", file="") == ["第一句。第二句，120 34人"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲~~100~~200", ["甲~~100~~200"]),
        ("3. 三\n4. 四", ["3. 三", "4. 四"]),
        ("1) 甲\n2) 乙", ["1) 甲", "2) 乙"]),
        ("1. 甲\n   - 子\n     - 孙\n2. 乙", ["1. 甲", "• 子", "  • 孙", "2. 乙"]),
        ("- 甲\n  1. 子一\n  2. 子二\n- 乙", ["• 甲", "1. 子一", "2. 子二", "• 乙"]),
        ("- 甲\n\n  ```\n  码\n  ```\n\n  > 引\n\n  # 头\n\n  | 列 |\n  |---|\n  | 格 |\n- 乙", ["• 甲", "码", "引", "H3 头", "列", "格", "• 乙"]),
        ("- 甲。\n\n  又一段。\n- 乙", ["• 甲。", "又一段。", "• 乙"]),
        ("1. # 头", ["1.", "H3 头"]),
        ("正文[^1]，又[^乙]。\n\n[^1]: 注一。\n[^乙]: 注二", ["正文，又。〔注一；注二。〕"]),
        ("正文[^1]", ["正文[^1]"]),
        ("正文\n\n[^1]: 没有人引用", ["正文", "[^1]: 没有人引用"]),
        ("正文\n\n[甲]: 乙", ["正文", "[甲]: 乙"]),
        ("国发[2023](12)号", ["国发[2023](12)号"]),
        ("| 甲 | 乙 |\n| 丙 | 丁 |\n|-|", ["| 甲 | 乙 |", "| 丙 | 丁 |", "|-|"]),
        ("| 甲[^1] |\n|---|\n| 乙 |\n\n[^1]: 注。", ["甲（注：注）", "乙"]),
        ("看![现场](a.png)。", ["看〔图片从略：现场〕。"]),
        ("$x^2$与<b>甲</b>", ["$x^2$与<b>甲</b>"]),
        ("甲\n----\n乙", ["甲", "乙"]),
        ("```\n[甲]: 乙\n```", ["[甲]: 乙"]),
    ],
)  # fmt: skip
def test_nothing_that_people_wrote_gets_lost(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_the_footnote_stands_at_the_last_of_the_lines() -> None:
    assert shown("甲[^1]。\n乙。\n\n[^1]: 注") == ["甲。", "乙。〔注。〕"]


def test_headings_of_people_never_outrank_their_section() -> None:
    assert shown("## 一、总\n### （一）分\n#### 1. 小\n# 附件一 甲") == ["H4 一、总", "H4 （一）分", "H4 1. 小", "H3 附件一 甲"]
    assert shown("### 甲\n#### 乙[^1]\n\n[^1]: 注。") == ["H3 甲", "H4 乙（注：注）"]
    assert shown("## 一、总\n### （一）分", file="") == ["H1 一、总", "H2 （一）分"]


def test_addresses_stay_links_when_they_are_safe() -> None:
    (paragraph,) = blocks("[甲](https://example.org)与[乙](javascript:x)", file=FILE)
    assert isinstance(paragraph, Paragraph)
    assert [(span.text, span.link) for span in paragraph.spans if span.link] == [("甲", "https://example.org")]
    assert paragraph.text == "甲与[乙](javascript:x)"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("看![现场](a.png)。", "图片没有收入报告“〔图片从略：现场〕”"),
        ("| 甲 | 乙 |\n| 丙 | 丁 |", "留有排版标记“|”"),
        ("甲~~100~~200。", "留有排版标记“~~”"),
        ("数量[^9]。", "留有排版标记“[^9]”"),
    ],
)
def test_what_could_not_be_set_is_told(text: str, kind: str) -> None:
    title = (Heading("s1", 0, "", "报告"), Heading("s2", 1, "一、", "原因"))
    problems = wording_problems(Document("报告", (*title, *blocks(text, file=FILE)), (), False, {}))
    assert kind in [problem.kind for problem in problems]
    assert all(problem.file == FILE for problem in problems)
