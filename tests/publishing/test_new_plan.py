"""Another district's plan without code: scaffold, filling in, sealing, and what is refused on the way."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from analysis.archive.commitments import load_commitments
from analysis.archive.plans import load_plan
from analysis.archive.sources import load_deposit, seal, sha256_of
from analysis.assessment.evaluation import evaluate_plan
from analysis.observations.monitoring_form import monitoring_form
from analysis.observations.targets import load_targets
from analysis.publishing.cli import minzheng
from analysis.publishing.new_plan import plan_id_for, requested, write_scaffold
from analysis.publishing.requests import checked, find_run, read_request
from analysis.publishing.runner import declared_parameters
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

EDITION = "2022-06-30"


def everything(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in home.rglob("*")}


@pytest.fixture
def scaffold(copied_home: Path) -> Path:
    write_scaffold(requested("天河区", 14, city="广州市", edition=EDITION))
    return copied_home


@pytest.mark.parametrize(
    ("district", "id"),
    [
        ("天河区", "tianhe-14"), ("乐安县", "lean-14"), ("义乌市", "yiwu-14"), ("开鲁旗", "kailu-14"), ("县城区", "xiancheng-14"),
        ("西区", "xiqu-14"), ("重庆", "chongqing-14"), ("恭城瑶族自治县", "gongchengyaozu-14"), ("市中区", "shizhong-14"),
    ],
)  # fmt: skip
def test_an_id_is_the_pinyin_without_the_kind_of_district(district: str, id: str) -> None:
    assert plan_id_for(district, 14) == id
    assert requested(district, 14).id == id


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=20))
def test_any_chinese_name_gets_a_folder_name_or_is_told_to_choose_one(district: str) -> None:
    try:
        id = requested(district, 15).id
    except InputError as error:
        told = str(error)
        id = requested(district, 15, id="chosen-15").id
    else:
        told = "用 --id 指定标识"
    assert "用 --id 指定标识" in told
    assert id.isascii() and id == id.lower() and id.endswith("-15") and "/" not in id and "." not in id


@given(st.text(max_size=8).filter(lambda text: not all("\u4e00" <= c <= "\u9fff" for c in text) or len(text) < 2))
def test_any_other_name_is_refused(district: str) -> None:
    with pytest.raises(InputError, match="区县名称"):
        requested(district, 14)


def test_all_defects_of_a_request_are_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        requested("../天河区", 12, id="Tian_He", city="Guangzhou", edition="2022-6-30")
    assert [problem.where for problem in caught.value.problems] == ["区县名称", "--city", "--plan", "--id", "--edition"]


@pytest.mark.parametrize("id", ["-tianhe", "tianhe-", "tian--he", "14-tianhe", "a" * 41, "tian/he", "..", "天河"])
def test_an_id_that_is_no_folder_name_is_refused(id: str) -> None:
    with pytest.raises(InputError, match="--id"):
        requested("天河区", 14, id=id)


@pytest.mark.parametrize("edition", ["2022-02-30", "20220630", "2022-06-30T00:00", "latest", "../2022-06-30"])
def test_an_edition_that_is_no_date_is_refused(edition: str) -> None:
    with pytest.raises(InputError, match="--edition"):
        requested("天河区", 14, edition=edition)


@pytest.mark.parametrize(
    ("number", "ordinal", "base", "first", "middle", "last"),
    [(13, "十三", 2015, 2016, 2018, 2020), (14, "十四", 2020, 2021, 2023, 2025), (15, "十五", 2025, 2026, 2028, 2030),
     (20, "二十", 2050, 2051, 2053, 2055)],
)  # fmt: skip
def test_periods_follow_from_the_number(
    copied_home: Path, number: int, ordinal: str, base: int, first: int, middle: int, last: int
) -> None:
    write_scaffold(requested("天河区", number, edition=EDITION))
    header = load_plan(f"tianhe-{number}").header
    assert header.title == f"天河区民政事业发展第{ordinal}个五年规划"
    assert (header.first_year, header.last_year) == (first, last)
    assert header.targets is not None
    assert (header.targets.base_year, header.targets.milestone_year, header.targets.final_year) == (base, middle, last)
    assert header.evaluations == {"midterm": list(range(first, last)), "final": [last]}
    runs = copied_home / "notebooks" / "parameters"
    for kind, year in (("midterm", middle), ("final", last)):
        content = yaml.safe_load((runs / f"tianhe-{number}-{kind}-{year}.yml").read_text(encoding="utf-8"))
        assert content["notebook"] == f"{kind}_evaluation"
        assert (content["parameters"]["plan"], content["parameters"]["as_of_year"]) == (f"tianhe-{number}", year)


@pytest.mark.parametrize(("kind", "year"), [("midterm", 2023), ("final", 2025)])
def test_its_runs_have_just_the_parameters_of_their_notebook(scaffold: Path, kind: str, year: int) -> None:
    request = read_request(find_run(kind, "tianhe-14", None), {})
    declared = declared_parameters(request.notebook)
    assert checked(request, declared, frozenset()).parameters["data_year"] == year
    assert set(request.parameters) == set(declared)


def test_the_scaffold_is_these_files_and_today_is_its_edition(copied_home: Path) -> None:
    before = everything(copied_home)
    written = write_scaffold(requested("天河区", 14, id="th-14"))
    today = datetime.date.today().isoformat()
    expected = {
        "plans/th-14/plan.yml", "plans/th-14/indicators.yml", "plans/th-14/context.yml", "plans/th-14/commitments.yml",
        f"data/raw/th-14-plan/{today}/targets.csv", f"data/raw/th-14-plan/{today}/source.yml",
        "notebooks/parameters/th-14-midterm-2023.yml", "notebooks/parameters/th-14-final-2025.yml",
    }  # fmt: skip
    assert {path.relative_to(copied_home).as_posix() for path in written} == expected
    added = everything(copied_home) - before
    assert {name for name in added if "." in name.rpartition("/")[2]} == expected
    for path in written:
        assert "$" not in path.read_text(encoding="utf-8")


def test_an_unsealed_deposit_is_refused_with_the_command_to_run(scaffold: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_targets("tianhe-14")
    command = f"minzheng seal tianhe-14-plan --edition {EDITION}"
    assert str(caught.value.problems[0]) == (
        f"data/raw/tianhe-14-plan/{EDITION}/targets.csv；实际：尚未登记；应为：登记了 sha256 的文件；处理：填写并核对无误后运行 {command}"
    )


def test_the_scaffold_as_written_loads_once_sealed(scaffold: Path) -> None:
    assert seal("tianhe-14-plan") == ["targets.csv"]
    assert load_deposit("tianhe-14-plan").citation().endswith("（待核实；据转载，文号与日期待核实）")
    targets = load_targets("tianhe-14")
    assert targets["kind"].tolist() == ["level", "keep", "rule"]
    assert targets["name"].str.startswith("【示例，请替换】").all()
    form = monitoring_form("tianhe-14")
    assert [row.series for row in form.rows][:4] == ["1", "2", "3", "dibao_standard"]
    assert (form.place, form.demonstration, load_commitments("tianhe-14")) == ("广州市天河区", False, ())


def test_sealing_keeps_the_rest_of_the_sidecar(scaffold: Path) -> None:
    path = scaffold / "data" / "raw" / "tianhe-14-plan" / EDITION / "source.yml"
    before = path.read_text(encoding="utf-8")
    seal("tianhe-14-plan", EDITION)
    digest = load_deposit("tianhe-14-plan").sidecar.files["targets.csv"].sha256
    assert len(digest) == 64
    assert path.read_text(encoding="utf-8") == before.replace("sha256: 待登记", f"sha256: {digest}")
    assert [item.name for item in path.parent.iterdir() if item.name.startswith(".")] == []


def test_a_sealed_deposit_is_not_sealed_anew(scaffold: Path) -> None:
    seal("tianhe-14-plan")
    table = scaffold / "data" / "raw" / "tianhe-14-plan" / EDITION / "targets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",0,,100,", ",5,,100,"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        seal("tianhe-14-plan")
    assert [problem.found[:6] for problem in caught.value.problems] == ["sha256", "各文件均已登"]
    with pytest.raises(InputError, match="原始文件不得改动"):
        load_targets("tianhe-14")


def test_only_drafts_are_sealed_and_nothing_while_another_file_is_wrong(scaffold: Path) -> None:
    folder = scaffold / "data" / "raw" / "tianhe-14-plan" / EDITION
    sidecar = folder / "source.yml"
    sealed = 'files:\n  "说明.txt":\n    description: 已登记的文件\n    sha256: ' + "f" * 64 + "\n"
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("files:\n", sealed), encoding="utf-8")
    draft = sidecar.read_bytes()
    (folder / "说明.txt").write_text("x", encoding="utf-8")
    (folder / "多余.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        seal("tianhe-14-plan")
    assert sorted(problem.where.rpartition("/")[2] for problem in caught.value.problems) == ["多余.txt", "说明.txt"]
    assert sidecar.read_bytes() == draft
    (folder / "多余.txt").unlink()
    right = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of the letter x
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace("f" * 64, right), encoding="utf-8")
    assert seal("tianhe-14-plan") == ["targets.csv"]
    assert load_deposit("tianhe-14-plan").sidecar.files["说明.txt"].sha256 == right


def test_several_drafts_are_sealed_at_once(scaffold: Path) -> None:
    folder = scaffold / "data" / "raw" / "tianhe-14-plan" / EDITION
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    with (folder / "source.yml").open("a", encoding="utf-8") as sidecar:
        sidecar.write("  a.txt: {sha256: 待登记, description: 附件甲}\n  b.txt: {sha256: '待登记', description: 附件乙}\n")
    assert seal("tianhe-14-plan") == ["targets.csv", "a.txt", "b.txt"]
    assert {name: file.sha256 for name, file in load_deposit("tianhe-14-plan").sidecar.files.items()} == {
        name: sha256_of(folder / name) for name in ("targets.csv", "a.txt", "b.txt")
    }


def test_a_name_in_use_is_refused_and_nothing_changes(scaffold: Path) -> None:
    before = {path: path.read_bytes() for path in scaffold.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as caught:
        write_scaffold(requested("天河区", 14, edition="2023-01-01"))
    assert {problem.where for problem in caught.value.problems} == {
        "plans/tianhe-14", "data/raw/tianhe-14-plan", "notebooks/parameters/tianhe-14-midterm-2023.yml",
        "notebooks/parameters/tianhe-14-final-2025.yml",
    }  # fmt: skip
    assert {path: path.read_bytes() for path in scaffold.rglob("*") if path.is_file()} == before


def test_monitoring_data_of_the_same_name_count_as_in_use(copied_home: Path) -> None:
    (copied_home / "data" / "raw" / "tianhe-14-monitoring").mkdir()
    with pytest.raises(InputError, match="data/raw/tianhe-14-monitoring；实际：已经存在"):
        write_scaffold(requested("天河区", 14))


@pytest.mark.parametrize("fails_at", [1, 2, 3, 4])
def test_a_failure_on_the_way_leaves_nothing_behind(copied_home: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int) -> None:
    before, rename, calls = everything(copied_home), os.rename, []

    def broken(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == fails_at:
            raise OSError(28, "磁盘已满")
        rename(source, target)

    monkeypatch.setattr(os, "rename", broken)
    with pytest.raises(OSError, match="磁盘已满"):
        write_scaffold(requested("天河区", 14))
    assert len(calls) == fails_at
    assert everything(copied_home) == before


def test_the_command_says_what_to_do_next(copied_home: Path) -> None:
    done = CliRunner().invoke(minzheng, ["new", "天河区", "--plan", "14", "--city", "广州市", "--edition", EDITION])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert lines[0] == f"已写 data/raw/tianhe-14-plan/{EDITION}/source.yml"
    assert [line[:2] for line in lines[9:]] == ["1.", "2.", "3.", "4.", "5.", "6."]
    for command in (
        "seal tianhe-14-plan",
        "template tianhe-14 --out",
        "deposit 监测表.xlsx --plan tianhe-14",
        "report midterm --plan tianhe-14",
    ):
        assert f"minzheng {command}" in done.output
    sealed = CliRunner().invoke(minzheng, ["seal", "tianhe-14-plan"])
    assert sealed.output.splitlines() == [
        f"已登记 data/raw/tianhe-14-plan/{EDITION}/targets.csv",
        "注意：targets.csv 仍有示例行，不要据此出报告；替换后存为新版本文件夹，再登记。",
    ]


PLAN = {
    "indicators.yml": """\
indicators:
  - {number: 1, id: meal_points, measure: stock, direction: higher, bounded: false, denominator: "", population_basis: 不适用,
     unit: 个, attribute: 预期性, reference: 表1第1行, kind: level, data_owner: 甲科}
  - {number: 2, id: station_coverage_percent, measure: share, direction: higher, bounded: true, denominator: 街道9个,
     population_basis: 不适用, unit: "%", attribute: 约束性, reference: 表1第2行, kind: level,
     counted: {unit: 街道, total: 9, reference: 表1附注}, data_owner: 乙科}
  - {number: 3, id: destitute_standard_yuan_per_month, measure: standard, direction: higher, bounded: false, denominator: 人·月,
     population_basis: 户籍, unit: 元/人/月, attribute: 约束性, reference: 表1第3行, kind: rule, data_owner: 丙科,
     rule: {compares: level, comparison: at_least, reference: dibao_standard, factor: 1.6, words: 不低于低保标准的1.6倍}}
""",
    "targets.csv": """\
number,part,category,name,unit,base_value,milestone_value,final_value,attribute,rule_text,note
1,,养老服务,长者饭堂,个,11,17,23,预期性,,
2,,儿童福利,未成年人保护工作站覆盖率,%,22,,100,约束性,,
3,,社会救助,特困人员基本生活标准,元/人/月,1424,,,约束性,不低于低保标准的1.6倍,
""",
    # From 2021 to 2023: 13, 15, 18 places; 4, 6, 9 of 9 streets; 1.6 × 910 = 1456, 1.6 × 950 = 1520, 1.6 × 990 = 1584.
    "监测表.csv": """\
indicator_id,part,year,value,unit,effective_date,edition,source,note,count
1,,2021,13,个,,2024-03-31,甲科台账,,
1,,2022,15,个,,2024-03-31,甲科台账,,
1,,2023,18,个,,2024-03-31,甲科台账,,
2,,2021,,%,,2024-03-31,乙科台账,,4
2,,2022,,%,,2024-03-31,乙科台账,,6
2,,2023,,%,,2024-03-31,乙科台账,,9
3,,2021,1456,元/人/月,2021-01-01,2024-03-31,丙科文件,,
3,,2022,1500,元/人/月,2022-01-01,2024-03-31,丙科文件,,
3,,2023,1584,元/人/月,2023-01-01,2024-03-31,丙科文件,,
dibao_standard,,2020,880,元/人/月,2020-01-01,2024-03-31,市文件,,
dibao_standard,,2021,910,元/人/月,2021-01-01,2024-03-31,市文件,,
dibao_standard,,2022,950,元/人/月,2022-01-01,2024-03-31,市文件,,
dibao_standard,,2023,990,元/人/月,2023-01-01,2024-03-31,市文件,,
""",
}


def run(*arguments: str) -> str:
    done = CliRunner().invoke(minzheng, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_plan_of_three_indicators_from_nothing_to_its_verdicts(copied_home: Path, tmp_path: Path) -> None:
    """What a policy person does: a few commands, three files typed, no code."""
    run("new", "云上区", "--plan", "14", "--city", "虚构市", "--edition", EDITION)
    (copied_home / "plans" / "yunshang-14" / "indicators.yml").write_text(PLAN["indicators.yml"], encoding="utf-8")
    (copied_home / "data" / "raw" / "yunshang-14-plan" / EDITION / "targets.csv").write_text(PLAN["targets.csv"], encoding="utf-8")
    assert "示例" not in run("seal", "yunshang-14-plan")

    targets = load_targets("yunshang-14")
    assert targets[["base", "milestone", "target"]].fillna(-1).values.tolist() == [[11, 17, 23], [22, -1, 100], [1424, -1, -1]]
    form = monitoring_form("yunshang-14")
    assert (form.title, form.place) == ("云上区民政事业发展第十四个五年规划", "虚构市云上区")
    assert [(row.series, row.unit, row.counted_total, row.dated) for row in form.rows] == [
        ("1", "个", None, False), ("2", "%", 9, False), ("3", "元/人/月", None, True), ("dibao_standard", "元/人/月", None, True),
    ]  # fmt: skip

    workbook = tmp_path / "监测表.xlsx"
    assert "4行指标、背景数据和任务" in run("template", "yunshang-14", "--out", str(workbook))
    assert "共0个数" in run("check", str(workbook), "--plan", "yunshang-14")
    filled = tmp_path / "监测表.csv"
    filled.write_text(PLAN["监测表.csv"], encoding="utf-8")
    assert "共13个数" in run("check", str(filled), "--plan", "yunshang-14")
    run("deposit", str(filled), "--plan", "yunshang-14", "--edition", "2024-03-31", "--issuer", "云上区民政局")

    verdicts = evaluate_plan("yunshang-14", 2023).verdicts.set_index("indicator_id")
    assert verdicts["value"].tolist() == [18, 100, 1584]
    # 18 is (18 − 11) ÷ (17 − 11) = 1.17 of the way asked for; 9 of 9 streets is the target; 1500 of 2022 is below 1520.
    assert verdicts["status"].tolist() == ["快于预期", "提前完成", "部分年度未达标"]


@pytest.mark.slow
def test_a_plan_of_three_indicators_from_nothing_to_a_report(copied_home: Path, tmp_path: Path) -> None:
    test_a_plan_of_three_indicators_from_nothing_to_its_verdicts(copied_home, tmp_path)
    assert "报告已生成" in run("report", "midterm", "--plan", "yunshang-14")
    folder = paths.reports() / "yunshang-14-midterm-2023"
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "《云上区民政事业发展第十四个五年规划》中期评估报告" in html
    assert "2项达到或符合预期，1项滞后" in html
    assert (paths.narrative() / "yunshang-14-midterm-2023" / "causes.md").is_file()
    assert [path.name for path in paths.reports().iterdir()] == ["yunshang-14-midterm-2023"]
