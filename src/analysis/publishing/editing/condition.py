"""Whether people have worked on a report's folder since it was made: anything of theirs in it must not be lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.archive.sources import sha256_of

MANIFEST = "manifest.json"
# What systems put into a folder by themselves when somebody looks into it.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True)
class Condition:
    """What differs in a folder from the report that was made in it.

    Attributes:
        changed: files that are not as they were made, or can't be read.
        added: files that the report did not come with.
        missing: files that are gone.
        manifest: whether there is a manifest to go by.
    """

    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    manifest: bool = True

    @property
    def edited(self) -> bool:
        """Say whether something of people's would be lost with the folder."""
        return bool(self.changed or self.added)

    def reasons(self) -> tuple[str, ...]:
        """Return in Chinese why the folder must be kept; empty where it need not be."""
        if not self.edited:
            return ()
        if not self.manifest:
            return (f"没有完好的 {MANIFEST}，无法确认哪些文件改过",)
        changed = (f"已人工修改：{'、'.join(self.changed)}",) if self.changed else ()
        return changed + ((f"后来放入的文件：{'、'.join(self.added)}",) if self.added else ())


def condition(folder: Path) -> Condition:
    """Compare a report's folder with its manifest.

    Without a sound manifest nothing vouches for any file, so that each one counts as added by people.
    """
    there = sorted(path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    names = {path.relative_to(folder).as_posix(): path for path in there if path.name not in _LITTER}
    recorded = recorded_files(folder)
    if recorded is None:
        return Condition(added=tuple(names), manifest=False)
    changed = tuple(name for name, path in names.items() if name in recorded and _digest(path) != recorded[name])
    added = tuple(name for name in names if name not in recorded and name != MANIFEST)
    return Condition(changed, added, tuple(name for name in recorded if name not in names))


def recorded_files(folder: Path) -> dict[str, str] | None:
    """Return the SHA-256 that a folder's manifest gives for each file of it, by name; None without a sound manifest."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict):
        return None
    recorded: dict[str, str] = {}
    for part in ("outputs", "comparison"):
        files: Any = content.get(part, {}) if part == "outputs" else _files(content.get(part, {}))
        if not isinstance(files, dict) or not all(_is_inside(name) and isinstance(digest, str) for name, digest in files.items()):
            return None
        recorded |= files
    return recorded if "outputs" in content else None


def _files(comparison: Any) -> Any:
    return comparison.get("files", {}) if isinstance(comparison, Mapping) else None


def _is_inside(name: str) -> bool:
    """Say whether a recorded name stays within its folder."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:  # open in another program, or a link that leads nowhere
        return ""
