"""The ``assumptions`` command: the assumption ledger in a terminal."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from analysis.publishing.assess_commands import csv_target, write_csv
from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import ILLUSTRATIVE, UNVERIFIED

if TYPE_CHECKING:
    from analysis.archive.assumptions import Assumption

_WIDTH = 100  # columns of a terminal; a Han character takes two


@click.command(cls=ChineseCommand)
@click.option("--group", default="", metavar="组", help="只列一组，如 ageing（台账的文件名）")
@click.option("--red", is_flag=True, help="只列证据、影响都为红的")
@click.option("--uncited", is_flag=True, help="只列没有出处的（示意参数），不能写进报告")
@click.option("--out", default="", metavar="文件.csv", help="另存为 CSV 文件，含定义、理由、出处全文")
def assumptions(group: str, red: bool, uncited: bool, out: str) -> None:
    """列出假设台账：取值范围、证据与影响评级、出处；证据弱而影响大的在前。"""
    from analysis.archive.assumptions import assumption_table, load_assumption

    target = csv_target(out) if out else None
    table = assumption_table()
    groups = sorted(table["group"].unique())
    if group and group not in groups:
        raise InputError.single(f"--group {group}", "没有该组", "、".join(groups), "改用其中一组")
    if group:
        table = table[table["group"] == group]
    if red:
        table = table[table["red_red"]]
    if uncited:
        table = table[table["mark"] == ILLUSTRATIVE]
    for id in table["id"]:
        for line in _entry(load_assumption(id)):
            click.echo(line)
    marks = table["mark"].value_counts()
    words = [f"{len(table)}条假设", f"红红{int(table['red_red'].sum())}条"]
    words += [f"{mark}{marks.get(mark, 0)}条" for mark in (UNVERIFIED, ILLUSTRATIVE)]
    click.echo("，".join(words))
    if target:
        flags = table["red_red"].map({True: "true", False: "false"})
        write_csv(table.assign(red_red=flags), target)
        click.echo(f"→ {target}")


def _entry(item: Assumption) -> list[str]:
    """Put an entry in two lines: what it is, with its range; its ratings and where it comes from."""
    from analysis.archive.assumptions import RATING_WORDS
    from analysis.presentation.assumption_document import range_words

    ratings = f"    质量{RATING_WORDS[item.quality]} 影响{RATING_WORDS[item.impact]}"
    mark = f"〔{item.mark}〕" if item.mark else ""
    source = item.citation.text if item.citation else "没有出处"
    return [f"{item.id} {item.name}：{range_words(item)}", _fitted(f"{ratings} {mark}{source}")]


def _fitted(text: str) -> str:
    """Cut a line to the terminal's width; … tells that more stands in the CSV file and in docs/assumptions.md."""
    widths = [2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text]
    if sum(widths) <= _WIDTH:
        return text
    room = _WIDTH - 2  # for the …
    kept = next(length for length in range(len(text), 0, -1) if sum(widths[:length]) <= room)
    return f"{text[:kept]}…"
