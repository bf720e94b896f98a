"""Tables of indicator rows: those behind, and all of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from analysis.archive.chances import load_chance_words
from analysis.presentation import wording
from analysis.presentation.evaluation_tables.cells import counted, difference, level, named, or_dash, pace, ratio, remarks, table, verdict
from analysis.presentation.evaluation_tables.evidence import CHANCE, STEP_LEFT, VALUE_TO_TARGET, WAY_TO_PATH, WAY_TO_TARGET, row_evidence
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_FORMULAS = {
    "完成率": VALUE_TO_TARGET,
    "进展": WAY_TO_TARGET,
    "时序比": WAY_TO_PATH,
    "所需年步": f"{STEP_LEFT}；保持目标不分年",
    "把握": CHANCE,
}


def behind_table(evaluation: PlanEvaluation) -> Table:
    """Rows that are behind, missed or not kept: 约束性 first, then worst first, with what they lack."""
    final = evaluation.kind == "final"
    asked = "目标" if final else "应达到"
    columns = ["序号", "指标", "属性", f"{evaluation.data_year}年", asked, "差额", "时序比" if not final else "完成率", "判定", "备注"]
    rows = []
    behind = evaluation.behind().to_dict("records")
    for row in behind:
        bound = _asked(row, final=final)
        gap = row["rule_margin"] if row["kind"] == "rule" else row["value"] - bound
        rows.append(
            {
                "序号": row["indicator_id"],
                "指标": named(row),
                "属性": row["attribute"],
                f"{evaluation.data_year}年": counted(row),
                asked: _asked_words(row, bound),
                "差额": difference(gap, "%" if _compares_growth(row) else row["unit"]),
                columns[6]: ratio(row["completion"]) if final else pace(row["schedule_ratio"]),
                "判定": verdict(row["status"]),
                "备注": remarks(row),
            }
        )
    word = "未完成" if final else "滞后"
    judged = len(evaluation.judged())
    title = (
        f"{word}的指标，约束性在前、差的在前"
        if rows
        else f"已判定的{judged}行中没有{word}的"
        if judged
        else f"各项均未判定，不能说有无{word}"
    )
    formulas = {
        asked: "规则：参照值×规则倍数；保持目标：目标" if final else "规划路径在数据年份应达到的值；规则：参照值×规则倍数；保持目标：目标",
        "差额": f"{evaluation.data_year}年数值−{asked}",
        columns[6]: VALUE_TO_TARGET if final else WAY_TO_PATH,
    }
    numeric = ("序号", f"{evaluation.data_year}年", asked, "差额", columns[6])
    return table(evaluation, "behind", title, rows, columns, numeric, evidence=row_evidence(evaluation, behind), formulas=formulas)


def _asked(row: Mapping[str, Any], *, final: bool) -> float:
    if row["kind"] == "rule":
        return float(row["rule_required"])
    return float(row["target"] if final or math.isnan(row["path_level"]) else row["path_level"])


def _asked_words(row: Mapping[str, Any], bound: float) -> str:
    """Write what was asked for; a rule on growth asks for a growth, which is not in the row's unit."""
    return f"增速{level(bound)}%" if _compares_growth(row) else level(bound)


def _compares_growth(row: Mapping[str, Any]) -> bool:
    """Say whether a rule compares the growth of a figure that is itself no percentage."""
    return bool(row["rule_compares"] == "growth")


def full_table(evaluation: PlanEvaluation) -> Table:
    """Every indicator row in printed order."""
    header = evaluation.plan.header.targets
    assert header is not None
    targets, now = "基期→目标", f"{evaluation.data_year}年值"
    columns = ["序号", "指标", "属性", targets, now, "完成率", "进展", "时序比", "所需年步", "判定", "把握", "国家口径", "备注"]
    chances = evaluation.attainment.set_index(["indicator_id", "part"])["chance"]
    rows = []
    for row in evaluation.verdicts.to_dict("records"):
        rows.append(
            {
                "序号": row["indicator_id"],
                "指标": named(row),
                "属性": row["attribute"],
                targets: _path(row),
                now: counted(row),
                "完成率": ratio(row["completion"]),
                "进展": ratio(row["progress"]),
                "时序比": pace(row["schedule_ratio"]),
                "所需年步": _step_left(row),
                "判定": verdict(row["status"]),
                "把握": _chance(chances[(row["indicator_id"], row["part"])]),
                "国家口径": or_dash(row["national_class"]),
                "备注": remarks(row),
            }
        )
    if evaluation.kind == "final":  # both say how much of the years is used up, of which nothing is left
        dropped = ("时序比", "所需年步", "把握", "国家口径")
        columns = [name for name in columns if name not in dropped]
        rows = [{name: cell for name, cell in row.items() if name not in dropped} for row in rows]
    numeric = [name for name in ("序号", targets, now, "完成率", "进展", "时序比", "所需年步") if name in columns]
    years = f"基期{header.base_year}年，目标依次为{header.milestone_year}、{header.final_year}年"
    title = f"{len(rows)}行指标{evaluation.title}判定全表（按规划次序，规则见一（二）；{years}；k/N为已达到数/总数）"
    evidence = row_evidence(evaluation, evaluation.verdicts.to_dict("records"))
    formulas = {name: words for name, words in _FORMULAS.items() if name in columns}
    return table(evaluation, "verdicts", title, rows, columns, numeric, evidence=evidence, formulas=formulas)


def _chance(chance: float) -> str:
    """Write a chance short, as a rounded percentage; — where there is none."""
    return wording.NOT_APPLICABLE if math.isnan(chance) else load_chance_words().percent(chance)


def _step_left(row: Mapping[str, Any]) -> str:
    """Write the yearly step still to go; a level to keep is due now, not in steps."""
    return wording.NOT_APPLICABLE if row["kind"] == "keep" else difference(row["required_pace"], row["unit"])


def _path(row: Mapping[str, Any]) -> str:
    """Write base, milestone and target in one cell: 73→75、75; a rule has no figures to reach."""
    base, milestone, target = (level(row[name], applies=not math.isnan(row[name])) for name in ("base", "milestone", "target"))
    return f"{base}→规则" if row["kind"] == "rule" else f"{base}→{milestone}、{target}"
