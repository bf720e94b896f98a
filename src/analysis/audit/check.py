"""One audit row, and the forms that most checks take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.audit.arithmetic import (
    AGREES,
    DIFFERS,
    UNVERIFIABLE,
    Result,
    difference_shown,
    in_unit,
    judge,
    shown,
)
from analysis.audit.places import Figure
from analysis.vocabulary.rounding import Interval


@dataclass(frozen=True)
class Check:
    """One check of the audit, as an official reads it.

    Attributes:
        id: stable number of the check.
        group: kind of check.
        subject: what is checked.
        where: address of the printed figure.
        printed: the figure as printed.
        recomputed: the figure recomputed.
        difference: printed minus recomputed.
        verdict: 一致, 四舍五入内, 不一致 or 无法核对.
        arithmetic: how it was recomputed.
        note: what the reader should know.
    """

    id: str
    group: str
    subject: str
    where: str
    printed: str
    recomputed: str
    difference: str
    verdict: str
    arithmetic: str
    note: str


def compared(id: str, group: str, subject: str, printed: Figure, result: Result, note: str) -> Check:
    """Return the check of a printed figure against a result in base units."""
    scaled = in_unit(result, printed.factor)
    judgement = judge(printed, scaled.value, scaled.interval)
    decimals = max(2, printed.decimals)
    return Check(
        id, group, subject, printed.where, str(printed), shown(scaled.value, printed.unit, decimals),
        difference_shown(judgement.difference, printed.unit, decimals), judgement.verdict, scaled.arithmetic, note,
    )  # fmt: skip


def growth(id: str, group: str, subject: str, printed: Figure, later: Figure, earlier: Figure, note: str) -> Check:
    """Return the check of a printed growth in percent against two printed figures."""
    low, high = later.base_interval(), earlier.base_interval()
    value = later.base / earlier.base - 1
    interval = Interval(low.low / high.high - 1, low.high / high.low - 1)
    return compared(id, group, subject, printed, Result(value, interval, f"{later}÷{earlier}－1"), note)


def implied_base(id: str, group: str, subject: str, printed: Figure, later: Figure, note: str) -> Check:
    """Return the check of a growth whose base the plan does not print: the base it implies."""
    base = later.base / (1 + printed.base) / later.factor
    return Check(
        id, group, subject, printed.where, str(printed), "", "", UNVERIFIABLE,
        f"{later}÷（1＋{printed}）＝{shown(base, later.unit)}", f"表中无基期值；{note}隐含基期约{shown(base, later.unit)}",
    )  # fmt: skip


def counted(id: str, group: str, subject: str, where: str, printed: int, found: int, unit: str, note: str) -> Check:
    """Return the check of a stated count against a recount."""
    difference = difference_shown(Decimal(printed - found), unit)
    return Check(
        id,
        group,
        subject,
        where,
        f"{printed}{unit}",
        f"{found}{unit}",
        difference,
        AGREES if printed == found else DIFFERS,
        "逐行清点",
        note,
    )
