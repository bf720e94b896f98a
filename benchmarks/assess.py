"""Judging 3,000 made-up districts at once: seconds, peak memory, and the ratio to judging them one by one."""

from __future__ import annotations

import resource
import time

import numpy as np
import pandas as pd

from analysis.assessment.assess import assess
from analysis.observations.targets import load_targets

DISTRICTS, SAMPLE = 3000, 60
LIMIT_SECONDS, LIMIT_MIB = 5.0, 1024.0
CONTEXT = [("dibao_standard", ""), ("minimum_wage", ""), ("consumption_growth", "")]
CONTEXT += [("provincial_standard", part) for part in ("困难残疾人生活补贴", "重度残疾人护理补贴")]


def made_up_readings(targets: pd.DataFrame, districts: int) -> pd.DataFrame:
    """Return figures of five years for every row, and the series that rules need, one mid-year change included."""
    own = targets[["indicator_id", "part"]].rename(columns={"indicator_id": "series"})
    rows = pd.concat([own, pd.DataFrame(CONTEXT, columns=["series", "part"])])
    years, names = pd.DataFrame({"year": range(2020, 2026)}), pd.DataFrame({"district": [f"合成{i:04d}" for i in range(districts)]})
    frame = rows.merge(years, how="cross").merge(names, how="cross")
    frame = frame[~(frame["series"].str.isdigit() & (frame["year"] == 2020))].reset_index(drop=True)
    base = dict(zip(zip(targets["indicator_id"], targets["part"], strict=True), targets["base"].fillna(50), strict=True))
    level = np.array([base.get(key, 100.0) for key in zip(frame["series"], frame["part"], strict=True)])
    frame["value"] = level * np.random.default_rng(14).uniform(0.9, 1.3, len(frame))
    dated = (frame["series"] == "minimum_wage") & (frame["year"] == 2021)
    frame["effective_date"] = pd.Series(pd.NaT, index=frame.index).mask(dated, pd.Timestamp("2021-12-01"))
    return frame


def main() -> None:
    targets = load_targets("yuexiu-14")
    readings = made_up_readings(targets, DISTRICTS)
    start = time.perf_counter()
    verdicts = assess(readings, targets, 2025, 2025)
    at_once = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    assert len(verdicts) == DISTRICTS * len(targets)

    start = time.perf_counter()
    for year in range(2021, 2026):
        assess(readings, targets, year, year)
    every_year = time.perf_counter() - start

    groups = [group for _, group in readings[readings["district"].isin(readings["district"].unique()[:SAMPLE])].groupby("district")]
    start = time.perf_counter()
    for group in groups:
        assess(group, targets, 2025, 2025)
    one_by_one = (time.perf_counter() - start) / SAMPLE * DISTRICTS

    print(f"判定 {DISTRICTS:,} 个区县 × {len(targets)} 行 × 5 年数据（合成）")
    print(f"  一次判定末年：{at_once:.2f} 秒；逐区县判定折算：{one_by_one:.1f} 秒，为一次判定的 {one_by_one / at_once:.0f} 倍")
    print(f"  五个评估年份各判一次：{every_year:.2f} 秒")
    print(f"  进程内存峰值：{peak:.0f} MiB")
    met = at_once < LIMIT_SECONDS and peak < LIMIT_MIB
    print(f"  要求：{LIMIT_SECONDS:.0f} 秒、{LIMIT_MIB:.0f} MiB 以内 —— {'达到' if met else '未达到'}")


if __name__ == "__main__":
    main()
