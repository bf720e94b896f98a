"""Word refuses files whose elements come in another order than its schema says (ECMA-376, part 1)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openxml_audit
import pytest
from docx.oxml.ns import qn
from lxml import etree

from analysis.publishing.document.model import Document
from analysis.publishing.word import word_report

ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens
        kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing
        mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden
        color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd
        tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt
        vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal
        personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "tblStylePr": "pPr rPr tblPr trPr tcPr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "num": "abstractNumId lvlOverride",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
    "styles": "docDefaults latentStyles style",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "settings": """writeProtection view zoom removePersonalInformation mirrorMargins trackRevisions defaultTabStop evenAndOddHeaders
        characterSpacingControl updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids attachedSchema themeFontLang
        clrSchemeMapping shapeDefaults decimalSymbol listSeparator""",
    "compat": "doNotExpandShiftReturn useFELayout compatSetting",
    "sdtPr": "rPr alias tag id lock docPartObj",
    "docPartObj": "docPartGallery docPartCategory docPartUnique",
}
REPEATED = {"headerReference", "footerReference", "style", "tblStylePr", "lvl", "lvlOverride", "abstractNum", "num", "tr", "tc", "p", "compatSetting", "bookmarkStart", "bookmarkEnd", "tab"}  # fmt: skip


@pytest.fixture
def roots(report: Document, pictures: dict[str, bytes]) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(word_report(report, pictures))) as given:
        return {name: etree.fromstring(given.read(name)) for name in given.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize("parent", ORDERS)
def test_children_come_in_order(roots: dict[str, etree._Element], parent: str) -> None:
    order = ORDERS[parent].split()
    found = [element for root in roots.values() for element in root.iter(qn(f"w:{parent}"))]
    assert found, "the sample has none"
    for element in found:
        children = [etree.QName(child).localname for child in element]
        assert set(children) <= set(order)
        assert children == sorted(children, key=order.index)
        once = [child for child in children if child not in REPEATED]
        assert len(once) == len(set(once))


def test_every_relation_has_its_part_and_every_part_its_type(
    roots: dict[str, etree._Element], report: Document, pictures: dict[str, bytes]
) -> None:
    with ZipFile(BytesIO(word_report(report, pictures))) as given:
        names = set(given.namelist())
    relations = roots["word/_rels/document.xml.rels"]
    inside = {f"word/{found.get('Target')}" for found in relations if found.get("TargetMode") != "External"}
    assert inside <= names
    used = {
        value
        for element in roots["word/document.xml"].iter()
        for name, value in element.attrib.items()
        if name in (qn("r:id"), qn("r:embed"))
    }
    assert used <= {found.get("Id") for found in relations}
    typed = {found.get("PartName") for found in roots["[Content_Types].xml"] if found.get("PartName")}
    assert {f"/{name}" for name in names if name.startswith("word/") and name.endswith(".xml")} <= typed


def test_every_style_that_is_used_exists(roots: dict[str, etree._Element]) -> None:
    known = {found.get(qn("w:styleId")) for found in roots["word/styles.xml"].iter(qn("w:style"))}
    tags = [qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")]
    used = {found.get(qn("w:val")) for root in roots.values() for found in root.iter(*tags)}
    assert used <= known


def test_every_series_of_numbers_that_is_used_exists(roots: dict[str, etree._Element]) -> None:
    known = {found.get(qn("w:numId")) for found in roots["word/numbering.xml"].iter(qn("w:num"))} | {"0"}
    assert {found.get(qn("w:val")) for root in roots.values() for found in root.iter(qn("w:numId"))} <= known


def test_the_file_keeps_to_the_standard(report: Document, pictures: dict[str, bytes], tmp_path: Path) -> None:
    """Checked against the schemas of ECMA-376 as Office applies them."""
    file = tmp_path / "report.docx"
    file.write_bytes(word_report(report, pictures))
    result = openxml_audit.OpenXmlValidator().validate(file)
    # A paragraph that names series 0 takes the number of its style away (part 1, 17.9.18); the checker does not know that.
    found = [str(error) for error in result.errors if "Numbering definition '0'" not in str(error)]
    assert found == []
