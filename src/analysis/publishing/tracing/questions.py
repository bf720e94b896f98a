"""A number asked for: what counts as the same number, and which numbers of a report lie near it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analysis.publishing.tracing.trace_file import LABELLED

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")
_FORMS = str.maketrans("０１２３４５６７８９．％，－−–＋／～~〜—", "0123456789.%,---+/～～～～")
_PERCENT_ROW = "（%）"
_NUMBERING = "序号"
# A number with what people write around it when they read it off a page.
_LOOSE = re.compile(r"(?:约|近|逾|超过|达到?|仅)?([+-]?[\d,.]+%?)(?:[\u4e00-\u9fff/]{1,5})?")
_RANGE = re.compile(r"(?<=\d)-(?=\d)")
_DROPPED = re.compile(r"\s|(?<=\d),(?=\d{3})")
_MOST_WORDS = 12  # Han characters beside the digits of a question; with more of them it is a sentence


@dataclass(frozen=True)
class Figure:
    """A number without its form.

    Attributes:
        value: its value as written; 66.2 for 66.2%.
        percent: whether a percent sign follows.
        unit: whether another unit follows, so that it is no percentage.
    """

    value: Decimal
    percent: bool
    unit: bool = False


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


def loosely(text: str) -> Figure | None:
    """Read a number with a word before or a unit behind it; None for anything else.

    Example:
        >>> loosely("约10%") == figure("10%"), loosely("2,433万元"), loosely("54～70")
        (True, Figure(value=Decimal('2433'), percent=False, unit=True), None)
    """
    match = _LOOSE.fullmatch(text.strip().translate(_FORMS))
    found = figure(match[1]) if match else None
    if match is None or found is None:
        return found
    return Figure(found.value, found.percent, match.end(1) < match.end())


def is_numeric(text: str) -> bool:
    """Say whether a question is about numbers as they stand together, not about words.

    Example:
        >>> is_numeric("123/150"), is_numeric("−0.3万"), is_numeric("完成率"), is_numeric("3A级")
        (True, True, False, False)
    """
    letters = sum(character.isalpha() for character in text)
    return bool(re.search(r"\d", text)) and not re.search(r"[A-Za-z]", text) and letters <= _MOST_WORDS


def stretches(asked: str, text: str) -> list[tuple[int, int]]:
    """Return where numbers as asked for stand in a text, however they are written; a part of a longer number is none.

    Example:
        >>> stretches("54~70", "约54～70张，154～70张"), stretches("1046/2433", "1,046/2,433")
        ([(1, 6)], [(0, 11)])
    """
    wanted, _ = _plain(asked)
    plain, places = _plain(text)
    pattern = rf"(?<![\d.]){re.escape(wanted)}" if wanted[0].isdigit() else re.escape(wanted)
    found = re.finditer(pattern + (r"(?!\.?\d|%)" if wanted[-1].isdigit() else ""), plain)
    return [(places[match.start()], places[match.end() - 1] + 1) for match in found]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text in one form without separators and blanks, and the place of each character in the text."""
    forms = _RANGE.sub("～", text.translate(_FORMS))
    dropped = {match.start() for match in _DROPPED.finditer(forms)}
    kept = [place for place in range(len(forms)) if place not in dropped]
    return "".join(forms[place] for place in kept), kept


def is_asked(asked: Figure, number: dict[str, Any], passage: dict[str, Any]) -> bool:
    """Say whether a number of the trace is the one asked for.

    A percent sign may be left out of the question; what is measured in percent leaves it out too.
    """
    found = figure(number["text"])
    if found is None or found.value != asked.value:
        return False
    if asked.percent and not found.percent:
        named = f"{passage.get('row', '')}{number.get('name', '')}"
        behind = passage["text"][number["start"] + len(number["text"]) :]
        return (
            _PERCENT_ROW in named and not behind.startswith("百分点") and number["class"] != LABELLED and number.get("name") != _NUMBERING
        )
    return not (asked.unit and not asked.percent and found.percent)


def holds(line: str, text: str) -> bool:
    """Say whether a line of a file holds a number as deposited, however it is written.

    Example:
        >>> holds("7,,2020,2433.0,万元", "2,433"), holds("17,,2020,29,个", "9"), holds("占比 66.2 70", "66.2%")
        (True, False, True)
    """
    wanted = figure(text)
    plain = re.sub(r'"(-?\d{1,3}(?:,\d{3})+)"', lambda match: match[1].replace(",", ""), line.translate(_FORMS))
    found = [figure(match) for match in re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?(?![\d.])", plain)]
    return wanted is not None and any(one is not None and abs(one.value) == abs(wanted.value) for one in found)


def nearest(asked: Figure, texts: Iterable[str], count: int = 5) -> list[str]:
    """Return the numbers of a report that lie nearest, by difference.

    Example:
        >>> nearest(Figure(Decimal(66), True), ["70%", "66.2%", "1,128", "58", "66.2%"], 2)
        ['66.2%', '70%']
    """
    known = {text: found for text in texts if (found := figure(text)) is not None}
    return sorted(known, key=lambda text: (abs(known[text].value - asked.value), text))[:count]
