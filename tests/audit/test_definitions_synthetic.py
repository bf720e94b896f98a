"""Declared checks on small made-up definitions and figures, so that every verdict occurs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from analysis.audit import declared_checks
from analysis.audit.arithmetic import AGREES, DIFFERS, UNVERIFIABLE, WITHIN_ROUNDING
from analysis.audit.check import Check
from analysis.audit.definitions import (
    AuditDefinition,
    Bound,
    Count,
    Coverage,
    Deadline,
    DeclaredCount,
    Implied,
    ImpliedEqual,
    Missed,
    Quantity,
)
from analysis.audit.places import Figure

Figures = dict[str, Figure]


def figures(**printed: str | tuple[str, str]) -> Figures:
    """Exact figures by place; a pair gives value and unit, 个 otherwise."""
    pairs = {place: (item, "个") if isinstance(item, str) else item for place, item in printed.items()}
    return {place: Figure(place, f"{place}处", Decimal(value), unit, True) for place, (value, unit) in pairs.items()}


def rounded(value: str, unit: str = "个") -> Figure:
    return Figure("r", "某处", Decimal(value), unit, False)


def definition(**parts: Any) -> AuditDefinition:
    lists = ("derived", "implied_equal", "implied", "bounds", "coverage", "counts", "declared_counts", "deadlines", "unverifiable")
    return AuditDefinition(**({name: [] for name in lists} | {"missed": Missed(reference="某章", named=[])} | parts))


def implied_twice(printed: Figures) -> Check:
    pair = ImpliedEqual(
        id="i1", title="隐含工资", first=Quantity(sum=("a",), over=(0.02,)), second=Quantity(sum=("b",), over=(0.3,)), unit="元"
    )
    (check,) = declared_checks.implied_checks(definition(implied_equal=[pair]), printed)
    return check


def test_implied_twice_and_truly_different() -> None:
    check = implied_twice(figures(a=("42", "元"), b=("600", "元")))
    assert (check.printed, check.recomputed, check.difference) == ("2100元", "2000元", "100元")
    assert check.verdict == DIFFERS
    assert "舍入允许的范围：2100～2100元与2000～2000元" in check.note


def test_implied_twice_and_equal() -> None:
    check = implied_twice(figures(a=("42", "元"), b=("630", "元")))
    assert (check.difference, check.verdict, check.note) == ("0元", AGREES, "")


def test_implied_twice_within_rounding() -> None:
    check = implied_twice({"a": rounded("42", "元"), "b": rounded("625", "元")})
    assert (check.recomputed, check.difference, check.verdict) == ("2083.33元", "16.67元", WITHIN_ROUNDING)


def test_what_is_only_implied_is_not_judged() -> None:
    item = Implied(id="m1", title="隐含人口", sum=("a",), over=("b",), unit="万人")
    (check,) = declared_checks.implied_checks(definition(implied=[item]), {"a": rounded("32", "万人"), "b": rounded("25", "%")})
    assert (check.recomputed, check.verdict) == ("128万人", UNVERIFIABLE)
    assert "123.53～132.65万人" in check.note


@pytest.mark.parametrize(
    ("small", "large", "arithmetic", "verdict"),
    [
        (("9", "个"), ("10", "个"), "9个≤10个", AGREES),
        (("10", "个"), ("10", "个"), "10个≤10个", AGREES),
        (("11", "个"), ("10", "个"), "11个>10个", DIFFERS),
        (("1", "万人"), ("9999", "人"), "1万人>9999人", DIFFERS),
    ],
)
def test_bound(small: tuple[str, str], large: tuple[str, str], arithmetic: str, verdict: str) -> None:
    bound = Bound(id="b1", title="部分不大于总体", smaller="s", larger="l")
    (check,) = declared_checks.bound_checks(definition(bounds=[bound]), figures(s=small, l=large))
    assert (check.arithmetic, check.verdict) == (arithmetic, verdict)


@pytest.mark.parametrize(
    ("printed", "recomputed", "difference", "verdict", "note"),
    [
        ("39", "7/18＝38.89%", "0.11百分点", AGREES, "7个街道"),
        ("40", "7/18＝38.89%", "1.11百分点", DIFFERS, "没有哪个整数个街道占18个的比例会印作40%"),
        ("42", "8/18＝44.44%", "-2.44百分点", DIFFERS, "没有哪个整数个街道占18个的比例会印作42%"),
        ("38.9", "7/18＝38.89%", "0.01百分点", AGREES, "7个街道"),
    ],
)
def test_coverage_fits_a_whole_number_or_not(printed: str, recomputed: str, difference: str, verdict: str, note: str) -> None:
    item = Coverage(id="k1", title="覆盖率", printed="p", of="n", what="街道")
    (check,) = declared_checks.coverage_checks(definition(coverage=[item]), figures(p=(printed, "%"), n="18"))
    assert (check.recomputed, check.difference, check.verdict, check.note) == (recomputed, difference, verdict, note)


@pytest.mark.parametrize(
    ("year", "share", "gap", "verdict"),
    [("2023", "100", "", AGREES), ("2023", "80", "0年", DIFFERS), ("2021", "100", "-2年", DIFFERS), ("2025", "100", "2年", DIFFERS)],
)
def test_deadline_given_twice(year: str, share: str, gap: str, verdict: str) -> None:
    item = Deadline(id="t1", title="全覆盖年份", box4=1, box3=5, milestone=2023)
    printed = figures(**{"T4#1:deadline_year": (year, "年"), "T3#5:2023": (share, "%")})
    (check,) = declared_checks.statement_checks(definition(deadlines=[item]), printed)
    assert (check.printed, check.recomputed, check.difference, check.verdict) == (f"{year}年", "2023年", gap, verdict)


ROWS = figures(**{"T1#1": "9", "T1target#1": "10", "T1#2": "10", "T1target#2": "10", "T1#3": "11", "T1target#3": "10", "p1": "2"})


@pytest.mark.parametrize(("count", "found", "difference", "verdict"), [("met", "2项", "0项", AGREES), ("exceeded", "1项", "+1项", DIFFERS)])
def test_counts_that_the_plan_states(count: str, found: str, difference: str, verdict: str) -> None:
    item = Count(id="c1", title="指标数", printed="p1", count=count, table="T1")
    check = next(declared_checks.count_checks(definition(counts=[item]), ROWS))
    assert (check.recomputed, check.difference, check.verdict) == (found, difference, verdict)


@pytest.mark.parametrize(
    ("table", "count", "expected", "found", "verdict"),
    [
        ("T3", "binding", 10, "10项", AGREES),
        ("T3", "expected", 14, "14项", AGREES),
        ("T3", "expected", 10, "14项", DIFFERS),
        ("T3", "rows", 24, "24项", AGREES),
        ("T2", "rows", 45, "45项", AGREES),
        ("T1", "rows", 27, "26项", DIFFERS),
    ],
)
def test_counts_expected_of_the_tables(table: str, count: str, expected: int, found: str, verdict: str) -> None:
    item = DeclaredCount(id="n1", title="行数", count=count, table=table, expected=expected)
    check = next(declared_checks.count_checks(definition(declared_counts=[item]), ROWS))
    assert (check.recomputed, check.verdict) == (found, verdict)


def missed_checks(*named: int) -> dict[str, Check]:
    parts = definition(missed=Missed(reference="某章", named=list(named)))
    return {check.id: check for check in declared_checks.count_checks(parts, ROWS)}


def test_more_named_as_missed_than_are() -> None:
    checks = missed_checks(1, 2)
    assert {id: check.verdict for id, check in checks.items()} == {"f00": DIFFERS, "f01": AGREES, "f02": DIFFERS}
    assert checks["f02"].recomputed == "完成率100%，达到目标"
    assert checks["f01"].recomputed == "完成率90%，未达到目标"


def test_missed_but_not_named_is_not_judged() -> None:
    checks = missed_checks()
    assert {id: check.verdict for id, check in checks.items()} == {"f00": AGREES, "f01": UNVERIFIABLE}
    assert checks["f01"].printed == "未列名"
