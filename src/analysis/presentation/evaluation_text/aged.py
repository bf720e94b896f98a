"""The aged at a plan's end and the beds that norms would ask for them, from the counts that an evaluation may know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.prospects.ageing import REFERENCE_ENTRY
from analysis.assessment.prospects.ageing_counts import PLAN_COUNT, SERIES
from analysis.assessment.prospects.ageing_forecast import OBSERVED
from analysis.presentation import wording
from analysis.presentation.ageing_claim import REFERENCE, forecast_claim
from analysis.presentation.care_beds.text import norm_claims
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.figures import changed
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation
    from analysis.assessment.prospects.ageing import AgeingProspect


def ageing(evaluation: PlanEvaluation) -> Passage:
    """The aged at the plan's end, with band and what later counts did, and the beds that norms would ask for them."""
    prospect = evaluation.ageing
    if prospect is None:
        return passage(
            "（二）没有老年人口的基期数，不推算", [Claim("没有基期60周岁以上户籍人数，不推算老年人口和养老床位。", ("背景数据",))]
        )
    year, base_year = evaluation.plan.header.last_year, int(prospect.path["year"].iloc[0])
    base, then = float(prospect.path["point"].iloc[0]), prospect.at(year).mid
    counted = _count_places(evaluation, prospect)
    places = (REFERENCE, *dict.fromkeys(counted.values()), *(f"假设{id}" for id in prospect.assumptions))
    is_count = prospect.path.set_index("year").at[year, "basis"] == OBSERVED
    later = quantity(
        wording.number(then),
        f"{year}年末户籍60周岁以上人数（万人）",
        "四舍五入到一位小数" if is_count else f"{prospect.method}；计数与推算值按精度合并",
        _of(counted, year, then) if is_count else places,
    )
    earlier = quantity(wording.number(base, 2), f"{base_year}年末户籍60周岁以上人数（万人）", "", _of(counted, base_year, base))
    growth = changed((then / base - 1) * 100, f"{base_year}年数", f"{year}年数（未取整）", f"{base_year}—{year}年", places)
    heading = f"（二）{year}年户籍60周岁以上约{later}万人"
    compared = f"较{base_year}年末同一序列的{earlier}万人{growth}。"
    claims = [forecast_claim(prospect, counted), Claim(compared, ("背景数据",))]
    if prospect.method == REFERENCE_ENTRY:
        claims.append(Claim("只有一期总数，补入比取自全国；误差带借用两期总数方法的回测，实际误差可能更大。", ("附件六",)))
    if evaluation.care_beds:
        claims += norm_claims(evaluation.care_beds)[1:]  # the first says how many elders there are
    return passage(heading, claims, bulleted=True, evidence=("背景数据",))


def _count_places(evaluation: PlanEvaluation, prospect: AgeingProspect) -> dict[tuple[int, float], str]:
    """Return the row of each count that the projection rests on, by year and count."""
    readings = evaluation.monitoring.readings
    yearly = readings[readings["series"] == SERIES].drop_duplicates("year", keep="last").set_index("year")["where"]
    used = prospect.observations[prospect.observations["used"]]
    return {(row.year, row.value): row.address if row.kind == PLAN_COUNT else yearly.at[row.year] for row in rows_of(used)}


def _of(counted: dict[tuple[int, float], str], year: int, value: float) -> tuple[str, ...]:
    """Return the row of one year's count; none where the figure is no count."""
    return tuple(place for known, place in counted.items() if known == (year, value))
