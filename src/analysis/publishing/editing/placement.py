"""Puts a finished report in its place: over the old one, or beside it where people have worked on that."""

from __future__ import annotations

import json
import os
import shutil
from itertools import count
from pathlib import Path

import psutil

from analysis.archive.sources import sha256_of
from analysis.publishing.editing.changes_page import CHANGES, Kept, changes_page
from analysis.publishing.editing.condition import MANIFEST, condition

_IN_USE = "文件夹正被占用（可能在 Word 或 Excel 中打开），不能替换"


def place(building: Path, reports: Path, name: str) -> Path:
    """Put a complete report in place and return its folder.

    A report that nobody touched is replaced. One with anything of people's in it stays as it is; the new one goes to
    ``<name>-new``, else ``<name>-new-2`` and so on, with a page of what both changed.
    """
    kept: list[Kept] = []
    for candidate in _candidates(reports, name):
        found = condition(candidate) if candidate.is_dir() else None
        if found is not None and found.edited:
            kept.append(Kept(candidate, found, found.reasons()))
            continue
        if kept:
            _add_changes(kept, building, name, candidate.name)
        if _swapped(building, candidate):
            return candidate
        found = condition(candidate)
        kept.append(Kept(candidate, found, found.reasons() or (_IN_USE,)))
    raise AssertionError("there is always a next name")


def _candidates(reports: Path, name: str) -> list[Path]:
    """Return the folders a report may go to, up to one that is not there yet; what is no folder is passed over."""
    names = [name, f"{name}-new"]
    for number in count(2):
        names.append(f"{name}-new-{number}")
        if number > 2 and not os.path.lexists(reports / names[-2]):
            break
    return [reports / one for one in names if not os.path.lexists(reports / one) or (reports / one).is_dir()]


def _add_changes(kept: list[Kept], building: Path, base: str, placed: str) -> None:
    """Write the page of changes, and note in the manifest that it is there and which reports were kept."""
    now = [Kept(one.folder, condition(one.folder), one.reasons) for one in kept]
    (building / CHANGES).write_text(changes_page(now, building, base=base, placed=placed), encoding="utf-8")
    manifest = json.loads((building / MANIFEST).read_text(encoding="utf-8"))
    first, *others = ({"kept": one.folder.name, "reasons": list(one.reasons)} for one in kept)
    manifest["comparison"] = first | {"others": others, "files": {CHANGES: sha256_of(building / CHANGES)}}
    (building / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _swapped(building: Path, final: Path) -> bool:
    """Put a report in the place of an old one that nobody touched; False where the old one can't or must not give way.

    The old one is moved aside first and removed last, so that a kill at any point loses nothing. Somebody may save into it
    until the very moment it is moved, so it is looked at again where nobody reaches it. Another run of the same report may
    put its own in place between the two steps; then that one is moved aside as well.
    """
    aside = final.parent / f".old-{final.name}-{os.getpid()}"
    for attempt in range(5):
        if aside.exists():
            _settle(aside, final)
        if final.exists():
            try:
                os.rename(final, aside)
            except PermissionError:  # on Windows, a file of it is open
                return False
            if condition(aside).edited:
                _settle(aside, final)  # another run may have taken the place meanwhile
                return False
        try:
            os.rename(building, final)
        except OSError:
            if attempt == 4 or not final.exists():
                if aside.exists():
                    _settle(aside, final)
                raise
        else:
            break
    if aside.exists():
        _drop(aside)
    return True


def recover(reports: Path) -> None:
    """Clear what a killed run left behind: half-built folders go, a report moved aside comes back if none replaced it.

    One that was replaced and has anything of people's in it is kept as ``<name>-kept``.
    """
    for left in reports.glob(".*-*-*"):
        kind, _, rest = left.name[1:].partition("-")
        run, _, process = rest.rpartition("-")
        if kind not in ("building", "old") or not process.isdigit():
            continue
        # A process of the same number as this one has ended: in a container each run may get the number of the last.
        if int(process) != os.getpid() and psutil.pid_exists(int(process)):
            continue
        if kind == "old":
            _settle(left, reports / run)
        else:
            shutil.rmtree(left, ignore_errors=True)


def _settle(aside: Path, final: Path) -> None:
    """Bring back a report that was moved aside, unless another took its place; drop it only where nobody touched it."""
    if not final.exists():
        os.rename(aside, final)
    elif condition(aside).edited:
        names = (f"{final.name}-kept{f'-{number}' if number > 1 else ''}" for number in count(1))
        os.rename(aside, next(final.parent / name for name in names if not os.path.lexists(final.parent / name)))
    else:
        _drop(aside)


def _drop(aside: Path) -> None:
    """Delete a report that nobody touched, under a name by which a half of it is known as nobody's.

    The name differs from that of the folder in which this process is building a report.
    """
    doomed = aside.with_name(aside.name.replace(".old-", ".building-old-", 1))
    os.rename(aside, doomed)
    shutil.rmtree(doomed, ignore_errors=True)
