"""From an executed notebook to the files of a report: Word, PDF, Excel, web page, charts and tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from analysis.publishing.document.model import ChartBlock, Document
from analysis.publishing.document.reading import read_document


def export_report(folder: Path, *, demonstration: bool, parameters: Mapping[str, object]) -> Document:
    """Write every format of ``report.ipynb`` into its folder, each from the same content, and return the content."""
    from analysis.publishing.pdf import pdf_report
    from analysis.publishing.pictures import rasterised
    from analysis.publishing.tracing import write_trace
    from analysis.publishing.web import web_page
    from analysis.publishing.word import word_report
    from analysis.publishing.workbook import workbook_report

    document = read_document(folder / "report.ipynb", demonstration=demonstration, parameters=parameters)
    charts = [block for block in document.blocks if isinstance(block, ChartBlock)]
    pictures = rasterised({chart.id: chart.svg for chart in charts})
    _write_charts(folder / "figures", charts, pictures)
    for record in document.records:
        (folder / record.file).write_text(record.csv, encoding="utf-8", newline="")
    (folder / "report.docx").write_bytes(word_report(document, pictures))
    (folder / "report.pdf").write_bytes(pdf_report(document))
    (folder / "report.xlsx").write_bytes(workbook_report(document))
    (folder / "report.html").write_text(web_page(document), encoding="utf-8", newline="")
    write_trace(document, folder)
    return document


def _write_charts(figures: Path, charts: list[ChartBlock], pictures: Mapping[str, bytes]) -> None:
    figures.mkdir()
    for chart in charts:
        (figures / f"{chart.file}.csv").write_text(chart.csv, encoding="utf-8", newline="")
        (figures / f"{chart.file}.png").write_bytes(pictures[chart.id])
        (figures / f"{chart.file}.svg").write_text(chart.svg, encoding="utf-8", newline="")
