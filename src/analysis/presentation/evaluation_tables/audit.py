"""The internal annex: printed figures of the plan that differ from their recomputation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.audit.arithmetic import DIFFERS
from analysis.audit.source_audit import figure_checks
from analysis.presentation import tables
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def audit_table(evaluation: PlanEvaluation) -> Table | None:
    """Checks that differ, with their arithmetic; None for a plan without a text to check."""
    if evaluation.audit is None:
        return None
    checks = figure_checks(evaluation.audit)
    columns = ["id", "subject", "where", "printed", "recomputed", "arithmetic", "note"]
    differing = checks[checks["verdict"] == DIFFERS]
    return tables.audit_table(differing, "differing", f"{tables.DIFFERING}（内部附件）", columns)
