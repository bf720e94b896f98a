"""The sheet 填报说明 of the monitoring workbook: who fills in what, how, and how it is handed in."""

from __future__ import annotations

from typing import Any

from analysis.archive.forms import INSTRUCTIONS_SHEET, PLAN_LABEL, SHEETS, MonitoringForm
from analysis.publishing.monitoring_styles import CLOSED_TINT, INPUT_TINT, LABEL_TINT, Styles
from analysis.vocabulary.marks import DEMONSTRATION

_WIDTHS = (22, 34, 16, 50)
_CHARACTERS_PER_LINE, _DEFINITION_CHARACTERS = 50, 24

# (heading, paragraphs); a paragraph is a pair: its keyword and what is said.
_SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "一、谁填，填哪里",
        (
            ("分工", "“提供单位”一列写明每行由谁提供。各单位可只填自己的行，其余留空；可按“提供单位”或“年份”筛选，交表前清除筛选。"),
            (
                "工作表",
                "“指标”填规划的指标，每个指标每年一行；“背景数据”填评估要用的标准、增速和人口；“任务台账”填指标表以外的任务。"
                "没有的表即不需填。",
            ),
            ("只填淡黄格", "灰底的标签已锁定。深灰格不适用于该行，不填。不要合并单元格、插入公式、隐藏行列或改表名、列名。"),
        ),
    ),
    (
        "二、数值",
        (
            ("只填数字", "不带单位、百分号、千分逗号和“约”等字。占比85%填85，不填0.85。单位照“单位”列，例如单位是元就不要填成万元。"),
            ("暂缺留空", "还没有数就把格子留空。空表示暂缺，不是0；不要填“无”“—”“暂无”。真的是0才填0。"),
            (
                "k和N",
                "按个数计的占比（k、N格为淡黄）填已达到数k，总数N已按规划填好，数值可以留空，由k÷N算出；都填时须一致，判定以k÷N为准。"
                "N有变动时改N，备注写明，“已核对”填“是”。",
            ),
            ("口径", "统计口径与规划基期不同的，选“口径变更”，备注写明变在哪里。相同的可留空。"),
            ("数据状态", "正式、初步、估算三选一；留空为正式。"),
            ("已核对", "与基期或其他年份相差悬殊（千倍以上）等疑似有误的数，会被退回核对；确实无误的，填“是”即可通过。平时留空。"),
        ),
    ),
    (
        "三、日期",
        (
            ("数据版本", "该数公布的日期，写成2023-03-15。数修订后，改原格的数值，数据版本填新的公布日期，备注写明原数。"),
            ("生效日期", "只用于各类标准。一年中标准没有变动的，填现行标准的执行日期，不清楚的留空。"),
            (
                "年中调整",
                "同一年有两个标准的，原标准填在该年的行，新标准填在标有“年中调整时填”的空行，选年份，填生效日期。"
                "例如最低工资标准2021年12月1日调整：2021年的行填调整前的标准，空行选2021，填调整后的标准和2021-12-01。",
            ),
        ),
    ),
    (
        "四、来源与责任",
        (
            ("来源、佐证", "来源写文件名或报表名；佐证材料写存放处或编号。填报单位、审核人写单位名、姓名。"),
            ("不收个人信息", "任何格子都不要出现身份证号码、手机或电话号码；查到即整表退回。"),
        ),
    ),
    (
        "五、检查与上交",
        (
            ("检查", "存盘后运行：minzheng check 文件名.xlsx。有问题会逐条列出工作表、单元格、指标、年份和改法，改到没有为止。"),
            ("上交", "保持XLSX格式，不设密码，不带宏。也可以把单张表另存为CSV上交，列名不变。"),
        ),
    ),
)


def write_instructions(book: Any, styles: Styles, form: MonitoringForm, title: str) -> None:
    """Write the sheet of instructions, with the cell that tells which plan the workbook belongs to.

    Args:
        book: an xlsxwriter workbook.
        styles: its formats.
        form: the plan's form.
        title: heading of the sheet.
    """
    sheet = book.add_worksheet(INSTRUCTIONS_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title, styles.title())
    line = 1
    facts = [
        (PLAN_LABEL, form.plan), ("规划", form.title), ("地区", form.place),
        ("年份", f"{form.years[0]}—{form.years[-1]}年；背景数据另填基期{form.base_year}年"),
    ]  # fmt: skip
    if form.demonstration:
        facts.append(("说明", f"{DEMONSTRATION}：地区与数字均为虚构"))
    for name, content in facts:
        sheet.write_string(line, 0, name, styles.text(bold=True))
        sheet.write_string(line, 1, content, styles.text()) if name == PLAN_LABEL else _wide(sheet, styles, line, content)
        line += 1
    for column, (words, tint) in enumerate(
        (("淡黄：填写", INPUT_TINT), ("浅灰：标签，锁定", LABEL_TINT), ("深灰：不适用，不填", CLOSED_TINT))
    ):
        sheet.write_string(line, column, words, styles.sample(tint))
    line += 2
    for heading, paragraphs in _SECTIONS:
        sheet.set_row(line, 20)
        sheet.write_string(line, 0, heading, styles.heading())
        line += 1
        for name, content in paragraphs:
            sheet.write_string(line, 0, name, styles.text(bold=True))
            _wide(sheet, styles, line, content)
            line += 1
        line += 1
    _write_series(sheet, styles, form, line)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&R&8第&P页，共&N页")


def _wide(sheet: Any, styles: Styles, line: int, content: str) -> None:
    """Write text across the columns beside its keyword, in a row as high as it needs."""
    sheet.merge_range(line, 1, line, len(_WIDTHS) - 1, content, styles.text())
    sheet.set_row(line, 16 * -(-len(content) // _CHARACTERS_PER_LINE) + 2)


def _write_series(sheet: Any, styles: Styles, form: MonitoringForm, line: int) -> None:
    """Write the table of context series: the ids that CSV files use, and what exactly each means."""
    rows = form.rows_of("context")
    if not rows:
        return
    sheet.set_row(line, 20)
    sheet.write_string(line, 0, f"六、{SHEETS['context']}的标识与定义", styles.heading())
    for column, heading in enumerate(("标识（指标序号列）", "名称", "单位", "定义")):
        sheet.write_string(line + 1, column, heading, styles.header(False))
    for position, row in enumerate(rows, start=line + 2):
        name = row.name + (f"：{row.part}" if row.part else "")
        for column, content in enumerate((row.series, name, row.unit, row.definition)):
            sheet.write_string(position, column, content, styles.text(framed=True))
        sheet.set_row(position, 32 if len(row.definition) > _DEFINITION_CHARACTERS else 20)
