"""Whether a report can be made again, byte for byte, from what its manifest records."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydantic

from analysis.archive.schema import Strict
from analysis.archive.sources import sha256_of
from analysis.publishing import manifest
from analysis.publishing.editing.condition import MANIFEST, Condition, condition, recorded_files
from analysis.publishing.editing.content import OFFICE_FILES, WORD_FILE
from analysis.publishing.editing.line_changes import line_changes
from analysis.publishing.editing.office_text import office_lines
from analysis.publishing.requests import ReportRequest, Value, read_request, run_names
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

_TEXT = frozenset({".csv", ".html", ".ipynb", ".json", ".md", ".svg", ".txt"})
_TABLES = frozenset({".xlsx", ".csv"})
_PARAGRAPHS = 5


class RecordedReport(Strict):
    """What a manifest says of a report; the names are its keys."""

    format: int
    run: str
    demonstration: bool
    parameters: dict[str, Value]
    overrides: list[str]
    wording: list[str]
    inputs: dict[str, str]
    outputs: dict[str, str]
    code: dict[str, Any]
    python: str
    packages: dict[str, str]
    lock: str
    left_out: list[str] = pydantic.Field(default_factory=list)
    comparison: dict[str, Any] | None = None


@dataclass(frozen=True)
class FileDifference:
    """A file that came out differently.

    Attributes:
        name: which.
        lines: where it differs, in Chinese.
    """

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Verification:
    """What making a report again has shown.

    Attributes:
        differences: files that differ from what the manifest records.
        compared: how many files were compared.
        inputs: inputs that it used besides or no longer uses.
    """

    differences: tuple[FileDifference, ...]
    compared: int
    inputs: tuple[str, ...]


def report_folder(name: str) -> Path:
    """Return a report's folder, given by its path or by its name under ``reports/``.

    Raises:
        InputError: no such folder.
    """
    for folder in (Path(name), paths.reports() / name):
        if (folder / MANIFEST).is_file():
            return folder.resolve()
    known = "、".join(sorted(path.parent.name for path in paths.reports().glob(f"*/{MANIFEST}")))
    raise InputError.single(f"报告 {name}", f"不是报告文件夹（没有 {MANIFEST}）", known or "reports/ 下的报告", "给出报告文件夹")


def recorded(folder: Path) -> tuple[RecordedReport, Condition]:
    """Return what a report's manifest records, and whether people have worked on the report.

    Raises:
        InputError: a damaged manifest, one of another format, unsafe names in it, or files missing from the folder.
    """
    where = f"{folder.name}/{MANIFEST}"
    again = f"先把文件夹 {folder.name} 改名（原文件不动），再用 minzheng report 重新生成一份，两份对照"
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError.single(where, "读不出来（已损坏）", "生成时的原样", again) from error
    written = content.get("format", 1) if isinstance(content, dict) else None
    if isinstance(written, int) and written != manifest.FORMAT:
        action = "更新本软件后再核验" if written > manifest.FORMAT else again
        raise InputError.single(f"{where} 格式", str(written), str(manifest.FORMAT), action)
    try:
        found = RecordedReport.model_validate(content)
    except pydantic.ValidationError as error:
        raise InputError.single(where, "内容不完整或有改动", "生成时的原样", again) from error
    # A run's name becomes part of a path, so only names of known runs go further.
    if found.run not in run_names():
        raise InputError.single(f"{where} 键 run", found.run, "、".join(run_names()), "恢复该报告的参数文件")
    unsafe = [name for name in found.inputs if Path(name).is_absolute() or ".." in Path(name).parts]
    if unsafe or recorded_files(folder) is None:
        raise InputError.single(where, f"文件名越出文件夹：{'、'.join(unsafe) or 'outputs'}", "文件夹以内的文件", again)
    state = condition(folder)
    if state.missing:
        raise InputError.single(f"报告 {folder.name}", f"缺少文件：{'、'.join(state.missing)}", "清单所列的全部文件", "找回或重新生成")
    return found, state


def changed_since(report: RecordedReport) -> list[str]:
    """Return in Chinese what a report rests on that is no longer as recorded: inputs, code, packages."""
    found = []
    for name, digest in report.inputs.items():
        file = manifest.input_file(name)
        if not file.is_file():
            found.append(f"输入已变动：{name} 已不存在")
        elif sha256_of(file) != digest:
            found.append(f"输入已变动：{name}")
    found += _code_changes(report.code, manifest.code_version())
    if report.lock != manifest.lock_digest():
        found.append("依赖锁定文件 requirements.lock 与当时不同")
    now = {"Python": platform.python_version(), **manifest.package_versions()}
    then = {"Python": report.python, **report.packages}
    changed = [(name, version) for name, version in then.items() if now.get(name) != version]
    return found + [f"版本不同：{name} 当时 {version}，现在 {now.get(name, '未安装')}" for name, version in changed]


def _code_changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    found = []
    if then.get("version") != now["version"]:
        found.append(f"版本不同：本软件当时 {then.get('version')}，现在 {now['version']}")
    if then.get("commit") and then["commit"] != now.get("commit"):
        found.append(f"代码不同：当时提交 {str(then['commit'])[:10]}，现在 {str(now.get('commit', '未知'))[:10]}")
    changed = [moment for moment, code in (("当时", then), ("现在", now)) if code.get("changed_since_commit")]
    return found + [f"代码有未提交的改动（{'、'.join(changed)}），不能只凭提交号判断是否相同"] * bool(changed)


def made_again(folder: Path, report: RecordedReport, *, progress: bool) -> Verification:
    """Make a report again with its recorded parameters, outside its folder, and compare.

    Raises:
        InputError: its inputs no longer allow it.
        ReportFailedError: a cell failed.
    """
    from analysis.publishing.runner import build

    asked = read_request(report.run, {})
    request = ReportRequest(asked.run, asked.notebook, dict(report.parameters), asked.parameter_file)
    with tempfile.TemporaryDirectory(prefix="minzheng-verify-") as place:
        new = Path(place).resolve()
        build(request, new, overridden=frozenset(), progress=progress)
        made = json.loads((new / MANIFEST).read_text(encoding="utf-8"))
        names = sorted((report.outputs.keys() | made["outputs"].keys()) - set(report.left_out))
        differing = sorted((name for name in names if report.outputs.get(name) != made["outputs"].get(name)), key=_rank)
        differences = tuple(FileDifference(name, _where(name, folder, new, report.outputs)) for name in differing)
    inputs = [f"输入已变动：这次另用了 {name}" for name in made["inputs"] if name not in report.inputs]
    inputs += [f"输入已变动：这次没有用到 {name}" for name in report.inputs if name not in made["inputs"]]
    return Verification(differences, len(names), tuple(inputs))


def _rank(name: str) -> tuple[int, str]:
    """Order files by what readers look at first: the Word file, the tables, all others."""
    return (0 if name == WORD_FILE else 1 if Path(name).suffix in _TABLES else 2, name)


def shown(differences: Sequence[FileDifference]) -> Iterator[str]:
    """Tell differences in Chinese: the Word file's sentences, then tables; pictures, PDF and web page only by their number."""
    rest = [difference.name for difference in differences if _rank(difference.name)[0] == 2]
    for difference in differences:
        if difference.name not in rest:
            yield f"不一致：{difference.name}"
            yield from (f"  {line}" for line in difference.lines)
    if rest:
        yield f"{'另' if len(rest) < len(differences) else ''}有{len(rest)}个文件不同（图、PDF、网页等）：{'、'.join(rest)}"


def _where(name: str, old: Path, new: Path, outputs: Mapping[str, str]) -> tuple[str, ...]:
    """Say where a file differs, as far as the one that was made first is still there to look at."""
    if name not in outputs:
        return ("当时没有这个文件",)
    if not (new / name).is_file():
        return ("这次没有生成这个文件",)
    if sha256_of(old / name) != outputs[name]:
        return ("内容不同（原文件已人工修改，不能逐处对照）",)
    if name in OFFICE_FILES:
        before, after = office_lines(old / name), office_lines(new / name)
        changes = line_changes(before or [], after or [])
        if not changes:
            return ("文字相同，版式、图片或其他部分不同",)
        told = [f"原为“{change.before}”，现为“{change.after}”" for change in changes[:_PARAGRAPHS]]
        rest = len(changes) - len(told)
        return (*told, *([f"另有{rest}处"] if rest else []))
    if Path(name).suffix not in _TEXT:
        return ("内容不同",)
    return (_first_line((old / name).read_text(encoding="utf-8"), (new / name).read_text(encoding="utf-8")),)


def _first_line(before: str, after: str) -> str:
    r"""Tell the first line that differs, shortened around the place.

    Example:
        >>> _first_line("甲\n乙1\n", "甲\n乙2\n")
        '第2行：原为“乙1”，现为“乙2”'
    """
    if before == after:
        return "文字相同，换行符不同"
    old, new = [*before.split("\n"), ""], [*after.split("\n"), ""]
    number = next(n for n in range(max(len(old), len(new))) if n >= min(len(old), len(new)) or old[n] != new[n])
    first, second = (lines[number] if number < len(lines) else "" for lines in (old, new))
    same = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    start = max(0, same - 20)
    return f"第{number + 1}行：原为“{first[start : start + 60]}”，现为“{second[start : start + 60]}”"
