"""Ratios of two quantities that are both ranges; each says what it is divided by."""

from __future__ import annotations

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.ranges import Range


def share(part: Range, whole: Range) -> Range:
    """Return a part's share of a whole: at its lowest with the smallest part and the largest whole.

    Args:
        part, whole: low, middle and high, one unit (万人), same population basis (户籍 or 常住).

    Returns:
        Low, middle and high share, 0 to 1.

    Raises:
        InputError: a whole that is not positive, or a part that passes its whole at low, middle or high.

    Example:
        >>> share(Range(37.0, 38.9, 40.9), Range(117.0, 118.4, 120.6)).mid.__round__(3)
        0.329
    """
    _check(part, whole)
    result = Range(part.low / whole.high, part.mid / whole.mid, part.high / whole.low)
    if result.high > 1:
        raise InputError.single("占比", f"分子{part.high:g}大于分母{whole.low:g}", "分子不大于分母", "核对两者口径（户籍、常住）和单位")
    return result


def per_thousand(supply: Range, people: Range) -> Range:
    """Return a supply per 1,000 people: at its lowest with the smallest supply and the most people.

    Args:
        supply: low, middle and high, such as beds; people: low, middle and high in 万人.

    Returns:
        Low, middle and high, in units of the supply per 1,000 people.

    Raises:
        InputError: people that are not positive.

    Example:
        >>> beds = Range(4983.0, 4983.0, 4983.0)
        >>> round(per_thousand(beds, Range(31.96, 31.96, 31.96)).mid, 2), round(per_thousand(beds, Range(31.43, 31.43, 31.43)).mid, 2)
        (15.59, 15.85)
    """
    _check(supply, people)
    return Range(*(amount / (number * 10) for amount, number in zip(supply, (people.high, people.mid, people.low), strict=True)))


def _check(top: Range, bottom: Range) -> None:
    if not (bottom.low > 0 and top.low >= 0 and top.low <= top.mid <= top.high and bottom.low <= bottom.mid <= bottom.high):
        raise InputError.single("比值", f"分子{tuple(top)}，分母{tuple(bottom)}", "低、中、高依次不减，分母大于0", "核对两组数")
