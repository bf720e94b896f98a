"""Places of printed figures (``T2#13@12``, ``T3#9:2020``, ``p013``) and the figures that stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.observations.door import load_observations, load_table
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.rounding import Interval, printed_decimals, rounding_interval
from analysis.vocabulary.units import split_unit

_PLACE = re.compile(r"(?P<table>T1target|T1|T2|T3|T4)#(?P<number>\d+)(?:/(?P<part>[^:]+))?(?:@(?P<period>12))?(?::(?P<column>\w+))?")
_EXACT_MEASURES = ("stock", "flow", "standard")
_TABLE_NAMES = {"T1": "专栏1", "T1target": "专栏1", "T2": "专栏2", "T3": "专栏3", "T4": "专栏4"}


@dataclass(frozen=True)
class Figure:
    """One printed figure.

    Attributes:
        place: its address in this repository's notation.
        where: its address for a reader.
        value, unit: as printed.
        exact: a whole count or an amount fixed by rule, which rounding has not touched.
    """

    place: str
    where: str
    value: Decimal
    unit: str
    exact: bool

    @property
    def factor(self) -> Decimal:
        """Multiplier from the printed unit to the base unit (亿 is 10⁸, % is 0.01)."""
        return Decimal("0.01") if self.unit == "%" else split_unit(self.unit)[0]

    @property
    def base(self) -> Decimal:
        """Value in the base unit."""
        return self.value * self.factor

    @property
    def decimals(self) -> int:
        """Printed decimals."""
        return printed_decimals(self.value)

    def interval(self) -> Interval:
        """Return the values in the printed unit that the figure may stand for."""
        return Interval(self.value, self.value) if self.exact else rounding_interval(self.value)

    def base_interval(self) -> Interval:
        """Return the same in the base unit."""
        low, high = self.interval()
        return Interval(low * self.factor, high * self.factor)

    def __str__(self) -> str:
        return f"{self.value:f}{self.unit}"


def all_figures() -> dict[str, Figure]:
    """Return every printed figure of the plan by its place; places where the plan prints — are absent."""
    return _observed() | _projects() | _prose()


def figure_at(figures: dict[str, Figure], place: str) -> Figure:
    """Return the figure at a place.

    Raises:
        InputError: the notation is wrong, or the plan prints no figure there.
    """
    if place not in figures:
        raise InputError.single(f"核对项引用 {place}", "该处没有印制的数字", "T1#行、T2#行[@12]、T3#行[/分项]:年、T4#项:quantity 或 p###")
    return figures[place]


def place_of(text: str) -> str:
    """Bring a counterpart as recorded (``T4#1``) to its full notation (``T4#1:per_area``)."""
    found = _PLACE.fullmatch(text)
    if found and found.group("table") == "T4" and not found.group("column"):
        return f"{text}:per_area"
    return text


def _observed() -> dict[str, Figure]:
    figures = {}
    observations = load_observations().dropna(subset=["value"])
    for row in observations.itertuples():
        part = f"/{row.part}" if row.part else ""
        number = f"#{row.number}"
        if row.table == "专栏1":
            if row.kind == "印制完成率":
                continue
            place, column = ("T1" if row.kind == "观测" else "T1target") + number, "完成值" if row.kind == "观测" else "目标值"
        elif row.table == "专栏2":
            early = row.period_end == 2015
            place, column = f"T2{number}" + ("@12" if early else ""), "“十二五”" if early else "“十三五”"
        else:
            place, column = f"T3{number}{part}:{row.period_end}", f"{row.period_end}年{'实际值' if row.kind == '观测' else '目标值'}"
        value = Decimal(str(row.printed))
        whole = _is_whole(value, str(row.unit))
        exact = row.measure in _EXACT_MEASURES and whole
        figures[place] = Figure(place, f"{row.table}第{row.number}行{part.replace('/', '·')}{column}", value, str(row.unit), exact)
    return figures


def _projects() -> dict[str, Figure]:
    figures = {}
    for row in load_table("projects").itertuples():
        for column, title, unit in (
            ("quantity", "建设数量", str(row.unit)),
            ("minimum_per_area", f"每个{row.area_unit}至少", str(row.unit)),
            ("deadline_year", "完成年份", "年"),
        ):
            place = f"T4#{row.number}:{'per_area' if column == 'minimum_per_area' else column}"
            figures[place] = Figure(place, f"专栏4第{row.number}项{title}", Decimal(int(getattr(row, column))), unit, True)
    return figures


def _prose() -> dict[str, Figure]:
    figures = {}
    for row in load_table("prose_figures").itertuples():
        value = Decimal(str(row.printed))
        unit = str(row.unit)
        whole = _is_whole(value, unit)
        item = str(row.item)
        figures[str(row.id)] = Figure(str(row.id), f"{row.chapter}{item}", value, unit, whole)
    return figures


def _is_whole(value: Decimal, unit: str) -> bool:
    """Say whether a figure is printed to the last one: no decimals, no magnitude (万, 亿), no percentage."""
    return printed_decimals(value) == 0 and split_unit(unit)[0] == 1 and unit != "%"


def table_name(place: str) -> str:
    """Return the box a place lies in, or 正文."""
    found = _PLACE.fullmatch(place)
    return _TABLE_NAMES[found.group("table")] if found else "正文"
