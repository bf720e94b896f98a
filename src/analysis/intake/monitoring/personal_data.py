"""Identity-card and telephone numbers, which have no place in a monitoring file; a message never repeats one."""

from __future__ import annotations

import datetime
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

# The first two digits of an identity number: provinces.
_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split())
_IDENTITY_18 = re.compile(r"[1-9][0-9]{5}((?:18|19|20)[0-9]{6})[0-9]{3}[0-9Xx]")
_IDENTITY_15 = re.compile(r"[1-9][0-9]{5}([0-9]{6})[0-9]{3}")
_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9][0-9]{9}")
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(_AREA + r"[2-9][0-9]{6,7}")
_AREA_CODE, _LOCAL = re.compile(_AREA), re.compile(r"[1-9][0-9]{6,7}")
_LONGEST, _SHORTEST = 18, 7
# Within one number people repeat one kind of separator; three digits or more stand between two of them, so that a list of
# amounts or dates is seldom taken for a number.
_SEPARATORS = (r"[\s_-]{1,3}", r"[.·]")
_LEAST_GROUP = 3
_RUNS = tuple(
    re.compile(rf"(?<![0-9])(?<![0-9]\.)[0-9]+(?:{separator}[0-9]+)*(?:(?:{separator})?[Xx])?(?![0-9]|\.[0-9])")
    for separator in _SEPARATORS
)
_GROUPS = re.compile(r"[0-9]+[Xx]?|[Xx]")
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]*)\.[0-9]+")
_WHOLE = re.compile(r"(?<![0-9])(?<![0-9]\.)([0-9]+)\.0+(?![0-9]|\.[0-9])")  # 13800138000.0, as spreadsheets and databases export it
_ADDRESS = re.compile(r"https?://[!#-+\-./0-:=?-~]+", re.I)
# A local number is known by the word before it only, and is no amount: 联系群众1234567人.
_CALLED = re.compile(
    r"(?:电话|手机|座机|固话|联系|tel(?:ephone)?|phone)[^0-9]{0,8}?(?<![0-9])([0-9]{3,4}[\s-]?[0-9]{4})(?![0-9]|[.,-][0-9]|\s?[人次元户个万亿件名家%年月])",
    re.I,
)
_AREA_BRACKETS = re.compile(rf"\(({_AREA})\)\s*")
_DASHES = str.maketrans("‐‑‒–—−－", "-------")


def personal_number(value: object) -> tuple[str, str] | None:
    """Find a personal number in a cell.

    Separators within a number, invisible characters and full-width digits don't hide it; digits of web addresses,
    decimals and dates are none.

    Args:
        value: content of the cell; numbers are looked at as Excel shows them.

    Returns:
        What it is and its first three digits with ＊＊＊ for the rest; None if there is none.

    Example:
        >>> personal_number("联系人 138 0013 8000"), personal_number("覆盖18个街道，2021-12-01至2022-12-31")
        (('手机号码', '138***'), None)
    """
    if value is None or isinstance(value, bool | datetime.date):
        return None
    if isinstance(value, float):
        return _find(f"{value:.0f}") if value.is_integer() else None
    return _find(str(value))


@lru_cache(maxsize=4096)  # a workbook may show one long text in thousands of cells
def _find(raw: str) -> tuple[str, str] | None:
    text = _plain(raw)
    if sum(text.count(digit) for digit in "0123456789") < _SHORTEST:
        return None
    for pattern in _RUNS:
        for run in pattern.finditer(text):
            if _DECIMAL.fullmatch(run.group()):
                continue
            for groups in _stretches(_GROUPS.findall(run.group())):
                kind = _kind(groups)
                if kind:
                    return kind, f"{''.join(groups)[:3]}***"
    for called in _CALLED.finditer(text):
        digits = "".join(filter(str.isdigit, called.group(1)))
        if not _is_day(digits):
            return "电话号码", f"{digits[:3]}***"
    return None


def _plain(raw: str) -> str:
    """Return text as numbers are looked for in it: without web addresses and invisible characters, half-width."""
    text = _ADDRESS.sub(" ", raw) if "://" in raw else raw
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_invisible())).translate(_invisible()).translate(_DASHES)
    return _AREA_BRACKETS.sub(r" \1-", _WHOLE.sub(r"\1", text))


@cache
def _invisible() -> dict[int, None]:
    return dict.fromkeys(code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) == "Cf")


def _stretches(groups: list[str]) -> Iterator[list[str]]:
    """Return the neighbouring groups of digits that together may be one number."""
    for start in range(len(groups)):
        length = 0
        for end in range(start, len(groups)):
            length += len(groups[end])
            if length > _LONGEST:
                break
            if length >= _SHORTEST:
                yield groups[start : end + 1]


def _kind(groups: list[str]) -> str:
    digits = "".join(groups)
    for pattern in (_IDENTITY_18, _IDENTITY_15):
        match = pattern.fullmatch(digits)
        if match and digits[:2] in _PROVINCES and _is_day(match.group(1)):
            return "身份证号码"
    rest = groups[1:] if groups[0] in ("0086", "86") else groups
    if _MOBILE.fullmatch(digits) and (len(rest) == 1 or all(len(group) >= _LEAST_GROUP for group in rest)):
        return "手机号码"
    if len(groups) == 1:
        return "电话号码" if _LANDLINE.fullmatch(digits) else ""
    local = "".join(groups[1:])
    whole = all(len(group) >= _LEAST_GROUP for group in groups[1:])
    return "电话号码" if whole and _AREA_CODE.fullmatch(groups[0]) and _LOCAL.fullmatch(local) else ""


def _is_day(digits: str) -> bool:
    """Say whether digits are a day since 1800, of eight digits or, in old identity numbers, six."""
    try:
        day = datetime.datetime.strptime(digits if len(digits) == 8 else f"19{digits}", "%Y%m%d")
    except ValueError:
        return False
    return 1800 <= day.year < 2100
