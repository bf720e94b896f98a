"""The assumption ledger in words: a range with its unit, a table, and the document docs/assumptions.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import RATING_WORDS, SEEN_IN_THE_ORIGINAL, Assumption, assumption_table, load_assumption
from analysis.presentation.wording import NOT_APPLICABLE, number
from analysis.vocabulary.marks import ILLUSTRATIVE, UNVERIFIED

if TYPE_CHECKING:
    import pandas as pd

_DIGITS = 10  # of a value in the ledger, all of which are shown


def range_words(item: Assumption) -> str:
    """Write an assumption's range and middle value with its unit.

    Example:
        >>> range_words(load_assumption("institution_occupancy"))
        '53%～82%，中62%'
        >>> range_words(load_assumption("ageing_cohort_scale"))
        '0.85～1.15，中1（倍）'
    """
    low, mid, high = (number(value, _DIGITS) for value in item.range)
    if low == high:
        return f"{mid}{item.unit}（定值）"
    if item.unit.startswith("%"):
        return f"{low}{item.unit}～{high}{item.unit}，中{mid}{item.unit}"
    return f"{low}～{high}，中{mid}（{item.unit}）"


def assumption_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Return entries of the ledger as the notebooks' tables show them, all text.

    Args:
        rows: see :func:`analysis.archive.assumptions.assumption_table`.
    """
    import pandas as pd

    ends = rows[["low", "mid", "high"]].itertuples(index=False)
    return pd.DataFrame(
        {
            "标识": rows["id"],
            "假设": rows["name"],
            "低、中、高": ["、".join(number(value, 3) for value in row) for row in ends],
            "单位": rows["unit"],
            "证据": rows["quality"].map(RATING_WORDS),
            "影响": rows["impact"].map(RATING_WORDS),
            "出处": [row.citation or row.mark for row in rows.itertuples()],
            "标记": rows["mark"].replace("", NOT_APPLICABLE),
        }
    )


def assumption_document() -> str:
    """Return docs/assumptions.md: every entry of the ledger by group, as Markdown.

    Returns:
        The document, which depends on nothing but the ledger's files: groups by their file's name, in each the most doubtful and
        weighty first.

    Raises:
        InputError: a defective ledger.
    """
    table = assumption_table()
    ledger = [load_assumption(id) for id in table["id"]]
    counts = {
        "条": len(ledger),
        "条证据弱而影响大（红红）": sum(item.is_red_red for item in ledger),
        f"条{UNVERIFIED}": sum(item.mark == UNVERIFIED for item in ledger),
        f"条没有出处（{ILLUSTRATIVE}）": sum(item.mark == ILLUSTRATIVE for item in ledger),
    }
    total, *rest = [f"{count}{words}" for words, count in counts.items()]
    lines = [
        "# 假设台账",
        "",
        "由 `src/analysis/parameters/assumptions/*.yml` 生成（`make data`），请勿手工修改。`minzheng assumptions` 在终端列出同样的内容。",
        "",
        f"共{total}，其中{'，'.join(rest)}。",
        "",
        "- **证据**：红，没有依据，或依据来自他地、他类人群；黄，间接依据；绿，本地同口径的官方数。",
        "- **影响**：红，在低、高之间变动会改变结论；黄，改变数值而不改变结论；绿，影响很小。",
        f"- **所见**：看到的是什么。{'、'.join(SEEN_IN_THE_ORIGINAL)}之外的都标{UNVERIFIED}。",
        f"- **{ILLUSTRATIVE}**：没有出处，只能在研究笔记本中使用，不能写进报告。",
        "- 低、中、高是合理变动的范围，不是置信区间；定值是设定，不是估计。",
        "",
    ]
    for (group, title), members in table.groupby(["group", "group_title"]):
        lines += [f"## {title}（{group}.yml）", ""]
        for id in members["id"]:
            lines += _entry(load_assumption(id))
    return "\n".join(lines)


def _entry(item: Assumption) -> list[str]:
    cited = item.citation
    source = cited.text if cited else f"无（{ILLUSTRATIVE}）"
    lines = [
        f"### {item.name}" + (f"〔{item.mark}〕" if item.mark else ""),
        "",
        f"- 标识：`{item.id}`",
        f"- 定义：{item.definition}",
        f"- 取值：{range_words(item)}",
        f"- 证据{RATING_WORDS[item.quality]}、影响{RATING_WORDS[item.impact]}：{item.reason}",
        f"- 出处：{source}",
    ]
    if cited:
        places = [*([f"data/raw/{cited.deposit}"] if cited.deposit else []), *(f"<{address}>" for address in cited.address.split())]
        lines.append(f"- 所见：{cited.seen}" + (f"（{'、'.join(places)}）" if places else ""))
    if item.note:
        lines.append(f"- 说明：{item.note}")
    return [*lines, f"- 复核日期：{item.reviewed.isoformat()}", ""]
