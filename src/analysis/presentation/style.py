"""The one hand of all charts: fonts, colours with fixed meaning, sizes. The only module that touches rcParams."""

from __future__ import annotations

import os
from functools import cache

from analysis.vocabulary import paths

FAMILY = "Noto Sans SC"
WIDTH_INCHES = 6.6
PNG_DPI = 200
# The runner sets this so that reports carry vector figures; notebooks at rest hold no images.
VECTOR_VARIABLE = "MINZHENG_VECTOR_FIGURES"

INK, MUTED, RULE, PALE = "#1f2933", "#5f6b7a", "#c3cad3", "#e8ecf0"
MISSED_COLOUR, MET_COLOUR, EXCEEDED_COLOUR, DOUBT_COLOUR = "#b3261e", "#5b8db8", "#0f4c81", "#b7791f"

# Verdict words with symbol and colour: never colour alone.
STATUS_MARKS = {
    "未完成": ("×", MISSED_COLOUR),
    "无法评估": ("…", MUTED),
    "基本完成": ("○", DOUBT_COLOUR),
    "完成": ("●", MET_COLOUR),
    "超额完成": ("▲", EXCEEDED_COLOUR),
}
AUDIT_COLOURS = {"一致": "#9fb8ce", "四舍五入内": MET_COLOUR, "不一致": MISSED_COLOUR, "无法核对": "#d9b46a"}


@cache
def apply() -> None:
    """Load the shipped fonts and set matplotlib's defaults, once."""
    import matplotlib
    from matplotlib import font_manager

    for face in ("Regular", "Bold"):
        font_manager.fontManager.addfont(paths.fonts() / f"NotoSansSC-{face}.ttf")
    matplotlib.rcParams.update(
        {
            "font.family": FAMILY,
            "font.size": 10,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": RULE,
            "axes.linewidth": 0.8,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": False,
            "axes.axisbelow": True,
            "xtick.color": MUTED,
            "ytick.color": INK,
            "xtick.labelsize": 9,
            "ytick.labelsize": 10,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "grid.color": PALE,
            "grid.linewidth": 0.8,
            "figure.facecolor": "white",
            "figure.dpi": 100,
            "svg.fonttype": "path",
            "svg.hashsalt": "minzheng",
        }
    )


def vector_wanted() -> bool:
    """Say whether figures should also be shown as SVG."""
    return os.environ.get(VECTOR_VARIABLE) == "1"
