"""Two runs of an evaluation: which verdicts changed, and which input alone would have changed each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.assessment.assess import assess
from analysis.assessment.rules import INDICATOR_PREFIX
from analysis.assessment.thresholds import Thresholds

if TYPE_CHECKING:
    import pandas as pd

KEY = ["indicator_id", "part"]
# What is told of a figure; another file, address or reviewer for the same figure changes no verdict.
FIGURE_KEY, FIGURE = ["series", "part", "year", "effective_date"], ["value", "definition"]
TOLD = {"own": "本指标数值", "reference": "规则参照值", "targets": "目标与定义", "thresholds": "判定阈值", "years": "评估年份或数据年份"}
TOGETHER = "单独任何一项都不改变判定，须合在一起"
CODE = "判定程序不同"


@dataclass(frozen=True)
class RunInputs:
    """Everything that verdicts follow from, and the verdicts as they were written.

    Attributes:
        name: how the run is called.
        plan: id of the plan.
        verdicts: as written by the run.
        readings, targets: see :func:`analysis.assessment.assess.assess`.
        thresholds: the numbers that verdicts turn on.
        as_of, data_year: evaluation year and year of the data.
    """

    name: str
    plan: str
    verdicts: pd.DataFrame
    readings: pd.DataFrame
    targets: pd.DataFrame
    thresholds: Thresholds
    as_of: int
    data_year: int


def changed_verdicts(before: RunInputs, after: RunInputs) -> pd.DataFrame:
    """Return the rows whose verdict differs, each with the inputs that caused it.

    The cause is found by replay: the earlier run is judged again with one group of inputs taken from the later run, and
    whatever changes the verdict alone is a cause.

    Returns:
        Columns ``indicator_id``, ``part``, ``name``, ``attribute``, ``status_before``, ``status_after``, ``value_before``,
        ``value_after``, ``causes`` (Chinese, joined by ；) and ``details`` (which figure, from what to what).
    """
    import pandas as pd

    columns = [*KEY, "name", "attribute", "status", "value"]
    both = before.verdicts[columns].merge(after.verdicts[columns], on=KEY, how="outer", suffixes=("_before", "_after"), sort=False)
    printed = {key: place for place, key in enumerate(zip(after.verdicts["indicator_id"], after.verdicts["part"], strict=True))}
    order = both[KEY].apply(tuple, axis=1).map(printed)
    both = both.iloc[order.argsort(kind="stable")]  # as the plan prints them; a row that is gone comes last
    changed = both[both["status_before"].fillna("") != both["status_after"].fillna("")]
    rows = []
    for row in changed.to_dict("records"):
        known = [text for text in (row["name_after"], row["name_before"]) if isinstance(text, str)]
        causes, details = _causes(before, after, row)
        rows.append(
            {
                "indicator_id": row["indicator_id"],
                "part": row["part"],
                "name": known[0],
                "attribute": row["attribute_after"] if isinstance(row["attribute_after"], str) else row["attribute_before"],
                "status_before": _word(row["status_before"]),
                "status_after": _word(row["status_after"]),
                "value_before": row["value_before"],
                "value_after": row["value_after"],
                "causes": "；".join(causes),
                "details": "；".join(details),
            }
        )
    names = [*KEY, "name", "attribute", "status_before", "status_after", "value_before", "value_after", "causes", "details"]
    return pd.DataFrame(rows, columns=names)


def changed_figures(before: RunInputs, after: RunInputs) -> pd.DataFrame:
    """Return every figure that was added, removed or revised: ``series``, ``part``, ``year``, ``before``, ``after``."""
    merged = _figures(before).merge(_figures(after), on=FIGURE_KEY, how="outer", suffixes=("_before", "_after"))
    same = (merged["value_before"] == merged["value_after"]) & (merged["definition_before"] == merged["definition_after"])
    return merged[~same].sort_values(FIGURE_KEY, kind="stable").reset_index(drop=True)


def _figures(run: RunInputs) -> pd.DataFrame:
    frame = run.readings[run.readings["year"] <= run.data_year]
    return frame[[*FIGURE_KEY, *FIGURE]].assign(
        effective_date=frame["effective_date"].astype(str).replace({"None": "", "NaT": "", "nan": ""})
    )


def _word(status: Any) -> str:
    return status if isinstance(status, str) else "没有该行"


def _causes(before: RunInputs, after: RunInputs, row: dict[str, Any]) -> tuple[list[str], list[str]]:
    if not (isinstance(row["status_before"], str) and isinstance(row["status_after"], str)):
        return [TOLD["targets"]], ["规划的指标行不同"]
    key = (row["indicator_id"], row["part"])
    if _status(before, key) != row["status_before"]:
        return [CODE], []  # the earlier verdict can't be had again from its own inputs, so no input explains it
    causes, details, differing = [], [], []
    for group, mixed, said in _replays(before, after, key):
        differing.append(said)
        if _status(mixed, key) != row["status_before"]:
            causes.append(TOLD[group])
            details.append(said)
    if causes:
        return causes, details
    return ([TOGETHER], differing) if differing else ([CODE], [])


def _replays(before: RunInputs, after: RunInputs, key: tuple[str, str]) -> Iterator[tuple[str, RunInputs, str]]:
    """Yield the earlier run with one group of inputs from the later one, where they differ, and the difference in words."""
    target = after.targets.set_index(KEY).loc[key] if key in after.targets.set_index(KEY).index else None
    series = {"own": (key[0], key[1])}
    if target is not None and target["rule_reference"]:
        series["reference"] = (str(target["rule_reference"]).removeprefix(INDICATOR_PREFIX), str(target["rule_reference_part"]))
    years_before = replace(after, data_year=max(before.data_year, after.data_year))
    differences = changed_figures(replace(before, data_year=years_before.data_year), years_before)
    for group, (name, part) in series.items():
        rows = differences[(differences["series"] == name) & (differences["part"] == part)]
        if len(rows):
            yield group, replace(before, readings=_exchanged(before, after, name, part)), "、".join(_figure_words(rows))
    if not _same_row(before.targets, after.targets, key):
        yield "targets", replace(before, targets=after.targets), "目标值或定义不同"
    if before.thresholds != after.thresholds:
        yield "thresholds", replace(before, thresholds=after.thresholds), "阈值不同"
    if (before.as_of, before.data_year) != (after.as_of, after.data_year):
        said = f"评估年份{before.as_of}→{after.as_of}，数据年份{before.data_year}→{after.data_year}"
        yield "years", replace(before, as_of=after.as_of, data_year=after.data_year), said


def _exchanged(before: RunInputs, after: RunInputs, series: str, part: str) -> pd.DataFrame:
    import pandas as pd

    mine = (before.readings["series"] == series) & (before.readings["part"] == part)
    theirs = (after.readings["series"] == series) & (after.readings["part"] == part)
    return pd.concat([before.readings[~mine], after.readings[theirs]], ignore_index=True)


def _figure_words(rows: pd.DataFrame) -> list[str]:
    words = []
    for row in rows.to_dict("records"):
        values = [f"{value:g}" if not math.isnan(value) else "无" for value in (row["value_before"], row["value_after"])]
        name = f"{'指标' if row['series'].isdigit() else ''}{row['series']}" + (f"（{row['part']}）" if row["part"] else "")
        definition = "（口径变更）" if "口径变更" in (row["definition_before"], row["definition_after"]) else ""
        words.append(f"{name}：{row['year']}年{values[0]}→{values[1]}{definition}")
    return words


def _same_row(first: pd.DataFrame, second: pd.DataFrame, key: tuple[str, str]) -> bool:
    a, b = (frame.set_index(KEY).loc[[key]].reset_index() for frame in (first, second))
    shared = [name for name in a.columns if name in b.columns]
    return all(str(a.at[0, name]) == str(b.at[0, name]) for name in shared)


def _status(run: RunInputs, key: tuple[str, str]) -> str:
    verdicts = assess(run.readings, run.targets, run.as_of, run.data_year, run.thresholds)
    return str(verdicts.set_index(KEY).at[key, "status"])
