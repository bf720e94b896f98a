"""Where the boxes' titles and table headers stand, and whether a header's columns are those that are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.intake.page_text import PageText
from analysis.vocabulary.errors import Problem

ACHIEVED, STATISTICS, PLANNED, PROJECTS = "achieved_indicators", "statistics", "planned_indicators", "projects"

_QUOTE = "[“”\"‘’'「」＂]?"
_PERIOD = f"{_QUOTE}十[一二三四五六七]五{_QUOTE}"
_LABEL = r"专栏(?:\d+|[一二三四五六七八九十]+)"
# A title holds no figures but years, no sentence and no header: so it can't run on into the rows.
_WORDS = r"(?:(?!专栏|类别|序号)(?:[^。；，：\d%（）]|\d{4}(?=[年—\-])|（续[上]?表?）))"
_TITLE_START = rf"【?续?(?P<label>{_LABEL})】?[：:]?"
_TABLE_TITLE = re.compile(rf"{_TITLE_START}{_WORDS}{{0,60}}$")
_PROJECTS_TITLE = re.compile(rf"{_TITLE_START}{_WORDS}{{2,60}}?(?:重点|工程|项目|任务|行动|安排)")
_HEADERS = {
    ACHIEVED: rf"类别序号指标(?:名称)?(?:{_PERIOD}|目标值|完成值|实际值|期间|时期)*(?:完成率)?",
    STATISTICS: rf"类别序号统计数据(?:{_PERIOD}|期间|时期)*",
    PLANNED: r"序号类别指标(?:名称)?单位(?:[\dA-Za-z ]+年|实际值|目标值|现状值|完成值|属性| )+",
}
_HEADER = re.compile("|".join(f"(?P<{kind}>{header})" for kind, header in _HEADERS.items()))
# Values are read by their order, so the columns must be these, in this order.
_COLUMNS = {
    ACHIEVED: (
        re.compile(rf".*?指标(?:名称)?(?:{_QUOTE}十三五{_QUOTE})?目标值(?:{_QUOTE}十三五{_QUOTE})?(?:完成值|实际值)完成率(?:（%）)?"),
        "“十三五”目标值、“十三五”完成值、完成率",
    ),
    STATISTICS: (
        re.compile(rf".*?统计数据{_QUOTE}十二五{_QUOTE}(?:期间|时期)?{_QUOTE}十三五{_QUOTE}(?:期间|时期)?"),
        "“十二五”期间、“十三五”期间",
    ),
    PLANNED: (
        re.compile(r".*?单位2020年(?:实际值|现状值|完成值)?2023年(?:目标值)?2025年(?:目标值)?(?:属性)?"),
        "2020年实际值、2023年目标值、2025年目标值、属性",
    ),
}
HEADING = re.compile(r"第[一二三四五六七八九十]+[章节]")


@dataclass(frozen=True)
class Anchor:
    """A title with the header below it, or one of the two alone.

    Attributes:
        kind: which box it belongs to.
        label: ``专栏1``, as printed; empty where the title is lost.
        start, end: its place in the stream.
        header: where the header begins within it.
    """

    kind: str
    label: str
    start: int
    header: int
    end: int


def table_anchors(pages: PageText) -> list[Anchor]:
    """Find every header of the three tables, with the title before it."""
    anchors: list[Anchor] = []
    for header in _HEADER.finditer(pages.text):
        start, label = header.start(), ""
        for candidate in re.finditer("专栏", pages.text[max(0, header.start() - 80) : header.start()]):
            at = max(0, header.start() - 80) + candidate.start()
            while at and pages.text[at - 1] in "【续":
                at -= 1
            title = _TABLE_TITLE.match(pages.text, at, header.start())
            if title and pages.starts_cell[at] and (not anchors or at >= anchors[-1].end):
                start, label = at, title.group("label")
        anchors.append(Anchor(str(header.lastgroup), label, start, header.start(), _header_end(pages, header.end())))
    return anchors


def _header_end(pages: PageText, end: int) -> int:
    """Return where a header ends: with （%） that sticks to 完成率 or has words behind, not with a row's unit."""
    unit = re.compile("（%）(?=(.?))").match(pages.text, end)
    if unit and (not pages.starts_cell[end] or re.match("[\u4e00-\u9fff]", unit.group(1))):
        return unit.end()
    return end


def project_titles(pages: PageText) -> list[Anchor]:
    """Find what may be the title of the projects' box: the words of one, from a cell's start to a cell's end."""
    anchors = []
    for title in _PROJECTS_TITLE.finditer(pages.text):
        start, end = title.span()
        if pages.starts_cell[start] and pages.starts_cell[end] and not _HEADER.match(pages.text, end):
            anchors.append(Anchor(PROJECTS, title.group("label"), start, end, end))
    return anchors


def title_repeats(pages: PageText, first: Anchor) -> Iterator[tuple[int, int]]:
    """Find where a table's own title stands again, with or without its header."""
    title = pages.text[first.start : first.header]
    if not title:
        return
    again = re.compile(rf"(?:{re.escape(title)}|【?{re.escape(first.label)}】?)(?:（续[上]?表?）)?")
    for found in again.finditer(pages.text, first.end):
        whole_line = pages.starts_line(found.start()) and pages.starts_line(found.end())
        if whole_line and len(found.group()) > len(first.label):
            yield found.span()


def column_problem(pages: PageText, anchor: Anchor) -> Problem | None:
    """Return what is wrong with a header's columns; None if they are as they are read."""
    pattern, expected = _COLUMNS[anchor.kind]
    header = pages.text[anchor.header : anchor.end]
    if pattern.fullmatch(header.replace(" ", "") if " 年" not in header else header):
        return None
    return pages.problem(anchor.header, f"{anchor.label}表头", header, expected, "各列按此顺序读取；表头不同的表不能导入")


def headings(pages: PageText) -> Iterator[int]:
    """Find the chapter and section headings (第三章…) at a line's start or behind a sentence."""
    for heading in HEADING.finditer(pages.text):
        position = heading.start()
        if pages.starts_line(position) or (pages.text[position - 1] == "。" and pages.starts_cell[position]):
            yield position
