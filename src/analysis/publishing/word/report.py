"""Blocks of a report in the order they stand in the Word file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count

from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, TableBlock
from analysis.publishing.document.table_note import table_note
from analysis.publishing.document.title import title_lines
from analysis.publishing.word.contents import DEEPEST, Entry, contents
from analysis.publishing.word.fields import bookmarked, run
from analysis.publishing.word.figures import caption, picture
from analysis.publishing.word.footnotes import Footnotes
from analysis.publishing.word.furniture import footer, header
from analysis.publishing.word.heading_numbers import automatic_numbers
from analysis.publishing.word.markup import Node, node
from analysis.publishing.word.numbering import Numbering, numbered
from analysis.publishing.word.orientation import sideways
from analysis.publishing.word.package import WordPackage
from analysis.publishing.word.page import SIDEWAYS, UPRIGHT, Page, Place, section
from analysis.publishing.word.page_guess import Guess, guessed
from analysis.publishing.word.settings import settings
from analysis.publishing.word.styles import style_sheet
from analysis.publishing.word.tables import table_element
from analysis.publishing.word.typefaces import font_table
from analysis.publishing.word.words import Words

_PLACES: tuple[Place, ...] = ("default", "even")


def written_report(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """Return a report as Word file (see :func:`analysis.publishing.word.word_report`)."""
    package = WordPackage()
    package.attach("styles", style_sheet())
    package.attach("settings", settings())
    package.attach("fontTable", font_table())
    package.attach_theme()
    headers = {place: package.attach("header", header(), place) for place in _PLACES if document.demonstration}
    footers = {place: package.attach("footer", footer(place), place) for place in _PLACES}
    writer = _Writer(document, pictures, package)
    package.fill(writer.body(lambda lying: section(SIDEWAYS if lying else UPRIGHT, headers, footers)))
    package.attach("numbering", writer.numbering.definitions())
    package.attach("footnotes", writer.footnotes.contents())
    package.describe(document)
    return package.bytes()


class _Writer:
    """What the blocks of one report share: numbers, notes, bookmarks."""

    def __init__(self, document: Document, pictures: Mapping[str, bytes], package: WordPackage) -> None:
        self._blocks = document.blocks
        self._pictures = pictures
        self._main = package.main
        self.numbering = Numbering()
        self.footnotes = Footnotes()
        self._identities = count(1)
        labelled = [block for block in document.blocks if isinstance(block, ChartBlock | TableBlock) and block.label]
        self._labels = {block.label: f"_Ref{number}" for number, block in enumerate(labelled, start=1)}
        self._words = Words(self._labels, package.main)
        headings = [block for block in document.blocks if isinstance(block, Heading)]
        self._bookmarks = {heading.id: f"_Toc{number}" for number, heading in enumerate(headings, start=1)}
        series = automatic_numbers(headings)
        restarted = {found: self.numbering.restarted_headings() for found in sorted({found for found in series if found})}
        self._series = {
            heading.id: None if found is None else restarted.get(found, Numbering.HEADINGS)
            for heading, found in zip(headings, series, strict=True)
        }

    def body(self, section_of: Callable[[bool], Node]) -> list[Node]:
        """Return the whole body.

        Args:
            section_of: makes the properties of a section, upright (False) or on its side.
        """
        turned = sideways(self._blocks)
        guess = guessed(self._blocks, turned)
        opening = next((place for place, block in enumerate(self._blocks) if _listed(block)), None)
        found: list[Node] = []
        for place, (block, lying) in enumerate(zip(self._blocks, turned, strict=True)):
            if place and lying != turned[place - 1]:
                _close(found, section_of(turned[place - 1]))
            if place == opening:
                found.append(self._contents(guess))
            found += self._block(block, SIDEWAYS if lying else UPRIGHT, guess, new_page=place == opening)
        found.append(section_of(bool(turned) and turned[-1]))
        return found

    def _contents(self, guess: Guess) -> Node:
        return contents(
            [
                Entry(block.level, block.full, self._bookmarks[block.id], guess.pages[block.id])
                for block in self._blocks
                if isinstance(block, Heading) and _listed(block)
            ]
        )

    def _block(self, block: Block, page: Page, guess: Guess, *, new_page: bool) -> list[Node]:
        match block:
            case Heading():
                return [self._heading(block, new_page=new_page)]
            case Paragraph():
                return [self._paragraph(block)]
            case Listing():
                return self._listing(block)
            case TableBlock():
                return self._table(block, page)
            case ChartBlock():
                scale = guess.scales.get(block.id, 1.0)
                shown = picture(self._main, block, self._pictures[block.id], page, next(self._identities), scale)
                return [shown, self._caption(block, block.finding)]

    def _heading(self, block: Heading, *, new_page: bool) -> Node:
        series = self._series[block.id]
        style = "Annex" if block.annex else f"Heading{block.level}" if block.level else "Title"
        number = None
        if style.startswith("Heading") and series != Numbering.HEADINGS:
            number = numbered(series or 0, block.level - 1)  # 0 takes the number of the style away
        words = run("\n".join(title_lines(block.full)) if style == "Title" else block.full if series is None else block.text)
        properties = node("pPr", node("pStyle", val=style), node("pageBreakBefore") if new_page else None, number)
        return node("p", properties, *bookmarked(self._bookmarks[block.id], next(self._identities), [words]))

    def _paragraph(self, block: Paragraph) -> Node:
        codes = [span.code for span in block.spans]
        style = "CodeBlock" if codes and all(codes) else "BodyText"
        # A name of a file does not break: lines before it would be stretched.
        ragged = node("jc", val="left") if any(codes) else None
        return node("p", node("pPr", node("pStyle", val=style), ragged), *self._runs(block))

    def _listing(self, block: Listing) -> list[Node]:
        series = self.numbering.ordered_list() if block.ordered else Numbering.BULLETS
        return [
            node("p", node("pPr", node("pStyle", val="ListParagraph"), numbered(series, depth)), *self._runs(item))
            for item, depth in zip(block.items, block.depths, strict=True)
        ]

    def _runs(self, block: Paragraph) -> list[Node]:
        note = [self.footnotes.mark(block.note)] if block.note else []
        return [*self._words.runs(block.spans, awaited=block.awaited), *note]

    def _table(self, block: TableBlock, page: Page) -> list[Node]:
        named = [self._caption(block, block.caption)] if block.label else []
        note = table_note(block)
        # Without a paragraph in between, Word would join two tables.
        whole = node("keepLines") if note else None
        after = node("p", node("pPr", node("pStyle", val="TableNote" if note else "Gap"), whole), run(note) if note else None)
        return [*named, table_element(block, page.text_width, noted=bool(note)), after]

    def _caption(self, block: ChartBlock | TableBlock, words: str) -> Node:
        return caption(block, words, self._labels[block.label], next(self._identities))


def _listed(block: Block) -> bool:
    return isinstance(block, Heading) and 1 <= block.level <= DEEPEST


def _close(found: list[Node], properties: Node) -> None:
    """End a section with an empty paragraph: LibreOffice loses bookmarks of one that closes a section."""
    last = found[-1]
    if not (last.tag.endswith("}p") and last.pPr.style == "Gap"):
        last = node("p", node("pPr", node("pStyle", val="Gap")))
        found.append(last)
    last.pPr.append(properties)
