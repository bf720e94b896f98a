"""Yearly monitoring figures of a plan, pinned to an edition: what official files and public figures say, never mixed up."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.archive.plans import load_plan
from analysis.archive.sources import Deposit, editions, load_deposit
from analysis.intake.monitoring import read_monitoring
from analysis.intake.monitoring.reading import Reading
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.public_figures import public_readings
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

LATEST = "latest"
TASK_SERIES = re.compile(r"t[0-9]+")
FILE_ENDINGS = (".xlsx", ".csv")
COLUMNS = (*(field.name for field in dataclasses.fields(Reading)), "reliability")


@dataclass(frozen=True)
class Monitoring:
    """Figures that an evaluation rests on.

    Attributes:
        readings: one row a figure, each figure once: ``series``, ``part``, ``year``, ``value`` and the other fields of
            :class:`analysis.intake.monitoring.reading.Reading`, plus ``reliability`` (待核实 or empty).
        tasks: the same columns, for the plan's commitments outside its indicator table.
        deposits: where the figures come from.
        edition: edition of the official file; empty where there is none.
        is_official: whether there is an official file.
    """

    readings: pd.DataFrame
    tasks: pd.DataFrame
    deposits: tuple[Deposit, ...]
    edition: str
    is_official: bool


def load_monitoring(plan_id: str, edition: str = LATEST, public_edition: str = LATEST, until: str = LATEST) -> Monitoring:
    """Load the monitoring figures of a plan from its deposits.

    Official figures come from the plan's monitoring deposit. Where it has none for a series, part and year, public figures
    of the same definition stand in, marked 待核实 where the original was not seen.

    Args:
        plan_id: a plan with targets.
        edition: edition of the monitoring deposit; ``latest`` for the last one.
        public_edition: edition of the public figures.
        until: leave out rows published later than this (their ``edition`` column); ``latest`` for none.

    Raises:
        InputError: no such edition, a changed file, or any defect of it.

    Example:
        >>> load_monitoring("yuexiu-14").is_official
        False
    """
    plan = load_plan(plan_id)
    deposits: list[Deposit] = []
    rows = empty_readings()
    source = plan.header.monitoring_source
    if source and editions(source):
        deposit = load_deposit(source, edition)
        deposits.append(deposit)
        rows = read_figures(plan_id, deposit.path(monitoring_file(deposit)))
    elif edition != LATEST:
        raise InputError.single("参数 monitoring_edition", edition, "该规划尚无监测数据版本", "改为 latest，或先用 minzheng deposit 存入")
    official = len(rows) > 0
    if plan.header.public_source:
        public = public_readings(plan_id, public_edition)
        deposits.append(load_deposit(plan.header.public_source, public_edition))
        rows = _with_public(rows, public)
    return _split(pinned(rows, until), tuple(deposits), deposits[0].edition if official else "", official)


def read_figures(plan_id: str, file: Path) -> pd.DataFrame:
    """Read one monitoring file (XLSX or CSV) as a frame; columns as in :class:`Monitoring`.

    Raises:
        InputError: every defect of the file, each with its address.
    """
    return _frame(read_monitoring(file, monitoring_form(plan_id)).readings)


def empty_readings() -> pd.DataFrame:
    """Return a frame of readings without rows."""
    return _frame(())


def monitoring_file(deposit: Deposit) -> str:
    """Return the name of the one monitoring file in a deposit."""
    names = [name for name in deposit.sidecar.files if name.lower().endswith(FILE_ENDINGS)]
    if len(names) != 1:
        where = f"data/raw/{deposit.source}/{deposit.edition}"
        raise InputError.single(where, "、".join(names) or "没有监测数据文件", "恰好一个 XLSX 或 CSV 文件", "用 minzheng deposit 重新存入")
    return names[0]


def pinned(rows: pd.DataFrame, until: str = LATEST) -> pd.DataFrame:
    """Keep each figure once, as last published up to an edition.

    A figure is a series, part, year and effective date; a later edition of it replaces an earlier one.

    Args:
        rows: readings with their ``edition`` (dates such as 2024-03-31, or other names in natural order; empty is first).
        until: last edition to take; ``latest`` for all.
    """
    if rows.empty:
        return rows
    keys = {edition: _edition_order(edition) for edition in rows["edition"].unique()}
    kept = rows if until == LATEST else rows[rows["edition"].map(lambda edition: keys[edition] <= _edition_order(until))]
    ranks = {edition: rank for rank, edition in enumerate(sorted(keys, key=lambda edition: keys[edition]))}
    ordered = kept.assign(_rank=kept["edition"].map(ranks)).sort_values("_rank", kind="stable").drop(columns="_rank")
    return ordered.drop_duplicates(["series", "part", "year", "effective_date"], keep="last").sort_index().reset_index(drop=True)


def _edition_order(edition: str) -> tuple[tuple[int, str], ...]:
    """Order editions so that v10 comes after v9 and 2024-03 after 2023-12."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", edition) if part)


def _with_public(rows: pd.DataFrame, public: pd.DataFrame) -> pd.DataFrame:
    """Add public figures for what no official file reports."""
    import pandas as pd

    reported = set(zip(rows["series"], rows["part"], rows["year"], strict=True))
    fresh = [key not in reported for key in zip(public["series"], public["part"], public["year"], strict=True)]
    added = public.loc[fresh, list(COLUMNS)]
    return added.reset_index(drop=True) if rows.empty else pd.concat([rows, added], ignore_index=True)


def _frame(readings: Sequence[Reading]) -> pd.DataFrame:
    import pandas as pd

    records = [dataclasses.asdict(reading) | {"reliability": ""} for reading in readings]
    return pd.DataFrame(records, columns=list(COLUMNS))


def _split(rows: pd.DataFrame, deposits: tuple[Deposit, ...], edition: str, official: bool) -> Monitoring:
    is_task = rows["series"].map(lambda series: bool(TASK_SERIES.fullmatch(series))).astype(bool)
    return Monitoring(rows[~is_task].reset_index(drop=True), rows[is_task].reset_index(drop=True), deposits, edition, official)
