"""Values that were set and not observed: assumptions, thresholds, rules of the scores, commitments, the audit's checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.archive.assumptions import assumption_table
from analysis.archive.plans import Plan
from analysis.presentation.origins.origin import ASSUMED, CHECKED, RULE, STATED, TARGET, Origin, standing
from analysis.presentation.origins.source_text import Shelf, SourceText
from analysis.vocabulary import paths

if TYPE_CHECKING:
    import pandas as pd

# What a key of a file of rules is called in evidence: 阈值midterm.nearly_ratio, 得分规则floor, 阈值chances.step.
_RULE_FILES = {
    "阈值": "verdicts.yml",
    "得分规则": "scores.yml",
    "阈值chances.": "chances.yml",
    "阈值trend.": "trend.yml",
    "阈值peer_methods.": "peer_methods.yml",
}
_BOUNDS = ("low", "mid", "high")
_PRINTED_PLACE = re.compile(r"专栏\d第\d+[行项]|第.章第.节")
_CODED_PLACE = re.compile(r"T([1-4])(?:target)?#(\d+)")


def rule_rows(shelf: Shelf) -> Iterator[Origin]:
    """Yield every value of the files of rules by prefix and dotted key."""
    for prefix, name in _RULE_FILES.items():
        file = shelf.file(paths.parameters() / name)
        for key, line in file.keys.items():
            yield standing(f"{prefix}{key}", RULE, file, line)


def assumption_rows(shelf: Shelf) -> Iterator[Origin]:
    """Yield the ledger: for each entry the lines of its low, middle and high value."""
    for row in assumption_table().itertuples():
        file = shelf.file(paths.assumptions() / f"{row.group}.yml")
        for line in dict.fromkeys(file.keys[f"assumptions.{row.id}.{bound}"] for bound in _BOUNDS):
            yield standing(f"假设{row.id}", ASSUMED, file, line)


def plan_rows(plan: Plan, shelf: Shelf) -> Iterator[Origin]:
    """Yield what the plan's definitions say: commitments, adjustment, the plan's count of itself, causes it states."""
    folder = paths.plans() / plan.header.id
    header = shelf.file(folder / "plan.yml")
    if plan.header.adjustment:
        yield standing(plan.header.adjustment.reference, STATED, header, header.keys["adjustment.reference"])
    for key, line in header.keys.items():
        if key.startswith("self_count."):
            yield standing("第一章第一节", STATED, header, line)
        elif key.startswith("stated_causes."):
            yield standing("第一章第一节专栏2后", STATED, header, line)
    if (folder / "commitments.yml").is_file():
        file = shelf.file(folder / "commitments.yml")
        for key, line in file.keys.items():
            if key.endswith(".reference"):
                item = key.removesuffix(".reference")
                yield standing(_value(file, line, "reference"), TARGET, file, file.keys[f"{item}.quantity"])


def _value(file: SourceText, line: int, key: str) -> str:
    found = re.search(rf"\b{key}: *([^,}}]+)", file.line(line))
    return found[1].strip() if found else ""


def audit_rows(audit: pd.DataFrame, source: str, shelf: Shelf) -> Iterator[Origin]:
    """Yield the checks of the printed figures: their arithmetic, the places compared, the line that declares a check."""
    file = shelf.file(paths.parameters() / "audit" / f"{source}.yml")
    declared = {key.rpartition(".")[2]: line for key, line in file.keys.items() if key.count(".") == 1}
    for row in audit.itertuples():
        line = declared.get(str(row.id), 0)
        coded = [f"专栏{table}第{number}{'项' if table == '4' else '行'}" for table, number in _CODED_PLACE.findall(file.line(line))]
        places = dict.fromkeys([*_PRINTED_PLACE.findall(str(row.where)), *coded])
        yield standing(f"核对{row.id}", CHECKED, file, line, str(row.arithmetic), places)
