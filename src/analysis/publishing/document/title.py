"""Lines of a report's title."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

# Characters that a line holds at the size of the title.
LONGEST_LINE = 20
_CUTS = re.compile(r"(?<=》)(?!$|》)|(?<!^)(?=第)|(?<!^)(?=（)")


def title_lines(title: str) -> list[str]:
    """Cut a title where its sense allows, into as few and as even lines as fit; one piece where there is no such way.

    Example:
        >>> title_lines("《示例区民政事业发展第十四个五年规划》中期评估报告")
        ['《示例区民政事业发展', '第十四个五年规划》中期评估报告']
    """
    places = [match.start() for match in _CUTS.finditer(title)]
    for count in range(len(places) + 1):
        ways = [[title[start:end] for start, end in pairwise([0, *cuts, len(title)])] for cuts in combinations(places, count)]
        fitting = [lines for lines in ways if max(map(len, lines)) <= LONGEST_LINE]
        if fitting:
            return min(fitting, key=lambda lines: max(map(len, lines)))
    return [title]
