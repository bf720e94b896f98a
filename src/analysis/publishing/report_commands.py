"""Commands that write reports: ``report midterm`` and ``report final``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from analysis.publishing.chinese_click import ChineseGroup
from analysis.vocabulary.errors import InputError

_FILES = (("report.docx", "Word"), ("report.pdf", "PDF"), ("report.xlsx", "Excel"), ("report.html", "网页"))


@click.group(cls=ChineseGroup)
def report() -> None:
    """运行报告笔记本，生成 Word、PDF、Excel、网页四种报告，以及图、数据表和清单。

    报告放在 reports/ 下以规划、种类和年份命名的文件夹；改过的报告不会被覆盖。
    """


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--set", "settings", multiple=True, metavar="名称=值", help="改写一个笔记本参数，可重复"),
        click.option("--as-of", type=int, default=None, metavar="年份", help="评估年份；只有一个时可省略"),
        click.option("--plan", required=True, metavar="规划", help="规划标识，如 yuexiu-14"),
    ):
        command = option(command)
    return command


@report.command()
@_options
def midterm(plan: str, as_of: int | None, settings: tuple[str, ...]) -> None:
    """中期评估报告：生成 Word、PDF、Excel、网页四种文件。"""
    _run("midterm", plan, as_of, settings)


@report.command()
@_options
def final(plan: str, as_of: int | None, settings: tuple[str, ...]) -> None:
    """终期评估报告：生成 Word、PDF、Excel、网页四种文件。"""
    _run("final", plan, as_of, settings)


def _run(kind: str, plan: str, as_of: int | None, settings: tuple[str, ...]) -> None:
    from analysis.publishing.requests import find_run
    from analysis.publishing.runner import run_report

    overrides: dict[str, str] = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise InputError.single(f"--set {setting}", "没有等号", "名称=值", "如 --set include_audit=false")
        if name.strip() in overrides:
            raise InputError.single(f"--set {name.strip()}", "出现两次", "每个参数一次", "留下要用的一个")
        overrides[name.strip()] = value.strip()
    folder = run_report(find_run(kind, plan, as_of), overrides)
    made = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for problem in made["wording"]:
        click.echo(f"文字请核对：{problem}", err=True)
    if "comparison" in made:
        first = made["comparison"]
        for kept in (first, *first["others"]):
            click.echo(f"改过的报告 {folder.parent / kept['kept']} 已原样保留：")
            for reason in kept["reasons"]:
                click.echo(f"  {reason}")
        click.echo(f"新报告另存于：{folder}；改动对照见 {folder / 'changes.html'}")
    click.echo(f"报告已生成：{folder}")
    for file, what in _FILES:
        if (folder / file).is_file():
            click.echo(f"  {what}：{file}")
