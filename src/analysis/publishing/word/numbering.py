"""Automatic numbers of headings and lists."""

from __future__ import annotations

from analysis.publishing.word.markup import Node, node
from analysis.publishing.word.page import BODY_TWIPS
from analysis.publishing.word.styles import HEADINGS, TWO_CHARACTERS
from analysis.publishing.word.typefaces import BODY, faces

_HEADINGS, _BULLETS, _ORDERED = 0, 1, 2
_DEPTHS = 4
_BULLET_TWIPS, _NUMBER_TWIPS = 400, 560
_HEADING_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"))
_BULLET_LEVELS = (("bullet", "•"), ("bullet", "–"), ("bullet", "◦"), ("bullet", "·"))
_ORDERED_LEVELS = (("decimal", "%1."), ("decimal", "%2）"), ("lowerLetter", "%3."), ("lowerRoman", "%4."))


class Numbering:
    """Series of numbers that the report uses."""

    HEADINGS, BULLETS = 1, 2

    def __init__(self) -> None:
        self._series: list[Node] = [_series(self.HEADINGS, _HEADINGS), _series(self.BULLETS, _BULLETS)]

    def ordered_list(self) -> int:
        """Return the id of a new series for a numbered list, which starts with 1."""
        return self._begun(_ORDERED)

    def restarted_headings(self) -> int:
        """Return the id of a new series for headings, which starts over."""
        return self._begun(_HEADINGS)

    def _begun(self, kind: int) -> int:
        identity = len(self._series) + 1
        starts = [node("lvlOverride", node("startOverride", val=1), ilvl=level) for level in range(_DEPTHS)]
        self._series.append(_series(identity, kind, *starts))
        return identity

    def definitions(self) -> Node:
        """Return all series, as the document's numbering."""
        headings = [
            _level(depth, kind, text, f"Heading{depth + 1}", node("ind", left=0, firstLineChars=TWO_CHARACTERS, firstLine=2 * BODY_TWIPS))
            for depth, (kind, text) in enumerate(_HEADING_LEVELS)
        ]
        return node(
            "numbering",
            _kind(_HEADINGS, headings[:HEADINGS]),
            _kind(_BULLETS, [_item(depth, kind, text) for depth, (kind, text) in enumerate(_BULLET_LEVELS)]),
            _kind(_ORDERED, [_item(depth, kind, text) for depth, (kind, text) in enumerate(_ORDERED_LEVELS)]),
            *self._series,
        )


def numbered(series: int, depth: int) -> Node:
    """Return the property that gives a paragraph its number; series 0 takes it away."""
    return node("numPr", node("ilvl", val=min(depth, _DEPTHS - 1)), node("numId", val=series))


def _kind(identity: int, levels: list[Node]) -> Node:
    # Word tells kinds apart by nsid; a fixed one keeps the file the same on every run.
    return node(
        "abstractNum", node("nsid", val=f"4D5A00{identity:02X}"), node("multiLevelType", val="multilevel"), *levels, abstractNumId=identity
    )


def _series(identity: int, kind: int, *starts: Node) -> Node:
    return node("num", node("abstractNumId", val=kind), *starts, numId=identity)


def _item(depth: int, kind: str, text: str) -> Node:
    hanging = _BULLET_TWIPS if kind == "bullet" else _NUMBER_TWIPS
    left = (depth + 2) * BODY_TWIPS + hanging
    tab = node("tabs", node("tab", val="num", pos=left))
    return _level(depth, kind, text, None, tab, node("ind", left=left, hanging=hanging))


def _level(depth: int, kind: str, text: str, style: str | None, *paragraph: Node) -> Node:
    return node(
        "lvl",
        node("start", val=1),
        node("numFmt", val=kind),
        node("pStyle", val=style) if style else None,
        node("suff", val="nothing") if style else None,
        node("lvlText", val=text),
        node("lvlJc", val="left"),
        node("pPr", *paragraph),
        None if style else node("rPr", faces(BODY)),  # else the bullet comes from whatever the first words are set in
        ilvl=depth,
    )
