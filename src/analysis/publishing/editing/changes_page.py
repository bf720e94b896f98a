"""The page that lies beside a kept report: what people changed in it, and what the new report changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.publishing.editing.condition import MANIFEST, Condition, recorded_files
from analysis.publishing.editing.content import OFFICE_FILES, read_content
from analysis.publishing.editing.line_changes import LineChange, line_changes
from analysis.publishing.editing.office_text import office_lines
from analysis.vocabulary import paths

CHANGES = "changes.html"
_SHOWN = 200


@dataclass(frozen=True)
class Section:
    """Changes of one file.

    Attributes:
        title: which file.
        changes: its lines.
        remark: what is to be said besides, in Chinese.
    """

    title: str
    changes: tuple[LineChange, ...] = ()
    remark: str = ""


def changes_page(old: Path, found: Condition, new: Path, *, base: str, placed: str, reasons: tuple[str, ...]) -> str:
    """Return the page as HTML.

    Args:
        old: folder of the report that people worked on.
        found: its condition.
        new: folder of the new report, where it is being built.
        base: name of the report's own folder.
        placed: name of the folder that the new report goes to.
        reasons: why the old one is kept.
    """
    import jinja2

    before, after = _manifest(old), _manifest(new)
    by_people, by_run = tuple(_by_people(old, found)), tuple(_by_run(old, found, new, before, after))
    touched = {change.before for section in by_people for change in section.changes if change.before}
    both = {change for section in by_run for change in section.changes if change.before in touched}
    template = (paths.templates() / "changes" / CHANGES).read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(template).render(
        run=base, base=base, kept=old.name, placed=placed, reasons=reasons, demonstration=after["demonstration"],
        by_people=by_people, by_run=by_run, both=both,
    )  # fmt: skip


def _by_people(old: Path, found: Condition) -> Iterator[Section]:
    generated = read_content(old)
    for name in found.changed:
        lines = office_lines(old / name) if name in OFFICE_FILES else None
        if name not in OFFICE_FILES:
            yield Section(name, remark="内容已改；本文件不逐行对照。")
        elif lines is None:
            yield Section(name, remark="打不开或已损坏，无法对照；文件已原样保留。")
        elif generated is None:
            yield Section(name, remark="没有生成时的文字记录，无法对照。")
        else:
            changes = line_changes(generated[name], lines)
            yield Section(name, *_shown(changes, "文字没有变化，改的是版式、图片或其他部分。"))
    for name in found.added:
        yield Section(name, remark="不是生成的文件，已原样保留。" if found.manifest else "无法确认是否改过，已原样保留。")
    for name in found.missing:
        yield Section(name, remark="原报告中已没有这个文件。")


def _by_run(old: Path, found: Condition, new: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Section]:
    generated = read_content(old)
    if not found.manifest or generated is None:
        yield Section("全部内容", remark="原报告没有完好的清单或文字记录，无法逐处对照；请直接比较两份文件。")
        return
    inputs = line_changes(_inputs(before), _inputs(after))
    yield Section("输入", *_shown(inputs, "输入的文件和参数没有变化。"))
    made = read_content(new) or {}
    for name in OFFICE_FILES:
        yield Section(name, *_shown(line_changes(generated[name], made.get(name, [])), "没有变化。"))
    recorded = recorded_files(old) or {}
    tables = sorted(path.relative_to(new).as_posix() for path in new.rglob("*.csv"))
    for name in sorted({*tables, *(name for name in recorded if name.endswith(".csv"))}):
        if name in found.changed or name in found.missing:
            yield Section(name, remark="原报告中的这个文件已被改动或移走，不再对照。")
            continue
        changes = line_changes(_lines(old / name), _lines(new / name))
        if changes:
            yield Section(f"{name}（图表数据）" if "/" in name else f"{name}（数据表）", *_shown(changes, ""))


def _shown(changes: list[LineChange], none: str) -> tuple[tuple[LineChange, ...], str]:
    """Return the changes a page can bear, and what is to be said of the rest."""
    rest = len(changes) - _SHOWN
    return tuple(changes[:_SHOWN]), f"另有{rest}处，未列出。" if rest > 0 else "" if changes else none


def _inputs(manifest: dict[str, Any]) -> list[str]:
    """Return what went into a report, as lines; of a hash what tells two apart at a glance."""
    given = [f"参数 {name}：{value}" for name, value in _entries(manifest, "parameters")]
    return given + [f"{name}（sha256 {str(digest)[:8]}）" for name, digest in _entries(manifest, "inputs")]


def _entries(manifest: dict[str, Any], part: str) -> list[tuple[str, Any]]:
    """Return the entries of a part of a manifest; none where people changed its form."""
    found = manifest.get(part)
    return list(found.items()) if isinstance(found, dict) else []


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
