"""A filled form reads back as it was filled in, from the workbook and from CSV in either encoding."""

from __future__ import annotations

import dataclasses
import datetime
import math
import string
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from messy import FORM, as_csv_row, csv_file, read

from analysis.archive.forms import DATA_STATUSES, DEFINITIONS, TASK_STATUSES, FormRow
from analysis.intake.monitoring import Reading
from analysis.publishing.monitoring_template import write_template
from analysis.vocabulary.units import COUNT_UNITS

# Text as officials write it, with what troubles spreadsheets: quotes, separators, a leading = or @, line breaks.
WORDS = st.text(alphabet=string.ascii_letters + "中文、（）〔〕《》年度报表=@+-,;\"'\t\n ", max_size=12).map(str.strip)
DAYS = st.dates(min_value=datetime.date(2021, 1, 1), max_value=datetime.date(2024, 12, 31))


def values(row: FormRow) -> st.SearchStrategy[float]:
    """Values within the row's range and not far from its base, so that no jump is suspected."""
    if row.is_share:
        return st.integers(200, 10_000).map(lambda n: n / 100)
    if row.may_be_negative:
        return st.integers(-2000, 2000).map(lambda n: n / 100)
    around = row.base_value or 1000.0
    if row.unit in COUNT_UNITS:
        return st.integers(int(around / 2), int(around * 2)).map(float)
    return st.integers(int(around * 50), int(around * 200)).map(lambda n: n / 100)


@st.composite
def readings(draw: Any, row: FormRow, year: int) -> Reading:
    value, count, verified = draw(values(row)), None, draw(st.booleans())
    total = row.counted_total
    if total is not None and draw(st.booleans()):
        count = draw(st.integers(0, total))
        value = 100 * count / total
    status = draw(st.sampled_from(("", *TASK_STATUSES))) if row.kind == "commitment" else ""
    if status and draw(st.booleans()):
        value = math.nan
    return Reading(
        row.series, row.part, year, value, row.unit,
        draw(st.none() | st.dates(min_value=datetime.date(year, 1, 1), max_value=datetime.date(year, 12, 31))) if row.dated else None,
        draw(st.just("") | DAYS.map(datetime.date.isoformat)), draw(WORDS), draw(WORDS), count, total, draw(st.sampled_from(DATA_STATUSES)),
        draw(st.sampled_from(DEFINITIONS)), status,
        draw(WORDS), draw(WORDS), draw(WORDS), verified or row.may_be_negative, "",
    )  # fmt: skip


@st.composite
def filled_forms(draw: Any) -> tuple[Reading, ...]:
    places = [(row, year) for row in FORM.rows for year in FORM.years_of(row)]
    chosen = draw(st.lists(st.sampled_from(range(len(places))), unique=True, max_size=12))
    return tuple(draw(readings(*places[place])) for place in sorted(chosen))


def without_address(items: Iterable[Reading]) -> list[Reading]:
    """Readings as they compare equal: NaN, which equals nothing, becomes a number that no task has."""
    return [dataclasses.replace(item, where="", value=round(item.value, 9) if item.has_value else -1.0) for item in items]


def as_a_comma_file_has_it(item: Reading) -> Reading:
    """A text that begins with = is a formula there, and refused."""
    texts = {name: getattr(item, name).lstrip("= \t\n") for name in ("source", "note", "reporter", "reviewer", "evidence")}
    return dataclasses.replace(item, **texts)


@settings(max_examples=12, deadline=None)
@given(filled_forms())
def test_workbook(items: tuple[Reading, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        write_template(FORM, path, readings=items)
        assert without_address(read(path).readings) == without_address(items)


@settings(max_examples=60, deadline=None)
@given(filled_forms(), st.sampled_from(["utf-8", "gb18030"]))
def test_comma_file(items: tuple[Reading, ...], encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        items = tuple(map(as_a_comma_file_has_it, items))
        path = csv_file(Path(folder), [as_csv_row(item) for item in items], encoding=encoding)
        assert without_address(read(path).readings) == without_address(items)
