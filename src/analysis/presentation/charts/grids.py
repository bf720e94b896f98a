"""Grids of cells: rows named at the left, columns headed at the top, each cell a symbol with words or figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.presentation import style


@dataclass(frozen=True)
class Cell:
    """One cell: its symbol with words, small print below, colour of the text, tint behind it (empty for none)."""

    words: str
    small: str = ""
    colour: str = style.INK
    tint: str = ""


def draw_grid(
    axis: Any,
    labels: Sequence[str],
    heads: Sequence[str],
    cells: Mapping[tuple[int, int], Cell],
    *,
    size: float = 8.0,
    label_size: float = 8.5,
) -> None:
    """Draw cells on an axis whose rows and columns are one unit each, first row at the top.

    Args:
        axis: where to draw.
        labels, heads: names of rows and columns.
        cells: by (row, column).
        size, label_size: points of the words in cells, and of row names.
    """
    from matplotlib.patches import Rectangle

    for (row, column), cell in cells.items():
        if cell.tint:
            axis.add_patch(Rectangle((column + 0.04, row + 0.07), 0.92, 0.86, fc=cell.tint, ec="none"))
        middle = row + (0.33 if cell.small else 0.5)
        axis.text(column + 0.5, middle, cell.words, ha="center", va="center", fontsize=size, color=style.words_in(cell.colour))
        if cell.small:
            axis.text(
                column + 0.5, row + 0.72, cell.small, ha="center", va="center", fontsize=7, color=style.INK if cell.tint else style.MUTED
            )
    for row in range(1, len(labels)):
        axis.axhline(row, color=style.PALE, lw=0.8, zorder=0)
    axis.set(xlim=(0, len(heads)), ylim=(len(labels), 0))
    axis.set_xticks([column + 0.5 for column in range(len(heads))], heads, fontsize=8)
    axis.xaxis.tick_top()
    axis.tick_params(axis="x", pad=4, labelcolor=style.INK)
    axis.set_yticks([row + 0.5 for row in range(len(labels))], labels, fontsize=label_size)
    for spine in axis.spines.values():
        spine.set_visible(False)
