from __future__ import annotations

import re

import pytest

from analysis.publishing.document.title import title_lines
from analysis.publishing.pdf.columns import PADDING, SMALLEST, columns, ems, pieces
from analysis.publishing.pdf.glyphs import Glyphs, advances
from analysis.publishing.pdf.runs import runs
from analysis.publishing.pdf.sheets import TURNED, UPRIGHT


def test_a_small_table_fills_an_upright_page_at_full_size() -> None:
    fit = columns(["判定", "项数"], [["达标", "13"], ["未达标", "2"]], wide=True)
    assert fit.sheet is UPRIGHT and fit.size == 10.5
    assert sum(fit.widths) == pytest.approx(UPRIGHT.width, abs=0.1)


def test_a_short_wide_table_stays_upright_a_long_one_turns() -> None:
    heads = ["指标", *[f"第{n}年" for n in range(7)], "备注"]
    row = ["一个比较长的指标名称（元/人/月）", *["12,345.6"] * 7, "一个比较长的备注文字"]
    assert columns(heads, [row] * 5, wide=True).sheet is UPRIGHT
    turned = columns(heads, [row] * 40, wide=True)
    assert turned.sheet is TURNED and turned.size == 9.0
    assert columns(heads, [row] * 40, wide=False).sheet is UPRIGHT


def test_numbers_are_never_broken_and_long_text_takes_what_is_left() -> None:
    fit = columns(["值", "说明"], [["1,238.37", "很长的说明" * 30], ["2", "短"]], wide=False)
    assert fit.widths[0] >= (ems("1,238.37") + PADDING) * fit.size
    assert fit.widths[1] > 3 * fit.widths[0]


def test_too_many_columns_shrink_to_the_smallest_words_but_not_off_the_page() -> None:
    fit = columns([f"列{n}" for n in range(60)], [["123,456.78"] * 60], wide=True)
    assert fit.sheet is TURNED and fit.size == SMALLEST
    assert sum(fit.widths) <= TURNED.width + 0.5


def test_a_row_taller_than_a_page_may_break() -> None:
    assert columns(["说明"], [["很长的说明" * 300]], wide=False).tall
    assert not columns(["说明"], [["短"]], wide=False).tall


def test_pieces_lose_nothing_and_are_short() -> None:
    text = "见https://example.org/a-very-long/path?with=query和" + "0123456789abcdef" * 4 + "。"
    assert "".join(pieces(text)) == text
    assert max(len(word) for piece in pieces(text) for word in re.findall(r"[!-~]+", piece)) <= 14
    assert pieces("短 words 不 cut") == ["短 words 不 cut"]


def test_the_serif_face_stands_in_for_all_of_the_sans_face() -> None:
    assert advances().keys() >= set("①⑩★▲▼▽↓↑×■□≈○✓＝◎●※…—～‑−·＊〔〕【】“”•")
    assert ems("×1") == pytest.approx(1.555, abs=0.01)
    assert ems("甲乙\n丙") == 2.0


def test_signs_without_look_are_dropped_and_composed_letters_kept() -> None:
    glyphs = Glyphs()
    assert glyphs.printed("a\u200bb\tc\ufeff") == "ab c"
    assert glyphs.printed("nu\u0308\u030c") == "nǚ"
    assert glyphs.warning() == ""
    assert glyphs.printed("\u202e甲") == "〔U+202E〕甲"


def part(kind: str, *, level: int = 0, turned: bool = False, text: str = "字") -> dict[str, object]:
    return {"kind": kind, "level": level, "turned": turned, "spans": [{"text": text}]}


def test_wide_tables_follow_at_the_end_of_their_section() -> None:
    body = [part("heading", level=1), part("table", turned=True), part("list"), part("heading", level=1), part("paragraph")]
    assert [(run["turned"], [item["kind"] for item in run["parts"]]) for run in runs(body)] == [
        (False, ["heading", "list"]),
        (True, ["table"]),
        (False, ["heading", "paragraph"]),
    ]


def test_an_annex_goes_with_its_wide_table_unless_it_has_much_text() -> None:
    annex = [part("heading", level=1), part("paragraph"), part("table", turned=True)]
    assert [run["turned"] for run in runs(annex + annex)] == [True]
    wordy = [part("heading", level=1), part("paragraph", text="字" * 300), part("table", turned=True)]
    assert [run["turned"] for run in runs(wordy)] == [False, True]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("短标题", ["短标题"]),
        (
            "《广州市越秀区民政事业发展第十三个五年规划》终期评估报告（指标完成情况）",
            ["《广州市越秀区民政事业发展", "第十三个五年规划》", "终期评估报告（指标完成情况）"],
        ),
        ("没有可断之处的一个很长很长很长很长很长的标题", ["没有可断之处的一个很长很长很长很长很长的标题"]),
    ],
)
def test_titles_break_where_sense_allows(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines
