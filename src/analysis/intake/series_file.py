"""A file of yearly series in CSV, one point a row, as written by anybody: encodings in use in China, ragged rows refused."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from analysis.intake.decoding import FOREIGN_FORMATS, MAXIMUM_BYTES, decode
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

_SHOWN_PROBLEMS = 50
_SEPARATORS = (",", "\t", ";", "；", "，")
# Headings as people write them, and the columns they mean.
HEADINGS = {
    "序列": "series", "指标": "series", "名称": "series", "年份": "year", "年度": "year", "数值": "value", "值": "value",
    "类别": "kind", "目标": "target", "目标值": "target", "方向": "direction", "面板": "panel",
}  # fmt: skip
_REQUIRED = ("series", "year", "value")
_KNOWN = (*_REQUIRED, "kind", "target", "direction", "panel")


class SeriesFile(NamedTuple):
    """Rows of a file as they stand, all text, and what is wrong with its form; the index is the line less 2."""

    table: pd.DataFrame
    problems: list[Problem]


def read_series_file(path: Path) -> SeriesFile:
    """Read a CSV file as it stands: headings named, cells as text, empty lines left out.

    Headings may be the columns' names or 序列, 年份, 数值, 目标, 类别, 方向; cells may be parted by commas, tabs or semicolons.

    Args:
        path: the file.

    Returns:
        The rows with as many cells as headings, as :mod:`analysis.models.trend.points` counts lines; the others are told
        among the problems, so that a reader learns of everything at once.

    Raises:
        InputError: no such file, not a CSV text, or no usable headings, so that nothing else can be said.
    """
    import pandas as pd

    where = f"文件 {path.name}"
    if not path.is_file():
        raise InputError.single(where, "找不到该文件", "CSV 文件", f"核对路径：{path}")
    if path.stat().st_size > MAXIMUM_BYTES:
        raise InputError.single(where, f"{path.stat().st_size:,}字节", f"不超过{MAXIMUM_BYTES:,}字节", "分成几个文件")
    raw = path.read_bytes()
    for magic, (found, _) in FOREIGN_FORMATS.items():
        if raw.startswith(magic):
            raise InputError.single(where, found, "CSV 文本", "在 Excel 或 WPS 中另存为 CSV")
    text = decode(raw, where)
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    separator = max(_SEPARATORS, key=first.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator if first.count(separator) else ",")
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise InputError.single(where, "引号没有成对", "合法的 CSV", "在 Excel 或 WPS 中重新另存为 CSV") from error
    headings = _headings(rows[0][1] if rows else [], where)
    lines = [(number, row) for number, row in rows[1:] if any(cell.strip() for cell in row)]
    ragged = [(number, row) for number, row in lines if len(row) != len(headings)]
    problems = [
        Problem(
            f"{where} 第{number}行",
            f"{len(row)}格：{''.join(row)[:20]}",
            f"与表头相同的{len(headings)}格",
            "末尾的注、合计行请删去；其他的核对逗号和引号",
        )
        for number, row in ragged[:_SHOWN_PROBLEMS]
    ]
    if len(ragged) > _SHOWN_PROBLEMS:
        problems.append(Problem(where, f"另有{len(ragged) - _SHOWN_PROBLEMS}行格数不对", f"{len(headings)}格", "同上"))
    whole = [(number, row) for number, row in lines if len(row) == len(headings)]
    table = pd.DataFrame([row for _, row in whole], columns=headings, index=[number - 2 for number, _ in whole], dtype="object")
    return SeriesFile(table, problems)


def _headings(cells: list[str], where: str) -> list[str]:
    """Return the columns' names.

    Raises:
        InputError: a column lacks, or stands twice.
    """
    given = [cell.strip() for cell in cells]
    if not any(given):
        raise InputError.single(where, "没有表头", "第1行为列名：series、year、value 等", "补上表头")
    named = [HEADINGS.get(name, name.lower()) for name in given]
    shown = "、".join(name or "（空）" for name in given)[:80]
    missing = [name for name in _REQUIRED if name not in named]
    if missing:
        years = sum(bool(re.fullmatch(r"[12][0-9]{3}年?", name)) for name in given) > 1
        action = "一年一列的，改为一年一行" if years else "第1行须是列名，表题请删去；缺少的列补上"
        raise InputError.single(f"{where} 第1行", f"列名为{shown}，缺少{'、'.join(missing)}列", "必有 series、year、value", action)
    unknown = [name for name, column in zip(given, named, strict=True) if column not in _KNOWN]
    if unknown:
        found = f"不认识的列：{'、'.join(name or '（空）' for name in unknown)}"
        raise InputError.single(f"{where} 第1行", found, "、".join(_KNOWN), "改名或删去该列")
    repeated = sorted({name or "（空）" for name in named if named.count(name) > 1})
    if repeated:
        raise InputError.single(f"{where} 第1行", f"列名重复：{'、'.join(repeated)}", "列名各不相同", "改名或删去")
    return named
