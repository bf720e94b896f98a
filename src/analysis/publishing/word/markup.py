"""Elements of WordprocessingML."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser

Node = Any  # an lxml element, which has no types

_MAIN = nsmap["w"]
_SPACES = {"": _MAIN, "r": nsmap["r"], "xml": "http://www.w3.org/XML/1998/namespace"}
_DECLARED = {"w": _MAIN, "r": nsmap["r"]}
# What XML 1.0 cannot hold, not even escaped; tabs and line breaks are written as elements of their own.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def node(tag: str, *children: Node, **attributes: str | int | None) -> Node:
    """Return an element with its children; those that are None are left out.

    Args:
        tag: its name in the main namespace.
        children: its elements in the order of the schema, which Word insists on.
        attributes: its attributes in the main namespace; ``r_id`` and ``xml_space`` name another one.

    Example:
        >>> found = node("p", node("pPr", node("keepNext")), None)
        >>> [child.tag.split("}")[1] for child in found.iter()]
        ['p', 'pPr', 'keepNext']
    """
    element = oxml_parser.makeelement(f"{{{_MAIN}}}{tag}", nsmap=_DECLARED)
    for name, value in attributes.items():
        if value is not None:
            prefix, _, rest = name.rpartition("_")
            element.set(f"{{{_SPACES[prefix]}}}{rest}", legal(str(value)))
    element.extend([child for child in children if child is not None])
    return element


def text_nodes(text: str, tag: str = "t") -> list[Node]:
    r"""Return text as the contents of a run: words, tabs and line breaks.

    Example:
        >>> [found.tag.split("}")[1] for found in text_nodes("甲\t乙\n丙")]
        ['t', 'tab', 't', 'br', 't']
    """
    found = []
    for part in re.split("([\t\n])", text.replace("\r\n", "\n").replace("\r", "\n")):
        if part == "\t":
            found.append(node("tab"))
        elif part == "\n":
            found.append(node("br"))
        elif words := legal(part):
            element = node(tag, xml_space="preserve")
            element.text = words
            found.append(element)
    return found


def legal(text: str) -> str:
    r"""Return text without the characters that XML cannot hold.

    Example:
        >>> legal("甲\x00乙")
        '甲乙'
    """
    return _ILLEGAL.sub("", text)
