"""How likely the targets are: the trend model's chances in words, what they rest on, how the midterm's turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import RATING_WORDS, load_assumption
from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects import attainment as prospects
from analysis.assessment.prospects.ageing import REFERENCE_ENTRY
from analysis.assessment.prospects.forecast_check import check_forecasts
from analysis.assessment.scores import BINDING
from analysis.presentation import ageing as ageing_words
from analysis.presentation import wording
from analysis.presentation.care_beds.text import norm_claims
from analysis.presentation.claims import Claim, Passage, passage, rows_of

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def red_assumptions(evaluation: PlanEvaluation) -> list[str]:
    """Name the assumptions of weak evidence and large effect that a report rests on; they stand on its first page."""
    rows = evaluation.assumptions
    return [
        f"须先知道的假设（证据{RATING_WORDS[row.quality]}、影响{RATING_WORDS[row.impact]}）：{row.name_}，"
        f"取{wording.number(row.mid, 2)}{row.unit}（{wording.number(row.low, 2)}～{wording.number(row.high, 2)}）；{row.reason}。"
        for row in rows_of(rows[rows["red_red"]])
    ]


def chances(evaluation: PlanEvaluation) -> Passage:
    """Chances of the modelled rows, least likely first; for the others what decides."""
    rows, words = evaluation.attainment, load_chance_words()
    final_year, modelled = evaluation.plan.header.last_year, rows[rows["approach"] == prospects.TREND]
    if modelled.empty:
        few = int((rows["approach"] == prospects.SCENARIO).sum())
        reason = f"有{few}项水平指标不足三个年度数据，只能列情景" if few else "没有三个以上年度数据的水平指标"
        return passage("（二）数据不足，不给达标把握", [Claim(f"{reason}，不推算{final_year}年的把握。", ("监测数据",))])
    shown = modelled.assign(shown=modelled["chance"].map(words.shown), word=modelled["chance"].map(words.word))
    counts = shown["word"].value_counts()
    listed = "，".join(f"{item.word}{counts[item.word]}项" for item in words.words if item.word in counts)
    claims = [
        Claim(f"{len(modelled)}项有三个以上年度数据的水平指标由趋势模型推算到{final_year}年，达到目标的把握：{listed}。", ("达标把握表",)),
        Claim("把握由历史走势和国外公开序列的经验得出（走势多半会减弱），不含今后采取的措施，也不是中国区县的经验。", ("附件六",)),
    ]
    for row in rows_of(shown.sort_values(["chance"], kind="stable")):
        mark = f"（{BINDING}）" if row.attribute == BINDING else ""
        low, point, high = (wording.projected(value, row.value) for value in (row.low_80, row.point, row.high_80))
        band = f"{low}～{high}{row.unit}"
        pace = f"；达到目标须年均{wording.change(row.required_growth)}，在国外公开序列中{row.growth_class}" if row.growth_class else ""
        claims.append(
            Claim(
                f"**{row.name_}**{mark}：判定{row.status}，{final_year}年推算{point}{row.unit}（80%区间{band}），"
                f"目标{wording.number(row.target, 2)}{row.unit}，把握{words.percent(row.chance)}，{row.word}{pace}。",
                (f"{evaluation.plan.header.indicators_table}第{row.indicator_id}行", "达标把握表"),
            )
        )
    hard = shown[shown["chance"].map(words.is_unlikely).astype(bool)]
    binding = hard[hard["attribute"] == BINDING]
    if len(binding):
        names = wording.listed(list(binding["name"]))
        claims.append(Claim(f"约束性指标{names}把握低，说明须加快，不是下调目标的理由。", ("达标把握表",)))
    counted = rows[(rows["approach"] == prospects.COUNTED) & (rows["remaining"] > 0)]
    for row in rows_of(counted):
        left = row.final_year - row.data_year
        each = f"，平均每年{wording.number(row.remaining / left)}个" if left > 1 else ""
        missing = f"还差{int(row.remaining)}个{row.counted_unit}，余{left}年{each}"
        claims.append(Claim(f"{row.name_}：{missing}；不用概率，看项目进度。", ("达标把握表",)))
    bound = f"，约束性{len(binding)}项" if len(binding) else ""
    heading = (
        f"（二）可推算{len(modelled)}项，{len(hard)}项不大可能达到{bound}"
        if len(hard)
        else f"（二）可推算{len(modelled)}项，没有不大可能达到的"
    )
    return passage(heading, claims, bulleted=True)


def chance_method(evaluation: PlanEvaluation) -> Passage:
    """How chances are made, and what same progress meant in the public series, in the wording that the law of verdicts asks for."""
    words = load_chance_words()
    told: dict[str, list[str]] = {}
    for status, id in words.odds.items():
        told.setdefault(id, []).append(status)
    claims = [
        Claim(
            "趋势模型：末值加上一部分既往漂移（越稳沿用越多），区间宽度在公开年度序列的滚动检验中校准；"
            f"把握取整到{wording.percent(words.step, 0)}，"
            f"低于{wording.percent(words.floor, 0)}、高于{wording.percent(words.ceiling, 0)}的只写界限。",
            ("docs/models.md",),
        ),
        Claim(
            "公开序列总体在升：回测中越高越好的目标，实际达到的比例比所说的高约10个百分点，越低越好的低约10个百分点，合计才吻合。",
            ("docs/models.md",),
        ),
        Claim("占比、计数、保持和规则类指标不用趋势模型：看差距、个数和逐年核对。"),
    ]
    if not (evaluation.attainment["approach"] == prospects.TREND).any():
        return passage("（一）没有可推算的指标，不列参照类", claims, bulleted=True)
    for id, statuses in told.items():
        entry = load_assumption(id)
        claims.append(
            Claim(
                f"{'、'.join(statuses)}：国外公开年度序列中同等进度者约{wording.number(entry.mid, 0)}%如期达标"
                f"（升、降两个方向{wording.number(entry.low, 0)}%～{wording.number(entry.high, 0)}%），非中国区县，仅供参考。",
                (f"假设{id}",),
            )
        )
    return passage("（一）把握由走势得出，参照类只供参考", claims, bulleted=True)


def ageing(evaluation: PlanEvaluation) -> Passage:
    """The aged at the plan's end, with band and what later counts did, and the beds that norms would ask for them."""
    prospect = evaluation.ageing
    if prospect is None:
        return passage(
            "（二）没有老年人口的基期数，不推算", [Claim("没有基期60周岁以上户籍人数，不推算老年人口和养老床位。", ("背景数据",))]
        )
    year = evaluation.plan.header.last_year
    base = float(prospect.path["point"].iloc[0])
    growth = (prospect.at(year).mid / base - 1) * 100
    heading = f"（二）{year}年户籍60周岁以上约{wording.number(prospect.at(year).mid)}万人"
    compared = f"较{int(prospect.path['year'].iloc[0])}年末同一序列的{wording.number(base, 2)}万人{wording.change(growth)}。"
    claims = [Claim(ageing_words.sentence(prospect), ("背景数据",)), Claim(compared, ("背景数据",))]
    if prospect.method == REFERENCE_ENTRY:
        claims.append(Claim("只有一期总数，补入比取自全国；误差带借用两期总数方法的回测，实际误差可能更大。", ("附件六",)))
    if evaluation.care_beds:
        claims += norm_claims(evaluation.care_beds)[1:]  # the first says how many elders there are
    return passage(heading, claims, bulleted=True)


def _compared_with_half(score: float) -> str:
    """Word a mean Brier score against saying one half each time, which scores 0.25."""
    return "差于一律说一半" if score > 0.25 else "好于一律说一半" if score < 0.25 else "与一律说一半相同"


def forecast_check(midterm: PlanEvaluation, final: PlanEvaluation) -> Passage:
    """How the midterm's chances and bands turned out: as recorded in the ledger, or as made again from the data of that time."""
    check, words = check_forecasts(midterm, final), load_chance_words()
    known = check.scored
    if known.empty:
        return passage("（二）中期没有可检验的预测", [Claim("中期没有给出把握，或末年缺少数值，不能检验。", ("预测检验表",))])
    inside_80, inside_95, met = (int(known[name].sum()) for name in ("in_80", "in_95", "happened"))
    mean_chance = words.shown(float(known["chance"].map(words.shown).mean()))
    source = (
        f"预测取自推算台账，由报告{wording.listed(list(check.runs))}公布，登记后没有改动。"
        if check.is_recorded
        else f"推算台账没有登记该次中期的预测，这里用中期当时的数据（{midterm.data_year}年及以前）按现行模型重算。"
    )
    claims = [
        Claim(source, ("推算台账",) if check.is_recorded else ("预测检验表",)),
        Claim(
            f"中期给出把握的{len(known)}项，末年数值落在80%区间内{inside_80}项、95%区间内{inside_95}项；"
            f"中期所说把握平均约{wording.percent(mean_chance, 0)}，"
            f"实际达到目标{met}项（{wording.percent(met / len(known), 0)}）。",
            ("预测检验表",),
        ),
        Claim(
            f"布里尔得分（把握与结果之差的平方，越小越好，一律说一半为0.25）平均{wording.number(float(known['brier'].mean()), 2)}；"
            f"{_compared_with_half(float(known['brier'].mean()))}；80%区间按说应含约{wording.number(0.8 * len(known), 0)}项，"
            f"实际{inside_80}项。{len(known)}项太少，只说明这一次，不足以说明模型好坏。",
            ("预测检验表",),
        ),
    ]
    unknown = check.scores[~check.scores.index.isin(known.index)]
    if len(unknown):
        names = [f"{row.name_}（{row.state}）" for row in rows_of(unknown)]
        claims.append(Claim(f"不能检验的：{wording.listed(names)}。", ("预测检验表",)))
    surprises = known[(known["chance"] >= 0.5) != known["happened"].astype(bool)]
    if len(surprises):
        claims.append(Claim(f"结果与把握方向相反的：{wording.listed(list(surprises['name']))}。", ("预测检验表",)))
    return passage(f"（二）中期预测{len(known)}项，{inside_80}项落在80%区间内", claims, bulleted=True)
