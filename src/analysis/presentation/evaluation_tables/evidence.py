"""Where the numbers of a row stand, in the labels that the sentences use as well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from analysis.archive.chances import load_chance_words
from analysis.archive.forms import SAME_DEFINITION
from analysis.presentation.places import indicator_place, places

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

VALUE_TO_TARGET = "数值÷目标值（越低越好的为目标值÷数值）"
WAY_TO_TARGET = "（数值−基期）÷（目标−基期）"
WAY_TO_PATH = "（数值−基期）÷（规划路径在数据年份应达到的值−基期）"
STEP_LEFT = "（目标−数值）÷剩余年数，已达到的为0"
CHANCE = "推算分布中达到目标的份额，取整。低于下限、高于上限的只写界限"


def reading_places(evaluation: PlanEvaluation) -> dict[tuple[str, str], str]:
    """Return where each indicator part's figure of the data year stands; empty for what has none."""
    rows = evaluation.verdicts.to_dict("records")
    return {(row["indicator_id"], row["part"]): row["where"] if isinstance(row["where"], str) else "" for row in rows}


def row_evidence(evaluation: PlanEvaluation, rows: Iterable[Mapping[str, Any]], *later: PlanEvaluation) -> tuple[tuple[str, ...], ...]:
    """Return for each indicator row where it is printed and where its figure of the data year stands.

    Args:
        evaluation: whose figures the rows show.
        rows: with ``indicator_id`` and ``part``.
        later: further evaluations of the plan whose figures the rows show as well.
    """
    found = [reading_places(one) for one in (evaluation, *later)]
    return tuple(
        places(indicator_place(evaluation, row["indicator_id"]), *(known.get((row["indicator_id"], row["part"]), "") for known in found))
        for row in rows
    )


def chance_places(chance: float) -> tuple[str, ...]:
    """Name the parameter that a chance beyond the bounds is written as; none for one between them.

    Example:
        >>> [chance_places(chance) for chance in (0.01, 0.5, 0.99, float("nan"))]
        [('阈值chances.floor',), (), ('阈值chances.ceiling',), ()]
    """
    words = load_chance_words()
    return ("阈值chances.floor",) if chance < words.floor else ("阈值chances.ceiling",) if chance > words.ceiling else ()


def history_places(evaluation: PlanEvaluation, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where the yearly figures stand that an indicator part is carried on from: the printed base and what followed."""
    readings = evaluation.monitoring.readings
    own = readings[(readings["series"] == row["indicator_id"]) & (readings["part"] == row["part"])]
    own = own[(own["year"] <= evaluation.data_year) & (own["definition"] == SAME_DEFINITION) & own["value"].notna()]
    return places(indicator_place(evaluation, row["indicator_id"]), *own.sort_values("year", kind="stable")["where"])
