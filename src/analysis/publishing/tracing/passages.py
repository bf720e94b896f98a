"""Stretches of a report that numbers stand in: sentences, headings, cells, captions, charts, footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.presentation.claims import Claim
from analysis.presentation.quantities import Quantity
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock
from analysis.publishing.document.reading import evidence_note
from analysis.publishing.tracing.chart_data import drawn_words

SENTENCE, HEADING, CELL, CAPTION, COLUMN, METHOD, CHART, DRAWN, NOTE, WRITTEN, REFERENCE = (
    "正文", "标题", "表格", "表题", "表头", "表注", "图", "图中标注", "脚注", "文稿", "图表序号",
)  # fmt: skip
_NAMING = ("指标", "统计数据", "数据", "任务", "核对内容")  # columns that name what a row is about
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Passage:
    """One stretch of text.

    Attributes:
        kind: one of the words above.
        section: headings over it, outermost first.
        text: its words.
        where: 表8第3行，完成率; 图2标题 and the like; empty for a sentence.
        row: what the row of a cell is about.
        quantities: numbers that are known, by their place in ``text``.
        cited: places that hold for every other number.
        formula: how the figures are computed; of a cell, by its column.
        name: what the figures are; of a cell, its column.
        file: the file that people wrote it in.
        block: the block it belongs to.
        cover: whether it stands before the first section.
    """

    kind: str
    section: tuple[str, ...]
    text: str
    where: str = ""
    row: str = ""
    quantities: tuple[Quantity, ...] = ()
    cited: tuple[str, ...] = ()
    formula: str = ""
    name: str = ""
    file: str = ""
    block: Block | None = None
    cover: bool = False


def passages(document: Document) -> Iterator[Passage]:
    """Yield everything a reader of the report can read, in order."""
    above: list[tuple[int, str]] = []
    file = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            above = [(level, words) for level, words in above if level < block.level]
        section = tuple(words for _, words in above)
        cover = not any(level == 1 for level, _ in above)
        if isinstance(block, Heading):
            yield _heading(block, section, cover)
            above.append((block.level, block.full))
        elif isinstance(block, Paragraph):
            file = block.file
            yield from _paragraph(block, section, cover)
        elif isinstance(block, Listing):
            claims = [claim for item in block.items for claim in item.claims]
            for item in block.items:
                file = item.file
                yield from _paragraph(item, section, cover, claims)
        elif isinstance(block, TableBlock):
            yield from _table(block, section, "" if block.label else file)
        else:
            yield from _chart(block, section)


def _heading(block: Heading, section: tuple[str, ...], cover: bool) -> Passage:
    if block.file or block.claim is None:
        return Passage(WRITTEN if block.file else HEADING, section, block.full, file=block.file, block=block, cover=cover)
    text, quantities = _plain(block.claim)
    return Passage(HEADING, section, text, quantities=quantities, cited=block.claim.evidence, block=block, cover=cover)


def _paragraph(block: Paragraph, section: tuple[str, ...], cover: bool, noted: Sequence[Claim] | None = None) -> Iterator[Passage]:
    """Yield a paragraph's sentences, what else it says, and its footnote.

    Args:
        block, section, cover: see :class:`Passage`.
        noted: the sentences that its footnote is about, where they are more than its own.
    """
    rest = block.text
    for claim in block.claims:
        text, quantities = _plain(claim)
        rest = rest.removeprefix(text)
        yield Passage(SENTENCE, section, text, quantities=quantities, cited=claim.evidence, block=block, cover=cover)
    if rest:
        kind = WRITTEN if block.file else REFERENCE if any(span.target for span in block.spans) else SENTENCE
        yield Passage(kind, section, rest, file=block.file, block=block, cover=cover)
    if block.note:
        places = tuple(dict.fromkeys(place for claim in noted or block.claims for place in claim.evidence))
        yield Passage(WRITTEN if block.file else NOTE, section, block.note, file=block.file, cited=places, block=block)


def _plain(claim: Claim) -> tuple[str, tuple[Quantity, ...]]:
    """Return a sentence as shown, without the marks of **bold**, and its quantities moved to their places there."""
    dropped = sorted(place for match in _BOLD.finditer(claim.sentence) for place in (match.start(), match.end() - 2))
    moved = tuple(
        Quantity(item.start - 2 * sum(place < item.start for place in dropped), item.text, item.name, item.formula, item.evidence)
        for item in claim.quantities
    )
    return _BOLD.sub(r"\1", claim.sentence), moved


def _table(block: TableBlock, section: tuple[str, ...], file: str) -> Iterator[Passage]:
    every = tuple(dict.fromkeys([*block.places, *(place for row in block.evidence for place in row)]))
    if block.caption:
        yield Passage(CAPTION, section, f"{block.label}　{block.caption}", f"{block.label}表题", cited=every, name="表题", block=block)
    for column in block.columns:
        formula = block.formulas.get(column, "")
        yield Passage(COLUMN, section, column, f"{block.label}表头", cited=every, formula=formula, name="表头", file=file, block=block)
    for column, formula in block.formulas.items():
        yield Passage(METHOD, section, f"{column}＝{formula}", f"{block.label}注", cited=every, formula=formula, name=column, block=block)
    if every:
        yield Passage(NOTE, section, evidence_note(every), f"{block.label}注", cited=every, block=block)
    for position, row in enumerate(block.rows):
        own = block.evidence[position] if block.evidence else ()
        about = _about(block, row)
        for column, cell in zip(block.columns, row, strict=True):
            where = f"{block.label}第{position + 1}行，{column}"
            yield Passage(
                CELL, section, cell, where, about, cited=(*own, *block.places), formula=block.formulas.get(column, ""), name=column,
                file=file, block=block,
            )  # fmt: skip


def _about(block: TableBlock, row: tuple[str, ...]) -> str:
    """Return what a row is about: the cell of a column that names rows, else the first cell of words."""
    cells = dict(zip(block.columns, row, strict=True))
    words = [cell for column, cell in cells.items() if column not in block.numeric]
    return next((cells[column] for column in _NAMING if column in cells), next(iter(words), ""))


def _chart(block: ChartBlock, section: tuple[str, ...]) -> Iterator[Passage]:
    title = f"{block.label}　{block.finding}"
    for name, text in (("标题", title), ("副题", block.measure), ("来源", block.sources), ("图示文字", block.alt)):
        yield Passage(CHART, section, text, f"{block.label}{name}", name=block.finding, block=block)
    for text in dict.fromkeys(drawn_words(block)):
        yield Passage(DRAWN, section, text, f"{block.label}{DRAWN}", name=block.finding, block=block)


def shown_spans(block: Block | None) -> tuple[Span, ...]:
    """Return the spans of a paragraph; none of anything else."""
    return block.spans if isinstance(block, Paragraph) else ()
