"""Sentences on care beds: what norms ask for, what the needs leave open, which data would narrow them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import Assumption, load_assumption
from analysis.models.care_beds.needs import ELDERS
from analysis.presentation import wording
from analysis.presentation.care_beds.figures import EVEN, TAG, beds, beds_range, gap_words
from analysis.presentation.claims import Claim, Passage, passage

if TYPE_CHECKING:
    from analysis.assessment.prospects.care_beds import CareBedProspect


def norm_words(prospect: CareBedProspect) -> Passage:
    """State what norms ask for and what the supply scenarios bring; nothing here rests on an uncited parameter."""
    return passage(_norm_heading(prospect), norm_claims(prospect), bulleted=True)


def finding(prospect: CareBedProspect) -> Passage:
    """State what norms ask for, what the supply scenarios bring, and that the needs by disability stay open."""
    needs = prospect.needs
    by_needs = Claim(
        f"按失能和入住比例算，需{beds_range(needs.p5, needs.p95)}张{TAG}：没有本区失能与入住数据，现有范围只能说到这一步。",
        prospect.rests_on["needs"],
    )
    return passage(_norm_heading(prospect), [*norm_claims(prospect), by_needs], bulleted=True)


def _norm_heading(prospect: CareBedProspect) -> str:
    need = prospect.norm_need.query("elders_level == '中'")["need"]
    return f"{prospect.year}年末按标准需{beds_range(need.min(), need.max())}张"


def norm_claims(prospect: CareBedProspect) -> list[Claim]:
    """Return the sentences on what norms ask for; each rests on cited entries and counts alone."""
    prospect.for_report("norm_need", "gap")
    norms = prospect.norm_need.query("elders_level == '中'")
    first, last = norms.iloc[0], norms.iloc[-1]
    at_year = prospect.supply[prospect.supply["year"] == prospect.year]
    best = at_year.loc[at_year["beds"].idxmax()]
    left = gap_words(last["need"] - best["beds"])
    low, mid, high = (wording.number(value / 10_000, keep_zeros=True) for value in prospect.elders)
    elders = f"{prospect.year}年末户籍60周岁以上约{mid}万人（{low}万～{high}万，80%经验误差带）。"
    asked = (
        f"{first['norm']}（{_per_1000(first['per_1000'])}）需{beds(first['need'])}张，{prospect.base_year}年有"
        f"{wording.number(prospect.base_beds, 0)}张，{_growth(first['yearly_growth'])}；"
        f"达到{last['norm']}（{_per_1000(last['per_1000'])}）需{beds(last['need'])}张，{_growth(last['yearly_growth'])}。"
    )
    supplied = (
        f"供给最多的情景（{best['scenario']}）到{prospect.year}年为{beds(best['beds'])}张，与{last['norm']}所需相比{_counted(left)}；"
        "情景由两个年末的床位数外推，没有区间，也没有概率。"
    )
    return [Claim(elders, prospect.ageing.assumptions), Claim(asked, (first["source"], last["source"])), Claim(supplied)]


def _growth(growth: float) -> str:
    return f"须年增{wording.percent(growth)}" if growth > 0 else "现有床位已够"


def needs_words(prospect: CareBedProspect) -> Passage:
    """State the needs by disability, their cross-check, and which request would narrow them most."""
    needs, rows = prospect.needs, prospect.requests
    best, now = rows.iloc[1], rows.iloc[0]
    sobol = prospect.sobol.set_index("input")
    rank = list(sobol.index).index(ELDERS) + 1
    observed = load_assumption("institution_share_observed")
    implied = prospect.needs_analysis.implied_share
    ends = f"{wording.number(observed.low)}%～{wording.number(observed.high)}%"
    claims = [
        Claim(
            f"各项取中值为{beds(needs.mid)}张；{wording.number(needs.n, 0)}次抽样的5%、50%、95%位置为{beds(needs.p5)}、{beds(needs.p50)}、"
            f"{beds(needs.p95)}张；各项同取最低、最高为{beds_range(needs.lowest, needs.highest)}张{TAG}。"
        ),
        Claim("抽样假定各项在范围内均匀、互不相关，只说明范围有多宽，不是概率。"),
        Claim(
            f"中值合计相当于{wording.percent(implied)}的长者住在机构，全国实际约{ends}（{observed.mark}）："
            f"{_compared(100 * implied, observed)}。"
        ),
        Claim(
            f"最能收窄范围的是“{best['request']}”：至多可把{beds(now['width_alone'])}张的宽度收窄"
            f"{wording.percent(best['narrowed_alone'], 0)}；{_after(prospect)}"
        ),
        Claim(f"长者人数占方差的{wording.percent(float(sobol.at[ELDERS, 'total']), 0)}，在{len(sobol)}项输入中列第{rank}位。"),
    ]
    return passage(f"范围宽{beds(now['width_alone'])}张，数据不足以定数", claims, bulleted=True)


def _counted(words: str) -> str:
    return words if words == EVEN else f"{words}张"


def _compared(percent: float, observed: Assumption) -> str:
    """Say how the share that the middle values imply lies to the one observed."""
    if percent > observed.high:
        return "占位的入住比例偏高，或实际需要没有满足，现有数据分不清"
    return "占位的入住比例偏低" if percent < observed.low else "两者相合"


def _after(prospect: CareBedProspect) -> str:
    rows = prospect.requests
    second, now = rows.iloc[2], rows.iloc[0]
    share = 1 - second["width_after"] / now["width_alone"]
    return f"再有“{second['request']}”，共收窄{wording.percent(share, 0)}。"


def _per_1000(value: float) -> str:
    return f"每千名{wording.number(value)}张"
