"""The one door to the data: built tables as pandas frames, checked against their schema on the way in."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING

from analysis.archive.tables import TableSchema, package_schema
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_DTYPES = {"integer": "Int64", "number": "float64", "string": "str"}


def load_observations(plan: str | None = None, table: str | None = None, kind: str | None = None) -> pd.DataFrame:
    """Load the long table: one row a figure, observed or targeted, with its period, basis and source line.

    Args:
        plan: keep one plan's figures (``yuexiu-13``, ``yuexiu-14``).
        table: keep one box's figures (``专栏1``, ``专栏2``, ``专栏3``).
        kind: keep ``观测``, ``目标`` or ``印制完成率``.

    Returns:
        Frame with the columns of docs/data-dictionary.md (``observations``), plus ``printed``: the value as
        printed, a string, so that 26.50 keeps its two decimals. ``value`` is a float, NaN where the plan prints —
        (never zero).

    Raises:
        InputError: the table is not built, or its columns differ from the schema, or a filter matches nothing.

    Example:
        >>> beds = load_observations(table="专栏2").query("series_id == 'care_beds'")
        >>> beds[["period_end", "value", "unit"]].values.tolist()
        [[2015, 3309.0, '张'], [2020, 4983.0, '张']]
    """
    frame = load_table("observations")
    for column, wanted in (("plan", plan), ("table", table), ("kind", kind)):
        if wanted is None:
            continue
        known = sorted(frame[column].unique())
        if wanted not in known:
            raise InputError.single(f"参数 {column}", wanted, "、".join(known), "改用其中一个值")
        frame = frame[frame[column] == wanted]
    return frame.reset_index(drop=True)


def load_table(name: str) -> pd.DataFrame:
    """Load one built table by name, with the types of its schema.

    Number columns come as floats; where the schema has a ``value`` column, ``printed`` keeps its printed form.

    Raises:
        InputError: unknown table, not built yet, changed since it was built, or columns that differ from the schema.
    """
    schema = package_schema()
    known = [table.name for table in schema.tables]
    if name not in known:
        raise InputError.single("参数 name", name, "、".join(known), "改用其中一个表名")
    return _typed(_verified(name), schema.table(name))


def _verified(name: str) -> pd.DataFrame:
    """Read a built table whose hash is the one that datapackage.json records, so that no figure was changed by hand."""
    import pandas as pd

    folder = paths.processed_data()
    for file in (f"{name}.csv", "datapackage.json"):
        if not (folder / file).is_file():
            raise InputError.single(f"data/processed/{file}", "没有该文件", "", "先运行 minzheng data（或 make data）")
    content = (folder / f"{name}.csv").read_bytes()
    recorded = [
        item["hash"] for item in json.loads((folder / "datapackage.json").read_bytes())["resources"] if item["path"] == f"{name}.csv"
    ]
    if recorded != [f"sha256:{hashlib.sha256(content).hexdigest()}"]:
        where = f"data/processed/{name}.csv"
        raise InputError.single(
            where, "与 datapackage.json 登记的 sha256 不符", "由 data/raw 重建的原样", "不要手工改动；重新运行 minzheng data"
        )
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8")


def _typed(frame: pd.DataFrame, schema: TableSchema) -> pd.DataFrame:
    import pandas as pd

    expected = [field.name for field in schema.fields]
    if list(frame.columns) != expected:
        raise InputError.single(f"{schema.name}.csv 表头", "、".join(frame.columns), "、".join(expected), "重新运行 minzheng data")
    printed = frame.get("value")
    for field in schema.fields:
        if field.type != "string":
            frame[field.name] = pd.to_numeric(frame[field.name].replace("", None)).astype(_DTYPES[field.type])
    return frame.assign(printed=printed) if printed is not None else frame
