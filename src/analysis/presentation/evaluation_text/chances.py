"""How likely the targets are: the trend model's chances in words, what they rest on, how the midterm's turned out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.archive.assumptions import RATING_WORDS, load_assumption
from analysis.archive.chances import ChanceWords, load_chance_words
from analysis.assessment.prospects import attainment as prospects
from analysis.assessment.prospects.forecast_check import check_forecasts
from analysis.assessment.scores import BINDING
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.figures import decimals_apart, each_number, measured
from analysis.presentation.evaluation_text.paces import verdict_beside_chance
from analysis.presentation.marking import count, marked
from analysis.presentation.places import indicator_rows
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


EVEN_SCORE = 0.25  # mean Brier score of saying one half each time


def red_assumptions(evaluation: PlanEvaluation) -> list[str]:
    """Name the assumptions of weak evidence and large effect that a report rests on; they stand on its first page.

    Returns:
        Sentences with marked numbers, to be made claims.
    """
    rows = evaluation.assumptions
    return [_red_assumption(row) for row in rows_of(rows[rows["red_red"]])]


def _red_assumption(row: Any) -> str:
    places = (f"假设{row.id}",)
    mid = measured(row.mid, row.unit, f"假设“{row.name_}”的中值", evidence=places)
    low, high = (
        quantity(wording.number(value, 2), f"假设“{row.name_}”的{end}", evidence=places)
        for end, value in (("低值", row.low), ("高值", row.high))
    )
    reason = each_number(row.reason, "台账所载理由中的数", evidence=places)
    evidence, impact = RATING_WORDS[row.quality], RATING_WORDS[row.impact]
    return (
        f"须先知道的假设：{row.name_}，本报告取{mid}，可能在{low}～{high}之间；"
        f"证据评为{evidence}（弱），对结果的影响评为{impact}（大）：{reason}。"
    )


def chances(evaluation: PlanEvaluation) -> Passage:
    """Chances of the modelled rows, least likely first; for the others what decides."""
    rows, words = evaluation.attainment, load_chance_words()
    final_year, modelled = evaluation.plan.header.last_year, rows[rows["approach"] == prospects.TREND]
    if modelled.empty:
        few = int((rows["approach"] == prospects.SCENARIO).sum())
        short = count(few, "不足三个年度数据的水平指标数")
        reason = f"有{short}项水平指标不足三个年度数据，只能列情景" if few else "没有三个以上年度数据的水平指标"
        return passage("（二）数据不足，不给达标把握", [Claim(f"{reason}，不推算{final_year}年的把握。", ("监测数据",))])
    shown = modelled.assign(shown=modelled["chance"].map(words.shown), word=modelled["chance"].map(words.word))
    counts = shown["word"].value_counts()
    listed = "，".join(f"{item.word}{count(counts[item.word], f'“{item.word}”的指标数')}项" for item in words.words if item.word in counts)
    told = count(len(modelled), "由趋势模型推算的指标数")
    claims = [
        Claim(f"{told}项有三个以上年度数据的水平指标由趋势模型推算到{final_year}年，达到目标的把握：{listed}。", ("达标把握表",)),
        Claim("把握由历史走势和国外公开序列的经验得出（走势多半会减弱），不含今后采取的措施，也不是中国区县的经验。", ("附件六",)),
    ]
    claims += [_chance_claim(evaluation, row) for row in rows_of(shown.sort_values(["chance"], kind="stable"))]
    hard = shown[shown["chance"].map(words.is_unlikely).astype(bool)]
    binding = hard[hard["attribute"] == BINDING]
    if len(binding):
        names = wording.listed(list(binding["name"]))
        claims.append(Claim(f"约束性指标{names}把握低，说明须加快，不是下调目标的理由。", ("达标把握表",)))
    counted = rows[(rows["approach"] == prospects.COUNTED) & (rows["remaining"] > 0)]
    claims += [_counted_claim(evaluation, row) for row in rows_of(counted)]
    if (reconciled := verdict_beside_chance(evaluation)) is not None:
        claims.append(reconciled)
    word = "或".join(item.word for item in words.words if item.word in set(hard["word"]))
    bound = f"，约束性{count(len(binding), f'{word}达到的约束性指标数')}项" if len(binding) else ""
    unlikely = f"{count(len(hard), f'{word}达到的指标数')}项{word}达到{bound}" if len(hard) else "没有较不可能或很不可能的"
    return passage(f"（二）可推算{told}项，{unlikely}", claims, bulleted=True, evidence=("达标把握表",))


def _chance_claim(evaluation: PlanEvaluation, row: Any) -> Claim:
    """Say of a modelled row its verdict, its projection with band, its target, its chance and the growth still required."""
    year = row.final_year
    (printed,) = indicator_rows(evaluation, [row.indicator_id])
    places = (printed, *_series_places(evaluation, row), "达标把握表")
    model = f"由基期起截至{row.data_year}年的{row.n}个年度数据：末值＋部分既往漂移"
    point, low, high = (
        quantity(wording.projected(value, row.value), name, formula, places)
        for name, value, formula in (
            (f"{year}年推算值", row.point, model),
            (f"{year}年推算值的80%区间下端", row.low_80, f"{model}，减校准的区间宽度"),
            (f"{year}年推算值的80%区间上端", row.high_80, f"{model}，加校准的区间宽度"),
        )
    )
    target = measured(row.target, row.unit, f"末期目标（{year}年）", evidence=(printed,))
    chance = _chance(row.chance, places)
    pace = ""
    if row.growth_class:
        growth = wording.change(row.required_growth, decimals_apart(row.required_growth, 0, 1))
        formula = f"（末期目标÷{row.data_year}年数值）^（1÷{year - row.data_year}）−1"
        required = marked(growth, "达到目标须有的年均变动幅度", formula if row.required_growth > 0 else f"{formula}，取绝对值", places)
        pace = f"；达到目标须年均{required}，在国外公开序列中{row.growth_class}"
    mark = f"（{BINDING}）" if row.attribute == BINDING else ""
    return Claim(
        f"**{row.name_}**{mark}：判定{row.status}，{year}年推算{point}{row.unit}（{_level(80)}区间{low}～{high}{row.unit}），"
        f"目标{target}，把握{chance}，{row.word}{pace}。",
        (printed, "达标把握表"),
    )


def _chance(chance: float, places: tuple[str, ...]) -> str:
    """Mark a chance; beyond the bounds only the bound is written, which the parameters set."""
    words, share = load_chance_words(), "推算分布中达到目标的部分"
    text = words.percent(chance)
    if chance < words.floor:
        return marked(text, "达到目标的把握", f"{share}，低于下限的只写下限", (*places, "阈值chances.floor"))
    if chance > words.ceiling:
        return marked(text, "达到目标的把握", f"{share}，高于上限的只写上限", (*places, "阈值chances.ceiling"))
    return marked(text, "达到目标的把握", f"{share}，{_rounding(words)}", places)


def _counted_claim(evaluation: PlanEvaluation, row: Any) -> Claim:
    """Say of a counted row how many things are left to do, and how many that is a year."""
    places = indicator_rows(evaluation, [row.indicator_id])
    years = row.final_year - row.data_year
    of_year = _series_places(evaluation, row, since=row.data_year)
    formula = f"末期目标×总数−{row.data_year}年个数，进位取整"
    remaining = quantity(int(row.remaining), f"离末期目标还差的{row.counted_unit}数", formula, (*places, *of_year))
    left = quantity(years, "剩余年数", f"{row.final_year}−{row.data_year}")
    yearly = quantity(wording.number(row.remaining / years), "平均每年须完成的个数", f"还差的个数÷{years}")
    each = f"，平均每年{yearly}个" if years > 1 else ""
    missing = f"还差{remaining}个{row.counted_unit}，余{left}年{each}"
    return Claim(f"{row.name_}：{missing}；不用概率，看项目进度。", (*places, "达标把握表"))


def _series_places(evaluation: PlanEvaluation, row: Any, since: int = 0) -> tuple[str, ...]:
    """Return the rows of an indicator's yearly figures up to the data year."""
    readings = evaluation.monitoring.readings
    own = readings[(readings["series"] == row.indicator_id) & (readings["part"] == row.part) & readings["value"].notna()]
    return tuple(dict.fromkeys(own.loc[own["year"].between(since, row.data_year), "where"]))


def _level(percent: int) -> str:
    """Mark the level of an interval, which docs/models.md sets."""
    return quantity(f"{percent}%", "区间的设定水平", evidence=("docs/models.md",))


def _rounding(words: ChanceWords) -> str:
    return f"取整到{wording.percent(words.step, 0)}"


def chance_method(evaluation: PlanEvaluation) -> Passage:
    """How chances are made, and what same progress meant in the public series, in the wording that the law of verdicts asks for."""
    words = load_chance_words()
    told: dict[str, list[str]] = {}
    for status, id in words.odds.items():
        told.setdefault(id, []).append(status)
    step, floor, ceiling = (
        quantity(wording.percent(share, 0), name, evidence=(f"阈值chances.{key}",))
        for key, share, name in (
            ("step", words.step, "把握取整的单位"), ("floor", words.floor, "把握只写界限的下限"),
            ("ceiling", words.ceiling, "把握只写界限的上限"),
        )
    )  # fmt: skip
    higher, lower = (
        quantity(10, f"回测中{which}的目标实际比例与所说把握之差（百分点）", evidence=("docs/models.md",))
        for which in ("越高越好", "越低越好")
    )
    claims = [
        Claim(
            "趋势模型：末值加上一部分既往漂移（越稳沿用越多），区间宽度在公开年度序列的滚动检验中校准；"
            f"把握取整到{step}，低于{floor}、高于{ceiling}的只写界限。",
            ("docs/models.md",),
        ),
        Claim(
            f"公开序列总体在升：回测中越高越好的目标，实际达到的比例比所说的高约{higher}个百分点，"
            f"越低越好的低约{lower}个百分点，合计才吻合。",
            ("docs/models.md",),
        ),
        Claim("占比、计数、保持和规则类指标不用趋势模型：看差距、个数和逐年核对。"),
    ]
    if not (evaluation.attainment["approach"] == prospects.TREND).any():
        return passage("（一）没有可推算的指标，不列参照类", claims, bulleted=True)
    for id, statuses in told.items():
        entry = load_assumption(id)
        names = ("升、降两个方向中较低的比例", "同等进度者如期达标的比例", "升、降两个方向中较高的比例")
        low, mid, high = (marked(f"{wording.number(value, 0)}%", name) for name, value in zip(names, entry.range, strict=True))
        claims.append(
            Claim(
                f"{'、'.join(statuses)}：国外公开年度序列中同等进度者约{mid}如期达标"
                f"（升、降两个方向{low}～{high}），非中国区县，仅供参考。",
                (f"假设{id}",),
            )
        )
    return passage("（一）把握由走势得出，参照类只供参考", claims, bulleted=True)


def _compared_with_half(score: float) -> str:
    """Word a mean Brier score against saying one half each time, which scores 0.25."""
    return "差于一律说一半" if score > EVEN_SCORE else "好于一律说一半" if score < EVEN_SCORE else "与一律说一半相同"


def forecast_check(midterm: PlanEvaluation, final: PlanEvaluation) -> Passage:
    """How the midterm's chances and bands turned out: as recorded in the ledger, or as made again from the data of that time."""
    check, words = check_forecasts(midterm, final), load_chance_words()
    known = check.scored
    if known.empty:
        return passage("（二）中期没有可检验的预测", [Claim("中期没有给出把握，或末年缺少数值，不能检验。", ("预测检验表",))])
    inside_80, inside_95, met = (
        count(int(known[name].sum()), title)
        for name, title in (("in_80", "落在80%区间内的项数"), ("in_95", "落在95%区间内的项数"), ("happened", "实际达到目标的项数"))
    )
    total = count(len(known), "已知结果的预测项数")
    mean_chance = wording.percent(words.shown(float(known["chance"].map(words.shown).mean())), 0)
    said = quantity(mean_chance, "中期所说把握的平均数", f"各项取整后的把握（只写界限的取界限）之和÷项数，{_rounding(words)}")
    share = quantity(wording.percent(known["happened"].mean(), 0), "实际达到目标的比例", "达到目标的项数÷已知结果的项数")
    mean_score = float(known["brier"].mean())
    score = quantity(
        wording.number(mean_score, decimals_apart(mean_score, EVEN_SCORE)),
        "布里尔得分的平均数",
        "（未取整的把握−结果）²之和÷项数，结果达到为1、未达到为0",
    )
    even = quantity(EVEN_SCORE, "一律说一半的布里尔得分", "（0.5−结果）²")
    expected = quantity(wording.number(0.8 * len(known), 0), "80%区间按说应含的项数", "0.8×已知结果的项数，取整")
    source = (
        f"预测取自推算台账，由报告{wording.listed(list(check.runs))}公布，登记后没有改动。"
        if check.is_recorded
        else f"推算台账没有登记该次中期的预测，这里用中期当时的数据（{midterm.data_year}年及以前）按现行模型重算。"
    )
    claims = [
        Claim(source, ("推算台账",) if check.is_recorded else ("预测检验表",)),
        Claim(
            f"中期给出把握的{total}项，末年数值落在{_level(80)}区间内{inside_80}项、{_level(95)}区间内{inside_95}项；"
            f"中期所说把握平均约{said}，实际达到目标{met}项（{share}）。",
            ("预测检验表",),
        ),
        Claim(
            f"布里尔得分（把握与结果之差的平方，越小越好，一律说一半为{even}）平均{score}；{_compared_with_half(mean_score)}；"
            f"{_level(80)}区间按说应含约{expected}项，实际{inside_80}项。{total}项太少，只说明这一次，不足以说明模型好坏。",
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
    heading = f"（二）中期预测{total}项，{inside_80}项落在{_level(80)}区间内"
    return passage(heading, claims, bulleted=True, evidence=("预测检验表",))
