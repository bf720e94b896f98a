"""Prospects of donations per resident: what the plan's own figures give, and what is said where figures are missing."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.archive.assumptions import check_cited, load_assumption
from analysis.assessment.prospects.donation_chances import (
    ASSUMPTIONS,
    CLASSES,
    DRIFT,
    DRIFT_UNCERTAINTY,
    FLOOR_CLASSES,
    SCENARIO,
    TREND,
    assumed_chances,
    chances_as_data_come_in,
)
from analysis.assessment.prospects.donations import DonationProspect, project_donations
from analysis.models.donation_chances import chance_of_target
from analysis.observations.monitoring import Monitoring, load_monitoring
from analysis.vocabulary.errors import InputError


@pytest.fixture(scope="module")
def yuexiu() -> DonationProspect:
    return project_donations("yuexiu-14")


@pytest.fixture(scope="module")
def demo() -> DonationProspect:
    return project_donations("demo-14")


def test_required_growth_of_the_plan(yuexiu: DonationProspect) -> None:
    """23→28五年4.0%（计基期舍入3.6—4.5%）；23→25三年2.8%；25→28两年5.8%，目标不计舍入。"""
    rows = yuexiu.required.set_index("stretch")
    assert (100 * rows["growth"]).round(1).to_dict() == {"基期至末期": 4.0, "基期至中期": 2.8, "中期至末期": 5.8}
    assert [round(100 * rows.at["基期至末期", f"growth_{end}"], 1) for end in ("low", "high")] == [3.6, 4.5]
    assert rows.at["中期至末期", "growth_low"] == rows.at["中期至末期", "growth_high"]
    assert rows["years"].tolist() == [5, 3, 2]


def test_the_finding_follows_from_the_ledger(yuexiu: DonationProspect) -> None:
    """计入结论的取值跨在一半两边：最低约1/3，最高约3/5。"""
    low, high = yuexiu.chance_range
    assert low == pytest.approx(1 / 3, abs=0.02) and high == pytest.approx(3 / 5, abs=0.02)
    drift = load_assumption(DRIFT)
    mids = [load_assumption(class_id).mid for class_id in CLASSES if class_id not in FLOOR_CLASSES]
    chances = [chance_of_target(23, 28, 5, mu, sigma) for mu in drift.range for sigma in mids]
    assert (low, high) == pytest.approx((min(chances), max(chances)))
    assert yuexiu.widest_range[0] < low and high < yuexiu.widest_range[1]


def test_every_chance_is_called_a_scenario_and_no_report_takes_it(yuexiu: DonationProspect) -> None:
    assert set(yuexiu.chances["label"]) == {SCENARIO} == set(yuexiu.updates["label"])
    assert yuexiu.trend.empty
    assert set(yuexiu.assumptions["id"]) == set(ASSUMPTIONS)
    with pytest.raises(InputError, match="示意参数"):
        check_cited(yuexiu.assumptions["id"])


def test_the_required_drift_is_a_coin_flip_and_counts_for_nothing(yuexiu: DonationProspect) -> None:
    rows = yuexiu.chances[yuexiu.chances["drift_name"] == "所需"]
    assert rows["chance"].tolist() == pytest.approx([0.5] * 9)
    assert rows["drift"].iloc[0] == pytest.approx(math.log(28 / 23) / 5)
    assert not rows["counts"].any()
    assert len(yuexiu.chances) == 36 and yuexiu.chances["counts"].sum() == 6
    assert yuexiu.chances["drift"].is_monotonic_increasing
    assert not yuexiu.chances.loc[yuexiu.chances["class_id"].isin(FLOOR_CLASSES), "counts"].any()
    assert set(yuexiu.chances.loc[yuexiu.chances["counts"], "value_of"]) == {"中"}
    for row in yuexiu.chances.to_dict("records"):
        entry = load_assumption(row["class_id"])
        assert row["sigma"] == {"低": entry.low, "中": entry.mid, "高": entry.high}[row["value_of"]]


def test_supposed_figures_of_the_milestone_year(yuexiu: DonationProspect) -> None:
    """尚无监测数据：若2023年为23、25、27、28元。恰在目标上，零漂移，机会一半。"""
    supposed = yuexiu.updates[yuexiu.updates["assumed"]]
    assert supposed["level"].drop_duplicates().tolist() == [23, 25, 27, 28]
    assert set(supposed["year"]) == {2023} and set(supposed["years_left"]) == {2}
    assert supposed.groupby("level")["chance"].max().between(0, 0.5).all()
    assert supposed.loc[supposed["level"] == 28, "chance"].tolist() == pytest.approx([0.5] * 3)
    tau = load_assumption(DRIFT_UNCERTAINTY).mid
    row = supposed[(supposed["level"] == 25) & (supposed["class_id"] == CLASSES[2])].iloc[0]
    assert row["chance"] == pytest.approx(chance_of_target(25, 28, 2, 0, load_assumption(CLASSES[2]).mid, tau))
    base = yuexiu.updates[~yuexiu.updates["assumed"]]
    assert base[["year", "level", "years_left"]].drop_duplicates().values.tolist() == [[2020, 23, 5]]


def test_nothing_is_split_without_two_years_and_the_reason_is_told(yuexiu: DonationProspect) -> None:
    assert yuexiu.decomposition.empty and yuexiu.largest_gifts.empty
    assert yuexiu.gaps[0] == (
        "分解须有至少两个年份同时有人均捐赠额和年末常住人口（现有年份：人均捐赠额2020；年末常住人口2023），不分解，也不以户籍人口代替"
    )
    assert len(yuexiu.gaps) == 3
    assert [deposit.source for deposit in yuexiu.deposits] == ["yuexiu-plan-14"]


def test_period_totals_that_the_source_prints(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    (row,) = yuexiu.periods.to_dict("records")
    assert (row["first_total"], row["last_total"], row["years_between"]) == (6191.83, 12165.43, 5)
    assert [round(100 * row["growth"]), round(100 * row["yearly_growth"], 1)] == [96, 14.5]
    assert demo.periods.empty


def test_donor_lists_are_not_used(yuexiu: DonationProspect) -> None:
    """慈善榜（18.23亿元、16.3亿元）不是全社会捐赠，任何表中都没有。"""
    for frame in (yuexiu.levels, yuexiu.required, yuexiu.periods, yuexiu.updates):
        assert not frame.select_dtypes("number").isin([18.23, 16.3, 182300, 163000]).any().any()


def test_the_demonstration_district_is_split_year_by_year(demo: DonationProspect) -> None:
    """演示数据：人均17.5、18.3、19.6、21.1（修订后）、23.8元；总额由人均额乘常住人口反推，年年没有余数。"""
    assert demo.levels["value"].tolist() == [17.5, 18.3, 19.6, 21.1, 23.8]
    table = demo.decomposition
    assert table["last_year"].tolist() == [2021, 2022, 2023, 2024]
    assert (table["per_resident"] - table["donations"] - table["residents"]).abs().max() < 1e-12
    assert table["residents"].iloc[0] == pytest.approx(math.log(52.41 / 52.13))
    assert table["donations"].iloc[0] == pytest.approx(math.log(18.3 * 52.13 / (17.5 * 52.41)))
    assert len(demo.gaps) == 2 and not any("分解" in gap for gap in demo.gaps)
    assert [deposit.source for deposit in demo.deposits] == ["demo-14-plan", "demo-14-monitoring", "demo-14-monitoring"]


def test_what_lies_ahead_starts_from_the_last_figure(demo: DonationProspect) -> None:
    row = demo.required.set_index("stretch").loc["现值至末期"]
    assert (row["first_year"], row["start"], row["years"]) == (2024, 23.8, 1)
    assert row["growth"] == pytest.approx(26 / 23.8 - 1)
    assert demo.level == 23.8 and demo.data_year == 2024
    low = demo.chances.query("drift_name == '低' and value_of == '中' and class_id == @CLASSES[1]", local_dict={"CLASSES": CLASSES})
    assert low["chance"].item() == pytest.approx(chance_of_target(23.8, 26, 1, 0, load_assumption(CLASSES[1]).mid))


def test_from_three_figures_on_the_trend_model_speaks(demo: DonationProspect) -> None:
    labels = demo.updates.drop_duplicates("year").set_index("year")["label"].to_dict()
    assert labels == {2020: SCENARIO, 2021: SCENARIO, 2022: TREND, 2023: TREND, 2024: TREND}
    assert len(demo.trend) == 1 and demo.trend["year"].item() == 2025 and demo.trend["n"].item() == 5
    assert demo.updates["chance"].iloc[-1] == demo.trend["chance"].item()
    assert 0 < demo.trend["chance"].item() < 1
    assert not demo.updates["assumed"].any()
    # what was known in 2022 says nothing of 2023 and 2024
    in_2022 = demo.updates.loc[demo.updates["year"] == 2022, "chance"].item()
    assert in_2022 == project_donations("demo-14", 2022).trend["chance"].item() != demo.trend["chance"].item()


def test_later_figures_are_not_looked_at() -> None:
    early = project_donations("demo-14", 2022)
    assert early.levels["year"].tolist() == [2020, 2021, 2022]
    assert early.trend["n"].item() == 3
    assert early.decomposition["last_year"].tolist() == [2021, 2022]
    assert early.updates.loc[early.updates["assumed"], "level"].drop_duplicates().tolist() == pytest.approx([17.5, 21, 25.9, 26])
    base_only = project_donations("demo-14", 2020)
    assert base_only.trend.empty and base_only.required["stretch"].tolist() == ["基期至末期", "基期至中期", "中期至末期"]
    assert [deposit.source for deposit in base_only.deposits] == ["demo-14-plan"]


def test_an_edition_pins_the_figures() -> None:
    assert project_donations("demo-14", 2023, monitoring_edition="2024-03-31").level == 20.1
    assert project_donations("demo-14", 2023).level == 21.1


def test_prices_and_gifts_where_somebody_has_them() -> None:
    prices = pd.DataFrame({"year": [2020, 2021, 2022], "price_index": [100.0, 101.0, 103.0]})
    gifts = pd.DataFrame({"year": [2021, 2021], "gift_10000yuan": [200.0, 30.0]})
    prospect = project_donations("demo-14", 2022, price_index=prices, gifts=gifts)
    row = prospect.decomposition.iloc[0]
    assert row["real_per_resident"] == pytest.approx(row["per_resident"] - math.log(1.01))
    assert prospect.largest_gifts["per_resident_without"].item() == pytest.approx(18.3 - 200 / 52.13)
    assert prospect.gaps == ()


def test_no_milestone_means_nothing_supposed() -> None:
    base = pd.DataFrame({"year": [2020], "value": [23.0]})
    assert not chances_as_data_come_in(base, 28.0, 2025, 2023, math.nan, 1.0)["assumed"].any()


def test_a_base_at_its_target_needs_no_drift() -> None:
    rows = assumed_chances(28, 28, 2)
    assert rows.loc[rows["drift_name"] == "所需", "drift"].eq(0).all()
    assert (rows.loc[rows["drift_name"] == "高", "chance"] > 0.5).all()


def changed_monitoring(monkeypatch: pytest.MonkeyPatch, series: str, year: int, column: str, value: str) -> None:
    known = load_monitoring("demo-14")
    readings = known.readings.copy()
    rows = (readings["series"] == series) & (readings["year"] == year)
    assert rows.sum() == 1
    readings.loc[rows, column] = value
    changed = Monitoring(readings, known.tasks, known.deposits, known.edition, known.is_official)
    monkeypatch.setattr("analysis.assessment.prospects.donations.load_monitoring", lambda *_: changed)


def test_a_change_of_definition_ends_the_series(monkeypatch: pytest.MonkeyPatch) -> None:
    """2022年口径变更：以后各年不再与基期相连。"""
    changed_monitoring(monkeypatch, "12", 2022, "definition", "口径变更")
    prospect = project_donations("demo-14")
    assert prospect.levels["year"].tolist() == [2020, 2021] and prospect.data_year == 2021


def test_residents_in_another_unit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed_monitoring(monkeypatch, "resident_population", 2022, "unit", "人")
    with pytest.raises(InputError, match="核对常住人口的单位"):
        project_donations("demo-14")


@pytest.mark.parametrize("year", [2019, 2025])
def test_a_year_outside_the_plan_is_refused(year: int) -> None:
    with pytest.raises(InputError, match=f"through_year；实际：{year}；应为：2020至2024"):
        project_donations("demo-14", year)


def edited(home: Path, file: str, old: str, new: str) -> None:
    path = home / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def another_plan(copied_home: Path) -> Path:
    """The demonstration plan under another name, so that no cache knows it."""
    shutil.copytree(copied_home / "plans" / "demo-14", copied_home / "plans" / "trial-14")
    edited(copied_home, "plans/trial-14/plan.yml", "id: demo-14", "id: trial-14")
    return copied_home


def test_a_plan_without_the_indicator_is_refused(another_plan: Path) -> None:
    edited(another_plan, "plans/trial-14/indicators.yml", "id: donation_per_resident_yuan", "id: donation_of_another_kind")
    with pytest.raises(InputError, match="没有常住人口人均捐赠额指标"):
        project_donations("trial-14")


def test_registered_residents_are_no_denominator(another_plan: Path) -> None:
    path = another_plan / "plans/trial-14/indicators.yml"
    text = path.read_text(encoding="utf-8")
    head, found, rest = text.partition("id: donation_per_resident_yuan")
    assert found and "denominator: 常住人口" in rest
    path.write_text(head + found + rest.replace("denominator: 常住人口", "denominator: 户籍人口", 1), encoding="utf-8")
    with pytest.raises(InputError, match="分母户籍人口"):
        project_donations("trial-14")
