"""The commands for monitoring data: write the form, check a filled one, put it into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    from analysis.archive.forms import MonitoringForm
    from analysis.intake.monitoring.reading import MonitoringFile

DEFAULT_PLAN = "yuexiu-14"
_PLAN_HELP = f"规划标识，如 {DEFAULT_PLAN}"


@click.command(cls=ChineseCommand)
@click.argument("plan", metavar="规划")
@click.option("--out", required=True, metavar="文件.xlsx", help="写入的工作簿")
@click.option("--force", is_flag=True, help="覆盖已有的同名文件")
def template(plan: str, out: str, force: bool) -> None:
    """写出监测数据填报表：指标、背景数据、任务台账，附填报说明。"""
    from analysis.observations.monitoring_form import monitoring_form
    from analysis.publishing.monitoring_template import write_template

    target = Path(out)
    if target.suffix.lower() != ".xlsx" or target.is_dir() or not target.parent.is_dir():
        raise InputError.single(f"--out {out}", "不是可写的 XLSX 文件位置", "已有文件夹中的一个 .xlsx 文件名", "换一个文件名或位置")
    if target.exists() and not force:
        raise InputError.single(f"--out {out}", "已有同名文件", "新的文件名", "换一个文件名；确要覆盖（其中填的数会丢失）则加 --force")
    form = monitoring_form(plan)
    write_template(form, target)
    cells = sum(len(form.years_of(row)) for row in form.rows)
    click.echo(f"{form.title}：{len(form.rows)}行指标、背景数据和任务，{cells}项待填 → {target}")


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件")
@click.option("--plan", default="", metavar="规划", help=f"{_PLAN_HELP}；省略时按工作簿自己写明的，没写明则为 {DEFAULT_PLAN}")
def check(file: str, plan: str) -> None:
    """检查填好的监测数据（XLSX 或 CSV）；有问题逐条列出，不写任何文件。"""
    from analysis.intake.monitoring import declared_plan, read_monitoring
    from analysis.observations.monitoring_form import monitoring_form

    path = Path(file)
    form = monitoring_form(plan or declared_plan(path) or DEFAULT_PLAN)
    for line in _summary(read_monitoring(path, form), form):
        click.echo(line)


def _summary(found: MonitoringFile, form: MonitoringForm) -> list[str]:
    """Return what a clean file holds: figures by sheet and year, what is missing, notices."""
    from analysis.archive.forms import SHEETS

    lines = [f"{found.name}：没有错误，共{found.figures}个数（{form.title}）"]
    for kind, title in SHEETS.items():
        rows = form.rows_of(kind)
        if not rows:
            continue
        wanted = {(row.series, row.part, year) for row in rows for year in form.years_of(row)}
        given = {(item.series, item.part, item.year) for item in found.readings if item.has_value} & wanted
        lines.append(f"{title}：应填{len(wanted)}项，已填{len(given)}项，暂缺{len(wanted - given)}项")
        if given:
            years = sorted({year for _, _, year in wanted})
            counts = {year: sum(item[2] == year for item in given) for year in years}
            lines.append("  各年已填：" + "，".join(f"{year}年{count}项" for year, count in counts.items()))
        if kind == "commitment" and len(found.readings) > found.figures:
            lines.append(f"  只有任务状态、没有数值：{len(found.readings) - found.figures}项")
    return lines + [f"提示：{notice}" for notice in found.notices]


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件")
@click.option("--plan", required=True, metavar="规划", help=_PLAN_HELP)
@click.option("--edition", required=True, metavar="年-月-日", help="数据版本：这批数据的报送或公布日期")
@click.option("--issuer", default="", metavar="单位", help="报送单位；省略时取表中唯一的填报单位")
@click.option("--document-number", default="", metavar="文号", help="随附文件的文号")
@click.option("--basis", default="", metavar="依据", help="可以存放和使用的依据")
def deposit(file: str, plan: str, edition: str, issuer: str, document_number: str, basis: str) -> None:
    """检查填好的监测数据，原样存入 data/raw，附档案说明；已有的版本不改动。"""
    from analysis.publishing.monitoring_deposit import Origin, deposit_monitoring

    folder, found = deposit_monitoring(Path(file), plan, edition, Origin(issuer, document_number, basis))
    click.echo(f"已存入 {folder}：{found.name}，{found.figures}个数，sha256 {found.sha256[:12]}…")
    for notice in found.notices:
        click.echo(f"提示：{notice}")
