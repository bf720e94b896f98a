"""Bytes of a text file to text: UTF-8 with or without BOM, UTF-16 with BOM, GB18030."""

from __future__ import annotations

import codecs
from pathlib import Path

from analysis.vocabulary.errors import InputError

MAXIMUM_BYTES = 50_000_000  # a plan is about 0.1 MB; anything near this is not a plan's text

# Leading bytes of files that people hand over instead of a text, with what to do about each.
FOREIGN_FORMATS = {
    b"%PDF": ("PDF 文件", "先用 pdftotext 等工具提取文字，再导入得到的 TXT"),
    b"PK\x03\x04": ("DOCX、XLSX 或压缩包", "在 Word 或 WPS 中另存为纯文本（TXT）"),
    b"\xd0\xcf\x11\xe0": ("旧版 Office 文件", "在 Word 或 WPS 中另存为纯文本（TXT）"),
}


def read_text(path: Path) -> str:
    """Read a text file whose encoding is one of those in use in China.

    Args:
        path: the file.

    Returns:
        The text without BOM; line ends as they are.

    Raises:
        InputError: no such file, empty, too large, another format, or an encoding that can't be told.
    """
    where = f"文件 {path.name}"
    if path.is_dir():
        raise InputError.single(where, "这是文件夹", "规划全文的 TXT 文件", "指明文件夹里的 TXT 文件")
    if not path.is_file():
        raise InputError.single(where, "找不到该文件", "规划全文的 TXT 文件", f"核对路径：{path}")
    size = path.stat().st_size
    if size > MAXIMUM_BYTES:
        raise InputError.single(where, f"{size:,} 字节", f"不超过 {MAXIMUM_BYTES:,} 字节", "确认选对了文件")
    raw = path.read_bytes()
    for magic, (found, action) in FOREIGN_FORMATS.items():
        if raw.startswith(magic):
            raise InputError.single(where, found, "纯文本", action)
    text = decode(raw, where)
    if not text.strip():
        raise InputError.single(where, "空文件", "规划全文", "重新提取文字后再导入")
    return text


def decode(raw: bytes, where: str) -> str:
    """Return the text of bytes in UTF-8, UTF-16 with BOM, or GB18030; ``where`` names the file in the error.

    Raises:
        InputError: the encoding can't be told.
    """
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # UTF-8 first: text in GB18030 is practically never valid UTF-8, while the reverse often decodes to rubbish.
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError.single(where, "无法识别的编码", "UTF-8 或 GB18030（GBK）", "用记事本打开并另存为 UTF-8")
