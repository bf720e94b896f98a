"""The words of verdicts: their order of severity, the national wording, and what they say of the pace."""

from __future__ import annotations

# Level targets before a plan's end.
EARLY, FASTER, ON_SCHEDULE, NEARLY_ON_SCHEDULE = "提前完成", "快于预期", "符合预期", "基本符合"
SLIGHTLY_BEHIND, FAR_BEHIND, REGRESSED = "略滞后", "明显滞后", "倒退"
# Keep targets, and rules judged each year.
KEPT, NOT_KEPT = "保持", "未保持"
COMPLIED, PARTLY_COMPLIED, NOT_COMPLIED = "达标", "部分年度未达标", "未达标"
# At a plan's end.
EXCEEDED, MET, NEARLY, MISSED = "超额完成", "完成", "基本完成", "未完成"
# Not judged.
UNKNOWN, DEFINITION_CHANGED = "无法评估", "口径变更"

UNJUDGED = (UNKNOWN, DEFINITION_CHANGED)
MET_STATUSES = (EXCEEDED, MET)
# Worst first: an indicator's verdict is its worst part's, and a report names them in this order. A failure that is known
# stands before what can't be judged, so that a gap in one part never hides it; what can't be judged stands before the good.
SEVERITY = (
    REGRESSED, MISSED, NOT_KEPT, NOT_COMPLIED, FAR_BEHIND, SLIGHTLY_BEHIND, PARTLY_COMPLIED, UNKNOWN, DEFINITION_CHANGED,
    NEARLY_ON_SCHEDULE, NEARLY, ON_SCHEDULE, KEPT, COMPLIED, FASTER, MET, EARLY, EXCEEDED,
)  # fmt: skip

# Wording of the national midterm evaluation of the 14th plan (2023): four classes of what is judged.
NATIONAL_EARLY, NATIONAL_FASTER, NATIONAL_ON_SCHEDULE, NATIONAL_BEHIND = "提前实现", "快于预期", "基本符合预期", "滞后"
NATIONAL_CLASSES = (NATIONAL_EARLY, NATIONAL_FASTER, NATIONAL_ON_SCHEDULE, NATIONAL_BEHIND)
# Statuses that need no mending: what a report counts as on course at the midterm, or as met at the end.
ON_COURSE = (EARLY, FASTER, ON_SCHEDULE, NEARLY_ON_SCHEDULE, KEPT, COMPLIED, EXCEEDED, MET, NEARLY)
BEHIND_STATUSES = tuple(status for status in SEVERITY if status not in ON_COURSE and status not in UNJUDGED)


def national_class(status: str) -> str:
    """Return the class of the national midterm wording for a midterm status; empty for what is not judged.

    Example:
        >>> national_class("保持"), national_class("略滞后"), national_class("无法评估")
        ('基本符合预期', '滞后', '')
    """
    if status in UNJUDGED:
        return ""
    if status == EARLY:
        return NATIONAL_EARLY
    if status == FASTER:
        return NATIONAL_FASTER
    return NATIONAL_ON_SCHEDULE if status in (ON_SCHEDULE, NEARLY_ON_SCHEDULE, KEPT, COMPLIED) else NATIONAL_BEHIND
