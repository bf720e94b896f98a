"""Parameters are checked by name and type before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.publishing.requests import DeclaredParameter, ReportRequest, checked, find_run, read_request
from analysis.publishing.runner import declared_parameters, run_report
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

DECLARED = {
    "plan": DeclaredParameter("plan", "str", '"yuexiu-13"', "规划标识"),
    "as_of_year": DeclaredParameter("as_of_year", "int", "2020", "评估年份"),
    "include_audit": DeclaredParameter("include_audit", "bool", "True", "是否附核对"),
    "share": DeclaredParameter("share", "float", "0.5", "比例"),
}


def request(**parameters: object) -> ReportRequest:
    return ReportRequest("run", Path("printed_results.ipynb"), parameters, Path("run.yml"))  # type: ignore[arg-type]


def test_good_values_are_converted_from_text_only() -> None:
    given = {"as_of_year": "2020", "include_audit": "False", "share": "0.25", "plan": "yuexiu-13"}
    assert checked(request(**given), DECLARED, frozenset(given)).parameters == {
        "as_of_year": 2020, "include_audit": False, "share": 0.25, "plan": "yuexiu-13",
    }  # fmt: skip
    assert checked(request(share=1, plan="x"), DECLARED, frozenset()).parameters == {"share": 1, "plan": "x"}


@pytest.mark.parametrize(
    ("parameters", "from_text", "words"),
    [
        ({"as_of": "2020"}, {"as_of"}, "是否应为 as_of_year"),
        ({"as_of_year": "二〇二〇"}, {"as_of_year"}, "应为：整数"),
        ({"as_of_year": "2020.5"}, {"as_of_year"}, "应为：整数"),
        ({"include_audit": "yes"}, {"include_audit"}, "true或false"),
        ({"as_of_year": "2020"}, set(), "'2020'"),  # text where the file must hold a number
        ({"include_audit": 1}, set(), "true或false"),
        ({"plan": 13}, set(), "文字"),
    ],
)
def test_bad_values_are_refused(parameters: dict[str, object], from_text: set[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        checked(request(**parameters), DECLARED, frozenset(from_text))


def test_unknown_names_list_the_valid_ones_and_all_defects_are_told() -> None:
    with pytest.raises(InputError) as caught:
        checked(request(plam="x", as_of_year="x"), DECLARED, frozenset({"plam", "as_of_year"}))
    assert len(caught.value.problems) == 2
    for name in DECLARED:
        assert f"{name}（" in str(caught.value)


def test_the_notebook_declares_what_the_parameter_file_sets() -> None:
    declared = declared_parameters(paths.notebooks() / "printed_results.ipynb")
    assert {name: p.type for name, p in declared.items()} == {
        "plan": "str", "as_of_year": "int", "data_edition": "str", "include_audit": "bool", "report_date": "str",
    }  # fmt: skip
    assert all(p.help for p in declared.values())
    given = read_request("yuexiu-13-final-2020", {})
    assert checked(given, declared, frozenset()).parameters == given.parameters


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"plna": "x"}, "没有该参数"),
        ({"as_of_year": "2019"}, "2020"),
        ({"plan": "tianhe-13"}, "yuexiu-13"),
        ({"plan": "yuexiu-14"}, "尚无期末结果"),
        ({"data_edition": "2099"}, "没有版本 2099"),
        ({"report_date": "2021-13-45"}, "report_date"),
    ],
)
def test_refused_before_anything_is_written(
    copied_home: Path, monkeypatch: pytest.MonkeyPatch, overrides: dict[str, str], words: str
) -> None:
    import papermill

    monkeypatch.setattr(papermill, "execute_notebook", lambda *a, **k: pytest.fail("a kernel was started"))
    with pytest.raises(InputError, match=words):
        run_report("yuexiu-13-final-2020", overrides)
    assert list((copied_home / "reports").iterdir()) == []


def test_runs_are_found_by_kind_and_plan() -> None:
    assert find_run("final", "yuexiu-13", None) == "yuexiu-13-final-2020"
    assert find_run("final", "yuexiu-13", 2020) == "yuexiu-13-final-2020"
    with pytest.raises(InputError, match="--plan yuexiu-13 --as-of 2020"):
        find_run("final", "yuexiu-12", None)
    with pytest.raises(InputError, match="--as-of 2019"):
        find_run("final", "yuexiu-13", 2019)
