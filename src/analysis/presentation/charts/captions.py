"""Words that the charts of an evaluation share: scope, subtitle, labels of indicator rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.presentation import style, wording
from analysis.presentation.charts.chart import wrapped

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

SUBTITLE_EMS = 49  # Han characters of the subtitle's size that fit the figure's width
SUBTITLE_INCHES = 0.2  # what a second line of the subtitle needs above the drawing


def scope(evaluation: PlanEvaluation) -> str:
    """Say which place, year and kind of evaluation: 示例市示例区·2023年中期评估; with the data's year where it is another."""
    words = f"{evaluation.plan.header.place}·{evaluation.as_of}年{evaluation.title}评估"
    return words if evaluation.data_year == evaluation.as_of else f"{words}（{evaluation.data_year}年数据）"


def subtitle(*phrases: str) -> str:
    """Join phrases by ·, on a second line from where the first is full.

    Example:
        >>> subtitle("度量", "", "某区")
        '度量·某区'
    """
    lines = [""]
    for phrase in filter(None, phrases):
        joined = f"{lines[-1]}·{phrase}" if lines[-1] else phrase
        if len(lines) == 1 and _ems(joined) > SUBTITLE_EMS:
            lines.append(phrase)
        else:
            lines[-1] = joined
    return "\n".join(lines)


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2000 or character == "·" else 0.6 for character in text)


def title_of(row: Mapping[str, Any]) -> str:
    """Name an indicator row: printed number, name, part.

    Example:
        >>> title_of({"indicator_id": "3", "name": "照料护理标准", "part": "全自理"})
        '3 照料护理标准·全自理'
    """
    return f"{row['indicator_id']} {spoken(row)}"


def spoken(row: Mapping[str, Any]) -> str:
    """Name an indicator row in a sentence: name and part.

    Example:
        >>> spoken({"name": "照料护理标准", "part": "全自理"})
        '照料护理标准·全自理'
    """
    part = f"·{row['part']}" if row["part"] else ""
    return f"{row['name']}{part}"


def shortened(text: str, ems: float) -> str:
    """Cut a name to so many Han characters' width with …; the data beside the chart keep it whole.

    Example:
        >>> shortened("常住人口人均捐赠额", 9), shortened("常住人口人均捐赠额", 6)
        ('常住人口人均捐赠额', '常住人口人…')
    """
    if _ems(text) <= ems:
        return text
    while _ems(text) > ems - 1:
        text = text[:-1]
    return f"{text}…"


def label(row: Mapping[str, Any], width: int) -> str:
    """Name an indicator row in at most two lines of so many characters."""
    title = title_of(row)
    return wrapped(title if len(title) <= 2 * width else f"{title[: 2 * width - 1]}…", width)


def figure(value: float) -> str:
    """Write a level as a chart does, with at most two decimals.

    Example:
        >>> figure(1805.0), figure(66.25), figure(1.447)
        ('1,805', '66.25', '1.45')
    """
    return wording.number(value, 2)


def with_unit(value: float, unit: str) -> str:
    """Write a level with its unit.

    Example:
        >>> with_unit(66.2, "%"), with_unit(61.0, "个")
        ('66.2%', '61个')
    """
    return f"{figure(value)}{unit}"


def beside(axis: Any, position: float, words: str, small: str, colour: str) -> None:
    """Write two lines at the right of a row whose figures it draws: the verdict in its colour, the figures in small print."""
    place = axis.get_yaxis_transform()
    axis.text(1.04, position + 0.2, words, transform=place, va="center", fontsize=8.5, color=style.words_in(colour))
    axis.text(1.04, position - 0.24, small, transform=place, va="center", fontsize=7.5, color=style.MUTED)
