"""Care beds ahead: figures by hand, one series of elders for what lies ahead, nothing uncited in a report."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from analysis.archive.assumptions import load_assumption
from analysis.assessment.density import density_change
from analysis.assessment.prospects.ageing import project_ageing
from analysis.assessment.prospects.care_bed_base import load_bed_base
from analysis.assessment.prospects.care_bed_needs import REQUESTS, disability_definitions
from analysis.assessment.prospects.care_bed_tables import PIPELINE_SHARES
from analysis.assessment.prospects.care_beds import REPORTABLE, CareBedProspect, project_care_beds
from analysis.models.care_beds.needs import OCCUPANCY, USE_SEVERE
from analysis.observations.door import load_observations
from analysis.vocabulary.errors import InputError

PLAN = "yuexiu-14"
USES = ("institution_use_severe", "institution_use_moderate", "institution_use_other")


@pytest.fixture(scope="module")
def prospect() -> CareBedProspect:
    return project_care_beds(PLAN)


@pytest.fixture(scope="module")
def before() -> CareBedProspect:
    """Without later counts of the elders: 38.9万 in 2025."""
    return project_care_beds(PLAN, use_later=False)


def test_what_is_known_before_the_plan() -> None:
    base = load_bed_base(PLAN)
    assert base.beds == {2015: 3309, 2020: 4983}
    assert base.elders == {2015: 265_000, 2020: 319_600}
    assert [(norm.per_1000, norm.assumption_id) for norm in base.norms] == [
        (16, ""), (30.3, "bed_norm_national_level"), (35, "bed_norm_national_target"), (40, ""),
    ]  # fmt: skip
    assert base.nursing is not None
    assert (base.nursing.base, base.nursing.target, base.nursing.year) == (0.73, 0.75, 2025)
    assert base.projects == () and base.deposit.source == "yuexiu-plan-14"


def test_norms_with_the_plans_own_elders(before: CareBedProspect) -> None:
    assert before.elders.mid == pytest.approx(389_000, rel=0.001)
    rows = before.norm_need.query("elders_level == '中'").set_index("per_1000")
    assert rows.at[16, "need"] == pytest.approx(6_224, rel=0.001)
    assert rows.at[40, "need"] == pytest.approx(15_560, rel=0.001)
    assert 100 * rows.at[16, "yearly_growth"] == pytest.approx(4.5, abs=0.1)
    assert 100 * rows.at[40, "yearly_growth"] == pytest.approx(25.6, abs=0.05)
    gaps = before.gap.query("elders_level == '中'").set_index(["per_1000", "supply"])["gap"]
    assert gaps[16, "床位不增"] == pytest.approx(1_241, abs=10)
    assert gaps[16, "年增数不变"] == pytest.approx(-433, abs=10)
    assert gaps[40, "床位不增"] == pytest.approx(10_577, abs=20)
    assert gaps[40, "年增数不变"] == pytest.approx(8_903, abs=20)


def test_elders_are_those_of_the_ageing_forecast(prospect: CareBedProspect) -> None:
    expected = project_ageing(PLAN, (2025,)).at(2025)
    assert list(prospect.elders) == pytest.approx([10_000 * value for value in expected])
    wide = prospect.needs_analysis.elders
    assert wide.low < prospect.elders.low < wide.mid == prospect.elders.mid < prospect.elders.high < wide.high
    levels = prospect.norm_need.groupby("elders_level")["elders"].unique()
    assert [levels[level][0] for level in ("低", "中", "高")] == list(prospect.elders)


def test_an_evaluation_of_2022_does_not_know_2023() -> None:
    blind, seeing = project_care_beds(PLAN, through_year=2022), project_care_beds(PLAN, through_year=2023)
    assert blind.elders.mid != pytest.approx(seeing.elders.mid, rel=1e-4)
    assert blind.elders.mid == pytest.approx(10_000 * project_ageing(PLAN, (2025,), through_year=2022).at(2025).mid)


def test_supply_starts_from_the_last_count(prospect: CareBedProspect) -> None:
    start = prospect.supply[prospect.supply["year"] == 2020]
    assert start["beds"].tolist() == [4983] * 3 and set(start["basis"]) == {"观测"}
    end = prospect.supply[prospect.supply["year"] == 2025].set_index("scenario")
    assert end["beds"].round().to_dict() == {"床位不增": 4983, "年增数不变": 6657, "年增速不变": 7504}
    assert set(end["basis"]) == {"情景"}


def test_density_of_the_past_is_that_of_the_report_on_the_period_before(prospect: CareBedProspect) -> None:
    past = prospect.density.iloc[0]
    reported = density_change(load_observations(plan="yuexiu-13", table="专栏2"), 40)
    assert (past["density_first"], past["density_last"]) == pytest.approx(reported.care_beds_per_1000_aged60)
    assert -past["ln_elders"] / past["ln_beds"] == pytest.approx(reported.offset_share)
    assert [past[f"ln_{part}"] for part in ("density", "beds", "elders")] == pytest.approx([0.222, 0.409, -0.187], abs=0.0005)


def test_density_ahead_is_of_one_series_and_adds_up(prospect: CareBedProspect) -> None:
    ahead = prospect.density.iloc[1:].set_index("scenario")
    assert ahead["elders_first"].tolist() == [314_300] * 3
    assert ahead["elders_last"].tolist() == pytest.approx([prospect.elders.mid] * 3)
    assert (ahead["ln_beds"] + ahead["ln_elders"] - ahead["ln_density"]).abs().max() < 1e-12
    assert ahead.at["床位不增", "ln_beds"] == 0
    assert ahead.at["床位不增", "density_last"] == pytest.approx(4_983_000 / prospect.elders.mid)


def test_nursing_beds_must_grow_with_the_total(prospect: CareBedProspect) -> None:
    rows = prospect.nursing.set_index("scenario")
    assert rows["base"].tolist() == pytest.approx([3637.59] * 3)
    assert rows.at["床位不增", "needed"] == pytest.approx(3737.25)
    assert rows.at["年增数不变", "added"] == pytest.approx(0.75 * 6657 - 3637.59)
    assert rows.at["年增数不变", "share_if_none_added"] == pytest.approx(3637.59 / 6657)


def test_patterns_are_elders_times_share_over_occupancy(prospect: CareBedProspect) -> None:
    rows = prospect.patterns.set_index("assumption_id")
    occupancy = load_assumption("institution_occupancy")
    assert rows.at["pattern_9073", "beds_mid"] == pytest.approx(prospect.elders.mid * 3 / occupancy.mid)
    assert rows.at["pattern_9073", "beds_low"] == pytest.approx(prospect.elders.low * 3 / occupancy.high)
    assert rows.at["pattern_9064", "beds_high"] == pytest.approx(prospect.elders.high * 4 / occupancy.low)
    observed = load_assumption("institution_share_observed")
    assert rows.at["institution_share_observed", "beds_high"] == pytest.approx(prospect.elders.high * observed.high / occupancy.low)
    assert rows["mark"].tolist() == ["待核实", "示意参数", "示意参数"]


def test_needs_by_hand_from_the_ledger(prospect: CareBedProspect) -> None:
    ids = ("severe_disability_share", "moderate_disability_share", *USES, "institution_occupancy")
    severe, moderate, *uses, occupancy = (load_assumption(id).mid / 100 for id in ids)
    share = severe * uses[0] + moderate * uses[1] + (1 - severe - moderate) * uses[2]
    assert prospect.needs_analysis.implied_share == pytest.approx(share)
    assert prospect.needs.mid == pytest.approx(prospect.elders.mid * share / occupancy)
    needs = prospect.needs
    assert needs.lowest < needs.p5 < needs.p50 < needs.p95 < needs.highest
    assert prospect.needs_analysis.draws.min() > 0.97 * needs.lowest and prospect.needs_analysis.draws.max() < 1.03 * needs.highest
    assert (needs.n, needs.seed) == (10_000, project_care_beds(PLAN).needs.seed)
    low = [load_assumption(id).low / 100 for id in ids[:5]]
    low_share = low[0] * low[2] + low[1] * low[3] + (1 - low[0] - low[1]) * low[4]
    fullest = load_assumption("institution_occupancy").high / 100
    assert needs.lowest == pytest.approx(prospect.needs_analysis.elders.low * low_share / fullest)


def test_draws_go_with_the_elders_of_the_ageing_model(prospect: CareBedProspect) -> None:
    analysis = prospect.needs_analysis
    expected = prospect.ageing.draws(10_000, analysis.seed)[:, -1] * 10_000
    np.testing.assert_allclose(analysis.elders_draws, expected)
    assert np.corrcoef(analysis.elders_draws, analysis.draws)[0, 1] > 0.05


def test_tornado_and_sobol_name_every_input(prospect: CareBedProspect) -> None:
    for table in (prospect.tornado, prospect.sobol):
        assert len(table) == 7
        marks = table.set_index("assumption_id")["mark"]
        assert [marks[id] for id in USES] == ["示意参数"] * 3
        assert marks[["institution_occupancy", "severe_disability_share", "moderate_disability_share", ""]].tolist() == ["待核实"] * 3 + [
            ""
        ]
    assert prospect.tornado["swing"].is_monotonic_decreasing
    assert prospect.sobol.set_index("assumption_id").at["", "total"] < 0.05  # elders matter least in 2025


def test_each_request_narrows_and_the_best_comes_first(prospect: CareBedProspect) -> None:
    rows = prospect.requests
    assert rows["order"].tolist() == [0, 1, 2, 3] and set(rows["request"][1:]) == set(REQUESTS)
    assert rows["width_after"].is_monotonic_decreasing and rows["width_after"].iloc[-1] > 0
    now = rows["width_alone"].iloc[0]
    assert now == pytest.approx(prospect.needs.p95 - prospect.needs.p5, rel=0.03)
    assert rows["width_alone"].iloc[1] == rows["width_after"].iloc[1] == rows["width_alone"][1:].min()
    assert rows["narrowed_alone"].tolist() == pytest.approx((1 - rows["width_alone"] / now).tolist())
    assert USE_SEVERE in rows["inputs"].iloc[1] and rows["inputs"].iloc[2] == (OCCUPANCY,)


def test_norms_and_counts_may_enter_a_report(prospect: CareBedProspect) -> None:
    shown = prospect.for_report()
    assert tuple(shown) == REPORTABLE
    assert shown["gap"] is prospect.gap
    assert prospect.marks("gap") == ("待核实",)


@pytest.mark.parametrize("result", ["needs", "tornado", "sobol", "requests"])
def test_needs_may_not_until_every_rate_is_cited(prospect: CareBedProspect, result: str) -> None:
    with pytest.raises(InputError) as refused:
        prospect.for_report("gap", result)
    assert [problem.where for problem in refused.value.problems] == [f"假设 {id}" for id in USES]
    assert prospect.marks(result) == ("待核实", "示意参数")


def test_patterns_may_not_enter_a_report_either(prospect: CareBedProspect) -> None:
    with pytest.raises(InputError, match="pattern_9073"):
        prospect.for_report("patterns")


def test_an_unknown_result_is_refused(prospect: CareBedProspect) -> None:
    with pytest.raises(InputError, match="weather"):
        prospect.for_report("weather")
    with pytest.raises(InputError, match="weather"):
        prospect.marks("weather")


def test_uncited_entries_are_listed(prospect: CareBedProspect) -> None:
    assert set(prospect.uncited) >= {*USES, "pattern_9073", "pattern_9064"}
    assert all(load_assumption(id).citation is None for id in prospect.uncited)
    assert set(prospect.uncited) <= set(prospect.assumptions)
    assert not set(PIPELINE_SHARES.values()) & set(prospect.assumptions)  # no project is known


def test_projects_come_first_and_rest_on_uncited_shares(copied_home: Path) -> None:
    entry = "projects:\n  - {name: 甲院, beds: 200, opening_year: 2023, status: 在建, reference: 清单}\n"
    (copied_home / "plans" / PLAN / "care_bed_pipeline.yml").write_text(entry, encoding="utf-8")
    prospect = project_care_beds(PLAN)
    assert list(dict.fromkeys(prospect.supply["scenario"]))[:3] == ["项目清单（低）", "项目清单（中）", "项目清单（高）"]
    beds = prospect.supply.set_index(["scenario", "year"])["beds"]
    shares = load_assumption("pipeline_share_building").range
    found = [beds[f"项目清单（{level}）", 2023] for level in ("低", "中", "高")]
    assert found == pytest.approx([4983 + 200 * share / 100 for share in shares])
    assert beds["项目清单（中）", 2022] == 4983
    assert len(prospect.gap) == 3 * 4 * 6
    with pytest.raises(InputError, match="pipeline_share_building"):
        prospect.for_report()


def test_later_years(prospect: CareBedProspect) -> None:
    late = project_care_beds(PLAN, 2035)
    assert late.elders.mid > prospect.elders.mid
    assert late.supply["year"].max() == 2035 and set(late.gap["beds"].round()) == {4983, 10005, 17017}
    assert late.base_year == 2020


@pytest.mark.parametrize(("plan", "told"), [("demo-14", "没有养老床位"), ("yuexiu-13", "没有养老床位"), ("nowhere", "nowhere")])
def test_a_plan_without_beds_is_refused(plan: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        project_care_beds(plan)


@pytest.mark.parametrize("year", [2020, 2060])
def test_a_year_out_of_reach_is_refused(year: int) -> None:
    with pytest.raises(InputError, match=str(year)):
        project_care_beds(PLAN, year)


def test_definitions_of_disability_differ_many_times_over() -> None:
    table = disability_definitions()
    assert table["percent"].tolist() == [2.34, 2.95, 9.9, 13.2, 18.3, 26.2]
    assert table["year"].tolist() == [2020, 2010, 2006, 1997, 2015, 2021]
    severe = load_assumption("severe_disability_share")
    assert (severe.low, severe.mid) == (2.34, 2.95)


def test_ten_thousand_paths_take_under_two_seconds(prospect: CareBedProspect) -> None:
    fresh = project_care_beds(PLAN)
    start = time.perf_counter()
    fresh.ageing.draws(10_000, 1)
    assert fresh.needs.n == 10_000
    assert time.perf_counter() - start < 2
