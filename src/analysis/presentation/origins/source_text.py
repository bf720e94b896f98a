"""Files that figures and definitions stand in: their lines, and the hash that proves them unchanged."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from analysis.vocabulary import paths

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = ("id", "number")  # what tells the items of a list apart


@dataclass(frozen=True)
class SourceText:
    """One file.

    Attributes:
        path: where it lies.
    """

    path: Path

    @cached_property
    def name(self) -> str:
        """Its place relative to the repository, or to the package where that lies elsewhere."""
        base = paths.home() if self.path.is_relative_to(paths.home()) else paths.PACKAGE.parent
        return self.path.relative_to(base).as_posix()

    @cached_property
    def content(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """Its hash as lower-case hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def text(self) -> str:
        """Its text; empty for a workbook."""
        try:
            return self.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return ""

    @cached_property
    def lines(self) -> list[str]:
        """Its lines; none for a workbook."""
        return self.text.split("\n")

    def line(self, number: int) -> str:
        """Return a line (from 1) without the blanks around it; empty where there is none."""
        return self.lines[number - 1].strip() if 1 <= number <= len(self.lines) else ""

    def line_with(self, words: str, first: int = 1, last: int = 0) -> int:
        """Return the first line, of some or all, that holds words; 0 for none."""
        return next((number for number in range(first, (last or len(self.lines)) + 1) if words in self.line(number)), 0)

    @cached_property
    def records(self) -> dict[int, dict[str, str]]:
        """Rows of a CSV file by the line that each ends on."""
        reader = csv.DictReader(io.StringIO(self.text, newline=""))
        rows = {}
        for row in reader:
            rows[reader.line_num] = row
        return rows

    @cached_property
    def keys(self) -> dict[str, int]:
        """Lines of a YAML file's values by dotted key; an item of a list goes by its id or number, else by its place from 0."""
        found: dict[str, int] = {}
        node = yaml.compose(self.text, Loader=_LOADER)
        if node is not None:
            _walk(node, "", found)
        return found


def _walk(node: Any, key: str, found: dict[str, int]) -> None:
    if key:
        found.setdefault(key, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            inner = f"{key}.{name.value}" if key else str(name.value)
            found.setdefault(inner, name.start_mark.line + 1)
            _walk(value, inner, found)
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            own = {name.value: value.value for name, value in item.value} if isinstance(item, yaml.MappingNode) else {}
            _walk(item, f"{key}.{next((str(own[name]) for name in _KEYS if name in own), str(position))}", found)


class Shelf:
    """Files opened once each while origins are collected."""

    def __init__(self) -> None:
        self._files: dict[Path, SourceText] = {}

    def file(self, path: Path) -> SourceText:
        """Return a file."""
        return self._files.setdefault(path, SourceText(path))
