"""Verdicts on inputs nobody chose: against a second reading of the law in exact fractions, and under changes that may not matter."""

from __future__ import annotations

import datetime
import random
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
import verdict_oracle as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_targets import NAN, readings_of, rule_of, targets_of

from analysis.assessment.assess import assess
from analysis.assessment.kinds import rule_final
from analysis.assessment.panel import arrange
from analysis.assessment.rules import compliance
from analysis.assessment.scores import category_scores, indicator_scores
from analysis.assessment.thresholds import load_thresholds
from analysis.observations.targets import load_targets
from analysis.vocabulary.errors import InputError

YEARS = (2021, 2022, 2023, 2024, 2025)
MIDTERM_ORDER = ("倒退", "明显滞后", "略滞后", "基本符合", "符合预期", "快于预期", "提前完成")
FINAL_ORDER = ("倒退", "未完成", "基本完成", "完成", "超额完成")
RULE_ORDER = ("未达标", "部分年度未达标", "达标")
KEEP_ORDER = ("未保持", "保持", "未完成", "完成")
quick = settings(derandomize=True, deadline=None, max_examples=30)


def judge(rows: list[dict[str, Any]], values: list[float], year: int) -> pd.DataFrame:
    """Verdicts on each row's one figure."""
    readings = readings_of((str(n), "", year, value, None) for n, value in enumerate(values, start=1))
    return assess(readings, targets_of(*rows), year, year)


def row_of(goal: oracle.Goal) -> dict[str, Any]:
    return {
        "kind": "keep" if goal.keep else "level", "base": NAN if goal.base is None else float(goal.base), "target": float(goal.target),
        "milestone": NAN if goal.milestone is None else float(goal.milestone), "rounding_unit": float(goal.unit), "bounded": goal.bounded,
        "direction": "higher" if goal.higher else "lower", "counted_total": float(oracle.COUNTED) if goal.counted else NAN, "attribute": "预期性" if goal.expected else "约束性",
    }  # fmt: skip


# --- the second reading ---------------------------------------------------------------------------------------------


def random_goal(chance: random.Random) -> oracle.Goal:
    unit = chance.choice([Fraction(1), Fraction(1, 10)])
    target = unit * chance.choice([0, *[chance.randint(1, 400) for _ in range(19)]])
    base = chance.choice([None, Fraction(0), target, unit * chance.randint(0, 400), target - unit * chance.randint(-3, 3)])
    milestone = chance.choice([None, target, unit * chance.randint(1, 400), None if base is None else (base + target) / 2])
    keep = chance.random() < 0.1
    return oracle.Goal(
        target, target if keep else base, target if keep else milestone, unit, *(chance.random() < 0.5 for _ in range(4)), keep=keep
    )


def values_worth_trying(goal: oracle.Goal, year: int, chance: random.Random) -> list[Fraction]:
    """Every threshold of the goal, a little either side of it, zero, and some other figure."""
    level, shares = oracle.path(goal, year), [Fraction(n, 100) for n in (0, 60, 95, 100, 105)]
    marks = [goal.target, level, goal.target - goal.unit / 2, goal.target + goal.unit / 2]
    marks += [edge for end in (goal.target, level) for share in shares[1:] for edge in (end * share, end / share)]
    if goal.base is not None:
        marks += [goal.base + share * (level - goal.base) for share in shares]
    if goal.base is not None:
        marks += [goal.base + side * goal.unit * Fraction(share, 1000) for side in (1, -1) for share in (495, 505)]
    near = [mark + chance.choice([0, 0, 1, -1]) * goal.unit / 1000 for mark in marks]
    return [value for value in [*near, Fraction(0), goal.unit * chance.randint(1, 800)] if value >= 0]


@pytest.mark.parametrize("year", YEARS)
def test_level_and_keep_targets_as_read_a_second_time(year: int) -> None:
    chance = random.Random(year)
    cases = [(goal, value) for goal in (random_goal(chance) for _ in range(250)) for value in values_worth_trying(goal, year, chance)]
    verdicts = judge([row_of(goal) for goal, _ in cases], [float(value) for _, value in cases], year)
    expected = [oracle.status(goal, value, year) for goal, value in cases]
    wrong = [(*case, found, right) for case, found, right in zip(cases, verdicts["status"], expected, strict=True) if found != right]
    assert not wrong
    figures: dict[str, list[Fraction | None]] = {
        "path_level": [None if goal.keep else oracle.path(goal, year) for goal, _ in cases],
        "completion": [oracle.completion(goal, value) for goal, value in cases],
        "schedule_ratio": [None if goal.keep else oracle.schedule_ratio(goal, value, year) for goal, value in cases],
    }
    for column, exact in figures.items():
        right = pd.Series([NAN if figure is None else float(figure) for figure in exact], name=column)
        pd.testing.assert_series_equal(verdicts[column].astype(float), right, rtol=1e-6, atol=1e-9)
    assert set(expected) >= set(FINAL_ORDER if year == 2025 else MIDTERM_ORDER)  # the inputs reach every status


def random_figures(chance: random.Random, years: tuple[int, ...], grid: list[Fraction], dated: float) -> list[oracle.Figure]:
    """Figures of some of the years; dated ones may change twice a year, on the first of a month."""
    figures = []
    for year in years:
        if chance.random() < 0.12:
            continue
        if chance.random() < dated:
            months = chance.sample(range(1, 13), chance.choice([1, 1, 2]))
            figures += [oracle.Figure(year, chance.choice(grid), datetime.date(year, month, 1)) for month in months]
        else:
            figures.append(oracle.Figure(year, chance.choice(grid)))
    return figures


Figures = list[oracle.Figure]


def random_rule(chance: random.Random) -> oracle.Rule:
    expected, kind = chance.random() < 0.5, chance.choice(["plain", "plain", "factor", "equal", "growth", "lag"])
    if kind == "growth":
        return oracle.Rule(growth=True, lag=1, expected=expected, base=Fraction(100))
    factor = Fraction(8, 5) if kind == "factor" else Fraction(1)
    return oracle.Rule(factor, equal=kind == "equal", lag=int(kind == "lag"), expected=expected, base=chance.choice([None, factor * 100]))


def random_case(rule: oracle.Rule, chance: random.Random) -> tuple[Figures, Figures]:
    """Figures of a rule and of its reference, near each other, so that each year may go either way."""
    if rule.growth:
        levels, asked = [Fraction(100) * Fraction(102, 100) ** n for n in range(4)], [Fraction(n) for n in (-2, 0, 2)]
        return random_figures(chance, YEARS, levels, 0.3), random_figures(chance, (2020, *YEARS), asked, 0)
    steps = [Fraction(n) for n in (100, 101, 102)] if chance.random() < 0.7 else [Fraction(100)]
    own = [rule.factor * step for step in steps] + [rule.factor * 103] * (not rule.equal)
    return random_figures(chance, YEARS, own, chance.choice([0, 0.5, 1])), random_figures(
        chance, (2020, *YEARS), steps, chance.choice([0, 0.5, 1])
    )


def row_of_rule(number: int, rule: oracle.Rule) -> dict[str, Any]:
    return rule_of(
        attribute="预期性" if rule.expected else "约束性", base=NAN if rule.base is None else float(rule.base), factor=float(rule.factor),
        reference=f"context_{number}", comparison="equal" if rule.equal else "at_least", compares="growth" if rule.growth else "level",
        lag_years=rule.lag,
    )  # fmt: skip


def test_rules_as_read_a_second_time() -> None:
    chance = random.Random(14)
    rules = [random_rule(chance) for _ in range(24)]
    districts = [[random_case(rule, chance) for rule in rules] for _ in range(40)]
    readings = pd.concat(
        [
            readings_of(
                (
                    (series, "", figure.year, float(figure.value), figure.day)
                    for n, case in enumerate(cases, start=1)
                    for series, figures in zip((str(n), f"context_{n}"), case, strict=True)
                    for figure in figures
                ),
                f"示例{district}区",
            )
            for district, cases in enumerate(districts)
        ],
        ignore_index=True,
    )
    targets = targets_of(*(row_of_rule(n, rule) for n, rule in enumerate(rules, start=1)))
    seen = set()
    for year in YEARS:
        verdicts = assess(readings, targets, year, year)
        known = [
            (rule, *([figure for figure in figures if figure.year <= year] for figures in case))
            for cases in districts
            for rule, case in zip(rules, cases, strict=True)
        ]
        expected = [oracle.rule_status(*case, year) for case in known]
        wrong = [
            (year, *case, found, right) for case, found, right in zip(known, verdicts["status"], expected, strict=True) if found != right
        ]
        assert not wrong, wrong[0]
        years = [[oracle.met(*case, past) for past in range(2021, year + 1)] for case in known]
        assert verdicts["rule_years_met"].tolist() == [past.count(True) for past in years]
        assert verdicts["rule_years_known"].tolist() == [len(past) - past.count(None) for past in years]
        seen |= set(expected)
    assert seen == {"达标", "部分年度未达标", "未达标", "完成", "基本完成", "未完成", "无法评估"}


# --- a rule that must follow its reference on the day ---------------------------------------------------------------

DAY = datetime.date


@pytest.mark.parametrize(
    ("own", "wage", "midterm"),
    [
        ([(2021, 60.0, None)], [(2021, 100.0, DAY(2021, 6, 1))], "达标"),
        ([(2021, 60.0, DAY(2021, 6, 1))], [(2021, 100.0, DAY(2021, 6, 1))], "达标"),
        ([(2021, 60.0, DAY(2021, 6, 2))], [(2021, 100.0, DAY(2021, 6, 1))], "未达标"),
        ([(2021, 60.0, DAY(2021, 7, 1))], [(2021, 100.0, DAY(2021, 6, 1))], "未达标"),
        ([(2021, 60.0, DAY(2021, 5, 1))], [(2021, 100.0, DAY(2021, 6, 1))], "达标"),
        ([(2021, 60.0, DAY(2021, 7, 1))], [(2021, 100.0, None)], "达标"),  # an undated reference changed on no known day
        (
            [(2021, 60.0, DAY(2021, 3, 1)), (2021, 66.0, DAY(2021, 9, 1))],
            [(2021, 100.0, DAY(2021, 3, 1)), (2021, 110.0, DAY(2021, 9, 1))],
            "达标",
        ),
        (
            [(2021, 60.0, DAY(2021, 3, 1)), (2021, 66.0, DAY(2021, 9, 2))],
            [(2021, 100.0, DAY(2021, 3, 1)), (2021, 110.0, DAY(2021, 9, 1))],
            "未达标",
        ),
        (
            [(2021, 60.0, DAY(2021, 3, 2)), (2021, 66.0, DAY(2021, 9, 1))],
            [(2021, 100.0, DAY(2021, 3, 1)), (2021, 110.0, DAY(2021, 9, 1))],
            "未达标",
        ),
        (
            [(2021, 60.0, None)],
            [(2021, 200.0, DAY(2021, 3, 1)), (2021, 100.0, DAY(2021, 9, 1))],
            "达标",
        ),  # a figure without a date is judged at the year's end alone
        (
            [(2021, 60.0, DAY(2021, 1, 1))],
            [(2021, 200.0, DAY(2021, 3, 1)), (2021, 100.0, DAY(2021, 9, 1))],
            "未达标",
        ),  # it fell again, yet was not followed
        ([(2021, 50.0, DAY(2021, 5, 1)), (2021, 60.0, DAY(2021, 9, 1))], [(2021, 100.0, DAY(2021, 1, 1))], "未达标"),  # lowered for a while
        ([], [(2021, 100.0, DAY(2021, 6, 1))], "无法评估"),
        ([(2021, 48.0, None)], [(2020, 80.0, DAY(2018, 7, 1))], "达标"),  # in force since before the plan; the base of 48 as well
        ([(2021, 47.9, None)], [(2020, 80.0, DAY(2018, 7, 1))], "未达标"),
    ],
)
def test_a_standard_follows_its_reference_on_the_day(own: list[Any], wage: list[Any], midterm: str) -> None:
    rows = [("1", "", *figure) for figure in own] + [("context", "", *figure) for figure in wage]
    assert assess(readings_of(rows), targets_of(rule_of(factor=0.6, base=48.0)), 2021, 2021)["status"].item() == midterm


def test_only_the_year_of_the_delay_is_missed() -> None:
    targets = targets_of(rule_of(factor=0.6, base=48.0))
    wage = [("context", "", 2021, 80.0, DAY(2018, 7, 1)), ("context", "", 2022, 100.0, DAY(2022, 6, 1))]
    own = [
        ("1", "", 2021, 48.0, None),
        ("1", "", 2022, 48.0, DAY(2022, 1, 1)),
        ("1", "", 2022, 60.0, DAY(2022, 7, 1)),
        ("1", "", 2023, 60.0, None),
    ]
    verdict = assess(readings_of([*wage, *own]), targets, 2023, 2023).iloc[0]
    assert (verdict["status"], verdict["reason"]) == ("部分年度未达标", "2022年内曾未达标（年末已达到）")
    assert (verdict["rule_years_met"], verdict["rule_years_known"], verdict["rule_required"]) == (2, 3, 60)


def test_what_changed_before_the_plan_is_no_year_of_it() -> None:
    """A standard short of its reference in 2018 was no breach of a plan that began in 2021."""
    wage = [("context", "", 2020, 80.0, DAY(2018, 7, 1)), ("context", "", 2021, 60.0, DAY(2020, 12, 1))]
    own = [("1", "", 2021, 40.0, DAY(2017, 1, 1)), *(("1", "", year, 40.0, None) for year in (2022, 2023, 2024))]
    verdict = assess(readings_of([*wage, *own]), targets_of(rule_of(factor=0.6, base=40.0)), 2024, 2024).iloc[0]
    assert (verdict["status"], verdict["rule_years_met"]) == ("达标", 4)


def test_a_dated_figure_awaiting_verification_is_not_carried_on() -> None:
    rows = [("1", "", 2021, 5.0, None), ("1", "", 2022, 5.0, None), ("context", "", 2021, 5.0, DAY(2021, 3, 1))]
    words = {}
    for reliability in ("", "待核实"):
        readings = readings_of(rows).assign(reliability=["", "", reliability])
        words[reliability] = [assess(readings, targets_of(rule_of(base=5.0)), year, year)["status"].item() for year in (2021, 2022)]
    assert words == {"": ["达标", "达标"], "待核实": ["达标", "无法评估"]}


def test_each_district_follows_its_own_reference() -> None:
    wages = {"甲区": (100.0, DAY(2021, 6, 1)), "乙区": (90.0, DAY(2021, 9, 1)), "丙区": (100.0, DAY(2021, 9, 1)), "丁区": (100.0, None)}
    own = ("1", "", 2021, 60.0, DAY(2021, 7, 1))
    readings = pd.concat([readings_of([own, ("context", "", 2021, *wage)], name) for name, wage in wages.items()], ignore_index=True)
    verdicts = assess(readings, targets_of(rule_of(factor=0.6, base=48.0)), 2021, 2021)
    assert dict(zip(verdicts["district"], verdicts["status"], strict=True)) == {
        "甲区": "未达标",
        "乙区": "达标",
        "丙区": "达标",
        "丁区": "达标",
    }


# --- changes that may not matter ------------------------------------------------------------------------------------

amounts = st.integers(1, 4000).map(lambda n: Fraction(n, 10))
goals = st.builds(
    oracle.Goal, target=amounts, base=st.none() | amounts, milestone=st.none() | amounts, unit=st.sampled_from([Fraction(1), Fraction(1, 10)]),
    higher=st.booleans(), expected=st.booleans(), bounded=st.booleans(),
)  # fmt: skip
SCALED = ("base", "milestone", "target", "rounding_unit")
UNITLESS = [
    "status",
    "national_class",
    "methods_disagree",
    "open_sdg",
    "un",
    "eurostat",
    "sdsn",
    "time_schedule",
    "path_sensitive",
    "within_rounding",
]


@quick
@given(
    goals=st.lists(goals, min_size=5, max_size=40),
    value=amounts,
    year=st.sampled_from(YEARS),
    factor=st.sampled_from([1e-4, 0.01, 100.0, 1e4, 1 / 3]),
)
def test_units_do_not_matter(goals: list[oracle.Goal], value: Fraction, year: int, factor: float) -> None:
    rows = [row_of(goal) for goal in goals]
    scaled = [row | {name: row[name] * factor for name in SCALED} for row in rows]
    values = [float(value)] * len(rows)
    found, again = judge(rows, values, year), judge(scaled, [number * factor for number in values], year)
    pd.testing.assert_frame_equal(found[UNITLESS], again[UNITLESS])
    for column, power in (
        ("completion", 0),
        ("progress", 0),
        ("schedule_ratio", 0),
        ("required_growth", 0),
        ("path_level", 1),
        ("required_pace", 1),
    ):
        np.testing.assert_allclose(
            again[column].astype(float), found[column].astype(float) * factor**power, rtol=1e-6, atol=1e-9 * factor**power
        )


@quick
@given(goals=st.lists(goals, min_size=5, max_size=40), value=amounts, year=st.sampled_from(YEARS[:-1]))
def test_turning_the_sign_turns_the_direction(goals: list[oracle.Goal], value: Fraction, year: int) -> None:
    """Pace is a ratio of differences, so −y on the axis turned round is y; shares of a level (C, 95 % of M) are not, so only rows with a pace."""
    rows = [row_of(goal) for goal in goals]
    turned = [
        row | {name: -row[name] for name in SCALED[:-1]} | {"direction": "lower" if row["direction"] == "higher" else "higher"}
        for row in rows
    ]
    found, again = judge(rows, [float(value)] * len(rows), year), judge(turned, [-float(value)] * len(rows), year)
    paced = found["schedule_ratio"].notna()
    pd.testing.assert_series_equal(found["schedule_ratio"], again["schedule_ratio"], rtol=1e-9)
    assert found.loc[paced, "status"].tolist() == again.loc[paced, "status"].tolist()
    pd.testing.assert_series_equal(found["progress"], again["progress"], rtol=1e-9)
    pd.testing.assert_frame_equal(found[["sdsn", "time_schedule"]], again[["sdsn", "time_schedule"]])


@quick
@given(goals=st.lists(goals, min_size=5, max_size=40), value=amounts, year=st.sampled_from((2021, 2022, 2023, 2025)))
def test_the_reciprocal_turns_the_direction(goals: list[oracle.Goal], value: Fraction, year: int) -> None:
    """C = y ÷ T is (1/T) ÷ (1/y): hours a case judged as cases an hour. Without a base no difference enters, and none must (a path is no line then)."""
    rows = [row_of(goal) | {"base": NAN} for goal in goals]
    turned = [
        row | {name: 1 / row[name] for name in SCALED[1:3]} | {"direction": "lower" if row["direction"] == "higher" else "higher"}
        for row in rows
    ]
    found, again = judge(rows, [float(value)] * len(rows), year), judge(turned, [1 / float(value)] * len(rows), year)
    assert found["status"].tolist() == again["status"].tolist()
    pd.testing.assert_series_equal(found["completion"], again["completion"], rtol=1e-9)


@quick
@given(
    goals=st.lists(goals, min_size=5, max_size=20),
    values=st.lists(amounts, min_size=2, max_size=12),
    year=st.sampled_from(YEARS),
    keep=st.booleans(),
)
def test_a_better_value_is_never_judged_worse(goals: list[oracle.Goal], values: list[Fraction], year: int, keep: bool) -> None:
    rows = [row_of(goal) | ({"kind": "keep", "base": float(goal.target)} if keep else {}) for goal in goals]
    order = KEEP_ORDER if keep else FINAL_ORDER if year == 2025 else MIDTERM_ORDER
    pairs = [(row, float(value)) for row in rows for value in sorted(values)]
    words = judge([row for row, _ in pairs], [value for _, value in pairs], year)["status"]
    table = np.reshape([order.index(word) for word in words], (len(goals), len(values)))
    for goal, ranks in zip(goals, table.tolist(), strict=True):
        assert ranks == sorted(ranks, reverse=not goal.higher), (goal, ranks)


@quick
@given(
    own=st.lists(st.integers(95, 105), min_size=5, max_size=5),
    which=st.integers(0, 4),
    more=st.integers(1, 9),
    expected=st.booleans(),
    growth=st.booleans(),
)
def test_a_better_year_never_worsens_a_rule(own: list[int], which: int, more: int, expected: bool, growth: bool) -> None:
    """The latest year where growth counts: a higher figure then leaves no later growth to lower."""
    which = 4 if growth else which
    targets = targets_of(rule_of(attribute="预期性" if expected else "约束性", base=100.0, compares="growth" if growth else "level"))
    better = [value + more * (place == which) for place, value in enumerate(own)]
    reference = 2.0 if growth else 100.0
    for last in (2023, 2025):
        words = []
        for figures in (own, better):
            rows = [("1", "", year, float(value), None) for year, value in zip(YEARS, figures, strict=True)]
            rows += [("context", "", year, reference, None) for year in YEARS]
            words.append(assess(readings_of(rows), targets, last, last)["status"].item())
        order = FINAL_ORDER if last == 2025 else RULE_ORDER
        assert order.index(words[1]) >= order.index(words[0])


@pytest.fixture(scope="module")
def plan() -> pd.DataFrame:
    return load_targets("yuexiu-14")


def made_up_monitoring(targets: pd.DataFrame, districts: int, seed: int) -> pd.DataFrame:
    chance = random.Random(seed)
    rows: list[pd.DataFrame] = []
    for district in range(districts):
        figures: list[tuple[Any, ...]] = []
        for _, target in targets.iterrows():
            around = next((float(target[name]) for name in ("target", "base") if not np.isnan(target[name])), 100.0)
            own = [(year, around * chance.uniform(0.7, 1.1)) for year in YEARS if chance.random() < 0.9]
            figures += [(target["indicator_id"], target["part"], year, value, None) for year, value in own]
        contexts = {
            (r, p)
            for r, p in zip(targets["rule_reference"], targets["rule_reference_part"], strict=True)
            if r and not r.startswith("indicator")
        }
        for series, part in sorted(contexts):
            level = {"minimum_wage": 2200.0, "dibao_standard": 1100.0, "consumption_growth": 4.0}.get(series, 200.0)
            days = [(year, chance.choice([None, DAY(year, chance.randint(1, 12), 1)])) for year in (2020, *YEARS) if chance.random() < 0.8]
            figures += [(series, part, year, level * chance.uniform(0.8, 1.1), day) for year, day in days]
        rows.append(readings_of(figures, f"示例{district}区"))
    return pd.concat(rows, ignore_index=True)


def test_no_districts_verdict_depends_on_another(plan: pd.DataFrame) -> None:
    readings = made_up_monitoring(plan, 12, 5)
    for year in (2023, 2025):
        together = assess(readings, plan, year, year)
        for name, own in readings.groupby("district", sort=False):
            alone = assess(own, plan, year, year)
            pd.testing.assert_frame_equal(alone, together[together["district"] == name].reset_index(drop=True))


def test_the_order_of_rows_is_irrelevant(plan: pd.DataFrame) -> None:
    readings = made_up_monitoring(plan, 4, 6)
    for seed, year in ((1, 2022), (2, 2024), (3, 2025)):
        shuffled = readings.sample(frac=1, random_state=seed)
        found, again = (
            assess(rows, plan, year, year).sort_values("district", kind="stable", ignore_index=True) for rows in (readings, shuffled)
        )
        pd.testing.assert_frame_equal(found, again)


def test_figures_of_other_indicators_do_not_matter(plan: pd.DataFrame) -> None:
    """Every row is judged on its own figures and its reference: without the rest, the same verdict."""
    readings = made_up_monitoring(plan, 3, 7)
    whole = assess(readings, plan, 2023, 2023)
    for _, target in plan.iterrows():
        needed = {target["indicator_id"], target["rule_reference"].removeprefix("indicator:")}
        fewer = assess(readings[readings["series"].isin(needed)], plan, 2023, 2023)
        mask = (whole["indicator_id"] == target["indicator_id"]) & (whole["part"] == target["part"])
        pd.testing.assert_frame_equal(whole[mask], fewer[mask])


# --- what the whole hides: single functions at their edges -----------------------------------------------------------


def test_a_rule_without_its_latest_year_has_no_final_status_even_where_it_is_lost() -> None:
    held = np.array([[0.0, 0.0, 1.0, 1.0, NAN], [0.0, 0.0, 1.0, 1.0, 1.0], [0.0, NAN, 1.0, 1.0, 1.0], [1.0, NAN, 1.0, 1.0, 0.0]])
    words = {expected: rule_final(held, np.full(4, expected), load_thresholds()).tolist() for expected in (True, False)}
    assert words[True] == ["无法评估", "未完成", "无法评估", "未完成"]
    assert words[False] == ["无法评估", "未完成", "未完成", "未完成"]


def test_the_base_year_is_not_judged() -> None:
    targets = targets_of(rule_of(base=5.0))
    panel = arrange(readings_of([("1", "", 2021, 5.0, None), ("context", "", 2020, 5.0, None), ("context", "", 2021, 5.0, None)]), targets)
    np.testing.assert_array_equal(compliance(targets.iloc[0], 0, panel), [[NAN, 1, NAN, NAN, NAN, NAN]])


def test_growth_and_lagged_rules_are_judged_at_the_years_end_alone() -> None:
    """A day tells nothing of a year's growth, nor of what last year asks for."""
    rows = [("1", "", 2021, 105.0, DAY(2021, 9, 1)), ("2", "", 2021, 105.0, DAY(2021, 9, 1))]
    rows += [("growth", "", 2021, 5.0, DAY(2021, 3, 1)), ("context", "", 2020, 105.0, None), ("context", "", 2021, 105.0, DAY(2021, 3, 1))]
    targets = targets_of(rule_of(base=100.0, compares="growth", reference="growth"), rule_of(base=100.0, lag_years=1))
    assert assess(readings_of(rows), targets, 2021, 2021)["status"].tolist() == ["达标", "达标"]


def test_a_gap_in_one_part_does_not_hide_a_binding_failure_in_another() -> None:
    targets = targets_of(*(rule_of(indicator_id="1", part=part, attribute="约束性") for part in "甲乙"))
    rows = [("1", "甲", 2021, 4.0, None), ("1", "甲", 2022, 5.0, None), ("context", "", 2021, 5.0, None), ("context", "", 2022, 5.0, None)]
    verdicts = assess(readings_of(rows), targets, 2022, 2022)
    assert verdicts["status"].tolist() == ["部分年度未达标", "无法评估"]
    assert category_scores(indicator_scores(verdicts))["veto"].tolist() == ["指标1"]


def test_the_count_that_a_printed_base_was_rounded_from_is_no_fall() -> None:
    """39 is 7 of 18 printed whole: 38.889 is the same seven, 38.8 is not."""
    row = {"base": 39.0, "target": 100.0, "counted_total": 18.0, "unit": "%", "bounded": True}
    assert judge([row] * 3, [100 * 7 / 18, 38.8, 39.0], 2023)["status"].tolist() == ["明显滞后", "倒退", "明显滞后"]
    assert judge([row | {"counted_total": NAN}], [100 * 7 / 18], 2023)["status"].tolist() == ["倒退"]


def test_a_standard_in_force_since_an_earlier_year_stood_at_its_end() -> None:
    """The standard of 46 reported for 2022 has been in force since 1 December 2021, when the wage rose to 2300."""
    rows = [
        ("1", "", 2021, 42.0, DAY(2020, 1, 1)),
        ("1", "", 2022, 46.0, DAY(2021, 12, 1)),
        ("context", "", 2021, 2300.0, DAY(2021, 12, 1)),
    ]
    for year in (2021, 2022):
        verdict = assess(readings_of(rows), targets_of(rule_of(factor=0.02, base=42.0)), year, year).iloc[0]
        assert (verdict["status"], verdict["value"], verdict["rule_years_met"]) == ("达标", 46, year - 2020)


def test_doubt_and_changed_definitions_are_inherited_from_what_a_rule_rests_on() -> None:
    targets = targets_of(rule_of(base=10.0), rule_of(base=10.0, compares="growth", reference="growth", lag_years=1))
    rows = [
        ("1", "", 2022, 12.0, None),
        ("2", "", 2021, 11.0, None),
        ("2", "", 2022, 12.0, None),
        ("context", "", 2022, 9.0, None),
        ("growth", "", 2021, 3.0, None),
    ]
    plain = readings_of(rows).assign(reliability="", definition="与基期一致")
    assert assess(plain, targets, 2022, 2022)["reliability"].tolist() == ["", ""]
    for series, year, of in (("context", 2022, 0), ("growth", 2021, 1), ("2", 2021, 1)):
        about = (plain["series"] == series) & (plain["year"] == year)
        doubtful = assess(plain.assign(reliability=plain["reliability"].mask(about, "待核实")), targets, 2022, 2022)
        assert doubtful["reliability"].tolist() == ["待核实" if n == of else "" for n in (0, 1)]
        changed = assess(plain.assign(definition=plain["definition"].mask(about, "口径变更")), targets, 2022, 2022)
        assert changed["status"].tolist() == ["口径变更" if n == of else "达标" for n in (0, 1)]


def test_figures_that_belong_nowhere_are_refused() -> None:
    rows = readings_of([("1", "", 2021, 5.0, None), ("1", "", 2022, 5.0, None)])
    for damaged, words in ((rows.assign(district=["甲", None]), "区县"), (rows.assign(value=[5.0, float("inf")]), "有限的数")):
        with pytest.raises(InputError, match=words):
            assess(damaged, targets_of({"base": 1.0, "target": 9.0}), 2022, 2022)
