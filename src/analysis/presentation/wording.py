"""Numbers and small phrases for readers: the only module that formats numbers for text, tables and charts."""

from __future__ import annotations

import datetime
import math

from analysis.vocabulary.errors import InputError
from analysis.vocabulary.rounding import round_half_up

MISSING_MARK, NOT_APPLICABLE = "…", "—"


def number(value: float | None, decimals: int = 1, *, keep_zeros: bool = False) -> str:
    """Write a number with thousands separators and half-up rounding; … where it is missing.

    Example:
        >>> number(12165.43, 0), number(15.591), number(40.0), number(40.0, keep_zeros=True), number(float("nan"))
        ('12,165', '15.6', '40', '40.0', '…')
    """
    if value is None or math.isnan(value):
        return MISSING_MARK
    text = f"{round_half_up(float(value), decimals):,f}"
    if decimals and not keep_zeros:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("-") if not text.strip("-0.") else text.replace("-", "−")


def projected(value: float, last: float) -> str:
    """Write a projection as finely as its indicator is counted: whole where the last figure is whole and not small, else one decimal.

    Example:
        >>> projected(753.83, 717.0), projected(14.72, 13.9), projected(23.45, 22.0)
        ('754', '14.7', '23')
    """
    return number(value, 0 if float(last).is_integer() and abs(last) >= 10 else 1)


def percent(ratio: float | None, decimals: int = 1, *, keep_zeros: bool = False) -> str:
    """Write a ratio as a percentage.

    Example:
        >>> percent(0.672414), percent(0.4), percent(None)
        ('67.2%', '40%', '…')
    """
    if ratio is None or math.isnan(ratio):
        return MISSING_MARK
    return f"{number(ratio * 100, decimals, keep_zeros=keep_zeros)}%"


THRESHOLDS = (0.6, 0.95, 1.0, 1.05)


def percent_apart(ratio: float, decimals: int = 1) -> str:
    """Write a ratio as a percentage with as many decimals as keep it apart from a threshold that it does not reach.

    Example:
        >>> percent_apart(0.94984), percent_apart(0.95), percent_apart(0.9999, 0), percent_apart(0.7419, 0)
        ('94.98%', '95%', '99.99%', '74%')
    """
    return percent(ratio, _decimals_apart(ratio, decimals + 2) - 2)


def ratio_apart(ratio: float, decimals: int = 2) -> str:
    """Write a ratio with as many decimals as keep it apart from a threshold that it does not reach.

    Example:
        >>> ratio_apart(0.9498), ratio_apart(0.95), ratio_apart(1.1714)
        ('0.9498', '0.95', '1.17')
    """
    return number(ratio, _decimals_apart(ratio, decimals), keep_zeros=True)


def _decimals_apart(ratio: float, decimals: int) -> int:
    for more in range(decimals, 9):
        shown = float(round_half_up(ratio, more))
        if all((shown >= bound - 1e-12) == (ratio >= bound - 1e-12) for bound in THRESHOLDS):
            return more
    return 9


def signed_percent(value_percent: float, decimals: int = 1) -> str:
    """Write a change given in percent, with its sign and all its decimals.

    Example:
        >>> signed_percent(50.589), signed_percent(-11.66), signed_percent(0.0), signed_percent(37.02)
        ('+50.6%', '−11.7%', '0.0%', '+37.0%')
    """
    text = number(value_percent, decimals, keep_zeros=True)
    return f"+{text}%" if value_percent > 0 and text.strip("0.") else f"{text}%"


def chinese_date(iso: str) -> str:
    """Write a date given as 2026-11-23 in words.

    Raises:
        InputError: no such date.

    Example:
        >>> chinese_date("2026-11-23")
        '2026年11月23日'
    """
    try:
        day = datetime.date.fromisoformat(iso)
    except ValueError as error:
        raise InputError.single("参数 report_date", iso, "形如 2026-11-23 的日期，或留空", "改正日期") from error
    return f"{day.year}年{day.month}月{day.day}日"


def change(value_percent: float, decimals: int = 1) -> str:
    """Word a change given in percent: the verb follows from the number.

    Example:
        >>> change(50.589), change(-11.66), change(0.0), change(1804.27)
        ('增长50.6%', '下降11.7%', '持平', '增至19倍')
    """
    if value_percent >= 900:
        return f"增至{number(value_percent / 100 + 1, 0)}倍"
    text = number(abs(value_percent), decimals)
    if text == "0":
        return "持平"
    return f"{'增长' if value_percent > 0 else '下降'}{text}%"


def compared(value: float, reference: float) -> str:
    """Word a comparison: 高于, 等于 or 低于.

    Example:
        >>> compared(35, 50), compared(2, 2)
        ('低于', '等于')
    """
    return "高于" if value > reference else "低于" if value < reference else "等于"


def listed(items: list[str]) -> str:
    """Join names with 、 and 和.

    Example:
        >>> listed(["甲", "乙", "丙"]), listed(["甲"])
        ('甲、乙和丙', '甲')
    """
    return items[0] if len(items) == 1 else f"{'、'.join(items[:-1])}和{items[-1]}" if items else "无"


HAN_DIGITS = "零一二三四五六七八九十"


def ordinal(number: int) -> str:
    """Write a heading's number in Han digits.

    Example:
        >>> ordinal(3), ordinal(10), ordinal(12), ordinal(21)
        ('三', '十', '十二', '二十一')
    """
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{HAN_DIGITS[tens]}十") + (HAN_DIGITS[ones] if ones else "")


def about_tenths(ratios: list[float]) -> str:
    """Word ratios in tenths: 约一成 where all round to the same tenth, else the tenth that all stay below.

    Example:
        >>> about_tenths([0.113, 0.087]), about_tenths([0.4, 0.67]), about_tenths([0.02])
        ('约一成', '不到七成', '不到一成')
    """
    if max(ratios) <= 0:
        return "没有进展"
    nearest = {int(round_half_up(ratio * 10)) for ratio in ratios}
    if len(nearest) == 1 and (tenth := nearest.pop()) > 0:
        return f"约{HAN_DIGITS[tenth]}成"
    return f"不到{HAN_DIGITS[min(10, int(max(ratios) * 10) + 1)]}成"
