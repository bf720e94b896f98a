"""The ``forecasts`` commands: keep what a report forecast, and score it when the year has come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pydantic

from analysis.publishing.assess_commands import csv_target, write_csv
from analysis.publishing.chinese_click import ChineseGroup
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import DEMONSTRATION, file_name

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.rescoring import Totals

_CONSTANTS = "analysis/parameters/trend.yml"  # below src in a manifest, unless the package lies outside the repository
_UNPINNED = ("", "latest")


class _Parameters(pydantic.BaseModel):
    plan: str
    as_of_year: int
    monitoring_edition: str
    public_edition: str
    targets_edition: str


class _Manifest(pydantic.BaseModel):
    """What recording needs of a report's manifest.json."""

    parameters: _Parameters
    inputs: dict[str, str]
    outputs: dict[str, str]

    @property
    def constants(self) -> str:
        """SHA-256 of the trend model's constants; empty where the report has none among its inputs."""
        return next((digest for name, digest in self.inputs.items() if name in (_CONSTANTS, f"src/{_CONSTANTS}")), "")


@click.group(cls=ChineseGroup)
def forecasts() -> None:
    """推算台账：登记报告公布的推算，到期后对照实际数值评分。"""


@forecasts.command()
@click.argument("run", metavar="报告")
def record(run: str) -> None:
    """把一份报告的推算登记到 data/forecasts；只增不改，相同的不重复登记。"""
    from analysis.archive.forecast_rows import EDITIONS, read_published
    from analysis.archive.forecasts import Provenance, append_entries, ledger_path, new_entries, read_ledger
    from analysis.archive.plans import load_plan

    folder = _run_folder(run)
    manifest = _manifest(folder)
    given = manifest.parameters
    demonstration = load_plan(given.plan).header.demonstration
    published = read_published(_forecast_file(folder, manifest, demonstration), demonstration=demonstration)
    _check_own(published, folder.name, given)
    editions = {name: getattr(given, name) for name in EDITIONS}
    entries = new_entries(read_ledger(given.plan), published, Provenance(folder.name, **editions, constants=manifest.constants))
    known = len(published) - len(entries)
    notes = [f"登记{len(entries)}条推算"] if len(entries) else ["没有新的推算可登记"]
    if known:
        notes.append(f"{known}条早已登记，未重复登记")
    if len(entries):
        append_entries(given.plan, entries)
    mark = f"{DEMONSTRATION}：" if demonstration else ""
    click.echo(f"{mark}{folder.name}：{'，'.join(notes)} → {ledger_path(given.plan).relative_to(paths.home())}")


@forecasts.command()
@click.option("--plan", required=True, metavar="规划", help="规划标识，如 demo-14")
@click.option("--edition", default="latest", metavar="版本", help="监测数据用到哪个版本；不写则用全部")
@click.option("--out", default="", metavar="文件.csv", help="另存为 CSV 文件，每条推算一行")
def score(plan: str, edition: str, out: str) -> None:
    """对照已到期的推算与实际数值：是否落入区间、区间评分、达标与否、布里尔分。"""
    from analysis.archive.forecast_rows import MARK, typed
    from analysis.archive.forecasts import ledger_path, read_ledger
    from analysis.archive.plans import load_plan
    from analysis.assessment.rescoring import rescore, totals
    from analysis.observations.monitoring import load_monitoring

    target = csv_target(out) if out else None
    demonstration = load_plan(plan).header.demonstration
    ledger = read_ledger(plan)
    if ledger.empty:
        where = str(ledger_path(plan).relative_to(paths.home()))
        raise InputError.single(where, "还没有登记过推算", "至少一条", "先用 minzheng forecasts record 登记一份中期报告")
    if target and target.exists() and ledger_path(plan).samefile(target):
        raise InputError.single(f"--out {out}", "就是推算台账本身", "另一个文件名", "换一个文件名，以免盖掉台账")
    monitoring = load_monitoring(plan, edition)
    scores = rescore(typed(ledger), monitoring.readings)
    version = monitoring.edition or "无（只有公开数据）"
    methods = "、".join(scores["method"].unique())
    click.echo((f"{DEMONSTRATION}：" if demonstration else "") + f"规划 {plan}，监测数据版本 {version}；推算方法：{methods}")
    for row in scores.to_dict("records"):
        click.echo(f"- {_told(row)}")
    click.echo(_total_words(totals(scores)))
    if target:
        if demonstration:
            scores.insert(0, MARK, DEMONSTRATION)
        flags = {name: scores[name].map({True: "true", False: "false"}).fillna("") for name in ("in_80", "in_95", "happened")}
        write_csv(scores.assign(**flags), target)
        click.echo(f"→ {target}")


def _run_folder(run: str) -> Path:
    """Return a report's folder, given by its name under ``reports/`` or by its path."""
    folder = next((path for path in (paths.reports() / run, Path(run)) if (path / "manifest.json").is_file()), None)
    if folder is None:
        known = sorted(path.parent.name for path in paths.reports().glob("*/manifest.json"))
        expected = "、".join(known) or "reports/ 下的报告名"
        raise InputError.single(f"报告 {run}", "没有这份报告", expected, "先运行 minzheng report，或给出文件夹")
    return folder.resolve()


def _manifest(folder: Path) -> _Manifest:
    """Read what the report was made from; editions are dates or none, and the model's constants are among the inputs."""
    where, action = f"报告 {folder.name}/manifest.json", "重新运行 minzheng report midterm"
    try:
        manifest = _Manifest.model_validate(json.loads((folder / "manifest.json").read_text(encoding="utf-8")))
    except (pydantic.ValidationError, ValueError) as error:
        raise InputError.single(where, "不是由监测数据评估得出的报告，或内容不完整", "中期报告的 manifest.json", action) from error
    given = manifest.parameters
    problems = [
        Problem(f"{where} {name}", getattr(given, name) or "空", "固定的数据版本或 none", "在报告参数中写明版本，重新生成报告")
        for name in ("monitoring_edition", "public_edition", "targets_edition")
        if getattr(given, name) in _UNPINNED
    ]
    if not manifest.constants:
        problems.append(Problem(f"{where} inputs", f"没有 src/{_CONSTANTS}", "趋势模型常数的 sha256", action))
    if problems:
        raise InputError(problems)
    return manifest


def _forecast_file(folder: Path, manifest: _Manifest, demonstration: bool) -> Path:
    """Return the report's forecasts, unchanged since it was made."""
    from analysis.archive.sources import sha256_of

    name = file_name("forecasts.csv", demonstration=demonstration)
    path = folder / name
    where = f"报告 {folder.name}"
    if not path.is_file():
        raise InputError.single(where, f"没有 {name}", "带有推算的中期报告", "重新运行 minzheng report midterm；终期报告没有推算")
    if manifest.outputs.get(name) != sha256_of(path):
        raise InputError.single(f"{where}/{name}", "与 manifest.json 登记的 sha256 不符", "报告生成时的原样", "重新运行 minzheng report")
    return path


def _check_own(published: pd.DataFrame, run: str, given: _Parameters) -> None:
    """Refuse forecasts of another plan or evaluation year than the report's."""
    wanted = {"plan": given.plan, "made_in": str(given.as_of_year)}
    problems = [
        Problem(f"报告 {run} 推算的{name}列", "、".join(sorted(others)), expected, "重新运行 minzheng report")
        for name, expected in wanted.items()
        if (others := set(published[name]) - {expected})
    ]
    if problems:
        raise InputError(problems)


def _told(row: dict[str, Any]) -> str:
    """Put one forecast and its outcome in a line."""
    from analysis.archive.chances import load_chance_words
    from analysis.assessment.rescoring import SCORED
    from analysis.presentation.wording import number, percent, projected

    point, low, high = (projected(row[name], row["last_value"]) for name in ("point", "low_80", "high_80"))
    chance = percent(load_chance_words().shown(row["chance"]), 0)
    part = f"（{row['part']}）" if row["part"] else ""
    told = f"指标{row['indicator_id']} {row['name']}{part}：据{row['first_year']}—{row['data_year']}年{row['n']}个数推算"
    told += f"{row['target_year']}年{point}{row['unit']}（80%区间{low}～{high}），达标把握{chance}"
    if row["state"] != SCORED:
        return f"{told}；{row['state']}"
    place = "落入80%区间" if row["in_80"] else "落入95%区间、在80%区间外" if row["in_95"] else "在95%区间外"
    doubts = "、".join(word for word in (row["reliability"], row["data_status"] if row["data_status"] != "正式" else "") if word)
    met = "达标" if row["happened"] else "未达标"
    actual = number(row["outcome"], 2) + (f"（{doubts}）" if doubts else "")
    return f"{told}；实际{actual}，{place}，{met}，布里尔分{number(row['brier'], 3, keep_zeros=True)}"


def _total_words(total: Totals) -> str:
    from analysis.presentation.wording import number, percent

    words = [f"台账{total.rows}条推算，{total.scored}条已对照"]
    if total.scored:
        words.append(f"实际落入80%区间{total.in_80}条（{percent(total.in_80 / total.scored)}）")
        words.append(f"落入95%区间{total.in_95}条（{percent(total.in_95 / total.scored)}）")
        words.append(f"达标{total.happened}条")
        words.append(f"平均布里尔分{number(total.mean_brier, 3, keep_zeros=True)}（0最好，一律说50%为0.25）")
    words += [f"未到期{total.not_due}条"]
    words += [f"到期而缺少同口径数值{total.unknown}条"] if total.unknown else []
    return "，".join(words)
