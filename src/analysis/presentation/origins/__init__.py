"""Where the numbers of a report come from: every label that its sentences and tables may cite, with file, line and hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from analysis.archive.sources import Deposit
    from analysis.assessment.evaluation import PlanEvaluation
    from analysis.assessment.final import FinalEvaluation
    from analysis.presentation.origins.origin import Origin
    from analysis.presentation.origins.source_text import Shelf


def origins(evaluation: PlanEvaluation | FinalEvaluation) -> pd.DataFrame:
    """Return the places that the numbers of a report may come from.

    Args:
        evaluation: of either kind.

    Returns:
        One row a place: ``label`` as sentences cite it, ``kind``, ``file`` (relative to the repository; without ``sha256``, to
        the report's folder), ``line`` (from 1, missing for a whole file), ``sha256``, ``text`` of the line, ``formula``, and
        ``rests_on``: labels joined by ；.

    Raises:
        InputError: a deposit or a definition that can't be read.

    Example:
        >>> from analysis.assessment.final import evaluate_final
        >>> table = origins(evaluate_final("yuexiu-13", 2020))
        >>> table.loc[table["label"] == "专栏1第3行", ["kind", "line", "text"]].to_numpy().tolist()
        [['目标、观测、印制完成率', 23, '3 社区养老服务设施覆盖率（%） 100 100 100%']]
    """
    import pandas as pd

    from analysis.assessment.final import FinalEvaluation
    from analysis.presentation.origins.origin import SEPARATOR
    from analysis.presentation.origins.source_text import Shelf

    shelf = Shelf()
    found = _printed(evaluation, shelf) if isinstance(evaluation, FinalEvaluation) else _monitored(evaluation, shelf)
    places = list(dict.fromkeys(found))
    known = {item.label for item in places}
    rows = [asdict(item) | {"rests_on": SEPARATOR.join(base for base in item.rests_on if base in known)} for item in places]
    table = pd.DataFrame(rows, columns=["label", "kind", "file", "line", "sha256", "text", "formula", "rests_on"])
    return table.assign(line=table["line"].astype("Int64").mask(table["line"] == 0))


def _monitored(evaluation: PlanEvaluation, shelf: Shelf) -> Iterator[Origin]:
    """Yield the places behind an evaluation from monitoring data."""
    import pandas as pd

    from analysis.archive.forecasts import ledger_path, read_ledger
    from analysis.presentation.origins import derived, parameters, plan_rows, readings, terms

    plan, deposits = evaluation.plan, _deposits(evaluation)
    own = evaluation.deposits[0]
    printed = plan.header.targets is not None and plan.header.targets.form == "printed"
    yield from plan_rows.printed_rows(own, shelf) if printed else plan_rows.listed_rows(plan, own, shelf)
    figures = pd.concat([evaluation.monitoring.readings, evaluation.monitoring.tasks])
    reported = list(readings.reading_rows(figures, evaluation.monitoring.deposits, shelf))
    yield from reported
    yield from parameters.rule_rows(shelf)
    yield from parameters.assumption_rows(shelf)
    yield from parameters.plan_rows(plan, shelf)
    yield from derived.plan_tables(evaluation, shelf)
    yield from derived.reference_population(deposits, shelf)
    if evaluation.audit is not None:
        yield from parameters.audit_rows(evaluation.audit, own.source, shelf)
        yield from derived.audited(evaluation.audit)
    tables = (
        (evaluation.verdicts, ("name", "part", "unit", "rule_words")),
        (evaluation.targets, ("rule_text", "data_owner")),
        (evaluation.commitments, ("task", "unit")),
        (figures, ("source", "note")),
        (read_ledger(plan.header.id) if evaluation.kind == "final" else None, ("run",)),
        terms.audit_words(evaluation.audit),
    )
    # A midterm does not rest on what it forecast itself: recording that must leave the report as it is.
    ledger = [path for path in (ledger_path(plan.header.id),) if evaluation.kind == "final" and path.is_file()]
    yield from terms.term_rows(terms.words_of(plan, deposits, *tables), terms.definition_files(plan, deposits, shelf, ledger))
    yield from terms.fixed_rows(shelf)
    yield from terms.deposit_rows(deposits, shelf)
    yield from terms.time_rows(plan, deposits, reported, shelf)


def _deposits(evaluation: PlanEvaluation) -> list[Deposit]:
    """Return the deposits behind an evaluation and behind what it projects, each once."""
    ahead = evaluation.ageing.deposits if evaluation.kind == "midterm" and evaluation.ageing else ()
    return list({(item.source, item.edition): item for item in (*evaluation.deposits, *ahead)}.values())


def _printed(evaluation: FinalEvaluation, shelf: Shelf) -> Iterator[Origin]:
    """Yield the places behind an evaluation from printed results."""
    from analysis.archive.plans import load_plan
    from analysis.presentation.origins import derived, parameters, plan_rows, terms

    plan, deposits = evaluation.plan, [evaluation.deposit]
    rows = list(plan_rows.printed_rows(evaluation.deposit, shelf))
    yield from rows
    yield from parameters.rule_rows(shelf)
    yield from parameters.plan_rows(plan, shelf)
    yield from parameters.audit_rows(evaluation.audit, evaluation.deposit.source, shelf)
    yield from derived.printed_tables(evaluation, shelf)
    files = terms.definition_files(plan, deposits, shelf)
    if plan.header.followed_by:
        files += terms.definition_files(load_plan(plan.header.followed_by), [], shelf)
    tables = (
        (evaluation.verdicts, ("name", "unit")),
        (evaluation.periods, ("name", "unit", "definition_break")),
        (evaluation.succession, ("name",)),
        terms.audit_words(evaluation.audit),
    )
    yield from terms.term_rows(terms.words_of(plan, deposits, *tables), files)
    yield from terms.deposit_rows(deposits, shelf)
    yield from terms.time_rows(plan, deposits, rows, shelf)
