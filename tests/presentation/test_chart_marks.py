"""Every mark of a chart stands where its figure is, beside its own label, in the colour that its meaning has."""

from __future__ import annotations

import dataclasses
from typing import Any

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from analysis.assessment.density import DensityChange
from analysis.assessment.final import FinalEvaluation
from analysis.audit.source_audit import audit_summary, figure_checks
from analysis.presentation import wording
from analysis.presentation.charts.audit import audit_verdicts
from analysis.presentation.charts.periods import density_decomposition, period_changes
from analysis.presentation.charts.verdicts import base_to_target, completion_dots, verdict_matrix

# Written out here: a change of the style must be meant.
COLOURS = {"未完成": "#b3261e", "无法评估": "#5f6b7a", "基本完成": "#c08a2e", "完成": "#6497c3", "超额完成": "#0f4c81"}
SYMBOLS = {"未完成": "×", "无法评估": "…", "基本完成": "○", "完成": "●", "超额完成": "▲"}
MARKERS = {"未完成": "x", "完成": "o", "超额完成": "^"}
AUDIT_COLOURS = {"一致": "#9fb8ce", "四舍五入内": "#6497c3", "不一致": "#b3261e", "无法核对": "#d9b46a"}
INK, RULE, MUTED = "#1f2933", "#c3cad3", "#5f6b7a"
PLACE, PERIOD = "某区", "2016—2020年"


def labels(axis: Axes) -> dict[float, str]:
    """Labels of the y axis by position, without line breaks."""
    return {position: text.get_text().replace("\n", "") for position, text in zip(axis.get_yticks(), axis.get_yticklabels(), strict=True)}


def singles(axis: Axes) -> dict[float, Any]:
    """Lines of one point, by their height."""
    return {float(line.get_ydata()[0]): line for line in axis.lines if len(line.get_xdata()) == 1}


def texts(axis: Axes) -> dict[float, str]:
    return {round(float(text.get_position()[1]), 3): text.get_text() for text in axis.texts}


def uprights(axis: Axes) -> list[tuple[float, str]]:
    """Vertical rules: where they stand, and their colour."""
    lines = [line for line in axis.lines if list(line.get_ydata()) == [0, 1] and line.get_xdata()[0] == line.get_xdata()[1]]
    return [(float(line.get_xdata()[0]), to_hex(line.get_color())) for line in lines]


def test_completion_dots_stand_beside_their_own_label_and_figure(evaluation: FinalEvaluation) -> None:
    axis = completion_dots(evaluation.verdicts, evaluation.deposit, PLACE, PERIOD).figure.axes[0]
    names, marks, figures = labels(axis), singles(axis), texts(axis)
    frame = evaluation.verdicts
    twice = frame["name"].duplicated(keep=False)
    rows = frame.assign(label=frame["name"].where(~twice, frame["name"] + "（" + frame["unit"] + "）")).set_index("label")
    assert len(names) == len(marks) == len(figures) == 12
    for position, name in names.items():
        row, mark = rows.loc[name], marks[position]
        assert float(mark.get_xdata()[0]) == pytest.approx(100 * row["value"] / row["target"])
        assert to_hex(mark.get_color()) == COLOURS[row["status"]]
        assert mark.get_marker() == MARKERS[row["status"]]
        both = [wording.number(row[column], 2) for column in ("value", "target")]
        written = f"{both[0]}%÷{both[1]}%" if row["unit"] == "%" else f"{both[0]}÷{both[1]}{row['unit']}"
        assert figures[position] == f"{wording.percent(row['completion'])}（{written}）"


def test_completion_is_worst_at_the_top_against_a_rule_at_one_hundred(evaluation: FinalEvaluation) -> None:
    axis = completion_dots(evaluation.verdicts, evaluation.deposit, PLACE, PERIOD).figure.axes[0]
    marks = singles(axis)
    heights = [float(marks[position].get_xdata()[0]) for position in sorted(marks)]
    assert heights == sorted(heights, reverse=True)
    assert axis.get_ylim() == (-0.6, 11.6)
    assert uprights(axis) == [(100.0, INK)]
    assert dict(zip(axis.get_xticks(), [text.get_text() for text in axis.get_xticklabels()], strict=True))[100] == "100%"


def periods_frame() -> pd.DataFrame:
    rows = [
        (1, "甲", 10, 20, ""),
        (2, "乙", 10, 5, ""),
        (3, "丙", 10, 40, "口径变化（待核实）"),
        (4, "丁", 10, 10, ""),
        (5, "戊", 1, 2, ""),
    ]
    frame = pd.DataFrame(rows, columns=["number", "name", "earlier", "later", "definition_break"])
    ratio = frame["later"] / frame["earlier"]
    kind = ["flow"] * 4 + ["stock"]
    return frame.assign(unit="宗", measure=kind, ratio=ratio, change_percent=(ratio - 1) * 100)


def test_period_marks_stand_beside_their_own_label_and_change(evaluation: FinalEvaluation) -> None:
    chart = period_changes(periods_frame(), "flow", evaluation.deposit, PLACE)
    axis = chart.figure.axes[0]
    assert labels(axis) == {0: "乙", 1: "丁", 2: "甲", 3: "丙"}
    assert {position: float(mark.get_xdata()[0]) for position, mark in singles(axis).items()} == {0: 0.5, 1: 1, 2: 2, 3: 4}
    assert texts(axis) == {0: "−50.0%", 1: "0.0%", 2: "+100.0%", 3: "+300.0%*"}
    assert uprights(axis) == [(1.0, INK)]
    assert chart.finding == "可比的3项年均量1升1降1平"
    assert chart.alt.endswith("升幅最大的是甲+100.0%，降幅最大的是乙−50.0%")


def test_a_period_that_may_not_be_comparable_is_hollow_and_grey(evaluation: FinalEvaluation) -> None:
    marks = singles(period_changes(periods_frame(), "flow", evaluation.deposit, PLACE).figure.axes[0])
    faces = {position: (to_hex(mark.get_markerfacecolor()), to_hex(mark.get_markeredgecolor())) for position, mark in marks.items()}
    full = (COLOURS["超额完成"], COLOURS["超额完成"])
    assert faces == {0: full, 1: full, 2: full, 3: ("#ffffff", MUTED)}


def matrix(evaluation: FinalEvaluation, verdicts: pd.DataFrame) -> Axes:
    return verdict_matrix(verdicts, evaluation.deposit, PLACE, PERIOD).figure.axes[0]


def test_matrix_tiles_have_number_symbol_and_colour_of_their_indicator(evaluation: FinalEvaluation) -> None:
    verdicts = evaluation.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "3", "status"] = "无法评估"
    axis = matrix(evaluation, verdicts)
    tiles = {(round(tile.get_x() - 0.06), round(tile.get_y() - 0.1)): to_hex(tile.get_facecolor()) for tile in axis.patches}
    words = {text.get_position(): text.get_text() for text in axis.texts}
    assert len(tiles) == 26
    seen: dict[str, int] = {}
    categories = list(dict.fromkeys(verdicts["category"]))
    for row in verdicts.to_dict("records"):
        column, line = seen.get(row["category"], 0), categories.index(row["category"])
        seen[row["category"]] = column + 1
        assert tiles[column, line] == COLOURS[row["status"]]
        assert words[column + 0.5, line + 0.52] == f"{SYMBOLS[row['status']]}{row['indicator_id']}"


def test_matrix_rows_are_the_categories_from_the_top(evaluation: FinalEvaluation) -> None:
    axis = matrix(evaluation, evaluation.verdicts)
    assert list(labels(axis).values()) == ["养老服务", "公益慈善", "社区治理", "社会组织", "社会事务"]
    assert axis.get_ylim() == (5, 0)
    sums = {text.get_position()[1]: text.get_text() for text in axis.texts if text.get_position()[0] > 8}
    assert sums == {0.52: "完成4/5", 1.52: "完成3/3", 2.52: "完成3/3", 3.52: "完成6/8", 4.52: "完成7/7"}


def test_base_result_and_target_of_every_panel(evaluation: FinalEvaluation) -> None:
    axes = base_to_target(evaluation.progress, evaluation.deposit, PLACE).figure.axes
    assert len(axes) == len(evaluation.progress) == 4
    for axis, row in zip(axes, evaluation.progress.to_dict("records"), strict=True):
        way, result, target = axis.lines
        assert list(way.get_ydata()) == [row["base"], row["target"]]
        assert list(result.get_ydata()) == [row["base"], row["value"]]
        assert (list(target.get_xdata()), list(target.get_ydata()), target.get_marker()) == ([1], [row["target"]], "D")
        short = row["value"] < row["target"]
        assert to_hex(result.get_color()) == COLOURS["未完成" if short else "超额完成"]
        assert axis.get_ylim()[0] == 0
        assert row["unit"] in axis.get_title(loc="left")
    shown = [[text.get_text() for text in axis.texts] for axis in axes]
    assert shown == [["12.5", "15.6", "40"], ["1,238", "2,433", "1,500"], ["1.25", "1.45", "1.2"], ["27", "29", "50"]]
    assert [axis.get_title(loc="left").split("·")[-1] for axis in axes] == ["走完11%", "高于目标", "起点已过目标", "走完9%"]


def test_density_bars_beds_above_elders_above_density(evaluation: FinalEvaluation) -> None:
    change = DensityChange(2015, 2020, (1000.0, 1500.0), (50_000.0, 60_000.0), 40.0)
    axis = density_decomposition(change, evaluation.deposit, PLACE).figure.axes[0]
    assert labels(axis) == {2: "养老床位（张）", 1: "60周岁以上户籍长者（人）", 0: "每千名长者床位（张）"}
    bars = {round(bar.get_y() + bar.get_height() / 2): (bar.get_width(), to_hex(bar.get_facecolor())) for bar in axis.patches}
    assert {position: width for position, (width, _) in bars.items()} == pytest.approx({2: 50, 1: 20, 0: 25})
    assert [bars[position][1] for position in (2, 1, 0)] == [RULE, RULE, COLOURS["超额完成"]]
    beside = texts(axis)
    assert beside[2] == "+50.0%（1,000→1,500）"
    assert beside[0] == "+25.0%（20→25）"
    assert beside[0.42] == "目标40张，需+100%"
    assert [float(mark.get_xdata()[0]) for mark in singles(axis).values()] == pytest.approx([100])


def test_audit_segments_have_the_length_and_colour_of_their_verdict(evaluation: FinalEvaluation) -> None:
    summary = audit_summary(figure_checks(evaluation.audit))
    axis = audit_verdicts(summary, evaluation.deposit, PLACE).figure.axes[0]
    rows = labels(axis)
    assert list(rows.values()) == summary.index[:-1][::-1].tolist()
    starts = dict.fromkeys(rows, 0)
    for bars, (verdict, colour) in zip(axis.containers, AUDIT_COLOURS.items(), strict=True):
        assert bars.get_label() == f"{verdict}{summary.at['合计', verdict]}"
        for position, bar in enumerate(bars):
            assert bar.get_width() == summary.at[rows[position], verdict]
            assert bar.get_x() == starts[position]
            assert to_hex(bar.get_facecolor()) == colour
            starts[position] += bar.get_width()
    ends = [text.get_text() for text in axis.texts if text.get_ha() == "left"]
    odd = [f"　×{count}" if count else "" for count in summary["不一致"][:-1][::-1]]
    assert ends == [f"{count}{mark}" for count, mark in zip(summary["合计"][:-1][::-1], odd, strict=True)]


def test_the_source_stands_under_a_chart_without_doubt_where_the_original_was_seen(evaluation: FinalEvaluation) -> None:
    side = evaluation.deposit.sidecar.model_copy(update={"reliability": "原件已核对"})
    chart = verdict_matrix(evaluation.verdicts, dataclasses.replace(evaluation.deposit, sidecar=side), PLACE, PERIOD)
    assert chart.sources == f"来源：{side.issuer}《{side.title}》（{side.document_number}）"
