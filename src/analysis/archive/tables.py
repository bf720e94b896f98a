"""Schemas of the built tables: names, types and meanings of their columns."""

from __future__ import annotations

from functools import cache
from typing import Literal

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths


class Field(Strict):
    """One column; ``required`` means that no cell may be empty."""

    name: str
    type: Literal["integer", "number", "string"]
    description: str
    required: bool = True
    enum: list[str] | None = None


class TableSchema(Strict):
    """One table; ``key`` names the columns that identify a row."""

    name: str
    title: str
    key: list[str]
    fields: list[Field]


class PackageSchema(Strict):
    """All tables of data/processed."""

    name: str
    title: str
    tables: list[TableSchema]

    def table(self, name: str) -> TableSchema:
        """Return one table's schema by name."""
        return next(table for table in self.tables if table.name == name)


@cache
def package_schema() -> PackageSchema:
    """Read the schemas that ship with the package."""
    return read_yaml(paths.parameters() / "tables.yml", PackageSchema)
