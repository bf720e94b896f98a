"""The midterm's forecasts and what the plan's last year brought: from the ledger where they were recorded, else made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.archive.forecast_rows import typed
from analysis.archive.forecasts import read_ledger
from analysis.assessment.rescoring import SCORED, rescore
from analysis.observations.monitoring import LATEST, NONE

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


@dataclass(frozen=True)
class ForecastCheck:
    """Forecasts beside their outcomes.

    Attributes:
        scores: one row a forecast in the plan's order; see :func:`analysis.assessment.rescoring.rescore`.
        runs: reports whose forecasts the ledger holds, in the order of recording; empty where they were made again from the
            data that the midterm had.
    """

    scores: pd.DataFrame
    runs: tuple[str, ...]

    @property
    def is_recorded(self) -> bool:
        """Say whether the forecasts are those of the ledger."""
        return bool(self.runs)

    @property
    def scored(self) -> pd.DataFrame:
        """The rows whose outcome is known."""
        return self.scores[self.scores["state"] == SCORED]


def check_forecasts(midterm: PlanEvaluation, final: PlanEvaluation) -> ForecastCheck:
    """Score the midterm's forecasts by the final evaluation's figures.

    What the ledger holds of the midterm's data year and editions stands, word for word as published; only where it holds
    nothing are the forecasts made again, by today's model from the data of that time.

    Args:
        midterm, final: evaluations of one plan.

    Raises:
        InputError: a ledger that is not well-formed or was changed by hand.
    """
    recorded = recorded_forecasts(midterm)
    origin = {"forecast_id": "", "run": "", "monitoring_edition": midterm.monitoring.edition or NONE}
    forecasts = midterm.forecasts.assign(**origin) if recorded.empty else recorded
    order = {key: place for place, key in enumerate(zip(final.targets["indicator_id"], final.targets["part"], strict=True))}
    places = [order[key] for key in zip(forecasts["indicator_id"], forecasts["part"], strict=True)]
    ordered = forecasts.assign(_place=places).sort_values("_place", kind="stable").drop(columns="_place")
    readings = final.monitoring.readings
    scores = rescore(ordered, readings[readings["year"] <= final.data_year])
    return ForecastCheck(scores, tuple(dict.fromkeys(recorded["run"])))


def recorded_forecasts(midterm: PlanEvaluation) -> pd.DataFrame:
    """Return what the ledger holds of a midterm: its data year, for the plan's last year, from the same editions.

    Of several for one indicator part, which then differ in the edition of the targets, the one recorded last counts.

    Returns:
        Columns :data:`analysis.archive.forecast_rows.LEDGER`, numbers as numbers.
    """
    ledger = typed(read_ledger(midterm.plan.header.id))
    fits = (ledger["data_year"] == midterm.data_year) & (ledger["target_year"] == midterm.plan.header.last_year)
    fits &= ledger["monitoring_edition"] == (midterm.monitoring.edition or NONE)
    if midterm.public_edition != LATEST:
        fits &= ledger["public_edition"] == midterm.public_edition
    return ledger[fits].drop_duplicates(["indicator_id", "part"], keep="last").reset_index(drop=True)
