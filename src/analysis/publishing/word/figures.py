"""Charts with their captions, and the captions of tables."""

from __future__ import annotations

from io import BytesIO

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.shape import CT_Inline
from docx.parts.document import DocumentPart
from docx.shared import Emu

from analysis.publishing.document.model import ChartBlock, TableBlock
from analysis.publishing.word.fields import bookmarked, field, run
from analysis.publishing.word.markup import Node, legal, node
from analysis.publishing.word.page import EMU_PER_TWIP, LINE_TWIPS, Page

_CAPTION_LINES = 3


def picture(part: DocumentPart, chart: ChartBlock, image: bytes, page: Page, identity: int, scale: float = 1.0) -> Node:
    """Return the paragraph that holds a chart, as wide as the text unless its caption would not fit on the page with it.

    Args:
        part: the document, which keeps the picture.
        chart: the chart.
        image: PNG.
        page: the page it stands on.
        identity: number of the drawing, unique in the document.
        scale: makes it smaller, so that it fits on the rest of a page.
    """
    kept = part.package.get_or_add_image_part(BytesIO(image))
    widest = page.text_width * EMU_PER_TWIP
    highest = (page.text_height - _CAPTION_LINES * LINE_TWIPS) * EMU_PER_TWIP
    scale = min(widest / kept.default_cx, highest / kept.default_cy, 1.0) * scale
    width, height = (Emu(int(side * scale)) for side in (kept.default_cx, kept.default_cy))
    relation = part.relate_to(kept, RELATIONSHIP_TYPE.IMAGE)
    drawing = CT_Inline.new_pic_inline(identity, relation, f"{chart.id}.png", width, height)
    for name, value in (("name", chart.label), ("descr", chart.alt), ("title", chart.finding)):
        drawing.docPr.set(name, legal(value))
    return node("p", node("pPr", node("pStyle", val="Picture")), node("r", node("drawing", drawing)))


def caption(block: ChartBlock | TableBlock, words: str, bookmark: str, identity: int) -> Node:
    """Return a caption: the label as a bookmarked field, then the words; a table's stays with the table below.

    Args:
        block: what it names.
        words: its words.
        bookmark: name of the bookmark on the label.
        identity: number of the bookmark.
    """
    kind, number = block.label[0], block.label[1:]
    label = [run(kind), *field(f"SEQ {kind} \\* ARABIC", number)]
    keep = node("keepNext") if isinstance(block, TableBlock) else None
    return node(
        "p",
        node("pPr", node("pStyle", val="Caption"), keep, node("keepLines")),
        *bookmarked(bookmark, identity, label),
        run(f"　{words}"),
    )
