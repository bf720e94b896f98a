"""Text files of a report end their lines alike on every system."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["export", "runner", "manifest", "tracing/writing", "editing/content"])
def test_text_is_written_without_the_systems_own_line_ends(root: Path, name: str) -> None:
    tree = ast.parse((root / "src" / "analysis" / "publishing" / f"{name}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "write_text"]
    assert all("newline" in {keyword.arg for keyword in call.keywords} for call in calls)
