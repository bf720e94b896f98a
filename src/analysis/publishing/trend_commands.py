"""The ``forecast`` command: trends of a file of yearly series."""

from __future__ import annotations

from pathlib import Path

import click

from analysis.publishing.assess_commands import csv_target, write_csv
from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError


@click.command(cls=ChineseCommand)
@click.option("--series", "source", required=True, metavar="文件.csv", help="每行一点：series,year,value，可有 kind,target,direction,panel")
@click.option("--to", "to_year", required=True, type=int, metavar="年份", help="推算到哪一年，最远为末个数据年份之后15年")
@click.option("--out", required=True, metavar="文件.csv", help="写入推算结果的 CSV 文件")
def forecast(source: str, to_year: int, out: str) -> None:
    """推算短年度序列：两点只列情景，三点起给中值、区间和达标把握；文件有任何问题都不写。"""
    from analysis.intake.series_file import read_series_file
    from analysis.models.trend import forecast as forecast_series

    target, path = csv_target(out), Path(source)
    if target.exists() and path.exists() and target.samefile(path):
        raise InputError.single(f"--out {out}", "就是序列文件本身", "另一个文件名", "换一个文件名，以免盖掉数据")
    table = forecast_series(read_series_file(path), to_year, where=f"文件 {path.name}")
    write_csv(table.astype({"method": "object"}), target)
    series = table.drop_duplicates("series")
    few = int((series["n"] < 3).sum())
    notes = [f"{len(series)}个序列推算到{to_year}年"]
    if few:
        notes.append(f"其中{few}个不足3点，只列情景，没有区间和把握")
    admitted = int(series["method"].astype(str).str.endswith("（回测通过）").sum())
    if admitted:
        notes.append(f"{admitted}个用自身回测通过的模型")
    click.echo("，".join(notes) + f" → {target}")
