"""Columns of the data behind a report: their Chinese headings, and what sort of value each holds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from analysis.assessment.peers import METHOD_TITLES


class Sort(Enum):
    """What a column holds."""

    TEXT = auto()
    NUMBER = auto()  # in the unit that the heading names, or none
    LEVEL = auto()  # in the unit of its row
    GAP = auto()  # size of a difference, without a sign: 百分点 where the row's unit is %
    STEP = auto()  # difference of two levels: 百分点 where the row's unit is %
    RULE_LEVEL = auto()  # as LEVEL, but % for a rule on growth
    RULE_STEP = auto()  # as STEP, but 百分点 for a rule on growth
    RATIO = auto()  # 0.66 is 66%
    PERCENT = auto()  # 66 is 66%
    PACE = auto()  # a ratio shown as such
    YEAR = auto()
    STATUS = auto()
    FLAG = auto()


@dataclass(frozen=True)
class Column:
    """A heading and the sort of its values."""

    heading: str
    sort: Sort = Sort.TEXT


def column(name: str) -> Column:
    """Return the column of a name in a data file; an unknown one keeps its name as heading and its values as they look.

    Example:
        >>> column("completion").heading, column("一致").heading
        ('完成率', '一致')
    """
    return COLUMNS.get(name, Column(name, Sort.NUMBER))


_TEXTS = {
    "indicator_id": "序号",
    "part": "分项",
    "series": "序号",
    "category": "类别",
    "name": "名称",
    "unit": "单位",
    "attribute": "属性",
    "kind": "目标类型",
    "definition": "口径",
    "rule_words": "规则",
    "rule_compares": "规则比较",
    "rule_comparison": "规则要求",
    "national_class": "国家口径",
    **METHOD_TITLES,
    "transferred": "职能划转日期",
    "transfer_status": "划转状态",
    "data_status": "数据状态",
    "reliability": "可靠程度",
    "reason": "备注",
    "edition": "数据版本",
    "source": "来源",
    "where": "位置",
    "effective_date": "生效日期",
    "note": "说明",
    "finding": "结论",
    "nearer": "较近的情景",
    "approach": "推算办法",
    "method": "推算方法",
    "growth_class": "所需年增所处位置",
    "counted_unit": "计数单位",
    "coverage": "齐缺",
    "data_owner": "填报单位",
    "basis": "性质",
    "weakest": "最低的指标",
    "veto": "约束性否决",
    "direction": "方向",
    "broken_on": "未达标日期",
    "definition_break": "可能不可比的原因",
    "quantity": "项目",
    "elders_level": "长者人数口径",
    "norm": "配置标准",
    "supply": "床位情景",
    "number": "序号",
}
_NUMBERS = {
    "count": "已达到数",
    "total": "总数",
    "rule_years_met": "达标年数",
    "rule_years_known": "可判年数",
    "indicators": "指标（项）",
    "judged": "已判（项）",
    "n": "点数",
    "remaining": "还差（个）",
    "births_shaped": "按出生数推算（万人）",
    "constant_growth": "按等速推算（万人）",
    "printed_count": "规划印制数（万人）",
    "yearly_count": "年度序列（万人）",
    "elders": "长者（人）",
    "per_1000": "每千名长者床位（张）",
    "beds": "床位（张）",
    "need": "需要（张）",
    "gap": "需要减床位（张）",
    "source_line": "原文行号",
}
_LEVELS = {
    "base": "基期",
    "milestone": "中期目标",
    "target": "末期目标",
    "value": "数值",
    "path_level": "路径应达到的值",
    "hold": "守住现值",
    "same_pace": "既有步伐推算",
    "point": "推算中值",
    "low_80": "80%区间下限",
    "high_80": "80%区间上限",
    "low_95": "95%区间下限",
    "high_95": "95%区间上限",
    "outcome": "末年实际",
    "earlier": "“十二五”",
    "later": "“十三五”",
    "first": "期初",
    "last": "期末",
}
_STEPS = {
    "required_pace": "所需年步",
    "past_pace": "既有年步",
    "error_hold": "实际减守住现值",
    "error_same_pace": "实际减既有步伐",
}
_RATIOS = {
    "completion": "完成率",
    "progress": "进展",
    "arithmetic": "算术平均",
    "geometric": "几何平均",
    "minimum": "最低",
    "if_missing_failed": "缺数按零分",
    "if_missing_met": "缺数按满分",
    "chance": "把握（模型值，正文取整）",
    "value_share": "数值占目标",
    "same_pace_share": "既有步伐推算占目标",
    "outcome_share": "实际占目标",
    "point_share": "推算中值占目标",
    "low_80_share": "80%下限占目标",
    "high_80_share": "80%上限占目标",
    "low_95_share": "95%下限占目标",
    "high_95_share": "95%上限占目标",
}
_PERCENTS = {"change_percent": "增减", "required_growth": "所需年增", "printed_rate_percent": "印制完成率"}
_PACES = {"schedule_ratio": "时序比", "pace_ratio": "所需为既有的倍数", "ratio": "“十三五”÷“十二五”"}
_YEARS = {
    "year": "年份",
    "as_of": "评估年份",
    "data_year": "数据年份",
    "final_year": "末期年份",
    "first_year": "首个年份",
    "target_year": "推算年份",
}
_FLAGS = {
    "methods_disagree": "各法结论不一致",
    "within_rounding": "在四舍五入内",
    "without_base": "无基期",
    "path_sensitive": "判定随路径而变",
    "base_beyond_target": "基期已过目标",
    "bounded": "有上限",
    "held": "是否达标",
}

COLUMNS: dict[str, Column] = {
    name: Column(heading, sort)
    for sort, headings in (
        (Sort.TEXT, _TEXTS),
        (Sort.NUMBER, _NUMBERS),
        (Sort.LEVEL, _LEVELS),
        (Sort.STEP, _STEPS),
        (Sort.RATIO, _RATIOS),
        (Sort.PERCENT, _PERCENTS),
        (Sort.PACE, _PACES),
        (Sort.YEAR, _YEARS),
        (Sort.FLAG, _FLAGS),
    )
    for name, heading in headings.items()
} | {
    "shortfall": Column("差额", Sort.GAP),
    "status": Column("判定", Sort.STATUS),
    "status_method": Column("判定（本评估规则）", Sort.STATUS),
    "indicator_status": Column("指标判定（取最差分项）", Sort.STATUS),
    "rule_required": Column("规则应达到", Sort.RULE_LEVEL),
    "rule_margin": Column("规则余量", Sort.RULE_STEP),
    "compared": Column("实际", Sort.RULE_LEVEL),
    "required": Column("应达到", Sort.RULE_LEVEL),
    "broken_figure": Column("当日执行", Sort.RULE_LEVEL),
    "broken_required": Column("当日应达到", Sort.RULE_LEVEL),
}
# Words of the data files that a reader needs in Chinese.
WORDS = {
    "level": "水平",
    "keep": "保持",
    "rule": "规则",
    "higher": "越高越好",
    "lower": "越低越好",
    "growth": "增速",
    "at_least": "不低于",
    "at_most": "不高于",
    "equal": "等于",
    "follows": "参照执行",
}
WORDED = ("kind", "direction", "rule_compares", "rule_comparison")
YES_NO = {"true": "是", "false": "否", "1": "是", "0": "否"}
