"""Units at their edges, printed decimals, and the folders."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from analysis.vocabulary import paths
from analysis.vocabulary.rounding import Interval, printed_decimals, round_half_up, rounding_interval
from analysis.vocabulary.units import COLUMN_UNITS, split_unit


@pytest.mark.parametrize(
    ("unit", "factor", "base"),
    [
        ("百张", 100, "张"),
        ("千人", 1_000, "人"),
        ("万人次", 10_000, "人次"),
        ("亿元", 100_000_000, "元"),
        ("万元/年", 10_000, "元/年"),
        ("万", 1, "万"),  # a unit of its own, not ten thousand of nothing
        ("百", 1, "百"),
        ("人", 1, "人"),
        ("人/万", 1, "人/万"),
        ("%", 1, "%"),
        ("", 1, ""),
    ],
)
def test_factor_and_base_unit(unit: str, factor: int, base: str) -> None:
    assert split_unit(unit) == (Decimal(factor), base)


def test_longer_units_are_tried_first() -> None:
    assert COLUMN_UNITS.index("人/万") < COLUMN_UNITS.index("人")
    assert [len(unit) for unit in COLUMN_UNITS] == sorted((len(unit) for unit in COLUMN_UNITS), reverse=True)


@pytest.mark.parametrize(("value", "decimals"), [("1E+2", 0), ("100", 0), ("26.50", 2), ("0.5", 1), ("-3.25", 2), ("1E-3", 3)])
def test_printed_decimals(value: str, decimals: int) -> None:
    assert printed_decimals(Decimal(value)) == decimals


@pytest.mark.parametrize("value", ["NaN", "Infinity"])
def test_what_is_no_number_has_no_decimals(value: str) -> None:
    with pytest.raises(ValueError, match=f"不是有限小数：{value}"):
        printed_decimals(Decimal(value))


def test_the_interval_of_a_printed_figure() -> None:
    assert rounding_interval(Decimal("26.50")) == Interval(Decimal("26.495"), Decimal("26.505"))
    assert rounding_interval(Decimal("1E+2")) == Interval(Decimal("99.5"), Decimal("100.5"))


@pytest.mark.parametrize(("other", "shared"), [((2, 3), True), ((0, 1), True), ((3, 4), False), ((-2, 0), False)])
def test_intervals_that_touch_overlap(other: tuple[int, int], shared: bool) -> None:
    here, there = Interval(Decimal(1), Decimal(2)), Interval(*map(Decimal, other))
    assert here.overlaps(there) is shared
    assert there.overlaps(here) is shared


def test_floats_are_rounded_by_their_shortest_form() -> None:
    assert round_half_up(2.675, 2) == Decimal("2.68")
    assert round_half_up(-2.5) == Decimal("-3")


def test_folders(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    assert paths.home() == root
    assert paths.raw_data() == root / "data" / "raw"
    assert paths.processed_data() == root / "data" / "processed"
    assert paths.notebooks() == root / "notebooks"
    assert paths.reports() == root / "reports"
    assert paths.docs() == root / "docs"


def test_folders_that_ship_with_the_package(root: Path) -> None:
    package = root / "src" / "analysis"
    assert paths.parameters() == package / "parameters"
    assert paths.fonts() == package / "presentation" / "fonts"
    assert paths.templates() == package / "publishing" / "templates"


def test_another_home_moves_the_data_but_not_the_parameters(copied_home: Path, root: Path) -> None:
    assert paths.raw_data() == copied_home / "data" / "raw"
    assert paths.parameters() == root / "src" / "analysis" / "parameters"
