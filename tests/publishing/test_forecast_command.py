"""``minzheng forecast``: what it writes, what it refuses, and that nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.models.trend import COLUMNS
from analysis.publishing import trend_commands
from analysis.publishing.cli import minzheng
from analysis.vocabulary.errors import InputError

TABLE = "series,year,value,target,direction\n社工,2020,100,150,higher\n社工,2021,110,150,higher\n社工,2022,125,150,higher\n床位,2015,3309,,\n床位,2020,4983,,\n"


def run(folder: Path, content: str | bytes, *, to: str = "2025", out: str = "out.csv") -> str:
    source = folder / "series.csv"
    source.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    arguments = ["forecast", "--series", str(source), "--to", to, "--out", str(folder / out)]
    return CliRunner().invoke(minzheng, arguments, catch_exceptions=False).output


def test_it_writes_every_series_and_says_which_are_scenarios_only(tmp_path: Path) -> None:
    output = run(tmp_path, TABLE)
    assert "2个序列推算到2025年，其中1个不足3点，只列情景" in output
    found = pd.read_csv(tmp_path / "out.csv")
    assert tuple(found.columns) == COLUMNS
    assert found.loc[found["series"] == "社工", "year"].tolist() == [2023, 2024, 2025]
    two_points = found[found["series"] == "床位"]
    assert two_points["method"].str.startswith("情景").all()
    assert two_points[["low_80", "high_95", "chance"]].isna().all(axis=None)
    assert found.loc[found["series"] == "社工", "chance"].between(0, 1).all()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_files_as_spreadsheets_write_them(tmp_path: Path, encoding: str) -> None:
    run(tmp_path, TABLE.replace("\n", "\r\n").encode(encoding))
    assert set(pd.read_csv(tmp_path / "out.csv")["series"]) == {"社工", "床位"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("series,year\n甲,2020\n", "缺少value列"),
        ("series,year,value\n甲,2020,1\n\n甲,2021\n", "第4行；实际：2格：甲2021；应为：与表头相同的3格"),
        ("series,year,value\n甲,2020年,1\n甲,2021,4，983\n甲,2022,45%\n甲,2023,12张\n", "只填年份，如2020"),
        ("series,year,value\n甲,2020年,1\n甲,2021,4，983\n甲,2022,45%\n甲,2023,12张\n", "去掉千分位逗号，填4983"),
        ("series,year,value\n甲,2020年,1\n甲,2021,4，983\n甲,2022,45%\n甲,2023,12张\n", "填45，kind 列填 percent"),
        ("series,year,value\n甲,2020,1\n甲,2021,x\n注：据台账\n", "第3行 value列"),
        ("series,year,value\n甲,2020,1\n甲,2021,x\n注：据台账\n", "第4行；实际：1格：注：据台账"),
        ("指标,2020,2021\n甲,1,2\n", "一年一列的，改为一年一行"),
        ("养老床位统计表,,\nseries,year,value\n甲,2020,1\n", "表题请删去"),
        ("series,year,value\n甲,2020,1\n\n甲,2021,x\n", "第4行 value列；实际：x"),
        ('series,year,value\n甲,2020,"1\n', "引号没有成对"),
        ("series,year,value,value\n甲,2020,1,2\n", "列名重复：value"),
        ("", "没有表头"),
        ("series,year,value\n", "没有数据行"),
        (b"PK\x03\x04rest", "另存为 CSV"),
    ],
)
def test_bad_files_are_refused_and_nothing_is_written(tmp_path: Path, content: str | bytes, words: str) -> None:
    (tmp_path / "out.csv").write_text("before")
    with pytest.raises(InputError) as caught:
        run(tmp_path, content)
    assert words in str(caught.value)
    assert (tmp_path / "out.csv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "series.csv"]


def test_the_series_file_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="就是序列文件本身"):
        run(tmp_path, TABLE, out="series.csv")
    assert (tmp_path / "series.csv").read_text(encoding="utf-8") == TABLE


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="找不到该文件"):
        CliRunner().invoke(
            minzheng,
            ["forecast", "--series", str(tmp_path / "no.csv"), "--to", "2025", "--out", str(tmp_path / "o.csv")],
            catch_exceptions=False,
        )


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_chinese_headings_and_other_separators(tmp_path: Path, separator: str) -> None:
    rows = ["指标,年份,数值,目标值", "社工,2020,100,150", "社工,2021,110,150", "社工,2022,125,150"]
    output = run(tmp_path, "\n".join(row.replace(",", separator) for row in rows) + "\n")
    assert "1个序列推算到2025年" in output and "注意" not in output
    assert pd.read_csv(tmp_path / "out.csv")["chance"].notna().all()


def test_shares_written_as_fractions_are_pointed_out(tmp_path: Path) -> None:
    output = run(
        tmp_path, "series,year,value,target\n覆盖率,2020,0.45,0.8\n覆盖率,2021,0.5,0.8\n覆盖率,2022,0.56,0.8\n甲,2020,1,\n甲,2021,1,\n"
    )
    assert output.count("注意：") == 1 and "注意：覆盖率的数值和目标都不超过1" in output


def test_many_long_series_are_not_back_tested_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trend_commands, "MOST_TRIED", 1)
    rows = [f"序列{i},{2001 + k},{100 + (7 * k * (i + 3)) % 11}" for i in range(2) for k in range(14)]
    output = run(tmp_path, "series,year,value\n" + "\n".join(rows) + "\n", to="2016")
    assert "注意：2个长序列超过1个，不逐个回测" in output
    assert not pd.read_csv(tmp_path / "out.csv")["method"].str.contains("回测").any()
