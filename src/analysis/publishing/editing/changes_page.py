"""The page that lies beside a kept report: what people changed in it, and what the new report changes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.publishing.editing.condition import MANIFEST, Condition, recorded_files
from analysis.publishing.editing.content import OFFICE_FILES, WORD_FILE, Content, read_content
from analysis.publishing.editing.line_changes import LineChange, line_changes
from analysis.publishing.editing.office_text import office_lines
from analysis.publishing.editing.word_parts import parts_changed, revisions, word_parts
from analysis.vocabulary import paths

CHANGES = "changes.html"
_SHOWN = 200
_COPY = 0.6  # share of the paragraphs of the generated file that a copy of it has still


@dataclass(frozen=True)
class Kept:
    """A report that people worked on.

    Attributes:
        folder: where it lies.
        found: its condition.
        reasons: why it is kept.
    """

    folder: Path
    found: Condition
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """Changes of one file.

    Attributes:
        title: which file.
        changes: its lines.
        remark: what is to be said besides, in Chinese.
        notes: further lines: what changed besides the words, and tracked changes with their authors.
    """

    title: str
    changes: tuple[LineChange, ...] = ()
    remark: str = ""
    notes: tuple[str, ...] = ()


def changes_page(kept: Sequence[Kept], new: Path, *, base: str, placed: str) -> str:
    """Return the page as HTML.

    Args:
        kept: the reports that people worked on, the one in the report's own folder first.
        new: folder of the new report, where it is being built.
        base: name of the report's own folder.
        placed: name of the folder that the new report goes to.
    """
    import jinja2

    first = kept[0]
    before, after = _manifest(first.folder), _manifest(new)
    by_people = [(one.folder.name, tuple(_by_people(one.folder, one.found))) for one in kept]
    by_run = tuple(_by_run(first.folder, first.found, new, before, after))
    touched = {change.before for _, sections in by_people for section in sections for change in section.changes if change.before}
    both = {change for section in by_run for change in section.changes if change.before in touched}
    template = (paths.templates() / "changes" / CHANGES).read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(template).render(
        run=base, base=base, kept=kept, placed=placed, demonstration=after["demonstration"],
        by_people=by_people, by_run=by_run, both=both,
    )  # fmt: skip


def _by_people(old: Path, found: Condition) -> Iterator[Section]:
    generated = read_content(old)
    for name in found.changed:
        yield _office(old / name, name, name, generated) if name in OFFICE_FILES else Section(name, remark="内容已改；本文件不逐行对照。")
    others = []
    for name in found.added:
        if not found.manifest and generated is not None and name in OFFICE_FILES:
            yield _office(old / name, name, name, generated)
        elif generated is not None and _is_copy(old / name, generated):
            yield _office(old / name, f"{name}（由 {WORD_FILE} 改成）", WORD_FILE, generated)
        else:
            others.append(name)
    if others:
        remark = "不是生成的文件，已原样保留" if found.manifest else f"没有完好的 {MANIFEST}，无法确认是否改过，已原样保留"
        yield Section("其他文件", remark=f"{remark}：{'、'.join(others)}。")
    for name in found.missing:
        yield Section(name, remark="原报告中已没有这个文件。")


def _office(file: Path, title: str, name: str, generated: Content | None) -> Section:
    """Compare an office file with the one of that name as it was made."""
    lines = office_lines(file)
    if lines is None:
        return Section(title, remark="打不开或已损坏，无法对照；文件已原样保留。")
    if generated is None:
        return Section(title, remark="没有生成时的文字记录，无法对照。")
    parts = word_parts(file) if name == WORD_FILE else None
    look = parts_changed(generated.parts, parts) if parts else ""
    notes = tuple(filter(None, [look, *(revisions(file) if name == WORD_FILE else [])]))
    none = "文字没有变化。" if look else "文字没有变化，改的是版式、图片或其他部分。"
    return Section(title, *_shown(line_changes(generated.lines[name], lines), none), notes)


def _is_copy(file: Path, generated: Content) -> bool:
    """Say whether a Word file under another name has most of the generated paragraphs."""
    made = set(generated.lines[WORD_FILE])
    lines = office_lines(file) if file.suffix == ".docx" and made else None
    return lines is not None and len(made & set(lines)) >= _COPY * len(made)


def _by_run(old: Path, found: Condition, new: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Section]:
    generated = read_content(old)
    if generated is None:
        yield Section("全部内容", remark="原报告没有完好的清单或文字记录，无法逐处对照；请直接比较两份文件。")
        return
    if found.manifest:
        inputs = line_changes(_inputs(before), _inputs(after))
        yield Section("输入", *_shown(inputs, "输入的文件和参数没有变化。"))
    made = read_content(new) or Content({name: [] for name in OFFICE_FILES})
    for name in OFFICE_FILES:
        yield Section(name, *_shown(line_changes(generated.lines[name], made.lines[name]), "没有变化。"))
    if not found.manifest:
        yield Section("输入和数据表", remark=f"原报告没有完好的 {MANIFEST}，不逐处对照。")
        return
    recorded = recorded_files(old) or {}
    tables = sorted(path.relative_to(new).as_posix() for path in new.rglob("*.csv"))
    for name in sorted({*tables, *(name for name in recorded if name.endswith(".csv"))}):
        if name in found.changed or name in found.missing:
            yield Section(name, remark="原报告中的这个文件已被改动或移走，不再对照。")
            continue
        changes = line_changes(_lines(old / name), _lines(new / name), cells)
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


def cells(line: str) -> list[str]:
    """Return the cells of a line of a CSV file."""
    return next(csv.reader([line]), [])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
