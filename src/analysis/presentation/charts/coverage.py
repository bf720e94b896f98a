"""Chart of the data themselves: for which year which row has a figure, and how firm it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.archive.forms import CONTEXT_CATEGORY, DATA_STATUSES
from analysis.observations.monitoring_form import monitoring_form
from analysis.presentation import style, wording
from analysis.presentation.charts.captions import SUBTITLE_INCHES, scope, shortened, subtitle, title_of
from analysis.presentation.charts.chart import Chart, canvas, finish
from analysis.presentation.charts.grids import Cell, draw_grid
from analysis.vocabulary.marks import UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation

_ROW_INCHES, _LEFT_INCHES, _LABEL_EMS = 0.235, 3.55, 26
FIRM, TENTATIVE, PUBLIC, MISSING = "●", "○", "△", wording.MISSING_MARK
_COLOURS = {FIRM: style.EXCEEDED_COLOUR, TENTATIVE: style.EXCEEDED_COLOUR, PUBLIC: style.DOUBT_COLOUR, MISSING: style.MISSED_COLOUR}


def coverage_grid(evaluation: PlanEvaluation) -> Chart:
    """Draw each indicator row and context series by year: official, tentative, public but unverified, or missing."""
    data = figures_by_year(evaluation)
    rows = data.drop_duplicates(["series", "part"]).reset_index(drop=True)
    years = sorted(data["year"].unique())
    places = {(row["series"], row["part"]): position for position, row in enumerate(rows.to_dict("records"))}
    cells = {
        (places[row["series"], row["part"]], years.index(row["year"])): Cell(row["coverage"], colour=_COLOURS[row["coverage"]])
        for row in data.to_dict("records")
    }
    figure, axis = canvas(_ROW_INCHES * len(rows), left_inches=_LEFT_INCHES, right_inches=0.6, panel_title_inches=SUBTITLE_INCHES + 0.12)
    labels = [
        shortened(title_of({"indicator_id": row["label"], "name": row["name"], "part": row["part"]}).strip(), _LABEL_EMS)
        for row in rows.to_dict("records")
    ]
    draw_grid(axis, labels, [f"{year}年" for year in years], cells, size=9, label_size=7.5)
    _name_categories(axis, rows)
    missing = int((data["coverage"] == MISSING).sum())
    counts = data["coverage"].value_counts()
    titles = {FIRM: "正式", TENTATIVE: "初步或估算", PUBLIC: f"公开数据{UNVERIFIED}", MISSING: "缺"}
    legend = "　".join(f"{mark}{title}{counts.get(mark, 0)}" for mark, title in titles.items())
    return finish(
        figure,
        name="data_coverage",
        data=data.drop(columns="label"),
        finding=f"应有{len(data)}个年度数，缺{missing}个" if missing else f"{len(data)}个年度数齐全",
        measure=subtitle(scope(evaluation), legend),
        sources=evaluation.deposits,
        alt=f"{len(rows)}行、{years[0]}—{years[-1]}年的数据：{legend.replace('　', '，')}",
    )


def figures_by_year(evaluation: PlanEvaluation) -> pd.DataFrame:
    """Return one row a series, part and year up to the data's: ``coverage``, ``value``, and who fills it in (``data_owner``)."""
    import pandas as pd

    form = monitoring_form(evaluation.plan.header.id)
    readings = evaluation.monitoring.readings
    found = {(row["series"], row["part"], row["year"]): row for row in readings.to_dict("records")}
    rows = []
    for row in (*form.rows_of("indicator"), *form.rows_of("context")):
        for year in form.years:
            if year > evaluation.data_year:
                continue
            reading = found.get((row.series, row.part, year))
            rows.append(
                {
                    "category": CONTEXT_CATEGORY if row.is_context else row.category,
                    "series": row.series,
                    "label": "" if row.is_context else row.series,
                    "part": row.part,
                    "name": row.name,
                    "unit": row.unit,
                    "year": year,
                    "value": reading["value"] if reading else float("nan"),
                    "coverage": _mark(reading),
                    "data_owner": row.data_owner,
                }
            )
    return pd.DataFrame(rows)


def _mark(reading: dict[str, Any] | None) -> str:
    if reading is None:
        return MISSING
    if reading["reliability"] == UNVERIFIED:
        return PUBLIC
    return FIRM if reading["data_status"] == DATA_STATUSES[0] else TENTATIVE


def _name_categories(axis: Any, rows: pd.DataFrame) -> None:
    """Name the categories at the far left and rule them off."""
    left = -(_LEFT_INCHES - 0.12) / (style.WIDTH_INCHES - _LEFT_INCHES - 0.6)
    for category, members in rows.groupby("category", sort=False):
        top = int(members.index[0])
        axis.text(
            left, top + 0.5, shortened(str(category), 6), transform=axis.get_yaxis_transform(), va="center", fontsize=8, fontweight="bold"
        )
        if top:
            axis.plot([left, 1], [top, top], transform=axis.get_yaxis_transform(), color=style.RULE, lw=0.9, clip_on=False)
