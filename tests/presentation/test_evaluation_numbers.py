"""Numbers of an evaluation's sentences: each is marked, follows from its formula, and stands in the rows it names."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import math
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.thresholds import load_thresholds
from analysis.presentation import evaluation_text as text
from analysis.presentation.claims import Claim, Passage, Passages, rows_of
from analysis.presentation.evaluation_text.figures import changed, decimals_apart, each_number
from analysis.presentation.evaluation_text.indicators import indicator_claim
from analysis.presentation.evaluation_text.rule_figures import RuleFigures
from analysis.presentation.quantities import Quantity, numbers, plain, separated
from analysis.vocabulary import paths

SHOWN = ["grounds", "rules", "overall", "scores", "methods", "by_category", "rule_history", "commitments", "problems", "gaps", "context"]
# Years, dates, ages, the names of tables and grades are names, not figures.
NAMED = re.compile(r"(?:19|20)\d{2}(?=年|—|、)|\d{4}-\d{2}-\d{2}|\d{1,2}月(?:\d{1,2}日)?|\d+周岁|\d+A|专栏\d+")


@pytest.fixture(scope="module")
def yuexiu() -> PlanEvaluation:
    return evaluate_plan("yuexiu-14", 2023, 0)


@pytest.fixture(params=["midterm", "final", "yuexiu"])
def any_evaluation(request: pytest.FixtureRequest) -> PlanEvaluation:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, PlanEvaluation)
    return found


def claims(shown: Any) -> Iterator[Claim]:
    """Headings and sentences."""
    for item in () if shown is None else shown.passages if isinstance(shown, Passages) else (shown,):
        assert isinstance(item, Passage)
        yield from (item.head, *item.claims)


def every(evaluation: PlanEvaluation) -> list[Claim]:
    return [claim for name in SHOWN for claim in claims(getattr(text, name)(evaluation))]


def one(found: Any, words: str) -> Claim:
    (claim,) = [claim for claim in claims(found) if words in claim.sentence]
    return claim


def called(claim: Claim, name: str) -> Quantity:
    (found,) = [quantity for quantity in claim.quantities if quantity.name == name]
    return found


def module(name: str) -> Any:
    """A module of the package, which gives some of their names to functions."""
    return importlib.import_module(f"analysis.presentation.evaluation_text.{name}")


def number(words: str) -> float:
    return float(words.replace(",", "").replace("−", "-").rstrip("%"))


def verdict(evaluation: PlanEvaluation, indicator: str, part: str = "", **changes: Any) -> Any:
    """A row of the verdicts as sentences see it, some figures changed."""
    table = evaluation.verdicts
    rows = table[(table["indicator_id"] == indicator) & (table["part"] == part)].assign(**changes)
    return next(rows_of(rows))


def with_targets(evaluation: PlanEvaluation, indicator: str, **changes: Any) -> PlanEvaluation:
    targets = evaluation.targets.copy()
    for name, value in changes.items():
        targets.loc[targets["indicator_id"] == indicator, name] = value
    return dataclasses.replace(evaluation, targets=targets)


def with_cached(evaluation: PlanEvaluation, **tables: Any) -> PlanEvaluation:
    """An evaluation whose computed tables say something else."""
    other = copy.copy(evaluation)
    other.__dict__.update(tables)
    return other


# Every number


def test_no_number_is_naked(any_evaluation: PlanEvaluation) -> None:
    names = set(any_evaluation.verdicts["name"]) | set(any_evaluation.verdicts["rule_words"]) | {any_evaluation.plan.header.title}
    for claim in every(any_evaluation):
        covered = {place for item in claim.quantities for place in range(item.start, item.start + len(item.text))}
        for match in NAMED.finditer(claim.sentence):
            covered |= set(range(*match.span()))
        for name in names - {""}:
            for match in re.finditer(re.escape(name), claim.sentence):
                covered |= set(range(*match.span()))
        assert [found for place, found in numbers(claim.sentence) if place not in covered] == [], claim.sentence


def test_every_number_has_a_name_and_evidence(any_evaluation: PlanEvaluation) -> None:
    for claim in every(any_evaluation):
        for item in claim.quantities:
            assert claim.sentence[item.start :].startswith(item.text)
            assert re.search("[一-鿿]", item.name)
            assert item.evidence or claim.evidence, (claim.sentence, item.name)
            assert "" not in item.evidence
            assert re.fullmatch(r"[+−]?[\d,]+(\.\d+)?%?", item.text), item.text


def test_a_reported_figure_stands_in_the_row_it_names(midterm: PlanEvaluation) -> None:
    readings = pd.concat([midterm.monitoring.readings, midterm.monitoring.tasks]).set_index("where")
    checked = 0
    for claim in every(midterm):
        for item in claim.quantities:
            if item.formula or len(item.evidence) != 1 or "-monitoring.csv 第" not in item.evidence[0]:
                continue
            row = readings.loc[item.evidence[0]]
            assert any(math.isclose(float(row[name]), number(item.text), abs_tol=0.005) for name in ("value", "count", "total")), item
            checked += 1
    assert checked > 50


def test_a_printed_figure_stands_in_the_row_of_its_indicator(midterm: PlanEvaluation) -> None:
    targets = midterm.targets.groupby("reference")[["base", "milestone", "target"]].agg(list)
    kinds = {"基期（2020年）数值": "base", "末期目标（2025年）": "target", "保持目标": "target"}
    found = [item for claim in claims(text.by_category(midterm)) for item in claim.quantities if item.name in kinds]
    assert len(found) > 20
    for item in found:
        (place,) = item.evidence
        assert number(item.text) in targets.at[place, kinds[item.name]]


def test_a_count_of_indicators_names_as_many_rows(any_evaluation: PlanEvaluation) -> None:
    counted = 0
    for claim in every(any_evaluation):
        for item in claim.quantities:
            if item.name.endswith(("指标数", "目标数")) and item.formula == "逐行计数" and item.text != "0":
                assert len(item.evidence) == int(item.text), (claim.sentence, item)
                counted += 1
    assert counted > 15


def test_thresholds_name_their_key(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    limits = yaml.safe_load((paths.parameters() / "verdicts.yml").read_text(encoding="utf-8"))
    found = {item.evidence[0]: item.text for run in (midterm, final) for claim in claims(text.rules(run)) for item in claim.quantities}
    assert set(found) == {
        "阈值midterm.faster_ratio", "阈值midterm.on_schedule_ratio", "阈值midterm.nearly_ratio", "阈值midterm.slightly_behind_ratio",
        "阈值midterm.base_near_path_share", "阈值final.exceeded_ratio", "阈值final.nearly_ratio", "阈值final.missed_years_allowed",
    }  # fmt: skip
    for place, shown in found.items():
        section, key = place.removeprefix("阈值").split(".")
        value = limits[section][key]
        assert math.isclose(number(shown), value * 100 if shown.endswith("%") else value)


def test_words_of_the_rules_follow_the_thresholds(midterm: PlanEvaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = load_thresholds()
    other = limits.model_copy(
        update={"midterm": limits.midterm.model_copy(update={"on_schedule_ratio": 0.985, "base_near_path_share": 0.0025})}
    )
    monkeypatch.setattr(module("opening"), "load_thresholds", lambda: other)
    told = "".join(claim.sentence for claim in claims(text.rules(midterm)))
    assert "达到98.5%为符合预期" in told and "或目标的0.25%" in told


def test_rules_of_the_scores_name_their_key(midterm: PlanEvaluation) -> None:
    rules = yaml.safe_load((paths.parameters() / "scores.yml").read_text(encoding="utf-8"))
    found = {place for claim in claims(text.scores(midterm)) for item in claim.quantities for place in item.evidence}
    keys = {place.removeprefix("得分规则") for place in found if place.startswith("得分规则")}
    assert keys == {"floor", "draws", "seed", "claimed_share"} <= set(rules)


# Worked examples


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "常住人口人均捐赠额",
            [
                ("20.1", "2023年数值", "", "演示数据-monitoring.csv 第45行"),
                ("17.5", "基期（2020年）数值", "", "指标表第12行"),
                ("26", "末期目标（2025年）", "", "指标表第12行"),
                ("77.3%", "完成率", "数值÷末期目标", "指标表第12行、演示数据-monitoring.csv 第45行"),
                ("21", "规划路径2023年应达到的值", "取中期目标（2023年）", "指标表第12行"),
                ("74%", "时序比", "（数值−基期）÷（规划路径应达到的值−基期）", "指标表第12行、演示数据-monitoring.csv 第45行"),
            ],
        ),
        (
            "社区养老服务站覆盖率",
            [
                ("123", "2023年达到的社区数", "", "演示数据-monitoring.csv 第27行"),
                ("150", "2023年社区总数", "", "演示数据-monitoring.csv 第27行"),
                ("82%", "2023年数值", "达到的社区数÷社区总数", "演示数据-monitoring.csv 第27行"),
                ("100%", "末期目标（2025年）", "", "指标表第6行"),
                ("82%", "完成率", "数值÷末期目标", "指标表第6行、演示数据-monitoring.csv 第27行"),
                ("80%", "规划路径2023年应达到的值", "没有基期，取中期目标（2023年）", "指标表第6行"),
            ],
        ),
        (
            "特困人员照料护理标准·半自理",
            [
                ("570", "2023年数值", "", "演示数据-monitoring.csv 第14行"),
                ("570", "2023年规则要求", "2023年本地最低工资标准×0.3", "演示数据-monitoring.csv 第93行、指标表第3行"),
                ("3", "可判年份数", "逐年计数", "规则逐年核对表"),
                ("2", "达标年份数", "逐年计数", "规则逐年核对表"),
            ],
        ),
        (
            "**养老服务机构与医疗卫生机构服务签约率**",
            [
                ("96.8%", "2023年数值", "", "演示数据-monitoring.csv 第33行"),
                ("100%", "保持目标", "", "指标表第8行"),
                ("3.2", "与目标之差", "目标−数值", "指标表第8行、演示数据-monitoring.csv 第33行"),
            ],
        ),
    ],
)
def test_numbers_of_an_indicator(midterm: PlanEvaluation, words: str, expected: list[tuple[str, str, str, str]]) -> None:
    claim = one(text.by_category(midterm), words)
    assert [(item.text, item.name, item.formula, "、".join(item.evidence)) for item in claim.quantities] == expected


def test_formulas_give_the_figures_they_stand_beside(midterm: PlanEvaluation) -> None:
    claim = one(text.by_category(midterm), "常住人口人均捐赠额")
    value, base, target = (number(called(claim, name).text) for name in ("2023年数值", "基期（2020年）数值", "末期目标（2025年）"))
    path = number(called(claim, "规划路径2023年应达到的值").text)
    assert called(claim, "完成率").text == f"{round(value / target * 100, 1)}%"
    assert called(claim, "时序比").text == f"{round((value - base) / (path - base) * 100)}%"
    served = one(text.by_category(midterm), "街道未成年人保护工作站覆盖率")
    reached, total = (number(called(served, name).text) for name in ("2023年达到的街道数", "2023年街道总数"))
    assert called(served, "2023年数值").text == f"{round(reached / total * 100, 2)}%"


@pytest.mark.parametrize(
    ("year", "changes", "formula"),
    [
        (2022, {}, "基期＋（中期目标−基期）×（2022−2020）÷（2023−2020）"),
        (2023, {}, "取中期目标（2023年）"),
        (2024, {}, "中期目标＋（末期目标−中期目标）×（2024−2023）÷（2025−2023）"),
        (2022, {"milestone": math.nan}, "基期＋（末期目标−基期）×（2022−2020）÷（2025−2020）"),
        (2024, {"milestone": math.nan}, "基期＋（末期目标−基期）×（2024−2020）÷（2025−2020）"),
        (2022, {"base": math.nan}, "没有基期，取中期目标（2023年）"),
        (2024, {"base": math.nan}, "中期目标＋（末期目标−中期目标）×（2024−2023）÷（2025−2023）"),
        (2022, {"base": math.nan, "milestone": math.nan}, "没有基期和中期目标，取末期目标"),
        (2022, {"base": 30.0}, "基期已达到末期目标，取末期目标"),
    ],
)
def test_the_path_is_computed_as_its_formula_says(year: int, changes: dict[str, float], formula: str) -> None:
    from analysis.assessment.assess import assess

    run = with_targets(evaluate_plan("demo-14", 2024, 2024, "2026-03-31"), "12", **changes)
    run = dataclasses.replace(run, verdicts=assess(run.monitoring.readings, run.targets, 2024, year), data_year=year)
    row, target = verdict(run, "12"), run.targets.set_index("indicator_id").loc["12"]
    found = called(indicator_claim(run, row), f"规划路径{year}年应达到的值")
    assert found.formula == formula
    last = re.sub("^.*取", "", formula).replace("（2023年）", "")
    for word, value in (("中期目标", target["milestone"]), ("末期目标", target["target"]), ("基期", target["base"])):
        last = last.replace(word, f"({value})")
    for sign, operator in (("＋", "+"), ("−", "-"), ("×", "*"), ("÷", "/"), ("（", "("), ("）", ")")):
        last = last.replace(sign, operator)
    assert math.isclose(number(found.text), eval(last), abs_tol=0.005)
    assert math.isclose(row.path_level, eval(last))


def test_at_the_end_there_is_no_path_and_no_pace(final: PlanEvaluation) -> None:
    names = {item.name for claim in claims(text.by_category(final)) for item in claim.quantities}
    assert "时序比" not in names and not any("路径" in name for name in names)
    assert {"2025年数值", "末期目标（2025年）", "完成率"} <= names


def test_growth_rules_rest_on_two_years(midterm: PlanEvaluation) -> None:
    found = called(one(text.by_category(midterm), "**孤儿生活保障标准**"), "与规则要求之差")
    assert found.text == "0.52" and found.formula == "（2023年数值÷2022年数值−1）×100−规则要求"
    values = midterm.monitoring.readings.set_index("where")["value"]
    now, before, required = (values[place] for place in found.evidence[:3])
    assert f"{(now / before - 1) * 100 - required:.2f}" == "0.52"


def test_a_rules_first_year_rests_on_the_base_that_the_plan_prints(midterm: PlanEvaluation) -> None:
    rules = RuleFigures(midterm)
    origin = rules.compared(rules.target("9", ""), 2021)
    assert origin.formula == "（2021年数值÷2020年数值−1）×100" and origin.places[1] == "指标表第9行"
    required = rules.required(rules.target("10", ""), 2023)
    assert required.formula == "2023年孤儿生活保障标准" and required.places == ("演示数据-monitoring.csv 第36行", "指标表第10行")
    assert rules.required(rules.target("3", "全自理"), 2023, on_day=True).formula == "当日本地最低工资标准×0.02"


def test_a_rule_without_a_reading_still_names_its_row(yuexiu: PlanEvaluation) -> None:
    rules = RuleFigures(yuexiu)
    assert rules.required(rules.target("24", "困难残疾人生活补贴"), 2021).places == ("专栏3第24行",)
    assert rules.compared(rules.target("24", "困难残疾人生活补贴"), 2021).places == ()


# Verbs follow from the numbers


@pytest.mark.parametrize(
    ("margin", "words", "formula"),
    [
        (3.0, "高于规则要求的1,804.8元/人/月，相差3元/人/月", "数值−规则要求"),
        (-3.0, "低于规则要求的1,804.8元/人/月，相差3元/人/月", "数值−规则要求，取绝对值"),
        (-0.0004, "低于规则要求的1,804.8元/人/月，相差0.0004元/人/月", "数值−规则要求，取绝对值"),
    ],
)
def test_above_or_below_a_rule(midterm: PlanEvaluation, margin: float, words: str, formula: str) -> None:
    claim = indicator_claim(midterm, verdict(midterm, "2", rule_margin=margin))
    assert words in claim.sentence
    assert called(claim, "与规则要求之差").formula == formula
    equal = indicator_claim(midterm, verdict(midterm, "2", rule_margin=0.0))
    assert "等于规则要求的1,804.8元/人/月，" in equal.sentence and "相差" not in equal.sentence


@pytest.mark.parametrize(("margin", "word"), [(70.0, "多70元"), (-70.0, "少70元")])
def test_more_or_less_than_an_equal_rule(midterm: PlanEvaluation, margin: float, word: str) -> None:
    assert f"规则要求等于2,740元/人/月，{word}/人/月" in indicator_claim(midterm, verdict(midterm, "10", rule_margin=margin)).sentence


@pytest.mark.parametrize(
    ("direction", "value", "words"),
    [
        ("higher", 96.8, "2023年96.8%，目标100%，差3.2个百分点，"),
        ("higher", 100.0, "2023年100%，目标100%，**"),
        ("higher", 103.0, "2023年103%，目标100%，**"),
        ("higher", 99.996, "2023年99.996%，目标100%，差0.004个百分点，"),
        ("higher", 100 * (1 - 1e-12), "2023年100%，目标100%，**"),
        ("lower", 103.0, "2023年103%，目标100%，超出3个百分点，"),
        ("lower", 97.0, "2023年97%，目标100%，**"),
    ],
)
def test_short_of_a_level_to_keep(midterm: PlanEvaluation, direction: str, value: float, words: str) -> None:
    run = with_targets(midterm, "8", direction=direction)
    claim = indicator_claim(run, verdict(run, "8", value=value))
    assert words in claim.sentence
    if "超出" in words:
        assert called(claim, "与目标之差").formula == "数值−目标"


def test_completion_where_lower_is_better_or_undefined(midterm: PlanEvaluation) -> None:
    run = with_targets(midterm, "12", direction="lower")
    assert called(indicator_claim(run, verdict(run, "12")), "完成率").formula == "末期目标÷数值"
    claim = indicator_claim(midterm, verdict(midterm, "12", completion=math.nan, schedule_ratio=math.nan))
    assert "完成率" not in claim.sentence and "末期目标26元/人/年，规划路径" in claim.sentence and "时序比" not in claim.sentence


def context_claim(evaluation: PlanEvaluation, values: dict[int, float], note: str = "") -> Claim:
    rows = evaluation.monitoring.readings.query("series == 'minimum_wage'").iloc[: len(values)]
    assert len(rows) == len(values)
    rows = rows.assign(year=list(values), value=list(values.values()), note=note)
    monitoring = dataclasses.replace(evaluation.monitoring, readings=rows)
    return one(text.context(dataclasses.replace(evaluation, monitoring=monitoring)), "本地最低工资标准：")


@pytest.mark.parametrize(
    ("later", "words", "formula"),
    [
        (1900.0, "，增长90%", "2023年本地最低工资标准÷2020年本地最低工资标准−1"),
        (900.0, "，下降10%", "2023年本地最低工资标准÷2020年本地最低工资标准−1，取绝对值"),
        (20000.0, "，增至20倍", "2023年本地最低工资标准÷2020年本地最低工资标准"),
        (1000.0, "，持平", ""),
    ],
)
def test_the_change_of_a_context_series(midterm: PlanEvaluation, later: float, words: str, formula: str) -> None:
    claim = context_claim(midterm, {2020: 1000.0, 2023: later})
    assert claim.sentence.startswith(f"本地最低工资标准：2020年1,000元/月，2023年{later:,.0f}元/月{words}")
    assert [item.formula for item in claim.quantities[2:]] == ([formula] if formula else [])
    assert [item.name for item in claim.quantities[:2]] == ["2020年本地最低工资标准", "2023年本地最低工资标准"]
    assert [item.evidence for item in claim.quantities] == [claim.evidence[:1], claim.evidence[1:], claim.evidence][: len(claim.quantities)]


def test_a_context_series_without_a_positive_start_tells_no_change(midterm: PlanEvaluation) -> None:
    assert context_claim(midterm, {2020: 0.0, 2023: 5.0}).sentence == "本地最低工资标准：2020年0元/月，2023年5元/月。"
    assert context_claim(midterm, {2023: 5.0}).sentence == "本地最低工资标准：2023年5元/月。"


def test_numbers_in_a_note_are_traced_to_their_rows(midterm: PlanEvaluation) -> None:
    claim = context_claim(midterm, {2020: 1.0, 2023: 2.0}, "正文另载2,100元，2018年7月起")
    found = claim.quantities[-1]
    assert (found.text, found.name, found.evidence) == ("2,100", "资料备注所载数", claim.evidence)


def broken_year(evaluation: PlanEvaluation, **changes: Any) -> Claim:
    rows = evaluation.rule_years[evaluation.rule_years["held"] == 0]
    row = rows[rows["indicator_id"] == "3"].iloc[:1].assign(**changes)
    return one(text.rule_history(with_cached(evaluation, rule_years=row)), "特困人员照料护理标准")


def test_a_year_missed_at_its_end(midterm: PlanEvaluation) -> None:
    claim = broken_year(midterm, compared=569.999)
    assert "2021年为569.999元/人/月，规则要求570元/人/月，未达标" in claim.sentence
    assert called(claim, "2021年规则要求").evidence == ("演示数据-monitoring.csv 第93行", "指标表第3行")


def test_a_year_broken_on_a_day_is_told_by_the_day(midterm: PlanEvaluation) -> None:
    day = {"broken_on": "2021-12-01", "broken_figure": 516.0, "broken_required": 570.0}
    # In binary arithmetic 570 is a hair short of 1900 × 0.3: the year's end is in order all the same.
    claim = broken_year(midterm, compared=570.0, required=570.0000000000001, **day)
    assert "2021年12月1日规则要求570元/人/月，当日执行516元/人/月，年末已补到570元/人/月，当年仍计未达标" in claim.sentence
    assert called(claim, "2021年12月1日规则要求").formula == "当日本地最低工资标准×0.3"
    above = broken_year(midterm, compared=570.0, required=570.0, rule_comparison="equal", **{**day, "broken_figure": 600.0})
    assert "当日执行600元/人/月，年末为570元/人/月" in above.sentence
    unequal = broken_year(midterm, compared=580.0, required=570.0, rule_comparison="equal", **day)
    assert "2021年为580元/人/月，规则要求570元/人/月，未达标" in unequal.sentence


def test_a_promise_just_missed_is_not_rounded_to_it(midterm: PlanEvaluation) -> None:
    table = midterm.commitments.copy()
    table.loc[table["id"] == "t02", "value"] = 149.999
    claim = one(text.commitments(dataclasses.replace(midterm, commitments=table)), "社区养老服务站")
    assert "承诺2023年达到150个，2023年填报149.999个，到期未完成" in claim.sentence
    assert [(item.name, item.evidence) for item in claim.quantities] == [
        ("任务原文所载数", ("任务表第2项（演示数据）",)),
        ("承诺的数量（2023年）", ("任务表第2项（演示数据）",)),
        ("2023年填报数", ("演示数据-monitoring.csv 第123行",)),
        ("指标要求2023年达到的值", ("指标表第6行",)),
    ]


def test_a_promise_overdue_beside_an_indicator_on_course_is_told_apart(midterm: PlanEvaluation) -> None:
    remark = "（指标表对同一事项要求2023年达到80%，“社区养老服务站覆盖率”因此判为符合预期；两处要求不同，分别判定）"
    assert one(text.commitments(midterm), "社区养老服务站").sentence.endswith(f"到期未完成{remark}。")
    behind = midterm.verdicts.assign(status=midterm.verdicts["status"].mask(midterm.verdicts["indicator_id"] == "6", "略滞后"))
    both = dataclasses.replace(midterm, verdicts=behind)
    assert one(text.commitments(both), "社区养老服务站").sentence.endswith("，到期未完成。")
    assert "指标表对" not in one(text.commitments(midterm), "街道综合养老服务中心").sentence


def test_commitments_by_outcome(midterm: PlanEvaluation, yuexiu: PlanEvaluation) -> None:
    (head, first, *_) = claims(text.commitments(midterm))
    assert [(item.text, item.name) for item in head.quantities] == [("8", "表外任务数"), ("1", "到期未完成的任务数")]
    assert sum(int(item.text) for item in first.quantities[1:]) == int(first.quantities[0].text)
    silent = one(text.gaps(yuexiu), "任务台账未填报11项")
    assert [item.text for item in silent.quantities] == ["11", "1", "1000", "1", "15", "15"]
    done = midterm.commitments.assign(outcome="已完成")
    assert next(claims(text.commitments(dataclasses.replace(midterm, commitments=done)))).sentence == "（一）8项任务没有到期未完成的"


# Scores


def test_points_follow_from_the_indicators_scores(midterm: PlanEvaluation) -> None:
    shown, scores = text.scores(midterm), midterm.indicators["score"]
    bounds = one(shown, "全按零分计")
    assert called(bounds, "未判的按零分计的等权总分").text == f"{scores.sum() / len(scores) * 100:.1f}"
    assert called(bounds, "未判的按满分计的等权总分").text == f"{(scores.sum() + scores.isna().sum()) / len(scores) * 100:.1f}"
    assert called(one(shown, "各项之间"), "各项等权的总分").text == f"{scores.mean() * 100:.1f}"
    low, high = (called(one(shown, "各类之间"), f"总分区间的{end}（各类权重任意变动）") for end in ("下端", "上端"))
    assert number(low.text) < number(called(one(shown, "各类之间"), "各类等权的总分").text) < number(high.text)
    assert "5%分位" in low.formula and "95%分位" in high.formula
    lowest = called(one(shown, "最低的是"), "养老服务得分的几何平均")
    own = midterm.indicators[midterm.indicators["category"] == "养老服务"]["score"].clip(lower=0.01)
    assert lowest.text == f"{math.prod(own) ** (1 / len(own)) * 100:.1f}" and "0.01" in lowest.formula


def test_one_judged_category_is_not_the_lowest_of_one(yuexiu: PlanEvaluation) -> None:
    sentences = [claim.sentence for claim in claims(text.scores(yuexiu))]
    assert "有已判指标的只有社会救助：类内最低一项100分，几何平均100分。" in sentences
    assert not any("名次" in sentence or "最低的是" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.9, "养老服务在90%的抽样中得分最低，这一名次可以认定"),
        (0.8996, "养老服务只在89.96%的抽样中得分最低，不足90%，"),
        (0.71, "只在71%的"),
    ],
)
def test_a_ranking_is_claimed_from_the_bound_on(midterm: PlanEvaluation, share: float, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module("overall"), "weakest_category_share", lambda _: ("养老服务", share))
    assert one(text.scores(midterm), "得分最低").sentence.startswith("类内权重任意变动时，")
    assert words in one(text.scores(midterm), "得分最低").sentence


def test_methods_count_indicators_in_the_heading_and_rows_in_the_text(midterm: PlanEvaluation) -> None:
    verdicts = midterm.verdicts.copy()
    twice = verdicts["indicator_id"] == "19"
    verdicts = pd.concat([verdicts, verdicts[twice].assign(part="乙")])
    head, _, named, *_ = claims(text.methods(dataclasses.replace(midterm, verdicts=verdicts)))
    assert head.sentence == "（三）3项指标换一种方法结论不同" and "结论不一的有4行" in named.sentence
    assert head.quantities[0].evidence == ("指标表第4行", "指标表第17行", "指标表第19行")


# Headings


def test_headings_say_what_they_count(midterm: PlanEvaluation, yuexiu: PlanEvaluation) -> None:
    head = next(claims(text.overall(midterm)))
    assert [item.name for item in head.quantities] == ["达到或符合预期的指标数", "滞后的指标数", "未判的指标数"]
    head = next(claims(text.problems(midterm)))
    assert [(item.text, item.name) for item in head.quantities] == [("9", "滞后的指标数"), ("4", "滞后的约束性指标数")]
    verdicts = midterm.verdicts.assign(status=midterm.verdicts["indicator_status"])  # all parts as bad as the worst
    parts = next(claims(text.problems(dataclasses.replace(midterm, verdicts=verdicts))))
    assert parts.sentence == "（一）9项滞后，其中约束性4项"
    heads = [item.head for item in text.by_category(yuexiu).passages]
    assert [item.name for item in heads[1].quantities] == ["养老服务未判的指标数"] and heads[1].evidence[0] == "专栏3第4行"
    grounds = next(claims(text.grounds(midterm)))
    assert grounds.sentence == "（一）24项指标分三类判定" and len(grounds.quantities[0].evidence) == 24


def test_nothing_of_one_attribute_is_no_empty_list(midterm: PlanEvaluation) -> None:
    table = midterm.indicators.assign(attribute="预期性")
    assert "约束性指标0项。" in [claim.sentence for claim in claims(text.overall(with_cached(midterm, indicators=table)))]


# Figures


def test_missing_figures_take_the_fewest_decimals() -> None:
    assert decimals_apart(math.nan, 5) == decimals_apart(5, math.nan) == 2
    assert decimals_apart(5.0, 5.0, 0) == 0 and decimals_apart(0.899, 0.9, 0) == 3 and decimals_apart(1e-12, 0) == 9


def test_quoted_text_keeps_its_words_and_names() -> None:
    marked = each_number("2018年7月起，3A级、60周岁以上、2024-03-31、15分钟，2020—2023年", "原文所载数", "", ("甲表",))
    assert plain(marked) == "2018年7月起，3A级、60周岁以上、2024-03-31、15分钟，2020—2023年"
    assert [(item.text, item.evidence) for item in separated(marked)[1]] == [("15", ("甲表",))]


def test_a_change_carries_years_and_both_rows() -> None:
    (found,) = separated(changed(-11.66, "2020年数", "2023年数", "2020—2023年", ("甲", "乙")))[1]
    assert (found.text, found.name, found.formula, found.evidence) == (
        "11.7%", "2020—2023年变动幅度", "2023年数÷2020年数−1，取绝对值", ("甲", "乙"),
    )  # fmt: skip
