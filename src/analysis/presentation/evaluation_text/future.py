"""The years left, adjustments worth studying, the midterm's scenarios in hindsight, candidates for the next plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment import outlook, statuses
from analysis.assessment.candidates import next_targets
from analysis.assessment.outlook import compare_with_outcome
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.paces import pace_words
from analysis.presentation.marking import count
from analysis.presentation.places import indicator_rows
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def prospects(evaluation: PlanEvaluation) -> Passage:
    """Named scenarios and the pace required for the years left."""
    rows = evaluation.outlook
    final_year = evaluation.plan.header.last_year
    left = final_year - evaluation.data_year
    if left <= 0:
        return passage("（一）已到规划末年，不再推算", [Claim(f"数据年份已到规划末年{final_year}年，没有余下的年份。", ("监测数据",))])
    if rows.empty:
        claim = Claim(f"没有同时具备基期和{evaluation.data_year}年数值的水平指标，不能推算{final_year}年。", ("监测数据",))
        return passage("（一）数据不足，暂不推算末年", [claim])
    counts = rows["finding"].value_counts()
    words = "，".join(
        f"{finding}{count(counts[finding], f'“{finding}”的指标数')}项"
        for finding in (outlook.BOTH, outlook.ONLY_SAME_PACE, outlook.ONLY_HOLD, outlook.NEITHER)
        if finding in counts
    )
    known = count(len(rows), "有基期和数值的水平指标数")
    years = quantity(left, "剩余年数", f"{final_year}−{evaluation.data_year}")
    claims = [
        Claim(f"有基期的{known}项水平指标推算到{final_year}年（余{years}年）：{words}。", ("推算表",)),
        Claim("两种推算都是情景，不是预测：守住现值，或保持基期以来的年均步伐；不附概率。"),
    ]
    hard = rows[rows["finding"] == outlook.NEITHER].sort_values("pace_ratio", ascending=False, kind="stable")
    claims += [_hard_claim(evaluation, row) for row in rows_of(hard)]
    faster = count(len(hard), f"“{outlook.NEITHER}”的指标数")
    heading = f"{faster}项须快于既有步伐才能达到" if len(hard) else "按既有步伐，可推算的都能达到"
    return passage(f"（一）{heading}", claims, bulleted=True, evidence=("推算表",))


def _hard_claim(evaluation: PlanEvaluation, row: Any) -> Claim:
    """Say of a row that neither scenario brings to its target how fast it moved and how fast it must move."""
    pace = pace_words(evaluation, row)
    (printed,) = indicator_rows(evaluation, [row.indicator_id])
    walked = f"基期以来每年{pace.past}" if pace.past else "基期以来没有变化"
    ratio = f"，为既有步伐的{pace.times}倍" if pace.times else ""
    name = f"**{row.name_}**{'（约束性）' if row.attribute == BINDING else ''}"
    return Claim(f"{name}：{walked}，余下每年须{pace.needed}{ratio}。", (printed, "推算表"))


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
    asked = count(len(levels) + len(early), "提请研究的行数")
    return passage(f"（一）提请研究{asked}项，不下调约束性", claims, bulleted=True, evidence=("判定全表",))


def hindsight(midterm: PlanEvaluation, final: PlanEvaluation) -> Passage:
    """What the midterm's scenarios said and what came."""
    table = compare_with_outcome(midterm.outlook, final.verdicts)
    known = table[table["outcome"].notna()]
    if known.empty:
        return passage("（一）中期没有可比的推算", [Claim("中期评估没有推算，或末年缺少数值，不能比较。", ("推算表",))])
    counts = known["nearer"].value_counts()
    met = known[known["status"].isin(statuses.MET_STATUSES)]
    right = known[(known["finding"].isin((outlook.BOTH, outlook.ONLY_SAME_PACE))) == known["status"].isin(statuses.MET_STATUSES)]
    words = "，".join(f"{word}更近{count(counts[word], f'“{word}”更近的指标数')}项" for word in ("守住现值", "既有步伐") if word in counts)
    compared, reached = count(len(known), "推算过且有末年数值的指标数"), count(len(met), "末年达到目标的指标数")
    agreeing, contrary = count(len(right), "判断与结果一致的指标数"), count(len(known) - len(right), "判断与结果不一致的指标数")
    claims = [
        Claim(
            f"中期（{midterm.data_year}年数据）推算过的{compared}项，末年达到目标{reached}项；与结果相比，{words or '两种情景同样近'}。",
            ("推算对照表",),
        ),
        Claim(f"“按既有步伐能否达到”的判断与结果一致{agreeing}项，不一致{contrary}项。", ("推算对照表",)),
    ]
    changed = midterm.verdicts.merge(final.verdicts, on=["indicator_id", "part"], suffixes=("_before", ""))
    fallen = changed[changed["status_before"].isin(statuses.ON_COURSE) & changed["status"].isin(statuses.BEHIND_STATUSES)]
    risen = changed[changed["status_before"].isin(statuses.BEHIND_STATUSES)]
    groups = (
        ("中期达到或符合预期而终期未达到的", fallen),
        ("中期滞后而终期达到的", risen[risen["status"].isin(statuses.MET_STATUSES)]),
        ("中期滞后而终期基本完成的", risen[risen["status"] == statuses.NEARLY]),
    )
    for words, rows in groups:
        if len(rows):
            names = [f"{row.name_}{f'·{row.part}' if row.part else ''}（{row.status_before}→{row.status}）" for row in rows_of(rows)]
            claims.append(Claim(f"{words}：{wording.listed(names)}。", ("判定全表",)))
    heading = f"（一）中期推算的{compared}项中{agreeing}项判断与结果一致"
    return passage(heading, claims, bulleted=True, evidence=("推算对照表",))


def candidates(evaluation: PlanEvaluation) -> Passage:
    """How many candidates of which kind, and what they are not."""
    table = next_targets(evaluation.verdicts, evaluation.targets)
    counts = table["candidate"].value_counts()
    words = "，".join(f"{kind}{count(found, f'“{kind}”的行数')}行" for kind, found in counts.items())
    claims = [
        Claim(f"按终期结果逐行列出“十五五”的初步候选：{words}。", ("候选目标表",)),
        Claim("候选值由规则推出，供测算和征求意见，不是建议值；人口、财力和上级目标变化须另行论证。"),
        Claim("未达到的一律按原目标续列，不因没有达到而下调。"),
    ]
    if evaluation.plan.header.demonstration:
        claims.append(Claim("本报告由虚构数字生成，以下只演示推算办法，不就任何指标提出意见。"))
    return passage(f"（一）{count(len(table), '候选目标的行数')}行候选目标及其依据", claims, bulleted=True, evidence=("候选目标表",))
