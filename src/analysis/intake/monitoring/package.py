"""The parts inside a workbook, looked at before any is read as a table: bombs, macros, links to other files, broken XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from analysis.vocabulary.errors import InputError, Problem

MAXIMUM_PARTS = 2_000
MAXIMUM_INFLATED = 30_000_000  # a filled workbook inflates to about 1 MB
LARGE_PART, MAXIMUM_RATIO = 1_000_000, 300  # tables of empty formatted rows reach about 100
MAXIMUM_MERGED = 100_000  # cells in merged areas: openpyxl makes an object of each
_LINK_FOLDERS = ("xl/externalLinks/", "xl/queryTables/")
_MACRO_PARTS = ("vbaProject.bin", "vbaProjectSignature.bin", "vbaData.xml")
_HYPERLINK = "/hyperlink"


def check_package(name: str, raw: bytes) -> None:
    """Refuse a workbook whose parts are unsafe or broken.

    Args:
        name: the file's name, for messages.
        raw: its bytes.

    Raises:
        InputError: too many parts, too large or too dense when inflated, macros, external links or connections,
            a DTD or entity in any part, XML that is not well formed, a damaged or encrypted archive.
    """
    where = f"文件 {name}"
    problems: dict[str, Problem] = {}  # one of each kind
    for part, content in _parts(where, raw):
        for kind, problem in _part_problems(where, part, content):
            problems.setdefault(kind, problem)
    if problems:
        raise InputError(list(problems.values()))


def _parts(where: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Inflate part after part; what a part declares of its size is not believed."""
    bomb = InputError.single(
        where, "解压后异常地大（疑似压缩炸弹）", f"解压后不超过{MAXIMUM_INFLATED // 1_000_000} MB", "不要打开；重新生成模板后填写"
    )
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            entries = package.infolist()
            if len(entries) > MAXIMUM_PARTS or sum(entry.file_size for entry in entries) > MAXIMUM_INFLATED:
                raise bomb
            if any(entry.flag_bits & 1 for entry in entries):
                raise InputError.single(where, "加密的压缩包", "不设密码的 XLSX", "取消密码后再保存")
            for entry in entries:
                with package.open(entry) as stream:
                    content = stream.read(MAXIMUM_INFLATED - total + 1)
                total += len(content)
                dense = len(content) > LARGE_PART and len(content) > MAXIMUM_RATIO * max(entry.compress_size, 1)
                if total > MAXIMUM_INFLATED or dense:
                    raise bomb
                yield entry.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise InputError.single(where, "文件损坏或不完整", "完好的 XLSX", "重新传输，或在 Excel、WPS 中修复后另存") from error


def _part_problems(where: str, part: str, content: bytes) -> Iterator[tuple[str, Problem]]:
    import defusedxml.ElementTree  # type: ignore[import-untyped]
    from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

    macro = Problem(where, "含宏", "不含宏的 XLSX", "另存为“Excel 工作簿（.xlsx）”，不要选“启用宏”")
    link = Problem(where, "含指向其他文件或数据库的链接", "不含外部链接的 XLSX", "在“数据→编辑链接（连接）”中断开，或把数值粘贴到新模板")
    if part.endswith(_MACRO_PARTS) or part.startswith("xl/macrosheets/"):
        yield "macro", macro
    if part.startswith(_LINK_FOLDERS) or part == "xl/connections.xml":
        yield "link", link
    if not part.endswith((".xml", ".rels", ".vml")):
        return
    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        found = "含 DTD 或实体定义（疑似 XML 炸弹）"
        yield "dtd", Problem(f"{where} 部件 {part}", found, "Excel、WPS 保存的 XLSX", "不要打开；重新生成模板后填写")
        return
    except (SyntaxError, ValueError, LookupError):
        if not part.endswith(".vml"):  # Excel itself writes drawings that are not well formed, and nobody reads them
            yield "xml", Problem(f"{where} 部件 {part}", "XML 损坏", "完好的 XLSX", "在 Excel、WPS 中修复后另存")
        return
    if part == "[Content_Types].xml" and any("macroEnabled" in (item.get("ContentType") or "") for item in root):
        yield "macro", macro
    if part.startswith("xl/worksheets/") and _merged_cells(root) > MAXIMUM_MERGED:
        yield "merged", Problem(f"{where} 部件 {part}", "合并区域异常地大", "每格单独填写", "取消合并后再交")
    if part.endswith(".rels"):
        for item in root:
            if item.get("TargetMode") == "External" and not (item.get("Type") or "").endswith(_HYPERLINK):
                yield "link", link


def declared_sheets(raw: bytes) -> int:
    """Return how many sheets a checked workbook says it has: openpyxl passes over one whose part is missing."""
    import defusedxml.ElementTree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return len(defusedxml.ElementTree.fromstring(package.read("xl/workbook.xml")).findall(".//{*}sheets/{*}sheet"))


def _merged_cells(sheet: Any) -> int:
    from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped]

    total = 0
    for item in sheet.iterfind(".//{*}mergeCell"):
        try:
            left, top, right, bottom = range_boundaries(item.get("ref") or "")
            total += (right - left + 1) * (bottom - top + 1)
        except (TypeError, ValueError):
            total += MAXIMUM_MERGED + 1  # whole rows or columns
    return total
