"""Editions of monitoring figures: what replaces what, what may be pinned, what may not be mixed."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from analysis.archive.sources import sha256_of
from analysis.observations.monitoring import COLUMNS, load_monitoring, overlaid, pinned
from analysis.vocabulary import paths
from analysis.vocabulary.editions import edition_order
from analysis.vocabulary.errors import InputError


def figures(*rows: tuple[int, float, str, str]) -> pd.DataFrame:
    """Figures of indicator 2 from (year, value, effective date or empty, edition)."""
    empty: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    records = [
        empty | {"series": "2", "year": y, "value": v, "effective_date": datetime.date.fromisoformat(d) if d else None, "edition": e, "where": f"第{n}行"}
        for n, (y, v, d, e) in enumerate(rows, start=2)
    ]  # fmt: skip
    return pd.DataFrame(records, columns=list(COLUMNS))


def values(frame: pd.DataFrame) -> list[float]:
    return frame["value"].tolist()


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([(2022, 1900, "", "2023-03-31"), (2022, 1950, "", "2024-03-31")], [1950]),
        ([(2022, 1950, "", "2024-03-31"), (2022, 1900, "", "2023-03-31")], [1950]),
        ([(2022, 1900, "", ""), (2022, 1950, "", "2024")], [1950]),
        ([(2022, 1900, "2022-07-01", "2023-03-31"), (2022, 1700, "2022-06-01", "2024-03-31")], [1700]),  # a corrected date
        ([(2022, 1900, "2022-07-01", "2023-03-31"), (2022, 1950, "", "2024-03-31")], [1950]),
        ([(2022, 1800, "2022-01-01", "2022-01-15"), (2022, 1900, "2022-07-01", "2022-07-10")], [1800, 1900]),  # a second step
        ([(2022, 1800, "", "2023-03-31"), (2022, 1900, "2022-07-01", "2023-03-31")], [1800, 1900]),
        ([(2021, 1800, "", "2024-03-31"), (2022, 1900, "", "2023-03-31")], [1800, 1900]),
    ],
)
def test_a_later_edition_replaces_what_it_speaks_of(rows: list[tuple[int, float, str, str]], left: list[float]) -> None:
    assert values(pinned(figures(*rows))) == left


def test_editions_are_ordered_by_date_however_written() -> None:
    written = ["2023", "2023-03", "20230401", "2023-04-02", "2023年5月", "2023年5月6日", "2023-12-31"]
    assert sorted(written, key=lambda edition: edition_order(edition) or ()) == written
    assert values(pinned(figures((2022, 24, "", "2024-03-31"), (2022, 26, "", "20240401")))) == [26]


@pytest.mark.parametrize(("until", "left"), [("latest", [3]), ("2024-06-30", [2]), ("2023", [1]), ("2023-03-31", [1]), ("2020-01-01", [])])
def test_a_pinned_edition_leaves_out_what_came_later(until: str, left: list[float]) -> None:
    rows = figures((2022, 1, "", "2023"), (2022, 2, "", "2024-06-30"), (2022, 3, "", "2025-01-01"))
    assert values(pinned(rows, until)) == left


@pytest.mark.parametrize("until", ["abc", "2023-13-45", "最新"])
def test_an_edition_that_says_nothing_is_refused(until: str) -> None:
    with pytest.raises(InputError, match="文件中有的版本：2023-03-31"):
        pinned(figures((2022, 1, "", "2023-03-31")), until)


def test_two_editions_whose_order_cannot_be_told_are_refused() -> None:
    with pytest.raises(InputError, match="2 2022年有多个版本：2023-03-31、修订版") as caught:
        pinned(figures((2022, 1, "", "2023-03-31"), (2022, 2, "", "修订版"), (2023, 2, "", "修订版")))
    assert len(caught.value.problems) == 1
    assert values(pinned(figures((2023, 2, "", "修订版")), "修订版")) == [2]


def test_later_deposits_add_to_earlier_ones_and_replace_what_they_repeat() -> None:
    first, second = figures((2021, 1, "", "2024"), (2022, 2, "", "2024")), figures((2022, 3, "", ""), (2023, 4, "", ""))
    assert values(overlaid([first, second])) == [1, 3, 4]
    assert overlaid([figures(), figures()]).empty


def deposit(home: Path, plan: str, edition: str, content: str, reliability: str) -> None:
    folder = home / "data" / "raw" / f"{plan}-monitoring" / edition
    folder.mkdir(parents=True)
    (folder / "监测.csv").write_text(content, encoding="utf-8")
    side = {"title": "监测", "issuer": "某局", "document_number": "无", "reliability": reliability, "basis": "报送",
            "files": {"监测.csv": {"description": "监测", "sha256": sha256_of(folder / "监测.csv")}}}  # fmt: skip
    dates = f"published: {edition}\naccessed: {edition}\n"
    (folder / "source.yml").write_text(dates + yaml.safe_dump(side, allow_unicode=True), encoding="utf-8")


HEADER = "indicator_id,part,year,value,unit,effective_date,edition,source,note\n"


def test_departments_hand_in_their_own_rows(copied_home: Path) -> None:
    deposit(copied_home, "yuexiu-14", "2024-03-20", HEADER + "12,,2023,24,元/人/年,,,甲科,\n17,,2023,31,个,,,甲科,\n", "报送")
    deposit(copied_home, "yuexiu-14", "2024-03-25", HEADER + "17,,2023,32,个,,,乙科,\n", "报送")
    official = load_monitoring("yuexiu-14").readings.query("reliability == '' and series in ('12', '17')")
    assert dict(zip(official["series"], official["value"], strict=True)) == {"12": 24, "17": 32}
    pinned_first = load_monitoring("yuexiu-14", "2024-03-20")
    assert dict(zip(pinned_first.readings["series"], pinned_first.readings["value"], strict=True))["17"] == 31
    assert pinned_first.edition == "2024-03-20"
    assert not load_monitoring("yuexiu-14", "none").is_official


def test_made_up_and_real_figures_are_never_mixed(copied_home: Path) -> None:
    deposit(copied_home, "yuexiu-14", "2024-03-20", HEADER + "12,,2023,24,元/人/年,,,甲科,\n", "演示数据")
    with pytest.raises(InputError, match="不得混用"):
        load_monitoring("yuexiu-14")
    raw = paths.raw_data() / "demo-14-monitoring"
    shutil.copytree(raw / "2026-03-31", raw / "2027-03-31")
    side = raw / "2027-03-31" / "source.yml"
    side.write_text(side.read_text(encoding="utf-8").replace("reliability: 演示数据", "reliability: 报送"), encoding="utf-8")
    with pytest.raises(InputError, match="不得混用"):
        load_monitoring("demo-14")
