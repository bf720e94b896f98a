"""Which forecasts a final evaluation checks: those of the ledger word for word, else the midterm's made again."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.archive.forecast_rows import PUBLISHED, frame
from analysis.archive.forecasts import Provenance, append_entries, ledger_path, new_entries, read_ledger
from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.prospects.forecast_check import check_forecasts
from analysis.assessment.rescoring import NO_FIGURE
from analysis.vocabulary.errors import InputError

RUN = "demo-14-midterm-2023"


@pytest.fixture(scope="module")
def evaluations() -> tuple[PlanEvaluation, PlanEvaluation]:
    return evaluate_plan("demo-14", 2023, 2023, "2024-03-31", "none"), evaluate_plan("demo-14", 2025, 2025, "2026-03-31", "none")


@pytest.fixture(autouse=True)
def _empty_ledger(copied_home: Path) -> None:
    """A copy of the repository in which nothing is recorded yet."""
    for path in (copied_home / "data").glob("forecasts/*"):
        path.unlink()


def record(forecasts: pd.DataFrame, *, run: str = RUN, monitoring: str = "2024-03-31", targets: str = "2022-01-31", **cells: Any) -> None:
    """Put forecasts into the ledger, some of their cells changed."""
    rows = [{name: str(row[name]) for name in PUBLISHED} for row in forecasts.assign(**cells).to_dict("records")]
    origin = Provenance(run, monitoring, "none", targets, "a" * 64)
    append_entries("demo-14", new_entries(read_ledger("demo-14"), frame(rows, PUBLISHED), origin))


def test_without_a_record_the_midterm_is_made_again(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    check = check_forecasts(midterm, final)
    assert not check.is_recorded and check.runs == ()
    assert check.scores["indicator_id"].tolist() == ["12", "15", "16", "17", "19"]
    assert check.scores["chance"].tolist() == midterm.forecasts["chance"].tolist()
    # 人均捐赠额: forecast 21 (95 % up to 26.2), target 26, came 27.6: outside both bands, target met, (0.03 − 1)² ≈ 0.94
    donation = check.scored.set_index("indicator_id").loc["12"]
    assert donation["outcome"] == 27.6 and donation["happened"] and not donation["in_95"]
    assert donation["brier"] == pytest.approx((donation["chance"] - 1) ** 2)


def test_what_was_recorded_stands_word_for_word(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts.iloc[::-1], chance=0.25)  # not what today's model says
    check = check_forecasts(midterm, final)
    assert check.is_recorded and check.runs == (RUN,)
    assert check.scores["indicator_id"].tolist() == ["12", "15", "16", "17", "19"]  # the plan's order, not the ledger's
    assert (check.scores["chance"] == 0.25).all()
    assert set(check.scores["brier"]) == {0.75**2, 0.25**2}


@pytest.mark.parametrize("other", [{"monitoring": "2023-03-31"}, {"data_year": 2022, "made_in": 2022}, {"target_year": 2024}])
def test_forecasts_of_another_midterm_are_not_its_own(evaluations: tuple[PlanEvaluation, PlanEvaluation], other: dict[str, Any]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts, **other)
    assert not check_forecasts(midterm, final).is_recorded


def test_an_edition_named_or_the_latest_finds_the_same_record(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts, chance=0.25)
    assert check_forecasts(dataclasses.replace(midterm, public_edition="latest"), final).is_recorded
    assert not check_forecasts(dataclasses.replace(midterm, public_edition="2026-11-23"), final).is_recorded


def test_of_two_records_the_later_counts(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts)
    record(midterm.forecasts, run="again", targets="2024-06-30", target=20.0, chance=0.8)
    check = check_forecasts(midterm, final)
    assert check.runs == ("again",) and (check.scores["target"] == 20).all() and len(check.scores) == 5


def test_nothing_after_the_final_data_year_is_known(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts, target_year=2025)
    early = dataclasses.replace(final, data_year=2024)
    assert check_forecasts(midterm, early).scored.empty
    readings = final.monitoring.readings
    without = readings[~((readings["series"] == "19") & (readings["year"] == 2025))]
    partly = dataclasses.replace(final, monitoring=dataclasses.replace(final.monitoring, readings=without))
    scores = check_forecasts(midterm, partly).scores.set_index("indicator_id")
    assert (
        scores.at["19", "state"] == NO_FIGURE and pd.isna(scores.at["19", "happened"]) and len(check_forecasts(midterm, partly).scored) == 4
    )


def test_a_record_changed_by_hand_is_refused(evaluations: tuple[PlanEvaluation, PlanEvaluation]) -> None:
    midterm, final = evaluations
    record(midterm.forecasts)
    path = ledger_path("demo-14")
    first = str(midterm.forecasts["chance"].iloc[0])
    path.write_bytes(path.read_bytes().replace(first.encode(), b"0.9"))
    with pytest.raises(InputError, match="已登记的推算不得改动"):
        check_forecasts(midterm, final)
