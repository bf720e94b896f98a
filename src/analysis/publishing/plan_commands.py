"""Commands that begin a plan: ``new`` writes its scaffold, ``seal`` vouches for what was filled in."""

from __future__ import annotations

import click

from analysis.publishing.chinese_click import ChineseCommand


@click.command(cls=ChineseCommand)
@click.argument("district", metavar="区县名称")
@click.option("--plan", "number", required=True, type=int, metavar="序数", help="第几个五年规划，14即“十四五”（2021—2025年）")
@click.option("--id", default="", metavar="标识", help="规划标识，如 tianhe-14；不写则由区县名称的拼音得出（多音字可能读错，请核对）")
@click.option("--city", default="", metavar="城市", help="所属城市，如 广州市；写入报告中的地名")
@click.option("--edition", default="", metavar="日期", help="规划的公布日期（YYYY-MM-DD），作存档版本；不写则为今天")
def new(district: str, number: int, id: str, city: str, edition: str) -> None:
    """为另一区县的规划建立定义、目标表和报告参数的样稿，不必写代码。"""
    from analysis.publishing.new_plan import requested, write_scaffold
    from analysis.vocabulary import paths

    plan = requested(district, number, id=id, city=city, edition=edition)
    for path in write_scaffold(plan):
        click.echo(f"已写 {path.relative_to(paths.home())}")
    words = plan.words()
    click.echo("下一步：")
    click.echo(
        f"1. 照规划的指标表填写 data/raw/{plan.id}-plan/{plan.edition}/targets.csv，替换全部示例行；同一文件夹的 source.yml 照原件改正"
    )
    click.echo(f"2. 照各文件开头的说明，把 plans/{plan.id} 里的示例改为本规划的指标、背景数据和任务")
    click.echo(f"3. 登记目标表：minzheng seal {plan.id}-plan")
    click.echo(f"4. 生成监测表：minzheng template {plan.id} --out 监测表.xlsx，填好后用 minzheng check 监测表.xlsx --plan {plan.id} 检查")
    click.echo(f"5. 监测表存档：minzheng deposit 监测表.xlsx --plan {plan.id} --edition 公布日期")
    click.echo(f"6. 生成报告：minzheng report midterm --plan {plan.id} --as-of {words['middle']}")


@click.command(cls=ChineseCommand)
@click.argument("source", metavar="来源")
@click.option("--edition", default="latest", metavar="版本", help="版本文件夹；不写则为最新版本")
def seal(source: str, edition: str) -> None:
    """登记一份待登记的存档：把各文件的 sha256 写入 source.yml；登记过的不再登记。"""
    from analysis.archive import sources
    from analysis.publishing.new_plan import example_rows_in

    sealed = sources.seal(source, edition)
    deposit = sources.load_deposit(source, edition)
    for name in sealed:
        click.echo(f"已登记 data/raw/{source}/{deposit.edition}/{name}")
    for name in example_rows_in(deposit.folder):
        click.echo(f"注意：{name} 仍有示例行，不要据此出报告；替换后存为新版本文件夹，再登记。")
