"""How fast an indicator went and how fast it must go; why a good verdict may stand beside a low chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.archive.chances import load_chance_words
from analysis.assessment import statuses
from analysis.presentation import wording
from analysis.presentation.claims import Claim, rows_of
from analysis.presentation.evaluation_text.figures import decimals_apart
from analysis.presentation.places import indicator_rows
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


@dataclass(frozen=True)
class Pace:
    """The words on a row's yearly steps.

    Attributes:
        past: since the base, 增加29人; empty for no step.
        needed: in each of the years left; empty for no step.
        times: how often the needed step holds the past one; empty where the past one does not lead to the target.
    """

    past: str
    needed: str
    times: str


def pace_words(evaluation: PlanEvaluation, row: Any) -> Pace:
    """Word the steps of a row of the outlook, marked."""
    unit = "个百分点" if row.unit == "%" else row.unit
    year, last = evaluation.data_year, evaluation.plan.header.last_year
    base_year = int(_row(evaluation.targets, row)["base_year"])
    (printed,) = indicator_rows(evaluation, [row.indicator_id])
    places = (printed, str(_row(evaluation.verdicts, row)["where"]))
    past = _step(row.past_pace, unit, "基期以来年均变动", f"（{year}年数值−基期数值）÷（{year}−{base_year}）", places)
    needed = _step(row.required_pace, unit, "余下各年须有的年均变动", f"（末期目标−{year}年数值）÷（{last}−{year}）", places)
    if math.isnan(row.pace_ratio):
        return Pace(past, needed, "")
    formula = "余下各年须有的年均变动÷基期以来年均变动（都未取整）"
    times = wording.number(row.pace_ratio, decimals_apart(row.pace_ratio, 1, 1))
    return Pace(past, needed, quantity(times, "须有的步伐与既有步伐之比", formula, places))


def _row(table: pd.DataFrame, row: Any) -> pd.Series:
    return table[(table["indicator_id"] == row.indicator_id) & (table["part"] == row.part)].iloc[0]


def _step(value: float, unit: str, name: str, formula: str, places: Sequence[str]) -> str:
    """Word a yearly step with its direction, as finely as keeps it from nothing; empty for no step."""
    size = wording.number(abs(value), decimals_apart(value, 0))
    if size == "0":
        return ""
    told = quantity(size, name, formula if value > 0 else f"{formula}，取绝对值", places)
    return f"{'增加' if value > 0 else '减少'}{told}{unit}"


def verdict_beside_chance(evaluation: PlanEvaluation) -> Claim | None:
    """Say why rows judged on course have a low chance: what is left asks for longer steps; None without such a row."""
    words, keys = load_chance_words(), ["indicator_id", "part"]
    rows = evaluation.attainment
    unlikely = rows["chance"].map(lambda chance: not math.isnan(chance) and words.is_unlikely(chance)).astype(bool)
    found = rows[unlikely & rows["status"].isin(statuses.ON_COURSE)]
    steeper = evaluation.outlook[evaluation.outlook["pace_ratio"] > 1]
    both = found[[*keys, "status", "chance"]].merge(steeper, on=keys)
    if both.empty:
        return None
    told = [_steeper(evaluation, row) for row in rows_of(both)]
    year = evaluation.data_year
    sentence = (
        f"判定与把握看的不是同一段：判定看到{year}年为止是否走在规划路径上，把握看此后能否走到末期目标。"
        f"以下判为{'、'.join(dict.fromkeys(both['status']))}而把握低的，余下每年须走的多于此前每年走的：{'；'.join(told)}。"
    )
    return Claim(sentence, (*indicator_rows(evaluation, both["indicator_id"]), "推算表", "达标把握表"))


def _steeper(evaluation: PlanEvaluation, row: Any) -> str:
    pace, word = pace_words(evaluation, row), load_chance_words().word(row.chance)
    steps = f"此前每年{pace.past}，此后每年须{pace.needed}，为此前的{pace.times}倍"
    return f"{row.name_}（{row.status}，{word}）{steps}"
