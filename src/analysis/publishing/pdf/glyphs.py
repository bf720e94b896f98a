"""What the shipped fonts can print; a character they lack is shown by its code, never dropped."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from analysis.vocabulary import paths

# They have no look of their own, or are spaces under another name.
_UNSEEN = {"\u200b": "", "\u2060": "", "\ufeff": "", "\u00ad": "", "\u200c": "", "\u200d": "", "\r": "", "\t": " "}


@cache
def advances() -> Mapping[str, float]:
    """Return the characters that the report can print and how wide they are, in em.

    The serif face covers all that the sans face does, and stands in for it; widths are those of the sans face, which tables use.
    """
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # matplotlib brings it along; it has no types

    widths: dict[str, float] = {"\n": 0.0}
    for face in ("NotoSerifSC-Regular.ttf", "NotoSansSC-Regular.ttf"):
        with TTFont(paths.fonts() / face, lazy=True) as font:
            metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
            widths |= {chr(code): metrics[glyph][0] / em for code, glyph in font["cmap"].getBestCmap().items()}
    return widths


class Glyphs:
    """Texts as they are printed, and the characters that had to be shown by their code.

    Attributes:
        missing: how often each character had no glyph, in order of first sight.

    Example:
        >>> glyphs = Glyphs()
        >>> glyphs.printed("王\U00020bb7明")
        '王〔U+20BB7〕明'
        >>> glyphs.warning()
        '注：下列字符不在随附字体之内，文中以编码代替，请对照原文：〔U+20BB7〕1处。'
    """

    def __init__(self) -> None:
        self.missing: Counter[str] = Counter()

    def printed(self, text: str) -> str:
        """Return a text with every character the fonts lack replaced by its code."""
        if advances().keys() >= set(text):
            return text
        return "".join(map(self._printed, unicodedata.normalize("NFC", text)))

    def _printed(self, character: str) -> str:
        if character in advances():
            return character
        if character in _UNSEEN:
            return _UNSEEN[character]
        self.missing[character] += 1
        return _code(character)

    def warning(self) -> str:
        """Return the line that names what was replaced; empty where nothing was."""
        if not self.missing:
            return ""
        listed = "、".join(f"{_code(character)}{count}处" for character, count in self.missing.items())
        return f"注：下列字符不在随附字体之内，文中以编码代替，请对照原文：{listed}。"


def _code(character: str) -> str:
    return f"〔U+{ord(character):04X}〕"
