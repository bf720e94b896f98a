"""A finished report's folder read back: its verdicts and everything they follow from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pydantic

from analysis.assessment.changes import RunInputs
from analysis.assessment.thresholds import Thresholds
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.marks import file_name

if TYPE_CHECKING:
    import pandas as pd

# Columns that hold numbers; every other one is text, also where all of it is empty.
_NUMBERS = frozenset(
    """year value count total as_of data_year final_year base milestone target path_level completion progress schedule_ratio
    required_pace required_growth rule_required rule_margin rule_years_met rule_years_known base_year milestone_year rounding_unit
    rule_factor rule_lag_years counted_total definition_change_year""".split()
)
_WHOLE = ("year", "as_of", "data_year", "final_year", "base_year", "milestone_year", "rule_lag_years")


def read_run(name: str) -> RunInputs:
    """Read a report's folder, given by its name under ``reports/`` or by its path.

    Raises:
        InputError: no such report, or one without the inputs of its verdicts (not made from monitoring data).
    """
    folder = next((path for path in (paths.reports() / name, Path(name)) if (path / "manifest.json").is_file()), None)
    if folder is None:
        known = sorted(path.parent.name for path in paths.reports().glob("*/manifest.json"))
        raise InputError.single(
            f"报告 {name}", "没有这份报告", "、".join(known) or "reports/ 下的报告名", "先运行 minzheng report，或给出文件夹"
        )
    verdicts, readings, targets = (_table(folder, table) for table in ("verdicts", "readings", "targets"))
    first = verdicts.iloc[0]
    years = int(first["as_of"]), int(first["data_year"])
    return RunInputs(folder.name, str(first["plan"]), verdicts, readings, targets, _thresholds(folder), *years)


def _thresholds(folder: Path) -> Thresholds:
    sections: dict[str, dict[str, float]] = {}
    for row in _table(folder, "thresholds").itertuples():
        value = float(str(row.value))
        sections.setdefault(str(row.section), {})[str(row.name)] = int(value) if value.is_integer() else value
    try:
        return Thresholds.model_validate(sections)
    except pydantic.ValidationError as error:
        raise InputError.single(
            f"报告 {folder.name}/thresholds.csv", "内容不完整", "报告生成时的原样", "重新运行 minzheng report"
        ) from error


def _table(folder: Path, table: str) -> pd.DataFrame:
    import pandas as pd

    for name in (file_name(f"{table}.csv", demonstration=flag) for flag in (False, True)):
        if (folder / name).is_file():
            frame = pd.read_csv(folder / name, dtype="str", keep_default_na=False)
            numbers = [column for column in frame.columns if column in _NUMBERS]
            frame = frame.assign(**{column: pd.to_numeric(frame[column]) for column in numbers})
            whole = [column for column in _WHOLE if column in frame.columns]
            frame = frame.astype(dict.fromkeys(whole, "int64"))
            return frame.assign(bounded=frame["bounded"] == "True") if "bounded" in frame.columns else frame
    raise InputError.single(f"报告 {folder.name}", f"没有 {table}.csv", "由监测数据评估得出的报告", "重新运行 minzheng report")
