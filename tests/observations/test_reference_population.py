"""The reference population is complete, and defects of its files are told with their address."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.archive.sources import sha256_of
from analysis.observations.reference_population import AREAS, BIRTHS, MORTALITY, POPULATION, SOURCE, load_areas, load_reference_population
from analysis.vocabulary.errors import InputError

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(copied_home: Path) -> Change:
    """Replace a piece of one file and seal it anew, as a next edition would be."""
    (folder,) = (copied_home / "data" / "raw" / SOURCE).iterdir()

    def apply(name: str, old: str, new: str) -> None:
        path, sidecar = folder / name, folder / "source.yml"
        text, before = path.read_text(encoding="utf-8"), sha256_of(path)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(before, sha256_of(path)), encoding="utf-8")

    return apply


def test_china_by_age() -> None:
    reference = load_reference_population()
    ages = reference.ages
    assert set(ages["age_start"]) == set(range(0, 105, 5)) and set(ages["year"]) == set(range(1950, 2055, 5))
    assert len(ages) == 21 * 21
    people = ages.groupby("year")["population"].sum() / 1e6
    assert people[2020] == pytest.approx(1426.1, abs=0.5) and people[1950] == pytest.approx(544, abs=1)
    assert ages.query("year == 2015 and age_start == 55")["population"].item() / 1e6 == pytest.approx(78.22, abs=0.005)


def test_births_and_mortality() -> None:
    reference = load_reference_population()
    assert reference.births.loc[1961] == pytest.approx(16_879_455) and list(reference.births.index) == list(range(1950, 2024))
    rates = reference.mortality.query("period == '2020-2025' and sex == 'both'").set_index("age_start")["mortality_rate"]
    assert rates.loc[60] == pytest.approx(0.010534, abs=1e-6) and rates.index.max() == 100
    assert set(reference.mortality["sex"]) == {"male", "female", "both"}


def test_areas_have_their_subregion() -> None:
    areas = load_areas()
    tried = areas[areas["reference"] != ""]
    assert tried["area"].nunique() == 201 and set(areas["year"]) == set(range(1950, 2025, 5))
    assert (areas["population_60plus"] >= areas["population_65plus"]).all()
    china = areas.query("area == 'China' and year == 2020").iloc[0]
    ages = load_reference_population().ages.query("year == 2020").set_index("age_start")["population"]
    assert (
        china["population_55_59"] == ages[55]
        and china["population_60plus"] == ages.loc[60:].sum()
        and china["population_65plus"] == ages.loc[65:].sum()
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (POPULATION, "1950,male,0,40527238", "1950,male,0,-5", "第2行 population列；实际：-5"),
        (POPULATION, "1950,male,5,", "1950,male,x,", "第3行 age_start列；实际：x"),
        (POPULATION, "1950,male,5,30161374\n", "", "1950 male；实际：缺年龄组 5"),
        (POPULATION, "1950,male,5,", "1950,male,0,", "有多行"),
        (POPULATION, "year,sex", "年,sex", "第1行"),
        (POPULATION, "1950,male,0,40527238", "1950,male,0", "第2行"),
        (BIRTHS, "1951,22144.814\n", "", "缺1951年"),
        (BIRTHS, "22144.814", "", "births_thousands列；实际：空"),
        (MORTALITY, "1990-1995,both,0,0.03957865\n", "", "1990-1995 both；实际：缺年龄组 0"),
    ],
)
def test_defects_are_told(change: Change, name: str, old: str, new: str, words: str) -> None:
    change(name, old, new)
    with pytest.raises(InputError, match=words):
        load_reference_population()


def test_an_area_of_an_unknown_subregion_is_told(change: Change) -> None:
    change(AREAS, "Afghanistan,Southern Asia,1950", "Afghanistan,南亚,1950")
    with pytest.raises(InputError, match="南亚"):
        load_areas()
