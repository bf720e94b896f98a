"""Donations per resident: accounting without a remainder, growth required, chances under assumed drift and volatility."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.archive.assumptions import load_assumption
from analysis.models.donation_chances import chance_after, chance_grid, chance_of_target
from analysis.models.donations import decompose, growth_between_periods, require_positive, required_growth, without_largest
from analysis.vocabulary.errors import InputError

EXAMPLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("donations.yml").read_text(encoding="utf-8"))
TABLE = EXAMPLES["chances"]
COLUMNS = ["year", "donations_10000yuan", "resident_population_10000persons"]
POSITIVE = st.floats(0.01, 1e6)
LEVEL, SIGMA, DRIFT = st.floats(1, 100), st.floats(0.02, 1.0), st.floats(-0.3, 0.3)


def years_of(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def sentence(example: dict[str, Any]) -> str:
    return str(example["sentence"])[:24]


@pytest.mark.parametrize("example", EXAMPLES["required"], ids=sentence)
def test_required_growth(example: dict[str, Any]) -> None:
    found = required_growth(example["start"], example["target"], example["years"], example["rounding"])
    assert [100 * growth for growth in found] == pytest.approx([example["low"], example["growth"], example["high"]], abs=0.05)


@given(LEVEL, LEVEL, st.integers(1, 10), st.floats(0, 1))
def test_required_growth_arrives(start: float, target: float, years: int, unit: float) -> None:
    low, growth, high = required_growth(start, target, years, unit)
    assert start * (1 + growth) ** years == pytest.approx(target)
    assert (start + unit / 2) * (1 + low) ** years == pytest.approx(target)
    assert (start - unit / 2) * (1 + high) ** years == pytest.approx(target)
    assert low <= growth <= high


@pytest.mark.parametrize("example", EXAMPLES["periods"], ids=sentence)
def test_periods(example: dict[str, Any]) -> None:
    totals = pd.DataFrame(example["totals"], columns=["period_start", "period_end", "total"])
    row = growth_between_periods(totals).iloc[0]
    assert [100 * row["growth"], row["years_between"], 100 * row["yearly_growth"]] == pytest.approx(
        [example["growth"], example["between"], example["yearly"]], abs=0.05
    )
    assert row["first_mean"] == pytest.approx(totals["total"][0] / (totals["period_end"][0] - totals["period_start"][0] + 1))
    assert [row["first_total"], row["last_total"]] == totals["total"].tolist()
    assert row["first_period"] == "2011—2015"


@pytest.mark.parametrize("example", EXAMPLES["decomposition"], ids=sentence)
def test_decomposition(example: dict[str, Any]) -> None:
    row = decompose(years_of(example["years"])).iloc[0]
    names = ["per_resident", "donations", "residents"]
    assert row[names].tolist() == pytest.approx([example[name] for name in names], abs=5e-5)
    (first, *start), (last, *end) = example["years"]
    assert row[["first_year", "last_year", "per_resident_first", "per_resident_last"]].tolist() == [
        first, last, start[0] / start[1], end[0] / end[1],
    ]  # fmt: skip


@given(st.lists(st.tuples(POSITIVE, POSITIVE, POSITIVE), min_size=2, max_size=8))
def test_decomposition_leaves_no_remainder(rows: list[tuple[float, float, float]]) -> None:
    years = pd.DataFrame(rows, columns=[*COLUMNS[1:], "price_index"]).assign(year=range(2015, 2015 + len(rows)))
    table = decompose(years.sample(frac=1, random_state=1))  # order of rows makes no difference
    assert table["first_year"].tolist() == list(range(2015, 2014 + len(rows)))
    np.testing.assert_allclose(table["per_resident"] - table["donations"] - table["residents"], 0, atol=1e-9)
    np.testing.assert_allclose(table["real_per_resident"] - table[["donations", "residents", "prices"]].sum(axis=1), 0, atol=1e-9)
    whole = math.log(rows[-1][0] / rows[-1][1]) - math.log(rows[0][0] / rows[0][1])
    assert table["per_resident"].sum() == pytest.approx(whole, abs=1e-9)
    assert "prices" not in decompose(years.drop(columns="price_index"))


def test_prices_take_away_what_is_not_real() -> None:
    """捐赠总额增10%，物价涨10%，人口不变：实际人均没有变化。"""
    years = years_of([[2020, 100, 10], [2021, 110, 10]]).assign(price_index=[100, 110])
    row = decompose(years).iloc[0]
    assert row["prices"] == pytest.approx(-math.log(1.1))
    assert row["real_per_resident"] == pytest.approx(0, abs=1e-12)


GIFTS = pd.DataFrame({"year": [2021, 2021, 2021, 2022], "gift_10000yuan": [300.0, 20.0, 80.0, 50.0]})
TWO_YEARS = years_of([[2021, 1000, 50], [2022, 900, 50]])


def test_largest_gifts_are_shown_apart() -> None:
    """2021年总额1000万元，最大一笔300万元占30%，其余700÷50＝14元；2022年最大一笔50万元，余850÷50＝17元：不计最大一笔是上升的。"""
    table = without_largest(TWO_YEARS, GIFTS, 1).set_index("year")
    assert table["largest_gifts_10000yuan"].tolist() == [300, 50]
    assert table["largest_share"].tolist() == pytest.approx([0.3, 50 / 900])
    assert table["per_resident"].tolist() == [20, 18]
    assert table["per_resident_without"].tolist() == [14, 17]


def test_a_year_with_fewer_gifts_than_asked_for_is_left_out() -> None:
    table = without_largest(TWO_YEARS, GIFTS, 2)
    assert table[["year", "largest_gifts_10000yuan"]].values.tolist() == [[2021, 380]]


@pytest.mark.parametrize("row", TABLE["rows"], ids=sentence)
def test_whole_table_of_chances(row: dict[str, Any]) -> None:
    drift = math.log(28 / 23) / 5 if row["mu"] == "required" else row["mu"]
    found = chance_grid(23, 28, 5, [drift], TABLE["sigmas"])
    assert found["sigma"].tolist() == TABLE["sigmas"] and set(found["drift"]) == {drift}
    assert found["chance"].tolist() == pytest.approx(row["chances"], abs=0.00501)


@pytest.mark.parametrize("example", EXAMPLES["midterm"], ids=lambda item: f"{item['level']}-{item['sigma']}")
def test_chances_at_the_midterm(example: dict[str, Any]) -> None:
    (row,) = chance_after({2023: example["level"]}, 28, 2025, [example["sigma"]], 0, 0.04).to_dict("records")
    assert row["chance"] == pytest.approx(example["chance"], abs=0.00501)
    assert (row["year"], row["level"], row["years_left"]) == (2023, example["level"], 2)


@given(LEVEL, LEVEL, st.integers(1, 8), DRIFT, SIGMA, st.floats(0, 0.2))
def test_chance_falls_with_the_target_and_rises_with_level_and_drift(
    level: float, target: float, years: int, drift: float, sigma: float, tau: float
) -> None:
    chance = chance_of_target(level, target, years, drift, sigma, tau)
    assert 0 <= chance <= 1
    assert chance >= chance_of_target(level, target * 1.1, years, drift, sigma, tau)
    assert chance <= chance_of_target(level * 1.1, target, years, drift, sigma, tau)
    assert chance <= chance_of_target(level, target, years, drift + 0.01, sigma, tau)


@given(LEVEL, LEVEL, st.integers(1, 8), SIGMA, st.floats(0, 0.2))
def test_required_drift_is_a_coin_flip_and_swapping_ends_gives_the_complement(
    level: float, target: float, years: int, sigma: float, tau: float
) -> None:
    assert chance_of_target(level, target, years, math.log(target / level) / years, sigma, tau) == pytest.approx(0.5)
    up, down = chance_of_target(level, target, years, 0, sigma, tau), chance_of_target(target, level, years, 0, sigma, tau)
    assert up + down == pytest.approx(1)


def test_chance_agrees_with_simulated_walks() -> None:
    """模拟四十万条对数随机游走，漂移本身不确定：达到目标的比例与公式相差不超过三个标准误。"""
    rng = np.random.default_rng(20251231)
    walks = 400_000
    drift = rng.normal(0.02, 0.05, walks)
    ends = math.log(23) + (drift[:, None] + rng.normal(0, 0.2, (walks, 5))).sum(axis=1)
    share = float((ends >= math.log(28)).mean())
    expected = chance_of_target(23, 28, 5, 0.02, 0.2, 0.05)
    assert share == pytest.approx(expected, abs=3 * math.sqrt(0.25 / walks))


@pytest.mark.parametrize("class_id", EXAMPLES["volatility"])
def test_ledger_follows_from_published_figures(class_id: str) -> None:
    example = EXAMPLES["volatility"][class_id]
    figures = dict(example["figures"])
    for year, percent in example["growth_percent"].items():
        figures[year - 1] = figures[year] / (1 + percent / 100)
    years = sorted(figures)
    assert years == list(range(years[0], years[-1] + 1))
    changes = np.diff(np.log([figures[year] for year in years]))
    without_one = [np.delete(changes, left_out).std(ddof=1) for left_out in range(len(changes))]
    entry = load_assumption(class_id)
    assert [entry.low, entry.mid, entry.high] == pytest.approx([min(without_one), changes.std(ddof=1), max(without_one)], abs=5.1e-4)
    assert f"{len(changes)}个年度变动" in entry.definition and str(years[-1]) in entry.definition


ERRORS: dict[str, tuple[Callable[[], object], str]] = {
    "一年": (lambda: decompose(TWO_YEARS.head(1)), "1个年份"),
    "缺列": (lambda: decompose(TWO_YEARS.drop(columns="resident_population_10000persons")), "缺常住人口"),
    "空缺": (lambda: decompose(TWO_YEARS.assign(donations_10000yuan=[math.nan, 1])), "2021年捐赠总额（万元）；实际：空缺"),
    "零": (lambda: decompose(TWO_YEARS.assign(donations_10000yuan=[1, 0])), "2022年捐赠总额（万元）；实际：0"),
    "重复": (lambda: decompose(pd.concat([TWO_YEARS, TWO_YEARS.tail(1)])), "2022年；实际：出现两次"),
    "价格": (lambda: decompose(TWO_YEARS.assign(price_index=[100, -1])), "2022年价格指数；实际：-1"),
    "笔数": (lambda: without_largest(TWO_YEARS, GIFTS, 0), "参数 largest"),
    "没有总额": (lambda: without_largest(TWO_YEARS, GIFTS.assign(year=2019), 1), "2019年单笔捐赠；实际：该年没有捐赠总额"),
    "超过总额": (
        lambda: without_largest(TWO_YEARS, GIFTS.assign(gift_10000yuan=[900, 101, 1, 1]), 1),
        "合计1002万元，大于该年总额1000万元",
    ),
    "笔数不够": (lambda: without_largest(TWO_YEARS, GIFTS, 4), "没有一年列有4笔"),
    "负的捐赠": (lambda: without_largest(TWO_YEARS, GIFTS.assign(gift_10000yuan=-1.0), 1), "单笔捐赠（万元）；实际：-1"),
    "一期": (lambda: growth_between_periods(pd.DataFrame({"period_start": [1], "period_end": [2], "total": [1]})), "1期"),
    "重叠": (
        lambda: growth_between_periods(pd.DataFrame({"period_start": [2011, 2015], "period_end": [2015, 2020], "total": [1, 2]})),
        "2011—2015、2015—2020",
    ),
    "倒置": (
        lambda: growth_between_periods(pd.DataFrame({"period_start": [2015, 2016], "period_end": [2011, 2020], "total": [1, 2]})),
        "2015—2011",
    ),
    "零合计": (
        lambda: growth_between_periods(pd.DataFrame({"period_start": [2011, 2016], "period_end": [2015, 2020], "total": [0, 2]})),
        "2011年起的合计；实际：0",
    ),
    "起点": (lambda: required_growth(0.4, 28, 5, 1), "起点；实际：-0.1"),
    "年数": (lambda: required_growth(23, 28, 0), "年数；实际：0"),
    "没有剩余年数": (lambda: chance_of_target(23, 28, 0, 0, 0.1), "剩余年数；实际：0"),
    "没有起伏": (lambda: chance_of_target(23, 28, 5, 0, 0), "起伏σ；实际：0"),
    "负的不确定": (lambda: chance_of_target(23, 28, 5, 0, 0.1, -0.1), "后者不为负"),
    "漂移不是数": (lambda: chance_of_target(23, 28, 5, math.nan, 0.1), "有限的数"),
    "末年已到": (lambda: chance_after({2025: 28.0}, 28, 2025, [0.1], 0, 0), "剩余年数"),
    "几处": (lambda: require_positive({"甲": 0, "乙": math.inf, "丙": 1}), "发现2处问题"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_bad_input_is_refused_with_its_place(name: str) -> None:
    call, words = ERRORS[name]
    with pytest.raises(InputError) as caught:
        call()
    assert words in str(caught.value)
    assert all(problem.expected and problem.action for problem in caught.value.problems)
