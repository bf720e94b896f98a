"""Where donations per resident stand before a plan's target: growth required, what changed, and chances as assumed scenarios."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.archive.assumptions import assumption_table
from analysis.archive.forms import SAME_DEFINITION
from analysis.archive.plans import Plan, load_plan
from analysis.archive.sources import Deposit, load_deposit
from analysis.assessment.prospects.donation_chances import (
    ASSUMPTIONS,
    FEWEST_POINTS,
    REQUIRED_DRIFT,
    assumed_chances,
    chances_as_data_come_in,
    trend,
)
from analysis.models.donations import (
    POPULATION,
    PRICES,
    TOTAL,
    YEAR,
    decompose,
    growth_between_periods,
    required_growth,
    without_largest,
)
from analysis.observations.door import load_observations
from analysis.observations.monitoring import LATEST, load_monitoring
from analysis.observations.targets import load_targets
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.units import same_unit

if TYPE_CHECKING:
    import pandas as pd

INDICATOR, RESIDENTS, PERIOD_TOTALS = "donation_per_resident_yuan", "resident_population", "donations_raised_10000yuan"
_STOPS = (("base", "base"), ("milestone", "milestone"), ("final", "target"))  # year and value columns of a target


@dataclass(frozen=True)
class DonationProspect:
    """What the years left ask for, and how open the outcome is. Denominator throughout: permanent residents (常住人口).

    Attributes:
        plan: the plan.
        base_year, data_year, milestone_year, final_year: years of the plan's base, of the last figure used, and of its targets.
        milestone, target: 元 a permanent resident a year.
        levels: one row a year with a figure, the base first: ``year``, ``value``, ``reliability``.
        required: one row a stretch: ``stretch``, ``first_year``, ``last_year``, ``start``, ``end``, ``years``, and growth a year
            as ratios: ``growth_low``, ``growth``, ``growth_high`` (the base may be half a printed unit off).
        decomposition: see :func:`analysis.models.donations.decompose`; donations are implied (per resident × residents).
        periods: see :func:`analysis.models.donations.growth_between_periods`; totals that the plan's source prints.
        largest_gifts: see :func:`analysis.models.donations.without_largest`; empty without a list of gifts.
        chances: one row an assumed drift and volatility: ``class_id``, ``class_name``, ``value_of`` (低, 中, 高), ``sigma``,
            ``drift_name``, ``drift``, ``chance``, ``counts`` (whether it enters :attr:`chance_range`), ``label`` (假设情景).
        updates: one row a further year of data and class: ``year``, ``level``, ``years_left``, ``class_id``, ``class_name``,
            ``sigma``, ``chance``, ``assumed`` (whether the level is a supposition), ``label`` (假设情景, from the third figure
            on 趋势模型).
        trend: forecast of the final year from at least three figures; empty with fewer.
        gaps: what could not be computed, and why.
        assumptions: the entries of the ledger that the chances rest on.
        deposits: where the figures come from.
    """

    plan: Plan
    base_year: int
    data_year: int
    milestone_year: int
    final_year: int
    milestone: float
    target: float
    levels: pd.DataFrame
    required: pd.DataFrame
    decomposition: pd.DataFrame
    periods: pd.DataFrame
    largest_gifts: pd.DataFrame
    chances: pd.DataFrame
    updates: pd.DataFrame
    trend: pd.DataFrame
    gaps: tuple[str, ...]
    assumptions: pd.DataFrame
    deposits: tuple[Deposit, ...]

    @property
    def level(self) -> float:
        """Level of the last year with a figure."""
        return float(self.levels["value"].iloc[-1])

    @property
    def chance_range(self) -> tuple[float, float]:
        """Lowest and highest chance over the assumed drifts and the classes' middle values, floors left out."""
        rows = self.chances.loc[self.chances["counts"], "chance"]
        return float(rows.min()), float(rows.max())

    @property
    def widest_range(self) -> tuple[float, float]:
        """Lowest and highest chance over every value of every class and drift; the required drift, a coin flip by definition, apart."""
        rows = self.chances.loc[self.chances["drift_name"] != REQUIRED_DRIFT, "chance"]
        return float(rows.min()), float(rows.max())


def project_donations(
    plan_id: str,
    through_year: int | None = None,
    *,
    monitoring_edition: str = LATEST,
    public_edition: str = LATEST,
    price_index: pd.DataFrame | None = None,
    gifts: pd.DataFrame | None = None,
    largest: int = 1,
) -> DonationProspect:
    """Put donations per resident before the plan's target: growth required, decomposition, chances as assumed scenarios.

    Chances from fewer than three figures rest on the ledger alone and belong in research notebooks, never in a report. Lists of
    donors (慈善榜) are not all giving and are not used; registered residents never stand in for permanent ones.

    Args:
        plan_id: a plan with the indicator 常住人口人均捐赠额.
        through_year: last year whose figures are used; None for the last before the plan's final year.
        monitoring_edition, public_edition: see :func:`analysis.observations.monitoring.load_monitoring`.
        price_index: ``year``, ``price_index`` (any base) for changes in constant prices; None where there is none.
        gifts: ``year``, ``gift_10000yuan``, to show years without their largest gifts; None where there is none.
        largest: how many of each year's largest gifts to leave out.

    Raises:
        InputError: the plan lacks the indicator, its base or target, another unit, or a ``through_year`` outside base year and
            the year before the final one; or what the models refuse.

    Example:
        >>> prospect = project_donations("yuexiu-14")
        >>> prospect.required[["start", "end", "growth"]].round(3).values.tolist()
        [[23.0, 28.0, 0.04], [23.0, 25.0, 0.028], [25.0, 28.0, 0.058]]
    """
    import pandas as pd

    plan, row = load_plan(plan_id), _target(plan_id)
    base_year, final_year, target = int(row["base_year"]), int(row["final_year"]), float(row["target"])
    last = final_year - 1 if through_year is None else through_year
    if not base_year <= last < final_year:
        raise InputError.single("参数 through_year", str(last), f"{base_year}至{final_year - 1}", "改为早于规划末年的年份")
    monitoring = load_monitoring(plan_id, monitoring_edition, public_edition)
    known = monitoring.readings[monitoring.readings["year"] <= last]
    levels, residents = _levels(known, row), _residents(known)
    years = _years(levels, residents, price_index)
    decomposition = decompose(years) if len(years) > 1 else pd.DataFrame()
    level, data_year = float(levels["value"].iloc[-1]), int(levels[YEAR].iloc[-1])
    stops = (int(row["milestone_year"]), float(row["milestone"]))
    return DonationProspect(
        plan=plan,
        base_year=base_year,
        data_year=data_year,
        milestone_year=stops[0],
        final_year=final_year,
        milestone=stops[1],
        target=target,
        levels=levels,
        required=_required(levels, row),
        decomposition=decomposition,
        periods=_periods(plan),
        largest_gifts=pd.DataFrame() if gifts is None else without_largest(years, gifts, largest),
        chances=assumed_chances(level, target, final_year - data_year),
        updates=chances_as_data_come_in(levels, target, final_year, *stops, float(row["rounding_unit"])),
        trend=trend(levels, target, final_year) if len(levels) >= FEWEST_POINTS else pd.DataFrame(),
        gaps=_gaps(levels, residents, decomposition, price_index, gifts),
        assumptions=assumption_table(ASSUMPTIONS),
        deposits=(load_deposit(row["deposit"]), *(monitoring.deposits if len(levels) > 1 or len(decomposition) else ())),
    )


def _target(plan_id: str) -> dict[str, Any]:
    """Return the indicator's row of the plan's targets, with the deposit they stand in."""
    targets = load_targets(plan_id)
    rows = targets[targets["series_id"] == INDICATOR]
    if len(rows) != 1:
        raise InputError.single(f"规划 {plan_id}", "没有常住人口人均捐赠额指标", f"标识为 {INDICATOR} 的一行", "改用有该指标的规划")
    row: dict[str, Any] = rows.iloc[0].to_dict()
    where = f"规划 {plan_id} 指标{row['indicator_id']}"
    if math.isnan(row["base"]) or math.isnan(row["target"]):
        raise InputError.single(where, "没有基期值或末期目标", "两者都有数值", "不作推算")
    if not same_unit(row["unit"], "元/人/年") or row["denominator"] != "常住人口":
        raise InputError.single(where, f"{row['unit']}，分母{row['denominator']}", "元/人/年，分母常住人口", "核对指标定义")
    table = load_plan(plan_id).header.targets
    assert table is not None  # load_targets refuses a plan without one
    return row | {"deposit": table.source}


def _levels(readings: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    """Return base and yearly figures up to a change of definition; a missing year stays missing."""
    import pandas as pd

    rows = readings[(readings["series"] == row["indicator_id"]) & (readings["year"] > row["base_year"])]
    rows = rows[rows["value"].notna()].sort_values(YEAR)
    changed = rows.loc[rows["definition"] != SAME_DEFINITION, YEAR]
    if len(changed):
        rows = rows[rows[YEAR] < changed.min()]
    base = pd.DataFrame({YEAR: [int(row["base_year"])], "value": [float(row["base"])], "reliability": [""]})
    later = rows[[YEAR, "value", "reliability"]].astype({YEAR: "int64", "value": "float64"})
    return base if later.empty else pd.concat([base, later], ignore_index=True)


def _residents(readings: pd.DataFrame) -> pd.DataFrame:
    """Return permanent residents at year-ends, in 万人."""
    rows = readings[(readings["series"] == RESIDENTS) & readings["value"].notna()]
    wrong = rows.loc[[not same_unit(unit, "万人") for unit in rows["unit"]]]
    if len(wrong):
        raise InputError.single(str(wrong["where"].iloc[0]), str(wrong["unit"].iloc[0]), "万人", "核对常住人口的单位")
    return rows[[YEAR, "value"]].rename(columns={"value": POPULATION}).astype({YEAR: "int64", POPULATION: "float64"})


def _years(levels: pd.DataFrame, residents: pd.DataFrame, price_index: pd.DataFrame | None) -> pd.DataFrame:
    """Return the years that have all that a decomposition needs; donations are implied: 元 a person × 万人 = 万元."""
    years = levels[[YEAR, "value"]].merge(residents, on=YEAR)
    years[TOTAL] = years["value"] * years[POPULATION]
    if price_index is not None:
        years = years.merge(price_index[[YEAR, PRICES]], on=YEAR)
    return years.drop(columns=["value"])


def _gaps(
    levels: pd.DataFrame, residents: pd.DataFrame, decomposition: pd.DataFrame, price_index: pd.DataFrame | None, gifts: pd.DataFrame | None
) -> tuple[str, ...]:
    found = []
    if decomposition.empty:
        has = [
            f"{name}{'、'.join(map(str, years)) or '无'}"
            for name, years in (("人均捐赠额", levels[YEAR]), ("年末常住人口", residents[YEAR]))
        ]
        found.append(f"分解须有至少两个年份同时有人均捐赠额和年末常住人口（现有年份：{'；'.join(has)}），不分解，也不以户籍人口代替")
    if price_index is None:
        found.append("没有与本区相配的价格指数，只列名义变动")
    if gifts is None:
        found.append("没有单笔捐赠清单，大额捐赠的影响无从单列")
    return tuple(found)


def _required(levels: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    """Return the growth that each stretch of the plan asks for, and the one still ahead where there are later figures."""
    import pandas as pd

    base, milestone, final = ((int(row[f"{name}_year"]), float(row[column])) for name, column in _STOPS)
    stretches = [("基期至末期", base, final)]
    if not math.isnan(milestone[1]):
        stretches += [("基期至中期", base, milestone), ("中期至末期", milestone, final)]
    if len(levels) > 1:
        stretches.append(("现值至末期", (int(levels[YEAR].iloc[-1]), float(levels["value"].iloc[-1])), final))
    rows = []
    for name, (first, start), (last, end) in stretches:
        # A target is what the plan sets, so only a printed figure of a year may be half a unit off.
        growth = required_growth(start, end, last - first, 0.0 if name == "中期至末期" else float(row["rounding_unit"]))
        rows.append((name, first, last, start, end, last - first, *growth))
    columns = ["stretch", "first_year", "last_year", "start", "end", "years", "growth_low", "growth", "growth_high"]
    return pd.DataFrame(rows, columns=columns)


def _periods(plan: Plan) -> pd.DataFrame:
    """Compare the period totals that the plan's own source prints; empty where it prints none."""
    import pandas as pd

    observed = load_observations(kind="观测")
    rows = observed[(observed["source"] == plan.header.source) & (observed["series_id"] == PERIOD_TOTALS) & (observed["measure"] == "flow")]
    totals = rows[["period_start", "period_end"]].assign(total=rows["value"]).sort_values("period_start")
    return growth_between_periods(totals) if len(totals) > 1 else pd.DataFrame()
