"""Tables of a bed prospect: need by norm, supply, density, nursing beds, shares of elders in institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import load_assumption
from analysis.assessment.prospects.care_bed_base import BedBase
from analysis.assessment.prospects.care_bed_needs import RATES
from analysis.models.care_beds.density import decompose, density
from analysis.models.care_beds.norm import beds_for_norm, beds_for_share, nursing_beds, yearly_growth_to
from analysis.models.care_beds.supply import pipeline_supply, supply_scenarios
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.ageing import AgeingProspect

LEVELS = ("低", "中", "高")
OBSERVED, SCENARIO, PIPELINE = "观测", "情景", "项目清单"
PATTERNS = ("institution_share_observed", "pattern_9073", "pattern_9064")
PIPELINE_SHARES = {"在建": "pipeline_share_building", "已立项": "pipeline_share_approved", "意向": "pipeline_share_intended"}


def norm_need_table(base: BedBase, elders: Range, year: int) -> pd.DataFrame:
    """Return the beds that each norm asks for at each level of elders, and the growth to get there."""
    import pandas as pd

    last = base.years[1]
    rows = []
    for norm in base.norms:
        for level, people in zip(LEVELS, elders, strict=True):
            need = beds_for_norm(norm.per_1000, people)
            rows.append((*norm, level, people, need, yearly_growth_to(base.beds[last], need, year - last)))
    columns = ["norm", "per_1000", "assumption_id", "source", "elders_level", "elders", "need", "yearly_growth"]
    return pd.DataFrame(rows, columns=columns)


def supply_table(base: BedBase, year: int) -> pd.DataFrame:
    """Put the list of projects first, where there is one, then the scenarios."""
    import pandas as pd

    first, last = ((date, base.beds[date]) for date in base.years)
    parts = [supply_scenarios(first, last, year)]
    if base.projects:
        shares = {status: load_assumption(id).range for status, id in PIPELINE_SHARES.items()}
        rows = [(item.beds, item.opening_year, *(share / 100 for share in shares[item.status])) for item in base.projects]
        listed = pipeline_supply(pd.DataFrame(rows, columns=["beds", "opening_year", "low", "mid", "high"]), last, year)
        named = listed.rename(columns={key: f"{PIPELINE}（{level}）" for key, level in zip(("low", "mid", "high"), LEVELS, strict=True)})
        parts.insert(0, named.melt("year", var_name="scenario", value_name="beds")[["scenario", "year", "beds"]])
    table = pd.concat(parts, ignore_index=True)
    table["basis"] = table["year"].eq(last[0]).map({True: OBSERVED, False: SCENARIO})
    return table


def density_table(base: BedBase, ageing: AgeingProspect, year: int, beds: dict[str, float]) -> pd.DataFrame:
    """Return what beds and elders did, and by each supply scenario will do, to the density."""
    import pandas as pd

    first, last = base.years
    then, now = ageing.forecast.base * 10_000, ageing.at(year).mid * 10_000
    changes = [(OBSERVED, first, last, (base.beds[first], base.beds[last]), (base.elders[first], base.elders[last]))]
    changes += [(scenario, last, year, (base.beds[last], later), (then, now)) for scenario, later in beds.items()]
    rows = []
    for scenario, begin, end, of_beds, of_elders in changes:
        levels = [density(*pair) for pair in zip(of_beds, of_elders, strict=True)]
        rows.append((scenario, begin, end, *of_beds, *of_elders, *levels, *decompose(of_beds, of_elders)))
    columns = ["scenario", "first_year", "last_year", "beds_first", "beds_last", "elders_first", "elders_last", "density_first"]
    return pd.DataFrame(rows, columns=[*columns, "density_last", "ln_density", "ln_beds", "ln_elders"])


def nursing_table(base: BedBase, beds: dict[str, float]) -> pd.DataFrame:
    """Return the nursing beds that the target share asks for under each supply scenario."""
    import pandas as pd

    columns = ["scenario", "beds", "needed", "base", "added", "share_if_none_added"]
    share = base.nursing
    if share is None:
        return pd.DataFrame(columns=columns)
    now = nursing_beds(base.beds[base.years[1]], share.base)
    rows = [(name, total, needed := nursing_beds(total, share.target), now, needed - now, now / total) for name, total in beds.items()]
    return pd.DataFrame(rows, columns=columns)


def patterns_table(elders: Range) -> pd.DataFrame:
    """Return the beds that shares of elders in institutions come to, at the ledger's occupancy."""
    import pandas as pd

    low, mid, high = (value / 100 for value in load_assumption(RATES["occupancy"]).range)
    rows = []
    for id in PATTERNS:
        item = load_assumption(id)
        shares = [value / 100 for value in item.range]
        beds = [beds_for_share(*given) for given in zip(shares, elders, (high, mid, low), strict=True)]
        rows.append((item.name, id, item.mark, *shares, *beds))
    ends = [f"{what}_{end}" for what in ("share", "beds") for end in ("low", "mid", "high")]
    return pd.DataFrame(rows, columns=["name", "assumption_id", "mark", *ends])
