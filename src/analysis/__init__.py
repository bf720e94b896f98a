"""Evaluation of a district's five-year civil-affairs plan.

``import analysis as an`` is the small public face for notebooks; each name loads its module when first used, so the
import itself stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_FACE = {
    "load_observations": "analysis.observations.door",
    "load_table": "analysis.observations.door",
    "load_plan": "analysis.archive.plans",
    "load_deposit": "analysis.archive.sources",
    "source_audit": "analysis.audit.source_audit",
    "audit_summary": "analysis.audit.source_audit",
    "figure_checks": "analysis.audit.source_audit",
    "load_targets": "analysis.observations.targets",
    "load_monitoring": "analysis.observations.monitoring",
    "load_public_figures": "analysis.observations.public_figures",
    "assess": "analysis.assessment.assess",
    "evaluate_plan": "analysis.assessment.evaluation",
    "evaluate_final": "analysis.assessment.final",
    "verdict_rows": "analysis.assessment.verdict_rows",
    "threshold_table": "analysis.assessment.thresholds",
    "period_comparison": "analysis.assessment.periods",
    "verdict_matrix": "analysis.presentation.charts.verdicts",
    "completion_dots": "analysis.presentation.charts.verdicts",
    "base_to_target": "analysis.presentation.charts.verdicts",
    "period_changes": "analysis.presentation.charts.periods",
    "density_decomposition": "analysis.presentation.charts.periods",
    "status_matrix": "analysis.presentation.charts.status_matrix",
    "progress_tracks": "analysis.presentation.charts.tracks",
    "schedule_dots": "analysis.presentation.charts.schedule",
    "methods_grid": "analysis.presentation.charts.methods",
    "rule_years_grid": "analysis.presentation.charts.rules",
    "score_ranges": "analysis.presentation.charts.scores",
    "coverage_grid": "analysis.presentation.charts.coverage",
    "outlook_chart": "analysis.presentation.charts.outlook",
    "outcome_chart": "analysis.presentation.charts.outlook",
    "record": "analysis.presentation.record",
    "audit_verdicts": "analysis.presentation.charts.audit",
}
_MODULES = {
    "tables": "analysis.presentation.tables",
    "final_text": "analysis.presentation.final_text",
    "evaluation_text": "analysis.presentation.evaluation_text",
    "evaluation_tables": "analysis.presentation.evaluation_tables",
}

__all__ = [*_FACE, *_MODULES]  # noqa: PLE0604  (names resolved on first use)


def __getattr__(name: str) -> Any:
    if name in _FACE:
        return getattr(import_module(_FACE[name]), name)
    if name in _MODULES:
        return import_module(_MODULES[name])
    raise AttributeError(f"analysis 没有 {name}；可用的有：{'、'.join(__all__)}")


def __dir__() -> list[str]:
    return sorted(__all__)
