"""Places of evidence in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED_PLACE = re.compile(r"^(?P<before>.*?第)(?P<number>\d+)(?P<after>[行项].*)$")


def evidence_note(places: Iterable[str]) -> str:
    """Word places of evidence as a footnote, rows of one table together.

    Example:
        >>> evidence_note(["指标表第1行", "指标表第4行", "推算表", "指标表第3行", "指标表第2行", "指标表第7行"])
        '数据依据：指标表第1—4、7行；推算表。'
    """
    grouped: dict[tuple[str, str], set[int]] = {}
    for place in dict.fromkeys(places):
        match = _NUMBERED_PLACE.match(place)
        key = (match["before"], match["after"]) if match else (place, "")
        grouped.setdefault(key, set()).update([int(match["number"])] if match else [])
    words = [f"{before}{_ranges(sorted(numbers))}{after}" for (before, after), numbers in grouped.items()]
    return f"数据依据：{'；'.join(words)}。" if words else ""


def _ranges(numbers: list[int]) -> str:
    """Write ascending numbers, three and more in a row as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(str(number) for number in run) for run in runs)
