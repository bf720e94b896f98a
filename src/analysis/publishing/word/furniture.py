"""What stands on every page: its number, and the mark of demonstration data."""

from __future__ import annotations

from analysis.publishing.word.fields import field, run
from analysis.publishing.word.markup import Node, node
from analysis.publishing.word.page import Place
from analysis.vocabulary.marks import DEMONSTRATION

WARNING = f"{DEMONSTRATION}　虚构，不得引用"
_ONE_CHARACTER = 100


def footer(place: Place) -> Node:
    """Return — 1 —, one character from the outer edge: odd pages right, even pages left."""
    indent = {"rightChars": _ONE_CHARACTER, "right": 280} if place == "default" else {"leftChars": _ONE_CHARACTER, "left": 280}
    side = "right" if place == "default" else "left"
    return node(
        "ftr",
        node(
            "p",
            node("pPr", node("pStyle", val="Footer"), node("ind", **indent), node("jc", val=side)),
            run("— "),
            *field("PAGE", "1"),
            run(" —"),
        ),
    )


def header() -> Node:
    """Return the mark of demonstration data."""
    return node("hdr", node("p", node("pPr", node("pStyle", val="Header")), run(WARNING)))
