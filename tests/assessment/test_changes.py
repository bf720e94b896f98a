"""Which verdicts changed between two runs, and which input alone would have changed each."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from analysis.assessment.assess import assess
from analysis.assessment.changes import RunInputs, changed_figures, changed_verdicts
from analysis.assessment.thresholds import Thresholds, load_thresholds
from analysis.observations.targets import load_targets

TARGETS = load_targets("yuexiu-14")
FIGURES = {("12", "", 2023): 24.9, ("2", "", 2022): 1792.0, ("2", "", 2023): 1984.0, ("dibao_standard", "", 2022): 1120.0,
           ("dibao_standard", "", 2023): 1240.0, ("17", "", 2023): 32.0}  # fmt: skip


def run(figures: dict[tuple[str, str, int], float], as_of: int = 2023, **changes: object) -> RunInputs:
    rows = [{"series": s, "part": p, "year": y, "value": v} for (s, p, y), v in figures.items()]
    readings = pd.DataFrame(rows).assign(effective_date="", definition="与基期一致")
    thresholds = changes.get("thresholds", load_thresholds())
    targets = changes.get("targets", TARGETS)
    assert isinstance(thresholds, Thresholds) and isinstance(targets, pd.DataFrame)
    year = min(as_of, 2023)
    return RunInputs("x", "yuexiu-14", assess(readings, targets, as_of, year, thresholds), readings, targets, thresholds, as_of, year)


def test_equal_runs_differ_in_nothing() -> None:
    assert changed_verdicts(run(FIGURES), run(FIGURES)).empty
    assert changed_figures(run(FIGURES), run(FIGURES)).empty


def test_a_revised_figure_is_named_as_the_cause_and_others_are_not() -> None:
    later = run(FIGURES | {("12", "", 2023): 25.0, ("17", "", 2023): 32.0})
    changes = changed_verdicts(run(FIGURES), later)
    assert changes[["indicator_id", "status_before", "status_after", "causes"]].values.tolist() == [
        ["12", "基本符合", "符合预期", "本指标数值"]
    ]
    assert changes.at[0, "details"] == "指标12：2023年24.9→25"


def test_a_changed_reference_is_the_cause_of_a_rules_verdict() -> None:
    """低保由1240改为1250后，1.6倍为2000，特困1984不再达标；特困本身没有变。"""
    changes = changed_verdicts(run(FIGURES), run(FIGURES | {("dibao_standard", "", 2023): 1250.0}))
    assert changes[["indicator_id", "causes", "details"]].values.tolist() == [["2", "规则参照值", "dibao_standard：2023年1240→1250"]]


def test_a_figure_that_would_not_have_changed_it_is_no_cause() -> None:
    """低保升到1250，特困升到1999仍不到2000：单独升特困不会改变判定，原因只是参照值。"""
    later = run(FIGURES | {("dibao_standard", "", 2023): 1250.0, ("2", "", 2023): 1999.0})
    assert changed_verdicts(run(FIGURES), later)["causes"].tolist() == ["规则参照值"]


def test_changes_that_only_work_together_are_said_to() -> None:
    """特困和低保原来都缺：只补其一仍无法评估，两者都补才达标。"""
    later = run({("12", "", 2023): 24.9, ("2", "", 2023): 1984.0, ("dibao_standard", "", 2023): 1240.0})
    changes = changed_verdicts(run({("12", "", 2023): 24.9}), later)
    assert changes[["indicator_id", "status_after"]].values.tolist() == [["2", "达标"]]
    assert changes.at[0, "causes"] == "单独任何一项都不改变判定，须合在一起"
    assert changes.at[0, "details"] == "指标2：2023年无→1984；dibao_standard：2023年无→1240"


def test_each_input_that_changes_the_verdict_alone_is_a_cause_the_others_are_not() -> None:
    before = run({("12", "", 2023): 24.9})
    midterm = load_thresholds().midterm.model_copy(update={"slightly_behind_ratio": 0.9})
    stricter = load_thresholds().model_copy(update={"midterm": midterm})
    after = run({("12", "", 2023): 24.7}, thresholds=stricter)  # R 由0.95降到0.85：旧界线0.60为略滞后，新界线0.90为明显滞后
    assert changed_verdicts(before, after)[["status_after", "causes"]].values.tolist() == [["明显滞后", "本指标数值"]]


def test_a_threshold_alone_can_be_the_cause() -> None:
    loose = load_thresholds().model_copy(update={"midterm": load_thresholds().midterm.model_copy(update={"nearly_ratio": 0.97})})
    assert changed_verdicts(run({("12", "", 2023): 24.92}), run({("12", "", 2023): 24.92}, thresholds=loose))["causes"].tolist() == [
        "判定阈值"
    ]


def test_a_target_alone_can_be_the_cause() -> None:
    moved = TARGETS.assign(milestone=TARGETS["milestone"].mask(TARGETS["indicator_id"] == "12", 24.0))
    changes = changed_verdicts(run({("12", "", 2023): 24.5}), run({("12", "", 2023): 24.5}, targets=moved))
    assert changes["causes"].tolist() == ["目标与定义"]


def test_a_definition_change_is_told() -> None:
    after = run({("12", "", 2023): 24.9})
    readings = after.readings.assign(definition="口径变更")
    after = dataclasses.replace(after, readings=readings, verdicts=assess(readings, TARGETS, 2023, 2023))
    changes = changed_verdicts(run({("12", "", 2023): 24.9}), after)
    assert changes.at[0, "status_after"] == "口径变更"
    assert "口径变更" in changes.at[0, "details"]


def test_changes_come_in_the_plans_order() -> None:
    later = run(FIGURES | {("12", "", 2023): 25.0, ("2", "", 2023): 1900.0, ("17", "", 2023): 30.0})
    assert changed_verdicts(run(FIGURES), later)["indicator_id"].tolist() == ["2", "12", "17"]


def test_added_and_removed_figures_are_listed() -> None:
    table = changed_figures(run({("12", "", 2023): 24.9}), run({("17", "", 2023): 31.0}))
    assert table["series"].tolist() == ["12", "17"]
    assert table["value_before"].isna().tolist() == [False, True]


def test_another_program_with_equal_inputs_says_so() -> None:
    before, after = run(FIGURES), run(FIGURES)
    verdicts = after.verdicts.assign(status=after.verdicts["status"].mask(after.verdicts["indicator_id"] == "12", "符合预期"))
    changes = changed_verdicts(before, dataclasses.replace(after, verdicts=verdicts))
    assert changes["causes"].tolist() == ["判定程序不同"]


@pytest.mark.parametrize("as_of", [2022])
def test_another_evaluation_year_is_a_cause(as_of: int) -> None:
    figures = {("12", "", 2022): 24.5, ("12", "", 2023): 24.5}
    changes = changed_verdicts(run(figures, as_of), run(figures, 2023))
    assert "评估年份或数据年份" in changes["causes"].iloc[0]
