"""The numbers that verdicts turn on, from YAML."""

from __future__ import annotations

from functools import cache

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths


class FinalThresholds(Strict):
    """Ratios of result to target at a plan's end."""

    exceeded_ratio: float
    nearly_ratio: float


class OwnConvention(Strict):
    """The ratio from which 专栏1 calls an indicator met."""

    met_ratio: float


class Thresholds(Strict):
    """All thresholds."""

    final: FinalThresholds
    own_convention: OwnConvention


@cache
def load_thresholds() -> Thresholds:
    """Read ``parameters/verdicts.yml``."""
    return read_yaml(paths.parameters() / "verdicts.yml", Thresholds)
