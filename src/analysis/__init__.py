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
    "load_reference_population": "analysis.observations.reference_population",
    "load_targets": "analysis.observations.targets",
    "load_monitoring": "analysis.observations.monitoring",
    "load_public_figures": "analysis.observations.public_figures",
    "assess": "analysis.assessment.assess",
    "evaluate_plan": "analysis.assessment.evaluation",
    "forecast": "analysis.models.trend",
    "cohort_projections": "analysis.models.ageing.hamilton_perry",
    "assumption_table": "analysis.archive.assumptions",
    "project_ageing": "analysis.assessment.prospects.ageing",
    "ageing_share": "analysis.assessment.prospects.ageing_share",
    "registered_totals": "analysis.assessment.prospects.ageing_share",
    "ageing_shape": "analysis.assessment.prospects.ageing_shape",
    "ageing_backtest": "analysis.assessment.prospects.ageing_backtest",
    "project_care_beds": "analysis.assessment.prospects.care_beds",
    "disability_definitions": "analysis.assessment.prospects.care_bed_needs",
    "project_donations": "analysis.assessment.prospects.donations",
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
    "attainment_chart": "analysis.presentation.charts.attainment",
    "ageing_path_chart": "analysis.presentation.charts.ageing",
    "ageing_scenario_chart": "analysis.presentation.charts.ageing",
    "ageing_shape_chart": "analysis.presentation.charts.ageing",
    "care_bed_approaches": "analysis.presentation.charts.care_beds",
    "care_bed_gap_matrix": "analysis.presentation.charts.care_beds",
    "care_bed_lines": "analysis.presentation.charts.care_beds",
    "care_bed_tornado": "analysis.presentation.charts.care_bed_needs",
    "care_bed_requests": "analysis.presentation.charts.care_bed_needs",
    "disability_definitions_chart": "analysis.presentation.charts.care_bed_needs",
    "donation_path": "analysis.presentation.charts.donations",
    "donation_chance_grid": "analysis.presentation.charts.donations",
    "donation_decomposition": "analysis.presentation.charts.donations",
    "donation_periods": "analysis.presentation.charts.donations",
    "record": "analysis.presentation.record",
    "origins": "analysis.presentation.origins",
    "audit_verdicts": "analysis.presentation.charts.audit",
}
_MODULES = {
    "tables": "analysis.presentation.tables",
    "final_text": "analysis.presentation.final_text",
    "evaluation_text": "analysis.presentation.evaluation_text",
    "evaluation_tables": "analysis.presentation.evaluation_tables",
    "ageing": "analysis.presentation.ageing",
    "care_beds": "analysis.presentation.care_beds",
    "donations": "analysis.presentation.donations",
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
