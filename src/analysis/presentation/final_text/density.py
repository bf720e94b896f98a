"""Care beds per 1,000 registered elders: what beds and elders did to the density, and how far the target is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.final_text.figures import INDICATORS, STATISTICS
from analysis.presentation.marking import marked, visible_decimals
from analysis.presentation.quantities import quantity
from analysis.vocabulary.rounding import round_half_up

if TYPE_CHECKING:
    from analysis.assessment.density import DensityChange
    from analysis.assessment.final import FinalEvaluation

_BEDS, _ELDERS, _PRINTED = f"{STATISTICS}第13行", f"{STATISTICS}第11行", f"{INDICATORS}第1行"
_DENSITY = "养老床位÷户籍长者（千人）"


def density(evaluation: FinalEvaluation) -> Passage:
    """Beds, elders, and the density that results."""
    change = evaluation.density
    growths = {
        "床位": (change.beds_growth_percent, (_BEDS,)),
        "长者": (change.elders_growth_percent, (_ELDERS,)),
        "密度": (change.density_growth_percent, (_BEDS, _ELDERS)),
    }
    claims = [
        *_change_claims(change),
        _gap_claim(change),
        Claim(
            "口径：分母为60周岁以上户籍长者，不含常住非户籍长者；床位为正文所称“核定养老床位”，实际可用与入住情况规划未列。",
            ("第一章第一节3（1）",),
        ),
        _printed_claim(evaluation),
    ]
    if math.isnan(change.offset_share):
        return passage("（四）床位没有增加", claims)
    claims.insert(2, _offset_claim(change))
    moved = "，".join(f"{name}{_moved(change, name, growth, places)}" for name, (growth, places) in growths.items())
    return passage(f"（四）{moved}", claims, evidence=(_BEDS, _ELDERS))


def _change_claims(change: DensityChange) -> list[Claim]:
    years = change.last_year - change.first_year
    beds, elders, ratio = (
        _growth(change, f"{name}的变动幅度", growth, places, wording.change(growth))
        for name, growth, places in (
            ("养老床位", change.beds_growth_percent, (_BEDS,)),
            ("户籍长者", change.elders_growth_percent, (_ELDERS,)),
            ("每千名长者床位", change.density_growth_percent, (_BEDS, _ELDERS)),
        )
    )
    before, after = (
        quantity(wording.number(level), f"{year}年末每千名长者床位（张）", _DENSITY, (_BEDS, _ELDERS))
        for level, year in zip(change.care_beds_per_1000_aged60, (change.first_year, change.last_year), strict=True)
    )
    rows = (_BEDS, _ELDERS, _PRINTED)
    return [
        Claim(f"{wording.ordinal(years)}年间养老床位{beds}，60周岁以上户籍长者{elders}。", rows),
        Claim(f"每千名长者床位由{before}张变为{after}张，{ratio}。", rows),
    ]


def _growth(change: DensityChange, name: str, growth: float, places: tuple[str, ...], words: str) -> str:
    """Mark the words of a growth between the two dates."""
    formula = f"{change.last_year}年数÷{change.first_year}年数−1" + ("" if growth > 0 else "，取绝对值")
    return marked(words, name, formula, places)


def _moved(change: DensityChange, name: str, growth: float, places: tuple[str, ...]) -> str:
    """Word a growth for the heading: 增, 降 or 持平, in whole percent."""
    size = wording.number(abs(growth), 0)
    if size == "0":
        return "持平"
    return _growth(change, f"{name}的变动幅度", growth, places, f"{'增' if growth > 0 else '降'}{size}%")


def _offset_claim(change: DensityChange) -> Claim:
    """Say how much of the growth of beds the change of elders took up or added to."""
    share = change.offset_share
    names = ("长者增幅与床位增幅之比（ln值）", "ln（期末长者÷期初长者）÷ln（期末床位÷期初床位）")
    size = quantity(wording.percent(abs(share), 0), names[0], names[1] if share >= 0 else f"{names[1]}，取绝对值")
    moved = "长者增幅" if share >= 0 else "长者降幅"
    return Claim(f"{moved}相当于床位增幅的{size}（两者按对数计）。", (_BEDS, _ELDERS, _PRINTED))


def _gap_claim(change: DensityChange) -> Claim:
    """Set the beds that the target asks for beside those there are."""
    target = quantity(wording.number(change.target), "每千名长者床位的目标（张）", evidence=(_PRINTED,))
    needed = quantity(wording.number(change.beds_needed, 0), "达到目标所需的床位", "每千名目标×期末户籍长者（千人）", (_PRINTED, _ELDERS))
    there = quantity(wording.number(change.care_beds[1], 0), f"{change.last_year}年末养老床位", evidence=(_BEDS,))
    short = wording.number(change.beds_short, visible_decimals(change.beds_short, 0))
    missing = f"差{quantity(short, '所缺的床位', '所需的床位−期末床位')}张" if change.beds_short else "已够"
    words = f"按期末户籍长者计，达到每千名{target}张需要{needed}张床位，实有{there}张，{missing}。"
    return Claim(words, (_BEDS, _ELDERS, _PRINTED))


def _printed_claim(evaluation: FinalEvaluation) -> Claim:
    """Set the printed density beside the one recomputed, and say whether they agree when rounded."""
    printed, recomputed = evaluation.verdicts.set_index("indicator_id").at["1", "value"], evaluation.density.care_beds_per_1000_aged60[1]
    text = wording.number(printed, 2)
    decimals = len(text.partition(".")[2])
    if text == wording.MISSING_MARK:
        agreement = "无从比较"
    else:
        agreement = f"四舍五入后{'一致' if float(round_half_up(recomputed, decimals)) == printed else '不一致'}"
    again = quantity(wording.number(recomputed, 2), "每千名长者床位的推算值（张）", _DENSITY, (_BEDS, _ELDERS))
    return Claim(
        f"专栏1印作{marked(text, '每千名长者床位的印制值（张）', '', (_PRINTED,))}张，按专栏2推算为{again}张，{agreement}；"
        "缺口按床位数计，不按印制的密度计。",
        (_PRINTED, _ELDERS, _BEDS),
    )
