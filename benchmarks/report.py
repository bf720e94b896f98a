"""Where the time and memory of one report go; every figure also as a ratio to plain papermill in the same run.

Run by ``make bench``. Absolute seconds depend on the machine; compare the ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import yaml

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
ROUNDS = 3
# A whole report, with Word, PDF, workbook and page, against papermill alone on the same notebook with the same parameters.
WHOLE, MOST = "demo-14-midterm-2023", 1.25


def measured(arguments: list[str], cwd: Path) -> tuple[float, float]:
    """Return wall seconds and peak resident MiB of a command with all its children (sampled every 20 ms)."""
    started = time.perf_counter()
    process = psutil.Popen(arguments, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        total = 0
        for one in [process, *children(process)]:
            try:
                total += one.memory_info().rss
            except psutil.Error:
                continue
        peak = max(peak, total)
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)} 以 {process.returncode} 结束")
    return time.perf_counter() - started, peak / 2**20


def children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def code(text: str) -> list[str]:
    return [PYTHON, "-c", text]


def main() -> None:
    notebook = ROOT / "notebooks" / "printed_results.ipynb"
    deposit = ROOT / "data" / "raw" / "yuexiu-plan-14" / "2022-01-18" / "boxes-1-3.txt"
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        cases = {
            "papermill（同一笔记本，基准）": [PYTHON, "-m", "papermill", str(notebook), str(out / "plain.ipynb"), "--no-progress-bar"],
            "minzheng report final": code(
                "from pathlib import Path; from analysis.vocabulary import paths; from analysis.publishing.runner import run_report; "
                f"paths.reports = lambda: Path({str(out / 'reports')!r}); run_report('yuexiu-13-final-2020', progress=False)"
            ),
            "minzheng audit": code(
                f"import sys; sys.argv[1:] = ['audit', '--out', {str(out / 'a.csv')!r}]; from analysis.publishing.cli import main; main()"
            ),
            "minzheng ingest": code(
                f"import sys; sys.argv[1:] = ['ingest', {str(deposit)!r}, '--out', {str(out / 't')!r}, '--boxes', "
                "'achieved_indicators,statistics,planned_indicators']; from analysis.publishing.cli import main; main()"
            ),
            "import analysis": code("import analysis"),
            "空的 Python 进程": code("pass"),
        }
        results = {name: [measured(arguments, out) for _ in range(ROUNDS)] for name, arguments in cases.items()}
        whole = whole_report(out)
    base = statistics.median(seconds for seconds, _ in results["papermill（同一笔记本，基准）"])
    print(f"{os.cpu_count()} 核，各 {ROUNDS} 次取中位数")
    for name, rounds in results.items():
        seconds, peak = (statistics.median(values) for values in zip(*rounds, strict=True))
        print(f"{seconds:6.2f} 秒  {seconds / base:5.2f} 倍  峰值 {peak:5.0f} MiB  {name}")
    plain, ours = (statistics.median(seconds) for seconds in zip(*whole, strict=True))
    print(f"{WHOLE} 全部格式：{ours:.2f} 秒，仅 papermill {plain:.2f} 秒，{ours / plain:.2f} 倍（要求不超过 {MOST} 倍）")


def whole_report(out: Path) -> list[tuple[float, float]]:
    """Return seconds of papermill alone and of the whole report, by turns, so that both meet the same load."""
    file = yaml.safe_load((ROOT / "notebooks" / "parameters" / f"{WHOLE}.yml").read_text(encoding="utf-8"))
    given = out / "parameters.yml"
    given.write_text(yaml.safe_dump(file["parameters"], allow_unicode=True), encoding="utf-8")
    notebook = ROOT / "notebooks" / f"{file['notebook']}.ipynb"
    plain = [PYTHON, "-m", "papermill", str(notebook), str(out / "whole.ipynb"), "-f", str(given), "--no-progress-bar"]
    ours = code(
        "from pathlib import Path; from analysis.vocabulary import paths; from analysis.publishing.runner import run_report; "
        f"paths.reports = lambda: Path({str(out / 'reports')!r}); run_report({WHOLE!r}, progress=False)"
    )
    return [(measured(plain, out)[0], measured(ours, out)[0]) for _ in range(ROUNDS)]


if __name__ == "__main__":
    main()
