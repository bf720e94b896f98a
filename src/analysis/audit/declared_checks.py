"""The checks that ``parameters/audit/*.yml`` declares."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from analysis.audit.arithmetic import AGREES, DIFFERS, UNVERIFIABLE, WITHIN_ROUNDING, evaluate, in_unit, shown
from analysis.audit.check import Check, compared, counted
from analysis.audit.definitions import AuditDefinition
from analysis.audit.places import Figure, figure_at
from analysis.observations.door import load_observations, load_table
from analysis.vocabulary.rounding import round_half_up
from analysis.vocabulary.units import split_unit

SLIPS = "文字与名称"
NAMED_AS_MISSED = "正文所称未完成指标"


def derived_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Printed figures against quantities derived from others."""
    for item in definition.derived:
        printed = figure_at(figures, item.printed)
        yield compared(item.id, "表间推算", item.title, printed, evaluate(item, figures), item.note)


def implied_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Quantities implied twice, and quantities that the plan does not print at all."""
    for pair in definition.implied_equal:
        factor = split_unit(pair.unit)[0]
        first, second = (in_unit(evaluate(part, figures), factor) for part in (pair.first, pair.second))
        ranges = [f"{shown(r.interval.low, '')}～{shown(r.interval.high, pair.unit)}" for r in (first, second)]
        same = first.interval.overlaps(second.interval)
        exact = round_half_up(first.value, 2) == round_half_up(second.value, 2)
        notes = [pair.note, f"舍入允许的范围：{ranges[0]}与{ranges[1]}" if not exact else ""]
        yield Check(
            pair.id, "隐含值互核", pair.title, "由所列数字推算", shown(first.value, pair.unit), shown(second.value, pair.unit),
            shown(first.value - second.value, pair.unit), AGREES if exact else WITHIN_ROUNDING if same else DIFFERS,
            f"{first.arithmetic}；{second.arithmetic}", "；".join(note for note in notes if note),
        )  # fmt: skip
    for item in definition.implied:
        result = in_unit(evaluate(item, figures), split_unit(item.unit)[0])
        low, high = result.interval
        yield Check(
            item.id, "隐含值", item.title, "由所列数字推算", "", shown(result.value, item.unit), "", UNVERIFIABLE, result.arithmetic,
            f"{item.note}；舍入允许的范围：{shown(low, '')}～{shown(high, item.unit)}",
        )  # fmt: skip


def bound_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Parts against wholes, milestones against targets."""
    for item in definition.bounds:
        small, large = figure_at(figures, item.smaller), figure_at(figures, item.larger)
        holds = small.base <= large.base
        yield Check(
            item.id, "部分与总体、先后次序", item.title, f"{small.where}、{large.where}", str(small), f"不大于{large}", "",
            AGREES if holds else DIFFERS, f"{small}{'≤' if holds else '>'}{large}", item.note,
        )  # fmt: skip


def coverage_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Printed shares of N things as k of N: some whole k must round to the printed share."""
    for item in definition.coverage:
        printed, whole = figure_at(figures, item.printed), int(figure_at(figures, item.of).value)
        k = int(round_half_up(printed.base * whole))
        share = Decimal(k) / whole * 100
        fits = round_half_up(share, printed.decimals) == printed.value
        note = f"{k}个{item.what}" if fits else f"没有哪个整数个{item.what}占{whole}个的比例会印作{printed}"
        yield Check(
            item.id, "覆盖率与个数", item.title, printed.where, str(printed), f"{k}/{whole}＝{shown(share, '%')}",
            shown(printed.value - share, "百分点"), AGREES if fits else DIFFERS,
            f"{printed}×{whole}＝{shown(printed.base * whole, '个')}", note,
        )  # fmt: skip


def count_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Counts that the plan states about itself, and counts expected of the tables."""
    for item in definition.counts:
        printed = figure_at(figures, item.printed)
        found = _count(item.table, item.count, figures)
        yield counted(item.id, "规划自述", item.title, printed.where, int(printed.value), found, "项", "")
    for expected in definition.declared_counts:
        found = _count(expected.table, expected.count, figures)
        yield counted(
            expected.id,
            "行数清点（本评估登记）",
            expected.title,
            "本评估登记",
            expected.expected,
            found,
            "项",
            "规划未自述该数；用以防止漏读",
        )
    missed = definition.missed
    short = len(_missed_rows(figures))
    stated = f"至少{len(missed.named)}项（列举后有“等”）"
    yield Check(
        "f00", NAMED_AS_MISSED, "未完成指标的项数", missed.reference, stated, f"{short}项", "",
        AGREES if len(missed.named) <= short else DIFFERS, "指标数－完成数", "正文列举的未完成项数多于指标数减完成数",
    )  # fmt: skip
    names = load_observations(table="专栏1").drop_duplicates("number").set_index("number")["name"].to_dict()
    for number in sorted({*missed.named, *_missed_rows(figures)}):
        actual, target = figures[f"T1#{number}"], figures[f"T1target#{number}"]
        rate = shown(actual.base / target.base * 100, "%")
        named, fell_short = number in missed.named, actual.base < target.base
        if named:
            note = "" if fell_short else "正文列为未完成，表中已达目标"
        else:
            note = "表中未达目标；正文未列名，列举后有“等”，是否包括本项无从判断"
        yield Check(
            f"f{number:02d}", NAMED_AS_MISSED, names[number], f"{missed.reference}、专栏1第{number}行",
            "列为未完成" if named else "未列名", f"完成率{rate}，{'未达到' if fell_short else '达到'}目标", "",
            AGREES if named and fell_short else DIFFERS if named else UNVERIFIABLE, f"{actual}÷{target}", note,
        )  # fmt: skip


def statement_checks(definition: AuditDefinition, figures: dict[str, Figure]) -> Iterator[Check]:
    """Deadlines given twice, headings against figures, statements without counterpart, slips of print."""
    for item in definition.deadlines:
        box4, box3 = figures[f"T4#{item.box4}:deadline_year"], figures[f"T3#{item.box3}:{item.milestone}"]
        same = int(box4.value) == item.milestone and box3.value == 100
        gap = "" if same else f"{int(box4.value) - item.milestone}年"
        yield Check(
            item.id, "期限", item.title, f"{box4.where}、{box3.where}", f"{box4.value}年", f"{item.milestone}年", gap,
            AGREES if same else DIFFERS, "", item.note,
        )  # fmt: skip
    subjects = load_table("prose_figures").set_index("id")["subject"].to_dict()
    for statement in definition.unverifiable:
        printed = figure_at(figures, statement.printed)
        yield Check(
            statement.id,
            "无对应数据",
            subjects.get(statement.printed, printed.where),
            printed.where,
            str(printed),
            "",
            "",
            UNVERIFIABLE,
            "",
            statement.note,
        )


def slip_checks() -> Iterator[Check]:
    """Slips of print and names, as recorded with the deposit."""
    for row in load_table("printing_slips").itertuples():
        verdict = DIFFERS if row.certainty == "确定" else UNVERIFIABLE
        yield Check(
            str(row.id),
            SLIPS,
            str(row.problem),
            str(row.chapter),
            f"“{row.printed}”",
            "",
            "",
            verdict,
            "",
            f"建议：{row.suggestion}（{row.certainty}）",
        )


def _count(table: str, what: str, figures: dict[str, Figure]) -> int:
    if what == "rows":
        box = load_observations(table={"T1": "专栏1", "T2": "专栏2", "T3": "专栏3"}[table])
        return int(box["number"].nunique())
    if table == "T3":
        word = "约束性" if what == "binding" else "预期性"
        box = load_observations(table="专栏3")
        return int(box.loc[box["binding"] == word, "number"].nunique())
    pairs = [(figures[place], figures[place.replace("T1", "T1target")]) for place in figures if place.startswith("T1#")]
    return sum(actual.base > target.base if what == "exceeded" else actual.base >= target.base for actual, target in pairs)


def _missed_rows(figures: dict[str, Figure]) -> list[int]:
    numbers = [int(place[3:]) for place in figures if place.startswith("T1#")]
    return [n for n in numbers if figures[f"T1#{n}"].base < figures[f"T1target#{n}"].base]
