"""What the bed models refuse: figures that no count and no rate can have."""

from __future__ import annotations

from typing import Any

import numpy as np

from analysis.vocabulary.errors import InputError, Problem

NAMES = {
    "elders": "60岁以上人数", "elders_0": "期初60岁以上人数", "elders_1": "期末60岁以上人数", "beds": "床位数", "beds_0": "期初床位数",
    "beds_1": "期末床位数", "norm": "每千名长者床位数", "need": "所需床位", "share": "入住机构的长者比例", "occupancy": "床位使用率",
    "severe": "重度失能率", "moderate": "中轻度失能率", "use_severe": "重度失能者入住机构比例", "use_moderate": "中轻度失能者入住机构比例",
    "use_other": "其他长者入住机构比例", "nursing_share": "护理型床位占比",
    "years": "年数", "low": "计入比例（低）", "mid": "计入比例（中）", "high": "计入比例（高）",
}  # fmt: skip


def require_positive(*, zero_allowed: bool = False, **values: Any) -> None:
    """Refuse numbers or arrays that are missing, infinite, negative, or zero where zero means nothing.

    Raises:
        InputError: every such quantity, by name.

    Example:
        >>> require_positive(beds=4983)
    """
    bad = [name for name, value in values.items() if not _all(value, low=0.0, low_allowed=zero_allowed, high=np.inf)]
    _refuse(bad, values, "不小于0的数" if zero_allowed else "大于0的数")


def require_ratios(*, zero_allowed: bool = True, **values: Any) -> None:
    """Refuse shares outside 0 to 1; percentages come as ratios.

    Raises:
        InputError: every such quantity, by name.

    Example:
        >>> require_ratios(occupancy=0.7)
    """
    bad = [name for name, value in values.items() if not _all(value, low=0.0, low_allowed=zero_allowed, high=1.0)]
    _refuse(bad, values, "0至1之间的比例（70%写0.7）" if zero_allowed else "大于0、不超过1的比例（70%写0.7）")


def _all(value: Any, *, low: float, low_allowed: bool, high: float) -> bool:
    numbers = np.asarray(value, dtype=float)
    above = numbers >= low if low_allowed else numbers > low
    return bool(np.all(np.isfinite(numbers) & above & (numbers <= high)))


def _refuse(bad: list[str], values: dict[str, Any], expected: str) -> None:
    if bad:
        raise InputError([Problem(NAMES.get(name, name), _shown(values[name]), expected, "核对该项数值和单位") for name in bad])


def _shown(value: Any) -> str:
    numbers = np.asarray(value, dtype=float)
    return f"{numbers:g}" if numbers.ndim == 0 else f"{np.nanmin(numbers):g}～{np.nanmax(numbers):g}，缺{int(np.isnan(numbers).sum())}个"
