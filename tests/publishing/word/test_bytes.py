"""Equal reports give equal bytes, on any day and machine."""

from __future__ import annotations

import datetime
import sys
import time
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from analysis.publishing.document.model import Document
from analysis.publishing.word import word_report


class LaterDay(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> LaterDay:
        return cls(2040, 2, 3, 4, 5, 6, tzinfo=tz)


@pytest.mark.parametrize("date", ["2024-05-06", ""])
def test_the_clock_leaves_no_trace(report: Document, pictures: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    document = replace(report, parameters={"report_date": date})
    first = word_report(document, pictures)
    later = time.struct_time((2040, 2, 3, 4, 5, 6, 4, 34, 0))
    monkeypatch.setattr(time, "time", lambda: 2_211_840_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    monkeypatch.setattr("docx.opc.parts.coreprops.dt", SimpleNamespace(datetime=LaterDay, timezone=datetime.timezone))
    assert word_report(document, pictures) == first


def test_the_system_leaves_no_trace(report: Document, pictures: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    first = word_report(report, pictures)
    monkeypatch.setattr(sys, "platform", "win32")
    assert word_report(report, pictures) == first


def test_entries_have_one_date_and_begin_with_the_types(report: Document, pictures: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(word_report(report, pictures))) as given:
        entries = given.infolist()
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 3)}
    assert [entry.filename for entry in entries[:3]] == ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]
    assert len({entry.filename for entry in entries}) == len(entries)


def test_nothing_of_a_template_comes_along(report: Document, pictures: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(word_report(report, pictures))) as given:
        names = set(given.namelist())
        core = given.read("docProps/core.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert "python-docx" not in core


def test_other_content_gives_other_bytes(report: Document, pictures: dict[str, bytes]) -> None:
    assert word_report(replace(report, blocks=report.blocks[:-1]), pictures) != word_report(report, pictures)


def test_a_chart_without_picture_is_an_error(report: Document) -> None:
    with pytest.raises(KeyError, match="outlook"):
        word_report(report, {})


def test_an_empty_report_is_a_file(report: Document) -> None:
    assert word_report(replace(report, blocks=()), {})[:2] == b"PK"
