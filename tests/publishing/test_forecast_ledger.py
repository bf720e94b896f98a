"""``minzheng forecasts``: recording a report's forecasts and scoring them, as a user runs it, also wrongly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from analysis.archive.forecast_rows import PUBLISHED, read_published, typed
from analysis.archive.sources import sha256_of
from analysis.assessment.evaluation import evaluate_plan
from analysis.presentation.record import record as kept
from analysis.publishing.forecast_commands import forecasts
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

PARAMETERS = {
    "plan": "demo-14",
    "as_of_year": 2023,
    "monitoring_edition": "2024-03-31",
    "public_edition": "none",
    "targets_edition": "2022-01-31",
}
CONSTANTS = "src/analysis/parameters/trend.yml"
ROW = {
    "plan": "demo-14", "indicator_id": "12", "part": "", "name": "常住人口人均捐赠额", "unit": "元/人/年", "made_in": 2023,
    "data_year": 2023, "target_year": 2025, "n": 4, "first_year": 2020, "last_value": 20.1, "target": 26.0, "direction": "higher",
    "point": 21.0, "low_80": 18.8, "high_80": 23.4, "low_95": 16.8, "high_95": 26.2, "chance": 0.03, "method": "稳度加权漂移（对数）",
}  # fmt: skip
BEDS = {
    "indicator_id": "19",
    "name": "社会工作专业人才",
    "unit": "人",
    "last_value": 717.0,
    "target": 850.0,
    "point": 754.0,
    "chance": 0.31,
}
BEDS |= {"low_80": 703.0, "high_80": 828.0, "low_95": 655.0, "high_95": 867.0}


@pytest.fixture
def home(copied_home: Path) -> Path:
    """A copy of the repository in which nothing is recorded yet."""
    for path in (copied_home / "data").glob("forecasts/*"):
        path.unlink()
    return copied_home


def report(name: str, *rows: dict[str, Any], demonstration: bool = True, **parameters: Any) -> Path:
    """The part of a report's folder that recording reads."""
    folder = paths.reports() / name
    folder.mkdir(parents=True)
    table = pd.DataFrame([ROW | row for row in rows or ({}, BEDS)], columns=list(PUBLISHED))
    item = kept("forecasts", table, demonstration)
    (folder / item.file).write_text(item.csv(), encoding="utf-8")
    manifest = {
        "parameters": PARAMETERS | parameters,
        "inputs": {CONSTANTS: "a" * 64},
        "outputs": {item.file: sha256_of(folder / item.file)},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(forecasts, list(arguments))
    assert result.exception is None or isinstance(result.exception, InputError), result.exception
    return result


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, InputError), result.output
    return str(result.exception)


def ledger_file(home: Path) -> Path:
    return home / "data" / "forecasts" / "演示数据-demo-14.csv"


def test_recording_and_recording_again(home: Path) -> None:
    folder = report("demo-14-midterm-2023")
    assert run("record", folder.name).output == "演示数据：demo-14-midterm-2023：登记2条推算 → data/forecasts/演示数据-demo-14.csv\n"
    before = ledger_file(home).read_bytes()
    again = run("record", str(folder)).output
    assert "没有新的推算可登记，2条早已登记，未重复登记" in again
    assert ledger_file(home).read_bytes() == before
    table = pd.read_csv(ledger_file(home), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert table["mark"].tolist() == ["演示数据"] * 2
    assert table["run"].tolist() == ["demo-14-midterm-2023"] * 2
    assert table.loc[0, ["monitoring_edition", "public_edition", "targets_edition", "constants"]].tolist() == [
        "2024-03-31",
        "none",
        "2022-01-31",
        "a" * 64,
    ]
    assert table["chance"].tolist() == ["0.03", "0.31"]


def test_a_package_outside_the_repository_names_its_constants_without_src(home: Path) -> None:
    folder = report("a")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["inputs"] = {CONSTANTS.removeprefix("src/"): "b" * 64}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    run("record", "a")
    table = pd.read_csv(ledger_file(home), encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert set(table["constants"]) == {"b" * 64}


def test_a_second_report_adds_what_is_new(home: Path) -> None:
    report("a", {})
    report("b")
    report("c", {"chance": 0.4}, monitoring_edition="2025-03-31")
    run("record", "a")
    before = ledger_file(home).read_bytes()
    assert "登记1条推算，1条早已登记，未重复登记" in run("record", "b").output
    assert "登记1条推算 →" in run("record", "c").output
    assert ledger_file(home).read_bytes().startswith(before)


def test_other_figures_of_the_same_editions_are_refused_and_nothing_is_written(home: Path) -> None:
    report("a", {})
    report("b", BEDS, {"point": 21.5})
    run("record", "a")
    before = ledger_file(home).read_bytes()
    told = refused("record", "b")
    assert "数值不同：point 21→21.5" in told and "已登记的推算不得改动" in told
    assert ledger_file(home).read_bytes() == before


def test_a_real_plans_report_goes_to_a_ledger_of_its_own_without_the_mark(home: Path) -> None:
    report("real", {"plan": "yuexiu-14"}, demonstration=False, plan="yuexiu-14")
    assert run("record", "real").output == "real：登记1条推算 → data/forecasts/yuexiu-14.csv\n"
    assert "演示数据" not in (home / "data" / "forecasts" / "yuexiu-14.csv").read_text(encoding="utf-8")


def test_a_report_without_forecasts_records_nothing(home: Path) -> None:
    folder = report("empty")
    item = kept("forecasts", pd.DataFrame(columns=list(PUBLISHED)), True)
    (folder / item.file).write_text(item.csv(), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["outputs"][item.file] = sha256_of(folder / item.file)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "没有新的推算可登记 →" in run("record", "empty").output
    assert not ledger_file(home).exists()


def test_the_ledger_reads_what_a_midterm_evaluation_publishes(tmp_path: Path) -> None:
    table = evaluate_plan("demo-14", 2023, 2023, "2024-03-31").forecasts
    item = kept("forecasts", table, True)
    (tmp_path / item.file).write_text(item.csv(), encoding="utf-8")
    found = typed(read_published(tmp_path / item.file, demonstration=True))
    assert found["indicator_id"].tolist() == table["indicator_id"].tolist() != []
    assert found["chance"].tolist() == pytest.approx(table["chance"].tolist())


def damage(folder: Path, kind: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    file = folder / "演示数据-forecasts.csv"
    if kind == "constants":
        manifest["inputs"] = {}
    elif kind == "no editions":
        del manifest["parameters"]["public_edition"]
    elif kind == "no file":
        file.unlink()
    elif kind == "changed":
        file.write_text(file.read_text("utf-8").replace("18.8", "18.9"), encoding="utf-8")
    (folder / "manifest.json").write_text("{" if kind == "no JSON" else json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("constants", f"没有 {CONSTANTS}"),
        ("no editions", "不是由监测数据评估得出的报告"),
        ("no JSON", "不是由监测数据评估得出的报告"),
        ("no file", "没有 演示数据-forecasts.csv"),
        ("changed", "与 manifest.json 登记的 sha256 不符"),
    ],
)
def test_a_damaged_report_is_refused(home: Path, kind: str, words: str) -> None:
    damage(report("a"), kind)
    assert words in refused("record", "a")
    assert not ledger_file(home).exists()


@pytest.mark.parametrize(
    ("rows", "parameters", "words"),
    [
        ({"plan": "yuexiu-14"}, {}, "推算的plan列；实际：yuexiu-14；应为：demo-14"),
        ({"made_in": 2024}, {}, "推算的made_in列；实际：2024；应为：2023"),
        ({}, {"monitoring_edition": "latest", "targets_edition": ""}, "发现2处问题"),
        ({}, {"monitoring_edition": "latest"}, "monitoring_edition；实际：latest；应为：固定的数据版本或 none"),
        ({"chance": 3}, {}, "chance列"),
        ({}, {"plan": "nowhere"}, "nowhere"),
    ],
)  # fmt: skip
def test_a_report_that_contradicts_itself_is_refused(home: Path, rows: dict[str, Any], parameters: dict[str, Any], words: str) -> None:
    report("a", rows, **parameters)
    assert words in refused("record", "a")
    assert not (home / "data" / "forecasts").exists() or not list((home / "data" / "forecasts").iterdir())


def test_an_unknown_report_is_told_with_those_there_are(home: Path) -> None:
    report("a")
    report("b")
    assert "报告 c；实际：没有这份报告；应为：a、b；处理：先运行 minzheng report" in refused("record", "c")


def test_scores_of_what_has_come(home: Path) -> None:
    report("demo-14-midterm-2023")
    run("record", "demo-14-midterm-2023")
    output = run("score", "--plan", "demo-14", "--out", str(home / "scores.csv")).output.splitlines()
    assert output[0] == "演示数据：规划 demo-14，监测数据版本 2026-03-31；推算方法：稳度加权漂移（对数）"
    # 27.6＞26.2，达标：（0.03−1）²＝0.941；826在703～828内，低于850：0.31²＝0.096
    assert output[1] == (
        "- 指标12 常住人口人均捐赠额：据2020—2023年4个数推算2025年21元/人/年（80%区间18.8～23.4），达标把握5%；实际27.6，在95%区间外，达标，布里尔分0.941"
    )
    assert output[2] == (
        "- 指标19 社会工作专业人才：据2020—2023年4个数推算2025年754人（80%区间703～828），达标把握30%；实际826，落入80%区间，未达标，布里尔分0.096"
    )
    assert output[3] == (
        "台账2条推算，2条已对照，实际落入80%区间1条（50%），落入95%区间1条（50%），达标1条，平均布里尔分0.519（0最好，一律说50%为0.25），未到期0条"
    )
    table = pd.read_csv(home / "scores.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert table["mark"].tolist() == ["演示数据"] * 2
    assert table[["in_80", "in_95", "happened", "outcome"]].to_numpy().tolist() == [
        ["false", "false", "true", "27.6"],
        ["true", "true", "false", "826"],
    ]


def test_an_earlier_edition_says_what_is_not_yet_due(home: Path) -> None:
    report("demo-14-midterm-2023")
    run("record", "demo-14-midterm-2023")
    output = run("score", "--plan", "demo-14", "--edition", "2024-03-31", "--out", str(home / "scores.csv")).output
    assert len(re.findall("；未到期$", output, re.M)) == 2
    assert "台账2条推算，0条已对照，未到期2条\n" in output and "布里尔分" not in output
    table = pd.read_csv(home / "scores.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)
    assert set(table[["outcome", "in_80", "in_95", "happened", "brier", "scale"]].to_numpy().ravel()) == {""}


def test_a_due_forecast_without_a_figure_is_counted_as_such(home: Path) -> None:
    report("a", {}, {"part": "不存在的分项"})
    run("record", "a")
    output = run("score", "--plan", "demo-14").output
    assert "（不存在的分项）" in output and "；缺少当年数值\n" in output
    assert output.rstrip().endswith("未到期0条，到期而缺少同口径数值1条")


def test_nothing_to_score_is_told(home: Path) -> None:
    assert "data/forecasts/演示数据-demo-14.csv；实际：还没有登记过推算" in refused("score", "--plan", "demo-14")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--plan", "nowhere"), "nowhere"),
        (("--plan", "demo-14", "--edition", "1999-01-01"), "1999-01-01"),
        (("--plan", "demo-14", "--out", "scores.xlsx"), "不是可写的 CSV 文件位置"),
    ],
)
def test_wrong_arguments_of_score(home: Path, arguments: tuple[str, ...], words: str) -> None:
    report("a")
    run("record", "a")
    assert words in refused("score", *arguments)


def test_the_ledger_is_never_the_file_that_scores_are_written_to(home: Path) -> None:
    report("a")
    run("record", "a")
    before = ledger_file(home).read_bytes()
    assert "就是推算台账本身" in refused("score", "--plan", "demo-14", "--out", str(ledger_file(home)))
    assert ledger_file(home).read_bytes() == before


def test_a_ledger_changed_by_hand_is_neither_scored_nor_added_to(home: Path) -> None:
    report("a", {})
    report("b")
    run("record", "a")
    text = ledger_file(home).read_text(encoding="utf-8").replace("0.03", "0.93")
    ledger_file(home).write_text(text, encoding="utf-8")
    for arguments in (("score", "--plan", "demo-14"), ("record", "b")):
        assert "已登记的推算不得改动" in refused(*arguments)
    assert ledger_file(home).read_text(encoding="utf-8") == text
