"""Tables of the midterm and final evaluation of a plan by its monitoring data."""

from analysis.presentation.evaluation_tables.attainment import assumptions_table, attainment_table, forecast_check_table
from analysis.presentation.evaluation_tables.audit import audit_table
from analysis.presentation.evaluation_tables.commitments import commitments_table
from analysis.presentation.evaluation_tables.counts import category_table, counts_tables
from analysis.presentation.evaluation_tables.data import context_table, gaps_table, sources_table
from analysis.presentation.evaluation_tables.indicators import behind_table, full_table
from analysis.presentation.evaluation_tables.methods import methods_table, rules_table
from analysis.presentation.evaluation_tables.outlook import candidates_table, outcome_table, outlook_table

__all__ = [
    "assumptions_table", "attainment_table", "audit_table", "behind_table", "candidates_table", "category_table",
    "commitments_table", "context_table", "counts_tables", "forecast_check_table", "full_table", "gaps_table", "methods_table",
    "outcome_table", "outlook_table", "rules_table", "sources_table",
]  # fmt: skip
