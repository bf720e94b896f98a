"""Other institutions' methods at their thresholds, worked by hand; and when they contradict the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_targets import NAN, readings_of, targets_of

from analysis.assessment.assess import assess
from analysis.assessment.peers import METHOD_TITLES, METHODS, Track, disagree, growth_ratio, share_at_end, side_by_side
from analysis.assessment.statuses import SEVERITY
from analysis.assessment.thresholds import load_peer_thresholds

EXAMPLES: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(__file__).parent / "peers.yml").read_text(encoding="utf-8"))
WORKED = [(method, example) for method in METHODS for example in EXAMPLES[method]]
# Every word a method may say, best first.
WORDS = {
    "open_sdg": ["已达目标", "进展顺利", "中等进展", "进展有限", "恶化"],
    "un": ["可如期实现", "有一定进展", "停滞或倒退"],
    "eurostat": ["显著进展", "中等进展", "进展不足", "背离目标"],
    "sdsn": ["在轨", "中等改善", "停滞", "下降"],
    "time_schedule": ["提前", "达到", "滞后"],
}


def track_of(example: dict[str, Any]) -> Track:
    base, value, target = (np.array([np.nan if example[name] is None else float(example[name])]) for name in ("base", "value", "target"))
    sign = np.array([-1.0 if example.get("direction") == "lower" else 1.0])
    kind = example.get("kind", "level")
    return Track(
        base, value, target, sign, np.array([kind == "rule"]), np.array([kind == "keep"]), example["elapsed"], example.get("total", 5)
    )


@pytest.mark.parametrize(("method", "example"), WORKED, ids=[f"{method}-{example['sentence']}" for method, example in WORKED])
def test_method(method: str, example: dict[str, Any]) -> None:
    assert side_by_side(track_of(example))[method].item() == example["word"], example["sentence"]


def test_strictly_above_is_not_a_matter_of_the_last_binary_digit() -> None:
    barely = {"base": 100, "target": 161.051, "elapsed": 1, "value": 109.5 * (1 + 1e-12)}
    assert growth_ratio(track_of(barely)).item() > 0.95
    words = side_by_side(track_of(barely))
    assert (words["eurostat"].item(), words["open_sdg"].item()) == ("中等进展", "进展顺利")


def test_every_word_and_reason_is_worked() -> None:
    for method in METHODS:
        used = {example["word"] for example in EXAMPLES[method]}
        assert used >= set(WORDS[method])
        assert all(word in WORDS[method] or word.startswith("不适用（") for word in used)
    reasons = {example["word"] for _, example in WORKED if example["word"].startswith("不适用")}
    assert len(reasons) == 6
    assert tuple(METHOD_TITLES) == METHODS


def test_growth_methods_and_linear_ones_part_at_a_zero_base() -> None:
    words = side_by_side(track_of({"base": 0, "target": 100, "value": 60, "elapsed": 3}))
    assert {name for name, word in words.items() if word.item().startswith("不适用")} == {"open_sdg", "un", "eurostat"}


@pytest.mark.parametrize("example", EXAMPLES["disagree"], ids=lambda example: example["sentence"])
def test_disagreement(example: dict[str, Any]) -> None:
    targets = targets_of(
        {name: example[name] for name in ("base", "milestone", "target", "kind") if name in example} | {"rounding_unit": 0.1}
    )
    readings = readings_of([("1", "", example["year"], example["value"], None)] if "value" in example else [])
    verdict = assess(readings, targets, example["year"], example["year"]).iloc[0]
    assert bool(verdict["methods_disagree"]) is example["disagree"]


AHEAD, ON_TRACK, BEHIND = "超前", "如期", "落后"
ANY = {AHEAD, ON_TRACK, BEHIND}
# What each status and each method's word leaves possible, written down apart from the code; all others say 落后.
LEFT = {
    ("提前完成", "快于预期", "提前"): {AHEAD},
    ("超额完成", "完成", "已达目标", "进展顺利", "可如期实现", "显著进展", "在轨", "达到"): {AHEAD, ON_TRACK},
    ("符合预期", "基本符合", "基本完成", "保持", "达标"): {ON_TRACK},
    ("无法评估", "口径变更", "不适用（无基期）"): ANY,
}
SAYS = {word: left for words, left in LEFT.items() for word in words}


def test_disagreement_of_every_status_with_every_word() -> None:
    for method in METHODS:
        for word in [*WORDS[method], "不适用（无基期）"]:
            status = np.array(SEVERITY, dtype=object)
            found = disagree(status, {method: np.full(status.shape, word, dtype=object)})
            expected = [not (SAYS.get(said, {BEHIND}) & SAYS.get(word, {BEHIND})) for said in SEVERITY]
            assert found.tolist() == expected, word


def test_three_that_pairwise_agree_may_still_disagree_together() -> None:
    status = np.array(["快于预期", "符合预期", "符合预期"], dtype=object)
    methods = {"sdsn": np.array(["在轨"] * 3, dtype=object), "time_schedule": np.array(["达到", "达到", "提前"], dtype=object)}
    assert disagree(status, methods).tolist() == [False, False, True]


def test_formulas_on_known_figures() -> None:
    track = track_of({"base": 100, "target": 161.051, "value": 121, "elapsed": 2})
    assert growth_ratio(track).item() == pytest.approx(1)
    assert share_at_end(track).item() == pytest.approx(1)
    slow = track_of({"base": 64, "target": 100, "value": 80, "elapsed": 1, "total": 3})
    assert share_at_end(slow).item() == pytest.approx((125 - 64) / 36)
    falling = track_of({"base": 100, "target": 81, "value": 95, "elapsed": 1, "total": 2, "direction": "lower"})
    assert growth_ratio(falling).item() == pytest.approx(0.5)


def test_thresholds_name_where_they_come_from() -> None:
    limits = load_peer_thresholds()
    for method in METHODS:
        assert getattr(limits, method).reference
        assert getattr(limits, method).status in ("见原文", "据转述")


amounts = st.integers(1, 5000).map(lambda n: n / 10)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    base=amounts,
    target=amounts,
    values=st.lists(amounts, min_size=2, max_size=8),
    elapsed=st.integers(1, 5),
    factor=st.sampled_from([0.01, 1 / 3, 1e4]),
)
def test_methods_are_monotone_and_free_of_units(base: float, target: float, values: list[float], elapsed: int, factor: float) -> None:
    sign = 1.0 if target > base else -1.0
    ordered = np.array(sorted(values, reverse=sign < 0))

    def words(scale: float) -> dict[str, Any]:
        shape = np.full(ordered.shape, scale)
        no = np.zeros(ordered.shape, dtype=bool)
        return side_by_side(Track(base * shape, ordered * scale, target * shape, np.full(ordered.shape, sign), no, no, elapsed, 5))

    found, again = words(1.0), words(factor)
    for method in METHODS:
        assert found[method].tolist() == again[method].tolist()
        if target != base:
            ranks = [WORDS[method].index(word) for word in found[method]]
            assert ranks == sorted(ranks, reverse=True), method


def test_an_unjudged_row_is_judged_by_nobody() -> None:
    readings = readings_of([("1", "", 2023, 25.0, None)]).assign(definition="口径变更")
    verdict = assess(readings, targets_of({"base": 20.0, "target": 30.0}), 2023, 2023).iloc[0]
    assert verdict[list(METHODS)].tolist() == ["不适用（没有可比数值）"] * 5 and not verdict["methods_disagree"]


def test_sides_are_judged_in_the_plans_own_table() -> None:
    rows = [{"base": 23.0, "milestone": 25.0, "target": 28.0}, {"base": 0.0, "target": 100.0}, {"base": NAN, "target": 60.0}]
    readings = readings_of([("1", "", 2022, 25.0, None), ("2", "", 2022, 40.0, None), ("3", "", 2022, 60.0, None)])
    verdicts = assess(readings, targets_of(*rows), 2022, 2022)
    # 25/23 in two years is 4.26 % a year, 28/23 in five 4.01 %; carried on to 2025 it is 28.33; p = 0.4 = τ.
    assert verdicts.iloc[0][list(METHODS)].tolist() == ["进展顺利", "可如期实现", "显著进展", "在轨", "达到"]
    assert verdicts["time_schedule"].tolist() == ["达到", "达到", "不适用（无基期）"]
    assert pd.api.types.is_bool_dtype(verdicts["methods_disagree"])
