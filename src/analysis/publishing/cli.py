"""The ``minzheng`` command."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import click

from analysis.publishing import chinese_click
from analysis.publishing.assess_commands import assess, compare, csv_target, write_csv
from analysis.publishing.assumption_commands import assumptions
from analysis.publishing.chinese_click import ChineseGroup
from analysis.publishing.forecast_commands import forecasts
from analysis.publishing.monitoring_commands import check, deposit, template
from analysis.publishing.plan_commands import new, seal
from analysis.publishing.report_commands import report
from analysis.publishing.trace_commands import trace
from analysis.publishing.trend_commands import forecast
from analysis.publishing.verify_commands import verify
from analysis.vocabulary.errors import InputError, ReportFailedError

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENOENT: "找不到",
}


@click.group(cls=ChineseGroup)
def minzheng() -> None:
    """民政事业规划评估：读取规划文本、核对数字、生成评估报告。"""


@minzheng.command()
@click.argument("plan", metavar="规划全文.txt")
@click.option("--out", required=True, metavar="文件夹", help="写入四个 CSV 的文件夹")
@click.option(
    "--boxes", default="", metavar="名称", help="只读部分专栏，逗号分隔（achieved_indicators、statistics、planned_indicators、projects）"
)
def ingest(plan: str, out: str, boxes: str) -> None:
    """从规划全文读出专栏1—4，写成 CSV；有一处放不到位就不写任何文件。"""
    from analysis.intake.plan_text import ALL_BOXES, read_plan_text, write_tables

    wanted = tuple(name.strip() for name in boxes.split(",") if name.strip()) or ALL_BOXES
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise InputError.single(f"--out {out}", "不是文件夹", "文件夹", "换一个位置")
    tables = read_plan_text(Path(plan), wanted)
    for path in write_tables(tables, folder, wanted):
        rows = len(tables.rows(path.stem))
        click.echo(f"{tables.labels[path.stem]}：{rows}行 → {path}")
    for note in tables.notes:
        click.echo(f"表下附注：{note}")


@minzheng.command()
def data() -> None:
    """由 data/raw 重建 data/processed、数据字典和假设台账文档。"""
    from analysis.observations.build import build, data_dictionary
    from analysis.presentation.assumption_document import assumption_document
    from analysis.vocabulary import paths

    paths.docs().mkdir(exist_ok=True)
    for path in build():
        click.echo(f"已写 {path.relative_to(paths.home())}")
    for name, document in (("data-dictionary.md", data_dictionary()), ("assumptions.md", assumption_document())):
        path = paths.docs() / name
        path.write_text(document, encoding="utf-8")
        click.echo(f"已写 {path.relative_to(paths.home())}")


@minzheng.command()
@click.option("--out", required=True, metavar="文件.csv", help="写入核对结果的 CSV 文件")
def audit(out: str) -> None:
    """核对本库所存规划的数字：每行一项，印制、复算、差额、结论、算式。"""
    from analysis.audit.source_audit import audit_summary, figure_checks, source_audit

    target = csv_target(out)
    checks = source_audit()
    write_csv(checks, target)
    total = audit_summary(figure_checks(checks)).loc["合计"]
    words = len(checks) - int(total["合计"])
    click.echo(
        "数字核对：" + "，".join(f"{verdict}{count}项" for verdict, count in total.items()) + f"；文字与名称问题{words}处 → {target}"
    )


for command in (report, assess, compare, template, check, deposit, forecast, forecasts, assumptions, trace):
    minzheng.add_command(command)
minzheng.add_command(new)
minzheng.add_command(seal)
minzheng.add_command(verify)


def main() -> None:
    """Run the command line: 2 for bad input, 1 for a failed report."""
    try:
        chinese_click.run(minzheng)
    except InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except ReportFailedError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        click.echo(f"无法读写 {error.filename or ''}：{reason}。原有文件未受影响。", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        click.echo("已中断，未改动原有文件。", err=True)
        sys.exit(130)
