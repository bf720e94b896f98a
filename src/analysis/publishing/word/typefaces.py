"""Typefaces of official documents, and what stands in where one is not installed."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.publishing.word.markup import Node, node

LATIN = "Times New Roman"
BODY, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
CODE = "Courier New"


@dataclass(frozen=True)
class _Face:
    name: str
    instead: str
    family: str
    chinese: bool = True


# Word takes the first of the alternative names that is installed.
_FACES = (
    _Face(BODY, "仿宋,FangSong,华文仿宋", "modern"),
    _Face(KAI, "楷体,KaiTi,华文楷体", "modern"),
    _Face(TITLE, "华文中宋,STZhongsong,宋体,SimSun", "roman"),
    _Face(HEI, "SimHei,等线,微软雅黑", "modern"),
    _Face(SONG, "SimSun,新宋体", "auto"),
    _Face(LATIN, "Liberation Serif", "roman", chinese=False),
    _Face(CODE, "Liberation Mono", "modern", chinese=False),
)


def faces(chinese: str, latin: str = LATIN) -> Node:
    """Return the typefaces of a style: one for Chinese, one for digits and Latin."""
    return node("rFonts", ascii=latin, hAnsi=latin, eastAsia=chinese, cs=latin)


def font_table() -> Node:
    """Return the document's list of typefaces with their replacements."""
    return node(
        "fonts",
        *(
            node(
                "font",
                node("altName", val=face.instead),
                node("charset", val="86" if face.chinese else "00"),
                node("family", val=face.family),
                node("pitch", val="fixed" if face.name == CODE else "variable"),
                name=face.name,
            )
            for face in _FACES
        ),
    )
