"""Cells of the workbook: text as text, numbers as numbers, each with the format that shows it as the report does."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.presentation import style, wording
from analysis.presentation.record import FORMULA_STARTS
from analysis.presentation.tables import status_words
from analysis.publishing.workbook.columns import WORDED, WORDS, YES_NO, Sort, column

_NUMBER = re.compile(r"(?P<sign>[+−-]?)(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?P<part>\.\d+)?(?P<suffix>%|＊|[一-鿿]{1,4})?")
_PLAIN_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?")
_MOST_DIGITS = 15  # what a spreadsheet keeps of a number
_POINTS = "百分点"
_PRINTED_NUMBERS = ("indicator_id", "number", "series")
_STATUS_COLOURS = {
    f"{symbol} {word}": style.words_in(colour)
    for marks in (style.STATUS_MARKS, style.OUTCOME_MARKS)
    for word, (symbol, colour) in marks.items()
}
_SYMBOL_COLOURS = {"× ": style.MISSED_COLOUR, "≠ ": style.MISSED_COLOUR}


@dataclass(frozen=True)
class Value:
    """One cell.

    Attributes:
        content: the text or number; an empty text for an empty cell.
        number_format: how a number is shown; empty for text.
        shown: the number as it is shown, or the text.
        colour: colour of the words; empty for the usual one.
    """

    content: str | float
    number_format: str
    shown: str
    colour: str = ""

    @property
    def is_number(self) -> bool:
        """Say whether it is a number."""
        return not isinstance(self.content, str)


def text(words: str) -> Value:
    """Return a text cell; a verdict gets the colour of its sort."""
    colour = _STATUS_COLOURS.get(words) or _SYMBOL_COLOURS.get(words[:2], "")
    return Value(words, "", words, colour)


def number_format(decimals: int, suffix: str = "", *, signed: bool = False, grouped: bool = True) -> str:
    """Return a number format: thousands separators, a true minus sign, a fixed suffix.

    Example:
        >>> number_format(1, "%"), number_format(0, "年", grouped=False)
        ('#,##0.0%;"−"#,##0.0%', '0"年";"−"0"年"')
        >>> number_format(2, "百分点", signed=True)
        '"+"#,##0.00"百分点";"−"#,##0.00"百分点";#,##0.00"百分点"'
    """
    body = ("#,##0" if grouped else "0") + (f".{'0' * decimals}" if decimals else "")
    body += suffix if suffix in ("", "%") else f'"{suffix}"'
    return f'"+"{body};"−"{body};{body}' if signed else f'{body};"−"{body}'


def from_text(cell: str) -> Value:
    """Return a cell of a report's table: what reads as one number becomes one, everything else stays text.

    Example:
        >>> [from_text(cell).content for cell in ("66.2%", "1,805", "−3.2百分点", "…", "007", "82（123/150）")]
        [0.662, 1805.0, -3.2, '…', '007', '82（123/150）']
    """
    found = _NUMBER.fullmatch(cell)
    if found is None or sum(character.isdigit() for character in cell) > _MOST_DIGITS:
        return text(cell)
    part, suffix = found["part"] or "", found["suffix"] or ""
    size = float(found["whole"].replace(",", "") + part)
    # Division by 100 is exact to the last digit that is shown; a product with 0.01 is not.
    number = (size / 100 if suffix == "%" else size) * (-1 if found["sign"] in ("−", "-") else 1)
    grouped = "," in cell or size < 1000  # years and printed numbers stand without separators
    shape = number_format(max(len(part) - 1, 0), suffix, signed=found["sign"] == "+", grouped=grouped)
    return Value(number, shape, cell)


def from_data(row: Mapping[str, str], name: str) -> Value:
    """Return a cell of a data file.

    Args:
        row: the row as written in the CSV file; its ``unit`` and ``rule_compares`` say how its figures are shown.
        name: the column.
    """
    cell, sort = row[name], column(name).sort
    if sort is Sort.STATUS and cell in style.STATUS_MARKS:
        return text(status_words(cell))
    if sort is Sort.FLAG:
        return text(YES_NO.get(cell.lower(), cell))
    if name in _PRINTED_NUMBERS:
        # The id of a context series is no word for a reader; its name stands beside it.
        return from_text(cell) if cell.isdigit() else text("背景" if name == "series" else cell)
    if sort in (Sort.TEXT, Sort.STATUS) or not _PLAIN_NUMBER.fullmatch(cell):
        return text(WORDS.get(cell, cell) if name in WORDED else without_guard(cell))
    return _number(float(cell), sort, "%" if _on_growth(row, sort) else row.get("unit", ""))


def without_guard(cell: str) -> str:
    """Return text without the ' that a CSV file puts before what looks like a formula; here it is text by its type.

    Example:
        >>> without_guard("'=1+1"), without_guard("'十四五'")
        ('=1+1', "'十四五'")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _on_growth(row: Mapping[str, str], sort: Sort) -> bool:
    return sort in (Sort.RULE_LEVEL, Sort.RULE_STEP) and row.get("rule_compares") == "growth"


def _number(number: float, sort: Sort, unit: str) -> Value:
    if not math.isfinite(number):
        return text(wording.MISSING_MARK)
    if sort is Sort.YEAR:
        return Value(number, number_format(0, grouped=False), f"{number:.0f}")
    if sort is Sort.RATIO:
        return _percent(number, max(1, _places(wording.percent_apart(number))))
    if sort is Sort.PERCENT:
        return _percent(number / 100, 1)
    if sort is Sort.PACE:
        return _shown(number, max(2, _places(wording.ratio_apart(number))))
    if sort in (Sort.GAP, Sort.STEP, Sort.RULE_STEP):
        return _shown(number, _decimals(number), _POINTS if unit == "%" else "", signed=sort is not Sort.GAP)
    if sort in (Sort.LEVEL, Sort.RULE_LEVEL) and unit == "%":
        return _percent(number / 100, _places(wording.number(number, 2)))
    return _shown(number, _decimals(number))


def _decimals(number: float) -> int:
    """Return how many decimals a level shows: at most two, three below 10, as the tables of the report do."""
    return _places(wording.number(number, 3 if abs(number) < 10 else 2))


def _places(words: str) -> int:
    """Count the decimals of a written number."""
    return len(words.rstrip("%").partition(".")[2])


def _percent(ratio: float, decimals: int) -> Value:
    return Value(ratio, number_format(decimals, "%"), f"{wording.number(ratio * 100, decimals, keep_zeros=True)}%")


def _shown(number: float, decimals: int, suffix: str = "", *, signed: bool = False) -> Value:
    words = wording.number(number, decimals, keep_zeros=True)
    plus = "+" if signed and number > 0 else ""
    return Value(number, number_format(decimals, suffix, signed=signed), f"{plus}{words}{suffix}")
