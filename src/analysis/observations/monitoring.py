"""Yearly monitoring figures of a plan, pinned to an edition: what official files and public figures say, never mixed up."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import Deposit, editions, load_deposit
from analysis.intake.monitoring import read_monitoring
from analysis.intake.monitoring.reading import Reading
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.public_figures import public_readings
from analysis.vocabulary.editions import EARLIEST, Order, edition_order
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd

LATEST, NONE = "latest", "none"
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


def load_monitoring(plan_id: str, edition: str = LATEST, public_edition: str = LATEST) -> Monitoring:
    """Load the monitoring figures of a plan from its deposits.

    Official figures come from the plan's monitoring deposits up to the edition asked for: each adds to those before it and
    replaces what they said of the same figure, so that departments may hand in their own rows and corrections come later.
    Where they have none for a series, part and year, public figures of the same definition stand in, marked 待核实 where the
    original was not seen.

    Args:
        plan_id: a plan with targets.
        edition: last edition of the monitoring deposits to take; ``latest`` for all, ``none`` for no official figures.
        public_edition: edition of the public figures; ``none`` for no such figures.

    Raises:
        InputError: no such edition, a changed file, any defect of it, or demonstration data for a real plan (or the reverse).

    Example:
        >>> load_monitoring("yuexiu-14", "none").is_official
        False
    """
    plan = load_plan(plan_id)
    deposits: list[Deposit] = []
    rows = empty_readings()
    source = plan.header.monitoring_source
    if edition != NONE and source and editions(source):
        last = load_deposit(source, edition)
        deposits = [load_deposit(source, earlier) for earlier in editions(source) if earlier < last.edition] + [last]
        for deposit in deposits:
            _check_kind(deposit, plan)
        rows = overlaid([pinned(read_figures(plan_id, deposit.path(monitoring_file(deposit)))) for deposit in deposits])
    elif edition not in (LATEST, NONE):
        raise InputError.single(
            "参数 monitoring_edition", edition, "该规划尚无监测数据版本", "改为 latest 或 none，或先用 minzheng deposit 存入"
        )
    official = len(rows) > 0
    newest = deposits[-1].edition if official else ""
    if plan.header.public_source and public_edition != NONE:
        combined = _with_public(rows, public_readings(plan_id, public_edition))
        if len(combined) > len(rows):
            deposits.append(load_deposit(plan.header.public_source, public_edition))
        rows = combined
    return _split(rows, tuple(deposits), newest, official)


def _check_kind(deposit: Deposit, plan: Plan) -> None:
    """Made-up figures never stand under a real district's name, nor real ones under a made-up one's."""
    if deposit.is_demonstration != plan.header.demonstration:
        kinds = ("真实数据", DEMONSTRATION)
        raise InputError.single(
            f"data/raw/{deposit.source}/{deposit.edition}",
            kinds[deposit.is_demonstration],
            f"规划 {plan.header.id} 用的{kinds[plan.header.demonstration]}",
            "真实数据与演示数据不得混用；移出该版本",
        )


def read_figures(plan_id: str, file: Path) -> pd.DataFrame:
    """Read one monitoring file (XLSX or CSV) as a frame; columns as in :class:`Monitoring`.

    Raises:
        InputError: every defect of the file, each with its address.
    """
    return readings_frame(read_monitoring(file, monitoring_form(plan_id)).readings)


def empty_readings() -> pd.DataFrame:
    """Return a frame of readings without rows."""
    return readings_frame(())


def monitoring_file(deposit: Deposit) -> str:
    """Return the name of the one monitoring file in a deposit."""
    names = [name for name in deposit.sidecar.files if name.lower().endswith(FILE_ENDINGS)]
    if len(names) != 1:
        where = f"data/raw/{deposit.source}/{deposit.edition}"
        raise InputError.single(where, "、".join(names) or "没有监测数据文件", "恰好一个 XLSX 或 CSV 文件", "用 minzheng deposit 重新存入")
    return names[0]


def pinned(rows: pd.DataFrame, until: str = LATEST) -> pd.DataFrame:
    """Keep each figure once, as last published up to an edition.

    A later edition of a series, part and year replaces what an earlier one said to be in force on the same day or later; a
    figure that took effect earlier in the year stays beside it.

    Args:
        rows: readings with their ``edition`` (2024-03-31, 2024-03, 2024 and the like, or a name; empty is the earliest).
        until: last edition to take: a date, or an edition that occurs; ``latest`` for all.

    Raises:
        InputError: ``until`` is neither, or two editions of one figure whose order can't be told.
    """
    orders = {edition: edition_order(edition) for edition in rows["edition"].unique()}
    last = _last_edition(until, orders)
    if last is not None:
        kept = {edition for edition, order in orders.items() if order is None or order <= last}
        rows = rows[rows["edition"].isin(kept | {until})]
    _check_order(rows, orders)
    ranks = {edition: rank for rank, edition in enumerate(sorted(orders, key=lambda edition: orders[edition] or EARLIEST))}
    return _newest(rows, rows["edition"].map(ranks))


def overlaid(deposits: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Lay deposits over each other in their order; see :func:`pinned` for what a later one replaces."""
    import pandas as pd

    filled = [rows for rows in deposits if len(rows)]
    if not filled:
        return empty_readings()
    ranks = [rank for rank, rows in enumerate(filled) for _ in range(len(rows))]
    together = pd.concat(filled, ignore_index=True)
    return _newest(together, pd.Series(ranks, index=together.index))


def _newest(rows: pd.DataFrame, rank: pd.Series) -> pd.DataFrame:
    """Drop what a figure of a higher rank, in force on the same day or earlier in the year, replaces."""
    if rows.empty:
        return rows.reset_index(drop=True)
    figure = ["series", "part", "year"]
    since = [date or datetime.date(year, 1, 1) for date, year in zip(rows["effective_date"], rows["year"], strict=True)]
    keyed = rows.assign(_rank=rank, _since=since).sort_values([*figure, "_since", "_rank"], kind="stable")
    newest = keyed.groupby([*figure, "_since"], sort=False)["_rank"].transform("max")
    replaced_by = newest.groupby([keyed[name] for name in figure], sort=False).cummax()
    kept = keyed[keyed["_rank"] == replaced_by].drop(columns=["_rank", "_since"])
    return kept.sort_index().reset_index(drop=True)


def _last_edition(until: str, orders: dict[str, Order | None]) -> Order | None:
    """Return what ``until`` is ordered by; None for all editions."""
    if until == LATEST:
        return None
    order = edition_order(until)
    if order is None and until not in orders:
        known = "、".join(sorted(edition for edition in orders if edition))
        raise InputError.single("参数 edition", until, f"日期，或文件中有的版本：{known}", "改正版本")
    return order


def _check_order(rows: pd.DataFrame, orders: dict[str, Order | None]) -> None:
    """Refuse several editions of one figure where one of them is a name that says nothing of when."""
    problems = []
    for key, group in rows.groupby(["series", "part", "year"], sort=False):
        names = list(dict.fromkeys(group["edition"]))
        if len(names) > 1 and any(orders[name] is None for name in names):
            where = "、".join(group["where"].astype(str))
            found = f"{key[0]}{key[1]} {key[2]}年有多个版本：{'、'.join(names)}"
            problems.append(Problem(where, found, "能分先后的公布日期，如 2024-03-31", "把数据版本改为公布日期"))
    if problems:
        raise InputError(problems)


def _with_public(rows: pd.DataFrame, public: pd.DataFrame) -> pd.DataFrame:
    """Add public figures for what no official file reports."""
    import pandas as pd

    reported = set(zip(rows["series"], rows["part"], rows["year"], strict=True))
    fresh = [key not in reported for key in zip(public["series"], public["part"], public["year"], strict=True)]
    added = public.loc[fresh, list(COLUMNS)]
    return added.reset_index(drop=True) if rows.empty else pd.concat([rows, added], ignore_index=True)


def readings_frame(readings: Sequence[Reading]) -> pd.DataFrame:
    """Return readings as a frame; columns as in :class:`Monitoring`."""
    import pandas as pd

    records = [dataclasses.asdict(reading) | {"reliability": ""} for reading in readings]
    return pd.DataFrame(records, columns=list(COLUMNS))


def _split(rows: pd.DataFrame, deposits: tuple[Deposit, ...], edition: str, official: bool) -> Monitoring:
    is_task = rows["series"].map(lambda series: bool(TASK_SERIES.fullmatch(series))).astype(bool)
    return Monitoring(rows[~is_task].reset_index(drop=True), rows[is_task].reset_index(drop=True), deposits, edition, official)
