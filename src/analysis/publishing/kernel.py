"""The kernel of a report, started before it is needed: it reads its libraries in while the inputs are still being checked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from analysis.presentation import style

KERNEL = "python3"
# What every report notebook comes to import. Nothing of it is put into the notebook's names.
LIBRARIES = ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "pandas", "scipy.stats", "analysis.presentation.evaluation_text")


@contextmanager
def started_kernel(folder: Path) -> Iterator[Any]:
    """Start a kernel that works in a folder, and end it afterwards whatever happens.

    Args:
        folder: its working folder; by it an abandoned kernel is found.

    Yields:
        its kernel manager.
    """
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_core.utils import run_sync

    manager = AsyncKernelManager(kernel_name=KERNEL)
    reading = "".join(f"__import__({name!r});" for name in LIBRARIES)
    # Its notices are in English and not for the reader, hence the log level.
    arguments = ["--IPKernelApp.log_level=40", f"--IPKernelApp.code_to_run={reading}"]
    try:
        run_sync(manager.start_kernel)(env={**os.environ, style.VECTOR_VARIABLE: "1"}, cwd=str(folder), extra_arguments=arguments)
        yield manager
    finally:
        if manager.has_kernel:
            run_sync(manager.shutdown_kernel)(now=True)
        _end_kernels(folder)


def _end_kernels(folder: Path) -> None:
    """End a kernel that an interruption left behind: one that was still starting would outlive its own folder."""
    for child in psutil.Process().children(recursive=True):
        try:
            if Path(child.cwd()).resolve() == folder.resolve():
                child.kill()
                child.wait(timeout=10)
        except psutil.Error:  # it ended by itself meanwhile
            continue
