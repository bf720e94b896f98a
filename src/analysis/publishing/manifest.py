"""The manifest of a report: what went in, what came out, by which code and packages."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.archive.sources import sha256_of
from analysis.publishing.document.wording_checks import WordingProblem
from analysis.publishing.inputs import RunInputs
from analysis.publishing.requests import ReportRequest
from analysis.vocabulary import paths

FORMAT = 2
# What sentences point to as their method; the trace names lines of them.
DOCUMENTS = ("method.md", "models.md")
PACKAGES = (
    "jupyterlab", "pandas", "matplotlib", "seaborn", "statsmodels", "nbval", "papermill", "numpy", "scipy", "nbconvert", "pydantic",
    "mistune", "jinja2", "python-docx", "typst", "openpyxl", "xlsxwriter",
)  # fmt: skip


def write_manifest(
    request: ReportRequest,
    used: RunInputs,
    folder: Path,
    *,
    overridden: frozenset[str] = frozenset(),
    wording: Sequence[WordingProblem] = (),
) -> Path:
    """Write ``manifest.json``: parameters, inputs and outputs with SHA-256, code version, package versions.

    It holds no time of day, so equal inputs give an equal manifest.

    Args:
        request: what was asked for, its parameters checked.
        used: what the report rests on.
        folder: where the report lies.
        overridden: names of the parameters that came from the command line.
        wording: what the checks of wording found.
    """
    content = {
        "format": FORMAT,
        "run": request.run,
        "demonstration": used.demonstration,
        "parameters": request.parameters,
        "overrides": sorted(overridden),
        "wording": [str(problem) for problem in wording],
        "inputs": {_relative(path): sha256_of(path) for path in _inputs(request, used)},
        "outputs": {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(folder.rglob("*")) if path.is_file()},
        "code": code_version(),
        "python": platform.python_version(),
        "packages": package_versions(),
        "lock": lock_digest(),
    }
    path = folder / "manifest.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    return path


def package_versions() -> dict[str, str]:
    """Return the versions of the packages that a report's bytes rest on."""
    return {name: metadata.version(name) for name in PACKAGES}


def lock_digest() -> str:
    """Return the SHA-256 of the lock file, empty where there is none (a package installed away from its repository)."""
    lock = paths.home() / "requirements.lock"
    return sha256_of(lock) if lock.is_file() else ""


def _inputs(request: ReportRequest, used: RunInputs) -> list[Path]:
    """List what a report rests on: its deposits and no others, so that a later edition leaves its manifest alone."""
    folders = (*(deposit.folder for deposit in used.deposits), *used.folders, paths.parameters())
    files = {path for folder in folders for path in folder.rglob("*") if path.is_file()}
    files |= {paths.docs() / name for name in DOCUMENTS if (paths.docs() / name).is_file()}
    return sorted(files | {request.notebook, request.parameter_file, *used.files})


def _relative(path: Path) -> str:
    """Name a file by its place in the repository, or in the package where that lies elsewhere."""
    if path.is_relative_to(paths.home()):
        return path.relative_to(paths.home()).as_posix()
    return path.relative_to(paths.PACKAGE.parent).as_posix()


def input_file(name: str) -> Path:
    """Return the file that an input's name in a manifest stands for."""
    here = paths.home() / name
    return here if here.exists() else paths.PACKAGE.parent / name


def code_version() -> dict[str, Any]:
    """Return package version and, in this repository's own checkout, the commit and whether files differ from it.

    An unpacked archive inside some other repository has no commit of its own, so that one is not named.
    """
    version: dict[str, Any] = {"version": metadata.version("minzheng-evaluation")}
    top = _git("rev-parse", "--show-toplevel")
    if top and Path(top).resolve() == paths.home():
        version["commit"] = _git("rev-parse", "HEAD")
        # What the targets write below reports/ does not bear on how a report is made.
        version["changed_since_commit"] = bool(_git("status", "--porcelain", "--", ".", ":!reports"))
    return version


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(paths.home()), *arguments], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""  # no git, or not a checkout (a downloaded archive): the version alone must do
    return done.stdout.strip()
