"""Finds the 专栏 boxes in a plan's text and takes their titles, repeated headers and page footnotes out of the rows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.intake.furniture import find_furniture
from analysis.intake.headers import (
    ACHIEVED,
    PLANNED,
    PROJECTS,
    STATISTICS,
    Anchor,
    column_problem,
    headings,
    project_titles,
    table_anchors,
    title_repeats,
)
from analysis.intake.page_text import PageText
from analysis.vocabulary.errors import Problem

__all__ = ["ACHIEVED", "CONTENTS", "PLANNED", "PROJECTS", "STATISTICS", "Box", "find_boxes"]
CONTENTS = {
    ACHIEVED: "主要指标完成情况表",
    STATISTICS: "主要数据统计表",
    PLANNED: "主要指标表",
    PROJECTS: "发展重点（建设项目）",
}
_ITEM = re.compile(r"（\d+[^\d（）]{1,3}）[：:]")


@dataclass(frozen=True)
class Box:
    """One 专栏: where its rows stand in the stream.

    Attributes:
        kind: one of ``achieved_indicators``, ``statistics``, ``planned_indicators``, ``projects``.
        label: ``专栏1``, as printed, for messages and locators.
        pages: the text without repeated titles, headers and footnotes; each of them counts as a page's end.
        start, end: the stretch of the stream that holds its rows and what follows up to the next box.
        again: where its header stands again; rows go on there, unless another table begins.
        unsure: bare integers at a page's end inside the stretch that may be page numbers or figures.
        unnumbered: whether other pages of the text end without a bare integer.
        notes: the footnotes taken out.
    """

    kind: str
    label: str
    pages: PageText
    start: int
    end: int
    again: tuple[int, ...] = ()
    unsure: tuple[tuple[int, int], ...] = ()
    unnumbered: bool = False
    notes: tuple[str, ...] = ()


def find_boxes(pages: PageText, wanted: tuple[str, ...]) -> tuple[dict[str, Box], list[Problem]]:
    """Locate the wanted boxes by the words of their headers, whatever their numbers.

    Returns:
        The boxes found, and a problem for each that is not there or whose columns are not those that are read.
    """
    tables = table_anchors(pages)
    titles = project_titles(pages)
    plan = _projects_title(pages, titles, tables)
    anchors = sorted([*tables, *([plan] if plan else [])], key=lambda anchor: anchor.start)
    firsts = [next(anchor for anchor in anchors if anchor.kind == kind) for kind in CONTENTS if kind in {a.kind for a in anchors}]
    heads = [(anchor.start, anchor.end) for anchor in anchors]
    for first in firsts:
        heads += [span for span in title_repeats(pages, first) if not any(start <= span[0] < end for start, end in heads)]
    opening = [(first.start, first.end) for first in firsts]
    around = find_furniture(pages, opening, [span for span in heads if span not in opening])
    clean, place = pages.without([*around.spans, *around.numbers])
    boxes: dict[str, Box] = {}
    problems: list[Problem] = []
    for kind in wanted:
        own = [anchor for anchor in anchors if anchor.kind == kind]
        if not own:
            problems.append(_missing(pages, kind))
            continue
        problems += [problem for anchor in own if kind != PROJECTS and (problem := column_problem(pages, anchor))]
        first = own[0]
        end = min((anchor.start for anchor in anchors if anchor.kind != kind and anchor.start > first.start), default=len(pages.text))
        if kind == PROJECTS:
            end = _projects_end(pages, first, titles, end)
        inside = [(start, stop) for start, stop in around.unsure if first.end <= start < end]
        boxes[kind] = Box(
            kind,
            first.label or CONTENTS[kind],
            clean,
            place(first.end),
            place(end),
            tuple(place(anchor.end) for anchor in own[1:]),
            tuple((place(start), place(stop - 1) + 1) for start, stop in inside),
            around.unnumbered,
            tuple(note for start, note in around.notes if first.end <= start < own[-1].start),
        )
    return boxes, problems


def _missing(pages: PageText, kind: str) -> Problem:
    action = "确认文字完整，且表头没有被改写；只需部分专栏时用 --boxes 指明"
    return Problem(f"文件 {pages.name}", f"没有找到{CONTENTS[kind]}", "专栏标题和表头", action)


def _projects_title(pages: PageText, titles: list[Anchor], tables: list[Anchor]) -> Anchor | None:
    """Choose the title that commitments follow; a contents list and a sentence name the box as well."""
    stops = sorted([*headings(pages), *(anchor.start for anchor in [*titles, *tables])])
    for title in titles:
        end = next((stop for stop in stops if stop > title.start), len(pages.text))
        if _ITEM.search(pages.text, title.end, end):
            return title
    return titles[-1] if titles else None


def _projects_end(pages: PageText, first: Anchor, titles: list[Anchor], end: int) -> int:
    own = pages.text[first.start : first.end]
    others = [title.start for title in titles if pages.text[title.start : title.end] != own]
    return min([end, *(stop for stop in [*headings(pages), *others] if stop > first.end)])
