"""Footnotes under what a report says: places of evidence by the names that its reader can find."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from analysis.publishing.document.evidence import evidence_note
from analysis.publishing.document.model import Block, ChartBlock, Document, Listing, Paragraph, RecordFile, TableBlock

_ORIGINS = "origins"
_IN_REPORT = "表:"
_ASSUMPTIONS = "assumptions"
# Tables that stand under a name of their own, where the record names only the file they are taken from.
_SHOWN_AS = {"背景数据": "context", "达标把握表": "attainment"}
_PRINTED = re.compile(r"^专栏\d")  # boxes of the plan itself: every reader knows them by that name
_ASSUMED, _RULE = re.compile(r"^假设[A-Za-z]"), re.compile(r"^(?:阈值|得分规则)")
_CHECK = "核对"
_CHECKED = re.compile(rf"^{_CHECK}[a-z]\d")
_DOCUMENT = "docs/"
_FILE = re.compile(r"^(?P<file>\S+\.csv) 第")


def noted(blocks: Iterable[Block], records: Sequence[RecordFile]) -> Iterator[Block]:
    """Yield the blocks of a report, their labels given, with the footnotes of its sentences.

    Items of a list that rest on different places have each their own; a file is named in full once.

    Args:
        blocks: the blocks.
        records: its data tables; the one of origins tells where the computed tables stand.
    """
    found = list(blocks)
    footnotes = _Footnotes(_names(found, records))
    for block in found:
        if isinstance(block, Paragraph) and block.claims:
            yield replace(block, note=footnotes.note(place for claim in block.claims for place in claim.evidence))
        elif isinstance(block, Listing):
            yield replace(block, items=tuple(footnotes.items(block.items)))
        else:
            yield block


def place_words(document: Document) -> Callable[[Iterable[str]], str]:
    """Return what words places under a table or chart of a report, each file named in full.

    Args:
        document: the report.
    """
    names = _names(document.blocks, document.records)
    return lambda places: _Footnotes(names).note(places)


class _Footnotes:
    """Words the footnotes of one report, in its order."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._files: dict[str, str] = {}  # by what a short name says, the file that it stands for

    def items(self, items: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Yield the items of a list, the last of those that rest on the same places with the footnote."""
        places = [tuple(place for claim in item.claims for place in claim.evidence) for item in items]
        named = [list(dict.fromkeys(self._worded(place, {}, place) for place in cited)) for cited in places]
        for position, item in enumerate(items):
            closes = position + 1 == len(items) or named[position + 1] != named[position]
            yield replace(item, note=self.note(places[position])) if item.claims and closes else item

    def note(self, places: Iterable[str]) -> str:
        """Return the footnote of places as cited."""
        cited = list(dict.fromkeys(places))
        named = dict.fromkeys(match["file"] for match in map(_FILE.match, cited) if match)
        files = {name: self._file(name) for name in named}
        checks = "、".join(place.removeprefix(_CHECK) for place in cited if _CHECKED.match(place))
        return evidence_note(self._worded(place, files, checks) for place in cited)

    def _worded(self, place: str, files: Mapping[str, str], checks: str) -> str:
        if place in self._names:
            return self._names[place]
        if _ASSUMED.match(place):
            return self._names.get(_ASSUMPTIONS, "假设台账")
        if _RULE.match(place):
            return "评估规则参数"
        if place.startswith(_DOCUMENT):
            return f"方法说明（{place}）"
        if _CHECKED.match(place):
            return f"核对项{checks}"
        match = _FILE.match(place)
        return files[match["file"]] + place[match.end("file") + 1 :] if match and files else place

    def _file(self, name: str) -> str:
        """Return what a file is called: with its name at first, and wherever the short name stands for another one."""
        short = "监测数据文件" if "monitoring" in name else "公开数据文件" if "public" in name else "数据文件"
        if self._files.get(short) == name:
            return short
        self._files.setdefault(short, name)
        return f"{short}（{name}）"


def _names(blocks: Sequence[Block], records: Sequence[RecordFile]) -> dict[str, str]:
    """Return how each computed table that sentences cite is called in the report: by its number, else by its file."""
    charts = {block.id: block.label for block in blocks if isinstance(block, ChartBlock)}
    tables = {block.id: block.label for block in blocks if isinstance(block, TableBlock) and block.label}
    shown, files = charts | tables, {f"{record.name}.csv": record.file for record in records}
    names = {_ASSUMPTIONS: f"{tables[_ASSUMPTIONS]}（假设）"} if _ASSUMPTIONS in tables else {}
    for record in records:
        if record.name == _ORIGINS:
            for row in csv.DictReader(io.StringIO(record.csv, newline="")):
                label, file = row["label"], row["file"]
                if row["line"] or _PRINTED.match(label) or file.startswith(_DOCUMENT):
                    continue
                stem = _SHOWN_AS.get(label) or PurePosixPath(file.removeprefix(_IN_REPORT)).stem
                if stem in shown:
                    names[label] = names[stem] if stem == _ASSUMPTIONS else shown[stem]
                elif file in files:
                    names[label] = f"{label}（{files[file]}）"
    return names
