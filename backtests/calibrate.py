"""Fits the widths of the trend model on public series and writes src/analysis/parameters/trend.yml.

Structure (weights, powers) was chosen by comparing the weighted interval score on the same windows; the widths are the
quantiles of scaled errors, so that intervals cover what they promise. Run it after a change of structure, then ``make backtest``.
"""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from series import Windows, cut, public_series

from analysis.archive.calibration import FEWEST, MOST, Calibration, TrendParameters, calibration_of
from analysis.models.trend.distribution import median, widths
from analysis.models.trend.scales import make_scale, scale_name
from analysis.models.trend.spread import spread

# A stratum counts as a whole, however many series it has. Smooth demographic stocks, a narrow kind, count less;
# percentages take the widths of the others on log-odds. Where series are new to the model the outer band covers
# about a point less than where it was fitted.
STRATUM_WEIGHTS = {"A": 1.0, "B": 1.0, "C": 1.0, "D": 0.2}
QUANTILE_80, QUANTILE_95 = 0.805, 0.96
STRUCTURE = {
    "steadiness_power": 2.0,
    "damping": 0.96,
    "usual_drift": {"level": 0.06, "percent": 0.0, "count": 0.0, "smooth": 0.0},
    "fastest_drift": 0.3,
    "roughness_weight": {3: 0.1, 4: 0.15, 5: 0.2, 6: 0.2, 7: 0.2, 8: 0.2},
    "drift_weight": {3: 0.5, 4: 0.6, 5: 0.7, 6: 0.8, 7: 0.85, 8: 0.9},
    "prior_weight": {3: 0.5, 4: 0.4, 5: 0.35, 6: 0.33, 7: 0.31, 8: 0.3},
    "prior_change": {"level": 0.1, "percent": 0.2, "count": 0.1, "smooth": 0.01},
    "hold_from_percent": 95.0,
    "unchanged_floor": 0.02,
    "smooth_drift_weight": 0.9,
}
HEADER = """# 趋势模型的常数：由 backtests/calibrate.py 在公开年度序列上拟合，make backtest 检验；不是中国区县数据。
# 稳度 g =（漂移所解释的变动比例）^steadiness_power。
# 中值 = 末值 + 本序列漂移 × drift_weight（人口类平滑存量用 smooth_drift_weight）× g，逐年乘 damping，一年不超过 fastest_drift（对数）；
#        不稳的部分取 usual_drift：同类序列通常的年漂移，以尺度为单位。
# 尺度 = 本序列年变动、变动的粗糙度、同类序列通常年变动 prior_change 的加权几何平均，权重 prior_weight、roughness_weight。
# hold_from_percent：近两年不低于此值的百分数守住现值；unchanged_floor：从未变动的序列，年变动至少按此计（对数，判断值）。
# width_80、width_95：区间半宽，以尺度为单位；每行一种点数，五列为以后第1至5年。
"""


def errors(windows: Windows, n: int, calibration: Calibration) -> NDArray[np.float64]:
    """Return absolute errors of the median in units of the scale, shape (W, 5); NaN where the future is unknown."""
    constants = calibration.parameters
    result = np.full(windows.future.shape, np.nan)
    history = windows.history[:, -n:]
    years = np.repeat(np.arange(n, dtype=float)[None, :], len(history), axis=0)
    for kind in np.unique(windows.kind):
        of_kind = windows.kind == kind
        names = np.where(of_kind, scale_name(history, kind), "")
        for name in np.unique(names[of_kind]):
            rows = np.flatnonzero(of_kind & (names == name))
            values = history[rows]
            scale = make_scale(name, values, kind)
            scaled, prior = scale.forward(values), np.full(len(rows), calibration.parameters.prior_change[kind])
            measured = spread(years[rows], scaled, np.full(len(rows), 1e-4), prior, np.zeros(len(rows)), calibration)
            ahead = widths(n, np.arange(1, 6), kind, calibration)
            held = (values[:, -2:] >= constants.hold_from_percent).all(axis=1) & (kind == "percent")
            middle = median(scaled[:, -1], measured, ahead, held, constants.usual_drift[kind], constants.fastest_drift)
            with np.errstate(invalid="ignore"):
                result[rows] = np.abs(scale.forward(windows.future[rows]) - middle) / measured.scale[:, None]
    return result


def weighted_quantile(values: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    """Return the smallest value below which ``share`` of the weight lies."""
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, share * reached[-1])])


def fit(windows: Windows) -> TrendParameters:
    """Fit widths for 3 to 8 points and 1 to 5 years ahead; counts take no part, their own noise stands beside the widths."""
    windows = windows.where(np.isin(windows.kind, ("level", "smooth")) & (windows.history.min(axis=1) > 0))
    draft = {str(n): [1.0, 1.1, 1.2, 1.3, 1.4] for n in range(FEWEST, MOST + 1)}
    numbers = {int(n): row for n, row in draft.items()}
    common = {"fitted": datetime.date.today(), "data": _described(windows), "windows": len(windows.series), **STRUCTURE}
    start = TrendParameters(**common, width_80=numbers, width_95={n: [2 * w for w in r] for n, r in numbers.items()})
    calibration = calibration_of(start)
    sizes = dict(zip(*np.unique(windows.stratum, return_counts=True), strict=True))
    weight = np.array([STRATUM_WEIGHTS[stratum] / sizes[stratum] for stratum in windows.stratum])
    width_80, width_95 = {}, {}
    for n in range(FEWEST, MOST + 1):
        scaled = errors(windows, n, calibration)
        for width, share in ((width_80, QUANTILE_80), (width_95, QUANTILE_95)):
            known = [np.isfinite(scaled[:, h]) for h in range(5)]
            row = [weighted_quantile(scaled[known[h], h], weight[known[h]], share) for h in range(5)]
            width[n] = [round(float(value), 3) for value in np.maximum.accumulate(row)]
    return TrendParameters(**common, width_80=width_80, width_95=width_95)


def _described(windows: Windows) -> str:
    counts = {stratum: len(np.unique(windows.series[windows.stratum == stratum])) for stratum in np.unique(windows.stratum)}
    names = {"A": "预测竞赛", "B": "美国州县行政", "C": "各国行政与经济", "D": "人口", "E": "失业率"}
    return "、".join(f"{names[stratum]}{count}条" for stratum, count in counts.items())


def main() -> None:
    """Fit and write."""
    parameters = fit(cut(public_series()))
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "src/analysis/parameters/trend.yml"
    body = yaml.safe_dump(parameters.model_dump(), allow_unicode=True, sort_keys=False, default_flow_style=None, width=140)
    path.write_text(HEADER + body, encoding="utf-8")
    print(body)


if __name__ == "__main__":
    main()
