"""Sentences on donations per resident: every figure from the prospect, chances rounded to 5 % and called assumed scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects.donation_chances import CLASSES, FLOOR_CLASSES, SCENARIO
from analysis.assessment.prospects.donations import INDICATOR, PERIOD_TOTALS
from analysis.observations.door import load_observations
from analysis.observations.targets import load_targets
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.donations.figures import outlook_words, rounded_chance, signed
from analysis.presentation.marking import count, marked, visible_decimals
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.prospects.donations import DonationProspect

COUNTS_HAN = wording.HAN_DIGITS.replace("二", "两")


def finding(prospect: DonationProspect) -> Passage:
    """State the growth required and how open the outcome is."""
    low, high = prospect.chance_range
    evidence: tuple[str, ...] = _ledger(prospect)
    heading, claims = _outlook(low, high), _required_claims(prospect)
    if len(prospect.trend):
        evidence = _level_places(prospect)
        said = load_chance_words().percent(float(prospect.trend["chance"].iloc[-1]))
        chance = marked(said, "趋势模型给出的机会", f"推算分布中达到目标的部分，{_rounding()}")
        known = count(len(prospect.levels), "已有年度数据的个数")
        heading = f"趋势模型：达到的机会{chance}"
        told = f"{prospect.base_year}—{prospect.data_year}年已有{known}个年度数据，趋势模型给出的机会{chance}"
        claims.append(Claim(f"{told}；以下假设情景只供对照。", evidence))
    claims += [
        _scenario_claim(prospect),
        Claim(f"这些机会是{SCENARIO}，不是预测：数值由假设定出，没有区间，只用于研究，不写入报告。"),
        Claim("人均捐赠额同时受大额捐赠和常住人口修订影响，达到与否不说明慈善工作努力与否。"),
    ]
    return passage(heading, claims, bulleted=True, evidence=evidence)


def _outlook(low: float, high: float) -> str:
    """Mark both fractions of the words on a range of chances."""
    words, _, verdict = outlook_words(low, high).partition("，")
    ends = words.removeprefix("约").split("至")
    names = ("各情景中最低的机会", "各情景中最高的机会") if len(ends) > 1 else ("各情景的机会",)
    told = [
        "/".join(
            quantity(part, f"{name}（{side}）", "取最接近的简单分数") for part, side in zip(end.split("/"), ("分子", "分母"), strict=True)
        )
        for end, name in zip(ends, names, strict=True)
    ]
    return f"约{'至'.join(told)}，{verdict}"


def _scenario_claim(prospect: DonationProspect) -> Claim:
    """State the chances of the assumed scenarios: the headline's range, and the widest."""
    counted = len(CLASSES) - len(FLOOR_CLASSES)
    drifts = prospect.chances.loc[prospect.chances["counts"], "drift"].nunique()
    formula = f"Φ（（ln（现值÷目标）＋年漂移×剩余年数）÷（年际起伏×√剩余年数）），{_rounding()}"
    low, high = _ends(prospect.chance_range, "计入结论的情景中", formula)
    lowest, highest = _ends(prospect.widest_range, "各类各取值的情景中", formula)
    target = _level(prospect.target, f"末期目标（{prospect.final_year}年）", evidence=(_printed_place(prospect),))
    return Claim(
        f"假设{COUNTS_HAN[counted]}类年际起伏、{COUNTS_HAN[drifts]}种年漂移，{prospect.final_year}年达到{target}的机会为{low}～{high}；"
        f"连同只作下限参照的全国总额一类、各类的低值和高值，为{lowest}～{highest}。",
        (*_ledger(prospect), _printed_place(prospect)),
    )


def _ends(chances: tuple[float, float], which: str, formula: str) -> list[str]:
    return [marked(rounded_chance(chance), f"{which}{end}的机会", formula) for chance, end in zip(chances, ("最低", "最高"), strict=True)]


def _required_claims(prospect: DonationProspect) -> list[Claim]:
    rows = {row.stretch: row for row in prospect.required.itertuples()}
    whole, printed = rows["基期至末期"], _printed_place(prospect)
    half = f"{_formula(whole)}，基期取"
    base = _level(whole.start, f"基期（{prospect.base_year}年）数值")
    final = _level(whole.end, f"末期目标（{prospect.final_year}年）")
    lowest = quantity(_rate(whole.growth_low), "基期按舍入上限计的年均增速", f"{half}舍入上限")
    highest = quantity(_rate(whole.growth_high), "基期按舍入下限计的年均增速", f"{half}舍入下限")
    sentence = f"从{prospect.base_year}年的{base}到{prospect.final_year}年的{final}，{_asked(whole)}（计基期舍入为{lowest}～{highest}）"
    if "中期至末期" in rows:
        first, second = rows["基期至中期"], rows["中期至末期"]
        slope = "后段更陡" if second.growth > first.growth else "前段更陡" if second.growth < first.growth else "前后相同"
        milestone = _level(prospect.milestone, f"中期目标（{prospect.milestone_year}年）")
        paces = [
            f"{side}{_years(row)}年每年{quantity(_rate(row.growth), f'{row.stretch}的年均增速', _formula(row))}"
            for side, row in (("前", first), ("后", second))
        ]
        sentence += f"；按规划的中期目标{milestone}，{paces[0]}，{paces[1]}，{slope}"
    claims = [Claim(f"{sentence}。", (printed,))]
    if "现值至末期" in rows:
        now = rows["现值至末期"]
        need = _asked(now) if now.growth > 0 else "已达到末期目标，须守住现值"
        level = _level(now.start, f"{prospect.data_year}年数值")
        claims.append(Claim(f"{prospect.data_year}年为{level}，余{_years(now)}年，{need}。", _level_places(prospect)))
    return claims


def _asked(row: Any) -> str:
    """Word the yearly growth that a stretch asks for; a target below its start leaves room to fall."""
    if row.growth == 0:
        return "每年须持平"
    verb, absolute = ("每年须增长", "") if row.growth > 0 else ("每年降幅不超过", "，取绝对值")
    return f"{verb}{quantity(_rate(abs(row.growth)), f'{row.stretch}须有的年均增速', _formula(row) + absolute)}"


def _formula(row: Any) -> str:
    return f"（{row.last_year}年目标÷{row.first_year}年数）^（1÷{row.years}）−1"


def _years(row: Any) -> str:
    return quantity(row.years, f"{row.stretch}的年数", f"{row.last_year}−{row.first_year}")


def changes(prospect: DonationProspect) -> Passage:
    """State what moved donations per resident, or the period totals, with what can't be computed and why."""
    claims = []
    if len(prospect.decomposition):
        claims.append(_decomposition_claim(prospect))
        claims.append(Claim("捐赠总额由人均额乘年末常住人口反推，不是另外的数据。"))
    for row in prospect.periods.itertuples():
        claims.append(_period_claim(prospect, row))
        claims.append(Claim("两个期间合计看不出逐年走势，也看不出是否含一次性大额捐赠，不外推。"))
    claims += [Claim(f"{gap}。") for gap in prospect.gaps]
    return passage("", claims, bulleted=True)


def _decomposition_claim(prospect: DonationProspect) -> Claim:
    """State the change between the first and the last year by its parts."""
    first, last = prospect.decomposition.iloc[0], prospect.decomposition.iloc[-1]
    begin, end = int(first["first_year"]), int(last["last_year"])
    years = f"{begin}—{end}年"
    whole, donations, residents = (
        quantity(signed(100 * prospect.decomposition[column].sum()), f"{years}{name}", formula)
        for column, name, formula in (
            ("per_resident", "人均捐赠额的对数变动×100", "100×ln（末年人均额÷首年人均额）"),
            ("donations", "捐赠总额的对数变动×100", "100×ln（末年总额÷首年总额），总额＝人均额×常住人口"),
            ("residents", "常住人口的作用×100", "−100×ln（末年常住人口÷首年常住人口）"),
        )
    )
    before, after = _level(first["per_resident_first"], f"{begin}年数值"), _level(last["per_resident_last"], f"{end}年数值")
    return Claim(
        f"{years}人均捐赠额由{before}变为{after}，对数变动×{quantity(100, '对数变动的倍数')}为{whole}，"
        f"其中捐赠总额{donations}，常住人口{residents}，相加没有余数。",
        (*_level_places(prospect), "背景数据"),
    )


def _period_claim(prospect: DonationProspect, row: Any) -> Claim:
    """Compare the totals of two periods."""
    earlier, later = (
        quantity(wording.number(total, 2), f"{period}年慈善募集款物合计（万元）")
        for period, total in ((row.first_period, row.first_total), (row.last_period, row.last_total))
    )
    change = marked(
        wording.change(100 * row.growth), "年均募集额的变动", "后一期年均额÷前一期年均额−1" + ("" if row.growth > 0 else "，取绝对值")
    )
    apart = quantity(wording.number(row.years_between), "两期中点相隔的年数", "后一期中点−前一期中点")
    yearly = quantity(wording.percent(row.yearly_growth), "折合每年的增速", "（后一期年均额÷前一期年均额）^（1÷相隔年数）−1")
    return Claim(
        f"慈善募集款物{row.first_period}年合计{earlier}万元，{row.last_period}年合计{later}万元，后一期年均额比前一期{change}；"
        f"两期中点相隔{apart}年，折合每年{yearly}。",
        _period_places(prospect),
    )


def _level(value: float, name: str, evidence: tuple[str, ...] = ()) -> str:
    return f"{quantity(wording.number(value, 2), f'{name}（元/人/年）', evidence=evidence)}元"


def _ledger(prospect: DonationProspect) -> tuple[str, ...]:
    return tuple(f"假设{id}" for id in prospect.assumptions["id"])


def _printed_place(prospect: DonationProspect) -> str:
    """Return the row of the plan's indicator table."""
    targets = load_targets(prospect.plan.header.id)
    (number,) = targets.loc[targets["series_id"] == INDICATOR, "indicator_id"]
    return f"{prospect.plan.header.indicators_table}第{number}行"


def _period_places(prospect: DonationProspect) -> tuple[str, ...]:
    """Return the printed row of the period totals."""
    table, source = load_observations(kind="观测"), prospect.plan.header.source
    rows = table[(table["source"] == source) & (table["series_id"] == PERIOD_TOTALS)]
    return tuple(dict.fromkeys(f"{row.table}第{row.number}行" for row in rows.itertuples()))


def _level_places(prospect: DonationProspect) -> tuple[str, ...]:
    """Return where the figures so far stand: the plan's row for the base, the monitoring data for the rest."""
    return (_printed_place(prospect), *(("监测数据",) if len(prospect.levels) > 1 else ()))


def _rate(growth: float) -> str:
    return wording.percent(growth, visible_decimals(100 * growth), keep_zeros=True)


def _rounding() -> str:
    return f"取整到{wording.percent(load_chance_words().step, 0)}"
