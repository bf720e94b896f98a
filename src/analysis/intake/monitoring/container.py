"""The file as a whole: what it is by its content, whatever its name says, and whether it is of a reasonable size."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis.vocabulary.errors import InputError

MAXIMUM_BYTES = 20_000_000  # a filled workbook is about 0.1 MB
_RESAVE = "在 Excel 或 WPS 中打开，另存为 .xlsx"
_EXPECTED = "按模板填写的 XLSX 或 CSV"

# Leading bytes of what is handed in instead of a table.
_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "PDF 文件", "把数据填进模板再交"),
    (b"\x89PNG", "PNG 图片", "把数据填进模板再交"),
    (b"\xff\xd8\xff", "JPEG 图片", "把数据填进模板再交"),
    (b"GIF8", "GIF 图片", "把数据填进模板再交"),
    (b"Rar!", "RAR 压缩包", "解压后交其中的表"),
    (b"7z\xbc\xaf", "7z 压缩包", "解压后交其中的表"),
    (b"\x1f\x8b", "GZIP 压缩包", "解压后交其中的表"),
    (b"{\\rtf", "RTF 文档", "把数据填进模板再交"),
)
# A part that tells one kind of zip from another.
_PACKAGES: tuple[tuple[str, str, str], ...] = (
    ("word/document.xml", "Word 文档（DOCX）", "把数据填进模板再交"),
    ("ppt/presentation.xml", "演示文稿（PPTX）", "把数据填进模板再交"),
    ("xl/workbook.bin", "二进制工作簿（XLSB）", _RESAVE),
)


@dataclass(frozen=True)
class Container:
    """A file's name and bytes, and which reader they are for."""

    name: str
    raw: bytes
    kind: Literal["workbook", "text"]


def open_container(path: Path) -> Container:
    """Read a file once and tell what it is.

    Raises:
        InputError: no such file, a folder, empty, too large, or nothing that can hold the form.
    """
    where = f"文件 {path.name}"
    if path.is_dir():
        raise InputError.single(where, "这是文件夹", _EXPECTED, "指明文件夹里的文件")
    if not path.is_file():
        raise InputError.single(where, "找不到该文件", _EXPECTED, "核对文件名和所在位置")
    size = path.stat().st_size
    if size > MAXIMUM_BYTES:
        raise InputError.single(
            where, f"{size / 1e6:,.1f} MB", f"不超过{MAXIMUM_BYTES // 1_000_000} MB", "确认选对了文件；删去表中的图片和多余的空行"
        )
    raw = path.read_bytes()
    if not raw.strip():
        raise InputError.single(where, "空文件", _EXPECTED, "重新生成模板后填写")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise _ole(where, raw)
    if raw.startswith(b"PK"):
        _expect_workbook(where, raw)
        return Container(path.name, raw, "workbook")
    for magic, found, action in _FOREIGN:
        if raw.startswith(magic):
            raise InputError.single(where, found, _EXPECTED, action)
    _refuse_markup(where, raw)
    return Container(path.name, raw, "text")


def _ole(where: str, raw: bytes) -> InputError:
    """Tell an encrypted workbook from an old one: both come in the container of old Office files."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in raw

    if holds("EncryptedPackage"):
        return InputError.single(where, "加密的工作簿", "不设打开密码的 XLSX", "在 Excel 或 WPS 中取消打开密码，再保存")
    if holds("WordDocument"):
        return InputError.single(where, "旧版 Word 文档（.doc）", _EXPECTED, "把数据填进模板再交")
    if holds("Workbook") or holds("Book"):
        return InputError.single(where, "旧版工作簿（.xls 或 .et）", "XLSX", _RESAVE)
    return InputError.single(where, "旧版 Office 文件", "XLSX", _RESAVE)


def _expect_workbook(where: str, raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist())
            kind = package.read("mimetype")[:100] if "mimetype" in names and package.getinfo("mimetype").file_size < 200 else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise InputError.single(where, "文件损坏或不完整", "完好的 XLSX", "重新传输，或在 Excel、WPS 中修复后另存") from error
    if b"opendocument" in kind:
        raise InputError.single(where, "OpenDocument 文件（如 .ods）", "XLSX", _RESAVE)
    for part, found, action in _PACKAGES:
        if part in names:
            raise InputError.single(where, found, _EXPECTED, action)
    if "xl/workbook.xml" not in names:
        raise InputError.single(where, "压缩包，不是工作簿", _EXPECTED, "解压后交其中的表")


def _refuse_markup(where: str, raw: bytes) -> None:
    """Refuse web pages and XML 2003 tables: many systems export them under the name .xls."""
    start = raw[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"mime-version:")):
        raise InputError.single(where, "网页格式的表格", "XLSX 或 CSV", _RESAVE)
    if start.startswith(b"<?xml"):
        raise InputError.single(where, "XML 文件", "XLSX 或 CSV", _RESAVE)
