"""Constants of the trend model, fitted once on public series and kept with where they come from."""

from __future__ import annotations

import datetime
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths

if TYPE_CHECKING:
    from numpy.typing import NDArray

Kind = Literal["level", "percent", "count", "smooth"]
KINDS: tuple[Kind, ...] = ("level", "percent", "count", "smooth")
FEWEST, MOST, HORIZONS = 3, 8, 5  # numbers of points and years ahead that the constants were fitted for


class TrendParameters(Strict):
    """The YAML file: see its comments for what each constant does."""

    fitted: datetime.date
    data: str
    windows: int
    steadiness_power: float = pydantic.Field(gt=0)
    damping: float = pydantic.Field(gt=0, le=1)
    usual_drift: dict[Kind, float]
    fastest_drift: float = pydantic.Field(gt=0)
    roughness_weight: dict[int, float]
    drift_weight: dict[int, float]
    prior_weight: dict[int, float]
    prior_change: dict[Kind, float]
    hold_from_percent: float
    unchanged_floor: float = pydantic.Field(gt=0)
    smooth_drift_weight: float = pydantic.Field(ge=0, le=1)
    width_80: dict[int, list[float]]
    width_95: dict[int, list[float]]

    @pydantic.model_validator(mode="after")
    def _complete(self) -> TrendParameters:
        wanted = list(range(FEWEST, MOST + 1))
        for name in ("drift_weight", "roughness_weight", "prior_weight", "width_80", "width_95"):
            if sorted(getattr(self, name)) != wanted:
                raise ValueError(f"{name} 须有 {FEWEST} 至 {MOST} 各点数的值")
        if set(self.prior_change) != set(KINDS) or set(self.usual_drift) != set(KINDS):
            raise ValueError(f"prior_change、usual_drift 须有 {'、'.join(KINDS)}")
        for name in ("width_80", "width_95"):
            if any(len(row) != HORIZONS or sorted(row) != row for row in getattr(self, name).values()):
                raise ValueError(f"{name} 每行须有 {HORIZONS} 个依次增大的值")
        return self


class Calibration(NamedTuple):
    """The constants as arrays, first axis n − 3 (3 to 8 points), second axis h − 1 (1 to 5 years ahead).

    Attributes:
        parameters: the file.
        drift_weight, roughness_weight, prior_weight: shape (6,).
        width_80, width_95: half widths of the intervals in units of a series' scale, shape (6, 5).
        degrees, unit: Student t that has exactly these two half widths: degrees of freedom and scale, shape (6, 5).
    """

    parameters: TrendParameters
    drift_weight: NDArray[np.float64]
    roughness_weight: NDArray[np.float64]
    prior_weight: NDArray[np.float64]
    width_80: NDArray[np.float64]
    width_95: NDArray[np.float64]
    degrees: NDArray[np.float64]
    unit: NDArray[np.float64]


def calibration_of(parameters: TrendParameters) -> Calibration:
    """Return the constants as arrays, with the Student t that passes through both widths."""
    from scipy.special import stdtrit

    table = {
        name: np.array([value for _, value in sorted(getattr(parameters, name).items())])
        for name in ("drift_weight", "roughness_weight", "prior_weight", "width_80", "width_95")
    }
    # The ratio of the two quantiles falls with the degrees of freedom; 200 is as good as normal.
    grid = np.geomspace(1.0, 200.0, 400)
    ratios = stdtrit(grid, 0.975) / stdtrit(grid, 0.9)
    degrees = np.interp(table["width_95"] / table["width_80"], ratios[::-1], grid[::-1])
    return Calibration(parameters=parameters, degrees=degrees, unit=table["width_80"] / stdtrit(degrees, 0.9), **table)


@cache
def load_calibration() -> Calibration:
    """Load ``parameters/trend.yml``.

    Raises:
        InputError: a defective file.

    Example:
        >>> load_calibration().width_80.shape
        (6, 5)
    """
    return calibration_of(read_yaml(paths.parameters() / "trend.yml", TrendParameters))
