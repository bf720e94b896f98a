"""From an executed notebook to the content of a report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from analysis.presentation.charts.chart import CHART_MIME
from analysis.presentation.claims import PASSAGES_MIME, Claim
from analysis.presentation.quantities import Quantity
from analysis.presentation.record import RECORD_MIME
from analysis.presentation.tables import TABLE_MIME
from analysis.presentation.written import NARRATIVE_MIME
from analysis.publishing.document.evidence import evidence_note
from analysis.publishing.document.footnotes import noted
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, RecordFile, TableBlock
from analysis.publishing.document.references import referred
from analysis.publishing.document.written_text import blocks, heading, sentence_spans
from analysis.vocabulary.marks import file_name

__all__ = ["evidence_note", "read_document"]


def read_document(notebook: Path, *, demonstration: bool, parameters: Mapping[str, object]) -> Document:
    """Return the content of a report.

    Args:
        notebook: an executed notebook.
        demonstration: whether its figures are made up.
        parameters: what it ran with.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    found: list[Block] = []
    records: list[RecordFile] = []
    for position, cell in enumerate(cells, start=1):
        if cell["cell_type"] == "markdown":
            found += blocks(_joined(cell["source"]), key=f"cell_{position}")
        for output in cell.get("outputs", []):
            if "data" not in output:
                continue
            data = output["data"]
            if RECORD_MIME in data:
                records.append(RecordFile(**data[RECORD_MIME]))
            else:
                found += _shown(data, position)
    numbered = referred(list(noted(_numbered(found), records)))
    title = next((block.text for block in numbered if isinstance(block, Heading) and block.level == 0), notebook.stem)
    return Document(title, tuple(numbered), tuple(records), demonstration, parameters)


def _shown(data: dict[str, Any], position: int) -> Iterator[Block]:
    """Return what one output shows, by its richest kind."""
    if PASSAGES_MIME in data:
        for passage in data[PASSAGES_MIME]:
            yield from _passage(passage)
    elif CHART_MIME in data:
        yield _chart(data)
    elif TABLE_MIME in data:
        yield _table(data[TABLE_MIME])
    elif NARRATIVE_MIME in data:
        written = data[NARRATIVE_MIME]
        yield from blocks(written["markdown"], file=written["file"], awaited=written["awaited"], key=f"written_{position}")
    elif "text/markdown" in data:
        yield from blocks(_joined(data["text/markdown"]), key=f"output_{position}")


def _passage(content: dict[str, Any]) -> Iterator[Block]:
    head = _claim(content["heading"])
    if head.sentence:
        yield heading(head.sentence, content["level"], claim=head)
    claims = [_claim(item) for item in content["claims"]]
    if content["bulleted"]:
        items = tuple(Paragraph(sentence_spans(claim.sentence), (claim,)) for claim in claims)
        yield Listing(items, (0,) * len(items))
    else:
        yield Paragraph(tuple(span for claim in claims for span in sentence_spans(claim.sentence)), tuple(claims))


def _claim(content: dict[str, Any]) -> Claim:
    claim = Claim(content["sentence"], tuple(content["evidence"]))
    quantities = tuple(Quantity(**{**item, "evidence": tuple(item["evidence"])}) for item in content["quantities"])
    object.__setattr__(claim, "quantities", quantities)  # as it was parsed in the notebook
    return claim


def _chart(data: dict[str, Any]) -> ChartBlock:
    chart = data[CHART_MIME]
    file = file_name(chart["name"], demonstration=chart["demonstration"])
    return ChartBlock(
        chart["name"], "", chart["finding"], chart["measure"], chart["sources"], chart["alt"], _joined(data["image/svg+xml"]), chart["csv"],
        file,
    )  # fmt: skip


def _table(content: dict[str, Any]) -> TableBlock:
    return TableBlock(
        content["name"], "", content["caption"], tuple(content["columns"]), tuple(tuple(row) for row in content["rows"]),
        frozenset(content["numeric"]), content["wide"], tuple(tuple(row) for row in content["evidence"]), tuple(content["places"]),
        content["formulas"],
    )  # fmt: skip


def _numbered(found: list[Block]) -> Iterator[Block]:
    """Give headings their anchors, charts and tables their labels, in order; a table without title keeps without."""
    headings, charts, tables = count(1), count(1), count(1)
    for block in found:
        if isinstance(block, Heading):
            yield replace(block, id=f"s{next(headings)}")
        elif isinstance(block, ChartBlock):
            yield replace(block, label=f"图{next(charts)}")
        elif isinstance(block, TableBlock) and block.caption:
            yield replace(block, label=f"表{next(tables)}")
        else:
            yield block


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
