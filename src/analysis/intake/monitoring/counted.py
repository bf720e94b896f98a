"""Shares that are counted k of N: the two numbers, and the share that follows from them exactly."""

from __future__ import annotations

from decimal import Decimal

from analysis.archive.forms import FormRow
from analysis.intake.monitoring.examined_row import ExaminedRow
from analysis.vocabulary.rounding import rounding_interval

# A binary number from a workbook carries some 15 digits, whatever was typed.
NOISE = Decimal("1e-9")


def read_counts(row: ExaminedRow, form_row: FormRow, verified: bool) -> tuple[int | None, int | None]:
    """Return k and N; N is the form's where the row leaves it empty.

    Args:
        row: the row, which is told of every problem of the two.
        form_row: its row of the form.
        verified: whether 已核对 says 是, so that another N than the form's is meant.
    """
    count_cell, total_cell = row.table.cell("count"), row.table.cell("total")
    count, total = row.whole("count"), row.whole("total")
    if not form_row.is_share:
        for cell in (count_cell, total_cell):
            if cell.value is not None:
                row.refuse(cell, cell.text[:20], "空", "该行不是占比，不填k和N；数填在“数值”")
        return None, None
    if total == 0:
        row.refuse(total_cell, "0", "大于0的整数", "填应达到的总数")
        return count, None
    if total is None and total_cell.value is None:
        total = form_row.counted_total
    elif total is not None and form_row.counted_total not in (None, total) and not verified:
        row.refuse(
            total_cell, str(total), f"{form_row.counted_total}（规划的{form_row.counted_unit}总数）",
            "改回规划的总数；总数确有变动时，在备注说明并在“已核对”填“是”",
        )  # fmt: skip
    if count is not None and total is None and total_cell.value is None:
        row.refuse(total_cell if "total" in row.table.cells else count_cell, "填了k而没有N", "应达到的总数N", "补上N")
    if count is not None and total is not None and count > total:
        row.refuse(count_cell, f"k为{count}，大于N（{total}）", f"不大于{total}", "核对已达到数和总数")
    return count, total


def agreed_share(row: ExaminedRow, typed: float | None, count: int, total: int) -> float:
    """Return 100·k/N, whatever is typed beside it: 221 of 222 typed as 100 is no 100 %.

    The typed figure is a check only: it must be that share within its own rounding.
    """
    exact = Decimal(100 * count) / total
    if typed is not None and not agrees(exact, typed):
        row.refuse(
            row.table.cell("value"), f"{typed:g}，而k÷N＝{count}÷{total}＝{exact:.2f}%", "数值与k÷N一致", "核对三个数；或只填k，数值留空"
        )
    return 100 * count / total


def agrees(exact: Decimal, printed: float) -> bool:
    """Say whether a figure, as printed, may stand for an exact one.

    Example:
        >>> agrees(Decimal(700) / 18, 38.9), agrees(Decimal(700) / 18, 40)
        (True, False)
    """
    interval = rounding_interval(Decimal(int(printed)) if float(printed).is_integer() else Decimal(repr(printed)))
    return interval.low - NOISE <= exact <= interval.high + NOISE
