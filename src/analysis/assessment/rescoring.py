"""Recorded forecasts set beside what their year brought: coverage, weighted interval score, Brier score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.archive.forms import SAME_DEFINITION
from analysis.models.scoring import brier, covered, weighted_interval_score
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.units import same_unit

if TYPE_CHECKING:
    import pandas as pd

SCORED, NOT_DUE, NO_FIGURE, OTHER_DEFINITION = "已对照", "未到期", "缺少当年数值", "口径变更"
LOGARITHMS, AS_IS = "对数", "原值"
COLUMNS = (
    "forecast_id", "run", "indicator_id", "part", "name", "unit", "first_year", "data_year", "target_year", "n", "monitoring_edition",
    "last_value", "target", "direction", "point", "low_80", "high_80", "low_95", "high_95", "chance", "method", "state", "outcome",
    "data_status", "reliability", "in_80", "in_95", "scale", "weighted_interval_score", "happened", "brier",
)  # fmt: skip
_LIMITS = ("point", "low_80", "high_80", "low_95", "high_95")


@dataclass(frozen=True)
class Totals:
    """What a rescoring comes to.

    Attributes:
        rows: forecasts in the ledger.
        scored: those whose outcome is known.
        in_80, in_95: scored ones whose outcome lies in the interval.
        happened: scored ones whose target was met.
        mean_brier: mean of the scored ones' Brier scores; NaN without any.
        not_due: those whose target year the data have not reached.
        unknown: those due whose year has no figure of the same definition.
    """

    rows: int
    scored: int
    in_80: int
    in_95: int
    happened: int
    mean_brier: float
    not_due: int
    unknown: int


def rescore(ledger: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Score every forecast whose target year has come; only that year's figure of the same definition counts.

    A year has come when any indicator of the ledger has a figure for it or a later year. Of several figures in one year the one
    last in force counts. Scores are taken on logarithms where the outcome, the point and all limits are positive; they are smaller
    the better, and those on different scales can't be compared.

    Args:
        ledger: forecasts with numbers as numbers; see :func:`analysis.archive.forecast_rows.typed`.
        readings: monitoring figures; see :class:`analysis.observations.monitoring.Monitoring`.

    Returns:
        Columns :data:`COLUMNS`, one row a forecast in the ledger's order. ``state`` is 已对照, 未到期, 缺少当年数值 or 口径变更;
        ``outcome`` is in the indicator's unit; ``in_80``, ``in_95`` and ``happened`` (target met) are nullable booleans; all scores
        are missing unless the state is 已对照. ``data_status`` and ``reliability`` tell how final the outcome is.

    Raises:
        InputError: every outcome whose unit differs from its forecast's.

    Source:
        Gneiting & Raftery (2007); Bracher et al. (2021); Brier (1950), Monthly Weather Review 78, 1–3.
    """
    table = ledger.reset_index(drop=True).merge(_outcomes(ledger, readings), on=["indicator_id", "part", "target_year"], how="left")
    _check_units(table)
    known = table["outcome"].notna().to_numpy()
    last_year = readings.loc[readings["value"].notna() & readings["series"].isin(ledger["indicator_id"]), "year"].max()
    came = (table["target_year"] <= last_year).to_numpy()
    changed = (table["definition"].notna() & (table["definition"] != SAME_DEFINITION)).to_numpy()
    table["state"] = np.select([known & ~changed, ~came, changed], [SCORED, NOT_DUE, OTHER_DEFINITION], NO_FIGURE)
    scored = (table["state"] == SCORED).to_numpy()
    table["outcome"] = table["outcome"].where(scored)
    for level in ("80", "95"):
        table[f"in_{level}"] = _nullable(covered(table["outcome"], table[f"low_{level}"], table[f"high_{level}"]), scored)
    sign = np.where(table["direction"] == "higher", 1.0, -1.0)
    met = sign * (table["outcome"] - table["target"]).to_numpy(float) >= 0
    table["happened"] = _nullable(met, scored)
    table["brier"] = np.where(scored, brier(table["chance"], met), np.nan)
    table["scale"], table["weighted_interval_score"] = _interval_scores(table, scored)
    texts = {name: table[name].fillna("") for name in ("data_status", "reliability")}
    return table.assign(**texts)[list(COLUMNS)]


def totals(scores: pd.DataFrame) -> Totals:
    """Count a rescoring.

    Args:
        scores: see :func:`rescore`.
    """
    states = scores["state"]
    scored = scores[states == SCORED]
    return Totals(
        rows=len(scores),
        scored=len(scored),
        in_80=int(scored["in_80"].sum()),
        in_95=int(scored["in_95"].sum()),
        happened=int(scored["happened"].sum()),
        mean_brier=float(scored["brier"].mean()),
        not_due=int((states == NOT_DUE).sum()),
        unknown=int(states.isin((NO_FIGURE, OTHER_DEFINITION)).sum()),
    )


def _outcomes(ledger: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Return one figure an indicator part and year: of the forecast's definition before another's, last in force before earlier."""
    own = readings[readings["value"].notna() & readings["series"].isin(ledger["indicator_id"])]
    since = own["effective_date"].map(lambda date: date.isoformat() if date else "")
    own = own.assign(_same=own["definition"] == SAME_DEFINITION, _since=since).sort_values(["_same", "_since"], kind="stable")
    last = own.drop_duplicates(["series", "part", "year"], keep="last")
    last = last.rename(columns={"series": "indicator_id", "year": "target_year", "value": "outcome", "unit": "outcome_unit"})
    kept = last[["indicator_id", "part", "target_year", "outcome", "outcome_unit", "definition", "data_status", "reliability"]]
    return kept.astype({"target_year": "int64", "outcome": "float64"})


def _check_units(table: pd.DataFrame) -> None:
    found = table[table["outcome"].notna()]
    problems = [
        Problem(f"推算 {row.forecast_id}", f"{row.target_year}年数值的单位{row.outcome_unit}", row.unit, "核对监测数据或台账中的单位")
        for row in found.itertuples()
        if not same_unit(str(row.outcome_unit), str(row.unit))
    ]
    if problems:
        raise InputError(problems)


def _nullable(values: np.ndarray, known: np.ndarray) -> pd.Series:
    import pandas as pd

    return pd.Series(values, dtype="boolean").where(pd.Series(known))


def _interval_scores(table: pd.DataFrame, scored: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the scale and the weighted interval score of each row; empty and NaN where the outcome is unknown."""
    figures = table[["outcome", *_LIMITS]].to_numpy(float)
    positive = scored & (figures > 0).all(axis=1)
    figures[positive] = np.log(figures[positive])
    outcome, point, low_80, high_80, low_95, high_95 = figures.T
    score = weighted_interval_score(outcome, point, [low_80, low_95], [high_80, high_95], (0.8, 0.95))
    scale = np.select([positive, scored], [LOGARITHMS, AS_IS], "")
    return scale, np.where(scored, score, np.nan)
