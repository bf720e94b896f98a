"""minzheng template, check and deposit, rightly and wrongly used."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from analysis.archive.sources import editions, load_deposit
from analysis.publishing import monitoring_deposit
from analysis.publishing.cli import main
from analysis.publishing.monitoring_deposit import Origin, deposit_monitoring

Run = Callable[..., tuple[int, str, str]]
HEADER = "indicator_id,part,year,value,unit,effective_date,edition,source,note\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in this process: exit code, what it says, what it complains of."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["minzheng", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def fill(path: Path, *cells: tuple[str, str, int, str, Any]) -> None:
    book = load_workbook(path)
    for sheet, series, year, heading, value in cells:
        lines = list(book[sheet].iter_rows(min_row=2))
        columns = {cell.value: position for position, cell in enumerate(lines[0])}
        line = next(x for x in lines[1:] if (str(x[0].value), x[columns["年份"]].value) == (series, year))
        line[columns[heading]].value = value
    book.save(path)


def test_template_filled_and_checked(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "表.xlsx"
    code, told, _ = run("template", "yuexiu-14", "--out", path)
    assert code == 0 and "46行" in told and "238项待填" in told
    code, told, _ = run("check", path)
    assert code == 0 and "没有错误，共0个数" in told and "指标：应填135项，已填0项，暂缺135项" in told
    fill(path, ("指标", "17", 2021, "数值", 30), ("指标", "17", 2022, "数值", 31), ("背景数据", "minimum_wage", 2020, "数值", 2100))
    code, told, _ = run("check", path)
    lines = told.splitlines()
    assert code == 0 and lines[0].startswith("表.xlsx：没有错误，共3个数")
    assert (
        lines[1] == "指标：应填135项，已填2项，暂缺133项"
        and lines[2] == "  各年已填：2021年1项，2022年1项，2023年0项，2024年0项，2025年0项"
    )
    assert lines[3] == "背景数据：应填48项，已填1项，暂缺47项" and "2020年1项" in lines[4]
    assert lines[5] == "任务台账：应填55项，已填0项，暂缺55项"
    assert lines[6].startswith("提示：没有填来源：指标!")


def test_check_tells_all_problems_and_leaves_with_2(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "表.xlsx"
    run("template", "yuexiu-14", "--out", path)
    fill(
        path,
        ("指标", "17", 2021, "数值", "约30"),
        ("指标", "12", 2022, "数值", 250_000),
        ("背景数据", "resident_population", 2021, "数值", "1,039"),
    )
    before = path.read_bytes()
    code, told, complaint = run("check", path)
    assert (code, told) == (2, "") and complaint.startswith("发现3处问题：")
    for words in (
        "指标12 常住人口人均捐赠额 2022年",
        "疑似单位错误",
        "指标17 获得3A及以上等级的社会组织 2021年",
        "约30",
        "resident_population",
        "改为1039",
    ):
        assert words in complaint
    assert "Traceback" not in complaint and path.read_bytes() == before and [item.name for item in tmp_path.iterdir()] == ["表.xlsx"]


def test_check_takes_the_plan_from_the_workbook_unless_told(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "演示数据-表.xlsx"
    assert run("template", "demo-14", "--out", path)[0] == 0
    assert "示例区" in run("check", path)[1]
    code, _, complaint = run("check", path, "--plan", "yuexiu-14")
    assert code == 2 and "实际：demo-14；应为：yuexiu-14" in complaint
    csv = tmp_path / "表.csv"
    csv.write_text(HEADER + "17,,2021,30,个,,,年报,\n", encoding="utf-8")
    assert "越秀区" in run("check", csv)[1]
    csv.write_text(HEADER + "resident_population,,2021,60,万人,,,年报,\n", encoding="utf-8")
    assert "示例区" in run("check", csv, "--plan", "demo-14")[1]


def test_template_keeps_an_existing_file_unless_forced(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "表.xlsx"
    path.write_text("旧", encoding="utf-8")
    code, _, complaint = run("template", "yuexiu-14", "--out", path)
    assert code == 2 and "--force" in complaint and path.read_text(encoding="utf-8") == "旧"
    assert run("template", "yuexiu-14", "--out", path, "--force")[0] == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["template", "yuexiu-14", "--out", "表.xls"], "不是可写的 XLSX 文件位置"),
        (["template", "yuexiu-14", "--out", "没有/表.xlsx"], "不是可写的 XLSX 文件位置"),
        (["template", "yuexiu-13", "--out", "表.xlsx"], "没有目标表"),
        (["template", "yuexiu-99", "--out", "表.xlsx"], "yuexiu-14"),
        (["template", "yuexiu-14"], "缺少 --out"),
        (["check"], "缺少 文件"),
        (["check", "没有.xlsx"], "找不到该文件"),
        (["deposit", "表.xlsx", "--plan", "yuexiu-14"], "缺少 --edition"),
        (["deposit", "没有.xlsx", "--plan", "yuexiu-14", "--edition", "2022-03-01"], "找不到该文件"),
        (["deposit", "表.xlsx", "--plan", "yuexiu-14", "--edition", "2022年3月"], "不是日期"),
        (["deposit", "表.xlsx", "--plan", "yuexiu-14", "--edition", "20220301"], "不是日期"),
        (["deposit", "表.xlsx", "--plan", "yuexiu-13", "--edition", "2022-03-01"], "没有监测数据的来源"),
        (["deposit", "表.xlsx", "--plan", "demo-14", "--edition", "2027-03-01"], "改名为 演示数据-表.xlsx"),
        (["deposit", "演示数据-表.xlsx", "--plan", "yuexiu-14", "--edition", "2022-03-01"], "真实规划"),
        (["deposit", "source.yml", "--plan", "yuexiu-14", "--edition", "2022-03-01"], "不能用作数据文件的名称"),
    ],
    ids=" ".join,
)
def test_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run, arguments: list[str], words: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, told, complaint = run(*arguments)
    assert code == 2 and words in complaint and told == "" and "Traceback" not in complaint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["template", "check", "deposit"])
def test_help_is_chinese(run: Run, command: str) -> None:
    code, told, _ = run(command, "--help")
    assert code == 0 and "用法：" in told and "Usage" not in told and "[required]" not in told


def one_figure(folder: Path, name: str = "监测.csv", value: object = 30) -> Path:
    path = folder / name
    path.write_text(HEADER + f"17,,2021,{value},个,,2022-03-01,年报,\n", encoding="gb18030")
    return path


def test_deposit_stores_the_file_unchanged_with_a_sidecar(copied_home: Path, run: Run, tmp_path: Path) -> None:
    path = one_figure(tmp_path)
    code, told, complaint = run("deposit", path, "--plan", "yuexiu-14", "--edition", "2022-03-15", "--issuer", "示例局", "--basis", "示例")
    assert code == 0, complaint
    assert "data/raw/yuexiu-14-monitoring/2022-03-15" in told.replace("\\", "/") and "1个数" in told
    deposit = load_deposit("yuexiu-14-monitoring")
    assert deposit.edition == "2022-03-15" and deposit.path("监测.csv").read_bytes() == path.read_bytes()
    side = deposit.sidecar
    assert (side.issuer, side.basis, side.document_number, side.published) == ("示例局", "示例", "无", datetime.date(2022, 3, 15))
    assert "2022-03-15" in side.title and side.accessed == datetime.date.today()
    assert (deposit.folder / "source.yml").read_text(encoding="utf-8").startswith("# 档案说明")
    assert sorted(item.name for item in deposit.folder.parent.iterdir()) == ["2022-03-15"]


def test_deposit_never_replaces_an_edition(copied_home: Path, run: Run, tmp_path: Path) -> None:
    assert run("deposit", one_figure(tmp_path), "--plan", "yuexiu-14", "--edition", "2022-03-15")[0] == 0
    code, _, complaint = run("deposit", one_figure(tmp_path, value=31), "--plan", "yuexiu-14", "--edition", "2022-03-15")
    assert code == 2 and "已有版本 2022-03-15" in complaint
    assert b",30," in load_deposit("yuexiu-14-monitoring").path("监测.csv").read_bytes()
    assert run("deposit", one_figure(tmp_path, value=31), "--plan", "yuexiu-14", "--edition", "2023-03-15")[0] == 0
    assert editions("yuexiu-14-monitoring") == ["2022-03-15", "2023-03-15"]


def test_deposit_of_a_faulty_file_leaves_no_trace(copied_home: Path, run: Run, tmp_path: Path) -> None:
    before = sorted((copied_home / "data" / "raw").rglob("*"))
    code, _, complaint = run("deposit", one_figure(tmp_path, value="约30"), "--plan", "yuexiu-14", "--edition", "2022-03-15")
    assert code == 2 and "约30" in complaint
    assert sorted((copied_home / "data" / "raw").rglob("*")) == before


def test_a_failure_while_storing_leaves_no_trace(copied_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted((copied_home / "data" / "raw").rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(monitoring_deposit.os, "rename", full)
    with pytest.raises(OSError, match="No space"):
        deposit_monitoring(one_figure(tmp_path), "yuexiu-14", "2022-03-15", Origin())
    assert sorted((copied_home / "data" / "raw").rglob("*")) == before


def test_deposit_refuses_rows_of_demonstration_data_for_a_real_plan(copied_home: Path, run: Run, tmp_path: Path) -> None:
    before = sorted((copied_home / "data" / "raw").rglob("*"))
    path = tmp_path / "监测.csv"
    rows = [f"17,,{year},{30 + year - 2021},个,,,演示数据（虚构）,\n" for year in (2021, 2022)]
    path.write_text(HEADER + "18,,2021,2300,个,,,年报,\n" + "".join(rows) + "16,,2021,101,个,,,年报,演示数据\n", encoding="utf-8")
    code, _, complaint = run("deposit", path, "--plan", "yuexiu-14", "--edition", "2022-03-15")
    assert code == 2 and complaint.startswith("发现1处问题")
    assert "3行的来源或备注写明“演示数据”（第3行、第4行、第5行）" in complaint and "演示数据只能存入演示规划" in complaint
    assert sorted((copied_home / "data" / "raw").rglob("*")) == before
    path = path.rename(tmp_path / "演示数据-监测.csv")
    assert run("deposit", path, "--plan", "demo-14", "--edition", "2027-03-15")[0] == 0


def test_a_status_without_a_figure_is_no_figure(copied_home: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "监测.csv"
    path.write_text(HEADER.strip() + ",task_status\nt01,,2021,18,个,,,年报,,已完成\nt02,,2021,,个,,,年报,,已取消\n", encoding="utf-8")
    code, told, _ = run("check", path)
    assert code == 0 and "共1个数" in told and "任务台账：应填55项，已填1项，暂缺54项" in told
    assert "  只有任务状态、没有数值：1项" in told and "提示：只有任务状态，没有数值：第3行 value列" in told
    code, told, _ = run("deposit", path, "--plan", "yuexiu-14", "--edition", "2022-03-15")
    assert code == 0 and "1个数" in told
    assert "1个数" in load_deposit("yuexiu-14-monitoring").sidecar.files["监测.csv"].description


def test_sidecar_of_a_demonstration_says_so(copied_home: Path, run: Run, tmp_path: Path) -> None:
    path = one_figure(tmp_path, "演示数据-监测.csv")
    code, _, complaint = run("deposit", path, "--plan", "demo-14", "--edition", "2027-03-15")
    assert code == 0, complaint
    side = yaml.safe_load((copied_home / "data" / "raw" / "demo-14-monitoring" / "2027-03-15" / "source.yml").read_text(encoding="utf-8"))
    assert "演示数据" in side["reliability"] and "演示数据" in side["basis"] and side["issuer"] == "待核实"
