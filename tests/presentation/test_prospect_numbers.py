"""Numbers in the sentences on what lies ahead: each marked, each formula right, each verb as its number has it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pandas as pd
import pytest

from analysis.archive.assumptions import load_assumption
from analysis.archive.chances import load_chance_words
from analysis.assessment.evaluation import PlanEvaluation
from analysis.assessment.outlook import NEITHER
from analysis.assessment.prospects.attainment import TREND
from analysis.assessment.prospects.care_beds import CareBedProspect, project_care_beds
from analysis.assessment.prospects.forecast_check import ForecastCheck, check_forecasts
from analysis.presentation import care_beds
from analysis.presentation import evaluation_text as text
from analysis.presentation.claims import Claim, Passage
from analysis.presentation.evaluation_text.chances import red_assumptions
from analysis.presentation.quantities import Quantity, numbers, plain

NAMED = re.compile(r"(?:19|20)\d{2}(?=年|—|、|～)|\d+(?:—\d+)?周?岁|\dA|专栏\d|demo-14-midterm-2023")


@pytest.fixture(scope="module")
def beds() -> CareBedProspect:
    return project_care_beds("yuexiu-14", draws=1000)


def shown(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> Iterator[Passage]:
    for evaluation in (midterm, unfilled):
        made = (text.prospects, text.adjustments, text.chances, text.chance_method, text.ageing, text.audit)
        yield from (function(evaluation) for function in made)
    yield from (text.prospects(final), text.ageing(final), text.candidates(final))
    yield from (text.hindsight(midterm, final), text.forecast_check(midterm, final))


def naked(claim: Claim) -> list[str]:
    """Numbers of a sentence that are neither marked nor part of a name."""
    covered = {place for item in claim.quantities for place in range(item.start, item.start + len(item.text))}
    covered |= {place for match in NAMED.finditer(claim.sentence) for place in range(*match.span())}
    return [found for place, found in numbers(claim.sentence) if place not in covered]


def claim(found: Passage, words: str) -> Claim:
    (one,) = [one for one in found.claims if words in one.sentence]
    return one


def marks(of: Claim) -> dict[str, Quantity]:
    return {item.name: item for item in of.quantities}


def number(words: str) -> float:
    return float(words.replace(",", "").replace("−", "-").rstrip("%"))


def replaced(evaluation: PlanEvaluation, **computed: Any) -> PlanEvaluation:
    """The evaluation with other results."""
    changed = dataclasses.replace(evaluation)
    changed.__dict__.update(computed)
    return changed


def check(found: Passage) -> None:
    """Every number is marked, named and led to a place."""
    for one in (found.head, *found.claims):
        assert naked(one) == [], one.sentence
        for item in one.quantities:
            assert item.evidence or one.evidence, (one.sentence, item.name)
            assert item.name and one.sentence[item.start :].startswith(item.text)


def test_no_number_is_naked_and_none_without_evidence(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    for found in shown(midterm, final, unfilled):
        check(found)


def test_no_number_on_beds_is_naked(beds: CareBedProspect) -> None:
    for found in (care_beds.finding(beds), care_beds.norm_words(beds), care_beds.needs_words(beds)):
        check(found)


def test_red_assumptions_name_their_entry(midterm: PlanEvaluation) -> None:
    (sentence,) = [Claim(words) for words in red_assumptions(midterm)]
    entry = load_assumption("ageing_cohort_scale")
    assert naked(sentence) == []
    assert [number(item.text) for item in sentence.quantities[:3]] == [entry.mid, entry.low, entry.high]
    assert {item.evidence for item in sentence.quantities} == {("假设ageing_cohort_scale",)}
    assert all(plain(words).endswith("。") for words in red_assumptions(midterm))


def test_steps_by_their_formulas(midterm: PlanEvaluation) -> None:
    """Row 12 of the table: 17.5 in 2020, 20.1 in 2023, 26 wanted in 2025."""
    found = claim(text.prospects(midterm), "**常住人口人均捐赠额**")
    past, needed, ratio = found.quantities
    assert past.formula == "（2023年数值−基期数值）÷（2023−2020）" and number(past.text) == round((20.1 - 17.5) / 3, 2)
    assert needed.formula == "（末期目标−2023年数值）÷（2025−2023）" and number(needed.text) == round((26 - 20.1) / 2, 2)
    assert number(ratio.text) == round(((26 - 20.1) / 2) / ((20.1 - 17.5) / 3), 1)
    assert past.evidence == ("指标表第12行", "演示数据-monitoring.csv 第45行")


@pytest.mark.parametrize(
    ("past", "needed", "ratio", "words"),
    [
        (2.0, 3.0, 1.5, "基期以来每年增加2人，余下每年须增加3人，为既有步伐的1.5倍"),
        (-2.0, 3.0, float("nan"), "基期以来每年减少2人，余下每年须增加3人"),
        (-2.0, -3.0, 1.5, "基期以来每年减少2人，余下每年须减少3人，为既有步伐的1.5倍"),
        (2.0, -3.0, float("nan"), "基期以来每年增加2人，余下每年须减少3人"),
        (0.0, 3.0, float("nan"), "基期以来没有变化，余下每年须增加3人"),
        (0.004, 0.00413, 1.0325, "基期以来每年增加0.004人，余下每年须增加0.004人，为既有步伐的1.03倍"),
    ],
)
def test_words_on_steps_follow_their_signs(midterm: PlanEvaluation, past: float, needed: float, ratio: float, words: str) -> None:
    table = midterm.outlook.copy()
    row = table["indicator_id"] == "19"
    table.loc[row, ["past_pace", "required_pace", "pace_ratio"]] = [past, needed, ratio]
    found = claim(text.prospects(replaced(midterm, outlook=table)), "**社会工作专业人才**")
    assert found.sentence == f"**社会工作专业人才**：{words}。"
    for item, value in zip(found.quantities, [value for value in (past, needed) if value], strict=False):
        assert item.formula.endswith("，取绝对值") is (value < 0)


def test_counts_of_the_outlook_add_up(midterm: PlanEvaluation) -> None:
    found = text.prospects(midterm)
    counts = marks(found.claims[0])
    assert number(counts["有基期和数值的水平指标数"].text) == len(midterm.outlook) == 8
    assert number(counts[f"“{NEITHER}”的指标数"].text) == 7 and counts["剩余年数"].formula == "2025−2023"
    assert found.head.evidence == ("推算表",) and found.head.quantities[0].text == "7"


def test_in_the_last_year_there_is_nothing_to_project(final: PlanEvaluation) -> None:
    found = text.prospects(final)
    assert found.heading == "（一）已到规划末年，不再推算"
    assert "…" not in found.claims[0].sentence and found.claims[0].quantities == ()


def test_a_chance_with_its_band_target_and_growth(midterm: PlanEvaluation) -> None:
    row = midterm.attainment[midterm.attainment["name"] == "社会工作专业人才"].iloc[0]
    found = marks(claim(text.chances(midterm), "**社会工作专业人才**"))
    assert number(found["2025年推算值"].text) == round(row["point"])
    assert [number(found[f"2025年推算值的80%区间{end}"].text) for end in ("下端", "上端")] == [round(row["low_80"]), round(row["high_80"])]
    target = found["末期目标（2025年）"]
    assert (target.text, target.formula, target.evidence) == ("850", "", ("指标表第19行",))
    growth = found["达到目标须有的年均变动幅度"]
    assert growth.formula == "（末期目标÷2023年数值）^（1÷2）−1" and number(growth.text) == round(100 * ((850 / 717) ** 0.5 - 1), 1)
    assert found["区间的设定水平"].evidence == ("docs/models.md",)
    chance = found["达到目标的把握"]
    assert "演示数据-monitoring.csv 第66行" in chance.evidence
    assert (chance.text, chance.formula, chance.evidence[-1]) == ("5%", "推算分布中达到目标的部分，低于下限的只写下限", "阈值chances.floor")


@pytest.mark.parametrize(("share", "text_of", "formula"), [(0.3, "30%", "取整到5%"), (0.97, "95%", "高于上限的只写上限")])
def test_a_chance_says_how_it_is_written(midterm: PlanEvaluation, share: float, text_of: str, formula: str) -> None:
    table = midterm.attainment.copy()
    table.loc[table["indicator_id"] == "19", "chance"] = share
    found = marks(claim(text.chances(replaced(midterm, attainment=table)), "**社会工作专业人才**："))["达到目标的把握"]
    assert found.text == text_of and found.formula.endswith(formula)
    assert (found.evidence[-1] == "阈值chances.ceiling") is (share > 0.95)


@pytest.mark.parametrize(("growth", "words"), [(8.9, "增长8.9%"), (-8.9, "下降8.9%"), (0.04, "增长0.04%"), (-0.004, "下降0.004%")])
def test_the_growth_required_keeps_its_verb(midterm: PlanEvaluation, growth: float, words: str) -> None:
    table = midterm.attainment.copy()
    table.loc[table["indicator_id"] == "19", "required_growth"] = growth
    found = claim(text.chances(replaced(midterm, attainment=table)), "**社会工作专业人才**")
    assert f"达到目标须年均{words}，" in found.sentence
    assert marks(found)["达到目标须有的年均变动幅度"].formula.endswith("，取绝对值") is (growth < 0)


def test_bounds_of_chances_come_from_the_parameters(midterm: PlanEvaluation) -> None:
    words = load_chance_words()
    found = text.chance_method(midterm).claims[0].quantities
    assert [number(item.text) / 100 for item in found] == [words.step, words.floor, words.ceiling]
    assert [item.evidence for item in found] == [("阈值chances.step",), ("阈值chances.floor",), ("阈值chances.ceiling",)]
    low, mid, high = (load_assumption("odds_close").low, load_assumption("odds_close").mid, load_assumption("odds_close").high)
    odds = claim(text.chance_method(midterm), "基本符合：")
    assert [number(item.text) for item in odds.quantities] == [mid, low, high] and odds.evidence == ("假设odds_close",)


def test_what_the_method_says_stands_in_its_document(midterm: PlanEvaluation, root: Any) -> None:
    document = (root / "docs" / "models.md").read_text(encoding="utf-8")
    assert "约10个百分点" in document and "80%和95%区间" in document
    assert [item.text for item in text.chance_method(midterm).claims[1].quantities] == ["10", "10"]


def test_counted_things_by_their_formulas(midterm: PlanEvaluation) -> None:
    """123 of 150 communities in 2023, all of them in 2025."""
    found = marks(claim(text.chances(midterm), "社区养老服务站覆盖率"))
    left, years = found["离末期目标还差的社区数"], found["剩余年数"]
    assert left.formula == "末期目标×总数−2023年个数，进位取整" and number(left.text) == 150 - 123
    assert years.formula == "2025−2023" and number(found["平均每年须完成的个数"].text) == 27 / 2
    assert left.evidence[0] == "指标表第6行" and left.evidence[1].startswith("演示数据-monitoring.csv 第")


def test_one_year_left_needs_no_mean(midterm: PlanEvaluation) -> None:
    table = midterm.attainment.assign(data_year=2024)
    assert "还差27个社区，余1年；" in claim(text.chances(replaced(midterm, attainment=table)), "社区养老服务站覆盖率").sentence


def test_without_enough_years_the_count_is_marked(midterm: PlanEvaluation) -> None:
    table = midterm.attainment.copy()
    table["approach"] = table["approach"].replace(TREND, "情景")
    (found,) = text.chances(replaced(midterm, attainment=table)).claims
    assert "有5项水平指标不足三个年度数据" in found.sentence and found.quantities[0].text == "5" and naked(found) == []


def test_the_aged_beside_the_base_year(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    found = marks(claim(text.ageing(midterm), "同一序列"))
    base, growth = found["2020年末户籍60周岁以上人数（万人）"], found["2020—2025年变动幅度"]
    assert (base.text, base.formula, base.evidence) == ("10.83", "", ("演示数据-monitoring.csv 第114行",))
    assert growth.formula == "2025年数（未取整）÷2020年数−1"
    assert midterm.ageing is not None
    assert number(growth.text) == round(100 * (midterm.ageing.at(2025).mid / 10.83 - 1), 1)
    (counted,) = text.ageing(final).head.quantities
    assert counted.evidence == ("演示数据-monitoring.csv 第192行",) and counted.formula == "四舍五入到一位小数"
    (projected,) = text.ageing(unfilled).head.quantities
    assert projected.formula.startswith("补入推算") and "假设ageing_cohort_scale" in projected.evidence
    assert {"boxes-1-3.txt 第164行", "public_figures.csv 第2行"} <= set(projected.evidence)


@pytest.mark.parametrize(("factor", "words"), [(0.9, "万人下降10%。"), (1.0, "万人持平。"), (1.1, "万人增长10%。")])
def test_the_aged_rise_and_fall_by_their_number(midterm: PlanEvaluation, factor: float, words: str) -> None:
    prospect = midterm.ageing
    assert prospect is not None
    path = prospect.path.copy()
    path.loc[path["year"] == 2025, "point"] = factor * path["point"].iloc[0]
    found = text.ageing(replaced(midterm, ageing=dataclasses.replace(prospect, path=path)))
    assert claim(found, "同一序列").sentence.endswith(words)


def test_hindsight_adds_up(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    found = text.hindsight(midterm, final)
    counts = marks(found.claims[1])
    total = number(marks(found.head)["推算过且有末年数值的指标数"].text)
    agreeing, contrary = (number(counts[f"判断与结果{word}的指标数"].text) for word in ("一致", "不一致"))
    assert agreeing + contrary == total == 8 and found.head.evidence == ("推算对照表",)


def test_candidates_add_up(final: PlanEvaluation) -> None:
    found = text.candidates(final)
    assert sum(number(item.text) for item in found.claims[0].quantities) == number(found.head.quantities[0].text) == 27


def test_forecasts_by_their_formulas(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    known = check_forecasts(midterm, final).scored
    found = text.forecast_check(midterm, final)
    told, scores = marks(found.claims[1]), marks(found.claims[2])
    assert number(told["实际达到目标的比例"].text) == 100 * number(told["实际达到目标的项数"].text) / number(
        told["已知结果的预测项数"].text
    )
    assert scores["布里尔得分的平均数"].formula.startswith("（未取整的把握−结果）²之和")
    assert number(scores["布里尔得分的平均数"].text) == round(((known["chance"] - known["happened"].astype(float)) ** 2).mean(), 2)
    assert number(scores["一律说一半的布里尔得分"].text) == 0.5**2
    assert number(scores["80%区间按说应含的项数"].text) == 0.8 * 5


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ([0.26] * 5, "平均0.26；差于一律说一半"),
        ([0.25] * 5, "平均0.25；与一律说一半相同"),
        ([0.24] * 5, "平均0.24；好于一律说一半"),
        ([0.2503] * 5, "平均0.2503；差于一律说一半"),
        ([0.2497] * 5, "平均0.2497；好于一律说一半"),
    ],
)
def test_the_comparison_with_one_half_follows_the_score(
    midterm: PlanEvaluation, final: PlanEvaluation, monkeypatch: pytest.MonkeyPatch, scores: list[float], words: str
) -> None:
    spoken = import_module("analysis.presentation.evaluation_text.chances")
    again = check_forecasts(midterm, final)
    table = again.scores.assign(brier=pd.Series(scores, index=again.scores.index))
    monkeypatch.setattr(spoken, "check_forecasts", lambda *_: ForecastCheck(table, again.runs))
    assert words in text.forecast_check(midterm, final).claims[2].sentence


def test_the_audit_counts_its_checks(unfilled: PlanEvaluation) -> None:
    found = text.audit(unfilled)
    assert [item.text for item in found.head.quantities] == ["261", "6"] and found.head.evidence == ("源数据核对",)


def test_beds_by_norm_by_their_formulas(beds: CareBedProspect) -> None:
    found = marks(claim(care_beds.norm_words(beds), "守住本区水平"))
    per_1000, need = found["上期规划目标：每千名老年人的床位"], found["按上期规划目标所需的床位"]
    assert (per_1000.text, per_1000.evidence) == ("40", ("专栏1第1行",))
    assert need.formula == "每千名床位×2025年末户籍60周岁以上人数÷1000，取整到百张"
    exact = number(per_1000.text) * beds.elders.mid / 1000
    assert number(need.text) == 100 * round(exact / 100)
    now, growth = found["2020年末养老床位"], found["达到上期规划目标须有的年均增速"]
    assert (now.text, now.evidence) == ("4,983", ("专栏2第13行",))
    assert growth.formula == "（所需床位÷2020年末床位）^（1÷5）−1（所需床位未取整）"
    assert number(growth.text) == round(100 * ((exact / 4983) ** 0.2 - 1), 1)
    head = marks(care_beds.norm_words(beds).head)
    assert head["按上期规划目标所需的床位"].text == need.text


@pytest.mark.parametrize(
    ("need", "words"), [(7600.0, "相比缺100张"), (7400.0, "相比余100张"), (7500.0, "相比相当；"), (15000.0, "相比缺7,500张")]
)
def test_a_gap_is_short_or_over_by_its_sign(beds: CareBedProspect, need: float, words: str) -> None:
    norms = beds.norm_need.assign(need=need)
    found = claim(care_beds.norm_words(dataclasses.replace(beds, norm_need=norms)), "供给最多的情景")
    assert words in found.sentence
    gap = marks(found).get("与上期规划目标所需的差额")
    assert (gap is None) is ("相当" in words)
    if gap:
        assert ("取绝对值" in gap.formula) is ("余" in words)


@pytest.mark.parametrize(("growth", "words"), [(0.05, "须年增5%"), (0.0004, "须年增0.04%"), (0.0, "现有床位已够"), (-0.02, "现有床位已够")])
def test_growth_of_beds_is_never_nothing(beds: CareBedProspect, growth: float, words: str) -> None:
    norms = beds.norm_need.assign(yearly_growth=growth)
    assert words in claim(care_beds.norm_words(dataclasses.replace(beds, norm_need=norms)), "守住本区水平").sentence


def test_beds_by_disability_name_the_ledger(beds: CareBedProspect) -> None:
    found = care_beds.needs_words(beds)
    spread, implied = claim(found, "各项取中值"), marks(claim(found, "中值合计"))
    assert "假设institution_occupancy" in spread.evidence and spread.quantities[0].formula.endswith("÷床位使用率，取整到百张")
    observed = load_assumption("institution_share_observed")
    assert number(implied["全国实际机构入住比例的低值"].text) == observed.low
    assert implied["全国实际机构入住比例的高值"].evidence == ("假设institution_share_observed",)
    narrowed = marks(claim(found, "最能收窄"))["至多收窄的比例"]
    rows = beds.requests
    assert number(narrowed.text) == round(100 * (1 - rows.iloc[1]["width_alone"] / rows.iloc[0]["width_alone"]))
    assert found.head.quantities[0].formula == "抽样的95%位置−5%位置（都未取整），取整到百张"


def test_a_range_of_one_number_is_marked_once(beds: CareBedProspect) -> None:
    norms = beds.norm_need.assign(need=[10_000.0 + place for place in range(len(beds.norm_need))])
    head = care_beds.norm_words(dataclasses.replace(beds, norm_need=norms)).head
    assert head.sentence == "2025年末按标准需10,000张" and len(head.quantities) == 1
