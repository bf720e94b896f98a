"""A long table of yearly points, checked and laid out as arrays: series of equal length together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis.archive.calibration import KINDS
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
REQUIRED, OPTIONAL = ("series", "year", "value"), ("kind", "target", "direction", "panel")
DIRECTIONS = ("higher", "lower")
LARGEST, SMALLEST = 1e15, 1e-9  # beyond, sums of squares lose their figures
_MOST_TOLD = 200  # problems of one sort told one by one
FARTHEST = 15  # years ahead; the widths were fitted for five and are carried on by a rule, not by data
_MOST_DECIMALS = 8


@dataclass(frozen=True)
class Points:
    """All points of a table, sorted by series and year.

    Attributes:
        names: series in order of first appearance, shape (S,).
        years, values: shape (P,). starts, counts: where each series begins and how many points it has, shape (S,).
        kinds: shape (S,); targets: NaN where none, shape (S,); signs: +1 higher is better, −1 lower, shape (S,).
        panels: name of the panel a series belongs to, empty for none, shape (S,).
        rounding: unit to which a series' values are printed, shape (S,).
    """

    names: NDArray[np.object_]
    years: NDArray[np.int64]
    values: Floats
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    kinds: NDArray[np.object_]
    targets: Floats
    signs: Floats
    panels: NDArray[np.object_]
    rounding: Floats

    @property
    def last_years(self) -> NDArray[np.int64]:
        """Return each series' last year, shape (S,)."""
        return np.asarray(self.years[self.starts + self.counts - 1])

    def blocks(self, most: int) -> Iterator[tuple[NDArray[np.int64], Floats, Floats]]:
        """Yield series of equal length: their positions (N,), years and values (N, n), of longer ones the last ``most`` points."""
        used = np.minimum(self.counts, most)
        for n in np.unique(used):
            which = np.flatnonzero(used == n)
            places = (self.starts[which] + self.counts[which] - n)[:, None] + np.arange(n)
            yield which, self.years[places].astype(float), self.values[places]

    def one(self, position: int) -> tuple[NDArray[np.int64], Floats]:
        """Return years and values of one series."""
        part = slice(self.starts[position], self.starts[position] + self.counts[position])
        return self.years[part], self.values[part]


def read_points(table: pd.DataFrame, to_year: int, where: str = "序列表") -> Points:
    """Check a long table and lay it out.

    Args:
        table: columns ``series``, ``year``, ``value`` and, where wanted, ``kind`` (level, percent, count, smooth; empty is
            level), ``target``, ``direction`` (higher, lower; empty is higher) and ``panel``; the last four are the same in
            all rows of a series.
        to_year: year to forecast. where: what to call the table in messages; a row is numbered by its index
            plus 2, since the header is line 1.

    Raises:
        InputError: every defect, with row and column.
    """
    import pandas as pd

    missing = [column for column in REQUIRED if column not in table.columns]
    if missing:
        raise InputError.single(f"{where} 表头", f"缺少{'、'.join(missing)}列", "、".join((*REQUIRED, *OPTIONAL)), "补上缺少的列")
    if not 1000 <= to_year < 3000:
        raise InputError.single("推算年份", str(to_year), "四位年份", "改为年份，如2025")
    if table.empty:
        raise InputError.single(where, "没有数据行", "每行一个序列的一年", "补上数据")
    problems: list[Problem] = []
    years = _numbers(table, "year", where, problems)
    values = _numbers(table, "value", where, problems)
    codes, names = _series(table["series"])
    far = np.isfinite(values) & ((np.abs(values) > LARGEST) | ((np.abs(values) < SMALLEST) & (values != 0)))
    _flag(problems, where, "value", far, table["value"], f"绝对值在{SMALLEST:g}至{LARGEST:g}之间，或为0", "换一个单位，或核对数字")
    blank = np.array([str(name).strip() == "" for name in names] + [True])[codes]
    _flag(problems, where, "series", blank, table["series"], "序列名称", "每行写明属于哪个序列")
    whole = np.isfinite(years) & (years == np.round(years)) & (years >= 1000) & (years < 3000)
    _flag(problems, where, "year", np.isfinite(years) & ~whole, table["year"], "四位年份", "改为年份，每年一行")
    usable = whole & ~blank
    again = np.zeros(len(table), bool)
    again[usable] = pd.DataFrame({"code": codes[usable], "year": years[usable]}).duplicated().to_numpy()
    _flag(problems, where, "year", again, table["year"], "每个序列每年一个数", "核实后只留一个")
    if problems:
        raise InputError(problems)
    order = np.lexsort((years, codes))
    sorted_codes, sorted_years = codes[order], years[order].astype(np.int64)
    counts = np.bincount(sorted_codes, minlength=len(names))
    starts = np.r_[0, np.cumsum(counts)[:-1]]
    first = order[starts]
    late_rows = np.zeros(len(table), bool)
    late_rows[order[starts + counts - 1]] = sorted_years[starts + counts - 1] >= to_year
    remedy = "把推算年份改到更晚；只想检验过去的，删去该年及以后的数"
    _flag(problems, where, "year", late_rows, table["year"], f"早于推算年份{to_year}", remedy)
    early = (to_year - sorted_years[starts + counts - 1]) > FARTHEST
    if early.any():
        too_far = f"推算不超过末个数据年份之后{FARTHEST}年"
        problems += [
            Problem(
                f"{where} 序列 {names[i]}",
                f"末年{sorted_years[starts[i] + counts[i] - 1]}，推算到{to_year}年",
                too_far,
                f"补上近年数据，或推算到{sorted_years[starts[i] + counts[i] - 1] + FARTHEST}年为止",
            )
            for i in np.flatnonzero(early)[:20]
        ]
    kinds = _words(table, "kind", KINDS, "level", codes, first, where, problems)
    directions = _words(table, "direction", DIRECTIONS, "higher", codes, first, where, problems)
    panels = _words(table, "panel", (), "", codes, first, where, problems)
    targets = _targets(table, codes, first, where, problems)
    of_row = kinds[codes]
    share = (of_row == "percent") & ((values < 0) | (values > 100))
    _flag(problems, where, "value", share, table["value"], "百分数，0至100", "不是有界的百分数就改用 level")
    number = (of_row == "count") & ((values < 0) | (values != np.round(values)))
    _flag(problems, where, "value", number, table["value"], "个数，不小于0的整数", "不是个数就改用 level")
    if problems:
        raise InputError(problems)
    ordered = values[order]
    return Points(
        names=np.asarray(names, dtype=object),
        years=sorted_years,
        values=ordered,
        starts=starts,
        counts=counts,
        kinds=kinds,
        targets=targets,
        signs=np.where(directions == "lower", -1.0, 1.0),
        panels=panels,
        rounding=printed_unit(ordered, starts),
    )


def _series(cells: pd.Series) -> tuple[NDArray[np.intp], NDArray[np.object_]]:
    """Return the number of each row's series (−1 where none is named) and the names; blanks around a name make no other."""
    import pandas as pd

    codes, names = pd.factorize(cells, use_na_sentinel=True)
    if not pd.api.types.is_numeric_dtype(cells):
        again, names = pd.factorize(np.array([str(name).strip() for name in names], dtype=object))
        codes = np.where(codes < 0, -1, np.append(again, -1)[codes])
    return codes, np.asarray(names, dtype=object)


def printed_unit(values: Floats, starts: NDArray[np.int64]) -> Floats:
    """Return the unit to which each series' values are printed: the largest of 1, 0.1, 0.01 … of which all are multiples.

    Args:
        values: shape (P,). starts: where each series begins, shape (S,).
    """
    decimals = np.full(len(starts), _MOST_DECIMALS)
    for k in range(_MOST_DECIMALS - 1, -1, -1):
        scaled = values * 10.0**k
        off = np.abs(scaled - np.round(scaled)) > 1e-6 * np.maximum(1.0, np.abs(scaled) * 1e-6)
        fits = ~np.logical_or.reduceat(off, starts)
        if not fits.any():
            break
        decimals[fits] = k
    return np.asarray(10.0**-decimals)


def _flag(problems: list[Problem], where: str, column: str, bad: NDArray[np.bool_], cells: pd.Series, expected: str, remedy: str) -> None:
    rows = np.flatnonzero(bad)
    more, rows = len(rows) - _MOST_TOLD, rows[:_MOST_TOLD]
    problems += [Problem(f"{where} 第{_line(cells, int(row))}行 {column}列", str(cells.iloc[row]), expected, remedy) for row in rows]
    if more > 0:
        problems.append(Problem(f"{where} {column}列", f"同样的问题另有{more}处", expected, remedy))


def _line(cells: pd.Series, row: int) -> int:
    """Return a row's line: its index plus 2 where that is a number, else its place plus 2."""
    label = cells.index[row]
    return int(label) + 2 if isinstance(label, int | np.integer) else int(row) + 2


def _numbers(table: pd.DataFrame, column: str, where: str, problems: list[Problem]) -> Floats:
    import pandas as pd

    if pd.api.types.is_bool_dtype(table[column]) or pd.api.types.is_datetime64_any_dtype(table[column]):
        numbers = np.full(len(table), np.nan)
    else:
        numbers = pd.to_numeric(table[column], errors="coerce").to_numpy(float, na_value=np.nan)
    wrong = np.flatnonzero(~np.isfinite(numbers))
    for row in wrong[:_MOST_TOLD]:
        cell = str(table[column].iloc[row]).strip()
        address = f"{where} 第{_line(table[column], int(row))}行 {column}列"
        problems.append(Problem(address, "" if cell in ("", "nan", "None") else cell, "一个数字，不留空", _remedy(cell, column)))
    if len(wrong) > _MOST_TOLD:
        problems.append(Problem(f"{where} {column}列", f"另有{len(wrong) - _MOST_TOLD}格不是数字", "一个数字，不留空", "同上"))
    return np.asarray(numbers)


def _remedy(cell: str, column: str) -> str:
    """Say what to do about a cell that is no number, by what is written in it."""
    if column == "year" and (found := re.search(r"(?<![0-9])[12][0-9]{3}(?![0-9])", cell)):
        return f"只填年份，如{found.group()}"
    if re.fullmatch(r"-?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?", cell):
        return f"去掉千分位逗号，填{re.sub('[,，]', '', cell)}"
    if found := re.fullmatch(r"(-?[0-9.]+)\s*[%％]", cell):
        return f"去掉百分号，填{found.group(1)}，kind 列填 percent"
    if found := re.match(r"-?[0-9]+(\.[0-9]+)?", cell):
        return f"只填数字，如{found.group()}，单位不写在格里"
    if cell and column == "value":
        return "改为数字；没有数的年份删去该行，不要补零；末尾的注和合计也删去"
    return "补上；没有数的年份删去该行，不要补零" if column == "value" else "改为四位年份；末尾的注和合计行删去"


def _words(
    table: pd.DataFrame,
    column: str,
    allowed: tuple[str, ...],
    default: str,
    codes: NDArray[np.intp],
    first: NDArray[np.intp],
    where: str,
    problems: list[Problem],
) -> NDArray[np.object_]:
    """Return a column's word for each series; every row must carry the same."""
    import pandas as pd

    if column not in table.columns:
        return np.full(len(first), default, dtype=object)
    # Few words stand in many rows: each is cleaned once.
    word_codes, words = pd.factorize(table[column], use_na_sentinel=True)
    cleaned = np.array([*(str(word).strip() or default for word in words), default], dtype=object)
    numbers, distinct = pd.factorize(cleaned)
    rows = numbers[word_codes]
    chosen = rows[first]
    if allowed:
        wrong = np.array([word not in allowed for word in distinct])
        _flag(problems, where, column, wrong[rows], table[column], "、".join(allowed), "改为其中之一，或留空")
    _flag(problems, where, column, rows != chosen[codes], table[column], "同一序列各行相同", "改为一致")
    return np.asarray(np.asarray(distinct, dtype=object)[chosen])


def _targets(table: pd.DataFrame, codes: NDArray[np.intp], first: NDArray[np.intp], where: str, problems: list[Problem]) -> Floats:
    import pandas as pd

    if "target" not in table.columns:
        return np.full(len(first), np.nan)
    cells = table["target"]
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(float, na_value=np.nan)
    empty = cells.isna().to_numpy()
    if not pd.api.types.is_numeric_dtype(cells):
        empty = empty | (cells.astype(str).str.strip() == "").to_numpy()
    _flag(problems, where, "target", ~empty & ~np.isfinite(numbers), cells, "一个数字，没有目标则留空", "改为数字")
    chosen = numbers[first]
    same = (numbers == chosen[codes]) | (np.isnan(numbers) & np.isnan(chosen[codes]))
    _flag(problems, where, "target", ~same, cells, "同一序列各行相同", "改为一致")
    return np.asarray(chosen)
