"""Which headings can leave their number to Word."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.publishing.document.model import Heading

_DIGITS = "一二三四五六七八九"
_LEVELS = 4
_UNKNOWN = -1


def automatic_numbers(headings: Iterable[Heading]) -> list[int | None]:
    """Return, for each heading, the series of numbers that yields its own, or None where it has to be typed.

    Series 0 runs through the report; every restart (below an annex, below a heading without number) is a series of its own, so that
    a section that officials insert in one place leaves the numbers in the other alone.

    Example:
        >>> title, first, annex, inner = (Heading("", 0, "", "甲"), Heading("", 1, "一、", "乙"),
        ...                               Heading("", 1, "附件一", "丙"), Heading("", 2, "（一）", "丁"))
        >>> automatic_numbers([title, first, annex, inner])
        [None, 0, None, 1]
    """
    counted = [0] * (_LEVELS + 1)
    series = restarts = 0
    found: list[int | None] = []
    for heading in headings:
        level = heading.level
        if level == 1:
            counted[2:] = [_UNKNOWN] * (_LEVELS - 1)  # Word would go on counting below a heading whose number is typed
        if not heading.number or not 1 <= level <= _LEVELS or heading.annex:
            found.append(None)
            continue
        follows = heading.number == written(level, counted[level] + 1)
        if not follows and (level == 1 or heading.number != written(level, 1)):
            found.append(None)
            continue
        if not follows:
            restarts += 1
            series = restarts
        elif level == 1:
            series = 0
        counted[level] = counted[level] + 1 if follows else 1
        counted[level + 1 :] = [0] * (_LEVELS - level)
        found.append(series)
    return found


def written(level: int, count: int) -> str:
    """Write the number of a heading as Word would.

    Example:
        >>> written(1, 12), written(2, 20), written(3, 4), written(4, 1), written(1, 0)
        ('十二、', '（二十）', '4.', '（1）', '')
    """
    if count < 1:
        return ""
    tens, ones = divmod(count, 10)
    chinese = (_DIGITS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones - 1] if ones else "")
    return (f"{chinese}、", f"（{chinese}）", f"{count}.", f"（{count}）")[level - 1]
