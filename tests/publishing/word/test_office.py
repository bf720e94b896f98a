"""LibreOffice opens the Word file and loses nothing of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from analysis.publishing.document.model import Document, Heading, TableBlock
from analysis.publishing.word import word_report

Converter = Callable[[bytes], pypdf.PdfReader]


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (no soffice)")
    folder = tmp_path_factory.mktemp("office")

    def convert(content: bytes) -> pypdf.PdfReader | None:
        source, target = folder / "report.docx", folder / "report.pdf"
        source.write_bytes(content)
        target.unlink(missing_ok=True)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, source],
            check=False,
            capture_output=True,
            timeout=180,
        )
        return pypdf.PdfReader(BytesIO(target.read_bytes())) if target.exists() else None

    plain = BytesIO()
    docx.Document().save(plain)
    if convert(plain.getvalue()) is None:
        pytest.skip("LibreOffice has no Writer: it opens no Word file at all")

    def converted(content: bytes) -> pypdf.PdfReader:
        found = convert(content)
        assert found is not None, "LibreOffice cannot open the report"
        return found

    return converted


@pytest.mark.slow
def test_nothing_is_lost(to_pdf: Converter, report: Document, pictures: dict[str, bytes], tmp_path: Path) -> None:
    pages = [unspaced(page.extract_text()) for page in to_pdf(word_report(report, pictures)).pages]
    whole = "".join(pages)
    assert len(pages) > 5
    for block in report.blocks:
        if isinstance(block, Heading):
            assert unspaced(block.full) in whole
        elif isinstance(block, TableBlock):
            for cell in (*block.columns, *(cell for row in block.rows for cell in row)):
                assert unspaced(cell) in whole
    assert "三项中两项达到。见图1和表1" in whole
    assert all("演示数据虚构，不得引用" in page for page in pages)
    for number, page in enumerate(pages, start=1):
        assert f"—{number}—" in page
    assert "目录" in pages[1] and re.search(r"一、总体评价\.*3", pages[1])
    assert "数据依据：指标表第1行。" in next(page for page in pages[2:] if "一、总体评价" in page)


@pytest.mark.slow
def test_pages_lie_as_their_tables_need(to_pdf: Converter, report: Document, pictures: dict[str, bytes]) -> None:
    boxes = [page.mediabox for page in to_pdf(word_report(report, pictures)).pages]
    lying = [box.width > box.height for box in boxes]
    changes = [lying[0], *(lying[place] for place in range(1, len(lying)) if lying[place] != lying[place - 1])]
    assert changes == [False, True, False, True, False]
