"""专栏4: build-out commitments (so many of what, one in each of which area, by which year)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from analysis.intake.boxes import Box
from analysis.intake.names import name_defect, plain
from analysis.intake.scanner import Scanner
from analysis.vocabulary.errors import Problem

_ITEM = re.compile(r"(?P<name>[^。：（）]{2,30})（(?P<quantity>\d+)(?P<unit>[^\d（）]{1,3})）[：:](?P<text>[^。]+)。")
_HEAD = re.compile(r"（\d+[^\d（）]{1,3}）[：:]")
_AREA = re.compile(r"每个(街道|社区|镇街|镇|村)")
_DEADLINE = re.compile(r"(?:到|于)?(\d{4})年(?:底)?(?:前)?")
_PER_AREA = re.compile(r"至少(\d+)(?:个|张|间|所|处)")
_FLOOR_AREA = re.compile(r"面积(?:不少于|不低于|达)?(\d+)平方米(以上)?")
# A figure of the text that is none: a letter for a digit, or the words that follow it with nothing before.
_NO_FIGURE = re.compile(
    r"(?:\d*[A-Za-z][\dA-Za-z]*|(?<!\d)(?:\d{1,3}|\d{5,}))年|[\dA-Za-z]*[A-Za-z][\dA-Za-z]*(?:平方米|[个张间所处])|(?<!\d)平方米"
    r"|至少(?!\d+[个张间所处])[^，。]{0,4}?[个张间所处]"
)
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
    pages, end = box.pages, box.end
    projects: list[Project] = []
    problems: list[Problem] = []
    position = box.start

    def tell(at: int, found: str, expected: str = "项目名称（数量）：内容。") -> None:
        problems.append(pages.problem(at, box.label, found, expected, "核对该项目的写法"))

    while item := _ITEM.search(pages.text[:end], position):
        if left := plain(pages.text[position : item.start()]):
            tell(position, left[:30])
        scanner = Scanner(pages, item.start("name"), end, box.label)
        stray = name_defect(scanner, item.start("name"), item.end("name"), 0)
        if stray is not None or pages.text[item.start("name")].isdigit():
            tell(item.start("name"), item["name"], "以汉字开头的项目名称")
        if second := _HEAD.search(pages.text, item.start("text"), item.end("text")):
            tell(second.start(), plain(pages.text[second.start() - 10 : second.end()]), "前一项目以。结束")
        if broken := _NO_FIGURE.search(pages.text, item.start("text"), item.end("text")):
            tell(broken.start(), broken.group(), "完整的数字")
        projects.append(_project(len(projects) + 1, item, pages.line_at(item.start())))
        position = item.end()
    if left := plain(pages.text[position:end]):
        tell(position, left[:30])
    damaged = pages.text.find("\ufffd", box.start, end)
    if damaged >= 0:
        tell(damaged, "无法显示的字符（�）", "完整的文字")
    if not projects and not problems:
        tell(box.start, "没有任何项目")
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
