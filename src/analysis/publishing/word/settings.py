"""Settings of the document."""

from __future__ import annotations

from analysis.publishing.word.footnotes import SEPARATORS
from analysis.publishing.word.markup import Node, node

_WORD_2013 = 15


def settings() -> Node:
    """Return the settings, in the order of the schema."""
    return node(
        "settings",
        node("zoom", percent=100),
        node("evenAndOddHeaders"),
        node("characterSpacingControl", val="compressPunctuation"),
        # Only Word can tell on which page a heading falls, with the typefaces of the machine it runs on. It asks once before it
        # computes the contents; a wrong page number in a printed report would be worse than the question.
        node("updateFields", val=1),
        node("footnotePr", *(node("footnote", id=identity) for identity in SEPARATORS)),
        node(
            "compat",
            node("doNotExpandShiftReturn"),  # else a line break stretches the line before it
            node("useFELayout"),
            node("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=_WORD_2013),
        ),
        node("themeFontLang", val="en-US", eastAsia="zh-CN"),
        node("decimalSymbol", val="."),
        node("listSeparator", val=","),
    )
