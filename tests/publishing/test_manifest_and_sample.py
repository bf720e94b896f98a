"""What a manifest lists, what the sample holds, equal runs with equal bytes, and an interrupted run."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from analysis.publishing import runner
from analysis.publishing.cli import minzheng
from analysis.publishing.document.wording_checks import WordingProblem
from analysis.publishing.inputs import check_inputs
from analysis.publishing.manifest import DOCUMENTS, write_manifest
from analysis.publishing.requests import find_run, read_request
from analysis.publishing.runner import run_report
from analysis.publishing.sample import publish
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

RUN = "yuexiu-13-final-2020"
# default_int_handler: a shell without job control starts background jobs deaf to SIGINT.
COMMAND = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from analysis.publishing.cli import main; main()"


def files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def manifest_of(folder: Path) -> dict[str, Any]:
    """Write the manifest of a report of three files, one in a folder below."""
    (folder / "figures").mkdir(parents=True)
    for name in ("report.html", "verdicts.csv", "figures/b.svg"):
        (folder / name).write_text(name, encoding="utf-8")
    request = read_request(RUN, {})
    problem = WordingProblem("标点重复", "一、总体评价", "完成。。")
    used = check_inputs(request.notebook.stem, request.parameters)
    path = write_manifest(request, used, folder, overridden=frozenset({"report_date"}), wording=[problem])
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_inputs_are_what_the_report_rests_on_and_nothing_else(tmp_path: Path, root: Path) -> None:
    inputs = manifest_of(tmp_path)["inputs"]
    expected = files(root / "data" / "raw" / "yuexiu-plan-14", root / "data" / "processed", root / "src" / "analysis" / "parameters")
    expected += files(root / "plans" / "yuexiu-13", root / "plans" / "yuexiu-14")
    expected += [
        root / "docs" / "method.md",
        root / "docs" / "models.md",
        root / "notebooks" / "printed_results.ipynb",
        root / "notebooks" / "parameters" / f"{RUN}.yml",
    ]
    assert set(inputs) == {path.relative_to(root).as_posix() for path in expected}
    assert list(inputs) == sorted(inputs)


def test_inputs_carry_their_hash(tmp_path: Path, root: Path) -> None:
    for name, digest in manifest_of(tmp_path)["inputs"].items():
        assert hashlib.sha256((root / name).read_bytes()).hexdigest() == digest, name


def test_no_input_is_lost_where_the_package_lies_outside_its_home(tmp_path: Path, copied_home: Path) -> None:
    """Two plans have files of the same name: each keeps a line of its own."""
    inputs = manifest_of(tmp_path / "out")["inputs"]
    folders = (paths.raw_data() / "yuexiu-plan-14", paths.processed_data(), paths.parameters())
    documents = sum((paths.docs() / name).is_file() for name in DOCUMENTS)
    assert len(inputs) == len(files(*folders, paths.plans() / "yuexiu-13", paths.plans() / "yuexiu-14")) + documents + 2


def test_a_later_edition_leaves_an_earlier_reports_inputs_alone(copied_home: Path) -> None:
    request = read_request("demo-14-midterm-2023", {})
    before = check_inputs(request.notebook.stem, request.parameters)
    shutil.copytree(paths.raw_data() / "demo-14-monitoring" / "2026-03-31", paths.raw_data() / "demo-14-monitoring" / "2027-03-31")
    after = check_inputs(request.notebook.stem, request.parameters)
    assert [deposit.edition for deposit in after.deposits] == ["2022-01-31", "2024-03-31", "2024-07-11"]
    assert before.deposits == after.deposits
    assert before.demonstration


def test_outputs_are_complete_and_sorted(tmp_path: Path) -> None:
    outputs = manifest_of(tmp_path)["outputs"]
    assert list(outputs) == ["figures/b.svg", "report.html", "verdicts.csv"]
    assert outputs["figures/b.svg"] == hashlib.sha256(b"figures/b.svg").hexdigest()


def test_manifest_names_run_parameters_and_packages(tmp_path: Path) -> None:
    content = manifest_of(tmp_path)
    keys = "format run demonstration parameters overrides wording inputs outputs code python packages lock".split()
    assert list(content) == keys
    assert (content["format"], content["run"], content["demonstration"]) == (2, RUN, False)
    assert content["overrides"] == ["report_date"]
    assert content["wording"] == ["标点重复（一、总体评价）：完成。。"]
    assert content["lock"] == hashlib.sha256((paths.home() / "requirements.lock").read_bytes()).hexdigest()
    assert {"typst", "python-docx", "xlsxwriter"} <= set(content["packages"])
    assert content["parameters"]["as_of_year"] == 2020
    assert content["packages"]["pandas"].split(".")[0] == "3"


def finished(home: Path) -> Path:
    """A made-up finished report with all kinds of files."""
    folder = home / "reports" / RUN
    (folder / "figures").mkdir(parents=True)
    names = ("report.ipynb", "content.json", "report.html", "verdicts.csv", "figures/a.svg", "figures/a.png", "figures/a.csv")
    for name in names:
        (folder / name).write_text(name, encoding="utf-8")
    outputs = {name: hashlib.sha256(name.encode()).hexdigest() for name in sorted(names)}
    content = {"run": RUN, "outputs": outputs, "code": {"version": "0.1.0", "commit": "abc"}}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def test_the_sample_leaves_out_the_notebook_and_vector_figures(copied_home: Path) -> None:
    folder = finished(copied_home)
    publish(RUN)
    sample = folder.parent / "published" / RUN
    kept = {path.relative_to(sample).as_posix() for path in files(sample)}
    assert kept == {"report.html", "verdicts.csv", "figures/a.png", "figures/a.csv", "manifest.json"}
    assert (folder / "report.ipynb").is_file()


def test_the_samples_manifest_lists_what_it_holds(copied_home: Path) -> None:
    folder = finished(copied_home)
    publish(RUN)
    content = json.loads((folder.parent / "published" / RUN / "manifest.json").read_text(encoding="utf-8"))
    assert list(content["outputs"]) == ["figures/a.csv", "figures/a.png", "report.html", "verdicts.csv"]
    assert content["left_out"] == ["content.json", "figures/a.svg", "report.ipynb"]


def test_an_edited_report_is_no_sample(copied_home: Path) -> None:
    folder = finished(copied_home)
    (folder / "report.html").write_text("人工改过", encoding="utf-8")
    with pytest.raises(InputError, match=r"已人工修改：report\.html"):
        publish(RUN)
    assert not (folder.parent / "published" / RUN).exists()


def test_a_new_sample_replaces_the_old_one(copied_home: Path) -> None:
    folder = finished(copied_home)
    old = folder.parent / "published" / RUN / "旧.csv"
    old.parent.mkdir(parents=True)
    old.write_text("旧", encoding="utf-8")
    publish(RUN)
    assert not old.exists()
    assert [path.name for path in (folder.parent / "published").iterdir()] == [RUN]


def test_the_audit_opens_in_a_spreadsheet_and_is_readable_by_all(tmp_path: Path) -> None:
    out = tmp_path / "核对.csv"
    assert CliRunner().invoke(minzheng, ["audit", "--out", str(out)]).exit_code == 0
    content = out.read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid,group,")
    assert content.count(b"\xef\xbb\xbf") == 1
    assert b"\r" not in content
    assert out.stat().st_mode & 0o777 == 0o644


def test_settings_are_stripped_and_notices_are_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"wording": ["标点重复（一、总体评价）：完成。。"]}), encoding="utf-8")
    seen: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(runner, "run_report", lambda run, overrides: seen.append((run, overrides)) or tmp_path)
    arguments = ["report", "final", "--plan", "yuexiu-13", "--set", " report_date = 2026-11-23 ", "--set", "include_audit=false"]
    done = CliRunner().invoke(minzheng, arguments)
    assert done.exit_code == 0, done.output
    assert seen == [(RUN, {"report_date": "2026-11-23", "include_audit": "false"})]
    assert "文字请核对：标点重复（一、总体评价）：完成。。" in done.stderr


def test_a_value_may_hold_an_equals_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    monkeypatch.setattr(runner, "run_report", lambda run, overrides: seen.append(overrides) or tmp_path)
    CliRunner().invoke(minzheng, ["report", "final", "--plan", "yuexiu-13", "--set", "plan=a=b"])
    assert seen == [{"plan": "a=b"}]


def test_two_fitting_runs_ask_for_the_year(copied_home: Path) -> None:
    folder = copied_home / "notebooks" / "parameters"
    (folder / "yuexiu-13-final-2021.yml").write_bytes((folder / f"{RUN}.yml").read_bytes())
    with pytest.raises(InputError, match="--plan yuexiu-13 --as-of 2020、--plan yuexiu-13 --as-of 2021"):
        find_run("final", "yuexiu-13", None)
    assert find_run("final", "yuexiu-13", 2021) == "yuexiu-13-final-2021"
    assert find_run("final", "yuexiu-13", 2020) == RUN


@pytest.mark.slow
def test_two_runs_give_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.setattr(paths, "reports", lambda folder=folder: folder)
        report = run_report(RUN, progress=False)
        contents.append({path.relative_to(report).as_posix(): path.read_bytes() for path in files(report)})
    first, second = contents
    assert {"report.ipynb", "report.html", "verdicts.csv", "manifest.json", "figures/verdict_matrix.svg"} <= set(first)
    assert [name for name in sorted(first.keys() | second.keys()) if first.get(name) != second.get(name)] == []


@pytest.mark.slow
def test_an_interrupted_run_leaves_the_old_report(copied_home: Path) -> None:
    reports = copied_home / "reports"
    (reports / RUN).mkdir()
    (reports / RUN / "report.html").write_text("上一份好报告", encoding="utf-8")
    path = copied_home / "notebooks" / "printed_results.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(6, nbformat.v4.new_code_cell("open('begun', 'w').close(); import time; time.sleep(60)"))
    nbformat.write(notebook, path)
    started = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "report", "final", "--plan", "yuexiu-13"], env=os.environ | {paths.HOME_VARIABLE: str(copied_home)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not list(reports.glob(".building-*/begun")):
            assert time.monotonic() < deadline
            assert started.poll() is None
            time.sleep(0.2)
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=40)
    finally:
        started.kill()
    assert started.returncode == 130
    assert "已中断" in told
    assert "Traceback" not in told
    assert [path.name for path in reports.iterdir()] == [RUN]
    assert (reports / RUN / "report.html").read_text(encoding="utf-8") == "上一份好报告"
