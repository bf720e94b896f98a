"""Whether the verb of a sentence agrees with its number: what rose, what fell, and by percent or by percentage points."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.presentation.claims import Claim
from analysis.presentation.quantities import Quantity

_RISING, _FALLING = "提升|提高|增长|上升|增加|改善|增至|升至", "下降|减少|降低|降至|减至|回落"
_NUMBER = r"[+−-]?\d+(?:,\d{3})*(?:\.\d+)?"
_UNIT = r"[^\d，。；、（）]{0,6}?"
_SIGNED = re.compile(rf"(?P<verb>{_RISING}|{_FALLING})(?:了|约|幅度|率|为){{0,2}}(?P<number>[+−-]\d[\d,.]*)")
_YEAR = r"(?:\d{4}年[末底初]?的?)?"
_FIGURE = rf"{_NUMBER}(?![\d.,]*\d|年)"  # a year is no figure
_FROM_TO = re.compile(
    rf"[由从]{_YEAR}(?P<first>{_FIGURE}){_UNIT}(?P<verb>{_RISING}|{_FALLING})(?:到了?|至|为|了)?约?{_YEAR}(?P<last>{_FIGURE})"
)
_ARROW = re.compile(rf"(?P<first>{_NUMBER})%?→(?P<last>{_NUMBER}){_UNIT}，(?P<sign>[+−-])\d")
_SUBTRACTED = re.compile(r"[−]|减去|之差|相减")
_DIVIDED = re.compile(r"[÷/]|之比")


def direction_faults(claim: Claim) -> Iterator[str]:
    """Yield what is wrong with the direction of a sentence, in Chinese.

    Example:
        >>> list(direction_faults(Claim("床位由24张下降至34张，增长+41.7%。")))
        ['“下降”与数字方向相反：24→34']
        >>> list(direction_faults(Claim("占比提高−2.1%。")))
        ['“提高”与数字方向相反：−2.1']
    """
    sentence = claim.sentence
    for match in _FROM_TO.finditer(sentence):
        first, last = _value(match["first"]), _value(match["last"])
        if (last < first) if _rises(match["verb"]) else (last > first):
            yield f"“{match['verb']}”与数字方向相反：{match['first']}→{match['last']}"
    for match in _SIGNED.finditer(sentence):
        if match["number"].startswith("+") != _rises(match["verb"]):
            yield f"“{match['verb']}”与数字方向相反：{match['number'].rstrip(',.')}"
    for match in _ARROW.finditer(sentence):
        first, last = _value(match["first"]), _value(match["last"])
        if first != last and (match["sign"] == "+") != (last > first):
            yield f"变化的正负号与数字方向相反：{match['first']}→{match['last']}，{match['sign']}"
    for quantity in claim.quantities:
        yield from _unit_faults(quantity, sentence)


def _unit_faults(quantity: Quantity, sentence: str) -> Iterator[str]:
    """A difference of two percentages is told in 百分点, a ratio in %."""
    after = sentence[quantity.start + len(quantity.text) :]
    in_points = quantity.text.endswith("百分点") or after.startswith(("个百分点", "百分点"))
    subtracted, divided = bool(_SUBTRACTED.search(quantity.formula)), bool(_DIVIDED.search(quantity.formula))
    if in_points and divided and not subtracted:
        yield f"“{quantity.text}”（{quantity.formula}）是比率，应写“%”"
    elif subtracted and not divided and (quantity.text.endswith("%") or after.startswith("%")) and not after.startswith("区间"):
        yield f"“{quantity.text}”（{quantity.formula}）是两个百分数之差，应写“百分点”"


def _rises(verb: str) -> bool:
    return verb in _RISING.split("|")


def _value(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))
