"""Marks that travel with figures wherever they show: made up, not yet verified, or assumed without a citation."""

from __future__ import annotations

DEMONSTRATION, UNVERIFIED, ILLUSTRATIVE = "演示数据", "待核实", "示意参数"


def file_name(name: str, *, demonstration: bool) -> str:
    """Return a file name with the mark of demonstration data before it, where it is due.

    Example:
        >>> file_name("verdicts.csv", demonstration=True)
        '演示数据-verdicts.csv'
    """
    return f"{DEMONSTRATION}-{name}" if demonstration else name
