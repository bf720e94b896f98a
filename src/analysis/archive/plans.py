"""Definitions of plans: which indicators and statistics they have, and what kind of quantity each is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import pydantic

from analysis.archive.context import ContextSeries, PublicSeries
from analysis.archive.indicators import IndicatorDefinition
from analysis.archive.schema import Strict, read_yaml
from analysis.archive.statistics import Period, StatisticDefinition
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

Definition = TypeVar("Definition", IndicatorDefinition, StatisticDefinition)


class SelfCount(Strict):
    """What the plan's prose says about its own indicators."""

    first_set: int
    remaining: int
    met: int
    exceeded: int


class TargetTable(Strict):
    """Where a plan's base values and targets stand, and the years of its three columns.

    ``printed`` takes them from the table that the plan prints (专栏3), read out of its text; ``listed`` from a
    ``targets.csv`` that somebody typed after it.
    """

    source: str
    form: Literal["printed", "listed"]
    base_year: int
    milestone_year: int
    final_year: int

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> TargetTable:
        if not self.base_year < self.milestone_year < self.final_year:
            raise ValueError("基期、中期、末期年份须依次递增")
        return self


class Adjustment(Strict):
    """The procedure by which the plan lets its targets be adjusted."""

    procedure: str
    reference: str


class PlanHeader(Strict):
    """A plan's identity, period, sources and evaluations.

    Attributes:
        demonstration: a made-up plan of a made-up district; everything made from it is marked 演示数据.
        targets: where base values and targets stand; empty for a plan that is judged by 专栏1 alone.
        monitoring_source: deposit of the yearly figures; it may still be empty.
        public_source: deposit of public figures that context series and indicators may draw on.
    """

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
    self_count: SelfCount | None = None
    reference: str
    demonstration: bool = False
    targets: TargetTable | None = None
    monitoring_source: str = ""
    public_source: str = ""
    adjustment: Adjustment | None = None

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> PlanHeader:
        if self.first_year > self.last_year:
            raise ValueError("首年不得晚于末年")
        if self.targets and self.targets.final_year != self.last_year:
            raise ValueError("目标表的末期年份须为规划末年")
        return self


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


class IndicatorFigures(Strict):
    """Public figures of exactly an indicator's definition."""

    number: int
    part: str = ""
    public: list[PublicSeries]


class _Context(Strict):
    series: list[ContextSeries]
    indicators_with_public_figures: list[IndicatorFigures] = pydantic.Field(default_factory=list)


class Plan(Strict):
    """A plan with the definitions behind its printed rows.

    Attributes:
        context: the series beside the indicators, by id.
        public_figures: indicators that public figures of the same definition exist for.
    """

    header: PlanHeader
    indicators: dict[int, IndicatorDefinition]
    statistics: dict[int, StatisticDefinition]
    periods: dict[str, Period]
    context: dict[str, ContextSeries] = pydantic.Field(default_factory=dict)
    public_figures: list[IndicatorFigures] = pydantic.Field(default_factory=list)

    @pydantic.model_validator(mode="after")
    def _references_exist(self) -> Plan:
        known = {(f"indicator:{n}", part) for n, item in self.indicators.items() for part in _part_names(item)}
        known |= {(series.id, part) for series in self.context.values() for part in (series.parts or [""])}
        for number, item in self.indicators.items():
            for part in _part_names(item):
                rule = item.rule_of(part)
                if rule and (rule.reference, rule.reference_part) not in known:
                    where = f"{rule.reference}{f'（{rule.reference_part}）' if rule.reference_part else ''}"
                    raise ValueError(f"指标{number}{part}的规则参照{where}，背景数据和指标中都没有")
        return self


def _part_names(item: IndicatorDefinition) -> list[str]:
    return [part.name for part in item.parts] or [""]


def plan_ids() -> list[str]:
    """Return the ids of the plans that are defined."""
    folder = paths.plans()
    return sorted(item.name for item in folder.iterdir() if (item / "plan.yml").is_file()) if folder.is_dir() else []


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
    return _read(paths.plans() / plan_id)


@cache
def _read(folder: Path) -> Plan:
    indicators = read_yaml(folder / "indicators.yml", _Indicators).indicators
    statistics = read_yaml(folder / "statistics.yml", _Statistics) if (folder / "statistics.yml").is_file() else None
    context = read_yaml(folder / "context.yml", _Context) if (folder / "context.yml").is_file() else None
    try:
        return Plan(
            header=read_yaml(folder / "plan.yml", PlanHeader),
            indicators={item.number: item for item in indicators},
            statistics={item.number: item for item in statistics.statistics} if statistics else {},
            periods=dict(statistics.periods.items()) if statistics else {},
            context={series.id: series for series in context.series} if context else {},
            public_figures=context.indicators_with_public_figures if context else [],
        )
    except pydantic.ValidationError as error:
        told = str(error.errors()[0].get("ctx", {}).get("error", ""))
        raise InputError.single(f"规划 {folder.name}", told, "规则参照的序列须在 context.yml 或指标中", "补充或改正") from error
