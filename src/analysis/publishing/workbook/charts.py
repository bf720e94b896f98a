"""Sheets of the data behind the charts, each with what the chart says."""

from __future__ import annotations

import re

from analysis.publishing.document.model import ChartBlock
from analysis.publishing.workbook.columns import column
from analysis.publishing.workbook.data_rows import read_rows
from analysis.publishing.workbook.grid import Grid
from analysis.publishing.workbook.values import from_data

SUBJECTS = {
    "status_matrix": "判定分布",
    "verdict_matrix": "判定分布",
    "category_scores": "各类得分",
    "methods": "多种方法",
    "ageing_path": "老年人口",
    "care_bed_gap": "养老床位余缺",
    "progress_tracks": "指标进度轨迹",
    "schedule_ratios": "时序比",
    "completion_rates": "完成率",
    "rule_years": "规则逐年",
    "outlook": "情景推算",
    "outcome": "推算与实际",
    "attainment": "达标把握",
    "data_coverage": "数据齐缺",
    "base_to_target": "基期至目标",
    "bed_density": "床位密度",
    "period_flows": "年均量变化",
    "period_stocks": "期末量变化",
    "audit_verdicts": "源数据核对",
}
_FIXED = ("indicator_id", "number", "part", "category", "series", "name")


def sheet_name(chart: ChartBlock) -> str:
    """Return the name that a chart's sheet should get: its label and its subject, else the first phrase of its finding."""
    return f"{chart.label} {SUBJECTS.get(chart.id) or re.split('[，；：]', chart.finding)[0]}"


def chart_grid(chart: ChartBlock) -> Grid:
    """Return the data behind a chart; columns without any value are left out."""
    rows = read_rows(chart.csv)
    names = [name for name in (rows[0] if rows else {}) if any(row[name] for row in rows)]
    fixed = 0
    while fixed < len(names) and names[fixed] in _FIXED:
        fixed += 1
    return Grid(
        title=f"{chart.label}　{chart.finding}",
        columns=tuple(column(name).heading for name in names),
        rows=tuple(tuple(from_data(row, name) for name in names) for row in rows),
        lead=(" ".join(chart.measure.split("\n")), chart.sources),
        fixed=max(fixed, 1),
    )
