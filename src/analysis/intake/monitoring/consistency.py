"""Readings against each other and against the base value: repeated figures, jumps that smell of another unit."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from analysis.archive.forms import MonitoringForm
from analysis.intake.monitoring.findings import Findings
from analysis.intake.monitoring.rows import Filled

# 万元 for 元 is 10,000; a true figure does not change a thousandfold within a plan.
JUMP = 1000
_PERCENT_BASE = 10
_ADVICE = "核对单位，误用万、亿等时换算；数字无误则在“已核对”填“是”"


def check_consistency(filled: Sequence[Filled], form: MonitoringForm, findings: Findings) -> None:
    """Check the readings of one file together.

    Args:
        filled: all its readings.
        form: what the file is a form of.
        findings: takes what is found.
    """
    _check_repeats(filled, findings)
    _check_commitments(filled, form, findings)
    groups: dict[tuple[str, str], list[Filled]] = defaultdict(list)
    for item in filled:
        if not item.reading.has_value:
            continue
        if _looks_like_ratio(item):
            value = item.reading.value
            findings.error(
                item.cell, item.about, f"{value:g}，疑似把比例当百分数", "以%计的数，如80表示80%",
                f"如为{value * 100:g}%，改为{value * 100:g}；数字无误则在“已核对”填“是”",
            )  # fmt: skip
        else:
            groups[item.reading.series, item.reading.part].append(item)
    for group in groups.values():
        _check_jumps(group, findings)


def _check_repeats(filled: Sequence[Filled], findings: Findings) -> None:
    """Tell two figures of one series that would be in force from the same day, unless their editions say which came later."""
    seen: dict[tuple[object, ...], list[Filled]] = defaultdict(list)
    for item in filled:
        reading = item.reading
        year_start = datetime.date(reading.year, 1, 1)
        since = max(reading.effective_date or year_start, year_start)
        same = seen[reading.series, reading.part, reading.year, since]
        other = next((one for one in same if reading.edition == one.reading.edition or not (reading.edition and one.reading.edition)), None)
        if other is not None:
            findings.error(
                item.cell, item.about, f"与 {other.cell.address} 重复", "同一指标、年份、生效日期、数据版本只填一次",
                "删去一行；修订数要填不同的数据版本，年中调整要填生效日期",
            )  # fmt: skip
        same.append(item)


def _check_commitments(filled: Sequence[Filled], form: MonitoringForm, findings: Findings) -> None:
    """Tell a task that says another number than the indicator which counts the same thing."""
    counted = {(item.reading.series, item.reading.year): item for item in filled if item.reading.count is not None}
    same_thing = {task.id: str(task.indicator) for task in form.commitments if task.indicator is not None}
    for item in filled:
        reading = item.reading
        other = counted.get((same_thing.get(reading.series, ""), reading.year))
        if other is None or not reading.has_value or reading.value == other.reading.count or reading.verified:
            continue
        findings.error(
            item.cell, item.about, f"{reading.value:g}，而指标{other.reading.series}的k为{other.reading.count}", "同一事项两处相同",
            "核对后改正其中一处；确属不同时点的，在备注说明并在“已核对”填“是”",
        )  # fmt: skip


def _looks_like_ratio(item: Filled) -> bool:
    reading, base, total = item.reading, item.row.base_value, item.row.counted_total
    if not item.row.is_share or reading.verified or reading.count is not None or not 0 < reading.value <= 1:
        return False
    if reading.value == 1:  # 100 % as a ratio, or 1 %: a base tells which
        return base is not None and base >= _PERCENT_BASE
    less_than_one_counted = total is not None and reading.value * total < 50  # half of one of N, in percent
    return base is None or base >= _PERCENT_BASE or less_than_one_counted


def _off(first: float, second: float) -> bool:
    return bool(first and second) and not 1 / JUMP < abs(first / second) < JUMP


def _check_jumps(group: list[Filled], findings: Findings) -> None:
    """Tell jumps: against the base the reading itself is to blame; of two readings, the one that is off more often."""
    if group[0].row.may_be_negative:
        return  # growth may come near zero in one year and not in the next
    base = group[0].row.base_value
    rest = []
    for item in group:
        if base is None or not _off(item.reading.value, base):
            rest.append(item)
        elif not item.reading.verified:
            _tell(item, base, "基期值", findings)
    against = {id(item): [other for other in rest if _off(item.reading.value, other.reading.value)] for item in rest}
    for item in rest:
        blamed = [other for other in against[id(item)] if len(against[id(item)]) >= len(against[id(other)])]
        if blamed and not item.reading.verified:
            _tell(item, blamed[0].reading.value, f"{blamed[0].reading.year}年", findings)


def _tell(item: Filled, reference: float, name: str, findings: Findings) -> None:
    value = item.reading.value
    times = abs(value / reference)
    factor = f"{times:,.0f}倍" if times >= 1 else f"1/{1 / times:,.0f}"
    found = f"{value:,.10g}，为{name}{reference:,.10g}的{factor}，疑似单位错误"
    findings.error(item.cell, item.about, found, f"与基期、其他年份同为{item.row.unit}", _ADVICE)
