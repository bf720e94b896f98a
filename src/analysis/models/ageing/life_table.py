"""Abridged life tables from death rates, and what share of those 60 and over is still there five years later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.models.ageing.ages import STEP
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
RADIX = 100_000.0
SEXES = ("male", "female", "both")
# Coale–Demeny West, as fitted by Preston, Heuveline & Guillot (2001), Demography, table 3.3: years lived in 0–1 and 1–5 by those
# who die there, by the death rate of infants. A formula of the method, not an assumption about a place.
_HIGH_RATE = 0.107
_INFANT = {"male": (0.330, 0.045, 2.684), "female": (0.350, 0.053, 2.800)}
_CHILD = {"male": (1.352, 1.651, -2.816), "female": (1.361, 1.522, -1.518)}


def life_table(rates: pd.DataFrame, sex: str) -> pd.DataFrame:
    """Return the abridged life table of one sex and period.

    q = n·m ÷ (1 + (n − a)·m), with a, the years lived in a group by those who die in it: Coale–Demeny West below 5 (the mean of both
    sexes for both); from 5 on that of a death rate that does not change within the group, a = 1 ÷ m − n ÷ (exp(n·m) − 1), so that
    q = 1 − exp(−n·m), for half the group would let more than all die where m is over 0.4; the open group has q = 1, a = 1 ÷ m.

    Args:
        rates: ``age_start`` (0, 1, 5, 10, …, the last open) and ``mortality_rate`` (deaths a person-year), one sex and period.
        sex: male, female or both.

    Returns:
        Index ``age_start``; ``width`` (years, infinite for the open group), ``m``, ``a``, ``q``, ``l`` (of 100,000 born),
        ``d``, ``L`` (person-years lived in the group), ``T`` (and after), ``e`` (expectation of life at the group's start, years).

    Raises:
        InputError: an unknown sex, groups other than these, or rates that are missing, negative, zero in the open group, or so high
            that more than all children would die.

    Source:
        Preston, Heuveline & Guillot (2001), Demography: Measuring and Modeling Population Processes, chapter 3.

    Example:
        >>> import pandas as pd
        >>> ages = [0, 1, *range(5, 105, 5)]
        >>> table = life_table(pd.DataFrame({"age_start": ages, "mortality_rate": 0.02}), "both")
        >>> round(float(table.loc[5, "e"]), 1)
        50.0
    """
    import pandas as pd

    if sex not in SEXES:
        raise InputError.single("参数 sex", sex, "、".join(SEXES), "改用其中之一")
    ordered = rates.sort_values("age_start")
    ages, m = ordered["age_start"].to_numpy(int), ordered["mortality_rate"].to_numpy(float)
    _check(ages, m)
    width = np.append(np.diff(ages).astype(float), np.inf)
    a = _years_lived_by_the_dying(m, width, sex)
    q = np.append(width[:-1] * m[:-1] / (1 + (width[:-1] - a[:-1]) * m[:-1]), 1.0)
    over = np.flatnonzero(q > 1)
    if len(over):
        raise InputError.single(
            f"死亡率 {ages[over[0]]}岁组", f"{m[over[0]]:g}，死亡概率超过1", "每人年死亡数", "核对死亡率的单位（每人年，不是每千人）"
        )
    left = RADIX * np.concatenate([[1.0], np.cumprod(1 - q[:-1])])
    dying = left * q
    lived = np.append(width[:-1] * (left[:-1] - dying[:-1]) + a[:-1] * dying[:-1], left[-1] / m[-1])
    after = np.cumsum(lived[::-1])[::-1]
    columns = {"width": width, "m": m, "a": a, "q": q, "l": left, "d": dying, "L": lived, "T": after, "e": after / left}
    return pd.DataFrame(columns, index=pd.Index(ages, name="age_start"))


def _check(ages: NDArray[np.int_], m: Floats) -> None:
    expected = [0, 1, *range(STEP, int(ages[-1]) + STEP, STEP)] if len(ages) else []
    if len(ages) < 4 or list(ages) != expected:
        raise InputError.single("死亡率表", "、".join(str(age) for age in ages) or "空", "年龄组0、1、5、10……首尾相接", "补齐年龄组")
    bad = [
        Problem(f"死亡率 {age}岁组", f"{rate:g}", "不小于0的数，开放组大于0", "补上或改正")
        for age, rate in zip(ages, m, strict=True)
        if not rate >= 0 or (age == ages[-1] and rate == 0)
    ]
    if bad:
        raise InputError(bad)


def _years_lived_by_the_dying(m: Floats, width: Floats, sex: str) -> Floats:
    """Return a of each group; see :func:`life_table`."""
    sexes = ("male", "female") if sex == "both" else (sex,)
    a = np.append(width[:-1] / 2, 1 / m[-1])  # the limit where nobody dies
    dying = np.flatnonzero(m[:-1] > 0)
    a[dying] = 1 / m[dying] - width[dying] / np.expm1(width[dying] * m[dying])
    a[0] = np.mean([_by_infant_rate(m[0], *_INFANT[one], first=True) for one in sexes])
    a[1] = np.mean([_by_infant_rate(m[0], *_CHILD[one], first=False) for one in sexes])
    return a


def _by_infant_rate(rate: float, high: float, level: float, slope: float, *, first: bool) -> float:
    if rate >= _HIGH_RATE:
        return high
    return level + slope * rate


def five_year_survivorship(table: pd.DataFrame) -> pd.Series:
    """Return the share of each five-year group that is alive five years later: L(a+5) ÷ L(a), open: T(a+5) ÷ T(a).

    Args:
        table: see :func:`life_table`.

    Returns:
        Index: age at the start, from 5 on, the last one for its group and all above.

    Example:
        >>> import pandas as pd
        >>> ages = [0, 1, *range(5, 105, 5)]
        >>> table = life_table(pd.DataFrame({"age_start": ages, "mortality_rate": 0.02}), "male")
        >>> round(float(five_year_survivorship(table).loc[60]), 3)
        0.905
    """
    import pandas as pd

    ages = [int(age) for age in table.index if age >= STEP]
    lived = table["L"]
    shares = {age: lived[age + STEP] / lived[age] for age in ages[:-2]}
    last = ages[-2]
    shares[last] = table.at[last + STEP, "T"] / table.at[last, "T"]
    return pd.Series(shares, name="survivorship").rename_axis("age_start")


def survival_from(ages: pd.Series, table: pd.DataFrame, age_from: int = 60) -> float:
    """Return the share of those from an age on who are alive five years later, given how old they are.

    S = Σ P(a) · survivorship(a) ÷ Σ P(a); for 60 and over this is S60 without migration.

    Args:
        ages: persons by age group at the start, index ``age_start``, the groups of the life table from ``age_from`` on.
        table: see :func:`life_table`.

    Raises:
        InputError: a group that the life table lacks, or nobody of that age.
    """
    shares = five_year_survivorship(table)
    persons = ages[ages.index >= age_from]
    lacking = [int(age) for age in persons.index if age not in table.index]
    if lacking or not persons.sum() > 0:
        raise InputError.single(
            "分年龄人口", f"寿命表没有{lacking}岁组" if lacking else "没有人", "与寿命表相同的年龄组，至少有一人", "统一年龄分组"
        )
    # The last two groups share one survivorship: what is left of both is the open group.
    chosen = shares.reindex(persons.index).fillna(shares.iloc[-1])
    return float((persons * chosen).sum() / persons.sum())
