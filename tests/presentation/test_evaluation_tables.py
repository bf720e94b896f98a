"""Tables of a plan's evaluation: no blank cell, missing told from not applicable, figures as an official would write them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pandas as pd
import pytest

from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.final import evaluate_final
from analysis.presentation import evaluation_tables as made
from analysis.presentation import tables
from analysis.presentation.evaluation_tables import cells
from analysis.presentation.tables import Table

KINDS = ("midterm", "final", "unfilled")


@pytest.fixture(scope="module")
def evaluations() -> dict[str, PlanEvaluation]:
    return {
        "midterm": evaluate_plan("demo-14", 2023, monitoring_edition="2024-03-31"),
        "final": evaluate_plan("demo-14", 2025, monitoring_edition="2026-03-31"),
        "unfilled": evaluate_plan("yuexiu-14", 2023, data_year=2023),
    }


def tables_of(evaluations: dict[str, PlanEvaluation], kind: str) -> Iterator[Table]:
    """Every table of an evaluation that there is."""
    for name in made.__all__:
        if name in ("outcome_table", "forecast_check_table"):
            table = getattr(made, name)(evaluations["midterm"], evaluations["final"])
            if kind == "final" and table is not None:
                yield table
            continue
        result = getattr(made, name)(evaluations[kind])
        yield from (table for table in (result if isinstance(result, tuple) else (result,)) if table is not None)


def row(table: Table | None, number: str, part: str = "") -> dict[str, str]:
    """The row of an indicator (and part)."""
    assert table is not None
    (found,) = [
        cells for cells in table.cells.to_dict("records") if cells["序号"] == number and (not part or f"·{part}（" in cells["指标"])
    ]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_blank_and_every_number_column_exists(evaluations: dict[str, PlanEvaluation], kind: str) -> None:
    names = []
    for table in tables_of(evaluations, kind):
        names.append(table.name)
        for cell in table.cells.to_numpy().ravel():
            assert isinstance(cell, str) and cell.strip() and cell not in ("nan", "None", "<NA>"), table.name
        assert set(table.numeric) <= set(table.cells.columns), table.name
        assert "<td" in table.html() or table.cells.empty
    assert len(names) == len(set(names)) == {"midterm": 14, "final": 14, "unfilled": 12}[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_demonstration_stands_in_the_caption(evaluations: dict[str, PlanEvaluation], kind: str) -> None:
    for table in tables_of(evaluations, kind):
        assert table.caption.endswith("（演示数据）") is (kind != "unfilled")
        assert table.caption in table.html()
        assert table._repr_mimebundle_()["text/plain"].startswith(f"〔表〕{table.caption}\n")


def test_an_outcome_is_a_demonstration_if_either_evaluation_is(evaluations: dict[str, PlanEvaluation]) -> None:
    midterm, final = evaluations["midterm"], evaluations["final"]
    real = dataclasses.replace(final, deposits=evaluations["unfilled"].deposits)
    assert made.outcome_table(midterm, real).demonstration
    assert not made.outcome_table(dataclasses.replace(midterm, deposits=real.deposits), real).demonstration


def test_full_table_at_the_midterm(evaluations: dict[str, PlanEvaluation]) -> None:
    """One row of each sort of target, as an official reads it."""
    table = made.full_table(evaluations["midterm"])
    assert len(table.cells) == 27
    assert row(table, "12") == {
        "序号": "12", "指标": "常住人口人均捐赠额（元/人/年）", "属性": "预期性", "基期→目标": "17.5→21、26",
        "2023年值": "20.1", "完成率": "77.3%", "进展": "30.6%", "时序比": "0.74", "所需年步": "+2.95", "判定": "▽ 略滞后",
        "把握": "不足5%", "国家口径": "滞后", "备注": "初步数",
    }  # fmt: skip
    assert row(table, "6") | {"指标": ""} == {
        "序号": "6", "指标": "", "属性": "约束性", "基期→目标": "—→80、100", "2023年值": "82（123/150）",
        "完成率": "82.0%", "进展": "—", "时序比": "—", "所需年步": "+9百分点", "判定": "✓ 符合预期", "把握": "—", "国家口径": "基本符合预期",
        "备注": "无基期",
    }  # fmt: skip
    rule = row(table, "3", "半自理（半失能）")
    assert (rule["基期→目标"], rule["完成率"], rule["判定"], rule["备注"]) == (
        "516→规则", "—", "□ 部分年度未达标", "2021年未达标",
    )  # fmt: skip
    assert [row(table, "7")["所需年步"], row(table, "5")["所需年步"], rule["所需年步"]] == ["—", "0", "—"]
    assert row(table, "8")["所需年步"] == "—"  # the whole of what is missing is due now
    assert "规则见一（二）" in table.title
    assert row(table, "23")["2023年值"] == "…"
    assert row(table, "23")["备注"] == "缺少2023年数值；无基期"
    assert row(table, "21")["备注"] == "与目标之差在四舍五入内"
    assert row(table, "18")["国家口径"] == "—"


def test_full_table_at_the_end_leaves_out_what_no_longer_applies(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.full_table(evaluations["final"])
    assert not {"时序比", "所需年步", "国家口径"} & set(table.cells.columns)
    assert row(table, "15")["备注"] == "职能划转（2024年1月15日）"
    assert row(table, "11")["2025年值"] == "91.67（11/12）"


def test_remarks_name_what_is_to_be_verified(evaluations: dict[str, PlanEvaluation]) -> None:
    base = evaluations["midterm"].verdicts.iloc[0].to_dict()
    quiet = base | {"reason": "", "data_status": "正式"}
    assert cells.remarks(quiet) == "—"
    unsure = quiet | {"transferred": "2024-03-01", "transfer_status": "待核实", "reliability": "待核实", "path_sensitive": True}
    assert cells.remarks(unsure) == "职能划转（2024年3月1日，待核实）；判定随路径算法而变；待核实"
    assert cells.remarks(quiet | {"data_status": "估算"}) == "估算数"


def test_behind_names_what_was_asked_and_the_shortfall(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.behind_table(evaluations["midterm"])
    attributes = table.cells["属性"].tolist()
    assert attributes == sorted(attributes, key=lambda attribute: attribute != "约束性")
    assert table.cells["序号"].tolist() == ["8", "10", "15", "3", "16", "11", "22", "12", "1"]
    assert [row(table, "16")[name] for name in ("2023年", "应达到", "差额", "时序比")] == ["61", "78", "−17", "−0.21"]
    assert row(table, "8")["差额"] == "−3.2百分点"
    assert row(table, "10")["差额"] == "−70"
    end = made.behind_table(evaluations["final"])
    assert [row(end, "11")[name] for name in ("2025年", "目标", "差额", "完成率")] == ["91.67（11/12）", "100", "−8.33百分点", "91.7%"]


def test_a_rule_on_growth_asks_for_a_growth(evaluations: dict[str, PlanEvaluation]) -> None:
    """指标9 is money, but its rule compares growth: 2.62 % against 2.1 %, not against 2.1 yuan."""
    midterm = evaluations["midterm"]
    verdicts = midterm.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "9", ["status", "rule_required", "rule_margin"]] = ["未达标", 3.1, -0.48]
    found = row(made.behind_table(dataclasses.replace(midterm, verdicts=verdicts)), "9")
    assert (found["2023年"], found["应达到"], found["差额"]) == ("2,740", "增速3.1%", "−0.48百分点")


def test_nothing_behind_is_not_said_of_what_was_not_judged(evaluations: dict[str, PlanEvaluation]) -> None:
    assert made.behind_table(evaluations["unfilled"]).title == "各项均未判定，不能说有无滞后"
    midterm = evaluations["midterm"]
    good = dataclasses.replace(midterm, verdicts=midterm.verdicts[~midterm.verdicts.index.isin(midterm.behind().index)])
    assert made.behind_table(good).title == "已判定的16行中没有滞后的"


def test_counts_add_up(evaluations: dict[str, PlanEvaluation]) -> None:
    for kind in KINDS:
        for table in made.counts_tables(evaluations[kind]):
            numbers = table.cells.iloc[:, 1:].astype(int)
            assert (numbers.iloc[:-1].sum() == numbers.iloc[-1]).all()
            assert (numbers.iloc[:, :-1].sum(axis=1) == numbers["合计（项）"]).all()
            assert numbers["合计（项）"].iloc[-1] == 24
            assert table.cells["判定"].iloc[-1] == "合计"
    by_attribute, by_category = made.counts_tables(evaluations["midterm"])
    assert by_attribute.cells.columns.tolist() == ["判定", "约束性（项）", "预期性（项）", "合计（项）"]
    assert by_category.cells.columns.tolist()[1::7] == ["社会救助（项）", "合计（项）"]
    assert by_attribute.cells["判定"].tolist()[:2] == ["↓ 倒退", "≠ 未保持"]


def test_category_scores(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.category_table(evaluations["midterm"])
    assert table is not None
    rows = table.cells.set_index("类别")
    assert rows.loc["社会组织"].tolist() == ["4", "3", "67.8%", "建立党组织的社会组织", "77.5%", "77.9%", "58.4%", "83.4%", "—"]
    assert rows.loc["养老服务", "约束性否决"] == "养老服务机构与医疗卫生机构服务签约率"
    assert made.category_table(evaluations["unfilled"]) is None


def test_methods_and_why_one_does_not_fit(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.methods_table(evaluations["midterm"])
    assert row(table, "4")["结论是否一致"] == "≠ 不一致"
    assert row(table, "12")["结论是否一致"] == "一致"
    assert row(table, "6")["联合国进度图"] == "—（无基期）"
    assert row(table, "6")["结论是否一致"] == "—"
    assert len(table.cells) == 12


def test_rules_year_by_year(evaluations: dict[str, PlanEvaluation]) -> None:
    frame = made.rules_table(evaluations["midterm"]).cells
    assert len(frame) == 27
    columns = ["年份", "实际", "应达到", "余量", "是否达标"]
    assert frame.loc[frame["序号"] == "1", columns].to_numpy().tolist() == [
        ["2021年", "5.2", "−1.4", "+6.6百分点", "● 达标"], ["2022年", "5.6", "8.6", "−3百分点", "× 未达标"], ["2023年", "5.2", "2.1", "+3.1百分点", "● 达标"],
    ]  # fmt: skip
    orphans = frame[frame["序号"] == "9"]
    assert orphans["指标"].unique().tolist() == ["孤儿生活保障标准（年增速，%）"]
    assert orphans["余量"].tolist() == ["+7.46百分点", "+0.38百分点", "+0.52百分点"]
    unfilled = made.rules_table(evaluations["unfilled"]).cells
    destitute = unfilled[unfilled["序号"] == "2"]
    assert destitute[columns].to_numpy().tolist()[::2] == [
        ["2021年", "1,792", "1,792", "0", "● 达标"],
        ["2023年", "…", "1,980.8", "…", "… 缺数"],
    ]


def test_commitments_worst_first(evaluations: dict[str, PlanEvaluation]) -> None:
    frame = made.commitments_table(evaluations["midterm"]).cells
    assert frame["编号"].tolist() == ["t02", "t01", "t03", "t04", "t05", "t06", "t08", "t07"]
    assert frame.iloc[0][["承诺数", "期限", "完成数", "填报年份", "结果"]].tolist() == ["150", "2023年", "123", "2023年", "× 到期未完成"]
    nothing = made.commitments_table(evaluations["unfilled"]).cells
    assert set(nothing["结果"]) == {"… 未填报"} and set(nothing["完成数"]) == {"…"} and set(nothing["数据出处"]) == {"—"}
    none = dataclasses.replace(evaluations["midterm"], commitments=pd.DataFrame(columns=["id", "task", "outcome"]))
    assert made.commitments_table(none).title == "规划没有列入指标表以外的任务"


def test_gaps_say_what_is_missing_and_who_fills_it_in(evaluations: dict[str, PlanEvaluation]) -> None:
    (gap,) = made.gaps_table(evaluations["midterm"]).cells.to_dict("records")
    assert gap == {
        "类别": "社会事务", "序号": "23", "数据": "有康复需求的居家患者接受精神障碍社区康复服务率（%）", "缺少的年份": "2023年",
        "填报单位": "示例区民政局（社会事务业务）",
    }  # fmt: skip
    table = made.gaps_table(evaluations["unfilled"])
    assert table.title == "数据缺口：35行缺99个年度数"
    years = table.cells.set_index("数据")["缺少的年份"]
    assert years["特困人员基本生活供养标准（元/人/月）"] == "2022年、2023年"
    assert years["养老机构护理型床位占比（%）"] == "2021—2023年"
    assert table.cells["序号"].tolist()[-1] == "—"
    full = evaluations["midterm"]
    full = dataclasses.replace(full, data_year=2022)
    assert made.gaps_table(full).title == "数据缺口：没有"


def test_context_by_year_marks_what_is_not_verified(evaluations: dict[str, PlanEvaluation]) -> None:
    frame = made.context_table(evaluations["unfilled"]).cells.set_index("序列")
    assert list(frame.columns) == ["2020年", "2021年", "2022年", "2023年", "来源"]
    assert frame.loc["本地最低工资标准（元/月）"].tolist()[:4] == ["2,100＊", "2,300＊", "…", "…"]
    assert frame.loc["60周岁以上户籍长者（年末）（万人）", "2020年"] == "31.43"
    assert frame.loc["户籍人口（年末）（万人）"].tolist() == ["…"] * 5


def test_outlook_hardest_first(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.outlook_table(evaluations["midterm"])
    assert table
    assert table.cells["序号"].tolist() == ["16", "12", "15", "19", "11", "17", "4", "5"]
    assert list(row(table, "11").values())[2:] == ["41.67", "100", "+13.89百分点", "69.44", "+29.17百分点", "2.1倍", "须快于既有步伐"]
    assert row(table, "16")["所需为既有的倍数"] == "—"
    assert made.outlook_table(evaluations["final"]) is None
    assert made.outlook_table(evaluations["unfilled"]) is None


def test_outcome_beside_the_scenario(evaluations: dict[str, PlanEvaluation]) -> None:
    table = made.outcome_table(evaluations["midterm"], evaluations["final"])
    assert list(row(table, "16").values())[2:] == ["61", "59", "63", "90", "+4", "守住现值", "↓ 倒退"]
    final = evaluations["final"]
    verdicts = final.verdicts.copy()
    verdicts.loc[verdicts["indicator_id"] == "16", ["value", "status"]] = [float("nan"), "无法评估"]
    gone = row(made.outcome_table(evaluations["midterm"], dataclasses.replace(final, verdicts=verdicts)), "16")
    assert list(gone.values())[4:] == ["…", "90", "…", "…", "… 无法评估"]


def test_candidates_come_at_the_end_only(evaluations: dict[str, PlanEvaluation]) -> None:
    assert made.candidates_table(evaluations["midterm"]) is None
    table = made.candidates_table(evaluations["final"])
    assert row(table, "12")["讨论区间"] == "32.65～37.7"
    assert row(table, "11")["讨论区间"] == "100"
    assert row(table, "2")["本期目标"] == row(table, "2")["讨论区间"] == "—"


def test_sources(evaluations: dict[str, PlanEvaluation]) -> None:
    frame = made.sources_table(evaluations["unfilled"]).cells
    assert frame["可靠程度"].str.endswith("（待核实）").all()
    assert frame["文号"].tolist() == ["越民〔2022〕3号", "—", "—"]
    assert made.sources_table(evaluations["midterm"]).cells["可靠程度"].tolist() == ["演示数据", "演示数据", "摘录整理，原表未见（待核实）"]


# Years, dates, names of forms and printed numbers are no figures of a table.
NAMES = re.compile(r"(?:19|20)\d{2}(?:[—-]\d{2,4})*年?|\d+月\d+日|[a-z]\d+|SHA-256前12位")
LABELS = {"序号", "指标", "编号", "任务", "期限", "填报年份", "规划出处", "规则", "年份", "序列", "数据", "缺少的年份", "统计数据", "备注"}
# Columns that show figures as they were deposited, printed or set; all other numeric columns are computed.
DEPOSITED = {
    "承诺数", "完成数", "目标", "本期目标", "本期结果", "目标值", "完成值", "印制完成率", "规划自述（项）", "“十二五”印制值", "“十三五”印制值",
    "基期→目标", "实际", "判定",
}  # fmt: skip


def printed_tables() -> Iterator[Table]:
    """The tables of the report that is made from printed results."""
    evaluation = evaluate_final("yuexiu-13", 2020)
    makers = (
        tables.category_table, tables.self_count_table, tables.missed_table, tables.verdict_table, tables.periods_table,
        tables.differing_table, tables.slips_table,
    )  # fmt: skip
    yield from (maker(evaluation) for maker in makers)


@pytest.mark.parametrize("kind", [*KINDS, "printed"])
def test_every_figure_of_a_table_knows_its_place_and_every_computed_column_its_formula(
    evaluations: dict[str, PlanEvaluation], kind: str
) -> None:
    for table in printed_tables() if kind == "printed" else tables_of(evaluations, kind):
        shown = [column for column in table.cells.columns if column not in LABELS]
        for number, texts in enumerate(table.cells[shown].to_dict("records")):
            if any(re.search(r"\d", NAMES.sub("", text)) for text in texts.values()):
                assert table.places or table.evidence[number], (table.name, texts)
        for column in [name for name in table.numeric if table.cells[name].str.contains(r"\d").any()]:
            as_reported = column in LABELS | DEPOSITED or re.fullmatch(r"20\d\d年(值|目标|实际)?", column)
            assert as_reported or column in table.formulas or (table.name, column) == ("behind", "目标"), (table.name, column)
        assert all(words and not words.endswith("。") for words in table.formulas.values())


def test_a_row_names_the_printed_row_and_the_reading(evaluations: dict[str, PlanEvaluation]) -> None:
    """The same labels as the sentences use; both years of an outcome, the whole history of a projection."""
    midterm, final = evaluations["midterm"], evaluations["final"]

    def places(table: Table | None, number: str) -> tuple[str, ...]:
        assert table is not None
        return table.evidence[table.cells["序号"].tolist().index(number)]

    assert places(made.full_table(midterm), "4") == ("指标表第4行", "演示数据-monitoring.csv 第21行")
    assert places(made.full_table(evaluations["unfilled"]), "4") == ("专栏3第4行",)
    assert places(made.outcome_table(midterm, final), "4") == (
        "指标表第4行",
        "演示数据-monitoring.csv 第21行",
        "演示数据-monitoring.csv 第36行",
    )
    assert places(made.attainment_table(midterm), "16") == (
        "指标表第16行",
        *(f"演示数据-monitoring.csv 第{line}行" for line in (55, 56, 57)),
        "阈值chances.floor",  # 不足5%
    )
    assert "阈值chances.floor" not in places(made.attainment_table(midterm), "17")
    assert places(made.rules_table(midterm), "1") == ("演示数据-monitoring.csv 第2行", "演示数据-monitoring.csv 第94行", "指标表第1行")
    assert made.sources_table(midterm).evidence[0] == ("demo-14-plan/2022-01-31",)
    assert made.counts_tables(midterm)[0].places == ("指标表全表",)
    assert made.category_table(midterm).evidence[0] == ("指标表第1行", "指标表第2行", "指标表第3行")
    assert made.forecast_check_table(midterm, final).evidence[0] == (
        "推算台账", "指标表第12行", "演示数据-monitoring.csv 第77行", "阈值chances.floor",
    )  # fmt: skip
    assert made.rules_table(midterm).title == "6项规则目标（分项计9行）逐年核对"
    gaps = made.gaps_table(midterm)
    assert gaps.evidence == (("指标表第23行", "监测数据"),)


def test_readings_of_the_places_hold_the_figures_of_the_row(evaluations: dict[str, PlanEvaluation]) -> None:
    """What a place says can be looked up: the reading there has the value that the row shows."""
    midterm = evaluations["midterm"]
    readings = midterm.monitoring.readings.set_index(["edition", "where"])
    newest = readings.loc[midterm.monitoring.edition]
    table = made.full_table(midterm)
    checked = 0
    for shown, evidence in zip(table.cells.to_dict("records"), table.evidence, strict=True):
        if len(evidence) > 1:
            value = float(newest.at[evidence[1], "value"])
            assert shown["2023年值"].split("（")[0] == cells.level(value), shown
            checked += 1
    assert checked == 26


def test_formulas_stand_only_with_columns_that_are_shown(evaluations: dict[str, PlanEvaluation]) -> None:
    at_midterm, at_end = (made.full_table(evaluations[kind]).formulas for kind in ("midterm", "final"))
    assert set(at_midterm) == {"完成率", "进展", "时序比", "所需年步", "把握"}
    assert set(at_end) == {"完成率", "进展"}
    assert at_end["进展"] == "（数值−基期）÷（目标−基期）"
    assert made.category_table(evaluations["final"]).formulas["几何平均"].endswith("低于1%的按1%计")
    assert made.context_table(evaluations["final"]).formulas == {}
