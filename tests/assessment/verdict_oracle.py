"""A second reading of docs/method.md, one figure at a time in exact fractions: what the array code is compared with.

It shares no line with the package. Slow and plain on purpose.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

UNKNOWN = "无法评估"
FIRST, MIDDLE, LAST = 2020, 2023, 2025
COUNTED = 18  # N of what is counted


@dataclass(frozen=True)
class Goal:
    """A level or keep target in exact figures; None where the plan prints none."""

    target: Fraction
    base: Fraction | None = None
    milestone: Fraction | None = None
    unit: Fraction = Fraction(1)
    higher: bool = True
    expected: bool = True
    bounded: bool = False
    counted: bool = False
    keep: bool = False

    def fallen(self, value: Fraction) -> bool:
        """Whether a value is behind the base; the k of N that the printed base was rounded from is not."""
        if self.base is None or self.as_good(value, self.base):
            return False
        count = Fraction(round(self.base * COUNTED / 100) * 100, COUNTED)
        return not (self.counted and abs(count - self.base) <= self.unit / 2 and self.as_good(value, count))

    def share(self, level: Fraction, percent: int) -> Fraction:
        """Where 完成率 against a level is just so many percent."""
        return level * percent / 100 if self.higher else level * 100 / percent

    def as_good(self, first: Fraction, second: Fraction) -> bool:
        return first >= second if self.higher else first <= second


def path(goal: Goal, year: int) -> Fraction:
    """What the plan's own path asks for."""
    if goal.base is not None and goal.as_good(goal.base, goal.target):
        return goal.target
    points = {FIRST: goal.base, MIDDLE: goal.milestone, LAST: goal.target}
    known = {at: level for at, level in points.items() if level is not None}
    before = [at for at in known if at <= year]
    after = min(at for at in known if at >= year)
    if not before or after in before:
        return known[after]
    start = max(before)
    return known[start] + (known[after] - known[start]) * Fraction(year - start, after - start)


def schedule_ratio(goal: Goal, value: Fraction, year: int) -> Fraction | None:
    """R, where there is a way to measure it by."""
    if goal.base is None:
        return None
    way = path(goal, year) - goal.base
    if not goal.higher:
        way = -way
    if way <= max(goal.unit, abs(goal.target) / 200):
        return None
    return (value - goal.base if goal.higher else goal.base - value) / way


def completion(goal: Goal, value: Fraction) -> Fraction | None:
    above, below = (value, goal.target) if goal.higher else (goal.target, value)
    return above / below if below else None


def status(goal: Goal, value: Fraction | None, year: int) -> str:
    """The table of docs/method.md, line by line."""
    if value is None:
        return UNKNOWN
    final = year == LAST
    if goal.keep:
        near = goal.target - goal.unit / 2 if goal.higher else goal.target + goal.unit / 2
        kept = goal.as_good(value, near if goal.expected else goal.target)
        return {(True, True): "完成", (True, False): "未完成", (False, True): "保持", (False, False): "未保持"}[final, kept]
    ratio = schedule_ratio(goal, value, year)
    if final:
        return _final(goal, value, ratio)
    if goal.as_good(value, goal.target):
        return "提前完成"
    if ratio is None:
        level = path(goal, year)
        if goal.as_good(value, level):
            return "符合预期"
        return "略滞后" if goal.as_good(value, goal.share(level, 95)) else "明显滞后"
    if goal.fallen(value):
        return "倒退"
    steps = [(Fraction(105, 100), "快于预期"), (Fraction(1), "符合预期"), (Fraction(95, 100), "基本符合"), (Fraction(60, 100), "略滞后")]
    return next((word for least, word in steps if ratio >= least and (word != "基本符合" or goal.expected)), "明显滞后")


def _final(goal: Goal, value: Fraction, ratio: Fraction | None) -> str:
    if goal.as_good(value, goal.target):
        exceeded = goal.target and goal.as_good(value, goal.share(goal.target, 105))
        return "超额完成" if exceeded and not goal.bounded else "完成"
    if ratio is not None and goal.fallen(value):
        return "倒退"
    nearly = goal.target and goal.as_good(value, goal.share(goal.target, 95))
    return "基本完成" if nearly and goal.expected else "未完成"


@dataclass(frozen=True)
class Figure:
    """A figure of a year, in force from a day on or without a day."""

    year: int
    value: Fraction
    day: datetime.date | None = None

    @property
    def start(self) -> datetime.date:
        return self.day or datetime.date(self.year, 1, 1)


@dataclass(frozen=True)
class Rule:
    """At least, or exactly, a multiple of another series."""

    factor: Fraction = Fraction(1)
    equal: bool = False
    growth: bool = False
    lag: int = 0
    expected: bool = True
    base: Fraction | None = None

    def holds(self, own: Fraction, reference: Fraction) -> bool:
        asked = self.factor * reference
        return own == asked if self.equal else own >= asked


def reference_at_end(references: Sequence[Figure], year: int) -> Fraction | None:
    """The figure in force on 31 December: a dated one until replaced, an undated one in its year only."""
    begun = sorted((figure for figure in references if figure.start <= datetime.date(year, 12, 31)), key=lambda figure: figure.start)
    return begun[-1].value if begun and (begun[-1].day or begun[-1].year == year) else None


def own_at_end(rule: Rule, figures: Sequence[Figure], year: int) -> Fraction | None:
    """The last figure in force in the year that was reported for it or later; the base in the base year."""
    if year == FIRST:
        return rule.base
    of_year = sorted((f for f in figures if f.start.year <= year <= f.year), key=lambda figure: figure.start)
    return of_year[-1].value if of_year else None


def met(rule: Rule, figures: Sequence[Figure], references: Sequence[Figure], year: int) -> bool | None:
    own, reference = own_at_end(rule, figures, year), reference_at_end(references, year - rule.lag)
    if rule.growth:
        before = own_at_end(rule, figures, year - 1)
        own = (own / before - 1) * 100 if own is not None and before else None
    if own is None or reference is None:
        return None
    if not rule.holds(own, reference):
        return False
    if rule.growth or rule.lag:
        return True
    days = {figure.start for figure in (*figures, *references) if figure.day and figure.day.year == year}
    pairs = [(_on(figures, day, rule.base), _on(references, day, None)) for day in days]
    return all(rule.holds(*pair) for pair in pairs if None not in pair)  # type: ignore[arg-type]


def _on(figures: Sequence[Figure], day: datetime.date, base: Fraction | None) -> Fraction | None:
    """The figure in force on a day; none where it is of the same year and has no day of its own."""
    begun = sorted((figure for figure in figures if figure.start <= day), key=lambda figure: figure.start)
    if not begun:
        return base
    return begun[-1].value if begun[-1].day or begun[-1].year != day.year else None


def rule_status(rule: Rule, figures: Sequence[Figure], references: Sequence[Figure], year: int) -> str:
    years = [met(rule, figures, references, past) for past in range(FIRST + 1, year + 1)]
    if years[-1] is None:
        return UNKNOWN
    if year < LAST:
        return "未达标" if not years[-1] else "部分年度未达标" if False in years else "达标"
    ends = {_rule_at_end(rule, [year if year is not None else guess for year in years]) for guess in (True, False)}
    return ends.pop() if len(ends) == 1 else UNKNOWN


def _rule_at_end(rule: Rule, years: list[bool]) -> str:
    if all(years):
        return "完成"
    return "基本完成" if rule.expected and years[-1] and years.count(False) == 1 else "未完成"
