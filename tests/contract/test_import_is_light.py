"""Importing the package loads no heavy library."""

from __future__ import annotations

import subprocess
import sys


def test_import_loads_nothing_heavy() -> None:
    code = "import analysis, sys; print([m for m in ('pandas', 'matplotlib', 'statsmodels', 'seaborn', 'papermill', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_all_resolve() -> None:
    import analysis

    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    assert "evaluate_final" in dir(analysis)
