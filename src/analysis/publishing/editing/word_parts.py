"""What a Word file holds besides its words: pictures, headers and footers, styles, and tracked changes with their authors."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE_MARKS = (("header", "页眉"), ("footer", "页脚"))
# Formats that people set by hand; programs write the rest anew whenever they save.
_FORMATS = ("b", "i", "u", "color", "sz", "highlight", "jc", "shd", "strike")
_REVISIONS = (("ins", "加上"), ("del", "删去"), ("moveFrom", "移走"), ("moveTo", "移入"))
PICTURES, STYLES, FORMATS = "图片", "段落样式", "字体、对齐等格式"


def word_parts(file: Path) -> dict[str, str] | None:
    """Return what a Word file holds besides its words, each part as one text that tells two apart; None where it can't be read.

    Words that a field fills in (a page number) are left out: they change by themselves.
    """
    try:
        return dict(_parts(file))
    except Exception:  # see office_text.office_lines
        return None


def _parts(file: Path) -> Iterator[tuple[str, str]]:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        document = fromstring(archive.read("word/document.xml"))
        media = sorted(hashlib.sha256(archive.read(name)).hexdigest()[:16] for name in names if name.startswith("word/media/"))
        drawings = sum(1 for element in _shown(document) if element.tag in (f"{_WORD}drawing", f"{_WORD}pict"))
        yield PICTURES, " ".join([f"{drawings}处", *media])
        for part, title in _PAGE_MARKS:
            found = {_plain(fromstring(archive.read(name))) for name in names if name.startswith(f"word/{part}") and name.endswith(".xml")}
            yield title, " / ".join(sorted(found - {""}))
    body = list(_shown(document))
    yield STYLES, _counted(element.get(f"{_WORD}val", "") for element in body if element.tag == f"{_WORD}pStyle")
    formats = {f"{_WORD}{name}" for name in _FORMATS}
    yield FORMATS, _counted(f"{element.tag[len(_WORD) :]}{element.get(f'{_WORD}val', '')}" for element in body if element.tag in formats)


def _shown(element: Any) -> Iterator[Any]:
    """Yield an element and all in it, without the second copy of a drawing for old programs."""
    yield element
    for child in element:
        if child.tag != _FALLBACK:
            yield from _shown(child)


def _plain(root: Any) -> str:
    """Return the words of a header, without those that fields fill in."""
    words, within = [], 0
    for element in _shown(root):
        if element.tag == f"{_WORD}fldChar":
            within += {"begin": 1, "end": -1}.get(element.get(f"{_WORD}fldCharType", ""), 0)
        elif element.tag == f"{_WORD}t" and not within:
            words.append(element.text or "")
    return "".join(words).strip()


def _counted(values: Iterator[str]) -> str:
    return " ".join(f"{name}:{count}" for name, count in sorted(Counter(values).items()))


def parts_changed(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Say in Chinese what changed besides the words; empty where nothing did.

    Example:
        >>> parts_changed({"图片": "7处 a b", "页眉": "评估报告"}, {"图片": "6处 a", "页眉": "送审稿"})
        '版式、图片或页眉有改动：图片由7处变为6处；页眉由“评估报告”变为“送审稿”。'
        >>> parts_changed({"图片": "7处 a"}, {"图片": "7处 b"})
        '版式、图片或页眉有改动：图片换过。'
    """
    told = []
    for name, old in before.items():
        new = after.get(name, "")
        if old == new:
            continue
        if name == PICTURES:
            first, second = old.split(" ")[0], new.split(" ")[0]
            told.append(f"{name}换过" if first == second else f"{name}由{first}变为{second}")
        elif name in (STYLES, FORMATS):
            told.append(name)
        else:
            told.append(f"{name}由“{old}”变为“{new}”")
    return f"版式、图片或页眉有改动：{'；'.join(told)}。" if told else ""


def revisions(file: Path) -> list[str]:
    """Return the tracked changes of a Word file in Chinese, with their authors, those of one author and kind in a row as one."""
    from defusedxml.ElementTree import fromstring

    try:
        with zipfile.ZipFile(file) as archive:
            parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in archive.namelist()]
            roots = [fromstring(archive.read(name)) for name in parts]
    except Exception:  # see office_text.office_lines
        return []
    kinds = {f"{_WORD}{tag}": words for tag, words in _REVISIONS}
    found: list[tuple[str, str]] = []
    for element in (element for root in roots for element in _shown(root) if element.tag in kinds):
        text = "".join(part.text or "" for part in element.iter() if part.tag in (f"{_WORD}t", f"{_WORD}delText"))
        if text.strip():
            lead = f"修订（{element.get(f'{_WORD}author') or '未署名'}）：{kinds[element.tag]}"
            if found and found[-1][0] == lead:
                found[-1] = (lead, found[-1][1] + text)
            else:
                found.append((lead, text))
    return [f"{lead}“{text}”" for lead, text in found]
