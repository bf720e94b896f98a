"""The answer first: what is on course, what is not, what can't be judged; then the scores with all their caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.assessment import statuses
from analysis.assessment.scores import BINDING, load_score_rules, weakest_category_share
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


def overall(evaluation: PlanEvaluation) -> Passage:
    """Counts by 约束性 and 预期性, worst first."""
    table, place = evaluation.indicators, (f"{evaluation.plan.header.indicators_table}全表",)
    unjudged = table[table["status"].isin(statuses.UNJUDGED)]
    behind = table[table["status"].isin(statuses.BEHIND_STATUSES)]
    groups = _GROUPS[evaluation.kind]
    claims = [_by_attribute(table, attribute, groups, place) for attribute in (BINDING, "预期性")]
    if len(behind):
        claims.append(Claim(f"{groups[statuses.BEHIND_STATUSES]}的是{wording.listed(_names(behind))}。", _evidence(evaluation, behind)))
    if len(unjudged):
        claims.append(_unjudged(evaluation, unjudged))
    if len(unjudged) == len(table):
        return passage(f"（一）{len(table)}项指标都缺数据，暂不能判定", claims)
    if evaluation.kind == "midterm":
        counts = table["national_class"].value_counts()
        words = "，".join(f"{name}{counts.get(name, 0)}项" for name in statuses.NATIONAL_CLASSES)
        claims.append(Claim(f"按国家“十四五”中期评估的用语归并：{words}。", place))
    return passage(f"（一）{_counted(table, groups).replace('不能判定', '未判')}", claims)


# What a reader calls each group of statuses; 基本完成 is told apart from what was met.
_GROUPS: dict[str, dict[tuple[str, ...], str]] = {
    "midterm": {statuses.ON_COURSE: "达到或符合预期", statuses.BEHIND_STATUSES: "滞后", statuses.UNJUDGED: "不能判定"},
    "final": {
        statuses.MET_STATUSES: "达到目标",
        (statuses.NEARLY,): "基本完成",
        statuses.BEHIND_STATUSES: "未达到",
        statuses.UNJUDGED: "不能判定",
    },
}


def _counted(table: pd.DataFrame, groups: dict[tuple[str, ...], str]) -> str:
    counts = {word: int(table["status"].isin(group).sum()) for group, word in groups.items()}
    return "，".join(f"{count}项{word}" for word, count in counts.items() if count)


def _by_attribute(table: pd.DataFrame, attribute: str, groups: dict[tuple[str, ...], str], place: tuple[str, ...]) -> Claim:
    rows = table[table["attribute"] == attribute]
    return Claim(f"{attribute}指标{len(rows)}项：{_counted(rows, groups)}。", place)


def _names(rows: pd.DataFrame) -> list[str]:
    """Name indicators with number and status, 约束性 marked and first."""
    ordered = rows.assign(_second=rows["attribute"] != BINDING).sort_values("_second", kind="stable")
    return [
        f"{row.name_}（第{row.indicator_id}项，{'约束性，' if row.attribute == BINDING else ''}{row.status}）" for row in rows_of(ordered)
    ]


def _evidence(evaluation: PlanEvaluation, rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(f"{evaluation.plan.header.indicators_table}第{number}行" for number in rows["indicator_id"])


def _unjudged(evaluation: PlanEvaluation, rows: pd.DataFrame) -> Claim:
    changed = rows[rows["status"] == statuses.DEFINITION_CHANGED]
    missing = rows[rows["status"] == statuses.UNKNOWN]
    parts = []
    if len(missing) > 6:
        parts.append(f"{len(missing)}项缺少{evaluation.data_year}年数值或规则参照，逐项列在数据缺口附件")
    elif len(missing):
        parts.append(f"缺少数值或规则参照的是{wording.listed(list(missing['name']))}")
    if len(changed):
        parts.append(f"口径与基期不同的是{wording.listed(list(changed['name']))}")
    return Claim(f"不能判定的{len(rows)}项中，{'；'.join(parts)}。", _evidence(evaluation, rows))


def scores(evaluation: PlanEvaluation) -> Passage | None:
    """Category scores with minimum, veto, range over weights and bounds; nothing where nothing is judged."""
    table = evaluation.categories
    judged = table[table["judged"] > 0]
    if judged.empty:
        return None
    place = (f"{evaluation.plan.header.indicators_table}全表", "各类得分表")
    lowest = judged.sort_values("geometric", kind="stable").iloc[0]
    claims = [
        Claim("得分由完成程度封顶折算，超额部分不抵补不足；只作参考，以上面的项数为准。", place),
        Claim(
            f"最低的是{lowest['category']}：类内最低一项{wording.number(lowest['minimum'] * 100)}分，"
            f"几何平均{wording.number(lowest['geometric'] * 100)}分。",
            place,
        ),
    ]
    vetoed = judged[judged["veto"] != ""]
    if len(vetoed):
        words = "；".join(f"{row.category}（{row.veto}）" for row in vetoed.itertuples())
        claims.append(Claim(f"因约束性指标未达要求，不论得分高低都标为“未达要求”的类别：{words}。", place))
    for row in evaluation.ranges.itertuples():
        over = "各类之间" if row.weights == "categories" else "各项之间"
        low, high = (wording.number(value * 100) for value in (row.low_5, row.high_95))
        claims.append(
            Claim(f"{over}的权重任意变动时，总分的90%区间为{low}～{high}分（等权{wording.number(row.equal_weights * 100)}分）。", place)
        )
    missing = int((table["indicators"] - table["judged"]).sum())
    if missing:
        low, high = (
            wording.number((table[name] * table["indicators"]).sum() / table["indicators"].sum() * 100)
            for name in ("if_missing_failed", "if_missing_met")
        )
        claims.append(Claim(f"未判的{missing}项全按零分计，等权总分为{low}分，全按满分计为{high}分。", place))
    claims.append(_ranking(evaluation, place))
    return passage("（二）得分仅供参考，总分随权重而变", claims, bulleted=True)


def _ranking(evaluation: PlanEvaluation, place: tuple[str, ...]) -> Claim:
    name, share = weakest_category_share(evaluation.indicators)
    needed = load_score_rules().claimed_share
    if share >= needed:
        return Claim(f"类内权重任意变动时，{name}在{wording.percent(share, 0)}的抽样中得分最低，这一名次可以认定。", place)
    return Claim(
        f"类内权重任意变动时，{name}只在{wording.percent(share, 0)}的抽样中得分最低，"
        f"不足{wording.percent(needed, 0)}，不据此排列各类名次。",
        place,
    )


def methods(evaluation: PlanEvaluation) -> Passage | None:
    """Where other institutions' methods contradict the verdict; nothing where none applies."""
    rows = evaluation.judged()
    applicable = rows[~rows["time_schedule"].str.startswith("不适用")]
    if applicable.empty:
        return None
    differing = applicable[applicable["methods_disagree"]]
    claims = [
        Claim(
            f"{len(rows)}行已判结果中，{len(applicable)}行的目标适用于国际通行算法或简单时序进度；其余为规则、保持或无基期目标，这些算法不适用。",
            ("方法并列表",),
        )
    ]
    if len(differing):
        names = [f"{row.name_}（本评估{row.status}）" for row in rows_of(differing)]
        claims.append(Claim(f"方法之间结论不一的有{len(differing)}行：{wording.listed(names)}。", ("方法并列表",)))
        claims.append(Claim("差别来自提问不同：本评估看是否按规划自身的中期目标推进，其他算法只看起点与终点之间的增速或直线。"))
        return passage(f"（三）{len(differing)}项指标换一种方法结论不同", claims)
    claims.append(Claim("各适用方法与本评估的结论没有矛盾。", ("方法并列表",)))
    return passage("（三）换用其他方法，结论没有矛盾", claims)
