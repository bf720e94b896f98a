"""Beds that a norm, a service pattern or a nursing share asks for: arithmetic on a stated standard, not an estimate of need."""

from __future__ import annotations

from analysis.models.care_beds.density import PER
from analysis.models.care_beds.positive import require_positive, require_ratios


def beds_for_norm(norm: float, elders: float) -> float:
    """Return the beds that so many per 1,000 elders come to.

    Args:
        norm: beds per 1,000 persons 60+.
        elders: persons 60+ (户籍) at the year-end.

    Raises:
        InputError: a figure that is not above zero.

    Source:
        Definition of 每千名长者拥有养老床位 (专栏1).

    Example:
        >>> [round(beds_for_norm(norm, 389_000)) for norm in (16, 20, 30, 40)]
        [6224, 7780, 11670, 15560]
    """
    require_positive(norm=norm, elders=elders)
    return norm * elders / PER


def yearly_growth_to(beds: float, need: float, years: int) -> float:
    """Return the growth of beds a year, as a ratio, that arrives at a need after so many years; negative where beds exceed it.

    Args:
        beds, need: beds now and wanted (stock).
        years: whole years between.

    Raises:
        InputError: beds or need not above zero, or no year between.

    Source:
        Compound growth: (need ÷ beds)^(1 ÷ years) − 1.

    Example:
        >>> [round(100 * yearly_growth_to(4983, need, 5), 1) for need in (6224, 15560)]
        [4.5, 25.6]
    """
    require_positive(beds=beds, need=need, years=years)
    return float((need / beds) ** (1 / years) - 1)


def beds_for_share(share: float, elders: float, occupancy: float) -> float:
    """Return the beds it takes to house a share of all elders at a given occupancy.

    Serves patterns such as 90-7-3 (share .03) and shares observed elsewhere. A pattern is a slogan of service policy, not a norm.

    Args:
        share: elders living in institutions ÷ all elders, ratio.
        elders: persons 60+.
        occupancy: residents ÷ beds, ratio above 0.

    Raises:
        InputError: ratios outside 0 to 1, or elders not above zero.

    Source:
        Residents ÷ occupancy = beds.

    Example:
        >>> round(beds_for_share(0.03, 389_000, 0.7))
        16671
    """
    require_positive(elders=elders)
    require_ratios(share=share)
    require_ratios(zero_allowed=False, occupancy=occupancy)
    return share * elders / occupancy


def nursing_beds(beds: float, nursing_share: float) -> float:
    """Return the nursing beds (护理型) among all beds.

    Args:
        beds: beds of care institutions (denominator of the share).
        nursing_share: nursing beds ÷ beds, ratio.

    Raises:
        InputError: beds below zero, or a share outside 0 to 1.

    Source:
        Definition of 养老机构护理型床位占比 (专栏3).

    Example:
        >>> round(nursing_beds(4983, 0.73))
        3638
    """
    require_positive(beds=beds, zero_allowed=True)
    require_ratios(nursing_share=nursing_share)
    return beds * nursing_share
