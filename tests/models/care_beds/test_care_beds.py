"""Care beds: norms, growth, needs, supply, gap, decomposition; indices against known answers; what the models refuse."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.care_beds.density import decompose, density
from analysis.models.care_beds.gap import gap_matrix
from analysis.models.care_beds.needs import INPUTS, beds_needed, beds_needed_by_age, draw_inputs, residents
from analysis.models.care_beds.norm import beds_for_norm, beds_for_share, nursing_beds, yearly_growth_to
from analysis.models.care_beds.sensitivity import sobol_indices, spread, tornado, width_when_known
from analysis.models.care_beds.supply import FLAT, GROWTH, LINEAR, pipeline_supply, supply_scenarios
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.ranges import Range

EXAMPLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("examples.yml").read_text(encoding="utf-8"))
RANGES = {name: Range(*values) for name, values in EXAMPLES["placeholder_ranges"].items()}

NOW = 4983
BEDS, ELDERS = st.floats(1, 1e6), st.floats(1e3, 1e7)
RATIO, SHARE = st.floats(0.01, 1), st.floats(0, 0.5)


def sentence(example: dict[str, Any]) -> str:
    return str(example.get("sentence", example.get("input")))[:24]


@pytest.mark.parametrize("example", EXAMPLES["norms"], ids=sentence)
def test_norm(example: dict[str, Any]) -> None:
    assert beds_for_norm(example["norm"], example["elders"]) == pytest.approx(example["need"])
    matrix = gap_matrix({"中": example["elders"]}, {"甲": example["norm"]}, {"不增": NOW})
    assert matrix["gap"].tolist() == pytest.approx([example["gap"]])


@pytest.mark.parametrize("example", EXAMPLES["growth"], ids=sentence)
def test_growth(example: dict[str, Any]) -> None:
    assert 100 * yearly_growth_to(example["beds"], example["need"], example["years"]) == pytest.approx(example["percent"], abs=0.05)


@pytest.mark.parametrize("example", EXAMPLES["shares"], ids=sentence)
def test_share_of_elders(example: dict[str, Any]) -> None:
    assert beds_for_share(example["share"], example["elders"], example["occupancy"]) == pytest.approx(example["beds"], abs=0.5)


@pytest.mark.parametrize("example", EXAMPLES["nursing"], ids=sentence)
def test_nursing(example: dict[str, Any]) -> None:
    assert nursing_beds(example["beds"], example["share"]) == pytest.approx(example["nursing"], abs=0.5)


@pytest.mark.parametrize("example", EXAMPLES["density"], ids=sentence)
def test_density(example: dict[str, Any]) -> None:
    levels = [density(*pair) for pair in zip(example["beds"], example["elders"], strict=True)]
    assert levels == pytest.approx(example["density"], abs=0.005)
    change = decompose(tuple(example["beds"]), tuple(example["elders"]))
    assert list(change) == pytest.approx([example[f"ln_{part}"] for part in ("density", "beds", "elders")], abs=0.0005)


@pytest.mark.parametrize("example", EXAMPLES["supply"], ids=sentence)
def test_supply(example: dict[str, Any]) -> None:
    table = supply_scenarios((2015, 3309), (2020, NOW), 2025)
    assert len(table) == 18 and table["scenario"].unique().tolist() == [FLAT, LINEAR, GROWTH]
    row = table[table["year"] == example["year"]].set_index("scenario")["beds"]
    assert [row[FLAT], row[LINEAR], row[GROWTH]] == pytest.approx([example["flat"], example["linear"], example["growth"]], abs=0.05)


@pytest.mark.parametrize("example", EXAMPLES["needs"], ids=sentence)
def test_needs(example: dict[str, Any]) -> None:
    assert beds_needed({name: example[name] for name in INPUTS}) == pytest.approx(example["beds"], abs=0.5)


@pytest.mark.parametrize("example", EXAMPLES["pipeline"], ids=sentence)
def test_pipeline(example: dict[str, Any]) -> None:
    rows = [(200, 2023, 0.8, 0.9, 1.0), (300, 2025, 0.3, 0.5, 0.8)]
    projects = pd.DataFrame(rows, columns=["beds", "opening_year", "low", "mid", "high"])
    table = pipeline_supply(projects, (2020, NOW), 2026).set_index("year")
    assert table.index.tolist() == list(range(2020, 2027))
    assert table.loc[example["year"]].tolist() == pytest.approx([example[level] for level in ("low", "mid", "high")])


def test_tornado_of_the_placeholder_ranges() -> None:
    table = tornado(beds_needed, RANGES)
    assert table["input"].tolist() == [row["input"] for row in EXAMPLES["tornado"]]
    assert table["swing"].tolist() == pytest.approx([row["swing"] for row in EXAMPLES["tornado"]], abs=1)
    assert table["centre"].tolist() == pytest.approx([13165] * 7, abs=0.5)
    fuller = table.set_index("input").loc["occupancy"]
    assert fuller["at_low"] > fuller["centre"] > fuller["at_high"]
    assert (fuller["low"], fuller["mid"], fuller["high"]) == (0.5, 0.7, 0.9)


def test_sobol_of_the_placeholder_ranges() -> None:
    table = sobol_indices(beds_needed, RANGES, 1024, 20)
    found = dict(zip(table["input"], table["total"], strict=True))
    assert found == pytest.approx({row["input"]: row["total"] for row in EXAMPLES["sobol"]}, abs=0.015)
    assert table["total"].is_monotonic_decreasing
    assert table["input"].iloc[[0, -1]].tolist() == ["occupancy", "elders"]
    assert ((table["total_error"] > 0) & (table["total_error"] < 0.05)).all()
    again = sobol_indices(beds_needed, RANGES, 1024, 20)
    pd.testing.assert_frame_equal(table, again)


def test_sobol_of_the_ishigami_function() -> None:
    def ishigami(values: Mapping[str, Any]) -> Any:
        return np.sin(values["x1"]) + 7 * np.sin(values["x2"]) ** 2 + 0.1 * values["x3"] ** 4 * np.sin(values["x1"])

    ranges = {f"x{i}": Range(-math.pi, 0.0, math.pi) for i in (1, 2, 3)}
    table = sobol_indices(ishigami, ranges, 4096, 1).set_index("input")
    for row in EXAMPLES["ishigami"]:
        assert table.at[row["input"], "first_order"] == pytest.approx(row["first_order"], abs=0.015)
        assert table.at[row["input"], "total"] == pytest.approx(row["total"], abs=0.015)


def test_spread_of_the_placeholder_ranges() -> None:
    low, mid, high = spread(beds_needed(draw_inputs(RANGES, 100_000, 1)))
    assert [low, mid, high] == pytest.approx([9_100, 15_600, 25_700], rel=0.02)


def test_ten_thousand_draws_stay_in_range_and_repeat() -> None:
    draws = draw_inputs(RANGES, 10_000, 5)
    for name, (low, _, high) in RANGES.items():
        assert draws[name].shape == (10_000,)
        assert low <= draws[name].min() < draws[name].max() <= high
        assert draws[name].mean() == pytest.approx((low + high) / 2, rel=0.02)
    assert np.abs(np.corrcoef(np.array(list(draws.values()))) - np.eye(7)).max() < 0.05
    np.testing.assert_array_equal(draws["severe"], draw_inputs(RANGES, 10_000, 5)["severe"])
    assert not np.array_equal(draws["severe"], draw_inputs(RANGES, 10_000, 6)["severe"])


def test_knowing_more_leaves_less_open() -> None:
    known: list[str] = []
    widths = [width_when_known(beds_needed, RANGES, known, 1)]
    for name in ("occupancy", "use_severe", "use_moderate", "severe", "use_other", "moderate", "elders"):
        known.append(name)
        widths.append(width_when_known(beds_needed, RANGES, known, 1))
    assert all(after < before for before, after in pairwise(widths))
    assert widths[-1] == pytest.approx(0, abs=1e-6)
    # Only b is left: nine tenths of its range, whatever a is.
    plain = {"a": Range(0, 1, 2), "b": Range(0, 5, 10)}
    assert width_when_known(lambda v: v["a"] + v["b"], plain, ["a"], 1) == pytest.approx(9, rel=0.02)
    assert width_when_known(lambda v: v["a"] + v["b"], plain, ["a", "a"], 1) == width_when_known(lambda v: v["a"] + v["b"], plain, ["a"], 1)


@given(ELDERS, SHARE, SHARE, RATIO, RATIO, RATIO, RATIO)
def test_needs_are_a_weighted_mean_of_the_uses(
    elders: float, severe: float, moderate: float, use_severe: float, use_moderate: float, use_other: float, occupancy: float
) -> None:
    values = dict(zip(INPUTS, (elders, severe, moderate, use_severe, use_moderate, use_other, occupancy), strict=True))
    housed = residents(values)
    uses = (use_severe, use_moderate, use_other)
    assert elders * min(uses) * (1 - 1e-9) <= housed <= elders * max(uses) * (1 + 1e-9)
    assert beds_needed(values) * occupancy == pytest.approx(housed)
    assert beds_needed(values | {"elders": 2 * elders}) == pytest.approx(2 * beds_needed(values))


@given(st.lists(st.tuples(ELDERS, SHARE, SHARE), min_size=1, max_size=5), RATIO)
def test_age_groups_add_up_to_the_whole(groups: list[tuple[float, float, float]], occupancy: float) -> None:
    rates = {"use_severe": 0.3, "use_moderate": 0.08, "use_other": 0.006}
    ages = pd.DataFrame(groups, columns=["elders", "severe", "moderate"]).assign(age=range(len(groups)), **rates)
    table = beds_needed_by_age(ages, occupancy)
    total = float(ages["elders"].sum())
    pooled = {name: float((ages["elders"] * ages[name]).sum()) / total for name in ("severe", "moderate")}
    assert table["beds"].sum() == pytest.approx(beds_needed({"elders": total, **pooled, **rates, "occupancy": occupancy}))
    assert (table["beds"] * occupancy).tolist() == pytest.approx(table["residents"].tolist())
    assert table["age"].tolist() == list(range(len(groups)))


@given(BEDS, BEDS, ELDERS, ELDERS)
def test_the_decomposition_leaves_no_remainder(first: float, last: float, before: float, after: float) -> None:
    change = decompose((first, last), (before, after))
    assert change.density == pytest.approx(math.log(density(last, after) / density(first, before)), abs=1e-9)
    assert change.beds + change.elders - change.density == pytest.approx(0, abs=1e-12)
    assert change.elders == pytest.approx(math.log(before / after), abs=1e-12)


@given(BEDS, BEDS, st.integers(1, 15))
def test_growth_arrives(beds: float, need: float, years: int) -> None:
    assert beds * (1 + yearly_growth_to(beds, need, years)) ** years == pytest.approx(need)


@given(st.floats(1000, 9000), st.floats(1.0, 3.0), st.integers(1, 10))
def test_where_beds_grew_growth_outruns_steps_and_steps_outrun_none(first: float, ratio: float, ahead: int) -> None:
    table = supply_scenarios((2015, first), (2020, first * ratio), 2020 + ahead)
    end = table[table["year"] == 2020 + ahead].set_index("scenario")["beds"]
    assert end[FLAT] <= end[LINEAR] * (1 + 1e-12) and end[LINEAR] <= end[GROWTH] * (1 + 1e-12)
    start = table[table["year"] == 2020]["beds"]
    assert start.tolist() == pytest.approx([first * ratio] * 3)


@settings(max_examples=30)
@given(st.lists(ELDERS, min_size=1, max_size=3, unique=True), st.lists(st.floats(1, 60), min_size=1, max_size=4, unique=True))
def test_the_matrix_has_every_pairing(people: list[float], norms: list[float]) -> None:
    elders, named = {f"e{i}": value for i, value in enumerate(people)}, {f"n{i}": value for i, value in enumerate(norms)}
    table = gap_matrix(elders, named, {"a": 0.0, "b": 5000.0})
    assert len(table) == len(people) * len(norms) * 2
    assert (table["need"] - table["beds"]).tolist() == table["gap"].tolist()
    assert table["need"].tolist() == pytest.approx((table["per_1000"] * table["elders"] / 1000).tolist())
    assert not table.duplicated(["elders_level", "norm", "supply"]).any()


GOOD = {name: item.mid for name, item in RANGES.items()}
AGES = pd.DataFrame([("60+", 1000, 0.1, 0.1, 0.3, 0.1, 0.01)], columns=["age", *INPUTS[:-1]])
PROJECT = pd.DataFrame([(100, 2022, 0.5, 0.6, 0.7)], columns=["beds", "opening_year", "low", "mid", "high"])


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: beds_for_norm(0, 1000), "每千名长者床位数"),
        (lambda: beds_for_norm(16, float("nan")), "60岁以上人数"),
        (lambda: density(10, 0), "60岁以上人数"),
        (lambda: density(-1, 10), "床位数"),
        (lambda: decompose((0, 5), (10, 10)), "期初床位数"),
        (lambda: decompose((5, 5), (10, -1)), "期末60岁以上人数"),
        (lambda: yearly_growth_to(100, 200, 0), "年数"),
        (lambda: yearly_growth_to(100, 0, 5), "所需床位"),
        (lambda: beds_for_share(3, 1000, 0.7), "70%写0.7"),
        (lambda: beds_for_share(0.03, 1000, 0), "床位使用率"),
        (lambda: nursing_beds(100, 73), "护理型床位占比"),
        (lambda: beds_needed({name: value for name, value in GOOD.items() if name != "severe"}), "床位需求的输入 severe"),
        (lambda: beds_needed({name: value for name, value in GOOD.items() if name != "occupancy"}), "床位需求的输入 occupancy"),
        (lambda: beds_needed(GOOD | {"occupancy": 70}), "床位使用率"),
        (lambda: beds_needed(GOOD | {"use_other": -0.1}), "其他长者入住机构比例"),
        (lambda: beds_needed(GOOD | {"severe": 0.6, "moderate": 0.6}), "两者之和不超过1"),
        (lambda: beds_needed({name: np.array([value, np.nan]) for name, value in GOOD.items()}), "缺1个"),
        (lambda: beds_needed_by_age(AGES.drop(columns="severe"), 0.7), "缺severe"),
        (lambda: beds_needed_by_age(AGES.iloc[:0], 0.7), "没有年龄组"),
        (lambda: beds_needed_by_age(pd.concat([AGES, AGES]), 0.7), "年龄组重复"),
        (lambda: draw_inputs({"a": Range(2, 1, 3)}, 10, 1), "依次不减"),
        (lambda: draw_inputs(RANGES, 0, 1), "抽样次数"),
        (lambda: supply_scenarios((2020, 10), (2015, 20), 2025), "依次递增"),
        (lambda: supply_scenarios((2015, 10), (2020, 20), 2019), "依次递增"),
        (lambda: supply_scenarios((2015, 0), (2020, 20), 2025), "期初床位数"),
        (lambda: supply_scenarios((2015, 100), (2020, 20), 2025), "缩短推算年限"),
        (lambda: pipeline_supply(PROJECT.drop(columns="mid"), (2020, 10), 2025), "缺mid"),
        (lambda: pipeline_supply(PROJECT, (2022, 10), 2025), "启用年份2022"),
        (lambda: pipeline_supply(PROJECT.assign(low=0.9), (2020, 10), 2025), "次序不对"),
        (lambda: pipeline_supply(PROJECT.assign(high=70), (2020, 10), 2025), "计入比例（高）"),
        (lambda: gap_matrix({}, {"a": 16}, {"b": 1}), "没有长者人数"),
        (lambda: gap_matrix({"中": 1000}, {"a": 16}, {"b": -1}), "床位数"),
        (lambda: tornado(beds_needed, {}), "没有输入"),
        (lambda: sobol_indices(beds_needed, {}, 8, 1), "没有输入"),
        (lambda: sobol_indices(beds_needed, RANGES | {"severe": Range(0.1, 0.1, 0.1)}, 8, 1), "severe的低值等于高值"),
        (lambda: sobol_indices(beds_needed, RANGES, 1000, 1), "2的整数次幂"),
        (lambda: sobol_indices(lambda v: np.ones(len(v["severe"])), RANGES, 8, 1), "不随输入变化"),
        (lambda: width_when_known(beds_needed, RANGES, ["weather"], 1), "weather"),
        (lambda: width_when_known(beds_needed, {}, [], 1), "没有输入"),
    ],
)
def test_what_is_refused(call: Callable[[], Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        call()
