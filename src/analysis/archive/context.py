"""Context series: figures that rules and denominators need beside a plan's own indicators (低保标准, 最低工资, 人口)."""

from __future__ import annotations

from typing import Literal

import pydantic

from analysis.archive.schema import Strict


class PublicSeries(Strict):
    """Rows of the public-figures deposit that have just this definition: all columns named must be equal."""

    region: str
    concept: str
    definition: str
    unit: str


class ContextSeries(Strict):
    """One series that officials fill in beside the indicators.

    Attributes:
        id: documented name, used in the column ``indicator_id``.
        parts: names of its parts; empty for none.
        unit: the one unit it is given in.
        validity: ``in_force`` for standards that hold from an effective date on, ``yearly`` for one figure a year.
        definition: what exactly is meant, so that a like-sounding figure isn't taken for it.
        may_be_negative: whether a figure below zero makes sense.
        data_owner: who fills it in.
        public: public figures of exactly this definition.
    """

    id: str = pydantic.Field(pattern=r"^[a-z]+(_[a-z0-9]+)*$")
    title: str
    parts: list[str] = pydantic.Field(default_factory=list)
    unit: str
    validity: Literal["in_force", "yearly"]
    definition: str
    may_be_negative: bool = False
    data_owner: str
    public: list[PublicSeries] = pydantic.Field(default_factory=list)

    @pydantic.model_validator(mode="after")
    def _public_without_parts(self) -> ContextSeries:
        if self.parts and self.public:
            raise ValueError("有分项的序列不能引用公开数据：公开数据不分项")
        return self
