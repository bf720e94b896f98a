"""What only people can write (环境、原因、满意度、建议、经验): one Markdown file a section, scaffolded with questions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

MAXIMUM_BYTES = 200_000
_COMMENT = re.compile(r"<!--.*?-->", re.S)


class SectionDefinition(Strict):
    """One section: title, the evaluations it belongs to, and the questions that help to write it."""

    id: str = pydantic.Field(pattern=r"^[a-z]+$")
    title: str
    kinds: list[str]
    questions: list[str]


class _Sections(Strict):
    sections: list[SectionDefinition]


@dataclass(frozen=True)
class Section:
    """One section as written.

    Attributes:
        definition: its title and questions.
        text: Markdown without the questions; empty while nobody has written it.
        file: where to write it, relative to the repository.
    """

    definition: SectionDefinition
    text: str
    file: str


@cache
def section_definitions() -> tuple[SectionDefinition, ...]:
    """Read ``parameters/narrative.yml``."""
    return tuple(read_yaml(paths.parameters() / "narrative.yml", _Sections).sections)


def read_section(run: str, section: str) -> Section:
    """Read one section of a run; a file that isn't there, or holds only its questions, is a section without text.

    Raises:
        InputError: no such section, or a file that is no UTF-8 text.
    """
    definition = next((item for item in section_definitions() if item.id == section), None)
    if definition is None:
        raise InputError.single("参数 section", section, "、".join(item.id for item in section_definitions()), "改用其中一个")
    path = paths.narrative() / run / f"{section}.md"
    return Section(definition, _written(path, definition.title), path.relative_to(paths.home()).as_posix())


def written_lines(run: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the files that people wrote for a run, each with its lines, its questions among them.

    Args:
        run: name of the run.

    Yields:
        the file relative to the repository, and its lines.

    Raises:
        InputError: a file that is too large or no UTF-8 text.
    """
    for definition in section_definitions():
        path = paths.narrative() / run / f"{definition.id}.md"
        if path.is_file():
            yield path.relative_to(paths.home()).as_posix(), _read(path).split("\n")


def _written(path: Path, title: str) -> str:
    """Return what people wrote: the file without its questions and without the section's own title."""
    if not path.is_file():
        return ""
    written = _COMMENT.sub("", _read(path)).strip()
    return written.removeprefix(f"# {title}").strip()


def _read(path: Path) -> str:
    if path.stat().st_size > MAXIMUM_BYTES:
        raise InputError.single(f"文件 {path.name}", f"{path.stat().st_size:,} 字节", f"不超过{MAXIMUM_BYTES:,} 字节", "只写文字，不贴图片")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError.single(f"文件 narrative/{path.parent.name}/{path.name}", "不是 UTF-8 文本", "UTF-8", "另存为 UTF-8") from error


def scaffold(run: str, kind: str) -> list[Path]:
    """Write the files of a run that are not there yet, each with its questions; what is there is left alone."""
    folder = paths.narrative() / run
    written = []
    for definition in section_definitions():
        path = folder / f"{definition.id}.md"
        if kind not in definition.kinds or path.exists():
            continue
        folder.mkdir(parents=True, exist_ok=True)
        questions = "\n".join(f"- {question}" for question in definition.questions)
        content = f"# {definition.title}\n\n<!-- 在下面撰写；本段提示不会印出。可参考：\n{questions}\n-->\n"
        unfinished = path.with_name(f".{path.name}")  # a half-written scaffold would count as somebody's text
        unfinished.write_text(content, encoding="utf-8", newline="\n")
        os.replace(unfinished, path)
        written.append(path)
    return written
