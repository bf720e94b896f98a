"""Editions: when a figure was published, and which of two came later."""

from __future__ import annotations

import re

Order = tuple[int, int, int]
_FORMS = (
    re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    re.compile(r"([0-9]{4})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})"),
    re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月(?:([0-9]{1,2})日)?"),
)
EARLIEST: Order = (0, 0, 0)


def edition_order(edition: str) -> Order | None:
    """Return what an edition is ordered by: year, month, day, zero where it names none; None for a name that is no date.

    No edition at all is the earliest.

    Example:
        >>> edition_order("2024-03-31"), edition_order("2024年3月"), edition_order("修订版"), edition_order("")
        ((2024, 3, 31), (2024, 3, 0), None, (0, 0, 0))
    """
    if not edition:
        return EARLIEST
    for form in _FORMS:
        match = form.fullmatch(edition)
        if match:
            year, month, day = (*(int(part or 0) for part in match.groups()), 0, 0)[:3]
            return (year, month, day) if month <= 12 and day <= 31 else None
    return None
