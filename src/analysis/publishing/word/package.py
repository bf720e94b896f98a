"""The Word file: its parts, its properties, and the same bytes for the same report."""

from __future__ import annotations

import datetime
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from docx.parts.document import DocumentPart

from analysis.publishing.document.model import Document
from analysis.publishing.word.furniture import WARNING
from analysis.publishing.word.markup import Node, legal, node

_UNDATED = datetime.date(2000, 1, 1)
_EARLIEST_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_KINDS = {
    "styles": (CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
    "settings": (CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
    "fontTable": (CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE),
    "numbering": (CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
    "footnotes": (CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES),
    "header": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footer": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}


class WordPackage:
    """A Word file in the making."""

    def __init__(self) -> None:
        self._package = Package()
        self._body = node("body")
        root = node("document", self._body)
        self.main = DocumentPart(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, root, self._package)
        self._package.relate_to(self.main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def attach(self, kind: str, content: Node, number: str = "") -> str:
        """Add a part and return the id of its relation.

        Args:
            kind: ``styles``, ``settings``, ``fontTable``, ``numbering``, ``footnotes``, ``header`` or ``footer``.
            content: its root element.
            number: tells several of a kind apart.
        """
        content_type, relation = _KINDS[kind]
        part = Part(PackURI(f"/word/{kind}{number}.xml"), content_type, serialize_part_xml(content), self._package)
        return self.main.relate_to(part, relation)

    def attach_theme(self) -> None:
        """Add the colours that programs offer for editing: python-docx's own; no style takes its typefaces."""
        with ZipFile(BytesIO((files("docx") / "templates" / "default.docx").read_bytes())) as template:
            content = template.read("word/theme/theme1.xml")
        theme = Part(PackURI("/word/theme/theme1.xml"), CONTENT_TYPE.OFC_THEME, content, self._package)
        self.main.relate_to(theme, RELATIONSHIP_TYPE.THEME)

    def fill(self, blocks: list[Node]) -> None:
        """Set the body."""
        self._body.extend(blocks)

    def describe(self, document: Document) -> None:
        """Set the properties that file managers show."""
        properties = self._package.core_properties
        day = datetime.datetime.combine(document.date or _UNDATED, datetime.time())
        properties.title = legal(document.title)
        properties.author = properties.last_modified_by = legal(str(document.parameters.get("issuing_body") or ""))
        properties.subject = WARNING if document.demonstration else legal(str(document.parameters.get("stage") or ""))
        properties.language = "zh-CN"
        properties.created = properties.modified = day
        properties.revision = 1

    def bytes(self) -> bytes:
        """Return the file; its entries carry no date of their own."""
        raw = BytesIO()
        self._package.save(raw)
        settled = BytesIO()
        with ZipFile(raw) as given, ZipFile(settled, "w") as target:
            for entry in given.namelist():
                info = ZipInfo(entry, _EARLIEST_OF_ZIP)
                info.compress_type = ZIP_STORED if entry.endswith(".png") else ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                info.create_system = 3  # else the system that wrote it
                target.writestr(info, given.read(entry))
        return settled.getvalue()
