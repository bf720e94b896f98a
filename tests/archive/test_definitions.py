"""Definitions are strict: an unknown key, a wrong type or bad YAML is an error with its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.archive.plans import PlanHeader, load_plan, plan_ids
from analysis.archive.schema import read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError


@pytest.mark.parametrize("plan", plan_ids())
def test_definitions_read_and_ids_are_unique(plan: str) -> None:
    definition = load_plan(plan)
    ids = [item.id for item in (*definition.indicators.values(), *definition.statistics.values())]
    assert len(definition.indicators) == {"yuexiu-13": 26, "yuexiu-14": 24, "demo-14": 24}[plan]
    assert len(set(ids)) >= len(ids) - 1  # the rating of organisations is both an indicator and a statistic in no plan
    assert all(item.bounded == (item.measure == "share") for item in definition.indicators.values())
    assert all(item.denominator for item in definition.indicators.values() if item.measure in ("share", "rate"))


def test_all_defects_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    good = (paths.plans() / "yuexiu-13" / "plan.yml").read_text(encoding="utf-8")
    bad = good.replace("first_year: 2016", "first_year: 二〇一六").replace("place:", "palce:")
    path = tmp_path / "plan.yml"
    path.write_text(bad, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_yaml(path, PlanHeader)
    told = str(caught.value)
    assert "first_year" in told
    assert "palce；实际：未定义的键" in told
    assert "place；实际：缺少该键" in told


def test_bad_yaml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text("id: x\ntitle: [a\n", encoding="utf-8")
    with pytest.raises(InputError, match="第3行"):
        read_yaml(path, PlanHeader)
