"""Half-up rounding and the interval that a printed figure stands for.

Printed figures are decimals, so they are kept as :class:`decimal.Decimal`: 1.005 stays 1.005, and the number of
printed decimals (which says how far the figure may be off) is not lost.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """Closed interval of the values that one printed figure may stand for (same unit as the figure)."""

    low: Decimal
    high: Decimal

    def overlaps(self, other: Interval) -> bool:
        """Say whether the two intervals share a value."""
        return self.low <= other.high and other.low <= self.high


def round_half_up(value: Decimal | float, decimals: int = 0) -> Decimal:
    """Round half away from zero, as Chinese statistical practice (四舍五入) does.

    Args:
        value: any number; floats are read by their shortest decimal form, so 2.675 is 2.675.
        decimals: decimals to keep.

    Example:
        >>> round_half_up(122.5), round_half_up(-0.5), round_half_up(2.675, 2)
        (Decimal('123'), Decimal('-1'), Decimal('2.68'))
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def printed_decimals(value: Decimal) -> int:
    """Return how many decimals a figure was printed with (26.50 has two).

    Example:
        >>> printed_decimals(Decimal("26.50"))
        2
    """
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"不是有限小数：{value}")
    return max(0, -exponent)


def rounding_interval(value: Decimal) -> Interval:
    """Return the values that round to the printed figure: half a unit of the last printed place either side.

    Example:
        >>> rounding_interval(Decimal("16"))
        Interval(low=Decimal('15.5'), high=Decimal('16.5'))
    """
    half = Decimal(1).scaleb(-printed_decimals(value)) / 2
    return Interval(value - half, value + half)
