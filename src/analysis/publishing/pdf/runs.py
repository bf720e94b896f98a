"""Order of pages: wide tables stand together on pages on their side, so that text is not torn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Part = dict[str, Any]
# A section of fewer characters goes with its wide tables onto their page.
_LIGHT = 300


def runs(parts: Iterable[Part]) -> list[Part]:
    """Return runs of parts that share a kind of page.

    A section is what stands under one main heading. Its wide tables follow at its end; a section that is hardly more than its
    wide tables (an annex) goes with them.

    Args:
        parts: parts in the order of the report.
    """
    found: list[Part] = []
    for section in _sections(parts):
        turned = [part for part in section if part.get("turned")]
        if turned and all(part.get("turned") or part["kind"] in ("heading", "paragraph") for part in section) and _light(section):
            _add(found, section, turned=True)
            continue
        _add(found, [part for part in section if not part.get("turned")], turned=False)
        _add(found, turned, turned=True)
    return found


def _sections(parts: Iterable[Part]) -> list[list[Part]]:
    sections: list[list[Part]] = [[]]
    for part in parts:
        if part["kind"] == "heading" and part["level"] == 1:
            sections.append([])
        sections[-1].append(part)
    return sections


def _light(section: list[Part]) -> bool:
    return sum(len(span["text"]) for part in section for span in part.get("spans", ())) < _LIGHT


def _add(found: list[Part], parts: list[Part], *, turned: bool) -> None:
    if not parts:
        return
    if found and found[-1]["turned"] == turned:
        found[-1]["parts"] += parts
    else:
        found.append({"turned": turned, "parts": list(parts)})
