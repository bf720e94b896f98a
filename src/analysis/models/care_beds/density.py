"""Beds per 1,000 elders: level, beds that a level asks for, and what beds and elders did to a change."""

from __future__ import annotations

import math
from typing import NamedTuple

from analysis.models.care_beds.positive import require_positive

PER = 1000


class DensityChange(NamedTuple):
    """Log changes between two dates, adding up without a remainder.

    ``density`` = ``beds`` + ``elders``; ``elders`` is as it acts: minus the log change of the elders.
    """

    density: float
    beds: float
    elders: float


def density(beds: float, elders: float) -> float:
    """Return beds per 1,000 elders.

    Args:
        beds: beds at a year-end (stock).
        elders: persons 60+ at the same year-end (denominator; 户籍 throughout this repository).

    Raises:
        InputError: elders not above zero, or beds below zero.

    Source:
        Definition of 每千名长者拥有养老床位 (专栏1).

    Example:
        >>> round(density(4983, 319_600), 2)
        15.59
    """
    require_positive(elders=elders)
    require_positive(beds=beds, zero_allowed=True)
    return PER * beds / elders


def decompose(beds: tuple[float, float], elders: tuple[float, float]) -> DensityChange:
    """Split the log change of beds per 1,000 elders into beds and elders.

    ln D1 − ln D0 = (ln B1 − ln B0) − (ln P1 − ln P0), exactly: an identity, not an estimate.

    Args:
        beds: beds at the first and the second date (stock).
        elders: persons 60+ at the same dates, one definition.

    Raises:
        InputError: a figure that is not above zero.

    Example:
        >>> change = decompose((3309, 4983), (265_000, 319_600))
        >>> tuple(round(part, 3) for part in change)
        (0.222, 0.409, -0.187)
    """
    require_positive(beds_0=beds[0], beds_1=beds[1], elders_0=elders[0], elders_1=elders[1])
    of_beds, of_elders = (math.log(after / before) for before, after in (beds, elders))
    return DensityChange(of_beds - of_elders, of_beds, -of_elders)
