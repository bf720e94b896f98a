"""10,000 paths of the ageing and bed models together: seconds and the ratio to drawing them one by one."""

from __future__ import annotations

import time

from analysis.assessment.prospects.ageing import project_ageing
from analysis.assessment.prospects.care_beds import project_care_beds

PLAN, PATHS, SAMPLE, SEED = "yuexiu-14", 10_000, 50, 14
LIMIT_SECONDS = 2.0


def main() -> None:
    project_care_beds(PLAN)  # imports, deposits and the ledger are read once
    start = time.perf_counter()
    ageing = project_ageing(PLAN)
    beds = project_care_beds(PLAN, draws=PATHS)
    paths = ageing.draws(PATHS, SEED)
    needs = beds.needs
    seconds = time.perf_counter() - start
    assert paths.shape[0] == PATHS
    assert len(needs)

    start = time.perf_counter()
    for seed in range(SAMPLE):
        ageing.draws(1, seed)
    one_by_one = (time.perf_counter() - start) / SAMPLE * PATHS
    print(f"人口老龄化和养老床位 {PATHS:,} 条抽样路径（{PLAN}）")
    print(f"  读入、推算、抽样和床位需求：{seconds:.2f} 秒；只把人口路径逐条抽样折算：{one_by_one:.1f} 秒")
    print(f"  要求：{LIMIT_SECONDS:.0f} 秒以内 —— {'达到' if seconds < LIMIT_SECONDS else '未达到'}")


if __name__ == "__main__":
    main()
