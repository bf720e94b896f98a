"""The whole page: one file that loads nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publishing.document.model import ChartBlock, Document, Heading, Listing, Paragraph, TableBlock
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import jinja2

# The page's own parts, beside this module.
_TEMPLATE, _STYLE, _DEMONSTRATION_STYLE, _SCRIPT = "page.html.j2", "page.css", "demonstration.css", "page.js"
# What no HTML text may hold: control characters, and halves of characters that no file can be written with.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def web_page(document: Document) -> str:
    """Return a report as one HTML page; equal documents give equal text.

    Args:
        document: the report.
    """
    from analysis.publishing.document.footnotes import place_words
    from analysis.publishing.web.anchors import Anchors
    from analysis.publishing.web.inline import Inline
    from analysis.publishing.web.notes import numbered_notes
    from analysis.publishing.web.outline import outlined
    from analysis.publishing.web.table_view import TableView

    notes = numbered_notes(document)
    style = _part(_STYLE) + (_part(_DEMONSTRATION_STYLE) if document.demonstration else "")
    script = _part(_SCRIPT)
    front, parts = outlined(document)
    page: str = _environment().get_template(_TEMPLATE).render(
        document=document, front=front, parts=parts, notes=notes, inline=Inline(Anchors.of(document), notes),
        view=partial(TableView.of, place_words=place_words(document)), mark=DEMONSTRATION if document.demonstration else "",
        style=style, script=script, policy=content_policy(style, script),
    )  # fmt: skip
    return _UNPRINTABLE.sub("", page)


def content_policy(style: str, script: str) -> str:
    """Return the Content-Security-Policy that lets a page use one style sheet, one script and pictures within itself.

    Args:
        style, script: the text between the tags.

    Example:
        >>> content_policy("", "").split("; ")[:2]
        ["default-src 'none'", "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"]
    """
    allowed = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in (style, script)]
    return f"default-src 'none'; style-src {allowed[0]}; script-src {allowed[1]}; img-src data:; base-uri 'none'; form-action 'none'"


@cache
def _part(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    from analysis.publishing.web.anchors import anchor
    from analysis.publishing.web.downloads import data_table, picture
    from analysis.publishing.web.nesting import nested

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    kinds = {Heading: "heading", Paragraph: "paragraph", Listing: "listing", TableBlock: "table", ChartBlock: "chart"}
    environment.filters |= {
        "anchor": anchor, "data_table": data_table, "picture": picture, "nested": nested,
        "kind": lambda block: kinds[type(block)],
    }  # fmt: skip
    return environment
