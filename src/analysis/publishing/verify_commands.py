"""The command that makes a report again and compares: ``verify``."""

from __future__ import annotations

import sys

import click

from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError, ReportFailedError


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="报告文件夹")
def verify(folder: str) -> None:
    """照清单重新生成一份报告，逐字节比较；不改动报告文件夹。

    先列 Word 中不同的句子，再列表格和数据，图、PDF、网页只报个数。一致时退出码为 0，不一致为 1，文件夹或清单不能用为 2。
    """
    from analysis.publishing.verification import changed_since, made_again, recorded, report_folder, shown

    place = report_folder(folder)
    report, state = recorded(place)
    changed = changed_since(report)
    for line in changed:
        click.echo(line)
    if not changed:
        click.echo("输入、代码和依赖版本：与生成时相同")
    for reason in state.reasons():
        click.echo(reason)
    try:
        result = made_again(place, report, progress=sys.stderr.isatty())
    except (InputError, ReportFailedError) as error:
        click.echo(f"不能重新生成：{error}", err=True)
        sys.exit(1)
    for line in result.inputs:
        click.echo(line)
    for line in shown(result.differences):
        click.echo(line)
    if result.differences:
        click.echo(f"重新生成的结果：{result.compared}个文件中{len(result.differences)}个不一致")
        sys.exit(1)
    click.echo(f"重新生成的结果：{result.compared}个文件全部一致" + ("（以清单为准；人工修改不影响复现）" if state.edited else ""))
