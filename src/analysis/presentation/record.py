"""A table that a notebook hands to the report's folder as a CSV file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.vocabulary.marks import DEMONSTRATION, file_name

if TYPE_CHECKING:
    import pandas as pd

RECORD_MIME = "application/vnd.minzheng.record+json"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Record:
    """A data table kept with the report under ``<name>.csv``; demonstration data say so in its name and in each row."""

    name: str
    data: pd.DataFrame
    demonstration: bool = False

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        rows, columns = self.data.shape
        return {
            "text/plain": f"〔数据〕{self.file}：{rows}行{columns}列",
            RECORD_MIME: {"name": self.name, "file": self.file, "csv": self.csv()},
        }

    @property
    def file(self) -> str:
        """Name of the file in the report's folder."""
        return file_name(f"{self.name}.csv", demonstration=self.demonstration)

    def csv(self) -> str:
        """Return the table as CSV."""
        data = plain_text(self.data)
        if self.demonstration:
            data.insert(0, "mark", DEMONSTRATION)
        return str(data.to_csv(index=False, lineterminator="\n", float_format="%.12g"))


def plain_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose text no spreadsheet program takes for a formula: what looks like one gets a ' before it.

    Example:
        >>> import pandas as pd
        >>> plain_text(pd.DataFrame({"source": ["=1+1", "-5%", "台账"], "value": [1, -2, 3]})).to_numpy().tolist()
        [["'=1+1", 1], ["'-5%", -2], ['台账', 3]]
    """
    text = table.select_dtypes(exclude=["number", "bool"]).columns
    return table.assign(**{name: table[name].map(_plain) for name in text})


def _plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def record(name: str, data: pd.DataFrame, demonstration: bool = False) -> Record:
    """Return a record for the report's folder.

    Args:
        name: ASCII file name without ending.
        data: the table.
        demonstration: whether it holds 演示数据.
    """
    return Record(name, data, demonstration)
