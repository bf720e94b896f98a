"""Executes the committed notebooks with their default parameters and stores what readers see as text, without images.

Run by ``make notebooks`` after a change that alters outputs; nbval compares against what is stored here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from analysis.vocabulary import paths

_DROPPED = ("image/", "application/vnd.minzheng.")


def store(notebook: Path) -> None:
    """Execute one notebook in its folder and write it back with text outputs only."""
    content = nbformat.read(notebook, as_version=4)
    NotebookClient(content, kernel_name="python3", resources={"metadata": {"path": str(notebook.parent)}}).execute()
    nbformat.write(as_read(content), notebook)


def as_read(content: Any) -> Any:
    """Drop images, what only reports are made from, run times and the machine's language version from a notebook, in place."""
    for cell in content["cells"]:
        cell.get("metadata", {}).pop("execution", None)
        for output in cell.get("outputs", []):
            for mime in [mime for mime in output.get("data", {}) if mime.startswith(_DROPPED)]:
                del output["data"][mime]
    content["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return content


if __name__ == "__main__":
    for path in sorted(paths.notebooks().glob("*.ipynb")):
        store(path)
        print(f"已存 {path.name}")
