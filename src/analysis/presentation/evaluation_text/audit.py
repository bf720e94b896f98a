"""The internal annex on the plan's own printed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.audit.arithmetic import DIFFERS
from analysis.audit.source_audit import figure_checks
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.marking import count

if TYPE_CHECKING:
    from analysis.assessment.evaluation import PlanEvaluation


def audit(evaluation: PlanEvaluation) -> Passage:
    """How many printed figures of the plan were checked and differ; internal, off in what is handed out."""
    if evaluation.audit is None:
        return passage("内部附件　源数据核对", [Claim("该规划的目标表由人录入，没有规划全文可供核对。")], level=2)
    checks = figure_checks(evaluation.audit)
    checked = count(len(checks), "核对的数字项数")
    differing = count(int((checks["verdict"] == DIFFERS).sum()), "不一致的项数")
    claims = [
        Claim(f"对规划文本印制的{checked}项数字作核对，{differing}项不一致，逐项列在下表。", ("源数据核对",)),
        Claim("本附件供内部校订，不随报告印发；孰是孰非由发文机关确认。"),
    ]
    return passage(f"内部附件　源数据核对：{checked}项中{differing}项不一致", claims, level=2, evidence=("源数据核对",))
