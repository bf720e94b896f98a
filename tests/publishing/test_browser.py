"""The page in a real browser: offline, on a screen, on a phone, by night, by keyboard, in print."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata
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


def opened(browser: Any, report: Path, width: int, **options: Any) -> tuple[Any, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else messages.append(request.url))
    page.goto((report / "report.html").as_uri())
    return page, messages


@pytest.mark.parametrize("width", [360, 390, 900, 1280, 1440])
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


def column(page: Any, name: str) -> list[str]:
    """The cells below a column's name in the table of verdicts, as shown."""
    script = """(name) => {
        const table = document.querySelector("#table-verdicts table");
        const at = [...table.tHead.rows[0].cells].findIndex((cell) => cell.textContent === name);
        return [...table.tBodies[0].rows].map((row) => row.cells[at].textContent);
    }"""
    return list(page.evaluate(script, name))


def test_tables_are_sorted_up_down_and_back(browser: Any, report: Path) -> None:
    page, messages = opened(browser, report, 1280)
    original = column(page, "指标")
    rates = column(page, "完成率")
    header = page.locator("#table-verdicts thead th", has_text="完成率").first
    header.get_by_role("button").click()
    known = [rate for rate in rates if rate not in ("—", "…")]
    missing = [rate for rate in rates if rate in ("—", "…")]
    assert known != sorted(known, key=lambda rate: float(rate.rstrip("%")))
    upward = sorted(known, key=lambda rate: float(rate.rstrip("%")))
    assert header.get_attribute("aria-sort") == "ascending"
    assert column(page, "完成率") == upward + missing
    tied = [name for name, rate in zip(column(page, "指标"), column(page, "完成率"), strict=True) if rate == "100.0%"]
    assert len(tied) > 1 and tied == [name for name, rate in zip(original, rates, strict=True) if rate == "100.0%"]  # stable
    page.keyboard.press("Enter")  # the button still has the focus
    assert header.get_attribute("aria-sort") == "descending"
    assert column(page, "完成率") == [*sorted(known, key=lambda rate: -float(rate.rstrip("%"))), *missing]
    page.keyboard.press("Space")
    assert header.get_attribute("aria-sort") is None
    assert column(page, "指标") == original
    verdict = page.locator("#table-verdicts thead th", has_text="判定").first
    verdict.get_by_role("button").click()
    header.get_by_role("button").click()
    assert page.locator("#table-verdicts [aria-sort]").count() == 1
    assert messages == []


def test_verdicts_are_sorted_worst_first_and_words_in_chinese_order(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    name = "判定" if report.name.startswith("demo") else "判定（规划口径）"
    page.locator("#table-verdicts thead").get_by_role("button", name=name, exact=True).click()
    shown = [cell.partition(" ")[2] for cell in column(page, name)]
    worst, best = ("倒退", "提前完成") if report.name.startswith("demo") else ("未完成", "超额完成")
    assert shown[0] == worst and [verdict for verdict in shown if verdict != "无法评估"][-1] == best
    if "无法评估" in shown:
        assert shown[-1] == "无法评估"
    page.locator("#table-verdicts thead").get_by_role("button", name="指标", exact=True).click()
    in_order = "(names) => [...names].sort(new Intl.Collator('zh-CN', { numeric: true }).compare)"
    assert column(page, "指标") == page.evaluate(in_order, column(page, "指标"))


def test_sums_stay_below_what_they_sum(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    tables = page.locator("table[data-sortable]:has(.totals)")
    for position in range(tables.count()):
        tables.nth(position).get_by_role("button").first.click()
        tables.nth(position).get_by_role("button").first.click()
        assert tables.nth(position).locator("tr").last.inner_text().startswith("合计")


def test_figures_can_be_downloaded(browser: Any, report: Path) -> None:
    page, messages = opened(browser, report, 900)
    figure = page.locator("figure.chart").first
    for words, ending, mark in (("下载数据", "csv", "\ufeff"), ("下载图片", "svg", "")):
        with page.expect_download() as download:
            figure.get_by_role("link", name=words).click()
        name = download.value.suggested_filename
        written = (report / "figures" / name).read_bytes()
        assert name.endswith(f".{ending}")
        assert Path(download.value.path()).read_bytes() == mark.encode() + written
    assert messages == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_night_turns_the_page_dark_and_leaves_charts_on_a_light_card(browser: Any, report: Path, scheme: str, dark: bool) -> None:
    page, _ = opened(browser, report, 1280, color_scheme=scheme)
    style = "(place) => { const style = getComputedStyle(document.querySelector(place)); return [style.color, style.backgroundColor]; }"
    words, ground = page.evaluate(style, "body")
    assert (ground == "rgb(20, 24, 29)", words == "rgb(228, 232, 237)") == (dark, dark)
    assert page.evaluate(style, "figure.chart .scroll")[1] == "rgb(255, 255, 255)"


def test_the_keyboard_reaches_text_marks_and_wide_tables(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 390)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert page.locator("nav details").get_attribute("open") is None  # folded on a phone
    mark = page.locator('[role="doc-noteref"]').first
    mark.focus()
    assert page.get_by_role("tooltip").inner_text().startswith("数据依据：")
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").count() == 0
    wide = page.locator("#table-verdicts .scroll")
    assert wide.get_attribute("tabindex") == "0" and "左右滑动" in page.evaluate(
        "getComputedStyle(document.querySelector('#table-verdicts .title'), '::after').content"
    )


def test_a_note_leads_there_and_back(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 900)
    page.locator("#ref-2").click()
    page.wait_for_function("location.hash === '#note-2'")
    page.locator("#note-2 a").click()
    page.wait_for_function("location.hash === '#ref-2'")


def test_on_a_phone_marks_can_be_tapped_the_ribbon_keeps_clear_and_the_names_stay(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 375)
    reached = page.evaluate("""() => {
        const mark = document.querySelector(".mark a");
        mark.scrollIntoView({block: "center"});
        const box = mark.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
        return [[0, -12], [0, 12], [-12, 0], [12, 0]].every(([dx, dy]) => document.elementFromPoint(x + dx, y + dy) === mark);
    }""")
    assert reached
    page.evaluate("scrollTo(0, 0)")
    ribbon, title = page.locator(".ribbon"), page.locator("h1").bounding_box()
    if ribbon.count():
        assert ribbon.bounding_box()["width"] == 375
        assert ribbon.bounding_box()["y"] + ribbon.bounding_box()["height"] <= title["y"]
    place = page.locator("#table-verdicts .scroll")
    place.scroll_into_view_if_needed()
    place.evaluate("place => { place.scrollLeft = 300; }")
    page.wait_for_timeout(500)
    name = page.locator("#table-verdicts tbody th").first
    assert abs(name.bounding_box()["x"] - place.bounding_box()["x"]) < 2
    assert place.evaluate("place => place.classList.contains('more')")
    place.evaluate("place => { place.scrollLeft = place.scrollWidth; }")
    page.wait_for_timeout(500)
    assert not place.evaluate("place => place.classList.contains('more')")  # nothing fades at the end


def test_contents_mark_the_part_on_the_screen(browser: Any, report: Path) -> None:
    page, _ = opened(browser, report, 1280)
    page.locator("nav").get_by_role("link", name="附件一").click()
    page.wait_for_function("document.querySelector('nav [aria-current]')?.textContent.startsWith('附件一')")


def plain(text: str) -> str:
    """Without white space, and without the look-alikes that fonts bring into a PDF."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_it_prints_with_its_mark_on_each_page_and_heads_on_each_part_of_a_table(browser: Any, report: Path) -> None:
    from pypdf import PdfReader

    page, _ = opened(browser, report, 900)
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [plain(sheet.extract_text()) for sheet in printed.pages]
    assert 8 <= len(texts) <= 40
    marked = [text.count(plain("演示数据　虚构，不得引用")) for text in texts]
    assert marked == [int(report.name.startswith("demo"))] * len(texts)
    whole = "".join(texts)
    for hidden in ("目录", "下载数据", "数据下载", "跳到正文", "↕", "左右滑动"):
        assert hidden not in whole
    assert "注释" in whole and plain("数据依据：") in whole
    if report.name == "demo-14-midterm-2023":
        # 附件一 lies on its side, and its table's head is printed again on its second page.
        broad = [text for text, sheet in zip(texts, printed.pages, strict=True) if sheet.mediabox.width > sheet.mediabox.height]
        assert len(broad) == 2 and all("基期→目标" in text and "备注" in text for text in broad)
    assert page.evaluate("document.querySelectorAll('details:not([open])').length") == page.locator(".basis").count()


@pytest.mark.skipif(shutil.which("tidy") is None, reason="tidy is not installed")
def test_tidy_finds_nothing(report: Path) -> None:
    found = subprocess.run(["tidy", "-e", "-q", "-utf8", str(report / "report.html")], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
