"""How each category's indicators stand: the binding ones first and by name, figures before words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.assessment import statuses
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, Passages, passage, rows_of
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def by_category(evaluation: PlanEvaluation) -> Passages:
    """One passage a category in printed order; only what is judged gets a sentence of its own."""
    passages = []
    for number, (category, rows) in enumerate(evaluation.verdicts.groupby("category", sort=False)):
        passages.append(_category(evaluation, str(category), rows, wording.ordinal(number + 1)))
    return Passages(tuple(passages))


def _category(evaluation: PlanEvaluation, category: str, rows: pd.DataFrame, order: str) -> Passage:
    table = evaluation.indicators
    own = table[table["category"] == category]
    judged = rows[~rows["status"].isin(statuses.UNJUDGED)]
    unjudged = rows[rows["status"].isin(statuses.UNJUDGED)]
    ordered = judged.assign(_second=judged["attribute"] != BINDING, _rank=judged["status"].map(statuses.SEVERITY.index))
    ordered = ordered.sort_values(["_second", "_rank"], kind="stable")
    claims = [indicator_claim(evaluation, row) for row in rows_of(ordered)]
    if len(unjudged):
        claims += [_unjudged(evaluation, str(reason), group) for reason, group in unjudged.groupby("reason", sort=False)]
    group, word = (statuses.MET_STATUSES, "达到") if evaluation.kind == "final" else (statuses.ON_COURSE, "合预期")
    good = int(own["status"].isin(group).sum())
    unknown = int(own["status"].isin(statuses.UNJUDGED).sum())
    words = f"{good}项{word}" + (f"，{unknown}项未判" if unknown else "")
    heading = f"（{order}）{category}：{len(own)}项中{words}" if unknown < len(own) else f"（{order}）{category}：{len(own)}项未判"
    return passage(heading, claims, bulleted=True)


def _unjudged(evaluation: PlanEvaluation, reason: str, rows: pd.DataFrame) -> Claim:
    """Name the indicators that one reason keeps from being judged; one of several parts is named once."""
    names = []
    for name, group in rows.groupby("name", sort=False):
        parts = [part for part in group["part"] if part]
        whole = not parts or len(parts) == int((evaluation.verdicts["name"] == name).sum())
        names.append(str(name) if whole else f"{name}·{'、'.join(parts)}")
    return Claim(f"不能判定（{reason}）：{wording.listed(names)}。", _rows_evidence(evaluation, rows))


def indicator_claim(evaluation: PlanEvaluation, row: Any) -> Claim:
    """One judged indicator in a sentence: what it reached, what was asked for, and the verdict that follows."""
    name = f"**{row.name_}{f'·{row.part}' if row.part else ''}**{'（约束性）' if row.attribute == BINDING else ''}"
    figure = f"{row.data_year}年{_figure(row)}"
    words = [figure, _asked(row), _pace(row)]
    notes = _flags(row)
    body = "，".join(word for word in words if word)
    evidence = (f"{evaluation.plan.header.indicators_table}第{row.indicator_id}行", str(row.where))
    remarks = f"（{notes}）" if notes else ""
    return Claim(f"{name}：{body}，**{row.status}**{remarks}。", evidence)


def _figure(row: Any) -> str:
    value = f"{wording.number(row.value, 2)}{row.unit}"
    return f"{row.count}/{row.total}（{value}）" if pd.notna(row.count) and pd.notna(row.total) else value


def _asked(row: Any) -> str:
    if row.kind == "rule":
        return _asked_by_rule(row)
    if row.kind == "keep":
        return f"目标{wording.number(row.target, 2)}{row.unit}" + ("" if row.value >= row.target else f"，差{_gap(row)}")
    base = "无基期" if math.isnan(row.base) else f"基期{wording.number(row.base, 2)}{row.unit}"
    target = f"{base}，末期目标{wording.number(row.target, 2)}{row.unit}（完成率{wording.percent_apart(row.completion)}）"
    at_path = row.data_year < row.final_year and not math.isnan(row.path_level)
    return f"{target}，规划路径{row.data_year}年应为{wording.number(row.path_level, 2)}{row.unit}" if at_path else target


def _asked_by_rule(row: Any) -> str:
    as_growth = row.rule_compares == "growth"
    unit = "%" if as_growth else row.unit
    asked, gap = (
        f"{wording.number(row.rule_required, 2)}{unit}",
        f"{wording.number(abs(row.rule_margin), 2)}{'个百分点' if unit == '%' else unit}",
    )
    if row.rule_margin == 0:
        return f"等于规则要求的{asked}"
    if row.rule_comparison == "equal":
        return f"规则要求等于{asked}，{'多' if row.rule_margin > 0 else '少'}{gap}"
    return f"{'增速' if as_growth else ''}{wording.compared(row.rule_margin, 0)}规则要求的{asked}，相差{gap}"


def _gap(row: Any) -> str:
    return f"{wording.number(abs(row.target - row.value), 2)}{'个百分点' if row.unit == '%' else row.unit}"


def _pace(row: Any) -> str:
    if row.kind == "rule":
        return f"{int(row.rule_years_known)}个可判年份中{int(row.rule_years_met)}个达标"
    if row.kind == "level" and row.data_year < row.final_year:
        return "" if math.isnan(row.schedule_ratio) else f"时序比{wording.percent_apart(row.schedule_ratio, 0)}"
    return ""


def _flags(row: Any) -> str:
    notes = []
    if row.reliability:
        notes.append(f"据转载数字，{UNVERIFIED}")
    if row.data_status and row.data_status != "正式":
        notes.append(f"{row.data_status}数")
    if row.within_rounding:
        notes.append("四舍五入到印制单位后达到")
    if row.path_sensitive:
        notes.append("改用等速增长路径则判定不同")
    if row.transferred:
        notes.append(f"{str(row.transferred)[:4]}年起职能划转{f'，{row.transfer_status}' if row.transfer_status == UNVERIFIED else ''}")
    if row.reason:
        notes.append(str(row.reason))
    return "；".join(notes)


def _rows_evidence(evaluation: PlanEvaluation, rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(f"{evaluation.plan.header.indicators_table}第{number}行" for number in dict.fromkeys(rows["indicator_id"]))


def rule_history(evaluation: PlanEvaluation) -> Passage | None:
    """What rule years can be judged at all; nothing where none can."""
    rows = evaluation.rule_years
    known = rows[rows["held"].notna()]
    if known.empty:
        return None
    missed = known[known["held"] == 0]
    claims = [Claim(f"规则目标逐年核对：可判{len(known)}项次，达标{len(known) - len(missed)}，未达标{len(missed)}。", ("规则逐年核对表",))]
    for row in rows_of(missed):
        name = f"{row.name_}{f'·{row.part}' if row.part else ''}"
        unit = "%" if row.rule_compares == "growth" or row.unit == "%" else row.unit
        claims.append(Claim(f"{name}{_broken(row, unit)}（{row.rule_words}）。", ("规则逐年核对表",)))
    heading = f"规则目标{len(missed)}项次未达标" if len(missed) else "规则目标可判的年份都达标"
    order = wording.ordinal(evaluation.indicators["category"].nunique() + 1)  # after the categories
    return passage(f"（{order}）{heading}", claims, bulleted=True)


def _broken(row: Any, unit: str) -> str:
    """Word a missed year; where its end is in order, by the day within it that was not."""
    at_end = row.compared < row.required or (row.rule_comparison == "equal" and row.compared != row.required)
    if at_end or not row.broken_on:
        figures = [f"{wording.number(value, 2)}{unit}" for value in (row.compared, row.required)]
        return f"{row.year}年为{figures[0]}，规则要求{figures[1]}，未达标"
    figures = [f"{wording.number(value, 2)}{unit}" for value in (row.broken_figure, row.broken_required)]
    day = wording.chinese_date(row.broken_on)
    return f"{day}规则要求{figures[1]}，当日执行{figures[0]}，年末已补到{wording.number(row.compared, 2)}{unit}，当年仍计未达标"
