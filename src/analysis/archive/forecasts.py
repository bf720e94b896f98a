"""The forecast ledger: forecasts as reports published them, kept word for word until their year arrives."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.archive.forecast_rows import EDITIONS, KEY, LEDGER, MARK, PUBLISHED, REAL, frame, read_rows, row_problems
from analysis.archive.plans import load_plan
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import DEMONSTRATION, file_name

if TYPE_CHECKING:
    import pandas as pd

# A forecast is the same whichever report printed it, so the year of the evaluation is no part of what it says.
_CONTENT = tuple(name for name in PUBLISHED if name != "made_in")
_SAME = 1e-9  # numbers are printed to 12 digits; two machines may differ in the last of them


@dataclass(frozen=True)
class Provenance:
    """What a report's forecasts were made from.

    Attributes:
        run: name of the report's folder.
        monitoring_edition, public_edition, targets_edition: editions of the data; ``none`` for none.
        constants: SHA-256 of the trend model's constants as the report's manifest has it.
    """

    run: str
    monitoring_edition: str
    public_edition: str
    targets_edition: str
    constants: str


def ledger_path(plan_id: str) -> Path:
    """Return where a plan's ledger stands.

    Raises:
        InputError: no such plan.

    Example:
        >>> ledger_path("demo-14").name
        '演示数据-demo-14.csv'
    """
    return paths.forecasts() / file_name(f"{plan_id}.csv", demonstration=load_plan(plan_id).header.demonstration)


def read_ledger(plan_id: str) -> pd.DataFrame:
    """Read a plan's ledger; without rows where nothing has been recorded yet.

    Returns:
        Columns :data:`LEDGER` as text; see :func:`analysis.archive.forecast_rows.typed`.

    Raises:
        InputError: no such plan, or every defect of the file; a row whose content no longer fits its identifier was changed by hand.
    """
    path = ledger_path(plan_id)
    if not path.is_file():
        return frame([], LEDGER)
    rows = read_rows(path, LEDGER, load_plan(plan_id).header.demonstration)
    problems, seen = [], set()
    for where, row in rows:
        if row["plan"] != plan_id:
            problems.append(Problem(f"{where} plan列", row["plan"], plan_id, "每个规划一个台账；从版本库恢复该文件"))
        if row["forecast_id"] != forecast_id(row):
            found = f"{row['forecast_id']}，与该行内容不符"
            problems.append(Problem(f"{where} forecast_id列", found, forecast_id(row), "已登记的推算不得改动；从版本库恢复该文件"))
        if row["forecast_id"] in seen:
            problems.append(Problem(f"{where} forecast_id列", f"{row['forecast_id']}重复", "标识唯一", "从版本库恢复该文件"))
        seen.add(row["forecast_id"])
    if problems:
        raise InputError(problems)
    return frame([row for _, row in rows], LEDGER)


def forecast_id(row: dict[str, str]) -> str:
    """Return a forecast's identifier: its key and the first 8 digits of its content's SHA-256.

    Args:
        row: cells as text, at least :data:`PUBLISHED`; the year of the evaluation does not count.

    Example:
        >>> row = dict.fromkeys(PUBLISHED, "1") | {"plan": "demo-14", "part": "", "data_year": "2023", "target_year": "2025"}
        >>> forecast_id(row)[:20]
        'demo-14-1-2023-2025-'
    """
    content = "\x1f".join(row[name] for name in _CONTENT)
    words = [row[name] for name in KEY if row[name]]
    return "-".join([*words, hashlib.sha256(content.encode("utf-8")).hexdigest()[:8]])


def new_entries(ledger: pd.DataFrame, published: pd.DataFrame, origin: Provenance) -> pd.DataFrame:
    """Return those of a report's forecasts that the ledger lacks, as rows of the ledger.

    A forecast that says the same as a recorded one is left out, whichever report or edition it comes from. One of the same
    indicator, data year and target year with other figures is a new forecast if it comes from other editions.

    Args:
        ledger: see :func:`read_ledger`. published: see :func:`analysis.archive.forecast_rows.read_published`.
        origin: what the forecasts were made from.

    Returns:
        Columns :data:`LEDGER` as text, in the report's order.

    Raises:
        InputError: every forecast with other figures than a recorded one of the same editions.
    """
    recorded: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in ledger.to_dict("records"):
        recorded.setdefault(tuple(row[name] for name in KEY), []).append(row)
    fresh, problems = [], []
    for row in published.to_dict("records"):
        entry = {"forecast_id": forecast_id(row), **row, **asdict(origin)}
        known = recorded.get(tuple(row[name] for name in KEY), [])
        if any(_says_the_same(entry, other) for other in known):
            continue
        clash = next((other for other in known if all(other[name] == entry[name] for name in EDITIONS)), None)
        if clash:
            problems.append(_clash(entry, clash))
        fresh.append(entry)
    if problems:
        raise InputError(problems)
    return frame(fresh, LEDGER)


def append_entries(plan_id: str, entries: pd.DataFrame) -> Path:
    """Put rows at the end of a plan's ledger, whole or not at all; what stood there before stays byte for byte.

    Args:
        entries: see :func:`new_entries`.

    Returns:
        The ledger's file; UTF-8 with a BOM, by which spreadsheet programs know it.

    Raises:
        InputError: text that a spreadsheet program would take for a formula, or a ledger that is not well-formed.
    """
    target, demonstration = ledger_path(plan_id), load_plan(plan_id).header.demonstration
    problems = [problem for row in entries.to_dict("records") for problem in row_problems(f"推算 {row['forecast_id']}", row, LEDGER)]
    if problems:
        raise InputError(problems)
    read_ledger(plan_id)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    mark = [DEMONSTRATION] if demonstration else []
    before = target.read_bytes() if target.is_file() else b""
    if not before:
        text.write("\ufeff")
        writer.writerow([*([MARK] if demonstration else []), *LEDGER])
    elif not before.endswith(b"\n"):
        text.write("\n")
    writer.writerows([*mark, *(row[name] for name in LEDGER)] for row in entries.to_dict("records"))
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".csv")
    try:
        with open(handle, "wb") as file:
            file.write(before + text.getvalue().encode("utf-8"))
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
    return target


def _says_the_same(entry: dict[str, str], other: dict[str, str]) -> bool:
    """Say whether two rows are one forecast: the same words, and figures that differ by no more than printing does."""
    if any(entry[name] != other[name] for name in _CONTENT if name not in REAL):
        return False
    return all(math.isclose(float(entry[name]), float(other[name]), rel_tol=_SAME, abs_tol=1e-12) for name in REAL)


def _clash(entry: dict[str, str], other: dict[str, str]) -> Problem:
    changed = [name for name in _CONTENT if entry[name] != other[name]]
    told = "；".join(f"{name} {other[name]}→{entry[name]}" for name in changed)
    cause = "，趋势模型的常数也不同" if entry["constants"] != other["constants"] else ""
    where = f"指标{entry['indicator_id']} {entry['name']}" + (f"（{entry['part']}）" if entry["part"] else "")
    found = f"与已登记的 {other['forecast_id']}（报告 {other['run']}）数据版本相同而数值不同：{told}{cause}"
    return Problem(where, found, "同一版本的推算只登记一次", "已登记的推算不得改动；数据确有更新时，用新的版本生成报告再登记")
