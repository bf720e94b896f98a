"""Tables that a report computes: where each is kept, how it follows, and which rows it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from analysis.archive.forecasts import ledger_path
from analysis.archive.sources import Deposit
from analysis.observations.reference_population import SOURCE
from analysis.presentation.origins.origin import DEPOSITED, DERIVED, DOCUMENT, PROJECTED, Origin, standing
from analysis.presentation.origins.source_text import Shelf
from analysis.vocabulary import paths

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation
    from analysis.assessment.final import FinalEvaluation


def plan_tables(evaluation: PlanEvaluation, shelf: Shelf) -> Iterator[Origin]:
    """Yield the derived tables of an evaluation from monitoring data."""
    table = evaluation.plan.header.indicators_table
    readings, tasks = evaluation.monitoring.readings, evaluation.monitoring.tasks
    every = tuple(f"{table}第{number}行" for number in dict.fromkeys(evaluation.targets["indicator_id"]))
    data = _places(readings["where"])
    context = _places(readings.loc[readings["series"].isin(list(evaluation.plan.context)), "where"])
    whole, work = f"{table}全表", _places([*evaluation.commitments["reference"], *tasks["where"]])
    kept = _kept(whole, every, data, context, work)
    if evaluation.kind == "midterm":
        kept += _ahead(evaluation, whole, data)
    kept.append((table, DERIVED, "targets.csv", "", every))
    for label, kind, file, formula, rests_on in kept:
        yield Origin(label, kind, file, formula=formula, rests_on=rests_on)
    ledger = ledger_path(evaluation.plan.header.id)
    if evaluation.kind == "final" and ledger.is_file():
        yield standing("推算台账", PROJECTED, shelf.file(ledger))
    yield from documents(shelf)


def reference_population(deposits: Iterable[Deposit], shelf: Shelf) -> Iterator[Origin]:
    """Yield the population that a district's is compared with, file by file."""
    for deposit in deposits:
        if deposit.source == SOURCE:
            for name in deposit.sidecar.files:
                yield standing("参照人口", DEPOSITED, shelf.file(deposit.path(name)))


def documents(shelf: Shelf) -> Iterator[Origin]:
    """Yield the documents that sentences point to."""
    for name in ("models.md", "method.md"):
        yield standing(f"docs/{name}", DOCUMENT, shelf.file(paths.docs() / name))


def _kept(
    whole: str, every: tuple[str, ...], data: tuple[str, ...], context: tuple[str, ...], work: tuple[str, ...]
) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Return label, kind, file, formula and base of the tables that every evaluation may have."""
    judged = (whole, "监测数据")
    return [
        (whole, DERIVED, "verdicts.csv", "逐行按判定规则得出（docs/method.md）", (*every, "监测数据")),
        ("判定全表", DERIVED, "表:verdicts", "逐行按判定规则得出（docs/method.md）", judged),
        ("监测数据", DERIVED, "readings.csv", "", data),
        ("背景数据", DERIVED, "readings.csv", "", context),
        ("目标表", DERIVED, "targets.csv", "", every),
        ("各类得分表", DERIVED, "figures/category_scores.csv", "各项完成程度封顶折算（docs/method.md）", judged),
        ("方法并列表", DERIVED, "figures/methods.csv", "按各机构公式各判一次（docs/method.md）", judged),
        ("规则逐年核对表", DERIVED, "figures/rule_years.csv", "逐年数值与规则要求相比", judged),
        ("任务台账", DERIVED, "表:commitments", "填报数与承诺数、期限相比", work),
        ("推算对照表", DERIVED, "figures/outcome.csv", "中期情景与末年结果相比", judged),
        ("预测检验表", DERIVED, "表:forecast_check", "中期把握与末年结果相比", (*judged, "推算台账")),
        ("候选目标表", DERIVED, "表:candidates", "按固定规则由终期结果推出（docs/method.md）", judged),
    ]


def _ahead(evaluation: PlanEvaluation, whole: str, data: tuple[str, ...]) -> list[tuple[str, str, str, str, tuple[str, ...]]]:
    """Return the tables that look ahead to the plan's end; their chances rest on parameters too."""
    judged = (whole, "监测数据")
    used = tuple(f"假设{id}" for id in evaluation.assumptions["id"])
    tables = [
        ("推算表", PROJECTED, "figures/outlook.csv", "末值＋年均步伐×余下年数；不是预测", judged),
        ("达标把握表", PROJECTED, "forecasts.csv", "趋势模型（docs/models.md），把握取整到5%", judged),
        ("附件六", PROJECTED, "表:assumptions", "推算所用的假设", used),
    ]
    if evaluation.ageing:
        tables.append(("老年人口推算", PROJECTED, "figures/ageing_path.csv", "参照补入（docs/models.md）", ("背景数据", *used)))
    return tables


def printed_tables(evaluation: FinalEvaluation, shelf: Shelf) -> Iterator[Origin]:
    """Yield the derived tables of an evaluation from printed results: the boxes as a whole, and the audit."""
    first = _places(f"专栏1第{number}行" for number in evaluation.verdicts["indicator_id"])
    second = _places(f"专栏2第{number}行" for number in evaluation.periods["number"])
    third = _places(f"专栏3第{number}行" for number in range(1, 25))
    for label, file, rests_on in (("专栏1", "verdicts.csv", first), ("专栏2", "表:periods", second), ("专栏3", "", third)):
        yield Origin(label, DERIVED, file, rests_on=rests_on)
        yield Origin(f"{label}全表", DERIVED, file, rests_on=rests_on)
    yield from audited(evaluation.audit)
    yield from documents(shelf)


def audited(audit: pd.DataFrame) -> Iterator[Origin]:
    """Yield the audit as a whole."""
    checks = _places(f"核对{id}" for id in audit["id"])
    yield Origin("源数据核对", DERIVED, "figures/audit_verdicts.csv", formula="逐项复算后计数", rests_on=checks)


def _places(labels: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(label) for label in labels if label))
