"""The numbers that verdicts turn on, from YAML."""

from __future__ import annotations

from functools import cache

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths


class FinalThresholds(Strict):
    """Ratios of result to target at a plan's end: from where 超额完成, and from where 基本完成 (预期性 only)."""

    exceeded_ratio: float = pydantic.Field(ge=1, le=2)
    nearly_ratio: float = pydantic.Field(gt=0, lt=1)


class Thresholds(Strict):
    """All thresholds."""

    final: FinalThresholds


@cache
def load_thresholds() -> Thresholds:
    """Read ``parameters/verdicts.yml``."""
    return read_yaml(paths.parameters() / "verdicts.yml", Thresholds)
