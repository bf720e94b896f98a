"""Things that go wrong for real: a failing cell, a killed run, a dead kernel, a run that left its folder behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from analysis.archive.sources import sha256_of
from analysis.publishing.runner import recover
from analysis.vocabulary import paths

pytestmark = pytest.mark.slow
RUN = "yuexiu-13-final-2020"
COMMAND = [sys.executable, "-c", "from analysis.publishing.cli import main; main()", "report", "final", "--plan", "yuexiu-13"]


def insert_cell(home: Path, source: str, position: int = 6) -> None:
    path = home / "notebooks" / "printed_results.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(position, nbformat.v4.new_code_cell(source))
    nbformat.write(notebook, path)


def old_report(home: Path) -> Path:
    """A report as it was made: its manifest vouches for it."""
    folder = home / "reports" / RUN
    folder.mkdir()
    (folder / "report.html").write_text("上一份好报告", encoding="utf-8")
    outputs = {"report.html": sha256_of(folder / "report.html")}
    (folder / "manifest.json").write_text(json.dumps({"run": RUN, "outputs": outputs}), encoding="utf-8")
    return folder


def run(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(COMMAND, env=os.environ | {paths.HOME_VARIABLE: str(home)}, capture_output=True, text=True, check=False)


def is_untouched(folder: Path) -> bool:
    return (
        sorted(p.name for p in folder.iterdir()) == ["manifest.json", "report.html"]
        and (folder / "report.html").read_text(encoding="utf-8") == "上一份好报告"
    )


def test_a_failing_cell(copied_home: Path) -> None:
    folder = old_report(copied_home)
    insert_cell(copied_home, "第七单元 = 1 / 0")
    done = run(copied_home)
    assert done.returncode == 1
    assert "代码单元 [6] 出错" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "第七单元 = 1 / 0" in done.stderr
    assert "原有报告未受影响" in done.stderr
    assert is_untouched(folder)
    broken = copied_home / "reports" / "failed" / RUN / "report.ipynb"
    assert "ZeroDivisionError" in broken.read_text(encoding="utf-8")
    assert sorted(p.name for p in (copied_home / "reports").iterdir()) == ["failed", RUN]


def test_a_dead_kernel(copied_home: Path) -> None:
    folder = old_report(copied_home)
    insert_cell(copied_home, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    done = run(copied_home)
    assert done.returncode == 1
    assert "计算内核中途退出" in done.stderr
    assert "Traceback" not in done.stderr
    assert is_untouched(folder)
    broken = json.loads((copied_home / "reports" / "failed" / RUN / "report.ipynb").read_text(encoding="utf-8"))
    assert "SIGKILL" in "".join(broken["cells"][-1]["source"])


def test_a_killed_run_leaves_the_old_report_and_the_next_one_cleans_up(copied_home: Path) -> None:
    folder = old_report(copied_home)
    insert_cell(copied_home, "open('begun', 'w').close(); import time; time.sleep(60)")
    reports = copied_home / "reports"
    started = subprocess.Popen(
        COMMAND, env=os.environ | {paths.HOME_VARIABLE: str(copied_home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list(reports.glob(".building-*/begun")):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    assert is_untouched(folder)
    left = list(reports.glob(".building-*"))
    assert len(left) == 1
    recover(reports)
    assert [p.name for p in reports.iterdir()] == [RUN]


def test_killed_between_the_two_steps_of_the_swap(tmp_path: Path) -> None:
    """The old report was moved aside and the new one had not taken its place."""
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True)
    dead = done.stdout.strip()
    (tmp_path / f".old-{RUN}-{dead}").mkdir()
    (tmp_path / f".old-{RUN}-{dead}" / "report.html").write_text("旧", encoding="utf-8")
    (tmp_path / f".building-{RUN}-{dead}").mkdir()
    recover(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [RUN]
    assert (tmp_path / RUN / "report.html").read_text(encoding="utf-8") == "旧"


def test_a_running_neighbour_is_left_alone(tmp_path: Path) -> None:
    neighbour = tmp_path / f".building-{RUN}-{os.getppid()}"
    neighbour.mkdir()
    recover(tmp_path)
    assert neighbour.is_dir()


def test_a_corrupted_deposit_stops_the_report(copied_home: Path) -> None:
    folder = old_report(copied_home)
    deposit = copied_home / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18" / "prose_figures.csv"
    deposit.write_bytes(deposit.read_bytes()[:-40])
    done = run(copied_home)
    assert done.returncode == 2
    assert "sha256" in done.stderr
    assert is_untouched(folder)


def test_a_good_report_replaces_the_old_one(copied_home: Path) -> None:
    folder = old_report(copied_home)
    done = run(copied_home)
    assert done.returncode == 0, done.stderr
    assert "报告已生成" in done.stdout
    assert "26项指标完成23项" in (folder / "report.html").read_text(encoding="utf-8")
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run"] == RUN
    assert [p.name for p in (copied_home / "reports").iterdir()] == [RUN]


def test_an_edited_report_is_kept_and_the_command_says_where_the_new_one_is(copied_home: Path) -> None:
    folder = old_report(copied_home)
    (folder / "report.html").write_text("人工改过的报告", encoding="utf-8")
    done = run(copied_home)
    assert done.returncode == 0, done.stderr
    assert (folder / "report.html").read_text(encoding="utf-8") == "人工改过的报告"
    new = copied_home / "reports" / f"{RUN}-new"
    assert f"新报告另存于：{new}" in done.stdout
    assert "已人工修改：report.html" in done.stdout
    assert "已原样保留" in (new / "changes.html").read_text(encoding="utf-8")
    assert {"report.docx", "report.pdf", "report.xlsx", "report.html"} <= {p.name for p in new.iterdir()}


def test_plain_papermill_runs_the_notebooks_from_anywhere(root: Path, tmp_path: Path) -> None:
    for name in ("printed_results", "02_statistics", "01_source_audit"):
        done = subprocess.run(
            [sys.executable, "-m", "papermill", str(root / "notebooks" / f"{name}.ipynb"), str(tmp_path / f"{name}.ipynb"), "--no-progress-bar"],
            capture_output=True, text=True, cwd=tmp_path, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
