"""What became of the indicators: verdicts, missed and exceeded targets, progress from the base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment.statuses import EXCEEDED, MET_STATUSES
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.final_text.figures import (
    INDICATORS,
    STATISTICS,
    WHOLE,
    amount,
    at_target,
    bound,
    completion,
    indicator_rows,
    indicators,
)
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def overall(evaluation: FinalEvaluation) -> Passage:
    """The answer in one paragraph."""
    verdicts, missed, unknown = evaluation.verdicts, evaluation.missed(), evaluation.unknown()
    place = f"{evaluation.plan.header.indicators_table}全表"
    met = verdicts[verdicts["status"].isin(MET_STATUSES)]
    total, reached, short = indicators(verdicts, "期末实施的指标数"), indicators(met, "完成的指标数"), indicators(missed, "未完成的指标数")
    open_ones = indicators(unknown, "无法评估的指标数")
    share = quantity(wording.percent(len(met) / len(verdicts)), "完成的指标占比", "完成的指标数÷期末实施的指标数")
    exceeding = indicators(verdicts[verdicts["status"] == EXCEEDED], "按规划口径超额完成的指标数")
    by_method = indicators(verdicts[verdicts["status_method"] == EXCEEDED], "按本评估规则超额完成的指标数")
    claims = [
        Claim(
            f"期末仍由民政部门实施的{total}项指标完成{reached}项，占{share}；"
            f"未完成{short}项{f'，无法评估{open_ones}项' if len(unknown) else ''}。",
            (place,),
        ),
        Claim(
            f"完成的指标中，按规划口径超额完成{exceeding}项，按本评估规则为{by_method}项（占比类指标上限为{bound()}，高于目标计为完成）。",
            (place,),
        ),
    ]
    if len(missed):
        names = [f"{row.name_}（完成率{completion(row)}）" for row in rows_of(missed)]
        claims.append(Claim(f"未完成的是{wording.listed(names)}。", indicator_rows(missed)))
    if len(unknown):
        claims.append(Claim(f"缺少数值、无法评估的是{wording.listed(list(unknown['name']))}。", indicator_rows(unknown)))
    more = f"，{open_ones}项无法评估" if len(unknown) else ""
    return passage(f"（一）{total}项指标完成{reached}项，{short}项未完成{more}", claims, evidence=(place,))


def missed(evaluation: FinalEvaluation) -> Passage:
    """Each missed indicator: target, result, gap."""
    rows = evaluation.missed()
    if rows.empty:
        return passage("（一）没有未完成的指标", [Claim("可以评估的指标都达到目标。", (WHOLE,))])
    claims = [_missed_claim(row) for row in rows_of(rows)]
    claims.append(_succession(evaluation, rows["indicator_id"].tolist()))
    categories = wording.listed(list(dict.fromkeys(rows["category"])))
    return passage(f"（一）未完成的{indicators(rows, '未完成的指标数')}项集中在{categories}", claims, bulleted=True, evidence=(WHOLE,))


def _missed_claim(row: Any) -> Claim:
    difference = "目标值−完成值" if row.direction == "higher" else "完成值−目标值"
    target, value = amount(row.target, row.unit, f"目标值（{row.as_of}年）"), amount(row.value, row.unit, f"{row.data_year}年完成值")
    short = amount(row.shortfall, row.unit, "与目标的差额", difference)
    return Claim(
        f"**{row.name_}**：目标{target}，完成{value}，差{short}，完成率{completion(row)}。", (f"{INDICATORS}第{row.indicator_id}行",)
    )


def _succession(evaluation: FinalEvaluation, missed_ids: list[str]) -> Claim:
    """Say which of the missed indicators the next plan takes on."""
    rows = evaluation.succession[evaluation.succession["indicator_id"].isin(missed_ids)]
    kept, dropped = rows[rows["next_id"] != ""], rows[rows["next_id"] == ""]
    words = [_kept(row) for row in rows_of(kept)]
    if len(dropped):
        words.append(f"{wording.listed(list(dropped['name']))}未列入")
    evidence = (*(f"专栏3第{number}行" for number in kept["next_id"]), "专栏3全表")
    return Claim(f"在“十四五”规划主要指标中的去向：{'；'.join(words)}。", evidence)


def _kept(row: Any) -> str:
    place = (f"专栏3第{row.next_id}行",)
    number = quantity(row.next_id, f"{row.name_}在专栏3中的行号", evidence=place)
    following = amount(row.next_target, row.unit, f"“十四五”末期目标（{row.next_year}年）", evidence=place)
    own = amount(row.target, row.unit, "本期目标", evidence=(f"{INDICATORS}第{row.indicator_id}行",))
    relation = wording.compared(row.next_target, row.target)
    return f"{row.name_}续列（专栏3第{number}行），{row.next_year}年目标{following}，{relation}本期目标{own}"


def exceeded(evaluation: FinalEvaluation) -> Passage:
    """Indicators above target, with the caveat for shares."""
    rows = evaluation.verdicts[evaluation.verdicts["status"] == EXCEEDED].sort_values("completion", ascending=False)
    differs = rows[rows["status_method"] != EXCEEDED]
    above, shares = indicators(rows, "完成率高于100%的指标数"), indicators(differs, "其中占比类的指标数")
    twice = rows["name"].duplicated(keep=False)
    names = [
        f"{row.name_}{f'·{row.unit}' if again else ''}（{completion(row, 0)}）" for row, again in zip(rows_of(rows), twice, strict=True)
    ]
    claims = [Claim(f"完成率高于{at_target()}的有{above}项：{wording.listed(names)}。", indicator_rows(rows))]
    if len(differs):
        claims.append(
            Claim(
                f"其中{wording.listed(list(differs['name']))}属占比类指标，以{bound()}为上限，高于目标按本评估规则计为完成。",
                indicator_rows(differs),
            )
        )
    return passage(f"（二）{above}项高于目标，其中{shares}项为占比", claims, evidence=(WHOLE,))


def progress(evaluation: FinalEvaluation) -> Passage:
    """How far the indicators with a base have come."""
    table = evaluation.progress
    claims = [_progress_claim(evaluation, row) for row in rows_of(table)]
    slow = table[table["progress"] < 1]
    heading = f"（三）可推算基期的{indicators(table, '可推算基期的指标数')}项"
    if slow.empty:
        return passage(f"{heading}都到达目标", claims, bulleted=True, evidence=(WHOLE,))
    tenths = wording.about_tenths(slow["progress"].tolist())
    walked = f"只走了{tenths}" if slow["progress"].max() > 0 else tenths
    return passage(f"{heading}中，{indicators(slow, '没有走完的指标数')}项{walked}", claims, bulleted=True, evidence=(WHOLE,))


def _progress_claim(evaluation: FinalEvaluation, row: Any) -> Claim:
    """Set base, result and target side by side, and say how much of the way was covered."""
    rule = evaluation.plan.indicators[int(row.indicator_id)].base
    rows = tuple(f"{STATISTICS}第{number}行" for number in (rule.statistic, rule.denominator) if number) if rule else ()
    all_rows = (f"{INDICATORS}第{row.indicator_id}行", *rows)
    base = amount(row.base, row.unit, "“十二五”数值（基期）", row.note, rows)
    value, target = (
        amount(row.value, row.unit, "“十三五”数值", row.note, rows),
        amount(row.target, row.unit, "目标值", evidence=all_rows[:1]),
    )
    if row.base_beyond_target:
        level = "年均" if "期间合计" in row.note else "期末"
        words = f"“十二五”{level}已{wording.compared(row.base, row.target)}目标值，不计算进展比例"
    elif row.progress >= 1:
        apart = row.value - row.target
        formula = "“十三五”数值−目标值" if apart > 0 else "目标值−“十三五”数值"
        more = amount(abs(apart), row.unit, "与目标的差额", formula, all_rows) if apart else ""
        words = f"{wording.compared(row.value, row.target)}目标{more}"
    else:
        share = wording.percent_apart(abs(row.progress), 0)
        formula = "（“十三五”数值−基期）÷（目标值−基期）"
        if row.progress < 0:
            words = f"比基期后退，相当于基期至目标路程的{quantity(share, '后退的幅度与路程之比', f'{formula}，取绝对值', all_rows)}"
        else:
            words = f"走完基期至目标路程的{quantity(share, '基期至目标的进展', formula, all_rows)}"
    places = (f"{INDICATORS}第{row.indicator_id}行", f"{STATISTICS}（{row.note}）")
    return Claim(f"**{row.name_}**：“十二五”{base}，“十三五”{value}，目标{target}，{words}。", places)
