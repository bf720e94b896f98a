"""Verdicts as they are written to files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def verdict_rows(plan: str, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return one district's verdicts for a file: the plan first, true and false in lower case, no column of districts.

    Args:
        plan: id of the plan.
        verdicts: see :func:`analysis.assessment.assess.assess`.
    """
    frame = verdicts.drop(columns="district")
    frame.insert(0, "plan", plan)
    flags = frame.select_dtypes("bool").columns
    return frame.assign(**{name: frame[name].map({True: "true", False: "false"}) for name in flags})
