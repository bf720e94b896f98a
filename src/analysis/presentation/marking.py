"""Words that hold numbers, marked with what the numbers are: verbs, bounds and units stay outside the mark."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.presentation.quantities import numbers, plain, quantity
from analysis.vocabulary.rounding import round_half_up

COUNTING = "逐行计数"


def marked(words: str, name: str, formula: str = "", evidence: Sequence[str] = ()) -> str:
    """Mark every number of some words with one meaning; words without a number (持平, …) come back as they are.

    Args:
        words: wording of one figure, with the verb, bound or unit that goes with it.
        name, formula, evidence: see :func:`analysis.presentation.quantities.quantity`.

    Raises:
        ValueError: words that are marked already.

    Example:
        >>> from analysis.presentation.quantities import separated
        >>> [(found.start, found.text) for found in separated(marked("下降11.7%", "变动幅度"))[1]]
        [(2, '11.7%')]
        >>> marked("持平", "变动幅度")
        '持平'
    """
    if plain(words) != words:
        raise ValueError(f"数字重复标注：{plain(words)}")
    told, end = [], 0
    for start, found in numbers(words):
        told += [words[end:start], quantity(found, name, formula, evidence)]
        end = start + len(found)
    return "".join([*told, words[end:]])


def count(found: int, name: str, evidence: Sequence[str] = ()) -> str:
    """Mark a count of rows.

    Example:
        >>> from analysis.presentation.quantities import separated
        >>> separated(f"共{count(26, '指标数')}项")[1][0].formula
        '逐行计数'
    """
    return quantity(found, name, COUNTING, evidence)


def visible_decimals(value: float, least: int = 1) -> int:
    """Return how many decimals keep a figure from being written as zero beside a verb; the least for zero itself.

    Example:
        >>> visible_decimals(3.61), visible_decimals(0.004), visible_decimals(0.0)
        (1, 3, 1)
    """
    if value == 0:
        return least
    return next((decimals for decimals in range(least, 9) if round_half_up(value, decimals)), 9)
