"""Fields of Word, with the text they show until Word computes them, and the bookmarks they point to."""

from __future__ import annotations

from analysis.publishing.word.markup import Node, node, text_nodes


def run(text: str, *properties: Node, chinese: str | None = None) -> Node:
    """Return text with its properties; marks that both scripts have (“ ” — … ×) are set in the Chinese typeface.

    Args:
        text: the words.
        properties: in the order of the schema; a style of characters comes first.
        chinese: typeface for Chinese, where it is not that of the style.
    """
    first = properties[0] if properties and properties[0].tag.endswith("}rStyle") else None
    rest = properties[1:] if first is not None else properties
    return node("r", node("rPr", first, node("rFonts", hint="eastAsia", eastAsia=chinese), *rest), *text_nodes(text))


def field(instruction: str, shown: str, *properties: Node) -> list[Node]:
    r"""Return a field.

    Args:
        instruction: what it computes (``PAGE``, ``REF _Ref1 \h``); never text from data.
        shown: what it shows until then.
        properties: how its text is set.
    """
    return [*opened(instruction), run(shown, *properties), closed()]


def opened(instruction: str) -> list[Node]:
    """Return the opening of a field that holds more than one run."""
    return [
        node("r", node("fldChar", fldCharType="begin")),
        node("r", *text_nodes(f" {instruction} ", "instrText")),
        node("r", node("fldChar", fldCharType="separate")),
    ]


def closed() -> Node:
    """Return the end of a field."""
    return node("r", node("fldChar", fldCharType="end"))


def bookmarked(name: str, identity: int, contents: list[Node]) -> list[Node]:
    """Return contents between the marks of a bookmark.

    Args:
        name: its name, unique in the document, at most 40 letters and digits; a leading _ hides it from people.
        identity: its number, unique in the document.
        contents: what it holds.
    """
    return [node("bookmarkStart", id=identity, name=name), *contents, node("bookmarkEnd", id=identity)]
