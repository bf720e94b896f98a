"""Definitions of plans: which indicators and statistics they have, and what kind of quantity each is."""

from __future__ import annotations

from functools import cache
from typing import Literal, TypeVar

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

Measure = Literal["stock", "flow", "flow_yearly", "share", "rate", "standard", "growth"]
PopulationBasis = Literal["户籍", "常住", "未说明", "不适用"]

MEASURE_TITLES: dict[str, str] = {
    "stock": "期末存量",
    "flow": "期间合计",
    "flow_yearly": "年度量",
    "share": "占比",
    "rate": "比率",
    "standard": "发放标准",
    "growth": "年度增速",
}


class DefinitionBreak(Strict):
    """Why two periods of one statistic may not be comparable."""

    status: Literal["待核实", "已确认"]
    reason: str


class BaseDefinition(Strict):
    """How 专栏2 yields an indicator's level in both periods: times × statistic ÷ denominator (yearly mean for flows)."""

    statistic: int
    denominator: int | None = None
    times: float = 1.0
    note: str


class IndicatorDefinition(Strict):
    """What a printed indicator measures.

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


class StatisticDefinition(Strict):
    """What a printed statistic measures; see :class:`IndicatorDefinition`."""

    number: int
    id: str
    measure: Literal["stock", "flow"]
    population_basis: PopulationBasis
    age_from: int | None = None
    basis_note: str = ""
    definition_break: DefinitionBreak | None = None


Definition = TypeVar("Definition", IndicatorDefinition, StatisticDefinition)


class Period(Strict):
    """A plan period in calendar years, both inclusive."""

    first_year: int
    last_year: int
    title: str

    @property
    def years(self) -> int:
        """Number of calendar years."""
        return self.last_year - self.first_year + 1

    @property
    def middle_year(self) -> int:
        """The year that a total over the period is stamped with."""
        return (self.first_year + self.last_year) // 2


class SelfCount(Strict):
    """What the plan's prose says about its own indicators."""

    first_set: int
    remaining: int
    met: int
    exceeded: int


class PlanHeader(Strict):
    """A plan's identity, period and source."""

    id: str
    title: str
    place: str
    first_year: int
    last_year: int
    evaluations: dict[Literal["midterm", "final"], list[int]]
    source: str
    indicators_table: str
    followed_by: str = ""
    stated_causes: list[str] = pydantic.Field(default_factory=list)

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> PlanHeader:
        if self.first_year > self.last_year:
            raise ValueError("首年不得晚于末年")
        return self

    self_count: SelfCount | None = None
    reference: str


class _Indicators(Strict):
    indicators: list[IndicatorDefinition]

    @pydantic.field_validator("indicators")
    @classmethod
    def _unique(cls, items: list[IndicatorDefinition]) -> list[IndicatorDefinition]:
        return _each_once(items)


class _Statistics(Strict):
    periods: dict[Literal["period_12", "period_13"], Period]
    statistics: list[StatisticDefinition]

    @pydantic.field_validator("statistics")
    @classmethod
    def _unique(cls, items: list[StatisticDefinition]) -> list[StatisticDefinition]:
        return _each_once(items)


def _each_once(items: list[Definition]) -> list[Definition]:
    """Refuse two definitions with the same number or id: the later one would win without a word."""
    for key in ("number", "id"):
        values = [getattr(item, key) for item in items]
        twice = sorted({str(value) for value in values if values.count(value) > 1})
        if twice:
            raise ValueError(f"{key} 不得重复：{'、'.join(twice)}")
    return items


class Plan(Strict):
    """A plan with the definitions behind its printed rows."""

    header: PlanHeader
    indicators: dict[int, IndicatorDefinition]
    statistics: dict[int, StatisticDefinition]
    periods: dict[str, Period]


def plan_ids() -> list[str]:
    """Return the ids of the plans that are defined."""
    return sorted(item.name for item in (paths.parameters() / "plans").iterdir() if item.is_dir())


@cache
def load_plan(plan_id: str) -> Plan:
    """Read a plan's definitions.

    Raises:
        InputError: no such plan, or a defect in one of its files.

    Example:
        >>> load_plan("yuexiu-13").indicators[1].denominator
        '60周岁以上户籍长者（千人）'
    """
    if plan_id not in plan_ids():
        raise InputError.single("参数 plan", plan_id, "、".join(plan_ids()), "改用其中一个规划")
    folder = paths.parameters() / "plans" / plan_id
    indicators = read_yaml(folder / "indicators.yml", _Indicators).indicators
    statistics_file = folder / "statistics.yml"
    statistics = read_yaml(statistics_file, _Statistics) if statistics_file.is_file() else None
    return Plan(
        header=read_yaml(folder / "plan.yml", PlanHeader),
        indicators={item.number: item for item in indicators},
        statistics={item.number: item for item in statistics.statistics} if statistics else {},
        periods=dict(statistics.periods.items()) if statistics else {},
    )
