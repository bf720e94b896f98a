"""Numbers in the final evaluation's sentences: each marked, each formula right, each verb as its number has it."""

from __future__ import annotations

import copy
import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.assessment.final import FinalEvaluation
from analysis.presentation import final_text
from analysis.presentation.claims import Claim, Passage
from analysis.presentation.quantities import Quantity, numbers

PASSAGES = ["overall", "self_count", "missed", "exceeded", "progress", "density", "method", "limits", "audit", "slips_heading"]
# Names that hold digits have an origin of their own.
NAMED = re.compile(r"(?:19|20)\d{2}(?=年|—)|\d+周岁|\dA|专栏\d(?:第\d+行)?|\d{4}-\d{2}-\d{2}|〔\d{4}〕\d+号|\d+月\d+日")


def shown(evaluation: FinalEvaluation) -> Iterator[Passage]:
    yield from (getattr(final_text, name)(evaluation) for name in PASSAGES)
    yield from (final_text.periods(evaluation, measure) for measure in ("flow", "stock"))
    yield final_text.cover(evaluation, "2026-11-23")


def claims(evaluation: FinalEvaluation) -> list[Claim]:
    return [claim for found in shown(evaluation) for claim in (found.head, *found.claims)]


def claim(found: Passage, words: str) -> Claim:
    (one,) = [one for one in found.claims if words in one.sentence]
    return one


def marks(of: Claim) -> dict[str, Quantity]:
    return {item.name: item for item in of.quantities}


def figures(of: Claim) -> list[str]:
    return [item.text for item in of.quantities]


def number(words: str) -> float:
    return float(words.replace(",", "").replace("−", "-").replace("+", "").rstrip("%"))


def replaced(evaluation: FinalEvaluation, **changes: Any) -> FinalEvaluation:
    return dataclasses.replace(evaluation, **changes)


def test_no_number_is_naked_and_none_without_evidence(evaluation: FinalEvaluation) -> None:
    for found in claims(evaluation):
        covered = {place for item in found.quantities for place in range(item.start, item.start + len(item.text))}
        terms = [*evaluation.verdicts["name"], *evaluation.periods["name"]]
        named = [match.span() for term in terms for match in re.finditer(re.escape(term), found.sentence)]
        named += [match.span() for match in NAMED.finditer(found.sentence)]
        covered |= {place for span in named for place in range(*span)}
        assert [text for place, text in numbers(found.sentence) if place not in covered] == [], found.sentence
        for item in found.quantities:
            assert item.evidence or found.evidence, (found.sentence, item.name)
            assert found.sentence[item.start :].startswith(item.text)


def test_counts_name_the_rows_counted(evaluation: FinalEvaluation) -> None:
    found = marks(final_text.overall(evaluation).head)
    assert {name: item.text for name, item in found.items()} == {"期末实施的指标数": "26", "完成的指标数": "23", "未完成的指标数": "3"}
    assert found["未完成的指标数"].evidence == ("专栏1第1行", "专栏1第14行", "专栏1第13行")
    for item in found.values():
        assert item.formula == "逐行计数" and len(item.evidence) == int(item.text)
    share = marks(claim(final_text.overall(evaluation), "占88.5%"))["完成的指标占比"]
    assert share.formula == "完成的指标数÷期末实施的指标数" and number(share.text) == round(100 * 23 / 26, 1)


def test_a_missed_target_by_its_formulas(evaluation: FinalEvaluation) -> None:
    found = marks(claim(final_text.missed(evaluation), "**具有承接"))
    target, value = number(found["目标值（2020年）"].text), number(found["2020年完成值"].text)
    assert (target, value) == (58, 39) and found["2020年完成值"].formula == ""
    short = found["与目标的差额"]
    assert short.formula == "目标值−完成值" and number(short.text) == target - value
    rate = found["具有承接政府购买服务资质的社会组织的完成率"]
    assert rate.formula == "完成值÷目标值" and number(rate.text) == round(100 * value / target, 1)
    assert rate.evidence == ("专栏1第13行",)


@pytest.mark.parametrize(
    ("value", "short", "rate"),
    [(39.99, "差0.01张", "完成率99.98%"), (39.9996, "差0.0004张", "完成率99.999%"), (16.0, "差24张", "完成率40%")],
)
def test_what_falls_short_is_never_written_as_reached(evaluation: FinalEvaluation, value: float, short: str, rate: str) -> None:
    verdicts = evaluation.verdicts.copy()
    first = verdicts["indicator_id"] == "1"
    verdicts.loc[first, ["value", "completion", "shortfall"]] = [value, value / 40, 40 - value]
    close = replaced(evaluation, verdicts=verdicts)
    sentence = claim(final_text.missed(close), "**每千名长者").sentence
    assert f"{short}，{rate}。" in sentence
    assert rate in claim(final_text.overall(close), "未完成的是").sentence


def test_a_lower_target_has_its_quotient_the_other_way_round(evaluation: FinalEvaluation) -> None:
    verdicts = evaluation.verdicts.copy()
    first = verdicts["indicator_id"] == "1"
    verdicts.loc[first, ["target", "value", "completion", "shortfall", "direction"]] = [4.0, 5.0, 0.8, 1.0, "lower"]
    found = marks(claim(final_text.missed(replaced(evaluation, verdicts=verdicts)), "**每千名长者"))
    assert found["与目标的差额"].formula == "完成值−目标值"
    assert found["每千名长者（户籍人口）拥有养老床位的完成率"].formula == "目标值÷完成值"


def test_a_barely_exceeded_target_is_not_written_as_met(evaluation: FinalEvaluation) -> None:
    verdicts = evaluation.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "7", "completion"] = 1.0004
    found = final_text.exceeded(replaced(evaluation, verdicts=verdicts)).claims[0]
    assert "慈善募集款物（100.04%）" in found.sentence
    assert "社会工作人才培训·人次（110%）" in found.sentence and "社会工作人才培训·时长（110%）" in found.sentence
    assert "（%，" not in found.sentence


def test_nothing_exceeded_still_leads_to_the_table(evaluation: FinalEvaluation) -> None:
    verdicts = evaluation.verdicts.assign(status="完成", status_method="完成")
    found = final_text.exceeded(replaced(evaluation, verdicts=verdicts))
    assert found.heading == "（二）0项高于目标，其中0项为占比" and found.claims[0].evidence == ("专栏1全表",)
    assert figures(found.head) == ["0", "0"] and found.head.quantities[0].evidence == ("专栏1全表",)


def test_progress_by_its_formula(evaluation: FinalEvaluation) -> None:
    found = marks(claim(final_text.progress(evaluation), "**3A级以上社会组织**"))
    base, value, target = (number(found[name].text) for name in ("“十二五”数值（基期）", "“十三五”数值", "目标值"))
    share = found["基期至目标的进展"]
    assert share.formula == "（“十三五”数值−基期）÷（目标值−基期）"
    assert number(share.text) == round(100 * (value - base) / (target - base))
    assert found["“十二五”数值（基期）"].evidence == ("专栏2第30行",)
    beds = marks(claim(final_text.progress(evaluation), "**每千名长者"))
    assert beds["“十三五”数值"].evidence == ("专栏2第13行", "专栏2第11行")


@pytest.mark.parametrize(
    ("value", "share", "words"),
    [
        (29.0, 2 / 23, "走完基期至目标路程的9%"),
        (25.0, -2 / 23, "比基期后退，相当于基期至目标路程的9%"),
        (49.99, 22.99 / 23, "走完基期至目标路程的99.96%"),
        (50.0, 1.0, "等于目标"),
        (52.0, 25 / 23, "高于目标2个"),
    ],
)
def test_words_on_progress_follow_the_figures(evaluation: FinalEvaluation, value: float, share: float, words: str) -> None:
    table = evaluation.progress.copy()
    table.loc[table["indicator_id"] == "14", ["value", "progress"]] = [value, share]
    sentence = claim(final_text.progress(replaced(evaluation, progress=table)), "**3A级以上社会组织**").sentence
    assert sentence.endswith(f"，{words}。")


@pytest.mark.parametrize(
    ("note", "base", "words"),
    [("期间合计÷5年", 60.0, "年均已高于目标值"), ("期末个数", 60.0, "期末已高于目标值"), ("期末个数", 50.0, "期末已等于目标值")],
)
def test_a_base_beyond_the_target_is_told_by_its_kind(evaluation: FinalEvaluation, note: str, base: float, words: str) -> None:
    table = evaluation.progress.copy()
    row = table["indicator_id"] == "14"
    table.loc[row, ["base", "progress", "base_beyond_target", "note"]] = [base, float("nan"), True, note]
    assert words in claim(final_text.progress(replaced(evaluation, progress=table)), "**3A级以上社会组织**").sentence


def test_a_heading_of_no_progress_does_not_say_only(evaluation: FinalEvaluation) -> None:
    table = evaluation.progress.assign(progress=-0.1, base_beyond_target=False)
    assert final_text.progress(replaced(evaluation, progress=table)).heading == "（三）可推算基期的4项中，4项没有进展"
    assert "只走了约一成" in final_text.progress(evaluation).heading


def test_density_by_its_formulas(evaluation: FinalEvaluation) -> None:
    found = final_text.density(evaluation)
    rates = marks(claim(found, "每千名长者床位由"))
    after = rates["2020年末每千名长者床位（张）"]
    assert after.formula == "养老床位÷户籍长者（千人）" and number(after.text) == round(4983 / 319.6, 1)
    assert number(rates["每千名长者床位的变动幅度"].text) == round(100 * ((4983 / 3196) / (3309 / 2650) - 1), 1)
    gap = marks(claim(found, "需要12,784张"))
    assert number(gap["所缺的床位"].text) == number(gap["达到目标所需的床位"].text) - number(gap["2020年末养老床位"].text) == 7801
    assert gap["2020年末养老床位"].evidence == ("专栏2第13行",)
    assert figures(found.head) == ["51%", "21%", "25%"]


@pytest.mark.parametrize(
    ("beds", "elders", "heading", "sentence"),
    [
        ((3309.0, 4983.0), (265000.0, 319600.0), "床位增51%，长者增21%，密度增25%", "长者增幅相当于床位增幅的46%"),
        ((1000.0, 1100.0), (100000.0, 90000.0), "床位增10%，长者降10%，密度增22%", "长者降幅相当于床位增幅的111%"),
        ((1000.0, 1100.0), (100000.0, 130000.0), "床位增10%，长者增30%，密度降15%", "长者增幅相当于床位增幅的275%"),
        ((1000.0, 1100.0), (100000.0, 100000.0), "床位增10%，长者持平，密度增10%", "长者增幅相当于床位增幅的0%"),
    ],
)
def test_the_headings_verbs_follow_each_figure(
    evaluation: FinalEvaluation, beds: tuple[float, float], elders: tuple[float, float], heading: str, sentence: str
) -> None:
    change = dataclasses.replace(evaluation.density, care_beds=beds, aged60_persons=elders)
    found = final_text.density(replaced(evaluation, density=change))
    assert found.heading == f"（四）{heading}"
    assert sentence in claim(found, "按对数计").sentence


def test_enough_beds_are_no_gap_of_zero(evaluation: FinalEvaluation) -> None:
    change = dataclasses.replace(evaluation.density, care_beds=(3309.0, 20000.0))
    assert "实有20,000张，已够。" in claim(final_text.density(replaced(evaluation, density=change)), "按期末户籍长者计").sentence


@pytest.mark.parametrize(
    ("printed", "words"), [(16.0, "四舍五入后一致"), (15.6, "四舍五入后一致"), (15.0, "四舍五入后不一致"), (None, "无从比较")]
)
def test_whether_the_printed_density_agrees_is_computed(evaluation: FinalEvaluation, printed: float | None, words: str) -> None:
    verdicts = evaluation.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "1", "value"] = printed
    assert f"，{words}；" in claim(final_text.density(replaced(evaluation, verdicts=verdicts)), "专栏1印作").sentence


def test_years_of_the_density_are_counted(evaluation: FinalEvaluation) -> None:
    change = dataclasses.replace(evaluation.density, first_year=2017)
    assert claim(final_text.density(replaced(evaluation, density=change)), "年间").sentence.startswith("三年间")


def test_changes_between_periods_by_their_formula(evaluation: FinalEvaluation) -> None:
    found = marks(claim(final_text.periods(evaluation, "flow"), "下降的是"))
    before, after = found["福利彩票销售额：“十二五”年均（亿元）"], found["福利彩票销售额：“十三五”年均（亿元）"]
    change = found["福利彩票销售额：两期变动幅度"]
    assert before.formula == "期间合计÷期间年数" and change.evidence == ("专栏2第41行",)
    assert number(change.text) == pytest.approx(100 * (number(after.text) / number(before.text) - 1), abs=0.05)
    stocks = marks(claim(final_text.periods(evaluation, "stock"), "升幅居前的是"))
    assert stocks["养老床位：“十三五”期末（张）"].formula == "" and stocks["养老床位：“十三五”期末（张）"].text == "4,983"


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [(100.2, 100.4, "100.2→100.4宗，+0.2%"), (10000.0, 10000.4, "10,000→10,000.4宗，+0.004%"), (20.0, 10.0, "20→10宗，−50.0%")],
)
def test_two_levels_that_differ_never_look_alike(evaluation: FinalEvaluation, earlier: float, later: float, words: str) -> None:
    table = evaluation.periods[evaluation.periods["number"] == 35].assign(
        earlier=earlier, later=later, change_percent=(later / earlier - 1) * 100, name="甲"
    )
    assert f"甲（{words}）" in "".join(one.sentence for one in final_text.periods(replaced(evaluation, periods=table), "flow").claims)


def test_a_printed_zero_is_a_figure_of_its_period(evaluation: FinalEvaluation) -> None:
    table = evaluation.periods.copy()
    table.loc[table["number"] == 35, ["earlier", "change_percent"]] = [0.0, float("nan")]
    assert "12项统计数据只印一期" in claim(final_text.limits(replaced(evaluation, periods=table)), "单期数据").sentence


def test_a_differing_rate_shows_what_was_divided(evaluation: FinalEvaluation) -> None:
    found = claim(final_text.audit(evaluation), "印制160%")
    assert [(item.text, item.name) for item in found.quantities] == [
        ("160%", "印制的完成率"),
        ("88%", "复算所用的印制数"),
        ("50%", "复算所用的印制数"),
        ("176%", "复算的完成率"),
    ]
    assert found.quantities[-1].formula == "88%÷50%" and found.quantities[0].evidence == ("专栏1第5行",)


def test_parts_of_the_audit_add_up(evaluation: FinalEvaluation) -> None:
    found = marks(final_text.audit(evaluation).claims[0])
    total, *parts = (number(found[name].text) for name in ("核对的数字项数", "相符的项数", "不一致的项数", "无法核对的项数"))
    assert sum(parts) == total
    slips = marks(claim(final_text.audit(evaluation), "文字与名称问题"))
    assert number(slips["文字与名称问题的处数"].text) == number(slips["确定的处数"].text) + number(slips["疑似的处数"].text)


def test_the_rule_names_its_threshold(evaluation: FinalEvaluation) -> None:
    found = marks(claim(final_text.method(evaluation), "本评估规则"))["“超额完成”的完成率下限"]
    assert (found.text, found.evidence) == ("105%", ("阈值final.exceeded_ratio",))


def test_the_plans_own_count_stands_in_its_prose(evaluation: FinalEvaluation) -> None:
    found = marks(claim(final_text.self_count(evaluation), "期初制定的"))
    first, dropped = found["规划自述：期初制定的项数"], found["不再由民政部门实施的项数"]
    assert first.evidence == ("第一章第一节",) and first.formula == ""
    assert dropped.formula == "期初制定的项数−期末实施的项数" and number(dropped.text) == 32 - 26
    named = claim(final_text.self_count(evaluation), "列举4项")
    assert named.quantities[0].evidence == tuple(f"核对{id}" for id in ("f01", "f03", "f07", "f14"))
    assert marks(named)["慈善募集款物的完成率"].evidence == ("专栏1第7行", "核对f07")


def test_what_goes_on_is_compared_with_its_target(evaluation: FinalEvaluation) -> None:
    for following, words in ((35.0, "低于"), (50.0, "等于"), (60.0, "高于")):
        table = copy.copy(evaluation.succession)
        table.loc[table["indicator_id"] == "14", "next_target"] = following
        found = claim(final_text.missed(replaced(evaluation, succession=table)), "去向")
        assert f"2025年目标{following:.0f}个，{words}本期目标50个" in found.sentence
        assert marks(found)["“十四五”末期目标（2025年）"].evidence == ("专栏3第17行",)
        assert marks(found)["本期目标"].evidence == ("专栏1第14行",)
