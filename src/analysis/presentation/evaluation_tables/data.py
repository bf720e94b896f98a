"""Tables of the data themselves: gaps, context series, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.observations.monitoring_form import monitoring_form
from analysis.presentation import wording
from analysis.presentation.charts.coverage import MISSING, figures_by_year
from analysis.presentation.evaluation_tables.cells import level, named, or_dash, table
from analysis.presentation.places import indicator_place, places
from analysis.presentation.tables import Table
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def gaps_table(evaluation: PlanEvaluation) -> Table:
    """Figures that are missing: of which row, for which years, and who fills them in."""
    data = figures_by_year(evaluation)
    missing = data[data["coverage"] == MISSING]
    columns = ("类别", "序号", "数据", "缺少的年份", "填报单位")
    rows, evidence = [], []
    for _, group in missing.groupby(["series", "part"], sort=False):
        first = group.iloc[0]
        rows.append(
            {
                "类别": first["category"],
                "序号": or_dash(first["label"]),
                "数据": named(first.to_dict()),
                "缺少的年份": _years([int(year) for year in group["year"]]),
                "填报单位": or_dash(first["data_owner"]),
            }
        )
        printed = indicator_place(evaluation, first["label"]) if first["label"] else "背景数据"
        evidence.append((printed, "监测数据"))
    title = f"数据缺口：{len(rows)}行缺{len(missing)}个年度数" if rows else "数据缺口：没有"
    return table(evaluation, "gaps", title, rows, columns, ("序号",), evidence=evidence)


def _years(years: list[int]) -> str:
    """Write years, a run of three or more as a range."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = [f"{run[0]}—{run[-1]}年" if len(run) > 2 else "、".join(f"{year}年" for year in run) for run in runs]
    return "、".join(words)


def context_table(evaluation: PlanEvaluation) -> Table:
    """Context series by year, with the mark of figures that are public but not yet verified."""
    form = monitoring_form(evaluation.plan.header.id)
    years = [year for year in (form.base_year, *form.years) if year <= evaluation.data_year]
    readings = evaluation.monitoring.readings
    found = {(row["series"], row["part"], row["year"]): row for row in readings.to_dict("records")}
    columns = ["序列", *(f"{year}年" for year in years), "来源"]
    rows, evidence = [], []
    for row in form.rows_of("context"):
        own = [found.get((row.series, row.part, year)) for year in years]
        cells = {
            f"{year}年": wording.MISSING_MARK if reading is None else _figure(reading["value"], reading["reliability"])
            for year, reading in zip(years, own, strict=True)
        }
        sources = list(dict.fromkeys(reading["source"] for reading in own if reading))
        name = named({"name": row.name, "part": row.part, "unit": row.unit})
        rows.append({"序列": name, **cells, "来源": "；".join(sources) or wording.MISSING_MARK})
        evidence.append(places(*(reading["where"] for reading in own if reading)) or ("背景数据",))
    title = f"背景数据逐年（＊为{UNVERIFIED}的公开数据）"
    return table(evaluation, "context", title, rows, columns, columns[1:-1], evidence=evidence)


def _figure(value: float, reliability: str) -> str:
    return level(value) + ("＊" if reliability == UNVERIFIED else "")


def sources_table(evaluation: PlanEvaluation) -> Table:
    """Every deposit that figures come from, those behind the projections last."""
    ahead = evaluation.ageing.deposits if evaluation.kind == "midterm" and evaluation.ageing else ()
    deposits = {(item.source, item.edition): item for item in (*evaluation.deposits, *ahead)}
    columns = ("来源", "发布单位", "文号", "发布日期", "版本", "可靠程度", "文件与校验值（SHA-256前12位）")
    rows = [
        {
            "来源": f"《{deposit.sidecar.title}》",
            "发布单位": deposit.sidecar.issuer,
            "文号": wording.NOT_APPLICABLE if deposit.sidecar.document_number == "无" else deposit.sidecar.document_number,
            "发布日期": wording.chinese_date(deposit.sidecar.published.isoformat()),
            "版本": deposit.edition,
            "可靠程度": deposit.sidecar.reliability + ("" if deposit.original_seen else f"（{UNVERIFIED}）"),
            "文件与校验值（SHA-256前12位）": "；".join(f"{name} {file.sha256[:12]}" for name, file in deposit.sidecar.files.items()),
        }
        for deposit in deposits.values()
    ]
    evidence = [(f"{deposit.source}/{deposit.edition}",) for deposit in deposits.values()]
    return table(evaluation, "sources", f"数据来源（{len(rows)}项）", rows, columns, evidence=evidence)
