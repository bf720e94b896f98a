"""Charts draw the numbers they are handed, say so in words, and refuse what would be illegible."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analysis.assessment.final import FinalEvaluation
from analysis.audit.source_audit import audit_summary, figure_checks
from analysis.presentation.charts.audit import audit_verdicts
from analysis.presentation.charts.chart import CHART_MIME, Chart, canvas, finish
from analysis.presentation.charts.periods import density_decomposition, period_changes
from analysis.presentation.charts.verdicts import base_to_target, completion_dots, verdict_matrix

PLACE, PERIOD = "广州市越秀区", "2016—2020年"
CHARTS: dict[str, Callable[[FinalEvaluation], Chart]] = {
    "verdict_matrix": lambda e: verdict_matrix(e.verdicts, e.deposit, PLACE, PERIOD),
    "completion_rates": lambda e: completion_dots(e.verdicts, e.deposit, PLACE, PERIOD),
    "base_to_target": lambda e: base_to_target(e.progress, e.deposit, PLACE),
    "period_flows": lambda e: period_changes(e.periods, "flow", e.deposit, PLACE),
    "period_stocks": lambda e: period_changes(e.periods, "stock", e.deposit, PLACE),
    "bed_density": lambda e: density_decomposition(e.density, e.deposit, PLACE),
    "audit_verdicts": lambda e: audit_verdicts(audit_summary(figure_checks(e.audit)), e.deposit, PLACE),
}
FINDINGS = {
    "verdict_matrix": "26项指标完成23项，3项未完成",
    "completion_rates": "未完成的3项，完成率不到七成",
    "base_to_target": "4项有基期，2项走不到一半，1项起点已过目标",
    "period_flows": "可比的16项年均量14升2降",
    "period_stocks": "可比的13项期末量9升2降2平",
    "bed_density": "床位增长51%，密度增长25%",
    "audit_verdicts": "261项数字核对，6项不一致",
}


@pytest.fixture(scope="module")
def charts(evaluation: FinalEvaluation) -> dict[str, Chart]:
    return {name: draw(evaluation) for name, draw in CHARTS.items()}


def texts(chart: Chart) -> str:
    from matplotlib.text import Text

    return "\n".join(text.get_text() for text in chart.figure.findobj(Text) if text.get_text())


@pytest.mark.parametrize("name", CHARTS)
def test_words(charts: dict[str, Chart], name: str) -> None:
    chart = charts[name]
    assert chart.name == name
    assert chart.finding == FINDINGS[name]
    assert len(chart.alt) > 15
    shown = texts(chart)
    for words in (chart.finding, chart.measure, chart.sources):
        assert words in shown
    assert "待核实" in chart.sources


@pytest.mark.parametrize("name", CHARTS)
def test_bundle_holds_data_but_vector_only_on_demand(charts: dict[str, Chart], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MINZHENG_VECTOR_FIGURES", raising=False)
    bundle, _ = charts[name]._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png", CHART_MIME}
    assert bundle["image/png"].startswith(b"\x89PNG")
    assert bundle[CHART_MIME]["csv"].count("\n") == len(charts[name].data) + 1
    monkeypatch.setenv("MINZHENG_VECTOR_FIGURES", "1")
    assert "<svg" in charts[name]._repr_mimebundle_()[0]["image/svg+xml"]


@pytest.mark.parametrize("name", ["verdict_matrix", "period_flows"])
def test_same_input_same_bytes(evaluation: FinalEvaluation, charts: dict[str, Chart], name: str) -> None:
    again = CHARTS[name](evaluation)
    assert again.svg() == charts[name].svg()
    assert again.png() == charts[name].png()
    assert not re.search(r"\d{4}-\d\d-\d\dT", again.svg())


def marks(chart: Chart, axis: int = 0) -> list[tuple[float, float]]:
    """Positions of the single marks drawn on an axis."""
    return [
        (float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in chart.figure.axes[axis].lines if len(line.get_xdata()) == 1
    ]


def test_completion_dots_stand_where_the_rates_are(charts: dict[str, Chart], evaluation: FinalEvaluation) -> None:
    chart = charts["completion_rates"]
    assert [x for x, _ in marks(chart)] == pytest.approx((chart.data["completion"] * 100).tolist())
    assert len(chart.data) == 26 - 14
    assert chart.data.iloc[-1]["indicator_id"] == "1"  # worst at the top
    assert "40%（16÷40张）" in texts(chart)


def test_period_marks_stand_where_the_ratios_are(charts: dict[str, Chart]) -> None:
    for name in ("period_flows", "period_stocks"):
        chart = charts[name]
        assert [x for x, _ in marks(chart)] == pytest.approx(chart.data["ratio"].tolist())
    hollow = [line for line in charts["period_flows"].figure.axes[0].lines if line.get_markerfacecolor() == "white"]
    assert len(hollow) == 3


def test_matrix_has_a_tile_for_every_indicator(charts: dict[str, Chart]) -> None:
    shown = texts(charts["verdict_matrix"])
    assert len(charts["verdict_matrix"].figure.axes[0].patches) == 26
    for number in ("×1", "×13", "×14", "▲7", "●26"):
        assert number in shown
    assert "完成6/8" in shown


def test_bars_start_at_zero(charts: dict[str, Chart]) -> None:
    for name in ("bed_density", "audit_verdicts"):
        assert charts[name].figure.axes[0].get_xlim()[0] == 0


def test_audit_bars_add_up(charts: dict[str, Chart]) -> None:
    widths = sum(patch.get_width() for patch in charts["audit_verdicts"].figure.axes[0].patches)
    assert widths == 261


def finished(evaluation: FinalEvaluation, **changes: Any) -> Chart:
    figure, axis = canvas(1.0, 1.0)
    axis.plot([0, 1], [0, 1])
    words: dict[str, Any] = {
        "name": "trial", "data": pd.DataFrame({"x": [1]}), "finding": "结论", "measure": "度量", "sources": [evaluation.deposit], "alt": "说明",
    }  # fmt: skip
    return finish(figure, **(words | changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"finding": " "}, "结论"),
        ({"finding": "长" * 25}, "超过24字"),
        ({"alt": ""}, "替代文字"),
        ({"sources": []}, "来源"),
        ({"name": "图一"}, "文件名"),
        ({"measure": "缺字𠮷"}, "字体缺字"),
        ({"measure": "很长的度量" * 20}, "超出画面"),
    ],
)
def test_what_finish_refuses(evaluation: FinalEvaluation, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        finished(evaluation, **changes)


def test_colours_are_told_apart_in_grey() -> None:
    """Verdict colours differ in lightness, so a grey print still tells them apart, and each has its own symbol."""
    from matplotlib.colors import to_rgb

    from analysis.presentation.style import EXCEEDED_COLOUR, MET_COLOUR, STATUS_MARKS

    def grey(colour: str) -> float:
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(MET_COLOUR) - grey(EXCEEDED_COLOUR)) > 0.15
    assert len({symbol for symbol, _ in STATUS_MARKS.values()}) == len(STATUS_MARKS)
