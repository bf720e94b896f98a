"""Sentences on care beds: what norms ask for, what the needs leave open, which data would narrow them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.archive.assumptions import Assumption, load_assumption
from analysis.assessment.density import BEDS
from analysis.models.care_beds.needs import ELDERS
from analysis.observations.door import load_observations
from analysis.presentation import wording
from analysis.presentation.care_beds.figures import EVEN, TAG, beds, gap_words
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.marking import count, marked, visible_decimals
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.prospects.care_beds import CareBedProspect

_AGED = "背景数据"
_BY_NEEDS = "老年人数×各失能程度占比×各自入住比例÷床位使用率"


def norm_words(prospect: CareBedProspect) -> Passage:
    """State what norms ask for and what the supply scenarios bring; nothing here rests on an uncited parameter."""
    return _under_norms(prospect, norm_claims(prospect))


def finding(prospect: CareBedProspect) -> Passage:
    """State what norms ask for, what the supply scenarios bring, and that the needs by disability stay open."""
    needs = prospect.needs
    asked = _range(needs.p5, needs.p95, ("按失能和入住算的床位，抽样的5%位置", "按失能和入住算的床位，抽样的95%位置"), _BY_NEEDS)
    by_needs = Claim(f"按失能和入住比例算，需{asked}张{TAG}：没有本区失能与入住数据，现有范围只能说到这一步。", _ids(prospect, "needs"))
    return _under_norms(prospect, [*norm_claims(prospect), by_needs])


def _under_norms(prospect: CareBedProspect, claims: list[Claim]) -> Passage:
    """Head claims with the range that the lowest and the highest norm ask for."""
    norms = prospect.norm_need.query("elders_level == '中'")
    low, high = norms.loc[norms["need"].idxmin()], norms.loc[norms["need"].idxmax()]
    names = (f"按{low['norm']}所需的床位", f"按{high['norm']}所需的床位")
    places = tuple(dict.fromkeys((_norm_place(low), _norm_place(high), _AGED)))
    asked = _range(low["need"], high["need"], names, _need_formula(prospect), (*places, *_ids(prospect, "ageing")))
    return passage(f"{prospect.year}年末按标准需{asked}张", claims, bulleted=True, evidence=places)


def norm_claims(prospect: CareBedProspect) -> list[Claim]:
    """Return the sentences on what norms ask for; each rests on cited entries and counts alone."""
    prospect.for_report("norm_need", "gap")
    norms = prospect.norm_need.query("elders_level == '中'")
    return [_elders_claim(prospect), _asked_claim(prospect, norms.iloc[0], norms.iloc[-1]), _supplied_claim(prospect, norms.iloc[-1])]


def _elders_claim(prospect: CareBedProspect) -> Claim:
    year, places = prospect.year, (_AGED, *_ids(prospect, "ageing"))
    low, mid, high = (
        quantity(wording.number(value / 10_000, keep_zeros=True), f"{year}年末户籍60周岁以上人数{what}（万人）", prospect.ageing.method)
        for value, what in zip(prospect.elders, ("80%误差带下端", "推算值", "80%误差带上端"), strict=True)
    )
    level = quantity("80%", "误差带的设定水平")
    return Claim(f"{year}年末户籍60周岁以上约{mid}万人（{low}万～{high}万，{level}经验误差带）。", places)


def _asked_claim(prospect: CareBedProspect, first: Any, last: Any) -> Claim:
    """State what the lowest and the highest norm ask for, beside the beds there are."""
    base_year = prospect.base_year
    now = quantity(wording.number(prospect.base_beds, 0), f"{base_year}年末养老床位", evidence=_bed_places(prospect))
    return Claim(
        f"{_norm(prospect, first)}，{base_year}年有{now}张，{_growth(prospect, first)}；"
        f"达到{_norm(prospect, last)}，{_growth(prospect, last)}。",
        tuple(dict.fromkeys((_norm_place(first), _norm_place(last), *_bed_places(prospect), _AGED))),
    )


def _supplied_claim(prospect: CareBedProspect, norm: Any) -> Claim:
    """State what the fullest supply scenario brings beside the highest norm."""
    year, at_year = prospect.year, prospect.supply[prospect.supply["year"] == prospect.year]
    best = at_year.loc[at_year["beds"].idxmax()]
    scenario, supply = best["scenario"], (*_bed_places(prospect), *_ids(prospect, "supply"))
    given = _rounded(f"两个年末的床位数按“{scenario}”的情景推到{year}年")
    brought = quantity(beds(best["beds"]), f"{year}年末养老床位（{scenario}）", given, supply)
    left = gap_words(norm["need"] - best["beds"])
    formula = f"按{norm['norm']}所需−该情景的床位（都未取整）" + ("" if norm["need"] > best["beds"] else "，取绝对值")
    places = tuple(dict.fromkeys((*supply, _norm_place(norm), _AGED)))
    gap = marked(_counted(left), f"与{norm['norm']}所需的差额", _rounded(formula), (*places, *_ids(prospect, "ageing")))
    return Claim(
        f"供给最多的情景（{scenario}）到{year}年为{brought}张，与{norm['norm']}所需相比{gap}；"
        "情景由两个年末的床位数外推，没有区间，也没有概率。",
        places,
    )


def _norm(prospect: CareBedProspect, row: Any) -> str:
    """Word a norm with the beds that it asks for."""
    place = _norm_place(row)
    per_1000 = quantity(wording.number(row["per_1000"]), f"{row['norm']}：每千名老年人的床位", evidence=(place,))
    places = (place, _AGED, *_ids(prospect, "ageing"))
    need = quantity(beds(row["need"]), f"按{row['norm']}所需的床位", _rounded(_need_formula(prospect)), places)
    return f"{row['norm']}（每千名{per_1000}张）需{need}张"


def _need_formula(prospect: CareBedProspect) -> str:
    return f"每千名床位×{prospect.year}年末户籍60周岁以上人数÷1000"


def _rounded(formula: str) -> str:
    return f"{formula}，取整到百张"


def _growth(prospect: CareBedProspect, row: Any) -> str:
    """Word the yearly growth that a norm asks of the beds."""
    growth = row["yearly_growth"]
    if growth <= 0:
        return "现有床位已够"
    size = wording.percent(growth, visible_decimals(100 * growth))
    formula = f"（所需床位÷{prospect.base_year}年末床位）^（1÷{prospect.year - prospect.base_year}）−1（所需床位未取整）"
    return f"须年增{quantity(size, f'达到{row.norm}须有的年均增速', formula)}"


def _norm_place(row: Any) -> str:
    return f"假设{row['assumption_id']}" if row["assumption_id"] else str(row["source"])


def _ids(prospect: CareBedProspect, result: str) -> tuple[str, ...]:
    """Return the entries of the ledger that a result rests on."""
    ids = prospect.ageing.assumptions if result == "ageing" else prospect.rests_on[result]
    return tuple(f"假设{id}" for id in ids)


def _bed_places(prospect: CareBedProspect) -> tuple[str, ...]:
    """Return the printed row of the beds at the two year-ends."""
    table, source = load_observations(kind="观测"), prospect.base.deposit.source
    rows = table[(table["source"] == source) & (table["series_id"] == BEDS)]
    return tuple(dict.fromkeys(f"{row.table}第{row.number}行" for row in rows.itertuples()))


def needs_words(prospect: CareBedProspect) -> Passage:
    """State the needs by disability, their cross-check, and which request would narrow them most."""
    width = float(prospect.requests.iloc[0]["width_alone"])
    claims = [
        _spread_claim(prospect),
        Claim("抽样假定各项在范围内均匀、互不相关，只说明范围有多宽，不是概率。"),
        _implied_claim(prospect),
        _narrowing_claim(prospect),
        _variance_claim(prospect),
    ]
    return passage(f"范围宽{_width(width)}张，数据不足以定数", claims, bulleted=True, evidence=_ids(prospect, "requests"))


def _spread_claim(prospect: CareBedProspect) -> Claim:
    needs = prospect.needs
    mid = quantity(beds(needs.mid), "各项取中值时所需的床位", _rounded(_BY_NEEDS))
    draws = quantity(wording.number(needs.n, 0), "抽样次数")
    shares = "、".join(quantity(f"{share}%", "抽样结果由小到大的位置") for share in (5, 50, 95))
    points = "、".join(
        quantity(beds(value), f"抽样的{share}%位置", _rounded(f"{_BY_NEEDS}，逐次抽样"))
        for share, value in ((5, needs.p5), (50, needs.p50), (95, needs.p95))
    )
    ends = _range(needs.lowest, needs.highest, ("各项同取最低时所需的床位", "各项同取最高时所需的床位"), _BY_NEEDS)
    return Claim(
        f"各项取中值为{mid}张；{draws}次抽样的{shares}位置为{points}张；各项同取最低、最高为{ends}张{TAG}。", _ids(prospect, "needs")
    )


def _implied_claim(prospect: CareBedProspect) -> Claim:
    """Set the share in institutions that the middle values imply beside the one observed."""
    observed = load_assumption("institution_share_observed")
    implied = prospect.needs_analysis.implied_share
    share = quantity(wording.percent(implied), "中值隐含的机构入住比例", "各失能程度占比×各自入住比例之和")
    place = (f"假设{observed.id}",)
    low, high = (
        quantity(f"{wording.number(value)}%", f"全国实际机构入住比例的{end}", evidence=place)
        for value, end in ((observed.low, "低值"), (observed.high, "高值"))
    )
    return Claim(
        f"中值合计相当于{share}的长者住在机构，全国实际约{low}～{high}（{observed.mark}）：{_compared(100 * implied, observed)}。",
        (*_ids(prospect, "needs"), *place),
    )


def _narrowing_claim(prospect: CareBedProspect) -> Claim:
    """Name the two requests for data that would narrow the needs most."""
    now, best, second = (prospect.requests.iloc[place] for place in range(3))
    narrowed = quantity(wording.percent(best["narrowed_alone"], 0), "至多收窄的比例", "1−有该项数据后的宽度÷现有宽度")
    both = quantity(
        wording.percent(1 - second["width_after"] / now["width_alone"], 0), "两项数据至多共收窄的比例", "1−有两项数据后的宽度÷现有宽度"
    )
    return Claim(
        f"最能收窄范围的是“{best['request']}”：至多可把{_width(now['width_alone'])}张的宽度收窄{narrowed}；"
        f"再有“{second['request']}”，共收窄{both}。",
        _ids(prospect, "requests"),
    )


def _variance_claim(prospect: CareBedProspect) -> Claim:
    sobol = prospect.sobol.set_index("input")
    share = quantity(wording.percent(float(sobol.at[ELDERS, "total"]), 0), "长者人数占方差的比例", "索博尔总效应指数")
    inputs = count(len(sobol), "输入项数")
    rank = quantity(list(sobol.index).index(ELDERS) + 1, "长者人数的位次", "按索博尔总效应指数由大到小排列")
    return Claim(f"长者人数占方差的{share}，在{inputs}项输入中列第{rank}位。", _ids(prospect, "sobol"))


def _width(width: float) -> str:
    return quantity(beds(width), "现有范围的宽度", _rounded("抽样的95%位置−5%位置（都未取整）"))


def _range(low: float, high: float, names: tuple[str, str], formula: str, evidence: Sequence[str] = ()) -> str:
    """Mark both ends of a range of beds; one number where rounding makes them the same."""
    ends = dict(zip((beds(low), beds(high)), names, strict=True))
    return "～".join(quantity(text, name, _rounded(formula), evidence) for text, name in ends.items())


def _counted(words: str) -> str:
    return words if words == EVEN else f"{words}张"


def _compared(percent: float, observed: Assumption) -> str:
    """Say how the share that the middle values imply lies to the one observed."""
    if percent > observed.high:
        return "占位的入住比例偏高，或实际需要没有满足，现有数据分不清"
    return "占位的入住比例偏低" if percent < observed.low else "两者相合"
