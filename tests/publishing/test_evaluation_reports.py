"""The midterm and final reports from monitoring data, as written: outline, marks, narrative, rebuilding, another district."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import html5lib
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.archive.forecasts import read_ledger
from analysis.archive.sources import sha256_of
from analysis.publishing.cli import minzheng
from analysis.publishing.inputs import check_inputs
from analysis.publishing.requests import read_request
from analysis.publishing.runner import run_report
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

pytestmark = pytest.mark.slow
MIDTERM, FINAL, REAL = "demo-14-midterm-2023", "demo-14-final-2025", "yuexiu-14-midterm-2023"
OUTLINE = {
    "midterm": ["一、评估依据与方法", "二、总体评价", "三、环境变化", "四、指标进展", "五、重点任务与项目", "六、突出问题与原因", "七、群众满意度",
                "八、后半程推算与达标把握", "九、对策建议", "十、指标调整建议研究"],
    "final": ["一、评估依据与方法", "二、总体评价", "三、环境变化", "四、指标完成情况", "五、重点任务与项目", "六、突出问题与原因", "七、群众满意度",
              "八、与中期推算比较", "九、经验与教训", "十、对策建议", "十一、“十五五”指标初步候选"],
}  # fmt: skip
ANNEXES = ["附件一　判定全表", "附件二　规则目标逐年核对", "附件三　多种方法并列", "附件四　数据缺口", "附件五　数据来源"]
MORE_ANNEXES = {"midterm": ["附件六　推算方法与假设"], "final": []}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "reports", lambda: folder)
        return {run: run_report(run, progress=False) for run in (MIDTERM, FINAL, REAL)}


def page(folder: Path) -> Any:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    return parser.parse((folder / "report.html").read_text(encoding="utf-8"))


def words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def text_of(folder: Path) -> str:
    return words(page(folder).find("body/div"))


@pytest.mark.parametrize(("run", "kind"), [(MIDTERM, "midterm"), (FINAL, "final"), (REAL, "midterm")])
def test_the_outline_is_that_of_such_reports(built: dict[str, Path], run: str, kind: str) -> None:
    headings = [words(heading) for heading in page(built[run]).iter("h2")]
    assert headings == [*OUTLINE[kind], *ANNEXES, *MORE_ANNEXES[kind], "注释", "数据下载"]
    text = text_of(built[run])
    assert "〔待撰写〕" in text and f"narrative/{run}/causes.md" in text
    assert "源数据核对" not in text  # internal, off in what is handed out


def test_demonstration_marks_are_everywhere(built: dict[str, Path]) -> None:
    for run in (MIDTERM, FINAL):
        names = {path.name for path in built[run].rglob("*") if path.is_file()}
        assert {name for name in names if not name.startswith("演示数据-")} == {
            "report.html", "report.docx", "report.pdf", "report.xlsx", "report.ipynb", "content.json", "trace.json", "manifest.json",
        }  # fmt: skip
        for path in built[run].rglob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                assert {row["mark"] for row in csv.DictReader(file)} <= {"演示数据"}, path.name
        shown = page(built[run])
        assert shown.find("body").get("data-mark") == "演示数据"
        assert all(image.get("alt").startswith("〔演示数据〕") for image in shown.iter("img"))
        assert all("（演示数据）" in words(caption) for caption in shown.iter("caption"))
        assert all(link.get("download").startswith("演示数据-") for link in shown.iter("a") if link.get("download"))
        assert "不就指标调整提出任何意见" in words(shown) or run == FINAL


def test_a_real_report_holds_no_demonstration_and_marks_what_is_unverified(built: dict[str, Path]) -> None:
    for path in built[REAL].rglob("*"):
        assert "演示" not in path.name
        if path.suffix in (".csv", ".html"):
            assert "演示数据" not in path.read_text(encoding="utf-8")
    text = text_of(built[REAL])
    assert "24项指标都缺数据，暂不能判定" in text and "待核实" in text
    with (built[REAL] / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        assert {row["status"] for row in csv.DictReader(file)} == {"无法评估"}


def test_figures_and_records_are_there(built: dict[str, Path]) -> None:
    figures = {path.stem.removeprefix("演示数据-") for path in (built[MIDTERM] / "figures").glob("*.svg")}
    assert figures == {
        "status_matrix", "category_scores", "methods", "progress_tracks", "schedule_ratios", "rule_years", "outlook", "data_coverage",
        "attainment", "ageing_path",
    }  # fmt: skip
    for record in ("verdicts", "readings", "targets", "thresholds", "forecasts"):
        assert (built[MIDTERM] / f"演示数据-{record}.csv").is_file()
        assert (built[REAL] / f"{record}.csv").is_file()


def test_red_assumptions_are_told_before_the_contents(built: dict[str, Path]) -> None:
    for run in (MIDTERM, REAL):
        (first_page, _) = text_of(built[run]).split("目录", 1)
        assert "证据评为红（弱），对结果的影响评为红（大）" in first_page and "新进入老年的出生队列规模" in first_page
    assert "证据评为红" not in text_of(built[FINAL])


def test_the_final_report_checks_the_recorded_forecasts_and_names_the_ledger_as_input(built: dict[str, Path]) -> None:
    text = text_of(built[FINAL])
    assert f"预测取自推算台账，由报告{MIDTERM}公布" in text and "布里尔得分" in text
    inputs = {run: json.loads((built[run] / "manifest.json").read_text(encoding="utf-8"))["inputs"] for run in (MIDTERM, FINAL)}
    ledger = "data/forecasts/演示数据-demo-14.csv"
    assert ledger in inputs[FINAL] and ledger not in inputs[MIDTERM]


def test_the_stored_ledger_is_never_rewritten_by_a_later_model(built: dict[str, Path], copied_home: Path) -> None:
    """It holds the midterm report's indicators as first published; the same report adds nothing, another model's is refused."""
    ledger = copied_home / "data" / "forecasts" / "演示数据-demo-14.csv"
    before = ledger.read_bytes()
    published = pd.read_csv(built[MIDTERM] / "演示数据-forecasts.csv", dtype=str)
    assert read_ledger("demo-14")["indicator_id"].tolist() == published["indicator_id"].tolist()
    CliRunner().invoke(minzheng, ["forecasts", "record", str(built[MIDTERM])])
    assert ledger.read_bytes() == before


def copied_run(copied_home: Path) -> dict[str, bytes]:
    folder = run_report(MIDTERM, progress=False)
    assert folder.is_relative_to(copied_home)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pinned_report_is_rebuilt_byte_for_byte_after_later_editions(copied_home: Path) -> None:
    before = copied_run(copied_home)
    raw = paths.raw_data()
    shutil.copytree(raw / "demo-14-monitoring" / "2026-03-31", raw / "demo-14-monitoring" / "2027-03-31")
    later = raw / "demo-14-plan" / "2024-06-30"
    shutil.copytree(raw / "demo-14-plan" / "2022-01-31", later)
    (later / "演示数据-targets.csv").write_bytes((later / "演示数据-targets.csv").read_bytes().replace(b"26,", b"40,"))
    side = (later / "source.yml").read_text(encoding="utf-8")
    digest = sha256_of(raw / "demo-14-plan" / "2022-01-31" / "演示数据-targets.csv")
    (later / "source.yml").write_text(side.replace(digest, sha256_of(later / "演示数据-targets.csv")), encoding="utf-8")
    after = copied_run(copied_home)
    assert sorted(before) == sorted(after)
    assert [name for name in before if before[name] != after[name]] == []


def test_what_people_wrote_is_printed_escaped_and_kept(copied_home: Path) -> None:
    path = paths.narrative() / MIDTERM / "causes.md"
    written = "# 原因分析\n\n场地不足，<script>alert(1)</script>**人员**流动。[点](javascript:alert(2))![图](http://example.org/x.png)\n"
    path.write_text(written, encoding="utf-8")
    html = copied_run(copied_home)["report.html"].decode()
    assert "场地不足，&lt;script&gt;alert(1)&lt;/script&gt;<strong>人员</strong>流动。" in html
    assert not re.search(r"(?:href|src)=.?javascript:", html) and "example.org" not in html
    assert path.read_text(encoding="utf-8") == written
    manifest = json.loads((paths.reports() / MIDTERM / "manifest.json").read_text(encoding="utf-8"))
    assert f"narrative/{MIDTERM}/causes.md" in manifest["inputs"]


@pytest.mark.parametrize(
    ("parameter", "value", "words"),
    [
        ("stage", "初稿", "征求意见稿、送审稿、审定稿"),
        ("data_year", "2024", "不晚于评估年份2023"),
        ("as_of_year", "2025", "中期评估的年份：2021、2022、2023、2024"),
        ("monitoring_edition", "2030-01-01", "没有版本"),
        ("report_date", "2024-02-30", "report_date"),
        ("plan", "yuexiu-13", "结果印在专栏1"),
        ("targets_edition", "2030-01-01", "没有版本"),
    ],
)
def test_refused_before_a_kernel_starts(monkeypatch: pytest.MonkeyPatch, parameter: str, value: str, words: str) -> None:
    import papermill

    monkeypatch.setattr(papermill, "execute_notebook", lambda *a, **k: pytest.fail("a kernel was started"))
    with pytest.raises(InputError, match=words):
        run_report(MIDTERM, {parameter: value}, progress=False)


def test_a_report_in_its_final_form_names_its_editions(copied_home: Path) -> None:
    request = read_request(FINAL, {})
    given = dict(request.parameters) | {"stage": "审定稿"}
    assert check_inputs(request.notebook.stem, given).demonstration
    for name in ("monitoring_edition", "targets_edition", "midterm_edition"):
        with pytest.raises(InputError, match=f"参数 {name}；实际：latest；应为：审定稿须写明版本日期"):
            check_inputs(request.notebook.stem, given | {name: "latest"})


def test_a_damaged_ledger_stops_a_final_report_before_its_kernel_starts(copied_home: Path) -> None:
    ledger = copied_home / "data" / "forecasts" / "演示数据-demo-14.csv"
    ledger.write_bytes(ledger.read_bytes().replace(b",20.1,", b",20.2,"))
    request = read_request(FINAL, {})
    with pytest.raises(InputError, match="已登记的推算不得改动"):
        check_inputs(request.notebook.stem, request.parameters)


def test_a_refused_run_writes_nothing(copied_home: Path) -> None:
    shutil.rmtree(paths.narrative())
    request = read_request(FINAL, {})
    for change in ({"midterm_edition": "1999-01-01"}, {"stage": "初稿"}, {"midterm_data_year": 2025}):
        with pytest.raises(InputError):
            check_inputs(request.notebook.stem, dict(request.parameters) | change)
        assert not paths.narrative().exists()
