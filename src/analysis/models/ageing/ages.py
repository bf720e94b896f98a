"""Counts by age: a checked table of age groups, and sums over ages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

STEP = 5  # years of an age group, and of one step of a projection
COLUMNS = ("age_start", "year", "population")


@dataclass(frozen=True)
class AgedTotal:
    """Persons aged 60 and over at the end of a step, by where they come from; the parts add up to the total.

    Attributes:
        survivors: those who were 60 or over at its start and are still there.
        entrants: those who turned 60 during it and are still there, migrants included.
    """

    survivors: float
    entrants: float

    @property
    def total(self) -> float:
        """Persons aged 60 and over, same unit as the parts."""
        return self.survivors + self.entrants


def by_age(table: pd.DataFrame) -> pd.DataFrame:
    """Arrange a table of age groups: one row an age, one column a year.

    Args:
        table: columns ``age_start`` (lower bound of five-year groups without gaps, the last one open), ``year`` and
            ``population`` (persons or any one unit); both sexes together.

    Returns:
        Frame with index ``age_start`` and columns ``year``.

    Raises:
        InputError: a missing column, a figure that is missing, negative or told twice, a gap between ages, or years whose
            age groups differ.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 2015, 10.0), (60, 2015, 20.0), (55, 2020, 12.0), (60, 2020, 24.0)]
        >>> by_age(pd.DataFrame(rows, columns=["age_start", "year", "population"])).loc[60].tolist()
        [20.0, 24.0]
    """
    lacking = [column for column in COLUMNS if column not in table.columns]
    if lacking:
        raise InputError.single("分年龄人口表", f"缺列 {'、'.join(lacking)}", "、".join(COLUMNS), "补上列")
    problems = [
        Problem(f"分年龄人口表 {row.year}年 {row.age_start}岁组", "有多行", "每年每组一行", "删去重复的行")
        for row in table[table.duplicated(["age_start", "year"])].itertuples()
    ]
    # A missing figure compares as False, so it is told here as well.
    problems += [
        Problem(f"分年龄人口表 {row.year}年 {row.age_start}岁组", str(row.population), "不小于0的数", "补上或改正")
        for row in table[~(table["population"] >= 0)].itertuples()
    ]
    if problems:
        raise InputError(problems)
    wide = table.pivot(index="age_start", columns="year", values="population").sort_index()
    gaps = [int(age) for age, step in zip(wide.index[1:], wide.index.diff()[1:], strict=True) if step != STEP]
    uneven = [f"{year}年" for year in wide.columns[wide.isna().any()]]
    if gaps or uneven:
        found = f"{gaps[0]}岁组之前有缺" if gaps else f"{'、'.join(uneven)}缺年龄组"
        raise InputError.single("分年龄人口表", found, "5岁一组、首尾相接、各年相同", "补齐年龄组")
    return wide


def aged(wide: pd.DataFrame, year: int, age_from: int, age_to: int | None = None) -> float:
    """Return the persons from one age on, up to another where one is given.

    Args:
        wide: see :func:`by_age`; year: a column; age_from: lower bound of a group; age_to: lower bound of the first group left
            out, None for all ages.

    Raises:
        InputError: a year or an age that the table lacks.

    Example:
        >>> import pandas as pd
        >>> wide = pd.DataFrame({2020: [5.0, 3.0, 2.0]}, index=[55, 60, 65])
        >>> aged(wide, 2020, 60), aged(wide, 2020, 55, 60)
        (5.0, 5.0)
    """
    if year not in wide.columns:
        raise InputError.single("分年龄人口表", f"没有{year}年", "、".join(str(item) for item in wide.columns), "补上该年，或改用其他年份")
    bounds = [age for age in (age_from, age_to) if age is not None and age not in wide.index]
    if bounds:
        raise InputError.single(
            "分年龄人口表", f"没有从{bounds[0]}岁起的年龄组", "、".join(str(age) for age in wide.index), "补上年龄组，开放组不早于所求年龄"
        )
    chosen = wide.index >= age_from if age_to is None else (wide.index >= age_from) & (wide.index < age_to)
    return float(wide.loc[chosen, year].sum())
