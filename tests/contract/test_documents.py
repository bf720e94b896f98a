"""The documents say what the code does: commands, columns, ids, words, thresholds, and the examples that readers copy."""

from __future__ import annotations

import datetime
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner

from analysis.archive.commitments import load_commitments
from analysis.archive.forms import COLUMNS, DATA_STATUSES, DEFINITIONS, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, TASK_STATUSES, VERIFIED
from analysis.assessment import peers, statuses
from analysis.assessment.assess import assess
from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.panel import arrange
from analysis.assessment.thresholds import load_peer_thresholds, threshold_table
from analysis.assessment.verdict_rows import verdict_rows
from analysis.intake.monitoring import read_monitoring
from analysis.intake.monitoring.numbers import Refused, read_number
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.targets import load_targets
from analysis.publishing.cli import minzheng
from analysis.vocabulary.units import same_unit

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = [ROOT / name for name in (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "reports/README.md")]
DOCUMENTS += [path for path in sorted((ROOT / "docs").glob("*.md")) if path.name != "data-dictionary.md"]
METHOD, FORMAT = ROOT / "docs" / "method.md", ROOT / "docs" / "monitoring-data.md"
LEVELS, KEEP, RULE = "水平", "保持", "规则"


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(path: Path, heading: str) -> str:
    """Text below a heading up to the next one of its rank or above."""
    marks = heading.partition(" ")[0]
    match = re.search(rf"^{re.escape(heading)}$\n(.*?)(?=^#{{2,{len(marks)}}} |\Z)", text_of(path), re.M | re.S)
    assert match, f"{path.name} has no heading {heading}"
    return match.group(1)


def rows(text: str) -> list[list[str]]:
    """Rows of all tables of a text, without headers; cells without code marks, | written as \\| inside a cell."""
    found: list[list[str]] = []
    for block in re.findall(r"(?:^ *\|.*\n?)+", text, re.M):
        lines = [line.strip()[1:-1] for line in block.strip().splitlines()]
        found += [[cell.strip().replace("\\|", "|").strip("`") for cell in re.split(r"(?<!\\)\|", line)] for line in lines[2:]]
    return found


def blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text_of(path), re.M | re.S)


def all_commands(group: click.Group, prefix: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, (*prefix, name))
        else:
            yield (*prefix, name)


def printed_calls(path: Path) -> list[list[str]]:
    """Words after ``minzheng`` of every call in a shell block."""
    lines = "".join(blocks(path, "sh") + blocks(path, "powershell")).splitlines()
    return [shlex.split(match.group(1), comments=True) for line in lines if (match := re.match(r" *(?:\S*[/\\])?minzheng (.*)", line))]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(path)):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_printed_calls_are_commands_with_options_they_have(path: Path) -> None:
    for words in printed_calls(path):
        command: click.Command = minzheng
        while isinstance(command, click.Group):
            assert words[0] in command.commands, words
            command = command.commands[words.pop(0)]
        command.make_context(command.name, list(words))  # refuses unknown options and missing arguments


@pytest.mark.parametrize("name", READMES)
def test_both_readmes_show_every_command(name: str) -> None:
    shown = {tuple(words[:length]) for words in printed_calls(ROOT / name) for length in (1, 2)}
    assert set(all_commands(minzheng)) <= shown


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.M))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text_of(path), re.M))
    assert named <= targets


def test_columns_of_a_monitoring_file() -> None:
    table = rows(section(FORMAT, "## 二、列"))
    assert [(name, heading) for name, heading, *_ in table] == list(COLUMNS.items())
    assert {name for name, _, required, _ in table if required == "是"} == set(REQUIRED_COLUMNS)
    assert {name for name, _, required, _ in table if required == "否"} == set(OPTIONAL_COLUMNS)
    told = {name: words for name, _, _, words in table}
    for name, choices in (
        ("data_status", DATA_STATUSES), ("definition", DEFINITIONS), ("task_status", TASK_STATUSES), ("verified", VERIFIED),
    ):  # fmt: skip
        assert "、".join(choices) in told[name]


def test_every_row_of_the_form_with_its_unit_base_and_way_of_filling() -> None:
    form = monitoring_form("yuexiu-14")
    shown = rows(section(FORMAT, "### （一）指标"))
    expected = []
    for row in form.rows_of("indicator"):
        ways = ["按生效日期"] * row.dated + ["可为负"] * row.may_be_negative
        ways += [f"{row.counted_unit}，N={row.counted_total}"] if row.counted_total else []
        base = "—" if row.base_value is None else f"{row.base_value:g}"
        expected.append([row.series, row.part or "—", row.name, row.unit, base, "".join(ways), row.definition])
    assert shown == expected and len(shown) == 27


def test_every_context_series_and_commitment() -> None:
    form = monitoring_form("yuexiu-14")
    assert rows(section(FORMAT, "### （二）背景数据")) == [
        [
            row.series, row.part or "—", row.name, row.unit, "按生效日期" if row.dated else "每年一个",
            row.definition + ("；可为负" if row.may_be_negative else ""),
        ]
        for row in form.rows_of("context")
    ]  # fmt: skip
    assert rows(section(FORMAT, "### （三）任务台账")) == [
        [
            item.id, item.task, f"{'不少于' if item.comparison == 'at_least' else ''}{item.quantity:g}{item.unit}", item.unit,
            str(item.deadline_year), str(item.indicator or "—"),
        ]
        for item in load_commitments("yuexiu-14")
    ]  # fmt: skip


def test_the_example_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (example,) = blocks(FORMAT, "csv")
    file = tmp_path / "示例.csv"
    file.write_text(example, encoding="utf-8")
    found = read_monitoring(file, monitoring_form("demo-14"))
    assert len(found.readings) == example.count("\n") - 1 and found.notices == ()
    by_count = next(item for item in found.readings if item.series == "5")
    assert by_count.value == pytest.approx(100 * 7 / 12)
    assert all(item.note.startswith("演示数据") for item in found.readings)
    changes = [item.effective_date for item in found.readings if item.series == "3"]
    assert changes == [datetime.date(2021, 1, 1), datetime.date(2021, 12, 1)]


def test_numbers_are_refused_with_the_printed_advice() -> None:
    table = rows(section(FORMAT, "### （一）数值"))
    assert len(table) >= 10
    for typed, advice in table:
        read = read_number(typed)
        assert isinstance(read, Refused) and read.action == advice, typed


def test_spellings_of_units() -> None:
    for unit, spellings in rows(section(FORMAT, "## 四、填写规则")):
        for spelling in spellings.split("、"):
            assert same_unit(unit, spelling), spelling
    assert not same_unit("万元", "元") and not same_unit("元/人/年", "元/人/月")


@pytest.fixture(scope="module")
def midterm() -> PlanEvaluation:
    return evaluate_plan("demo-14", 2023, 2023, monitoring_edition="2024-03-31")


def test_columns_of_verdicts(midterm: PlanEvaluation) -> None:
    table = rows(section(FORMAT, "## 六、判定表 verdicts.csv"))
    written = list(verdict_rows("demo-14", midterm.verdicts).columns)
    columns = [written[0], "mark", *written[1:]]  # what a demonstration plan's file has
    assert [row[0] for row in table[: len(columns)]] == columns
    booleans = {name for name, _, _ in (row for row in table[: len(columns)]) if name in midterm.verdicts.select_dtypes("bool")}
    assert {row[0] for row in table[: len(columns)] if row[1] == "是否"} == booleans != set()


def test_every_status_word_and_what_it_is_used_for() -> None:
    table = rows(section(FORMAT, "### （一）status、indicator_status"))
    assert sorted(word for word, *_ in table) == sorted(statuses.SEVERITY)
    used = {word: where for word, where, _ in table}
    assert {word for word, where in used.items() if "中期" in where and KEEP in where} == {statuses.KEPT, statuses.NOT_KEPT}
    rules = {statuses.COMPLIED, statuses.PARTLY_COMPLIED, statuses.NOT_COMPLIED}
    assert {word for word, where in used.items() if "中期" in where and RULE in where} == rules
    classes = section(FORMAT, "### （二）national_class").strip().rstrip("。").split("、")
    assert tuple(classes) == statuses.NATIONAL_CLASSES


def peer_words() -> dict[str, set[str]]:
    """Every word that each method can say, by trying base, value and target of all sorts in both directions."""
    base, value, target, sign = (
        array.ravel() for array in np.meshgrid([np.nan, 0.0, 10.0, 100.0], [np.nan, *np.arange(1, 140, 0.7)], [50.0, 100.0], [1.0, -1.0])
    )
    found: dict[str, set[str]] = {name: set() for name in peers.METHODS}
    for rule, keep in ((False, False), (True, False), (False, True)):
        track = peers.Track(base, value, target, sign, np.full(base.shape, rule), np.full(base.shape, keep), 3, 5)
        for name, words in peers.side_by_side(track).items():
            found[name] |= set(words)
    return found


def test_every_word_of_the_other_methods() -> None:
    found = peer_words()
    text = section(FORMAT, "### （三）其他方法")
    table = {name: words.split("、") for name, words in rows(text)}
    assert list(table) == list(peers.METHODS)
    reasons = re.findall(r"不适用（[^）]+）", text)
    for name, words in found.items():
        assert set(table[name]) == {word for word in words if not word.startswith(peers.NOT_APPLICABLE)}
    assert set(reasons) == {word for words in found.values() for word in words if word.startswith(peers.NOT_APPLICABLE)}
    for linear in ("sdsn", "time_schedule"):
        assert found["un"] - found[linear] - set(table["un"]) == {reasons[-1]}  # the last one is for growth only


def test_thresholds_of_the_method() -> None:
    table = {key: float(value) for key, value, _ in rows(section(METHOD, "### （十二）阈值一览"))}
    assert table == {f"{row.section}.{row.name}": float(str(row.value)) for row in threshold_table().itertuples()}
    limits = load_peer_thresholds().model_dump()
    for _, name, _, grades in [row for row in rows(section(METHOD, "## 八、其他机构的方法并列")) if len(row) == 4]:
        printed = [float(number) for number in re.findall(r"[≥＞]([0-9.]+)", grades)]
        assert printed == [value for value in limits[name].values() if isinstance(value, float)], name


def test_order_of_severity_and_national_classes() -> None:
    order = re.search(r"由差到好的次序：(.+?)。", text_of(METHOD))
    assert order and tuple(order.group(1).split("、")) == statuses.SEVERITY
    table = {word: name for name, words in rows(section(METHOD, "### （十）国家口径")) for word in words.split("、")}
    midterm_words = [word for word in statuses.SEVERITY if word not in (statuses.EXCEEDED, statuses.MET, statuses.NEARLY, statuses.MISSED)]
    assert table == {word: statuses.national_class(word) for word in midterm_words if word not in statuses.UNJUDGED}


@pytest.mark.parametrize("said", ["超前", "合拍"])
def test_what_each_word_says_of_the_pace(said: str) -> None:
    """A word that agrees with a probe leaves a common reading with it."""
    probe = np.array([statuses.FASTER if said == "超前" else statuses.ON_SCHEDULE], dtype=object)
    table = {
        row[0]: re.sub(r"时序进度“(.+?)”", r"\1", row[1]) for row in rows(section(METHOD, "## 八、其他机构的方法并列")) if len(row) == 2
    }
    compatible = {word for key, words in table.items() if said in key for word in re.split(r"[、；]", words)}
    known = {word for words in peer_words().values() for word in words if not word.startswith(peers.NOT_APPLICABLE)}
    agreeing = {
        word
        for word in known | set(statuses.SEVERITY) - set(statuses.UNJUDGED)
        if not peers.disagree(probe, {"method": np.array([word], dtype=object)})[0]
    }
    assert compatible == agreeing


def test_worked_examples_of_the_midterm_are_the_demonstrations(midterm: PlanEvaluation) -> None:
    verdicts = midterm.verdicts.set_index("indicator_id")
    examples = [row for row in rows(section(METHOD, "### （五）中期：水平目标")) if len(row) == 7]
    assert len(examples) == 9
    for name, base, milestone, target, value, working, status in examples:
        row = verdicts.loc[name.split(" ")[0]]
        assert row["attribute"] in name and row["status"] == status, name
        for column, printed in (("base", base), ("milestone", milestone), ("target", target), ("value", value)):
            assert f"{round(row[column], 2):g}".replace("nan", "—") == printed, (name, column)
        ratio = re.search(r"R＝.*?([－0-9.]+)(?:，|$)", working)
        if ratio:
            printed_ratio = ratio.group(1).replace("－", "-")
            decimals = len(printed_ratio.partition(".")[2])
            assert round(row["schedule_ratio"], decimals) == float(printed_ratio), name


def test_glossary_and_method_name_every_status() -> None:
    for path in (METHOD, ROOT / "docs" / "glossary.md"):
        assert [word for word in statuses.SEVERITY if word not in text_of(path)] == []


def test_the_other_district_from_nothing_to_verdicts(copied_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs the calls of docs/another-district.md up to the deposit, on its own example file."""
    path = ROOT / "docs" / "another-district.md"
    monkeypatch.chdir(copied_home)
    (example,) = blocks(path, "csv")
    (copied_home / "演示数据-监测.csv").write_text(example, encoding="utf-8")
    told = []
    for words in printed_calls(path):
        if words[0] == "report":
            break
        result = CliRunner().invoke(minzheng, words)
        assert result.exit_code == 0, f"{words}：{result.output}{result.exception}"
        told.append(result.output)
        if words[0] == "new":
            with (copied_home / "plans/shili-14/plan.yml").open("a", encoding="utf-8") as file:
                file.write("demonstration: true\n")
            side = copied_home / "data/raw/shili-14-plan/2022-06-30/source.yml"
            side.write_text(re.sub(r"^reliability:.*", "reliability: 演示数据", side.read_text("utf-8"), flags=re.M), encoding="utf-8")
    output = "".join(told)
    for promised in ("4行指标、背景数据和任务，21项待填", "没有错误，共13个数"):
        assert promised in output and promised in text_of(path)
    (judged,) = [line for line in output.splitlines() if line.startswith("评估年份")]
    assert judged in text_of(path)
    evaluation = evaluate_plan("shili-14", 2023, 2023)
    assert evaluation.verdicts["status"].tolist() == ["快于预期", "未保持", "未达标"]
    assert evaluation.rule_years["held"].tolist() == [1, 1, 0]
    assert evaluation.verdicts["path_level"].tolist()[0] == 60 and evaluation.verdicts["schedule_ratio"].tolist()[0] == pytest.approx(1.2)
    assert any(deposit.is_demonstration for deposit in evaluation.deposits)


def test_an_undated_and_a_dated_context_figure_hold_as_the_method_says(midterm: PlanEvaluation) -> None:
    """§七（三）: in force since an earlier year, in force until the next one; undated and 待核实 ones for their year only."""
    import pandas as pd

    targets = load_targets("demo-14")

    def wages(date: datetime.date | None, reliability: str = "") -> list[float]:
        row = {"series": "minimum_wage", "part": "", "year": 2023, "value": 1900.0, "effective_date": date, "reliability": reliability}
        panel = arrange(pd.DataFrame([row]), targets)
        return [float(value) for value in panel.values[0, panel.row_code("minimum_wage", "")]]

    nothing = float("nan")
    since = datetime.date(2021, 12, 1)
    assert wages(since) == pytest.approx([nothing, 1900, 1900, 1900, 1900, 1900], nan_ok=True)
    assert wages(since, "待核实") == pytest.approx([nothing, 1900, 1900, 1900, nothing, nothing], nan_ok=True)
    assert wages(None) == pytest.approx([nothing, nothing, nothing, 1900, nothing, nothing], nan_ok=True)


def test_a_missing_year_decides_a_final_rule_as_the_method_says() -> None:
    """§七（八）: 预期性, four years met and one without data would be 完成 or 基本完成, so it is 无法评估."""
    import pandas as pd

    targets = load_targets("demo-14")
    growth = [{"series": "consumption_growth", "part": "", "year": year, "value": 2.0} for year in range(2020, 2025)]
    own = [{"series": "1", "part": "", "year": year, "value": 3.0} for year in (2021, 2023, 2024, 2025)]
    status = assess(pd.DataFrame(growth + own), targets, 2025).set_index("indicator_id")["status"]["1"]
    assert status == statuses.UNKNOWN
    filled = [*own, {"series": "1", "part": "", "year": 2022, "value": 1.0}]
    assert assess(pd.DataFrame(growth + filled), targets, 2025).set_index("indicator_id")["status"]["1"] == statuses.NEARLY
