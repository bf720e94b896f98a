"""Rows of forecasts in a file: a report's own, or those of the ledger; every cell checked, every cell kept as it is printed."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.archive.calibration import FEWEST
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd

PUBLISHED = (
    "plan", "indicator_id", "part", "name", "unit", "made_in", "data_year", "target_year", "n", "first_year", "last_value", "target",
    "direction", "point", "low_80", "high_80", "low_95", "high_95", "chance", "method",
)  # fmt: skip
EDITIONS = ("monitoring_edition", "public_edition", "targets_edition")
LEDGER = ("forecast_id", *PUBLISHED, "run", *EDITIONS, "constants")
KEY = ("plan", "indicator_id", "part", "data_year", "target_year")
MARK = "mark"
WHOLE = ("made_in", "data_year", "target_year", "n", "first_year")
REAL = ("last_value", "target", "point", "low_80", "high_80", "low_95", "high_95", "chance")
_ASCENDING = ("low_95", "low_80", "point", "high_80", "high_95")
_NEVER_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DIRECTIONS = ("higher", "lower")
_SHA256_LENGTH = 64


def read_published(path: Path, *, demonstration: bool) -> pd.DataFrame:
    """Read the forecasts that a report keeps in ``forecasts.csv``.

    Args:
        path: the file.
        demonstration: whether it belongs to a fictitious district; then each row carries the mark 演示数据, else none does.

    Returns:
        Columns :data:`PUBLISHED` as text, exactly as the file has them; see :func:`typed`.

    Raises:
        InputError: every defect of the file, each with line and column.
    """
    rows = read_rows(path, PUBLISHED, demonstration)
    return frame([row for _, row in rows], PUBLISHED)


def typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return forecasts with years and counts as integers and figures as floats; the rest stays text."""
    return rows.astype(dict.fromkeys(WHOLE, "int64") | dict.fromkeys(REAL, "float64"))


def frame(rows: list[dict[str, str]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a frame of text."""
    import pandas as pd

    return pd.DataFrame(rows, columns=list(columns), dtype="object")


def read_rows(path: Path, columns: tuple[str, ...], demonstration: bool) -> list[tuple[str, dict[str, str]]]:
    """Read a file of forecasts: each row as text with its address.

    Args:
        path: the file; UTF-8, with or without BOM.
        columns: :data:`PUBLISHED` or :data:`LEDGER`.
        demonstration: whether each row must carry the mark 演示数据, or none may.

    Raises:
        InputError: every defect of the file, each with line and column.
    """
    where = f"{path.parent.name}/{path.name}"
    action = "从版本库恢复该文件" if columns == LEDGER else "重新运行 minzheng report"
    try:
        lines = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except FileNotFoundError as error:
        raise InputError.single(where, "找不到该文件", "报告文件夹中的推算文件", "重新运行 minzheng report") from error
    except UnicodeDecodeError as error:
        raise InputError.single(where, "不是 UTF-8 文本", "UTF-8 编码的 CSV", action) from error
    except csv.Error as error:
        raise InputError.single(where, "引号没有成对", "合法的 CSV", action) from error
    headings = [*([MARK] if demonstration else []), *columns]
    if not lines or lines[0] != headings:
        raise InputError.single(f"{where} 第1行", _heading_words(lines[0] if lines else [], headings), "、".join(headings), action)
    rows: list[tuple[str, dict[str, str]]] = []
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(lines[1:], start=2):
        here = f"{where} 第{number}行"
        if len(cells) != len(headings):
            problems.append(Problem(here, f"{len(cells)}格", f"{len(headings)}格", action))
            continue
        row = dict(zip(headings, cells, strict=True))
        if demonstration and row.pop(MARK) != DEMONSTRATION:
            problems.append(Problem(f"{here} {MARK}列", cells[0] or "空", DEMONSTRATION, action))
        problems += row_problems(here, row, columns)
        key = tuple(row[name] for name in KEY)
        if columns == PUBLISHED and key in first:
            problems.append(Problem(here, f"与第{first[key]}行是同一指标的推算", "每个指标分项一行", action))
        first.setdefault(key, number)
        rows.append((here, row))
    if problems:
        raise InputError(problems)
    return rows


def _heading_words(found: list[str], wanted: list[str]) -> str:
    told = {"缺少": [name for name in wanted if name not in found], "多出": [name for name in found if name not in wanted]}
    words = [f"{verb}{'、'.join(names)}" for verb, names in told.items() if names]
    return "；".join(words) or f"列的次序或重复：{'、'.join(found)}"


def row_problems(where: str, row: dict[str, str], columns: tuple[str, ...]) -> list[Problem]:
    """Return every defect of one row's cells."""
    problems = []
    numbers: dict[str, float] = {}
    for name in columns:
        here, cell = f"{where} {name}列", row[name]
        if name in WHOLE or name in REAL:
            value = _number(cell, whole=name in WHOLE)
            if value is None:
                problems.append(Problem(here, cell or "空", "整数" if name in WHOLE else "数字", "改正该格"))
            else:
                numbers[name] = value
        elif not cell and name != "part":
            problems.append(Problem(here, "空", "不为空", "补上"))
        elif cell.startswith(_NEVER_A_FORMULA):
            problems.append(Problem(here, cell, "不以 = + - @ 开头的文字", "改名，以免表格软件当成公式"))
    if row["direction"] and row["direction"] not in _DIRECTIONS:
        problems.append(Problem(f"{where} direction列", row["direction"], "、".join(_DIRECTIONS), "改为其中之一"))
    constants = row.get("constants", "")
    if constants and (len(constants) != _SHA256_LENGTH or set(constants) - set("0123456789abcdef")):
        problems.append(Problem(f"{where} constants列", constants, "64位十六进制的 sha256", "从版本库恢复该文件"))
    return problems + _disorder(where, numbers)


def _number(cell: str, *, whole: bool) -> float | None:
    try:
        value = float(int(cell)) if whole else float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) and cell == cell.strip() and "_" not in cell else None


def _disorder(where: str, numbers: dict[str, float]) -> list[Problem]:
    """Return what the figures of a row that are numbers contradict each other in."""
    rules: list[tuple[tuple[str, ...], Callable[..., bool], str]] = [
        (("n",), lambda n: n >= FEWEST, f"至少{FEWEST}个年度数据（两点只有情景，不登记）"),
        (("chance",), lambda chance: 0 <= chance <= 1, "0～1"),
        (("first_year", "data_year", "target_year"), lambda *years: years[0] < years[1] < years[2], "首个年份<数据年份<目标年份"),
        (("data_year", "made_in"), lambda data, made: data <= made, "评估年份不早于数据年份"),
        (_ASCENDING, lambda *ends: list(ends) == sorted(ends), "95%下限≤80%下限≤中值≤80%上限≤95%上限"),
    ]
    problems = []
    for names, holds, expected in rules:
        values = [numbers[name] for name in names if name in numbers]
        if len(values) == len(names) and not holds(*values):
            problems.append(Problem(f"{where} {'、'.join(names)}列", "、".join(f"{value:.10g}" for value in values), expected, "改正该行"))
    return problems
