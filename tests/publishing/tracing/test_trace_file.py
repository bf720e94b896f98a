"""trace.json: what each number of a report is, and where it comes from."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis.presentation.claims import Claim
from analysis.presentation.quantities import quantity
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Paragraph, RecordFile, Span, TableBlock
from analysis.publishing.tracing import write_trace
from analysis.publishing.tracing.index import OriginIndex

SHA = "0" * 64
ORIGINS = f"""label,kind,file,line,sha256,text,formula,rests_on
指标表第4行,目标,data/raw/t.csv,7,{SHA},"4,床位占比,58,72",,
指标表第5行,目标,data/raw/t.csv,8,{SHA},"5,站点,42,100",,
台账.csv 第21行,观测,data/raw/m.csv,21,{SHA},"4,2023,66.2",,
推算表,推算,figures/outlook.csv,,,,末值＋步伐,指标表第4行；台账.csv 第21行
判定表,派生,verdicts.csv,,,,,指标表第4行
没有的表,派生,figures/nothing.csv,,,,,指标表第4行
正式表,派生,表:full,,,,,指标表第4行
3A级组织,名称,plans/p/indicators.yml,9,{SHA},'- name: 3A级组织,,
2023年,年份,plans/p/plan.yml,5,{SHA},midterm: 2023,,
2022年1月31日,日期,data/raw/source.yml,5,{SHA},published: 2022-01-31,,
某局《规划》（文号；待核实）,档案,data/raw/source.yml,,{SHA},,,
"""


def claim_paragraph(*claims: Claim, **more: Any) -> Paragraph:
    return Paragraph(tuple(Span(claim.sentence.replace("**", "")) for claim in claims), claims, **more)


def table(**changes: Any) -> TableBlock:
    made = TableBlock(
        "full", "表1", "2行判定", ("指标", "2023年值", "完成率"), (("床位占比（%）", "66.2", "91.9%"), ("站点（个）", "42", "—")),
        frozenset({"2023年值"}), False, (("指标表第4行", "台账.csv 第21行"), ("指标表第5行",)), (), {"完成率": "数值÷目标"},
    )  # fmt: skip
    return replace(made, **changes)


def chart(**changes: Any) -> ChartBlock:
    made = ChartBlock(
        "outlook", "图1", "8项中7项", "示例区", "来源：某局《规划》（文号；待核实）", "床位占比61，站点61", "<svg/>",
        "name,value\n床位占比,61\n站点,61\n", "outlook",
    )  # fmt: skip
    return replace(made, **changes)


def document(*blocks: Block, parameters: dict[str, object] | None = None, cover: bool = False) -> Document:
    title = (Heading("s1", 0, "", "报告"), *([] if cover else [Heading("s2", 1, "一、", "结果")]))
    records = (RecordFile("origins", "origins.csv", ORIGINS), RecordFile("verdicts", "verdicts.csv", "a\n1\n"))
    return Document("报告", (*title, *blocks), records, False, parameters or {})


@pytest.fixture
def traced(tmp_path: Path) -> Any:
    def trace(*blocks: Block, **more: Any) -> dict[str, Any]:
        (tmp_path / "report.ipynb").write_text('{"cells": [\n"as_of_year = 2023\\n",\n]}', encoding="utf-8")
        content: dict[str, Any] = json.loads(write_trace(document(*blocks, **more), tmp_path).read_text(encoding="utf-8"))
        return content

    return trace


def told(content: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    return [(number["text"], number["class"], number.get("origins", [])) for number in content["numbers"]]


def test_a_marked_number_keeps_its_name_formula_and_own_evidence(traced: Any) -> None:
    rate = quantity("91.9%", "完成率", "数值÷目标", ("指标表第4行", "台账.csv 第21行"))
    content = traced(claim_paragraph(Claim(f"共{quantity(66.2, '数值')}，**率{rate}**。", ("台账.csv 第21行",))))
    plain, computed = content["numbers"]
    assert (plain["text"], plain["name"], plain["origins"]) == ("66.2", "数值", ["台账.csv 第21行"])
    assert "formula" not in plain
    assert (computed["formula"], computed["origins"]) == ("数值÷目标", ["指标表第4行", "台账.csv 第21行"])
    passage = content["passages"][computed["passage"]]
    assert passage["section"] == ["报告", "一、结果"]
    assert passage["text"][computed["start"] :].startswith("91.9%")  # the marks of bold are gone


def test_a_number_nobody_marked_is_not_explained_away(traced: Any) -> None:
    content = traced(claim_paragraph(Claim("共7项。", ("指标表第4行",))))
    assert told(content) == [("7", "来源不明", [])]


def test_a_marked_number_without_a_known_place_is_not_explained(traced: Any) -> None:
    content = traced(claim_paragraph(Claim(f"共{quantity(7, '项数')}项。", ("别处第1行",))))
    assert told(content) == [("7", "来源不明", [])]
    assert content["unknown"] == ["别处第1行"]


def test_ranges_of_rows_and_remarks_lead_to_each_row(traced: Any) -> None:
    content = traced(claim_paragraph(Claim(f"共{quantity(2, '项数')}项。", ("指标表第4、5行（合计）",))))
    assert told(content) == [("2", "数量", ["指标表第4行", "指标表第5行"])]
    assert content["unknown"] == []


def test_names_years_and_days_have_origins_of_their_own(traced: Any) -> None:
    content = traced(claim_paragraph(Claim("3A级组织2023年、2022年1月31日和2019年。")))
    assert told(content) == [
        ("3", "名称", ["3A级组织"]),
        ("2023", "年份日期", ["2023年"]),
        ("2022", "年份日期", ["2022年1月31日"]),
        ("1", "年份日期", ["2022年1月31日"]),
        ("31", "年份日期", ["2022年1月31日"]),
        ("2019", "来源不明", []),  # no plan, no data, no edition of that year
    ]
    (place,) = content["origins"]["3A级组织"]
    assert place["text"] == "- name: 3A级组织"  # without the ' that guards against formulas


def test_parameters_explain_the_cover_only(traced: Any) -> None:
    words = Paragraph((Span("版本2024-03-31。"),))
    parameters: dict[str, object] = {"edition": "2024-03-31", "as_of_year": 2023}
    content = traced(words, parameters=parameters, cover=True)
    assert {kind for _, kind, _ in told(content)} == {"运行参数"}
    assert {kind for _, kind, _ in told(traced(words, parameters=parameters))} == {"来源不明"}
    content = traced(Paragraph((Span("评估年份：2023年。"),)), parameters=parameters, cover=True)
    ((place,),) = content["origins"].values()
    assert (place["file"], place["line"]) == ("report.ipynb", 2)


def test_a_parameter_is_told_from_others_of_its_value_and_from_years_in_titles(traced: Any) -> None:
    parameters: dict[str, object] = {"as_of_year": 2023, "data_year": 2023, "report_date": "2026-11-23", "one": "a-7", "two": "a-7"}
    words = "《规划》（2021—2023年）。评估年份：2023年；数据年份：2023年。编制日期：2026年11月23日。版本a-7。"
    content = traced(Paragraph((Span(words),)), parameters=parameters, cover=True)
    found = [(number["text"], number["class"], number.get("name")) for number in content["numbers"]]
    assert found[1:4] == [
        ("2023", "年份日期", "2023年"), ("2023", "运行参数", "运行参数 as_of_year"), ("2023", "运行参数", "运行参数 data_year"),
    ]  # fmt: skip
    assert found[4:] == [
        *((number, "运行参数", "运行参数 report_date") for number in ("2026", "11", "23")), ("7", "运行参数", "运行参数 one、two"),
    ]  # fmt: skip


def test_marks_of_bold_before_a_number_do_not_shift_it(traced: Any) -> None:
    content = traced(claim_paragraph(Claim(f"**甲**{quantity(1, '个数')}/{quantity(2, '总数')}。", ("台账.csv 第21行",))))
    assert [(number["start"], number["text"], number["name"]) for number in content["numbers"]] == [(1, "1", "个数"), (3, "2", "总数")]


def test_a_cell_comes_from_its_row_and_its_column_says_how(traced: Any) -> None:
    content = traced(table())
    found = {number["text"]: number for number in content["numbers"] if number["class"] == "表中数字"}
    assert found["66.2"]["origins"] == ["指标表第4行", "台账.csv 第21行"]
    assert found["91.9%"]["formula"] == "数值÷目标"
    assert found["42"]["origins"] == ["指标表第5行"]
    cell = content["passages"][found["91.9%"]["passage"]]
    assert (cell["where"], cell["row"]) == ("表1第1行，完成率", "床位占比（%）")


def test_a_table_without_evidence_stays_unexplained(traced: Any) -> None:
    content = traced(table(evidence=(), caption="9行判定"))
    assert [number["text"] for number in content["numbers"] if number["class"] == "来源不明"] == ["9", "66.2", "91.9%", "42"]


def test_the_count_in_a_caption_is_the_tables_own(traced: Any) -> None:
    content = traced(table(evidence=()))
    label, caption = content["numbers"][:2]
    assert (label["text"], label["class"], label["origins"]) == ("1", "编号", ["表1"])
    assert (caption["text"], caption["name"], caption["origins"]) == ("2", "表内行数", ["表1"])


def test_a_number_of_a_chart_leads_to_the_row_named_before_it(traced: Any) -> None:
    content = traced(chart())
    assert told(content) == [
        ("1", "编号", ["图1数据"]),
        ("8", "图中数字", ["图1数据"]),
        ("7", "图中数字", ["图1数据"]),
        ("61", "图中数字", ["图1数据第2行"]),
        ("61", "图中数字", ["图1数据第3行"]),
    ]
    (place,) = content["origins"]["图1数据第3行"]
    assert (place["file"], place["line"], place["text"]) == ("figures/outlook.csv", 3, "站点,61")
    assert place["sha256"] == hashlib.sha256(chart().csv.encode()).hexdigest()
    assert place["rests_on"] == ["某局《规划》（文号；待核实）"]


GAPS = "norm,per_1000,beds,gap\n守住,16,4983,777.9\n守住,16,6657,-896.11\n国家,35,4983,5926.7\n合计,9,11640,88.2\n"


@pytest.mark.parametrize(
    ("label", "told_as"),
    [
        ("缺5,900", [("5,900", "图中数字", "取整到百", ["图1数据第4行"])]),
        ("余900", [("900", "图中数字", "取整到百", ["图1数据第3行"])]),
        ("约0.67万张", [("0.67", "图中数字", "以万为单位", ["图1数据第3行"])]),
        ("4,983", [("4,983", "图中数字", "", ["图1数据第2行", "图1数据第4行"])]),
        ("共22项", [("22", "图中数字", "由图中各行数据计数或计算", ["图1数据"])]),
        ("2,000", []),  # a mark of an axis
    ],
)
def test_a_number_drawn_in_a_chart_leads_to_the_rows_that_it_shows(traced: Any, label: str, told_as: list[Any]) -> None:
    drawn = f"<svg><!-- 8项中7项 --><!-- {label} --></svg>"
    content = traced(chart(svg=drawn, csv=GAPS, alt=""))
    numbers = [one for one in content["numbers"] if content["passages"][one["passage"]]["kind"] == "图中标注"]
    assert [(one["text"], one["class"], one.get("formula", ""), one["origins"]) for one in numbers] == told_as


def test_row_numbers_and_years_of_a_chart_are_told_from_its_values(traced: Any) -> None:
    rows = "indicator_id,name,unit,year,value\n4,床位占比,%,2023,66.2\n4,床位占比,%,2024,4\n"
    drawn = "<svg><!-- ●4 --><!-- 4 床位占比 --><!-- 2023 --><!-- 66.2% --><!-- 66 --></svg>"
    content = traced(chart(svg=drawn, csv=rows, alt="", finding="图", measure=""))
    told_as = [(one["text"], one["class"], one["name"]) for one in content["numbers"][1:]]
    assert told_as == [
        ("4", "编号", "床位占比（%），序号"),
        ("4", "编号", "床位占比（%），序号"),
        ("2023", "年份日期", "床位占比（%），年份"),
        ("66.2%", "图中数字", "床位占比（%），数值"),
        ("66", "图中数字", "床位占比（%），数值"),
    ]


def test_a_sum_drawn_in_a_legend_is_told_as_one(traced: Any) -> None:
    content = traced(chart(svg="<svg><!-- 一致54 --></svg>", csv="类别,一致\n印制,25\n数据,29\n", alt="", finding="图", measure=""))
    assert [(one["text"], one.get("formula"), one["name"]) for one in content["numbers"][1:]] == [("54", "逐行相加", "各行合计，一致")]


def test_row_numbers_of_a_table_are_no_figures_and_counts_of_a_caption_are_counted(traced: Any) -> None:
    shown = table(columns=("序号", "指标", "完成率"), rows=(("9", "床位占比（%）", "91.9%"), ("17", "站点", "—")), caption="2行；另9项见后")
    content = traced(shown)
    told_as = [
        (one["text"], one["class"], one.get("formula", "")) for one in content["numbers"] if "formula" in one or one["class"] == "编号"
    ]
    assert told_as[:3] == [("1", "编号", ""), ("2", "表中数字", "表内逐行计数"), ("9", "表中数字", "表内逐行计数")]
    assert [one[:2] for one in told_as if one[0] in ("9", "17")] == [("9", "表中数字"), ("9", "编号"), ("17", "编号")]


def test_lines_of_a_chart_are_counted_as_in_the_file(traced: Any) -> None:
    """A cell may hold an end of line, and marks that some programs take for one."""
    rows = 'name,value\n"床位\n占比",1\n别的\u2028站点,2\n站点,61\n'
    content = traced(chart(csv=rows, alt="站点61", finding="图", measure="", sources=""))
    (place,) = content["origins"]["图1数据第5行"]
    assert (place["line"], place["text"]) == (5, "站点,61")


def test_derived_tables_get_the_reports_own_files(traced: Any) -> None:
    places = ("推算表", "判定表", "没有的表", "正式表")
    content = traced(claim_paragraph(Claim(f"共{quantity(2, '项数', '计数')}项。", places)), chart(), table())
    files = {label: content["origins"][label][0].get("file", "") for label in places}
    assert files == {"推算表": "figures/outlook.csv", "判定表": "verdicts.csv", "没有的表": "", "正式表": "report.ipynb"}
    assert content["origins"]["判定表"][0]["sha256"] == hashlib.sha256(b"a\n1\n").hexdigest()
    assert content["origins"]["推算表"][0]["basis"] == "指标表第4行；台账.csv 第21行"
    assert "台账.csv 第21行" in content["origins"]  # what a place rests on comes along


def test_written_text_leads_to_its_file(traced: Any, copied_home: Path) -> None:
    file = copied_home / "narrative" / "甲" / "causes.md"
    file.parent.mkdir()
    file.write_text("# 原因\n\n站点30个。\n床位30张，不足。\n", encoding="utf-8")
    content = traced(Paragraph((Span("床位30张，不足。"),), file="narrative/甲/causes.md"))
    ((text, kind, (label,)),) = told(content)
    assert (text, kind) == ("30", "文稿中的数字")
    (place,) = content["origins"][label]
    assert (place["file"], place["line"]) == ("narrative/甲/causes.md", 4)


def test_references_and_footnotes_point_to_what_they_name(traced: Any) -> None:
    words = claim_paragraph(Claim("见下。", ("指标表第4行",)), note="数据依据：指标表第4行。")
    pointing = Paragraph((Span("见"), Span("图1", target="图1"), Span("。")))
    content = traced(words, pointing, chart())
    assert ("4", "编号", ["指标表第4行"]) in told(content)
    assert ("1", "编号", ["图1数据"]) in told(content)


def test_equal_documents_give_equal_bytes(tmp_path: Path) -> None:
    first, second = (write_trace(document(table(), chart()), tmp_path).read_bytes() for _ in range(2))
    assert first == second
    assert first.endswith(b"}\n")


def test_an_index_knows_addresses_however_they_are_written(tmp_path: Path) -> None:
    index = OriginIndex.of(document(), tmp_path)
    assert index.labels(["指标表第4—5行"]) == ["指标表第4行", "指标表第5行"]
    assert index.labels(["指标表第4行", "指标表第4行"]) == ["指标表第4行"]
    assert index.unknown(["指标表第6行", "推算表", "甲"]) == ["指标表第6行", "甲"]
