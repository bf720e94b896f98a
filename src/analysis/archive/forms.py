"""The monitoring form of a plan: which figures officials fill in, in which unit, for which years."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.archive.commitments import Commitment

# Columns of a monitoring file: name in CSV files and code, heading in the workbook. The first nine every file has.
REQUIRED_COLUMNS: dict[str, str] = {
    "indicator_id": "指标序号", "part": "分项", "year": "年份", "value": "数值", "unit": "单位", "effective_date": "生效日期",
    "edition": "数据版本", "source": "来源", "note": "备注",
}  # fmt: skip
OPTIONAL_COLUMNS: dict[str, str] = {
    "count": "已达到数k", "total": "总数N", "data_status": "数据状态", "definition": "口径", "reporter": "填报单位",
    "reviewer": "审核人", "evidence": "佐证材料", "verified": "已核对",
}  # fmt: skip
COLUMNS = REQUIRED_COLUMNS | OPTIONAL_COLUMNS
DATA_STATUSES = ("正式", "初步", "估算")
SAME_DEFINITION, CHANGED_DEFINITION = "与基期一致", "口径变更"
DEFINITIONS = (SAME_DEFINITION, CHANGED_DEFINITION)
VERIFIED = ("是", "否")
TASK_STATUSES = ("未启动", "进行中", "已完成", "已取消")


@dataclass(frozen=True)
class FormRow:
    """One figure a year: an indicator, one of its parts, or a context series.

    Attributes:
        series: the plan's row number as text, or the id of a context series.
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
        return not self.series.isdigit()


@dataclass(frozen=True)
class MonitoringForm:
    """Everything a monitoring file of a plan may hold.

    Attributes:
        plan, title, place: the plan's identity.
        demonstration: whether all of it is 演示数据.
        base_year, years: the base year (context series are asked for it too) and the plan's years.
        rows: indicators in printed order, then context series.
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
