"""Cell formats of the report's workbook."""

from __future__ import annotations

from functools import cache
from typing import Any

from analysis.presentation import style

FONT, HEADING_FONT = "宋体", "黑体"  # present on every Chinese office computer; others fall back by themselves
SIZE = 10.5
LINE, HEADER_TINT, DEMONSTRATION_TINT = "#BFBFBF", "#D9E1EC", "#FBE5E3"
TAB_COLOURS = {"demonstration": style.MISSED_COLOUR, "usual": style.EXCEEDED_COLOUR}


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._make = cache(self._made)

    def _made(self, **properties: Any) -> Any:
        return self._book.add_format({"font_name": FONT, "font_size": SIZE, "valign": "vcenter", **properties})

    def mark(self) -> Any:
        """Format of the mark of made-up figures at the top of a sheet."""
        return self._make(bold=True, font_color=style.MISSED_COLOUR, bg_color=DEMONSTRATION_TINT, text_wrap=True)

    def title(self, size: float = 14) -> Any:
        """Format of a title."""
        return self._make(font_name=HEADING_FONT, font_size=size, text_wrap=True)

    def line(self) -> Any:
        """Format of a line above or below a table."""
        return self._make(font_color=style.MUTED, text_wrap=True, valign="top")

    def words(self) -> Any:
        """Format of running text."""
        return self._make(text_wrap=True, valign="top")

    def link(self) -> Any:
        """Format of a link to another sheet."""
        return self._make(font_color=style.EXCEEDED_COLOUR, underline=1, valign="top")

    def header(self) -> Any:
        """Format of a heading."""
        return self._make(font_name=HEADING_FONT, align="center", text_wrap=True, bg_color=HEADER_TINT, border=1, border_color=LINE)

    def cell(self, number_format: str, colour: str, *, side: str, wrapped: bool) -> Any:
        """Format of a cell of a table."""
        properties: dict[str, Any] = {"border": 1, "border_color": LINE, "align": side}
        if side == "left":
            properties["indent"] = 1  # apart from the number in the column before
        if number_format:
            properties["num_format"] = number_format
        if colour:
            properties |= {"font_color": colour, "bold": True}
        return self._make(text_wrap=wrapped, **properties)
