"""Charts, words and tables on donations per resident draw what the prospect holds and call scenarios scenarios."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re

import pytest
from matplotlib.text import Text

from analysis.assessment.prospects.donations import DonationProspect, project_donations
from analysis.models.donations import decompose
from analysis.presentation import donations as words
from analysis.presentation.charts.chart import Chart
from analysis.presentation.charts.donations import donation_chance_grid, donation_decomposition, donation_path, donation_periods


@pytest.fixture(scope="module")
def yuexiu() -> DonationProspect:
    return project_donations("yuexiu-14")


@pytest.fixture(scope="module")
def demo() -> DonationProspect:
    return project_donations("demo-14")


def texts(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.findobj(Text) if text.get_text()]


def test_findings(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    assert donation_path(yuexiu).finding == "每年须增4.0%，中期以后须5.8%"
    assert donation_chance_grid(yuexiu).finding == "约1/3至3/5，基本不可判断"
    assert donation_path(demo).finding == "余1年，每年须增9.2%"
    assert donation_chance_grid(demo).finding.startswith("情景对照：")
    periods, changes = donation_periods(yuexiu), donation_decomposition(demo)
    assert periods and periods.finding == "年均募集额后一期比前一期增长96.5%"
    assert changes and changes.finding == "人均累计增长36%，93%来自总额"
    assert donation_periods(demo) is None and donation_decomposition(yuexiu) is None


def test_demonstration_and_doubt_are_marked(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    for chart in (donation_path(demo), donation_chance_grid(demo), donation_decomposition(demo)):
        assert chart and chart.demonstration and chart.alt.startswith("〔演示数据〕") and "演示数据" in texts(chart)
    for chart in (donation_path(yuexiu), donation_chance_grid(yuexiu), donation_periods(yuexiu)):
        assert chart and not chart.demonstration and "待核实" in chart.sources
    for chart in (donation_path(yuexiu), donation_chance_grid(yuexiu)):
        assert "假设情景，不是预测" in chart.measure and "广州市越秀区" in chart.measure


def scenario_ends(chart: Chart) -> list[float]:
    return [float(line.get_ydata()[-1]) for line in chart.figure.axes[0].lines if line.get_linestyle() == "--"]


def test_path_marks_stand_where_the_plan_puts_them(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    chart = donation_path(yuexiu)
    lines = chart.figure.axes[0].lines
    diamonds = [(line.get_xdata()[0], line.get_ydata()[0]) for line in lines if line.get_marker() == "D"]
    assert diamonds == [(2023, 25), (2025, 28)]
    assert scenario_ends(chart) == pytest.approx([23 * math.exp(5 * drift) for drift in (0, 0.02, 0.06)])
    assert scenario_ends(donation_path(demo)) == pytest.approx([23.8 * math.exp(drift) for drift in (0, 0.02, 0.06)])
    shown = texts(chart)
    assert {"须年增2.8%", "须年增5.8%", "目标28元", "中期目标25元", "零增长：23元", "年增6.2%：31元"} <= set(shown)
    assert chart.data.loc[chart.data["kind"] == "已有数值", "yuan_per_resident"].tolist() == [23]


def test_labels_at_the_right_keep_apart(demo: DonationProspect) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart = donation_path(demo)
    renderer = FigureCanvasAgg(chart.figure).get_renderer()
    labels = [text for text in chart.figure.findobj(Text) if re.search(r"^目标|：[0-9.]+元", text.get_text())]
    boxes = sorted((text.get_window_extent(renderer) for text in labels), key=lambda box: box.y0)
    assert len(boxes) == 4
    assert all(low.y1 <= high.y0 + 1 for low, high in itertools.pairwise(boxes))


def test_path_of_a_level_beyond_its_target_and_of_a_plan_without_milestone(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    required = demo.required.copy()
    required.loc[required["stretch"] == "现值至末期", "growth"] = -0.01
    assert donation_path(dataclasses.replace(demo, required=required)).finding == "已达到末期目标，须守住现值"
    assert "已达到末期目标，须守住现值" in words.finding(dataclasses.replace(demo, required=required)).markdown()
    plain = dataclasses.replace(yuexiu, milestone=math.nan, required=yuexiu.required.head(1))
    chart = donation_path(plain)
    assert chart.finding == "每年须增4.0%" and "须年增4.0%" in texts(chart)
    assert "中期" not in words.finding(plain).markdown()


def test_grid_shows_every_chance_and_frames_what_counts(yuexiu: DonationProspect) -> None:
    chart = donation_chance_grid(yuexiu)
    shown = [text for text in texts(chart) if re.fullmatch(r"[0-9]+%", text)]
    assert shown == [words.rounded_chance(chance) for chance in yuexiu.chances["chance"]]
    framed = [patch for patch in chart.figure.axes[0].patches if patch.get_facecolor()[3] == 0]
    assert len(framed) == 6
    places = {(round(patch.get_y()), int(patch.get_x())) for patch in framed}
    assert places == {(row, column) for row in (0, 1, 3) for column in (4, 7)}
    assert {"0（守住现值）", "0.04（恰为所需）", "全国接收社会捐款", "σ 0.216"} <= set(texts(chart))


def test_bars_of_a_decomposition_end_at_the_total() -> None:
    import pandas as pd

    columns = ["year", "donations_10000yuan", "resident_population_10000persons"]
    years = pd.DataFrame([(2020, 1000.0, 50.0), (2021, 900.0, 40.0), (2022, 1100.0, 52.0)], columns=columns)
    prospect = dataclasses.replace(project_donations("demo-14"), decomposition=decompose(years))
    chart = donation_decomposition(prospect)
    assert chart
    axis = chart.figure.axes[0]
    totals = {line.get_ydata()[0]: line.get_xdata()[0] for line in axis.lines if line.get_marker() == "|"}
    for position, total in totals.items():
        bars = [bar for bar in axis.patches if abs(bar.get_y() + bar.get_height() / 2 - position) < 0.01]
        assert sum(bar.get_width() for bar in bars) == pytest.approx(total)
        assert all(bar.get_x() == 0 or bar.get_width() * bar.get_x() > 0 for bar in bars)
    assert chart.finding == "人均累计增长5.8%，总额与人口作用相反"
    assert "+11.8＝总额−10.5，人口+22.3" in texts(chart)


def test_period_bars_start_at_zero(yuexiu: DonationProspect) -> None:
    chart = donation_periods(yuexiu)
    assert chart and chart.figure.axes[0].get_xlim()[0] == 0
    assert sorted(bar.get_width() for bar in chart.figure.axes[0].patches) == pytest.approx([6191.83 / 5, 12165.43 / 5])
    assert "不外推" in chart.measure


def test_the_finding_is_worded_from_the_figures(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    text = words.finding(yuexiu).markdown()
    assert text.startswith("### 约1/3至3/5，基本不可判断")
    for part in (
        "每年须增长4.0%（计基期舍入为3.6%～4.5%）",
        "前3年每年2.8%，后2年每年5.8%，后段更陡",
        "35%～60%",
        "15%～70%",
        "不写入报告",
    ):
        assert part in text
    assert "趋势模型" not in text
    chance = words.rounded_chance(demo.trend["chance"].item())
    assert words.finding(demo).heading == f"趋势模型：达到的机会约{chance}"
    chances = yuexiu.chances.assign(chance=yuexiu.chances["chance"] / 3)
    assert words.finding(dataclasses.replace(yuexiu, chances=chances)).heading == "约1/10至1/5，多半达不到"


def test_changes_are_worded_with_what_is_missing(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    text = words.changes(yuexiu).markdown()
    for part in ("6,191.83万元", "12,165.43万元", "后一期年均额比前一期增长96.5%", "折合每年14.5%", "不外推", "不以户籍人口代替"):
        assert part in text
    assert "由17.5元变为23.8元，对数变动×100为+30.7，其中捐赠总额+28.7，常住人口+2.0" in words.changes(demo).markdown()


def test_tables(yuexiu: DonationProspect, demo: DonationProspect) -> None:
    required = words.required_table(yuexiu).cells
    assert required["所需年增速"].tolist() == ["4.0%", "2.8%", "5.8%"]
    assert required["计起点舍入"].tolist() == ["3.6%～4.5%", "2.1%～3.6%", "—"]
    updates = words.updates_table(yuexiu).cells
    assert updates["数据"].tolist() == ["2020年"] + ["若2023年为"] * 4
    assert updates["人均捐赠额（元/人/年）"].tolist() == ["23", "23", "25", "27", "28"]
    assert "（全国接收社会捐款）" in updates["达到末期目标的机会"][2]
    assert words.updates_table(demo).cells["性质"].tolist() == ["假设情景"] * 2 + ["趋势模型"] * 3
    assumptions = words.assumptions_table(yuexiu).cells
    assert assumptions["标记"].value_counts().to_dict() == {"待核实": 3, "示意参数": 2}
    assert words.decomposition_table(yuexiu) is None
    changes = words.decomposition_table(demo)
    assert changes and changes.cells.iloc[-1].tolist() == ["2023—2024", "+12.0", "+11.7", "+0.3"]
    assert changes.caption.endswith("（演示数据）")


@pytest.mark.parametrize("chance", [0.0, 0.049, 0.05, 0.5, 0.95, 0.951, 1.0])
def test_chances_are_rounded_to_five_and_never_certain(chance: float) -> None:
    text = words.rounded_chance(chance)
    assert text not in ("0%", "100%")
    assert text == ("不足5%" if chance < 0.05 else "95%以上" if chance > 0.95 else f"{5 * math.floor(chance * 20 + 0.5)}%")


def test_only_a_range_on_both_sides_of_one_half_is_undecided() -> None:
    assert [words.outlook_words(*ends).partition("，")[2] for ends in ((0.3, 0.5), (0.3, 0.51), (0.5, 0.7))] == [
        "多半达不到", "基本不可判断", "多半可达到",
    ]  # fmt: skip
