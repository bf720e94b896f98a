"""What the checks of wording mark, and what they rightly leave alone."""

from __future__ import annotations

import pytest

from analysis.presentation.claims import Claim
from analysis.presentation.quantities import quantity
from analysis.publishing.document.direction_checks import direction_faults
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.document.wording_checks import WordingProblem, wording_problems

TITLE = Heading("s1", 0, "", "评估报告")
SECTION = Heading("s2", 1, "一、", "总体评价")


def document(*blocks: Block) -> Document:
    return Document("评估报告", (TITLE, SECTION, *blocks), (), False, {})


def paragraph(text: str, *, code: bool = False, link: str = "", file: str = "") -> Paragraph:
    return Paragraph((Span(text, code=code, link=link),), file=file)


def table(*rows: tuple[str, ...], caption: str = "得分") -> TableBlock:
    return TableBlock("t", "表1", caption, ("指标", "数值"), rows, frozenset(), False, (), (), {})


def kinds(*blocks: Block) -> list[str]:
    return [problem.kind for problem in wording_problems(document(*blocks))]


@pytest.mark.parametrize(
    "text",
    [
        "26项指标完成23项，3项未完成（完成率40%、58%）。",
        "《规划》（2021—2025年）第1、3项，见图1和表2。",
        "每千名长者1,046.5张，比2020年少12.3%。",
        "按联合国SDSN和Eurostat的算法，也见GB/T 9704、Open SDG。",
        "见演示数据-monitoring.csv第4、7行，版本2024-03-31，假设odds_ahead；docs/models.md。",
        "请在 narrative/demo-14-midterm-2023/causes.md 撰写“原因分析”。",
        "原文作“长者 16张,其中 3张 unknown”。",
        "详见https://www.gov.cn/zhengce/content.htm。",
        "……以下从略。",
    ],
)
def test_sound_text_passes(text: str) -> None:
    assert kinds(paragraph(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("完成率为nan。", "留有空值或程序痕迹“nan”"),
        ("完成率为None。", "留有空值或程序痕迹“None”"),
        ("所需年增inf。", "留有空值或程序痕迹“inf”"),
        ("完成率…%。", "留有空值或程序痕迹“…%”"),
        ("完成率{value}。", "留有空值或程序痕迹“{”"),
        ("判定为on track。", "留有外文“track”"),
        ("有3项,完成2项。", "半角标点“有3项,完成2项”"),
        ("结论:完成。", "半角标点“结论:完成。”"),
        ("床位(张)。", "半角标点“床位(张)。”"),
        ("共有 26项。", "汉字与数字之间有空格“共有 26项。”"),
        ("26 项指标。", "汉字与数字之间有空格“26 项指标。”"),
        ("完成。。", "标点重复“完成。。”"),
        ("完成，。", "标点重复“完成，。”"),
        ("《规划第1项。", "“《”没有成对"),
        ("规划）第1项。", "“）”没有成对"),
        ("（《规划）》。", "“）”没有成对"),
        ('所谓"示范"社区。', '半角标点“所谓"示范"社”'),
        ("床位\u200b数。", "有不可见字符"),
        ("床位\ue001数。", "有不可见字符"),
        ("甲 | 乙。", "留有排版标记“|”"),
        ("|-|-|", "留有排版标记“|-|-|”"),
        ("见注^1。", "留有排版标记“^1”"),
        ("**甲。", "留有排版标记“**”"),
    ],
)
def test_faults_of_text_are_marked(text: str, kind: str) -> None:
    found = kinds(paragraph(text))
    assert kind in found


def test_one_fault_is_told_once() -> None:
    assert kinds(paragraph("track甲，track乙。")) == ["留有外文“track”"]
    assert kinds(paragraph("<span class=note style=red>甲</span>乙。")) == ["留有网页标记“<span class=note style=red>”“</span>”"]


def test_every_place_of_text_is_read() -> None:
    chart = ChartBlock("c", "图1", "结论nan", "度量None", "来源", "说明inf", "", "", "c")
    blocks = (
        Heading("s3", 2, "（一）", "标题nan"),
        Listing((paragraph("一项nan。"), paragraph("二项。")), (0, 0)),
        Paragraph((Span("正文。"),), note="数据依据nan。"),
        table(("甲", "1"), caption="表题nan"),
        chart,
    )
    found = wording_problems(document(*blocks))
    assert [problem.text for problem in found] == [
        "（一）标题nan",
        "一项nan。",
        "数据依据nan。",
        "表题nan",
        "结论nan",
        "度量None",
        "说明inf",
    ]
    assert {problem.place for problem in found} == {"（一）标题nan"}


def test_cells_are_read_for_leftovers_only() -> None:
    assert kinds(table(("甲 16,乙", "nan"), ("…", "…%"), ("track", "—"))) == ["留有空值或程序痕迹"] * 2
    assert kinds(table()) == ["表中没有数据"]


def test_code_and_addresses_are_spelt_as_they_must_be() -> None:
    assert kinds(paragraph("make report", code=True), paragraph("Peking University", link="https://example.org")) == []


def test_a_heading_needs_text_before_the_next_of_its_level() -> None:
    empty, below, last = Heading("s3", 2, "（一）", "空"), Heading("s4", 2, "（二）", "有"), Heading("s5", 1, "二、", "末尾")
    found = wording_problems(document(empty, below, paragraph("正文。"), last))
    assert [(problem.kind, problem.text) for problem in found] == [("标题下没有内容", "（一）空"), ("标题下没有内容", "二、末尾")]


def test_a_heading_over_deeper_ones_is_no_orphan() -> None:
    assert kinds(Heading("s3", 2, "（一）", "甲"), paragraph("正文。")) == []


def test_empty_paragraphs_are_marked() -> None:
    assert kinds(paragraph(" ")) == ["空段落"]


def test_what_people_wrote_is_marked_with_its_file() -> None:
    (problem,) = wording_problems(document(paragraph("有 3项。", file="narrative/x/causes.md")))
    assert problem == WordingProblem("汉字与数字之间有空格“有 3项。”", "一、总体评价", "有 3项。", "narrative/x/causes.md")
    assert str(problem) == "汉字与数字之间有空格“有 3项。”（narrative/x/causes.md）：有 3项。"


@pytest.mark.parametrize(
    "sentence",
    [
        "床位由24张增至34张，增长41.7%。",
        "长者由3.1万人减少到2.9万人。",
        "占比从58%提高到72%，提高14个百分点。",
        "孤儿（24→34人，+41.7%）和弃婴（34→24人，−29.4%）。",
        "增速下降−2.1%。",
        "人数由2020年的58人增加到66人。",
        "数值24→24人，+0%。",
        "由2019年的80%下降至2020年的70%。",
        "由2019年末的58人增加到2020年末的约66人。",
        "从2020年下降到2023年的34人。",
    ],
)
def test_verbs_that_agree_pass(sentence: str) -> None:
    assert list(direction_faults(Claim(sentence))) == []


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("床位由34张增至24张。", "“增至”与数字方向相反：34→24"),
        ("床位由1,024张下降到2,433张。", "“下降”与数字方向相反：1,024→2,433"),
        ("占比提高−2.1个百分点。", "“提高”与数字方向相反：−2.1"),
        ("由2019年的80%提升至2020年的70%。", "“提升”与数字方向相反：80→70"),
        ("由80%提升到了2020年的70%。", "“提升”与数字方向相反：80→70"),
        ("占比改善了-2.1个百分点。", "“改善”与数字方向相反：-2.1"),
        ("床位下降+3.5%。", "“下降”与数字方向相反：+3.5"),
        ("孤儿（34→24人，+41.7%）。", "变化的正负号与数字方向相反：34→24，+"),
    ],
)
def test_verbs_against_their_numbers_are_marked(sentence: str, fault: str) -> None:
    assert list(direction_faults(Claim(sentence))) == [fault]


def test_a_difference_of_percentages_is_told_in_points_and_a_ratio_in_percent() -> None:
    difference, ratio = "完成率−上年完成率", "本年÷上年"
    assert list(direction_faults(Claim(f"高{quantity('14', '差距', difference)}个百分点。"))) == []
    assert list(direction_faults(Claim(f"为上年的{quantity('114%', '比值', ratio)}。"))) == []
    assert list(direction_faults(Claim(f"增速{quantity('14%', '增速', '（本年−上年）÷上年')}。"))) == []
    assert list(direction_faults(Claim(f"{quantity('90%', '区间', '95%−5%')}区间。"))) == []
    (fault,) = direction_faults(Claim(f"高{quantity('14%', '差距', difference)}。"))
    assert fault == "“14%”（完成率−上年完成率）是两个百分数之差，应写“百分点”"
    (fault,) = direction_faults(Claim(f"高{quantity('14', '比值', ratio)}个百分点。"))
    assert fault == "“14”（本年÷上年）是比率，应写“%”"


def test_claims_of_headings_paragraphs_and_lists_are_read() -> None:
    claim = Claim("占比提高−2.1%。")
    spans = (Span(claim.sentence),)
    head = Heading("s3", 2, "（一）", "占比提高−2.1%", claim=Claim("占比提高−2.1%"))
    found = kinds(head, Paragraph(spans, (claim,)), Listing((Paragraph(spans, (claim,)),), (0,)))
    assert found == ["“提高”与数字方向相反：−2.1"] * 3


def test_the_direction_of_what_people_wrote_is_read_too() -> None:
    problems = wording_problems(document(paragraph("床位由34张增至24张。", file="narrative/x/causes.md")))
    assert [(problem.kind, problem.file) for problem in problems] == [("“增至”与数字方向相反：34→24", "narrative/x/causes.md")]
