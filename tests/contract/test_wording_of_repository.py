"""No machine paths or index addresses in the repository; the plan's prose is not stored."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

TEXT = (".py", ".md", ".yml", ".toml", ".lock", ".txt", ".csv", ".json", ".ipynb", ".j2", ".css")


BUILT = {".venv", ".git", "reports", "build", "dist"}


def tracked(root: Path) -> list[Path]:
    """Files under version control; in a downloaded archive, which has none, all files but what is built."""
    try:
        done = subprocess.run(["git", "-C", str(root), "ls-files"], capture_output=True, text=True, check=True)
        names = [root / name for name in done.stdout.split("\n") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [path for path in root.rglob("*") if not BUILT & set(path.relative_to(root).parts) and "cache" not in str(path)]
    return [path for path in names if path.is_file()]


def test_no_machine_paths(root: Path) -> None:
    pattern = re.compile(r"(?:^|[\s\"'(=])/(?:wor" + r"k|roo" + r"t|home/[a-z])/\S")
    for path in tracked(root):
        if path.suffix in TEXT:
            assert not pattern.search(path.read_text(encoding="utf-8")), path


def test_no_prose_of_the_plan_is_stored(root: Path) -> None:
    for path in tracked(root):
        if "data" in path.parts and path.suffix in (".csv", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert text.count("。") <= 2, f"{path} holds sentences"


def test_no_file_over_4_megabytes(root: Path) -> None:
    for path in tracked(root):
        assert path.stat().st_size < 4_000_000, path
