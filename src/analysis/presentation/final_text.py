"""The sentences of the final evaluation: every verb, sign and figure comes from the tables it is handed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from analysis.assessment.completion import EXCEEDED, MET_STATUSES, own_status
from analysis.audit.arithmetic import DIFFERS, UNVERIFIABLE
from analysis.audit.declared_checks import NAMED_AS_MISSED
from analysis.audit.source_audit import figure_checks
from analysis.audit.table_checks import RATES
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation


def cover(evaluation: FinalEvaluation, report_date: str) -> Passage:
    """What is judged, as of when, from which edition of which source."""
    header, deposit = evaluation.plan.header, evaluation.deposit
    lines = [
        f"评估对象：《{header.title}》（{header.first_year}—{header.last_year}年）的指标完成情况；重点任务、经费和满意度不在其内。",
        f"评估年份：{evaluation.as_of}年；数据年份：指标为{evaluation.as_of}年，统计数据为{_data_years(evaluation)}。",
        f"数据来源：{deposit.citation()}，{header.reference}；来源版本{deposit.edition}。",
        "文稿性质：依据公开文本逐项复算形成的评估稿，供审核。"
        + ("" if deposit.original_seen else "全部数字据转载文本，发文原件未见，待核实。"),
    ]
    if report_date:
        lines.append(f"编制日期：{wording.chinese_date(report_date)}。")
    return passage(f"《{header.title}》终期评估报告（指标完成情况）", [Claim(line) for line in lines], bulleted=True, level=1)


def _data_years(evaluation: FinalEvaluation) -> str:
    periods = evaluation.plan.periods.values()
    return "、".join(f"{period.first_year}—{period.last_year}年" for period in periods)


def method(evaluation: FinalEvaluation) -> Passage:
    """How verdicts are reached."""
    return passage(
        "",
        [
            Claim("完成率＝完成值÷目标值，由表中目标值与完成值重新计算，不采用印制完成率。"),
            Claim("规划口径：完成率高于100%为超额完成，等于100%为完成，低于100%为未完成；规划未写明口径，按此计数与规划自述的项数相符。"),
            Claim("本评估规则：完成率达到105%为超额完成，但以100%为上限的占比类指标至多为完成；不足100%为未完成，不设容差。"),
            Claim("基期至目标的进展＝（结果－基期）÷（目标－基期），只用于专栏2能推算基期的指标；它从基期算起，与完成率说的不是一回事。"),
            Claim("该表未印指标属性（约束性、预期性），也未印基期值；有基期的指标另由专栏2推算。"),
            Claim("专栏2的期间合计折为年均再比较，期末存量直接比较；两期可能不可比的，标明原因并注“待核实”。"),
        ],
        bulleted=True,
    )


def overall(evaluation: FinalEvaluation) -> Passage:
    """The answer in one paragraph."""
    verdicts, missed = evaluation.verdicts, evaluation.missed()
    met = int(verdicts["status"].isin(MET_STATUSES).sum())
    exceeded = int((verdicts["status"] == EXCEEDED).sum())
    by_method = int((verdicts["status_method"] == EXCEEDED).sum())
    place = f"{evaluation.plan.header.indicators_table}全表"
    claims = [
        Claim(
            f"期末仍由民政部门实施的{len(verdicts)}项指标完成{met}项，占{wording.percent(met / len(verdicts))}；未完成{len(missed)}项。",
            (place,),
        ),
        Claim(
            f"完成的指标中，按规划口径超额完成{exceeded}项，按本评估规则为{by_method}项（占比类指标上限为100%，高于目标计为完成）。",
            (place,),
        ),
        Claim(
            f"未完成的是{wording.listed([f'{row.name_}（完成率{wording.percent(row.completion)}）' for row in _rows(missed)])}。",
            tuple(f"专栏1第{number}行" for number in missed["indicator_id"]),
        ),
    ]
    return passage(f"（一）{len(verdicts)}项指标完成{met}项，{len(missed)}项未完成", claims)


def self_count(evaluation: FinalEvaluation) -> Passage:
    """Whether the plan's own count can be reproduced."""
    frame = evaluation.self_count
    checked = frame[frame["agrees"] != UNVERIFIABLE]
    agree = int((checked["agrees"] == "一致").sum())
    stated = evaluation.plan.header.self_count
    assert stated is not None
    dropped = stated.first_set - stated.remaining
    claims = [
        Claim(
            f"规划自述期末实施{stated.remaining}项、完成{stated.met}项、超额完成{stated.exceeded}项，复算{agree}项数字相符。"
            if agree == len(checked)
            else f"规划自述的{len(checked)}个数字中{agree}个与复算相符。",
            ("第一章第一节", "专栏1全表"),
        ),
        Claim(
            f"期初制定的{stated.first_set}项中有{dropped}项因机构改革等原因不再由民政部门实施，清单未附，其完成情况无法评估。",
            ("第一章第一节",),
        ),
    ]
    agrees = "与专栏1一致" if agree == len(checked) else "与专栏1不全一致"
    named = _named_as_missed(evaluation)
    return passage(f"（二）自述项数{agrees}{'，正文列举有出入' if named else ''}", [*claims, *named])


def _named_as_missed(evaluation: FinalEvaluation) -> list[Claim]:
    """Set the missed indicators that the prose names beside those that the table shows; nothing where they agree."""
    rows = evaluation.audit[evaluation.audit["group"] == NAMED_AS_MISSED]
    wrong = rows[(rows["verdict"] == DIFFERS) & (rows["id"] != "f00")]
    unnamed = rows[rows["verdict"] == UNVERIFIABLE]
    if wrong.empty and unnamed.empty:
        return []
    named = int((rows["id"] != "f00").sum()) - len(unnamed)
    listed = [f"{row.subject}（{row.recomputed.split('，')[0]}）" for row in _rows(wrong)]
    parts = [f"规划正文列举{named}项“等”未完成，其中{wording.listed(listed)}在专栏1已达到目标"] if listed else []
    if len(unnamed):
        parts.append(f"专栏1未完成而正文未列名的是{wording.listed(list(unnamed['subject']))}")
    evidence = tuple(f"核对{id}" for id in rows["id"])
    return [Claim(f"{'；'.join(parts)}。", evidence), Claim("本报告以专栏1为准，请发文机关确认。")]


def missed(evaluation: FinalEvaluation) -> Passage:
    """Each missed indicator: target, result, gap."""
    rows = evaluation.missed()
    claims = [
        Claim(
            f"**{row.name_}**：目标{wording.number(row.target, 2)}{row.unit}，完成{wording.number(row.value, 2)}{row.unit}，"
            f"差{wording.number(row.shortfall, 2)}{row.unit}，完成率{wording.percent(row.completion)}。",
            (f"专栏1第{row.indicator_id}行",),
        )
        for row in _rows(rows)
    ]
    claims.append(_succession(evaluation, rows["indicator_id"].tolist()))
    categories = list(dict.fromkeys(rows["category"]))
    return passage(f"（一）未完成的{len(rows)}项集中在{wording.listed(categories)}", claims, bulleted=True)


def _succession(evaluation: FinalEvaluation, missed_ids: list[str]) -> Claim:
    """Say which of the missed indicators the next plan takes on."""
    rows = evaluation.succession[evaluation.succession["indicator_id"].isin(missed_ids)]
    kept, dropped = rows[rows["next_id"] != ""], rows[rows["next_id"] == ""]
    words = [
        f"{row.name_}续列（专栏3第{row.next_id}行），{row.next_year}年目标{wording.number(row.next_target, 2)}{row.unit}，"
        f"{wording.compared(row.next_target, row.target)}本期目标{wording.number(row.target, 2)}{row.unit}"
        for row in _rows(kept)
    ]
    if len(dropped):
        words.append(f"{wording.listed(list(dropped['name']))}未列入")
    evidence = (*(f"专栏3第{number}行" for number in kept["next_id"]), "专栏3全表")
    return Claim(f"在“十四五”规划主要指标中的去向：{'；'.join(words)}。", evidence)


def exceeded(evaluation: FinalEvaluation) -> Passage:
    """Indicators above target, with the caveat for shares."""
    rows = evaluation.verdicts[evaluation.verdicts["status"] == EXCEEDED].sort_values("completion", ascending=False)
    differs = rows[rows["status_method"] != EXCEEDED]
    names = [f"{row.name_}（{row.unit}，{wording.percent(row.completion, 0)}）" for row in _rows(rows)]
    claims = [Claim(f"完成率高于100%的有{len(rows)}项：{wording.listed(names)}。", tuple(f"专栏1第{n}行" for n in rows["indicator_id"]))]
    if len(differs):
        claims.append(
            Claim(
                f"其中{wording.listed(list(differs['name']))}属占比类指标，以100%为上限，高于目标按本评估规则计为完成。",
                tuple(f"专栏1第{n}行" for n in differs["indicator_id"]),
            )
        )
    return passage(f"（二）{len(rows)}项高于目标，其中{len(differs)}项为占比", claims)


def progress(evaluation: FinalEvaluation) -> Passage:
    """How far the indicators with a base have come."""
    claims = []
    for row in _rows(evaluation.progress):
        levels = [f"{wording.number(level, 2)}{row.unit}" for level in (row.base, row.value, row.target)]
        figures = f"“十二五”{levels[0]}，“十三五”{levels[1]}，目标{levels[2]}"
        if row.base_beyond_target:
            words = "“十二五”年均已高于目标值，不计算进展比例"
        elif row.progress >= 1:
            words = f"高于目标{wording.number(row.value - row.target, 2)}{row.unit}"
        else:
            words = f"走完基期至目标路程的{wording.percent(row.progress, 0)}"
        claims.append(Claim(f"**{row.name_}**：{figures}，{words}。", (f"专栏1第{row.indicator_id}行", f"专栏2（{row.note}）")))
    slow = evaluation.progress[evaluation.progress["progress"] < 1]
    heading = f"（三）可推算基期的{len(evaluation.progress)}项"
    if slow.empty:
        return passage(f"{heading}都到达目标", claims, bulleted=True)
    words = wording.about_tenths(slow["progress"].tolist())
    return passage(f"{heading}中，{len(slow)}项只走了{words}", claims, bulleted=True)


def density(evaluation: FinalEvaluation) -> Passage:
    """Beds, elders, and the density that results."""
    change = evaluation.density
    before, after = (wording.number(level) for level in change.care_beds_per_1000_aged60)
    rows = ("专栏2第13行", "专栏2第11行", "专栏1第1行")
    claims = [
        Claim(
            f"五年间养老床位{wording.change(change.beds_growth_percent)}，60周岁以上户籍长者{wording.change(change.elders_growth_percent)}。",
            rows,
        ),
        Claim(f"每千名长者床位由{before}张变为{after}张，{wording.change(change.density_growth_percent)}。", rows),
        Claim(
            f"按期末户籍长者计，达到每千名{wording.number(change.target)}张需要{wording.number(change.beds_needed, 0)}张床位，"
            f"实有{wording.number(change.care_beds[1], 0)}张，差{wording.number(change.beds_short, 0)}张。",
            rows,
        ),
        Claim(
            "口径：分母为60周岁以上户籍长者，不含常住非户籍长者；床位为正文所称“核定养老床位”，实际可用与入住情况规划未列。",
            ("第一章第一节3（1）",),
        ),
        Claim(
            f"专栏1印作{wording.number(evaluation.verdicts.set_index('indicator_id').at['1', 'value'])}张，按专栏2推算为"
            f"{wording.number(change.care_beds_per_1000_aged60[1], 2)}张，四舍五入后一致；缺口按床位数计，不按印制的密度计。",
            ("专栏1第1行", "专栏2第11、13行"),
        ),
    ]
    if math.isnan(change.offset_share):
        return passage("（四）床位没有增加", claims)
    share = wording.percent(change.offset_share, 0)
    claims.insert(2, Claim(f"两个增幅取对数后可以相减：长者增幅相当于床位增幅的{share}（ln值之比）。", rows))
    beds, elders, ratio = (
        wording.number(growth, 0) for growth in (change.beds_growth_percent, change.elders_growth_percent, change.density_growth_percent)
    )
    return passage(f"（四）床位增{beds}%，长者增{elders}%，密度增{ratio}%", claims)


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
            names = [f"{row.name_}（{_from_to(row)}，{wording.signed_percent(row.change_percent)}）" for row in _rows(frame)]
            claims.append(Claim(f"{words}{wording.listed(names)}。", tuple(f"专栏2第{number}行" for number in frame["number"])))
    broken = rows[rows["definition_break"] != ""]
    if len(broken):
        names = [f"{row.name_}（{row.definition_break.removesuffix('（待核实）')}）" for row in _rows(broken)]
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
                f"{row.where}（{row.subject}）印制{row.printed}，按{row.arithmetic}复算为{row.recomputed}；{_effect(verdicts.loc[int(row.id[1:])])}。",
                (f"核对{row.id}",),
            )
            for row in _rows(rate)
        ),
        Claim(
            f"另有文字与名称问题{len(slips)}处，其中{sure}处确定、{len(slips) - sure}处疑似，列于附件三；以转载文本为准，原件是否如此待核实。",
            ("源数据核对",),
        ),
        Claim("以上只陈述印制与复算的差别及算式，孰是孰非由发文机关确认；本报告未改动任何印制数字。"),
    ]
    return passage(f"六、源数据核对：{len(checks)}项数字，{len(odd)}项不一致", claims, level=2)


def slips_heading(evaluation: FinalEvaluation) -> Passage:
    """Heading of the annex that lists slips of print and names."""
    return passage(
        "附件三　文字与名称问题",
        [Claim("漏字、重字、同物异名等，供校订时参考；“疑似”的须对照原件。", ("源数据核对",))],
        level=2,
    )


def _effect(verdict: Any) -> str:
    same = own_status(verdict["printed_rate_percent"] / 100) == verdict["status"]
    return "按两数判定结果相同" if same else "按两数判定结果不同，本报告采用复算值"


def limits(evaluation: FinalEvaluation) -> Passage:
    """What the report can't say."""
    unknown = int((evaluation.periods["change_percent"].isna()).sum())
    claims = [
        Claim("**原件**：全部数字据转载文本，发文原件、文号与印发日期待核实。")
        if not evaluation.deposit.original_seen
        else Claim("**原件**：已核对。"),
        *_uncovered(evaluation),
        Claim(
            "**属性与基期**：专栏1未印约束性、预期性和基期值，因此不能判断约束性指标是否全部完成；请规划编制部门提供原“十三五”规划指标表。"
        ),
        Claim("**退出的指标**：期末不再由民政部门实施的指标清单未附，可能由其他部门继续实施；请提供清单及承接部门。"),
        Claim(f"**单期数据**：{unknown}项统计数据只印一期，不能比较；请补“十二五”数值。"),
        Claim("**存量与流量**：专栏2只注“部分数据取期末值”，哪些是期末值由本评估判读，待统计部门确认。"),
        Claim("**服务质量与满意度**：规划未列，本报告不作评价。"),
    ]
    return passage("", claims, bulleted=True)


def _uncovered(evaluation: FinalEvaluation) -> list[Claim]:
    """Name the fields of work that have statistics but no indicator, and the causes that the plan gives."""
    judged = set(evaluation.verdicts["category"])
    fields = [name for name in dict.fromkeys(evaluation.periods["category"]) if name not in judged and name != "其他"]
    claims = [Claim(f"**没有指标的领域**：{wording.listed(fields)}只有统计数据，专栏1没有指标。", ("专栏1", "专栏2"))] if fields else []
    causes = evaluation.plan.header.stated_causes
    if causes:
        words = f"**原因**：规划所述原因和问题为{'、'.join(causes)}；本评估没有检验这些原因。"
        claims.append(Claim(words, ("第一章第一节专栏2后",)))
    return claims


def _rows(frame: Any) -> Any:
    """Iterate rows by name; itertuples would give ``name`` another meaning to a reader, so it is ``name_``."""
    return frame.rename(columns={"name": "name_"}).itertuples()
