"""The law of verdicts: what each kind of target's figures mean, before a plan's end and at it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.assessment import statuses as s
from analysis.assessment.schedule import Figures, Flags, at_least, reached
from analysis.assessment.thresholds import Thresholds

Words = NDArray[np.object_]


@dataclass(frozen=True)
class LevelFigures:
    """What the verdict on a level target turns on; arrays that broadcast against each other.

    Attributes:
        value, target: levels in one unit.
        path_level: level that the plan's own path asks for in the year of the data.
        completion: 完成率 C; schedule_ratio: R along the path, NaN where the base is missing, at or beyond what is asked for.
        fallen: whether the value is behind the base, by more than the rounding of a printed k of N.
        sign: 1 where higher is better, −1 where lower is.
        expected: whether the target is 预期性 (tolerance); 约束性 gets none.
        bounded: whether it is a share that can't pass its bound.
    """

    value: Figures
    target: Figures
    path_level: Figures
    completion: Figures
    schedule_ratio: Figures
    fallen: Flags
    sign: Figures
    expected: Flags
    bounded: Flags


def level_midterm(figures: LevelFigures, thresholds: Thresholds) -> Words:
    """Return the status of level targets before a plan's end, the first that fits.

    With a base the pace decides (R); without one, or where the path has hardly left the base, the level does.

    Source: docs/method.md, column 中期.
    """
    limits = thresholds.midterm
    ratio, sign = figures.schedule_ratio, figures.sign
    paced = ~np.isnan(ratio)
    tolerant = share_of(figures.path_level, limits.nearly_ratio, sign)
    conditions = [
        reached(figures.value, figures.target, sign),
        paced & figures.fallen,
        paced & at_least(ratio, limits.faster_ratio),
        paced & at_least(ratio, limits.on_schedule_ratio),
        paced & at_least(ratio, limits.nearly_ratio) & figures.expected,
        paced & at_least(ratio, limits.slightly_behind_ratio),
        paced,
        reached(figures.value, figures.path_level, sign),
        reached(figures.value, tolerant, sign),
    ]
    words = [
        s.EARLY, s.REGRESSED, s.FASTER, s.ON_SCHEDULE, s.NEARLY_ON_SCHEDULE, s.SLIGHTLY_BEHIND, s.FAR_BEHIND, s.ON_SCHEDULE,
        s.SLIGHTLY_BEHIND,
    ]  # fmt: skip
    return _first(conditions, words, s.FAR_BEHIND)


def level_final(figures: LevelFigures, thresholds: Thresholds) -> Words:
    """Return the status of level targets at a plan's end, the first that fits.

    Source: docs/method.md, column 终期.
    """
    limits = thresholds.final
    met = reached(figures.value, figures.target, figures.sign)
    paced = ~np.isnan(figures.schedule_ratio)
    exceeded = reached(figures.value, share_of(figures.target, limits.exceeded_ratio, figures.sign), figures.sign)
    nearly = reached(figures.value, share_of(figures.target, limits.nearly_ratio, figures.sign), figures.sign)
    # A target of zero has no 完成率, nor does a negative one make sense of it: met, but neither exceeded nor nearly met.
    has_ratio = figures.target > 0
    conditions = [met & exceeded & has_ratio & ~figures.bounded, met, paced & figures.fallen, nearly & has_ratio & figures.expected]
    return _first(conditions, [s.EXCEEDED, s.MET, s.REGRESSED, s.NEARLY], s.MISSED)


def share_of(level: Figures, ratio: float, sign: Figures) -> Figures:
    """Return the level at which 完成率 is just ``ratio``: where lower is better, 95 % of a level is the level ÷ 95 %."""
    return np.where(sign > 0, level * ratio, level / ratio)


def keep(
    value: Figures, target: Figures, sign: Figures, expected: Flags, rounding_unit: Figures, thresholds: Thresholds, *, final: bool
) -> tuple[Words, Flags]:
    """Return the status of keep targets, and where it rests on the rounding of the printed figure (预期性 only).

    Source: docs/method.md, 保持目标.
    """
    kept = reached(value, target, sign)
    near = reached(value, target - sign * thresholds.keep.rounding_share * rounding_unit, sign)
    within_rounding = expected & near & ~kept
    yes, no = (s.MET, s.MISSED) if final else (s.KEPT, s.NOT_KEPT)
    return _first([kept | within_rounding], [yes], no), within_rounding


def rule_midterm(held: Figures) -> Words:
    """Return the status of rules before a plan's end.

    Args:
        held: 1 where satisfied, 0 where not, NaN without data; shape (…, years up to that of the data).
    """
    latest, earlier_missed = held[..., -1] == 1, (held[..., :-1] == 0).any(axis=-1)
    return _first([~latest, earlier_missed], [s.NOT_COMPLIED, s.PARTLY_COMPLIED], s.COMPLIED)


def rule_final(held: Figures, expected: Flags, thresholds: Thresholds) -> Words:
    """Return the status of rules at a plan's end; see :func:`rule_midterm`.

    A year without data is neither met nor missed: where it decides the verdict, there is none.
    """
    missed, unknown = (held == 0).sum(axis=-1), np.isnan(held).sum(axis=-1)
    latest = held[..., -1]
    best, least = (_rule_at_end(count, latest, expected, thresholds) for count in (missed, missed + unknown))
    return np.where((best == least) & ~np.isnan(latest), best, s.UNKNOWN).astype(object)


def _rule_at_end(missed: NDArray[np.int64], latest: Figures, expected: Flags, thresholds: Thresholds) -> Words:
    nearly = expected & (latest == 1) & (missed <= thresholds.final.missed_years_allowed)
    return _first([missed == 0, nearly], [s.MET, s.NEARLY], s.MISSED)


def _first(conditions: list[Flags], words: list[str], otherwise: str) -> Words:
    shape = np.broadcast_shapes(*(np.shape(condition) for condition in conditions))
    return np.select([np.broadcast_to(condition, shape) for condition in conditions], words, default=otherwise).astype(object)
