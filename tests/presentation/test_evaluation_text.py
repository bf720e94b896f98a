"""Sentences of the evaluations: worst first, verbs from the numbers, no claim beyond the data."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pandas as pd
import pytest

from analysis.archive.plans import Adjustment
from analysis.assessment.evaluation import PlanEvaluation
from analysis.presentation import evaluation_text as text
from analysis.presentation.claims import Passage
from analysis.vocabulary.errors import InputError


def words(shown: Any) -> str:
    assert shown is not None
    return str(shown._repr_mimebundle_()["text/plain"])


def every(evaluation: PlanEvaluation) -> list[Any]:
    made = [text.cover(evaluation, "送审稿"), text.grounds(evaluation), text.rules(evaluation), text.overall(evaluation), text.scores(evaluation),
            text.methods(evaluation), text.context(evaluation), text.by_category(evaluation), text.rule_history(evaluation),
            text.commitments(evaluation), text.problems(evaluation), text.gaps(evaluation), text.audit(evaluation)]  # fmt: skip
    made += [text.prospects(evaluation), text.adjustments(evaluation)] if evaluation.kind == "midterm" else [text.candidates(evaluation)]
    return [item for item in made if item is not None]


def test_headings_state_a_finding_in_few_characters(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    for evaluation in (midterm, final, unfilled):
        for shown in every(evaluation):
            for heading in re.findall(r"^### (.+)$", shown._repr_mimebundle_()["text/markdown"], re.M):
                assert len(re.sub(r"^（.）", "", heading)) <= 26, heading


def test_sentences_end_and_hold_no_leftovers(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    for evaluation in (midterm, final, unfilled):
        for shown in every(evaluation):
            plain = words(shown)
            assert not re.search(r"nan|None|inf|（）|，，|。。|；；|、。|\{|\}", plain), plain
            assert not re.search(r"[一-鿿] [一-鿿]|[,;:!?](?=[一-鿿])", plain), plain


def test_the_cover_names_stage_years_and_editions(midterm: PlanEvaluation) -> None:
    plain = words(text.cover(midterm, "送审稿", "2024-04-10", "示例区民政局"))
    for part in (
        "演示数据",
        "文稿阶段：送审稿",
        "评估年份：2023年；数据年份：2023年",
        "版本2024-03-31",
        "2024年4月10日",
        "编制单位：示例区民政局",
    ):
        assert part in plain


@pytest.mark.parametrize("stage", ["初稿", "", "draft"])
def test_a_stage_that_there_is_not_is_refused(midterm: PlanEvaluation, stage: str) -> None:
    with pytest.raises(InputError, match="征求意见稿、送审稿、审定稿"):
        text.cover(midterm, stage)


def test_a_real_report_without_official_data_says_so(unfilled: PlanEvaluation) -> None:
    plain = words(text.cover(unfilled, "征求意见稿"))
    assert "尚未收到官方填报" in plain and "演示数据" not in plain
    overall = words(text.overall(unfilled))
    assert "24项指标都缺数据，暂不能判定" in overall
    assert "约束性指标10项：10项不能判定" in overall
    assert text.scores(unfilled) is None and text.methods(unfilled) is None
    assert "没有提供调整任何指标的依据" in words(text.adjustments(unfilled))
    history = text.rule_history(unfilled)
    assert history and history.heading == "（八）规则目标27项次只有1项次可判，达标"
    assert "应核对27项次，可判1项次，达标1，未达标0" in words(history)
    assert "逐项列在附件四" in overall
    assert "2023年34.39万人（待核实）" in words(text.context(unfilled))


def test_binding_counts_come_first_and_failures_are_named(midterm: PlanEvaluation) -> None:
    plain = words(text.overall(midterm))
    assert plain.index("约束性指标10项：6项达到或符合预期，4项滞后") < plain.index("预期性指标14项")
    assert "提前实现1项，快于预期1项，基本符合预期11项，滞后9项" in plain
    names = plain[plain.index("滞后的是") :]
    assert names.index("第15项，约束性，略滞后") < names.index("第1项，部分年度未达标")


def test_nearly_met_is_told_apart_from_met(final: PlanEvaluation) -> None:
    plain = words(text.overall(final))
    assert "13项达到目标，3项基本完成，6项未达到，2项未判" in plain
    assert "国家“十四五”中期评估" not in plain


def test_each_category_puts_binding_indicators_first(midterm: PlanEvaluation) -> None:
    for passage in text.by_category(midterm).passages:
        binding = ["（约束性）" in claim.sentence for claim in passage.claims if not claim.sentence.startswith("不能判定")]
        assert binding == sorted(binding, reverse=True)


def test_an_indicators_sentence_follows_from_its_figures(midterm: PlanEvaluation) -> None:
    plain = words(text.by_category(midterm))
    assert (
        "**常住人口人均捐赠额**：2023年20.1元/人/年，基期17.5元/人/年，末期目标26元/人/年（完成率77.3%），规划路径2023年应为21元/人/年，时序比74%，**略滞后**（初步数）。"
        in plain
    )
    assert "**街道未成年人保护工作站覆盖率**：2023年5/12（41.67%）" in plain
    assert "2023年2,740元/人/月，增速高于规则要求的2.1%，相差0.52个百分点" in plain
    assert "规则要求等于2,740元/人/月，少70元/人/月" in plain
    assert "**未保持**" in plain and "差3.2个百分点" in plain
    assert "不能判定（口径变更：2023年数值的口径与基期不同）：社区社会组织。" in plain


def test_a_transfer_and_a_doubt_are_told_beside_the_verdict(midterm: PlanEvaluation) -> None:
    verdicts = midterm.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "17", ["transferred", "transfer_status", "reliability"]] = ["2023-03-16", "待核实", "待核实"]
    plain = words(text.by_category(dataclasses.replace(midterm, verdicts=verdicts)))
    assert "**符合预期**（据转载数字，待核实；2023年起职能划转，待核实）" in plain


def test_methods_name_the_contradictions(midterm: PlanEvaluation) -> None:
    plain = words(text.methods(midterm))
    assert "8行的目标适用" in plain
    assert "获得3A及以上等级的社会组织（本评估符合预期）" in plain
    same = dataclasses.replace(midterm, verdicts=midterm.verdicts.assign(methods_disagree=False))
    assert "没有矛盾" in words(text.methods(same))


def test_scores_never_stand_alone(midterm: PlanEvaluation) -> None:
    plain = words(text.scores(midterm))
    for part in ("以上面的项数为准", "类内最低一项0分", "未达要求", "90%区间", "全按零分计", "不据此排列各类名次"):
        assert part in plain


def test_commitments_due_and_unreported(unfilled: PlanEvaluation, midterm: PlanEvaluation) -> None:
    assert "已到期而没有填报的：街道综合养老服务中心" in words(text.commitments(unfilled))
    assert "2023年填报123个，到期未完成" in words(text.commitments(midterm))
    assert text.commitments(dataclasses.replace(midterm, commitments=pd.DataFrame())) is None


def test_a_demonstration_gives_no_advice_on_targets(midterm: PlanEvaluation) -> None:
    plain = words(text.adjustments(midterm))
    assert "不就指标调整提出任何意见" in plain
    assert "捐赠" not in plain


def test_adjustments_never_lower_a_binding_target(midterm: PlanEvaluation) -> None:
    header = midterm.plan.header.model_copy(
        update={"demonstration": False, "adjustment": Adjustment(procedure="协商后报区政府审定", reference="第四章第七节")}
    )
    real = dataclasses.replace(midterm, plan=midterm.plan.model_copy(update={"header": header}))
    shown = text.adjustments(real)
    assert isinstance(shown, Passage)
    plain = words(shown)
    assert "规划第四章第七节规定：协商后报区政府审定" in plain
    study = next(claim.sentence for claim in shown.claims if claim.sentence.startswith("可提交研究"))
    binding = real.verdicts.loc[real.verdicts["attribute"] == "约束性", "name"]
    assert "人均捐赠额" in study and not any(name in study for name in binding)
    assert "不研究下调，只列补救措施" in plain and "不改变任何目标值" in plain
    header = header.model_copy(update={"adjustment": None})
    silent = dataclasses.replace(midterm, plan=midterm.plan.model_copy(update={"header": header}))
    assert "没有载明指标调整程序" in words(text.adjustments(silent))


def test_prospects_are_scenarios_with_the_pace_required(midterm: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    plain = words(text.prospects(midterm))
    assert "都是情景，不是预测" in plain and "不附概率" in plain
    assert "**常住人口人均捐赠额**：基期以来每年增加0.87元/人/年，余下每年须增加2.95元/人/年，为既有步伐的3.4倍" in plain
    assert "**建立党组织的社会组织**：基期以来每年减少1个，余下每年须增加14.5个。" in plain
    assert "不能推算2025年" in words(text.prospects(unfilled))


def test_hindsight_compares_the_midterm_with_the_end(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    plain = words(text.hindsight(midterm, final))
    assert "中期达到或符合预期而终期未达到的：转制社区集体经济组织信息发布率（保持→未完成）" in plain
    assert "略滞后→超额完成" in plain
    reached, nearly = (
        next(line for line in plain.split("\n") if line.startswith(f"中期滞后而终期{word}的")) for word in ("达到", "基本完成")
    )
    assert "基本完成" not in reached and nearly.endswith("城乡低保标准年度增速（部分年度未达标→基本完成）。")
    assert "不能比较" in words(text.hindsight(unfilled, unfilled))


def test_candidates_are_no_proposals(final: PlanEvaluation) -> None:
    plain = words(text.candidates(final))
    assert "不是建议值" in plain and "按原目标续列" in plain


def test_the_internal_annex_counts_the_checks(unfilled: PlanEvaluation, midterm: PlanEvaluation) -> None:
    assert re.search(r"源数据核对：\d+项中\d+项不一致", words(text.audit(unfilled)))
    assert "没有规划全文可供核对" in words(text.audit(midterm))


def test_counts_of_the_same_things_say_what_they_count(midterm: PlanEvaluation) -> None:
    assert "规则目标6项（分项计9行）" in words(text.grounds(midterm))
    assert text.context(midterm).heading == "（一）7个背景序列（分项计8行）中7个有数据"
    whole = dataclasses.replace(midterm, verdicts=midterm.verdicts[midterm.verdicts["part"] == ""])
    assert "分项计" not in words(text.grounds(whole))


def test_a_level_without_milestone_is_compared_with_the_target(midterm: PlanEvaluation) -> None:
    plain = words(text.by_category(midterm))
    assert "末期目标70%（完成率75.2%），没有中期目标，以末期目标70%比，明显滞后" in plain.replace("**", "")
    assert "规划路径2023年应为70%" not in plain and "规划路径2023年应为80%" in plain


def test_the_rules_say_how_a_level_without_pace_is_judged(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    assert "达到为符合预期，达到其95%为略滞后，以下为明显滞后" in words(text.rules(midterm))
    at_end = words(text.rules(final))
    assert "不判倒退，只比数值与目标" in at_end and "略滞后" not in at_end


def test_the_end_asks_for_the_target_not_for_the_milestone(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    assert "本评估看是否按规划自身的中期目标推进" in words(text.methods(midterm))
    assert "本评估看末年是否达到目标值" in words(text.methods(final)) and "中期目标" not in words(text.methods(final))


def test_gaps_tell_changed_definitions_from_missing_figures(midterm: PlanEvaluation) -> None:
    plain = words(text.gaps(midterm))
    assert "缺2023年数值或规则参照、不能判定的1行，按填报单位：示例区民政局（社会事务业务）1行。" in plain
    assert "口径变更而不能判定的1行已有数值，不算缺数：社区社会组织" in plain
    known = dataclasses.replace(midterm, verdicts=midterm.verdicts[midterm.verdicts["status"] != "口径变更"])
    assert "口径变更" not in words(text.gaps(known))
    changed = dataclasses.replace(midterm, verdicts=midterm.verdicts[midterm.verdicts["status"] != "无法评估"])
    assert "按填报单位" not in words(text.gaps(changed))
