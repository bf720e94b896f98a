"""Answers to 这个数哪来的, read from a report's ``trace.json`` and checked against the files as they are now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.publishing.editing.condition import Condition, condition
from analysis.publishing.tracing.places import Files
from analysis.publishing.tracing.questions import Figure, figure, is_asked, is_numeric, loosely, nearest, stretches
from analysis.publishing.tracing.trace_file import FIGURES, TRACE, VERSION
from analysis.vocabulary.errors import InputError

_PARTS = {"passages": list, "numbers": list, "origins": dict}


@dataclass(frozen=True)
class Source:
    """One place that a number comes from, as it is now.

    Attributes:
        label: how the report cites it.
        place: as in the trace: ``kind``, ``file``, ``line``, ``sha256``, ``text``, ``formula``, ``rests_on``.
        state: 与现存文件一致, 已变动 or 未找到文件; empty where no file belongs to it.
        words: what stands there, for a reader; as the report was made.
        now: of a changed file, what stands there now.
    """

    label: str
    place: dict[str, Any]
    state: str
    words: tuple[str, ...] = ()
    now: str = ""


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
        sources = [
            {"label": source.label, **source.place, "state": source.state} | ({"now": source.now} if source.now else {})
            for source in self.sources
        ]
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

    @cached_property
    def condition(self) -> Condition:
        """Whether people have worked on the report since; the trace tells of it as it was made."""
        return condition(self.folder)

    def asked(self, question: str) -> list[Answer]:
        """Return every place where a number, or a piece of text, stands, in the report's order.

        Args:
            question: a number; several as they stand together (``123/150``, ``54～70``); or words, for all numbers of the sentences
                and rows that hold them.

        Raises:
            InputError: nothing was asked, or the report has no such number or text.
        """
        if not question.strip():
            raise InputError.single("要查的数字或文字", "没有填写", "报告中的数字，或一段文字", "如 minzheng trace 报告 66.2%")
        wanted = figure(question)
        numbers = self._figures(wanted) if wanted else self._worded(question)
        if not numbers:
            raise InputError.single(f"报告 {self.folder.name}", f"没有{question}", *self._advice(wanted or loosely(question)))
        return [self._answer(number) for number in numbers]

    def _figures(self, wanted: Figure) -> list[dict[str, Any]]:
        return [number for number in self.content["numbers"] if is_asked(wanted, number, self.content["passages"][number["passage"]])]

    def _worded(self, question: str) -> list[dict[str, Any]]:
        """Return the numbers that stand in a stretch of text asked for; where it has none of its own, those around it."""
        if is_numeric(question):
            inside = [number for number in self.content["numbers"] if self._is_inside(number, question)]
            wanted = loosely(question)
            return inside or (self._figures(wanted) if wanted else [])
        return [number for number in self.content["numbers"] if self._is_around(number, question.strip())]

    def _is_inside(self, number: dict[str, Any], question: str) -> bool:
        text, start = self.content["passages"][number["passage"]]["text"], number["start"]
        return any(first < start + len(number["text"]) and start < last for first, last in stretches(question, text))

    def _is_around(self, number: dict[str, Any], words: str) -> bool:
        passage = self.content["passages"][number["passage"]]
        return words in f"{passage['text']}\n{passage.get('row', '')}\n{number.get('name', '')}"

    def _advice(self, wanted: Figure | None) -> tuple[str, str]:
        if wanted is None:
            return "报告中的数字，或带有数字的句子、表行里的文字", "换一个词，或直接给出数字"
        near = nearest(wanted, (number["text"] for number in self.content["numbers"] if number["class"] in FIGURES))
        return f"报告中的数字；相近的有{'、'.join(near)}" if near else "报告中的数字", "核对数字，按报告所印的写法再查"

    @cached_property
    def _files(self) -> Files:
        return Files(self.folder)

    def _answer(self, number: dict[str, Any]) -> Answer:
        places = [(label, place) for label in number.get("origins", []) for place in self.content["origins"][label]]
        files = self._files
        sources = [Source(label, one, files.state(one), tuple(files.words(one)), files.now(one)) for label, one in places]
        return Answer(number, self.content["passages"][number["passage"]], tuple(sources))


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
    return ends and words and all(isinstance(places, list) and all(map(_is_place, places)) for places in content["origins"].values())


def _is_place(place: Any) -> bool:
    return (
        isinstance(place, dict)
        and all(isinstance(place.get(name, empty), type(empty)) for name, empty in (("kind", ""), ("file", ""), ("text", ""), ("line", 0)))
        and "kind" in place
    )


def _damaged(path: Path) -> InputError:
    return InputError.single(f"文件 {path}", "内容不完整或已损坏", "报告生成时的原样", "运行 minzheng report 重新生成该报告")
