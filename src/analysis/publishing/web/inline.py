"""Text with bold, links and references as HTML; whatever people or data wrote is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.publishing.document.inline_text import SAFE_LINKS
from analysis.publishing.document.model import Paragraph, Span
from analysis.publishing.web.anchors import Anchors

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Inline:
    """How the words of one page are set.

    Attributes:
        anchors: where its references lead.
        notes: text of the footnotes by number.
    """

    anchors: Anchors
    notes: Mapping[int, Paragraph]

    def words(self, paragraph: Paragraph) -> Markup:
        """Return a paragraph's content, with the mark of its footnote behind it.

        Args:
            paragraph: the paragraph or item.
        """
        from markupsafe import Markup

        words = Markup("").join(self._span(span) for span in paragraph.spans)
        return words + Markup("").join(_mark(number) for number, noted in self.notes.items() if noted is paragraph)

    def _span(self, span: Span) -> Markup:
        from markupsafe import Markup, escape

        words = escape(span.text)
        words = Markup("<code>{}</code>").format(words) if span.code else Markup(words.replace("\n", Markup("<br>")))
        if span.bold:
            words = Markup("<strong>{}</strong>").format(words)
        if span.italic:
            words = Markup("<em>{}</em>").format(words)
        if span.link.startswith(SAFE_LINKS):
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(span.link, words)
        place = self.anchors.target(span) if span.target else ""
        return Markup('<a class="reference" href="#{}">{}</a>').format(place, words) if place else words


def _mark(number: int) -> Markup:
    from markupsafe import Markup

    return Markup('<sup class="mark"><a id="ref-{0}" href="#note-{0}" role="doc-noteref" aria-label="注{0}">{0}</a></sup>').format(number)
