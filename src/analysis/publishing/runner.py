"""Runs a report notebook with papermill and puts the finished report in place in one step."""

from __future__ import annotations

import ast
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import psutil

from analysis.presentation import style
from analysis.publishing import export, manifest
from analysis.publishing.inputs import check_inputs
from analysis.publishing.requests import DeclaredParameter, ReportRequest, Value, checked, read_request
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, ReportFailedError

KERNEL = "python3"


def run_report(run: str, overrides: Mapping[str, str] | None = None, *, progress: bool = True) -> Path:
    """Run one report and return its folder.

    The report is built in a temporary folder beside its final place and swapped in when complete: a failure at any
    point, even a killed process, leaves the previous report as it was.

    A run with parameters from the command line goes to ``<run>-custom``, so that it never replaces the standard report.

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
    declared = declared_parameters(request.notebook)
    request = checked(request, declared, frozenset(given))
    defaults: dict[str, Value] = {name: ast.literal_eval(parameter.default) for name, parameter in declared.items()}
    used = check_inputs(request.notebook.stem, defaults | request.parameters)
    reports = paths.reports()
    reports.mkdir(exist_ok=True)
    recover(reports)
    building = reports / f".building-{run}-{os.getpid()}"
    building.mkdir()
    try:
        _execute(request, building, progress)
        _drop_traces(building / "report.ipynb")
        export.export_report(building, demonstration=used.demonstration, parameters=request.parameters)
        manifest.write_manifest(request, used, building)
        return _swap(building, reports / (f"{run}-custom" if given else run))
    finally:
        shutil.rmtree(building, ignore_errors=True)


def declared_parameters(notebook: Path) -> dict[str, DeclaredParameter]:
    """Return the parameters that a notebook declares in its tagged cell, as papermill reads them."""
    import papermill

    try:
        found: dict[str, Any] = papermill.inspect_notebook(str(notebook))
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise InputError.single(f"notebooks/{notebook.name}", "不是完好的笔记本", "", "从版本库恢复该文件") from error
    return {
        name: DeclaredParameter(name, str(detail["inferred_type_name"]), str(detail["default"]), str(detail["help"]))
        for name, detail in found.items()
    }


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
        _end_kernels(building)
        if before is None:
            del os.environ[style.VECTOR_VARIABLE]
        else:
            os.environ[style.VECTOR_VARIABLE] = before


def _end_kernels(building: Path) -> None:
    """End a kernel that an interruption left behind: one that was still starting would outlive its own folder."""
    for child in psutil.Process().children(recursive=True):
        try:
            if Path(child.cwd()) == building:
                child.kill()
                child.wait(timeout=10)
        except psutil.Error:  # it ended by itself meanwhile
            continue


def _drop_traces(notebook: Path) -> None:
    """Remove run times, folder names and random ids that papermill notes in a notebook: equal inputs, equal bytes."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for part in (content, *content["cells"]):
        for key in ("papermill", "execution"):
            part["metadata"].pop(key, None)
        if "injected-parameters" in part["metadata"].get("tags", []):
            part["id"] = "injected-parameters"  # papermill draws one at random
    notebook.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _keep_broken(run: str, notebook: Path) -> Path:
    folder = paths.reports() / "failed" / run
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "report.ipynb"
    if notebook.is_file():
        os.replace(notebook, kept)
    return kept


def _swap(building: Path, final: Path) -> Path:
    """Put a complete report in place; the old one is moved aside first and removed last.

    Another run of the same report may put its own in place between the two steps; then that one is moved aside as well.
    """
    for attempt in range(5):
        aside = final.parent / f".old-{final.name}-{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        if final.exists():
            os.rename(final, aside)
        try:
            os.rename(building, final)
        except OSError:
            if attempt == 4 or not final.exists():
                raise
        else:
            break
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
