"""The standard reports as a reader gets them: every number in the Word file has an origin that is really there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from analysis.presentation import style
from analysis.presentation.quantities import numbers
from analysis.publishing.document.model import ChartBlock, Document
from analysis.publishing.document.reading import read_document
from analysis.publishing.tracing import write_trace

RUNS = ("demo-14-midterm-2023", "demo-14-final-2025", "yuexiu-13-final-2020", "yuexiu-14-midterm-2023")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AS_DEPOSITED = {"观测", "目标", "统计", "目标、观测"}
_WORDS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")  # a number without words is in too many lines by chance
_CELL = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=RUNS)
def built(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path, dict[str, Any]]:
    """A report's notebook run afresh, its document and its trace."""
    papermill = pytest.importorskip("papermill")
    run = yaml.safe_load((root / "notebooks" / "parameters" / f"{request.param}.yml").read_text(encoding="utf-8"))
    folder = tmp_path_factory.mktemp(request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(style.VECTOR_VARIABLE, "1")
        papermill.execute_notebook(
            str(root / "notebooks" / f"{run['notebook']}.ipynb"), str(folder / "report.ipynb"), parameters=run["parameters"],
            kernel_name="python3", progress_bar=False, cwd=str(folder),
        )  # fmt: skip
    document = read_document(folder / "report.ipynb", demonstration="demo" in request.param, parameters=run["parameters"])
    for record in document.records:
        (folder / record.file).write_text(record.csv, encoding="utf-8", newline="")
    (folder / "figures").mkdir()
    for block in document.blocks:
        if isinstance(block, ChartBlock):
            (folder / "figures" / f"{block.file}.csv").write_text(block.csv, encoding="utf-8", newline="")
    return document, folder, json.loads(write_trace(document, folder).read_text(encoding="utf-8"))


def test_every_number_has_an_origin(built: tuple[Document, Path, dict[str, Any]]) -> None:
    _, _, trace = built
    bare = [(number["text"], trace["passages"][number["passage"]]["text"][:60]) for number in trace["numbers"] if not number.get("origins")]
    assert bare == []
    assert trace["unknown"] == []


def test_every_origin_is_there(built: tuple[Document, Path, dict[str, Any]], root: Path) -> None:
    _, folder, trace = built
    texts: dict[str, tuple[str, list[str]]] = {}
    for label, places in trace["origins"].items():
        for place in places:
            if "file" not in place:
                assert place.get("rests_on"), f"{label} leads nowhere"
                continue
            if place["file"] not in texts:
                path = next(path for path in (folder / place["file"], root / place["file"]) if path.is_file())
                content = path.read_bytes()
                texts[place["file"]] = hashlib.sha256(content).hexdigest(), content.decode("utf-8-sig").split("\n")
            sha256, lines = texts[place["file"]]
            assert place["sha256"] == sha256, label
            if "line" in place:
                assert lines[place["line"] - 1].strip() == place["text"].strip(), label


def test_a_figure_as_deposited_stands_in_its_line(built: tuple[Document, Path, dict[str, Any]]) -> None:
    """A marked number without formula is in the line that it is said to come from, to the digits that are shown."""
    _, _, trace = built
    missing = []
    for number in trace["numbers"]:
        places = [place for label in number.get("origins", []) for place in trace["origins"][label]]
        if (
            number["class"] != "数量"
            or number.get("formula")
            or number["name"].endswith("行号")
            or not places
            or not {place["kind"] for place in places} <= AS_DEPOSITED
        ):
            continue
        found = {bare(text) for place in places for text in _CELL.findall(place["text"])}
        if bare(number["text"]) not in found:
            missing.append((number["text"], number["name"], [place["text"] for place in places][:2]))
    assert missing == []


def bare(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").rstrip("%"))


def test_every_number_of_the_word_file_is_in_the_trace(built: tuple[Document, Path, dict[str, Any]], root: Path) -> None:
    from analysis.publishing.pictures import rasterised
    from analysis.publishing.word import word_report

    document, _, trace = built
    charts = [block for block in document.blocks if isinstance(block, ChartBlock)]
    content = word_report(document, rasterised({chart.id: chart.svg for chart in charts}))
    texts = list(word_texts(content)) if content[:2] == b"PK" else []
    if not texts:
        pytest.skip("no Word file yet")
    known: dict[str, Counter[str]] = {}
    for number in trace["numbers"]:
        if number.get("origins"):
            known.setdefault(number["text"], Counter())[squeezed(trace["passages"][number["passage"]]["text"])] += 1
    unexplained = [(text, line[:60]) for line in texts for _, text in numbers(line) if not has_origin(text, line, known)]
    assert unexplained == []


def has_origin(text: str, line: str, known: dict[str, Counter[str]]) -> bool:
    """Say whether a number stands in a passage of the trace that the line shows, whole or, where it has words, in part."""
    shown = squeezed(line)
    for passage in known.get(text, ()):
        shorter, longer = sorted((passage, shown), key=len)
        if shorter == longer or (_WORDS.search(shorter) and shorter in longer):
            return True
    return False


def squeezed(text: str) -> str:
    return re.sub(r"\s|\*\*", "", text)


def word_texts(content: bytes) -> Iterator[str]:
    """Yield the text of every paragraph that a reader sees: body, cells, captions, footnotes, headers and footers."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in sorted(package.namelist()):
            if re.fullmatch(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*)\.xml", name):
                for paragraph in etree.fromstring(package.read(name)).iter(f"{W}p"):
                    style_name = paragraph.find(f"{W}pPr/{W}pStyle")
                    if style_name is not None and style_name.get(f"{W}val", "").upper().startswith("TOC"):
                        continue  # numbers of pages
                    yield "".join(node.text or "" for node in paragraph.iter(f"{W}t"))


def test_the_record_of_origins_is_in_the_report(built: tuple[Document, Path, dict[str, Any]]) -> None:
    document, _, _ = built
    (record,) = [record for record in document.records if record.name == "origins"]
    rows = list(csv.DictReader(io.StringIO(record.csv, newline="")))
    assert len({row["label"] for row in rows}) > 300
