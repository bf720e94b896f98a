"""What the figures of rule targets are made of: how each is computed, and in which rows its parts stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.assessment.panel import Panel, arrange
from analysis.assessment.rules import INDICATOR_PREFIX, reference_row
from analysis.presentation import wording
from analysis.presentation.places import indicator_rows, places

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


@dataclass(frozen=True)
class Origin:
    """Where a figure comes from: its formula (empty for a figure as reported) and its places."""

    formula: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class RuleFigures:
    """Origins of one evaluation's rule figures."""

    evaluation: PlanEvaluation

    @cached_property
    def panel(self) -> Panel:
        """The readings as the rules were judged on."""
        return arrange(self.evaluation.monitoring.readings, self.evaluation.targets, self.evaluation.data_year)

    def target(self, indicator: str, part: str) -> pd.Series:
        """Return the target of an indicator's part."""
        targets = self.evaluation.targets
        return targets[(targets["indicator_id"] == indicator) & (targets["part"] == part)].iloc[0]

    def compared(self, target: pd.Series, year: int) -> Origin:
        """Return the origin of what a rule compares: the value, or its growth over the year before."""
        indicator = str(target["indicator_id"])
        row = self.panel.row_code(indicator, target["part"])
        own = self._place(row, year, indicator)
        if target["rule_compares"] == "growth":
            return Origin(f"（{year}年数值÷{year - 1}年数值−1）×100", places(own, self._place(row, year - 1, indicator)))
        return Origin("", places(own))

    def required(self, target: pd.Series, year: int, *, on_day: bool = False) -> Origin:
        """Return the origin of what a rule asks for at a year's end, or on a day of that year."""
        of_year = year - int(target["rule_lag_years"])
        reference, part = str(target["rule_reference"]), str(target["rule_reference_part"])
        indicator = reference.removeprefix(INDICATOR_PREFIX) if reference.startswith(INDICATOR_PREFIX) else ""
        title = self.target(indicator, part)["name"] if indicator else self.evaluation.plan.context[reference].title
        factor = float(target["rule_factor"])
        times = "" if factor == 1 else f"×{wording.number(factor, 4)}"
        formula = f"{'当日' if on_day else f'{of_year}年'}{title}{f'（{part}）' if part else ''}{times}"
        rows = indicator_rows(self.evaluation, [target["indicator_id"]])
        return Origin(formula, places(self._place(reference_row(target, self.panel), of_year, indicator), *rows))

    def _place(self, row: int, year: int, indicator: str) -> str:
        """Return the row of a year-end figure; the plan's own row for an indicator's base year, which is printed there."""
        if row < 0 or year not in self.panel.years:
            return ""
        found = str(self.panel.column("where", year, "")[0, row])
        printed = indicator and year == self.panel.years[0]
        return found or ("".join(indicator_rows(self.evaluation, [indicator])) if printed else "")
