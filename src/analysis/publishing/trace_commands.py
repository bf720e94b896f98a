"""The ``trace`` command: where a number of a report comes from, in a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary import paths

if TYPE_CHECKING:
    from analysis.publishing.editing.condition import Condition
    from analysis.publishing.tracing.answers import Answer, Source

_WIDTH = 96  # columns of a terminal; a Han character takes two
_CLOSING = "，。；：、）】》〕”？"  # may stand beyond the edge, but never opens a line
# What stays together at the end of a line: a number or a short word with the closing marks behind it.
_PIECES = re.compile(rf"(?:[\w.,%−+/-]{{1,24}}(?<![^\x00-\x7f−])|.)[{_CLOSING}]*", re.ASCII)
_MOST_SOURCES, _LONGEST_BASIS = 6, 160
_COMPUTED = ("数量", "表中数字", "图中数字")  # of these a formula is known, or it is known that there is none


@click.command(cls=ChineseCommand, context_settings={"ignore_unknown_options": True})
@click.argument("report", metavar="报告")
@click.argument("number", metavar="数字或文字")
@click.option("--long", "in_full", is_flag=True, help="列出全部出处、完整校验值和只作指引的数字（年份、图表序号等）")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，供程序读取")
def trace(report: str, number: str, in_full: bool, as_json: bool) -> None:
    """说明报告中的一个数字出自哪里：所在的句子或表格、名称、算法、数据文件和行号，并核对文件是否变动。"""
    from analysis.publishing.tracing.answers import Trace

    named = paths.reports() / report
    found = Trace.read(named if named.is_dir() else Path(report))
    answers = found.asked(number)
    if as_json:
        state = {"edited": found.condition.edited, "changed": list(found.condition.changed)}
        content = {"report": found.content["title"], "asked": number, **state, "found": [answer.as_dict() for answer in answers]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=1))
        return
    for line in _edited(found.condition):
        click.echo(line)
    for line in _lines(found.content["title"], number, answers, in_full):
        click.echo(line)


def _edited(state: Condition) -> Iterator[str]:
    """Say whether the report in the folder is still the one that the trace tells of."""
    for suffix, what in ((".docx", "Word"), (".xlsx", "Excel")):
        if any(name.endswith(suffix) for name in state.changed):
            yield f"该报告的 {what} 文件已人工修改，以下按生成时的内容。"
    documents = [name for name in state.added if state.manifest and name.endswith((".docx", ".doc", ".wps"))]
    if documents:
        yield from _wrapped(f"文件夹中另有后来放入的文件：{'、'.join(documents)}；以下按生成时的报告。", "")
    if not state.manifest:
        yield "没有完好的 manifest.json，无法确认报告是否改过；以下按生成时的内容。"


def _lines(title: str, asked: str, answers: list[Answer], in_full: bool) -> Iterator[str]:
    """Answer in lines: each place in turn, then how many numbers only name or point to something, then the state of the files."""
    from analysis.publishing.tracing.trace_file import FIGURES

    shown = sorted((answer for answer in answers if in_full or answer.number["class"] in FIGURES), key=_rank)
    if not in_full and any(not _rank(answer)[1] for answer in shown):
        shown = [answer for answer in shown if not _rank(answer)[1]]
    yield from _wrapped(title, "")
    yield f"“{asked.strip()}”：{len(answers)}个数字" + (f"，以下说明{len(shown)}个：" if shown else "。")
    for position, (_, same) in enumerate(groupby(shown, key=lambda answer: answer.number["passage"]), start=1):
        yield ""
        yield from _entry(position, list(same), in_full)
    yield from _counted([answer for answer in answers if answer not in shown], in_full)
    yield ""
    yield _state(answers)


def _rank(answer: Answer) -> tuple[bool, bool]:
    """Put sentences and tables before charts, and last the words that describe a chart to those who can't see it."""
    passage = answer.passage
    return passage["kind"].startswith("图"), passage.get("where", "").endswith("图示文字")


def _counted(answers: list[Answer], in_full: bool) -> Iterator[str]:
    """Count numbers that are not figures, by what they are, with the origin of the first."""
    if answers:
        yield ""
    ordered = sorted(answers, key=lambda answer: answer.number["class"])
    for kind, same in groupby(ordered, key=lambda answer: answer.number["class"]):
        group = list(same)
        yield f"另有{len(group)}个是{kind}（--long 逐个列出），如{group[0].number.get('name', '')}："
        yield from _sources(list(group[0].sources[:1]), in_full)


def _entry(position: int, answers: list[Answer], in_full: bool) -> Iterator[str]:
    """Put one sentence or cell in lines: where, its words, and for each number what it is and what it comes from."""
    passage, numbers = answers[0].passage, [answer.number for answer in answers]
    yield from _wrapped(" › ".join(passage.get("section", [])[1:]) or "封面", f"{position}. ", "   ")
    where = passage.get("where", "") or passage["kind"]
    row = f"〔{passage['row']}〕" if passage.get("row") and passage["row"] != passage["text"] else ""
    yield from _wrapped(f"{where}{row}：{_emphasised(passage['text'], numbers)}", "   ")
    for answer in answers:
        yield from _explained(answer, in_full, several=len(answers) > 1)


def _explained(answer: Answer, in_full: bool, *, several: bool) -> Iterator[str]:
    number = answer.number
    name = number.get("name", "")
    lead = f"【{number['text']}】" if several else ""
    words = name if number["class"] == _COMPUTED[0] else f"{number['class']}{f'，{name}' if name else ''}"
    yield from _wrapped(f"{lead}{words}", "   是什么：", "           ")
    sources: list[Source] = list(answer.sources)
    others: list[Source] = []
    if number["class"] in _COMPUTED:
        plain = "见所列数据行" if number["class"] == _COMPUTED[-1] else "原数，未经计算"
        yield from _wrapped(number.get("formula", "") or plain, "   算法：　", "           ")
        if not number.get("formula"):
            sources, others = _holding(number["text"], sources)
    if sources:
        yield "   出自："
        yield from _sources(sources, in_full)
        labels = "、".join(dict.fromkeys(source.label for source in others))
        yield from _wrapped(f"同时引用：{_cut(labels, in_full)}", "     ") if labels else ()
    else:
        yield "   出自：　本报告没有记下它的出处"


def _holding(text: str, sources: list[Source]) -> tuple[list[Source], list[Source]]:
    """Part the places whose line holds a number as deposited from those cited along with it; all of them where none does."""
    from analysis.publishing.tracing.questions import holds

    held = [source for source in sources if holds(source.place.get("text", ""), text)]
    return (held, [source for source in sources if source not in held]) if held else (sources, [])


def _emphasised(text: str, numbers: list[dict[str, Any]]) -> str:
    """Put 【】 around numbers in their sentence."""
    for number in reversed(numbers):
        start, words = number["start"], number["text"]
        text = f"{text[:start]}【{words}】{text[start + len(words) :]}"
    return text


def _sources(sources: list[Source], in_full: bool) -> Iterator[str]:
    """List places by their file, which comes with its hash and whether it still reads so; single lines before whole files."""
    ordered = sorted(sources, key=lambda source: not source.place.get("line"))
    kept = ordered if in_full else ordered[:_MOST_SOURCES]
    for file, same in groupby(kept, key=lambda source: (source.place.get("file", ""), source.state)):
        group = list(same)
        if file[0]:
            digest = group[0].place.get("sha256", "")
            yield from _wrapped(file[0], "     ")
            yield f"       sha256 {digest if in_full else digest[:12]}　{group[0].state}"
        for source in group:
            yield from _place(source, in_full)
    if len(sources) > len(kept):
        yield f"     等{len(sources)}处，用 --long 全部列出"


def _place(source: Source, in_full: bool) -> Iterator[str]:
    place = source.place
    line = f"第{place['line']}行" if place.get("line") else ""
    line = f"：{line}" if line and not source.label.endswith(f" {line}") else ""
    yield from _wrapped(f"〔{place['kind']}〕{source.label}{line}", "       ", "         ")
    for words in source.words:
        yield from _wrapped(words, "         ｜ ")
    if source.now:
        yield from _wrapped(source.now, "         ！ ")
    if place.get("formula"):
        yield from _wrapped(f"算式：{place['formula']}", "         ")
    if place.get("basis"):
        yield from _wrapped(f"依据：{_cut(place['basis'], in_full)}", "         ")


def _cut(words: str, in_full: bool) -> str:
    """Cut a long list of rows, unless it is asked for."""
    return words if in_full or len(words) <= _LONGEST_BASIS else f"{words[:_LONGEST_BASIS]}…"


def _each_once(answers: list[Answer]) -> list[Source]:
    return list({(source.label, source.place.get("line")): source for answer in answers for source in answer.sources}.values())


def _state(answers: list[Answer]) -> str:
    """Say of all files together whether they still read as they did."""
    from analysis.publishing.tracing.places import CHANGED, GONE

    sources = _each_once(answers)
    files = {source.place["file"]: source.state for source in sources if source.place.get("file")}
    bad = {file: state for file, state in files.items() if state in (CHANGED, GONE)}
    if not bad:
        return f"所涉{len(files)}个文件与报告生成时一致。" if files else "没有涉及文件。"
    return "！与报告生成时不一致：" + "；".join(f"{file} {state}" for file, state in bad.items())


def _wrapped(text: str, first: str, other: str | None = None) -> Iterator[str]:
    """Break text into lines of the terminal's width.

    Args:
        text: one or more lines of words.
        first, other: what the first line, and every other, begins with.
    """
    start, line = first, ""
    for piece in _PIECES.findall(" ".join(text.split("\n"))):
        if line and _columns(start + line + piece.rstrip(_CLOSING)) > _WIDTH:
            yield f"{start}{line}".rstrip()
            start, line = (first if other is None else other), ""
        line += piece
    yield f"{start}{line}"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
