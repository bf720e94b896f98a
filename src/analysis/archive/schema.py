"""Reads a YAML file into a strict model: an unknown key, a missing key or a wrong type is an error with its address."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pydantic
import yaml

from analysis.vocabulary.errors import InputError, Problem


class Strict(pydantic.BaseModel):
    """Base of every definition: no unknown keys, no silent conversion of types, no later change."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Strict)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read one YAML file into its model.

    Raises:
        InputError: every defect, each with file and key.
    """
    if not path.is_file():
        raise InputError.single(f"文件 {path.name}", "找不到该文件", str(path.parent), "补上该文件")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行" if mark else ""
        raise InputError.single(f"{path.name} {line}", "不是合法的 YAML", "", "检查缩进、冒号和引号") from error
    except pydantic.ValidationError as error:
        raise InputError([_problem(path, detail) for detail in error.errors()]) from error


_MESSAGES = {"extra_forbidden": "未定义的键", "missing": "缺少该键"}


def _problem(path: Path, detail: object) -> Problem:
    assert isinstance(detail, dict)
    key = ".".join(str(part) for part in detail["loc"])
    found = _MESSAGES.get(detail["type"], repr(detail.get("input")))
    return Problem(f"{path.parent.name}/{path.name} 键 {key}", found, str(detail["msg"]), "对照同类文件改正")
