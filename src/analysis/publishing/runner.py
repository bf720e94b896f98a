"""Runs a report notebook with papermill and puts the finished report in place in one step."""

from __future__ import annotations

import ast
import importlib
import json
import os
import shutil
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from analysis.publishing.editing.placement import place, recover
from analysis.publishing.kernel import KERNEL, started_kernel
from analysis.publishing.requests import DeclaredParameter, ReportRequest, Value, checked, read_request
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, ReportFailedError

# What the formats need, read in while the notebook is computing and this process only waits.
_FORMAT_LIBRARIES = ("docx", "jinja2", "mistune", "openpyxl", "typst", "xlsxwriter", "analysis.publishing.export")


def run_report(run: str, overrides: Mapping[str, str] | None = None, *, progress: bool = True) -> Path:
    """Run one report and return its folder.

    The report is built in a temporary folder beside its final place and swapped in when complete: a failure at any
    point, even a killed process, leaves the previous report as it was. One that people have worked on is never replaced;
    the new one then goes beside it (:func:`analysis.publishing.editing.placement.place`).

    A run with parameters from the command line goes to ``<run>-custom``, so that it never replaces the standard report.

    Args:
        run: name of a parameter file.
        overrides: parameters from the command line, as text.
        progress: show papermill's progress bar.

    Raises:
        InputError: a parameter is unknown, ill-typed or out of range; nothing was written.
        ReportFailedError: a cell failed; the broken notebook lies under reports/failed/.
    """
    given = dict(overrides or {})
    request = read_request(run, given)
    reports = paths.reports()
    reports.mkdir(exist_ok=True)
    recover(reports)
    building = reports / f".building-{run}-{os.getpid()}"
    building.mkdir()
    try:
        build(request, building, overridden=frozenset(given), progress=progress)
        return place(building, reports, f"{run}-custom" if given else run)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def build(request: ReportRequest, folder: Path, *, overridden: frozenset[str], progress: bool) -> None:
    """Make a report with its manifest in an empty folder.

    The kernel starts first of all and reads its libraries in while parameters and inputs are checked here.

    Args:
        request: what was asked for; its parameters are checked here.
        folder: where it is made.
        overridden: names of the parameters that came from the command line, as text.
        progress: show papermill's progress bar.

    Raises:
        InputError: as :func:`run_report`.
        ReportFailedError: as :func:`run_report`.
    """
    with started_kernel(folder) as kernel:
        declared = declared_parameters(request.notebook)
        request = checked(request, declared, overridden)
        defaults: dict[str, Value] = {name: ast.literal_eval(parameter.default) for name, parameter in declared.items()}

        from analysis.publishing.inputs import check_inputs

        used = check_inputs(request.notebook.stem, defaults | request.parameters)
        reading = threading.Thread(target=_read_formats, daemon=True)
        reading.start()
        _execute(request, folder, kernel, progress)
    reading.join()

    from analysis.publishing import export, manifest
    from analysis.publishing.document.wording_checks import wording_problems
    from analysis.publishing.editing.content import write_content

    _drop_traces(folder / "report.ipynb")
    document = export.export_report(folder, demonstration=used.demonstration, parameters=request.parameters)
    write_content(folder)
    manifest.write_manifest(request, used, folder, overridden=overridden, wording=wording_problems(document))


def declared_parameters(notebook: Path) -> dict[str, DeclaredParameter]:
    """Return the parameters that a notebook declares in its tagged cell, as papermill reads them."""
    import nbformat
    import papermill

    try:
        found: dict[str, Any] = papermill.inspect_notebook(str(notebook))
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise InputError.single(f"notebooks/{notebook.name}", "不是完好的笔记本", "", "从版本库恢复该文件") from error
    return {
        name: DeclaredParameter(name, str(detail["inferred_type_name"]), str(detail["default"]), str(detail["help"]))
        for name, detail in found.items()
    }


def _read_formats() -> None:
    for name in _FORMAT_LIBRARIES:
        with suppress(ImportError):  # told where it is needed
            importlib.import_module(name)


def _execute(request: ReportRequest, building: Path, kernel: Any, progress: bool) -> None:
    import papermill
    from nbclient.exceptions import DeadKernelError

    output = building / "report.ipynb"
    begun: list[Any] = []
    try:
        papermill.execute_notebook(
            str(request.notebook), str(output), parameters=request.parameters, kernel_name=KERNEL, km=kernel,
            progress_bar={"desc": f"生成 {request.run}", "unit": "单元"} if progress else False, cwd=str(building),
            # Saved once at the end: each cell would take longer to save than most take to run.
            request_save_on_cell_execute=False, on_cell_start=lambda cell, cell_index: begun.append(cell),
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
        _save_begun(begun, output)
        kept = _keep_broken(request.run, output)
        raise ReportFailedError(
            f"报告 {request.run} 没有生成：计算内核中途退出（常见原因是内存不足或被终止）。\n"
            f"  执行到一半的笔记本保存在：{kept}\n  原有报告未受影响。"
        ) from error


def _save_begun(cells: list[Any], output: Path) -> None:
    """Save the cells that a kernel came to before it died."""
    import nbformat

    nbformat.write(nbformat.v4.new_notebook(cells=cells), output)


def _drop_traces(notebook: Path) -> None:
    """Remove run times, folder names and random ids that papermill notes in a notebook: equal inputs, equal bytes."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for part in (content, *content["cells"]):
        for key in ("papermill", "execution"):
            part["metadata"].pop(key, None)
        if "injected-parameters" in part["metadata"].get("tags", []):
            part["id"] = "injected-parameters"  # papermill draws one at random
    notebook.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def _keep_broken(run: str, notebook: Path) -> Path:
    folder = paths.reports() / "failed" / run
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "report.ipynb"
    if notebook.is_file():
        os.replace(notebook, kept)
    return kept
