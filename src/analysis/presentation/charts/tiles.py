"""Tiles of indicators: one row a category, one tile an indicator, with symbol, number and the colour of its verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from analysis.presentation import style
from analysis.presentation.charts.chart import wrapped

if TYPE_CHECKING:
    import pandas as pd


def draw_tiles(
    axis: Any, rows: pd.DataFrame, beside: Callable[[pd.DataFrame], str], columns: int = 8, *, framed: str = "", words: bool = False
) -> None:
    """Draw indicators as numbered tiles, categories from the top, tiles in printed order.

    Args:
        axis: where to draw; a tile is one unit wide and high.
        rows: ``indicator_id``, ``category``, ``status`` and, for ``framed``, ``attribute``.
        beside: words at the right of a category, from its rows.
        columns: room for so many tiles.
        framed: attribute whose tiles get a second border inside.
        words: whether the verdict's word stands in the tile as well.
    """
    from matplotlib.patches import FancyBboxPatch

    categories = list(dict.fromkeys(rows["category"]))
    for line, category in enumerate(categories):
        members = rows[rows["category"] == category]
        for column, tile in enumerate(members.to_dict("records")):
            symbol, colour = style.STATUS_MARKS[tile["status"]]
            shape = "round,pad=0,rounding_size=0.1"
            axis.add_patch(FancyBboxPatch((column + 0.06, line + 0.1), 0.88, 0.8, boxstyle=shape, fc=colour, ec="none"))
            if framed and tile["attribute"] == framed:
                inner = "round,pad=0,rounding_size=0.07"
                axis.add_patch(FancyBboxPatch((column + 0.1, line + 0.155), 0.8, 0.69, boxstyle=inner, fc="none", ec="white", lw=1.3))
            ink = style.words_on(colour)
            number = {"ha": "center", "va": "center", "color": ink, "fontsize": 10, "fontweight": "bold"}
            axis.text(column + 0.5, line + (0.4 if words else 0.52), f"{symbol}{tile['indicator_id']}", **number)
            if words:
                axis.text(
                    column + 0.5,
                    line + 0.69,
                    tile["status"],
                    ha="center",
                    va="center",
                    color=ink,
                    fontsize=7 if len(tile["status"]) < 6 else 6.5,
                )
        axis.text(columns + 0.15, line + 0.52, beside(members), ha="left", va="center", fontsize=10)
    axis.set(xlim=(0, columns), ylim=(len(categories), 0), xticks=[])
    axis.set_yticks([line + 0.52 for line in range(len(categories))], [wrapped(category, 5) for category in categories])
    for spine in axis.spines.values():
        spine.set_visible(False)
