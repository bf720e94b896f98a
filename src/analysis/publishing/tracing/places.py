"""Files that numbers come from, as they are now: whether a line still reads so, what it says, and what stands there instead."""

from __future__ import annotations

import csv
import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.vocabulary import paths

SAME, CHANGED, GONE, UNPLACED = "与现存文件一致", "已变动", "未找到文件", ""
_NAME = re.compile(r"[\u4e00-\u9fff]{4}")  # fewer are a unit or a kind of target
_NO_NAME = re.compile(r"约束性|预期性|元/人/[月年]|不低于.*")
_ABOVE = 6  # lines searched for the name of a row
_KEY = "核对"


@dataclass
class Files:
    """The files that a report's trace leads to.

    Attributes:
        folder: the report's folder.
    """

    folder: Path
    _hashes: dict[Path, str] = field(default_factory=dict)
    _texts: dict[Path, list[str]] = field(default_factory=dict)

    def state(self, place: dict[str, Any]) -> str:
        """Say whether a file still reads as it did."""
        if not place.get("file"):
            return UNPLACED
        path = self._opened(place["file"])
        if path is None:
            return GONE
        line = place.get("line", 0)
        reads_so = not line or self._line(path, line) == place.get("text", "").strip()
        return SAME if self._hashes[path] == place.get("sha256") and reads_so else CHANGED

    def now(self, place: dict[str, Any]) -> str:
        """Say in Chinese what stands at the place of a changed file; empty where there is nothing to say."""
        path = self._opened(place.get("file", ""))
        line, text = place.get("line", 0), place.get("text", "").strip()
        if path is None or not line or self.state(place) != CHANGED:
            return ""
        found = self._line(path, line)
        if found == text:
            return "这一行没有变，文件其他地方有改动"
        moved = next((number for number, words in enumerate(self._texts[path], start=1) if text and words.strip() == text), 0)
        if moved:
            return f"这一行现在是第{moved}行"
        return f"第{line}行现为：{found}" if found else f"现在没有第{line}行，或该行为空"

    def words(self, place: dict[str, Any]) -> list[str]:
        """Return what stands at a place, for a reader: cells with the names of their columns, a printed row with its name above."""
        text, line = place.get("text", ""), place.get("line", 0)
        if not text:
            return ["（由文件中的规则逐项得出，没有单独的一行）"] if place["kind"] == _KEY and place.get("file") and not line else []
        path = self._opened(place.get("file", ""))
        if path is None:
            return [text]
        if path.suffix == ".csv" and line > 1:
            return [_named(self._line(path, 1), text)]
        if path.suffix == ".txt" and not _NAME.search(_NO_NAME.sub("", text)):
            return [*self._name_above(path, line), text]
        return [text]

    def _name_above(self, path: Path, line: int) -> list[str]:
        for number in range(line - 1, max(0, line - 1 - _ABOVE), -1):
            if _NAME.search(_NO_NAME.sub("", self._line(path, number))):
                return [f"（第{number}行）{self._line(path, number)}"]
        return []

    def _line(self, path: Path, number: int) -> str:
        lines = self._texts[path]
        return lines[number - 1].strip() if 1 <= number <= len(lines) else ""

    def _opened(self, file: str) -> Path | None:
        """Return where a file lies, read: in the report's folder, in the repository, or with an installed package."""
        path = next((path for path in (base / file for base in self._bases) if path.is_file()), None) if file else None
        if path and path not in self._hashes:
            content = path.read_bytes()
            self._hashes[path] = hashlib.sha256(content).hexdigest()
            self._texts[path] = content.decode("utf-8-sig", errors="replace").split("\n")
        return path

    @cached_property
    def _bases(self) -> tuple[Path, ...]:
        return (self.folder, paths.home(), paths.PACKAGE.parent)


def _named(heading: str, row: str) -> str:
    """Return the cells of a row that are not empty, with the names of their columns.

    Example:
        >>> _named("year,part,value", '2023,,"1,046"')
        'year＝2023，value＝1,046'
    """
    names, cells = (next(csv.reader([line]), []) for line in (heading, row))
    if len(names) != len(cells):
        return row
    return "，".join(f"{name}＝{cell}" for name, cell in zip(names, cells, strict=True) if cell)
