"""The numbers of a chart: as drawn in it, and in the rows of the data behind it."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from analysis.publishing.document.model import ChartBlock
from analysis.publishing.workbook.columns import Sort, column

HAN_WORDS = re.compile(r"[\u4e00-\u9fff].+")  # a cell that names its row
IDS, YEARS = ("indicator_id", "number", "series", "part", "id"), ("year", "first_year", "last_year")
_DRAWN = re.compile(r"<!-- (.*?) -->", re.DOTALL)  # each text of a drawing stands in a comment before its outlines
NUMBERED = re.compile(r"[●×▲○…↓※]\d+|\d+ \S.*")  # a row's own number: behind its mark, or before its name
_MOST = 3  # a number that more rows hold is not told row by row


@dataclass(frozen=True)
class Match:
    """A cell of a chart's data that a drawn number shows.

    Attributes:
        line: of the file, from 1; 0 for a sum of the column.
        column: as the file names it.
        row: what the row is about.
        formula: how the number follows from the cell; empty where it is the same.
    """

    line: int
    column: str
    row: str
    formula: str = ""

    def words(self) -> str:
        """Return row and column for a reader."""
        return "，".join(filter(None, (self.row, column(self.column).heading)))


def drawn_words(chart: ChartBlock) -> list[str]:
    """Return the texts drawn in a chart, without its title, its measure and its sources, which are told apart."""
    told = _squeezed(f"{chart.finding}{chart.measure}{chart.sources}")
    words = [html.unescape(text) for text in _DRAWN.findall(chart.svg)]
    return [text for text in words if _squeezed(text) not in told]


def matches(label: str, text: str, table: str) -> list[Match]:
    r"""Return the cells that a number drawn in a chart shows, as written or as charts round.

    Args:
        label: the text drawn that the number stands in.
        text: the number.
        table: the data behind the chart.

    Example:
        >>> rows = "name,elders,gap\n甲,265000,-896.11\n乙,319600,777.9\n"
        >>> [(found.line, found.column, found.formula) for found in matches("余900", "900", rows)]
        [(2, 'gap', '取整到百')]
        >>> matches("265,000→319,600", "319,600", rows)[0].words()
        '乙，长者（人）'
    """
    heading, *cells = data_rows(table)
    own = [name for name in heading[1] if name in IDS]
    if NUMBERED.fullmatch(label):
        return _held(text, heading[1], cells, own)[:1]  # a row of each year has the same number
    rest = [name for name in heading[1] if name not in IDS]
    return _held(text, heading[1], cells, rest) or _summed(text, heading[1], cells) or _held(text, heading[1], cells, own)


def _held(text: str, heading: tuple[str, ...], rows: list[tuple[int, tuple[str, ...]]], columns: list[str]) -> list[Match]:
    for formula, fits in _forms(text):
        found = [
            Match(line, name, _about(named), formula)
            for line, cells in rows
            for named in (dict(zip(heading, cells, strict=False)),)
            for name in columns
            if (value := _value(named.get(name, ""))) is not None and fits(value, _in_percent(name, named))
        ]
        if len({match.line for match in found}) > _MOST and columns[0] not in IDS:
            return [Match(0, name, "多行同有", formula) for name in dict.fromkeys(match.column for match in found)]
        if found:
            return found
    return []


def _forms(text: str) -> Iterator[tuple[str, Callable[[float, bool], bool]]]:
    """Yield the ways in which a chart may show a value, the nearest first; signs are often put in words (缺, 余)."""
    plain = bare(text)
    asked, digits, percent = abs(float(plain)), len(plain.partition(".")[2]), text.endswith("%")
    half = 0.5 * 10**-digits + 1e-9

    def near(value: float, within: float) -> bool:
        return abs(abs(value) - asked) <= within

    if percent:
        yield "", lambda value, share: share and near(value, 1e-9)
        yield "四舍五入", lambda value, share: share and near(value, half)
        yield "化为百分数", lambda value, share: not share and near(value * 100, half)
        return
    yield "", lambda value, _: near(value, 1e-9)
    yield "四舍五入", lambda value, _: near(value, half)
    if digits == 0 and asked >= 100 and asked % 100 == 0:
        yield "取整到百", lambda value, _: near(value, 50)
    yield "以万为单位", lambda value, _: abs(value) >= 1000 and near(value / 10000, half)


def _summed(text: str, heading: tuple[str, ...], rows: list[tuple[int, tuple[str, ...]]]) -> list[Match]:
    """Return the columns of counts whose sum a number is."""
    if "%" in text or "." in text:
        return []
    found = []
    for position, name in enumerate(heading):
        values = [cells[position] for _, cells in rows]
        counts = name not in (*IDS, *YEARS) and len(values) > 1 and all(value.isdigit() for value in values)
        if counts and sum(map(int, values)) == float(bare(text)):
            found.append(Match(0, name, "各行合计", "逐行相加"))
    return found


def _in_percent(name: str, row: dict[str, str]) -> bool:
    sort = column(name).sort
    return sort is Sort.PERCENT or (sort is Sort.LEVEL and row.get("unit") == "%")


def _about(row: dict[str, str]) -> str:
    words = row.get("name") or "·".join(cell for name, cell in row.items() if HAN_WORDS.fullmatch(cell) and name not in ("unit", "note"))
    unit = row.get("unit", "")
    return f"{words}（{unit}）" if unit and words else words


def _value(cell: str) -> float | None:
    try:
        return float(bare(cell))
    except ValueError:
        return None


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def data_rows(table: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    r"""Return the rows of a table, each with the line of the file that it begins in.

    Example:
        >>> data_rows('name,value\n"甲\n（注）",1\n乙,2\n')
        ((1, ('name', 'value')), (2, ('甲\n（注）', '1')), (4, ('乙', '2')))
    """
    found, line = [], 1
    reader = csv.reader(io.StringIO(table, newline=""))
    for cells in reader:
        found.append((line, tuple(cells)))
        line = reader.line_num + 1
    return tuple(found)


@cache
def bare(text: str) -> str:
    """Return a number without separators, percent sign and zeros at its end.

    Example:
        >>> bare("2,433.10"), bare("66.2%"), bare("−1.4"), bare("甲")
        ('2433.1', '66.2', '-1.4', '甲')
    """
    bare = text.strip('"% +').replace(",", "").replace("−", "-")
    return bare.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", bare) else bare
