"""Imports go downward only; what one floor alone may do, only it does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "analysis"
FLOORS = ["vocabulary", "archive", "intake", "observations", "audit", "models", "assessment", "presentation", "publishing"]
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent != SOURCE)


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_every_folder_is_a_floor() -> None:
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("parameters", "__pycache__")}
    assert folders == set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_imports_go_downward(path: Path) -> None:
    floor = FLOORS.index(path.relative_to(SOURCE).parts[0])
    for name in imported(path):
        parts = name.split(".")
        if parts[0] == "analysis" and len(parts) > 1 and parts[1] in FLOORS:
            assert FLOORS.index(parts[1]) <= floor, f"{path.name} imports {name}, a floor above its own"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_one_noun_under_300_lines(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < 300


@pytest.mark.parametrize(
    ("needle", "allowed"),
    [
        ("rcParams", {"presentation/style.py"}),
        ("import papermill", {"publishing/runner.py"}),
        ('"processed"', {"vocabulary/paths.py"}),
        ('"notebooks"', {"vocabulary/paths.py"}),
        ("\\beval\\(", set()),
        ("\\bexec\\(", set()),
    ],
)
def test_only_one_place_does_it(needle: str, allowed: set[str]) -> None:
    found = {path.relative_to(SOURCE).as_posix() for path in MODULES if re.search(needle, path.read_text(encoding="utf-8"))}
    assert found <= allowed
