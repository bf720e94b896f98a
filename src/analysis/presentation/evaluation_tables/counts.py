"""Tables that count: verdicts by attribute and category, and the category scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment.scores import load_score_rules
from analysis.presentation import wording
from analysis.presentation.evaluation_tables.cells import is_demonstration, or_dash, ratio, table
from analysis.presentation.marking import COUNTING
from analysis.presentation.places import indicator_place, places, whole_table
from analysis.presentation.tables import Table, status_words

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_BY = {"attribute": ("counts_attribute", "属性"), "category": ("counts_category", "类别")}


def counts_tables(evaluation: PlanEvaluation) -> tuple[Table, Table]:
    """Count the indicators by verdict, worst first: by attribute, and by category."""
    return _counts(evaluation, "attribute"), _counts(evaluation, "category")


def _counts(evaluation: PlanEvaluation, by: str) -> Table:
    """Statuses as rows: there may be a dozen of them, and a page is no wider than the categories."""
    name, head = _BY[by]
    counts = evaluation.counts(by).T
    cells = counts.rename(index=lambda status: status if status == "合计" else status_words(status))
    cells = cells.rename(columns=lambda group: f"{group}（项）").astype(str).rename_axis(index="判定").reset_index()
    title = f"{len(evaluation.indicators)}项指标的{evaluation.title}判定，按{head}"
    counted = tuple(cells.columns[1:])
    found = whole_table(evaluation)
    return Table(name, title, cells, counted, is_demonstration(evaluation), places=found, formulas=dict.fromkeys(counted, COUNTING))


def category_table(evaluation: PlanEvaluation) -> Table | None:
    """Scores of each category: means and minimum of what is judged, veto, bounds for what is missing; None where nothing is."""
    if not evaluation.categories["judged"].any():
        return None
    columns = (
        "类别", "指标（项）", "已判（项）", "最低", "最低的指标", "几何平均", "算术平均", "缺数按零分", "缺数按满分", "约束性否决",
    )  # fmt: skip
    rows = [
        {
            "类别": row["category"],
            "指标（项）": str(row["indicators"]),
            "已判（项）": str(row["judged"]),
            "最低": _score(row["minimum"]),
            "最低的指标": or_dash(row["weakest"]) if row["judged"] else wording.MISSING_MARK,
            "几何平均": _score(row["geometric"]),
            "算术平均": _score(row["arithmetic"]),
            "缺数按零分": ratio(row["if_missing_failed"]),
            "缺数按满分": ratio(row["if_missing_met"]),
            "约束性否决": or_dash(row["veto"]),
        }
        for row in evaluation.categories.to_dict("records")
    ]
    numeric = ("指标（项）", "已判（项）", "最低", "几何平均", "算术平均", "缺数按零分", "缺数按满分")
    title = "各类得分（完成程度，上限100%；否决的类别不以平均分论）"
    own = evaluation.indicators.groupby("category", sort=False)["indicator_id"]
    evidence = [places(*(indicator_place(evaluation, number) for number in numbers)) for _, numbers in own]
    return table(evaluation, "categories", title, rows, columns, numeric, evidence=evidence, formulas=_score_formulas())


def _score_formulas() -> dict[str, str]:
    """Say how scores follow from the indicators; the floor is the one in ``parameters/scores.yml``."""
    score = "得分：水平目标为完成率（上限100%，无完成率的按是否达到），保持目标为是否守住，规则目标为达标年数÷可判年数"
    floor = wording.percent(load_score_rules().floor)
    return {
        "指标（项）": COUNTING,
        "已判（项）": "有得分的指标逐行计数",
        "最低": f"已判指标得分的最小值（{score}；分项取最低）",
        "几何平均": f"已判指标得分的几何平均，低于{floor}的按{floor}计",
        "算术平均": "已判指标得分的算术平均",
        "缺数按零分": "全部指标得分的算术平均，未判的按零分计",
        "缺数按满分": "全部指标得分的算术平均，未判的按满分计",
    }


def _score(value: float) -> str:
    return wording.percent(value, keep_zeros=True)
