"""The report as PDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publishing.document.model import ChartBlock, Document

if TYPE_CHECKING:
    from typst import PDFStandard

_TEMPLATE = Path(__file__).with_name("report.typ")
_MOST_PASSES = 12


def pdf_report(document: Document) -> bytes:
    """Return the report as an accessible PDF (PDF/UA-1; with a date of issue also PDF/A-2a, for archives).

    Equal content gives equal bytes: the file bears no time but the date of issue, and only the shipped fonts are used.
    """
    import json

    import typst

    from analysis.publishing.pdf.parts import content

    whole = content(document)
    drawings = {block.label: block.svg for block in document.blocks if isinstance(block, ChartBlock)}
    # Text goes over as data, so that nothing people wrote is read as markup.
    data = {"report": json.dumps(whole, ensure_ascii=False)} | drawings
    data["heights"] = _heights(data)
    try:
        return _compiled(data, ["ua-1", "a-2a"] if whole["date"] else ["ua-1"])
    except typst.TypstError:  # rarely, a page break tears tags apart; the file is then tagged but claims no standard
        return _compiled(data, [])


def _heights(data: Mapping[str, str]) -> str:
    """Set the report until no chart changes its height; what is decided for one moves those after it."""
    import json

    import typst

    from analysis.publishing.pdf.heights import heights

    decided = "{}"
    for _ in range(_MOST_PASSES):
        inputs = {**data, "heights": decided}
        told = typst.query(str(_TEMPLATE), "<room>", field="value", sys_inputs=inputs, **_surroundings())
        found = json.dumps(heights(json.loads(told)), ensure_ascii=False)
        if found == decided:
            break
        decided = found
    return decided


def _surroundings() -> dict[str, Any]:
    from analysis.vocabulary import paths

    return {"root": str(_TEMPLATE.parent), "font_paths": [str(paths.fonts())], "ignore_system_fonts": True}


def _compiled(data: Mapping[str, str], standards: list[PDFStandard]) -> bytes:
    import typst

    made: bytes = typst.compile(str(_TEMPLATE), format="pdf", sys_inputs=dict(data), pdf_standards=standards, **_surroundings())
    return made
