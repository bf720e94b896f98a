"""The page in a real browser: offline, on a screen, on a phone, in print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analysis.publishing.runner import run_report
from analysis.vocabulary import paths

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


TITLES = {
    "yuexiu-13-final-2020": "《广州市越秀区民政事业发展第十三个五年规划》终期评估报告（指标完成情况）",
    "demo-14-midterm-2023": "《示例区民政事业发展第十四个五年规划（演示）》中期评估报告",
}


@pytest.fixture(scope="module", params=TITLES)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "reports", lambda: folder)
        return run_report(str(request.param), progress=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "安装 chromium 后再运行 make test-full（.ci/run 会安装）"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def opened(browser: Any, report: Path, width: int) -> tuple[Any, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 800})
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else messages.append(request.url))
    page.goto((report / "report.html").as_uri())
    return page, messages


@pytest.mark.parametrize("width", [360, 900, 1440])
def test_it_opens_offline_and_fits_the_screen(browser: Any, report: Path, width: int) -> None:
    page, messages = opened(browser, report, width)
    assert messages == []
    assert page.title() == TITLES[report.name]
    # Wide tables and figures scroll within themselves; the page does not scroll sideways.
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate("[...document.querySelectorAll('p, li')].map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 13.5
    assert page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 400)")


def test_contents_lead_to_their_sections(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 900)
    link = page.get_by_role("link", name="二、").first
    link.click()
    page.wait_for_function("window.scrollY > 200")
    top = page.evaluate("document.querySelector(location.hash).getBoundingClientRect().top")
    assert abs(top) < 40


def test_it_prints(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 900)
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert 8 <= pdf.count(b"/Type /Page\n") <= 40 or pdf.count(b"/Type/Page") > 0 or len(pdf) > 200_000
