"""Names that hold numbers, and the years and days of a plan and its data: the line that defines each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.archive.assumptions import assumption_table
from analysis.archive.plans import Plan, load_plan, plan_ids
from analysis.archive.sources import SIDECAR, Deposit
from analysis.presentation.evaluation_tables import data
from analysis.presentation.origins.origin import DAY, DEPOSITED, TERM, YEAR, Origin, standing
from analysis.presentation.origins.source_text import Shelf, SourceText
from analysis.presentation.wording import chinese_date
from analysis.vocabulary import paths

if TYPE_CHECKING:
    import pandas as pd

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_AGE = re.compile(r"\d+(?:—\d+)?周?岁(?:及?以上)?|\d+＋|\d+\+")
# Columns of tables of definitions whose words a report may show.
_ASSUMPTION_WORDS = ("name", "definition", "unit", "reason", "citation", "note")
_AUDIT_WORDS = ("subject", "printed", "note")
_HASH_WORDS = "SHA-256前12位"  # heads a column of every report's table of sources


def definition_files(plan: Plan, deposits: Sequence[Deposit], shelf: Shelf, more: Sequence[Path] = ()) -> list[SourceText]:
    """Return the files that may define a name of a report, the plan's own first, others of the report last."""
    folder = paths.plans() / plan.header.id
    names = ("plan.yml", "indicators.yml", "statistics.yml", "context.yml", "commitments.yml", "care_bed_pipeline.yml")
    found = [folder / name for name in names if (folder / name).is_file()]
    for deposit in deposits:
        found += [deposit.folder / SIDECAR, *(deposit.path(name) for name in deposit.sidecar.files)]
    found += [*sorted(paths.assumptions().glob("*.yml")), *sorted((paths.parameters() / "audit").glob("*.yml"))]
    found += [paths.parameters() / name for name in ("peer_methods.yml", "narrative.yml")]
    return [shelf.file(path) for path in (*found, *more)]


def words_of(plan: Plan, deposits: Iterable[Deposit], *tables: tuple[pd.DataFrame | None, Sequence[str]]) -> list[str]:
    """Return the names that a report may print: of plan, deposits and definitions, and of columns of its tables."""
    header = plan.header
    words = [header.title, header.place, *header.stated_causes, *([header.adjustment.procedure] if header.adjustment else [])]
    for series in plan.context.values():
        words += [series.title, series.definition, *series.parts]
    for statistic in plan.statistics.values():
        words += [statistic.basis_note, statistic.definition_break.reason if statistic.definition_break else ""]
    for deposit in deposits:
        side = deposit.sidecar
        words += [side.title, side.document_number, *side.files, *(file.sha256[:12] for file in side.files.values())]
    for table, columns in (*tables, (assumption_table(), _ASSUMPTION_WORDS)):
        if table is not None:
            words += [str(word) for column in columns for word in table[column].dropna().unique()]
    return list(dict.fromkeys(word.strip("“”") for word in words if word))


def fixed_rows(shelf: Shelf) -> Iterator[Origin]:
    """Yield the names with a number that only the text of a report has, and those of the intervals."""
    file = shelf.file(Path(data.__file__))
    yield standing(_HASH_WORDS, TERM, file, file.line_with(_HASH_WORDS))
    trend = shelf.file(paths.parameters() / "trend.yml")
    for level in ("80", "95"):
        yield standing(f"{level}%区间", TERM, trend, trend.keys[f"width_{level}"])


def audit_words(audit: pd.DataFrame | None) -> tuple[pd.DataFrame | None, Sequence[str]]:
    """Return the audit with the columns whose words are names: a check's figures are none."""
    return (None if audit is None else audit[audit["id"].str.startswith("s")]), _AUDIT_WORDS


def term_rows(words: Iterable[str], files: Sequence[SourceText]) -> Iterator[Origin]:
    """Yield each name that holds a digit with the first line that has it; names no file has are left out.

    A slip's recommendation is printed after 建议： and its certainty in brackets, so that its own words are looked up.
    """
    ages: dict[str, None] = {}
    for file in files:
        ages |= dict.fromkeys(_AGE.findall(file.text))
    for word in dict.fromkeys((*words, *ages)):
        own = re.sub(r"^建议：|（(?:确定|疑似)）$", "", word)
        if not _DIGIT.search(own):
            continue
        for file in files:
            if own in file.text and (line := file.line_with(own.split("\n")[0])):
                yield standing(own, TERM, file, line)
                break


def deposit_rows(deposits: Iterable[Deposit], shelf: Shelf) -> Iterator[Origin]:
    """Yield each deposit under its citation, which charts print as their source, and under its folder."""
    for deposit in deposits:
        for label in (deposit.citation(), f"{deposit.source}/{deposit.edition}"):
            yield standing(label, DEPOSITED, shelf.file(deposit.folder / SIDECAR))


def time_rows(plan: Plan, deposits: Sequence[Deposit], readings: Iterable[Origin], shelf: Shelf) -> Iterator[Origin]:
    """Yield the years and days of a report, each once: those of the plan, of the deposits, of the readings, then those between."""
    folder = paths.plans() / plan.header.id
    header = shelf.file(folder / "plan.yml")
    sidecars = [shelf.file(deposit.folder / SIDECAR) for deposit in deposits]
    # A plan printed beside what the one before it achieved has figures of that one's years too.
    folders = [folder, *(paths.plans() / id for id in plan_ids() if load_plan(id).header.followed_by == plan.header.id)]
    names = ("statistics.yml", "commitments.yml")
    beside = [shelf.file(path / name) for path in folders for name in names if (path / name).is_file()]
    found = [origin for file in (header, *sidecars) for origin in _times(file)]
    found += [origin for path in (folder / "indicators.yml",) if path.is_file() for origin in _transfers(shelf.file(path))]
    found += [origin for file in beside for origin in _times(file)]
    found += [standing(deposit.edition, DAY, file, file.keys["published"]) for deposit, file in zip(deposits, sidecars, strict=True)]
    found += [replace(origin, label=f"{year}年", kind=YEAR) for origin in readings for year in _YEAR.findall(origin.text)]
    first = header.keys["first_year"]
    found += [standing(f"{year}年", YEAR, header, first) for year in range(plan.header.first_year, plan.header.last_year + 1)]
    yield from {origin.label: origin for origin in reversed(found)}.values()


def _transfers(file: SourceText) -> Iterator[Origin]:
    """Yield the days on which indicators went to other departments; the remarks beside verdicts name them."""
    lines = {number for key, number in file.keys.items() if key.endswith(".transfer.since")}
    return _times(file, sorted(lines))


def _times(file: SourceText, lines: Iterable[int] | None = None) -> Iterator[Origin]:
    """Yield the years and days of some lines of a file or of all, days in both of their written forms."""
    for number in range(1, len(file.lines) + 1) if lines is None else lines:
        line = file.line(number)
        for year in _YEAR.findall(line):
            yield standing(f"{year}年", YEAR, file, number)
        for day in _DAY.findall(line):
            for label in (day, chinese_date(day)):
                yield standing(label, DAY, file, number)
