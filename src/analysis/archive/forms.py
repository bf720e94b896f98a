"""The monitoring form of a plan: which figures officials fill in, in which unit, for which years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.archive.commitments import Commitment

# Columns of a monitoring file: name in CSV files and code, heading in the workbook. The first nine every file has.
REQUIRED_COLUMNS: dict[str, str] = {
    "indicator_id": "指标序号", "part": "分项", "year": "年份", "value": "数值", "unit": "单位", "effective_date": "生效日期",
    "edition": "数据版本", "source": "来源", "note": "备注",
}  # fmt: skip
OPTIONAL_COLUMNS: dict[str, str] = {
    "count": "已达到数k", "total": "总数N", "data_status": "数据状态", "definition": "口径", "task_status": "任务状态",
    "reporter": "填报单位", "reviewer": "审核人", "evidence": "佐证材料", "verified": "已核对",
}  # fmt: skip
COLUMNS = REQUIRED_COLUMNS | OPTIONAL_COLUMNS
# Headings of what the workbook prints beside the columns: attributes of a FormRow, never read as data.
LABELS: dict[str, str] = {
    "category": "类别", "name": "指标名称", "attribute": "属性", "base_value": "基期值", "definition": "填报口径", "data_owner": "提供单位",
}  # fmt: skip
DATA_STATUSES = ("正式", "初步", "估算")
SAME_DEFINITION, CHANGED_DEFINITION = "与基期一致", "口径变更"
DEFINITIONS = (SAME_DEFINITION, CHANGED_DEFINITION)
VERIFIED = ("是", "否")
TASK_STATUSES = ("未启动", "进行中", "已完成", "已取消")

RowKind = Literal["indicator", "context", "commitment"]
SHEETS: dict[RowKind, str] = {"indicator": "指标", "context": "背景数据", "commitment": "任务台账"}
INSTRUCTIONS_SHEET, PLAN_LABEL = "填报说明", "规划标识"
CONTEXT_CATEGORY = "背景数据"

_TAIL = ("数据版本", "数据状态", "口径", "来源", "备注", "填报单位", "审核人", "佐证材料", "已核对")
# Headings of each sheet from left to right; those that a sheet's rows never need are left out.
LAYOUTS: dict[RowKind, tuple[str, ...]] = {
    "indicator": (
        "指标序号", "类别", "指标名称", "分项", "年份", "单位", "基期值", "填报口径", "属性", "提供单位",
        "数值", "已达到数k", "总数N", "生效日期", *_TAIL,
    ),
    "context": ("指标序号", "指标名称", "分项", "年份", "单位", "填报口径", "提供单位", "数值", "生效日期", *_TAIL),
    "commitment": ("指标序号", "类别", "指标名称", "年份", "单位", "填报口径", "数值", "任务状态", *_TAIL),
}  # fmt: skip


@dataclass(frozen=True)
class FormRow:
    """One figure a year: an indicator, one of its parts, a context series, or a commitment.

    Attributes:
        kind: which of these it is.
        series: the plan's row number as text, the id of a context series, or the id of a commitment.
        part: printed name of the sub-item; empty for none.
        name, category, unit, attribute: labels; category of context series is 背景数据.
        base_value: figure of the base year as printed, in ``unit``; None where none is.
        is_share: whether the figure must lie between 0 and 100.
        may_be_negative: whether a figure below zero makes sense (growth).
        counted_unit, counted_total: what is counted k of N, and N; None where the figure is no such share.
        dated: whether it holds from an effective date on (standards), so that a year may have several figures.
        definition: what exactly is to be filled in.
        data_owner: who fills it in.
    """

    kind: RowKind
    series: str
    part: str
    name: str
    category: str
    unit: str
    attribute: str
    base_value: float | None
    is_share: bool
    may_be_negative: bool
    counted_unit: str
    counted_total: int | None
    dated: bool
    definition: str
    data_owner: str

    @property
    def is_context(self) -> bool:
        """Whether the row is a context series."""
        return self.kind == "context"

    @property
    def title(self) -> str:
        """Words that name the row in messages: 指标3 特困人员照料护理标准（全自理）."""
        number = f"指标{self.series}" if self.kind == "indicator" else self.series
        return f"{number} {self.name}" + (f"（{self.part}）" if self.part else "")


@dataclass(frozen=True)
class MonitoringForm:
    """Everything a monitoring file of a plan may hold.

    Attributes:
        plan, title, place: the plan's identity.
        demonstration: whether all of it is 演示数据.
        base_year, years: the base year (context series are asked for it too) and the plan's years.
        rows: indicators in printed order, then context series, then commitments.
        commitments: the plan's commitments outside its indicator table (sheet 任务台账).
    """

    plan: str
    title: str
    place: str
    demonstration: bool
    base_year: int
    years: tuple[int, ...]
    rows: tuple[FormRow, ...]
    commitments: tuple[Commitment, ...]

    def row(self, series: str, part: str) -> FormRow | None:
        """Return the row of a series and part; None if the form has no such row."""
        return next((row for row in self.rows if (row.series, row.part) == (series, part)), None)

    def parts(self, series: str) -> list[str]:
        """Return the names of a series' parts (``['']`` for one without); empty if the form has no such series."""
        return [row.part for row in self.rows if row.series == series]

    def rows_of(self, kind: RowKind) -> tuple[FormRow, ...]:
        """Return the rows of one sheet."""
        return tuple(row for row in self.rows if row.kind == kind)

    def years_of(self, row: FormRow) -> tuple[int, ...]:
        """Return the years a row is asked for: a context series from the base year on, the others in the plan's years."""
        return (self.base_year, *self.years) if row.is_context else self.years
