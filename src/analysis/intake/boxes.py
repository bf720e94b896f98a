"""Finds the 专栏 boxes in a plan's text and takes their titles, repeated headers and page footnotes out of the rows."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.intake.page_text import MAYBE_PAGE_NUMBER, PAGE_BREAK, PageText
from analysis.vocabulary.errors import InputError, Problem

ACHIEVED, STATISTICS, PLANNED, PROJECTS = "achieved_indicators", "statistics", "planned_indicators", "projects"
CONTENTS = {
    ACHIEVED: "主要指标完成情况表",
    STATISTICS: "主要数据统计表",
    PLANNED: "主要指标表",
    PROJECTS: "发展重点（建设项目）",
}

_QUOTED_PERIOD = "[“”\"‘’']?十[二三四五六七]五[“”\"‘’']?"
_TITLE = r"专栏(?:\d+|[一二三四五六七八九十]+)"
_HEADERS = {
    ACHIEVED: rf"类别序号指标(?:{_QUOTED_PERIOD}|目标值|完成值|实际值|完成率|（%）)*完成率",
    STATISTICS: rf"类别序号统计数据(?:{_QUOTED_PERIOD}|期间|时期)+",
    PLANNED: r"序号类别指标(?:名称)?单位(?:\d{4}年|实际值|目标值|现状值|属性|[ ])+",
}
_HEADER = re.compile("|".join(f"(?P<{kind}>{header})" for kind, header in _HEADERS.items()))
_TITLE_BEFORE_HEADER = re.compile(rf"{_TITLE}[^。；，]{{2,60}}?$")
_HEADING = re.compile(r"第[一二三四五六七八九十]+[章节]")
_PROJECTS_TITLE = re.compile(rf"{_TITLE}[^。；，（）]{{2,60}}?(?:重点|工程|项目|任务|行动|安排)")
_FOOTNOTE = re.compile(r"(?:[*※①-⑩]|注[：:]|\d{1,2})[^。]{2,120}。$")
_YEARS = ("2020", "2023", "2025")


@dataclass(frozen=True)
class Box:
    """One 专栏: where its rows stand in the stream.

    Attributes:
        kind: one of ``achieved_indicators``, ``statistics``, ``planned_indicators``, ``projects``.
        label: ``专栏1``, as printed, for messages and locators.
        pages: the text with this box's repeated titles, headers and footnotes blanked to page breaks.
        start, end: the stretch of the stream that holds its rows.
        notes: the footnotes taken out.
    """

    kind: str
    label: str
    pages: PageText
    start: int
    end: int
    notes: tuple[str, ...]


def find_boxes(pages: PageText, wanted: tuple[str, ...]) -> dict[str, Box]:
    """Locate the wanted boxes by the words of their headers, whatever their numbers.

    Raises:
        InputError: a wanted box is not in the text, or its header names other years than 2020, 2023 and 2025.
    """
    anchors = sorted([*_table_anchors(pages), *_project_anchors(pages)], key=lambda anchor: anchor.start)
    boxes: dict[str, Box] = {}
    problems: list[Problem] = []
    for kind in wanted:
        own = [anchor for anchor in anchors if anchor.kind == kind]
        if not own:
            problems.append(
                Problem(
                    f"文件 {pages.name}",
                    f"没有找到{CONTENTS[kind]}",
                    "专栏标题和表头",
                    "确认文字完整，且表头没有被改写；只需部分专栏时用 --boxes 指明",
                )
            )
            continue
        if kind == PLANNED:
            problems += _year_problems(pages, own)
        ends = [anchor.start for anchor in anchors if anchor.kind != kind and anchor.start > own[0].start]
        ends += [heading for heading in _headings(pages) if heading > own[0].end]
        end = min(ends, default=len(pages.text))
        inside = [anchor for anchor in own if anchor.start < end]
        masked, notes = _mask(pages, inside)
        boxes[kind] = Box(kind, inside[0].label, masked, inside[0].end, end, notes)
    if problems:
        raise InputError(problems)
    return boxes


@dataclass(frozen=True)
class _Anchor:
    kind: str
    label: str
    start: int
    end: int


def _table_anchors(pages: PageText) -> Iterator[_Anchor]:
    previous_end = 0
    for header in _HEADER.finditer(pages.text):
        before = pages.text[max(previous_end, header.start() - 70) : header.start()]
        title = None
        for candidate in re.finditer(_TITLE, before):
            title = _TITLE_BEFORE_HEADER.match(before, candidate.start()) or title
        start = header.start() - (len(before) - title.start() if title else 0)
        label = re.match(_TITLE, title.group()) if title else None
        yield _Anchor(str(header.lastgroup), label.group() if label else "", start, header.end())
        previous_end = header.end()


def _project_anchors(pages: PageText) -> Iterator[_Anchor]:
    for title in _PROJECTS_TITLE.finditer(pages.text):
        follows_cell = title.end() < len(pages.text) and pages.starts_cell[title.end()]
        if pages.starts_cell[title.start()] and follows_cell and not _HEADER.match(pages.text, title.end()):
            label = re.match(_TITLE, title.group())
            yield _Anchor(PROJECTS, label.group() if label else "", title.start(), title.end())


def _headings(pages: PageText) -> Iterator[int]:
    for heading in _HEADING.finditer(pages.text):
        position = heading.start()
        line = pages.source_lines[pages.line_at(position) - 1].strip()
        closes = position > 0 and pages.text[position - 1] == "。"
        if line.startswith(heading.group()) or closes:
            yield position


def _year_problems(pages: PageText, anchors: list[_Anchor]) -> Iterator[Problem]:
    for anchor in anchors:
        years = tuple(re.findall(r"(\d{4})年", pages.text[anchor.start : anchor.end]))[-3:]
        if years != _YEARS:
            yield pages.problem(
                anchor.end - 1, f"{anchor.label}表头", f"年份{'、'.join(years)}", f"{'、'.join(_YEARS)}年", "只支持十四五规划的表"
            )


def _mask(pages: PageText, anchors: list[_Anchor]) -> tuple[PageText, tuple[str, ...]]:
    """Blank the repeated titles and headers after the first, with the footnotes at the foot of the page before."""
    text = list(pages.text)
    notes: list[str] = []
    for anchor in anchors[1:]:
        start = anchor.start
        while True:
            note = _footnote_before(pages, start)
            if note is None:
                break
            notes.insert(0, pages.text[note:start])
            start = note
        text[start : anchor.end] = PAGE_BREAK * (anchor.end - start)
    return dataclasses.replace(pages, text="".join(text)), tuple(notes)


def _footnote_before(pages: PageText, end: int) -> int | None:
    """Return where a footnote begins that ends at ``end``; rows of these tables never contain 。"""
    if not end or pages.text[end - 1] != "。":
        return None
    for start in range(end - 2, max(0, end - 130), -1):
        if pages.text[start] in ("。", PAGE_BREAK, MAYBE_PAGE_NUMBER):
            return None
        new_line = pages.line_at(start) != pages.line_at(start - 1) if start else True
        if new_line and _FOOTNOTE.match(pages.text[start:end]):
            return start
    return None
