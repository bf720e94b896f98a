"""``trace.json``: every number of a report with what it is and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from analysis.presentation.origins.origin import Origin
from analysis.publishing.document.model import Document
from analysis.publishing.document.reading import evidence_note
from analysis.publishing.tracing.explanations import Explainer
from analysis.publishing.tracing.index import OriginIndex
from analysis.publishing.tracing.passages import passages
from analysis.publishing.tracing.trace_file import TRACE, VERSION


def write_trace(document: Document, folder: Path) -> Path:
    """Write the origins of all numbers of a report into its folder; equal reports give equal bytes.

    Args:
        document: the report's content.
        folder: the report's folder, where its notebook lies already.

    Returns:
        The file written.
    """
    index = OriginIndex.of(document, folder)
    explainer = Explainer(index, document.parameters, folder)
    stretches: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    unknown: dict[str, None] = {}
    for passage in passages(document):
        explained = list(explainer.explained(passage))
        if not explained:
            continue
        cited = [*passage.cited, *(place for item in passage.quantities for place in item.evidence)]
        unknown |= dict.fromkeys(index.unknown(cited))
        stretches.append(_filled({"kind": passage.kind, "where": passage.where, "row": passage.row, "text": passage.text}, passage.section))
        for item in explained:
            values = {"name": item.name, "formula": item.formula, "origins": list(item.labels)}
            found.append({"passage": len(stretches) - 1, "start": item.start, "text": item.text, "class": item.kind} | _set(values))
    places = index.closure(dict.fromkeys(label for number in found for label in number.get("origins", ())))
    target = folder / TRACE
    target.write_text("".join(_lines(document.title, stretches, found, places, list(unknown), index)), encoding="utf-8", newline="\n")
    return target


def _filled(values: dict[str, Any], section: tuple[str, ...]) -> dict[str, Any]:
    return _set({"section": list(section)} | values)


def _set(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty."""
    return {name: value for name, value in values.items() if value}


def _lines(
    title: str,
    stretches: Iterable[dict[str, Any]],
    found: Iterable[dict[str, Any]],
    places: dict[str, list[Origin]],
    unknown: list[str],
    index: OriginIndex,
) -> Iterator[str]:
    """Yield the file, one entry a line so that two versions can be compared."""
    yield f'{{\n"version": {VERSION},\n"title": {_json(title)},\n"unknown": {_json(unknown)},\n"passages": [\n'
    yield ",\n".join(map(_json, stretches))
    yield '\n],\n"numbers": [\n'
    yield ",\n".join(map(_json, found))
    yield '\n],\n"origins": {\n'
    yield ",\n".join(f"{_json(label)}: {_json([_place(item, index) for item in items])}" for label, items in sorted(places.items()))
    yield "\n}\n}\n"


def _place(origin: Origin, index: OriginIndex) -> dict[str, Any]:
    return _set(
        {
            "kind": origin.kind,
            "file": origin.file,
            "line": origin.line,
            "sha256": origin.sha256,
            "text": origin.text,
            "formula": origin.formula,
            "rests_on": (rests_on := index.labels(origin.rests_on)),
            "basis": evidence_note(rests_on).removeprefix("数据依据：").removesuffix("。"),
        }
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
