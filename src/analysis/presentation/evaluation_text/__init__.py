"""The sentences of midterm and final evaluations from monitoring data: every verb and figure comes from the tables."""

from analysis.presentation.evaluation_text.aged import ageing
from analysis.presentation.evaluation_text.audit import audit
from analysis.presentation.evaluation_text.chances import chance_method, chances, forecast_check
from analysis.presentation.evaluation_text.context import context
from analysis.presentation.evaluation_text.future import adjustments, candidates, hindsight, prospects
from analysis.presentation.evaluation_text.indicators import by_category, rule_history
from analysis.presentation.evaluation_text.opening import STAGES, check_stage, cover, grounds, rules
from analysis.presentation.evaluation_text.overall import methods, overall, scores
from analysis.presentation.evaluation_text.work import commitments, gaps, narrative, problems, run_name

__all__ = [
    "STAGES", "adjustments", "ageing", "audit", "by_category", "candidates", "chance_method", "chances", "check_stage",
    "commitments", "context", "cover", "forecast_check", "gaps", "grounds", "hindsight", "methods", "narrative", "overall",
    "problems", "prospects", "rule_history", "rules", "run_name", "scores",
]  # fmt: skip
