"""Chart of the rule targets: whether each was kept in each year, and by what figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, scope, shortened, spoken, subtitle, title_of
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.grids import Cell, draw_grid

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LABEL_EMS = 0.44, 20.5
MET, BROKEN, UNKNOWN = ("●达标", "×未达标", f"{wording.MISSING_MARK}缺数")
_LATE = "＊"


def rule_years_grid(evaluation: PlanEvaluation) -> Chart | None:
    """Draw each rule and year: kept, broken or unknown, with the figure and what was required; None without rules."""
    years = evaluation.rule_years
    if years.empty:
        return None
    rows = years.drop_duplicates(["indicator_id", "part"]).to_dict("records")
    places = {(row["indicator_id"], row["part"]): position for position, row in enumerate(rows)}
    heads = sorted(years["year"].unique())
    cells = {(places[row["indicator_id"], row["part"]], heads.index(row["year"])): _cell(row) for row in years.to_dict("records")}
    figure, axis = canvas(_ROW_INCHES * len(rows), left_inches=2.45, right_inches=0.15, panel_title_inches=SUBTITLE_INCHES + 0.12)
    draw_grid(axis, [_label(row) for row in rows], [f"{year}年" for year in heads], cells, label_size=8)
    broken, unknown = years[years["held"] == 0], int(years["held"].isna().sum())
    late = any(_broken_within_year(row) for row in years.to_dict("records"))
    return finish(
        figure,
        name="rule_years",
        data=years,
        finding=_finding(len(rows), len(broken), unknown, len(years)),
        measure=subtitle(scope(evaluation), "小字为实际值/应达到值", f"{_LATE}年末已达到，年内曾未达到" if late else ""),
        sources=evaluation.deposits,
        alt=f"{len(rows)}行规则、{len(heads)}年：达标{int((years['held'] == 1).sum())}项次，未达标{len(broken)}项次，缺数{unknown}项次"
        + _named(broken.to_dict("records")),
    )


def _label(row: dict[str, Any]) -> str:
    unit = "年增速，%" if row["rule_compares"] == "growth" else row["unit"]
    lines = (title_of(row | {"part": ""}), "，".join(filter(None, (row["part"], unit))))
    return "\n".join(shortened(line, _LABEL_EMS) for line in lines)


def _cell(row: dict[str, Any]) -> Cell:
    both = "/".join(wording.number(row[name], 2 if abs(row[name]) < 10 else 1) for name in ("compared", "required"))
    if math.isnan(row["held"]):
        return Cell(UNKNOWN, both, style.MUTED)
    if row["held"]:
        return Cell(MET, both, style.EXCEEDED_COLOUR)
    return Cell(BROKEN, both + (_LATE if _broken_within_year(row) else ""), style.MISSED_COLOUR, style.PALE)


def _broken_within_year(row: dict[str, Any]) -> bool:
    """Say whether a year counts as broken although its last figure is as required (equal rules are never this lenient)."""
    return bool(row["held"] == 0 and row["compared"] >= row["required"] and row["rule_comparison"] == "at_least")


def _named(broken: list[dict[str, Any]]) -> str:
    names = "、".join(f"{spoken(row)}（{row['year']}年）" for row in broken)
    return f"；未达标的是{names}" if names else ""


def _finding(rules: int, broken: int, unknown: int, total: int) -> str:
    if unknown == total:
        return f"{rules}行规则各年都缺数，不能判断"
    parts = [f"{broken}项次未达标" if broken else "" if unknown else "各年都达标", f"{unknown}项次缺数" if unknown else ""]
    return f"{rules}行规则，" + "，".join(part for part in parts if part)
