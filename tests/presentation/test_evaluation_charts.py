"""Charts of a plan's evaluation: every mark where its figure is, no text over another, made-up data marked as such."""

from __future__ import annotations

import dataclasses
import io
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.text import Text

from analysis.archive.sources import load_deposit
from analysis.assessment import peers, statuses
from analysis.assessment.commitments import OUTCOMES
from analysis.assessment.evaluation import PlanEvaluation
from analysis.presentation import style
from analysis.presentation.charts.attainment import attainment_chart
from analysis.presentation.charts.chart import CHART_MIME, Chart, canvas, finish
from analysis.presentation.charts.coverage import coverage_grid
from analysis.presentation.charts.methods import method_cell, methods_grid
from analysis.presentation.charts.outlook import outcome_chart, outlook_chart
from analysis.presentation.charts.rules import rule_years_grid
from analysis.presentation.charts.schedule import schedule_dots
from analysis.presentation.charts.scores import score_ranges
from analysis.presentation.charts.status_matrix import status_matrix
from analysis.presentation.charts.tracks import progress_tracks

RED, AMBER, BLUE, DARK, GREY = "#b3261e", "#c08a2e", "#6497c3", "#0f4c81", "#5f6b7a"
DRAWN: tuple[Callable[[PlanEvaluation], Chart | None], ...] = (
    status_matrix, progress_tracks, schedule_dots, methods_grid, rule_years_grid, score_ranges, coverage_grid, outlook_chart,
    attainment_chart,
)  # fmt: skip
FINDINGS = {
    "midterm": {
        "status_matrix": "24项中达到或符合预期13、滞后9、未判2",
        "progress_tracks": "9项水平指标，4项滞后",
        "schedule_ratios": "8项有时序比，5项不到1",
        "methods": "8项并列比较，3项结论不一",
        "rule_years": "9行规则，3项次未达标",
        "category_scores": "4类有约束性指标滞后，得分不作抵消",
        "data_coverage": "应有105个年度数，缺1个",
        "outlook": "8项中7项须快于既有步伐",
        "attainment": "可推算的5项都很不可能达到",
    },
    "final": {
        "status_matrix": "24项中完成13、基本3、未完成6、未判2",
        "progress_tracks": "9项水平指标，3项未达目标",
        "completion_rates": "图列10项，6项完成率不到100%",
        "methods": "8项并列比较，2项结论不一",
        "rule_years": "9行规则，3项次未达标",
        "category_scores": "3类有约束性指标未完成，得分不作抵消",
        "data_coverage": "应有175个年度数，缺2个",
        "outcome": "8项中7项好于中期推算，4项完成",
    },
    "unfilled": {
        "status_matrix": "24项指标均缺数据，未能判定",
        "rule_years": "9行规则，26项次缺数",
        "data_coverage": "应有105个年度数，缺99个",
    },
}


@pytest.fixture(scope="module")
def charts(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> dict[str, dict[str, Chart]]:
    drawn = {
        name: [chart for draw in DRAWN if (chart := draw(evaluation))]
        for name, evaluation in (("midterm", midterm), ("final", final), ("unfilled", unfilled))
    }
    outcome = outcome_chart(midterm, final)
    assert outcome
    drawn["final"].append(outcome)
    return {name: {chart.name: chart for chart in of_kind} for name, of_kind in drawn.items()}


def axis_of(charts: dict[str, dict[str, Chart]], kind: str, name: str) -> Axes:
    return charts[kind][name].figure.axes[0]


def written(chart: Chart) -> list[str]:
    return [text.get_text() for text in chart.figure.findobj(Text) if text.get_text().strip()]


def overlaps(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of texts whose ink boxes cover each other by more than a pixel either way."""
    canvas_ = FigureCanvasAgg(chart.figure)
    canvas_.draw()
    shown = [text for text in chart.figure.findobj(Text) if isinstance(text, Text) and text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(canvas_.get_renderer())) for text in shown]
    pairs = []
    for (first, a), (second, b) in itertools.combinations(boxes, 2):
        wide = min(a.x1, b.x1) - max(a.x0, b.x0)
        high = min(a.y1, b.y1) - max(a.y0, b.y0)
        if wide > 1 and high > 1.5:
            pairs.append((first, second))
    return pairs


def singles(axis: Axes, marker: str | None = None) -> dict[float, float]:
    """Marks of one point by their height, of one shape or any."""
    lines = [line for line in axis.lines if len(line.get_xdata()) == 1 and (marker is None or line.get_marker() == marker)]
    return {float(line.get_ydata()[0]): float(line.get_xdata()[0]) for line in lines}


def rows_of(axis: Axes) -> list[str]:
    """Row names from the top, without line breaks."""
    labels = sorted(zip(axis.get_yticks(), axis.get_yticklabels(), strict=True), key=lambda pair: pair[0])
    low, high = axis.get_ylim()
    names = [text.get_text().replace("\n", "") for _, text in labels]
    return names if low > high else names[::-1]


# What every chart says


@pytest.mark.parametrize("kind", FINDINGS)
def test_findings(charts: dict[str, dict[str, Chart]], kind: str) -> None:
    assert {name: chart.finding for name, chart in charts[kind].items()} == FINDINGS[kind]
    assert all(len(finding) <= 22 for finding in FINDINGS[kind].values())


@pytest.mark.parametrize("kind", FINDINGS)
def test_no_text_lies_over_another(charts: dict[str, dict[str, Chart]], kind: str) -> None:
    assert {name: found for name, chart in charts[kind].items() if (found := overlaps(chart))} == {}


def test_the_check_for_overlaps_sees_one(midterm: PlanEvaluation) -> None:
    figure, axis = canvas(1.0, 1.0)
    axis.set(xticks=[], yticks=[])
    axis.text(0.5, 0.5, "甲甲甲")
    axis.text(0.52, 0.52, "乙乙乙")
    chart = finish(figure, name="x", data=pd.DataFrame({"x": [1]}), finding="结论", measure="度量", sources=midterm.deposits, alt="说明")
    assert overlaps(chart) == [("甲甲甲", "乙乙乙")]


@pytest.mark.parametrize("kind", FINDINGS)
def test_demonstration_is_marked_on_picture_words_and_data_and_nothing_else_is(charts: dict[str, dict[str, Chart]], kind: str) -> None:
    made_up = kind != "unfilled"
    for chart in charts[kind].values():
        assert chart.demonstration is made_up
        assert (written(chart).count("演示数据") == 1) is made_up
        assert chart.alt.startswith("〔演示数据〕") is made_up
        header, first, *_ = chart.csv().split("\n")
        assert (header.startswith("mark,"), first.startswith("演示数据,")) == (made_up, made_up)
        assert len(chart.data) == pd.read_csv(io.StringIO(chart.csv())).shape[0]


def test_the_bundle_carries_the_mark(charts: dict[str, dict[str, Chart]]) -> None:
    for kind, made_up in (("midterm", True), ("unfilled", False)):
        bundle, _ = charts[kind]["status_matrix"]._repr_mimebundle_()
        assert bundle[CHART_MIME]["demonstration"] is made_up
        assert bundle[CHART_MIME]["csv"].startswith("mark,") is made_up


@pytest.mark.parametrize("kind", FINDINGS)
def test_the_foot_names_every_source_and_what_is_to_be_verified(
    charts: dict[str, dict[str, Chart]], kind: str, midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation
) -> None:
    evaluation = {"midterm": midterm, "final": final, "unfilled": unfilled}[kind]
    for chart in charts[kind].values():
        (foot,) = [text for text in written(chart) if text.startswith("来源：")]
        joined = "".join(line.strip("　") for line in foot.split("\n"))
        for deposit in evaluation.deposits:
            assert deposit.citation() in joined and deposit.citation() in chart.sources
        assert ("待核实" in foot) is (kind == "unfilled")


def test_long_sources_are_wrapped_and_lengthen_the_figure_but_not_the_drawing(unfilled: PlanEvaluation) -> None:
    def drawn(count: int) -> Chart:
        figure, axis = canvas(1.0, 1.0)
        axis.set(xticks=[], yticks=[])
        deposits = [unfilled.deposits[0]] * count
        return finish(figure, name="x", data=pd.DataFrame({"x": [1]}), finding="结论", measure="度量", sources=deposits, alt="说明")

    heights, plots = zip(
        *(
            (chart.figure.get_figheight(), chart.figure.axes[0].get_position().height * chart.figure.get_figheight())
            for chart in map(drawn, (1, 2, 5))
        ),
        strict=True,
    )
    assert heights[0] == heights[1] < heights[2]
    assert heights[2] - heights[0] == pytest.approx(3 * 0.15)
    assert plots == pytest.approx([1.0] * 3)
    side = unfilled.deposits[0].sidecar.model_copy(update={"title": "很长的名称" * 20})
    figure, axis = canvas(1.0, 1.0)
    axis.set(xticks=[], yticks=[])
    source = dataclasses.replace(unfilled.deposits[0], sidecar=side)
    chart = finish(figure, name="x", data=pd.DataFrame({"x": [1]}), finding="结论", measure="度量", sources=[source], alt="说明")
    (foot,) = [text for text in written(chart) if text.startswith("来源：")]
    assert foot.count("\n") == 2 and not any(line.strip("　").startswith(("）", "》")) for line in foot.split("\n"))


def test_a_deposit_is_a_demonstration_by_its_reliability_alone() -> None:
    assert load_deposit("demo-14-plan").is_demonstration
    assert not load_deposit("yuexiu-plan-14").is_demonstration


def test_nothing_to_draw_is_no_chart(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    assert [draw(unfilled) for draw in (progress_tracks, schedule_dots, methods_grid, score_ranges, outlook_chart)] == [None] * 5
    assert outlook_chart(final) is None
    assert outcome_chart(unfilled, final) is None
    rules_only = dataclasses.replace(midterm, targets=midterm.targets[midterm.targets["kind"] != "rule"])
    assert rule_years_grid(rules_only) is None


# Marks and colours


def test_every_verdict_has_its_own_symbol_and_the_colour_of_its_meaning() -> None:
    assert set(style.STATUS_MARKS) == set(statuses.SEVERITY)
    symbols = [symbol for symbol, _ in style.STATUS_MARKS.values()]
    assert len(set(symbols)) == len(symbols)
    assert set(symbols) == set(style.SYMBOL_SHAPES)
    for status, (_, colour) in style.STATUS_MARKS.items():
        if status in statuses.BEHIND_STATUSES:
            assert colour == RED, status
        elif status in statuses.UNJUDGED:
            assert colour == GREY, status
        elif status in ("基本符合", "基本完成"):
            assert colour == AMBER, status
        else:
            assert colour == (DARK if status in ("提前完成", "快于预期", "超额完成") else BLUE), status


def test_every_outcome_of_a_commitment_has_its_own_symbol() -> None:
    assert set(style.OUTCOME_MARKS) == set(OUTCOMES)
    assert len({symbol for symbol, _ in style.OUTCOME_MARKS.values()}) == len(OUTCOMES)


LEVELS = st.integers(-5_000, 200_000).map(lambda thousandths: thousandths / 1000)


@given(base=LEVELS, value=LEVELS, target=LEVELS, sign=st.sampled_from([1.0, -1.0]), elapsed=st.integers(1, 5))
def test_every_word_of_a_method_has_a_cell(base: float, value: float, target: float, sign: float, elapsed: int) -> None:
    """Whatever the figures, a method's word is known to the chart, and blue means what the methods call on track."""
    arrays = (np.array([figure]) for figure in (base, value, target, sign))
    track = peers.Track(*arrays, is_rule=np.array([False]), is_keep=np.array([False]), elapsed=elapsed, total=5)
    for word in peers.side_by_side(track).values():
        cell = method_cell(word[0])
        on_track = cell.words.startswith("●")
        assert cell.words in (f"{cell.words[0]}{word[0]}", "—")
        if cell.words != "—":
            disagrees = peers.disagree(np.array(["明显滞后"], dtype=object), {"one": word})[0]
            assert disagrees == on_track


# Matrix


def test_matrix_tiles(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    axis = axis_of(charts, "midterm", "status_matrix")
    tiles = [patch for patch in axis.patches if to_hex(patch.get_facecolor()) != "#000000" and patch.get_facecolor()[3]]
    frames = [patch for patch in axis.patches if not patch.get_facecolor()[3]]
    assert len(tiles) == 24
    colours = {(math.floor(tile.get_x()), math.floor(tile.get_y())): to_hex(tile.get_facecolor()) for tile in tiles}
    framed = {(math.floor(frame.get_x()), math.floor(frame.get_y())) for frame in frames}
    words = {(math.floor(text.get_position()[0]), math.floor(text.get_position()[1]), text.get_text()) for text in axis.texts}
    rows = midterm.indicators
    categories = list(dict.fromkeys(rows["category"]))
    for category, members in rows.groupby("category", sort=False):
        for column, row in enumerate(members.to_dict("records")):
            place = (column, categories.index(category))
            symbol, colour = style.STATUS_MARKS[row["status"]]
            assert colours[place] == colour
            assert (place in framed) is (row["attribute"] == "约束性")
            assert (*place, f"{symbol}{row['indicator_id']}") in words and (*place, row["status"]) in words
    assert rows_of(axis) == categories
    texts = [text.get_text() for text in axis.texts]
    assert "达到或符合\n预期4/5" in texts and "达到或符合\n预期2/4\n未判1项" in texts and "≈基本符合1项" in texts
    assert "↓倒退1项　≠未保持1项　■未达标1项　▼明显滞后2项　▽略滞后2项　□部分年度未达标2项" in texts


def test_matrix_at_the_end_counts_what_was_met(charts: dict[str, dict[str, Chart]]) -> None:
    texts = [text.get_text() for text in axis_of(charts, "final", "status_matrix").texts]
    assert [text for text in texts if text.startswith("完成") and "/" in text] == [
        "完成1/3", "完成5/5", "完成1/3", "完成1/2\n未判1项", "完成1/2", "完成1/4\n未判1项", "完成3/5",
    ]  # fmt: skip
    assert charts["final"]["status_matrix"].alt.endswith("未完成的是第3、10、11、15、16、20项")


def test_what_is_not_judged_is_not_counted_as_short(charts: dict[str, dict[str, Chart]]) -> None:
    texts = [text.get_text() for text in axis_of(charts, "unfilled", "status_matrix").texts]
    assert "未判3项" in texts and not any("符合" in text for text in texts)


def test_long_names_are_shortened_and_still_cover_nothing(midterm: PlanEvaluation) -> None:
    """A plan may name its indicators in a sentence; the chart cuts the name, its data keep it."""

    def renamed(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(name="名称很长的指标" + frame["name"] * 3)

    changed = dataclasses.replace(midterm, verdicts=renamed(midterm.verdicts), targets=renamed(midterm.targets))
    for draw in (status_matrix, progress_tracks, schedule_dots, methods_grid, rule_years_grid, outlook_chart):
        chart = draw(changed)
        assert chart and overlaps(chart) == []
        assert chart.data["name"].str.startswith("名称很长的指标").all()


# Tracks


def test_tracks_are_worst_first_with_their_path_and_figures(charts: dict[str, dict[str, Chart]]) -> None:
    axes = charts["midterm"]["progress_tracks"].figure.axes
    titles = [axis.get_title(loc="left").replace("\n", "|") for axis in axes]
    assert titles == [
        "16 建立党组织的社会组织|个·↓倒退", "11 街道未成年人保护工作站覆盖率|%·▼明显滞后", "15 常住人口拥有社区工作者|人/万·▽略滞后",
        "12 常住人口人均捐赠额|元/人/年·▽略滞后", "19 社会工作专业人才|人·≈基本符合", "17 获得3A及以上等级的社会组织|个·✓符合预期",
        "4 养老机构护理型床位占比|%·↑快于预期", "5 街道综合养老服务中心覆盖率|%·★提前完成", "18 社区社会组织|个·※口径变更",
    ]  # fmt: skip
    path, *goals, figures, changed = axes[0].lines
    assert (list(path.get_xdata()), list(path.get_ydata())) == ([2020, 2023, 2025], [64, 78, 90])
    assert [(line.get_marker(), line.get_xdata()[0], line.get_ydata()[0]) for line in goals] == [("D", 2023, 78), ("D", 2025, 90)]
    assert (list(figures.get_xdata()), figures.get_ydata()[0], figures.get_ydata()[-1]) == ([2020, 2021, 2022, 2023], 64, 61)
    assert to_hex(figures.get_color()) == RED
    assert len(changed.get_xdata()) == 0
    assert [text.get_text() for text in axes[0].texts] == ["64", "61", "90"]


def test_figures_under_another_definition_are_not_joined_to_the_line(charts: dict[str, dict[str, Chart]]) -> None:
    *_, figures, changed = charts["final"]["progress_tracks"].figure.axes[-1].lines
    assert list(figures.get_xdata()) == [2020, 2021, 2022]
    assert (list(changed.get_xdata()), changed.get_marker(), changed.get_markerfacecolor()) == ([2023, 2024, 2025], "s", "white")


def test_a_panel_without_milestone_goes_straight_to_the_target(midterm: PlanEvaluation) -> None:
    def without(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(milestone=frame["milestone"].mask(frame["indicator_id"] == "16"))

    changed = dataclasses.replace(midterm, targets=without(midterm.targets), verdicts=without(midterm.verdicts))
    chart = progress_tracks(changed)
    assert chart
    path, goal, *_ = chart.figure.axes[0].lines
    assert (list(path.get_ydata()), list(goal.get_ydata())) == ([64, 90], [90])


# Pace and completion


def test_pace_stands_at_its_ratio_worst_at_the_top(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    axis = axis_of(charts, "midterm", "schedule_ratios")
    ratios = midterm.verdicts["schedule_ratio"].dropna().sort_values(ascending=False)
    assert [x for _, x in sorted(singles(axis).items())] == pytest.approx(ratios.tolist())
    assert rows_of(axis)[0] == "16 建立党组织的社会组织" and rows_of(axis)[-1] == "4 养老机构护理型床位占比"
    rules = [
        (line.get_xdata()[0], to_hex(line.get_color()))
        for line in axis.lines
        if list(line.get_ydata()) == [0, 1] and len(set(line.get_xdata())) == 1
    ]
    assert rules == [(0.6, "#c3cad3"), (0.95, "#c3cad3"), (1.0, "#1f2933")]
    texts = [text.get_text() for text in axis.texts]
    assert "0.74 ▽略滞后" in texts and "20.1，应为21元/人/年" in texts
    assert "未列时序比：规则类6项、无基期2项、保持类6项、未判2项" in charts["midterm"]["schedule_ratios"].measure


def test_completion_leaves_out_what_is_full(charts: dict[str, dict[str, Chart]], final: PlanEvaluation) -> None:
    chart, axis = charts["final"]["completion_rates"], axis_of(charts, "final", "completion_rates")
    kept = final.verdicts[final.verdicts["completion"].notna() & ~((final.verdicts["target"] == 100) & (final.verdicts["value"] == 100))]
    assert [x for _, x in sorted(singles(axis).items())] == pytest.approx(kept["completion"].sort_values(ascending=False).tolist())
    assert axis.get_xlim()[0] == 0
    assert "目标与结果均为100%的6项" in chart.measure
    shapes = {line.get_marker() for line in axis.lines if len(line.get_xdata()) == 1}
    assert shapes == {"v", "x", "o", "^"}
    assert "98.8% ×未完成" in written(chart) and "16.8，目标17人/万" in written(chart)


# Grids


def cells_of(axis: Axes) -> dict[tuple[int, int], list[str]]:
    """Texts of a grid by row and column, symbol first."""
    found: dict[tuple[int, int], list[str]] = {}
    for text in sorted(axis.texts, key=lambda text: text.get_position()[1]):
        x, y = text.get_position()
        found.setdefault((math.floor(y), math.floor(x)), []).append(text.get_text())
    return found


def test_methods_stand_beside_the_verdict(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    axis = axis_of(charts, "midterm", "methods")
    cells = cells_of(axis)
    assert [cells[0, column] for column in range(6)] == [
        ["↑快于预期"],
        ["●进展顺利"],
        ["●可如期实现"],
        ["●显著进展"],
        ["○中等改善"],
        ["▽滞后"],
    ]
    assert [cells[2, column] for column in range(6)] == [["▼明显滞后"], ["—"], ["—"], ["—"], ["○中等改善"], ["▽滞后"]]
    flagged = [row for (row, column), words in cells.items() if column == 6 and words == ["结论不一"]]
    names = rows_of(axis)
    odd = midterm.verdicts[midterm.verdicts["methods_disagree"]]
    assert [names[row] for row in flagged] == (odd["indicator_id"] + " " + odd["name"]).tolist()


def test_rules_by_year(charts: dict[str, dict[str, Chart]]) -> None:
    axis = axis_of(charts, "midterm", "rule_years")
    cells, names = cells_of(axis), rows_of(axis)
    assert names[:3] == ["1 城乡低保标准年度增速%", "2 特困人员基本生活供养标准元/人/月", "3 特困人员照料护理标准全自理，元/人/月"]
    assert names[5] == "9 孤儿生活保障标准年增速，%"
    assert cells[0, 0] == ["●达标", "5.2/−1.4"] and cells[0, 1] == ["×未达标", "5.6/8.6"]
    assert cells[1, 2] == ["●达标", "1,805/1,804.8"]
    assert len(cells) == 27
    unfilled = cells_of(axis_of(charts, "unfilled", "rule_years"))
    assert unfilled[1, 0] == ["●达标", "1,792/1,792"] and unfilled[1, 2] == ["…缺数", "…/1,980.8"]


def with_rules(evaluation: PlanEvaluation, **changes: Any) -> PlanEvaluation:
    """An evaluation whose rule years have the first row changed."""
    copy = dataclasses.replace(evaluation)
    frame = evaluation.rule_years.copy()
    for name, value in changes.items():
        frame.loc[frame.index[0], name] = value
    copy.__dict__["rule_years"] = frame
    return copy


def test_a_year_broken_on_a_day_within_it_has_a_star(midterm: PlanEvaluation) -> None:
    chart = rule_years_grid(with_rules(midterm, held=0.0))
    assert chart and cells_of(chart.figure.axes[0])[0, 0] == ["×未达标", "5.2/−1.4＊"]
    assert "＊年末已达到，年内曾未达到" in chart.measure
    other = rule_years_grid(with_rules(midterm, held=0.0, rule_comparison="equal"))
    assert other and "＊" not in other.measure


def test_rules_all_met_and_all_unknown(midterm: PlanEvaluation) -> None:
    for held, finding in ((1.0, "9行规则，各年都达标"), (float("nan"), "9行规则各年都缺数，不能判断")):
        copy = dataclasses.replace(midterm)
        copy.__dict__["rule_years"] = midterm.rule_years.assign(held=held)
        chart = rule_years_grid(copy)
        assert chart and chart.finding == finding


def test_scores(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    axis = axis_of(charts, "midterm", "category_scores")
    rows = midterm.categories
    assert rows_of(axis) == rows["category"].tolist()
    assert [x for _, x in sorted(singles(axis, "|").items())] == pytest.approx(rows["minimum"].tolist())
    hollow = [line for line in axis.lines if len(line.get_xdata()) == 1 and line.get_markerfacecolor() == "white"]
    assert [line.get_xdata()[0] for line in hollow] == pytest.approx(rows["geometric"].tolist())
    assert [x for _, x in sorted(singles(axis, "o").items())] == pytest.approx(rows["arithmetic"].tolist())
    bars = [line for line in axis.lines if line.get_linewidth() == 7]
    assert [list(bar.get_xdata()) for bar in bars] == rows[["if_missing_failed", "if_missing_met"]].to_numpy().tolist()
    vetoes = [text.get_text() for text in axis.texts if text.get_text() in ("×1项", "—")]
    assert vetoes == ["×1项", "×1项", "×1项", "—", "×1项", "—", "—"]


def test_coverage_shows_what_there_is(charts: dict[str, dict[str, Chart]], unfilled: PlanEvaluation) -> None:
    axis = axis_of(charts, "unfilled", "data_coverage")
    cells, names = cells_of(axis), rows_of(axis)
    assert len(names) == 27 + 8
    marks = {(names[row], column): words[0] for (row, column), words in cells.items() if words[0] in "●○△…"}
    public = {place for place, mark in marks.items() if mark == "△"}
    assert ("2 特困人员基本生活供养标准", 0) in public and ("本地最低工资标准", 0) in public
    assert len(public) == 6 and list(marks.values()).count("…") == 99
    assert "△公开数据待核实6" in charts["unfilled"]["data_coverage"].measure


def test_a_preliminary_figure_is_hollow(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    data = charts["midterm"]["data_coverage"].data
    tentative = data[data["coverage"] == "○"]
    assert tentative[["series", "year"]].values.tolist() == [["12", 2023]]
    missing = data[data["coverage"] == "…"]
    assert missing[["series", "year"]].values.tolist() == [["23", 2023]]


# Ahead


def test_scenario_and_value_are_shares_of_the_target(charts: dict[str, dict[str, Chart]], midterm: PlanEvaluation) -> None:
    axis = axis_of(charts, "midterm", "outlook")
    rows = midterm.outlook.assign(share=midterm.outlook["same_pace"] / midterm.outlook["target"]).sort_values(
        "share", ascending=False, kind="stable"
    )
    dashed = [list(line.get_xdata()) for line in axis.lines if line.get_linestyle() == "--" and len(line.get_xdata()) == 2]
    assert np.array(dashed) == pytest.approx(rows[["value", "same_pace"]].div(rows["target"], axis=0).to_numpy())
    assert set(singles(axis, "D").values()) == {1.0}
    assert "情景：按既有步伐推算到2025年，不是预测" in charts["midterm"]["outlook"].measure
    assert "推算→" in [text.get_text() for text in axis.texts]
    assert "20.1→推算21.83，目标26元/人/年" in [text.get_text() for text in axis.texts]


def test_a_lower_target_is_a_share_the_other_way_round(midterm: PlanEvaluation) -> None:
    """A figure of 20 against a target of at most 10 is half of the way, not twice."""
    copy = dataclasses.replace(midterm, targets=midterm.targets.assign(direction="lower"))
    copy.__dict__["outlook"] = midterm.outlook.iloc[:1].assign(value=20.0, same_pace=16.0, target=10.0)
    chart = outlook_chart(copy)
    assert chart and chart.data[["value_share", "same_pace_share"]].values.tolist() == [[0.5, 0.625]]


def test_outcome_beside_scenario(charts: dict[str, dict[str, Chart]]) -> None:
    chart, axis = charts["final"]["outcome"], axis_of(charts, "final", "outcome")
    filled = [
        line for line in axis.lines if len(line.get_xdata()) == 1 and line.get_marker() == "o" and line.get_markerfacecolor() != "white"
    ]
    assert [line.get_xdata()[0] for line in filled] == pytest.approx(chart.data["outcome_share"].tolist())
    assert [to_hex(line.get_color()) for line in filled] == [style.STATUS_MARKS[status][1] for status in chart.data["status"]]
    assert rows_of(axis)[0] == "16 建立党组织的社会组织"
    assert "推算69.44，实际91.67%" in [text.get_text() for text in axis.texts]
    assert chart.sources.count("监测数据") == 2
