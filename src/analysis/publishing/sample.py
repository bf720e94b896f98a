"""Stores a finished report as the sample that visitors of the repository see; run by ``make published``."""

from __future__ import annotations

import shutil
import sys

from analysis.vocabulary import paths

# The executed notebook and the vector figures are left out: the page holds the latter, and both would swell the history.
LEFT_OUT = shutil.ignore_patterns("report.ipynb", "*.svg")


def publish(run: str) -> None:
    """Replace ``reports/published/<run>`` by the present report of that name."""
    target = paths.reports() / "published" / run
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(paths.reports() / run, target, ignore=LEFT_OUT)


if __name__ == "__main__":
    publish(sys.argv[1])
