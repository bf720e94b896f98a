"""What can't be placed is an error that names line and text; a row is never dropped or guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sample_plan import CELLS, HEADERS, PROJECTS_TEXT, TEXT, TITLES, changed, laid_out, line_of, problems_of, read

from analysis.intake.boxes import ACHIEVED, PLANNED, PROJECTS, STATISTICS
from analysis.intake.plan_text import read_plan_text, write_tables
from analysis.vocabulary.errors import InputError

# What is damaged, the passage as deposited, as damaged, and words that the error names.
DAMAGES = {
    "a value is lost": ("13 养老床位（张） 3309 4983", "13 养老床位（张） 3309", "序号13"),
    "a value is lost before a category": ("28 社区专职工作人员（人） 1662 1666", "28 社区专职工作人员（人） 1662", "序号28"),
    "a row number is lost": ("13 养老床位（张）", "养老床位（张）", "序号13"),
    "the first row number is lost": ("1 每千名长者", "每千名长者", "序号1"),
    "a name is lost": ("养老机构（个） 17 23", "（个） 17 23", "序号15"),
    "a unit is lost": ("13 养老床位（张）", "13 养老床位", "序号13"),
    "the last row but one lost a value": ("— 8492.14", "8492.14", "序号44"),
    "a row is left with its number only": ("44 发放重度残疾人护理补贴（万元） — 8492.14", "44", "序号44"),
    "a letter in a value": ("13 养老床位（张） 3309", "13 养老床位（张） 33O9", "33O9"),
    "a letter behind the last value": ("25.49 26.85", "25.49 26.8S", "26.8S"),
    "a letter on a row number": ("18 社会工作人才培训（人次）", "18a社会工作人才培训（人次）", "18a"),
    "a sign on a row number": ("7 慈善募集款物（万元/年）", "7、慈善募集款物（万元/年）", "序号7"),
    "a stray figure before a name": ("12 社区公益服务类", "12 7 社区公益服务类", "序号12"),
    "a stray figure behind a name": ("13 养老床位（张）", "13 养老床位 7（张）", "序号13"),
    "a stray dash behind a name": ("13 养老床位（张）", "13 养老床位 —（张）", "序号13"),
    "a second bracket": ("13 养老床位（张） 3309", "13 养老床位（张）（新） 3309", "（新）"),
    "% in a column without %": ("3309 4983", "3309% 4983", "3309%"),
    "a rate without %": ("40 16 40%", "40 16 40", "序号1"),
    "an unknown category": ("儿童\n\n福利\n\n17 孤儿", "儿童\n\n权益\n\n17 孤儿", "儿童权益"),
    "a category without a page break": ("15 社会组织信息公示率", "社会组织\n15 信息公示率", "社会组织"),
    "an unreadable character": ("养老护理员持证", "养老护\ufffd员持证", "序号4"),
    "an unknown category in box 3": ("9\n\n儿童\n\n福利\n", "9\n\n儿童\n\n权益\n", "儿童福利"),
    "a category glued to its name in box 3": ("4\n\n养老\n\n服务\n\n养老机构", "4\n\n养老服务养老机构", "类别与名称分开"),
    "a category repeated on the same page of box 3": ("5 街道综合养老服务中心\n", "5 养老服务 街道综合养老服务中心\n", "序号5"),
    "a unit that is not known": ("人/万 15", "个/千人 15", "序号15"),
    "a part of a unit": ("元/人/\n月\n\n2570\n不低于", "元/人\n2570\n不低于", "序号9"),
    "a sub-row without label": ("半自理\n\n（半失能）\n\n", "", "序号3"),
    "a letter before the value of a sub-row": ("630 不低于", "a630 不低于", "a630"),
    "half an attribute": ("175 参照省标准 预期性", "175 参照省标准 预期", "预期"),
    "the end of the last attribute": ("235 参照省标准 预期性", "235 参照省标准 预", "预"),
    "a merged number printed once": ("% 73 75 75 约束性", "% 73 75 约束性", "序号4"),
    "half a rule": ("资标准的 2%", "", "序号3"),
    "a doubled line of a rule": ("42 不低于本地最低工\n", "42 不低于本地最低工\n42 不低于本地最低工\n", "序号3"),
    "the row number before sub-rows is lost": ("3 特困人员照\n", "特困人员照\n", "序号3"),
    "a row is lost": ("8 慈善帮扶（万人次/年） 1.2 1.45 121%", "", "序号8"),
    "a row is doubled": (
        "8 慈善帮扶（万人次/年） 1.2 1.45 121%",
        "8 慈善帮扶（万人次/年） 1.2 1.45 121%\n8 慈善帮扶（万人次/年） 1.2 1.45 121%",
        "序号9",
    ),
    "a chapter heading cuts the table": ("10 社区民主协商", "第三章 主要任务\n10 社区民主协商", "10社区民主协商"),
    "another box's title cuts the table": ("10 社区民主协商", "专栏5 重点工程\n10 社区民主协商", "10社区民主协商"),
    "a sentence cuts the table": ("10 社区民主协商", "为做好工作，特制定本规划。\n10 社区民主协商", "10社区民主协商"),
    "swapped periods": ("“十二五”\n期间\n\n“十三五”\n期间", "“十三五”\n期间\n\n“十二五”\n期间", "表头"),
    "swapped target and result": ("目标值\n\n“十三五”\n完成值", "完成值\n\n“十三五”\n目标值", "表头"),
    "a fourth year": ("2020年\n实际值", "2019年\n实际值\n2020年\n实际值", "表头"),
    "other years": ("2025年\n目标值", "2030年\n目标值", "2030"),
    "a value in place of which a page number may stand": (
        "13 养老床位（张） 3309 4983",
        f"13 养老床位（张） 3309\n19\n{TITLES[STATISTICS]}\n{HEADERS[STATISTICS]}",
        "序号13|“19”",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_with_line_and_text(damage: str) -> None:
    old, new, named = DAMAGES[damage]
    text = changed(old, new)
    # The figure might be the lost value in a text whose other pages have no number; here all have none but one.
    if "“19”" in named:
        text = laid_out(STATISTICS, "\n".join(" ".join(cell.text for cell in row) for row in CELLS[STATISTICS]))
        text = changed("13 养老床位 （张） 3309 4983", new, text)
        problems = problems_of(text, STATISTICS)
    else:
        problems = problems_of(text)
    assert problems
    assert re.search(named, problems[0] if len(problems) == 1 else "\n".join(problems)), problems
    damaged = text[: _first_difference(TEXT, text)].count("\n") + 1 if "“19”" not in named else line_of("\n19\n", text)
    lines = [int(line) for problem in problems for line in re.findall(r"第(\d+)行“", problem)]
    assert any(abs(line - damaged) <= 8 for line in lines), (lines, damaged)
    assert all("应为：" in problem and "处理：" in problem and len(problem) < 400 for problem in problems)


def _first_difference(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@pytest.mark.parametrize("lost", ["13 ", "养老机构", "（户）", " 1666"])
def test_one_defect_is_told_once(lost: str) -> None:
    at = TEXT.index("主要数据统计")
    text = TEXT[:at] + TEXT[at:].replace(lost, "", 1)
    assert len(problems_of(text)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("（张） 3309 4983", "（张） 3309"), ("（户） 3998 3227", "（户） 3998 x")),
        (("13 养老床位（张） 3309", "13 养老床位（张） 33O9"), ("14 养老服务设施（个） 209", "14 养老服务设施（个） x")),
        (("40 16 40%", "40 16"), ("（万宗） 2.25 6.19", "（万宗） 2.25 x")),
        (("1 每千名长者", "每千名长者"), ("3 社区养老服务设施覆盖率（%） 100", "3 社区养老服务设施覆盖率（%） lOO")),
        (("97 139", "97 x"), ("% 73 75 75 约束性", "% 73 75 约束性")),
    ],
)
def test_two_defects_are_both_told(first: tuple[str, str], second: tuple[str, str]) -> None:
    text = changed(*second, changed(*first))
    problems = problems_of(text)
    both = {line for problem in problems for line in map(int, re.findall(r"第(\d+)行“", problem))}
    for _, damaged in (first, second):
        assert any(abs(line - line_of(damaged, text)) <= 3 for line in both), problems
    assert len(problems) <= 3


def test_a_missing_box_hides_no_defect_of_the_others() -> None:
    text = changed(
        "序号 类别 指标 单位", "", changed("317 451 142%", "317 142%", TEXT.replace("序号 类别 指标 单位", "") + "序号 类别 指标 单位")
    )
    problems = "\n".join(problems_of(text))
    assert "主要指标表" in problems
    assert "序号12" in problems


def test_two_tables_with_the_same_header_are_told_with_both_lines() -> None:
    small = f"专栏9 试点\n{HEADERS[STATISTICS]}\n社会救助\n1 试点项目（个） 1 2\n第一章 总则\n"
    (problem,) = problems_of(small + TEXT, STATISTICS)
    assert "第4行和第" in problem or "第3行和第" in problem
    assert "同样表头" in problem


def test_a_quotation_stays_short_when_the_whole_table_is_one_line() -> None:
    body = " ".join(cell.text for row in CELLS[STATISTICS] for cell in row)
    (problem,) = problems_of(laid_out(STATISTICS, changed("3309 4983", "3309", body)), STATISTICS)
    assert "序号13" in problem
    assert len(problem) < 200


@pytest.mark.parametrize("kind", [ACHIEVED, STATISTICS, PLANNED])
def test_no_row_can_be_left_out(kind: str) -> None:
    for gone in range(len(CELLS[kind]) - 1):
        rows = [row for number, row in enumerate(CELLS[kind]) if number != gone]
        assert problems_of(laid_out(kind, "\n".join(" ".join(cell.text for cell in row) for row in rows)), kind), gone


@pytest.mark.parametrize("kind", [ACHIEVED, STATISTICS, PLANNED])
def test_no_figure_can_be_left_out_or_doubled(kind: str) -> None:
    cells = [cell for row in CELLS[kind] for cell in row]
    for at, cell in enumerate(cells):
        if cell.kind in ("figure", "number"):
            for other in ([*cells[:at], *cells[at + 1 :]], [*cells[: at + 1], *cells[at:]]):
                assert problems_of(laid_out(kind, "\n".join(c.text for c in other)), kind), (at, cell)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("邻近街道合设）。", "邻近街道合设）"),
        ("2022年", "202Z年"),
        ("300平方", "3O0平方"),
        ("至少 1个", "至少 l个"),
        ("邻里中心（40间）：", "7 邻里中心（40间）："),
        ("（12个）", "（个）"),
        ("（40间）：", "（40间）"),
        ("邻里中心（40间）", "测试。邻里中心（40间）"),
    ],
)
def test_damaged_commitments_are_told(old: str, new: str) -> None:
    assert problems_of(TEXT + changed(old, new, PROJECTS_TEXT), PROJECTS)


def test_nothing_is_written_for_a_damaged_text(tmp_path: Path) -> None:
    source, out = tmp_path / "规划.txt", tmp_path / "out"
    source.write_text(changed("3309 4983", "3309"), encoding="utf-8")
    with pytest.raises(InputError, match=r"规划\.txt 第\d+行“13 养老床位"):
        write_tables(read_plan_text(source, (STATISTICS,)), out, (STATISTICS,))
    assert not out.exists()


def test_a_figure_alone_before_a_title_is_a_value_where_pages_have_no_numbers() -> None:
    again = f"{TITLES[STATISTICS]}\n{HEADERS[STATISTICS]}"
    text = changed("26 社区（个） 222 222", f"26 社区（个） 222\n222\n{again}")
    assert read(text).statistics[25].period_13 == 222
