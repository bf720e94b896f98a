"""What a report needs, checked before its kernel starts, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.archive import narrative
from analysis.archive.assumptions import check_cited
from analysis.archive.forecasts import ledger_path, read_ledger
from analysis.archive.plans import Plan
from analysis.archive.sources import Deposit, load_deposit
from analysis.assessment.evaluation import EvaluationKind, evaluate_plan, evaluation_inputs
from analysis.assessment.final import final_inputs
from analysis.intake.monitoring.personal_data import personal_number
from analysis.observations.monitoring import LATEST
from analysis.observations.reference_population import load_reference_population
from analysis.presentation import wording
from analysis.presentation.evaluation_text import STAGES, check_stage
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class RunInputs:
    """What a report rests on.

    Attributes:
        deposits: the editions its figures come from.
        folders: definitions of its plans, what people wrote for it, and the built tables where it reads them.
        files: single files besides, such as the forecasts recorded for its plan.
        demonstration: whether it is made of 演示数据.
    """

    deposits: tuple[Deposit, ...] = ()
    folders: tuple[Path, ...] = ()
    files: tuple[Path, ...] = ()
    demonstration: bool = False


def check_inputs(notebook: str, parameters: Parameters) -> RunInputs:
    """Check the parameters of a report notebook against the data, and return what it rests on.

    Files for what people write are scaffolded once everything else is in order.

    Args:
        notebook: its name without ending; any other than the report notebooks needs no check.
        parameters: values of all its parameters, each of its declared type.

    Raises:
        InputError: a plan, year, edition, date or stage that can't be evaluated.
    """
    check = _CHECKS.get(notebook)
    if check is None:
        return RunInputs()
    if parameters["report_date"]:
        wording.chinese_date(str(parameters["report_date"]))
    return check(parameters)


def _printed_results(given: Parameters) -> RunInputs:
    plan, deposit, _ = final_inputs(str(given["plan"]), int(given["as_of_year"]), str(given["data_edition"]))
    plans = (paths.plans() / plan.header.id, paths.plans() / plan.header.followed_by)
    return RunInputs((deposit,), (*plans, paths.processed_data()))


def _midterm(given: Parameters) -> RunInputs:
    check_stage(str(given["stage"]))
    _check_pinned(given, ("monitoring_edition", "public_edition", "targets_edition"))
    plan, deposits = _evaluated(given, "midterm")
    check_cited(evaluate_plan(**_asked(given, "midterm")).assumptions["id"])
    return _used(given, "midterm", (plan, (*deposits, load_reference_population().deposit)))


def _final(given: Parameters) -> RunInputs:
    check_stage(str(given["stage"]))
    _check_pinned(given, ("monitoring_edition", "public_edition", "targets_edition", "midterm_edition"))
    plan, deposits = _evaluated(given, "final")
    assert plan.header.targets is not None  # checked by evaluation_inputs
    milestone = plan.header.targets.milestone_year
    at_midterm = {
        **given, "as_of_year": milestone, "data_year": given["midterm_data_year"], "monitoring_edition": given["midterm_edition"],
    }  # fmt: skip
    _, earlier = _evaluated(at_midterm, "midterm")
    read_ledger(plan.header.id)  # a damaged one is told before anything starts
    together = {(deposit.source, deposit.edition): deposit for deposit in (*deposits, *earlier)}
    return _used(given, "final", (plan, tuple(together.values())))


def _check_pinned(given: Parameters, editions: tuple[str, ...]) -> None:
    """A report that is final in form must be the same whenever it is made again: no edition may be the latest one."""
    loose = [name for name in editions if given[name] == LATEST]
    if given["stage"] == STAGES[-1] and loose:
        raise InputError.single(f"参数 {'、'.join(loose)}", LATEST, f"{STAGES[-1]}须写明版本日期（没有的写 none）", "在参数文件中写明版本")


def _used(given: Parameters, kind: EvaluationKind, evaluated: tuple[Plan, tuple[Deposit, ...]]) -> RunInputs:
    """Say what a run rests on, after everything was checked; what people are to write is scaffolded here."""
    plan, deposits = evaluated
    run = f"{plan.header.id}-{kind}-{given['as_of_year']}"
    _check_written(run)
    narrative.scaffold(run, kind)
    built = (paths.processed_data(),) if plan.header.targets and plan.header.targets.form == "printed" else ()
    recorded = (ledger_path(plan.header.id),) if kind == "final" and ledger_path(plan.header.id).is_file() else ()
    return RunInputs(deposits, (paths.plans() / plan.header.id, paths.narrative() / run, *built), recorded, plan.header.demonstration)


def _check_written(run: str) -> None:
    """Refuse numbers of persons in what people wrote, and files that can't be read, before anything starts."""
    problems = [
        Problem(f"{file} 第{number}行", f"疑似{found[0]}（{found[1]}）", "不含个人信息", "删去号码")
        for file, lines in narrative.written_lines(run)
        for number, line in enumerate(lines, start=1)
        if (found := personal_number(line))
    ]
    if problems:
        raise InputError(problems)


def _evaluated(given: Parameters, kind: EvaluationKind) -> tuple[Plan, tuple[Deposit, ...]]:
    plan, _, monitoring, _ = evaluation_inputs(**_asked(given, kind))
    assert plan.header.targets is not None  # checked by evaluation_inputs
    return plan, (load_deposit(plan.header.targets.source, str(given["targets_edition"])), *monitoring.deposits)


def _asked(given: Parameters, kind: EvaluationKind) -> dict[str, Any]:
    """Return the parameters of a report notebook as those of an evaluation."""
    years = {"as_of": int(given["as_of_year"]), "data_year": int(given["data_year"])}
    editions = {name: str(given[name]) for name in ("monitoring_edition", "public_edition", "targets_edition")}
    return {"plan": str(given["plan"]), **years, **editions, "kind": kind}


_CHECKS: dict[str, Callable[[Parameters], RunInputs]] = {
    "printed_results": _printed_results,
    "midterm_evaluation": _midterm,
    "final_evaluation": _final,
}
