"""The gap: need less supply, for every pairing of elders, norm and supply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.models.care_beds.norm import beds_for_norm
from analysis.models.care_beds.positive import require_positive
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


def gap_matrix(elders: Mapping[str, float], norms: Mapping[str, float], supply: Mapping[str, float]) -> pd.DataFrame:
    """Return need, beds and gap of every pairing.

    Args:
        elders: persons 60+ by level (低, 中, 高).
        norms: beds per 1,000 elders by norm.
        supply: beds by scenario.

    Returns:
        Long frame, one row a pairing: ``elders_level``, ``elders``, ``norm``, ``per_1000``, ``supply``, ``beds``, ``need``,
        ``gap`` (need − beds: above zero is missing, below zero is spare).

    Raises:
        InputError: nothing to pair, or a figure that is not above zero (beds may be zero).

    Example:
        >>> table = gap_matrix({"中": 389_000}, {"16": 16, "40": 40}, {"不增": 4983, "年增数不变": 6657})
        >>> table["gap"].tolist()
        [1241.0, -433.0, 10577.0, 8903.0]
    """
    import pandas as pd

    empty = [name for name, given in (("长者人数", elders), ("标准", norms), ("供给", supply)) if not given]
    if empty:
        raise InputError.single("缺口矩阵", f"没有{'、'.join(empty)}", "三者各至少一项", "补上缺的一项")
    for beds in supply.values():
        require_positive(beds=beds, zero_allowed=True)
    rows = [
        (level, people, norm, per_1000, scenario, beds, need := beds_for_norm(per_1000, people), need - beds)
        for level, people in elders.items()
        for norm, per_1000 in norms.items()
        for scenario, beds in supply.items()
    ]
    return pd.DataFrame(rows, columns=["elders_level", "elders", "norm", "per_1000", "supply", "beds", "need", "gap"])
