"""Commitments of a plan outside its indicator table that carry a figure or a date."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths


class Commitment(Strict):
    """One commitment.

    Attributes:
        id: its number in the ledger (t01…).
        task: label of what is promised.
        comparison: whether the quantity is to be reached (``at_least``) or to be exact (``equal``).
        quantity, unit: what is promised.
        maintained: whether it is to be kept in every year (持续保持), not only reached by the deadline.
        deadline_year: year by whose end it is due; the plan's last year where the plan names none.
        reference: where the plan says so.
        indicator: number of the indicator that measures the same thing, if any.
    """

    id: str = pydantic.Field(pattern=r"^t[0-9]+$")
    task: str
    category: str
    comparison: Literal["at_least", "equal"]
    quantity: float
    unit: str
    maintained: bool = False
    deadline_year: int
    reference: str
    indicator: int | None = None


class _Commitments(Strict):
    commitments: list[Commitment]

    @pydantic.field_validator("commitments")
    @classmethod
    def _unique(cls, items: list[Commitment]) -> list[Commitment]:
        ids = [item.id for item in items]
        twice = sorted({id for id in ids if ids.count(id) > 1})
        if twice:
            raise ValueError(f"id 不得重复：{'、'.join(twice)}")
        return items


def load_commitments(plan_id: str) -> tuple[Commitment, ...]:
    """Return a plan's commitments in their order; none where it has no ``commitments.yml``."""
    path = paths.plans() / plan_id / "commitments.yml"
    return _read(path) if path.is_file() else ()


@cache
def _read(path: Path) -> tuple[Commitment, ...]:
    return tuple(read_yaml(path, _Commitments).commitments)
