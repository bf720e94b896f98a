"""minzheng trace: a number is asked for, its places are told, and files that changed since are named."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from analysis.publishing.cli import minzheng
from analysis.publishing.tracing.answers import Trace
from analysis.publishing.tracing.questions import figure, nearest
from analysis.vocabulary.errors import InputError

LINE = "4,,2023,66.2,%"
FILE = "data/raw/台账.csv"


@pytest.fixture
def home(copied_home: Path) -> Path:
    (copied_home / FILE).write_text(f"a\n{LINE}\n", encoding="utf-8")
    return copied_home


@pytest.fixture
def report(home: Path) -> Path:
    folder = home / "reports" / "run"
    folder.mkdir()
    sha256 = hashlib.sha256((home / FILE).read_bytes()).hexdigest()
    sentence = "床位占比：2023年66.2%，完成率91.9%，少1,046张，增速−1.4%。"
    content = {
        "version": 1,
        "title": "《规划》中期评估报告",
        "unknown": [],
        "passages": [
            {"section": ["《规划》中期评估报告", "四、指标进展"], "kind": "正文", "text": sentence},
            {"section": ["《规划》中期评估报告", "附件一"], "kind": "表格", "where": "表8第6行，数值", "row": "床位占比（%）", "text": "66.2"},
        ],
        "numbers": [
            {"passage": 0, "start": 5, "text": "2023", "class": "年份日期", "name": "2023年", "origins": ["2023年"]},
            {"passage": 0, "start": 10, "text": "66.2%", "class": "数量", "name": "2023年数值", "origins": ["台账第2行"]},
            {"passage": 0, "start": 19, "text": "91.9%", "class": "数量", "name": "完成率", "formula": "数值÷目标", "origins": ["台账第2行"]},
            {"passage": 0, "start": 26, "text": "1,046", "class": "数量", "name": "差额", "formula": "相减", "origins": ["差额表"]},
            {"passage": 0, "start": 35, "text": "−1.4%", "class": "来源不明"},
            {"passage": 1, "start": 0, "text": "66.2", "class": "表中数字", "name": "数值", "origins": ["台账第2行"]},
        ],
        "origins": {
            "台账第2行": [{"kind": "观测", "file": FILE, "line": 2, "sha256": sha256, "text": LINE}],
            "差额表": [{"kind": "派生", "rests_on": ["台账第2行"], "basis": "台账第2行"}],
            "2023年": [{"kind": "年份", "file": "没有.yml", "line": 1, "sha256": "0" * 64, "text": "x"}],
        },
    }  # fmt: skip
    (folder / "trace.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


def run(*words: str) -> Result:
    return CliRunner().invoke(minzheng, ["trace", *words])


def found(folder: Path, asked: str) -> list[str]:
    return [answer.number["text"] for answer in Trace.read(folder).asked(asked)]


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("66.2%", ["66.2%", "66.2"]),
        ("66.2", ["66.2%", "66.2"]),
        ("６６．２％", ["66.2%", "66.2"]),
        ("1046", ["1,046"]),
        ("1,046", ["1,046"]),
        ("-1.4", ["−1.4%"]),
        ("−1.4%", ["−1.4%"]),
        ("完成率", ["2023", "66.2%", "91.9%", "1,046", "−1.4%"]),
    ],
)
def test_a_number_is_found_however_it_is_written(report: Path, asked: str, texts: list[str]) -> None:
    assert found(report, asked) == texts


@pytest.mark.parametrize("asked", ["1.4", "1046%", "66", "没有的词", " "])
def test_another_number_is_not_taken_for_it(report: Path, asked: str) -> None:
    with pytest.raises(InputError):
        found(report, asked)


def test_an_answer_says_where_what_how_and_from_where(report: Path) -> None:
    result = run("run", "66.2%")
    assert result.exit_code == 0
    for words in (
        "四、指标进展",
        "2023年【66.2%】",
        "是什么：2023年数值",
        "原数，未经计算",
        FILE,
        "台账第2行：第2行",
        LINE,
        "与现存文件一致",
    ):
        assert words in result.output
    assert "表8第6行，数值〔床位占比（%）〕：【66.2】" in result.output
    assert "数值÷目标" in run("run", "91.9%").output
    assert "依据：台账第2行" in run("run", "1046").output


def test_a_report_is_named_or_given_by_its_folder(report: Path) -> None:
    assert run(str(report), "1046").output == run("run", "1046").output


def test_a_number_without_origin_says_so(report: Path) -> None:
    assert "本报告没有记下它的出处" in run("run", "-1.4").output


def test_a_negative_number_is_no_option(report: Path) -> None:
    assert run("run", "-1.4").exit_code == 0


def test_numbers_that_only_point_are_counted(report: Path) -> None:
    short, full = run("run", "2023").output, run("run", "2023", "--long").output
    assert "另有1个是年份日期" in short
    assert "是什么：" not in short
    assert "是什么：年份日期，2023年" in full


def test_a_changed_file_is_named_and_is_no_failure(report: Path, home: Path) -> None:
    (home / FILE).write_text(f"a\n{LINE}\nb\n", encoding="utf-8")
    result = run("run", "66.2%")
    assert result.exit_code == 0
    assert f"！与报告生成时不一致：{FILE} 已变动" in result.output


def test_a_file_that_is_gone_is_named(report: Path, home: Path) -> None:
    (home / FILE).unlink()
    assert f"{FILE} 未找到文件" in run("run", "66.2%").output


def test_a_line_that_no_longer_reads_so_counts_as_changed(report: Path, home: Path) -> None:
    content = json.loads((report / "trace.json").read_text(encoding="utf-8"))
    content["origins"]["台账第2行"][0]["line"] = 1
    (report / "trace.json").write_text(json.dumps(content), encoding="utf-8")
    assert "已变动" in run("run", "66.2%").output


def test_a_number_not_in_the_report_names_the_nearest(report: Path) -> None:
    result = run("run", "67")
    assert result.exit_code == 2 or isinstance(result.exception, InputError)
    assert "没有67" in str(result.exception)
    assert "相近的有66.2" in str(result.exception)
    assert "2023" not in str(result.exception)  # a year is not a figure of the report


def test_json_is_complete(report: Path) -> None:
    content: dict[str, Any] = json.loads(run("run", "66.2%", "--json").output)
    first = content["found"][0]
    assert (content["report"], first["name"], first["passage"]["section"][1]) == ("《规划》中期评估报告", "2023年数值", "四、指标进展")
    (origin,) = first["origins"]
    assert len(origin["sha256"]) == 64
    assert (origin["label"], origin["state"]) == ("台账第2行", "与现存文件一致")


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"version": 2}', '{"version": 1, "passages": [], "numbers": [{"passage": 3}], "origins": {}}'],
)
def test_a_damaged_trace_is_one_clear_error(report: Path, damage: str) -> None:
    (report / "trace.json").write_text(damage, encoding="utf-8")
    with pytest.raises(InputError, match="内容不完整或已损坏") as error:
        Trace.read(report)
    assert len(error.value.problems) == 1


def test_an_origin_that_the_trace_lacks_is_damage(report: Path) -> None:
    content = json.loads((report / "trace.json").read_text(encoding="utf-8"))
    del content["origins"]["差额表"]
    (report / "trace.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="损坏"):
        Trace.read(report)


@pytest.mark.parametrize("place", [None, {}, {"kind": "目标", "line": "7"}, {"kind": "目标", "file": 7}])
def test_a_place_that_is_none_is_damage(report: Path, place: Any) -> None:
    content = json.loads((report / "trace.json").read_text(encoding="utf-8"))
    content["origins"]["差额表"] = [place]
    (report / "trace.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="损坏"):
        Trace.read(report)


def test_a_folder_that_is_no_report(home: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件夹"):
        Trace.read(home / "nowhere")
    with pytest.raises(InputError, match=r"没有 trace\.json"):
        Trace.read(home / "data")


def test_no_line_is_wider_than_a_terminal(report: Path) -> None:
    content = json.loads((report / "trace.json").read_text(encoding="utf-8"))
    content["passages"][0]["text"] += "很长的一句话，" * 60 + "x" * 300
    (report / "trace.json").write_text(json.dumps(content), encoding="utf-8")
    for line in run("run", "66.2%", "--long").output.splitlines():
        if "sha256" not in line:
            assert sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line) <= 100
            assert not line.strip().startswith(("，", "。", "）"))


def test_only_numbers_are_read_as_numbers() -> None:
    assert [figure(text) is None for text in ("3A", "", "1.2.3", "12/12", "％", "+5")] == [True, True, True, True, True, False]
    ten = figure("10")
    assert ten
    assert nearest(ten, ["9", "12", "100", "约"], 2) == ["9", "12"]


def rewritten(report: Path, *passages: dict[str, Any], numbers: list[dict[str, Any]], origins: dict[str, Any] | None = None) -> None:
    """Give the report other passages; ``start`` of a number is found by its text."""
    placed = [{"class": "数量", "name": "数", "start": passages[one["passage"]]["text"].index(one["text"])} | one for one in numbers]
    content = {"version": 1, "title": "报告", "passages": list(passages), "numbers": placed, "origins": origins or {}}
    (report / "trace.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("asked", "texts"),
    [
        ("123/150", ["123", "150"]),
        ("１２３／１５０", ["123", "150"]),
        ("54～70", ["54", "70"]),
        ("54-70", ["54", "70"]),
        ("约10%", ["10%"]),
        ("约1046张", ["1,046"]),
        ("−0.3万", ["−0.3"]),
        ("-0.3万", ["−0.3"]),
        ("1046张", ["1,046"]),
    ],
)
def test_numbers_that_stand_together_are_answered_alone(report: Path, asked: str, texts: list[str]) -> None:
    text = "达到123/150家，约占10%，区间54～70，少1,046张，变动−0.3万，另4％及123家。"
    numbers = [{"passage": 0, "text": words} for words in ("123", "150", "10%", "54", "70", "1,046", "−0.3")]
    numbers.append({"passage": 0, "text": "123", "start": text.rindex("123")})
    rewritten(report, {"kind": "正文", "text": text}, numbers=numbers)
    assert found(report, asked) == texts


def test_a_percentage_is_no_row_number_and_no_bare_count(report: Path) -> None:
    row = "床位占比（%）"
    cells = [
        {"kind": "表格", "text": "9", "row": row},
        {"kind": "表格", "text": "9", "row": "站点（个）"},
        {"kind": "正文", "text": "9%"},
        {"kind": "表格", "text": "9百分点", "row": row},
    ]
    numbers = [
        {"passage": 0, "text": "9", "name": "序号", "class": "编号"},
        {"passage": 0, "text": "9", "name": "数值", "class": "表中数字"},
        {"passage": 1, "text": "9", "class": "表中数字"},
        {"passage": 2, "text": "9%"},
        {"passage": 3, "text": "9", "name": "差额"},
    ]
    rewritten(report, *cells, numbers=numbers)
    assert [answer.number.get("name") for answer in Trace.read(report).asked("9%")] == ["数值", "数"]
    assert found(report, "9个") == ["9", "9", "9", "9"]  # a unit is no percent sign
    assert "另有1个是编号" in run("run", "9").output


def test_nothing_asked_is_told_as_such(report: Path) -> None:
    with pytest.raises(InputError, match="没有填写"):
        Trace.read(report).asked("  ")


def test_of_a_number_as_deposited_only_its_own_rows_are_shown(report: Path, home: Path) -> None:
    (home / FILE).write_text("id,part,year,value,unit\n4,,2023,66.2,%\n4,,2020,58,%\n", encoding="utf-8")
    sha256 = hashlib.sha256((home / FILE).read_bytes()).hexdigest()
    lines = {2: "4,,2023,66.2,%", 3: "4,,2020,58,%"}
    origins = {f"台账第{line}行": [{"kind": "观测", "file": FILE, "line": line, "sha256": sha256, "text": lines[line]}] for line in lines}
    number = {"passage": 0, "text": "66.2%", "origins": list(origins)}
    rewritten(report, {"kind": "正文", "text": "占比66.2%"}, numbers=[number], origins=origins)
    told = run("run", "66.2%").output
    assert "id＝4，year＝2023，value＝66.2，unit＝%" in told  # the header's names, without the empty cell
    assert "同时引用：台账第3行" in told
    assert "year＝2020" not in told
    rewritten(report, {"kind": "正文", "text": "占比66.2%"}, numbers=[number | {"formula": "相减"}], origins=origins)
    assert "year＝2020" in run("run", "66.2%").output  # a computed number rests on all of them


def test_a_printed_row_comes_with_the_name_above_it(report: Path, home: Path) -> None:
    (home / "data/raw/表.txt").write_text("获得3A等级的社会组织\n17\n个 29 32 35 预期性\n", encoding="utf-8")
    sha256 = hashlib.sha256((home / "data/raw/表.txt").read_bytes()).hexdigest()
    place = {"kind": "目标", "file": "data/raw/表.txt", "line": 3, "sha256": sha256, "text": "个 29 32 35 预期性"}
    rewritten(report, {"kind": "正文", "text": "29个"}, numbers=[{"passage": 0, "text": "29", "origins": ["表"]}], origins={"表": [place]})
    assert "（第1行）获得3A等级的社会组织" in run("run", "29").output


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("a\n4,,2023,67.9,%\n", "第2行现为：4,,2023,67.9,%"),
        (f"a\nb\n{LINE}\n", "这一行现在是第3行"),
        (f"a\n{LINE}\nb\n", "这一行没有变，文件其他地方有改动"),
        ("a", "现在没有第2行，或该行为空"),
    ],
)
def test_of_a_changed_file_it_is_told_what_stands_there_now(report: Path, home: Path, content: str, told: str) -> None:
    (home / FILE).write_text(content, encoding="utf-8")
    assert told in run("run", "66.2%").output
    assert told == json.loads(run("run", "66.2%", "--json").output)["found"][0]["origins"][0]["now"]


def test_an_edited_word_file_is_told_first(report: Path) -> None:
    for name in ("report.docx", "report.xlsx"):
        (report / name).write_bytes(b"made")
    outputs = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in report.iterdir()}
    (report / "manifest.json").write_text(json.dumps({"outputs": outputs}), encoding="utf-8")
    assert "人工修改" not in run("run", "66.2%").output
    (report / "report.docx").write_bytes(b"edited")
    told = run("run", "66.2%").output
    assert told.startswith("该报告的 Word 文件已人工修改，以下按生成时的内容。\n")
    assert "Excel" not in told
    assert json.loads(run("run", "66.2%", "--json").output)["changed"] == ["report.docx"]
    (report / "manifest.json").unlink()
    assert run("run", "66.2%").output.startswith("没有完好的 manifest.json")


def test_sentences_and_tables_come_before_charts_and_unseen_words_only_in_full(report: Path) -> None:
    passages = [
        {"kind": "图", "where": "图1图示文字", "text": "占比66.2"},
        {"kind": "图中标注", "where": "图1图中标注", "text": "66.2%"},
        {"kind": "正文", "text": "为66.2%"},
    ]
    numbers = [{"passage": place, "text": text, "class": "图中数字"} for place, text in enumerate(("66.2", "66.2%", "66.2%"))]
    rewritten(report, *passages, numbers=numbers)
    told, full = run("run", "66.2").output, run("run", "66.2", "--long").output
    assert told.index("正文：") < told.index("图1图中标注：")
    assert "图1图示文字：" not in told
    assert "另有1个是图中数字" in told
    assert full.index("图1图中标注：") < full.index("图1图示文字：")
