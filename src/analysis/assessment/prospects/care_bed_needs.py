"""Beds by disability and use: what the ledger's ranges leave open, which input it hangs on, and which data would narrow it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from analysis.archive.assumptions import load_assumption
from analysis.models.care_beds.needs import (
    ELDERS,
    MODERATE,
    OCCUPANCY,
    SEVERE,
    USE_MODERATE,
    USE_OTHER,
    USE_SEVERE,
    Floats,
    beds_needed,
    draw_inputs,
    residents,
)
from analysis.models.care_beds.sensitivity import sobol_indices, spread, tornado, width_when_known
from analysis.observations.public_figures import load_public_figures
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

# Inputs of the model and the entries of the ledger that give their ranges, in percent.
RATES = {
    SEVERE: "severe_disability_share",
    MODERATE: "moderate_disability_share",
    USE_SEVERE: "institution_use_severe",
    USE_MODERATE: "institution_use_moderate",
    USE_OTHER: "institution_use_other",
    OCCUPANCY: "institution_occupancy",
}
ELDERS_NAME = "60岁以上户籍人数"
# Data that the district can hand over, and the inputs that each would settle. No data settle how many elders there will be.
REQUESTS = {
    "各机构期末床位数与在住人数": (OCCUPANCY,),
    "在住长者按失能等级的人数": (USE_SEVERE, USE_MODERATE, USE_OTHER),
    "60岁以上失能评估人数（按等级）": (SEVERE, MODERATE),
}
WHOLE_COUNTRY = "全国"
DISABILITY_CONCEPTS = ("老年人口失能率", "失能半失能率", "失能率（ADL/BADL合并）", "BADL失能率（60+）")
DRAWS, SEED, SOBOL_SAMPLES = 10_000, 20260331, 1024


class NeedsSummary(NamedTuple):
    """Beds: every input at its middle value; the 5 %, 50 % and 95 % points of the draws; all inputs at their worst and best.

    The points say how far the ranges leave the answer open. They are no probabilities: nobody knows the chances of the inputs.
    """

    mid: float
    p5: float
    p50: float
    p95: float
    lowest: float
    highest: float
    n: int
    seed: int


@dataclass(frozen=True)
class NeedsAnalysis:
    """The needs model at one year.

    Attributes:
        elders: persons 60+ (户籍): low and high end of the 95 % band, and the point.
        elders_draws: as many draws of the elders as there are of the other inputs, shape (n,).
        seed: of the draws.
    """

    elders: Range
    elders_draws: Floats
    seed: int

    @cached_property
    def ranges(self) -> dict[str, Range]:
        """Low, middle and high value of each input: elders in persons, rates as ratios."""
        rates = {name: Range(*(value / 100 for value in load_assumption(id).range)) for name, id in RATES.items()}
        return {ELDERS: self.elders, **rates}

    @cached_property
    def draws(self) -> Floats:
        """Beds of each draw: elders from the ageing model, rates even and independent over their ranges; shape (n,)."""
        rates = {name: item for name, item in self.ranges.items() if name != ELDERS}
        values = draw_inputs(rates, len(self.elders_draws), self.seed)
        beds: Floats = beds_needed({ELDERS: self.elders_draws, **values})
        return beds

    @cached_property
    def summary(self) -> NeedsSummary:
        """Middle, spread and extremes."""
        ends = [{name: item[side] for name, item in self.ranges.items()} for side in (0, 2)]
        swapped = {OCCUPANCY: (ends[1][OCCUPANCY], ends[0][OCCUPANCY])}  # fewer beds where they are fuller
        lowest, highest = (float(beds_needed(end | {OCCUPANCY: swapped[OCCUPANCY][side]})) for side, end in enumerate(ends))
        low, mid, high = spread(self.draws)
        return NeedsSummary(float(beds_needed(self._middle)), low, mid, high, lowest, highest, len(self.draws), self.seed)

    @property
    def implied_share(self) -> float:
        """Share of all elders who would live in institutions at the middle values; to be set beside shares observed elsewhere."""
        return float(residents(self._middle) / self.elders.mid)

    @property
    def _middle(self) -> dict[str, float]:
        return {name: item.mid for name, item in self.ranges.items()}

    @cached_property
    def tornado(self) -> pd.DataFrame:
        """See :func:`analysis.models.care_beds.sensitivity.tornado`, with ``assumption_id``, ``name`` and ``mark``."""
        return _named(tornado(beds_needed, self.ranges))

    @cached_property
    def sobol(self) -> pd.DataFrame:
        """See :func:`analysis.models.care_beds.sensitivity.sobol_indices`, with ``assumption_id``, ``name`` and ``mark``."""
        return _named(sobol_indices(beds_needed, self.ranges, SOBOL_SAMPLES, SEED))

    @cached_property
    def requests(self) -> pd.DataFrame:
        """What each request for data would leave open, alone and one after the other.

        Returns:
            In the order in which they narrow most, each given those before: ``order`` (0 for now), ``request``, ``inputs``,
            ``width_alone``, ``width_after`` (beds, 95 % − 5 % point, averaged), ``narrowed_alone`` (ratio of the width now).
            Upper bounds: data are taken to settle their inputs entirely.
        """
        import pandas as pd

        now = self._width([])
        alone = {request: self._width(inputs) for request, inputs in REQUESTS.items()}
        rows: list[tuple[int, str, tuple[str, ...], float, float, float]] = [(0, "", (), now, now, 0.0)]
        left, known = dict(REQUESTS), list[str]()
        while left:
            after = {request: self._width([*known, *inputs]) for request, inputs in left.items()}
            best = min(after, key=lambda request: after[request])
            known += left[best]
            rows.append((len(rows), best, left.pop(best), alone[best], after[best], 1 - alone[best] / now))
        return pd.DataFrame(rows, columns=["order", "request", "inputs", "width_alone", "width_after", "narrowed_alone"])

    def _width(self, known: list[str] | tuple[str, ...]) -> float:
        return width_when_known(beds_needed, self.ranges, known, SEED)


def input_name(name: str) -> str:
    """Return the Chinese name of an input."""
    return load_assumption(RATES[name]).name if name in RATES else ELDERS_NAME


def disability_definitions(public_edition: str = "latest") -> pd.DataFrame:
    """Return what public figures give as the share of disabled elders in the whole country, each by its own definition.

    Args:
        public_edition: edition of the public figures.

    Returns:
        Lowest first: ``definition``, ``concept``, ``year``, ``percent`` (of persons 60+ as each source counts them), ``source``,
        ``reliability``.

    Raises:
        InputError: what the deposit's loader refuses.

    Example:
        >>> table = disability_definitions()
        >>> table["percent"].tolist()
        [2.34, 2.95, 9.9, 13.2, 18.3, 26.2]
    """
    figures = load_public_figures(public_edition)
    rows = figures[(figures["region"] == WHOLE_COUNTRY) & figures["concept"].isin(DISABILITY_CONCEPTS) & (figures["unit"] == "%")]
    rows = rows.sort_values("value", kind="stable").reset_index(drop=True)
    named = rows.rename(columns={"value": "percent", "source_title": "source"})
    return named[["definition", "concept", "year", "percent", "source", "reliability"]]


def _named(table: pd.DataFrame) -> pd.DataFrame:
    ids = table["input"].map(RATES).fillna("")
    marks = [load_assumption(id).mark if id else "" for id in ids]
    return table.assign(assumption_id=ids, name=[input_name(name) for name in table["input"]], mark=marks)
