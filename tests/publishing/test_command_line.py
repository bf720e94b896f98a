"""The minzheng command as a newcomer uses it, rightly and wrongly."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.vocabulary import paths

DEPOSIT = paths.raw_data() / "yuexiu-plan-14" / "2022-01-18" / "boxes-1-3.txt"
THREE = "achieved_indicators,statistics,planned_indicators"


def minzheng(*arguments: str, home: Path | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) | ({paths.HOME_VARIABLE: str(home)} if home else {})
    code = "from analysis.publishing.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, cwd=cwd, check=False)


def test_ingest_writes_the_tables(tmp_path: Path) -> None:
    done = minzheng("ingest", str(DEPOSIT), "--out", str(tmp_path / "表"), "--boxes", THREE)
    assert done.returncode == 0, done.stderr
    assert "专栏1：26行" in done.stdout
    lines = {name: len((tmp_path / "表" / f"{name}.csv").read_text(encoding="utf-8").splitlines()) - 1 for name in THREE.split(",")}
    assert lines == {"achieved_indicators": 26, "statistics": 45, "planned_indicators": 27}
    with (tmp_path / "表" / "achieved_indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:7] == ["number", "category", "name", "unit", "target", "actual", "printed_rate_percent"]
    assert rows[4]["printed_rate_percent"] == "160"


def test_ingest_of_damaged_text_names_every_place_and_keeps_old_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert minzheng("ingest", str(DEPOSIT), "--out", str(out), "--boxes", THREE).returncode == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    damaged = tmp_path / "坏.txt"
    text = DEPOSIT.read_text(encoding="utf-8")
    damaged.write_text(text.replace("70 86 123%", "70 8六 123%").replace("3309 4983", "3309"), encoding="utf-8")
    done = minzheng("ingest", str(damaged), "--out", str(out), "--boxes", THREE)
    assert done.returncode == 2
    assert "坏.txt 第21行" in done.stderr
    assert "8六" in done.stderr
    assert "养老床位（张）" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04xx", "DOCX"),
        (b"\xff\xfe\xff\xff\x00", "编码"),
        ("只有正文，没有表。".encode(), "没有找到主要指标完成情况表"),
    ],
)
def test_ingest_of_something_else(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "规划.txt"
    path.write_bytes(content)
    done = minzheng("ingest", str(path), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert words in done.stderr
    assert not (tmp_path / "out").exists()


def test_audit_writes_one_row_a_check(tmp_path: Path) -> None:
    out = tmp_path / "核对.csv"
    done = minzheng("audit", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "不一致6项" in done.stdout
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 306
    assert {"id", "where", "printed", "recomputed", "difference", "verdict", "note"} <= set(rows[0])
    assert {row["verdict"] for row in rows} == {"一致", "四舍五入内", "不一致", "无法核对"}
    assert minzheng("audit", "--out", str(tmp_path / "没有" / "核对.csv")).returncode == 2
    assert not list(tmp_path.glob(".audit-*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["reprot"], "没有命令 reprot；可用的有：assess、assumptions、audit"),
        (["ingest"], "缺少 规划全文.txt"),
        (["ingest", "x.txt"], "缺少 --out"),
        (["ingest", "没有.txt", "--out", "x"], "找不到该文件"),
        (["ingest", "a", "b", "--out", "x"], "多余的参数"),
        (["audit", "--ouy", "x"], "没有选项 --ouy；是否应为 --out"),
        (["report", "final", "--plan", "yuexiu-13", "--as-of", "今年"], "--as-of 的值不合适，应为整数"),
        (["report", "final", "--plan", "yuexiu-12"], "--plan yuexiu-13 --as-of 2020"),
        (["report", "final", "--plan", "yuexiu-13-final-2020"], "--plan yuexiu-13 --as-of 2020"),
        (["ingest", ".", "--out", "x"], "这是文件夹"),
        (["audit", "--out", "x.xlsx"], ".csv 文件名"),
        (["report", "final", "--plan", "yuexiu-13", "--set", "include_audit"], "没有等号"),
        (["report", "final", "--plan", "yuexiu-13", "--set", "as_of=2020"], "as_of_year（整数，默认 2020）评估年份"),
        (["report", "midterm", "--plan", "yuexiu-13"], "--plan yuexiu-14 --as-of 2023"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_in_chinese(tmp_path: Path, arguments: list[str], words: str) -> None:
    done = minzheng(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--help"], ["ingest", "--help"], ["report", "--help"], ["report", "final", "--help"]])
def test_help_is_in_chinese(arguments: list[str]) -> None:
    done = minzheng(*arguments)
    assert done.returncode == 0
    assert "用法：" in done.stdout
    for english in ("Usage", "Options", "Commands", "Show this message", "[required]"):
        assert english not in done.stdout


@pytest.mark.parametrize("arguments", [[], ["report"]])
def test_a_group_alone_lists_its_commands(arguments: list[str]) -> None:
    done = minzheng(*arguments)
    assert done.returncode == 2
    assert "命令：" in done.stderr
    assert "用法不对" not in done.stderr


def test_installed_away_from_its_repository(tmp_path: Path) -> None:
    done = minzheng("audit", "--out", "x.csv", home=tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert paths.HOME_VARIABLE in done.stderr


def test_data_rebuilds_a_copy(copied_home: Path) -> None:
    for path in (copied_home / "data" / "processed").iterdir():
        path.unlink()
    done = minzheng("data", home=copied_home)
    assert done.returncode == 0, done.stderr
    assert len(list((copied_home / "data" / "processed").iterdir())) == 8
    assert (copied_home / "docs" / "data-dictionary.md").is_file()
