"""Styles of the report: Word's own names wherever it has one, so that its tools (contents, navigation) work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.publishing.word.markup import Node, node
from analysis.publishing.word.page import BODY_TWIPS, LINE_TWIPS, NARROWED_TWIPS, UPRIGHT
from analysis.publishing.word.typefaces import BODY, CODE, HEI, KAI, LATIN, SONG, TITLE, faces

# Sizes in half-points, by their Chinese names: 二号, 三号, 四号, 小四, 五号, 小五, 六号.
ER, SAN, SI, XIAO_SI, WU, XIAO_WU, LIU = 44, 32, 28, 24, 21, 18, 15
TWO_CHARACTERS = 200  # hundredths of a character
HEADINGS = 4
INK, RED, BLUE = "000000", "B00000", "1F4E79"


@dataclass(frozen=True)
class _Style:
    """A paragraph style.

    Attributes:
        id, name: of the style; the name is Word's own where it has one.
        chinese, size: typeface and size in half-points.
        base, following: ids of the style it builds on and of the one after it.
        bold, color: how its words are set.
        line: exact line pitch in twips; 0 for as high as its contents.
        before, after: space in twips.
        first: indent of the first line, hundredths of a character; left: of all lines, twips.
        align: alignment.
        grid: whether lines keep to the grid of the page.
        keep: stays with the next paragraph; new_page: starts a page.
        outline: level in the outline, 0 for the highest; numbered: carries the number of that level.
        leader: right tab with dots, as contents have.
    """

    id: str
    name: str
    chinese: str = BODY
    size: int = SAN
    base: str = "Normal"
    following: str = ""
    bold: bool = False
    color: str = ""
    line: int = LINE_TWIPS
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    align: str = "both"
    grid: bool = True
    keep: bool = False
    new_page: bool = False
    outline: int | None = None
    numbered: bool = False
    leader: bool = False
    latin: str = LATIN

    def element(self) -> Node:
        """Return it as element."""
        return node(
            "style",
            node("name", val=self.name),
            node("basedOn", val=self.base) if self.id != "Normal" else None,
            node("next", val=self.following) if self.following else None,
            node("qFormat"),
            self._paragraph(),
            self._words(),
            type="paragraph",
            default=1 if self.id == "Normal" else None,
            customStyle=None if self.name.isascii() else 1,
            styleId=self.id,
        )

    def _paragraph(self) -> Node:
        return node(
            "pPr",
            node("keepNext") if self.keep else None,
            node("keepLines") if self.keep else None,
            node("pageBreakBefore") if self.new_page else None,
            node("widowControl", val=0),
            node("numPr", node("ilvl", val=self.outline), node("numId", val=1)) if self.numbered else None,
            node("tabs", node("tab", val="right", leader="dot", pos=UPRIGHT.text_width)) if self.leader else None,
            None if self.grid else node("snapToGrid", val=0),
            node("spacing", before=self.before, after=self.after, line=self.line or 240, lineRule="exact" if self.line else "auto"),
            self._indent(),
            node("jc", val=self.align),
            None if self.outline is None else node("outlineLvl", val=self.outline),
        )

    def _indent(self) -> Node:
        # An indent of nothing would still win over that of a list's numbers.
        if self.first:
            return node("ind", firstLineChars=self.first, firstLine=self.first * self.size // 10)
        return node("ind", left=self.left) if self.left else None

    def _words(self) -> Node:
        return node(
            "rPr",
            faces(self.chinese, self.latin),
            node("b", val=int(self.bold)),
            node("bCs", val=int(self.bold)),
            None if self.grid else node("snapToGrid", val=0),
            node("color", val=self.color or INK),
            node("spacing", val=NARROWED_TWIPS if self.grid and self.size == SAN else 0),
            node("sz", val=self.size),
            node("szCs", val=self.size),
        )


_HEADING = _Style("", "", following="BodyText", first=TWO_CHARACTERS, keep=True, numbered=True)
_SMALL = _Style("", "", SONG, XIAO_WU, line=0, grid=False, align="left")
_PARAGRAPHS = (
    _Style("Normal", "Normal"),
    _Style("BodyText", "Body Text", first=TWO_CHARACTERS),
    _Style("Title", "Title", TITLE, ER, following="BodyText", line=720, after=LINE_TWIPS, align="center", keep=True),
    *(
        replace(_HEADING, id=f"Heading{level + 1}", name=f"heading {level + 1}", chinese=face, bold=level == 2, outline=level)
        for level, face in enumerate((HEI, KAI, BODY, BODY))
    ),
    _Style("Annex", "附件标题", HEI, following="BodyText", keep=True, new_page=True, outline=0, align="left"),
    _Style("TOCHeading", "TOC Heading", HEI, following="BodyText", after=LINE_TWIPS // 2, align="center", keep=True, new_page=True),
    _Style("TOC1", "toc 1", HEI, XIAO_SI, line=460, align="left", grid=False, leader=True),
    _Style("TOC2", "toc 2", BODY, XIAO_SI, line=460, left=480, align="left", grid=False, leader=True),
    _Style("Caption", "caption", HEI, XIAO_SI, line=360, before=120, after=60, align="center", grid=False),
    _Style("Picture", "图片", following="Caption", line=0, before=120, align="center", grid=False, keep=True),
    _Style("ListParagraph", "List Paragraph"),
    replace(_SMALL, id="TableText", name="表格文字", size=WU),
    replace(_SMALL, id="TableTextSmall", name="表格小字"),
    replace(_SMALL, id="TableTextSmallest", name="表格最小字", size=LIU),
    replace(_SMALL, id="TableNote", name="表注", before=60, after=200),
    replace(_SMALL, id="Gap", name="表后空行", line=200),
    replace(_SMALL, id="CodeBlock", name="代码块", chinese=SONG, latin=CODE, before=60, after=60, left=2 * BODY_TWIPS),
    replace(_SMALL, id="FootnoteText", name="footnote text"),
    replace(_SMALL, id="Header", name="header", chinese=HEI, size=WU, color=RED, align="center"),
    replace(_SMALL, id="Footer", name="footer", size=SI),
)


def _character(identity: str, name: str, *properties: Node) -> Node:
    return node(
        "style",
        node("name", val=name),
        node("basedOn", val="DefaultParagraphFont"),
        node("rPr", *properties),
        type="character",
        customStyle=None if name.isascii() else 1,
        styleId=identity,
    )


def _tables() -> list[Node]:
    """Return the plain table, and the one with three lines (and hairs between rows, which wrap)."""
    margins = node(
        "tblCellMar", *(node(side, w=width, type="dxa") for side, width in (("top", 0), ("left", 50), ("bottom", 0), ("right", 50)))
    )
    lines = node(
        "tblBorders",
        node("top", val="single", sz=12, space=0, color=INK),
        node("bottom", val="single", sz=12, space=0, color=INK),
        node("insideH", val="single", sz=2, space=0, color="BFBFBF"),
    )
    under_head = node("tcPr", node("tcBorders", node("bottom", val="single", sz=6, space=0, color=INK)))
    plain = node(
        "style",
        node("name", val="Normal Table"),
        node("semiHidden"),
        node("tblPr", margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    ruled = node(
        "style",
        node("name", val="三线表"),
        node("basedOn", val="TableNormal"),
        node("tblPr", node("jc", val="center"), lines),
        node("tblStylePr", under_head, type="firstRow"),
        type="table",
        customStyle=1,
        styleId="ThreeLines",
    )
    return [plain, ruled]


def style_sheet() -> Node:
    """Return all styles of the report."""
    # No theme typefaces anywhere: they would win over those named here. Digits count as English, else lines break within numbers.
    defaults = node(
        "docDefaults",
        node(
            "rPrDefault",
            node(
                "rPr", faces(BODY), node("kern", val=2), node("sz", val=SAN), node("szCs", val=SAN),
                node("lang", val="en-US", eastAsia="zh-CN"),
            ),
        ),
        node("pPrDefault"),
    )  # fmt: skip
    basic = node(
        "style", node("name", val="Default Paragraph Font"), node("semiHidden"), type="character", default=1, styleId="DefaultParagraphFont"
    )
    none = node("style", node("name", val="No List"), node("semiHidden"), type="numbering", default=1, styleId="NoList")
    return node(
        "styles",
        defaults,
        *(style.element() for style in _PARAGRAPHS),
        basic,
        _character("FootnoteReference", "footnote reference", faces(SONG), node("vertAlign", val="superscript")),
        _character("Hyperlink", "Hyperlink", node("color", val=BLUE), node("u", val="single")),
        _character("Code", "代码", faces(SONG, CODE), node("sz", val=XIAO_SI), node("szCs", val=XIAO_SI)),
        *_tables(),
        none,
    )
