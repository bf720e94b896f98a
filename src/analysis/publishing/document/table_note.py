"""The note below a table: how its columns are computed, and where its numbers come from."""

from __future__ import annotations

from analysis.publishing.document.evidence import evidence_note
from analysis.publishing.document.model import TableBlock


def table_note(block: TableBlock) -> str:
    """Return the note, columns computed alike together; empty where there is nothing to say.

    Example:
        >>> counts = dict.fromkeys(("甲", "乙"), "逐行计数")
        >>> table = TableBlock("t", "表1", "题", ("判定", "甲", "乙"), (), frozenset({"甲", "乙"}), False, (), ("指标表全表",), counts)
        >>> table_note(table)
        '注：各列数字＝逐行计数。数据依据：指标表全表。'
    """
    columns: dict[str, list[str]] = {}
    for name in block.columns:
        if name in block.formulas:
            columns.setdefault(block.formulas[name], []).append(name)
    formulas = [f"{_named(names, block)}＝{formula}。" for formula, names in columns.items()]
    note = "".join([*formulas, evidence_note(block.places)])
    return f"注：{note}" if note else ""


def _named(names: list[str], block: TableBlock) -> str:
    """Name columns, or say that all columns of numbers are meant."""
    return "各列数字" if len(names) > 1 and set(names) == block.numeric else "、".join(names)
