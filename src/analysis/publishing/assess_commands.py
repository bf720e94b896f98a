"""Commands that judge: ``assess`` a monitoring file, ``compare`` two finished reports."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.presentation.record import plain_text
from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd


@click.command(cls=ChineseCommand)
@click.option("--plan", required=True, metavar="规划", help="规划标识，如 yuexiu-14")
@click.option("--as-of", required=True, type=int, metavar="年份", help="评估年份；规划末年按终期规则判定")
@click.option("--data-year", type=int, default=0, metavar="年份", help="数据年份；不写则为评估年份及以前最近一个有数的年份，终期为末年")
@click.option("--monitoring", required=True, metavar="文件", help="监测数据，XLSX 或 CSV")
@click.option("--edition", default="latest", metavar="版本", help="只用该版本及以前公布的数值；不写则用全部")
@click.option("--out", required=True, metavar="文件.csv", help="写入判定表的 CSV 文件")
def assess(plan: str, as_of: int, data_year: int, monitoring: str, edition: str, out: str) -> None:
    """按监测数据判定每个指标，写成判定表；文件有任何问题都不写。"""
    from analysis.archive.plans import load_plan
    from analysis.assessment.assess import assess as judge
    from analysis.assessment.assess import check_years, latest_data_year
    from analysis.assessment.verdict_rows import verdict_rows
    from analysis.intake.monitoring import read_monitoring
    from analysis.observations.monitoring import pinned, readings_frame
    from analysis.observations.monitoring_form import monitoring_form
    from analysis.observations.targets import load_targets

    target = csv_target(out)
    if target.exists() and Path(monitoring).exists() and target.samefile(monitoring):
        raise InputError.single(f"--out {out}", "就是监测数据文件本身", "另一个文件名", "换一个文件名，以免盖掉填报的数据")
    targets = load_targets(plan)
    first, last = int(targets["base_year"].iloc[0]), int(targets["final_year"].iloc[0])
    check_years(as_of, data_year or as_of, first, last)
    file = read_monitoring(Path(monitoring), monitoring_form(plan))
    readings = pinned(readings_frame(file.readings), edition)
    year = data_year or latest_data_year(readings, as_of, last)
    verdicts = judge(readings, targets, as_of, year)
    rows = verdict_rows(plan, verdicts)
    made_up = file.demonstration_rows > 0 or DEMONSTRATION in file.name
    if load_plan(plan).header.demonstration or made_up:
        rows.insert(1, "mark", DEMONSTRATION)
    write_csv(rows, target)
    for notice in file.notices:
        click.echo(f"注意：{notice}", err=True)
    if not data_year and (fuller := _fuller_year(readings, as_of, year)):
        click.echo(f"注意：{year}年的数少于{fuller}年；要按{fuller}年的数评估，加 --data-year {fuller}", err=True)
    click.echo(f"评估年份{as_of}，数据年份{year}，{_counted(verdicts)} → {target}")


@click.command(cls=ChineseCommand)
@click.argument("run_a", metavar="报告甲")
@click.argument("run_b", metavar="报告乙")
@click.option("--out", default="", metavar="文件.csv", help="另存为 CSV 文件")
def compare(run_a: str, run_b: str, out: str) -> None:
    """比较两份报告：哪些判定变了，各由哪项输入引起。"""
    from analysis.assessment.changes import changed_figures, changed_verdicts
    from analysis.publishing.run_folder import read_run

    target = csv_target(out) if out else None
    before, after = read_run(run_a), read_run(run_b)
    if before.plan != after.plan:
        raise InputError.single(
            "两份报告", f"{before.name}（{before.plan}）、{after.name}（{after.plan}）", "同一规划的两份报告", "换一份报告"
        )
    changes, figures = changed_verdicts(before, after), changed_figures(before, after)
    click.echo(f"{before.name} → {after.name}：数值不同{len(figures)}处，判定改变{len(changes)}行")
    for row in changes.itertuples():
        name = f"指标{row.indicator_id} {row[3]}{f'（{row.part}）' if row.part else ''}"
        click.echo(f"- {name}：{row.status_before} → {row.status_after}；原因：{row.causes}{f'（{row.details}）' if row.details else ''}")
    if target:
        write_csv(changes, target)
        click.echo(f"→ {target}")


def _fuller_year(readings: pd.DataFrame, as_of: int, year: int) -> int | None:
    """Return an earlier year with more indicators' figures than the one judged on; None if there is none."""
    own = readings[readings["series"].str.isdigit() & (readings["year"] <= as_of)]
    counts = own.drop_duplicates(["series", "part", "year"])["year"].value_counts()
    most = int(counts.idxmax()) if len(counts) else year
    return most if most < year and counts[most] > counts.get(year, 0) else None


def _counted(verdicts: pd.DataFrame) -> str:
    from analysis.assessment.statuses import SEVERITY

    counts = verdicts.drop_duplicates("indicator_id")["indicator_status"].value_counts()
    return f"{counts.sum()}项指标：" + "，".join(f"{status}{counts[status]}" for status in SEVERITY if status in counts)


def csv_target(out: str) -> Path:
    """Return where to write a CSV file.

    Raises:
        InputError: not a .csv name in an existing folder.
    """
    target = Path(out)
    if target.suffix.lower() != ".csv" or target.is_dir() or not target.parent.is_dir():
        raise InputError.single(f"--out {out}", "不是可写的 CSV 文件位置", "已有文件夹中的一个 .csv 文件名", "换一个文件名或位置")
    return target


def write_csv(table: pd.DataFrame, target: Path) -> None:
    """Write a table whole or not at all; with a BOM, by which spreadsheet programs know UTF-8."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=".csv")
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:
            plain_text(table).to_csv(file, index=False, lineterminator="\n", float_format="%.10g")
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise
