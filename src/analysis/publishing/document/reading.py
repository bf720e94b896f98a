"""From an executed notebook to the content of a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, RecordFile, TableBlock
from analysis.publishing.document.references import referred
from analysis.publishing.document.written_text import blocks, heading, sentence_spans
from analysis.vocabulary.marks import file_name

_NUMBERED_PLACE = re.compile(r"^(?P<before>.*?第)(?P<number>\d+)(?P<after>[行项].*)$")


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
    numbered = referred(list(_numbered(found)))
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
    note = evidence_note(place for claim in claims for place in claim.evidence)
    if not content["bulleted"]:
        spans = tuple(span for claim in claims for span in sentence_spans(claim.sentence))
        yield Paragraph(spans, tuple(claims), note)
        return
    items = [Paragraph(sentence_spans(claim.sentence), (claim,)) for claim in claims]
    items[-1] = replace(items[-1], note=note)
    yield Listing(tuple(items), (0,) * len(items))


def _claim(content: dict[str, Any]) -> Claim:
    claim = Claim(content["sentence"], tuple(content["evidence"]))
    quantities = tuple(Quantity(**{**item, "evidence": tuple(item["evidence"])}) for item in content["quantities"])
    object.__setattr__(claim, "quantities", quantities)  # as it was parsed in the notebook
    return claim


def evidence_note(places: Iterable[str]) -> str:
    """Word places of evidence as a footnote, rows of one table together.

    Example:
        >>> evidence_note(["指标表第1行", "指标表第4行", "推算表", "指标表第3行", "指标表第2行", "指标表第7行"])
        '数据依据：指标表第1—4、7行；推算表。'
    """
    grouped: dict[tuple[str, str], set[int]] = {}
    for place in dict.fromkeys(places):
        match = _NUMBERED_PLACE.match(place)
        key = (match["before"], match["after"]) if match else (place, "")
        grouped.setdefault(key, set()).update([int(match["number"])] if match else [])
    words = [f"{before}{_ranges(sorted(numbers))}{after}" for (before, after), numbers in grouped.items()]
    return f"数据依据：{'；'.join(words)}。" if words else ""


def _ranges(numbers: list[int]) -> str:
    """Write ascending numbers, three and more in a row as a range."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(str(number) for number in run) for run in runs)


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
