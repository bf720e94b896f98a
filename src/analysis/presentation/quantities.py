"""Numbers in sentences that know what they are: the text of a number carries its meaning, formula and evidence with it.

A marked number is ordinary text in which private-use characters fence off the number and what is to be known of it. So it
passes through f-strings, joins and lists like any other text, until :class:`analysis.presentation.claims.Claim` takes the
marks out again and keeps the quantities. A mark that escapes (into a chart or a table) fails there as a missing glyph.

The same characters may stand in data. They can't pass for a mark, which holds a word that no data know, and are dropped.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

_OPEN, _MIDDLE, _CLOSE = "\ue000", "\ue001", "\ue002"
_OWN = secrets.token_hex(8)  # never seen outside: marks are made and taken out in one process
_STRAY = re.compile(f"[{_OPEN}{_MIDDLE}{_CLOSE}]")
_OTHER = f"[^{_OPEN}{_MIDDLE}{_CLOSE}]*"
_MARKED = re.compile(f"{_OPEN}({_OTHER}){_MIDDLE}{_OWN}({_OTHER}){_CLOSE}")


@dataclass(frozen=True)
class Quantity:
    """One number of a sentence.

    Attributes:
        start: where its text begins in the plain sentence.
        text: the number as written, ``2,433`` or ``66.2%``.
        name: what it is, ``2023年数值``.
        formula: how it follows from its evidence; empty for a number as deposited.
        evidence: its own places; empty where those of the sentence hold.
    """

    start: int
    text: str
    name: str
    formula: str = ""
    evidence: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values for a notebook's output."""
        return asdict(self)


def quantity(text: object, name: str, formula: str = "", evidence: Sequence[str] = ()) -> str:
    """Mark a number in text with what it is.

    Args:
        text: the number as a reader sees it, already worded by :mod:`analysis.presentation.wording`; a count may be an int.
        name: what it is, in Chinese, with its year where it has one.
        formula: how it is computed, in Chinese; empty for a number that stands in its evidence as it is.
        evidence: places of its own, as a sentence's (``指标表第1行``); empty where those of the sentence hold.

    Raises:
        ValueError: a number without a name, or one that is marked already.

    Example:
        >>> separated(f"完成率{quantity('40%', '完成率', '数值÷目标值')}。")[0]
        '完成率40%。'
    """
    if not name:
        raise ValueError(f"数字没有名称：{text}")
    if _MARKED.search(str(text)):
        raise ValueError(f"数字重复标注：{plain(str(text))}")
    words = _STRAY.sub("", str(text))
    note = _STRAY.sub("", json.dumps([name, formula, list(evidence)], ensure_ascii=False))
    return f"{_OPEN}{words}{_MIDDLE}{_OWN}{note}{_CLOSE}"


def separated(marked: str) -> tuple[str, tuple[Quantity, ...]]:
    """Return a sentence without marks, and the quantities in it with their places.

    Example:
        >>> sentence, (found,) = separated(f"共{quantity(26, '指标数', '逐行计数')}项。")
        >>> sentence, found.start, found.text, found.name
        ('共26项。', 1, '26', '指标数')
    """
    parts: list[str] = []
    found: list[Quantity] = []
    position = length = 0
    for match in _MARKED.finditer(marked):
        before = _STRAY.sub("", marked[position : match.start()])
        parts += [before, match[1]]
        length += len(before)
        name, formula, evidence = json.loads(match[2])
        found.append(Quantity(length, match[1], name, formula, tuple(evidence)))
        length += len(match[1])
        position = match.end()
    return "".join([*parts, _STRAY.sub("", marked[position:])]), tuple(found)


def plain(marked: str) -> str:
    """Return a sentence without marks, for readers who want the words alone.

    Example:
        >>> plain(quantity("40%", "完成率"))
        '40%'
    """
    return separated(marked)[0]


# A number as readers meet it: thousands separators, decimals, a sign, a percent sign; k/N counts as two numbers.
NUMBER = re.compile(r"(?<![\d.,A-Za-z_])[+−-]?\d+(?:,\d{3})*(?:\.\d+)?%?")


def numbers(text: str) -> list[tuple[int, str]]:
    """Return every number of a text with its place.

    Example:
        >>> numbers("123/150（82%），比2020年少1,046张")
        [(0, '123'), (4, '150'), (8, '82%'), (14, '2020'), (20, '1,046')]
    """
    return [(match.start(), match[0]) for match in NUMBER.finditer(text)]
