"""A plan's text as one stream of characters, each with the line it came from.

Text from a PDF breaks cells over lines at every width, so lines say little about cells. The stream drops line ends and
white space, keeps one space only between two figures (``3309 4983``), and remembers for every character its line,
whether white space stood before it, and whether a page ended before it. Page numbers that are dressed as such (—19—)
are taken out; a bare integer on a line of its own may also be a figure, so it stays and is decided with its row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analysis.vocabulary.errors import Problem

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SAME_CHARACTER = {  # radicals and compatibility forms that some fonts map their glyphs to: ⼈ is 人
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFAD9))
}
_CHARACTERS = str.maketrans(
    {
        **{chr(code): chr(half) for code, half in _FULL_WIDTH.items()},
        **{chr(code): same for code, same in _SAME_CHARACTER.items()},
        **dict.fromkeys("–―─━‒⸺﹘", "—"),
        **dict.fromkeys("－−‐‑﹣", "-"),
        **dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\u00ad"),
        "％": "%",
        "﹪": "%",
        "．": ".",
        "／": "/",
        "＊": "*",
        "(": "（",
        ")": "）",
        "﹙": "（",
        "﹚": "）",
    }
)
_PAGE_NUMBER = re.compile(
    r"[—\-·•~～]+\s*\d{1,4}\s*[—\-·•~～]+|〔\s*\d{1,4}\s*〕|\d{1,4}\s*/\s*\d{1,4}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?"
)
_LINE_END = re.compile("\r\n|[\r\n\x85\u2028]")
_BARE_INTEGER = re.compile(r"\d{1,3}")
_FIGURE = re.compile(r"[\d.,%—\-]")
_QUOTED = 20  # characters quoted on either side of a defect


@dataclass(frozen=True)
class PageText:
    """Stream of a text's characters with their addresses.

    Attributes:
        name: file name, for messages.
        text: the stream.
        lines: for each character of ``text`` its 1-based line in the file.
        columns: for each character its 0-based column in that line.
        starts_cell: for each character, and for the end, whether white space or a line end stood before it.
        turns: for each character, and for the end, whether a page ended before it.
        bare_integers: start and end of each line that holds nothing but an integer of up to three digits.
        source_lines: the file's lines as they are.
    """

    name: str
    text: str
    lines: tuple[int, ...]
    columns: tuple[int, ...]
    starts_cell: tuple[bool, ...]
    turns: tuple[bool, ...]
    bare_integers: tuple[tuple[int, int], ...]
    source_lines: tuple[str, ...]

    def line_at(self, position: int) -> int:
        """Return the 1-based line of the character at a position of the stream (the last one beyond the end)."""
        if not self.lines:
            return 1
        return self.lines[min(position, len(self.lines) - 1)]

    def starts_line(self, position: int) -> bool:
        """Say whether the character at a position is the first of its line."""
        return position == 0 or position >= len(self.text) or self.lines[position] != self.lines[position - 1]

    def line_end(self, position: int) -> int:
        """Return where the line of the character at a position ends."""
        end = position + 1
        while end < len(self.text) and self.lines[end] == self.lines[position]:
            end += 1
        return min(end, len(self.text))

    def problem(self, position: int, place: str, found: str, expected: str, action: str = "") -> Problem:
        """Return a problem that names file, line, the text around the position, and the place in the table."""
        where = f"{self.name} 第{self.line_at(position)}行“{self._quote(position)}”，{place}"
        return Problem(where, found, expected, action or "对照原件核对该处文字")

    def _quote(self, position: int) -> str:
        line = self.source_lines[self.line_at(position) - 1]
        column = self.columns[min(position, len(self.columns) - 1)] if self.columns else 0
        start, end = max(0, column - _QUOTED), column + _QUOTED
        if len(line) <= 2 * _QUOTED + 4:
            return line.strip()
        return ("…" if start else "") + line[start:end].strip() + ("…" if end < len(line) else "")

    def without(self, spans: Iterable[tuple[int, int]]) -> tuple[PageText, Callable[[int], int]]:
        """Return the text without some stretches, each of which counts as a page's end, and the map of positions."""
        stream = _Stream()
        places: list[int] = []
        kept = 0
        for start, end in [*sorted(spans), (len(self.text), len(self.text))]:
            if kept < start:
                places += stream.copy(self, kept, start)
            places += [len(stream.characters)] * (end - max(kept, start))
            stream.gap |= end > kept
            stream.turned |= end > kept
            kept = max(kept, end)
        stream.turned |= self.turns[-1]
        places.append(len(stream.characters))
        bare = [(places[start], places[start] + end - start) for start, end in self.bare_integers if places[start] < places[start + 1]]
        return stream.page_text(self.name, bare, self.source_lines), lambda position: places[min(position, len(self.text))]


class _Stream:
    """A stream while it grows."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.lines: list[int] = []
        self.columns: list[int] = []
        self.starts: list[bool] = []
        self.turns: list[bool] = []
        self.gap = True
        self.turned = False

    def add(self, character: str, line: int, column: int) -> None:
        """Append a character; two figures apart keep a space between them."""
        if self.gap and self.characters and _FIGURE.match(self.characters[-1]) and _FIGURE.match(character):
            # The space belongs to the line before, so that the figure begins its own line.
            self._append(" ", self.lines[-1], self.columns[-1], turned=False)
        self._append(character, line, column, turned=self.turned)
        self.gap = self.turned = False

    def _append(self, character: str, line: int, column: int, *, turned: bool) -> None:
        self.characters.append(character)
        self.lines.append(line)
        self.columns.append(column)
        self.starts.append(self.gap)
        self.turns.append(turned)

    def copy(self, pages: PageText, start: int, end: int) -> list[int]:
        """Append a stretch of a text; return the new place of each of its characters."""
        places = []
        if pages.text[start] == " ":
            places.append(len(self.characters))  # whether a space is needed depends on what stands before it now
            start += 1
        self.gap |= pages.starts_cell[start]
        self.turned |= pages.turns[start]
        self.add(pages.text[start], pages.lines[start], pages.columns[start])
        first = len(self.characters) - 1
        self.characters += pages.text[start + 1 : end]
        self.lines += pages.lines[start + 1 : end]
        self.columns += pages.columns[start + 1 : end]
        self.starts += pages.starts_cell[start + 1 : end]
        self.turns += pages.turns[start + 1 : end]
        return [*places, *range(first, len(self.characters))]

    def page_text(self, name: str, bare: Sequence[tuple[int, int]], source_lines: tuple[str, ...]) -> PageText:
        """Return what has been gathered."""
        return PageText(
            name, "".join(self.characters), tuple(self.lines), tuple(self.columns),
            (*self.starts, True), (*self.turns, self.turned), tuple(bare), source_lines,
        )  # fmt: skip


def normalise_characters(text: str) -> str:
    """Bring full-width digits, letters and signs, brackets and dashes to one form; drop invisible characters.

    Example:
        >>> normalise_characters("养老床位(张) ３３０９ ４９８３")
        '养老床位（张） 3309 4983'
    """
    return text.translate(_CHARACTERS)


def read_pages(text: str, name: str) -> PageText:
    """Turn a text into a stream with addresses.

    Args:
        text: the plan's text, any line ends, any line width.
        name: file name for messages.
    """
    source_lines = tuple(_LINE_END.split(text))
    stream = _Stream()
    bare: list[tuple[int, int]] = []
    for number, source in enumerate(source_lines, start=1):
        line = normalise_characters(source)
        if _PAGE_NUMBER.fullmatch(line.strip()):
            stream.gap = stream.turned = True
            if bare and bare[-1][1] == len(stream.characters):
                bare.pop()  # this page's number is known, so the integer above it is a figure
            continue
        stream.gap = True
        for column, character in enumerate(line):
            stream.turned |= character == "\f"
            if character.isspace():
                stream.gap = True
            else:
                stream.add(character, number, column)
        if _BARE_INTEGER.fullmatch(line.strip()):
            bare.append((len(stream.characters) - len(line.strip()), len(stream.characters)))
    return stream.page_text(name, bare, source_lines)
