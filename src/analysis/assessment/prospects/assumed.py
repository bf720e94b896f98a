"""Which entries of the assumption ledger a report rests on; an uncited one keeps the report from being made."""

from __future__ import annotations

from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects.care_beds import CareBedProspect

BEDS_REPORTED = ("norm_need", "gap")


def reference_class_assumptions() -> tuple[str, ...]:
    """Return the ids behind the technical annex on chances: odds by progress and usual growth."""
    words = load_chance_words()
    return tuple(dict.fromkeys((*words.odds.values(), *words.growth_classes.values())))


def midterm_bed_assumptions(prospect: CareBedProspect) -> tuple[str, ...]:
    """Return the ids behind the bed figures of a midterm report: norms and gaps, not needs."""
    return tuple(dict.fromkeys(id for result in BEDS_REPORTED for id in prospect.rests_on[result]))
