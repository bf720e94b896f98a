"""Reads a YAML file into a strict model: an unknown, missing or repeated key or a wrong type is an error with its address."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import pydantic
import yaml

from analysis.vocabulary.errors import InputError, Problem


class Strict(pydantic.BaseModel):
    """Base of every definition: no unknown keys, no conversion between types, no later change."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


Model = TypeVar("Model", bound=Strict)


class _UniqueKeyLoader(yaml.SafeLoader):
    """YAML lets a later key replace an earlier one of the same name; here that is an error."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(problem=f"键 {key.value} 重复", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read one YAML file into its model.

    Raises:
        InputError: every defect, each with file and key.
    """
    if not path.is_file():
        raise InputError.single(f"文件 {path.parent.name}/{path.name}", "找不到该文件", "", "从版本库恢复该文件")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeyLoader)
        return model.model_validate(content)
    except UnicodeDecodeError as error:
        raise InputError.single(path.name, "不是 UTF-8 文本", "UTF-8 编码的 YAML", "另存为 UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第{mark.line + 1}行" if mark else ""
        detail = str(getattr(error, "problem", "") or "")
        found = detail if detail.startswith("键") else "不是合法的 YAML"
        raise InputError.single(f"{path.name} {line}", found, "", "检查缩进、冒号、引号和重复的键") from error
    except pydantic.ValidationError as error:
        raise InputError([_problem(path, detail) for detail in error.errors()]) from error


_EXPECTED = {
    "missing": "必须有该键", "extra_forbidden": "没有定义这个键", "int_type": "整数", "float_type": "数字", "string_type": "文字",
    "bool_type": "true 或 false", "date_type": "日期", "list_type": "列表", "dict_type": "键值表", "model_type": "键值表",
    "finite_number": "有限的数",
}  # fmt: skip


def _problem(path: Path, detail: Any) -> Problem:
    key = ".".join(str(part) for part in detail["loc"]) or "（整个文件）"
    kind, context = detail["type"], detail.get("ctx", {})
    expected = _EXPECTED.get(kind, "符合该键定义的值")
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace(" or ", "、").replace(", ", "、")
    elif kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        sign = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}[kind]
        expected = f"{sign}{next(iter(context.values()), '')}"
    elif kind == "string_pattern_mismatch":
        expected = f"符合 {context.get('pattern', '')} 的文字"
    elif kind == "value_error":
        expected = str(context.get("error", expected))
    found = {"missing": "缺少该键", "extra_forbidden": "未定义的键"}.get(kind, repr(detail.get("input")))
    return Problem(f"{path.parent.name}/{path.name} 键 {key}", found, expected, "对照同类文件改正")
