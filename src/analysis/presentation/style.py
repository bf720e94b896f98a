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
# The two lighter fills stand out from white (3 : 1) and carry dark words (4.5 : 1); as words on white they are darker.
MISSED_COLOUR, MET_COLOUR, EXCEEDED_COLOUR, DOUBT_COLOUR = "#b3261e", "#6497c3", "#0f4c81", "#c08a2e"
_AS_WORDS = {MET_COLOUR: "#35688f", DOUBT_COLOUR: "#8a5a12"}

# Verdict words with symbol and colour: never colour alone. Red is behind or missed, amber nearly, light blue as asked for,
# dark blue ahead or beyond, grey not judged; the symbol tells apart what shares a colour.
STATUS_MARKS = {
    "倒退": ("↓", MISSED_COLOUR),
    "未完成": ("×", MISSED_COLOUR),
    "未保持": ("≠", MISSED_COLOUR),
    "未达标": ("■", MISSED_COLOUR),
    "明显滞后": ("▼", MISSED_COLOUR),
    "略滞后": ("▽", MISSED_COLOUR),
    "无法评估": ("…", MUTED),
    "口径变更": ("※", MUTED),
    "部分年度未达标": ("□", MISSED_COLOUR),
    "基本符合": ("≈", DOUBT_COLOUR),
    "基本完成": ("○", DOUBT_COLOUR),
    "符合预期": ("✓", MET_COLOUR),
    "保持": ("＝", MET_COLOUR),
    "达标": ("◎", MET_COLOUR),
    "快于预期": ("↑", EXCEEDED_COLOUR),
    "完成": ("●", MET_COLOUR),
    "提前完成": ("★", EXCEEDED_COLOUR),
    "超额完成": ("▲", EXCEEDED_COLOUR),
}
# Shape on a scale of a symbol, and whether it is filled; where shapes repeat, the word stands beside them.
SYMBOL_SHAPES = {
    "↓": ("v", True), "×": ("x", True), "≠": ("X", True), "■": ("s", True), "▼": ("v", True), "▽": ("v", False), "…": (".", True),
    "※": ("s", False), "□": ("s", False), "≈": ("o", False), "○": ("o", False), "✓": ("o", True), "＝": ("o", True), "◎": ("o", True),
    "↑": ("^", True), "●": ("o", True), "★": ("*", True), "▲": ("^", True),
}  # fmt: skip
OUTCOME_MARKS = {
    "到期未完成": ("×", MISSED_COLOUR),
    "未填报": ("…", MUTED),
    "已取消": ("∥", MUTED),
    "部分年份未做到": ("□", DOUBT_COLOUR),
    "逾期后完成": ("○", DOUBT_COLOUR),
    "推进中": ("→", MET_COLOUR),
    "已达到、未到期": ("◎", MET_COLOUR),
    "已完成": ("●", EXCEEDED_COLOUR),
}
# What the words of other institutions' methods say, from good to bad: symbol, pale tint, words.
METHOD_MARKS = (
    ("●", "#dce8f3", ("已达目标", "进展顺利", "可如期实现", "显著进展", "在轨", "提前", "达到")),
    ("○", "#f6ead2", ("中等进展", "有一定进展", "中等改善")),
    ("▽", "#f3d9d6", ("进展有限", "进展不足", "停滞", "滞后")),
    ("↓", "#e6b3ae", ("恶化", "停滞或倒退", "背离目标", "下降")),
)
AUDIT_COLOURS = {"一致": "#9fb8ce", "四舍五入内": MET_COLOUR, "不一致": MISSED_COLOUR, "无法核对": "#d9b46a"}


def words_in(colour: str) -> str:
    """Return the shade of a colour in which words on white can be read (contrast at least 4.5 : 1).

    Example:
        >>> words_in(MET_COLOUR), words_in(MISSED_COLOUR)
        ('#35688f', '#b3261e')
    """
    return _AS_WORDS.get(colour, colour)


def words_on(fill: str) -> str:
    """Return the colour of words on a fill: dark on the lighter ones, white on the others.

    Example:
        >>> words_on(DOUBT_COLOUR), words_on(EXCEEDED_COLOUR)
        ('#1f2933', 'white')
    """
    return INK if fill in _AS_WORDS else "white"


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
