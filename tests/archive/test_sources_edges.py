"""Editions of a source, and definitions that contradict themselves."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pydantic
import pytest

from analysis.archive.plans import PlanHeader, load_plan
from analysis.archive.schema import read_yaml
from analysis.archive.sources import editions, load_deposit, sources, verify
from analysis.assessment.thresholds import Thresholds
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

SOURCE, FIRST = "yuexiu-plan-14", "2022-01-18"


@pytest.fixture
def two_editions(copied_home: Path) -> Path:
    folder = copied_home / "data" / "raw" / SOURCE
    shutil.copytree(folder / FIRST, folder / "2023-06-30")
    (folder / "草稿").mkdir()
    return folder


def test_latest_is_the_newer_edition(two_editions: Path) -> None:
    assert editions(SOURCE) == [FIRST, "2023-06-30"]
    assert load_deposit(SOURCE).edition == "2023-06-30"


def test_an_older_edition_can_be_asked_for(two_editions: Path) -> None:
    deposit = load_deposit(SOURCE, FIRST)
    assert deposit.edition == FIRST
    assert deposit.path("projects.csv") == two_editions / FIRST / "projects.csv"


def test_a_folder_without_a_date_is_no_edition(two_editions: Path) -> None:
    with pytest.raises(InputError, match="没有版本 草稿；应为：2022-01-18、2023-06-30"):
        load_deposit(SOURCE, "草稿")


def test_an_unknown_source_lists_those_there_are() -> None:
    assert editions("no-such-plan") == []
    with pytest.raises(InputError, match=f"data/raw/no-such-plan；实际：没有该来源；应为：.*{SOURCE}"):
        load_deposit("no-such-plan")
    assert SOURCE in sources()


def test_a_file_that_the_sidecar_does_not_list_has_no_path() -> None:
    with pytest.raises(InputError, match=r"yuexiu-plan-14/2022-01-18；实际：档案说明未列出 别的\.csv；应为：boxes-1-3.txt、"):
        load_deposit(SOURCE).path("别的.csv")


def test_hidden_files_are_no_part_of_a_deposit(copied_home: Path) -> None:
    (copied_home / "data" / "raw" / SOURCE / FIRST / ".DS_Store").write_text("x", encoding="utf-8")
    assert verify(load_deposit(SOURCE)) == []


def test_a_deposit_does_not_change() -> None:
    deposit = load_deposit(SOURCE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        deposit.edition = "2023-06-30"  # type: ignore[misc]
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        deposit.sidecar.title = "别的标题"


def test_definitions_do_not_change() -> None:
    with pytest.raises(pydantic.ValidationError, match="frozen"):
        load_plan("yuexiu-13").indicators[1].bounded = True


@pytest.mark.parametrize(
    ("reliability", "seen", "citation"),
    [
        ("转载，原件未见", False, "《越秀区民政事业发展第十四个五年规划》（越民〔2022〕3号；据转载，文号与日期待核实）"),
        ("原件已核对", True, "《越秀区民政事业发展第十四个五年规划》（越民〔2022〕3号）"),
    ],
)
def test_a_citation_says_whether_the_original_was_seen(reliability: str, seen: bool, citation: str) -> None:
    deposit = load_deposit(SOURCE)
    deposit = dataclasses.replace(deposit, sidecar=deposit.sidecar.model_copy(update={"reliability": reliability}))
    assert deposit.original_seen is seen
    assert deposit.citation() == f"广州市越秀区民政局{citation}"


def test_a_key_given_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text("id: x\ntitle: 甲\nplace: 某区\ntitle: 乙\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"plan\.yml 第4行；实际：键 title 重复"):
        read_yaml(path, PlanHeader)


def test_a_key_given_twice_further_down_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.yml"
    path.write_text("final:\n  exceeded_ratio: 1.05\n  nearly_ratio: 0.95\n  nearly_ratio: 0.9\n", encoding="utf-8")
    with pytest.raises(InputError, match="第4行；实际：键 nearly_ratio 重复"):
        read_yaml(path, Thresholds)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("indicators.yml", "{number: 2, id: private", "{number: 1, id: private", "number 不得重复：1"),
        (
            "indicators.yml",
            "id: cremation_share_percent",
            "id: peaceful_boundary_share_percent",
            "id 不得重复：peaceful_boundary_share_percent",
        ),
        ("statistics.yml", "{number: 45,", "{number: 44,", "number 不得重复：44"),
        ("plan.yml", "first_year: 2016", "first_year: 2021", "首年不得晚于末年"),
        ("indicators.yml", "times: 0.1,", "times: .nan,", "indicators.0.base.times；实际：nan；应为：有限的数"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, words: str
) -> None:
    folder = tmp_path / "plans"
    shutil.copytree(paths.plans(), folder)
    path = folder / "yuexiu-13" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(paths, "plans", lambda: folder)
    with pytest.raises(InputError, match=words):
        load_plan("yuexiu-13")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("exceeded_ratio", ".nan"), ("exceeded_ratio", "-1.05"), ("exceeded_ratio", "0.99"), ("exceeded_ratio", "105%"),
        ("exceeded_ratio", "2.5"), ("nearly_ratio", ".inf"), ("nearly_ratio", "0.0"), ("nearly_ratio", "1.0"),
        ("nearly_ratio", "九成五"), ("nearly_ratio", "'0.95'"), ("nearly_ratio", "true"),
    ],
)  # fmt: skip
def test_a_threshold_that_is_no_sensible_number_is_refused(tmp_path: Path, key: str, value: str) -> None:
    path = changed_thresholds(tmp_path, {key: value})
    with pytest.raises(InputError, match=f"键 final.{key}") as caught:
        read_yaml(path, Thresholds)
    assert len(caught.value.problems) == 1


def test_thresholds_at_their_limits_are_read(tmp_path: Path) -> None:
    final = read_yaml(changed_thresholds(tmp_path, {"exceeded_ratio": "1.0", "nearly_ratio": "0.01"}), Thresholds).final
    assert (final.exceeded_ratio, final.nearly_ratio) == (1.0, 0.01)


def test_thresholds_out_of_order_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="依次递增"):
        read_yaml(changed_thresholds(tmp_path, {"slightly_behind_ratio": "0.97"}), Thresholds)


def changed_thresholds(folder: Path, changes: dict[str, str]) -> Path:
    lines = (paths.parameters() / "verdicts.yml").read_text(encoding="utf-8").splitlines()
    start = lines.index("final:") if not set(changes) & {"slightly_behind_ratio"} else 0
    for key, value in changes.items():
        index = next(i for i, line in enumerate(lines) if i > start and line.strip().startswith(f"{key}:"))
        lines[index] = f"  {key}: {value}"
    path = folder / "verdicts.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
