"""A plan's text as one stream of characters, each with the line it came from.

Text from a PDF breaks cells over lines at every width, so lines say little about cells. The stream drops line ends and
white space, keeps one space only between two figures (``3309 4983``), and remembers for every character its line, and
whether white space stood before it. Page numbers are taken out; a bare integer just before a page break may be a page
number or a figure on a line of its own, so it is kept between marks and the row's grammar decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.vocabulary.errors import Problem

PAGE_BREAK = "\ue000"
MAYBE_PAGE_NUMBER = "\ue001"

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_CHARACTERS = str.maketrans(
    {
        **{chr(code): chr(half) for code, half in _FULL_WIDTH.items()},
        "％": "%",
        "﹪": "%",
        "．": ".",
        "／": "/",
        "＊": "*",
        "(": "（",
        ")": "）",
        "–": "—",
        "―": "—",
        "─": "—",
        "\ufeff": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u00ad": None,
    }
)
_PAGE_NUMBER = re.compile(r"(?:[—\-－·•~～]\s*\d{1,4}\s*[—\-－·•~～]|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)")
_BARE_INTEGER = re.compile(r"\d{1,3}")
_TITLE = re.compile(r"专\s*栏\s*[\d一二三四五六七八九十]+")
_FIGURE = re.compile(r"[\d.,%—\-]")


@dataclass(frozen=True)
class PageText:
    """Stream of a text's characters with their addresses.

    Attributes:
        name: file name, for messages.
        text: the stream.
        lines: for each character of ``text`` its 1-based line in the file.
        starts_cell: for each character whether white space or a line end stood before it in the file.
        source_lines: the file's lines as they are.
    """

    name: str
    text: str
    lines: tuple[int, ...]
    starts_cell: tuple[bool, ...]
    source_lines: tuple[str, ...]

    def line_at(self, position: int) -> int:
        """Return the 1-based line of the character at a position of the stream (the last one beyond the end)."""
        if not self.lines:
            return 1
        return self.lines[min(position, len(self.lines) - 1)]

    def problem(self, position: int, place: str, found: str, expected: str, action: str = "") -> Problem:
        """Return a problem that names file, line, place in the table and the line's text."""
        line = self.line_at(position)
        printed = self.source_lines[line - 1].strip()
        return Problem(f"{self.name} 第{line}行“{printed}”，{place}", found, expected, action or "对照原件核对该处文字")


def normalise_characters(text: str) -> str:
    """Bring full-width digits, letters and signs, brackets and dashes to one form; drop invisible characters.

    Example:
        >>> normalise_characters("养老床位(张)　３３０９　４９８３")
        '养老床位（张）\\u3000３３０９\\u3000４９８３'.replace('３３０９', '3309').replace('４９８３', '4983')
    """
    return text.translate(_CHARACTERS)


def read_pages(text: str, name: str) -> PageText:
    """Turn a text into a stream with addresses.

    Args:
        text: the plan's text, any line ends, any line width.
        name: file name for messages.
    """
    source_lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    lines = [normalise_characters(line) for line in source_lines]
    kinds = _page_numbers(lines)
    characters: list[str] = []
    numbers: list[int] = []
    starts: list[bool] = []
    for index, line in enumerate(lines):
        if kinds.get(index) == "page number":
            continue
        content = line.strip()
        if kinds.get(index) == "maybe":
            content = f"{MAYBE_PAGE_NUMBER}{content}{MAYBE_PAGE_NUMBER}"
        gap = True
        for character in content:
            if character.isspace():
                gap = True
                continue
            if gap and characters and _FIGURE.match(characters[-1]) and _FIGURE.match(character):
                characters.append(" ")
                numbers.append(index + 1)
                starts.append(True)
            characters.append(character)
            numbers.append(index + 1)
            starts.append(gap)
            gap = False
    return PageText(name, "".join(characters), tuple(numbers), tuple(starts), source_lines)


def _page_numbers(lines: list[str]) -> dict[int, str]:
    """Find page numbers: dressed ones for certain, bare integers before a page break by their sequence."""
    filled = [index for index, line in enumerate(lines) if line.strip()]
    kinds = {index: "page number" for index in filled if _PAGE_NUMBER.fullmatch(lines[index].strip())}
    bare: list[int] = []
    for here, following in zip(filled, [*filled[1:], None], strict=True):
        breaks = following is not None and (
            "\f" in "".join(lines[here : following + 1]) or _TITLE.match(lines[following].strip())
        )
        if breaks and _BARE_INTEGER.fullmatch(lines[here].strip()):
            bare.append(here)
    values = [int(lines[index].strip()) for index in bare]
    for position, index in enumerate(bare):
        neighbours = [values[p] - (p - position) for p in (position - 1, position + 1) if 0 <= p < len(values)]
        kinds[index] = "page number" if values[position] in neighbours else "maybe"
    return kinds
