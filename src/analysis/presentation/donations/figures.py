"""How chances and log changes of donations per resident are written: rounded, as plain fractions, with their sign."""

from __future__ import annotations

from analysis.archive.chances import load_chance_words
from analysis.presentation import wording

_FRACTIONS = ("1/10", "1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4", "4/5", "9/10")
_EVEN = 0.5


def rounded_chance(chance: float) -> str:
    """Write a chance as reports do, without 约: to the nearest 5 %, the ends as bounds.

    Example:
        >>> rounded_chance(0.342), rounded_chance(0.01), rounded_chance(0.99)
        ('35%', '不足5%', '95%以上')
    """
    return load_chance_words().percent(chance).removeprefix("约")


def simple_fraction(chance: float) -> str:
    """Return the plain fraction that is nearest to a chance.

    Example:
        >>> simple_fraction(0.342), simple_fraction(0.585), simple_fraction(0.01)
        ('1/3', '3/5', '1/10')
    """
    return min(_FRACTIONS, key=lambda words: abs(int(words.partition("/")[0]) / int(words.partition("/")[2]) - chance))


def outlook_words(low: float, high: float) -> str:
    """Say how a range of chances lies to an even one.

    Example:
        >>> outlook_words(0.34, 0.58), outlook_words(0.05, 0.3), outlook_words(0.41, 0.44), outlook_words(0.56, 0.8)
        ('约1/3至3/5，基本不可判断', '约1/10至1/3，多半达不到', '约2/5，多半达不到', '约3/5至4/5，多半可达到')
    """
    ends = list(dict.fromkeys((simple_fraction(low), simple_fraction(high))))
    verdict = "基本不可判断" if low < _EVEN < high else "多半达不到" if high <= _EVEN else "多半可达到"
    return f"约{'至'.join(ends)}，{verdict}"


def signed(value: float) -> str:
    """Write a log change × 100 with its sign.

    Example:
        >>> signed(30.71), signed(-2.0), signed(0.0)
        ('+30.7', '−2.0', '0.0')
    """
    text = wording.number(value, 1, keep_zeros=True)
    return f"+{text}" if value > 0 and text.strip("0.") else text
