"""How figures on care beds are written: projections to the nearest 100, gaps in words, the tag of uncited parameters."""

from __future__ import annotations

from analysis.presentation import wording
from analysis.vocabulary.marks import ILLUSTRATIVE
from analysis.vocabulary.rounding import round_half_up

TAG = f"〔{ILLUSTRATIVE}〕"
EVEN = "相当"
_CLOSE = 50  # beds that rounding to 100 makes nothing of


def beds(value: float) -> str:
    """Write projected beds to the nearest 100; counts are written in full elsewhere.

    Example:
        >>> beds(15560.0), beds(6224.4), beds(-433.0)
        ('15,600', '6,200', '−400')
    """
    return wording.number(100 * float(round_half_up(value / 100)), 0)


def beds_range(low: float, high: float) -> str:
    """Write a range of projected beds.

    Example:
        >>> beds_range(9100, 25700), beds_range(5010, 4990)
        ('9,100～25,700', '5,000')
    """
    ends = list(dict.fromkeys(beds(value) for value in (low, high)))
    return "～".join(ends)


def gap_words(gap: float) -> str:
    """Word a gap (need − supply): 缺 so many, 余 so many, or 相当 where rounding leaves nothing.

    Example:
        >>> gap_words(10577), gap_words(-433), gap_words(20)
        ('缺10,600', '余400', '相当')
    """
    if abs(gap) < _CLOSE:
        return EVEN
    return f"{'缺' if gap > 0 else '余'}{beds(abs(gap))}"
