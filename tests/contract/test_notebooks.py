"""Notebooks are thin, declare their parameters, hold text outputs and no images."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PARAMETER_FILES = sorted((FOLDER / "parameters").glob("*.yml"))


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_code_cells_are_thin(path: Path) -> None:
    for cell in cells(path, "code"):
        text = source(cell)
        assert len([line for line in text.splitlines() if line.strip()]) <= 12
        assert not re.search(r"^\s*(def|class) ", text, re.M)
        assert not re.search(r"rcParams|intake|[\"'](/|[A-Z]:\\|\.\./)", text)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stored_as_readers_see_them_without_images(path: Path) -> None:
    code = cells(path, "code")
    assert any(cell["outputs"] for cell in code)
    for cell in code:
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert not [mime for mime in output.get("data", {}) if mime.startswith(("image/", "application/vnd.minzheng."))], (
                "run make notebooks"
            )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_kernel_is_plain_python3(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]["name"] == "python3"
    assert re.fullmatch(r"[a-z0-9_]+", path.stem)


@pytest.mark.parametrize("path", PARAMETER_FILES, ids=lambda path: path.stem)
def test_every_declared_parameter_reaches_its_notebook(path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    notebook = FOLDER / f"{content['notebook']}.ipynb"
    tagged = [cell for cell in cells(notebook, "code") if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    declared = re.findall(r"^(\w+): (\w+) = .+  # \S", source(tagged[0]), re.M)
    assert len(declared) == len(source(tagged[0]).splitlines()), "one `name: type = value  # 中文说明` a line"
    assert set(content["parameters"]) == {name for name, _ in declared}
    rest = "\n".join(source(cell) for cell in cells(notebook, "code") if cell is not tagged[0])
    for name, _ in declared:
        assert re.search(rf"\b{name}\b", rest.replace(source(tagged[0]), "")), f"{name} is declared but not used"
