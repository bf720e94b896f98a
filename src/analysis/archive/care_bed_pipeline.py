"""Projects that will add care beds: what is known, of what status, and where it is written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths

FILE = "care_bed_pipeline.yml"
Status = Literal["在建", "已立项", "意向"]


class BedProject(Strict):
    """One project that is not open yet.

    Attributes:
        name: what it is called.
        beds: net beds, less those it replaces.
        nursing_beds: nursing beds (护理型) among them; None where not known.
        opening_year: year by whose end it is to open.
        status: how far it is.
        reference: where this is written.
    """

    name: str = pydantic.Field(min_length=1)
    beds: int = pydantic.Field(gt=0)
    nursing_beds: int | None = pydantic.Field(default=None, ge=0)
    opening_year: int
    status: Status
    reference: str = pydantic.Field(min_length=1)

    @pydantic.model_validator(mode="after")
    def _within(self) -> BedProject:
        if self.nursing_beds is not None and self.nursing_beds > self.beds:
            raise ValueError(f"护理型床位不多于床位（{self.name}：{self.nursing_beds}、{self.beds}）")
        return self


class _Pipeline(Strict):
    projects: list[BedProject]

    @pydantic.field_validator("projects")
    @classmethod
    def _unique(cls, items: list[BedProject]) -> list[BedProject]:
        names = [item.name for item in items]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"name 不得重复：{'、'.join(twice)}")
        return items


def load_care_bed_pipeline(plan_id: str) -> tuple[BedProject, ...]:
    """Return a plan's bed projects in their order; none where no list is known.

    Raises:
        InputError: every defect of ``plans/<plan>/care_bed_pipeline.yml``.

    Example:
        >>> load_care_bed_pipeline("yuexiu-14")
        ()
    """
    path = paths.plans() / plan_id / FILE
    return _read(path) if path.is_file() else ()


@cache
def _read(path: Path) -> tuple[BedProject, ...]:
    return tuple(read_yaml(path, _Pipeline).projects)
