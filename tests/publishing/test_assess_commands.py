"""``minzheng assess`` and ``minzheng compare`` as a user runs them, also wrongly."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from analysis.assessment.assess import COLUMNS
from analysis.assessment.changes import changed_verdicts
from analysis.assessment.evaluation import evaluate_plan
from analysis.assessment.thresholds import threshold_table
from analysis.assessment.verdict_rows import verdict_rows
from analysis.presentation.record import record
from analysis.publishing.cli import minzheng
from analysis.publishing.run_folder import read_run
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

HEADER = "indicator_id,part,year,value,unit,effective_date,edition,source,note"
ROWS = [
    "12,,2021,23.4,元/人/年,,2022-03-01,统计报表,",
    "12,,2022,24.5,元/人/年,,2023-03-01,统计报表,",
    "4,,2022,74,%,,2023-03-01,统计报表,",
]


def monitoring(folder: Path, *rows: str, encoding: str = "utf-8", name: str = "监测.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADER, *(rows or ROWS)]) + "\n", encoding=encoding)
    return path


def assess(file: Path, out: Path, *more: str, plan: str = "yuexiu-14", as_of: int = 2023) -> Result:
    return CliRunner().invoke(
        minzheng, ["assess", "--plan", plan, "--as-of", str(as_of), "--monitoring", str(file), "--out", str(out), *more]
    )


def verdicts(out: Path) -> dict[tuple[str, str], dict[str, str]]:
    with out.open(encoding="utf-8-sig", newline="") as file:
        return {(row["indicator_id"], row["part"]): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_verdicts_are_written_with_every_column(tmp_path: Path, encoding: str) -> None:
    out = tmp_path / "verdicts.csv"
    done = assess(monitoring(tmp_path, encoding=encoding), out)
    assert done.exit_code == 0, done.output
    assert "评估年份2023，数据年份2022" in done.output
    table = verdicts(out)
    assert len(table) == 27
    row = table[("12", "")]
    assert set(COLUMNS) - {"district"} <= set(row)
    # 基期23，2023年目标25：2022年应为24.33；(24.5−23)÷1.333＝1.125；余3年每年(28−24.5)÷3＝1.1667
    assert (row["status"], row["national_class"], row["time_schedule"]) == ("快于预期", "快于预期", "滞后")
    assert float(row["schedule_ratio"]) == pytest.approx(1.125)
    assert float(row["required_pace"]) == pytest.approx(1.16667, abs=1e-5)
    assert float(row["completion"]) == pytest.approx(0.875)
    assert row["methods_disagree"] == "true"
    assert table[("7", "")]["status"] == "无法评估"
    assert table[("7", "")]["value"] == ""


def test_the_data_year_can_be_named(tmp_path: Path) -> None:
    out = tmp_path / "v.csv"
    assert assess(monitoring(tmp_path), out, "--data-year", "2021").exit_code == 0
    row = verdicts(out)[("12", "")]
    assert (row["data_year"], row["value"]) == ("2021", "23.4")
    assert verdicts(out)[("4", "")]["reason"] == "缺少2021年数值"


def test_an_edition_pins_the_figures(tmp_path: Path) -> None:
    file = monitoring(tmp_path, *ROWS, "12,,2022,23.9,元/人/年,,2024-03-01,修订,")
    for edition, value in (("2023-12-31", "24.5"), ("latest", "23.9")):
        out = tmp_path / f"{edition}.csv"
        assert assess(file, out, "--edition", edition).exit_code == 0
        assert verdicts(out)[("12", "")]["value"] == value


def test_demonstration_rows_say_so(tmp_path: Path) -> None:
    out = tmp_path / "v.csv"
    deposit = paths.raw_data() / "demo-14-monitoring" / "2024-03-31" / "演示数据-monitoring.csv"
    assert assess(deposit, out, plan="demo-14").exit_code == 0
    assert {row["mark"] for row in verdicts(out).values()} == {"演示数据"}


@pytest.mark.parametrize(
    ("rows", "more", "words"),
    [
        (["12,,2022,约24,元/人/年,,2023-03-01,s,"], [], "约24"),
        (["12,,2022,24.5,万元/人/年,,2023-03-01,s,"], [], "元/人/年"),
        (["99,,2022,24.5,元/人/年,,2023-03-01,s,"], [], "99"),
        ([], ["--data-year", "2024"], "不晚于评估年份2023"),
        ([], ["--data-year", "2019"], "data_year"),
    ],
    ids=["约数", "单位", "未知指标", "数据晚于评估", "规划期外"],
)
def test_nothing_is_written_on_bad_input(tmp_path: Path, rows: list[str], more: list[str], words: str) -> None:
    out = tmp_path / "v.csv"
    done = assess(monitoring(tmp_path, *rows), out, *more)
    assert isinstance(done.exception, InputError)
    assert words in str(done.exception)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["监测.csv"]


@pytest.mark.parametrize(("as_of", "words"), [(2020, "2021—2025"), (2026, "2021—2025")])
def test_an_evaluation_year_outside_the_plan_is_refused(tmp_path: Path, as_of: int, words: str) -> None:
    done = assess(monitoring(tmp_path), tmp_path / "v.csv", as_of=as_of)
    assert isinstance(done.exception, InputError)
    assert words in str(done.exception)


@pytest.mark.parametrize("out", ["v.xlsx", "没有/v.csv", "."])
def test_a_target_that_cannot_be_written_is_refused_before_reading(tmp_path: Path, out: str) -> None:
    done = assess(tmp_path / "没有.csv", tmp_path / out)
    assert isinstance(done.exception, InputError)
    assert "--out" in str(done.exception)


def test_the_officials_own_file_is_never_overwritten(tmp_path: Path) -> None:
    file = monitoring(tmp_path)
    before = file.read_bytes()
    done = assess(file, file)
    assert isinstance(done.exception, InputError)
    assert "就是监测数据文件本身" in str(done.exception)
    assert file.read_bytes() == before


def test_made_up_rows_for_a_real_plan_are_marked_in_the_output(tmp_path: Path) -> None:
    out = tmp_path / "v.csv"
    assert assess(monitoring(tmp_path, "12,,2022,24.5,元/人/年,,2023-03-01,演示数据（虚构）,"), out).exit_code == 0
    assert {row["mark"] for row in verdicts(out).values()} == {"演示数据"}


def test_text_that_looks_like_a_formula_is_written_as_text(tmp_path: Path) -> None:
    out = tmp_path / "v.csv"
    assert assess(monitoring(tmp_path, "12,,2022,24.5,元/人/年,,2023-03-01,@SUM(A1),"), out).exit_code == 0
    assert verdicts(out)[("12", "")]["source"] == "'@SUM(A1)"


def test_a_fuller_earlier_year_is_pointed_out(tmp_path: Path) -> None:
    done = assess(monitoring(tmp_path, *ROWS, "17,,2023,31,个,,2024-03-01,s,"), tmp_path / "v.csv")
    assert "2023年的数少于2022年；要按2022年的数评估，加 --data-year 2022" in done.output


@pytest.mark.parametrize("edition", ["abc", "2023-13-45"])
def test_an_edition_that_says_nothing_is_refused(tmp_path: Path, edition: str) -> None:
    done = assess(monitoring(tmp_path), tmp_path / "v.csv", "--edition", edition)
    assert isinstance(done.exception, InputError)
    assert not (tmp_path / "v.csv").exists()


def finished_run(name: str, edition: str, demonstration: bool = True, plan: str = "demo-14") -> Path:
    """The part of a report's folder that verdicts follow from."""
    folder = paths.reports() / name
    folder.mkdir(parents=True)
    evaluation = evaluate_plan(plan, 2023, 2023, edition)
    tables = {
        "verdicts": verdict_rows(plan, evaluation.verdicts),
        "readings": evaluation.monitoring.readings,
        "targets": evaluation.targets,
    }
    for table, frame in (tables | {"thresholds": threshold_table()}).items():
        kept = record(table, frame, demonstration)
        (folder / kept.file).write_text(kept.csv(), encoding="utf-8")
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    return folder


def test_a_run_reads_back_as_it_was_judged(copied_home: Path) -> None:
    finished_run("a", "2024-03-31")
    run = read_run("a")
    assert (run.as_of, run.data_year) == (2023, 2023)
    from analysis.assessment.assess import assess as judge

    again = judge(run.readings, run.targets, run.as_of, run.data_year, run.thresholds)
    assert again["status"].tolist() == run.verdicts["status"].tolist()


def test_compare_names_the_revision_that_changed_a_verdict(copied_home: Path) -> None:
    finished_run("a", "2024-03-31")
    finished_run("b", "2026-03-31", demonstration=False)
    out = copied_home / "变化.csv"
    done = CliRunner().invoke(minzheng, ["compare", "a", str(paths.reports() / "b"), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "常住人口人均捐赠额：略滞后 → 符合预期；原因：本指标数值（指标12：2023年20.1→21.1）" in done.output
    assert pd.read_csv(out)["indicator_id"].tolist() == [12]
    assert changed_verdicts(read_run("a"), read_run("b"))["causes"].tolist() == ["本指标数值"]


def test_compare_refuses_reports_of_two_plans(copied_home: Path) -> None:
    finished_run("a", "2024-03-31")
    finished_run("b", "latest", demonstration=False, plan="yuexiu-14")
    done = CliRunner().invoke(minzheng, ["compare", "a", "b"])
    assert isinstance(done.exception, InputError)
    assert "a（demo-14）、b（yuexiu-14）" in str(done.exception)


def test_compare_refuses_what_is_no_run(copied_home: Path) -> None:
    finished_run("a", "2024-03-31")
    shutil.copytree(paths.reports() / "a", paths.reports() / "b")
    (paths.reports() / "b" / "演示数据-readings.csv").unlink()
    for second, words in (("没有", "没有这份报告"), ("b", "没有 readings.csv")):
        done = CliRunner().invoke(minzheng, ["compare", "a", second])
        assert isinstance(done.exception, InputError)
        assert words in str(done.exception)
