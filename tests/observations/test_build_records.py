"""Structured records of the deposit: each defect is told with file, line and column, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.archive.sources import sha256_of
from analysis.observations.build import build
from analysis.observations.door import load_table
from analysis.vocabulary.errors import InputError


def edit(home: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change a deposited file and its recorded hash, as an editor of the deposit would."""
    folder = home / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18"
    path, sidecar = folder / name, folder / "source.yml"
    recorded = sha256_of(path)
    text = path.read_bytes().decode("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode("utf-8"))
    described = sidecar.read_text(encoding="utf-8")
    assert recorded in described
    sidecar.write_text(described.replace(recorded, sha256_of(path)), encoding="utf-8")


def refused(home: Path) -> list[str]:
    """Build, expecting a refusal that writes nothing; return what was told."""
    folder = home / "data" / "processed"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as caught:
        build()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in folder.parent.iterdir()) == ["forecasts", "processed", "raw"]
    return [str(problem) for problem in caught.value.problems]


CENTRE, SLIP = "街道综合养老服务中心,18,个", "删“基本”或改约数,确定"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("printing_slips.csv", SLIP, ",确定", "printing_slips.csv 第2行 suggestion列；实际：空；应为：建议；处理：补上"),
        ("printing_slips.csv", SLIP, "删“基本”或改约数,大概", "printing_slips.csv 第2行 certainty列；实际：大概；应为：确定、疑似"),
        ("projects.csv", CENTRE, "街道综合养老服务中心,约18,个", "projects.csv 第2行 quantity列；实际：约18；应为：整数"),
        ("projects.csv", CENTRE, "街道综合养老服务中心,²,个", "projects.csv 第2行 quantity列；实际：²；应为：整数"),
        ("projects.csv", CENTRE, "街道综合养老服务中心,--5,个", "projects.csv 第2行 quantity列；实际：--5；应为：整数"),
        ("projects.csv", CENTRE, "街道综合养老服务中心,1 8,个", "projects.csv 第2行 quantity列；实际：1 8；应为：整数"),
        ("projects.csv", CENTRE, "街道综合养老服务中心,18.5,个", "projects.csv 第2行 quantity列；实际：18.5；应为："),
        ("projects.csv", CENTRE, "街道综合养老服务中心,,个", "projects.csv 第2行 quantity列；实际：空；应为：建设数量"),
        ("prose_figures.csv", "起始年,2016,年,等于", "起始年,2016,年,大约", "prose_figures.csv 第2行 comparison列；实际：大约"),
        ("prose_figures.csv", "起始年,2016,年", "起始年,1.2.3,年", "prose_figures.csv 第2行 value列；实际：1.2.3；应为：数字"),
    ],
    ids=lambda value: value if value.isascii() else "",
)
def test_a_bad_cell_is_told_with_file_line_and_column(copied_home: Path, file: str, old: str, new: str, words: str) -> None:
    edit(copied_home, file, (old, new))
    told = refused(copied_home)
    assert len(told) == 1
    assert told[0].startswith(words)


def test_a_wrong_header(copied_home: Path) -> None:
    edit(copied_home, "projects.csv", ("quantity,unit", "unit,quantity"))
    (told,) = refused(copied_home)
    assert told.startswith("projects.csv 第1行；实际：number、name、unit、quantity、")
    assert "应为：number、name、quantity、unit、" in told


def test_an_extra_cell(copied_home: Path) -> None:
    edit(copied_home, "printing_slips.csv", (SLIP, f"{SLIP},多余的话"))
    (told,) = refused(copied_home)
    assert told.startswith("printing_slips.csv 第2行；实际：多出的单元格：多余的话")


def test_a_row_that_is_too_short(copied_home: Path) -> None:
    edit(copied_home, "printing_slips.csv", (SLIP, "删“基本”或改约数"))
    (told,) = refused(copied_home)
    assert told.startswith("printing_slips.csv 第2行 certainty列；实际：空")


def test_all_defects_are_told_at_once(copied_home: Path) -> None:
    edit(
        copied_home, "projects.csv",
        (CENTRE, ",十八,个"), ("社区颐康服务站,222,个,社区,1,2023", "社区颐康服务站,222,个,社区,1,明年"),
    )  # fmt: skip
    told = refused(copied_home)
    assert [words.split("；")[0] for words in told] == [
        "projects.csv 第2行 name列", "projects.csv 第2行 quantity列", "projects.csv 第3行 deadline_year列",
    ]  # fmt: skip


def test_good_records_are_taken_over_with_their_line(copied_home: Path) -> None:
    edit(copied_home, "projects.csv", (CENTRE, "街道综合养老服务中心,19,个"))
    build()
    frame = load_table("projects")
    assert frame["quantity"].tolist() == [19, 222]
    assert frame["source_line"].tolist() == [2, 3]
