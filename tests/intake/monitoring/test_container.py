"""Files that are no workbook, or a dangerous one, are refused by their content before anything is read from them."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from messy import at, only_problem, problems, read, workbook

from analysis.intake.monitoring import package
from analysis.intake.monitoring.container import MAXIMUM_BYTES
from analysis.intake.monitoring.limits import MAXIMUM_CELLS, MAXIMUM_FILLED, MAXIMUM_ROWS
from analysis.intake.monitoring.package import MAXIMUM_INFLATED, MAXIMUM_PARTS, check_package
from analysis.vocabulary.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def zipped(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


# What is handed in under the name 表.xlsx, and what the message calls it.
FOREIGN = {
    "empty": (b"", "空文件"),
    "blank": (b"\r\n \r\n", "空文件"),
    "old workbook": (OLE + utf16("Workbook"), "旧版工作簿（.xls 或 .et）"),
    "encrypted workbook": (OLE + utf16("EncryptionInfo") + utf16("EncryptedPackage"), "加密的工作簿"),
    "old Word file": (OLE + utf16("WordDocument"), "旧版 Word 文档"),
    "other old file": (OLE, "旧版 Office 文件"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "PDF 文件"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    "JPEG": (b"\xff\xd8\xff\xe0", "JPEG 图片"),
    "RAR": (b"Rar!\x1a\x07\x00", "RAR 压缩包"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "网页格式的表格"),
    "XML table": (b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML 文件"),
    "ODS": (zipped(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<a/>")), "OpenDocument"),
    "DOCX": (zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<a/>")), "Word 文档"),
    "XLSB": (zipped(("xl/workbook.bin", b"x")), "XLSB"),
    "zip": (zipped(("表.csv", b"x")), "压缩包，不是工作簿"),
    "broken zip": (b"PK\x03\x04" + b"x" * 100, "文件损坏"),
    "binary": (b"\x01\x02\x00\xff\xfe" * 40, "编码"),
}


@pytest.mark.parametrize("case", FOREIGN)
def test_other_files_are_called_by_their_name(tmp_path: Path, case: str) -> None:
    content, words = FOREIGN[case]
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    told = only_problem(path)
    assert "表.xlsx" in told.where and words in told.found and told.action


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert only_problem(tmp_path / "没有.xlsx").found == "找不到该文件"
    assert only_problem(tmp_path).found == "这是文件夹"
    assert str(tmp_path) not in str(only_problem(tmp_path / "没有.xlsx"))


def test_200_megabytes_are_refused_without_reading(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    told = only_problem(path)
    assert told.found == "200.0 MB" and told.expected == "不超过20 MB"
    os.truncate(path, MAXIMUM_BYTES + 1)
    assert only_problem(path).expected == "不超过20 MB"
    os.truncate(path, MAXIMUM_BYTES)
    assert only_problem(path).expected == "CSV 不超过5 MB"  # read, and no workbook


def repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A workbook whose parts somebody tampered with."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    path.write_bytes(zipped(*parts.items()))
    return path


def with_part(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: content})


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return change


SHEET = "xl/worksheets/sheet2.xml"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>"""
FILE_OF_MACHINE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet>&a;</worksheet>'
RELATION = b'<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s" TargetMode="External"/>'
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def related(name: str, kind: str, target: str) -> Callable[[dict[str, bytes]], None]:
    """A relation to a part that nothing else tells of."""

    def change(parts: dict[str, bytes]) -> None:
        old = parts.get(name, b"<Relationships></Relationships>")
        parts[name] = old.replace(
            b"</Relationships>", f'<Relationship Id="rId99" Type="{kind}" Target="{target}"/></Relationships>'.encode()
        )

    return change


def moved(name: str, to: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    """A part under another name, to which content types and relations lead."""

    def change(parts: dict[str, bytes]) -> None:
        del parts[name]
        parts[to] = content
        for place, old, new in (("[Content_Types].xml", name, to), (WORKBOOK_RELATIONS, name.rpartition("/")[2], to.rpartition("/")[2])):
            assert old.encode() in parts[place]
            parts[place] = parts[place].replace(old.encode(), new.encode())

    return change


TAMPERED: dict[str, tuple[Callable[[dict[str, bytes]], None], str]] = {
    "billion laughs": (with_part(SHEET, LAUGHS), "XML 炸弹"),
    "laughs in UTF-16": (with_part(SHEET, LAUGHS.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")), "XML 炸弹"),
    "file of the machine": (with_part("xl/sharedStrings.xml", FILE_OF_MACHINE), "XML 炸弹"),
    "zip bomb": (with_part("xl/media/image1.png", b"\0" * 2_000_000), "压缩炸弹"),
    "many parts": (lambda parts: parts.update({f"xl/media/{n}.txt": b"" for n in range(MAXIMUM_PARTS)}), "压缩炸弹"),
    "macros": (with_part("xl/vbaProject.bin", OLE), "含宏"),
    "macros in other letters": (with_part("xl/vbaProject.BIN", OLE), "含宏"),
    "macros under any name": (related(WORKBOOK_RELATIONS, "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "a.dat"), "含宏"),
    "laughs in other letters": (with_part("xl/worksheets/sheet2.XML", LAUGHS), "XML 炸弹"),
    "laughs under the name of a picture": (with_part("xl/media/image1.png", b"\r\n " + LAUGHS.partition(b"?>")[2].lstrip()), "XML 炸弹"),
    "a sheet of another ending": (moved(SHEET, "xl/worksheets/sheet2.dat", LAUGHS), "XML 炸弹"),
    "a sheet of another ending that is broken": (moved(SHEET, "xl/worksheets/sheet2.dat", b"<worksheet><sheetData>"), "XML 损坏"),
    "a sheet that is no XML": (moved(SHEET, "xl/worksheets/sheet2.dat", OLE), "XML 损坏"),
    "embedded object": (with_part("xl/embeddings/oleObject1.bin", OLE), "嵌入的对象"),
    "embedded document": (with_part("XL/Embeddings/a.docx", OLE), "嵌入的对象"),
    "object by relation": (related("xl/worksheets/_rels/sheet2.xml.rels", RELATION_TYPES + "oleObject", "../a.dat"), "嵌入的对象"),
    "object by content type": (
        replaced("[Content_Types].xml", b"</Types>", b'<Override PartName="/xl/a.dat" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/></Types>'), "嵌入的对象",
    ),
    "control": (with_part("xl/activeX/activeX1.xml", b"<ax:ocx xmlns:ax='a'/>"), "嵌入的对象"),
    "link in other letters": (with_part("XL/ExternalLinks/externalLink1.XML", b"<externalLink/>"), "链接"),
    "database under any name": (related(WORKBOOK_RELATIONS, RELATION_TYPES + "connections", "a.dat"), "链接"),
    "old macros": (with_part("xl/macrosheets/sheet1.xml", b"<a/>"), "含宏"),
    "macro content type": (replaced("[Content_Types].xml", b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main"), "含宏"),
    "link to another workbook": (with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"), "链接"),
    "link by relation": (
        replaced(WORKBOOK_RELATIONS, b"</Relationships>", RELATION % (b"externalLinkPath", b"file:///C:/a.xlsx") + b"</Relationships>"), "链接",
    ),
    "database": (with_part("xl/connections.xml", b"<connections/>"), "链接"),
    "broken XML": (with_part(SHEET, b"<worksheet><sheetData>"), "XML 损坏"),
    "endless merge": (replaced(SHEET, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "合并区域"),
    "column merge": (replaced(SHEET, b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A:C"/></mergeCells>'), "合并区域"),
    "cell at the far corner": (replaced(SHEET, b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'), "1,048,576行"),
    "no sheet list": (replaced("xl/workbook.xml", b"<sheets>", b"<sheetz>"), "XML 损坏"),
    "a sheet that is not there": (lambda parts: parts.pop(SHEET), "工作簿结构损坏"),
}  # fmt: skip


@pytest.mark.parametrize("case", TAMPERED)
def test_dangerous_or_broken_workbooks(tmp_path: Path, case: str) -> None:
    change, words = TAMPERED[case]
    path = repacked(workbook(tmp_path), change)
    found = problems(path)
    assert words in "".join(problem.found for problem in found)
    assert all("表.xlsx" in problem.where and problem.action for problem in found)


def test_several_dangers_are_all_told(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/vbaProject.bin"] = parts["xl/externalLinks/externalLink1.xml"] = b"<a/>"
        parts["xl/externalLinks/externalLink2.xml"] = b"<a/>"

    assert sorted(problem.found for problem in problems(repacked(workbook(tmp_path), change))) == ["含宏", "含指向其他文件或数据库的链接"]


def test_hyperlinks_are_no_external_links(tmp_path: Path) -> None:
    def change(book: object) -> None:
        book["指标"]["A1"].hyperlink = "https://example.org/"  # type: ignore[index]

    assert read(workbook(tmp_path, change)).readings == ()


def test_integers_beyond_any_float(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        at(book["指标"], "7", 2021, "数值").value = 987654321

    for digits, found in (("1" + "0" * 400, "inf"), ("9" * 5000, "工作簿结构损坏")):
        path = repacked(workbook(tmp_path, change), replaced(SHEET, b"<v>987654321</v>", f"<v>{digits}</v>".encode()))
        assert only_problem(path).found == found


def sheet_of(rows: str) -> bytes:
    return (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


DENSE = {
    "many formatted cells": '<row r="1">' + '<c r="A1" s="1"/>' * (MAXIMUM_CELLS + 1) + "</row>",
    "many filled cells": '<row r="1">' + "<c><v>1</v></c>" * (MAXIMUM_FILLED + 1) + "</row>",
    "many texts": '<row r="1">' + "<c><is/></c>" * (MAXIMUM_FILLED + 1) + "</row>",
    "many rows": "<row/>" * (6 * MAXIMUM_ROWS + 1),
    "many elements": "<x/>" * 1_000_001,
}


@pytest.mark.parametrize("case", DENSE)
def test_dense_sheets_are_refused_while_they_stream_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    """A file of 129 KB with 1.7 million cells took 45 seconds and 1.2 GB to open."""
    monkeypatch.setattr(package, "MAXIMUM_RATIO", 10_000)
    path = workbook(tmp_path)
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_, **__: pytest.fail("opened"))
    told = only_problem(repacked(path, with_part(SHEET, sheet_of(DENSE[case]))))
    assert told.found == "单元格过多" and told.expected == "不超过5,000行、100列、100,000个有内容的格" and "删除" in told.action


def test_cells_of_all_sheets_count_together(tmp_path: Path) -> None:
    rows = ['<row r="1">' + "<c><v>1</v></c>" * (MAXIMUM_FILLED // 2 + 1) + "</row>"] * 2
    with pytest.raises(InputError, match="单元格过多"):
        check_package("表.xlsx", zipped(*((f"xl/worksheets/{n}.xml", sheet_of(row)) for n, row in enumerate(rows))))
    check_package("表.xlsx", zipped(("xl/worksheets/1.xml", sheet_of(rows[0]))))


@pytest.mark.parametrize(
    ("rows", "columns", "words"), [(5001, 1, "5,001行1列"), (1, 101, "1行101列"), (5000, 60, "工作表：甲"), (5000, 61, "共305,000格")]
)
def test_extent_of_a_sheet(tmp_path: Path, rows: int, columns: int, words: str) -> None:
    """Two cells at opposite corners make a table of all that lies between."""

    def change(book: Any) -> None:
        for sheet in book.sheetnames:
            del book[sheet]
        book.create_sheet("甲").cell(rows, columns).value = 1

    assert words in only_problem(workbook(tmp_path, change)).found


def test_declared_size_is_not_believed(tmp_path: Path) -> None:
    """The directory says 10 bytes; the part inflates to more than a workbook may have."""
    path = tmp_path / "表.xlsx"
    huge = MAXIMUM_INFLATED + 10
    raw = bytearray(zipped(("xl/workbook.xml", b"<a/>"), ("xl/media/a.bin", b"\0" * huge)))
    size = huge.to_bytes(4, "little")
    while size in raw:
        start = raw.index(size)
        raw[start : start + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    assert "压缩炸弹" in only_problem(path).found or "损坏" in only_problem(path).found


def test_truncated_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    whole = path.read_bytes()
    for kept in (4, 100, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:kept])
        assert "损坏" in only_problem(path).found
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\xff" * 200 + whole[middle + 200 :])
    assert "损坏" in only_problem(path).found


def test_password_on_the_archive(tmp_path: Path) -> None:
    path = workbook(tmp_path)
    raw = bytearray(path.read_bytes())
    start = 0
    while (start := raw.find(b"PK\x01\x02", start)) >= 0:
        raw[start + 8] |= 1
        start += 4
    path.write_bytes(bytes(raw))
    assert "加密" in only_problem(path).found
