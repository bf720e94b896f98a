"""Tables of chances: every row's way to its target, and how the midterm's forecasts turned out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from analysis.archive.assumptions import RATING_WORDS
from analysis.archive.chances import load_chance_words
from analysis.archive.indicators import MEASURE_TITLES, IndicatorDefinition
from analysis.assessment import statuses
from analysis.assessment.prospects import attainment as prospects
from analysis.assessment.prospects.forecast_check import check_forecasts
from analysis.assessment.rescoring import SCORED
from analysis.presentation import wording
from analysis.presentation.evaluation_tables.cells import difference, is_demonstration, level, named, or_dash, table, verdict
from analysis.presentation.evaluation_tables.evidence import CHANCE, STEP_LEFT, chance_places, history_places, reading_places
from analysis.presentation.places import indicator_place, places
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation

_PROJECTED = "趋势模型由基期和各年同口径数值推算：中值（80%区间的下限～上限）"


def chance_words(chance: float) -> str:
    """Write a chance as word and rounded percentage; — where there is none.

    Example:
        >>> chance_words(0.31), chance_words(float("nan"))
        ('较不可能（约30%）', '—')
    """
    if np.isnan(chance):
        return wording.NOT_APPLICABLE
    words = load_chance_words()
    return f"{words.word(chance)}（{words.percent(chance)}）"


def attainment_table(evaluation: PlanEvaluation) -> Table | None:
    """Verdict and chance side by side, least likely first, then the rows without a model; None at the end or without any judged."""
    rows = evaluation.attainment
    if evaluation.kind == "final" or (rows["approach"] == prospects.NOTHING).all():
        return None
    now, final_year = f"{evaluation.data_year}年", evaluation.plan.header.last_year
    goal, ahead = f"{final_year}年目标", f"{final_year}年推算（80%区间）"
    columns = ("序号", "指标", "属性", "判定", now, goal, ahead, "达到的把握", "所需年增", "依据")
    shown = rows[rows["approach"] != prospects.NOTHING].sort_values("chance", kind="stable", na_position="last")
    judged = {(row["indicator_id"], row["part"]): row for row in evaluation.verdicts.to_dict("records")}
    definitions, found = evaluation.plan.indicators, reading_places(evaluation)
    cells = [
        {
            "序号": row["indicator_id"],
            "指标": named(row),
            "属性": row["attribute"],
            "判定": verdict(row["status"]),
            now: level(row["value"]),
            goal: level(row["target"], applies=not np.isnan(row["target"])),
            ahead: _band(row),
            "达到的把握": chance_words(row["chance"]),
            "所需年增": _required(row),
            "依据": _grounds(row, judged[(row["indicator_id"], row["part"])], definitions[int(row["indicator_id"])]),
        }
        for row in shown.to_dict("records")
    ]
    formulas = {
        ahead: _PROJECTED,
        "达到的把握": CHANCE,
        "所需年增": f"（目标÷数值）的（1÷剩余年数）次方−1；占比为{STEP_LEFT}",
        "依据": "点数、达标年数逐行计数；余量为实际−应达到；现差为目标−数值；还差为目标×总数−已达到数，每年为还差÷剩余年数",
    }
    carried = (prospects.TREND, prospects.SCENARIO, prospects.RULE)
    evidence = [
        (*history_places(evaluation, row), *chance_places(row["chance"])) if row["approach"] in carried
        else places(indicator_place(evaluation, row["indicator_id"]), found.get((row["indicator_id"], row["part"])))
        for row in shown.to_dict("records")
    ]  # fmt: skip
    title = f"判定与达到{final_year}年目标的把握（把握低的在前，其余按规划次序；所需年增与国外公开序列的四分位比）"
    numeric = ("序号", now, goal, ahead, "达到的把握", "所需年增")
    return table(evaluation, "attainment", title, cells, columns, numeric, evidence=evidence, formulas=formulas)


def _band(row: Mapping[str, Any]) -> str:
    if np.isnan(row["point"]):
        return wording.NOT_APPLICABLE
    last = row["value"] if "value" in row else row["last_value"]
    point, low, high = (wording.projected(row[name], last) for name in ("point", "low_80", "high_80"))
    return f"{point}（{low}～{high}）"


def _required(row: Mapping[str, Any]) -> str:
    if not np.isnan(row["required_growth"]):
        return wording.signed_percent(row["required_growth"])
    return difference(row["required_pace"], row["unit"]) if row["approach"] in (prospects.BOUNDED,) else wording.NOT_APPLICABLE


def _grounds(row: Mapping[str, Any], judged: Mapping[str, Any], definition: IndicatorDefinition) -> str:
    """Say on what the chance rests, or what decides where there is none."""
    if row["approach"] == prospects.TREND:
        pace = f"；年增{row['growth_class']}" if row["growth_class"] else ""
        basis = f"（{definition.population_basis}）" if definition.population_basis in ("户籍", "常住") else ""
        return f"{int(row['first_year'])}—{row['data_year']}年{row['n']}点，{MEASURE_TITLES[definition.measure]}{basis}{pace}"
    if row["approach"] == prospects.COUNTED:
        return _left(row)
    if row["approach"] == prospects.RULE:
        return _kept_rule(judged)
    if row["approach"] == prospects.KEEP:
        shortfall = difference(abs(judged["target"] - judged["value"]), judged["unit"]).lstrip("+")
        return f"逐年守住，现差{shortfall}" if judged["status"] == statuses.NOT_KEPT else "逐年守住"
    return f"只有{row['n']}点，只列情景" if row["approach"] == prospects.SCENARIO else "占比，看所需年步"


def _left(row: Mapping[str, Any]) -> str:
    """Say how many counted things are left, and how many a year that makes."""
    if np.isnan(row["remaining"]):
        return "按个数核对"
    if row["remaining"] == 0:
        return "已全部达到"
    years = row["final_year"] - row["data_year"]
    each = f"，每年{wording.number(row['remaining'] / years)}个" if years > 1 else ""
    return f"还差{int(row['remaining'])}个{row['counted_unit']}{each}"


def _kept_rule(judged: Mapping[str, Any]) -> str:
    """Say how many years a rule was kept in, and by how much it was last."""
    unit = "%" if judged["rule_compares"] == "growth" else judged["unit"]
    word = "相差" if judged["rule_comparison"] == "equal" else "余量"
    years = f"{int(judged['rule_years_known'])}年中{int(judged['rule_years_met'])}年达标"
    return f"规则，{years}，{judged['data_year']}年{word}{difference(judged['rule_margin'], unit)}"


def forecast_check_table(midterm: PlanEvaluation, final: PlanEvaluation) -> Table | None:
    """The midterm's forecasts beside what came; None without any."""
    check = check_forecasts(midterm, final)
    if check.scores.empty:
        return None
    ahead = f"中期推算{final.data_year}年（80%区间）"
    columns = ("序号", "指标", ahead, "中期所说把握", "实际", "在80%区间", "在95%区间", "目标", "是否达到", "布里尔分")
    cells = []
    for row in check.scores.to_dict("records"):
        known = row["state"] == SCORED
        yes = {name: ("是" if row[name] else "否") if known else wording.MISSING_MARK for name in ("in_80", "in_95", "happened")}
        cells.append(
            {
                "序号": row["indicator_id"], "指标": named(row), ahead: _band(row), "中期所说把握": chance_words(row["chance"]),
                "实际": level(row["outcome"]), "在80%区间": yes["in_80"], "在95%区间": yes["in_95"], "目标": level(row["target"]),
                "是否达到": yes["happened"], "布里尔分": wording.number(row["brier"], 2, keep_zeros=True),
            }
        )  # fmt: skip
    origin = "推算台账" if check.is_recorded else "重算"
    title = f"中期（{midterm.data_year}年数据，{origin}）的预测与结果"
    outcomes = reading_places(final)
    evidence = [
        places(
            *(("推算台账",) if check.is_recorded else history_places(midterm, row)),
            indicator_place(final, row["indicator_id"]),
            outcomes.get((row["indicator_id"], row["part"])),
            *chance_places(row["chance"]),
        )
        for row in check.scores.to_dict("records")
    ]
    formulas = {ahead: _PROJECTED, "中期所说把握": CHANCE, "布里尔分": "（未取整的把握−结果）²，达到目标的结果为1，未达到为0"}
    numeric = ("序号", *columns[2:8], "布里尔分")
    made = table(final, "forecast_check", title, cells, columns, numeric, evidence=evidence, formulas=formulas)
    return dataclasses.replace(made, demonstration=is_demonstration(midterm, final))


def assumptions_table(evaluation: PlanEvaluation) -> Table | None:
    """The entries of the assumption ledger behind a report; None where it rests on none."""
    rows = evaluation.assumptions
    if rows.empty:
        return None
    columns = ("假设及定义", "低～高（中）", "证据、影响", "出处")
    cells = [
        {
            "假设及定义": f"{row['name']}：{row['definition']}",
            "低～高（中）": f"{row['low']:g}～{row['high']:g}（{row['mid']:g}）{row['unit']}".replace("-", "−"),
            "证据、影响": f"{RATING_WORDS[row['quality']]}、{RATING_WORDS[row['impact']]}",
            "出处": or_dash(row["citation"]) + (f"（{row['mark']}）" if row["mark"] else ""),
        }
        for row in rows.to_dict("records")
    ]
    evidence = [(f"假设{row['id']}",) for row in rows.to_dict("records")]
    return table(evaluation, "assumptions", "本报告所用的假设（证据、影响各分红黄绿，红者弱或大）", cells, columns, evidence=evidence)
