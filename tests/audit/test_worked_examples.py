"""Worked examples of the audit, reviewable without reading code: tests/audit/examples.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.audit.source_audit import audit_checks, audit_summary, figure_checks, source_audit

EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def audit() -> pd.DataFrame:
    return source_audit().set_index("id")


@pytest.mark.parametrize("example", EXAMPLES["checks"], ids=lambda example: f"{example['id']} {example['sentence']}")
def test_check(audit: pd.DataFrame, example: dict[str, Any]) -> None:
    found = audit.loc[example["id"]]
    for column in ("printed", "recomputed", "difference", "verdict"):
        if column in example:
            assert found[column] == str(example[column]), column
    if "arithmetic" in example:
        assert example["arithmetic"] in found["arithmetic"]
    if "note" in example:
        assert example["note"] in found["note"]


def test_counts() -> None:
    audit = source_audit()
    figures = audit_summary(figure_checks(audit)).loc["合计"]
    assert figures.to_dict() == EXAMPLES["counts"]
    assert audit["id"].is_unique


def test_every_disagreement_is_in_the_examples() -> None:
    """A new 不一致 must be reviewed by a person before it is printed."""
    figures = figure_checks(source_audit())
    assert set(figures.loc[figures["verdict"] == "不一致", "id"]) == {e["id"] for e in EXAMPLES["checks"] if e.get("verdict") == "不一致"}


def test_every_disagreement_shows_its_arithmetic_or_reason() -> None:
    odd = figure_checks(source_audit()).query("verdict == '不一致'")
    assert ((odd["arithmetic"] != "") | (odd["note"] != "")).all()


def test_all_printed_figures_of_the_plan_are_reached() -> None:
    """All 26 rates, and every figure of the prose with a counterpart or a growth, have a check."""
    from analysis.observations.door import load_table

    ids = set(source_audit()["id"])
    assert {f"r{n:02d}" for n in range(1, 27)} <= ids
    prose = load_table("prose_figures")
    assert {f"e{row.id[1:]}" for row in prose.itertuples() if row.counterpart} <= ids
    plain = prose[prose["kind"].isin(["成效", "目标", "自述"]) & (prose["unit"] != "年")]
    places = {check.where + check.printed for check in audit_checks()}
    numbers = {id[1:] for id in ids if id[0] in "eglv"}
    for row in plain.itertuples():
        assert row.id[1:] in numbers or any(place.endswith(f"{row.printed}{row.unit}") for place in places), row.id
    assert {f"g{row.id[1:]}" for row in prose.itertuples() if row.growth_percent == row.growth_percent} <= ids
