"""Schema of the declared checks (``parameters/audit/*.yml``)."""

from __future__ import annotations

from functools import cache
from typing import Annotated

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths

Term = str | int | float
Terms = Annotated[tuple[Term, ...], pydantic.Strict(False)]  # YAML knows lists only


class Quantity(Strict):
    """times × (Σ sum − Σ minus) × Π by / Σ over; terms are places or numbers."""

    sum: Terms
    minus: Terms = ()
    by: Terms = ()
    over: Terms = ()
    times: float | int = 1
    note: str = ""


class Derived(Quantity):
    """A printed figure against a quantity."""

    id: str
    title: str
    printed: str


class ImpliedEqual(Strict):
    """Two quantities that should be the same thing."""

    id: str
    title: str
    first: Quantity
    second: Quantity
    unit: str
    note: str = ""


class Implied(Quantity):
    """What printed figures imply, where the plan prints nothing to compare with."""

    id: str
    title: str
    unit: str


class Bound(Strict):
    """One figure that can't exceed another."""

    id: str
    title: str
    smaller: str
    larger: str
    note: str = ""


class Coverage(Strict):
    """A printed share of countable things."""

    id: str
    title: str
    printed: str
    of: str
    what: str


class Count(Strict):
    """A count that the plan states (``printed``) about a table."""

    id: str
    title: str
    printed: str
    count: str
    table: str


class DeclaredCount(Strict):
    """A count expected of a table as published."""

    id: str
    title: str
    count: str
    table: str
    expected: int


class Missed(Strict):
    """Rows of 专栏1 that the prose names as missed."""

    reference: str
    named: list[int]


class Deadline(Strict):
    """A commitment of 专栏4 and the milestone of the same task in 专栏3."""

    id: str
    title: str
    box4: int
    box3: int
    milestone: int
    note: str = ""


class Unverifiable(Strict):
    """A statement that nothing in the plan can confirm or refute."""

    id: str
    printed: str
    note: str


class AuditDefinition(Strict):
    """All declared checks of one source."""

    derived: list[Derived]
    implied_equal: list[ImpliedEqual]
    implied: list[Implied]
    bounds: list[Bound]
    coverage: list[Coverage]
    counts: list[Count]
    declared_counts: list[DeclaredCount]
    missed: Missed
    deadlines: list[Deadline]
    unverifiable: list[Unverifiable]


@cache
def load_audit_definition(source: str) -> AuditDefinition:
    """Read the declared checks of one source."""
    return read_yaml(paths.parameters() / "audit" / f"{source}.yml", AuditDefinition)
