"""Shared fixtures: the repository's own data, evaluated once; a copy of the repository that a test may damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.assessment.final import FinalEvaluation, evaluate_final
from analysis.vocabulary import paths

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def evaluation() -> FinalEvaluation:
    return evaluate_final("yuexiu-13", 2020)


@pytest.fixture
def copied_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of data and notebooks that a test may damage; the package reads it instead of the repository."""
    for folder in ("data", "notebooks", "plans", "narrative", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "pictures"))
    (tmp_path / "reports").mkdir()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    return tmp_path
