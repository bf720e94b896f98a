"""Every chart of the house as drawn: words apart from each other, readable on what lies behind them, colours told apart."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

import analysis as an
from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.presentation import style
from analysis.presentation.charts.chart import Chart, canvas, finish

Drawing = Callable[[], Chart | None]
OF_AN_EVALUATION = (
    "status_matrix", "score_ranges", "methods_grid", "progress_tracks", "schedule_dots", "rule_years_grid", "outlook_chart",
    "attainment_chart", "coverage_grid",
)  # fmt: skip
SMALLEST_POINTS = 6.5


def midterm() -> PlanEvaluation:
    return evaluate_plan("demo-14", 2023, monitoring_edition="2024-03-31")


def _drawings() -> dict[str, Drawing]:
    found: dict[str, Drawing] = {}
    evaluations = {
        "midterm": midterm(),
        "final": evaluate_plan("demo-14", 2025, monitoring_edition="2026-03-31"),
        "unfilled": evaluate_plan("yuexiu-14", 2023, monitoring_edition="none"),
    }
    for name, evaluation in evaluations.items():
        for chart in OF_AN_EVALUATION:
            found[f"{name} {chart}"] = lambda chart=chart, evaluation=evaluation: getattr(an, chart)(evaluation)
        if evaluation.ageing:
            found[f"{name} ageing"] = lambda evaluation=evaluation: an.ageing_path_chart(evaluation.ageing)
        if evaluation.care_beds:
            found[f"{name} gap"] = lambda evaluation=evaluation: an.care_bed_gap_matrix(evaluation.care_beds)
    found["outcome"] = lambda: an.outcome_chart(evaluations["midterm"], evaluations["final"])
    printed = an.evaluate_final("yuexiu-13", 2020)
    given, place = printed.deposit, printed.plan.header.place
    found |= {
        "13 matrix": lambda: an.verdict_matrix(printed.verdicts, given, place, "2016—2020年"),
        "13 dots": lambda: an.completion_dots(printed.verdicts, given, place, "2016—2020年"),
        "13 slopes": lambda: an.base_to_target(printed.progress, given, place),
        "13 density": lambda: an.density_decomposition(printed.density, given, place),
        "13 flows": lambda: an.period_changes(printed.periods, "flow", given, place),
        "13 stocks": lambda: an.period_changes(printed.periods, "stock", given, place),
        "13 audit": lambda: an.audit_verdicts(an.audit_summary(an.figure_checks(printed.audit)), given, place),
    }
    ageing, beds = an.project_ageing("yuexiu-14"), an.project_care_beds("yuexiu-14")
    found |= {"ageing scenarios": lambda: an.ageing_scenario_chart(ageing)}
    for chart in ("care_bed_approaches", "care_bed_lines", "care_bed_tornado", "care_bed_requests"):
        found[chart] = lambda chart=chart: getattr(an, chart)(beds)
    for plan in ("yuexiu-14", "demo-14"):
        donations = an.project_donations(plan)
        for chart in ("donation_path", "donation_chance_grid", "donation_decomposition", "donation_periods"):
            found[f"{plan} {chart}"] = lambda chart=chart, donations=donations: getattr(an, chart)(donations)
    public = an.load_deposit("public-figures")
    found["shape"] = lambda: an.ageing_shape_chart(an.ageing_shape("yuexiu-14"), [public], "所在城市")
    found["disability"] = lambda: an.disability_definitions_chart(an.disability_definitions("latest"), public)
    return found


@pytest.fixture(scope="module")
def charts() -> dict[str, Chart]:
    drawn = {name: draw() for name, draw in _drawings().items()}
    return {name: chart for name, chart in drawn.items() if chart is not None}


def shown(chart: Chart) -> list[Text]:
    """Texts that a reader sees; matplotlib keeps labels of ticks outside the axis, which it does not draw."""
    hidden = set()
    for axes in chart.figure.axes:
        for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
                if not min(limits) - 1e-9 <= tick.get_loc() <= max(limits) + 1e-9:
                    hidden |= {id(tick.label1), id(tick.label2)}
    texts = [text for text in chart.figure.findobj(Text) if isinstance(text, Text)]
    return [text for text in texts if id(text) not in hidden and text.get_visible() and text.get_text().strip()]


def overlaps(chart: Chart) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes cover each other by more than a pixel."""
    FigureCanvasAgg(chart.figure).draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in shown(chart)]
    return [
        (first, second)
        for (first, a), (second, b) in itertools.combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1.5
    ]


def luminance(colours: np.ndarray) -> np.ndarray:
    """Relative luminance of sRGB colours (WCAG 2.2)."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(ink: str, ground: np.ndarray) -> np.ndarray:
    one, other = luminance(np.asarray(to_rgb(ink))), luminance(ground)
    return (np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)


def faint(chart: Chart) -> list[tuple[str, float]]:
    """Texts whose contrast with the picture behind them is below 4.5 : 1 on more than a tenth of their box."""
    surface = FigureCanvasAgg(chart.figure)
    surface.draw()
    texts = [(text, text.get_window_extent(), text.get_alpha()) for text in shown(chart)]
    for text, _, _ in texts:
        text.set_alpha(0)  # the frame behind a text stays
    surface.draw()
    picture = np.asarray(surface.buffer_rgba())[:, :, :3] / 255
    found = []
    for text, box, alpha in texts:
        text.set_alpha(alpha)
        rows = slice(max(0, int(len(picture) - box.y1)), int(np.ceil(len(picture) - box.y0)))
        behind = picture[rows, max(0, int(box.x0)) : int(np.ceil(box.x1))].reshape(-1, 3)
        worst = float(np.percentile(contrast(text.get_color(), behind), 10))
        if worst < 4.5:
            found.append((text.get_text(), round(worst, 2)))
    return found


def test_the_house_has_its_kinds_of_chart(charts: dict[str, Chart]) -> None:
    assert {
        "progress_tracks", "completion_rates", "status_matrix", "ageing_path", "care_bed_gap", "care_bed_tornado",
        "donation_decomposition", "base_to_target",
    } <= {chart.name for chart in charts.values()}  # fmt: skip


def test_no_words_lie_over_others(charts: dict[str, Chart]) -> None:
    assert {name: found for name, chart in charts.items() if (found := overlaps(chart))} == {}


def test_words_can_be_read_on_what_lies_behind_them(charts: dict[str, Chart]) -> None:
    assert {name: found for name, chart in charts.items() if (found := faint(chart))} == {}


def test_words_are_large_enough_and_in_the_shipped_font(charts: dict[str, Chart]) -> None:
    for name, chart in charts.items():
        assert min(text.get_fontsize() for text in shown(chart)) >= SMALLEST_POINTS, name
        assert {family for text in shown(chart) for family in text.get_fontfamily()} == {style.FAMILY}, name


def test_the_checks_see_what_is_wrong() -> None:
    import pandas as pd

    figure, axis = canvas(1.0, 0.5)
    axis.set(xticks=[], yticks=[])
    axis.text(0.3, 0.5, "甲甲甲甲")
    axis.text(0.31, 0.5, "乙乙乙乙")
    axis.text(0.8, 0.5, "淡", color="#9aa5b1")
    deposit = an.load_deposit("public-figures")
    chart = finish(figure, name="x", data=pd.DataFrame({"v": [1]}), finding="甲", measure="乙", sources=[deposit], alt="丙")
    assert overlaps(chart) == [("甲甲甲甲", "乙乙乙乙")]
    assert [words for words, _ in faint(chart)] == ["淡"]


# Machado, Oliveira & Fernandes (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
FILLS = (style.MISSED_COLOUR, style.DOUBT_COLOUR, style.MET_COLOUR, style.EXCEEDED_COLOUR)


@pytest.mark.parametrize("kind", DEFICIENCIES)
def test_verdict_colours_stay_apart_for_the_colour_blind(kind: str) -> None:
    def seen(colour: str) -> np.ndarray:
        rgb = np.asarray(to_rgb(colour))
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        mixed = np.clip(np.asarray(DEFICIENCIES[kind]) @ linear, 0, 1)
        shown_: np.ndarray = np.where(mixed <= 0.0031308, mixed * 12.92, 1.055 * mixed ** (1 / 2.4) - 0.055)
        return shown_

    for first, second in itertools.combinations(FILLS, 2):
        assert np.linalg.norm(seen(first) - seen(second)) > 0.2, (first, second)


@pytest.mark.parametrize("fill", sorted({colour for _, colour in (*style.STATUS_MARKS.values(), *style.OUTCOME_MARKS.values())}))
def test_words_on_a_fill_and_in_its_colour_can_be_read(fill: str) -> None:
    assert contrast(style.words_on(fill), np.asarray(to_rgb(fill))) >= 4.5
    assert contrast(style.words_in(fill), np.ones(3)) >= 4.5
    assert contrast(fill, np.ones(3)) >= 3.0  # marks without words
