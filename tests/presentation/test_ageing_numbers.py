"""Numbers of the sentence on the aged: each is marked, and verbs follow from them."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from analysis.archive.assumptions import load_assumption
from analysis.assessment.prospects.ageing import AgeingProspect, project_ageing
from analysis.presentation import ageing
from analysis.presentation.ageing_claim import forecast_claim
from analysis.presentation.claims import Claim
from analysis.presentation.quantities import Quantity, numbers

NAMED = re.compile(r"(?:19|20)\d{2}(?=年|—|、)|\d+周岁")


@pytest.fixture(scope="module")
def yuexiu() -> AgeingProspect:
    return project_ageing("yuexiu-14")


@pytest.fixture(scope="module")
def counted() -> AgeingProspect:
    """A year that was counted."""
    return project_ageing("demo-14", (2025,))


def called(claim: Claim, name: str) -> Quantity:
    (found,) = [item for item in claim.quantities if item.name == name]
    return found


def with_tables(prospect: AgeingProspect, **tables: Any) -> AgeingProspect:
    """A prospect whose computed tables say something else."""
    other = copy.copy(prospect)
    other.__dict__.update(tables)
    return other


@pytest.mark.parametrize("plan", ["yuexiu-14", "demo-14"])
@pytest.mark.parametrize("until", [2021, None])
def test_no_number_is_naked(plan: str, until: int | None) -> None:
    claim = forecast_claim(project_ageing(plan, through_year=until))
    covered = {place for item in claim.quantities for place in range(item.start, item.start + len(item.text))}
    covered |= {place for match in NAMED.finditer(claim.sentence) for place in range(*match.span())}
    assert [found for place, found in numbers(claim.sentence) if place not in covered] == []
    assert claim.evidence == ("背景数据",)
    assert all(item.evidence for item in claim.quantities)


def test_the_sentence_is_that_of_the_claim(yuexiu: AgeingProspect) -> None:
    assert ageing.sentence(yuexiu) == forecast_claim(yuexiu).sentence


def test_a_projection_names_counts_and_assumptions(yuexiu: AgeingProspect) -> None:
    claim = forecast_claim(yuexiu)
    shown = called(claim, "2025年末户籍60周岁以上人口（万人）")
    assert shown.text == f"{yuexiu.at(2025).mid:.1f}" == "37.1"
    assert shown.formula == f"{yuexiu.method}；基期以后的计数按精度与推算值合并"
    assert shown.evidence[:4] == ("参照人口", "boxes-1-3.txt 第164行", "背景数据", "public_figures.csv 第4行")
    ids = [place.removeprefix("假设") for place in shown.evidence[4:]]
    assert tuple(ids) == yuexiu.assumptions and all(load_assumption(id) for id in ids)
    ends = [called(claim, f"2025年末80%经验误差带的{end}（万人）") for end in ("下端", "上端")]
    assert [item.text for item in ends] == ["36.0", "38.2"]
    assert [item.formula for item in ends] == ["推算值×exp（−误差半宽）", "推算值×exp（+误差半宽）"]


def test_counts_known_by_their_page_are_led_to_their_row(yuexiu: AgeingProspect) -> None:
    claim = forecast_claim(yuexiu, {(2020, 31.43): "public_figures.csv 第2行"})
    shown = called(claim, "2025年末户籍60周岁以上人口（万人）")
    assert "背景数据" not in shown.evidence and "public_figures.csv 第2行" in shown.evidence
    assert called(claim, "2020—2023年同口径变动幅度").evidence == ("public_figures.csv 第2行", "public_figures.csv 第4行")
    assert claim.sentence == forecast_claim(yuexiu).sentence


def test_what_ignores_later_counts_does_not_name_them(yuexiu: AgeingProspect) -> None:
    claim = forecast_claim(yuexiu)
    for name in ("2020—2023年按出生数推算的变动幅度", "2025年末推算（万人），未用后来计数", "基期口径不同带来的变化（万人）"):
        assert "public_figures.csv 第4行" not in called(claim, name).evidence
    assert "public_figures.csv 第4行" in called(claim, "2025年末推算（万人），用后来计数").evidence
    assert called(claim, "2020—2023年同口径变动幅度").evidence == ("背景数据", "public_figures.csv 第4行")


def test_the_shift_adds_up(yuexiu: AgeingProspect) -> None:
    claim = forecast_claim(yuexiu)
    names = (
        "2025年末推算（万人），未用后来计数",
        "基期口径不同带来的变化（万人）",
        "增长快慢带来的变化（万人）",
        "2025年末推算（万人），用后来计数",
    )
    before, by_base, by_counts, after = (float(called(claim, name).text.replace("−", "-")) for name in names)
    assert before + by_base + by_counts == pytest.approx(after, abs=0.15)
    assert before * (31.43 / 31.96 - 1) == pytest.approx(by_base, abs=0.05)


def test_a_counted_year_stands_on_its_own_row(counted: AgeingProspect) -> None:
    claim = forecast_claim(counted)
    row = counted.observations.set_index("year").loc[2025, "address"]
    shown = called(claim, "2025年末户籍60周岁以上人口（万人）")
    assert (shown.text, shown.formula, shown.evidence) == ("12.7", "", (row,))
    low = called(claim, "2025年末80%经验误差带的下端（万人）")
    assert low.evidence == (row, "假设ageing_count_error", "假设ageing_error_tail") and low.formula == "计数×exp（−误差半宽）"
    assert called(claim, "采用的年度序列计数个数").text == "6" == str(len(called(claim, "采用的年度序列计数个数").evidence))


def test_without_later_counts_nothing_is_merged() -> None:
    claim = forecast_claim(project_ageing("yuexiu-14", through_year=2021))
    assert called(claim, "2025年末户籍60周岁以上人口（万人）").formula == "补入推算（两期总数与参照人口）"
    assert "没有后来的计数可以检验" in claim.sentence


def test_verbs_turn_with_the_signs(yuexiu: AgeingProspect) -> None:
    growth = yuexiu.growth.assign(observed_percent=-3.21, births_shaped_percent=0.0)
    claim = forecast_claim(with_tables(yuexiu, growth=growth))
    assert "2020—2023年同口径下降3.2%，按60年前出生数推算为持平；" in claim.sentence
    shift = yuexiu.shift.assign(before=36.0, after=37.1, by_base=1.36, by_counts=-0.26)
    moved = forecast_claim(with_tables(yuexiu, shift=shift))
    assert "因此由36.0万改为37.1万（基期数口径不同的影响+1.4万，后来实际增长与推算不同的影响−0.3万）" in moved.sentence
    shift = yuexiu.shift.assign(before=37.12, after=37.08, by_base=0.04, by_counts=-0.08)
    same = forecast_claim(with_tables(yuexiu, shift=shift))
    assert "2025年推算因此仍为37.1万（基期数口径不同的影响0.0万，后来实际增长与推算不同的影响−0.1万）" in same.sentence
