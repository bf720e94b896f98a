"""Tables for readers: units in the header, numbers right-aligned, verdicts as word plus symbol."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from analysis.archive.indicators import MEASURE_TITLES
from analysis.assessment.statuses import EXCEEDED, SEVERITY
from analysis.audit.arithmetic import DIFFERS
from analysis.audit.declared_checks import SLIPS
from analysis.audit.source_audit import figure_checks
from analysis.presentation import style, wording
from analysis.presentation.marking import COUNTING
from analysis.vocabulary.marks import DEMONSTRATION

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.final import FinalEvaluation

TABLE_MIME = "application/vnd.minzheng.table+json"
WIDE_COLUMNS = 8  # from here on a table may be wider than the text beside it


@dataclass(frozen=True)
class Table:
    """A table of ready-made text cells.

    Attributes:
        name: ASCII name, unique in a report.
        title: caption.
        cells: strings only.
        numeric: columns to align right.
        demonstration: whether it shows made-up figures; the caption then says so.
        evidence: for each row, the places its numbers come from (``指标表第1行``); empty where ``places`` hold for all.
        places: places that hold for every row.
        formulas: how the numbers of a column are computed, by column; none for numbers as deposited.
    """

    name: str
    title: str
    cells: pd.DataFrame
    numeric: tuple[str, ...] = ()
    demonstration: bool = False
    evidence: tuple[tuple[str, ...], ...] = ()
    places: tuple[str, ...] = ()
    formulas: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.evidence and len(self.evidence) != len(self.cells):
            raise ValueError(f"表 {self.name}：{len(self.cells)}行，却有{len(self.evidence)}行依据")
        if unknown := set(self.formulas) - set(self.cells.columns):
            raise ValueError(f"表 {self.name}没有这些列：{'、'.join(sorted(unknown))}")

    @property
    def wide(self) -> bool:
        """Say whether it needs more width than the text."""
        return len(self.cells.columns) >= WIDE_COLUMNS

    @property
    def caption(self) -> str:
        """Title, with （演示数据） after it where due."""
        return f"{self.title}（{DEMONSTRATION}）" if self.demonstration else self.title

    def html(self) -> str:
        """Return the table as HTML; cell text is escaped, ids are fixed by the name."""
        from pandas.io.formats.style import Styler

        columns = list(self.cells.columns)
        # JupyterLab aligns every cell right by default, so both sides are said here.
        sides = [{"selector": cell, "props": "text-align:left"} for cell in ("td", "th")]
        sides += [{"selector": f".col{columns.index(column)}", "props": "text-align:right;white-space:nowrap"} for column in self.numeric]
        styler = Styler(self.cells.reset_index(drop=True), uuid=self.name, cell_ids=False, escape="html")
        html = styler.hide(axis="index").format(escape="html").set_table_styles(sides).set_table_attributes('class="minzheng"').to_html()
        wide = " wide" if self.wide else ""
        title = f'<p class="table-title"><strong>{escape(self.caption)}</strong></p>'
        return f'<div class="table{wide}">{title}<div class="table-scroll">{html}</div></div>'

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        lines = ["　".join(self.cells.columns)]
        lines += ["　".join(str(cell).replace("\n", " ") for cell in row) for row in self.cells.itertuples(index=False)]
        content = {
            "name": self.name,
            "caption": self.caption,
            "columns": list(self.cells.columns),
            "rows": self.cells.astype(str).to_numpy().tolist(),
            "numeric": list(self.numeric),
            "wide": self.wide,
            "evidence": [list(row) for row in self.evidence],
            "places": list(self.places),
            "formulas": dict(self.formulas),
        }
        return {"text/html": self.html(), "text/plain": "\n".join([f"〔表〕{self.caption}", *lines]), TABLE_MIME: content}


def status_words(status: str) -> str:
    """Return a verdict as symbol and word."""
    return f"{style.STATUS_MARKS[status][0]} {status}"


def self_count_table(evaluation: FinalEvaluation) -> Table:
    """The plan's own count beside the recount."""
    frame = evaluation.self_count
    cells = frame.astype({"stated": str, "recounted": object}).fillna({"recounted": wording.NOT_APPLICABLE}).astype(str)
    cells = cells.rename(columns={"item": "指标数", "stated": "规划自述（项）", "recounted": "复算（项）", "agrees": "结论"})
    numeric = ("规划自述（项）", "复算（项）")
    places, formulas = ("第一章第一节", _whole(evaluation)), {"复算（项）": COUNTING}
    return Table("self_count", "规划自述与逐项复算", cells, numeric, places=places, formulas=formulas)


def category_table(evaluation: FinalEvaluation) -> Table:
    """Counts by category: by the plan's own convention, and exceeded by this repository's method."""
    own, method = evaluation.counts(), evaluation.counts("status_method")
    cells = own.rename(columns={status: f"{status_words(status)}（项）" for status in SEVERITY}).rename(columns={"合计": "合计（项）"})
    cells["按本评估规则超额完成（项）"] = method.get(EXCEEDED, 0)
    cells = cells.astype(str).reset_index()
    counted = tuple(cells.columns[1:])
    places, formulas = (_whole(evaluation),), dict.fromkeys(counted, COUNTING)
    return Table("categories", "按类别统计的指标完成情况（规划自身口径）", cells, counted, places=places, formulas=formulas)


def missed_table(evaluation: FinalEvaluation) -> Table:
    """The missed indicators with the amount they fell short by."""
    return _verdict_rows("missed", "未完成指标，按完成率由低到高", evaluation, evaluation.missed())


def verdict_table(evaluation: FinalEvaluation) -> Table:
    """Every indicator in printed order."""
    title = f"{len(evaluation.verdicts)}项指标完成情况全表（按专栏1次序）"
    return _verdict_rows("verdicts", title, evaluation, evaluation.verdicts)


def _whole(evaluation: FinalEvaluation) -> str:
    return f"{evaluation.plan.header.indicators_table}全表"


def _verdict_rows(name: str, title: str, evaluation: FinalEvaluation, verdicts: pd.DataFrame) -> Table:
    import pandas as pd

    cells = pd.DataFrame(
        {
            "序号": verdicts["indicator_id"],
            "类别": verdicts["category"],
            "指标": [f"{row.name_}（{row.unit}）" for row in verdicts.rename(columns={"name": "name_"}).itertuples()],
            "目标值": [wording.number(value, 2) for value in verdicts["target"]],
            "完成值": [wording.number(value, 2) for value in verdicts["value"]],
            "差额": [wording.number(value, 2) if value else wording.NOT_APPLICABLE for value in verdicts["shortfall"]],
            "完成率": [wording.percent(value, keep_zeros=True) for value in verdicts["completion"]],
            "印制完成率": [wording.percent(value / 100) for value in verdicts["printed_rate_percent"]],
            "判定（规划口径）": [status_words(status) for status in verdicts["status"]],
            "判定（本评估规则）": [status_words(status) for status in verdicts["status_method"]],
        }
    )
    evidence = tuple((f"{evaluation.plan.header.indicators_table}第{number}行",) for number in verdicts["indicator_id"])
    formulas = {
        "差额": "目标值−完成值（越低越好的为完成值−目标值），已达到的记—",
        "完成率": "完成值÷目标值（越低越好的为目标值÷完成值）",
    }
    numeric = ("序号", "目标值", "完成值", "差额", "完成率", "印制完成率")
    return Table(name, title, cells, numeric, evidence=evidence, formulas=formulas)


def periods_table(evaluation: FinalEvaluation) -> Table:
    """The two periods of every statistic, as printed and compared."""
    import pandas as pd

    rows = evaluation.periods
    flows = rows["measure"] == "flow"
    cells = pd.DataFrame(
        {
            "序号": rows["number"].astype(str),
            "统计数据": [
                f"{'其中：' if pd.notna(row.parent_number) else ''}{row.name_}（{row.unit}）"
                for row in rows.rename(columns={"name": "name_"}).itertuples()
            ],
            "量的类型（判读）": rows["measure"].map(MEASURE_TITLES),
            "“十二五”印制值": rows["printed_12"].replace("", wording.NOT_APPLICABLE),
            "“十三五”印制值": rows["printed_13"].replace("", wording.NOT_APPLICABLE),
            "“十二五”年均": _yearly_means(rows["earlier"].where(flows)),
            "“十三五”年均": _yearly_means(rows["later"].where(flows)),
            "增减": [wording.NOT_APPLICABLE if pd.isna(value) else wording.signed_percent(value) for value in rows["change_percent"]],
            "可比性": [
                row.definition_break
                or ("可比" if row.comparable else "含零值，不算增幅" if row.printed_12 and row.printed_13 else "仅一期有数，不比较")
                for row in rows.itertuples()
            ],
        }
    )
    periods = evaluation.plan.periods
    formulas = {
        "“十二五”年均": f"期间合计÷{periods['period_12'].years}年，期末存量不算年均",
        "“十三五”年均": f"期间合计÷{periods['period_13'].years}年，期末存量不算年均",
        "增减": "“十三五”÷“十二五”−1，期间合计用年均，期末存量直接比较",
    }
    return Table(
        "periods",
        f"{len(rows)}项统计数据：“十二五”与“十三五”（期间合计折为年均比较，期末存量直接比较）",
        cells,
        tuple(cells.columns[i] for i in (0, 3, 4, 5, 6, 7)),
        evidence=tuple((f"专栏2第{number}行",) for number in rows["number"]),
        formulas=formulas,
    )


def _yearly_means(values: Any) -> list[str]:
    """Write yearly means: three decimals below 10, else two, zeros kept so that a column lines up."""
    return [
        wording.NOT_APPLICABLE if math.isnan(value) else wording.number(value, 3 if value < 10 else 2, keep_zeros=True) for value in values
    ]


DIFFERING = "不一致的核对项：与复算或另一处印制不同，是否抵触见说明"
AUDIT_HEADERS = {
    "id": "编号", "group": "类别", "subject": "核对内容", "where": "位置", "printed": "印制", "recomputed": "复算",
    "difference": "差额", "verdict": "结论", "arithmetic": "算式", "note": "说明",
}  # fmt: skip


def audit_table(checks: pd.DataFrame, name: str, title: str, columns: list[str] | None = None) -> Table:
    """Checks of the source audit, all columns or some, under their Chinese headers."""
    cells = checks[columns or list(AUDIT_HEADERS)].rename(columns=AUDIT_HEADERS).replace("", wording.NOT_APPLICABLE)
    evidence = tuple((f"核对{id}",) for id in checks["id"])
    words = {"复算": "由“位置”所指的数重算，算式逐行列出", "差额": "印制−复算"}
    formulas = {column: formula for column, formula in words.items() if column in cells.columns}
    return Table(name, title, cells, evidence=evidence, formulas=formulas)


def differing_table(evaluation: FinalEvaluation) -> Table:
    """The checks on figures that do not agree, with their arithmetic."""
    checks = figure_checks(evaluation.audit)
    columns = ["id", "subject", "where", "printed", "recomputed", "arithmetic", "note"]
    return audit_table(checks[checks["verdict"] == DIFFERS], "differing", DIFFERING, columns)


def slips_table(evaluation: FinalEvaluation) -> Table:
    """Slips of print and names."""
    slips = evaluation.audit[evaluation.audit["group"] == SLIPS]
    return audit_table(slips, "slips", f"文字与名称问题（{len(slips)}处）", ["id", "where", "printed", "subject", "note"])


def audit_summary_table(summary: pd.DataFrame) -> Table:
    """Checks counted by kind and verdict."""
    cells = summary.astype(str).reset_index()
    counted = tuple(cells.columns[1:])
    formulas = dict.fromkeys(counted, COUNTING)
    return Table("audit_summary", "核对项数，按类别与结论", cells, counted, places=("源数据核对",), formulas=formulas)
