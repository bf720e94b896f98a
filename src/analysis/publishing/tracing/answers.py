"""Answers to 这个数哪来的, read from a report's ``trace.json`` and checked against the files as they are now."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.publishing.tracing.questions import Figure, figure, is_asked, nearest
from analysis.publishing.tracing.trace_file import FIGURES, TRACE, VERSION
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

SAME, CHANGED, GONE, UNPLACED = "与现存文件一致", "已变动", "未找到文件", ""
_PARTS = {"passages": list, "numbers": list, "origins": dict}


@dataclass(frozen=True)
class Source:
    """One place that a number comes from, as it is now.

    Attributes:
        label: how the report cites it.
        place: as in the trace: ``kind``, ``file``, ``line``, ``sha256``, ``text``, ``formula``, ``rests_on``.
        state: 与现存文件一致, 已变动 or 未找到文件; empty where no file belongs to it.
    """

    label: str
    place: dict[str, Any]
    state: str


@dataclass(frozen=True)
class Answer:
    """One place where a number stands in the report.

    Attributes:
        number: as in the trace: ``text``, ``start``, ``class``, ``name``, ``formula``, ``origins``.
        passage: as in the trace: ``kind``, ``section``, ``text``, ``where``, ``row``.
        sources: what it comes from.
    """

    number: dict[str, Any]
    passage: dict[str, Any]
    sources: tuple[Source, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        sources = [{"label": source.label, **source.place, "state": source.state} for source in self.sources]
        number = {name: value for name, value in self.number.items() if name not in ("passage", "origins")}
        return {**number, "passage": self.passage, "origins": sources}


@dataclass
class Trace:
    """A report's trace.

    Attributes:
        folder: the report's folder.
        content: what ``trace.json`` holds.
    """

    folder: Path
    content: dict[str, Any]
    _hashes: dict[Path, str] = field(default_factory=dict)
    _texts: dict[Path, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Trace:
        """Read the trace of a report.

        Raises:
            InputError: no such folder, no trace in it, or a trace that is damaged.
        """
        path = folder / TRACE
        if not folder.is_dir():
            raise InputError.single(f"报告 {folder}", "没有这个文件夹", "reports/ 下的报告文件夹", "先运行 minzheng report")
        if not path.is_file():
            raise InputError.single(f"报告 {folder}", f"没有 {TRACE}", "生成好的报告文件夹", "先运行 minzheng report 重新生成")
        try:
            content = json.loads(path.read_bytes())
        except ValueError as error:
            raise _damaged(path) from error
        if not _is_whole(content):
            raise _damaged(path)
        return cls(folder, content)

    def asked(self, question: str) -> list[Answer]:
        """Return every place where a number, or a piece of text, stands, in the report's order.

        Raises:
            InputError: the report has no such number or text.
        """
        wanted = figure(question)
        found = [self._answer(number) for number in self.content["numbers"] if self._fits(number, wanted, question)]
        if not found:
            raise InputError.single(f"报告 {self.folder.name}", f"没有{question}", *self._advice(wanted))
        return found

    def _fits(self, number: dict[str, Any], wanted: Figure | None, question: str) -> bool:
        passage = self.content["passages"][number["passage"]]
        if wanted:
            return is_asked(wanted, number, passage)
        return bool(question.strip()) and question.strip() in f"{passage['text']}\n{passage.get('row', '')}\n{number.get('name', '')}"

    def _advice(self, wanted: Figure | None) -> tuple[str, str]:
        if wanted is None:
            return "报告中的数字，或带有数字的句子、表行里的文字", "换一个词，或直接给出数字"
        near = nearest(wanted, (number["text"] for number in self.content["numbers"] if number["class"] in FIGURES))
        return f"报告中的数字；相近的有{'、'.join(near)}" if near else "报告中的数字", "核对数字，按报告所印的写法再查"

    def _answer(self, number: dict[str, Any]) -> Answer:
        labels = number.get("origins", [])
        sources = [Source(label, place, self._state(place)) for label in labels for place in self.content["origins"][label]]
        return Answer(number, self.content["passages"][number["passage"]], tuple(sources))

    def _state(self, place: dict[str, Any]) -> str:
        """Say whether a file still reads as it did."""
        if not place.get("file"):
            return UNPLACED
        path = self._path(place["file"])
        if path is None:
            return GONE
        if path not in self._hashes:
            content = path.read_bytes()
            self._hashes[path] = hashlib.sha256(content).hexdigest()
            self._texts[path] = content.decode("utf-8-sig", errors="replace").split("\n")
        line = place.get("line", 0)
        lines = self._texts[path]
        reads_so = not line or (line <= len(lines) and lines[line - 1].strip() == place.get("text", "").strip())
        return SAME if self._hashes[path] == place.get("sha256") and reads_so else CHANGED

    def _path(self, file: str) -> Path | None:
        """Return where a file lies: in the report's folder, in the repository, or with an installed package."""
        return next((path for path in (base / file for base in self._bases) if path.is_file()), None)

    @cached_property
    def _bases(self) -> tuple[Path, ...]:
        return (self.folder, paths.home(), paths.PACKAGE.parent)


def _is_whole(content: Any) -> bool:
    """Say whether a trace has all parts, and whether its numbers point to what is there."""
    if not isinstance(content, dict) or content.get("version") != VERSION:
        return False
    if not all(isinstance(content.get(name), kind) for name, kind in _PARTS.items()):
        return False
    try:
        ends = all(
            0 <= number["passage"] < len(content["passages"])
            and isinstance(number["text"], str)
            and isinstance(number["start"], int)
            and isinstance(number["class"], str)
            and all(label in content["origins"] for label in number.get("origins", []))
            for number in content["numbers"]
        )
        words = all(isinstance(passage["text"], str) and isinstance(passage["kind"], str) for passage in content["passages"])
    except (KeyError, TypeError):
        return False
    return ends and words and all(isinstance(places, list) for places in content["origins"].values())


def _damaged(path: Path) -> InputError:
    return InputError.single(f"文件 {path}", "内容不完整或已损坏", "报告生成时的原样", "运行 minzheng report 重新生成该报告")
