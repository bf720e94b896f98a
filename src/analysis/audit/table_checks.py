"""Checks that need no declaration: every printed rate of 专栏1 and every figure of the prose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from analysis.audit.arithmetic import AGREES, UNVERIFIABLE, evaluate
from analysis.audit.check import Check, compared, counted, growth, implied_base
from analysis.audit.definitions import Quantity
from analysis.audit.places import Figure, figure_at, place_of, table_name
from analysis.observations.door import load_observations, load_table

RATES = "印制完成率"


def rate_checks(figures: dict[str, Figure]) -> Iterator[Check]:
    """Recompute the completion rate of every row of 专栏1: result ÷ target."""
    rates = load_observations(table="专栏1", kind="印制完成率")
    for row in rates.itertuples():
        printed = Figure("", f"专栏1第{row.number}行完成率", Decimal(str(row.printed)), "%", exact=False)
        actual, target = figures[f"T1#{row.number}"], figures[f"T1target#{row.number}"]
        result = evaluate(Quantity(sum=(actual.place,), over=(target.place,)), figures)
        check = compared(f"r{row.number:02d}", RATES, str(row.name), printed, result, "")
        if check.verdict != AGREES:
            implied = printed.base * target.value
            note = (
                f"按印制完成率反推完成值为{implied.normalize():f}{target.unit}；目标值、完成值、完成率三者至少一处有误，孰误待发文机关确认"
            )
            check = compared(check.id, check.group, check.subject, printed, result, note)
        yield check


def prose_checks(figures: dict[str, Figure]) -> Iterator[Check]:
    """Check every figure of the prose that a table also prints, every growth, every enumeration."""
    for row in load_table("prose_figures").itertuples():
        figure, note = figures[str(row.id)], str(row.note)
        counterparts = [place_of(part) for part in str(row.counterpart).split("+") if part]
        if counterparts:
            result = evaluate(Quantity(sum=tuple(counterparts)), figures)
            if not figure.unit:
                # The printed sign is missing (a slip of its own); the figure itself is still compared.
                figure = Figure(figure.place, figure.where, figure.value, figure_at(figures, counterparts[0]).unit, figure.exact)
            group = "正文与专栏：目标" if row.kind == "目标" else "正文与专栏：数据"
            where = "＋".join(figure_at(figures, place).where for place in counterparts)
            check = compared(f"e{str(row.id)[1:]}", group, str(row.subject), figure, result, note)
            yield Check(**{**vars(check), "arithmetic": f"{where}：{check.arithmetic}"})
        if pd.notna(row.growth_percent):
            printed = Figure("", figure.where, Decimal(f"{row.growth_percent:g}"), "%", exact=False)
            title = f"{row.subject}：较{row.growth_base}增长"
            yield _growth_check(str(row.id)[1:], title, printed, figures, counterparts, note)
        if pd.notna(row.listed):
            count, found = int(figure.value), int(str(row.listed))
            yield counted(f"l{str(row.id)[1:]}", "自述件数与列举", str(row.subject), figure.where, count, found, figure.unit, "")


def unmatched_prose(figures: dict[str, Figure], checks: list[Check]) -> Iterator[Check]:
    """List the figures of the prose that nothing in the plan can confirm, so that none goes unmentioned."""
    reached = {check.id[1:] for check in checks if check.id[0] in "egl"}
    named = {check.where + check.printed for check in checks}
    for row in load_table("prose_figures").itertuples():
        figure = figures[str(row.id)]
        if row.kind == "背景" or figure.unit == "年" or str(row.id)[1:] in reached or figure.where + str(figure) in named:
            continue
        note = "；".join(part for part in ("规划内没有同一数字", str(row.note)) if part)
        yield Check(f"v{str(row.id)[1:]}", "无对应数据", str(row.subject), figure.where, str(figure), "", "", UNVERIFIABLE, "", note)


def _growth_check(number: str, title: str, printed: Figure, figures: dict[str, Figure], counterparts: list[str], note: str) -> Check:
    """Check one growth: against the two periods of 专栏2 where it prints both, else only its implied base."""
    group = "正文增幅"
    if len(counterparts) == 1 and table_name(counterparts[0]) == "专栏2" and f"{counterparts[0]}@12" in figures:
        return growth(f"g{number}", group, title, printed, figures[counterparts[0]], figures[f"{counterparts[0]}@12"], note)
    return implied_base(f"g{number}", group, title, printed, figures[f"p{number}"], "")
