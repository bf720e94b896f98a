"""However the text is wrapped, paged, encoded or glued, the same tables come out."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_plan import CELLS, HEADERS, REFERENCE, TABLES, TEXT, TITLES, Cell, content, laid_out, read

from analysis.intake.boxes import ACHIEVED, PLANNED, STATISTICS
from analysis.intake.decoding import read_text

steady = settings(
    derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
EXPECTED = content(REFERENCE)
kinds = st.sampled_from(TABLES)
DRESSED = ("—{}—", "- {} -", "— {} —", "－{}－", "第{}页", "第 {} 页 共 60 页", "·{}·")
FULL_WIDTH = str.maketrans("0123456789.%/", "０１２３４５６７８９．％／")


def wrapped(text: str, width: int) -> str:
    """Break a text after every so many characters, never inside a figure or a pair of dashes."""
    lines, line = [], ""
    for character in text:
        if len(line) >= width and not re.fullmatch(r"[\d.,%]{2}|——", line[-1] + character):
            lines.append(line)
            line = ""
        line += character
    return "\n".join([*lines, line])


def table(kind: str, separator: str = " ", row_separator: str = "\n") -> str:
    return row_separator.join(separator.join(cell.text for cell in row) for row in CELLS[kind])


def assert_same(kind: str, text: str) -> None:
    assert content(read(text, kind))[kind] == EXPECTED[kind]


def repeated(kind: str, form: str) -> str:
    return {
        "both": f"{TITLES[kind]}\n{HEADERS[kind]}",
        "header": HEADERS[kind],
        "title": TITLES[kind],
        "continued": f"续表\n{HEADERS[kind]}",
    }[form]


@steady
@given(kind=kinds, width=st.integers(9, 80))
def test_rows_wrapped_at_any_width(kind: str, width: int) -> None:
    rows = "\n".join(wrapped(" ".join(cell.text for cell in row), width) for row in CELLS[kind])
    assert_same(kind, laid_out(kind, rows))


@steady
@given(kind=kinds, width=st.integers(9, 80))
def test_the_whole_table_flows_at_any_width(kind: str, width: int) -> None:
    assert_same(kind, "\n".join([wrapped(TITLES[kind], width), wrapped(HEADERS[kind], width), wrapped(table(kind, " ", " "), width)]))


@steady
@given(kind=kinds, separator=st.sampled_from(["\n", "\n\n", "\t", "\u3000", "\xa0", " \n  "]))
def test_one_cell_a_line_and_other_blanks(kind: str, separator: str) -> None:
    assert_same(kind, laid_out(kind, table(kind, separator, separator)))


@steady
@given(data=st.data(), kind=kinds, form=st.sampled_from(["both", "header", "title", "continued"]), dress=st.sampled_from(DRESSED))
def test_a_page_break_between_any_two_cells(data: st.DataObject, kind: str, form: str, dress: str) -> None:
    cells = [cell for row in CELLS[kind] for cell in row]
    cut = data.draw(st.integers(1, len(cells) - 1))
    before, after = (" ".join(cell.text for cell in part) for part in (cells[:cut], cells[cut:]))
    assert_same(kind, laid_out(kind, f"{before}\n{dress.format(19)}\n{repeated(kind, form)}\n{after}"))


@steady
@given(data=st.data(), form=st.sampled_from(["both", "header"]), feed=st.sampled_from(["", "\f"]))
def test_a_bare_page_number_between_any_two_cells(data: st.DataObject, form: str, feed: str) -> None:
    kind = data.draw(kinds)
    cells = [cell.text for row in CELLS[kind] for cell in row]
    cut = data.draw(st.integers(1, len(cells) - 1))
    page = 907  # no cell of these tables
    assert_same(kind, laid_out(kind, "\n".join([*cells[:cut], str(page), feed + repeated(kind, form), *cells[cut:]])))


@steady
@given(data=st.data(), note=st.sampled_from(["*部分数据取期末值。", "注：部分数据取期末值。", "1 指户籍人口。", "*部分数据\n取期末值。"]))
def test_a_footnote_at_the_foot_of_any_page(data: st.DataObject, note: str) -> None:
    kind = data.draw(kinds)
    cut = data.draw(st.integers(1, len(CELLS[kind]) - 1))
    before, after = ("\n".join(" ".join(cell.text for cell in row) for row in part) for part in (CELLS[kind][:cut], CELLS[kind][cut:]))
    assert_same(kind, laid_out(kind, f"{before}\n{note}\n—19—\n{repeated(kind, 'both')}\n{after}"))


@steady
@given(data=st.data(), form=st.sampled_from(["both", "header", "feed"]))
def test_a_category_repeated_after_a_page_break(data: st.DataObject, form: str) -> None:
    kind = data.draw(kinds)
    cut = data.draw(st.integers(1, len(CELLS[kind]) - 1))
    rows = [list(row) for row in CELLS[kind]]
    if not any(cell.kind == "category" for cell in rows[cut]):
        category = next(cell.text for row in reversed(rows[:cut]) for cell in row if cell.kind == "category")
        vertical = Cell(f"\n{category[:2]}\n\n{category[2:]}\n", "category")
        rows[cut].insert(1 if kind == PLANNED else 0, vertical)
    before, after = ("\n".join(" ".join(cell.text for cell in row) for row in part) for part in (rows[:cut], rows[cut:]))
    turn = "\f" if form == "feed" else f"—19—\n{repeated(kind, form)}\n"
    assert_same(kind, laid_out(kind, f"{before}\n{turn}{after}"))


@steady
@given(data=st.data())
def test_text_glued_to_its_neighbour(data: st.DataObject) -> None:
    kind = data.draw(kinds)
    glued = {
        ("bracket", "figure"),
        ("name", "bracket"),
        ("name", "unit"),
        ("part", "unit"),
        ("unit", "figure"),
        ("figure", "attribute"),
        ("figure", "rule"),
        ("rule", "attribute"),
        ("mark", "name"),
    }
    body = ""
    for row in CELLS[kind]:
        for one, other in zip([Cell("", "start"), *row], row, strict=False):
            sticks = (one.kind, other.kind) in glued and data.draw(st.booleans())
            body += ("" if sticks else "\n" if one.kind == "start" else " ") + other.text
    assert_same(kind, laid_out(kind, body))


@steady
@given(
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    full_width=st.booleans(),
    blank_lines=st.booleans(),
    brackets=st.booleans(),
)
def test_line_ends_encodings_and_character_forms(
    tmp_path_factory: object, line_end: str, encoding: str, full_width: bool, blank_lines: bool, brackets: bool
) -> None:
    text = TEXT.translate(FULL_WIDTH) if full_width else TEXT
    text = text.replace("（", "(").replace("）", ")") if brackets else text
    text = text.replace("\n", "\n　\n") if blank_lines else text
    path = tmp_path_factory.mktemp("plan") / "规划.txt"  # type: ignore[attr-defined]
    path.write_bytes(text.replace("\n", line_end).encode(encoding))
    assert content(read(read_text(path))) == EXPECTED


@steady
@given(mark=st.sampled_from(["—", "——", "-", "－", "−", "–"]), kind=st.sampled_from([STATISTICS, PLANNED]))
def test_any_missing_mark(mark: str, kind: str) -> None:
    assert_same(kind, laid_out(kind, "\n".join(" ".join(mark if cell.text == "—" else cell.text for cell in row) for row in CELLS[kind])))


@steady
@given(mark=st.sampled_from(["——其中：", "--其中：", "－－其中：", "−−其中：", "⸺其中：", "—\n—其中：", "— —其中：", "其中："]))
def test_any_mark_of_a_sub_item(mark: str) -> None:
    body = "\n".join(" ".join(mark if cell.kind == "mark" else cell.text for cell in row) for row in CELLS[STATISTICS])
    assert_same(STATISTICS, laid_out(STATISTICS, body))


@steady
@given(
    follows=st.sampled_from(
        [
            "",
            "三、主要任务",
            "到2025年，养老机构床位占比达到75%以上。",
            "2020年，全区共有社区222个。",
            "*数据截至2020年12月31日，含3个街道。",
            "1 指户籍人口。",
        ]
    ),
    kind=kinds,
)
def test_what_may_follow_a_table(follows: str, kind: str) -> None:
    assert_same(kind, "\n".join([TITLES[kind], HEADERS[kind], table(kind), follows]))


def test_the_next_row_number_glued_to_a_percent_sign() -> None:
    assert_same(ACHIEVED, laid_out(ACHIEVED, re.sub(r"%\n(\d+ )", r"%\1", table(ACHIEVED))))
