"""What a reader is told of the aged, with what is known of each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.assessment.prospects.ageing_counts import YEARLY_COUNT
from analysis.assessment.prospects.ageing_forecast import DEPARTURES, ERRORS, OBSERVED
from analysis.presentation import wording
from analysis.presentation.claims import Claim
from analysis.presentation.marking import count, marked
from analysis.presentation.quantities import plain, quantity
from analysis.vocabulary.marks import DEMONSTRATION, UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.ageing import AgeingProspect

CONTEXT, REFERENCE = "背景数据", "参照人口"
_ROW = " 第"  # an address within a deposited file; any other is the page that a public figure was taken from


def forecast_claim(prospect: AgeingProspect, rows: Mapping[tuple[int, float], str] | None = None) -> Claim:
    """State the figure of the first year that no count tells, its band, method, counts, and what later counts did.

    Args:
        prospect: the projection.
        rows: for counts known by the page that they were taken from, the row they are deposited in, by year and count.
    """
    if rows:
        prospect = _placed(prospect, rows)
    path = prospect.path.set_index("year")
    year = next((year for year in prospect.to_years if path.at[year, "basis"] != OBSERVED), prospect.to_years[-1])
    figure = _observed(prospect, year) if path.at[year, "basis"] == OBSERVED else _projected(prospect, year)
    words = [figure, f"方法为{prospect.method}，依据{_kinds(prospect)}", *_effect(prospect, year)]
    mark = f"〔{DEMONSTRATION}〕" if prospect.counts.plan.header.demonstration else ""
    return Claim(f"{mark}{'；'.join(words)}。", (CONTEXT,))


def _placed(prospect: AgeingProspect, rows: Mapping[tuple[int, float], str]) -> AgeingProspect:
    """Return the prospect with its counts led to their rows."""
    found = prospect.observations
    keys = zip(found["year"], found["value"], found["address"], strict=True)
    placed = found.assign(address=[rows.get((year, value), address) for year, value, address in keys])
    return replace(prospect, counts=replace(prospect.counts, rows=placed))


def _observed(prospect: AgeingProspect, year: int) -> str:
    """State a count with the error of a count."""
    places = _places(prospect, year, year)
    band = _band(prospect, year, "计数", _ledger(ERRORS[2:], places))  # the error of a count and its tail
    shown = _written(prospect.at(year).mid, f"{year}年末户籍60周岁以上人口（万人）", "", places)
    return f"{year}年末{prospect.place}户籍60周岁以上人口为{shown}万人，{band}"


def _projected(prospect: AgeingProspect, year: int) -> str:
    """State a projection with its band."""
    places = _all(prospect)
    shown = _written(prospect.at(year).mid, f"{year}年末户籍60周岁以上人口（万人）", _formula(prospect), places)
    return f"{year}年末{prospect.place}户籍60周岁以上人口推算为{shown}万人，{_band(prospect, year, '推算值', places)}"


def _band(prospect: AgeingProspect, year: int, of: str, places: tuple[str, ...]) -> str:
    level = quantity("80%", "误差带的名义覆盖比例", "", places)
    low, _, high = prospect.at(year)
    ends = "～".join(
        _written(value, f"{year}年末80%经验误差带的{end}（万人）", f"{of}×exp（{sign}误差半宽）", places)
        for value, end, sign in ((low, "下端", "−"), (high, "上端", "+"))
    )
    return f"{level}经验误差带{ends}万人"


def _formula(prospect: AgeingProspect) -> str:
    return f"{prospect.method}；基期以后的计数按精度与推算值合并" if prospect.counts.later else prospect.method


def _written(value: float, name: str, formula: str, evidence: tuple[str, ...] = ()) -> str:
    return quantity(wording.number(value, 1, keep_zeros=True), name, formula, evidence)


def _places(prospect: AgeingProspect, first: int = 0, last: int = 9999) -> tuple[str, ...]:
    """Return the rows of the counts used in some years; the table of context data for those known by their page."""
    return _rows(_used(prospect)[lambda rows: rows["year"].between(first, last)])


def _used(prospect: AgeingProspect) -> pd.DataFrame:
    return prospect.observations[prospect.observations["used"]]


def _rows(counts: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address if _ROW in address else CONTEXT for address in counts["address"]))


def _start(prospect: AgeingProspect) -> tuple[str, ...]:
    """Return what a projection without later counts rests on."""
    return _ledger(DEPARTURES, (REFERENCE, *_places(prospect, last=prospect.counts.base_year)))


def _all(prospect: AgeingProspect) -> tuple[str, ...]:
    """Return what a projection with later counts and its band rest on."""
    return _ledger(prospect.assumptions, (REFERENCE, *_places(prospect)))


def _ledger(ids: Iterable[str], places: tuple[str, ...]) -> tuple[str, ...]:
    return (*places, *(f"假设{id}" for id in ids))


def _kinds(prospect: AgeingProspect) -> str:
    """List the counts by kind: years, and which are to be verified."""
    told = []
    for kind, rows in _used(prospect).groupby("kind", sort=False):
        years = "、".join(str(year) for year in rows["year"])
        doubtful = "、".join(str(year) for year in rows.loc[rows["mark"] == UNVERIFIED, "year"])
        found = count(len(rows), f"采用的{kind}计数个数", _rows(rows))
        told.append(f"{kind}{years}年{found}个数" + (f"（{doubtful}年{UNVERIFIED}）" if doubtful else ""))
    return "、".join(told)


def _effect(prospect: AgeingProspect, year: int) -> list[str]:
    growth = prospect.growth
    if growth.empty:
        return ["没有后来的计数可以检验"]
    last, moved = growth.iloc[-1], prospect.shift.set_index("year").loc[year]
    base_year, to_year = prospect.counts.base_year, int(last["year"])
    span, start, together = f"{base_year}—{to_year}年", _start(prospect), _all(prospect)
    series = _used(prospect)[lambda rows: rows["kind"] == YEARLY_COUNT]
    counted = _rows(series[series["year"].isin((base_year, to_year))])
    observed = marked(wording.change(last["observed_percent"]), f"{span}同口径变动幅度", f"{to_year}年计数÷{base_year}年计数−1", counted)
    shaped = marked(
        wording.change(last["births_shaped_percent"]), f"{span}按出生数推算的变动幅度", f"{to_year}年推算值÷{base_year}年计数−1", start
    )
    ago = quantity(60, "60周岁者出生距今年数", "", (REFERENCE,))
    before = _written(moved["before"], f"{year}年末推算（万人），未用后来计数", f"{prospect.method}，不用基期以后的计数", start)
    after = _written(moved["after"], f"{year}年末推算（万人），用后来计数", _formula(prospect), together)
    by_base = _signed(moved["by_base"], "基期口径不同带来的变化（万人）", "未用后来计数的推算（未取整）×（采用的基期数÷其基期数−1）", start)
    rest = "用后来计数的推算−未用后来计数的推算−基期口径带来的变化（都未取整）"
    by_counts = _signed(moved["by_counts"], "增长快慢带来的变化（万人）", rest, together)
    shifted = f"仍为{after}" if plain(before) == plain(after) else f"由{before}万改为{after}"
    return [
        f"{span}同口径{observed}，按{ago}年前出生数推算为{shaped}",
        f"{year}年推算因此{shifted}万（基期数口径不同的影响{by_base}万，后来实际增长与推算不同的影响{by_counts}万）",
    ]


def _signed(value: float, name: str, formula: str, evidence: tuple[str, ...]) -> str:
    text = wording.number(value, 1, keep_zeros=True)
    return quantity(f"+{text}" if value > 0 and text.strip("0.") else text, name, formula, evidence)
