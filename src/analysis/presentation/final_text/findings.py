"""What changed between the two periods, and what the source audit found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment.completion import own_status
from analysis.audit.arithmetic import DIFFERS, UNVERIFIABLE
from analysis.audit.source_audit import figure_checks
from analysis.audit.table_checks import RATES
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def periods(evaluation: FinalEvaluation, measure: str) -> Passage:
    """What rose and what fell between the two periods."""
    rows = evaluation.periods[(evaluation.periods["measure"] == measure) & evaluation.periods["change_percent"].notna()]
    comparable = rows[rows["comparable"]].sort_values("change_percent", ascending=False)
    up, down = comparable[comparable["change_percent"] > 0], comparable[comparable["change_percent"] < 0]
    same = len(comparable) - len(up) - len(down)
    noun = "年均量" if measure == "flow" else "期末量"
    claims = [
        Claim(f"可比的{len(comparable)}项{noun}中，{len(up)}项上升、{len(down)}项下降{f'、{same}项不变' if same else ''}。", ("专栏2",))
    ]
    for frame, words in ((down.iloc[::-1], "下降的是"), (up.head(3), "升幅居前的是")):
        if len(frame):
            names = [f"{row.name_}（{_from_to(row)}，{wording.signed_percent(row.change_percent)}）" for row in rows_of(frame)]
            claims.append(Claim(f"{words}{wording.listed(names)}。", tuple(f"专栏2第{number}行" for number in frame["number"])))
    broken = rows[rows["definition_break"] != ""]
    if len(broken):
        names = [f"{row.name_}（{row.definition_break.removesuffix('（待核实）')}）" for row in rows_of(broken)]
        claims.append(
            Claim(f"不作比较的{len(broken)}项：{'；'.join(names)}。以上原因待核实。", tuple(f"专栏2第{n}行" for n in broken["number"]))
        )
    order = "（一）" if measure == "flow" else "（二）"
    return passage(f"{order}可比的{len(comparable)}项{noun}{len(up)}升{len(down)}降{f'{same}平' if same else ''}", claims)


def _from_to(row: Any) -> str:
    """Write the two levels compared: small yearly means with three decimals, others whole."""
    before, after = (wording.number(level, 3 if level < 10 else 0) for level in (row.earlier, row.later))
    return f"{before}→{after}{row.unit}"


def audit(evaluation: FinalEvaluation) -> Passage:
    """What the source audit found, with the arithmetic."""
    checks = figure_checks(evaluation.audit)
    odd = checks[checks["verdict"] == DIFFERS]
    unknown = checks[checks["verdict"] == UNVERIFIABLE]
    slips = evaluation.audit[~evaluation.audit["id"].isin(checks["id"])]
    sure = int((slips["verdict"] == DIFFERS).sum())
    rate = odd[odd["group"] == RATES]
    verdicts = evaluation.verdicts.set_index(evaluation.verdicts["indicator_id"].astype(int))
    claims = [
        Claim(
            f"对规划文本的数字作{len(checks)}项核对（同一数字多处出现的分别计，含推算、先后次序和行数清点），"
            f"{len(checks) - len(odd) - len(unknown)}项相符（含四舍五入范围内的），"
            f"{len(odd)}项不一致，{len(unknown)}项在规划内没有可比数字、无法核对。",
            ("源数据核对",),
        ),
        *(
            Claim(
                f"{row.where}（{row.subject}）印制{row.printed}，按{row.arithmetic}复算为{row.recomputed}；"
                f"{_effect(verdicts.loc[int(row.id[1:])])}。",
                (f"核对{row.id}",),
            )
            for row in rows_of(rate)
        ),
        Claim(
            f"另有文字与名称问题{len(slips)}处，其中{sure}处确定、{len(slips) - sure}处疑似，列于附件三"
            f"{'' if evaluation.deposit.original_seen else '；以转载文本为准，原件是否如此待核实'}。",
            ("源数据核对",),
        ),
        Claim("以上只陈述印制与复算的差别及算式，孰是孰非由发文机关确认；本报告未改动任何印制数字。"),
    ]
    return passage(f"六、源数据核对：{len(checks)}项数字，{len(odd)}项不一致", claims, level=2)


def _effect(verdict: Any) -> str:
    same = own_status(verdict["printed_rate_percent"] / 100) == verdict["status"]
    return "按两数判定结果相同" if same else "按两数判定结果不同，本报告采用复算值"


def slips_heading(evaluation: FinalEvaluation) -> Passage:
    """Heading of the annex that lists slips of print and names."""
    return passage(
        "附件三　文字与名称问题",
        [Claim("漏字、重字、同物异名等，供校订时参考；“疑似”的须对照原件。", ("源数据核对",))],
        level=2,
    )
