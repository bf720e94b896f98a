"""Two plan periods of one statistic: totals as yearly means, stocks as end-of-period levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.plans import Plan

if TYPE_CHECKING:
    import pandas as pd


def yearly_growth(earlier: float, later: float, years: float) -> float:
    """Return the constant yearly growth that leads from one level to another, as a ratio (0.05 is 5 %).

    For totals over periods of equal length the years between the periods' mid-points count, for stocks the years
    between the dates.

    Raises:
        ValueError: a level that is not positive.

    Example:
        >>> round(yearly_growth(3309, 4983, 5), 4)
        0.0853
    """
    if earlier <= 0 or later <= 0:
        raise ValueError(f"增速须由正数计算：{earlier}，{later}")
    return float((later / earlier) ** (1 / years) - 1)


def period_comparison(observations: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Compare the two periods of 专栏2; one row a statistic in printed order.

    Args:
        observations: the 专栏2 rows of :func:`analysis.load_observations`.
        plan: definitions, with the two periods.

    Returns:
        Columns ``number``, ``category``, ``name``, ``unit``, ``measure``, ``parent_number``, ``printed_12``,
        ``printed_13`` (as printed), ``earlier``, ``later`` (flows: yearly means over the period; stocks: level at its
        end), ``ratio`` (later ÷ earlier), ``change_percent`` (of the yearly means or levels),
        ``yearly_growth_percent`` (flows between mid-points 2013 and 2018, stocks between 2015 and 2020),
        ``definition_break``, ``comparable`` (both printed, no break).
        Missing stays missing: a statistic that prints — for one period has no change.
    """
    import pandas as pd

    first, second = plan.periods["period_12"], plan.periods["period_13"]
    rows = []
    for number, group in observations.groupby("number", sort=True):
        label = group.iloc[0]
        figures = group.set_index("period_end")
        flow = label["measure"] == "flow"
        earlier = figures.at[first.last_year, "value"] / (first.years if flow else 1)
        later = figures.at[second.last_year, "value"] / (second.years if flow else 1)
        years = second.middle_year - first.middle_year if flow else second.last_year - first.last_year
        both = earlier > 0 and later > 0  # a ratio needs two positive figures; a printed 0 stays a figure
        rows.append(
            {
                "number": number,
                "category": label["category"],
                "name": label["name"],
                "unit": label["unit"],
                "measure": label["measure"],
                "parent_number": label["parent_number"],
                "printed_12": figures.at[first.last_year, "printed"],
                "printed_13": figures.at[second.last_year, "printed"],
                "earlier": earlier,
                "later": later,
                "ratio": later / earlier if both else float("nan"),
                "change_percent": (later / earlier - 1) * 100 if both else float("nan"),
                "yearly_growth_percent": yearly_growth(earlier, later, years) * 100 if both else float("nan"),
                "definition_break": label["definition_break"],
                "comparable": bool(both and not label["definition_break"]),
            }
        )
    return pd.DataFrame(rows)
