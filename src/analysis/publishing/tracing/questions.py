"""A number asked for: what counts as the same number, and which numbers of a report lie near it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
_FORMS = str.maketrans("０１２３４５６７８９．％，－−–＋", "0123456789.%,---+")
_PERCENT_ROW = "（%）"


@dataclass(frozen=True)
class Figure:
    """A number without its form.

    Attributes:
        value: its value as written; 66.2 for 66.2%.
        percent: whether a percent sign follows.
    """

    value: Decimal
    percent: bool


def figure(text: str) -> Figure | None:
    """Read a number however it is written: with separators, a percent sign, a full-width or typographic form; None for words.

    Example:
        >>> figure("2,433") == figure("2433"), figure("−1.4") == figure("-1.4"), figure("约30")
        (True, True, None)
    """
    plain = text.strip().translate(_FORMS).replace(",", "").removeprefix("+")
    if not _NUMBER.fullmatch(plain):
        return None
    return Figure(Decimal(plain.removesuffix("%")), plain.endswith("%"))


def is_asked(asked: Figure, number: dict[str, Any], passage: dict[str, Any]) -> bool:
    """Say whether a number of the trace is the one asked for.

    A percent sign may be left out of the question; the cells of a row measured in percent leave it out too.
    """
    found = figure(number["text"])
    if found is None or found.value != asked.value:
        return False
    return found.percent or not asked.percent or _PERCENT_ROW in passage.get("row", "")


def nearest(asked: Figure, texts: Iterable[str], count: int = 5) -> list[str]:
    """Return the numbers of a report that lie nearest, by difference.

    Example:
        >>> nearest(Figure(Decimal(66), True), ["70%", "66.2%", "1,128", "58", "66.2%"], 2)
        ['66.2%', '70%']
    """
    known = {text: found for text in texts if (found := figure(text)) is not None}
    return sorted(known, key=lambda text: (abs(known[text].value - asked.value), text))[:count]
