"""Beds to come: a list of projects first, named scenarios as a cross-check. Two points give no interval and no probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.models.care_beds.positive import require_positive, require_ratios
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

FLAT, LINEAR, GROWTH = "床位不增", "年增数不变", "年增速不变"
SCENARIOS = (FLAT, LINEAR, GROWTH)
PIPELINE_COLUMNS = ("beds", "opening_year", "low", "mid", "high")


def supply_scenarios(first: tuple[int, float], last: tuple[int, float], to_year: int) -> pd.DataFrame:
    """Carry beds on from two dates by three named scenarios.

    床位不增 keeps the last count; 年增数不变 adds the mean yearly step; 年增速不变 compounds the mean yearly growth.

    Args:
        first, last: year and beds (stock at year-end) of the two dates.
        to_year: last year wanted.

    Returns:
        ``scenario``, ``year`` (from the last date on), ``beds``; long.

    Raises:
        InputError: beds not above zero, or years that are not in order.

    Source:
        Two points; scenarios, not forecasts.

    Example:
        >>> table = supply_scenarios((2015, 3309), (2020, 4983), 2025)
        >>> table[table["year"] == 2025][["scenario", "beds"]].round().values.tolist()
        [['床位不增', 4983.0], ['年增数不变', 6657.0], ['年增速不变', 7504.0]]
    """
    import pandas as pd

    (first_year, first_beds), (last_year, last_beds) = first, last
    require_positive(beds_0=first_beds, beds_1=last_beds)
    if not first_year < last_year <= to_year:
        raise InputError.single("供给情景的年份", f"{first_year}、{last_year}、{to_year}", "依次递增", "核对年份")
    span = last_year - first_year
    step, ratio = (last_beds - first_beds) / span, (last_beds / first_beds) ** (1 / span)
    rows = []
    for year in range(last_year, to_year + 1):
        ahead = year - last_year
        values = (last_beds, last_beds + step * ahead, last_beds * ratio**ahead)
        rows += [(name, year, value) for name, value in zip(SCENARIOS, values, strict=True)]
    table = pd.DataFrame(rows, columns=["scenario", "year", "beds"])
    fallen = table[table["beds"] < 0]
    if len(fallen):
        row = fallen.iloc[0]
        raise InputError.single(f"{row['scenario']} {row['year']}年", f"{row['beds']:.0f}张", "不小于0", "床位减少得快，缩短推算年限")
    return table.sort_values("scenario", key=lambda names: names.map(SCENARIOS.index), kind="stable").reset_index(drop=True)


def pipeline_supply(projects: pd.DataFrame, last: tuple[int, float], to_year: int) -> pd.DataFrame:
    """Add the beds of listed projects to the last count, each with the share that its status lets one count on.

    Args:
        projects: one row a project: ``beds`` (net: less what it replaces), ``opening_year``, ``low``, ``mid``, ``high`` (shares
            counted, by status).
        last: year and beds (stock at year-end) that the projects come on top of.
        to_year: last year wanted.

    Returns:
        ``year``, ``low``, ``mid``, ``high`` (beds); a project counts from its opening year on.

    Raises:
        InputError: a missing column, a project that opened in the counted year or before, shares outside 0 to 1 or not in order.

    Source:
        Sum over the list; the shares are entries of the ledger.

    Example:
        >>> import pandas as pd
        >>> rows = [(200, 2023, 0.8, 0.9, 1.0), (300, 2025, 0.3, 0.5, 0.8)]
        >>> projects = pd.DataFrame(rows, columns=["beds", "opening_year", "low", "mid", "high"])
        >>> pipeline_supply(projects, (2020, 4983), 2025).iloc[-1].tolist()
        [2025.0, 5233.0, 5313.0, 5423.0]
    """
    import pandas as pd

    missing = [name for name in PIPELINE_COLUMNS if name not in projects.columns]
    if missing:
        raise InputError.single("床位项目表", f"缺{'、'.join(missing)}", "、".join(PIPELINE_COLUMNS), "补齐各列")
    last_year, last_beds = last
    require_positive(beds=last_beds)
    for level in ("low", "mid", "high"):
        require_ratios(**{level: projects[level].to_numpy(float)})
    early = projects[projects["opening_year"] <= last_year]
    unordered = projects[(projects["low"] > projects["mid"]) | (projects["mid"] > projects["high"])]
    if len(early) or len(unordered):
        found = f"启用年份{int(early['opening_year'].min())}" if len(early) else "计入比例的低、中、高次序不对"
        raise InputError.single("床位项目表", found, f"启用年份晚于{last_year}年，低、中、高依次不减", "已启用的应已计入床位数")
    rows = []
    for year in range(last_year, to_year + 1):
        opened = projects[projects["opening_year"] <= year]
        rows.append((year, *(last_beds + float((opened["beds"] * opened[level]).sum()) for level in ("low", "mid", "high"))))
    return pd.DataFrame(rows, columns=["year", "low", "mid", "high"])
