"""Donations per resident: what changed them, and what growth a target asks for.

Per resident means per permanent resident (常住人口); registered residents (户籍) never stand in for them. A yearly total is a
flow of one calendar year. What the figure rises or falls by is the sum of gifts and of a population's revisions; it measures
nobody's effort.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

YEAR, TOTAL, POPULATION, PRICES, GIFT = (
    "year", "donations_10000yuan", "resident_population_10000persons", "price_index", "gift_10000yuan",
)  # fmt: skip
_NAMES = {YEAR: "年份", TOTAL: "捐赠总额（万元）", POPULATION: "常住人口（万人）", PRICES: "价格指数", GIFT: "单笔捐赠（万元）"}


def decompose(years: pd.DataFrame) -> pd.DataFrame:
    """Split the change of donations per resident into gifts and residents, without a remainder.

    Per resident q = donations ÷ permanent residents (万元 ÷ 万人 = 元 a person a year), so Δln q = Δln donations − Δln residents
    exactly. With a price index the same holds in constant prices: Δln real q = Δln donations − Δln residents − Δln prices.

    Args:
        years: one row a year: ``year``, ``donations_10000yuan`` (flow of the year, 万元),
            ``resident_population_10000persons`` (常住, 万人), and ``price_index`` where there is one (any base).

    Returns:
        One row for each pair of successive years: ``first_year``, ``last_year``, ``per_resident_first``, ``per_resident_last``
        (元 a person a year), the log changes ``per_resident``, ``donations``, ``residents`` (as it acts: minus its own log
        change), and with prices ``prices`` (likewise) and ``real_per_resident``. Log changes are not divided by the years between.

    Raises:
        InputError: a missing column, fewer than two years, a year twice, or a figure that is missing or not above zero.

    Source:
        Log-change accounting; an identity, not an estimate.

    Example:
        >>> import pandas as pd
        >>> columns = ["year", "donations_10000yuan", "resident_population_10000persons"]
        >>> table = decompose(pd.DataFrame([(2020, 1000.0, 50.0), (2021, 1100.0, 49.0)], columns=columns))
        >>> table[["per_resident", "donations", "residents"]].round(4).values.tolist()
        [[0.1155, 0.0953, 0.0202]]
    """
    import numpy as np
    import pandas as pd

    real = PRICES in years.columns
    rows = _checked(years, (TOTAL, POPULATION, PRICES) if real else (TOTAL, POPULATION))
    if len(rows) < 2:
        raise InputError.single("分解人均捐赠额", f"{len(rows)}个年份", "至少两个年份", "补年度捐赠总额和常住人口，或不作分解")
    per_resident = rows[TOTAL] / rows[POPULATION]
    table = pd.DataFrame(
        {
            "first_year": rows[YEAR].iloc[:-1].to_numpy(),
            "last_year": rows[YEAR].iloc[1:].to_numpy(),
            "per_resident_first": per_resident.iloc[:-1].to_numpy(),
            "per_resident_last": per_resident.iloc[1:].to_numpy(),
            "per_resident": np.diff(np.log(per_resident)),
            "donations": np.diff(np.log(rows[TOTAL])),
            "residents": -np.diff(np.log(rows[POPULATION])),
        }
    )
    if real:
        prices = -np.diff(np.log(rows[PRICES]))
        table = table.assign(prices=prices, real_per_resident=np.diff(np.log(per_resident / rows[PRICES])))
    return table


def without_largest(years: pd.DataFrame, gifts: pd.DataFrame, largest: int) -> pd.DataFrame:
    """Show donations per resident with and without each year's largest gifts.

    One large gift can make a year's growth; without it a reader sees what the rest did. Denominator: permanent residents.

    Args:
        years: as for :func:`decompose`; no price index is used.
        gifts: one row a gift: ``year``, ``gift_10000yuan`` (万元). It need not hold the small ones.
        largest: how many of each year's largest gifts to leave out.

    Returns:
        One row a year that has as many gifts on the list: ``year``, ``largest_gifts_10000yuan`` (their sum),
        ``largest_share`` (of the year's donations), ``per_resident``, ``per_resident_without`` (元 a person a year).

    Raises:
        InputError: ``largest`` below one, a gift that is missing or not above zero, a gift of a year without total, gifts
            that add up to more than their year's total, or no year with as many gifts.

    Source:
        Plain arithmetic.

    Example:
        >>> import pandas as pd
        >>> columns = ["year", "donations_10000yuan", "resident_population_10000persons"]
        >>> years = pd.DataFrame([(2021, 1000.0, 50.0)], columns=columns)
        >>> gifts = pd.DataFrame({"year": [2021, 2021], "gift_10000yuan": [300.0, 20.0]})
        >>> without_largest(years, gifts, 1)[["largest_share", "per_resident", "per_resident_without"]].values.tolist()
        [[0.3, 20.0, 14.0]]
    """
    if largest < 1:
        raise InputError.single("参数 largest", str(largest), "1或以上的整数", "改正笔数")
    rows = _checked(years, (TOTAL, POPULATION)).set_index(YEAR)
    listed = _checked(gifts, (GIFT,), once_a_year=False)
    grouped = listed.groupby(YEAR)[GIFT]
    problems = [
        Problem(f"{year}年单笔捐赠", "该年没有捐赠总额", "总额表所列年份", "补总额或删去")
        for year in grouped.groups
        if year not in rows.index
    ]
    sums = grouped.sum()
    problems += [
        Problem(f"{year}年单笔捐赠", f"合计{total:g}万元，大于该年总额{rows.at[year, TOTAL]:g}万元", "不大于总额", "核对单位和所属年份")
        for year, total in sums.items()
        if year in rows.index and total > rows.at[year, TOTAL]
    ]
    if problems:
        raise InputError(problems)
    counts = grouped.size()
    enough = counts.index[counts >= largest]
    if enough.empty:
        raise InputError.single("单笔捐赠表", f"没有一年列有{largest}笔", f"每年至少{largest}笔", "补单笔捐赠，或减少笔数")
    sizes = grouped.apply(lambda amounts: amounts.nlargest(largest).sum())[enough]
    kept = rows.loc[enough]
    table = kept.assign(
        largest_gifts_10000yuan=sizes,
        largest_share=sizes / kept[TOTAL],
        per_resident=kept[TOTAL] / kept[POPULATION],
        per_resident_without=(kept[TOTAL] - sizes) / kept[POPULATION],
    )
    return table.drop(columns=[TOTAL, POPULATION]).reset_index()


def required_growth(start: float, target: float, years: float, rounding_unit: float = 0.0) -> Range:
    """Return the yearly growth that leads from one level to another: (target ÷ start)^(1 ÷ years) − 1.

    Args:
        start, target: levels in one unit (元 a permanent resident a year).
        years: years between them.
        rounding_unit: unit that ``start`` was printed to; it may be half of it off either way. The target is exact: it is what
            the plan sets.

    Returns:
        Growth a year as a ratio (0.04 is 4 %): from the highest start that rounds to the printed one, from the printed one,
        from the lowest.

    Raises:
        InputError: a level that is not above zero, or no years.

    Source:
        Compound growth.

    Example:
        >>> [round(100 * growth, 1) for growth in required_growth(23, 28, 5, rounding_unit=1)]
        [3.6, 4.0, 4.5]
    """
    half = rounding_unit / 2
    require_positive({"起点": start - half, "目标": target, "年数": years})
    return Range(*((target / level) ** (1 / years) - 1 for level in (start + half, start, start - half)))


def growth_between_periods(periods: pd.DataFrame) -> pd.DataFrame:
    """Compare totals of successive periods: growth of the yearly mean, and a year between the periods' mid-points.

    A period's total is a flow spread over its years, so its mean stands for the mid-point and growth is annualised over the
    years between mid-points. Two means give no trend and are not to be carried on.

    Args:
        periods: one row a period in order: ``period_start``, ``period_end`` (years, both included), ``total`` (flow, one unit).

    Returns:
        One row a pair of periods: ``first_period``, ``last_period`` (“2011—2015”), ``first_total``, ``last_total``,
        ``first_mean``, ``last_mean`` (a year), ``growth`` (of the mean, a ratio), ``years_between``, ``yearly_growth`` (a ratio).

    Raises:
        InputError: fewer than two periods, a total not above zero, or periods that overlap or end before they start.

    Source:
        docs/method.md, period totals.

    Example:
        >>> import pandas as pd
        >>> totals = pd.DataFrame({"period_start": [2011, 2016], "period_end": [2015, 2020], "total": [6191.83, 12165.43]})
        >>> growth_between_periods(totals)[["growth", "yearly_growth"]].round(3).values.tolist()
        [[0.965, 0.145]]
    """
    import pandas as pd

    rows = periods.reset_index(drop=True)
    if len(rows) < 2:
        raise InputError.single("期间合计", f"{len(rows)}期", "至少两期", "补期间合计，或不作比较")
    starts, ends = rows["period_start"].astype(int), rows["period_end"].astype(int)
    if (ends < starts).any() or (starts.iloc[1:].to_numpy() <= ends.iloc[:-1].to_numpy()).any():
        spans = "、".join(f"{a}—{b}" for a, b in zip(starts, ends, strict=True))
        raise InputError.single("期间合计", spans, "由早到晚、互不重叠的期间", "核对起止年份")
    totals = rows["total"].astype(float)
    require_positive({f"{a}年起的合计": total for a, total in zip(starts, totals, strict=True)})
    means, middles = totals / (ends - starts + 1), (starts + ends) / 2
    names = [f"{a}—{b}" for a, b in zip(starts, ends, strict=True)]
    between = middles.diff().iloc[1:].to_numpy()
    ratio = means.iloc[1:].to_numpy() / means.iloc[:-1].to_numpy()
    return pd.DataFrame(
        {
            "first_period": names[:-1],
            "last_period": names[1:],
            "first_total": totals.iloc[:-1].to_numpy(),
            "last_total": totals.iloc[1:].to_numpy(),
            "first_mean": means.iloc[:-1].to_numpy(),
            "last_mean": means.iloc[1:].to_numpy(),
            "growth": ratio - 1,
            "years_between": between,
            "yearly_growth": ratio ** (1 / between) - 1,
        }
    )


def _checked(table: pd.DataFrame, columns: Sequence[str], *, once_a_year: bool = True) -> pd.DataFrame:
    """Return the columns asked for in order of years; every one of them above zero."""
    missing = [name for name in (YEAR, *columns) if name not in table.columns]
    if missing:
        raise InputError.single("捐赠表表头", "缺" + "、".join(_NAMES[name] for name in missing), "、".join((YEAR, *columns)), "补列")
    rows = table[[YEAR, *columns]].sort_values(YEAR, kind="stable").reset_index(drop=True)
    problems = [
        Problem(
            f"{row[YEAR]:g}年{_NAMES[name]}",
            f"{row[name]:g}" if math.isfinite(row[name]) else "空缺",
            "大于0的数",
            "核对；缺数的年份不列入",
        )
        for name in columns
        for row in rows.to_dict("records")
        if not (math.isfinite(row[name]) and row[name] > 0)
    ]
    if once_a_year:
        repeated = rows.loc[rows[YEAR].duplicated(), YEAR].unique()
        problems += [Problem(f"{year}年", "出现两次", "每年一行", "只留核定的一行") for year in repeated]
    if problems:
        raise InputError(problems)
    return rows


def require_positive(figures: Mapping[str, float]) -> None:
    """Refuse figures that are not above zero.

    Raises:
        InputError: every one of them, by name.

    Example:
        >>> require_positive({"目标": 28.0})
    """
    problems = [
        Problem(f"人均捐赠额推算 {name}", f"{figure:g}", "大于0的数", "核对数值和单位")
        for name, figure in figures.items()
        if not (math.isfinite(figure) and figure > 0)
    ]
    if problems:
        raise InputError(problems)
