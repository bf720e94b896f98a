"""Blocks of a report: headings, paragraphs, lists, tables and charts, with what is known of their numbers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.presentation.claims import Claim


@dataclass(frozen=True)
class Span:
    """A run of text of one kind.

    Attributes:
        text: the words.
        bold, italic, code: how they are set.
        link: an outside address; empty for none.
        target: label of the chart or table that the words point to (``图3``); empty for none.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    target: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading.

    Attributes:
        id: anchor, unique in the document.
        level: 0 for the title of the report, 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）.
        number: its number as printed (``一、``, ``（二）``, ``附件三``); empty for none.
        text: its words without the number.
        claim: the words with what is known of their numbers; None where people wrote them.
        file: the file that people wrote it in, relative to the repository; empty where it comes from the notebook.
    """

    id: str
    level: int
    number: str
    text: str
    claim: Claim | None = None
    file: str = ""

    @property
    def full(self) -> str:
        """Number and words."""
        return f"{self.number}　{self.text}" if self.number.startswith("附件") else f"{self.number}{self.text}"

    @property
    def annex(self) -> bool:
        """Say whether it opens an annex."""
        return self.number.startswith("附件")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or one item of a list.

    Attributes:
        spans: its text.
        claims: the sentences it is made of; empty where people wrote it.
        note: text of its footnote (places of evidence); empty for none.
        file: the file that people wrote it in, relative to the repository; empty for sentences of the notebook.
        awaited: whether it only says that the text is still to be written.
    """

    spans: tuple[Span, ...]
    claims: tuple[Claim, ...] = ()
    note: str = ""
    file: str = ""
    awaited: bool = False

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Listing:
    """A list; nested items carry their depth.

    Attributes:
        items: the items in order.
        depths: for each item, 0 for the outermost.
        ordered: numbered instead of bulleted.
    """

    items: tuple[Paragraph, ...]
    depths: tuple[int, ...]
    ordered: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table of text cells.

    Attributes:
        id: the table's ASCII name, unique among tables; a chart may have the same.
        label: ``表2``.
        caption: its title.
        columns, rows: text cells.
        numeric: columns to align right.
        wide: needs a page on its side.
        evidence: for each row, places its numbers come from; may be empty.
        places: places that hold for every row.
        formulas: how a column is computed.
    """

    id: str
    label: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[str]
    wide: bool
    evidence: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    formulas: Mapping[str, str]


@dataclass(frozen=True)
class ChartBlock:
    """A chart.

    Attributes:
        id: the chart's ASCII name, unique among charts.
        label: ``图3``.
        finding: its title.
        measure: measure, place, period, unit.
        sources: line of sources.
        alt: what it shows, in words.
        svg: the drawing.
        csv: the data behind it.
        file: name of its files without ending (with the mark of demonstration data).
    """

    id: str
    label: str
    finding: str
    measure: str
    sources: str
    alt: str
    svg: str
    csv: str
    file: str


Block = Heading | Paragraph | Listing | TableBlock | ChartBlock


@dataclass(frozen=True)
class RecordFile:
    """A data table that goes with the report.

    Attributes:
        name: ASCII name (``verdicts``).
        file: file name in the report's folder.
        csv: its content.
    """

    name: str
    file: str
    csv: str


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        title: title.
        blocks: content in order, the title first.
        records: data tables.
        demonstration: whether it shows made-up figures and must say so on every page.
        parameters: values the notebook ran with, by name.
    """

    title: str
    blocks: tuple[Block, ...]
    records: tuple[RecordFile, ...]
    demonstration: bool
    parameters: Mapping[str, object]

    @property
    def date(self) -> datetime.date | None:
        """Date of issue from the parameter ``report_date``; None where it gives none."""
        try:
            return datetime.date.fromisoformat(str(self.parameters.get("report_date") or ""))
        except ValueError:
            return None

    def of(self, kind: type[Block]) -> list[Block]:
        """Return the blocks of one kind, in order."""
        return [block for block in self.blocks if isinstance(block, kind)]
