"""An abandoned kernel is found by its folder, however that is spelt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil

from analysis.publishing.kernel import _end_kernels


def test_a_process_in_the_folder_is_ended_through_a_link_to_it_and_others_are_not(tmp_path: Path) -> None:
    folder, elsewhere, link = tmp_path / "folder", tmp_path / "elsewhere", tmp_path / "link"
    folder.mkdir()
    elsewhere.mkdir()
    link.symlink_to(folder, target_is_directory=True)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    inside, outside = subprocess.Popen(sleep, cwd=folder), subprocess.Popen(sleep, cwd=elsewhere)
    try:
        _end_kernels(link)
        assert not psutil.pid_exists(inside.pid)
        assert outside.poll() is None
    finally:
        for process in (inside, outside):
            process.kill()
            process.wait()
