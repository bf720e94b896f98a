"""专栏4: build-out commitments (so many of what, one in each of which area, by which year)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.rows import plain
from analysis.vocabulary.errors import Problem

_ITEM = re.compile(r"(?:^|(?<=。))(?P<name>[^。：（）]{2,30})（(?P<quantity>\d+)(?P<unit>[^\d（）]{1,3})）[：:](?P<text>[^。]+)。")
_AREA = re.compile(r"每个(街道|社区|镇街|镇|村)")
_DEADLINE = re.compile(r"(?:到|于)?(\d{4})年(?:底)?(?:前)?")
_PER_AREA = re.compile(r"至少(\d+)(?:个|张|间|所|处)")
_FLOOR_AREA = re.compile(r"面积(?:不少于|不低于|达)?(\d+)平方米(以上)?")
_FUNCTIONS = re.compile(r"具备(.+?)等?(?:综合)?功能")
_EXCEPTION = re.compile(r"（([^（）]+)）")


@dataclass(frozen=True)
class Project:
    """One commitment of 专栏4.

    Attributes:
        quantity, unit: how many are to be built.
        area_unit, minimum_per_area: at least so many in each of these areas.
        deadline_year: by the end of which year.
        minimum_floor_area_m2: floor area each must have at least.
        functions: functions each must have, joined by 、.
        exception: whether the text allows exceptions (可…合设), as printed in brackets; empty where none.
    """

    number: int
    name: str
    quantity: int
    unit: str
    area_unit: str
    minimum_per_area: int | None
    deadline_year: int | None
    minimum_floor_area_m2: Decimal | None
    functions: str
    exception: str
    source_line: int


def read_projects(box: Box) -> tuple[list[Project], list[Problem]]:
    """Read 专栏4; return its commitments and every passage that is none."""
    text = box.pages.text[box.start : box.end]
    projects: list[Project] = []
    problems: list[Problem] = []
    position = 0

    def unplaced(start: int, end: int) -> None:
        left = plain(text[start:end])
        if left:
            problems.append(
                box.pages.problem(box.start + start, box.label, left[:30], "项目名称（数量）：内容。", "核对该项目的写法")
            )

    for item in _ITEM.finditer(text):
        unplaced(position, item.start())
        position = item.end()
        projects.append(_project(len(projects) + 1, item, box.pages.line_at(box.start + item.start())))
    unplaced(position, len(text))
    return projects, problems


def _project(number: int, item: re.Match[str], line: int) -> Project:
    content = plain(item.group("text"))
    area, deadline, per_area, floor, functions, exception = (
        pattern.search(content) for pattern in (_AREA, _DEADLINE, _PER_AREA, _FLOOR_AREA, _FUNCTIONS, _EXCEPTION)
    )
    allowed = exception.group(1) if exception and "可" in exception.group(1) else ""
    return Project(
        number,
        plain(item.group("name")),
        int(item.group("quantity")),
        plain(item.group("unit")),
        area.group(1) if area else "",
        int(per_area.group(1)) if per_area else None,
        int(deadline.group(1)) if deadline else None,
        Decimal(floor.group(1)) if floor else None,
        functions.group(1) if functions else "",
        allowed[allowed.index("可") :] if allowed else "",
        line,
    )
