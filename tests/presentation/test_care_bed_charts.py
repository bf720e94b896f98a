"""Charts, words and tables on care beds: each mark where its figure is, findings from data, uncited results tagged."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from analysis.archive.sources import load_deposit
from analysis.assessment.prospects.care_bed_needs import disability_definitions
from analysis.assessment.prospects.care_beds import CareBedProspect, project_care_beds
from analysis.models.care_beds.needs import OCCUPANCY, SEVERE
from analysis.presentation import care_beds as words
from analysis.presentation.care_beds.figures import beds, gap_words
from analysis.presentation.charts.care_bed_needs import care_bed_requests, care_bed_tornado, disability_definitions_chart
from analysis.presentation.charts.care_beds import care_bed_approaches, care_bed_gap_matrix, care_bed_lines
from analysis.presentation.charts.chart import Chart
from analysis.vocabulary.errors import InputError

TAG = "〔示意参数〕"
CHARTS: dict[str, Callable[[CareBedProspect], Chart]] = {
    "care_bed_approaches": care_bed_approaches,
    "care_bed_gap": care_bed_gap_matrix,
    "care_bed_lines": care_bed_lines,
    "care_bed_tornado": care_bed_tornado,
    "care_bed_requests": care_bed_requests,
}
TABLES: dict[str, Callable[[CareBedProspect], Any]] = {name: getattr(words, name) for name in words.__all__ if name.endswith("_table")}


@pytest.fixture(scope="module")
def prospect() -> CareBedProspect:
    return project_care_beds("yuexiu-14")


@pytest.fixture(scope="module")
def late() -> CareBedProspect:
    return project_care_beds("yuexiu-14", 2035)


def axis_of(chart: Chart) -> Axes:
    axis = chart.figure.axes[0]
    assert isinstance(axis, Axes)
    return axis


def texts(axis: Axes) -> list[str]:
    return [text.get_text() for text in axis.texts]


def ticks(axis: Axes) -> list[str]:
    return [label.get_text().replace("\n", "") for label in axis.get_yticklabels()]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_says_where_when_and_which_elders(name: str, prospect: CareBedProspect, late: CareBedProspect) -> None:
    for item in (prospect, late):
        chart = CHARTS[name](item)
        assert chart.name == name and len(chart.data) > 0
        assert len(re.findall(r"[一-鿿]", chart.finding)) <= 22
        assert str(item.year) in chart.measure and "越秀区" in chart.measure and "张" in chart.measure
        assert chart.finding in chart.alt
        assert not chart.demonstration


@pytest.mark.parametrize("name", ["care_bed_tornado", "care_bed_requests"])
def test_what_rests_on_uncited_parameters_says_so_in_title_subtitle_and_alternative_text(name: str, prospect: CareBedProspect) -> None:
    chart = CHARTS[name](prospect)
    assert chart.finding.endswith(TAG) and TAG in chart.measure and TAG in chart.alt


@pytest.mark.parametrize("name", ["care_bed_gap", "care_bed_lines"])
def test_what_rests_on_norms_and_counts_carries_no_such_tag(name: str, prospect: CareBedProspect) -> None:
    chart = CHARTS[name](prospect)
    assert "示意" not in chart.finding + chart.measure + chart.alt + "".join(texts(axis_of(chart)))


def test_approaches_stand_at_their_middle_tagged_where_uncited(prospect: CareBedProspect) -> None:
    chart = care_bed_approaches(prospect)
    axis, rows = axis_of(chart), chart.data
    assert rows["mid"].is_monotonic_increasing and len(rows) == 8
    points = [line for line in axis.lines if len(line.get_xdata()) == 1]
    assert [float(line.get_xdata()[0]) for line in points] == rows["mid"].tolist()
    hollow = [to_hex(line.get_markerfacecolor()) == "#ffffff" for line in points]
    assert hollow == [mark == "示意参数" for mark in rows["mark"]]
    named = rows.set_index("reckoning")
    assert named.at["按失能与入住推算", "mark"] == "示意参数"
    assert [named.at["按失能与入住推算", end] for end in ("low", "mid", "high")] == [
        prospect.needs.p5,
        prospect.needs.p50,
        prospect.needs.p95,
    ]
    assert named.at["守住本区水平（16张）", "mark"] == "" and named.at["全国实际水平（30.3张）", "mark"] == "待核实"
    for label, mark in zip(ticks(axis), rows["mark"], strict=True):
        assert label.endswith(f"〔{mark}〕") if mark else "〔" not in label
    assert chart.finding.endswith(f"{rows['mid'].max() / rows['mid'].min():.0f}倍")
    rule = [line for line in axis.lines if list(line.get_ydata()) == [0, 1]]
    assert [line.get_xdata()[0] for line in rule] == [4983]
    assert "2020年已有4,983" in texts(axis)


def test_gap_cells_hold_sign_word_and_figure_of_their_row_and_column(prospect: CareBedProspect) -> None:
    chart = care_bed_gap_matrix(prospect)
    axis = axis_of(chart)
    placed = {(round(text.get_position()[0] - 0.5), round(text.get_position()[1] - 0.33)): text.get_text() for text in axis.texts[::2]}
    middle = prospect.gap.query("elders_level == '中'")
    norms, supply = list(dict.fromkeys(middle["norm"])), list(dict.fromkeys(middle["supply"]))
    for row in middle.to_dict("records"):
        assert placed[supply.index(row["supply"]), norms.index(row["norm"])] == gap_words(row["gap"])
    assert ticks(axis) == [f"{row['norm']}每千名{row['per_1000']:g}张" for row in middle.drop_duplicates("norm").to_dict("records")]
    assert axis.get_ylim() == (4, 0)
    assert chart.finding == "12种组合中10种缺床，最多缺9,900张"
    missing = {(round(tile.get_x() - 0.04), round(tile.get_y() - 0.07)) for tile in axis.patches}
    assert missing == {key for key, word in placed.items() if word.startswith("缺")}
    assert len(chart.data) == 36


def test_lines_run_through_their_figures_and_are_named_at_the_end(prospect: CareBedProspect) -> None:
    chart = care_bed_lines(prospect)
    axis = axis_of(chart)
    drawn = {tuple(round(float(y)) for y in line.get_ydata()) for line in axis.lines}
    assert (3309, 4983) in drawn and (4983,) * 6 in drawn
    need = chart.data[chart.data["line"] == "需：上期规划目标"]["beds"]
    assert tuple(round(value) for value in need) in drawn
    assert need.iloc[-1] == pytest.approx(40 * prospect.elders.mid / 1000)
    said = texts(axis)
    for words_ in ("床位不增：5,000", "年增速不变：7,500", f"上期规划目标40张：{beds(float(need.iloc[-1]))}", "推算→", "4,983"):
        assert words_ in said
    heights = sorted(text.get_position()[1] for text in axis.texts if "：" in text.get_text())
    assert min(after - before for before, after in pairwise(heights)) > 0.06 * axis.get_ylim()[1]


def test_lines_name_the_lowest_norm_out_of_reach(prospect: CareBedProspect, late: CareBedProspect) -> None:
    assert care_bed_lines(prospect).finding == "各供给情景都不到每千名30.3张"
    assert care_bed_lines(late).finding == "各供给情景都不到每千名35张"
    few = prospect.norm_need.assign(need=100.0)
    assert care_bed_lines(dataclasses.replace(prospect, norm_need=few)).finding == "供给最多的情景够得到各项标准"


def test_tornado_bars_run_between_their_ends_widest_at_the_top(prospect: CareBedProspect) -> None:
    chart = care_bed_tornado(prospect)
    axis, rows = axis_of(chart), prospect.tornado
    bars = sorted(axis.patches, key=lambda bar: -bar.get_y())
    assert [bar.get_width() for bar in bars] == pytest.approx(rows["swing"].tolist())
    assert [bar.get_x() for bar in bars] == pytest.approx(rows[["at_low", "at_high"]].min(axis=1).tolist())
    assert [bar.get_hatch() is not None and bar.get_hatch() != "" for bar in bars] == [mark == "示意参数" for mark in rows["mark"]]
    said = texts(axis)
    occupancy = rows.set_index("input").loc[OCCUPANCY]
    assert f"{beds(occupancy['at_high'])}（82%）" in said and f"{beds(occupancy['at_low'])}（53%）" in said
    assert chart.finding.startswith(rows["name"].iloc[0])
    assert f"各项取中值{beds(rows['centre'].iloc[0])}" in said


def test_request_bars_shrink_from_the_width_now(prospect: CareBedProspect) -> None:
    chart = care_bed_requests(prospect)
    axis = axis_of(chart)
    assert [bar.get_width() for bar in axis.patches] == prospect.requests["width_after"].tolist()
    assert ticks(axis)[:2] == ["现有假设范围", "先有在住长者按失能等级的人数"]
    share = prospect.requests["narrowed_alone"].iloc[1]
    assert chart.finding == f"先取在住长者结构，可收窄{100 * share:.0f}%{TAG}"


@pytest.mark.parametrize(("inputs", "told"), [((OCCUPANCY,), "床位使用数"), ((SEVERE, "moderate"), "失能评估")])
def test_request_title_follows_the_best_request(prospect: CareBedProspect, inputs: tuple[str, ...], told: str) -> None:
    rows = prospect.requests.copy()
    rows["inputs"] = [(), inputs, (), ()]
    analysis = dataclasses.replace(prospect.needs_analysis)
    analysis.__dict__["requests"] = rows
    assert f"先取{told}" in care_bed_requests(dataclasses.replace(prospect, needs_analysis=analysis)).finding


def test_definitions_of_disability_stand_at_their_share() -> None:
    table = disability_definitions()
    chart = disability_definitions_chart(table, load_deposit("public-figures"))
    axis = axis_of(chart)
    points = [float(line.get_xdata()[0]) for line in axis.lines if len(line.get_xdata()) == 1]
    assert points == table["percent"].tolist()
    assert chart.finding == "失能率口径不同，最高是最低的11倍"
    assert texts(axis) == ["2.34%", "2.95%", "9.9%", "13.2%", "18.3%", "26.2%"]
    assert "2020年" in ticks(axis)[0] and "97项研究" in ticks(axis)[-1]


def test_norm_words_hold_nothing_uncited(prospect: CareBedProspect) -> None:
    text = words.norm_words(prospect)
    said = "".join(claim.sentence for claim in text.claims)
    assert text.heading == "2025年末按标准需5,900～14,800张"
    assert "示意" not in said and "没有概率" in said
    assert "守住本区水平（每千名16张）需5,900张，2020年有4,983张，须年增3.6%" in said
    assert "年增速不变" in said and "缺7,300张" in said
    assert words.finding(prospect).claims[:3] == text.claims
    assert TAG in words.finding(prospect).claims[3].sentence


def test_norm_words_of_enough_beds(prospect: CareBedProspect) -> None:
    enough = prospect.norm_need.assign(yearly_growth=-0.01, need=7504.0)
    said = "".join(claim.sentence for claim in words.norm_words(dataclasses.replace(prospect, norm_need=enough)).claims)
    assert "现有床位已够" in said and "所需相比相当；" in said and "相当张" not in said


def test_needs_words_compare_with_what_is_observed(prospect: CareBedProspect) -> None:
    said = "".join(claim.sentence for claim in words.needs_words(prospect).claims)
    assert "2.1%的长者住在机构" in said and "0.8%～1.5%（待核实）" in said and "现有数据分不清" in said
    assert "不是概率" in said and "在7项输入中列第7位" in said and TAG in said
    assert f"收窄{100 * prospect.requests['narrowed_alone'].iloc[1]:.0f}%" in said


@pytest.mark.parametrize("name", TABLES)
def test_tables_have_chinese_headers_and_no_empty_cell(name: str, prospect: CareBedProspect) -> None:
    table = TABLES[name](prospect)
    assert all(re.search(r"[一-鿿]", str(column)) for column in table.cells.columns)
    assert len(table.cells) and (table.cells.map(lambda cell: isinstance(cell, str) and bool(cell))).all().all()
    assert set(table.numeric) <= set(table.cells.columns)
    assert not re.search(r"nan|None|inf", table.html())


def test_table_cells_stand_in_their_row(prospect: CareBedProspect) -> None:
    need = words.need_table(prospect).cells
    assert need.iloc[0].tolist() == ["守住本区水平", "16", "5,800", "5,900", "6,100", "3.6%", "专栏1第1行"]
    assert need["标准"].tolist() == prospect.norm_need["norm"].unique().tolist()
    supply = words.supply_table(prospect).cells
    assert supply.iloc[1].tolist() == ["年增数不变", "4,983", "5,300", "5,700", "6,000", "6,300", "6,700"]
    change = words.density_table(prospect).cells
    assert change.iloc[0].tolist() == ["2015—2020", "观测", "12.49", "15.59", "+0.222", "+0.409", "−0.187"]
    nursing = words.nursing_table(prospect)
    assert nursing is not None and nursing.cells.iloc[1].tolist() == ["年增数不变", "6,700", "5,000", "1,400", "54.6%"]
    patterns = words.patterns_table(prospect).cells
    assert patterns["标记"].tolist() == ["待核实", "示意参数", "示意参数"] and patterns["机构长者占比"].tolist()[0] == "0.8%～1.5%"
    requests = words.requests_table(prospect).cells
    assert requests["次序"].tolist() == ["1", "2", "3"] and "入住机构比例" in requests["可查清"].iloc[0]
    marks = words.assumptions_table(prospect).cells.set_index("标识")["标记"]
    assert marks["institution_use_severe"] == "示意参数" and marks["institution_occupancy"] == "待核实"


def test_without_a_nursing_target_there_is_no_table(prospect: CareBedProspect) -> None:
    assert words.nursing_table(dataclasses.replace(prospect, base=dataclasses.replace(prospect.base, nursing=None))) is None


def test_tables_of_uncited_results_are_tagged(prospect: CareBedProspect) -> None:
    for table in (words.requests_table(prospect), words.sobol_table(prospect)):
        assert TAG in table.title
    for shown in (words.need_table(prospect), words.supply_table(prospect), words.density_table(prospect)):
        assert "示意" not in shown.title + shown.cells.to_csv()


def test_norm_words_refuse_uncited_projects(copied_home: Any) -> None:
    entry = "projects:\n  - {name: 甲院, beds: 200, opening_year: 2023, status: 意向, reference: 清单}\n"
    (copied_home / "plans" / "yuexiu-14" / "care_bed_pipeline.yml").write_text(entry, encoding="utf-8")
    prospect = project_care_beds("yuexiu-14")
    with pytest.raises(InputError, match="pipeline_share_intended"):
        words.norm_words(prospect)
    assert "项目1个" in words.supply_table(prospect).title
    assert isinstance(care_bed_lines(prospect).data, pd.DataFrame)
