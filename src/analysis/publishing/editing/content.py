"""The words of the office files as they were made, kept with a report: what people change later can then be told."""

from __future__ import annotations

import json
from pathlib import Path

from analysis.archive.sources import sha256_of
from analysis.publishing.editing.condition import recorded_files
from analysis.publishing.editing.office_text import office_lines

CONTENT = "content.json"
OFFICE_FILES = ("report.docx", "report.xlsx")


def write_content(folder: Path) -> Path:
    """Write the lines of the office files of a report just made."""
    lines = {name: office_lines(folder / name) or [] for name in OFFICE_FILES}
    path = folder / CONTENT
    path.write_text(json.dumps(lines, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    return path


def read_content(folder: Path) -> dict[str, list[str]] | None:
    """Return what :func:`write_content` kept, by file; None where it is missing or not as it was made."""
    recorded, path = recorded_files(folder) or {}, folder / CONTENT
    if CONTENT not in recorded or not path.is_file() or sha256_of(path) != recorded[CONTENT]:
        return None
    content: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    return content
