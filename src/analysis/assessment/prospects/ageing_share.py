"""The share of the aged among registered residents: each total with its date, and the share as a range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.prospects.ageing import AgeingProspect
from analysis.assessment.prospects.ageing_counts import SERIES, TOTAL_SERIES, Counts
from analysis.models.ageing.ratios import share
from analysis.observations.door import load_table
from analysis.observations.monitoring import LATEST
from analysis.observations.public_figures import OFFICIAL_PAGE, load_public_figures
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import UNVERIFIED
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

TOTAL_COLUMNS = ["year", "low", "total", "high", "how", "source", "mark"]
_PLAN_SHARE, _PUBLIC_SHARE = "长者占户籍人口比例", "60+占比"
Total = tuple[int, float, float, float, str, str, str]
COUNTED, BY_SHARE = "公布的户籍人口", "60岁以上人数÷公布占比（占比四舍五入，故为范围）"


def registered_totals(counts: Counts, public_edition: str = LATEST) -> pd.DataFrame:
    """Return every known total of registered residents: counted ones, and those that a published share implies.

    Args:
        counts: see :func:`analysis.assessment.prospects.ageing_counts.load_counts`; public_edition: edition of the public figures.

    Returns:
        ``year``, ``low``, ``total``, ``high`` (万人, year-end), ``how``, ``source``, ``mark``; oldest first.
    """
    import pandas as pd

    rows: list[Total] = [(year, value, value, value, COUNTED, "年度监测数据", "") for year, value in counts.totals.items()]
    rows += _implied_by_plan(counts)
    if counts.plan.header.public_source:
        rows += _public(counts, load_public_figures(public_edition))
    table = pd.DataFrame(rows, columns=TOTAL_COLUMNS).sort_values(["year", "how"], kind="stable")
    return table.reset_index(drop=True)


def _implied_by_plan(counts: Counts) -> list[Total]:
    """List what the share printed in the plan's prose implies, to its rounding."""
    if counts.base_year not in counts.printed:
        return []
    prose = load_table("prose_figures")
    found = prose[prose["subject"] == _PLAN_SHARE]
    return [
        (counts.base_year, *_implied(counts.printed[counts.base_year], str(row.printed)), BY_SHARE, f"规划正文{row.chapter}", "")
        for row in found.itertuples()
    ]


def _public(counts: Counts, figures: pd.DataFrame) -> list[Total]:
    """List public totals of the place, and those implied by a public share of a year that has a count."""
    series = [counts.plan.context.get(id) for id in (TOTAL_SERIES, SERIES)]
    mapped = [(item.region, item.concept, item.definition) for one in series[:1] if one for item in one.public]
    regions = {item.region for one in series if one for item in one.public}
    rows: list[Total] = []
    for row in figures[figures["year"].notna() & figures["region"].isin(regions)].itertuples():
        year, mark = int(row.year), "" if row.reliability == OFFICIAL_PAGE else UNVERIFIED
        if counts.through_year is not None and year > counts.through_year:
            continue
        if (row.region, row.concept, row.definition) in mapped and year not in counts.totals:
            rows.append((year, row.value, row.value, row.value, COUNTED, row.source_title, mark))
        if row.concept == _PUBLIC_SHARE and row.definition == "户籍" and year in counts.yearly:
            rows.append((year, *_implied(counts.yearly[year], f"{row.value:g}"), BY_SHARE, row.source_title, mark))
    return rows


def _implied(count: float, percent: str) -> tuple[float, float, float]:
    """Return low, middle and high total that a count and a printed share imply."""
    from decimal import Decimal

    from analysis.vocabulary.rounding import rounding_interval

    low, high = (float(end) for end in rounding_interval(Decimal(percent)))
    return count / high * 100, count / float(percent) * 100, count / low * 100


def ageing_share(prospect: AgeingProspect, year: int, public_edition: str = LATEST) -> pd.Series:
    """Return the share of the aged in a year as a range, with its denominator.

    The total is not projected: it is held at the last one known (情景), and its range is that of all totals known. The count is what is
    projected; the share moves with both.

    Returns:
        ``year``, ``low``, ``mid``, ``high`` (share, 0 to 1), ``total`` (万人), ``total_year``, ``total_low``, ``total_high``, ``source``.

    Raises:
        InputError: no total is known, or a year outside the path.

    Example:
        >>> from analysis.assessment.prospects.ageing import project_ageing
        >>> row = ageing_share(project_ageing("yuexiu-14"), 2025)
        >>> round(row["mid"], 3), round(row["total"], 1), row["total_year"]
        (0.317, 117.0, 2023)
    """
    import pandas as pd

    totals = registered_totals(prospect.counts, public_edition)
    if totals.empty:
        raise InputError.single(f"规划 {prospect.plan_id}", "没有户籍总人口", "至少一个年末数", f"在背景数据 {TOTAL_SERIES} 中填报")
    last = totals.iloc[-1]
    total = Range(float(totals["low"].min()), float(last["total"]), float(totals["high"].max()))
    result = share(prospect.at(year), total)
    return pd.Series(
        {
            "year": year, "low": result.low, "mid": result.mid, "high": result.high, "total": total.mid, "total_year": int(last["year"]),
            "total_low": total.low, "total_high": total.high, "source": last["source"],
        }
    )  # fmt: skip
