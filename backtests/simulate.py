"""Series whose truth is known, to see what the intervals do when their assumptions hold and when they don't."""

from __future__ import annotations

import numpy as np
import pandas as pd
from forecasts import LAST_YEAR
from numpy.typing import NDArray

from analysis.models.scoring import covered
from analysis.models.trend import forecast

Floats = NDArray[np.float64]
YEARS = {"逐年5点": [2016, 2017, 2018, 2019, 2020], "有缺年的4点": [2015, 2018, 2019, 2020]}
AHEAD = 3


def _paths(truth: str, number: int, generator: np.random.Generator) -> Floats:
    """Return logarithms of number series over 2010 to 2020 + AHEAD, one column a year."""
    years = LAST_YEAR - 2010 + AHEAD + 1
    size = (number, years)
    scale = np.exp(generator.normal(np.log(0.08), 0.5, (number, 1)))
    drift = generator.normal(0.01, 0.03, (number, 1))
    if truth == "随机游走":
        return np.cumsum(drift + scale * generator.normal(size=size), axis=1)
    if truth == "厚尾随机游走":
        return np.cumsum(drift + scale * generator.standard_t(3, size) / np.sqrt(3), axis=1)
    if truth == "自相关增长":
        growth = np.zeros(size)
        for year in range(1, years):
            growth[:, year] = 0.6 * growth[:, year - 1] + scale[:, 0] * generator.normal(size=number)
        return np.cumsum(drift + growth, axis=1)
    return np.asarray(drift * np.arange(years) + scale * generator.normal(size=size))  # 围绕趋势波动


TRUTHS = ("随机游走", "厚尾随机游走", "自相关增长", "围绕趋势波动")


def simulate(number: int = 4000, seed: int = 11) -> pd.DataFrame:
    """Return the coverage of both intervals, three years ahead, for each truth and spacing of years."""
    generator = np.random.default_rng(seed)
    rows = []
    for truth in TRUTHS:
        values = 1000 * np.exp(_paths(truth, number, generator))
        for spacing, years in YEARS.items():
            columns = np.array(years) - 2010
            table = pd.DataFrame(
                {
                    "series": np.repeat(np.arange(number), len(years)),
                    "year": np.tile(years, number),
                    "value": values[:, columns].round(3).ravel(),
                }
            )
            last = forecast(table, LAST_YEAR + AHEAD).query("year == @LAST_YEAR + @AHEAD")
            came = values[:, -1]
            found = {f"cover_{level}": float(covered(came, last[f"low_{level}"], last[f"high_{level}"]).mean()) for level in ("80", "95")}
            rows.append({"truth": truth, "years": spacing, "series": number, **found})
    return pd.DataFrame(rows)
