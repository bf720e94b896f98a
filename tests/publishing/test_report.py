"""One real report: every file it promises, what the page holds, what the manifest says."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import html5lib
import pandas as pd
import pytest

from analysis.archive.sources import sha256_of
from analysis.assessment.final import FinalEvaluation
from analysis.publishing.runner import run_report
from analysis.vocabulary import paths

RUN = "yuexiu-13-final-2020"
TITLE = "《广州市越秀区民政事业发展第十三个五年规划》终期评估报告（指标完成情况）"
FIGURES = {
    "audit_verdicts", "base_to_target", "bed_density", "completion_rates",
    "period_flows", "period_stocks",  "verdict_matrix",
}  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "reports", lambda: folder)
        return run_report(RUN, progress=False)


@pytest.fixture(scope="module")
def page(report: Path) -> Any:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    return parser.parse((report / "report.html").read_text(encoding="utf-8"))


def words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def test_all_files_are_there(report: Path) -> None:
    assert {p.name for p in report.iterdir()} == {
        "report.ipynb", "report.html", "report.docx", "report.pdf", "report.xlsx", "content.json", "trace.json", "manifest.json",
        "figures", "verdicts.csv", "origins.csv",
    }  # fmt: skip
    assert {p.name for p in (report / "figures").iterdir()} == {f"{name}.{end}" for name in FIGURES for end in ("svg", "png", "csv")}
    assert [p.name for p in report.parent.iterdir()] == [RUN]  # nothing left over


def test_the_page_needs_nothing_from_elsewhere(report: Path, page: Any) -> None:
    html = (report / "report.html").read_text(encoding="utf-8")
    assert not list(page.iter("link"))
    assert all(element.get("src").startswith("data:") for element in page.iter() if element.get("src"))
    assert all(element.get("href").startswith(("#", "data:text/csv")) for element in page.iter() if element.get("href"))
    assert [(script.get("src"), "http" in script.text) for script in page.iter("script")] == [(None, False)]
    assert "url(" not in "".join(style.text for style in page.iter("style"))
    assert "an.final_text" not in html  # code hidden
    assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "viewport"]
    assert page.get("lang") == "zh-CN"


def test_the_page_says_what_was_found(page: Any) -> None:
    assert words(page.find("head/title")) == TITLE
    text = words(page.find(".//header")) + words(page.find(".//main"))
    for found in ("26项指标完成23项，3项未完成", "超额完成8项", "完成率67.2%", "261项数字，6项不一致", "待核实"):
        assert found in text
    assert "Traceback" not in text
    assert "nan" not in text.lower().replace("finance", "")
    assert [image.get("alt") for image in page.iter("img")].count("") == 0
    assert len(list(page.iter("img"))) == len(FIGURES)


def test_contents_lead_to_headings(page: Any) -> None:
    links = list(page.find(".//nav").iter("a"))
    assert len(links) >= 15
    headings = {element.get("id"): words(element) for element in page.iter() if element.tag in ("h2", "h3")}
    assert [words(link) for link in links] == [headings[link.get("href")[1:]] for link in links]


def test_no_heading_is_without_text_below_it(page: Any) -> None:
    for section in page.iter("section"):
        tags = [element.tag for element in section]
        assert tags[0] == "h2" and tags[-1] not in ("h2", "h3")
        assert all(following != "h2" for following in tags[1:])


def test_figures_of_the_page_can_be_downloaded(report: Path, page: Any) -> None:
    links = {link.get("download"): link.get("href") for link in page.iter("a") if link.get("download")}
    assert set(links) == {path.name for path in report.rglob("*.csv")} >= {"verdicts.csv", *(f"{name}.csv" for name in FIGURES)}
    for name in FIGURES:
        written = (report / "figures" / f"{name}.csv").read_text(encoding="utf-8")
        assert base64.b64decode(links[f"{name}.csv"].partition(",")[2]).decode() == f"\ufeff{written}"


def test_verdicts_are_those_of_the_evaluation(report: Path, evaluation: FinalEvaluation) -> None:
    written = pd.read_csv(report / "verdicts.csv", dtype={"indicator_id": str})
    pd.testing.assert_frame_equal(written, evaluation.verdicts, check_dtype=False, check_exact=False)


def test_figure_data_lie_beside_the_figures(report: Path) -> None:
    rates = pd.read_csv(report / "figures" / "completion_rates.csv")
    assert rates["completion"].min() == 0.4
    density = pd.read_csv(report / "figures" / "bed_density.csv")
    assert density["change_percent"].round(1).tolist() == [50.6, 20.6, 24.9, 220.3]


def test_manifest_leads_back_to_every_input(report: Path) -> None:
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["parameters"]["plan"] == "yuexiu-13"
    for name, digest in manifest["inputs"].items():
        path = paths.home() / name
        assert sha256_of(path) == digest, name
    assert "data/raw/yuexiu-plan-14/2022-01-18/boxes-1-3.txt" in manifest["inputs"]
    assert "notebooks/parameters/yuexiu-13-final-2020.yml" in manifest["inputs"]
    for name, digest in manifest["outputs"].items():
        assert sha256_of(report / name) == digest, name
    assert set(manifest["packages"]) >= {"pandas", "matplotlib", "papermill"}
    assert manifest["code"]["version"]
    assert not re.search(r"\d\d:\d\d:\d\d", json.dumps(manifest))


def test_published_sample_is_current(report: Path, root: Path) -> None:
    sample = root / "reports" / "published" / RUN
    assert (sample / "verdicts.csv").read_bytes() == (report / "verdicts.csv").read_bytes(), "run make published"
    assert (sample / "report.html").read_text(encoding="utf-8") == (report / "report.html").read_text(encoding="utf-8"), (
        "run make published"
    )
    assert not list(sample.rglob("*.ipynb"))


def test_without_the_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "reports", lambda: tmp_path)
    folder = run_report(RUN, {"include_audit": "false"}, progress=False)
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "源数据核对" not in html
    assert "附件三" not in html
    assert "正文列举有出入" in html  # what bears on the verdicts stays in the body
    assert not (folder / "figures" / "audit_verdicts.svg").exists()
    assert "26项指标完成23项" in html
