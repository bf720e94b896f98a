"""The 24 indicators of the 14th plan judged by worked examples that a policy person can check without the code."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from sample_targets import readings_of, rule_of, targets_of

from analysis.assessment.assess import assess, latest_data_year
from analysis.assessment.statuses import SEVERITY
from analysis.observations.targets import load_targets
from analysis.vocabulary.errors import InputError

EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "verdicts_14.yml").read_text(encoding="utf-8"))
OF_PLAN = [*EXAMPLES["levels"], *EXAMPLES["rules"]]
FIGURES = {"ratio": "schedule_ratio", "completion": "completion", "progress": "progress", "required": "rule_required"}
# The national wording of 2023, written down apart from the code.
NATIONAL = {
    "提前完成": "提前实现", "快于预期": "快于预期", "符合预期": "基本符合预期", "基本符合": "基本符合预期", "保持": "基本符合预期",
    "达标": "基本符合预期", "略滞后": "滞后", "明显滞后": "滞后", "倒退": "滞后", "未保持": "滞后", "部分年度未达标": "滞后",
    "未达标": "滞后", "无法评估": "", "口径变更": "",
}  # fmt: skip


def name_of(example: dict[str, Any]) -> str:
    return f"{example.get('row', '其他')}{example.get('part', '')}-{example['year']}-{example['sentence']}"


def readings_of_example(example: dict[str, Any], targets: pd.DataFrame, district: str) -> pd.DataFrame:
    row, part = str(example["row"]), example.get("part", "")
    figures = [[year, value, *date] for year, value, *date in example.get("figures", [])]
    if "value" in example:
        figures.append([example["year"], example["value"]])
    if "count" in example:
        reached, total = map(int, example["count"].split("/"))
        figures.append([example["year"], 100 * reached / total])
    target = targets[(targets["indicator_id"] == row) & (targets["part"] == part)].iloc[0]
    reference = target["rule_reference"].removeprefix("indicator:"), target["rule_reference_part"]
    rows = [(row, part, year, value, date[0] if date else None) for year, value, *date in figures]
    rows += [(*reference, year, value, date[0] if date else None) for year, value, *date in example.get("references", [])]
    frame = readings_of(rows, district)
    own = (frame["series"] == row) & (frame["year"] == example["year"])
    return frame.assign(definition=pd.Series("", index=frame.index).mask(own, example.get("definition", "")))


@pytest.fixture(scope="module")
def targets() -> pd.DataFrame:
    return load_targets("yuexiu-14")


@pytest.fixture(scope="module")
def judged(targets: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Verdicts of each example's plan, by its position; examples of one year are judged together, each as a district."""
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, example in enumerate(OF_PLAN):
        together[example.get("as_of", example["year"]), example["year"]].append(position)
    found: dict[int, pd.DataFrame] = {}
    for (as_of, year), positions in together.items():
        frames = [readings_of_example(OF_PLAN[position], targets, f"算例{position}") for position in positions]
        # A figure of some other indicator keeps a district that has none of its own in the table.
        frames += [
            readings_of([("17", "", 2021, 29.0, None)], f"算例{position}")
            for position in positions
            if not len(frames[positions.index(position)])
        ]
        verdicts = assess(pd.concat(frames, ignore_index=True), targets, as_of, year)
        for position in positions:
            found[position] = verdicts[verdicts["district"] == f"算例{position}"]
    return found


@pytest.mark.parametrize("position", range(len(OF_PLAN)), ids=[name_of(example) for example in OF_PLAN])
def test_example(position: int, judged: dict[int, pd.DataFrame]) -> None:
    example, plan = OF_PLAN[position], judged[position]
    verdict = plan[(plan["indicator_id"] == str(example["row"])) & (plan["part"] == example.get("part", ""))].iloc[0]
    check(example, verdict)
    for key, column in (("indicator", "indicator_status"), ("transferred", "transferred"), ("rounding", "within_rounding")):
        if key in example:
            assert verdict[column] == example[key], key
    if "reason" in example:
        assert verdict["reason"] == example["reason"]


def check(example: dict[str, Any], verdict: pd.Series) -> None:
    assert verdict["status"] == example["status"], example["sentence"]
    assert verdict["national_class"] == ("" if example["year"] == 2025 else NATIONAL[example["status"]])
    for key, column in FIGURES.items():
        if key in example:
            assert verdict[column] == pytest.approx(example[key], abs=5e-5), key
    judged = example["status"] not in ("无法评估", "口径变更")
    for column in ("completion", "progress", "schedule_ratio", "required_pace", "path_level", "rule_margin"):
        assert judged or pd.isna(verdict[column]), f"{column}不判而有数"


@pytest.mark.parametrize("example", EXAMPLES["others"], ids=name_of)
def test_example_of_another_plan(example: dict[str, Any]) -> None:
    target = {name: example[name] for name in ("base", "milestone", "target", "direction", "attribute") if name in example}
    targets = targets_of(target | {"rounding_unit": example.get("unit_of_print", 1.0)})
    verdicts = assess(readings_of([("1", "", example["year"], example["value"], None)]), targets, example["year"])
    check(example, verdicts.iloc[0])
    assert verdicts["without_base"].tolist() == ["base" not in example]


def test_examples_cover_every_row_year_and_status(targets: pd.DataFrame) -> None:
    rows = {(str(example["row"]), example.get("part", "")) for example in OF_PLAN}
    assert rows == set(zip(targets["indicator_id"], targets["part"], strict=True))
    for row, part in rows:
        years = {example["year"] for example in OF_PLAN if (str(example["row"]), example.get("part", "")) == (row, part)}
        assert 2025 in years and years & {2022, 2023, 2024}, f"指标{row}{part}"
    assert {2021, 2022, 2023, 2024, 2025} == {example["year"] for example in OF_PLAN}
    assert {example["status"] for example in OF_PLAN} == set(SEVERITY)


def test_an_example_alone_is_judged_as_among_others(targets: pd.DataFrame, judged: dict[int, pd.DataFrame]) -> None:
    for position in range(0, len(OF_PLAN), 9):
        example = OF_PLAN[position]
        readings = readings_of_example(example, targets, f"算例{position}")
        alone = assess(readings, targets, example.get("as_of", example["year"]), example["year"])
        pd.testing.assert_frame_equal(alone, judged[position].reset_index(drop=True), obj=example["sentence"])


def test_binding_and_expected_side_by_side() -> None:
    """The same figures: 预期性 has three tolerances, 约束性 none."""
    pairs = {
        2023: {"level": (97.0, "略滞后", "基本符合"), "keep": (99.5, "未保持", "保持"), "rule": (2.0, "部分年度未达标", "部分年度未达标")},
        2025: {"level": (97.0, "未完成", "基本完成"), "keep": (99.5, "未完成", "完成"), "rule": (2.0, "未完成", "基本完成")},
    }
    kinds = {
        "level": {"base": 40.0, "milestone": 98.0, "target": 100.0},
        "keep": {"kind": "keep", "base": 100.0, "target": 100.0},
        "rule": rule_of(),
    }
    targets = targets_of(*(kinds[kind] | {"attribute": attribute} for kind in kinds for attribute in ("约束性", "预期性")))
    for year, expected in pairs.items():
        rows = [
            (str(n), "", year, expected[kind][0], None) for kind, first in zip(kinds, (1, 3, 5), strict=True) for n in (first, first + 1)
        ]
        rows += [(str(n), "", other, 1.0 if other == 2021 else 2.0, None) for n in (5, 6) for other in range(2021, year)]
        rows += [("context", "", other, 2.0, None) for other in range(2021, year + 1)]
        words = assess(readings_of(rows), targets, year)["status"].tolist()
        assert words == [word for kind in kinds for word in expected[kind][1:]]


def test_an_indicator_is_its_worst_part() -> None:
    parts = [rule_of(indicator_id="1", part=part, reference="context") for part in ("甲", "乙", "丙")]
    targets = targets_of(*parts, {"indicator_id": "2", "base": 0.0, "target": 100.0})

    def words(first: float, second: float, third: float | None) -> list[str]:
        rows = [
            ("1", "甲", 2021, first, None),
            ("1", "乙", 2021, second, None),
            ("2", "", 2021, 100.0, None),
            ("context", "", 2021, 5.0, None),
        ]
        rows += [] if third is None else [("1", "丙", 2021, third, None)]
        return assess(readings_of(rows), targets, 2021)["indicator_status"].tolist()

    assert words(5, 6, 5) == ["达标", "达标", "达标", "提前完成"]
    assert words(5, 4, 5) == ["未达标", "未达标", "未达标", "提前完成"]
    assert words(5, 5, None) == ["无法评估", "无法评估", "无法评估", "提前完成"]
    assert words(4, 5, None) == ["未达标", "未达标", "未达标", "提前完成"]  # a known failure is not hidden by a gap


def test_the_least_way_is_a_share_of_the_targets_size_whatever_its_sign() -> None:
    """4 of a target of 990 is less than 0.5 %, below zero (a net loss, say) as above it."""
    rows = [{"base": sign * 1000.0, "milestone": sign * 1000.0 + 4, "target": sign * 990.0 + (20 if sign > 0 else 0)} for sign in (1, -1)]
    verdicts = assess(readings_of([("1", "", 2023, 1004.0, None), ("2", "", 2023, -996.0, None)]), targets_of(*rows), 2023, 2023)
    assert verdicts["schedule_ratio"].isna().all() and verdicts["status"].tolist() == ["符合预期", "符合预期"]


def test_a_declared_change_of_definition_holds_from_its_year() -> None:
    targets = targets_of({"base": 10.0, "target": 20.0, "definition_change_year": 2023})
    readings = readings_of([("1", "", year, 15.0, None) for year in (2022, 2023, 2024)])
    statuses = [assess(readings, targets, year)["status"].item() for year in (2022, 2023, 2024)]
    assert statuses == ["快于预期", "口径变更", "口径变更"]


def test_a_rule_compares_with_another_part_by_name() -> None:
    targets = targets_of(*(rule_of(indicator_id="1", part=part, reference_part=part) for part in ("甲", "乙")))
    rows = [
        ("1", "甲", 2021, 5.0, None),
        ("1", "乙", 2021, 5.0, None),
        ("context", "甲", 2021, 5.0, None),
        ("context", "乙", 2021, 6.0, None),
    ]
    assert assess(readings_of(rows), targets, 2021)["status"].tolist() == ["达标", "未达标"]


def test_rule_years_are_counted() -> None:
    rows = [("1", "", year, value, None) for year, value in ((2021, 4.0), (2022, 5.0), (2024, 5.0))]
    rows += [("context", "", year, 5.0, None) for year in range(2020, 2026)]
    verdict = assess(readings_of(rows), targets_of(rule_of()), 2024).iloc[0]
    assert (verdict["rule_years_met"], verdict["rule_years_known"], verdict["rule_margin"]) == (2, 3, 0)
    assert verdict["reason"] == "2021年未达标；2023年数据不全、未判"


@pytest.mark.parametrize(
    ("as_of", "data_year", "words"),
    [
        (2020, None, "as_of"),
        (2026, None, "as_of"),
        (2023, 2024, "data_year"),
        (2023, 2020, "data_year"),
        (2025, 2024, "终期评估用2025年数据"),
    ],
)
def test_years_that_cannot_be_meant_are_refused(as_of: int, data_year: int | None, words: str) -> None:
    readings = readings_of([("1", "", 2024, 5.0, None)])
    with pytest.raises(InputError, match=words):
        assess(readings, targets_of({"base": 1.0, "target": 9.0}), as_of, data_year)


def test_the_year_of_the_data_is_the_latest_with_an_indicators_figure() -> None:
    readings = readings_of([("1", "", 2022, 5.0, None), ("context", "", 2023, 5.0, None), ("1", "", 2024, 6.0, None)])
    assert [latest_data_year(readings, as_of, 2025) for as_of in (2021, 2022, 2023, 2024, 2025)] == [2021, 2022, 2022, 2024, 2025]
    verdict = assess(readings, targets_of({"base": 1.0, "target": 9.0}), 2023).iloc[0]
    assert (verdict["as_of"], verdict["data_year"], verdict["value"]) == (2023, 2022, 5.0)


def test_figures_after_the_data_year_change_nothing() -> None:
    targets = targets_of({"base": 1.0, "target": 9.0}, rule_of())
    rows = [("1", "", 2022, 5.0, None), ("2", "", 2022, 5.0, None), ("context", "", 2022, 5.0, None)]
    later = [("1", "", 2023, 0.0, None), ("2", "", 2023, 1.0, None), ("context", "", 2023, 9.0, None)]
    before, after = (assess(readings_of(readings), targets, 2023, 2022) for readings in (rows, rows + later))
    pd.testing.assert_frame_equal(before, after)


def test_a_final_verdict_needs_the_final_years_figure_an_earlier_peak_is_none() -> None:
    verdict = assess(readings_of([("1", "", 2024, 30.0, None)]), targets_of({"base": 10.0, "target": 20.0}), 2025).iloc[0]
    assert (verdict["status"], verdict["reason"]) == ("无法评估", "缺少2025年数值")


def test_an_evaluation_without_readings_judges_nothing(targets: pd.DataFrame) -> None:
    verdicts = assess(readings_of([]), targets, 2023)
    assert verdicts["status"].eq("无法评估").all() and len(verdicts) == 27
    assert set(verdicts["indicator_status"]) == {"无法评估"} and not verdicts["methods_disagree"].any()


def test_what_the_readings_say_is_carried_beside_the_verdict() -> None:
    readings = readings_of([("1", "", 2022, 50.0, None)]).assign(
        count=9, total=18, data_status="初步", reliability="待核实", source="表1", edition="v1", where="第3行"
    )
    verdict = assess(readings, targets_of({"base": 0.0, "target": 100.0}, {"base": 0.0, "target": 1.0}), 2022)
    carried = ["count", "total", "data_status", "reliability", "source", "edition", "where"]
    assert verdict.iloc[0][carried].tolist() == [9, 18, "初步", "待核实", "表1", "v1", "第3行"]
    assert verdict["count"].isna().tolist() == [False, True] and verdict.iloc[1]["source"] == ""
    assert verdict["value"].isna().tolist() == [False, True]
