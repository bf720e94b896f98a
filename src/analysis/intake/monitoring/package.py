"""The parts inside a workbook, looked at before any is read as a table: bombs, macros, links, embedded objects, broken XML."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from analysis.intake.monitoring.limits import MAXIMUM_COLUMNS, MAXIMUM_FILLED, MAXIMUM_ROWS, SHRINK
from analysis.intake.monitoring.part_scan import MAXIMUM_MERGED, PartScan, TooManyCellsError
from analysis.vocabulary.errors import InputError, Problem

MAXIMUM_PARTS = 2_000
MAXIMUM_INFLATED = 30_000_000  # a filled workbook inflates to about 1 MB
LARGE_PART, MAXIMUM_RATIO = 1_000_000, 300  # tables of empty formatted rows reach about 100
# What gives a danger away, all in lower case: words in a part's name, words in its content type, the end of a relation's type.
_NAMES = {
    "macro": ("vbaproject", "vbadata", "xl/macrosheets/"),
    "link": ("xl/externallinks/", "xl/querytables/", "xl/connections.xml"),
    "object": ("/embeddings/", "/activex/"),
}
_CONTENT_TYPES = {
    "macro": ("macroenabled", "vbaproject", "macrosheet"),
    "link": ("externallink", "querytable", "connections+xml"),
    "object": ("oleobject", "activex"),
}
_RELATIONS = {
    "macro": ("/vbaproject", "macrosheet"),
    "link": ("/externallink", "/externallinkpath", "/querytable", "/connections"),
    "object": ("/oleobject", "/package", "/control"),
}
_TOLD = {
    "macro": ("含宏", "不含宏的 XLSX", "另存为“Excel 工作簿（.xlsx）”，不要选“启用宏”"),
    "link": ("含指向其他文件或数据库的链接", "不含外部链接的 XLSX", "在“数据→编辑链接（连接）”中断开，或把数值粘贴到新模板"),
    "object": ("含嵌入的对象（文档、控件等）", "只有表格的 XLSX", "删去嵌入的文件和控件；佐证材料另交，表中写存放处"),
}
_HYPERLINK, _EXTERNAL = "/hyperlink", "external"
_XML_ENDINGS, _XML_TYPES = (".xml", ".rels", ".vml"), ("+xml", "/xml")
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"


def check_package(name: str, raw: bytes) -> None:
    """Refuse a workbook whose parts are unsafe or broken.

    Args:
        name: the file's name, for messages.
        raw: its bytes.

    Raises:
        InputError: too many parts, too large or too dense when inflated, far too many cells, macros, external links or
            connections, embedded objects, a DTD or entity in any part, XML that is not well formed, a damaged or encrypted
            archive.
    """
    where = f"文件 {name}"
    inspection = _Inspection(where)
    try:
        for part, content in _parts(where, raw):
            inspection.take(part, content)
    except TooManyCellsError as error:
        most = f"不超过{MAXIMUM_ROWS:,}行、{MAXIMUM_COLUMNS}列、{MAXIMUM_FILLED:,}个有内容的格"
        raise InputError.single(where, "单元格过多", most, SHRINK) from error
    problems = inspection.problems()
    if problems:
        raise InputError(problems)


@dataclass
class _Inspection:
    """What was found in the parts seen so far; one problem of each kind."""

    where: str
    _found: dict[str, Problem] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _broken: list[str] = field(default_factory=list)
    _declared_xml: set[str] = field(default_factory=set)

    def take(self, part: str, content: bytes) -> None:
        """Look at one part. Whether it is XML its content says: a name may say anything, and any part may be a sheet."""
        from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

        self._tell(danger for danger, words in _NAMES.items() if any(word in f"/{part.lower()}" for word in words))
        if not part.lower().endswith(_XML_ENDINGS) and not content.lstrip(_BEFORE_MARKUP).startswith(b"<"):
            self._broken.append(part)
            return
        try:
            scan = _scanned(content, self._counts)
        except DefusedXmlException:
            found = "含 DTD 或实体定义（疑似 XML 炸弹）"
            self._note("dtd", Problem(f"{self.where} 部件 {part}", found, "Excel、WPS 保存的 XLSX", "不要打开；重新生成模板后填写"))
        except (SyntaxError, ValueError, LookupError):
            self._broken.append(part)
        else:
            self._take_scan(part, scan)

    def _take_scan(self, part: str, scan: PartScan) -> None:
        for declared, kind in scan.content_types:
            self._tell(danger for danger, words in _CONTENT_TYPES.items() if any(word in kind for word in words))
            if kind.endswith(_XML_TYPES):
                self._declared_xml.add(declared.lstrip("/"))
        for kind, mode in scan.relations:
            self._tell(danger for danger, ends in _RELATIONS.items() if kind.endswith(ends))
            if mode == _EXTERNAL and not kind.endswith(_HYPERLINK):
                self._tell(["link"])
        if scan.merged > MAXIMUM_MERGED:
            self._note("merged", Problem(f"{self.where} 部件 {part}", "合并区域异常地大", "每格单独填写", "取消合并后再交"))

    def problems(self) -> list[Problem]:
        """Return all problems, when all parts are seen: only then is it known which were meant to be XML.

        Drawings that are not well formed (.vml) are no problem: Excel itself writes such, and nobody reads them.
        """
        for part in self._broken:
            if {part.lower(), part.lower().rpartition(".")[2]} & (self._declared_xml | {"xml", "rels"}):
                self._note("xml", Problem(f"{self.where} 部件 {part}", "XML 损坏", "完好的 XLSX", "在 Excel、WPS 中修复后另存"))
        return list(self._found.values())

    def _tell(self, dangers: Iterable[str]) -> None:
        for danger in dangers:
            self._note(danger, Problem(self.where, *_TOLD[danger]))

    def _note(self, kind: str, problem: Problem) -> None:
        self._found.setdefault(kind, problem)


def _scanned(content: bytes, counts: Counter[str]) -> PartScan:
    import defusedxml.ElementTree  # type: ignore[import-untyped]

    scan = PartScan(counts)
    parser = defusedxml.ElementTree.XMLParser(target=scan, forbid_dtd=True)
    parser.feed(content)
    parser.close()
    return scan


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


def declared_sheets(raw: bytes) -> int:
    """Return how many sheets a checked workbook says it has: openpyxl passes over one whose part is missing."""
    import defusedxml.ElementTree

    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return len(defusedxml.ElementTree.fromstring(package.read("xl/workbook.xml")).findall(".//{*}sheets/{*}sheet"))
