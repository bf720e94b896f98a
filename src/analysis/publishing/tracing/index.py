"""Labels that a report cites, looked up: from 专栏2第11、13行 to files, lines and hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.presentation.origins.origin import DEPOSITED, DERIVED, SEPARATOR, TERM, Origin
from analysis.publishing.document.model import ChartBlock, Document, TableBlock

RECORD = "origins"
NOTEBOOK = "report.ipynb"
_NUMBERED = re.compile(r"^(?P<before>.*?第)(?P<numbers>\d+(?:[、—]\d+)*)(?P<after>[行项])(?P<rest>.*)$")
_REMARK = re.compile(r"（[^（）]*(?:（[^（）]*）[^（）]*)*）$")
_TABLE = "表:"


@dataclass
class OriginIndex:
    """Places by label, as a report's notebook recorded them.

    Attributes:
        places: what each label means; a label may stand for several lines.
    """

    places: dict[str, list[Origin]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, folder: Path) -> OriginIndex:
        """Read the origins of a document; files of the report itself are hashed in its folder.

        Args:
            document: the report's content.
            folder: where its notebook lies.
        """
        index = cls()
        report = _ReportFiles(document, folder)
        for record in document.records:
            if record.name == RECORD:
                for row in csv.DictReader(io.StringIO(record.csv, newline="")):
                    index.add(report.located(_origin(row)))
        for table in document.of(TableBlock):
            if isinstance(table, TableBlock) and table.label:
                index.add(report.table(table))
        deposits = list(index.of_kind(DEPOSITED))
        for chart in document.of(ChartBlock):
            if isinstance(chart, ChartBlock):
                index.add(report.chart(chart, tuple(words for words in deposits if words in chart.sources)))
        return index

    def add(self, origin: Origin) -> None:
        """Take in a place."""
        self.places.setdefault(origin.label, []).append(origin)

    def labels(self, cited: Iterable[str]) -> list[str]:
        """Return the known labels behind labels as cited; those that lead nowhere are left out.

        A range stands for each of its rows; a remark in brackets or after the row is not part of the address.
        """
        return list(dict.fromkeys(label for words in cited for label in self._known(words)))

    def unknown(self, cited: Iterable[str]) -> list[str]:
        """Return the labels as cited that lead nowhere."""
        return [words for words in dict.fromkeys(cited) if not self._known(words)]

    def _known(self, words: str) -> list[str]:
        if words in self.places:
            return [words]
        match = _NUMBERED.match(words)
        if match:
            rows = [f"{match['before']}{number}{match['after']}" for number in _numbers(match["numbers"])]
            return [row for row in rows if row in self.places]
        bare = _REMARK.sub("", words)
        return self._known(bare) if bare != words else []

    def closure(self, labels: Iterable[str]) -> dict[str, list[Origin]]:
        """Return labels, and all that they rest on, with their places, in the order met."""
        found: dict[str, list[Origin]] = {}
        waiting = list(labels)
        for label in waiting:
            if label in found:
                continue
            found[label] = self.places[label]
            waiting += [base for origin in found[label] for base in self.labels(origin.rests_on)]
        return found

    def of_kind(self, *kinds: str) -> Mapping[str, list[Origin]]:
        """Return the labels that stand for places of some kinds."""
        return {label: origins for label, origins in self.places.items() if any(origin.kind in kinds for origin in origins)}


def _numbers(words: str) -> list[int]:
    """Read the numbers of an address.

    Example:
        >>> _numbers("1—3、7")
        [1, 2, 3, 7]
    """
    numbers: list[int] = []
    for part in words.split("、"):
        first, _, last = part.partition("—")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _origin(row: Mapping[str, str]) -> Origin:
    """Read a line of the record; a ' before what looks like a formula was put there for spreadsheet programs."""
    cells = {name: cell[1:] if re.match(r"'[=+@\t\r-]", cell) else cell for name, cell in row.items() if name != "mark"}
    rests_on = tuple(filter(None, cells["rests_on"].split(SEPARATOR)))
    return Origin(
        cells["label"], cells["kind"], cells["file"], int(cells["line"] or 0), cells["sha256"], cells["text"], cells["formula"], rests_on
    )


class _ReportFiles:
    """Files of the report's own folder that derived figures are kept in."""

    def __init__(self, document: Document, folder: Path) -> None:
        self._tables = {block.id: block for block in document.blocks if isinstance(block, TableBlock)}
        self._charts = {block.id: block for block in document.blocks if isinstance(block, ChartBlock)}
        self._records = {f"{record.name}.csv": record for record in document.records}
        notebook = folder / NOTEBOOK
        self._notebook = hashlib.sha256(notebook.read_bytes()).hexdigest() if notebook.is_file() else ""

    def located(self, origin: Origin) -> Origin:
        """Give an origin in the report's folder its real name and its hash; without a file where the report lacks it."""
        if origin.sha256 or not origin.file:
            return origin
        if origin.file.startswith(_TABLE):
            block = self._tables.get(origin.file.removeprefix(_TABLE))
            return replace(origin, file="") if block is None else self._in_notebook(origin, block)
        chart = self._charts.get(Path(origin.file).stem) if origin.file.startswith("figures/") else None
        if chart:
            return replace(origin, file=f"figures/{chart.file}.csv", sha256=_sha256(chart.csv))
        record = self._records.get(origin.file)
        return replace(origin, file=record.file, sha256=_sha256(record.csv)) if record else replace(origin, file="")

    def table(self, block: TableBlock) -> Origin:
        """Return a table of the report as a place."""
        cited = dict.fromkeys([*block.places, *(place for row in block.evidence for place in row)])
        return self._in_notebook(Origin(block.label, DERIVED, rests_on=tuple(cited)), block)

    def chart(self, block: ChartBlock, sources: tuple[str, ...]) -> Origin:
        """Return the data behind a chart as a place; they rest on the chart's sources."""
        return Origin(f"{block.label}数据", DERIVED, f"figures/{block.file}.csv", 0, _sha256(block.csv), rests_on=sources)

    def _in_notebook(self, origin: Origin, block: TableBlock) -> Origin:
        file = NOTEBOOK if self._notebook else ""
        return replace(origin, file=file, sha256=self._notebook, text=f"{block.label}　{block.caption}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def terms(index: OriginIndex) -> re.Pattern[str] | None:
    """Return what finds a name with a number in it, the longest first; None where there are none."""
    words = sorted(index.of_kind(TERM), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words))) if words else None
