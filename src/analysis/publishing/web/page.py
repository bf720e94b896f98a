"""The whole page: one file that loads nothing and runs no script but its own."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.publishing.document.model import ChartBlock, Document, Heading, Listing, Paragraph, TableBlock
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import jinja2

# The page's own parts, beside this module.
_TEMPLATE, _STYLE, _DEMONSTRATION_STYLE, _SCRIPT = "page.html.j2", "page.css", "demonstration.css", "page.js"


def web_page(document: Document) -> str:
    """Return a report as one HTML page; equal documents give equal text.

    Args:
        document: the report.
    """
    from analysis.publishing.web.anchors import Anchors
    from analysis.publishing.web.inline import Inline
    from analysis.publishing.web.notes import numbered_notes
    from analysis.publishing.web.outline import outlined

    notes = numbered_notes(document)
    style = _part(_STYLE) + (_part(_DEMONSTRATION_STYLE) if document.demonstration else "")
    script = _part(_SCRIPT)
    front, parts = outlined(document)
    return _environment().get_template(_TEMPLATE).render(
        document=document, front=front, parts=parts, notes=notes, inline=Inline(Anchors.of(document), notes),
        mark=DEMONSTRATION if document.demonstration else "", style=style, script=script, policy=content_policy(style, script),
    )  # fmt: skip


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
    from analysis.publishing.web.table_view import TableView

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    kinds = {Heading: "heading", Paragraph: "paragraph", Listing: "listing", TableBlock: "table", ChartBlock: "chart"}
    environment.filters |= {
        "anchor": anchor, "data_table": data_table, "picture": picture, "nested": nested, "view": TableView.of,
        "kind": lambda block: kinds[type(block)],
    }  # fmt: skip
    return environment
