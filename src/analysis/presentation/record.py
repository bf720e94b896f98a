"""A table that a notebook hands to the report's folder as a CSV file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

RECORD_MIME = "application/vnd.minzheng.record+json"


@dataclass(frozen=True)
class Record:
    """A data table kept with the report under ``<name>.csv``."""

    name: str
    data: pd.DataFrame

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        rows, columns = self.data.shape
        return {
            "text/plain": f"〔数据〕{self.name}.csv：{rows}行{columns}列",
            RECORD_MIME: {"name": self.name, "csv": self.data.to_csv(index=False, lineterminator="\n")},
        }


def record(name: str, data: pd.DataFrame) -> Record:
    """Return a record for the report's folder; ``name`` is its ASCII file name without ending."""
    return Record(name, data)
