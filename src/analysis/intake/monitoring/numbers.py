"""Numbers as officials type them: plain decimals are read, all else is refused with the number it probably means."""

from __future__ import annotations

import datetime
import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_ANY = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NOTHING = frozenset("无 — - -- – / 空 暂无 暂缺 缺 待定 待统计 未统计 没有 n/a na nan null none … ... ...... —— ——— 不适用 \\ *".split())
_NOT_FINITE = re.compile(r"[+-]?(inf|infinity|∞)")
_ROUGH = re.compile(r"约|大约|左右|上下|近|多|余|超|不足|不低于|≈|~|～|\+$|[<>≥≤]")
_MAGNITUDE = re.compile(r"[百千万亿]")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NO_GUESS = "填一个数字，说明写在备注"
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?e[+-]?[0-9]{1,2}")
# Nothing that is meant as a number is longer; whatever is said of a cell stays short, and no digit string is turned into a huge number.
LONGEST = 40
_LARGEST_COUNT, _LARGEST_GUESS = 10**12, 10**15


@dataclass(frozen=True)
class Refused:
    """Why a cell can't be read: what was found, what was expected, what to do."""

    found: str
    expected: str
    action: str


def read_number(value: object, percent_format: bool = False) -> float | Refused:
    """Read the content of a number cell.

    Args:
        value: what the cell holds: a number, or text.
        percent_format: whether the workbook shows the number as a percentage.

    Returns:
        The number, or why there is none.

    Example:
        >>> read_number("38.9"), read_number("1,234").action, read_number("约30").action
        (38.9, '改为1234', '查明确切数后填数字；如就是30，改为30，并在“数据状态”选“估算”')
    """
    if isinstance(value, bool):
        return Refused("TRUE" if value else "FALSE", "数字", "改为数字")
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        shown = str(value).removesuffix(" 00:00:00")
        return Refused(f"日期或时间（{shown}）", "数字", "把单元格格式改为“常规”，重新填数字")
    if isinstance(value, int | float):
        number = _as_float(value)
        if not math.isfinite(number):
            return Refused(f"{number}", "有限的数", "改为数字；没有数时留空")
        if percent_format:
            shown = f"{number * 100:.10g}"
            return Refused(
                f"百分比格式的单元格，显示为{shown}%，实际存的是{number:g}", "不带百分号的数字", f"把格式改为“常规”，再填{shown}"
            )
        return number
    return _from_text(str(value).strip())


def _as_float(value: float) -> float:
    """Return a number as a float; a workbook may hold an integer of hundreds of digits, which is infinite as a float."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _from_text(text: str) -> float | Refused:
    if len(text) > LONGEST:
        return Refused(f"{text[:20]}…（{len(text):,}个字符）", f"不超过{LONGEST}个字符的数字", _NO_GUESS)
    if _PLAIN.fullmatch(text):
        return float(text)
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").lower()
    plain = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", "".join(plain.split()))
    if plain in _NOTHING or text in _NOTHING:
        return Refused(text, "数字", "还没有数时把单元格留空（空表示暂缺，不是0），缘由写在备注")
    if _NOT_FINITE.fullmatch(plain):
        return Refused(text, "有限的数", "改为数字；没有数时留空")
    return Refused(text, "只含数字和小数点", _advice(plain))


def _advice(plain: str) -> str:
    chinese = _chinese_number(plain)
    if chinese is not None:
        return f"改为{chinese}" if chinese <= _LARGEST_GUESS else _NO_GUESS
    if _SCIENTIFIC.fullmatch(plain):
        written = f"{Decimal(plain):f}"
        return f"改为{written}" if len(written) <= LONGEST else _NO_GUESS
    numbers = _ANY.findall(plain)
    if len(numbers) != 1:
        return _NO_GUESS
    guess = numbers[0]
    if _MAGNITUDE.search(plain):
        return "按本行单位换算后只填数字"
    if _ROUGH.search(plain):
        return f"查明确切数后填数字；如就是{guess}，改为{guess}，并在“数据状态”选“估算”"
    return f"改为{guess}"


def _chinese_number(text: str) -> int | None:
    """Return the number that Chinese numerals spell (三十 is 30); None if the text is something else.

    Example:
        >>> _chinese_number("三十"), _chinese_number("二千二百二十八"), _chinese_number("二〇二一"), _chinese_number("约三十")
        (30, 2228, 2021, None)
    """
    if not text or any(character not in _DIGITS | _TENS | _MYRIADS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _TENS:
            section += (digit or 1) * _TENS[character]
            digit = 0
        else:
            total = (total + section + digit) * _MYRIADS[character]
            section = digit = 0
    return total + section + digit


def read_whole(value: object, percent_format: bool = False) -> int | Refused:
    """Read a count: a whole number, not below zero.

    Example:
        >>> read_whole(7), read_whole("7.5").expected
        (7, '不小于0的整数')
    """
    number = read_number(value, percent_format)
    if isinstance(number, Refused):
        return number
    if number < 0 or not number.is_integer():
        return Refused(f"{number:g}", "不小于0的整数", "改为实际个数")
    if number > _LARGEST_COUNT:
        return Refused(f"{number:g}", f"不大于{_LARGEST_COUNT:,}的整数", "改为实际个数")
    return int(number)


def read_year(value: object) -> int | Refused:
    """Read a year of four digits.

    Example:
        >>> read_year("2023"), read_year("2023年").action
        (2023, '改为2023')
    """
    if isinstance(value, datetime.date):
        return Refused(f"日期（{value:%Y-%m-%d}）", "四位年份", f"把单元格格式改为“常规”，填{value.year}")
    number = read_number(value)
    if isinstance(number, float) and number.is_integer() and 1000 <= number <= 9999:
        return int(number)
    years = re.findall(r"(?<![0-9])[12][0-9]{3}(?![0-9])", unicodedata.normalize("NFKC", str(value)))
    return Refused(str(value)[:40], "四位年份", f"改为{years[0]}" if len(years) == 1 else "改为四位年份")
