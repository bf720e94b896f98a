"""The answer first: what is on course, what is not, what can't be judged; then the scores with all their caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment import statuses
from analysis.assessment.scores import BINDING, load_score_rules, weakest_category_share
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.figures import decimals_apart, tally
from analysis.presentation.marking import count
from analysis.presentation.places import indicator_rows, whole_table
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.evaluation import PlanEvaluation


def overall(evaluation: PlanEvaluation) -> Passage:
    """Counts by 约束性 and 预期性, worst first."""
    table, place = evaluation.indicators, whole_table(evaluation)
    unjudged = table[table["status"].isin(statuses.UNJUDGED)]
    behind = table[table["status"].isin(statuses.BEHIND_STATUSES)]
    groups = _GROUPS[evaluation.kind]
    claims = [_by_attribute(evaluation, attribute, groups) for attribute in (BINDING, "预期性")]
    if len(behind):
        words = f"{groups[statuses.BEHIND_STATUSES]}的是{wording.listed(_names(evaluation, behind))}。"
        claims.append(Claim(words, indicator_rows(evaluation, behind["indicator_id"])))
    if len(unjudged):
        claims.append(_unjudged(evaluation, unjudged))
    if len(unjudged) == len(table):
        return passage(f"（一）{tally(evaluation, table, '指标数')}项指标都缺数据，暂不能判定", claims, evidence=place)
    if evaluation.kind == "midterm":
        classes = {word: table[table["national_class"] == word] for word in statuses.NATIONAL_CLASSES}
        words = "，".join(f"{word}{tally(evaluation, rows, f'归为“{word}”的指标数')}项" for word, rows in classes.items())
        claims.append(Claim(f"按国家“十四五”中期评估的用语归并：{words}。", place))
    return passage(f"（一）{_counted(evaluation, table, {**groups, statuses.UNJUDGED: '未判'})}", claims, evidence=place)


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


def _counted(evaluation: PlanEvaluation, table: pd.DataFrame, groups: dict[tuple[str, ...], str], whose: str = "") -> str:
    found = {word: table[table["status"].isin(group)] for group, word in groups.items()}
    return "，".join(f"{tally(evaluation, rows, f'{whose}{word}的指标数')}项{word}" for word, rows in found.items() if len(rows))


def _by_attribute(evaluation: PlanEvaluation, attribute: str, groups: dict[tuple[str, ...], str]) -> Claim:
    rows = evaluation.indicators[evaluation.indicators["attribute"] == attribute]
    total = tally(evaluation, rows, f"{attribute}指标数")
    if rows.empty:
        return Claim(f"{attribute}指标{total}项。", whole_table(evaluation))
    return Claim(f"{attribute}指标{total}项：{_counted(evaluation, rows, groups, attribute)}。", whole_table(evaluation))


def _names(evaluation: PlanEvaluation, rows: pd.DataFrame) -> list[str]:
    """Name indicators with number and status, 约束性 marked and first."""
    ordered = rows.assign(_second=rows["attribute"] != BINDING).sort_values("_second", kind="stable")
    named = []
    for row in rows_of(ordered):
        number = quantity(row.indicator_id, "指标序号", "", indicator_rows(evaluation, [row.indicator_id]))
        named.append(f"{row.name_}（第{number}项，{'约束性，' if row.attribute == BINDING else ''}{row.status}）")
    return named


def _unjudged(evaluation: PlanEvaluation, rows: pd.DataFrame) -> Claim:
    changed = rows[rows["status"] == statuses.DEFINITION_CHANGED]
    missing = rows[rows["status"] == statuses.UNKNOWN]
    parts = []
    if len(missing) > 6:
        many = tally(evaluation, missing, "缺少数值或规则参照的指标数")
        parts.append(f"{many}项缺少{evaluation.data_year}年数值或规则参照，逐项列在附件四")
    elif len(missing):
        parts.append(f"缺少数值或规则参照的是{wording.listed(list(missing['name']))}")
    if len(changed):
        parts.append(f"口径与基期不同的是{wording.listed(list(changed['name']))}")
    total = tally(evaluation, rows, "不能判定的指标数")
    return Claim(f"不能判定的{total}项中，{'；'.join(parts)}。", indicator_rows(evaluation, rows["indicator_id"]))


def scores(evaluation: PlanEvaluation) -> Passage | None:
    """Category scores with minimum, veto, range over weights and bounds; nothing where nothing is judged."""
    table = evaluation.categories
    judged = table[table["judged"] > 0]
    if judged.empty:
        return None
    place = (*whole_table(evaluation), "各类得分表")
    claims = [Claim("得分由完成程度封顶折算，超额部分不抵补不足；只作参考，以上面的项数为准。", place), _lowest(evaluation, judged, place)]
    vetoed = judged[judged["veto"] != ""]
    if len(vetoed):
        words = "；".join(f"{row.category}（{row.veto}）" for row in vetoed.itertuples())
        claims.append(Claim(f"因约束性指标未达要求，不论得分高低都标为“未达要求”的类别：{words}。", place))
    claims += [_range(row, place) for row in evaluation.ranges.itertuples()]
    if (table["indicators"] > table["judged"]).any():
        claims.append(_bounds(evaluation, place))
    if len(judged) > 1:
        claims.append(_ranking(evaluation, place))
    return passage("（二）得分仅供参考，总分随权重而变", claims, bulleted=True)


def _points(ratio: float, name: str, formula: str, evidence: tuple[str, ...] = ()) -> str:
    return f"{quantity(wording.number(ratio * 100), name, formula, evidence)}分"


def _lowest(evaluation: PlanEvaluation, judged: pd.DataFrame, place: tuple[str, ...]) -> Claim:
    """Name the category with the lowest geometric mean; one that has none beside it is not called the lowest."""
    lowest, table = judged.sort_values("geometric", kind="stable").iloc[0], evaluation.indicators
    own = table[(table["category"] == lowest["category"]) & table["score"].notna()]
    rows = (*indicator_rows(evaluation, own["indicator_id"]), "各类得分表")
    floor = wording.number(load_score_rules().floor, 4)
    minimum = _points(lowest["minimum"], f"{lowest['category']}类内最低一项得分", "类内各已判指标得分的最小值×100", rows)
    formula = f"类内各已判指标得分（不足{floor}按{floor}计）的几何平均×100"
    mean = _points(lowest["geometric"], f"{lowest['category']}得分的几何平均", formula, (*rows, "得分规则floor"))
    lead = "最低的是" if len(judged) > 1 else "有已判指标的只有"
    return Claim(f"{lead}{lowest['category']}：类内最低一项{minimum}，几何平均{mean}。", place)


def _range(row: Any, place: tuple[str, ...]) -> Claim:
    """Tell how far the overall score moves with one kind of weights."""
    whose = "各类" if row.weights == "categories" else "各项"
    sampled = ("各类得分表", "得分规则draws", "得分规则seed")
    draws = f"{whose}权重按Dirichlet(1,…,1)抽样，总分的"
    low, high = (
        quantity(wording.number(value * 100), f"总分区间的{end}（{whose}权重任意变动）", f"{draws}{share}分位×100", sampled)
        for value, end, share in ((row.low_5, "下端", "5%"), (row.high_95, "上端", "95%"))
    )
    level = quantity("90%", "区间所含抽样的比例", "95%−5%", sampled)
    equal = _points(row.equal_weights, f"{whose}等权的总分", f"{whose}得分的算术平均×100")
    return Claim(f"{whose}之间的权重任意变动时，总分的{level}区间为{low}～{high}分（等权{equal}）。", place)


def _bounds(evaluation: PlanEvaluation, place: tuple[str, ...]) -> Claim:
    """Tell the overall score with all that is not judged failed, and met."""
    table, indicators = evaluation.categories, evaluation.indicators
    missing = tally(evaluation, indicators[indicators["score"].isna()], "未判的指标数")
    low, high = (
        _points((table[name] * table["indicators"]).sum() / table["indicators"].sum(), f"未判的按{words}计的等权总分", formula)
        for name, words, formula in (
            ("if_missing_failed", "零分", "已判指标得分之和÷指标数×100"),
            ("if_missing_met", "满分", "（已判指标得分之和＋未判指标数）÷指标数×100"),
        )
    )
    return Claim(f"未判的{missing}项全按零分计，等权总分为{low}，全按满分计为{high}。", place)


def _ranking(evaluation: PlanEvaluation, place: tuple[str, ...]) -> Claim:
    name, share = weakest_category_share(evaluation.indicators)
    needed = load_score_rules().claimed_share
    # A share just short of what is needed must not be rounded up to it.
    found = wording.percent(share, decimals_apart(share * 100, needed * 100, least=0))
    formula = "类内权重按Dirichlet(1,…,1)抽样，该类几何平均最低的次数÷抽样次数"
    found = quantity(found, f"{name}得分最低的抽样比例", formula, ("各类得分表", "得分规则draws", "得分规则seed"))
    if share >= needed:
        return Claim(f"类内权重任意变动时，{name}在{found}的抽样中得分最低，这一名次可以认定。", place)
    bound = quantity(wording.percent(needed), "认定名次所需的抽样比例", "", ("得分规则claimed_share",))
    return Claim(f"类内权重任意变动时，{name}只在{found}的抽样中得分最低，不足{bound}，不据此排列各类名次。", place)


def methods(evaluation: PlanEvaluation) -> Passage | None:
    """Where other institutions' methods contradict the verdict; nothing where none applies."""
    rows = evaluation.judged()
    applicable = rows[~rows["time_schedule"].str.startswith("不适用")]
    if applicable.empty:
        return None
    differing, place = applicable[applicable["methods_disagree"]], ("方法并列表",)
    judged, fitting = (count(len(found), name) for found, name in ((rows, "已判的行数"), (applicable, "其他方法适用的行数")))
    claims = [
        Claim(
            f"{judged}行已判结果中，{fitting}行的目标适用于国际通行算法或简单时序进度；其余为规则、保持或无基期目标，这些算法不适用。",
            place,
        )
    ]
    if len(differing):
        names = [f"{row.name_}（本评估{row.status}）" for row in rows_of(differing)]
        lines = tally(evaluation, differing, "方法之间结论不一的行数")
        claims.append(Claim(f"方法之间结论不一的有{lines}行：{wording.listed(names)}。", place))
        asked = "末年是否达到目标值" if evaluation.kind == "final" else "是否按规划自身的中期目标推进"
        claims.append(Claim(f"差别来自提问不同：本评估看{asked}，其他算法只看起点与终点之间的增速或直线。"))
        whole = tally(evaluation, differing.drop_duplicates("indicator_id"), "方法之间结论不一的指标数")
        return passage(f"（三）{whole}项指标换一种方法结论不同", claims, evidence=place)
    claims.append(Claim("各适用方法与本评估的结论没有矛盾。", place))
    return passage("（三）换用其他方法，结论没有矛盾", claims)
