"""The same data judged by other institutions' methods, set beside the verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.assessment.schedule import RELATIVE_PRECISION, Figures, Flags, at_least, reached
from analysis.assessment.statuses import (
    COMPLIED,
    EARLY,
    EXCEEDED,
    FASTER,
    KEPT,
    MET,
    NEARLY,
    NEARLY_ON_SCHEDULE,
    ON_SCHEDULE,
    UNJUDGED,
)  # fmt: skip
from analysis.assessment.thresholds import PeerThresholds, load_peer_thresholds

Words = NDArray[np.object_]
METHODS = ("open_sdg", "un", "eurostat", "sdsn", "time_schedule")
METHOD_TITLES = {
    "open_sdg": "Open SDG／加拿大统计局",
    "un": "联合国进度图",
    "eurostat": "欧盟统计局",
    "sdsn": "SDSN 趋势箭头",
    "time_schedule": "时序进度",
}
NOT_APPLICABLE = "不适用"
AHEAD, ON_TRACK, BEHIND = 4, 2, 1
# What each word says of the pace. A method whose best class is open above can't tell "ahead" from "on track", so it
# contradicts neither.
_SAYS = {
    "已达目标": AHEAD | ON_TRACK, "进展顺利": AHEAD | ON_TRACK, "中等进展": BEHIND, "进展有限": BEHIND, "恶化": BEHIND,
    "可如期实现": AHEAD | ON_TRACK, "有一定进展": BEHIND, "停滞或倒退": BEHIND,
    "显著进展": AHEAD | ON_TRACK, "进展不足": BEHIND, "背离目标": BEHIND,
    "在轨": AHEAD | ON_TRACK, "中等改善": BEHIND, "停滞": BEHIND, "下降": BEHIND,
    "提前": AHEAD, "达到": AHEAD | ON_TRACK, "滞后": BEHIND,
    EARLY: AHEAD, FASTER: AHEAD, EXCEEDED: AHEAD | ON_TRACK, MET: AHEAD | ON_TRACK,
    ON_SCHEDULE: ON_TRACK, NEARLY_ON_SCHEDULE: ON_TRACK, NEARLY: ON_TRACK, KEPT: ON_TRACK, COMPLIED: ON_TRACK,
}  # fmt: skip


@dataclass(frozen=True)
class Track:
    """What the methods need of each row: figures in one unit, arrays that broadcast against each other.

    Attributes:
        base, value, target: levels; NaN where missing.
        sign: 1 where higher is better, −1 where lower is.
        is_rule, is_keep: kind of target; no peer method fits these.
        elapsed, total: years from the base to the data and to the target.
    """

    base: Figures
    value: Figures
    target: Figures
    sign: Figures
    is_rule: Flags
    is_keep: Flags
    elapsed: int
    total: int


def not_applicable(track: Track, *, needs_growth: bool) -> Words:
    """Return why a method doesn't fit a row; empty where it does.

    Methods built on yearly growth need a positive base (peers put 0.001 for zero, which makes any first step look
    like success) and a positive target; linear ones need only a way between base and target.
    """
    growth_impossible = (track.base <= 0) | (track.target <= 0) | (track.value < 0)
    reasons = [
        (track.is_rule, "规则目标没有数值终点"),
        (track.is_keep, "基期即目标，没有路程"),
        (np.isnan(track.value), "没有可比数值"),
        (np.isnan(track.base), "无基期"),
        (reached(track.base, track.target, track.sign), "基期已达目标"),
        (growth_impossible & needs_growth, "基期、目标须为正数才有增速"),
    ]
    shape = np.broadcast(track.value, track.base).shape
    conditions = [np.broadcast_to(condition, shape) for condition, _ in reasons]
    return np.select(conditions, [f"{NOT_APPLICABLE}（{words}）" for _, words in reasons], default="").astype(object)


def growth_ratio(track: Track) -> Figures:
    """Return actual ÷ required yearly growth, both from the base: d·CAGR(0→i) ÷ |CAGR(0→T)|; NaN where undefined."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        actual = (track.value / track.base) ** (1 / track.elapsed) - 1
        needed = (track.target / track.base) ** (1 / track.total) - 1
        return np.asarray(track.sign * actual / np.abs(needed))


def share_at_end(track: Track) -> Figures:
    """Return the share of the way covered at the target year if the growth so far goes on (UN progress chart)."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        growth = (track.value / track.base) ** (1 / track.elapsed)
        ahead = track.value * growth ** (track.total - track.elapsed)
        return np.asarray((ahead - track.base) / (track.target - track.base))


def share_covered(track: Track) -> Figures:
    """Return p = (value − base) ÷ (target − base), sign-safe for both directions."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((track.value - track.base) / (track.target - track.base))


def side_by_side(track: Track, thresholds: PeerThresholds | None = None) -> dict[str, Words]:
    """Judge rows by every method.

    Returns:
        Words by method name (``open_sdg``, ``un``, ``eurostat``, ``sdsn``, ``time_schedule``); 不适用 with its reason
        where the method's formula does not fit.

    Source: formulas in docs/method.md; thresholds in ``parameters/peer_methods.yml``.
    """
    limits = thresholds or load_peer_thresholds()
    ratio, ending, share = growth_ratio(track), share_at_end(track), share_covered(track)
    sdsn, elapsed_share = share * track.total / track.elapsed, track.elapsed / track.total
    there = reached(track.value, track.target, track.sign)
    words = {
        "open_sdg": np.where(
            there,
            "已达目标",
            _graded(
                ratio,
                (limits.open_sdg.on_track_ratio, limits.open_sdg.moderate_ratio, limits.open_sdg.limited_ratio),
                ("进展顺利", "中等进展", "进展有限", "恶化"),
            ),
        ),
        "un": _graded(ending, (limits.un.on_track_ratio, limits.un.some_progress_ratio), ("可如期实现", "有一定进展", "停滞或倒退")),
        "eurostat": _graded(
            ratio,
            (limits.eurostat.significant_ratio, limits.eurostat.moderate_ratio, limits.eurostat.insufficient_ratio),
            ("显著进展", "中等进展", "进展不足", "背离目标"),
            strictly_above=(True, True, False),
        ),
        "sdsn": _graded(
            sdsn,
            (limits.sdsn.on_track_ratio, limits.sdsn.moderate_ratio, limits.sdsn.stagnating_ratio),
            ("在轨", "中等改善", "停滞", "下降"),
        ),
        "time_schedule": _graded(share, (limits.time_schedule.ahead_ratio, elapsed_share), ("提前", "达到", "滞后")),
    }
    growth, linear = not_applicable(track, needs_growth=True), not_applicable(track, needs_growth=False)
    reasons = {"open_sdg": growth, "un": growth, "eurostat": growth, "sdsn": linear, "time_schedule": linear}
    return {name: np.where(reasons[name] == "", words[name], reasons[name]).astype(object) for name in METHODS}


def _graded(
    figures: Figures, bounds: tuple[float, ...], words: tuple[str, ...], strictly_above: tuple[bool, ...] = (False, False, False)
) -> Words:
    conditions = [
        figures > bound * (1 + RELATIVE_PRECISION) if strict else at_least(figures, bound)
        for bound, strict in zip(bounds, strictly_above, strict=False)
    ]
    return np.select(conditions, list(words[:-1]), default=words[-1]).astype(object)


def disagree(status: Words, methods: dict[str, Words]) -> Flags:
    """Say whether verdict and applicable methods contradict each other.

    Each says ahead, on track or behind; they agree as long as one of the three is left that none rules out.
    """
    left = np.full(status.shape, AHEAD | ON_TRACK | BEHIND)
    for words in (status, *methods.values()):
        known, inverse = np.unique(words.astype(str), return_inverse=True)
        says = np.array([_says(word) for word in known])
        left &= says[inverse].reshape(status.shape)
    return np.asarray(left == 0)


def _says(word: str) -> int:
    silent = word.startswith(NOT_APPLICABLE) or word in UNJUDGED
    return AHEAD | ON_TRACK | BEHIND if silent else _SAYS.get(word, BEHIND)
