"""Cell formats of the monitoring workbook."""

from __future__ import annotations

from functools import cache
from typing import Any

FONT = "宋体"  # present on every Chinese office computer; others fall back by themselves
LINE, STRONG_LINE = "#BFBFBF", "#7F7F7F"
LABEL_TINT, INPUT_TINT, CLOSED_TINT = "#F2F2F2", "#FFF9E5", "#D9D9D9"
LABEL_HEADER_TINT, INPUT_HEADER_TINT = "#D9E1EC", "#FFE699"


class Styles:
    """The formats of one workbook, each made once.

    A row that begins a new indicator carries a darker line above it.
    """

    def __init__(self, book: Any) -> None:
        self._book = book
        self._make = cache(self._made)

    def _made(self, **properties: Any) -> Any:
        return self._book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **properties})

    @staticmethod
    def _frame(first: bool) -> dict[str, Any]:
        return {"border": 1, "border_color": LINE, "top": 1, "top_color": STRONG_LINE if first else LINE}

    def title(self) -> Any:
        """Format of a sheet's title line."""
        return self._make(bold=True, font_size=14)

    def header(self, is_input: bool) -> Any:
        """Format of a heading: input columns are tinted like their cells, but stronger."""
        tint = INPUT_HEADER_TINT if is_input else LABEL_HEADER_TINT
        return self._make(bold=True, align="center", text_wrap=True, bg_color=tint, border=1, border_color=STRONG_LINE)

    def label(self, left: bool, first: bool) -> Any:
        """Format of a locked label."""
        return self._make(align="left" if left else "center", text_wrap=True, bg_color=LABEL_TINT, **self._frame(first))

    def input(self, number_format: str, left: bool, first: bool) -> Any:
        """Format of a cell to be filled in."""
        return self._make(
            align="left" if left else "center" if number_format in ("@", "yyyy-mm-dd") else "right", text_wrap=left, locked=False,
            bg_color=INPUT_TINT, num_format=number_format, **self._frame(first),
        )  # fmt: skip

    def closed(self, first: bool) -> Any:
        """Format of a cell that does not apply to its row."""
        return self._make(bg_color=CLOSED_TINT, **self._frame(first))

    def heading(self) -> Any:
        """Format of a heading in the instructions."""
        return self._make(bold=True, font_size=12, font_color="#1F3864")

    def text(self, framed: bool = False, bold: bool = False) -> Any:
        """Format of running text in the instructions."""
        frame = {"border": 1, "border_color": LINE} if framed else {}
        return self._make(text_wrap=True, align="left", bold=bold, **({"valign": "top"} if not framed else {}), **frame)

    def sample(self, tint: str) -> Any:
        """Format of a coloured sample in the instructions."""
        return self._make(bg_color=tint, border=1, border_color=LINE, align="center")
