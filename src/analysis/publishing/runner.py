"""Runs a report notebook with papermill and puts the finished report in place in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from analysis.assessment.final import final_inputs
from analysis.presentation import style, wording
from analysis.publishing import export, manifest
from analysis.publishing.requests import DeclaredParameter, ReportRequest, checked, read_request
from analysis.vocabulary import paths
from analysis.vocabulary.errors import ReportFailedError

KERNEL = "python3"
FINAL_NOTEBOOK = "final_evaluation"


def run_report(run: str, overrides: Mapping[str, str] | None = None, *, progress: bool = True) -> Path:
    """Run one report and return its folder.

    The report is built in a temporary folder beside its final place and swapped in when complete: a failure at any
    point, even a killed process, leaves the previous report as it was.

    Args:
        run: name of a parameter file.
        overrides: parameters from the command line, as text.
        progress: show papermill's progress bar.

    Raises:
        InputError: a parameter is unknown, ill-typed or out of range; nothing was started.
        ReportFailedError: a cell failed; the broken notebook lies under reports/failed/.
    """
    given = dict(overrides or {})
    request = read_request(run, given)
    request = checked(request, declared_parameters(request.notebook), frozenset(given))
    _check_inputs(request)
    reports = paths.reports()
    reports.mkdir(exist_ok=True)
    recover(reports)
    building = reports / f".building-{run}-{os.getpid()}"
    building.mkdir()
    try:
        _execute(request, building, progress)
        export.export_report(building)
        manifest.write_manifest(request, building)
        return _swap(building, reports / run)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def declared_parameters(notebook: Path) -> dict[str, DeclaredParameter]:
    """Return the parameters that a notebook declares in its tagged cell, as papermill reads them."""
    import papermill

    found: dict[str, Any] = papermill.inspect_notebook(str(notebook))
    return {
        name: DeclaredParameter(name, str(detail["inferred_type_name"]), str(detail["default"]), str(detail["help"]))
        for name, detail in found.items()
    }


def _check_inputs(request: ReportRequest) -> None:
    """Refuse a plan, year or edition that can't be evaluated before a kernel starts."""
    if request.notebook.stem == FINAL_NOTEBOOK:
        given = request.parameters
        if given.get("report_date"):
            wording.chinese_date(str(given["report_date"]))
        final_inputs(str(given["plan"]), int(given["as_of_year"]), str(given["data_edition"]))


def _execute(request: ReportRequest, building: Path, progress: bool) -> None:
    import papermill
    from nbclient.exceptions import DeadKernelError

    output = building / "report.ipynb"
    before = os.environ.get(style.VECTOR_VARIABLE)
    os.environ[style.VECTOR_VARIABLE] = "1"
    try:
        papermill.execute_notebook(
            str(request.notebook), str(output), parameters=request.parameters, kernel_name=KERNEL,
            progress_bar={"desc": f"生成 {request.run}", "unit": "单元"} if progress else False, cwd=str(building),
            extra_arguments=["--IPKernelApp.log_level=40"],  # its notices are in English and not for the reader
        )  # fmt: skip
    except papermill.PapermillExecutionError as error:
        kept = _keep_broken(request.run, output)
        raise ReportFailedError(
            f"报告 {request.run} 没有生成：代码单元 [{error.exec_count}] 出错。\n"
            f"  错误：{error.ename}：{error.evalue}\n"
            f"  该单元：{error.source.strip().splitlines()[0] if error.source.strip() else '（空）'}\n"
            f"  出错的笔记本保存在：{kept}\n  原有报告未受影响。"
        ) from error
    except DeadKernelError as error:
        kept = _keep_broken(request.run, output)
        raise ReportFailedError(
            f"报告 {request.run} 没有生成：计算内核中途退出（常见原因是内存不足或被终止）。\n"
            f"  执行到一半的笔记本保存在：{kept}\n  原有报告未受影响。"
        ) from error
    finally:
        if before is None:
            del os.environ[style.VECTOR_VARIABLE]
        else:
            os.environ[style.VECTOR_VARIABLE] = before


def _keep_broken(run: str, notebook: Path) -> Path:
    folder = paths.reports() / "failed" / run
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "report.ipynb"
    if notebook.is_file():
        os.replace(notebook, kept)
    return kept


def _swap(building: Path, final: Path) -> Path:
    """Put a complete report in place; the old one is moved aside first and removed last."""
    aside = final.parent / f".old-{final.name}-{os.getpid()}"
    if final.exists():
        os.rename(final, aside)
    os.rename(building, final)
    shutil.rmtree(aside, ignore_errors=True)
    return final


def recover(reports: Path) -> None:
    """Clear what a killed run left behind: half-built folders go, a report moved aside comes back if none replaced it."""
    for left in reports.glob(".*-*-*"):
        kind, _, rest = left.name[1:].partition("-")
        run, _, process = rest.rpartition("-")
        if kind not in ("building", "old") or not process.isdigit() or psutil.pid_exists(int(process)):
            continue
        if kind == "old" and not (reports / run).exists():
            os.rename(left, reports / run)
        else:
            shutil.rmtree(left, ignore_errors=True)
