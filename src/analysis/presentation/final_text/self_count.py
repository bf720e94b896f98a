"""Whether the plan's own count of its indicators can be reproduced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.audit.arithmetic import DIFFERS, UNVERIFIABLE
from analysis.audit.declared_checks import NAMED_AS_MISSED
from analysis.presentation import wording
from analysis.presentation.claims import Claim, Passage, passage, rows_of
from analysis.presentation.final_text.figures import INDICATORS, WHOLE
from analysis.presentation.marking import count, marked
from analysis.presentation.quantities import quantity

if TYPE_CHECKING:
    from analysis.assessment.final import FinalEvaluation

_STATED = ("第一章第一节",)


def self_count(evaluation: FinalEvaluation) -> Passage:
    """Whether the plan's own count can be reproduced."""
    frame = evaluation.self_count
    checked = frame[frame["agrees"] != UNVERIFIABLE]
    agreeing = int((checked["agrees"] == "一致").sum())
    stated = evaluation.plan.header.self_count
    assert stated is not None
    agree, compared = count(agreeing, "与复算相符的数字个数"), count(len(checked), "可以复算的自述数字个数")
    remaining, met, exceeded, first = (
        quantity(number, f"规划自述：{name}", evidence=_STATED)
        for number, name in (
            (stated.remaining, "期末实施的项数"),
            (stated.met, "完成的项数"),
            (stated.exceeded, "超额完成的项数"),
            (stated.first_set, "期初制定的项数"),
        )
    )
    dropped = quantity(stated.first_set - stated.remaining, "不再由民政部门实施的项数", "期初制定的项数−期末实施的项数")
    claims = [
        Claim(
            f"规划自述期末实施{remaining}项、完成{met}项、超额完成{exceeded}项，复算{agree}项数字相符。"
            if agreeing == len(checked)
            else f"规划自述的{compared}个数字中{agree}个与复算相符。",
            (*_STATED, WHOLE),
        ),
        Claim(f"期初制定的{first}项中有{dropped}项因机构改革等原因不再由民政部门实施，清单未附，其完成情况无法评估。", _STATED),
    ]
    agrees = "与专栏1一致" if agreeing == len(checked) else "与专栏1不全一致"
    named = _named_as_missed(evaluation)
    return passage(f"（二）自述项数{agrees}{'，正文列举有出入' if named else ''}", [*claims, *named])


def _named_as_missed(evaluation: FinalEvaluation) -> list[Claim]:
    """Set the missed indicators that the prose names beside those that the table shows; nothing where they agree."""
    rows = evaluation.audit[evaluation.audit["group"] == NAMED_AS_MISSED]
    wrong = rows[(rows["verdict"] == DIFFERS) & (rows["id"] != "f00")]
    unnamed = rows[rows["verdict"] == UNVERIFIABLE]
    if wrong.empty and unnamed.empty:
        return []
    named = rows[(rows["id"] != "f00") & ~rows["id"].isin(unnamed["id"])]
    stated = count(len(named), "规划正文列举为未完成的指标数", tuple(f"核对{id}" for id in named["id"]))
    listed = [f"{row.subject}（{_completion(row)}）" for row in rows_of(wrong)]
    parts = [f"规划正文列举{stated}项“等”未完成，其中{wording.listed(listed)}在专栏1已达到目标"] if listed else []
    if len(unnamed):
        parts.append(f"专栏1未完成而正文未列名的是{wording.listed(list(unnamed['subject']))}")
    evidence = tuple(f"核对{id}" for id in rows["id"])
    return [Claim(f"{'；'.join(parts)}。", evidence), Claim("本报告以专栏1为准，请发文机关确认。")]


def _completion(row: Any) -> str:
    """Return the completion rate that a check recomputed, marked."""
    place = (f"{INDICATORS}第{int(row.id[1:])}行", f"核对{row.id}")
    return marked(row.recomputed.split("，")[0], f"{row.subject}的完成率", row.arithmetic, place)
