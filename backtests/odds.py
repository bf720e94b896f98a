"""Reference classes: how often a given progress ended at the target, and how fast series usually grow."""

from __future__ import annotations

import numpy as np
import pandas as pd
from series import Windows

MIDTERM, END = 3, 5  # years after the base
CLASSES = (
    ("提前完成", "已达到末期目标"), ("符合预期及以上", "R ≥ 1"), ("基本符合", "0.95 ≤ R < 1"), ("略滞后", "0.60 ≤ R < 0.95"),
    ("明显滞后", "0 ≤ R < 0.60"), ("倒退", "R < 0"),
)  # fmt: skip


def odds(windows: Windows) -> pd.DataFrame:
    """Return the share that met the target, by the progress three years after the base.

    The base is the last year of a window's history, the target the median absolute five-year change of the window's stratum
    away from it, once upward (higher is better) and once downward, so that no direction is favoured. R is the progress over
    the linear schedule.
    """
    known = np.isfinite(windows.future).all(axis=1) & (windows.history[:, -1] > 0) & (windows.future > 0).all(axis=1)
    windows = windows.where(known)
    base, middle, end = (np.log(column) for column in (windows.history[:, -1], windows.future[:, MIDTERM - 1], windows.future[:, END - 1]))
    aim = np.zeros(len(base))
    for stratum in np.unique(windows.stratum):
        inside = windows.stratum == stratum
        aim[inside] = np.median(np.abs(end - base)[inside])
    rows = []
    for sign in (1, -1):
        moved, reached = sign * (middle - base), sign * (end - base) >= aim
        progress = moved / (aim * MIDTERM / END)
        bounds = [
            moved >= aim,
            (moved < aim) & (progress >= 1),
            (progress < 1) & (progress >= 0.95),
            (progress < 0.95) & (progress >= 0.6),
            (progress < 0.6) & (progress >= 0),
            progress < 0,
        ]
        for (name, rule), inside in zip(CLASSES, bounds, strict=True):
            rows.append({"class": name, "rule": rule, "sign": sign, "windows": int(inside.sum()), "met": int(reached[inside].sum())})
    table = pd.DataFrame(rows)
    both = table.groupby(["class", "rule"], sort=False)[["windows", "met"]].sum()
    by_sign = table.assign(share=table["met"] / table["windows"]).pivot(index="class", columns="sign", values="share")
    return (
        both.assign(share=both["met"] / both["windows"])
        .reset_index()
        .merge(by_sign.rename(columns={1: "upward", -1: "downward"}).reset_index(), on="class")
    )


def growth(windows: Windows) -> pd.DataFrame:
    """Return the quartiles of yearly growth in percent, over the two and the five years after each origin, by stratum."""
    rows = []
    for years in (2, 5):
        came, base = windows.future[:, years - 1], windows.history[:, -1]
        known = np.isfinite(came) & (came > 0) & (base > 0)
        yearly = 100 * (np.power(came[known] / base[known], 1 / years) - 1)
        strata = windows.stratum[known]
        for stratum in (*np.unique(strata), "ABC"):
            inside = np.isin(strata, list(stratum))
            low, middle, high = np.quantile(yearly[inside], [0.25, 0.5, 0.75])
            rows.append({"stratum": stratum, "years": years, "windows": int(inside.sum()), "low": low, "middle": middle, "high": high})
    return pd.DataFrame(rows)
