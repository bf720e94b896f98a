"""How each category's indicators stand: the binding ones first and by name, figures before words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment import statuses
from analysis.assessment.schedule import at_least
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, Passages, passage, rows_of
from analysis.presentation.evaluation_text.figures import decimals_apart, measured, tally
from analysis.presentation.evaluation_text.indicator_figures import IndicatorFigures
from analysis.presentation.evaluation_text.rule_figures import RuleFigures
from analysis.presentation.marking import count
from analysis.presentation.places import indicator_rows, places
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

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
    group, word = (statuses.MET_STATUSES, "达到") if evaluation.kind == "final" else (statuses.ON_COURSE, "达到或符合预期")
    unknown = own[own["status"].isin(statuses.UNJUDGED)]
    all_rows = indicator_rows(evaluation, own["indicator_id"])
    total, left = tally(evaluation, own, f"{category}指标数"), tally(evaluation, unknown, f"{category}未判的指标数")
    if len(unknown) == len(own):
        return passage(f"（{order}）{category}：{left}项未判", claims, bulleted=True, evidence=all_rows)
    good = tally(evaluation, own[own["status"].isin(group)], f"{category}{word}的指标数")
    words = f"{good}项{word}" + (f"，{left}项未判" if len(unknown) else "")
    heading = f"（{order}）{category}：{total}项中{words}"
    return passage(heading, claims, bulleted=True, evidence=all_rows)


def _unjudged(evaluation: PlanEvaluation, reason: str, rows: pd.DataFrame) -> Claim:
    """Name the indicators that one reason keeps from being judged; one of several parts is named once."""
    names = []
    for name, group in rows.groupby("name", sort=False):
        parts = [part for part in group["part"] if part]
        whole = not parts or len(parts) == int((evaluation.verdicts["name"] == name).sum())
        names.append(str(name) if whole else f"{name}·{'、'.join(parts)}")
    return Claim(f"不能判定（{reason}）：{wording.listed(names)}。", indicator_rows(evaluation, rows["indicator_id"]))


def indicator_claim(evaluation: PlanEvaluation, row: Any) -> Claim:
    """One judged indicator in a sentence: what it reached, what was asked for, and the verdict that follows."""
    name = f"**{row.name_}{f'·{row.part}' if row.part else ''}**{'（约束性）' if row.attribute == BINDING else ''}"
    told = IndicatorFigures(evaluation, row)
    asked = {"rule": told.asked_by_rule, "keep": told.asked_to_keep, "level": told.asked_by_path}[row.kind]
    body = "，".join(word for word in (f"{row.data_year}年{told.reached()}", asked(), told.pace()) if word)
    notes = _flags(row)
    remarks = f"（{notes}）" if notes else ""
    return Claim(f"{name}：{body}，**{row.status}**{remarks}。", told.rows)


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


def rule_history(evaluation: PlanEvaluation) -> Passage | None:
    """What rule years can be judged at all; nothing where none can."""
    rows = evaluation.rule_years
    known = rows[rows["held"].notna()]
    if known.empty:
        return None
    missed, place = known[known["held"] == 0], ("规则逐年核对表",)
    total, failed = count(len(known), "可判项次"), count(len(missed), "未达标项次")
    met = count(len(known) - len(missed), "达标项次")
    asked = count(len(rows), "应核对的项次")
    open_ones = f"应核对{asked}项次，" if len(known) < len(rows) else ""
    claims = [Claim(f"规则目标逐年核对：{open_ones}可判{total}项次，达标{met}，未达标{failed}。", place)]
    figures = RuleFigures(evaluation)
    for row in rows_of(missed):
        name = f"{row.name_}{f'·{row.part}' if row.part else ''}"
        claims.append(Claim(f"{name}{_broken(figures, row)}（{row.rule_words}）。", place))
    if len(missed):
        heading = f"规则目标{failed}项次未达标"
    else:
        few = "只有" if 2 * len(known) < len(rows) else ""
        heading = f"规则目标{asked}项次{few}{total}项次可判，达标" if len(known) < len(rows) else "规则目标各年都达标"
    order = wording.ordinal(evaluation.indicators["category"].nunique() + 1)  # after the categories
    return passage(f"（{order}）{heading}", claims, bulleted=True, evidence=place)


def _broken(figures: RuleFigures, row: Any) -> str:
    """Word a missed year; where its end is in order, by the day within it that was not."""
    unit = "%" if row.rule_compares == "growth" or row.unit == "%" else row.unit
    target = figures.target(row.indicator_id, row.part)
    compared, required = figures.compared(target, row.year), figures.required(target, row.year)
    kind = "增速" if row.rule_compares == "growth" else "数值"
    decimals = decimals_apart(row.compared, row.required)
    reached = measured(row.compared, unit, f"{row.year}年{kind}", compared.formula, compared.places, decimals)
    in_order = at_least(row.compared, row.required) and (row.rule_comparison != "equal" or at_least(row.required, row.compared))
    if not in_order or not row.broken_on:
        asked = measured(row.required, unit, f"{row.year}年规则要求", required.formula, required.places, decimals)
        return f"{row.year}年为{reached}，规则要求{asked}，未达标"
    day, place = wording.chinese_date(row.broken_on), places(*compared.places, *required.places, "规则逐年核对表")
    apart = decimals_apart(row.broken_figure, row.broken_required)
    formula = figures.required(target, row.year, on_day=True).formula
    asked = measured(row.broken_required, unit, f"{day}规则要求", formula, place, apart)
    had = measured(row.broken_figure, unit, f"{day}执行的数值", "", place, apart)
    verb = "已补到" if row.compared > row.broken_figure else "为"
    return f"{day}规则要求{asked}，当日执行{had}，年末{verb}{reached}，当年仍计未达标"
