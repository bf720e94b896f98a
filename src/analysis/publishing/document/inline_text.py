"""Runs of words in a Markdown text: bold, code, links; what a report can't set stays readable as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from analysis.publishing.document.model import Span

SAFE_LINKS = ("https://", "http://", "mailto:")
# Where a line of the source ends. Told by its identity: a span with the same text may be a break that was asked for.
SOFT_BREAK = Span("\n")
# Letters that are set without spaces between words, and the marks that go with them.
_FULL_WIDTH = re.compile(r"[\u2014-\u2027\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]")
# What opens a paragraph of its own in a text typed line by line, and what closes one.
_OPENING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|\|")
_CLOSING = re.compile(r"[。！？；：|][”’）》」]*$")


@dataclass
class Notes:
    """Footnotes that people wrote.

    Attributes:
        texts: words of each by its key.
        cited: keys met since the last paragraph.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    cited: list[str] = field(default_factory=list)

    def taken(self) -> str:
        """Return the words of the footnotes met since the last call, as one text."""
        words = "；".join(self.texts[key].rstrip("。；") for key in dict.fromkeys(self.cited))
        self.cited.clear()
        return f"{words}。" if words else ""


def spans(token: Mapping[str, Any], notes: Notes, base: Span | None = None) -> Iterator[Span]:
    """Yield the runs of words of a token, soft breaks among them.

    Args:
        token: a token of the Markdown parser.
        notes: takes in the footnotes that are met.
        base: how the words around are set.
    """
    style = base or Span("")
    for child in token.get("children", []):
        kind = child["type"]
        if kind in ("text", "inline_html"):
            yield replace(style, text=child["raw"])
        elif kind == "codespan":
            yield replace(style, text=child["raw"], code=True)
        elif kind == "softbreak":
            yield SOFT_BREAK
        elif kind == "linebreak":
            yield replace(style, text="\n")
        elif kind == "strong":
            yield from spans(child, notes, replace(style, bold=True))
        elif kind == "emphasis":
            yield from spans(child, notes, replace(style, italic=True))
        elif kind == "footnote_ref":
            notes.cited.append(child["raw"])
        elif kind == "link":
            yield from _link(child, notes, style)
        elif kind == "image":
            yield replace(style, text=f"〔图片从略：{words(child, notes) or '无说明'}〕")
        else:
            yield from spans(child, notes, style)


def _link(token: Mapping[str, Any], notes: Notes, style: Span) -> Iterator[Span]:
    """Yield the words of a link; what leads nowhere is shown as typed: 国发[2023](12)号 is no link."""
    address = token["attrs"]["url"]
    if address.startswith(SAFE_LINKS):
        yield from spans(token, notes, replace(style, link=address))
    else:
        yield replace(style, text="[")
        yield from spans(token, notes, style)
        yield replace(style, text=f"]({unquote(address)})")


def words(token: Mapping[str, Any], notes: Notes) -> str:
    """Return the words of a token without their style, on one line."""
    return "".join(span.text for span in joined(spans(token, notes)))


def joined(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join the lines of a paragraph: nothing, but a space where Latin letters or digits meet.

    Example:
        >>> [span.text for span in joined([Span("床位"), SOFT_BREAK, Span("120"), SOFT_BREAK, Span("34人")])]
        ['床位', '120', ' ', '34人']
    """
    result: list[Span] = []
    waiting = False
    for span in found:
        if span is SOFT_BREAK:
            waiting = bool(result)
            continue
        if waiting and span.text:
            if not (_FULL_WIDTH.match(span.text[0]) or _FULL_WIDTH.match(result[-1].text[-1])):
                result.append(Span(" "))
            waiting = False
        if span.text:
            result.append(span)
    return tuple(result)


def paragraphs(found: Iterable[Span]) -> list[tuple[Span, ...]]:
    """Cut what people typed line by line into paragraphs.

    A line that ends with 。！？；： ends its paragraph; one that begins with a number (一、（一）1.（1）①) opens a new one.

    Example:
        >>> lines = [Span("一、场地不足"), SOFT_BREAK, Span("缺少"), SOFT_BREAK, Span("用房。"), SOFT_BREAK, Span("其次。")]
        >>> ["".join(span.text for span in paragraph) for paragraph in paragraphs(lines)]
        ['一、场地不足缺少用房。', '其次。']
    """
    lines: list[list[Span]] = [[]]
    for span in found:
        if span is SOFT_BREAK:
            lines.append([])
        else:
            lines[-1].append(span)
    grouped: list[list[Span]] = []
    before = ""
    for line in lines:
        text = "".join(span.text for span in line).strip()
        if not grouped or _CLOSING.search(before) or _OPENING.match(text):
            grouped.append(line)
        else:
            grouped[-1] += [SOFT_BREAK, *line]
        before = text
    return [made for group in grouped if (made := joined(_outdented(group)))]


def _outdented(line: list[Span]) -> list[Span]:
    """Drop the spaces that a paragraph typed in a text program begins with: the report sets its own."""
    return [replace(line[0], text=line[0].text.lstrip("\u3000 \t")), *line[1:]] if line and not line[0].code else line
