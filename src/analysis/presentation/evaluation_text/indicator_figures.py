"""The figures of one judged indicator, each worded and marked: what it reached, what was asked for, how fast it went."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.assessment.schedule import RELATIVE_PRECISION
from analysis.presentation import wording
from analysis.presentation.evaluation_text.figures import decimals_apart, measured
from analysis.presentation.evaluation_text.rule_figures import RuleFigures
from analysis.presentation.places import indicator_rows, places
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

POINTS = "个百分点"


@dataclass(frozen=True)
class IndicatorFigures:
    """Figures of a row of the verdicts.

    Attributes:
        evaluation: whose row it is.
        row: the row, as :func:`analysis.presentation.claims.rows_of` gives it.
    """

    evaluation: PlanEvaluation
    row: Any

    @cached_property
    def target(self) -> pd.Series:
        """The row's target."""
        return RuleFigures(self.evaluation).target(self.row.indicator_id, self.row.part)

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """Where the plan prints base and target."""
        return indicator_rows(self.evaluation, [self.row.indicator_id])

    @property
    def rows(self) -> tuple[str, ...]:
        """Where target and value stand."""
        return places(*self.printed, self.row.where)

    @cached_property
    def _sign(self) -> int:
        return 1 if self.target["direction"] == "higher" else -1

    def reached(self) -> str:
        """Word the value, k of N before it where it was counted."""
        row, where = self.row, places(self.row.where)
        counted = pd.notna(row.count) and pd.notna(row.total)
        unit = self.target["counted_unit"] or "对象"
        formula = f"达到的{unit}数÷{unit}总数" if counted else ""
        value = measured(row.value, row.unit, f"{row.data_year}年数值", formula, where, self._decimals())
        if not counted:
            return value
        count = quantity(row.count, f"{row.data_year}年达到的{unit}数", "", where)
        return f"{count}/{quantity(row.total, f'{row.data_year}年{unit}总数', '', where)}（{value}）"

    def _decimals(self) -> int:
        """Return how many decimals keep the value apart from what it is compared with in the same sentence."""
        row = self.row
        bounds = [row.rule_required] if row.kind == "rule" and row.rule_compares == "level" else [row.target, row.path_level]
        return max(decimals_apart(row.value, bound) for bound in bounds)

    def asked_to_keep(self) -> str:
        """Word a level to keep, and by how much the value is on its wrong side."""
        row = self.row
        asked = f"目标{measured(row.target, row.unit, '保持目标', '', self.printed)}"
        short = self._sign * (row.target - row.value)
        if short <= RELATIVE_PRECISION * abs(row.target):
            return asked
        verb, formula = ("差", "目标−数值") if self._sign > 0 else ("超出", "数值−目标")
        return f"{asked}，{verb}{self._gap(short, '与目标之差', formula, self.rows)}"

    def asked_by_path(self) -> str:
        """Word base, target and completion, and before the plan's end what its path asks for."""
        row, target = self.row, self.target
        base_name = f"基期（{int(target['base_year'])}年）数值"
        base = "无基期" if math.isnan(row.base) else f"基期{measured(row.base, row.unit, base_name, '', self.printed)}"
        end = f"末期目标{measured(row.target, row.unit, f'末期目标（{row.final_year}年）', '', self.printed)}"
        words = f"{base}，{end}{self._completion()}"
        if row.data_year >= row.final_year or math.isnan(row.path_level):
            return words
        path = measured(row.path_level, row.unit, f"规划路径{row.data_year}年应达到的值", self._path_formula(), self.printed)
        if math.isnan(row.base) and math.isnan(target["milestone"]):
            return f"{words}，没有中期目标，以末期目标{path}比"
        return f"{words}，规划路径{row.data_year}年应为{path}"

    def _completion(self) -> str:
        if math.isnan(self.row.completion):
            return ""
        formula = "数值÷末期目标" if self._sign > 0 else "末期目标÷数值"
        return f"（完成率{quantity(wording.percent_apart(self.row.completion), '完成率', formula, self.rows)}）"

    def _path_formula(self) -> str:
        """Say how the path's level follows from what the plan prints, as :func:`analysis.assessment.schedule.path` has it."""
        row, milestone = self.row, self.target["milestone"]
        middle = int(self.target["milestone_year"])
        if not math.isnan(row.base) and self._sign * (row.base - row.target) >= 0:
            return "基期已达到末期目标，取末期目标"
        first, halfway = int(self.target["base_year"]), f"中期目标（{middle}年）"
        if math.isnan(milestone):
            elapsed = f"（{row.data_year}−{first}）÷（{row.final_year}−{first}）"
            return "没有基期和中期目标，取末期目标" if math.isnan(row.base) else f"基期＋（末期目标−基期）×{elapsed}"
        if row.data_year > middle:
            return f"中期目标＋（末期目标−中期目标）×（{row.data_year}−{middle}）÷（{row.final_year}−{middle}）"
        if math.isnan(row.base):
            return f"没有基期，取{halfway}"
        return f"取{halfway}" if row.data_year == middle else f"基期＋（中期目标−基期）×（{row.data_year}−{first}）÷（{middle}−{first}）"

    def asked_by_rule(self) -> str:
        """Word what a rule asks for and how the value compares."""
        row, rules = self.row, RuleFigures(self.evaluation)
        as_growth = row.rule_compares == "growth"
        unit = "%" if as_growth else row.unit
        compared, required = rules.compared(self.target, row.data_year), rules.required(self.target, row.data_year)
        asked = measured(row.rule_required, unit, f"{row.data_year}年规则要求", required.formula, required.places)
        if row.rule_margin == 0:
            return f"等于规则要求的{asked}"
        formula = f"{compared.formula or '数值'}−规则要求{'' if row.rule_margin > 0 else '，取绝对值'}"
        gap = self._gap(abs(row.rule_margin), "与规则要求之差", formula, places(*compared.places, *required.places), unit)
        if row.rule_comparison == "equal":
            return f"规则要求等于{asked}，{'多' if row.rule_margin > 0 else '少'}{gap}"
        return f"{'增速' if as_growth else ''}{wording.compared(row.rule_margin, 0)}规则要求的{asked}，相差{gap}"

    def _gap(self, size: float, name: str, formula: str, evidence: tuple[str, ...], unit: str = "") -> str:
        unit = POINTS if (unit or self.row.unit) == "%" else unit or self.row.unit
        return measured(size, unit, name, formula, evidence, decimals_apart(size, 0))

    def pace(self) -> str:
        """Word how many years a rule held, or the way covered beside the way asked for; empty where neither is defined."""
        row = self.row
        if row.kind == "rule":
            known, met = (
                quantity(int(count), name, "逐年计数", ("规则逐年核对表",))
                for count, name in ((row.rule_years_known, "可判年份数"), (row.rule_years_met, "达标年份数"))
            )
            return f"{known}个可判年份中{met}个达标"
        if row.kind == "keep" or row.data_year >= row.final_year or math.isnan(row.schedule_ratio):
            return ""
        formula = "（数值−基期）÷（规划路径应达到的值−基期）"
        return f"时序比{quantity(wording.percent_apart(row.schedule_ratio, 0), '时序比', formula, self.rows)}"
