"""Rules year by year: what was compared, what was required, and on which day a rule was broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.panel import arrange
from analysis.assessment.rules import compared_figures, compliance, days_of_change, required_figures

if TYPE_CHECKING:
    import pandas as pd

_LABELS = ("indicator_id", "part", "name", "unit", "rule_words", "rule_compares", "rule_comparison")
COLUMNS = (*_LABELS, "year", "compared", "required", "held", "broken_on", "broken_figure", "broken_required")


def rule_years(readings: pd.DataFrame, targets: pd.DataFrame, data_year: int) -> pd.DataFrame:
    """Judge every rule of one district in every year up to that of the data.

    Args:
        readings, targets: see :func:`analysis.assessment.assess.assess`.
        data_year: last year to judge.

    Returns:
        One row a rule and year, columns ``COLUMNS``: ``compared`` and ``required`` at the year's end (in the unit, or % for a
        rule on growth), ``held`` (1, 0, NaN), and the first day within the year on which the rule did not hold, with what was
        in force and required then (missing where there is none, or where the year's end shows it).
    """
    import pandas as pd

    panel = arrange(readings, targets, data_year)
    rows = []
    for position, (_, target) in enumerate(targets.iterrows()):
        if target["kind"] != "rule":
            continue
        held = compliance(target, position, panel)[0]
        compared, required = compared_figures(target, position, panel)[0], required_figures(target, panel)[0]
        days = days_of_change(target, position, panel)
        broken = days[(days["held"] == 0) & (days["district_code"] == 0)]
        for year in range(panel.years[0] + 1, data_year + 1):
            code = panel.year_code(year)
            on = broken[broken["day"].dt.year == year].iloc[:1]
            day = on.iloc[0] if len(on) else None
            rows.append(
                {name: target[name] for name in _LABELS}
                | {"year": year, "compared": compared[code], "required": required[code], "held": held[code]}
                | {
                    "broken_on": day["day"].date().isoformat() if day is not None else "",
                    "broken_figure": day["figure"] if day is not None else float("nan"),
                    "broken_required": day["required"] if day is not None else float("nan"),
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
