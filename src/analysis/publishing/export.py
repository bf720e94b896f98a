"""From an executed notebook to the files of a report: web page, figures with their data, tables as CSV."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.presentation.charts.chart import CHART_MIME
from analysis.presentation.record import RECORD_MIME
from analysis.vocabulary import paths
from analysis.vocabulary.marks import DEMONSTRATION, file_name

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def export_report(folder: Path, *, demonstration: bool = False) -> None:
    """Write ``report.html``, ``figures/`` and the records of ``report.ipynb`` in the same folder."""
    notebook = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
    figures = folder / "figures"
    figures.mkdir()
    for data in _outputs(notebook):
        if CHART_MIME in data:
            _write_chart(figures, data)
        elif RECORD_MIME in data:
            (folder / data[RECORD_MIME]["file"]).write_text(data[RECORD_MIME]["csv"], encoding="utf-8", newline="")
    (folder / "report.html").write_text(web_page(folder / "report.ipynb", demonstration=demonstration), encoding="utf-8")


def _outputs(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output["data"]


def _write_chart(figures: Path, data: dict[str, Any]) -> None:
    chart = data[CHART_MIME]
    name = file_name(chart["name"], demonstration=chart["demonstration"])
    (figures / f"{name}.csv").write_text(chart["csv"], encoding="utf-8", newline="")
    (figures / f"{name}.png").write_bytes(base64.b64decode(_joined(data["image/png"])))
    (figures / f"{name}.svg").write_text(_joined(data["image/svg+xml"]), encoding="utf-8")


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def web_page(notebook: Path, *, demonstration: bool = False) -> str:
    """Return a notebook as one self-contained page: code hidden, nothing loaded from elsewhere, with contents.

    A page of demonstration data carries their mark on every screen and every printed page.
    """
    from bs4 import BeautifulSoup
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        template_name="report", extra_template_basedirs=[str(paths.templates())],
        exclude_input=True, exclude_input_prompt=True, exclude_output_prompt=True, exclude_anchor_links=True,
        mathjax_url="", require_js_url="",
    )  # fmt: skip
    exporter.register_filter("data_uri", _data_uri)
    body, _ = exporter.from_filename(str(notebook))
    page = BeautifulSoup(body, "html.parser")
    _drop_foreign(page)
    contents = page.find(id="contents")
    if demonstration and page.body:
        page.body["data-mark"] = DEMONSTRATION
    title, navigation = page.find("h1"), page.find("nav")
    if page.title and title and navigation:
        page.title.string = title.get_text(strip=True)
        # The contents belong below the title and what it says of the report.
        (title.find_next_sibling("ul") or title).insert_after(navigation.extract())
    for position, heading in enumerate(page.find_all(["h2", "h3"]), start=1):
        heading["id"] = f"s{position}"
        if contents:
            link = page.new_tag("a", href=f"#s{position}", attrs={"class": f"level-{heading.name}"})
            link.string = heading.get_text(strip=True)
            contents.append(link)
    return str(page)


def _drop_foreign(page: BeautifulSoup) -> None:
    """Take out what text from people or data might bring in: pictures from elsewhere, and links that aren't plain ones."""
    for image in page.find_all("img"):
        if not str(image.get("src", "")).startswith("data:"):
            image.replace_with(str(image.get("alt", "")))
    for link in page.find_all("a"):
        if not str(link.get("href", "")).startswith(("#", "https://", "http://", "mailto:")):
            link.unwrap()


def _data_uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(_joined(svg).encode()).decode()
