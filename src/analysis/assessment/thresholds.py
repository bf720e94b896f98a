"""The numbers that verdicts turn on, from YAML."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths

if TYPE_CHECKING:
    import pandas as pd


class MidtermThresholds(Strict):
    """Ratios of the way covered to the way the plan's path asks for, before a plan's end."""

    faster_ratio: float = pydantic.Field(ge=1, le=2)
    on_schedule_ratio: float = pydantic.Field(gt=0, le=1)
    nearly_ratio: float = pydantic.Field(gt=0, lt=1)
    slightly_behind_ratio: float = pydantic.Field(gt=0, lt=1)
    base_near_path_share: float = pydantic.Field(ge=0, lt=0.1)

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> MidtermThresholds:
        if not self.slightly_behind_ratio < self.nearly_ratio < self.on_schedule_ratio < self.faster_ratio:
            raise ValueError("中期阈值须依次递增：略滞后、基本符合、符合预期、快于预期")
        return self


class FinalThresholds(Strict):
    """Ratios of result to target at a plan's end: from where 超额完成, and from where 基本完成 (预期性 only)."""

    exceeded_ratio: float = pydantic.Field(ge=1, le=2)
    nearly_ratio: float = pydantic.Field(gt=0, lt=1)
    missed_years_allowed: int = pydantic.Field(ge=0, le=5)


class KeepThresholds(Strict):
    """Tolerance of 保持 in printed units (预期性 only)."""

    rounding_share: float = pydantic.Field(ge=0, le=1)


class Thresholds(Strict):
    """All thresholds of this repository's own verdicts."""

    midterm: MidtermThresholds
    final: FinalThresholds
    keep: KeepThresholds


class OpenSdgThresholds(Strict):
    """Open SDG / Statistics Canada."""

    on_track_ratio: float
    moderate_ratio: float
    limited_ratio: float
    reference: str
    status: Literal["见原文", "据转述"]


class EurostatThresholds(Strict):
    """Eurostat."""

    significant_ratio: float
    moderate_ratio: float
    insufficient_ratio: float
    reference: str
    status: Literal["见原文", "据转述"]


class UnThresholds(Strict):
    """UN progress chart."""

    on_track_ratio: float
    some_progress_ratio: float
    reference: str
    status: Literal["见原文", "据转述"]


class SdsnThresholds(Strict):
    """SDSN trend arrows."""

    on_track_ratio: float
    moderate_ratio: float
    stagnating_ratio: float
    reference: str
    status: Literal["见原文", "据转述"]


class TimeScheduleThresholds(Strict):
    """时序进度."""

    ahead_ratio: float
    reference: str
    status: Literal["见原文", "据转述"]


class PeerThresholds(Strict):
    """Thresholds of the methods set beside the verdict."""

    open_sdg: OpenSdgThresholds
    eurostat: EurostatThresholds
    un: UnThresholds
    sdsn: SdsnThresholds
    time_schedule: TimeScheduleThresholds


@cache
def load_thresholds() -> Thresholds:
    """Read ``parameters/verdicts.yml``."""
    return read_yaml(paths.parameters() / "verdicts.yml", Thresholds)


@cache
def load_peer_thresholds() -> PeerThresholds:
    """Read ``parameters/peer_methods.yml``."""
    return read_yaml(paths.parameters() / "peer_methods.yml", PeerThresholds)


def threshold_table(thresholds: Thresholds | None = None) -> pd.DataFrame:
    """Return the thresholds in force as a table (``section``, ``name``, ``value``), to be kept with a report."""
    import pandas as pd

    sections = (thresholds or load_thresholds()).model_dump()
    rows = [(section, name, value) for section, values in sections.items() for name, value in values.items()]
    return pd.DataFrame(rows, columns=["section", "name", "value"])
