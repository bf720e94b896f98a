"""The reference population: China in the United Nations' World Population Prospects, which stands in for ages not known locally."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.archive.sources import Deposit, load_deposit
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "un-wpp-2024"
POPULATION, BIRTHS, MORTALITY, AREAS = (
    "china_population_by_age.csv", "china_births.csv", "china_mortality_rates.csv", "areas_aged55plus.csv",
)  # fmt: skip
# Columns that tell rows apart, then the columns of figures; every figure is zero or more.
_SHAPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    POPULATION: (("year", "sex", "age_start"), ("population",)),
    BIRTHS: (("year",), ("births_thousands",)),
    MORTALITY: (("period", "sex", "age_start"), ("mortality_rate",)),
    AREAS: (("area", "reference", "year"), ("population_55_59", "population_60plus", "population_65plus")),
}
_WHOLE = ("year", "age_start")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_OPEN_AGE = re.compile(r"([0-9]+)\+?")


@dataclass(frozen=True)
class ReferencePopulation:
    """China by age, its births and its mortality; persons of either sex, mid-year, medium variant.

    Attributes:
        ages: one row an age group and year: ``age_start``, ``year``, ``population`` (persons, both sexes together).
        births: births by calendar year (persons), index ``year``.
        mortality: ``period``, ``sex`` (male, female, both), ``age_start`` (0, 1, 5, …, 100 open), ``mortality_rate`` (deaths a
            person-year).
        deposit: where the figures come from.
    """

    ages: pd.DataFrame
    births: pd.Series
    mortality: pd.DataFrame
    deposit: Deposit


def load_reference_population(edition: str = "latest") -> ReferencePopulation:
    """Load the reference population, checked for completeness.

    Args:
        edition: edition of the deposit ``data/raw/un-wpp-2024``.

    Returns:
        Figures of WPP 2024; years after 2023 are the United Nations' projection, not observations.

    Raises:
        InputError: every defective cell, a row told twice, or a year without one of its age groups.

    Example:
        >>> ages = load_reference_population().ages
        >>> int(ages.query("year == 2020 and age_start == 55")["population"].iloc[0] / 1e5) / 10
        97.4
    """
    deposit = load_deposit(SOURCE, edition)
    population, births, mortality = (_read(deposit, name) for name in (POPULATION, BIRTHS, MORTALITY))
    _require_complete(population, "year", POPULATION)
    _require_complete(mortality, "period", MORTALITY)
    _require_every_year(births)
    ages = population.groupby(["year", "age_start"], as_index=False)["population"].sum()[["age_start", "year", "population"]]
    return ReferencePopulation(ages, births.set_index("year")["births_thousands"].mul(1000).rename("births"), mortality, deposit)


def load_areas(edition: str = "latest") -> pd.DataFrame:
    """Load the elders of all countries and areas since 1950, on which methods of projection are tried.

    Args:
        edition: edition of the deposit ``data/raw/un-wpp-2024``.

    Returns:
        One row an area and year (five-year steps): ``area``, ``reference`` (its subregion's name, itself among the areas, with
        ``reference`` empty), ``year``, ``population_55_59``, ``population_60plus``, ``population_65plus`` (persons).

    Raises:
        InputError: every defective cell, or an area whose reference is not in the table.

    Example:
        >>> load_areas().query("area == 'China' and year == 2015")["reference"].item()
        'Eastern Asia'
    """
    areas = _read(load_deposit(SOURCE, edition), AREAS)
    lost = sorted(set(areas["reference"]) - {""} - set(areas["area"]))
    if lost:
        raise InputError.single(f"{AREAS} reference列", "、".join(lost), "area 列中的名称", "补上参照地区的各年数字")
    return areas


def _read(deposit: Deposit, name: str) -> pd.DataFrame:
    """Read one file of the deposit; text columns as written, numbers converted, each row once."""
    import pandas as pd

    keys, figures = _SHAPES[name]
    problems: list[Problem] = []
    with deposit.path(name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != (*keys, *figures):
            raise InputError.single(f"{name} 第1行", "、".join(reader.fieldnames or []), "、".join((*keys, *figures)), "改正表头")
        rows = [_row(row, f"{name} 第{reader.line_num}行", figures, problems) for row in reader]
    if problems:
        raise InputError(problems)
    table = pd.DataFrame(rows, columns=[*keys, *figures])
    twice = table[table.duplicated(list(keys), keep=False)]
    if len(twice):
        found = "、".join(str(value) for value in twice.iloc[0][list(keys)])
        raise InputError.single(name, f"{found} 有多行", "每组一行", "删去重复的行")
    return table


def _row(row: dict[str, str], where: str, figures: tuple[str, ...], problems: list[Problem]) -> dict[str, str | int | float]:
    done: dict[str, str | int | float] = {}
    for column, text in row.items():
        if column is None or text is None:
            problems.append(Problem(where, "单元格数与表头不同", "与表头相同", "核对逗号和引号"))
        elif column in figures:
            if not _NUMBER.fullmatch(text):
                problems.append(Problem(f"{where} {column}列", text or "空", "不小于0的数", "改正"))
            else:
                done[column] = float(text)
        elif column in _WHOLE:
            match = _OPEN_AGE.fullmatch(text)
            if match is None:
                problems.append(Problem(f"{where} {column}列", text or "空", "整数（年龄组可带+）", "改正"))
            else:
                done[column] = int(match[1])
        else:
            done[column] = text
    return done


def _require_complete(table: pd.DataFrame, time: str, name: str) -> None:
    """Refuse a table in which some year (or period) and sex lacks an age group that another has."""
    every = set(table["age_start"])
    problems = [
        Problem(f"{name} {when} {sex}", f"缺年龄组 {'、'.join(str(age) for age in sorted(every - set(rows)))}", "各年年龄组相同", "补上")
        for (when, sex), rows in table.groupby([time, "sex"])["age_start"]
        if set(rows) != every
    ]
    if problems:
        raise InputError(problems)


def _require_every_year(births: pd.DataFrame) -> None:
    years = set(births["year"])
    missing = sorted(set(range(min(years), max(years) + 1)) - years)
    if missing:
        raise InputError.single(BIRTHS, f"缺{'、'.join(str(year) for year in missing)}年", "逐年各一行", "补上")
