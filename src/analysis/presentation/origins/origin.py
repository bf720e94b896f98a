"""One place that a number comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.presentation.origins.source_text import SourceText

OBSERVED, TARGET, PRINTED_RATE, STATISTIC = "观测", "目标", "印制完成率", "统计"
ASSUMED, RULE, DERIVED, CHECKED, STATED = "假设", "规则", "派生", "核对", "正文"
PROJECTED, DEPOSITED, DOCUMENT = "推算", "档案", "文件"
TERM, YEAR, DAY = "名称", "年份", "日期"
SEPARATOR = "；"


@dataclass(frozen=True)
class Origin:
    """One place that a number, or a name with a number in it, comes from.

    Attributes:
        label: how sentences and tables point to it (``指标表第4行``); the words themselves for a name.
        kind: what stands there: 观测, 目标, 统计, 假设, 规则, 推算, 派生, 核对, 名称 and so on.
        file: relative to the repository; without a hash, relative to the report's folder; ``表:`` and a table's name for a
            table of the report itself.
        line: from 1; 0 where the whole file, or a workbook's cell, is meant.
        sha256: the file's hash; empty for files of the report, which are hashed when they are written.
        text: the line as it stands.
        formula: how a derived figure follows from what it rests on.
        rests_on: labels that it rests on.
    """

    label: str
    kind: str
    file: str = ""
    line: int = 0
    sha256: str = ""
    text: str = ""
    formula: str = ""
    rests_on: tuple[str, ...] = ()


def standing(label: str, kind: str, file: SourceText, line: int = 0, formula: str = "", rests_on: Iterable[str] = ()) -> Origin:
    """Return an origin at a line of a file.

    Args:
        label, kind, formula, rests_on: see :class:`Origin`.
        file: where it stands.
        line: from 1; 0 for the whole file.
    """
    return Origin(label, kind, file.name, line, file.sha256, file.line(line), formula, tuple(rests_on))
