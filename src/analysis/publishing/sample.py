"""Stores a finished report as the sample that visitors of the repository see; run by ``make published``."""

from __future__ import annotations

import json
import shutil
import sys

from analysis.publishing.editing.condition import condition
from analysis.publishing.requests import run_names
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

# The executed notebook, the words kept for comparison and the vector figures would swell the history; the page holds the last.
LEFT_OUT = ("report.ipynb", "content.json", "*.svg")


def publish(run: str) -> None:
    """Replace ``reports/published/<run>`` by the present report of that name.

    The sample's manifest lists what the sample holds, and no commit: it is part of the commit that stores it.

    Raises:
        InputError: no such run, or its report has not been made, or people have worked on it.
    """
    source, target = paths.reports() / run, paths.reports() / "published" / run
    if run not in run_names() or not (source / "manifest.json").is_file():
        raise InputError.single(f"reports/{run}", "没有这份报告", "、".join(run_names()), "先运行 make report")
    reasons = condition(source).reasons()
    if reasons:
        raise InputError.single(f"reports/{run}", "；".join(reasons), "生成时的原样", "移走改动过的报告，重新生成后再存为样例")
    staging = target.with_name(f".{run}")
    shutil.rmtree(staging, ignore_errors=True)
    shutil.copytree(source, staging, ignore=shutil.ignore_patterns(*LEFT_OUT))
    manifest = json.loads((staging / "manifest.json").read_text(encoding="utf-8"))
    manifest["left_out"] = [name for name in manifest["outputs"] if not (staging / name).is_file()]
    manifest["outputs"] = {name: digest for name, digest in manifest["outputs"].items() if (staging / name).is_file()}
    manifest["code"] = {"version": manifest["code"]["version"]}
    (staging / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    staging.rename(target)


if __name__ == "__main__":
    publish(sys.argv[1])
