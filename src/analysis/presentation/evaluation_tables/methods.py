"""Tables of methods side by side and of rules year by year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from analysis.assessment.peers import METHOD_TITLES, METHODS, NOT_APPLICABLE
from analysis.presentation import wording
from analysis.presentation.evaluation_tables.cells import difference, level, named, table, verdict
from analysis.presentation.evaluation_tables.evidence import row_evidence
from analysis.presentation.evaluation_text.rule_figures import RuleFigures
from analysis.presentation.places import places
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_HELD = {1.0: "● 达标", 0.0: "× 未达标"}


def methods_table(evaluation: PlanEvaluation) -> Table:
    """Verdict and five other methods of the level indicators, with the reason where a method does not fit."""
    columns = ("序号", "指标", "本评估判定", *METHOD_TITLES.values(), "结论是否一致")
    levels = evaluation.verdicts[evaluation.verdicts["kind"] == "level"]
    rows = []
    for row in levels.to_dict("records"):
        silent = all(row[method].startswith(NOT_APPLICABLE) for method in METHODS)
        agrees = wording.NOT_APPLICABLE if silent else "≠ 不一致" if row["methods_disagree"] else "一致"
        words = {METHOD_TITLES[method]: row[method].replace(NOT_APPLICABLE, wording.NOT_APPLICABLE, 1) for method in METHODS}
        rows.append(
            {
                "序号": row["indicator_id"],
                "指标": named(row),
                "本评估判定": verdict(row["status"]),
                **words,
                "结论是否一致": agrees,
            }
        )
    title = f"{len(rows)}项水平指标：本评估判定与五种方法并列（—为不适用）"
    evidence = row_evidence(evaluation, levels.to_dict("records"))
    return table(evaluation, "methods", title, rows, columns, ("序号",), evidence=evidence)


def rules_table(evaluation: PlanEvaluation) -> Table:
    """Rules year by year: figure, what was required, margin, kept or not."""
    columns = ("序号", "指标", "规则", "年份", "实际", "应达到", "余量", "是否达标")
    rows, evidence = [], []
    figures = RuleFigures(evaluation)
    for row in evaluation.rule_years.to_dict("records"):
        growth = row["rule_compares"] == "growth"
        margin = row["compared"] - row["required"]
        rows.append(
            {
                "序号": row["indicator_id"],
                "指标": named(row, "年增速，%" if growth else None),
                "规则": row["rule_words"],
                "年份": f"{row['year']}年",
                "实际": level(row["compared"]),
                "应达到": level(row["required"]),
                "余量": wording.MISSING_MARK if math.isnan(margin) else difference(margin, "%" if growth else row["unit"]),
                "是否达标": _HELD.get(row["held"], f"{wording.MISSING_MARK} 缺数"),
            }
        )
        target = figures.target(row["indicator_id"], row["part"])
        origins = figures.compared(target, row["year"]), figures.required(target, row["year"])
        evidence.append(places(*(place for origin in origins for place in origin.places)))
    rules = evaluation.rule_years[["indicator_id", "part"]].drop_duplicates()
    whole = rules["indicator_id"].nunique()
    parts = f"（分项计{len(rules)}行）" if len(rules) > whole else ""
    formulas = {
        "实际": "年末数值；比较增速的为（当年数值÷上年数值−1）×100",
        "应达到": "参照序列的数值×规则倍数；参照上年的用上年数值",
        "余量": "实际−应达到",
    }
    numeric = ("序号", "实际", "应达到", "余量")
    return table(evaluation, "rules", f"{whole}项规则目标{parts}逐年核对", rows, columns, numeric, evidence=evidence, formulas=formulas)
