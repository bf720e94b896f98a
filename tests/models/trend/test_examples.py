"""Each worked example of examples.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.models.trend import forecast

EXAMPLES = yaml.safe_load((Path(__file__).parent / "examples.yml").read_text(encoding="utf-8"))


def run(example: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame({"series": "s", "year": list(example["values"]), "value": list(example["values"].values())})
    for column in ("kind", "target", "direction"):
        if column in example:
            table[column] = example[column]
    found = forecast(table, example["to"])
    return found[found["year"] == example["to"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_example(example: dict[str, Any]) -> None:
    rows = run(example)
    if "scenarios" in example:
        assert dict(zip(rows["method"], rows["point"].round(0), strict=True)) == example["scenarios"]
        assert rows[["low_80", "high_80", "low_95", "high_95", "chance"]].isna().all(axis=None)
        return
    (row,) = rows.to_dict("records")
    checks = set(example) - {"name", "why", "values", "to", "kind", "target", "direction"}
    assert checks
    if "point" in example:
        assert row["point"] == pytest.approx(example["point"], rel=0.002, abs=0.01)
    for key, bounds in example.items():
        if key.endswith("_between"):
            assert bounds[0] <= row[key.removesuffix("_between")] <= bounds[1]
    if "high_95_at_most" in example:
        assert row["high_95"] <= example["high_95_at_most"]
    if "width_80_at_least" in example:
        assert row["high_80"] - row["low_80"] >= example["width_80_at_least"]
    if "method" in example:
        assert row["method"] == example["method"]
