"""Units as Chinese statistical tables print them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

# A magnitude character before the base unit: 亿元, 万人次. 千 and 百 occur in other plans' tables.
MAGNITUDES = {"亿": Decimal(100_000_000), "万": Decimal(10_000), "千": Decimal(1_000), "百": Decimal(100)}

# Units that a table may print in a column of its own, longest first so that 人/万 is not read as 人.
COLUMN_UNITS = tuple(
    sorted(
        """% ‰ 元/人/月 元/人/年 元/人/日 元/人·月 元/人·年 元/月 元/年 人/万 人/万人 张/千人 张/千名 个/万人 平方米/人
        元 万元 亿元 人 万人 人次 万人次 户 万户 个 间 所 家 处 座 张 支 条 项 件 宗 万宗 份 万份 对 万对 次 场 名
        小时 平方米 公里 万通 岁 辆 套 台
        人/千人 张/万人 元/户/年 元/次 元/天 万张 万小时 万平方米 万次 亿人次 分钟 公顷 百分点""".split(),
        key=len,
        reverse=True,
    )
)


def split_unit(unit: str) -> tuple[Decimal, str]:
    """Split a printed unit into its factor and base unit.

    Example:
        >>> split_unit("亿元"), split_unit("万元/年"), split_unit("%")
        ((Decimal('100000000'), '元'), (Decimal('10000'), '元/年'), (Decimal('1'), '%'))
    """
    for character, factor in MAGNITUDES.items():
        if unit.startswith(character) and len(unit) > 1:
            return factor, unit[1:]
    return Decimal(1), unit


# Spellings of one unit at one magnitude. 元/月 of a standard is per person; 万元/年 and the like are other magnitudes.
_SPELLINGS = (
    ("元/人/月", "元/月", "元/人·月", "元/人月", "元/月/人", "元/月·人"),
    ("元/人/年", "元/人·年", "元/人年", "元/年/人"),
    ("人/万", "人/万人"),
)
_CANONICAL = {spelling: spellings[0] for spellings in _SPELLINGS for spelling in spellings}

# Units of things that are counted one by one, so that a figure with decimals can't be right.
COUNT_UNITS = frozenset("人 户 个 间 所 家 处 座 张 支 条 项 件 宗 份 对 次 场 名 辆 套 台 人次".split())


def same_unit(first: str, second: str) -> bool:
    """Say whether two spellings mean the same unit at the same magnitude.

    Full-width characters, spaces and the dot's variants make no difference.

    Example:
        >>> same_unit("元／人·月", "元/月"), same_unit("％", "%"), same_unit("万元", "元"), same_unit("元/人/年", "元/人/月")
        (True, True, False, False)
    """
    return _canonical(first) == _canonical(second)


def _canonical(unit: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", unit).split()).translate(str.maketrans("・•‧∙", "····"))
    return _CANONICAL.get(plain, plain)
