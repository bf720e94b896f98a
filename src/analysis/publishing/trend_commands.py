"""The ``forecast`` command: trends of a file of yearly series."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.publishing.assess_commands import csv_target, write_csv
from analysis.publishing.chinese_click import ChineseCommand
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

MOST_TRIED = 200  # long series whose back-tests are run; each takes about a second


@click.command(cls=ChineseCommand)
@click.option("--series", "source", required=True, metavar="文件.csv", help="每行一年，列名 series,year,value（或 序列,年份,数值）")
@click.option("--to", "to_year", required=True, type=int, metavar="年份", help="推算到哪一年，最远为末个数据年份之后15年")
@click.option("--out", required=True, metavar="文件.csv", help="写入推算结果的 CSV 文件")
def forecast(source: str, to_year: int, out: str) -> None:
    """推算短年度序列：两点只列情景，三点起给中值、区间和达标把握；文件有任何问题都不写。

    可选的列：kind 类别，level 水平（不写即是）、percent 百分数（0至100，填45不填0.45）、count 个数、smooth 人口类平滑存量；
    target 目标值；direction 方向，higher 越高越好（不写即是）、lower 越低越好；panel 同一指标的多个区县填同一名称，10个以上互相参照。

    结果的列：point 中值，low_80 至 high_95 区间两端，chance 当年达到目标的可能性，method 方法，n 点数。
    """
    from analysis.intake.series_file import read_series_file
    from analysis.models.trend import forecast as forecast_series
    from analysis.models.trend.candidates import FEWEST_POINTS

    target, path = csv_target(out), Path(source)
    if target.exists() and path.exists() and target.samefile(path):
        raise InputError.single(f"--out {out}", "就是序列文件本身", "另一个文件名", "换一个文件名，以免盖掉数据")
    file = read_series_file(path)
    many = int((file.table["series"].value_counts() >= FEWEST_POINTS).sum())
    try:
        table = forecast_series(file.table, to_year, admit=many <= MOST_TRIED, where=f"文件 {path.name}")
    except InputError as error:
        raise InputError([*file.problems, *error.problems]) from error
    if file.problems:
        raise InputError(file.problems)
    write_csv(table.astype({"method": "object"}), target)
    series = table.drop_duplicates("series")
    few = int((series["n"] < 3).sum())
    notes = [f"{len(series)}个序列推算到{to_year}年"]
    if few:
        notes.append(f"其中{few}个不足3点，只列情景，没有区间和把握")
    admitted = int(series["method"].astype(str).str.endswith("（回测通过）").sum())
    if admitted:
        notes.append(f"{admitted}个用自身回测通过的模型")
    if many > MOST_TRIED:
        click.echo(f"注意：{many}个长序列超过{MOST_TRIED}个，不逐个回测其他模型，一律用趋势模型；要试的分成几个文件", err=True)
    for name in _fractions(file.table):
        click.echo(f"注意：{name}的数值和目标都不超过1，若是比例，请乘以100，kind 填 percent", err=True)
    click.echo("，".join(notes) + f" → {target}")


def _fractions(table: pd.DataFrame) -> list[str]:
    """Name the series that look like shares written as fractions: some figure strictly between 0 and 1, none above 1."""
    import pandas as pd

    values = pd.to_numeric(table["value"], errors="coerce")
    targets = pd.to_numeric(table["target"], errors="coerce") if "target" in table else values
    highest = pd.concat([values, targets], axis=1).max(axis=1).groupby(table["series"], sort=False).max()
    inside = values.between(0, 1, inclusive="neither").groupby(table["series"], sort=False).any()
    return [str(name) for name in highest.index[(highest <= 1) & inside]][:10]
