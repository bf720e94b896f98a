"""Where figures come from: labels lead to the file, the line and the words that stand there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.final import FinalEvaluation
from analysis.presentation.origins import origins
from analysis.presentation.origins.source_text import SourceText


@pytest.fixture(scope="module")
def demonstration() -> PlanEvaluation:
    return evaluate_plan("demo-14", 2023, 2023, "2024-03-31", "none", "2022-01-31", kind="midterm")


@pytest.fixture(scope="module")
def demo(demonstration: PlanEvaluation) -> pd.DataFrame:
    return origins(demonstration)


@pytest.fixture(scope="module")
def printed(evaluation: FinalEvaluation) -> pd.DataFrame:
    return origins(evaluation)


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    return origins(evaluate_plan("yuexiu-14", 2023, 2023, "none", "2026-11-23", "2022-01-18", kind="midterm"))


def places(table: pd.DataFrame, label: str) -> list[tuple[str, str, int, str]]:
    rows = table[table["label"] == label].to_dict("records")
    return [(row["kind"], row["file"].rpartition("/")[2], 0 if pd.isna(row["line"]) else int(row["line"]), row["text"]) for row in rows]


def test_every_file_is_there_unchanged_and_every_line_reads_so(
    demo: pd.DataFrame, printed: pd.DataFrame, real: pd.DataFrame, root: Path
) -> None:
    for table in (demo, printed, real):
        kept = table[table["sha256"] != ""]
        assert len(kept) > 300
        for file, rows in kept.groupby("file"):
            content = (root / file).read_bytes()
            assert set(rows["sha256"]) == {hashlib.sha256(content).hexdigest()}
            lines = content.decode("utf-8-sig").split("\n")
            for row in rows.dropna(subset=["line"]).itertuples():
                assert lines[int(row.line) - 1].strip() == row.text


def test_every_base_is_itself_a_label(demo: pd.DataFrame, printed: pd.DataFrame, real: pd.DataFrame) -> None:
    for table in (demo, printed, real):
        labels = set(table["label"])
        bases = {base for words in table["rests_on"] if words for base in words.split("；")}
        assert bases <= labels


def test_a_typed_target_leads_to_its_line(demo: pd.DataFrame) -> None:
    ((kind, file, line, text),) = places(demo, "指标表第4行")
    assert (kind, file, line) == ("目标、观测", "演示数据-targets.csv", 7)
    assert text.startswith("4,,养老服务,养老机构护理型床位占比,%,58,65,72,")


def test_an_indicator_in_parts_leads_to_all_of_its_lines(demo: pd.DataFrame) -> None:
    assert [line for _, _, line, _ in places(demo, "指标表第3行")] == [4, 5, 6]


def test_each_reading_leads_to_the_line_it_was_read_from(demo: pd.DataFrame, demonstration: PlanEvaluation) -> None:
    for where in [*demonstration.monitoring.readings["where"], *demonstration.monitoring.tasks["where"]]:
        ((kind, _, line, _),) = places(demo, where)
        assert kind == "观测"
        assert where.endswith(f"第{line}行")
    assert places(demo, "演示数据-monitoring.csv 第21行")[0][3].startswith("4,,2023,66.2,%")


def test_a_reading_in_two_editions_leads_to_the_one_that_counts() -> None:
    final = evaluate_plan("demo-14", 2025, 2025, "2026-03-31", "none", "2022-01-31", kind="final")
    table = origins(final)
    for where in final.monitoring.readings["where"]:
        assert len(places(table, where)) == 1
    # 5 of 12 is computed to more digits than the 41.7 in the line.
    row = table[table["label"] == "演示数据-monitoring.csv 第69行"].iloc[0]
    assert "/2026-03-31/" in row["file"]
    assert row["text"].startswith("11,,2023,41.7,%")


def test_printed_figures_lead_to_the_line_that_prints_them(printed: pd.DataFrame) -> None:
    assert places(printed, "专栏2第13行") == [("统计", "boxes-1-3.txt", 168, "13 养老床位（张） 3309 4983")]
    # The name runs over three lines; the figures stand in the last.
    assert places(printed, "专栏1第1行")[0][2:] == (19, "40 16 40%")


def test_the_number_of_a_row_is_no_figure_of_it(real: pd.DataFrame) -> None:
    # 专栏3第7行: 100, on another line than the row's own number.
    assert places(real, "专栏3第7行")[0][3] == "% 100 100 100 约束性"


def test_rules_and_assumptions_lead_to_their_values(demo: pd.DataFrame) -> None:
    ((kind, file, _, text),) = places(demo, "阈值midterm.faster_ratio")
    assert (kind, file) == ("规则", "verdicts.yml")
    assert text.startswith("faster_ratio: 1.05")
    assert [text for _, _, _, text in places(demo, "假设odds_ahead")] == ["low: 66", "mid: 74", "high: 78"]
    assert places(demo, "得分规则floor")[0][3].startswith("floor: 0.01")
    assert places(demo, "阈值chances.step")[0][3].startswith("step: 0.05")


def test_commitments_lead_to_their_line(demo: pd.DataFrame, real: pd.DataFrame) -> None:
    assert "id: t02" in places(demo, "任务表第2项（演示数据）")[0][3]
    assert {file for _, file, _, _ in places(real, "专栏4第2项")} == {"projects.csv", "commitments.yml"}


def test_a_check_has_its_arithmetic_and_the_places_compared(printed: pd.DataFrame) -> None:
    row = printed[printed["label"] == "核对r05"].iloc[0]
    assert (row["formula"], row["rests_on"]) == ("88%÷50%", "专栏1第5行")
    declared = printed[printed["label"] == "核对d01"].iloc[0]
    assert declared["rests_on"].split("；") == ["专栏1第1行", "专栏2第13行", "专栏2第11行"]
    assert "id: d01" in declared["text"]


def test_derived_tables_name_their_file_and_base(demo: pd.DataFrame) -> None:
    row = demo[demo["label"] == "推算表"].iloc[0]
    assert (row["kind"], row["file"], row["sha256"]) == ("推算", "figures/outlook.csv", "")
    assert row["rests_on"] == "指标表全表；监测数据"
    whole = demo[demo["label"] == "指标表全表"].iloc[0]
    assert whole["rests_on"].split("；")[:2] == ["指标表第1行", "指标表第2行"]


def test_names_with_numbers_lead_to_what_defines_them(demo: pd.DataFrame, printed: pd.DataFrame) -> None:
    ((kind, file, _, text),) = places(demo, "获得3A及以上等级的社会组织")
    assert kind == "名称"
    assert "获得3A及以上等级的社会组织" in text
    assert file == "演示数据-targets.csv"
    assert places(printed, "越民〔2022〕3号")[0][1] == "source.yml"
    assert "60周岁以上" in places(demo, "60周岁以上")[0][3]


def test_years_and_days_lead_to_the_plan_first(demo: pd.DataFrame) -> None:
    assert places(demo, "2025年") == [("年份", "plan.yml", 6, "last_year: 2025")]
    ((kind, file, _, text),) = places(demo, "2022年1月31日")
    assert (kind, file, text) == ("日期", "source.yml", "published: 2022-01-31")


def test_labels_stand_once_for_each_line(demo: pd.DataFrame, printed: pd.DataFrame) -> None:
    for table in (demo, printed):
        assert not table.duplicated(["label", "file", "line", "kind"]).any()


def test_keys_of_yaml_go_by_id_number_or_place(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("a: 1\nitems:\n  - {id: x, low: 2}\n  - number: 7\n    low: 3\n  - plain\n", encoding="utf-8")
    keys = SourceText(file).keys
    assert (keys["a"], keys["items.x.low"], keys["items.7.low"], keys["items.2"]) == (1, 3, 5, 6)


def test_a_workbook_has_no_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")
    assert SourceText(file).line(1) == ""


def test_days_of_transfers_lead_to_the_indicators(demo: pd.DataFrame, real: pd.DataFrame) -> None:
    ((kind, file, line, words),) = places(demo, "2024年1月15日")
    assert file == "indicators.yml" and line and "since: 2024-01-15" in words
    assert places(demo, "2024-01-15") == [(kind, file, line, words)]
    assert all(file == "indicators.yml" for _, file, _, _ in places(real, "2023年3月16日"))
