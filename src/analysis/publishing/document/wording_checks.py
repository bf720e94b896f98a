"""What a proof-reader would mark in a report: direction of verbs, headings without text, leftovers, punctuation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from analysis.presentation.claims import Claim
from analysis.publishing.document.direction_checks import direction_faults
from analysis.publishing.document.model import Block, ChartBlock, Document, Heading, Listing, Paragraph, Span, TableBlock

_HAN = "\u3400-\u9fff"
# Names and abbreviations that readers meet in Latin letters elsewhere too.
ALLOWED = frozenset(
    """un sdsn sdg sdgs open eurostat unescap who oecd gb ofl csv xlsx pdf word excel wpp sha http https url latest none minzheng
    narrative""".split()
)
_LATIN = re.compile(r"[A-Za-z]{3,}")
# File names, addresses, identifiers: anything of Latin letters that holds a dot, a slash, a hyphen, a digit or an underscore.
_NAMES = re.compile(r"[a-z]+://[^\s，。；）]+|[A-Za-z0-9]*(?:[A-Za-z0-9][./_\-@][A-Za-z0-9]|[A-Za-z]\d|\d[A-Za-z])[A-Za-z0-9./_\-@]*")
_QUOTED = re.compile(r"“[^“”]*”")
_PAIRS = {"《": "》", "（": "）", "“": "”", "〔": "〕", "「": "」", "【": "】"}
_PUNCTUATION = (
    (re.compile(rf"(?<=[{_HAN}])[,;:?!()\"']|[,;:?!()\"'](?=[{_HAN}])"), "半角标点"),
    (re.compile(rf"(?<=[{_HAN}]) +(?=\d)|(?<=\d) +(?=[{_HAN}])"), "汉字与数字之间有空格"),
    (re.compile(r"[。，；：、？！]{2,}"), "标点重复"),
)
_LEFTOVER = re.compile(r"(?<![A-Za-z])(?:nan|NaN|NaT|None|null|inf)(?![A-Za-z])|…%|…个百分点|[{}]")
# What is typed for another program shows in a report as it stands.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->", re.S)
_MARKUP = re.compile(r"\*\*|~~|\|[-:| ]*|\[?\^\w+\]?|^#+(?= )")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff]")
_PICTURE = re.compile(r"〔图片从略：[^〕]*〕")
_CELL_LEFTOVERS = frozenset({"nan", "NaN", "NaT", "None", "null", "inf", "-inf", "…%", "<NA>"})


@dataclass(frozen=True)
class WordingProblem:
    """One fault of wording.

    Attributes:
        kind: what is wrong, in Chinese.
        place: heading that it stands under.
        text: the sentence.
        file: the file that people wrote it in; empty for generated text.
    """

    kind: str
    place: str
    text: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.kind}（{self.file or self.place}）：{self.text}"


def wording_problems(document: Document) -> list[WordingProblem]:
    """Return what a proof-reader would mark in a report, in the order of the report."""
    found = list(_empty_sections(document.blocks))
    place = document.title
    for block in document.blocks:
        if isinstance(block, Heading):
            place = block.full
        found += dict.fromkeys(_block_faults(block, place))
    return found


def _empty_sections(blocks: tuple[Block, ...]) -> Iterator[WordingProblem]:
    """Find headings that nothing stands under before the next one of their level or a higher one."""
    for position, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level:
            after = blocks[position + 1] if position + 1 < len(blocks) else None
            if after is None or (isinstance(after, Heading) and after.level <= block.level):
                yield WordingProblem("标题下没有内容", block.full, block.full, block.file)


def _block_faults(block: Block, place: str) -> Iterator[WordingProblem]:
    if isinstance(block, Heading):
        yield from _text_faults(block.full, place, block.file)
        yield from _claim_faults((block.claim,) if block.claim else (), place)
    elif isinstance(block, Paragraph):
        yield from _paragraph_faults(block, place)
    elif isinstance(block, Listing):
        for item in block.items:
            yield from _paragraph_faults(item, place)
    elif isinstance(block, TableBlock):
        yield from _text_faults(block.caption, place)
        if not block.rows and block.caption:
            yield WordingProblem("表中没有数据", place, block.caption)
        # Cells may quote a source with its faults.
        for row in block.rows:
            yield from (
                WordingProblem("留有空值或程序痕迹", f"{block.label}{block.caption}", cell) for cell in row if cell in _CELL_LEFTOVERS
            )
    elif isinstance(block, ChartBlock):
        for text in (block.finding, block.measure, block.alt):
            yield from _text_faults(text, place)


def _paragraph_faults(paragraph: Paragraph, place: str) -> Iterator[WordingProblem]:
    if not paragraph.text.strip():
        yield WordingProblem("空段落", place, paragraph.text, paragraph.file)
    words = "".join(_shown(span) for span in paragraph.spans)
    yield from _text_faults(words, place, paragraph.file)
    yield from _text_faults(paragraph.note, place, paragraph.file)
    yield from _claim_faults(paragraph.claims, place)
    if paragraph.file:
        yield from (WordingProblem(fault, place, words, paragraph.file) for fault in direction_faults(Claim(words)))


def _shown(span: Span) -> str:
    """Return a run of text as far as it is words: code and addresses are spelt as they must be."""
    return "" if span.code or span.link else span.text


def _claim_faults(claims: tuple[Claim, ...], place: str) -> Iterator[WordingProblem]:
    for claim in claims:
        yield from (WordingProblem(fault, place, claim.sentence) for fault in direction_faults(claim))


def _text_faults(text: str, place: str, file: str = "") -> Iterator[WordingProblem]:
    for check in _CHECKS:
        yield from (WordingProblem(fault, place, text, file) for fault in check(text))


def _leftovers(text: str) -> Iterator[str]:
    yield from (f"留有空值或程序痕迹“{match[0]}”" for match in _LEFTOVER.finditer(_NAMES.sub("", text)))


def _english(text: str) -> Iterator[str]:
    for match in _LATIN.finditer(_QUOTED.sub("", _NAMES.sub("", _TAG.sub("", text)))):
        if match[0].lower() not in ALLOWED and not _LEFTOVER.fullmatch(match[0]):
            yield f"留有外文“{match[0]}”"


def _markup(text: str) -> Iterator[str]:
    """Find signs of other programs: tags of web pages, marks of Markdown that stayed, pictures, letters that nobody sees."""
    if tags := list(dict.fromkeys(_TAG.findall(text))):
        yield f"留有网页标记“{'”“'.join(tags)}”"
    if marks := list(dict.fromkeys(found.strip() for found in _MARKUP.findall(_TAG.sub("", _NAMES.sub("", text))))):
        yield f"留有排版标记“{'”“'.join(marks)}”"
    if _INVISIBLE.search(text):
        yield "有不可见字符"
    yield from (f"图片没有收入报告“{match[0]}”" for match in _PICTURE.finditer(text))


def _punctuation(text: str) -> Iterator[str]:
    own = _QUOTED.sub("“”", _NAMES.sub("A", _TAG.sub("", text)))  # a quoted source keeps its marks
    for pattern, fault in _PUNCTUATION:
        yield from (f"{fault}“{own[max(0, match.start() - 4) : match.end() + 4]}”" for match in pattern.finditer(own))


def _pairs(text: str) -> Iterator[str]:
    """Find marks that open and don't close, or the other way round."""
    opened: list[str] = []
    for mark in text:
        if mark in _PAIRS:
            opened.append(mark)
        elif mark in _PAIRS.values() and (not opened or _PAIRS[opened.pop()] != mark):
            yield f"“{mark}”没有成对"
            return
    if opened:
        yield f"“{opened[-1]}”没有成对"


_CHECKS: tuple[Callable[[str], Iterator[str]], ...] = (_leftovers, _english, _markup, _punctuation, _pairs)
