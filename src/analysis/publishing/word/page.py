"""The page of GB/T 9704 upright, and on its side for wide tables; lengths in twips (1/20 pt)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from analysis.publishing.word.markup import Node, node

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635
LINES, CHARACTERS = 22, 28
BODY_TWIPS = 320  # 三号, 16 pt

Place = Literal["default", "even"]


@dataclass(frozen=True)
class Page:
    """A page.

    Attributes:
        width, height: of the paper.
        top, right, bottom, left: margins.
        landscape: on its side.
    """

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    landscape: bool = False

    @property
    def text_width(self) -> int:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height between the margins."""
        return self.height - self.top - self.bottom


def _twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


UPRIGHT = Page(_twips(210), _twips(297), _twips(37), _twips(26), _twips(35), _twips(28))
SIDEWAYS = Page(_twips(297), _twips(210), _twips(28), _twips(25), _twips(26), _twips(25), landscape=True)
LINE_TWIPS = UPRIGHT.text_height // LINES
# 28 characters of 16 pt are a little wider than the line.
NARROWED_TWIPS = UPRIGHT.text_width // CHARACTERS - BODY_TWIPS


def section(page: Page, headers: dict[Place, str], footers: dict[Place, str]) -> Node:
    """Return the properties of a section that starts on a new page.

    Args:
        page: its page.
        headers, footers: relationship ids, for odd (default) and even pages.
    """
    return node(
        "sectPr",
        *(node("headerReference", type=place, r_id=relation) for place, relation in headers.items()),
        *(node("footerReference", type=place, r_id=relation) for place, relation in footers.items()),
        node("type", val="nextPage"),
        node("pgSz", w=page.width, h=page.height, orient="landscape" if page.landscape else None),
        node(
            "pgMar", top=page.top, right=page.right, bottom=page.bottom, left=page.left,
            header=_twips(15), footer=_twips(16 if page.landscape else 23), gutter=0,
        ),
        # A grid of characters too would, outside Word, put every character that is wider than its cell into two. The body text
        # comes to its 28 characters by narrower spacing (NARROWED_TWIPS).
        node("docGrid", type="lines", linePitch=LINE_TWIPS),
    )  # fmt: skip
