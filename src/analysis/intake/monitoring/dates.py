"""Dates as officials type them: 2021-12-01, 2021/12/1, 2021年12月1日, or a date cell."""

from __future__ import annotations

import datetime
import re

from analysis.intake.monitoring.numbers import Refused

_FORMS = (
    re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"),
    re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"),
    re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日"),
)
_EXPECTED = "年月日俱全的日期，如 2021-12-01"


def read_date(value: object) -> datetime.date | Refused:
    """Read a date.

    Example:
        >>> read_date("2021年12月1日"), read_date("2021.12.1").found
        (datetime.date(2021, 12, 1), '2021.12.1')
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            try:
                return datetime.date(*map(int, match.groups()))
            except ValueError:
                return Refused(text, "日历上有的日期", "核对月和日")
    return Refused(text[:40], _EXPECTED, "照此写法改；不知道确切日期时留空，在备注说明")


def looks_like_date(text: str) -> bool:
    """Say whether a text is written as a date, be it one of the calendar or not.

    Example:
        >>> looks_like_date("2021-13-45"), looks_like_date("2021年报")
        (True, False)
    """
    return any(form.fullmatch(text.strip()) for form in _FORMS)
