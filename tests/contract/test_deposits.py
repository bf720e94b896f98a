"""Sidecars vouch for their files; data/processed is what make data builds; the package is valid Frictionless."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.archive import sources
from analysis.archive.sources import editions, load_deposit, verify
from analysis.observations.build import build, data_dictionary
from analysis.vocabulary.errors import InputError

DEPOSITS = [(source, edition) for source in sources.sources() for edition in editions(source)]


@pytest.mark.parametrize(("source", "edition"), DEPOSITS)
def test_sidecar_matches_files(source: str, edition: str) -> None:
    deposit = load_deposit(source, edition)
    assert verify(deposit) == []
    assert deposit.sidecar.title
    assert deposit.sidecar.basis
    assert len(deposit.sidecar.files) == len(list(deposit.folder.iterdir())) - 1


def test_there_is_a_deposit() -> None:
    assert ("yuexiu-plan-14", "2022-01-18") in DEPOSITS


def test_changed_missing_and_unlisted_files_are_all_told(copied_home: Path) -> None:
    folder = copied_home / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18"
    with (folder / "boxes-1-3.txt").open("a", encoding="utf-8") as file:
        file.write("27 多出的一行（个） 1 1 100%\n")
    (folder / "projects.csv").unlink()
    (folder / "草稿.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_deposit("yuexiu-plan-14")
    told = str(caught.value)
    assert len(caught.value.problems) == 3
    for words in ("boxes-1-3.txt；实际：sha256", "projects.csv；实际：文件缺失", "草稿.txt；实际：未登记的文件"):
        assert words in told


def test_unknown_edition_lists_those_there_are() -> None:
    with pytest.raises(InputError, match="2022-01-18"):
        load_deposit("yuexiu-plan-14", "1999-01-01")


def test_processed_is_what_make_data_builds(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "processed"
    build(out)
    committed = root / "data" / "processed"
    assert {path.name for path in out.iterdir()} == {path.name for path in committed.iterdir()}
    for path in out.iterdir():
        assert path.read_bytes() == (committed / path.name).read_bytes(), f"{path.name}: run make data"


def test_data_dictionary_is_current(root: Path) -> None:
    assert (root / "docs" / "data-dictionary.md").read_text(encoding="utf-8") == data_dictionary(), "run make data"


def test_data_package_is_valid(root: Path) -> None:
    from frictionless import Package

    report = Package(str(root / "data" / "processed" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["fieldName", "rowNumber", "message"])
    assert len(report.tasks) == 7


def test_a_defect_leaves_the_older_tables(copied_home: Path) -> None:
    folder = copied_home / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18"
    before = {path.name: path.read_bytes() for path in (copied_home / "data" / "processed").iterdir()}
    sidecar = (folder / "source.yml").read_text(encoding="utf-8")
    text = (folder / "boxes-1-3.txt").read_text(encoding="utf-8").replace("40 16 40%", "40 16")
    (folder / "boxes-1-3.txt").write_text(text, encoding="utf-8")
    new_hash = sources.sha256_of(folder / "boxes-1-3.txt")
    recorded = load_recorded_hash(sidecar, "boxes-1-3.txt")
    (folder / "source.yml").write_text(sidecar.replace(recorded, new_hash), encoding="utf-8")
    with pytest.raises(InputError, match="完成率"):
        build()
    after = {path.name: path.read_bytes() for path in (copied_home / "data" / "processed").iterdir()}
    assert after == before
    assert not list((copied_home / "data").glob(".building-*"))


def load_recorded_hash(sidecar: str, file: str) -> str:
    import yaml

    return str(yaml.safe_load(sidecar)["files"][file]["sha256"])
