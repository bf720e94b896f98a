"""Judges every indicator row of one or many districts: from readings and targets to the table of verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.assessment import kinds, peers, rules, schedule, statuses
from analysis.assessment.panel import Figures, Panel, arrange
from analysis.assessment.provenance import provenance
from analysis.assessment.reasons import Reasons, reasons_of
from analysis.assessment.thresholds import Thresholds, load_thresholds
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "district", "indicator_id", "part", "series_id", "category", "name", "unit", "attribute", "kind", "as_of", "data_year", "final_year",
    "base", "milestone", "target", "value", "count", "total", "path_level", "completion", "progress", "schedule_ratio",
    "required_pace", "required_growth", "rule_words", "rule_compares", "rule_comparison", "rule_required", "rule_margin", "rule_years_met",
    "rule_years_known", "status", "indicator_status", "national_class", "open_sdg", "un", "eurostat", "sdsn",
    "time_schedule", "methods_disagree", "within_rounding", "without_base", "path_sensitive", "transferred",
    "transfer_status", "data_status", "reliability", "reason", "edition", "source", "where",
)  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """The targets as arrays of shape (rows,)."""

    base: Figures
    milestone: Figures
    target: Figures
    sign: Figures
    expected: NDArray[np.bool_]
    bounded: NDArray[np.bool_]
    rounding_unit: Figures
    is_rule: NDArray[np.bool_]
    is_keep: NDArray[np.bool_]
    counted_total: Figures
    years: tuple[int, int, int]


def latest_data_year(readings: pd.DataFrame, as_of: int, final_year: int) -> int:
    """Return the year to judge on: the final year at a plan's end, before it the latest one with an indicator's figure.

    Without any figure it is the evaluation year, and every verdict is 无法评估.
    """
    if as_of >= final_year:
        return final_year
    own = readings[readings["series"].str.isdigit() & (readings["year"] <= as_of)]
    return int(own["year"].max()) if len(own) else as_of


def assess(
    readings: pd.DataFrame, targets: pd.DataFrame, as_of: int, data_year: int | None = None, thresholds: Thresholds | None = None
) -> pd.DataFrame:
    """Judge every indicator row, by this repository's law and by the peers' methods.

    Args:
        readings: one row a figure, see :func:`analysis.assessment.panel.arrange`; figures after ``data_year`` are left out.
        targets: see :func:`analysis.observations.targets.load_targets`.
        as_of: evaluation year; from the plan's final year on the final law applies.
        data_year: year of the data; :func:`latest_data_year` if None.
        thresholds: the numbers that verdicts turn on.

    Returns:
        One row a district and indicator row, in the order of ``targets``; columns ``COLUMNS``. ``completion``, ``progress``,
        ``schedule_ratio`` and ``required_growth`` are ratios, ``required_pace`` is in the unit a year. Undefined figures are
        NaN, never zero.

    Raises:
        InputError: a year outside the plan, or data later than the evaluation.
    """
    used = thresholds or load_thresholds()
    first, final_year = int(targets["base_year"].iloc[0]), int(targets["final_year"].iloc[0])
    year = latest_data_year(readings, as_of, final_year) if data_year is None else data_year
    check_years(as_of, year, first, final_year)
    panel = arrange(readings, targets, year)
    rows = _rows(targets)
    own = np.s_[:, : len(targets), panel.year_code(year)]
    value = panel.values[own]
    final = as_of >= final_year

    level = _level_figures(rows, value, year, used)
    kept, within_rounding = kinds.keep(value, rows.target, rows.sign, rows.expected, rows.rounding_unit, used, final=final)
    status = kinds.level_final(level, used) if final else kinds.level_midterm(level, used)
    status = np.where(rows.is_keep, kept, status).astype(object)
    held, required, compared = _rule_figures(targets, panel, year)
    by_rule = kinds.rule_final(held, rows.expected, used) if final else kinds.rule_midterm(held)
    status = np.where(rows.is_rule, by_rule, status).astype(object)
    inherited = provenance(targets, panel, year)
    reasons = reasons_of(targets, panel, held, status, inherited, year)
    status = np.where(reasons.definition_changed, statuses.DEFINITION_CHANGED, status).astype(object)
    status = np.where(reasons.unknown & ~reasons.definition_changed, statuses.UNKNOWN, status).astype(object)

    judged = ~np.isin(status, statuses.UNJUDGED)
    numeric = judged & ~rows.is_rule
    track = peers.Track(
        rows.base, np.where(judged, value, np.nan), rows.target, rows.sign, rows.is_rule, rows.is_keep, year - first, final_year - first
    )
    methods = peers.side_by_side(track)
    geometric = _level_figures(rows, value, year, used, geometric=True)
    other = kinds.level_midterm(geometric, used)
    figures: dict[str, Any] = {
        "value": value,
        "path_level": np.where(numeric & ~rows.is_keep, level.path_level, np.nan),
        "completion": np.where(numeric, level.completion, np.nan),
        "progress": np.where(numeric, _progress(rows, value), np.nan),
        "schedule_ratio": np.where(numeric & ~rows.is_keep, level.schedule_ratio, np.nan),
        "required_pace": np.where(numeric, schedule.required_pace(value, rows.target, rows.sign, final_year - year), np.nan),
        "required_growth": np.where(numeric, schedule.required_growth(value, rows.target, rows.sign, final_year - year), np.nan),
        "rule_required": np.where(judged, required, np.nan),
        "rule_margin": np.where(judged & rows.is_rule, schedule.without_noise(compared - required, required), np.nan),
        "status": status,
        "reliability": inherited.reliability,
        "methods_disagree": judged & peers.disagree(status, methods),
        "within_rounding": judged & rows.is_keep & within_rounding,
        "path_sensitive": numeric & ~rows.is_keep & (not final) & (other != status),
    }
    return _table(targets, panel, {**figures, **methods}, held, reasons, as_of, year)


def check_years(as_of: int, data_year: int, base_year: int, final_year: int) -> None:
    """Refuse years that can't be meant.

    Raises:
        InputError: the evaluation year lies outside the plan, the data are later than it or not of the plan, or a final
            evaluation isn't on the final year's data (an earlier peak is no attainment).
    """
    plan_years = f"{base_year + 1}—{final_year}"
    if not base_year < as_of <= final_year:
        raise InputError.single("参数 as_of", str(as_of), f"规划期内的年份（{plan_years}）", "改正评估年份")
    if not base_year < data_year <= as_of:
        raise InputError.single("参数 data_year", str(data_year), f"规划期内且不晚于评估年份{as_of}的年份", "改正数据年份")
    if as_of == final_year and data_year != final_year:
        raise InputError.single(
            "参数 data_year", str(data_year), f"终期评估用{final_year}年数据", f"末年数据未出时，按{final_year - 1}年作年度评估"
        )


def _rows(targets: pd.DataFrame) -> _Rows:
    return _Rows(
        base=targets["base"].to_numpy(float),
        milestone=targets["milestone"].to_numpy(float),
        target=targets["target"].to_numpy(float),
        sign=np.where(targets["direction"] == "higher", 1.0, -1.0),
        expected=(targets["attribute"] == "预期性").to_numpy(),
        bounded=targets["bounded"].to_numpy(bool),
        rounding_unit=targets["rounding_unit"].to_numpy(float),
        is_rule=(targets["kind"] == "rule").to_numpy(),
        is_keep=(targets["kind"] == "keep").to_numpy(),
        counted_total=targets["counted_total"].to_numpy(float),
        years=(int(targets["base_year"].iloc[0]), int(targets["milestone_year"].iloc[0]), int(targets["final_year"].iloc[0])),
    )


def _level_figures(rows: _Rows, value: Figures, year: int, thresholds: Thresholds, *, geometric: bool = False) -> kinds.LevelFigures:
    beyond = schedule.reached(rows.base, rows.target, rows.sign)
    asked = schedule.path(rows.base, rows.milestone, rows.target, years=rows.years, year=year, geometric=geometric)
    asked = np.where(beyond, rows.target, asked)  # a base at or beyond the target: only slippage counts
    least_way = np.maximum(rows.rounding_unit, thresholds.midterm.base_near_path_share * np.abs(rows.target))
    return kinds.LevelFigures(
        value=value,
        target=rows.target,
        path_level=asked,
        completion=schedule.completion(value, rows.target, rows.sign),
        schedule_ratio=schedule.way_covered(rows.base, value, asked, rows.sign, least_way),
        fallen=_fallen(rows, value),
        sign=rows.sign,
        expected=rows.expected,
        bounded=rows.bounded,
    )


def _progress(rows: _Rows, value: Figures) -> Figures:
    """Return the base-to-target progress A."""
    return schedule.way_covered(rows.base, value, rows.target, rows.sign, np.zeros_like(rows.target))


def _fallen(rows: _Rows, value: Figures) -> NDArray[np.bool_]:
    """Say where a value is behind its base. A base counted k of N is printed rounded: the same count is no fall."""
    counted = 100 * np.round(rows.base * rows.counted_total / 100) / rows.counted_total
    rounds_to_base = schedule.at_least(rows.rounding_unit / 2, np.abs(counted - rows.base))
    behind_both = ~schedule.reached(value, rows.base, rows.sign) & ~(rounds_to_base & schedule.reached(value, counted, rows.sign))
    return np.asarray(behind_both & ~np.isnan(rows.base))


def _rule_figures(targets: pd.DataFrame, panel: Panel, year: int) -> tuple[Figures, Figures, Figures]:
    """Return compliance by year (districts, rows, years to the data's), and what was required and compared in that year."""
    until = panel.year_code(year)
    held = np.full((len(panel.districts), len(targets), until), np.nan)
    required, compared = (np.full(held.shape[:2], np.nan) for _ in range(2))
    for position, (_, target) in enumerate(targets.iterrows()):
        if target["kind"] == "rule":
            held[:, position, :] = rules.compliance(target, position, panel)[:, 1 : until + 1]
            required[:, position] = rules.required_figures(target, panel)[:, until]
            compared[:, position] = rules.compared_figures(target, position, panel)[:, until]
    return held, required, compared


def _table(
    targets: pd.DataFrame, panel: Panel, figures: dict[str, Any], held: Figures, reasons: Reasons, as_of: int, year: int
) -> pd.DataFrame:
    import pandas as pd

    districts, count = len(panel.districts), len(targets)
    tiled = {
        name: np.tile(targets[name].to_numpy(), districts)
        for name in (
            "indicator_id", "part", "series_id", "category", "name", "unit", "attribute", "kind", "base", "milestone", "target",
            "rule_words", "rule_compares", "rule_comparison", "final_year",
        )
    }  # fmt: skip
    own = np.s_[:, :count]
    carried = {name: panel.column(name, year, "")[own] for name in ("data_status", "edition", "source", "where")}
    counted = {name: panel.column(name, year, None)[own] for name in ("count", "total")}
    is_rule = (targets["kind"] == "rule").to_numpy()
    known = np.where(is_rule, (~np.isnan(held)).sum(axis=2), np.nan)
    columns: dict[str, Any] = {
        "district": np.repeat(np.array(panel.districts, dtype=object), count),
        **tiled,
        "as_of": as_of,
        "data_year": year,
        **{name: array.ravel() for name, array in {**figures, **carried}.items()},
        **{name: pd.to_numeric(pd.Series(array.ravel()), errors="coerce").astype("Int64") for name, array in counted.items()},
        "rule_years_met": np.where(is_rule, (held == 1).sum(axis=2), np.nan).ravel(),
        "rule_years_known": known.ravel(),
        "without_base": np.tile((targets["base"].isna() & ~is_rule).to_numpy(), districts),
        "transferred": np.tile(_transferred(targets, as_of), districts),
        "transfer_status": np.tile(targets["transfer_status"].to_numpy(), districts),
        "reason": reasons.words.ravel(),
    }
    final = as_of >= int(targets["final_year"].iloc[0])
    words = pd.Series(columns["status"])
    columns["national_class"] = "" if final else words.map({word: statuses.national_class(word) for word in words.unique()})
    columns["indicator_status"] = _indicator_status(columns["status"].reshape(districts, count), targets)
    return pd.DataFrame(columns)[list(COLUMNS)]


def _transferred(targets: pd.DataFrame, as_of: int) -> NDArray[np.object_]:
    """Return the date of 职能划转 where it lies before the end of the evaluation year, else empty."""
    since = targets["transfer_since"].to_numpy(dtype=object)
    return np.array([date if date and int(date[:4]) <= as_of else "" for date in since], dtype=object)


def _indicator_status(status: NDArray[np.object_], targets: pd.DataFrame) -> NDArray[np.object_]:
    """Return the worst status among an indicator's parts, for each of its rows."""
    rank = {word: position for position, word in enumerate(statuses.SEVERITY)}
    ranks = np.vectorize(rank.__getitem__, otypes=[np.int64])(status)
    worst = ranks.copy()
    for _, positions in targets.groupby("indicator_id", sort=False).indices.items():
        worst[:, positions] = ranks[:, positions].min(axis=1, keepdims=True)
    words: NDArray[np.object_] = np.array(statuses.SEVERITY, dtype=object)[worst].ravel()
    return words
