"""The ``minzheng`` command."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

import click

from analysis.publishing import chinese_click
from analysis.publishing.chinese_click import ChineseGroup
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
    """由 data/raw 重建 data/processed 与数据字典。"""
    from analysis.observations.build import build, data_dictionary
    from analysis.vocabulary import paths

    paths.docs().mkdir(exist_ok=True)
    for path in build():
        click.echo(f"已写 {path.relative_to(paths.home())}")
    dictionary = paths.docs() / "data-dictionary.md"
    dictionary.write_text(data_dictionary(), encoding="utf-8")
    click.echo(f"已写 {dictionary.relative_to(paths.home())}")


@minzheng.command()
@click.option("--out", required=True, metavar="文件.csv", help="写入核对结果的 CSV 文件")
def audit(out: str) -> None:
    """核对本库所存规划的数字：每行一项，印制、复算、差额、结论、算式。"""
    from analysis.audit.source_audit import audit_summary, figure_checks, source_audit

    target = Path(out)
    if target.suffix.lower() != ".csv" or target.is_dir() or not target.parent.is_dir():
        raise InputError.single(f"--out {out}", "不是可写的 CSV 文件位置", "已有文件夹中的一个 .csv 文件名", "换一个文件名或位置")
    checks = source_audit()
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".audit-", suffix=".csv")
    with open(handle, "w", encoding="utf-8-sig", newline="") as file:  # BOM: spreadsheet programs take it for UTF-8
        checks.to_csv(file, index=False, lineterminator="\n")
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)
    total = audit_summary(figure_checks(checks)).loc["合计"]
    words = len(checks) - int(total["合计"])
    click.echo(
        "数字核对：" + "，".join(f"{verdict}{count}项" for verdict, count in total.items()) + f"；文字与名称问题{words}处 → {target}"
    )


@minzheng.group()
def report() -> None:
    """运行报告笔记本，生成网页、图、判定表和清单。"""


@report.command()
@click.option("--plan", required=True, metavar="规划", help="规划标识，如 yuexiu-13")
@click.option("--as-of", type=int, default=None, metavar="年份", help="评估年份；只有一个时可省略")
@click.option("--set", "settings", multiple=True, metavar="名称=值", help="改写一个笔记本参数，可重复")
def final(plan: str, as_of: int | None, settings: tuple[str, ...]) -> None:
    """终期评估报告。"""
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
    click.echo(f"报告已生成：{folder / 'report.html'}")


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
