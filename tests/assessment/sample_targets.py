"""Targets and readings made for a test: every column that judging needs, one line a row."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pandas as pd

NAN = float("nan")
EMPTY: dict[str, Any] = {
    "part": "", "category": "甲", "unit": "个", "attribute": "预期性", "kind": "level", "direction": "higher", "bounded": False,
    "base_year": 2020, "base": NAN, "milestone_year": 2023, "milestone": NAN, "final_year": 2025, "target": NAN, "rounding_unit": 1.0,
    "rule_words": "", "rule_compares": "", "rule_comparison": "", "rule_reference": "", "rule_reference_part": "", "rule_factor": NAN,
    "rule_lag_years": 0, "transfer_since": "", "transfer_status": "", "definition_change_year": NAN, "counted_total": NAN,
}  # fmt: skip


def targets_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Make a table of targets; what a row does not say is as in ``EMPTY``, and rows are numbered from 1."""
    numbered = [
        EMPTY | {"indicator_id": str(n), "series_id": f"series_{n}", "name": f"指标{n}"} | row for n, row in enumerate(rows, start=1)
    ]
    return pd.DataFrame(numbered)


def rule_of(**parts: Any) -> dict[str, Any]:
    """Make a rule row: at least 1 × ``context`` of the same year unless said otherwise."""
    rule = {"compares": "level", "comparison": "at_least", "reference": "context", "reference_part": "", "factor": 1.0, "lag_years": 0}
    said = {name: parts.pop(name) for name in list(parts) if name in rule}
    return {"kind": "rule", **{f"rule_{name}": value for name, value in (rule | said).items()}, **parts}


def readings_of(rows: Iterable[tuple[str, str, int, float, datetime.date | None]], district: str = "示例区") -> pd.DataFrame:
    """Make readings from (series, part, year, value, effective date)."""
    frame = pd.DataFrame(list(rows), columns=["series", "part", "year", "value", "effective_date"])
    return frame.astype({"series": object, "part": object, "year": "int64", "value": float}).assign(district=district)
