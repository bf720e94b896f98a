"""Public figures from outside a plan: a deposit of one value a row, and the readings it yields where definitions are equal."""

from __future__ import annotations

import csv
import datetime
import re
from typing import TYPE_CHECKING, Any

from analysis.archive.context import PublicSeries
from analysis.archive.forms import SAME_DEFINITION
from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import Deposit, load_deposit
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

SOURCE, FILE = "public-figures", "public_figures.csv"
COLUMNS = (
    "region", "concept", "definition", "year", "value", "unit", "effective_from", "source_title", "source_address", "reliability",
    "note",
)  # fmt: skip
# How a figure was seen; whatever was not seen on a page of the issuing authority is to be verified.
OFFICIAL_PAGE = "官方页面"
RELIABILITIES = (OFFICIAL_PAGE, "媒体或资料网站", "转载，原件未见")
READING_COLUMNS = (
    "series", "part", "year", "value", "unit", "effective_date", "edition", "source", "note", "count", "total", "data_status",
    "definition", "task_status", "reporter", "reviewer", "evidence", "verified", "where", "reliability",
)  # fmt: skip
_REQUIRED = ("region", "concept", "value", "unit", "source_title", "reliability")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def load_public_figures(edition: str = "latest") -> pd.DataFrame:
    """Load the public figures, one value a row.

    Args:
        edition: edition of the deposit ``data/raw/public-figures``.

    Returns:
        The columns of the file, with ``year`` (missing for a figure of no one year), ``value`` in ``unit``,
        ``effective_from`` (a date or None), and ``where``, the row's address.

    Raises:
        InputError: every defective cell of the file.

    Example:
        >>> figures = load_public_figures().query("region == '广州市' and concept == '低保标准'")
        >>> figures[["year", "value", "unit", "reliability"]].values.tolist()[0]
        [2020, 1080.0, '元/人/月', '转载，原件未见']
    """
    import pandas as pd

    frame = pd.DataFrame(_rows(load_deposit(SOURCE, edition)), columns=[*COLUMNS, "where"])
    return frame.astype({"year": "Int64", "value": "float64", "effective_from": "object"})


def public_readings(plan_id: str, edition: str = "latest") -> pd.DataFrame:
    """Return the public figures that have exactly the definition of a plan's context series or indicators.

    Which ones do is written down in the plan's ``context.yml``. Context series take the years from the base year on,
    indicators the plan's years. A standard in force since before the base year stands as that year's figure.

    Args:
        plan_id: any plan; one without ``public_source`` yields no row.
        edition: edition of the deposit.

    Returns:
        Rows in the shape of monitoring readings, plus ``reliability``: 待核实 where the figure was not seen on a page of
        the issuing authority, else empty. ``count`` and ``total`` are None throughout.

    Raises:
        InputError: a mapping that fits no row of the deposit or has another unit, two figures for one year, or a
            demonstration plan that refers to real figures.

    Example:
        >>> wage = public_readings("yuexiu-14").query("series == 'minimum_wage'")
        >>> [(row.year, row.value, str(row.effective_date), row.reliability) for row in wage.itertuples()]
        [(2020, 2100.0, '2018-07-01', '待核实'), (2021, 2300.0, '2021-12-01', '待核实')]
    """
    import pandas as pd

    plan = load_plan(plan_id)
    if not plan.header.public_source:
        return pd.DataFrame(columns=list(READING_COLUMNS))
    if plan.header.demonstration:
        raise InputError.single(f"{plan_id}/plan.yml 键 public_source", "演示规划引用公开数据", "演示数据不与真实数据混用", "删去该键")
    deposit = load_deposit(plan.header.public_source, edition)
    figures = _rows(deposit)
    problems: list[Problem] = []
    readings: list[dict[str, Any]] = []
    for series, part, unit, first_year, public in _mapped(plan, problems):
        fitting = [figure for figure in figures if _fits(figure, public)]
        where = f"{plan_id}/context.yml {series}{part} 的 public"
        if not fitting:
            found = "、".join((public.region, public.concept, public.definition, public.unit))
            problems.append(Problem(where, f"公开数据中没有：{found}", "四项均与某行相同", "核对地区、名称、口径、单位"))
        if public.unit != unit:
            problems.append(Problem(where, f"单位{public.unit}", unit, "只引用单位相同的公开数据"))
        rows = [_reading(figure, series, part, deposit.edition) for figure in _in_years(fitting, first_year, plan.header.last_year)]
        problems += _contradictions(rows, where)
        readings += rows
    if problems:
        raise InputError(problems)
    # Objects throughout: pandas would make NaN of a missing date or count, and a float of the years beside it.
    frame = pd.DataFrame(readings, columns=list(READING_COLUMNS), dtype="object")
    return frame.astype({"year": "int64", "value": "float64", "verified": "bool"})


def _mapped(plan: Plan, problems: list[Problem]) -> list[tuple[str, str, str, int, PublicSeries]]:
    """List what a plan maps: series, part, unit, first year, and the public series of the same definition."""
    base_year = plan.header.targets.base_year if plan.header.targets else plan.header.first_year - 1
    mapped = [(series.id, "", series.unit, base_year, public) for series in plan.context.values() for public in series.public]
    for item in plan.public_figures:
        definition = plan.indicators.get(item.number)
        if definition is None or item.part not in ([part.name for part in definition.parts] or [""]):
            where = f"{plan.header.id}/context.yml indicators_with_public_figures"
            problems.append(Problem(where, f"指标{item.number}{item.part}", "规划的指标及其分项", "改正序号或分项"))
            continue
        mapped += [(str(item.number), item.part, definition.unit, plan.header.first_year, public) for public in item.public]
    return mapped


def _fits(figure: dict[str, Any], public: PublicSeries) -> bool:
    return all(figure[column] == getattr(public, column) for column in ("region", "concept", "definition", "unit"))


def _in_years(figures: list[dict[str, Any]], first: int, last: int) -> list[dict[str, Any]]:
    """Keep the figures of the years asked for, and the last dated one before them, which was still in force."""
    dated = [figure for figure in figures if figure["year"] is not None]
    kept = [figure for figure in dated if first <= figure["year"] <= last]
    earlier = [figure for figure in dated if figure["year"] < first and figure["effective_from"]]
    if not earlier or any(figure["year"] == first and figure["effective_from"] is None for figure in kept):
        return kept
    return [max(earlier, key=lambda figure: figure["effective_from"]) | {"year": first}, *kept]


def _contradictions(rows: list[dict[str, Any]], where: str) -> list[Problem]:
    """Refuse two figures for one year and date: which of them holds is not for a program to choose."""
    problems = []
    for i, row in enumerate(rows):
        for other in rows[:i]:
            if (other["year"], other["effective_date"]) == (row["year"], row["effective_date"]):
                found = f"{row['year']}年有两个数：{other['value']:g}（{other['where']}）、{row['value']:g}（{row['where']}）"
                problems.append(Problem(where, found, "每年每个生效日期一个数", "核实后只引用其中一种口径"))
    return problems


def _reading(figure: dict[str, Any], series: str, part: str, edition: str) -> dict[str, Any]:
    return {
        "series": series,
        "part": part,
        "year": figure["year"],
        "value": figure["value"],
        "unit": figure["unit"],
        "effective_date": figure["effective_from"],
        "edition": edition,
        "source": figure["source_title"],
        "note": figure["note"],
        "count": None,
        "total": None,
        "data_status": "正式",
        "definition": SAME_DEFINITION,
        "task_status": "",
        "reporter": "",
        "reviewer": "",
        "evidence": figure["source_address"],
        "verified": False,
        "where": figure["where"],
        "reliability": "" if figure["reliability"] == OFFICIAL_PAGE else UNVERIFIED,
    }


def _rows(deposit: Deposit) -> list[dict[str, Any]]:
    """Read and check the deposit's file; rows as written, numbers and dates converted."""
    problems: list[Problem] = []
    with deposit.path(FILE).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise InputError.single(f"{FILE} 第1行", "、".join(reader.fieldnames or []), "、".join(COLUMNS), "改正表头")
        rows = [_row(row, f"{FILE} 第{reader.line_num}行", problems) for row in reader]
    seen: dict[tuple[Any, ...], str] = {}
    for row in rows:
        key = tuple(row[column] for column in ("region", "concept", "definition", "year", "unit", "effective_from", "source_title"))
        if key in seen:
            problems.append(Problem(row["where"], f"与{seen[key]}重复", "同一出处的同一数字一行", "删去一行"))
        seen.setdefault(key, row["where"])
    if problems:
        raise InputError(problems)
    return rows


def _row(row: dict[str, Any], where: str, problems: list[Problem]) -> dict[str, Any]:
    if None in row or None in row.values():
        problems.append(Problem(where, "单元格数与表头不同", f"{len(COLUMNS)}格", "核对逗号和引号"))
        row = {column: row.get(column) or "" for column in COLUMNS}
    problems += [Problem(f"{where} {column}列", "空", "不得为空", "补上") for column in _REQUIRED if not row[column]]
    result: dict[str, Any] = row | {"where": where, "year": None, "value": float("nan"), "effective_from": None}
    if _NUMBER.fullmatch(row["value"]):
        result["value"] = float(row["value"])
    elif row["value"]:
        problems.append(Problem(f"{where} value列", row["value"], "一个数字", "一行只放一个数，范围和多个数拆成多行"))
    if re.fullmatch(r"[12][0-9]{3}", row["year"]):
        result["year"] = int(row["year"])
    elif row["year"]:
        problems.append(Problem(f"{where} year列", row["year"], "四位年份，不属于某一年的留空", "改为年份"))
    if row["effective_from"]:
        try:
            result["effective_from"] = datetime.date.fromisoformat(row["effective_from"])
        except ValueError:
            problems.append(Problem(f"{where} effective_from列", row["effective_from"], "YYYY-MM-DD", "改为日期，不知则留空"))
    if row["reliability"] and row["reliability"] not in RELIABILITIES:
        problems.append(Problem(f"{where} reliability列", row["reliability"], "、".join(RELIABILITIES), "改为其中之一"))
    return result
