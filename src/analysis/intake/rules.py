"""Targets printed as rules (不低于…, 参照…) as structured data: what is compared with what, by which factor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

BEGINS_RULE = re.compile(r"不(?:低于|高于|少于|超过)|参照|按照|高于|低于|等于")

# A reference series is named in words; a second rule, an attribute or a figure is no part of it.
_HAN = r"(?:(?!约束性|预期性|不低于|参照)[\u4e00-\u9fff（）“”])"
_FORMS = (
    ("factor_of", re.compile(rf"不(?P<sign>低于|少于|高于|超过)(?P<reference>{_HAN}+?)的(?P<factor>\d+(?:\.\d+)?) ?(?P<of>倍|%)")),
    ("growth_of", re.compile(rf"不(?P<sign>低于|少于|高于|超过)(?P<reference>{_HAN}+?)增速")),
    ("level_of", re.compile(rf"不(?P<sign>低于|少于|高于|超过)(?P<reference>{_HAN}+?标准)(?!的)")),
    ("follows", re.compile(rf"参照(?P<reference>{_HAN}+?标准)(?!的)")),
)
_COMPARISONS = {"低于": "at_least", "少于": "at_least", "高于": "at_most", "超过": "at_most"}


@dataclass(frozen=True)
class Rule:
    """A target tied to another series.

    Attributes:
        text: as printed.
        kind: ``factor_of`` (level against a share or multiple of the reference's level), ``growth_of`` (growth
            against the reference's growth), ``level_of`` and ``follows`` (level against the reference's level).
        comparison: ``at_least``, ``at_most`` or ``follows``.
        reference: the reference series as printed (本地最低工资标准).
        factor: multiple of the reference's level (1.6; 2 % is 0.02); empty where the rule has none.
    """

    text: str
    kind: str
    comparison: str
    reference: str
    factor: Decimal | None


def read_rule(text: str) -> Rule | None:
    """Read the rule that a text begins with; None if it has none of the known forms.

    The known forms end themselves, so a rule is cut off rightly where the next sub-row's name follows at once.

    Example:
        >>> rule = read_rule("不低于本地最低工资标准的30%全护理（失能）")
        >>> rule.text, rule.kind, rule.comparison, rule.reference, rule.factor
        ('不低于本地最低工资标准的30%', 'factor_of', 'at_least', '本地最低工资标准', Decimal('0.3'))
    """
    for kind, form in _FORMS:
        found = form.match(text)
        if not found:
            continue
        groups = found.groupdict()
        factor = None
        if groups.get("factor"):
            factor = Decimal(groups["factor"])
            if groups["of"] == "%":
                factor = (factor / 100).normalize()
        comparison = _COMPARISONS.get(groups.get("sign") or "", "follows")
        return Rule(found.group(), kind, comparison, groups["reference"], factor)
    return None
