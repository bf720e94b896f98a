"""Numbers in the sentences on donations: each marked, each formula right, each verb as its number has it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pandas as pd
import pytest

from analysis.assessment.prospects.donations import DonationProspect, project_donations
from analysis.presentation import donations as words
from analysis.presentation.claims import Claim, Passage
from analysis.presentation.quantities import Quantity, numbers

NAMED = re.compile(r"(?:19|20)\d{2}(?=年|—|；|）|、)")


@pytest.fixture(scope="module")
def yuexiu() -> DonationProspect:
    return project_donations("yuexiu-14")


@pytest.fixture(scope="module")
def demo() -> DonationProspect:
    return project_donations("demo-14")


@pytest.fixture(params=["yuexiu", "demo"])
def any_prospect(request: pytest.FixtureRequest) -> DonationProspect:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, DonationProspect)
    return found


def claim(found: Passage, words_of_it: str) -> Claim:
    (one,) = [one for one in found.claims if words_of_it in one.sentence]
    return one


def marks(of: Claim) -> dict[str, Quantity]:
    return {item.name: item for item in of.quantities}


def number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-").replace("+", "").rstrip("%"))


def stretch(prospect: DonationProspect, name: str, **changes: Any) -> DonationProspect:
    """The prospect with other figures in one stretch."""
    rows = prospect.required.copy()
    for column, value in changes.items():
        rows.loc[rows["stretch"] == name, column] = value
    return dataclasses.replace(prospect, required=rows)


def test_no_number_is_naked_and_none_without_evidence(any_prospect: DonationProspect) -> None:
    for found in (words.finding(any_prospect), words.changes(any_prospect)):
        for one in (found.head, *found.claims):
            covered = {place for item in one.quantities for place in range(item.start, item.start + len(item.text))}
            covered |= {place for match in NAMED.finditer(one.sentence) for place in range(*match.span())}
            assert [text for place, text in numbers(one.sentence) if place not in covered] == [], one.sentence
            assert all(item.evidence or one.evidence for item in one.quantities), one.sentence


def test_growth_by_its_formula(yuexiu: DonationProspect) -> None:
    found = marks(words.finding(yuexiu).claims[0])
    start, end = found["基期（2020年）数值（元/人/年）"], found["末期目标（2025年）（元/人/年）"]
    assert (number(start.text), number(end.text), start.formula, end.formula) == (23, 28, "", "")
    whole = found["基期至末期须有的年均增速"]
    assert whole.formula == "（2025年目标÷2020年数）^（1÷5）−1" and number(whole.text) == round(100 * ((28 / 23) ** (1 / 5) - 1), 1)
    assert number(found["基期按舍入上限计的年均增速"].text) == round(100 * ((28 / 23.5) ** (1 / 5) - 1), 1)
    assert number(found["基期按舍入下限计的年均增速"].text) == round(100 * ((28 / 22.5) ** (1 / 5) - 1), 1)
    assert found["中期至末期的年数"].formula == "2025−2023" and found["中期至末期的年数"].text == "2"
    assert words.finding(yuexiu).claims[0].evidence == ("专栏3第12行",)


@pytest.mark.parametrize(
    ("growth", "sentence"),
    [
        (0.04, "每年须增长4.0%（"),
        (-0.02, "每年降幅不超过2.0%（"),
        (0.0, "每年须持平（"),
        (0.0003, "每年须增长0.03%（"),
    ],
)
def test_the_verb_of_the_growth_required_follows_its_sign(yuexiu: DonationProspect, growth: float, sentence: str) -> None:
    found = words.finding(stretch(yuexiu, "基期至末期", growth=growth)).claims[0]
    assert sentence in found.sentence
    name = "基期至末期须有的年均增速"
    assert (name in marks(found)) is (growth != 0)
    if growth:
        assert marks(found)[name].formula.endswith("，取绝对值") is (growth < 0)


@pytest.mark.parametrize(("growth", "sentence"), [(0.092, "余1年，每年须增长9.2%。"), (0.0, "已达到末期目标"), (-0.05, "已达到末期目标")])
def test_what_the_years_left_ask_for(demo: DonationProspect, growth: float, sentence: str) -> None:
    found = claim(words.finding(stretch(demo, "现值至末期", growth=growth)), "2024年为")
    assert sentence in found.sentence and found.evidence == ("指标表第12行", "监测数据")


@pytest.mark.parametrize(("second", "slope"), [(0.09, "后段更陡"), (0.01, "前段更陡"), (0.028, "前后相同")])
def test_the_steeper_stretch_is_the_steeper_one(yuexiu: DonationProspect, second: float, slope: str) -> None:
    changed = stretch(stretch(yuexiu, "基期至中期", growth=0.028), "中期至末期", growth=second)
    assert words.finding(changed).claims[0].sentence.endswith(f"，{slope}。")


@pytest.mark.parametrize(("chance", "told"), [(0.24, "机会约25%"), (0.01, "机会不足5%"), (0.99, "机会95%以上")])
def test_a_bound_is_not_called_about(demo: DonationProspect, chance: float, told: str) -> None:
    found = words.finding(dataclasses.replace(demo, trend=demo.trend.assign(chance=chance)))
    assert found.heading == f"趋势模型：达到的{told}" and claim(found, "已有5个年度数据").sentence.count(told) == 1
    assert len(found.head.quantities) == 1 and found.head.evidence == ("指标表第12行", "监测数据")


def test_fractions_of_the_heading_are_marked_by_part(yuexiu: DonationProspect) -> None:
    head = words.finding(yuexiu).head
    assert head.sentence == "约1/3至3/5，基本不可判断"
    assert [(item.text, item.name) for item in head.quantities] == [
        ("1", "各情景中最低的机会（分子）"),
        ("3", "各情景中最低的机会（分母）"),
        ("3", "各情景中最高的机会（分子）"),
        ("5", "各情景中最高的机会（分母）"),
    ]
    same = dataclasses.replace(yuexiu, chances=yuexiu.chances.assign(chance=0.4))
    assert [item.text for item in words.finding(same).head.quantities] == ["2", "5"]


def test_chances_of_scenarios_lead_to_the_ledger(yuexiu: DonationProspect) -> None:
    found = claim(words.finding(yuexiu), "两类年际起伏、三种年漂移")
    assert [item.text for item in found.quantities] == ["28", "35%", "60%", "15%", "70%"]
    assert "假设donation_log_drift" in found.evidence and found.quantities[0].evidence == ("专栏3第12行",)
    assert found.quantities[1].formula.startswith("Φ（（ln（现值÷目标）") and found.quantities[1].formula.endswith("取整到5%")


def test_periods_by_their_formula(yuexiu: DonationProspect) -> None:
    one = claim(words.changes(yuexiu), "慈善募集款物")
    found = marks(one)
    ratio = (12165.43 / 5) / (6191.83 / 5)
    assert one.evidence == ("专栏2第23行",)
    assert number(found["年均募集额的变动"].text) == round(100 * (ratio - 1), 1)
    assert number(found["折合每年的增速"].text) == round(100 * (ratio ** (1 / 5) - 1), 1)
    assert found["2016—2020年慈善募集款物合计（万元）"].formula == ""


@pytest.mark.parametrize(("growth", "told"), [(0.965, "增长96.5%"), (-0.2, "下降20%"), (0.0, "持平")])
def test_periods_rise_and_fall_by_their_number(yuexiu: DonationProspect, growth: float, told: str) -> None:
    changed = dataclasses.replace(yuexiu, periods=yuexiu.periods.assign(growth=growth))
    one = claim(words.changes(changed), "慈善募集款物")
    assert f"后一期年均额比前一期{told}；" in one.sentence
    assert ("年均募集额的变动" in marks(one)) is (growth != 0)


def test_parts_of_the_change_add_up(demo: DonationProspect) -> None:
    found = marks(claim(words.changes(demo), "对数变动"))
    whole, donations, residents = (
        number(found[f"2020—2024年{name}"].text) for name in ("人均捐赠额的对数变动×100", "捐赠总额的对数变动×100", "常住人口的作用×100")
    )
    assert whole == pytest.approx(donations + residents, abs=0.11)
    assert found["2020年数值（元/人/年）"].text == "17.5"


def test_tables_stay_plain(any_prospect: DonationProspect) -> None:
    tables = (words.required_table, words.decomposition_table, words.updates_table, words.assumptions_table)
    for table in filter(None, (build(any_prospect) for build in tables)):
        cells: pd.DataFrame = table.cells
        assert not any("\ue000" in str(cell) for cell in cells.to_numpy().ravel()) and "\ue000" not in table.title
