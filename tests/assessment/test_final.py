"""Final verdicts: worked examples, invariances, and the plan's own count reproduced."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.archive.plans import load_plan
from analysis.assessment.completion import completion_ratio, final_verdicts, method_status, own_status
from analysis.assessment.final import FinalEvaluation, evaluate_final
from analysis.assessment.progress import progress_ratio
from analysis.observations.door import load_observations
from analysis.vocabulary.errors import InputError

EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text(encoding="utf-8"))
amounts = st.floats(0.01, 1e6)


@pytest.mark.parametrize("example", EXAMPLES["verdicts"], ids=lambda example: example["sentence"])
def test_verdict(example: dict[str, Any]) -> None:
    ratio = completion_ratio(example["value"], example["target"], example.get("direction", "higher"))
    assert own_status(ratio) == example["status"]
    assert method_status(ratio, bounded=example["bounded"], binding=example.get("binding", "")) == example["status_method"]


@pytest.mark.parametrize("example", EXAMPLES["progress"], ids=lambda example: example["sentence"])
def test_progress(example: dict[str, Any]) -> None:
    found = progress_ratio(example["base"], example["value"], example["target"], example.get("direction", "higher"))
    assert found == (None if example["progress"] is None else pytest.approx(example["progress"], abs=0.0005))


def test_the_plans_own_count_reproduces(evaluation: FinalEvaluation) -> None:
    expected, verdicts = EXAMPLES["plan_13"], evaluation.verdicts
    assert len(verdicts) == 26
    assert verdicts["status"].value_counts().to_dict() == expected["counts"]
    assert verdicts["status_method"].value_counts().to_dict() == expected["counts_method"]
    assert evaluation.missed()["indicator_id"].tolist() == expected["missed"]
    assert verdicts.loc[verdicts["status"] == "超额完成", "indicator_id"].tolist() == expected["exceeded"]
    assert verdicts.loc[verdicts["status_method"] == "超额完成", "indicator_id"].tolist() == expected["exceeded_method"]
    assert evaluation.self_count["agrees"].tolist() == ["无法核对", "一致", "一致", "一致"]


def test_counts_add_up(evaluation: FinalEvaluation) -> None:
    for column in ("status", "status_method"):
        counts = evaluation.counts(column)
        assert counts.loc["合计", "合计"] == 26
        assert (counts.drop(columns="合计").sum(axis=1) == counts["合计"]).all()
        assert (counts.drop(index="合计").sum() == counts.loc["合计"]).all()


def test_a_missing_result_is_not_zero() -> None:
    observations = load_observations(plan="yuexiu-13", table="专栏1")
    row = (observations["number"] == 7) & (observations["kind"] == "观测")
    verdicts = final_verdicts(observations.assign(value=observations["value"].mask(row)), load_plan("yuexiu-13"), 2020)
    seventh = verdicts.set_index("indicator_id").loc["7"]
    assert seventh["status"] == seventh["status_method"] == "无法评估"
    assert math.isnan(seventh["value"])
    assert math.isnan(seventh["completion"])


@settings(derandomize=True, deadline=None)
@given(value=amounts, target=amounts, scale=st.sampled_from([0.0001, 0.01, 100.0, 10000.0]))
def test_units_do_not_matter(value: float, target: float, scale: float) -> None:
    ratio = completion_ratio(value, target)
    assert ratio is not None
    assert completion_ratio(value * scale, target * scale) == pytest.approx(ratio, rel=1e-9)


@settings(derandomize=True, deadline=None)
@given(low=amounts, step=amounts, target=amounts, bounded=st.booleans(), binding=st.sampled_from(["", "约束性", "预期性"]))
def test_more_is_never_judged_worse(low: float, step: float, target: float, bounded: bool, binding: str) -> None:
    order = ["未完成", "基本完成", "完成", "超额完成"]
    worse, better = (method_status(completion_ratio(v, target), bounded=bounded, binding=binding) for v in (low, low + step))
    assert order.index(better) >= order.index(worse)


@settings(derandomize=True, deadline=None)
@given(value=amounts, target=amounts)
def test_direction_flip(value: float, target: float) -> None:
    higher, lower = completion_ratio(value, target), completion_ratio(target, value, "lower")
    assert higher == pytest.approx(lower)


@settings(derandomize=True, deadline=None)
@given(base=st.floats(-1e4, 1e4), way=st.floats(0.1, 1e4), share=st.floats(-1, 3))
def test_progress_is_linear_in_the_way_covered(base: float, way: float, share: float) -> None:
    assert progress_ratio(base, base + share * way, base + way) == pytest.approx(share, abs=1e-6)
    assert progress_ratio(-base, -base - share * way, -base - way, "lower") == pytest.approx(share, abs=1e-6)


@pytest.mark.parametrize(
    ("plan", "year", "words"),
    [("yuexiu-99", 2020, "yuexiu-13、yuexiu-14"), ("yuexiu-13", 2021, "2020"), ("yuexiu-14", 2025, "尚无期末结果")],
)
def test_what_cannot_be_judged_is_refused(plan: str, year: int, words: str) -> None:
    with pytest.raises(InputError, match=words):
        evaluate_final(plan, year)


def test_tables_of_another_edition_are_refused(copied_home: Path) -> None:
    path = copied_home / "data" / "processed" / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2022-01-18", "2021-01-01"), encoding="utf-8")
    with pytest.raises(InputError, match="minzheng data"):
        evaluate_final("yuexiu-13", 2020)


def test_base_to_target(evaluation: FinalEvaluation) -> None:
    progress = evaluation.progress.set_index("indicator_id")
    assert progress.index.tolist() == ["1", "7", "8", "14"]
    assert progress.loc["1", ["base", "value"]].round(2).tolist() == [12.49, 15.59]
    assert round(progress.at["1", "progress"], 3) == 0.113
    assert round(progress.at["14", "progress"], 3) == 0.087
    assert progress["base_beyond_target"].tolist() == [False, False, True, False]
    assert pd.isna(progress.at["8", "progress"])


def test_succession(evaluation: FinalEvaluation) -> None:
    rows = evaluation.succession.set_index("indicator_id")
    assert rows.index[rows["next_id"] != ""].tolist() == ["14", "20"]
    assert rows.loc["14", ["next_id", "target", "next_target", "next_year"]].tolist() == ["17", 50.0, 35.0, 2025]
    assert pd.isna(rows.at["1", "next_target"])
