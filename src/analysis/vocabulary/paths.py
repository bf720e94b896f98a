"""The only module that spells folder names."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.vocabulary.errors import InputError

HOME_VARIABLE = "MINZHENG_HOME"
PACKAGE = Path(__file__).resolve().parents[1]


def home() -> Path:
    """Return the repository's folder: MINZHENG_HOME if set, else the folder that holds ``src``.

    Raises:
        InputError: the folder has no ``data/raw`` (the package was installed away from its repository).
    """
    chosen = os.environ.get(HOME_VARIABLE)
    folder = Path(chosen).resolve() if chosen else PACKAGE.parents[1]
    if not (folder / "data" / "raw").is_dir():
        raise InputError.single(f"资料库目录 {folder}", "没有 data/raw", "本仓库的根目录", f"把环境变量 {HOME_VARIABLE} 设为仓库所在目录")
    return folder


def raw_data() -> Path:
    """Return the folder of immutable deposits."""
    return home() / "data" / "raw"


def processed_data() -> Path:
    """Return the folder of built tables."""
    return home() / "data" / "processed"


def forecasts() -> Path:
    """Return the folder of the forecast ledgers, one CSV file a plan."""
    return home() / "data" / "forecasts"


def notebooks() -> Path:
    """Return the folder of notebooks."""
    return home() / "notebooks"


def reports() -> Path:
    """Return the folder where reports are built."""
    return home() / "reports"


def plans() -> Path:
    """Return the folder of plans: each a folder of YAML (definitions) and CSV (commitments)."""
    return home() / "plans"


def narrative() -> Path:
    """Return the folder of what people write for each report."""
    return home() / "narrative"


def parameters() -> Path:
    """Return the folder of thresholds, schemas and vocabularies (YAML) that ships with the package."""
    return PACKAGE / "parameters"


def assumptions() -> Path:
    """Return the folder of the assumption ledger, one YAML file a model."""
    return parameters() / "assumptions"


def fonts() -> Path:
    """Return the folder of the OFL fonts that ship with the package."""
    return PACKAGE / "presentation" / "fonts"


def templates() -> Path:
    """Return the folder of the package's templates."""
    return PACKAGE / "publishing" / "templates"


def docs() -> Path:
    """Return the folder of documents."""
    return home() / "docs"
