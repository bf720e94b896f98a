"""``minzheng report``: what it says of the folder, of the four files, and of every edited report that was kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from analysis.publishing import runner
from analysis.publishing.cli import minzheng

RUN = "yuexiu-13-final-2020"


def told(folder: Path, monkeypatch: pytest.MonkeyPatch, **manifest: Any) -> str:
    """Return what the command says of a report that lies ready in a folder."""
    folder.mkdir()
    for name in ("report.docx", "report.pdf", "report.xlsx", "report.html"):
        (folder / name).write_bytes(b"x")
    (folder / "manifest.json").write_text(json.dumps({"wording": []} | manifest), encoding="utf-8")
    monkeypatch.setattr(runner, "run_report", lambda *_: folder)
    done = CliRunner().invoke(minzheng, ["report", "final", "--plan", "yuexiu-13"])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_folder_and_the_four_files_are_named_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = told(tmp_path / RUN, monkeypatch)
    assert said.splitlines() == [
        f"报告已生成：{tmp_path / RUN}",
        "  Word：report.docx",
        "  PDF：report.pdf",
        "  Excel：report.xlsx",
        "  网页：report.html",
    ]


def test_every_report_that_was_kept_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    others = [{"kept": f"{RUN}-new", "reasons": ["后来放入的文件：批注.docx"]}]
    comparison = {"kept": RUN, "reasons": ["已人工修改：report.docx"], "others": others, "files": {}}
    said = told(tmp_path / f"{RUN}-new-2", monkeypatch, comparison=comparison)
    assert f"改过的报告 {tmp_path / RUN} 已原样保留：\n  已人工修改：report.docx\n" in said
    assert f"改过的报告 {tmp_path / RUN}-new 已原样保留：\n  后来放入的文件：批注.docx\n" in said
    assert f"新报告另存于：{tmp_path / RUN}-new-2" in said


@pytest.mark.parametrize("words", [(), ("midterm",), ("final",)])
def test_the_help_names_the_four_formats(words: tuple[str, ...]) -> None:
    assert "Word、PDF、Excel、网页" in CliRunner().invoke(minzheng, ["report", *words, "--help"]).output
