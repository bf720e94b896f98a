"""What a monitoring file yields: readings, each with the address it was read from."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

from analysis.vocabulary.marks import DEMONSTRATION


@dataclass(frozen=True)
class Reading:
    """One figure as filled in.

    Attributes:
        series: the plan's number as text, the id of a context series, or the id of a commitment.
        part: printed name of the sub-item as the form spells it; empty for none.
        year: the year the figure is of.
        value: in ``unit``; exactly 100·k/N where k was filled in; NaN where a task's status was reported without a figure.
        unit: as the form spells it.
        effective_date: day from which a standard holds; None if not given, or where the row is no standard.
        edition: day of publication as YYYY-MM-DD, or the name that was given; empty if none was.
        source, note: as filled in.
        count, total: k and N; N is the form's where the row leaves it empty.
        data_status: 正式, 初步 or 估算; 正式 if not given.
        definition: 与基期一致 or 口径变更; 与基期一致 if not given.
        task_status: of commitments: 未启动, 进行中, 已完成, 已取消; else empty.
        reporter, reviewer, evidence: as filled in.
        verified: whether 已核对 says 是.
        where: its address: ``FILE.xlsx 指标!F12`` or ``FILE.csv 第12行``.
    """

    series: str
    part: str
    year: int
    value: float
    unit: str
    effective_date: datetime.date | None
    edition: str
    source: str
    note: str
    count: int | None
    total: int | None
    data_status: str
    definition: str
    task_status: str
    reporter: str
    reviewer: str
    evidence: str
    verified: bool
    where: str

    @property
    def has_value(self) -> bool:
        """Whether there is a figure; a task may be reported by its status alone."""
        return not math.isnan(self.value)

    @property
    def is_demonstration(self) -> bool:
        """Whether source or note say 演示数据."""
        return any(DEMONSTRATION in "".join(text.split()) for text in (self.source, self.note))


@dataclass(frozen=True)
class MonitoringFile:
    """A file without a problem.

    Attributes:
        name, sha256: the file's name and the hash of the bytes that were read.
        readings: in the order of the file; empty cells yield none.
        demonstration_rows: how many of them say 演示数据 in source or note.
        notices: what a careful reader would ask about, but no error.
    """

    name: str
    sha256: str
    readings: tuple[Reading, ...]
    demonstration_rows: int
    notices: tuple[str, ...]

    @property
    def figures(self) -> int:
        """How many of the readings have a figure."""
        return sum(reading.has_value for reading in self.readings)
