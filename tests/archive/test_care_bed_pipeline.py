"""Bed projects: none where no list is known; a defective list is refused with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.archive.care_bed_pipeline import load_care_bed_pipeline
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

GOOD = "{name: 甲院扩建, beds: 120, nursing_beds: 100, opening_year: 2024, status: 在建, reference: 清单第1项}"


def write(home: Path, *projects: str) -> None:
    text = "projects:\n" + "".join(f"  - {project}\n" for project in projects)
    (home / "plans" / "yuexiu-14" / "care_bed_pipeline.yml").write_text(text, encoding="utf-8")


def test_the_plan_prints_no_project(root: Path) -> None:
    assert load_care_bed_pipeline("yuexiu-14") == ()
    assert "projects: []" in (root / "plans" / "yuexiu-14" / "care_bed_pipeline.yml").read_text(encoding="utf-8")


def test_without_a_file_there_is_none() -> None:
    assert not (paths.plans() / "yuexiu-13" / "care_bed_pipeline.yml").exists()
    assert load_care_bed_pipeline("yuexiu-13") == ()


def test_a_list_is_read_in_its_order(copied_home: Path) -> None:
    write(copied_home, GOOD, GOOD.replace("甲院", "乙院").replace("nursing_beds: 100, ", "").replace("在建", "意向"))
    first, second = load_care_bed_pipeline("yuexiu-14")
    assert (first.name, first.beds, first.nursing_beds, first.opening_year, first.status) == ("甲院扩建", 120, 100, 2024, "在建")
    assert (second.name, second.nursing_beds, second.status) == ("乙院扩建", None, "意向")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("status: 在建", "status: 打算"), "status"),
        (("beds: 120", "beds: 0"), "beds"),
        (("beds: 120, nursing_beds: 100", "beds: 90, nursing_beds: 100"), "护理型床位不多于床位"),
        ((", reference: 清单第1项", ""), "reference"),
        (("name: 甲院扩建", 'name: ""'), "name"),
    ],
)
def test_a_defect_is_named(copied_home: Path, change: tuple[str, str], told: str) -> None:
    write(copied_home, GOOD.replace(*change))
    with pytest.raises(InputError, match=told):
        load_care_bed_pipeline("yuexiu-14")


def test_a_project_listed_twice_is_refused(copied_home: Path) -> None:
    write(copied_home, GOOD, GOOD)
    with pytest.raises(InputError, match="不得重复：甲院扩建"):
        load_care_bed_pipeline("yuexiu-14")
