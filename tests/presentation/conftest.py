"""Evaluations that many of these tests read; none may change them."""

from __future__ import annotations

import pytest

from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan


@pytest.fixture(scope="session")
def midterm() -> PlanEvaluation:
    """The fictitious district at the midterm."""
    return evaluate_plan("demo-14", 2023, monitoring_edition="2024-03-31")


@pytest.fixture(scope="session")
def final() -> PlanEvaluation:
    """The fictitious district at the end."""
    return evaluate_plan("demo-14", 2025, monitoring_edition="2026-03-31")


@pytest.fixture(scope="session")
def unfilled() -> PlanEvaluation:
    """The real plan, for which almost nothing has been filled in."""
    return evaluate_plan("yuexiu-14", 2023, data_year=2023)
