"""What the final evaluation judges, how, and what it can't say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.thresholds import load_thresholds
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.final_text.figures import at_target, bound, statistics
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def cover(evaluation: FinalEvaluation, report_date: str) -> Passage:
    """What is judged, as of when, from which edition of which source."""
    header, deposit = evaluation.plan.header, evaluation.deposit
    lines = [
        f"评估对象：《{header.title}》（{header.first_year}—{header.last_year}年）的指标完成情况；重点任务、经费和满意度不在其内。",
        f"评估年份：{evaluation.as_of}年；数据年份：指标为{evaluation.as_of}年，统计数据为{_data_years(evaluation)}。",
        f"数据来源：{deposit.citation()}，{header.reference}；来源版本{deposit.edition}。",
        "文稿性质：依据公开文本逐项复算形成的评估稿，供审核。"
        + ("" if deposit.original_seen else "全部数字据转载文本，发文原件未见，待核实。"),
    ]
    if report_date:
        lines.append(f"编制日期：{wording.chinese_date(report_date)}。")
    return passage(f"《{header.title}》终期评估报告（指标完成情况）", [Claim(line) for line in lines], bulleted=True, level=1)


def _data_years(evaluation: FinalEvaluation) -> str:
    periods = evaluation.plan.periods.values()
    return "、".join(f"{period.first_year}—{period.last_year}年" for period in periods)


def method(evaluation: FinalEvaluation) -> Passage:
    """How verdicts are reached."""
    exceeded = quantity(
        wording.percent(load_thresholds().final.exceeded_ratio, 4), "“超额完成”的完成率下限", "", ("阈值final.exceeded_ratio",)
    )
    return passage(
        "",
        [
            Claim("完成率＝完成值÷目标值，由表中目标值与完成值重新计算，不采用印制完成率。"),
            Claim(
                f"规划口径：完成率高于{at_target()}为超额完成，等于{at_target()}为完成，低于{at_target()}为未完成；"
                "规划未写明口径，按此计数与规划自述的项数相符。"
            ),
            Claim(
                f"本评估规则：完成率达到{exceeded}为超额完成，但以{bound()}为上限的占比类指标至多为完成；"
                f"不足{at_target()}为未完成，不设容差。"
            ),
            Claim("基期至目标的进展＝（结果−基期）÷（目标−基期），只用于专栏2能推算基期的指标；它从基期算起，与完成率说的不是一回事。"),
            Claim("该表未印指标属性（约束性、预期性），也未印基期值；有基期的指标另由专栏2推算。"),
            Claim("专栏2的期间合计折为年均再比较，期末存量直接比较；两期可能不可比的，标明原因并注“待核实”。"),
        ],
        bulleted=True,
    )


def limits(evaluation: FinalEvaluation) -> Passage:
    """What the report can't say."""
    once = evaluation.periods[evaluation.periods[["earlier", "later"]].isna().any(axis=1)]
    claims = [
        Claim("**原件**：全部数字据转载文本，发文原件、文号与印发日期待核实。")
        if not evaluation.deposit.original_seen
        else Claim("**原件**：已核对。"),
        *_uncovered(evaluation),
        Claim(
            "**属性与基期**：专栏1未印约束性、预期性和基期值，因此不能判断约束性指标是否全部完成；请规划编制部门提供原“十三五”规划指标表。"
        ),
        Claim("**退出的指标**：期末不再由民政部门实施的指标清单未附，可能由其他部门继续实施；请提供清单及承接部门。"),
        Claim(f"**单期数据**：{statistics(once, '只印一期的统计数据项数')}项统计数据只印一期，不能比较；请补“十二五”数值。"),
        Claim("**存量与流量**：专栏2只注“部分数据取期末值”，哪些是期末值由本评估判读，待统计部门确认。"),
        Claim("**服务质量与满意度**：规划未列，本报告不作评价。"),
    ]
    return passage("", claims, bulleted=True)


def _uncovered(evaluation: FinalEvaluation) -> list[Claim]:
    """Name the fields of work that have statistics but no indicator, and the causes that the plan gives."""
    judged = set(evaluation.verdicts["category"])
    fields = [name for name in dict.fromkeys(evaluation.periods["category"]) if name not in judged and name != "其他"]
    claims = [Claim(f"**没有指标的领域**：{wording.listed(fields)}只有统计数据，专栏1没有指标。", ("专栏1", "专栏2"))] if fields else []
    causes = evaluation.plan.header.stated_causes
    if causes:
        words = f"**原因**：规划所述原因和问题为{'、'.join(causes)}；本评估没有检验这些原因。"
        claims.append(Claim(words, ("第一章第一节专栏2后",)))
    return claims
