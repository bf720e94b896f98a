"""A file of yearly series in CSV, one point a row, as written by anybody: encodings in use in China, ragged rows refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.intake.decoding import FOREIGN_FORMATS, decode
from analysis.vocabulary.errors import InputError, Problem

if TYPE_CHECKING:
    import pandas as pd

_SHOWN_PROBLEMS = 50


def read_series_file(path: Path) -> pd.DataFrame:
    """Read a CSV file as it stands: headings stripped of blanks, cells as text, empty lines left out.

    Args:
        path: the file.

    Returns:
        All columns of the file as text; the index is the line in the file less 2, as :mod:`analysis.models.trend.points` counts.

    Raises:
        InputError: no such file, not a CSV text, a repeated heading, or rows with other numbers of cells than the headings.
    """
    import pandas as pd

    where = f"文件 {path.name}"
    if not path.is_file():
        raise InputError.single(where, "找不到该文件", "CSV 文件", f"核对路径：{path}")
    raw = path.read_bytes()
    for magic, (found, _) in FOREIGN_FORMATS.items():
        if raw.startswith(magic):
            raise InputError.single(where, found, "CSV 文本", "在 Excel 或 WPS 中另存为 CSV")
    text = decode(raw, where)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise InputError.single(where, "引号没有成对", "合法的 CSV", "在 Excel 或 WPS 中重新另存为 CSV") from error
    if not rows or not any(cell.strip() for cell in rows[0]):
        raise InputError.single(where, "没有表头", "第1行为列名：series、year、value 等", "补上表头")
    headings = [cell.strip() for cell in rows[0]]
    repeated = {name for name in headings if headings.count(name) > 1}
    problems = (
        [Problem(f"{where} 第1行", f"列名重复：{'、'.join(sorted(repeated)) or '（空）'}", "列名各不相同", "改名或删去")]
        if repeated
        else []
    )
    lines = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    ragged = [(number, row) for number, row in lines if len(row) != len(headings)]
    problems += [
        Problem(f"{where} 第{number}行", f"{len(row)}格", f"与表头相同的{len(headings)}格", "核对逗号和引号")
        for number, row in ragged[:_SHOWN_PROBLEMS]
    ]
    if problems:
        raise InputError(problems)
    return pd.DataFrame([row for _, row in lines], columns=headings, index=[number - 2 for number, _ in lines], dtype="object")
