"""What an evaluation judges, on what grounds, by which rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.scores import BINDING
from analysis.assessment.thresholds import load_thresholds
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.evaluation_text.chances import red_assumptions
from analysis.presentation.evaluation_text.figures import tally
from analysis.presentation.marking import count
from analysis.presentation.quantities import quantity
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION, UNVERIFIED

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

STAGES = ("征求意见稿", "送审稿", "审定稿")
_KINDS = {"level": "水平", "keep": "保持", "rule": "规则"}


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
    header, table = evaluation.plan.header, evaluation.indicators
    whole = (f"{header.indicators_table}全表",)
    firsts = evaluation.verdicts.drop_duplicates("indicator_id")
    total = tally(evaluation, table, "指标数")
    binding, expected = (tally(evaluation, table[table["attribute"] == word], f"{word}指标数") for word in (BINDING, "预期性"))
    tasks = count(len(evaluation.commitments), "表外任务数", ("任务台账",))
    level, keep, rule = (tally(evaluation, firsts[firsts["kind"] == kind], f"{word}目标数") for kind, word in _KINDS.items())
    claims = [
        Claim(
            f"依据《{header.title}》{header.indicators_table}的{total}项指标（约束性{binding}项、预期性{expected}项）"
            f"和表外有数量或期限的{tasks}项任务。",
            whole,
        ),
        Claim(
            f"指标按目标的性质分三类：水平目标{level}项，看是否按规划自身的路径推进；"
            f"保持目标{keep}项，看是否守住；规则目标{rule}项{_parts(evaluation)}，由另一序列决定，逐年核对。",
            whole,
        ),
    ]
    if header.adjustment:
        claims.append(Claim(f"规划{header.adjustment.reference}要求开展中期、终期评估和动态监测。", (header.adjustment.reference,)))
    return passage(f"（一）{total}项指标分三类判定", claims, evidence=whole)


def _parts(evaluation: PlanEvaluation) -> str:
    """Say how many rows the rule targets make where some have parts; empty where none has."""
    rows = evaluation.verdicts[evaluation.verdicts["kind"] == "rule"]
    if len(rows) == rows["indicator_id"].nunique():
        return ""
    return f"（分项计{tally(evaluation, rows, '规则目标分项计的行数')}行）"


def rules(evaluation: PlanEvaluation) -> Passage:
    """How verdicts are reached, with the thresholds in force."""
    limits = load_thresholds()
    near = _threshold(limits.midterm.base_near_path_share, "midterm.base_near_path_share", "路径离基期的最小距离（与目标之比）")
    claims = [
        Claim("完成率＝数值÷目标值；基期至目标的进展＝（数值−基期）÷（目标−基期）；两者都不与时间相比。"),
        Claim("时序比＝（数值−基期）÷（规划路径在数据年份应达到的值−基期）；路径由基期直线到中期目标，再到末期目标。三个数分列，不混用。"),
        Claim(f"没有基期，或路径离基期不到一个印制单位（或目标的{near}）的，不算速度，{_by_level(evaluation.kind)}。"),
        Claim(_keeps_and_rules(evaluation.kind)),
        Claim("约束性指标不设任何容差；四舍五入到印制单位才达到的，只对预期性指标承认，并注明。"),
        Claim(
            f"数值或规则参照缺失的，判为“无法评估”；口径与基期不同的，判为“口径变更”；都不估算、不补零。据转载数字得出的注“{UNVERIFIED}”。"
        ),
    ]
    if evaluation.kind == "midterm":
        midterm = limits.midterm
        faster = _threshold(midterm.faster_ratio, "midterm.faster_ratio", "“快于预期”的时序比下限")
        on_schedule = _threshold(midterm.on_schedule_ratio, "midterm.on_schedule_ratio", "“符合预期”的时序比下限")
        nearly = _threshold(midterm.nearly_ratio, "midterm.nearly_ratio", "“基本符合”的时序比下限")
        slightly = _threshold(midterm.slightly_behind_ratio, "midterm.slightly_behind_ratio", "“略滞后”的时序比下限")
        words = (
            f"时序比达到{faster}为快于预期，达到{on_schedule}为符合预期，达到{nearly}为基本符合（只限预期性），"
            f"达到{slightly}为略滞后，以下为明显滞后，低于基期为倒退；已到末期目标为提前完成。"
        )
    else:
        exceeded = _threshold(limits.final.exceeded_ratio, "final.exceeded_ratio", "“超额完成”的完成率下限")
        nearly = _threshold(limits.final.nearly_ratio, "final.nearly_ratio", "“基本完成”的完成率下限")
        words = (
            f"末年数值达到目标为完成，完成率达到{exceeded}且非占比类为超额完成，"
            f"达到{nearly}为基本完成（只限预期性），其余为未完成，低于基期为倒退。"
        )
    claims.insert(2, Claim(words))
    return passage("（二）判定规则先定后用，约束性不设容差", claims, bulleted=True)


def _threshold(ratio: float, key: str, name: str) -> str:
    """Word a threshold in percent, marked with its key in ``parameters/verdicts.yml``."""
    return quantity(wording.percent(ratio, 4), name, "", (f"阈值{key}",))


def _by_level(kind: str) -> str:
    """Say how a level is judged where no pace can be."""
    if kind == "final":
        return "不判倒退，只比数值与目标"
    share = _threshold(load_thresholds().midterm.nearly_ratio, "midterm.nearly_ratio", "无速度的“略滞后”：数值与路径应达到的值之比的下限")
    return f"只比数值与路径应达到的值（没有中期目标的为末期目标）：达到为符合预期，达到其{share}为略滞后，以下为明显滞后"


def _keeps_and_rules(kind: str) -> str:
    years = load_thresholds().final.missed_years_allowed
    allowed = quantity(years, "“基本完成”容许未达到的年数", "", ("阈值final.missed_years_allowed",))
    if kind == "midterm":
        return (
            "保持目标看是否守住目标值（保持、未保持）；规则目标逐年核对，数据年份及以前各年都达到为达标，"
            "数据年份达到而以前有未达到的为部分年度未达标，数据年份未达到为未达标。"
        )
    return f"保持目标守住为完成；规则目标各年都达到为完成，预期性指标末年达到且至多{allowed}年未达到为基本完成，其余为未完成。"
