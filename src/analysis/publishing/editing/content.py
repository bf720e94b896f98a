"""The words of the office files as they were made, kept with a report: what people change later can then be told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.archive.sources import sha256_of
from analysis.publishing.editing.condition import recorded_files
from analysis.publishing.editing.office_text import office_lines
from analysis.publishing.editing.word_parts import word_parts

CONTENT = "content.json"
WORD_FILE = "report.docx"
OFFICE_FILES = (WORD_FILE, "report.xlsx")
_PARTS = "word_parts"


@dataclass(frozen=True)
class Content:
    """The office files of a report as they were made.

    Attributes:
        lines: their words, by file.
        parts: what the Word file held besides; empty for reports made before it was kept.
    """

    lines: dict[str, list[str]]
    parts: dict[str, str] = field(default_factory=dict)


def write_content(folder: Path) -> Path:
    """Write the lines of the office files of a report just made, and what its Word file holds besides."""
    content: dict[str, Any] = {name: office_lines(folder / name) or [] for name in OFFICE_FILES}
    content[_PARTS] = word_parts(folder / WORD_FILE) or {}
    path = folder / CONTENT
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8", newline="\n")
    return path


def read_content(folder: Path) -> Content | None:
    """Return what :func:`write_content` kept; None where it is missing or not as it was made.

    Where the manifest is damaged nothing vouches for it, and it is taken as it is.
    """
    recorded, path = recorded_files(folder), folder / CONTENT
    if not path.is_file() or (recorded is not None and sha256_of(path) != recorded.get(CONTENT)):
        return None
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    if not isinstance(content, dict) or not all(_are_words(content.get(name)) for name in OFFICE_FILES):
        return None
    parts = content.get(_PARTS, {})
    return Content({name: content[name] for name in OFFICE_FILES}, parts if isinstance(parts, dict) else {})


def _are_words(lines: Any) -> bool:
    return isinstance(lines, list) and all(isinstance(line, str) for line in lines)
