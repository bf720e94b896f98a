"""Chances of a plan's target for donations per resident, under the ledger's classes of volatility, and as data come in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.archive.assumptions import load_assumption
from analysis.models.donation_chances import chance_after, chance_grid

if TYPE_CHECKING:
    import pandas as pd

NATIONAL, RECEIPTS, AID = "donation_volatility_national", "donation_volatility_receipts", "donation_volatility_aid"
CLASSES = (NATIONAL, RECEIPTS, AID)
# A national total averages out what single gifts do to one district, so it only bounds the volatility from below.
FLOOR_CLASSES = (NATIONAL,)
DRIFT, DRIFT_UNCERTAINTY = "donation_log_drift", "donation_drift_uncertainty"
ASSUMPTIONS = (*CLASSES, DRIFT, DRIFT_UNCERTAINTY)
SCENARIO, TREND = "假设情景", "趋势模型"
REQUIRED_DRIFT = "所需"
VALUES = {"low": "低", "mid": "中", "high": "高"}
FEWEST_POINTS = 3  # two points have one change, which says nothing of how much changes differ


def assumed_chances(level: float, target: float, years: int) -> pd.DataFrame:
    """Return the chance under every assumed drift and volatility, the drift that the target asks for among them.

    Args:
        level, target: 元 a permanent resident a year.
        years: years left.

    Returns:
        One row a pair: ``class_id``, ``class_name``, ``value_of`` (低, 中, 高 of the class), ``sigma``, ``drift_name`` (低, 中, 高,
        所需), ``drift``, ``chance``, ``counts``, ``label``. ``counts`` says whether the row enters the headline: the middle value
        of a class that is no floor, under a drift of the ledger.

    Example:
        >>> rows = assumed_chances(23, 28, 5).query("counts and drift_name != '中'")
        >>> rows[["value_of", "drift_name", "chance"]].round(2).values.tolist()
        [['中', '低', 0.34], ['中', '低', 0.39], ['中', '高', 0.58], ['中', '高', 0.56]]
    """
    import pandas as pd

    drift = load_assumption(DRIFT).range
    drifts = [(VALUES[key], getattr(drift, key)) for key in VALUES] + [(REQUIRED_DRIFT, math.log(target / level) / years)]
    tables = []
    for name, value in sorted(drifts, key=lambda pair: pair[1]):
        for class_id in CLASSES:
            entry = load_assumption(class_id)
            rows = chance_grid(level, target, years, [value], list(entry.range))
            rows.insert(0, "class_id", class_id)
            rows.insert(1, "class_name", entry.name)
            rows.insert(2, "value_of", list(VALUES.values()))
            rows.insert(4, "drift_name", name)
            counts = class_id not in FLOOR_CLASSES and name != REQUIRED_DRIFT
            tables.append(rows.assign(counts=(rows["value_of"] == VALUES["mid"]) & counts))
    order = ["class_id", "class_name", "value_of", "sigma", "drift_name", "drift", "chance", "counts"]
    return pd.concat(tables, ignore_index=True)[order].assign(label=SCENARIO)


def chances_as_data_come_in(
    levels: pd.DataFrame, target: float, final_year: int, milestone_year: int, milestone: float, rounding_unit: float
) -> pd.DataFrame:
    """Return the chance after each year with a figure, and what it would be for supposed figures of the milestone year.

    Up to two figures the drift is zero, give or take its uncertainty in the ledger, and each class has its middle volatility. From
    the third on the trend model speaks. While no figure of the milestone year is known, four are supposed: the base, the
    milestone, one printed unit below the target, the target.

    Args:
        levels: ``year``, ``value`` (元 a permanent resident a year), the base first.
        target, final_year: what is to be reached, and when.
        milestone_year, milestone: the plan's milestone; NaN where it has none, and nothing is supposed then.
        rounding_unit: unit of the printed figures.

    Returns:
        One row a figure and class: ``year``, ``level``, ``years_left``, ``class_id``, ``class_name``, ``sigma``, ``chance``,
        ``assumed``, ``label``; the trend model's rows have no class and no sigma.

    Example:
        >>> import pandas as pd
        >>> base = pd.DataFrame({"year": [2020], "value": [23.0]})
        >>> rows = chances_as_data_come_in(base, 28.0, 2025, 2023, 25.0, 1.0).query("class_id == 'donation_volatility_aid'")
        >>> rows[["year", "level", "chance"]].round(2).values.tolist()
        [[2020.0, 23.0, 0.4], [2023.0, 23.0, 0.34], [2023.0, 25.0, 0.41], [2023.0, 27.0, 0.47], [2023.0, 28.0, 0.5]]
    """
    import pandas as pd

    tables = []
    for count, (year, level) in enumerate(zip(levels["year"].tolist(), levels["value"].tolist(), strict=True), start=1):
        if count < FEWEST_POINTS:
            tables.append(_by_class(year, level, target, final_year).assign(assumed=False, label=SCENARIO))
        else:
            chance = float(trend(levels.head(count), target, final_year)["chance"].iloc[-1])
            row = {"year": year, "level": level, "years_left": final_year - year, "class_id": "", "class_name": TREND, "sigma": math.nan}
            tables.append(pd.DataFrame([row | {"chance": chance, "assumed": False, "label": TREND}]))
    if levels["year"].iloc[-1] < milestone_year and not math.isnan(milestone):
        supposed = dict.fromkeys((float(levels["value"].iloc[0]), milestone, target - rounding_unit, target))
        tables += [_by_class(milestone_year, level, target, final_year).assign(assumed=True, label=SCENARIO) for level in supposed]
    return pd.concat(tables, ignore_index=True)


def _by_class(year: int, level: float, target: float, final_year: int) -> pd.DataFrame:
    entries = [load_assumption(class_id) for class_id in CLASSES]
    sigmas = [entry.mid for entry in entries]
    rows = chance_after({year: level}, target, final_year, sigmas, load_assumption(DRIFT).low, load_assumption(DRIFT_UNCERTAINTY).mid)
    rows.insert(3, "class_id", [entry.id for entry in entries])
    rows.insert(4, "class_name", [entry.name for entry in entries])
    return rows


def trend(levels: pd.DataFrame, target: float, final_year: int) -> pd.DataFrame:
    """Return the trend model's forecast from at least three figures; see :func:`analysis.models.trend.forecast`.

    Args:
        levels: ``year``, ``value`` (元 a permanent resident a year); a flow of each year.
        target, final_year: what is to be reached, and when.
    """
    from analysis.models.trend import forecast

    series = levels[["year", "value"]].assign(series="donation_per_resident_yuan", kind="level", target=target, direction="higher")
    forecasts: pd.DataFrame = forecast(series, final_year)
    return forecasts[forecasts["year"] == final_year].reset_index(drop=True)
