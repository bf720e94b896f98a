"""How sure a path is: errors of the entries that wander on year by year, put together with counts that came later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.ageing.path import YearlyEntries
from analysis.vocabulary.errors import InputError

Floats = NDArray[np.float64]
# One forecast in five is of a kind that goes wrong by more than the rest; how much more follows from the two half-widths.
WILD_SHARE = 0.2
_AVERAGE, _NEXT_AVERAGE = 11 / 5, 36 / 5  # variance of a random walk averaged over its first, and its second, five years


@dataclass(frozen=True)
class ErrorModel:
    """Relative errors, each as the half-width that 80 % of cases stay within (0.175 is ±17.5 %).

    Attributes:
        first_step: of the entries of the first five years.
        second_step: of the entries of the next five years.
        count: of a published count.
        tail: 95 % half-width ÷ 80 % half-width.
    """

    first_step: float
    second_step: float
    count: float
    tail: float

    def __post_init__(self) -> None:
        grows = self.second_step / self.first_step if self.first_step > 0 else 0.0
        if not (self.first_step > 0 and self.count >= 0 and 1 <= grows**2 <= _NEXT_AVERAGE / _AVERAGE and 1.53 < self.tail < 4):
            found = f"补入误差{self.first_step:g}、{self.second_step:g}，计数误差{self.count:g}，尾部比{self.tail:g}"
            expected = "第二个五年为第一个五年的1～1.8倍，尾部比在1.53与4之间，计数误差不小于0"
            raise InputError.single("误差设定", found, expected, "核对假设台账")

    def entry_covariance(self, years: int) -> Floats:
        """Return how the relative errors of the entries of some years go together, shape (years, years).

        Cov(i, j) = a + b · min(i, j): an error there from the start, and a random walk on top; a and b give the two steps'
        averages the half-widths asked for.
        """
        first, second = (self.first_step**2, self.second_step**2)
        walk = (second - first) / (_NEXT_AVERAGE - _AVERAGE)
        start = first - _AVERAGE * walk
        order = np.arange(1, years + 1, dtype=float)
        covariance: Floats = start + walk * np.minimum.outer(order, order)
        return covariance

    @property
    def wildness(self) -> float:
        """How many times wider the errors of the wild cases are, so that the two half-widths stand in the ratio ``tail``."""
        from scipy.optimize import brentq

        return float(brentq(lambda wild: _half_width(0.95, wild) / _half_width(0.80, wild) - self.tail, 1.0, 60.0))

    def half_width(self, level: float) -> float:
        """Return the half-width of a band as a multiple of the 80 % one.

        Example:
            >>> round(ErrorModel(0.175, 0.265, 0.015, 1.9).half_width(0.95), 3)
            1.9
        """
        wild = self.wildness
        return _half_width(level, wild) / _half_width(0.80, wild)

    def standard_errors(self, shape: tuple[int, int], seed: int) -> Floats:
        """Draw errors whose 80 % half-width is 1, one factor a row for how wild the case is; shape (n, columns)."""
        rng, wild = np.random.default_rng(seed), self.wildness
        scale = np.where(rng.random(shape[0]) < WILD_SHARE, wild, 1.0) / _half_width(0.80, wild)
        errors: Floats = rng.standard_normal(shape) * scale[:, None]
        return errors


def _half_width(level: float, wild: float) -> float:
    """Return within what multiple of the ordinary standard deviation a share of cases lies."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    def beyond(x: float) -> float:
        within = (1 - WILD_SHARE) * (2 * ndtr(x) - 1) + WILD_SHARE * (2 * ndtr(x / wild) - 1)
        return float(within - level)

    return float(brentq(beyond, 0.0, 12.0 * wild))


@dataclass(frozen=True)
class PathDistribution:
    """A path with what is not known of it.

    Attributes:
        years: year-ends, the base year first.
        middle: persons 60+, shape (years,).
        spread: 80 % half-width of each year's relative error and how they go together, as a covariance, shape (years, years).
        entry_scale: middle of the factor on the entries, shape (years − 1,); 1 where nothing came later.
        errors: the error model.
    """

    years: tuple[int, ...]
    middle: Floats
    spread: Floats
    entry_scale: Floats
    errors: ErrorModel

    def band(self, level: float) -> tuple[Floats, Floats]:
        """Return low and high ends that a share of cases stays within, year by year; relative errors, so wider above."""
        half = self.errors.half_width(level) * np.sqrt(np.diag(self.spread))
        return self.middle * np.exp(-half), self.middle * np.exp(half)

    def draws(self, n: int, seed: int) -> Floats:
        """Return n paths, shape (n, years); each follows one course, so that its years go together."""
        values, vectors = np.linalg.eigh(self.spread)
        root = vectors * np.sqrt(np.maximum(values, 0.0))  # rounding leaves eigenvalues of −1e-20
        paths: Floats = self.middle * np.exp(self.errors.standard_errors((n, len(self.years)), seed) @ root.T)
        return paths


def path_distribution(base: float, years: YearlyEntries, errors: ErrorModel, counts: Mapping[int, float] | None = None) -> PathDistribution:
    """Put a path, its errors and later counts together, each weighted by its precision.

    The path is linear in the base and in the factors on the entries, P = A·P(0) + B·g. Before any count g is 1, with the
    covariance of ``errors``; P(0) has the error of a count. Each later count y(t) is P(t) plus an error of its own. What
    follows for P is the usual conditional distribution: with one count, the weight of the count is
    σ²(path) ÷ (σ²(path) + σ²(count)), and the rest of the path moves with it as far as their errors go together.

    Args:
        base: persons 60+ counted at the base year's end.
        years: survival and entries of each following year, unit of ``base``.
        errors: see :class:`ErrorModel`.
        counts: later counts by year, same definition and unit.

    Raises:
        InputError: a base or count that is not positive, or a count of a year that the path lacks.

    Example:
        >>> entries = YearlyEntries(2020, np.full(5, 0.963), np.full(5, 2.6))
        >>> before = path_distribution(31.96, entries, ErrorModel(0.175, 0.265, 0.015, 1.9))
        >>> after = path_distribution(31.96, entries, ErrorModel(0.175, 0.265, 0.015, 1.9), {2023: 34.0})
        >>> bool(after.middle[-1] < before.middle[-1]), bool(after.spread[-1, -1] < before.spread[-1, -1])
        (True, True)
    """
    counts = dict(sorted((counts or {}).items()))
    _check(base, years, counts)
    n = len(years.entries)
    effect = _effects(years)
    mean = np.concatenate([[base], np.ones(n)])
    covariance = np.zeros((n + 1, n + 1))
    covariance[0, 0] = (errors.count * base) ** 2
    covariance[1:, 1:] = errors.entry_covariance(n)
    if counts:
        rows = effect[[year - years.base_year for year in counts]]
        seen = np.array(list(counts.values()))
        gain = covariance @ rows.T @ np.linalg.inv(rows @ covariance @ rows.T + np.diag((errors.count * seen) ** 2))
        mean = mean + gain @ (seen - rows @ mean)
        covariance = covariance - gain @ rows @ covariance
    middle = effect @ mean
    spread = effect @ covariance @ effect.T / np.outer(middle, middle)
    return PathDistribution((years.base_year, *years.years), middle, spread, mean[1:], errors)


def _effects(years: YearlyEntries) -> Floats:
    """Return A and B: what the base and the entries of each year contribute to each year-end, shape (years + 1, years + 1)."""
    n = len(years.entries)
    effect = np.zeros((n + 1, n + 1))
    effect[0, 0] = 1.0
    for t in range(1, n + 1):
        effect[t] = effect[t - 1] * years.survival[t - 1]
        effect[t, t] = years.entries[t - 1]
    return effect


def _check(base: float, years: YearlyEntries, counts: Mapping[int, float]) -> None:
    bad = {year: value for year, value in {years.base_year: base, **counts}.items() if not value > 0}
    strange = [year for year in counts if year not in years.years]
    if bad:
        year, value = next(iter(bad.items()))
        raise InputError.single(f"{year}年60岁以上人数", f"{value:g}", "大于0", "核对该年数据")
    if strange:
        found = "、".join(f"{year}年" for year in strange)
        raise InputError.single("后来的计数", found, f"{years.years[0]}—{years.years[-1]}年", "延长推算，或不用这些年份")
