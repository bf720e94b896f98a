"""A table as the page shows it: which cells head rows, how columns are set, what they are sorted by."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analysis.presentation import style
from analysis.publishing.document.evidence import evidence_note
from analysis.publishing.document.model import TableBlock
from analysis.publishing.web.sort_values import is_missing, sort_values

_SORTABLE_ROWS = 7  # shorter tables are taken in at a glance
_BROAD_COLUMNS = 12  # more than a page upright takes in print
_ALWAYS_SORTABLE = "verdicts"
_TOTAL = "合计"
_NAMING = ("指标", "统计数据", "数据", "任务", "核对内容", "假设")
_SHORT_EMS, _MIDDLE_EMS, _NUMBER_EMS, _BRIEF_EMS = 9, 16, 14, 5
_TONES = {
    style.MISSED_COLOUR: "behind", style.DOUBT_COLOUR: "nearly", style.MET_COLOUR: "met", style.EXCEEDED_COLOUR: "ahead",
    style.MUTED: "unknown",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes:
        text: what it says.
        kind: style classes, of its column and of its verdict.
        value: what its column is sorted by: a number, empty for a missing value that stays last, None for the words.
        heads: whether it names its row.
    """

    text: str
    kind: str
    value: str | None
    heads: bool


@dataclass(frozen=True)
class TableView:
    """A table as the page shows it.

    Attributes:
        block: the table.
        headers: class and name of each column.
        rows, totals: body, and the sums that stay below it.
        broad: whether it is printed on its side.
        sortable: whether its columns can be sorted.
        formulas: columns and how they are computed, those computed alike together.
        basis: where its numbers come from; empty for nothing known.
    """

    block: TableBlock
    headers: list[tuple[str, str]]
    rows: list[list[Cell]]
    totals: list[list[Cell]]
    broad: bool
    sortable: bool
    formulas: list[tuple[str, str]]
    basis: str

    @classmethod
    def of(cls, block: TableBlock, place_words: Callable[[Iterable[str]], str] = evidence_note) -> TableView:
        """Return the view of a table.

        Args:
            block: the table.
            place_words: words the places that its numbers come from.
        """
        heading = naming_column(block)
        kinds = [column_kind(_texts(block, position), name in block.numeric) for position, name in enumerate(block.columns)]
        columns = [_column(block, position, kind, position == heading) for position, kind in enumerate(kinds)]
        rows = [[column[position] for column in columns] for position in range(len(block.rows))]
        return cls(
            block,
            [
                (_header_kind(name, kind, position == heading), name)
                for position, (kind, name) in enumerate(zip(kinds, block.columns, strict=True))
            ],
            [row for row in rows if row[0].text != _TOTAL],
            [row for row in rows if row[0].text == _TOTAL],
            len(block.columns) >= _BROAD_COLUMNS,
            len(rows) >= _SORTABLE_ROWS or (block.id == _ALWAYS_SORTABLE and len(rows) > 1),
            _formulas(block),
            place_words((*block.places, *(place for row in block.evidence for place in row))),
        )


def naming_column(block: TableBlock) -> int:
    """Return the column that names the rows: 指标, 任务 and the like, else the first one of words.

    Args:
        block: the table.
    """
    words = [position for position, name in enumerate(block.columns) if name not in block.numeric]
    return next((position for position in words if block.columns[position] in _NAMING), words[0] if words else 0)


def _formulas(block: TableBlock) -> list[tuple[str, str]]:
    columns: dict[str, list[str]] = {}
    for name in block.columns:
        if name in block.formulas:
            columns.setdefault(block.formulas[name], []).append(name)
    return [("、".join(names), formula) for formula, names in columns.items()]


def _texts(block: TableBlock, position: int) -> list[str]:
    return [row[position] for row in block.rows]


def _header_kind(name: str, kind: str, heads: bool) -> str:
    return " ".join(word for word, due in ((kind, True), ("brief", _ems(name) <= _BRIEF_EMS), ("heads", heads)) if due)


def _column(block: TableBlock, position: int, kind: str, heads: bool) -> list[Cell]:
    texts = _texts(block, position)
    body = [text for text, row in zip(texts, block.rows, strict=True) if row[0] != _TOTAL]
    values = iter(sort_values(body, numeric=block.columns[position] in block.numeric))
    return [
        Cell(
            text,
            " ".join(filter(None, (kind, tone(text), "heads" if heads else ""))),
            None if row[0] == _TOTAL else _sorted_by(text, next(values)),
            heads,
        )
        for text, row in zip(texts, block.rows, strict=True)
    ]


def _sorted_by(text: str, number: float | None) -> str | None:
    if is_missing(text):
        return ""
    return None if number is None else repr(number).removesuffix(".0")


def column_kind(texts: list[str], numeric: bool) -> str:
    """Return the style class of a column by its longest cell: number, short, middle or long.

    Example:
        >>> column_kind(["1,128", "…"], True), column_kind(["约束性"], False), column_kind(["城乡低保标准年度增速（%）"], False)
        ('number', 'short', 'middle')
    """
    longest = max((_ems(text) for text in texts), default=0.0)
    if numeric:
        return "number" if longest <= _NUMBER_EMS else "number loose"
    return "short" if longest <= _SHORT_EMS else "middle" if longest <= _MIDDLE_EMS else "long"


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55 for letter in text)


def tone(text: str) -> str:
    """Return the style class of a verdict or outcome written as symbol and word; empty for other words.

    Example:
        >>> tone("× 未完成"), tone("▲ 超额完成"), tone("合计")
        ('behind', 'ahead', '')
    """
    word = text.partition(" ")[2]
    mark = style.STATUS_MARKS.get(word) or style.OUTCOME_MARKS.get(word)
    return _TONES.get(mark[1], "") if mark else ""
