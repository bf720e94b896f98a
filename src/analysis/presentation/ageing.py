"""What a reader is told of the aged: a sentence and tables, rounded, with method, years and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import RATING_WORDS, assumption_table
from analysis.assessment.prospects.ageing_forecast import LEVELS
from analysis.presentation import wording
from analysis.presentation.ageing_claim import forecast_claim

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.ageing import AgeingProspect


def _written(value: float, decimals: int = 1) -> str:
    return wording.number(value, decimals, keep_zeros=True)


def _between(low: float, high: float) -> str:
    return f"{_written(low)}～{_written(high)}"


def sentence(prospect: AgeingProspect) -> str:
    """Return the words of :func:`analysis.presentation.ageing_claim.forecast_claim`.

    Example:
        >>> from analysis.assessment.prospects.ageing import project_ageing
        >>> sentence(project_ageing("yuexiu-14")).split("；")[0]
        '2025年末广州市越秀区户籍60周岁以上人口推算为37.1万人，80%经验误差带36.0～38.2万人'
    """
    return forecast_claim(prospect).sentence


def path_table(prospect: AgeingProspect, years: tuple[int, ...] | None = None) -> pd.DataFrame:
    """Return the path of some years: 推算 or 观测, both bands, and what the plan's own counts gave.

    Args:
        years: years of the path; None for the years asked for.
    """
    import pandas as pd

    rows = prospect.path[prospect.path["year"].isin(years or prospect.to_years)]
    return pd.DataFrame(
        {
            "年份": rows["year"].astype(str),
            "依据": rows["basis"],
            "万人": rows["point"].map(_written),
            "80%经验误差带": [_between(*ends) for ends in zip(rows["low_80"], rows["high_80"], strict=True)],
            "95%经验误差带": [_between(*ends) for ends in zip(rows["low_95"], rows["high_95"], strict=True)],
            "按出生数，未用后来计数": rows["births_shaped"].map(_written),
            "恒定增速": rows["constant_growth"].map(_written),
        }
    ).reset_index(drop=True)


def counts_table(prospect: AgeingProspect) -> pd.DataFrame:
    """Return every count: used or not, and why."""
    import pandas as pd

    rows = prospect.observations
    return pd.DataFrame(
        {
            "年份": rows["year"].astype(str),
            "万人": rows["value"].map(lambda value: _written(value, 2)),
            "来自": rows["kind"],
            "标记": rows["mark"],
            "采用": rows["used"].map({True: "是", False: "否"}),
            "理由": rows["why"],
        }
    )


def reconciliation_table(prospect: AgeingProspect) -> pd.DataFrame:
    """Return the forecast under each reading of the two counts of the base year."""
    import pandas as pd

    rows = prospect.reconciliation.results
    return pd.DataFrame(
        {
            "基期数": rows["base_kind"],
            "基期（万人）": rows["base"].map(lambda value: _written(value, 2)),
            "五年前（万人）": rows["earlier"].map(lambda value: _written(value, 2)),
            "处理": rows["treatment"],
            "年份": rows["year"].astype(str),
            "未用后来计数": rows["before"].map(_written),
            "用后来计数": rows["after"].map(_written),
            "采用": rows["used"].map({True: "是", False: "否"}),
        }
    )


def parts_table(prospect: AgeingProspect) -> pd.DataFrame:
    """Return the five-year steps by parts, with the residual, which is zero."""
    import pandas as pd

    rows = prospect.forecast.parts
    spans = [f"{int(row.start)}—{int(row.end)}" for row in rows.itertuples()]
    names = {"at_start": "期初", "survivors": "其中五年后仍在", "entrants": "新进入60岁", "total": "期末", "residual": "余差"}
    figures = {title: rows[name].map(lambda value: _written(value, 2)) for name, title in names.items()}
    return pd.DataFrame({"五年": spans, **figures})


def assumptions_table(prospect: AgeingProspect) -> pd.DataFrame:
    """Return the ledger entries of band and scenarios: range, ratings, mark."""
    import pandas as pd

    rows = assumption_table([*prospect.assumptions, *prospect.scenario_assumptions])
    ratings = {"quality": "证据", "impact": "影响"}
    return pd.DataFrame(
        {
            "假设": rows["name"],
            "单位": rows["unit"],
            **{
                title: rows[name].map(lambda value: wording.number(value, 3))
                for name, title in zip(("low", "mid", "high"), LEVELS, strict=True)
            },
            **{title: rows[name].map(RATING_WORDS) for name, title in ratings.items()},
            "用于": ["推算与误差带" if id in prospect.assumptions else "情景" for id in rows["id"]],
            "标记": rows["mark"],
        }
    )


def cohort_table(projections: pd.DataFrame, actual: float, unit: float = 1e8) -> pd.DataFrame:
    """Return what each cohort variant projects beside what is known.

    Args:
        projections: see :func:`analysis.models.ageing.hamilton_perry.cohort_projections`; actual: persons 60+; unit: persons in a
            unit shown, 亿 by default.
    """
    import pandas as pd

    total = projections["total"]
    return pd.DataFrame(
        {
            "方法": projections["method"],
            "推算": (total / unit).map(lambda value: _written(value, 2)),
            "对照": _written(actual / unit, 2),
            "相差": ((total / actual - 1) * 100).map(wording.signed_percent),
        }
    )


def totals_table(totals: pd.DataFrame) -> pd.DataFrame:
    """Return every known total of registered residents; see :func:`analysis.assessment.prospects.ageing_share.registered_totals`."""
    import pandas as pd

    same = totals["low"] == totals["high"]
    ranges = [
        _written(row.total) if row.low == row.high else f"{_written(row.total)}（{_between(row.low, row.high)}）"
        for row in totals.itertuples()
    ]
    return pd.DataFrame(
        {
            "年末": totals["year"].astype(str),
            "户籍人口（万人）": ranges,
            "得自": same.map({True: "公布数", False: "人数÷公布占比"}),
            "标记": totals["mark"],
        }
    )


def backtest_table(summary: pd.DataFrame) -> pd.DataFrame:
    """Return the errors of each method; see :func:`analysis.assessment.prospects.ageing_backtest.ageing_backtest`."""
    import pandas as pd

    return pd.DataFrame(
        {
            "方法": summary["method"],
            "推算年数": summary["horizon"].astype(str),
            "个数": summary["n"].map(lambda value: wording.number(value, 0)),
            "平均误差": summary["mean_percent"].map(lambda value: f"{_written(value)}%"),
            "80%在此之内": summary["within_80"].map(lambda value: f"±{_written(value * 100)}%"),
            "95%在此之内": summary["within_95"].map(lambda value: f"±{_written(value * 100)}%"),
        }
    )


def share_sentence(share: pd.Series) -> str:
    """State a share with its range and denominator; see :func:`analysis.assessment.prospects.ageing_share.ageing_share`.

    Example:
        >>> from analysis.assessment.prospects.ageing import project_ageing
        >>> from analysis.assessment.prospects.ageing_share import ageing_share
        >>> share_sentence(ageing_share(project_ageing("yuexiu-14"), 2025)).split("，分母")[0]
        '2025年末占户籍人口31.7%（29.9%～32.9%）'
    """
    shown = wording.percent(share["mid"], keep_zeros=True)
    ends = f"{wording.percent(share['low'], keep_zeros=True)}～{wording.percent(share['high'], keep_zeros=True)}"
    total = f"分母为{int(share['total_year'])}年末户籍人口{_written(share['total'])}万人，假定此后不变（情景）"
    known = _between(share["total_low"], share["total_high"])
    return f"{int(share['year'])}年末占户籍人口{shown}（{ends}），{total}；所知户籍人口在{known}万人之间。"
