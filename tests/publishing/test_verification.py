"""``minzheng verify``: bad folders, what changed since, where files differ, edited reports, and a whole run."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner, Result

from analysis.publishing import manifest, runner
from analysis.publishing.cli import minzheng
from analysis.publishing.inputs import check_inputs
from analysis.publishing.manifest import write_manifest
from analysis.publishing.requests import ReportRequest, read_request
from analysis.publishing.verification import changed_since, recorded
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, ReportFailedError

RUN = "yuexiu-13-final-2020"


def contents(folder: Path, changes: dict[str, str] | None = None) -> None:
    """Write the files of a small report; ``changes`` replaces what one of them says."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    said = {
        "verdicts.csv": "id,value\n1,40\n2,58\n",
        "report.html": "<p>完成23项</p>\n",
        "figures/a.png": "图",
        "report.docx": "完成23项。",
    }
    for name, text in (said | (changes or {})).items():
        if name.endswith(".docx"):
            document = docx.Document()
            for line in ("总体评价", text):
                document.add_paragraph(line)
            document.core_properties.title = text
            document.save(str(folder / name))
            for_all_days(folder / name)
        else:
            (folder / name).write_text(text, encoding="utf-8")


def for_all_days(file: Path) -> None:
    """Write a Word file again with one date in all its entries."""
    import zipfile

    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)


def finish(request: ReportRequest, folder: Path) -> None:
    write_manifest(request, check_inputs(request.notebook.stem, request.parameters), folder)


@pytest.fixture
def report(copied_home: Path) -> Path:
    folder = copied_home / "reports" / RUN
    contents(folder)
    finish(read_request(RUN, {}), folder)
    return folder


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stands for the run of the notebook; what is put into the dictionary comes out differently this time."""
    changes: dict[str, str] = {}

    def build(request: ReportRequest, folder: Path, **_: Any) -> None:
        contents(folder, changes)
        finish(request, folder)

    monkeypatch.setattr(runner, "build", build)
    return changes


def verify(name: str | Path) -> Result:
    return CliRunner().invoke(minzheng, ["verify", str(name)])


def state_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()
    }


def rewrite(folder: Path, **changes: Any) -> None:
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(content | changes, ensure_ascii=False), encoding="utf-8")


@pytest.mark.usefixtures("again")
def test_an_equal_report_is_equal_by_name_and_by_path(report: Path) -> None:
    before = state_of(report)
    for name in (RUN, report):
        done = verify(name)
        assert done.exit_code == 0, done.output
        assert "输入、代码和依赖版本：与生成时相同" in done.output
        assert "4个文件全部一致" in done.output
    assert state_of(report) == before
    assert [path.name for path in report.parent.iterdir()] == [RUN]


def test_differing_files_are_told_with_the_place(report: Path, again: dict[str, str]) -> None:
    again |= {"verdicts.csv": "id,value\n1,40\n2,59\n", "report.docx": "完成24项。", "figures/a.png": "另一图", "new.csv": "x"}
    done = verify(RUN)
    assert done.exit_code == 1
    assert "不一致：verdicts.csv\n  第3行：原为“2,58”，现为“2,59”\n" in done.output
    assert "不一致：report.docx\n  原为“完成23项。”，现为“完成24项。”\n" in done.output
    assert "不一致：new.csv\n  当时没有这个文件\n" in done.output
    assert "\n另有1个文件不同（图、PDF、网页等）：figures/a.png\n" in done.output
    told = [done.output.index(name) for name in ("不一致：report.docx", "不一致：new.csv", "不一致：verdicts.csv", "另有1个文件")]
    assert told == sorted(told)  # sentences, then tables, then the rest
    assert "report.html" not in done.output
    assert "5个文件中4个不一致" in done.output


def test_another_end_of_line_is_told(report: Path, again: dict[str, str]) -> None:
    """Read as text the two are the same, so that no line differs."""
    again["verdicts.csv"] = "id,value\r\n1,40\r\n2,58\r\n"
    told = verify(RUN).output
    assert "不一致：verdicts.csv" in told
    assert "文字相同，换行符不同" in told


def test_a_line_more_is_told(report: Path, again: dict[str, str]) -> None:
    again["verdicts.csv"] = "id,value\n1,40\n2,58\n3,67\n"
    assert "第4行：原为“”，现为“3,67”" in verify(RUN).output


@pytest.mark.usefixtures("again")
def test_an_edited_report_is_told_and_is_no_failure(report: Path) -> None:
    (report / "report.html").write_text("人工改过", encoding="utf-8")
    (report / "批注.docx").write_bytes(b"x")
    done = verify(RUN)
    assert done.exit_code == 0, done.output
    assert "已人工修改：report.html" in done.output
    assert "后来放入的文件：批注.docx" in done.output
    assert "4个文件全部一致（以清单为准；人工修改不影响复现）" in done.output


def test_an_edited_file_that_also_comes_out_differently(report: Path, again: dict[str, str]) -> None:
    (report / "verdicts.csv").write_text("人工改过", encoding="utf-8")
    again["verdicts.csv"] = "id,value\n1,41\n"
    done = verify(RUN)
    assert done.exit_code == 1
    assert "已人工修改：verdicts.csv" in done.output
    assert "不能逐处对照" in done.output


@pytest.mark.usefixtures("again")
def test_changed_inputs_are_listed_before_the_outputs(report: Path, copied_home: Path) -> None:
    parameter_file = copied_home / "notebooks" / "parameters" / f"{RUN}.yml"
    parameter_file.write_text(
        parameter_file.read_text(encoding="utf-8").replace("include_audit: true", "include_audit: false"), encoding="utf-8"
    )
    (copied_home / "plans" / "yuexiu-13" / "草稿.yml").write_text("x", encoding="utf-8")
    done = verify(RUN)
    assert f"输入已变动：notebooks/parameters/{RUN}.yml" in done.output
    assert "输入已变动：这次另用了 plans/yuexiu-13/草稿.yml" in done.output
    assert done.output.index("输入已变动") < done.output.index("全部一致")
    assert done.exit_code == 0


def test_the_recorded_parameters_are_used(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def build(request: ReportRequest, folder: Path, *, overridden: frozenset[str], progress: bool) -> None:
        seen.append((request.parameters, overridden))
        raise ReportFailedError("单元出错")

    monkeypatch.setattr(runner, "build", build)
    content = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    rewrite(report, parameters=content["parameters"] | {"include_audit": False, "report_date": "2026-11-23"}, overrides=["report_date"])
    done = verify(RUN)
    assert done.exit_code == 1
    assert "不能重新生成：单元出错" in done.stderr
    ((parameters, overridden),) = seen
    assert (parameters["include_audit"], parameters["report_date"], overridden) == (False, "2026-11-23", frozenset())


def test_everything_a_report_rests_on_is_compared(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = recorded(report)
    assert changed_since(found) == []
    file = next(iter(found.inputs))
    other = found.model_copy(
        update={
            "inputs": {**found.inputs, file: "0" * 64, "data/没有.csv": "0" * 64},
            "code": {"version": "0.0.1", "commit": "a" * 40, "changed_since_commit": True},
            "lock": "b" * 64,
            "python": "3.9.0",
            "packages": {**found.packages, "pandas": "1.0", "没有的包": "1.0"},
        }
    )
    monkeypatch.setattr(manifest, "code_version", lambda: {"version": "0.1.0", "commit": "c" * 40, "changed_since_commit": False})
    told = changed_since(other)
    assert told[:6] == [
        f"输入已变动：{file}", "输入已变动：data/没有.csv 已不存在", "版本不同：本软件当时 0.0.1，现在 0.1.0", "代码不同：当时提交 aaaaaaaaaa，现在 cccccccccc",
        "代码有未提交的改动（当时），不能只凭提交号判断是否相同", "依赖锁定文件 requirements.lock 与当时不同",
    ]  # fmt: skip
    assert [line.split(" 当时")[0] for line in told[6:]] == ["版本不同：Python", "版本不同：pandas", "版本不同：没有的包"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": 3}, "更新本软件后再核验"),
        ({"format": 1}, "重新生成"),
        ({"run": "../../etc"}, "键 run"),
        ({"run": "没有的报告"}, "键 run"),
        ({"outputs": {"../../x": "a"}}, "越出文件夹"),
        ({"outputs": {"/etc/passwd": "a"}}, "越出文件夹"),
        ({"inputs": {"../../../etc/passwd": "a"}}, "越出文件夹：../../../etc/passwd"),
        ({"inputs": {"/etc/passwd": "a"}}, "越出文件夹：/etc/passwd"),
        ({"inputs": []}, "内容不完整或有改动"),
        ({"别的": 1}, "内容不完整或有改动"),
        ({"parameters": {"plan": ["a"]}}, "内容不完整或有改动"),
        ({"outputs": {"没有.csv": "a"}}, "缺少文件：没有.csv"),
    ],
)
def test_a_manifest_that_cannot_be_used(report: Path, changes: dict[str, Any], words: str) -> None:
    rewrite(report, **changes)
    with pytest.raises(InputError) as caught:
        recorded(report)
    assert words in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "3", "\x00"])
def test_a_damaged_manifest(report: Path, content: str) -> None:
    (report / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"manifest\.json") as caught:
        recorded(report)
    assert f"先把文件夹 {RUN} 改名" in str(caught.value)


@pytest.mark.parametrize("name", ["没有", "..", ".", "/", "reports"])
def test_no_report_folder(report: Path, name: str) -> None:
    done = verify(name)
    assert isinstance(done.exception, InputError)  # the command line leaves with 2
    assert "不是报告文件夹" in str(done.exception)
    assert RUN in str(done.exception)


@pytest.mark.usefixtures("again")
def test_a_sample_is_compared_for_what_it_holds(report: Path) -> None:
    rewrite(report, outputs={"verdicts.csv": state_of(report)["verdicts.csv"]}, left_out=["report.html", "report.docx", "figures/a.png"])
    done = verify(RUN)
    assert done.exit_code == 0, done.output
    assert "1个文件全部一致" in done.output


@pytest.mark.slow
def test_a_custom_report_is_made_again_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "reports", lambda: tmp_path)
    folder = runner.run_report("demo-14-midterm-2023", {"report_date": "2026-11-23"}, progress=False)
    assert folder.name == "demo-14-midterm-2023-custom"
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert made["wording"] == []
    assert {"report.docx", "report.pdf", "report.xlsx", "report.html", "trace.json"} <= set(made["outputs"])
    done = verify(folder)
    assert done.exit_code == 0, done.output
    assert f"{len(made['outputs'])}个文件全部一致" in done.output
