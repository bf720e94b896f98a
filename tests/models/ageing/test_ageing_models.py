"""Models of ageing: worked examples of the plan's district and of China, identities of cohorts, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.ageing.ages import aged, by_age
from analysis.models.ageing.backtest import GROWTH, INFLOW, ONE_RATIO, REFERENCE, entry_error_widths, error_summary, forecast_errors
from analysis.models.ageing.entries import Departures, five_year_steps, shortened, yearly_entries
from analysis.models.ageing.hamilton_perry import carried_on, cohort_change_ratios, cohort_projections, mean_ratios, one_ratio, two_ratios
from analysis.models.ageing.inflow import past_inflow, reference_step, scale_inflow
from analysis.models.ageing.life_table import five_year_survivorship, life_table, survival_from
from analysis.models.ageing.path import YearlyEntries, birth_shares, constant_growth, spread_entries, yearly_path
from analysis.models.ageing.ratios import per_thousand, share
from analysis.observations.reference_population import POPULATION, ReferencePopulation, load_areas, load_reference_population
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.ranges import Range

EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("examples.yml").read_text(encoding="utf-8"))
BEFORE, BASE = 26.50, 31.96


def told(example: dict[str, Any]) -> str:
    return str(example["sentence"])


def table(figures: dict[int, list[float]], ages: tuple[int, ...] = (55, 60, 65)) -> pd.DataFrame:
    rows = [(age, year, value) for year, values in figures.items() for age, value in zip(ages, values, strict=True)]
    return pd.DataFrame(rows, columns=["age_start", "year", "population"])


@pytest.fixture(scope="module")
def reference() -> ReferencePopulation:
    return load_reference_population()


@pytest.mark.parametrize("example", EXAMPLES["inflow"], ids=told)
def test_inflow_scaling(example: dict[str, Any]) -> None:
    inflow = past_inflow(example["before"], example["after"], example["survival"])
    assert inflow == pytest.approx(example["inflow"], abs=0.005)
    parts = scale_inflow(example["after"], inflow, example["ratio"], example["survival"])
    assert parts.total == pytest.approx(example["next"], abs=0.06)
    assert parts.survivors == pytest.approx(example["survival"] * example["after"])


@pytest.mark.parametrize("example", EXAMPLES["reference"], ids=told)
def test_what_the_reference_population_says(example: dict[str, Any], reference: ReferencePopulation) -> None:
    step = reference_step(reference.ages, example["start"])
    assert step.survival == pytest.approx(example["survival"], abs=0.0005)
    assert step.approaching / 1e6 == pytest.approx(example["approaching"], abs=0.05)
    wide = by_age(reference.ages)
    over60 = aged(wide, example["start"], 60)
    assert step.entry_ratio * over60 / step.approaching == pytest.approx(example["entry_survival"], abs=0.0005)


@pytest.mark.parametrize("example", EXAMPLES["births"], ids=told)
def test_entrants_spread_by_births_of_sixty_years_before(example: dict[str, Any], reference: ReferencePopulation) -> None:
    shares = birth_shares(reference.births, example["start"])
    assert shares == pytest.approx(example["shares"], abs=0.005)
    assert shares.sum() == pytest.approx(1)


def district(reference: ReferencePopulation, to_year: int = 2025, departures: Departures | None = None) -> YearlyEntries:
    return yearly_entries(five_year_steps(BASE, 2020, to_year, reference.ages, BEFORE, departures), reference.births)


@pytest.mark.parametrize("example", EXAMPLES["path"], ids=told)
def test_yearly_path_of_the_district(example: dict[str, Any], reference: ReferencePopulation) -> None:
    path = np.append(BASE, yearly_path(BASE, district(reference)))
    after = example["year"] - 2020
    assert path[after] == pytest.approx(example["population"], abs=0.05)
    assert (path[after] / path[after - 1] - 1) * 100 == pytest.approx(example["growth"], abs=0.05)
    assert constant_growth(BEFORE, BASE, 5, after) == pytest.approx(example["constant"], abs=0.051)


@pytest.mark.parametrize("example", EXAMPLES["life"], ids=told)
def test_life_tables_of_the_reference(example: dict[str, Any], reference: ReferencePopulation) -> None:
    rates = reference.mortality.query("period == @example['period'] and sex == @example['sex']")
    tabled = life_table(rates, example["sex"])
    assert tabled.at[0, "e"] == pytest.approx(example["life_expectancy"], abs=0.05)
    everyone = pd.read_csv(reference.deposit.path(POPULATION))
    ages = everyone.query("year == @example['ages_of'] and sex == @example['sex']").set_index("age_start")["population"]
    assert survival_from(ages, tabled) == pytest.approx(example["survival"], abs=0.005)


def test_life_table_of_both_sexes_agrees_with_the_populations_own_survival(reference: ReferencePopulation) -> None:
    rates = reference.mortality.query("period == '2015-2020' and sex == 'both'")
    ages = reference.ages.query("year == 2015").set_index("age_start")["population"]
    assert survival_from(ages, life_table(rates, "both")) == pytest.approx(reference_step(reference.ages, 2015).survival, abs=0.006)


AGES = [0, 1, *range(5, 105, 5)]


def rates_of(m: float | list[float]) -> pd.DataFrame:
    return pd.DataFrame({"age_start": AGES, "mortality_rate": m})


@given(st.lists(st.floats(1e-5, 0.5), min_size=len(AGES), max_size=len(AGES)), st.sampled_from(["male", "female", "both"]))
@settings(max_examples=60, deadline=None)
def test_life_table_accounts_for_everyone(m: list[float], sex: str) -> None:
    tabled = life_table(rates_of(m), sex)
    assert tabled["d"].sum() == pytest.approx(100_000)
    assert ((tabled["q"] > 0) & (tabled["q"] <= 1)).all()
    assert tabled["L"].sum() == pytest.approx(tabled.at[0, "T"])
    assert (tabled["d"] / tabled["L"]).to_numpy() == pytest.approx(tabled["m"].to_numpy())
    assert five_year_survivorship(tabled).between(0, 1).all()


def test_constant_rate_gives_its_inverse_as_expectation_of_life() -> None:
    tabled = life_table(rates_of(0.05), "female")
    assert tabled.loc[5:, "e"].to_numpy() == pytest.approx(20.0)
    assert tabled.at[60, "q"] == pytest.approx(1 - np.exp(-0.25))
    assert five_year_survivorship(tabled).loc[60:90].to_numpy() == pytest.approx(np.exp(-0.25))


def test_infant_deaths_come_early_as_in_coale_demeny_west() -> None:
    low, high = life_table(rates_of(0.01), "male"), life_table(rates_of(0.12), "male")
    assert low.loc[[0, 1], "a"].tolist() == pytest.approx([0.045 + 2.684 * 0.01, 1.651 - 2.816 * 0.01])
    assert high.loc[[0, 1], "a"].tolist() == pytest.approx([0.330, 1.352])
    assert life_table(rates_of(0.01), "both").at[0, "a"] == pytest.approx((0.07184 + 0.081) / 2)


@pytest.mark.parametrize(
    ("rates", "sex", "words"),
    [
        (rates_of(0.01), "x", "参数 sex"),
        (rates_of(0.01).iloc[1:], "male", "年龄组0、1、5、10"),
        (rates_of([0.01] * 21 + [0.0]), "male", "死亡率 100岁组；实际：0"),
        (rates_of([0.01] * 20 + [float("nan"), 0.1]), "male", "死亡率 95岁组；实际：nan"),
        (rates_of([-0.01] * 22), "male", "发现22处问题"),
        (rates_of(5.0), "male", "死亡概率超过1"),
    ],
)
def test_defective_rates_are_refused(rates: pd.DataFrame, sex: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        life_table(rates, sex)


def test_survival_needs_the_same_ages() -> None:
    tabled = life_table(rates_of(0.05), "both")
    with pytest.raises(InputError, match="105"):
        survival_from(pd.Series({60: 1.0, 105: 1.0}), tabled)
    with pytest.raises(InputError, match="没有人"):
        survival_from(pd.Series({60: 0.0}), tabled)
    one = survival_from(pd.Series({55: 5.0, 60: 1.0, 95: 3.0, 100: 2.0}), tabled)
    shares = five_year_survivorship(tabled)
    assert one == pytest.approx((shares[60] + 5 * shares[95]) / 6)


# ---- Hamilton–Perry

counts = st.floats(1.0, 1e6)
three = st.lists(counts, min_size=3, max_size=3)


@given(three)
def test_a_stationary_closed_population_returns_itself(groups: list[float]) -> None:
    ages = table({2015: groups, 2020: groups})
    assert two_ratios(ages, 2020).total == pytest.approx(groups[1] + groups[2])
    assert one_ratio(ages, 2020) == pytest.approx(groups[1] + groups[2])


@given(three, st.floats(0.5, 1.0), st.floats(0.5, 1.0), counts)
def test_constant_survival_is_exact(start: list[float], reaching: float, staying: float, next_cohort: float) -> None:
    """People who survive at the same two ratios in both steps are projected exactly."""
    middle = [next_cohort, reaching * start[0], staying * (start[1] + start[2])]
    ages = table({2015: start, 2020: middle})
    parts = two_ratios(ages, 2020)
    assert parts.entrants == pytest.approx(reaching * next_cohort)
    assert parts.survivors == pytest.approx(staying * (middle[1] + middle[2]))
    full = cohort_projections(ages, 2020).set_index("method")
    assert full.at["全部年龄", "total"] == pytest.approx(parts.total)


@given(three, three, three, three)
def test_parts_add_up_and_the_synthetic_lies_between(a: list[float], b: list[float], c: list[float], d: list[float]) -> None:
    local, other = table({2015: a, 2020: b}), table({2015: c, 2020: d})
    rows = cohort_projections(local, 2020, other).set_index("method")
    told_apart = rows.drop(index="单比")
    assert (told_apart["survivors"] + told_apart["entrants"] - told_apart["total"]).abs().max() == pytest.approx(0, abs=1e-6)
    theirs = mean_ratios(cohort_change_ratios(local, 2015), cohort_change_ratios(other, 2015), 1.0)
    by_theirs = carried_on(local, 2020, theirs)["population"].sum()
    low, high = sorted((rows.at["双比", "total"], by_theirs))
    assert low * (1 - 1e-9) <= rows.at["综合", "total"] <= high * (1 + 1e-9)
    assert rows.at["综合", "total"] == pytest.approx((low + high) / 2)


def test_hamilton_perry_on_china_comes_near_the_united_nations(reference: ReferencePopulation) -> None:
    actual = reference.ages.query("year == 2025 and age_start >= 60")["population"].sum()
    rows = cohort_projections(reference.ages, 2020)
    assert (rows["total"] / actual - 1).abs().max() < 0.01
    assert len(carried_on(reference.ages, 2020, cohort_change_ratios(reference.ages, 2015))) == 20


def test_ratios_by_hand() -> None:
    ages = table({0: [10, 8, 6, 6], 5: [11, 9.5, 4, 8]}, (55, 60, 65, 70))
    assert cohort_change_ratios(ages, 0).to_dict() == pytest.approx({55: 0.95, 60: 0.5, 65: 8 / 12})
    after = carried_on(ages, 5, pd.Series({55: 1.0, 60: 0.5, 65: 0.25}))
    assert after["age_start"].tolist() == [60, 65, 70] and set(after["year"]) == {10}
    assert after["population"].tolist() == [11.0, 4.75, 3.0]
    assert one_ratio(ages, 5) == pytest.approx(21.5 / 30 * 32.5)
    pair = two_ratios(ages, 5)
    assert (pair.survivors, pair.entrants) == pytest.approx((12 / 20 * 21.5, 0.95 * 11))


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        (table({2015: [1, 2, 3]}), "没有2020年"),
        (table({2015: [1, 2], 2020: [1, 2]}, (55, 60)), "没有从65岁起的年龄组"),
        (table({2015: [0, 2, 3], 2020: [1, 2, 3]}), "大于0"),
        (table({2015: [1, 2, 3], 2020: [1, -2, 3]}), "2020年 60岁组；实际：-2"),
        (table({2015: [1, 2, 3], 2020: [1, float("nan"), 3]}), "2020年 60岁组；实际：nan"),
        (table({2015: [1, 2, 3], 2020: [1, 2, 3]}, (55, 60, 70)), "70岁组之前有缺"),
        (table({2015: [1, 2, 3], 2020: [1, 2, 3]}).iloc[:-1], "2020年缺年龄组"),
        (pd.concat([table({2015: [1, 2, 3]})] * 2), "有多行"),
        (table({2015: [1, 2, 3]}).drop(columns="year"), "缺列 year"),
    ],
)
def test_defective_tables_are_refused(ages: pd.DataFrame, words: str) -> None:
    with pytest.raises(InputError, match=words):
        two_ratios(ages, 2020)


def test_ratios_of_other_ages_are_refused() -> None:
    ages = table({2015: [1, 2, 3], 2020: [1, 2, 3]})
    with pytest.raises(InputError, match="同一年龄分组"):
        carried_on(ages, 2020, pd.Series({60: 1.0}))
    ratios = cohort_change_ratios(ages, 2015)
    for other, weight in ((ratios.iloc[:1], 0.5), (ratios, 1.5)):
        with pytest.raises(InputError, match="权重"):
            mean_ratios(ratios, other, weight)


# ---- inflow, path, entries


@pytest.mark.parametrize(("before", "after", "survival"), [(0, 1, 0.8), (1, -1, 0.8), (1, 1, 1.2), (10, 7, 0.8)])
def test_totals_that_no_inflow_fits_are_refused(before: float, after: float, survival: float) -> None:
    with pytest.raises(InputError):
        past_inflow(before, after, survival)


@given(st.floats(0.5, 1.0), st.lists(st.floats(0.5, 3), min_size=5, max_size=5), st.floats(0.1, 100), st.floats(1, 100))
def test_the_yearly_path_meets_the_five_year_total(survival: float, births: list[float], entrants: float, base: float) -> None:
    shares = birth_shares(pd.Series(births, index=range(1961, 1966)), 2020)
    entries = spread_entries(entrants, shares, survival)
    path = yearly_path(base, YearlyEntries(2020, np.full(5, survival ** (1 / 5)), entries))
    assert path[-1] == pytest.approx(survival * base + entrants)
    assert entries / entries.sum() == pytest.approx(shares)


def test_steps_of_the_district_to_2035(reference: ReferencePopulation) -> None:
    steps = five_year_steps(BASE, 2020, 2033, reference.ages, BEFORE)
    assert [step.end for step in steps] == [2025, 2030, 2035]
    approaching = [116.66, 112.59]  # million aged 55–59 in 2025 and 2030, against 78.22 in 2015
    assert [step.cohort_ratio for step in steps[1:]] == pytest.approx([number / 78.22 for number in approaching], rel=1e-3)
    assert [step.parts.total for step in steps] == pytest.approx([38.92, 47.70, 54.89], abs=0.01)
    path = yearly_path(BASE, district(reference, 2035))
    assert path[[4, 9, 14]] == pytest.approx([step.parts.total for step in steps])
    short = shortened(district(reference, 2035), 2027)
    assert list(short.years) == list(range(2021, 2028)) and yearly_path(BASE, short) == pytest.approx(path[:7])


def test_departures_move_one_thing_each(reference: ReferencePopulation) -> None:
    def end(off: Departures) -> float:
        return five_year_steps(BASE, 2020, 2025, reference.ages, BEFORE, off)[0].parts.total

    middle = end(Departures())
    assert middle == pytest.approx(38.92, abs=0.01)
    assert end(Departures(cohort_scale=0.85)) == pytest.approx(37.05, abs=0.01)
    assert end(Departures(cohort_scale=1.15)) == pytest.approx(40.80, abs=0.01)
    assert abs(end(Departures(survival_shift=0.03)) - middle) < 0.1
    assert abs(end(Departures(survival_shift=-0.03)) - middle) < 0.1
    assert end(Departures(net_migration=0.02)) - middle == pytest.approx(0.02 * BASE)


def test_without_an_earlier_total_the_reference_gives_the_inflow(reference: ReferencePopulation) -> None:
    steps = five_year_steps(10.0, 2020, 2030, reference.ages)
    first = reference_step(reference.ages, 2020)
    assert steps[0].parts.total == pytest.approx(10 * (first.survival + first.entry_ratio))
    assert steps[1].parts.entrants / steps[0].parts.entrants == pytest.approx(
        reference_step(reference.ages, 2025).approaching / first.approaching
    )


@pytest.mark.parametrize(
    ("kwargs", "words"),
    [
        ({"to_year": 2020}, "晚于2020年"),
        ({"to_year": 2055}, "没有2055年"),
        ({"to_year": 2025, "departures": Departures(survival_shift=0.5)}, "存活比"),
        ({"to_year": 2025, "earlier": 60.0}, "期末不少于"),
    ],
)
def test_steps_out_of_reach_are_refused(kwargs: dict[str, Any], words: str, reference: ReferencePopulation) -> None:
    with pytest.raises(InputError, match=words):
        five_year_steps(BASE, 2020, ages=reference.ages, **({"earlier": BEFORE} | kwargs))


def test_missing_births_and_bad_totals_are_refused() -> None:
    with pytest.raises(InputError, match="缺1965年"):
        birth_shares(pd.Series([1.0] * 4, index=range(1961, 1965)), 2020)
    with pytest.raises(InputError, match="恒定增速"):
        constant_growth(0, 1, 5, [1])


# ---- ratios


def test_share_and_density_take_the_far_ends() -> None:
    assert share(Range(1, 2, 3), Range(10, 20, 30)) == pytest.approx((1 / 30, 0.1, 0.3))
    assert per_thousand(Range(100, 200, 300), Range(1, 2, 4)) == pytest.approx((2.5, 10, 30))


@pytest.mark.parametrize(
    ("part", "whole"), [(Range(1, 2, 3), Range(0, 1, 2)), (Range(3, 2, 1), Range(5, 6, 7)), (Range(1, 2, 9), Range(8, 9, 10))]
)
def test_impossible_shares_are_refused(part: Range, whole: Range) -> None:
    with pytest.raises(InputError):
        share(part, whole)


# ---- back-test


def areas_of(growth: float, local: float = 1.0) -> pd.DataFrame:
    """A reference that grows evenly, and an area that is a tenth of it and grows ``local`` times as fast."""
    rows: list[tuple[Any, ...]] = []
    for i, year in enumerate(range(2000, 2025, 5)):
        size = growth**i
        rows.append(("州", "", year, 100 * size, 200 * size, 150 * size))
        rows.append(("甲", "州", year, 10 * size * local**i, 20 * size * local**i, 15 * size * local**i))
    return pd.DataFrame(rows, columns=["area", "reference", "year", "population_55_59", "population_60plus", "population_65plus"])


def test_an_area_like_its_reference_is_foretold_exactly() -> None:
    errors = forecast_errors(areas_of(1.1))
    assert set(errors["method"]) == {INFLOW, ONE_RATIO, REFERENCE, GROWTH}
    assert errors["error"].abs().max() == pytest.approx(0, abs=1e-12)
    assert errors.loc[errors["method"] == INFLOW, "entry_scale"].to_numpy() == pytest.approx(1)
    assert errors.groupby("horizon").size().to_dict() == {5: 12, 10: 6, 15: 3}


def test_an_area_that_grows_faster_is_missed_by_the_reference_alone() -> None:
    errors = forecast_errors(areas_of(1.1, local=1.02)).query("horizon == 5").groupby("method")["error"].mean()
    assert errors[GROWTH] == pytest.approx(0, abs=1e-12) and errors[ONE_RATIO] == pytest.approx(0, abs=1e-12)
    assert errors[REFERENCE] == pytest.approx(np.log(1.02))
    # I = (22.44 − 0.825·20); next = 0.825·22.44 + I·1.1 = 25.047; came 25.1777 (units of the second date).
    assert errors[INFLOW] == pytest.approx(np.log(22.44 * 1.1 * 1.02 / (0.825 * 22.44 + (22.44 - 0.825 * 20) * 1.1)))


def test_summary_and_widths_by_hand() -> None:
    errors = pd.DataFrame(
        {
            "area": list("abcde"),
            "start": 2000,
            "horizon": 5,
            "method": INFLOW,
            "error": [-0.1, 0.0, 0.1, 0.2, np.nan],
            "entry_scale": [0.8, 0.9, 1.0, 1.3, np.nan],
        }
    )
    row = error_summary(errors).iloc[0]
    assert (row["n"], row["areas"]) == (4, 5)
    assert (row["mean_percent"], row["bias_percent"]) == pytest.approx((10, 5))
    assert row["within_80"] == pytest.approx(np.quantile([0, 0.1, 0.1, 0.2], 0.8))
    assert row["within_95"] == pytest.approx(np.quantile([0, 0.1, 0.1, 0.2], 0.95))
    assert entry_error_widths(errors)[5] == pytest.approx(np.diff(np.quantile([0.8, 0.9, 1.0, 1.3], [0.1, 0.9]))[0] / 2)


def test_negative_inflow_is_refused_not_projected() -> None:
    areas = areas_of(1.0)
    areas.loc[(areas["area"] == "甲") & (areas["year"] == 2010), "population_60plus"] = 1.0
    errors = forecast_errors(areas)
    errors = errors[(errors["method"] == INFLOW) & (errors["start"] == 2010)]
    assert errors["error"].isna().all() and errors["entry_scale"].isna().all()


def test_areas_without_reference_are_refused() -> None:
    areas = areas_of(1.0)
    with pytest.raises(InputError, match="州"):
        forecast_errors(areas[areas["area"] != "州"])
    with pytest.raises(InputError, match="缺列 year"):
        forecast_errors(areas.drop(columns="year"))


def test_all_areas_rank_the_methods() -> None:
    errors = error_summary(forecast_errors(load_areas())).query("horizon == 5").set_index("method")["mean_percent"]
    assert errors[ONE_RATIO] < errors[INFLOW] < errors[GROWTH] < errors[REFERENCE]
