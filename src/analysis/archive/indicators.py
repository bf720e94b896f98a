"""Definitions of indicators: what is measured, what kind of target it has, and the rule where another series sets it."""

from __future__ import annotations

import datetime
from typing import Literal

import pydantic

from analysis.archive.schema import Strict

Measure = Literal["stock", "flow", "flow_yearly", "share", "rate", "standard", "growth"]
PopulationBasis = Literal["户籍", "常住", "未说明", "不适用"]
Attribute = Literal["约束性", "预期性"]
TargetKind = Literal["level", "keep", "rule"]

MEASURE_TITLES: dict[str, str] = {
    "stock": "期末存量",
    "flow": "期间合计",
    "flow_yearly": "年度量",
    "share": "占比",
    "rate": "比率",
    "standard": "发放标准",
    "growth": "年度增速",
}
KIND_TITLES: dict[str, str] = {"level": "水平目标", "keep": "保持目标", "rule": "规则目标"}


class BaseDefinition(Strict):
    """How 专栏2 yields an indicator's level in both periods: times × statistic ÷ denominator (yearly mean for flows)."""

    statistic: int
    denominator: int | None = None
    times: float = 1.0
    note: str


class RuleDefinition(Strict):
    """A target set by another series, judged each year: value or growth, at least or equal to factor × reference.

    Attributes:
        compares: the indicator's ``level``, or its ``growth`` over the year before in percent.
        comparison: ``at_least`` or ``equal``.
        reference: id of a context series, or ``indicator:9`` for another indicator of the plan.
        reference_part: part of that series; empty for none.
        factor: multiplies the reference.
        lag_years: 1 where the reference is that of the year before.
        words: the rule as a reader would say it, without figures of a year.
    """

    compares: Literal["level", "growth"]
    comparison: Literal["at_least", "equal"]
    reference: str
    reference_part: str = ""
    factor: float = pydantic.Field(default=1.0, gt=0)
    lag_years: Literal[0, 1] = 0
    words: str


class PartDefinition(Strict):
    """One printed sub-item of an indicator, with its own rule where it has one."""

    name: str
    rule: RuleDefinition | None = None


class CountedUnits(Strict):
    """An indicator counted k of N: what is counted, how many there are, and where that number stands."""

    unit: str
    total: int = pydantic.Field(gt=0)
    reference: str


class ResponsibilityTransfer(Strict):
    """A change of the department in charge (职能划转): a flag beside the verdict, not a verdict."""

    since: datetime.date
    to: str
    status: Literal["待核实", "已确认"]
    reference: str


class DefinitionChange(Strict):
    """From ``since_year`` on the figures follow another definition than the base, so they aren't judged (口径变更)."""

    since_year: int
    reason: str


class IndicatorDefinition(Strict):
    """What a printed indicator measures, and what kind of target it has.

    Attributes:
        number: printed row number.
        id: name that carries meaning and unit.
        measure: kind of quantity.
        direction: whether higher or lower is better.
        bounded: a share that can't pass its bound of 100 %.
        denominator: what the share or rate is relative to; empty for counts.
        population_basis: 户籍 or 常住, where persons are counted.
        age_from: lower age limit of the persons counted, in years.
        base: how another table yields the level before the plan, where the plan prints none.
        successor: number of the same indicator in the following plan; None if it does not go on.
        unit, attribute, reference: as printed; they are checked against the table that prints the targets.
        kind: ``level``, ``keep`` (base and target at the ceiling) or ``rule``; empty where a plan is judged by 专栏1 alone.
        rule: the rule of an indicator without parts; with parts each has its own.
        counted: units counted, for shares that are k of N.
        data_owner: who fills in the yearly figure.
    """

    number: int
    id: str
    measure: Measure
    direction: Literal["higher", "lower"]
    bounded: bool
    denominator: str
    population_basis: PopulationBasis
    age_from: int | None = None
    base: BaseDefinition | None = None
    successor: int | None = None
    unit: str = ""
    attribute: Attribute | None = None
    reference: str = ""
    kind: TargetKind | None = None
    rule: RuleDefinition | None = None
    parts: list[PartDefinition] = pydantic.Field(default_factory=list)
    counted: CountedUnits | None = None
    data_owner: str = ""
    transfer: ResponsibilityTransfer | None = None
    definition_change: DefinitionChange | None = None

    @pydantic.model_validator(mode="after")
    def _rules_where_due(self) -> IndicatorDefinition:
        names = [part.name for part in self.parts]
        if len(set(names)) < len(names):
            raise ValueError("分项名称不得重复")
        rules = [part.rule for part in self.parts] if self.parts else [self.rule]
        if self.parts and self.rule is not None:
            raise ValueError("有分项的指标，规则写在各分项下")
        if self.kind == "rule" and None in rules:
            raise ValueError("规则目标须写明 rule")
        if self.kind != "rule" and any(rule is not None for rule in rules):
            raise ValueError("只有规则目标可写 rule")
        return self

    def rule_of(self, part: str) -> RuleDefinition | None:
        """Return the rule of a part (empty for an indicator without parts)."""
        return next((item.rule for item in self.parts if item.name == part), None) if self.parts else self.rule
