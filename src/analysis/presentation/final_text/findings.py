"""What changed between the two periods, and what the source audit found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.assessment.completion import own_status
from analysis.audit.arithmetic import DIFFERS, UNVERIFIABLE
from analysis.audit.source_audit import figure_checks
from analysis.audit.table_checks import RATES
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.evaluation_text.figures import each_number
from analysis.presentation.final_text.figures import INDICATORS, STATISTICS, statistic_rows, statistics
from analysis.presentation.marking import count, marked, visible_decimals
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def periods(evaluation: FinalEvaluation, measure: str) -> Passage:
    """What rose and what fell between the two periods."""
    rows = evaluation.periods[(evaluation.periods["measure"] == measure) & evaluation.periods["change_percent"].notna()]
    comparable = rows[rows["comparable"]].sort_values("change_percent", ascending=False)
    up, down = comparable[comparable["change_percent"] > 0], comparable[comparable["change_percent"] < 0]
    same = comparable[comparable["change_percent"] == 0]
    noun = "年均量" if measure == "flow" else "期末量"
    total, rising, falling, still = (
        statistics(frame, f"{words}的{noun}项数") for frame, words in ((comparable, "可比"), (up, "上升"), (down, "下降"), (same, "不变"))
    )
    unchanged = f"、{still}项不变" if len(same) else ""
    claims = [Claim(f"可比的{total}项{noun}中，{rising}项上升、{falling}项下降{unchanged}。", (STATISTICS,))]
    for frame, words in ((down.iloc[::-1], "下降的是"), (up.head(3), "升幅居前的是")):
        if len(frame):
            names = [f"{row.name_}（{_from_to(row)}，{_change(row)}）" for row in rows_of(frame)]
            claims.append(Claim(f"{words}{wording.listed(names)}。", statistic_rows(frame)))
    broken = rows[rows["definition_break"] != ""]
    if len(broken):
        names = [f"{row.name_}（{_break(row)}）" for row in rows_of(broken)]
        left_out = statistics(broken, "不作比较的项数")
        claims.append(Claim(f"不作比较的{left_out}项：{'；'.join(names)}。以上原因待核实。", statistic_rows(broken)))
    order = "（一）" if measure == "flow" else "（二）"
    heading = f"{order}可比的{total}项{noun}{rising}升{falling}降{f'{still}平' if len(same) else ''}"
    return passage(heading, claims, evidence=(STATISTICS,))


def _from_to(row: Any) -> str:
    """Write the two levels compared: small yearly means with three decimals, others whole, more where they would look alike."""
    earlier, later = row.earlier, row.later
    for more in range(7):
        texts = [wording.number(level, (3 if level < 10 else 0) + more) for level in (earlier, later)]
        if earlier == later or texts[0] != texts[1]:
            break
    formula = "期间合计÷期间年数" if row.measure == "flow" else ""
    noun = "年均" if row.measure == "flow" else "期末"
    before, after = (
        quantity(text, f"{row.name_}：{period}{noun}（{row.unit}）", formula, _place(row))
        for text, period in zip(texts, ("“十二五”", "“十三五”"), strict=True)
    )
    return f"{before}→{after}{row.unit}"


def _change(row: Any) -> str:
    text = wording.signed_percent(row.change_percent, visible_decimals(row.change_percent))
    return quantity(text, f"{row.name_}：两期变动幅度", "“十三五”数÷“十二五”数−1", _place(row))


def _break(row: Any) -> str:
    return each_number(row.definition_break.removesuffix("（待核实）"), f"{row.name_}：可比性说明中的数", evidence=_place(row))


def _place(row: Any) -> tuple[str, ...]:
    return (f"{STATISTICS}第{row.number}行",)


def audit(evaluation: FinalEvaluation) -> Passage:
    """What the source audit found, with the arithmetic."""
    checks = figure_checks(evaluation.audit)
    odd = checks[checks["verdict"] == DIFFERS]
    unknown = checks[checks["verdict"] == UNVERIFIABLE]
    slips = evaluation.audit[~evaluation.audit["id"].isin(checks["id"])]
    sure = int((slips["verdict"] == DIFFERS).sum())
    source = ("源数据核对",)
    total, differing = count(len(checks), "核对的数字项数"), count(len(odd), "不一致的项数")
    agreeing = count(len(checks) - len(odd) - len(unknown), "相符的项数")
    open_ones = count(len(unknown), "无法核对的项数")
    claims = [
        Claim(
            f"对规划文本的数字作{total}项核对（同一数字多处出现的分别计，含推算、先后次序和行数清点），"
            f"{agreeing}项相符（含四舍五入范围内的），{differing}项不一致，{open_ones}项在规划内没有可比数字、无法核对。",
            source,
        ),
        *(_rate_claim(evaluation, row) for row in rows_of(odd[odd["group"] == RATES])),
        Claim(
            f"另有文字与名称问题{count(len(slips), '文字与名称问题的处数')}处，其中{count(sure, '确定的处数')}处确定、"
            f"{count(len(slips) - sure, '疑似的处数')}处疑似，列于附件三"
            f"{'' if evaluation.deposit.original_seen else '；以转载文本为准，原件是否如此待核实'}。",
            source,
        ),
        Claim("以上只陈述印制与复算的差别及算式，孰是孰非由发文机关确认；本报告未改动任何印制数字。"),
    ]
    return passage(f"六、源数据核对：{total}项数字，{differing}项不一致", claims, level=2, evidence=source)


def _rate_claim(evaluation: FinalEvaluation, row: Any) -> Claim:
    """Set a printed completion rate beside the one recomputed, with the arithmetic and what it does to the verdict."""
    number = int(row.id[1:])
    place = (f"{INDICATORS}第{number}行",)
    verdicts = evaluation.verdicts.set_index(evaluation.verdicts["indicator_id"].astype(int))
    printed = marked(row.printed, "印制的完成率", evidence=place)
    arithmetic = marked(row.arithmetic, "复算所用的印制数", evidence=place)
    again = marked(row.recomputed, "复算的完成率", row.arithmetic, place)
    effect = _effect(verdicts.loc[number])
    return Claim(f"{row.where}（{row.subject}）印制{printed}，按{arithmetic}复算为{again}；{effect}。", (f"核对{row.id}",))


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
