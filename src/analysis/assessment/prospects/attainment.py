"""The chance of each indicator to meet its target: a trend model where it deserves one, else what can be counted or asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from analysis.archive.assumptions import load_assumption
from analysis.archive.calibration import FEWEST
from analysis.archive.chances import load_chance_words
from analysis.archive.forecast_rows import PUBLISHED
from analysis.archive.forms import SAME_DEFINITION
from analysis.assessment import statuses
from analysis.models.trend import forecast

if TYPE_CHECKING:
    import pandas as pd

TREND, SCENARIO, BOUNDED, COUNTED, KEEP, RULE, NOTHING = "趋势模型", "情景", "占比", "计数", "保持", "规则", "缺数据"
BANDS = ("point", "low_80", "high_80", "low_95", "high_95", "chance", "method")
SLOWEST, BELOW, ABOVE, FASTEST = "慢于下四分位", "慢于中位", "快于中位", "快于上四分位"


def attainment(verdicts: pd.DataFrame, targets: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Say of each indicator row how its target in the final year may be met, before the plan's end.

    Level targets that are neither bounded shares nor counted k of N take the trend model, if base value and yearly figures of
    one definition give three points or more; with fewer there is no chance, only scenarios. The others are not a matter of
    trend: rules are asked yearly, kept levels are kept or not, shares and counts have a distance left.

    Args:
        verdicts: one district's rows of :func:`analysis.assessment.assess.assess` before the plan's end.
        targets: see :func:`analysis.observations.targets.load_targets`.
        readings: monitoring figures up to any year; later ones than the verdicts' data year are not used.

    Returns:
        One row a row of ``verdicts``, in its order: ``indicator_id``, ``part``, ``category``, ``name``, ``unit``,
        ``attribute``, ``kind``, ``status``, ``direction``, ``data_year``, ``final_year``, ``value``, ``target``,
        ``approach`` (趋势模型, 情景, 占比, 计数, 保持, 规则 or 缺数据), ``n`` and ``first_year`` (points of the series),
        ``point``, ``low_80``, ``high_80``, ``low_95``, ``high_95`` (final year, in the unit), ``chance`` (0 to 1, unrounded),
        ``method``, ``required_pace`` (unit a year), ``required_growth`` (percent a year), ``growth_class`` (where that lies
        among public series), ``remaining`` (counted things left to do) and ``counted_unit`` (what they are).
    """
    import pandas as pd

    columns = ["direction", "bounded", "base_year", "counted_total", "counted_unit"]
    table = verdicts.merge(targets[["indicator_id", "part", *columns]], on=["indicator_id", "part"], how="left")
    history = _history(table, readings)
    points = history.groupby(["indicator_id", "part"])["year"].agg(["size", "min"])
    keys = pd.MultiIndex.from_frame(table[["indicator_id", "part"]])
    table["n"] = points["size"].reindex(keys).fillna(0).to_numpy(int)
    table["first_year"] = points["min"].reindex(keys).to_numpy()
    table["approach"] = _approach(table)
    modelled = _forecasts(table[table["approach"] == TREND], history)
    table = table.merge(modelled, on=["indicator_id", "part"], how="left")
    table["method"] = table["method"].astype("object").where(table["method"].notna(), "")
    table["required_growth"], table["growth_class"] = _required_growth(table)
    left = (table["target"] / 100 * table["total"] - table["count"]).where(table["approach"] == COUNTED)
    table["remaining"] = np.ceil(left.clip(lower=0).astype(float) - 1e-9) + 0.0
    kept = [
        "indicator_id", "part", "category", "name", "unit", "attribute", "kind", "status", "direction", "data_year", "final_year", "value",
        "target", "approach", "n", "first_year", *BANDS, "required_pace", "required_growth", "growth_class", "remaining", "counted_unit",
    ]  # fmt: skip
    return table[kept]


def _history(table: pd.DataFrame, readings: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly points of the level rows: the printed base and the figures of its definition up to the data year."""
    import pandas as pd

    levels = table[(table["kind"] == "level") & ~table["status"].isin(statuses.UNJUDGED)]
    base = levels.loc[levels["base"].notna(), ["indicator_id", "part", "base_year", "base"]]
    base = base.rename(columns={"base_year": "year", "base": "value"})
    own = readings[(readings["definition"] == SAME_DEFINITION) & readings["value"].notna()]
    own = own.rename(columns={"series": "indicator_id"})[["indicator_id", "part", "year", "value"]]
    own = own.merge(levels[["indicator_id", "part", "data_year", "base_year"]], on=["indicator_id", "part"])
    own = own[(own["year"] <= own["data_year"]) & (own["year"] > own["base_year"])]
    joined = pd.concat([base, own[["indicator_id", "part", "year", "value"]]], ignore_index=True)
    return joined.astype({"year": int, "value": float}).sort_values(["indicator_id", "part", "year"], kind="stable")


def _approach(table: pd.DataFrame) -> pd.Series:
    import pandas as pd

    level = table["kind"] == "level"
    cases = [
        table["status"].isin(statuses.UNJUDGED) | (table["data_year"] >= table["final_year"]),
        table["kind"] == "rule",
        table["kind"] == "keep",
        level & table["counted_total"].notna(),
        level & table["bounded"],
        level & (table["n"] < FEWEST),
    ]
    return pd.Series(np.select(cases, [NOTHING, RULE, KEEP, COUNTED, BOUNDED, SCENARIO], TREND), index=table.index)


def _forecasts(rows: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Return the trend model's figures for the final year, one row a modelled row."""
    import pandas as pd

    if rows.empty:
        return pd.DataFrame({"indicator_id": [], "part": [], **{name: [] for name in BANDS}}).astype({"indicator_id": str, "part": str})
    series = history.merge(rows[["indicator_id", "part", "target", "direction"]], on=["indicator_id", "part"])
    numbers = series.groupby(["indicator_id", "part"], sort=False).ngroup()
    final_year = int(rows["final_year"].iloc[0])
    found = forecast(series.assign(series=numbers, kind="level").drop(columns=["indicator_id", "part"]), final_year)
    last = found[found["year"] == final_year].set_index("series")
    named = series.assign(number=numbers).drop_duplicates("number")[["indicator_id", "part", "number"]]
    joined = named.join(last[list(BANDS)].astype({"method": str}), on="number")
    return joined.drop(columns="number")


def _required_growth(table: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Return the yearly growth still required in percent, and where it lies among the usual growth of public series.

    A target where lower is better is compared with how fast series usually fall. Nothing for shares, counts and rows whose
    target is reached.
    """
    import pandas as pd

    left = table["final_year"] - table["data_year"]
    sign = np.where(table["direction"] == "higher", 1.0, -1.0)
    fits = table["approach"].isin((TREND, SCENARIO)) & (table["value"] > 0) & (table["target"] > 0) & (left > 0)
    fits &= sign * (table["target"] - table["value"]) > 0
    growth = 100 * ((table["target"] / table["value"]).where(fits) ** (1 / left.where(fits)) - 1)
    classes = load_chance_words().growth_classes
    words = []
    for value, years, direction in zip(growth, left, sign, strict=True):
        if np.isnan(value):
            words.append("")
            continue
        usual = load_assumption(classes[min(classes, key=lambda known: (abs(known - years), known))]).range
        bounds = sorted(direction * bound for bound in usual)
        words.append((SLOWEST, BELOW, ABOVE, FASTEST)[int(np.searchsorted(bounds, direction * value))])
    return growth, pd.Series(words, index=table.index)


def published(rows: pd.DataFrame, plan_id: str, made_in: int) -> pd.DataFrame:
    """Return the modelled rows as a report keeps them for later scoring.

    Args:
        rows: see :func:`attainment`. made_in: year of the evaluation.

    Returns:
        Columns :data:`analysis.archive.forecast_rows.PUBLISHED`; intervals and target in the indicator's unit, ``chance`` unrounded.
    """
    modelled = rows[rows["approach"] == TREND].rename(columns={"final_year": "target_year", "value": "last_value"})
    return modelled.assign(plan=plan_id, made_in=made_in)[list(PUBLISHED)].astype({"first_year": int}).reset_index(drop=True)
