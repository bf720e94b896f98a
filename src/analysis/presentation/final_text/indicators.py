"""What became of the indicators: verdicts, gaps, progress from the base, the next plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.assessment.statuses import EXCEEDED, MET_STATUSES
from analysis.audit.arithmetic import DIFFERS, UNVERIFIABLE
from analysis.audit.declared_checks import NAMED_AS_MISSED
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def overall(evaluation: FinalEvaluation) -> Passage:
    """The answer in one paragraph."""
    verdicts, missed, unknown = evaluation.verdicts, evaluation.missed(), evaluation.unknown()
    met = int(verdicts["status"].isin(MET_STATUSES).sum())
    exceeded = int((verdicts["status"] == EXCEEDED).sum())
    by_method = int((verdicts["status_method"] == EXCEEDED).sum())
    place = f"{evaluation.plan.header.indicators_table}全表"
    claims = [
        Claim(
            f"期末仍由民政部门实施的{len(verdicts)}项指标完成{met}项，占{wording.percent(met / len(verdicts))}；"
            f"未完成{len(missed)}项{f'，无法评估{len(unknown)}项' if len(unknown) else ''}。",
            (place,),
        ),
        Claim(
            f"完成的指标中，按规划口径超额完成{exceeded}项，按本评估规则为{by_method}项（占比类指标上限为100%，高于目标计为完成）。",
            (place,),
        ),
    ]
    if len(missed):
        names = [f"{row.name_}（完成率{wording.percent(row.completion)}）" for row in rows_of(missed)]
        claims.append(Claim(f"未完成的是{wording.listed(names)}。", tuple(f"专栏1第{number}行" for number in missed["indicator_id"])))
    if len(unknown):
        words = f"缺少数值、无法评估的是{wording.listed(list(unknown['name']))}。"
        claims.append(Claim(words, tuple(f"专栏1第{number}行" for number in unknown["indicator_id"])))
    more = f"，{len(unknown)}项无法评估" if len(unknown) else ""
    return passage(f"（一）{len(verdicts)}项指标完成{met}项，{len(missed)}项未完成{more}", claims)


def self_count(evaluation: FinalEvaluation) -> Passage:
    """Whether the plan's own count can be reproduced."""
    frame = evaluation.self_count
    checked = frame[frame["agrees"] != UNVERIFIABLE]
    agree = int((checked["agrees"] == "一致").sum())
    stated = evaluation.plan.header.self_count
    assert stated is not None
    dropped = stated.first_set - stated.remaining
    claims = [
        Claim(
            f"规划自述期末实施{stated.remaining}项、完成{stated.met}项、超额完成{stated.exceeded}项，复算{agree}项数字相符。"
            if agree == len(checked)
            else f"规划自述的{len(checked)}个数字中{agree}个与复算相符。",
            ("第一章第一节", "专栏1全表"),
        ),
        Claim(
            f"期初制定的{stated.first_set}项中有{dropped}项因机构改革等原因不再由民政部门实施，清单未附，其完成情况无法评估。",
            ("第一章第一节",),
        ),
    ]
    agrees = "与专栏1一致" if agree == len(checked) else "与专栏1不全一致"
    named = _named_as_missed(evaluation)
    return passage(f"（二）自述项数{agrees}{'，正文列举有出入' if named else ''}", [*claims, *named])


def _named_as_missed(evaluation: FinalEvaluation) -> list[Claim]:
    """Set the missed indicators that the prose names beside those that the table shows; nothing where they agree."""
    rows = evaluation.audit[evaluation.audit["group"] == NAMED_AS_MISSED]
    wrong = rows[(rows["verdict"] == DIFFERS) & (rows["id"] != "f00")]
    unnamed = rows[rows["verdict"] == UNVERIFIABLE]
    if wrong.empty and unnamed.empty:
        return []
    named = int((rows["id"] != "f00").sum()) - len(unnamed)
    listed = [f"{row.subject}（{row.recomputed.split('，')[0]}）" for row in rows_of(wrong)]
    parts = [f"规划正文列举{named}项“等”未完成，其中{wording.listed(listed)}在专栏1已达到目标"] if listed else []
    if len(unnamed):
        parts.append(f"专栏1未完成而正文未列名的是{wording.listed(list(unnamed['subject']))}")
    evidence = tuple(f"核对{id}" for id in rows["id"])
    return [Claim(f"{'；'.join(parts)}。", evidence), Claim("本报告以专栏1为准，请发文机关确认。")]


def missed(evaluation: FinalEvaluation) -> Passage:
    """Each missed indicator: target, result, gap."""
    rows = evaluation.missed()
    if rows.empty:
        return passage("（一）没有未完成的指标", [Claim("可以评估的指标都达到目标。", ("专栏1全表",))])
    claims = [
        Claim(
            f"**{row.name_}**：目标{wording.number(row.target, 2)}{row.unit}，完成{wording.number(row.value, 2)}{row.unit}，"
            f"差{wording.number(row.shortfall, 2)}{row.unit}，完成率{wording.percent(row.completion)}。",
            (f"专栏1第{row.indicator_id}行",),
        )
        for row in rows_of(rows)
    ]
    claims.append(_succession(evaluation, rows["indicator_id"].tolist()))
    categories = list(dict.fromkeys(rows["category"]))
    return passage(f"（一）未完成的{len(rows)}项集中在{wording.listed(categories)}", claims, bulleted=True)


def _succession(evaluation: FinalEvaluation, missed_ids: list[str]) -> Claim:
    """Say which of the missed indicators the next plan takes on."""
    rows = evaluation.succession[evaluation.succession["indicator_id"].isin(missed_ids)]
    kept, dropped = rows[rows["next_id"] != ""], rows[rows["next_id"] == ""]
    words = [
        f"{row.name_}续列（专栏3第{row.next_id}行），{row.next_year}年目标{wording.number(row.next_target, 2)}{row.unit}，"
        f"{wording.compared(row.next_target, row.target)}本期目标{wording.number(row.target, 2)}{row.unit}"
        for row in rows_of(kept)
    ]
    if len(dropped):
        words.append(f"{wording.listed(list(dropped['name']))}未列入")
    evidence = (*(f"专栏3第{number}行" for number in kept["next_id"]), "专栏3全表")
    return Claim(f"在“十四五”规划主要指标中的去向：{'；'.join(words)}。", evidence)


def exceeded(evaluation: FinalEvaluation) -> Passage:
    """Indicators above target, with the caveat for shares."""
    rows = evaluation.verdicts[evaluation.verdicts["status"] == EXCEEDED].sort_values("completion", ascending=False)
    differs = rows[rows["status_method"] != EXCEEDED]
    names = [f"{row.name_}（{row.unit}，{wording.percent(row.completion, 0)}）" for row in rows_of(rows)]
    claims = [Claim(f"完成率高于100%的有{len(rows)}项：{wording.listed(names)}。", tuple(f"专栏1第{n}行" for n in rows["indicator_id"]))]
    if len(differs):
        claims.append(
            Claim(
                f"其中{wording.listed(list(differs['name']))}属占比类指标，以100%为上限，高于目标按本评估规则计为完成。",
                tuple(f"专栏1第{n}行" for n in differs["indicator_id"]),
            )
        )
    return passage(f"（二）{len(rows)}项高于目标，其中{len(differs)}项为占比", claims)


def progress(evaluation: FinalEvaluation) -> Passage:
    """How far the indicators with a base have come."""
    claims = []
    for row in rows_of(evaluation.progress):
        levels = [f"{wording.number(level, 2)}{row.unit}" for level in (row.base, row.value, row.target)]
        figures = f"“十二五”{levels[0]}，“十三五”{levels[1]}，目标{levels[2]}"
        if row.base_beyond_target:
            words = "“十二五”年均已高于目标值，不计算进展比例"
        elif row.progress >= 1:
            words = f"高于目标{wording.number(row.value - row.target, 2)}{row.unit}"
        else:
            words = f"走完基期至目标路程的{wording.percent(row.progress, 0)}"
        claims.append(Claim(f"**{row.name_}**：{figures}，{words}。", (f"专栏1第{row.indicator_id}行", f"专栏2（{row.note}）")))
    slow = evaluation.progress[evaluation.progress["progress"] < 1]
    heading = f"（三）可推算基期的{len(evaluation.progress)}项"
    if slow.empty:
        return passage(f"{heading}都到达目标", claims, bulleted=True)
    words = wording.about_tenths(slow["progress"].tolist())
    return passage(f"{heading}中，{len(slow)}项只走了{words}", claims, bulleted=True)


def density(evaluation: FinalEvaluation) -> Passage:
    """Beds, elders, and the density that results."""
    change = evaluation.density
    before, after = (wording.number(level) for level in change.care_beds_per_1000_aged60)
    rows = ("专栏2第13行", "专栏2第11行", "专栏1第1行")
    claims = [
        Claim(
            f"五年间养老床位{wording.change(change.beds_growth_percent)}，60周岁以上户籍长者{wording.change(change.elders_growth_percent)}。",
            rows,
        ),
        Claim(f"每千名长者床位由{before}张变为{after}张，{wording.change(change.density_growth_percent)}。", rows),
        Claim(
            f"按期末户籍长者计，达到每千名{wording.number(change.target)}张需要{wording.number(change.beds_needed, 0)}张床位，"
            f"实有{wording.number(change.care_beds[1], 0)}张，差{wording.number(change.beds_short, 0)}张。",
            rows,
        ),
        Claim(
            "口径：分母为60周岁以上户籍长者，不含常住非户籍长者；床位为正文所称“核定养老床位”，实际可用与入住情况规划未列。",
            ("第一章第一节3（1）",),
        ),
        Claim(
            f"专栏1印作{wording.number(evaluation.verdicts.set_index('indicator_id').at['1', 'value'])}张，按专栏2推算为"
            f"{wording.number(change.care_beds_per_1000_aged60[1], 2)}张，四舍五入后一致；缺口按床位数计，不按印制的密度计。",
            ("专栏1第1行", "专栏2第11、13行"),
        ),
    ]
    if math.isnan(change.offset_share):
        return passage("（四）床位没有增加", claims)
    share = wording.percent(change.offset_share, 0)
    claims.insert(2, Claim(f"两个增幅取对数后可以相减：长者增幅相当于床位增幅的{share}（ln值之比）。", rows))
    beds, elders, ratio = (
        wording.number(growth, 0) for growth in (change.beds_growth_percent, change.elders_growth_percent, change.density_growth_percent)
    )
    return passage(f"（四）床位增{beds}%，长者增{elders}%，密度增{ratio}%", claims)
