"""The years left, adjustments worth studying, the midterm's scenarios in hindsight, candidates for the next plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.assessment import outlook, statuses
from analysis.assessment.candidates import next_targets
from analysis.assessment.outlook import compare_with_outcome
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def prospects(evaluation: PlanEvaluation) -> Passage:
    """Named scenarios and the pace required for the years left."""
    rows = evaluation.outlook
    final_year = evaluation.plan.header.last_year
    left = final_year - evaluation.data_year
    if rows.empty:
        claim = Claim(f"没有同时具备基期和{evaluation.data_year}年数值的水平指标，不能推算{final_year}年。", ("监测数据",))
        return passage("（一）数据不足，暂不推算末年", [claim])
    counts = rows["finding"].value_counts()
    words = "，".join(
        f"{finding}{counts[finding]}项"
        for finding in (outlook.BOTH, outlook.ONLY_SAME_PACE, outlook.ONLY_HOLD, outlook.NEITHER)
        if finding in counts
    )
    claims = [
        Claim(f"有基期的{len(rows)}项水平指标推算到{final_year}年（余{left}年）：{words}。", ("推算表",)),
        Claim("两种推算都是情景，不是预测：守住现值，或保持基期以来的年均步伐；不附概率。"),
    ]
    hard = rows[rows["finding"] == outlook.NEITHER].sort_values("pace_ratio", ascending=False, kind="stable")
    for row in rows_of(hard):
        unit = "个百分点" if row.unit == "%" else row.unit
        past = f"{wording.number(abs(row.past_pace), 2)}{unit}"
        direction = "增加" if row.past_pace > 0 else "减少" if row.past_pace < 0 else "没有变化"
        walked = f"基期以来每年{direction}{past}" if row.past_pace else f"基期以来{direction}"
        needed = f"余下每年须{'增加' if row.required_pace > 0 else '减少'}{wording.number(abs(row.required_pace), 2)}{unit}"
        ratio = "" if math.isnan(row.pace_ratio) else f"，为既有步伐的{wording.number(row.pace_ratio)}倍"
        name = f"**{row.name_}**{'（约束性）' if row.attribute == BINDING else ''}"
        claims.append(
            Claim(f"{name}：{walked}，{needed}{ratio}。", (f"{evaluation.plan.header.indicators_table}第{row.indicator_id}行", "推算表"))
        )
    heading = f"{len(hard)}项须快于既有步伐才能达到" if len(hard) else "按既有步伐，可推算的都能达到"
    return passage(f"（一）{heading}", claims, bulleted=True)


def adjustments(evaluation: PlanEvaluation) -> Passage:
    """Which targets might be studied for adjustment, by the plan's own procedure; 约束性 ones are never lowered here."""
    header = evaluation.plan.header
    if header.demonstration:
        return passage("（一）演示数据不作调整研究", [Claim("本报告由虚构数字生成，不就指标调整提出任何意见。")])
    if header.adjustment is None:
        return passage("（一）规划没有载明调整程序", [Claim("规划没有载明指标调整程序，本报告不提出调整研究。")])
    procedure = Claim(f"规划{header.adjustment.reference}规定：{header.adjustment.procedure}。", (header.adjustment.reference,))
    rows = evaluation.behind()
    levels = rows[(rows["kind"] == "level") & (rows["attribute"] != BINDING)]
    early = evaluation.judged()
    early = early[(early["status"] == statuses.EARLY) & (early["completion"] > 1)]
    binding = rows[rows["attribute"] == BINDING]
    claims = [procedure]
    if len(binding):
        claims.append(
            Claim(f"约束性指标{wording.listed(list(dict.fromkeys(binding['name'])))}未达要求：不研究下调，只列补救措施。", ("判定全表",))
        )
    if len(levels):
        claims.append(
            Claim(f"可提交研究（先查原因和口径，再议目标）：{wording.listed(list(levels['name']))}，均为滞后的预期性指标。", ("判定全表",))
        )
    if len(early):
        claims.append(Claim(f"已超过末期目标、可研究提高的：{wording.listed(list(early['name']))}。", ("判定全表",)))
    if not len(levels) and not len(early):
        claims.append(Claim("现有数据没有提供调整任何指标的依据。", ("判定全表",)))
        return passage("（一）没有调整指标的依据", claims, bulleted=True)
    claims.append(Claim("以上只是提请研究的清单，不改变任何目标值。"))
    return passage(f"（一）提请研究{len(levels) + len(early)}项，不下调约束性", claims, bulleted=True)


def hindsight(midterm: PlanEvaluation, final: PlanEvaluation) -> Passage:
    """What the midterm's scenarios said and what came."""
    table = compare_with_outcome(midterm.outlook, final.verdicts)
    known = table[table["outcome"].notna()]
    if known.empty:
        return passage("（一）中期没有可比的推算", [Claim("中期评估没有推算，或末年缺少数值，不能比较。", ("推算表",))])
    counts = known["nearer"].value_counts()
    met = known[known["status"].isin(statuses.MET_STATUSES)]
    right = known[(known["finding"].isin((outlook.BOTH, outlook.ONLY_SAME_PACE))) == known["status"].isin(statuses.MET_STATUSES)]
    words = "，".join(f"{word}更近{counts[word]}项" for word in ("守住现值", "既有步伐") if word in counts)
    claims = [
        Claim(
            f"中期（{midterm.data_year}年数据）推算过的{len(known)}项，末年达到目标{len(met)}项；与结果相比，{words or '两种情景同样近'}。",
            ("推算对照表",),
        ),
        Claim(f"“按既有步伐能否达到”的判断与结果一致{len(right)}项，不一致{len(known) - len(right)}项。", ("推算对照表",)),
    ]
    changed = midterm.verdicts.merge(final.verdicts, on=["indicator_id", "part"], suffixes=("_before", ""))
    fallen = changed[changed["status_before"].isin(statuses.ON_COURSE) & changed["status"].isin(statuses.BEHIND_STATUSES)]
    if len(fallen):
        names = [f"{row.name_}{f'·{row.part}' if row.part else ''}（{row.status_before}→{row.status}）" for row in rows_of(fallen)]
        claims.append(Claim(f"中期合预期而终期没有达到的：{wording.listed(names)}。", ("判定全表",)))
    risen = changed[changed["status_before"].isin(statuses.BEHIND_STATUSES) & changed["status"].isin(statuses.ON_COURSE)]
    if len(risen):
        names = [f"{row.name_}{f'·{row.part}' if row.part else ''}（{row.status_before}→{row.status}）" for row in rows_of(risen)]
        claims.append(Claim(f"中期滞后而终期达到的：{wording.listed(names)}。", ("判定全表",)))
    return passage(f"（一）中期推算的{len(known)}项中{len(right)}项判断与结果一致", claims, bulleted=True)


def candidates(evaluation: PlanEvaluation) -> Passage:
    """How many candidates of which kind, and what they are not."""
    table = next_targets(evaluation.verdicts, evaluation.targets)
    counts = table["candidate"].value_counts()
    words = "，".join(f"{kind}{count}行" for kind, count in counts.items())
    claims = [
        Claim(f"按终期结果逐行列出“十五五”的初步候选：{words}。", ("候选目标表",)),
        Claim("候选值由规则推出，供测算和征求意见，不是建议值；人口、财力和上级目标变化须另行论证。"),
        Claim("未达到的一律按原目标续列，不因没有达到而下调。"),
    ]
    if evaluation.plan.header.demonstration:
        claims.append(Claim("本报告由虚构数字生成，以下只演示推算办法，不就任何指标提出意见。"))
    return passage(f"（一）{len(table)}行候选目标及其依据", claims, bulleted=True)
