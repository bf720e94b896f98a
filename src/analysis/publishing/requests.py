"""A report to run: its notebook and parameters, from ``notebooks/parameters/<run>.yml`` and the command line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem

Value = str | int | float | bool
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
_TYPE_TITLES = {"str": "文字", "int": "整数", "float": "数字", "bool": "true或false"}


class ParameterFile(Strict):
    """Content of one parameter file."""

    notebook: str
    parameters: dict[str, Value]


@dataclass(frozen=True)
class DeclaredParameter:
    """One line of a notebook's parameters cell."""

    name: str
    type: str
    default: str
    help: str


@dataclass(frozen=True)
class ReportRequest:
    """A checked request.

    Attributes:
        run: name of the run and of its folder under reports/.
        notebook: the notebook to run.
        parameters: values by name, each of its declared type.
        parameter_file: where they come from.
    """

    run: str
    notebook: Path
    parameters: dict[str, Value]
    parameter_file: Path


def run_names() -> list[str]:
    """Return the names of the runs that have a parameter file."""
    return sorted(path.stem for path in (paths.notebooks() / "parameters").glob("*.yml"))


def find_run(kind: str, plan: str, as_of: int | None) -> str:
    """Return the run of a report kind for a plan (the only one, or the one of the given year).

    Raises:
        InputError: none or several fit; the message lists those there are.
    """
    prefix = f"{plan}-{kind}-"
    fitting = [run for run in run_names() if run.startswith(prefix) and (as_of is None or run == f"{prefix}{as_of}")]
    if len(fitting) != 1:
        kinds = [f"--plan {p} --as-of {year}" for p, _, year in (run.rpartition(f"-{kind}-") for run in run_names()) if p]
        wanted = f"--plan {plan}{f' --as-of {as_of}' if as_of else ''}"
        raise InputError.single(
            f"报告 {kind}", wanted, "、".join(kinds) or "尚无参数文件", "改用已有的规划和年份，或在 notebooks/parameters 新建参数文件"
        )
    return fitting[0]


def read_request(run: str, overrides: Mapping[str, str]) -> ReportRequest:
    """Read a run's parameter file and lay overrides (text, from the command line) over it; types are checked later."""
    path = paths.notebooks() / "parameters" / f"{run}.yml"
    if not path.is_file():
        raise InputError.single("参数文件", run, "、".join(run_names()), "改用已有的名称")
    content = read_yaml(path, ParameterFile)
    notebook = paths.notebooks() / f"{content.notebook}.ipynb"
    if not notebook.is_file():
        raise InputError.single(f"{path.name} 键 notebook", content.notebook, "notebooks 下的笔记本名", "改正名称")
    return ReportRequest(run, notebook, {**content.parameters, **overrides}, path)


def checked(request: ReportRequest, declared: Mapping[str, DeclaredParameter], overridden: frozenset[str]) -> ReportRequest:
    """Check every parameter's name and type against the notebook's declarations.

    Values from the command line are text and are converted; values from a file must have the declared type already.

    Raises:
        InputError: every unknown or ill-typed parameter; each message lists the valid ones.
    """
    valid = "；".join(f"{p.name}（{_TYPE_TITLES.get(p.type, p.type)}，默认 {p.default}）{p.help}" for p in declared.values())
    problems: list[Problem] = []
    values: dict[str, Value] = {}
    for name, value in request.parameters.items():
        where = f"参数 {name}" + ("" if name in overridden else f"（{request.parameter_file.name}）")
        if name not in declared:
            near = difflib.get_close_matches(name, declared, n=1)
            problems.append(
                Problem(where, f"{request.notebook.name} 没有该参数", valid, f"是否应为 {near[0]}" if near else "改用其中的名称")
            )
            continue
        converted = _converted(value, declared[name].type, from_text=name in overridden)
        if converted is None:
            title = _TYPE_TITLES.get(declared[name].type, declared[name].type)
            problems.append(Problem(where, repr(value), title, f"{declared[name].help}，改为{title}"))
        else:
            values[name] = converted
    if problems:
        raise InputError(problems)
    return ReportRequest(request.run, request.notebook, values, request.parameter_file)


def _converted(value: Value, type_name: str, *, from_text: bool) -> Value | None:
    """Return the value in its declared type, None if it is of another."""
    wanted = _TYPES.get(type_name)
    if wanted is None:
        return None
    if not from_text:
        right = type(value) is wanted or (wanted is float and type(value) is int)
        return value if right else None
    text: Any = value
    if wanted is bool:
        return {"true": True, "false": False}.get(text.lower())
    try:
        return wanted(text)  # type: ignore[no-any-return]
    except ValueError:
        return None
