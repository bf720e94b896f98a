"""What an evaluation judges, on what grounds, by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.thresholds import load_thresholds
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.evaluation_text.chances import red_assumptions
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION, UNVERIFIED

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

STAGES = ("征求意见稿", "送审稿", "审定稿")


def check_stage(stage: str) -> None:
    """Refuse a stage of drafting that there is not.

    Raises:
        InputError: the stage is none of :data:`STAGES`.
    """
    if stage not in STAGES:
        raise InputError.single("参数 stage", stage, "、".join(STAGES), "改用其中一个")


def cover(evaluation: PlanEvaluation, stage: str, report_date: str = "", issuing_body: str = "") -> Passage:
    """Title, stage, years, sources.

    Args:
        stage: one of :data:`STAGES`.
        report_date: ISO date to print; empty for none.
        issuing_body: who hands the report in; empty for none.

    Raises:
        InputError: no such stage or date.
    """
    check_stage(stage)
    header, monitoring = evaluation.plan.header, evaluation.monitoring
    lines = [
        f"文稿阶段：{stage}。",
        f"评估对象：《{header.title}》（{header.first_year}—{header.last_year}年）。",
        f"评估年份：{evaluation.as_of}年；数据年份：{evaluation.data_year}年。",
    ]
    if header.demonstration:
        lines.insert(0, f"**{DEMONSTRATION}**：本报告的区县和全部数字均为虚构，只用于演示，不得引用。")
    if issuing_body:
        lines.append(f"编制单位：{issuing_body}。")
    if report_date:
        lines.append(f"编制日期：{wording.chinese_date(report_date)}。")
    lines.append(
        f"年度监测数据：版本{monitoring.edition}。"
        if monitoring.is_official
        else "年度监测数据：尚未收到官方填报；凡有数字的，均为定义相同的公开数据，原件未见的注“待核实”。"
    )
    lines += red_assumptions(evaluation)
    lines += [f"数据来源：{deposit.citation()}，版本{deposit.edition}。" for deposit in evaluation.deposits]
    return passage(f"《{header.title}》{evaluation.title}评估报告", [Claim(line) for line in lines], bulleted=True, level=1)


def grounds(evaluation: PlanEvaluation) -> Passage:
    """On what the evaluation rests."""
    header = evaluation.plan.header
    attributes = evaluation.indicators["attribute"].value_counts()
    kinds = evaluation.verdicts.drop_duplicates("indicator_id")["kind"].value_counts()
    claims = [
        Claim(
            f"依据《{header.title}》{header.indicators_table}的{len(evaluation.indicators)}项指标（约束性{attributes.get('约束性', 0)}项、"
            f"预期性{attributes.get('预期性', 0)}项）和表外有数量或期限的{len(evaluation.commitments)}项任务。",
            (f"{header.indicators_table}全表",),
        ),
        Claim(
            f"指标按目标的性质分三类：水平目标{kinds.get('level', 0)}项，看是否按规划自身的路径推进；"
            f"保持目标{kinds.get('keep', 0)}项，看是否守住；规则目标{kinds.get('rule', 0)}项，由另一序列决定，逐年核对。",
            (f"{header.indicators_table}全表",),
        ),
    ]
    if header.adjustment:
        claims.append(Claim(f"规划{header.adjustment.reference}要求开展中期、终期评估和动态监测。", (header.adjustment.reference,)))
    return passage(f"（一）{len(evaluation.indicators)}项指标分三类判定", claims)


def rules(evaluation: PlanEvaluation) -> Passage:
    """How verdicts are reached, with the thresholds in force."""
    limits = load_thresholds()
    claims = [
        Claim("完成率＝数值÷目标值；基期至目标的进展＝（数值－基期）÷（目标－基期）；两者都不与时间相比。"),
        Claim(
            "时序比＝（数值－基期）÷（规划路径在数据年份应达到的值－基期）；路径由基期直线到中期目标，再到末期目标。三个数分列，不混用。"
        ),
        Claim("没有基期，或路径离基期不到一个印制单位（或目标的0.5%）的，不算速度，只比数值与路径应达到的值。"),
        Claim(_keeps_and_rules(evaluation.kind)),
        Claim("约束性指标不设任何容差；四舍五入到印制单位才达到的，只对预期性指标承认，并注明。"),
        Claim(
            f"数值或规则参照缺失的，判为“无法评估”；口径与基期不同的，判为“口径变更”；都不估算、不补零。据转载数字得出的注“{UNVERIFIED}”。"
        ),
    ]
    if evaluation.kind == "midterm":
        percents = [
            wording.percent(ratio, 0)
            for ratio in (limits.midterm.faster_ratio, limits.midterm.nearly_ratio, limits.midterm.slightly_behind_ratio)
        ]
        claims.insert(
            2,
            Claim(
                f"时序比达到{percents[0]}为快于预期，达到100%为符合预期，达到{percents[1]}为基本符合（只限预期性），"
                f"达到{percents[2]}为略滞后，以下为明显滞后，低于基期为倒退；已到末期目标为提前完成。"
            ),
        )
    else:
        percents = [wording.percent(ratio, 0) for ratio in (limits.final.exceeded_ratio, limits.final.nearly_ratio)]
        claims.insert(
            2,
            Claim(
                f"末年数值达到目标为完成，完成率达到{percents[0]}且非占比类为超额完成，"
                f"达到{percents[1]}为基本完成（只限预期性），其余为未完成，低于基期为倒退。"
            ),
        )
    return passage("（二）判定规则先定后用，约束性不设容差", claims, bulleted=True)


def _keeps_and_rules(kind: str) -> str:
    allowed = load_thresholds().final.missed_years_allowed
    if kind == "midterm":
        return (
            "保持目标看是否守住目标值（保持、未保持）；规则目标逐年核对，数据年份及以前各年都达到为达标，"
            "数据年份达到而以前有未达到的为部分年度未达标，数据年份未达到为未达标。"
        )
    return f"保持目标守住为完成；规则目标各年都达到为完成，预期性指标末年达到且至多{allowed}年未达到为基本完成，其余为未完成。"
