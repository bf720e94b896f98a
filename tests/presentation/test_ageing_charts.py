"""Charts and words of the aged: marks where the figures are, titles that follow from them, nothing cut off."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from analysis.archive.sources import load_deposit
from analysis.assessment.prospects.ageing import AgeingProspect, project_ageing
from analysis.assessment.prospects.ageing_backtest import ageing_backtest
from analysis.assessment.prospects.ageing_shape import ageing_shape
from analysis.assessment.prospects.ageing_share import ageing_share, registered_totals
from analysis.models.ageing.hamilton_perry import cohort_projections
from analysis.observations.reference_population import load_reference_population
from analysis.presentation import ageing
from analysis.presentation.charts.ageing import ageing_path_chart, ageing_scenario_chart, ageing_shape_chart

INK_BLUE, RED, GREY = "#0f4c81", "#b3261e", "#5f6b7a"


@pytest.fixture(scope="module")
def yuexiu() -> AgeingProspect:
    return project_ageing("yuexiu-14")


@pytest.fixture(scope="module")
def demo() -> AgeingProspect:
    return project_ageing("demo-14")


def test_path_chart_draws_counts_bands_and_comparisons(yuexiu: AgeingProspect) -> None:
    chart = ageing_path_chart(yuexiu)
    axis = chart.figure.axes[0]
    path = yuexiu.path.set_index("year")
    assert chart.finding == "2025年约37.1万人，比原推算少1.8万" and len(chart.finding) <= 22
    lines = {(to_hex(line.get_color()), len(line.get_xdata())): line for line in axis.lines if len(line.get_xdata()) > 2}
    grey, red = lines[GREY, 16], lines[RED, 16]
    assert np.asarray(grey.get_ydata()) == pytest.approx(path["constant_growth"].to_numpy())
    assert np.asarray(red.get_ydata()) == pytest.approx(path["births_shaped"].to_numpy())
    ahead = lines[INK_BLUE, 13]
    assert list(ahead.get_xdata()) == list(range(2023, 2036)) and ahead.is_dashed()
    counts = [line for line in axis.lines if line.get_marker() in ("s", "o") and line.get_linestyle() == "None"]
    assert [(list(line.get_xdata()), list(line.get_ydata())) for line in counts] == [
        ([2015, 2020], [26.5, 31.96]),
        ([2020, 2023], [31.43, 34.39]),
    ]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in axis.lines if len(line.get_xdata()) == 1] == [
        (2025, path.at[2025, "point"])
    ]
    assert [line.get_xdata()[0] for line in axis.lines if len(line.get_xdata()) == 2 and list(line.get_ydata()) == [0, 0.84]] == [2023]
    words = [text.get_text() for text in axis.texts]
    assert words == ["推算50.5", "原推算54.9", "恒定增速56.1", "推算→", "2025年推算37.1\n80%误差带36.0～38.2"]
    low, high = (axis.collections[1].get_paths()[0].vertices[:, 1].min(), axis.collections[1].get_paths()[0].vertices[:, 1].max())
    assert (low, high) == pytest.approx((path.loc[2023:, "low_80"].min(), path.loc[2023:, "high_80"].max()))
    assert "（2023年待核实）" in chart.measure and "户籍60周岁以上" in chart.measure
    assert chart.data.set_index("year").loc[[2015, 2020], "printed_count"].tolist() == [26.5, 31.96]
    assert chart.data.set_index("year").at[2023, "yearly_count"] == 34.39


def test_labels_at_the_right_do_not_touch(yuexiu: AgeingProspect) -> None:
    figure = ageing_path_chart(yuexiu).figure
    axis = figure.axes[0]
    figure.canvas.draw()
    boxes = sorted((text.get_window_extent() for text in axis.texts[:3]), key=lambda box: box.y0)
    assert all(lower.y1 < upper.y0 + 1 for lower, upper in itertools.pairwise(boxes))


def test_path_chart_of_the_made_up_district_is_marked(demo: AgeingProspect) -> None:
    chart = ageing_path_chart(demo)
    assert chart.demonstration and chart.alt.startswith("〔演示数据〕")
    assert chart.finding == "2030年约15.0万人，比原推算少0.7万"
    assert not any("恒定增速" in text.get_text() for text in chart.figure.axes[0].texts)


def test_nothing_is_projected_where_the_last_year_is_counted(demo: AgeingProspect) -> None:
    chart = ageing_path_chart(project_ageing("demo-14", (2025,)))
    assert chart.finding == "2025年约12.7万人，比原推算少0.3万"
    assert [text.get_text() for text in chart.figure.axes[0].texts] == ["观测12.7", "原推算12.9"]


@pytest.mark.parametrize(("through", "finding"), [(2022, "2025年约38.9万人，尚无后来计数"), (2023, "2025年约37.1万人，比原推算少1.8万")])
def test_title_follows_from_what_is_known(through: int, finding: str) -> None:
    chart = ageing_path_chart(project_ageing("yuexiu-14", through_year=through))
    assert chart.finding == finding
    assert ("原推算54.9" in [text.get_text() for text in chart.figure.axes[0].texts]) == (through == 2023)


def test_scenario_chart_tells_both_ends_and_marks_the_uncited(yuexiu: AgeingProspect) -> None:
    chart = ageing_scenario_chart(yuexiu)
    axis = chart.figure.axes[0]
    labels = [text.get_text() for text in axis.get_yticklabels()]
    assert labels == ["经验误差带（80%）", "60岁以上存活", "户籍净迁移\n〔示意参数〕", "出生队列规模"]
    words = [text.get_text() for text in axis.texts]
    assert words[2:4] == ["38.9（存活比+0.03）", "39.0（存活比−0.03）"]  # the higher survival gives the lower count
    assert words[6:8] == ["37.0（0.85倍）", "40.8（1.15倍）"]
    assert words[4:6] == ["38.3（−2%）", "39.6（+2%）"]
    assert chart.finding == "出生队列规模影响最大，±1.9万" and "不是概率" in chart.measure
    band = chart.data[chart.data["assumption_id"] == ""].set_index("level")["population"]
    before = yuexiu.before.set_index("year").loc[2025]
    assert band.to_dict() == {"低": before["low_80"], "中": before["point"], "高": before["high_80"]}
    assert ageing_scenario_chart(yuexiu, 2035).finding == "出生队列规模影响最大，±5.4万"


def test_shape_chart_compares_swings() -> None:
    check = ageing_shape("yuexiu-14")
    chart = ageing_shape_chart(check, (load_deposit("public-figures"),), "广州市")
    assert chart is not None
    assert chart.finding == "补入与60年前出生同向，幅度为其74%"
    assert [text.get_text() for text in chart.figure.axes[0].get_xticklabels()][-2:] == ["2021—22", "2023"]
    against = check.assign(entries_index=2 - check["births_index"])
    other = ageing_shape_chart(against, (load_deposit("public-figures"),), "广州市")
    assert other is not None and other.finding == "补入与60年前出生不同向，幅度为其100%"
    assert ageing_shape_chart(check.iloc[:0], (load_deposit("public-figures"),), "广州市") is None


def test_sentence_says_what_the_figures_say(yuexiu: AgeingProspect, demo: AgeingProspect) -> None:
    told = ageing.sentence(yuexiu)
    assert told == (
        "2025年末广州市越秀区户籍60周岁以上人口推算为37.1万人，80%经验误差带36.0～38.2万人；方法为补入推算（两期总数与参照人口），"
        "依据规划印载2015、2020年2个数、年度序列2020、2023年2个数（2023年待核实）；2020—2023年同口径增长9.4%，按60年前出生数推算为增长12%；"
        "2025年推算因此由38.9万改为37.1万（基期数口径不同的影响−0.6万，后来实际增长与推算不同的影响−1.2万）。"
    )
    assert ageing.sentence(demo).startswith("〔演示数据〕2030年末示例市示例区")
    assert "没有后来的计数可以检验" in ageing.sentence(project_ageing("yuexiu-14", through_year=2021))
    known = project_ageing("demo-14", (2025,))
    assert "人口为12.7万人" in ageing.sentence(known)


def test_tables_are_rounded_and_chinese(yuexiu: AgeingProspect) -> None:
    table = ageing.path_table(yuexiu)
    assert table["万人"].tolist() == ["37.1", "44.5", "50.5"]
    assert table["80%经验误差带"].iloc[0] == "36.0～38.2"
    assert ageing.path_table(yuexiu, (2020, 2023))["依据"].tolist() == ["观测", "观测"]
    assert ageing.counts_table(yuexiu)["采用"].tolist() == ["是"] * 4
    assert ageing.reconciliation_table(yuexiu)["采用"].tolist() == ["否"] * 3 + ["是"] * 3 + ["否"] * 3
    assert ageing.parts_table(yuexiu)["余差"].tolist() == ["0.00"] * 3
    assert ageing.backtest_table(ageing_backtest()).iloc[0].tolist() == ["补入推算", "5", "2,611", "3.9%", "±5.5%", "±12.0%"]
    rows = ageing.assumptions_table(yuexiu).set_index("假设")
    assert rows.at["60岁以上户籍净迁移（在既往补入之外）", "用于"] == "情景" and (rows["标记"] == "示意参数").sum() == 1
    totals = ageing.totals_table(registered_totals(yuexiu.counts))
    assert totals["户籍人口（万人）"].tolist() == ["117.3", "118.4（116.2～120.6）", "117.0（117.0～117.0）"]
    assert ageing.share_sentence(ageing_share(yuexiu, 2025)).startswith("2025年末占户籍人口31.7%（29.9%～32.9%），分母为2023年末")


def test_cohort_table_compares_with_what_is_known() -> None:
    ages = load_reference_population().ages
    actual = float(ages.query("year == 2025 and age_start >= 60")["population"].sum())
    table = ageing.cohort_table(cohort_projections(ages, 2020, ages), actual)
    assert table["方法"].tolist() == ["全部年龄", "双比", "单比", "综合"]
    assert table["相差"].tolist() == ["−0.4%", "0.0%", "−0.2%", "0.0%"]
    halved = ageing.cohort_table(pd.DataFrame({"method": ["双比"], "total": [actual / 2]}), actual)
    assert halved["相差"].tolist() == ["−50.0%"]
