"""Sentences and tables follow the data: another number, another verb."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from analysis.assessment.final import FinalEvaluation
from analysis.assessment.summary import self_count_comparison
from analysis.presentation import final_text, tables
from analysis.presentation.claims import Claim, passage

PASSAGES = ["method", "overall", "self_count", "missed", "exceeded", "progress", "density", "audit", "limits"]


def test_the_headline(evaluation: FinalEvaluation) -> None:
    text = final_text.overall(evaluation).markdown()
    assert "### （一）26项指标完成23项，3项未完成" in text
    assert "占88.5%" in text
    assert (
        "每千名长者（户籍人口）拥有养老床位（完成率40%）、3A级以上社会组织（完成率58%）和具有承接政府购买服务资质的社会组织（完成率67.2%）"
        in text
    )


def test_what_the_prose_names_as_missed_stands_beside_the_table(evaluation: FinalEvaluation) -> None:
    text = final_text.self_count(evaluation).markdown()
    assert "正文列举有出入" in text
    assert "列举4项“等”未完成，其中社区养老服务设施覆盖率（完成率100%）和慈善募集款物（完成率162.2%）在专栏1已达到目标" in text
    assert "正文未列名的是具有承接政府购买服务资质的社会组织" in text


def test_missed_by_how_much(evaluation: FinalEvaluation) -> None:
    text = final_text.missed(evaluation).markdown()
    assert "目标40张，完成16张，差24张，完成率40%" in text
    assert "目标50个，完成29个，差21个，完成率58%" in text
    assert "目标58个，完成39个，差19个，完成率67.2%" in text
    assert "3A级以上社会组织续列（专栏3第17行），2025年目标35个，低于本期目标50个" in text
    assert "每千名长者（户籍人口）拥有养老床位和具有承接政府购买服务资质的社会组织未列入" in text


def test_headline_changes_with_a_verdict(evaluation: FinalEvaluation) -> None:
    """Were the bed target met, every sentence that says otherwise would change."""
    verdicts = evaluation.verdicts.copy()
    first = verdicts["indicator_id"] == "1"
    verdicts.loc[first, ["value", "completion", "shortfall", "status", "status_method"]] = [40.0, 1.0, 0.0, "完成", "完成"]
    stated = evaluation.plan.header.self_count
    assert stated is not None
    changed = dataclasses.replace(evaluation, verdicts=verdicts, self_count=self_count_comparison(verdicts, stated))
    assert "26项指标完成24项，2项未完成" in final_text.overall(changed).markdown()
    assert "床位" not in final_text.missed(changed).markdown()
    assert "（二）自述项数与专栏1不全一致，正文列举有出入" in final_text.self_count(changed).markdown()
    assert changed.self_count["agrees"].tolist()[2] == "不一致"


def test_verbs_follow_signs(evaluation: FinalEvaluation) -> None:
    flows = final_text.periods(evaluation, "flow").markdown()
    assert "下降的是福利彩票销售额（0.284→0.202亿元，−28.9%）和办理婚姻登记（1.646→1.454万对，−11.7%）" in flows
    assert "不作比较的3项" in flows
    fallen = dataclasses.replace(evaluation.density, care_beds=(3309.0, 3000.0))
    text = final_text.density(dataclasses.replace(evaluation, density=fallen)).markdown()
    assert "养老床位下降9.3%" in text
    assert "养老床位增长" not in text
    assert "（四）床位没有增加" in text


def test_cover_says_what_is_not_verified(evaluation: FinalEvaluation) -> None:
    text = final_text.cover(evaluation, "2026-11-23").markdown()
    assert "待核实" in text
    assert "编制日期：2026年11月23日" in text
    assert "编制日期" not in final_text.cover(evaluation, "").markdown()


@pytest.mark.parametrize("name", PASSAGES)
def test_every_claim_is_a_sentence_in_chinese_punctuation(evaluation: FinalEvaluation, name: str) -> None:
    found = getattr(final_text, name)(evaluation)
    assert found.claims
    for claim in found.claims:
        assert claim.sentence.endswith("。")
        assert not any(mark in claim.sentence for mark in ("nan", "None", "NaN", ",，", "。。", "；；", "!", "?")), claim.sentence
        assert not any(f"{mark}" in claim.sentence for mark in ("，。", "、。", "（）"))


def test_claims_refuse_what_is_no_sentence() -> None:
    with pytest.raises(ValueError, match="标题下没有内容"):
        passage("只有标题", [])
    with pytest.raises(ValueError, match="句末标点"):
        passage("", [Claim("没有句号")])


def test_data_cannot_inject_markup() -> None:
    text = passage("", [Claim("名称<script>alert(1)</script>和`代码`|。")]).markdown()
    assert "<script>" not in text
    table = tables.Table("trial", "标题", pd.DataFrame({"列<b>": ["<img src=x onerror=alert(1)>"]}))
    assert "<img" not in table.html()


def test_table_numbers(evaluation: FinalEvaluation) -> None:
    rows = tables.verdict_table(evaluation).cells.set_index("序号")
    assert rows.loc["1"].tolist()[2:] == ["40", "16", "24", "40.0%", "40%", "× 未完成", "× 未完成"]
    assert rows.loc["5"].tolist()[2:] == ["50", "88", "—", "176.0%", "160%", "▲ 超额完成", "● 完成"]
    assert (tables.verdict_table(evaluation).cells != "").all().all()
    periods = tables.periods_table(evaluation).cells.set_index("序号")
    assert periods.loc["23"].tolist()[1:7] == ["期间合计", "6191.83", "12165.43", "1,238.37", "2,433.09", "+96.5%"]
    assert periods.at["5", "可比性"] == "仅一期有数，不比较"
    assert periods.at["15", "统计数据"].startswith("其中：")


def test_tables_are_the_same_each_time(evaluation: FinalEvaluation) -> None:
    assert tables.periods_table(evaluation).html() == tables.periods_table(evaluation).html()
