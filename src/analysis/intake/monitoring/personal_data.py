"""Identity-card and telephone numbers, which have no place in a monitoring file; a message never repeats one."""

from __future__ import annotations

import datetime
import re
import unicodedata

_IDENTITY_18 = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5}((?:18|19|20)[0-9]{6})[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_15 = re.compile(r"(?<![0-9A-Za-z.])[1-9][0-9]{5}([0-9]{6})[0-9]{3}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9.])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])\(?0[0-9]{2,3}(?:\)|\)?[-– —] ?)[0-9]{7,8}(?![0-9])")
_DASHES = str.maketrans("‐‑‒–—−", "------")


def personal_number(value: object) -> tuple[str, str] | None:
    """Find a personal number in a cell.

    Args:
        value: content of the cell; numbers are looked at as Excel shows them.

    Returns:
        What it is and its first three digits with ＊＊＊ for the rest; None if there is none.

    Example:
        >>> personal_number("联系人 138 0013 8000"), personal_number("覆盖18个街道")
        (('手机号码', '138***'), None)
    """
    if value is None or isinstance(value, bool | datetime.date):
        return None
    if isinstance(value, int | float):
        text = f"{value:.0f}" if isinstance(value, int) or value.is_integer() else str(value)
    else:
        text = unicodedata.normalize("NFKC", str(value)).translate(_DASHES)
    for kind, pattern in (("身份证号码", _IDENTITY_18), ("身份证号码", _IDENTITY_15), ("手机号码", _MOBILE), ("电话号码", _LANDLINE)):
        for match in pattern.finditer(text):
            if kind != "身份证号码" or _is_birthday(match.group(1)):
                return kind, f"{_first_digits(match.group())}***"
    return None


def _is_birthday(digits: str) -> bool:
    """Tell an identity number from any other long number by the birthday inside; 15 digits write the year with two."""
    try:
        datetime.datetime.strptime(digits if len(digits) == 8 else f"19{digits}", "%Y%m%d")
    except ValueError:
        return False
    return True


def _first_digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())[:3]
