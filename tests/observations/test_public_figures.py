"""Public figures: one value a row, reliability kept, used only where the definition is the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.archive.sources import load_deposit, sha256_of
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.public_figures import COLUMNS, READING_COLUMNS, load_public_figures, public_readings
from analysis.vocabulary.errors import InputError

EDITION = "2026-11-23"


@pytest.fixture
def public_file(copied_home: Path) -> Callable[[str, str], None]:
    """Replace a piece of the deposited file and seal it anew, as a next edition would be."""
    folder = copied_home / "data" / "raw" / "public-figures" / EDITION

    def change(old: str, new: str) -> None:
        path, sidecar = folder / "public_figures.csv", folder / "source.yml"
        text, before = path.read_text(encoding="utf-8"), sha256_of(path)
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(before, sha256_of(path)), encoding="utf-8")

    return change


@pytest.fixture
def context_of(copied_home: Path) -> Callable[..., None]:
    def change(old: str, new: str, plan: str = "yuexiu-14", file: str = "context.yml") -> None:
        path = copied_home / "plans" / plan / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


# What the 14th plan of Yuexiu may use: series, year, figure, unit, effective date, whether 待核实 is printed with it.
USED = [
    ("dibao_standard", 2020, 1080, "元/人/月", None, True),
    ("dibao_standard", 2021, 1120, "元/人/月", None, True),
    ("dibao_standard", 2023, 1238, "元/人/月", None, True),
    ("minimum_wage", 2020, 2100, "元/月", datetime.date(2018, 7, 1), True),
    ("minimum_wage", 2021, 2300, "元/月", datetime.date(2021, 12, 1), True),
    ("resident_population", 2023, 96, "万人", None, True),
    ("registered_population_aged60", 2020, 31.43, "万人", None, False),  # seen on a page of the city's health commission
    ("registered_population_aged60", 2023, 34.39, "万人", None, True),
    ("2", 2021, 1792, "元/人/月", None, True),
]


def test_the_real_plan_uses_these_figures_and_no_others() -> None:
    readings = public_readings("yuexiu-14")
    found = [(r.series, r.year, r.value, r.unit, r.effective_date, r.reliability == "待核实") for r in readings.itertuples()]
    assert found == USED


def test_readings_have_the_shape_of_monitoring_readings() -> None:
    readings = public_readings("yuexiu-14")
    assert tuple(readings.columns) == READING_COLUMNS
    wage = readings[readings["series"] == "minimum_wage"].iloc[1]
    assert wage["source"] == "南方日报 2021-11-27 广东12月1日起调整最低工资"
    assert wage["where"].startswith("public_figures.csv 第")
    assert (wage["edition"], wage["data_status"], wage["definition"], wage["task_status"]) == (EDITION, "正式", "与基期一致", "")
    assert wage["count"] is None and wage["total"] is None and bool(wage["verified"]) is False
    seen = readings[readings["series"] == "registered_population_aged60"].iloc[0]
    assert seen["evidence"].startswith("http") and "31.96" in seen["note"]


def test_every_reading_has_a_place_and_the_unit_of_the_monitoring_form() -> None:
    form = monitoring_form("yuexiu-14")
    for reading in public_readings("yuexiu-14").itertuples():
        row = form.row(reading.series, reading.part)
        assert row is not None and row.unit == reading.unit
        assert reading.effective_date is None or row.dated


@pytest.mark.parametrize(
    "like", ["居民消费水平（支出法，全市居民）", "农村居民人均消费支出", "居民人均消费支出增速", "孤儿养育标准", "慈善榜捐赠总额"]
)
def test_like_sounding_figures_are_stored_but_not_used(like: str) -> None:
    stored = load_public_figures().query("concept == @like")
    assert len(stored)
    used = public_readings("yuexiu-14")
    assert not set(used["where"]) & set(stored["where"])
    assert not set(used["series"]) & {"consumption_growth", "provincial_standard", "9", "10", "12", "1"}


@pytest.mark.parametrize(
    ("region", "concept", "year", "values"),
    [
        ("广州市", "户籍人口出生率", 2018, [18.73]),  # collected as "18.73 / 5.73"
        ("广州市", "户籍人口死亡率", 2018, [5.73]),
        ("全国", "每千名老年人养老床位目标（下限）", 2020, [35, 35]),  # "35-40", in two documents
        ("广州市", "孤儿养育标准", 2021, [2637]),  # two years in one record
        ("上海市（镇）", "60+岁生活不能自理占比", 2010, [3.65]),  # "1246/34155=3.65%"
        ("广州市", "人口", 2021, [1881.06, 1011.53]),  # 常住 and 户籍 in one record
    ],
)
def test_a_record_of_several_figures_became_rows_of_one(region: str, concept: str, year: int, values: list[float]) -> None:
    figures = load_public_figures().query("region == @region and concept == @concept and year == @year")
    assert figures["value"].tolist() == values


def test_stored_shares_agree_with_the_counts_they_were_collected_with() -> None:
    figures = load_public_figures().query("region == '上海市（镇）'").set_index("concept")["value"]
    for age in ("60-64岁", "65-69岁", "70-74岁", "60+岁"):
        share = 100 * figures[f"{age}生活不能自理人数"] / figures[f"{age}调查人数"]
        assert share == pytest.approx(figures[f"{age}生活不能自理占比"], abs=0.005)


def test_the_deposit_says_what_was_not_seen() -> None:
    figures = load_public_figures()
    assert tuple(figures.columns) == (*COLUMNS, "where")
    assert figures["value"].notna().all() and len(figures) == 152
    assert set(figures["reliability"]) == {"官方页面", "媒体或资料网站", "转载，原件未见"}
    assert (figures.query("reliability == '官方页面'")["source_address"] != "").all()
    deposit = load_deposit("public-figures")
    assert not deposit.original_seen and "待核实" in deposit.citation()
    assert "152行" in deposit.sidecar.files["public_figures.csv"].description


def test_plans_without_public_source_have_none() -> None:
    for plan in ("yuexiu-13", "demo-14"):
        readings = public_readings(plan)
        assert readings.empty and tuple(readings.columns) == READING_COLUMNS


def test_a_demonstration_never_takes_real_figures(context_of: Callable[..., None]) -> None:
    context_of("demonstration: true", "demonstration: true\npublic_source: public-figures", "demo-14", "plan.yml")
    with pytest.raises(InputError, match="演示数据不与真实数据混用"):
        public_readings("demo-14")


def test_all_defects_of_the_file_are_told_at_once(public_file: Callable[[str, str], None]) -> None:
    public_file("城乡,2020,1080,元/人/月,,", "城乡,2020（前）,约1080,元/人/月,2021.4,")
    public_file("城乡,2021,1120,元/人/月", "城乡,2021,,")
    public_file("转载，原件未见", "听说")
    with pytest.raises(InputError) as caught:
        load_public_figures()
    told = str(caught.value)
    assert len(caught.value.problems) == 6
    for words in (
        "第100行 value列；实际：约1080；应为：一个数字",
        "第100行 year列；实际：2020（前）",
        "第100行 effective_from列；实际：2021.4",
        "第101行 value列；实际：空",
        "第101行 unit列；实际：空",
        "reliability列；实际：听说；应为：官方页面、媒体或资料网站、转载，原件未见",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("region,concept", "地区,concept", r"第1行；实际：地区、concept"),
        ("广州市,低保标准,城乡,2023,1238,元/人/月,,", "广州市,低保标准,城乡,2023,1238,元/人/月,,,,,,", "第102行；实际：单元格数与表头不同"),
        ("广州市,低保标准,城乡,2021,1120", "广州市,低保标准,城乡,2020,1120", "第101行；实际：与public_figures.csv 第100行重复"),
    ],
)
def test_a_file_of_another_shape_is_refused(public_file: Callable[[str, str], None], old: str, new: str, words: str) -> None:
    public_file(old, new)
    with pytest.raises(InputError, match=words):
        load_public_figures()


def test_two_figures_for_one_year_are_not_chosen_from(public_file: Callable[[str, str], None]) -> None:
    public_file("广州市,低保标准,城乡,2023,1238", "广州市,低保标准,城乡,2021,1238")
    with pytest.raises(InputError, match=r"2021年有两个数：1120（public_figures\.csv 第101行）、1238（public_figures\.csv 第102行）"):
        public_readings("yuexiu-14")


def test_a_standard_replaced_before_the_base_year_is_not_carried(public_file: Callable[[str, str], None]) -> None:
    public_file("一类,2015,1895,元/月,,", "一类,2015,1895,元/月,2015-05-01,")
    assert public_readings("yuexiu-14").query("series == 'minimum_wage'")["value"].tolist() == [2100, 2300]


@pytest.mark.parametrize(
    ("row_of_2015", "used"),
    [
        # A change within the base year: what was in force before it, then the new one.
        ("一类,2020,2150,元/月,2020-05-01,", [(2150, datetime.date(2020, 5, 1)), (2100, datetime.date(2018, 7, 1))]),
        # A figure for the whole base year leaves no room for the older one.
        ("一类,2020,2150,元/月,,", [(2150, None)]),
    ],
)
def test_what_stands_in_the_base_year(public_file: Callable[[str, str], None], row_of_2015: str, used: list[tuple[int, object]]) -> None:
    public_file("一类,2015,1895,元/月,,", row_of_2015)
    wages = public_readings("yuexiu-14").query("series == 'minimum_wage' and year == 2020")
    assert sorted(zip(wages["value"], wages["effective_date"], strict=True), reverse=True) == used


def test_figures_after_the_plan_are_left_out(public_file: Callable[[str, str], None]) -> None:
    public_file("广州市,低保标准,城乡,2023,1238", "广州市,低保标准,城乡,2026,1238")
    assert public_readings("yuexiu-14").query("series == 'dibao_standard'")["year"].tolist() == [2020, 2021]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("concept: 低保标准, definition: 城乡", "concept: 低保标准, definition: 城镇", "公开数据中没有：广州市、低保标准、城镇、元/人/月"),
        (
            "concept: 人口, definition: 户籍（年末）, unit: 万人",
            "concept: 户籍人口迁入人数, definition: 户籍, unit: 人",
            "registered_population 的 public；实际：单位人；应为：万人",
        ),
        ("- number: 2\n", "- number: 3\n", "indicators_with_public_figures；实际：指标3；应为：规划的指标及其分项"),
        (
            "公布的补贴标准，按生效日期填报\n    data_owner: 区民政局（社会事务业务）\n",
            "公布的补贴标准，按生效日期填报\n    data_owner: 区民政局（社会事务业务）\n"
            "    public:\n      - {region: 广东省, concept: 甲, definition: 乙, unit: 元/人/月}\n",
            "有分项的序列不能引用公开数据",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(context_of: Callable[..., None], old: str, new: str, words: str) -> None:
    context_of(old, new)
    with pytest.raises(InputError, match=words):
        public_readings("yuexiu-14")
