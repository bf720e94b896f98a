"""The deposited text of 专栏1–3, a made-up 专栏4, and the tables as cells that tests lay out anew."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from analysis.intake.plan_text import ACHIEVED, PLANNED, STATISTICS, PlanTables, tables_of_text
from analysis.vocabulary.errors import InputError

DEPOSIT = Path(__file__).parents[2] / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18" / "boxes-1-3.txt"
TEXT = DEPOSIT.read_text(encoding="utf-8")
TABLES = (ACHIEVED, STATISTICS, PLANNED)
PROJECTS_TEXT = """
专栏 4 “十四五”时期为老服务建设重点

社区食堂（12个）：每个街道 2022年建成至少 1个面积 300平方
米以上，具备堂食、送餐等功能的社区食堂（面积较小的街道可与
邻近街道合设）。

邻里中心（40间）：每个社区 2024年设置至少 2间具备议事、阅览
等功能的邻里中心。

第三节 其他任务
"""
TITLES = {
    ACHIEVED: "专栏 1 “十三五”时期越秀区民政事业发展主要指标完成情况",
    STATISTICS: "专栏 2 “十三五”时期越秀区民政事业主要数据统计",
    PLANNED: "专栏 3 “十四五”时期越秀区民政事业发展主要指标",
}
HEADERS = {
    ACHIEVED: "类别 序号 指标 “十三五”目标值 “十三五”完成值 完成率",
    STATISTICS: "类别 序号 统计数据 “十二五”期间 “十三五”期间",
    PLANNED: "序号 类别 指标 单位 2020年实际值 2023年目标值 2025年目标值 属性",
}


def read(text: str, *boxes: str) -> PlanTables:
    """Read boxes of a text under the name 规划.txt; all three tables by default."""
    return tables_of_text(text, "规划.txt", boxes or TABLES)


def content(tables: PlanTables) -> dict[str, list[Any]]:
    """Return the rows of the three tables without the lines they came from."""
    return {kind: [dataclasses.replace(row, source_line=0) for row in tables.rows(kind)] for kind in TABLES}


def problems_of(text: str, *boxes: str) -> list[str]:
    """Return what reading a text tells; nothing if it reads well."""
    try:
        read(text, *boxes)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def changed(old: str, new: str, text: str = TEXT) -> str:
    """Replace the first occurrence of a passage that must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def line_of(passage: str, text: str) -> int:
    """Return the 1-based line on which a passage begins."""
    return text[: text.index(passage)].count("\n") + 1


@dataclasses.dataclass(frozen=True)
class Cell:
    """One cell of a table: its text and what it holds."""

    text: str
    kind: str


def _figure(value: Any) -> Cell:
    return Cell("—" if value is None else str(value), "figure")


def rows_as_cells(tables: PlanTables, kind: str) -> list[list[Cell]]:
    """Return a table's rows as lists of cells, in the order in which they are printed."""
    rows: list[list[Cell]] = []
    category, number = "", 0
    for row in tables.rows(kind):
        head = [Cell(row.category, "category")] if row.category != category else []
        category = row.category
        if kind == PLANNED:
            cells = [] if row.number == number else [Cell(str(row.number), "number"), *head, Cell(row.name, "name")]
            cells += [Cell(row.part, "part")] if row.part else []
            cells += [Cell(row.unit, "unit"), _figure(row.value_2020)]
            targets = [_figure(row.target_2023), _figure(row.target_2025)]
            cells += [Cell(row.rule_text, "rule")] if row.rule_text else targets
            cells += [Cell(row.binding, "attribute")]
            if row.number == number:
                rows[-1] += cells
                continue
            number = row.number
        else:
            mark = [Cell("——其中：", "mark")] if kind == STATISTICS and row.parent_number else []
            cells = [*head, Cell(str(row.number), "number"), *mark, Cell(row.name, "name"), Cell(f"（{row.unit}）", "bracket")]
            if kind == ACHIEVED:
                cells += [_figure(row.target), _figure(row.actual), Cell(f"{row.printed_rate_percent}%", "figure")]
            else:
                cells += [_figure(row.period_12), _figure(row.period_13)]
        rows.append(cells)
    return rows


REFERENCE = read(TEXT)
CELLS = {kind: rows_as_cells(REFERENCE, kind) for kind in TABLES}


def laid_out(kind: str, body: str) -> str:
    """Return a table's title, header and body, with the sentence that follows it in a plan."""
    return "\n".join([TITLES[kind], HEADERS[kind], body, "第三章 主要任务", "健全体系，加快发展。", ""])
