"""A finished chart: figure, the data behind it, finding, measure, source line, alternative text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.archive.sources import Deposit
from analysis.presentation import style
from analysis.presentation.record import Record
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

CHART_MIME = "application/vnd.minzheng.chart+json"
MAXIMUM_FINDING = 24
_TITLE_INCHES, _FOOT_INCHES, _MARGIN_INCHES = 0.72, 0.34, 0.12
_SOURCE_EMS, _SOURCE_LINES, _SOURCE_LINE_INCHES = 60, 2, 0.15  # what fits a line of the foot, and the foot, before it grows


@dataclass(frozen=True)
class Chart:
    """A chart that shows itself in a notebook with its alternative text and data.

    Attributes:
        name: ASCII file name without ending.
        figure: the drawn figure.
        data: what is drawn, one row a mark, saved as CSV beside the figure.
        finding, measure, sources, alt: its words.
        demonstration: whether it shows made-up figures; figure, alternative text and CSV then say 演示数据.
    """

    name: str
    figure: Figure
    data: pd.DataFrame
    finding: str
    measure: str
    sources: str
    alt: str
    demonstration: bool = False

    def csv(self) -> str:
        """Return the data as CSV; demonstration data are marked in every row."""
        return Record(self.name, self.data, self.demonstration).csv()

    def svg(self) -> str:
        """Return the figure as SVG; equal inputs give equal bytes."""
        buffer = io.StringIO()
        self.figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return buffer.getvalue()

    def png(self) -> bytes:
        """Return the figure as PNG at 200 dots an inch."""
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=style.PNG_DPI, metadata={"Software": None})
        return buffer.getvalue()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, Any], dict[str, Any]]:
        bundle: dict[str, Any] = {
            "text/plain": f"〔图〕{self.alt}",
            CHART_MIME: {
                "name": self.name,
                "finding": self.finding,
                "measure": self.measure,
                "sources": self.sources,
                "alt": self.alt,
                "csv": self.csv(),
                "demonstration": self.demonstration,
            },
        }
        if style.vector_wanted():  # a report's pictures are all made from this one drawing
            return bundle | {"image/svg+xml": self.svg()}, {}
        bundle["image/png"] = self.png()
        # Shown at its size in inches, so that a dense screen uses all the dots of the PNG.
        return bundle, {"image/png": {"width": int(style.WIDTH_INCHES * 100)}}


def canvas(
    height_inches: float, left_inches: float, right_inches: float = 0.35, columns: int = 1, panel_title_inches: float = 0.0
) -> tuple[Figure, Any]:
    """Return a figure and its axes, with room for title, foot and labels.

    Args:
        height_inches: height of the drawing itself, without title and foot.
        left_inches, right_inches: room for labels beside it.
        columns: panels side by side; more than one returns an array of axes.
        panel_title_inches: room above the panels for titles of their own.
    """
    from matplotlib.figure import Figure

    style.apply()
    total = height_inches + _TITLE_INCHES + panel_title_inches + _FOOT_INCHES + 0.3
    figure = Figure(figsize=(style.WIDTH_INCHES, total))
    axes = figure.subplots(1, columns)
    figure.subplots_adjust(
        left=left_inches / style.WIDTH_INCHES,
        right=1 - right_inches / style.WIDTH_INCHES,
        top=1 - (_TITLE_INCHES + panel_title_inches) / total,
        bottom=(_FOOT_INCHES + 0.3) / total,
        wspace=0.35,
    )
    return figure, axes


def finish(figure: Figure, *, name: str, data: pd.DataFrame, finding: str, measure: str, sources: Sequence[Deposit], alt: str) -> Chart:
    """Put title (the finding), subtitle (measure, place, period, unit) and source lines on a figure.

    A figure with several or long sources grows at its foot. One that rests on a demonstration deposit is tagged 演示数据.

    Raises:
        ValueError: an empty finding, measure or alternative text, a finding over 24 characters, no source, or a
            character that the font lacks.
    """
    if not (finding.strip() and measure.strip() and alt.strip()):
        raise ValueError("图须有结论、度量和替代文字")
    if len(finding) > MAXIMUM_FINDING:
        raise ValueError(f"图的结论超过{MAXIMUM_FINDING}字：{finding}")
    if not sources:
        raise ValueError("图须注明来源")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise ValueError(f"图的文件名只用小写字母、数字和下划线：{name}")
    lines = [line for source in sources for line in _filled(source.citation(), _SOURCE_EMS - 3)]
    _grow_foot(figure, _SOURCE_LINE_INCHES * max(0, len(lines) - _SOURCE_LINES))
    width, height = figure.get_size_inches()
    left = _MARGIN_INCHES / width
    figure.text(left, 1 - 0.10 / height, finding, fontsize=13.5, fontweight="bold", va="top", ha="left")
    figure.text(left, 1 - 0.38 / height, measure, fontsize=9, color=style.MUTED, va="top", ha="left", linespacing=1.35)
    foot = "来源：" + "\n　　　".join(lines)
    figure.text(left, 0.07 / height, foot, fontsize=7.5, color=style.MUTED, va="bottom", ha="left", linespacing=1.3)
    demonstration = any(source.is_demonstration for source in sources)
    if demonstration:
        _tag(figure)
    _require_legible(figure)
    citation = "来源：" + "；".join(source.citation() for source in sources)
    return Chart(name, figure, data, finding, measure, citation, f"〔{DEMONSTRATION}〕{alt}" if demonstration else alt, demonstration)


def _tag(figure: Figure) -> None:
    """Say 演示数据 at the top right, beside the title."""
    width, height = figure.get_size_inches()
    frame = {"boxstyle": "round,pad=0.3", "fc": "white", "ec": style.words_in(style.DOUBT_COLOUR), "lw": 1.2}
    place = (1 - (_MARGIN_INCHES + 0.05) / width, 1 - 0.13 / height)
    figure.text(
        *place, DEMONSTRATION, fontsize=9, fontweight="bold", color=style.words_in(style.DOUBT_COLOUR), va="top", ha="right", bbox=frame
    )


def _grow_foot(figure: Figure, inches: float) -> None:
    """Lengthen a figure at its foot; what is drawn keeps its size."""
    if inches <= 0:
        return
    width, height = figure.get_size_inches()
    for axis in figure.axes:
        box = axis.get_position()
        scale = height / (height + inches)
        axis.set_position((box.x0, (box.y0 * height + inches) / (height + inches), box.width, box.height * scale))
    figure.set_size_inches(width, height + inches)


def _filled(text: str, ems: float) -> list[str]:
    """Break a text into lines of at most so many Han characters' width, never before a closing mark."""
    lines, room = [""], ems
    for character in text:
        wide = 1.0 if ord(character) > 0x2000 else 0.58
        if room < wide and character not in "）》〕”、，；。":
            lines.append("")
            room = ems
        lines[-1] += character
        room -= wide
    return lines


def _require_legible(figure: Figure) -> None:
    """Lay out once; a missing glyph (matplotlib only warns and prints a box) or text cut off at the edge is an error."""
    from matplotlib.text import Text

    with warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*[Gg]lyph.*")
        try:
            figure.draw_without_rendering()
        except UserWarning as warning:
            raise ValueError(f"字体缺字：{warning}") from warning
    page = figure.bbox
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_text().strip() and text.get_visible():
            box = text.get_window_extent()
            if box.x0 < page.x0 - 1 or box.x1 > page.x1 + 1 or box.y0 < page.y0 - 1 or box.y1 > page.y1 + 1:
                raise ValueError(f"图中文字超出画面：{text.get_text()}")


def wrapped(text: str, width: int = 13) -> str:
    """Break a label into lines of at most so many characters, as evenly as possible; never before a closing mark."""
    lines = -(-len(text) // width)
    if lines <= 1:
        return text
    each = -(-len(text) // lines)
    parts = [text[i : i + each] for i in range(0, len(text), each)]
    for i in range(1, len(parts)):
        while parts[i] and parts[i][0] in "）”、，%":
            parts[i - 1] += parts[i][0]
            parts[i] = parts[i][1:]
    return "\n".join(part for part in parts if part)
