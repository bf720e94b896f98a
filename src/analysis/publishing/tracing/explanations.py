"""What each number of a report is, and which places it comes from; a number without such a place stays unexplained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.presentation.origins.origin import DAY, Origin, standing
from analysis.presentation.origins.source_text import Shelf
from analysis.presentation.quantities import numbers
from analysis.presentation.wording import chinese_date
from analysis.publishing.document.model import ChartBlock, TableBlock
from analysis.publishing.tracing.chart_data import HAN_WORDS, IDS, NUMBERED, YEARS, Match, bare, data_rows, matches
from analysis.publishing.tracing.index import NOTEBOOK, OriginIndex, terms
from analysis.publishing.tracing.passages import CAPTION, CELL, CHART, DRAWN, NOTE, Passage, shown_spans
from analysis.publishing.tracing.trace_file import (
    CHARTED,
    DATED,
    GIVEN,
    LABELLED,
    NAMED,
    NARRATED,
    POINTED,
    QUANTITY,
    TABLED,
    UNEXPLAINED,
)
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[—～、](?:19|20)\d\d)*(?=年)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BLOCK_LABEL = re.compile(r"[图表]\d+")
_ADDRESS = re.compile(r"(?:专栏\d|指标表|任务表)第\d+(?:[、—]\d+)*[行项]|专栏\d")
_COUNTED = re.compile(r"\d+(?=[行项个类条处])")
_COUNTING = "表内逐行计数"
_NUMBERING = ("序号",)  # columns that number their rows
_AXIS = re.compile(r"[+−-]?[\d,.]+(?:%|倍|年)?")
_PARAMETER, _OWN_TEXT = "运行参数", "parameters/narrative.yml"
# A year is a parameter's only where the cover says so: titles of plans and sources hold the same years.
_YEARS_GIVEN = {"as_of_year": "评估年份：", "data_year": "数据年份："}


@dataclass(frozen=True)
class Explanation:
    """One number of a passage.

    Attributes:
        start: its place in the passage's text.
        text: as written.
        kind: a word of :mod:`analysis.publishing.tracing.trace_file`.
        name: what it is.
        formula: how it is computed; empty for a number as it stands in its origin.
        labels: places that it comes from.
    """

    start: int
    text: str
    kind: str
    name: str = ""
    formula: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Found:
    """A stretch of text that is known."""

    start: int
    end: int
    kind: str
    name: str
    labels: tuple[str, ...]
    formula: str = ""


class Explainer:
    """Explains the numbers of one report."""

    def __init__(self, index: OriginIndex, parameters: Mapping[str, object], folder: Path) -> None:
        """Take what the report knows of its origins, the parameters it ran with, and the folder of its notebook."""
        self._index, self._shelf, self._folder = index, Shelf(), folder
        self._terms = terms(index)
        days = sorted(index.of_kind(DAY), key=lambda day: (-len(day), day))
        self._days = re.compile("|".join(rf"(?<!\d){re.escape(day)}(?!\d)" for day in days)) if days else None
        self._given: dict[str, list[str]] = {}  # by the words that show a parameter; two may have one value
        for name, value in parameters.items():
            for words in _shown(name, value):
                self._given.setdefault(words, []).append(name)

    def explained(self, passage: Passage) -> Iterator[Explanation]:
        """Yield every number of a passage with what it is."""
        found = numbers(passage.text)
        known = list(self._known(passage)) if found else []
        for start, text in found:
            end = start + len(text)
            match = next((item for item in known if item.start < end and start < item.end and item.labels), None)
            if match:
                yield Explanation(start, text, match.kind, match.name, match.formula, match.labels)
            elif passage.kind == DRAWN and isinstance(passage.block, ChartBlock):
                yield from self._drawn(passage, passage.block, start, text)
            else:
                yield self._by_container(passage, start, text)

    def _known(self, passage: Passage) -> Iterator[_Found]:
        """Yield the stretches whose words tell what they are, the surest first."""
        for item in passage.quantities:
            labels = tuple(self._index.labels(item.evidence or passage.cited))
            yield _Found(item.start, item.start + len(item.text), QUANTITY, item.name, labels, item.formula)
        yield from self._worded(passage)

    def _worded(self, passage: Passage) -> Iterator[_Found]:
        """Yield parameters, addresses, names, days, years and numbers of charts and tables."""
        text = passage.text
        if passage.cover:
            for words, names in self._given.items():
                for match in re.finditer(rf"(?<![\d.]){re.escape(words)}(?![\d.])", text):
                    yield _Found(*match.span(), GIVEN, f"{_PARAMETER} {'、'.join(names)}", tuple(map(self._parameter, names)))
        for match in _ADDRESS.finditer(text):
            yield _Found(*match.span(), LABELLED, "规划中的位置", tuple(self._index.labels((match[0],))))
        if self._terms:
            for match in self._terms.finditer(text):
                yield _Found(*match.span(), NAMED, match[0], (match[0],))
        if self._days:
            for match in self._days.finditer(text):
                yield _Found(*match.span(), DATED, match[0], (match[0],))
        for run in _YEARS.finditer(text):
            for match in _YEAR.finditer(run[0]):
                labels = tuple(self._index.labels((f"{match[0]}年",)))
                yield _Found(run.start() + match.start(), run.start() + match.end(), DATED, f"{match[0]}年", labels)
        shown = passage.block
        captioned = isinstance(shown, TableBlock | ChartBlock) and text.startswith(f"{shown.label}　")
        if captioned or any(span.target for span in shown_spans(shown)):
            for match in _BLOCK_LABEL.finditer(text):
                yield _Found(*match.span(), LABELLED, "图表序号", self._block_label(match[0]))

    def _block_label(self, words: str) -> tuple[str, ...]:
        """Return the place of a chart or table by its number."""
        return tuple(self._index.labels((words, f"{words}数据")))

    def _by_container(self, passage: Passage, start: int, text: str) -> Explanation:
        """Explain a number by the table, chart, footnote or written text that it stands in."""
        kind, name, formula, labels = UNEXPLAINED, "", passage.formula, tuple(self._index.labels(passage.cited))
        if passage.file:
            kind, name, labels = NARRATED, "编写单位撰写", self._written(passage, text)
        elif isinstance(passage.block, TableBlock) and (passage.kind in (CELL, CAPTION) or passage.formula):
            kind, name = (LABELLED if passage.name in _NUMBERING else TABLED), passage.name
            if passage.kind == CAPTION and _COUNTED.match(passage.text, start):
                own = text == str(len(passage.block.rows))
                name, formula, labels = ("表内行数" if own else "表题中的计数"), _COUNTING, labels or (passage.block.label,) * own
        elif isinstance(passage.block, ChartBlock) and passage.kind == CHART:
            kind, name, labels = CHARTED, passage.block.finding, (self._charted(passage, passage.block, start, text),)
        elif passage.kind == NOTE:
            kind, name = POINTED, "依据所在的行"
        if kind == UNEXPLAINED or not labels:
            return Explanation(start, text, UNEXPLAINED)
        return Explanation(start, text, kind, name, formula, labels)

    def _charted(self, passage: Passage, chart: ChartBlock, start: int, text: str) -> str:
        """Return the label of the row of a chart's data that holds a number and whose name stands nearest before it.

        A number that no such row holds was counted or computed from all of them.
        """
        whole, before = f"{chart.label}数据", passage.text[:start]
        nearest, found = -1, 0
        for position, cells in data_rows(chart.csv):
            if position > 1 and bare(text) in map(bare, cells):
                place = max((before.rfind(cell) for cell in cells if HAN_WORDS.fullmatch(cell)), default=-1)
                if place > nearest:
                    nearest, found = place, position
        return self._chart_row(chart, found) if found else whole

    def _drawn(self, passage: Passage, chart: ChartBlock, start: int, text: str) -> Iterator[Explanation]:
        """Explain a number drawn in a chart by the rows that hold it; the marks of an axis are no numbers of the report."""
        found = matches(passage.text, text, chart.csv)
        bare_label = bool(_AXIS.fullmatch(passage.text))
        if bare_label and found and found[0].formula and not found[0].line:
            return  # an axis passes near many values
        if found:
            kind = LABELLED if found[0].column in IDS else DATED if found[0].column in YEARS else CHARTED
            labels = tuple(dict.fromkeys(self._chart_row(chart, match.line) for match in found))
            name = "；".join(dict.fromkeys(map(Match.words, found)))
            yield Explanation(start, text, kind, name, found[0].formula, labels)
        elif not bare_label and not NUMBERED.fullmatch(passage.text):
            yield Explanation(start, text, CHARTED, chart.finding, "由图中各行数据计数或计算", (f"{chart.label}数据",))

    def _chart_row(self, chart: ChartBlock, found: int) -> str:
        """Return the label of a line of a chart's data; 0 for all of them."""
        whole = f"{chart.label}数据"
        if not found:
            return whole
        (origin,) = self._index.places[whole]
        line = chart.csv.split("\n")[found - 1]
        row = Origin(f"{whole}第{found}行", origin.kind, origin.file, found, origin.sha256, line, "", origin.rests_on)
        return self._added(row)

    def _written(self, passage: Passage, text: str) -> tuple[str, ...]:
        """Return the line of a written text that a number stands in: the one most like the passage."""
        own = paths.home() / passage.file
        for path in (own, paths.parameters() / Path(_OWN_TEXT).name):
            if not path.is_file():
                continue
            file = self._shelf.file(path)
            lines = [number for number in range(1, len(file.lines) + 1) if text in file.line(number)]
            if lines:
                words = set(passage.text)
                best = max(lines, key=lambda number: (len(words & set(file.line(number))), -number))
                return (self._added(standing(f"{file.name} 第{best}行", "文稿", file, best)),)
            if path == own and passage.file in passage.text:
                return (self._added(standing(file.name, "文稿", file, 1)),)
        return ()

    def _parameter(self, name: str) -> str:
        """Return the label of a parameter: the line of the notebook that sets it."""
        label = f"{_PARAMETER}{name}"
        if label in self._index.places:
            return label
        notebook = self._folder / NOTEBOOK
        if not notebook.is_file():
            return self._added(Origin(label, _PARAMETER, text=name))
        file = self._shelf.file(notebook)
        place = max(file.text.rfind(f'"{name} = '), file.text.rfind(f'"{name}: '))  # set by the run, or declared with its default
        line = file.text.count("\n", 0, place) + 1 if place >= 0 else 0
        return self._added(Origin(label, _PARAMETER, NOTEBOOK, line, file.sha256, file.line(line)))

    def _added(self, origin: Origin) -> str:
        if origin.label not in self._index.places:
            self._index.add(origin)
        return origin.label


def _shown(name: str, value: object) -> list[str]:
    """Return the words by which the cover shows a parameter; none for one without a number.

    Example:
        >>> _shown("report_date", "2026-11-23"), _shown("data_year", 2023), _shown("midterm_data_year", 2023), _shown("stage", "定稿")
        (['2026-11-23', '2026年11月23日'], ['数据年份：2023'], [], [])
    """
    words = str(value)
    if isinstance(value, int):
        return [_YEARS_GIVEN[name] + words] if name in _YEARS_GIVEN else []
    if not re.search(r"\d", words):
        return []
    try:
        return [words, chinese_date(words)]
    except InputError:  # no date
        return [words]
