"""The door to the data: what it hands out, and what it refuses."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from analysis.observations.door import load_observations, load_table
from analysis.vocabulary.errors import InputError


def processed(home: Path, name: str) -> Path:
    return home / "data" / "processed" / name


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"plan": "yuexiu-12"}, "参数 plan；实际：yuexiu-12；应为：yuexiu-13、yuexiu-14"),
        ({"table": "专栏9"}, "参数 table；实际：专栏9；应为：专栏1、专栏2、专栏3"),
        ({"kind": "预测"}, "参数 kind；实际：预测"),
        ({"plan": "yuexiu-13", "table": "专栏3"}, "参数 table；实际：专栏3；应为：专栏1、专栏2"),
    ],
    ids=str,
)
def test_a_filter_that_matches_nothing_lists_what_there_is(filters: dict[str, str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        load_observations(**filters)


def test_filters_combine() -> None:
    frame = load_observations(plan="yuexiu-13", table="专栏1", kind="目标")
    assert len(frame) == 26
    assert frame.index.tolist() == list(range(26))
    assert (set(frame["plan"]), set(frame["table"]), set(frame["kind"])) == ({"yuexiu-13"}, {"专栏1"}, {"目标"})


def test_each_filter_alone() -> None:
    assert set(load_observations(plan="yuexiu-14")["table"]) == {"专栏3"}
    assert len(load_observations(table="专栏2")) == 90
    assert len(load_observations(kind="印制完成率")) == 26


def test_a_dash_is_missing_and_printed_decimals_stay() -> None:
    rows = load_observations(table="专栏2")
    destitute = rows[(rows["number"] == 5) & (rows["period_end"] == 2015)].iloc[0]
    assert math.isnan(destitute["value"])
    assert destitute["printed"] == ""
    assert rows.loc[(rows["number"] == 11) & (rows["period_end"] == 2015), "printed"].tolist() == ["26.50"]


def test_types_follow_the_schema() -> None:
    frame = load_table("projects")
    assert frame["quantity"].tolist() == [18, 222]
    assert str(frame["quantity"].dtype) == "Int64"
    assert str(frame["minimum_floor_area_m2"].dtype) == "float64"
    assert math.isnan(frame["minimum_floor_area_m2"].iloc[1])
    assert frame["exception"].iloc[0] == ""


def test_an_unknown_table_lists_those_there_are() -> None:
    with pytest.raises(InputError, match=r"参数 name；实际：没有；应为：.*projects.*observations"):
        load_table("没有")


@pytest.mark.parametrize("name", ["projects.csv", "datapackage.json"])
def test_a_missing_file_says_how_to_build_it(copied_home: Path, name: str) -> None:
    processed(copied_home, name).unlink()
    with pytest.raises(InputError, match=f"data/processed/{name}；实际：没有该文件.*minzheng data"):
        load_table("projects")


def test_a_changed_figure_is_refused(copied_home: Path) -> None:
    path = processed(copied_home, "observations.csv")
    text = path.read_text(encoding="utf-8")
    assert text.count(",4983,张,") == 1
    path.write_text(text.replace(",4983,张,", ",4984,张,"), encoding="utf-8")
    with pytest.raises(InputError, match=r"observations\.csv.*sha256.*minzheng data"):
        load_observations(table="专栏2")


def test_a_change_of_one_table_leaves_the_others(copied_home: Path) -> None:
    with processed(copied_home, "projects.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError, match=r"projects\.csv"):
        load_table("projects")
    assert len(load_table("printing_slips")) == 45


def test_a_table_that_the_package_does_not_record_is_refused(copied_home: Path) -> None:
    path = processed(copied_home, "datapackage.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"projects.csv"', '"other.csv"'), encoding="utf-8")
    with pytest.raises(InputError, match="minzheng data"):
        load_table("projects")
