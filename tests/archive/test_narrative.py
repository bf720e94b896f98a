"""What people write: scaffolded once, kept ever after, questions not printed, empty sections told."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.archive.narrative import MAXIMUM_BYTES, read_section, scaffold, section_definitions, written_lines
from analysis.presentation.written import Written
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

RUN = "trial-14-midterm-2023"


def write(text: str | bytes, section: str = "causes") -> Path:
    path = paths.narrative() / RUN / f"{section}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_scaffold_holds_questions_only_and_reads_as_empty(copied_home: Path) -> None:
    written = scaffold(RUN, "midterm")
    assert [path.stem for path in written] == ["environment", "causes", "satisfaction", "measures"]
    assert "约束性指标请单独说明" in (paths.narrative() / RUN / "causes.md").read_text(encoding="utf-8")
    assert all(read_section(RUN, item.id).text == "" for item in section_definitions())


def test_the_final_evaluation_asks_for_lessons_too(copied_home: Path) -> None:
    assert [path.stem for path in scaffold(RUN, "final")][-1] == "lessons"


def test_what_was_written_is_kept_across_reruns(copied_home: Path) -> None:
    path = write("# 原因分析\n\n场地不足。\n")
    others = scaffold(RUN, "midterm")
    assert path not in others
    assert path.read_text(encoding="utf-8") == "# 原因分析\n\n场地不足。\n"
    assert scaffold(RUN, "midterm") == []


def test_questions_and_title_are_not_printed(copied_home: Path) -> None:
    write("# 原因分析\n\n<!-- 提示\n- 问题 -->\n\n第一段。\n\n# 自己的标题\n\n第二段。\n")
    assert read_section(RUN, "causes").text == "第一段。\n\n# 自己的标题\n\n第二段。"


def test_a_byte_order_mark_does_no_harm(copied_home: Path) -> None:
    write("\ufeff# 原因分析\n文字。")
    assert read_section(RUN, "causes").text == "文字。"


def test_an_empty_section_says_so_and_where_to_write(copied_home: Path) -> None:
    shown = Written(read_section(RUN, "measures"))
    assert "待撰写" in shown.markdown
    assert f"narrative/{RUN}/measures.md" in shown.markdown
    assert "约束性指标只写补救措施" in shown.markdown


def test_markup_in_the_text_is_shown_and_not_run(copied_home: Path) -> None:
    write("<script>alert(1)</script>与**加粗**、A&B")
    assert Written(read_section(RUN, "causes")).markdown == "&lt;script>alert(1)&lt;/script>与**加粗**、A&amp;B"


@pytest.mark.parametrize(
    ("content", "words"), [("原因".encode("gb18030"), "UTF-8"), (b"x" * (MAXIMUM_BYTES + 1), "只写文字")], ids=["GB18030", "过大"]
)
def test_files_that_cannot_be_meant_are_refused(copied_home: Path, content: bytes, words: str) -> None:
    write(content)
    with pytest.raises(InputError, match=words):
        read_section(RUN, "causes")


def test_an_unknown_section_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="environment、causes"):
        read_section(RUN, "reasons")


def test_lines_of_what_was_written_are_counted_from_the_top(copied_home: Path) -> None:
    write("\ufeff# 原因分析\n\n文字。")
    assert list(written_lines(RUN)) == [(f"narrative/{RUN}/causes.md", ["# 原因分析", "", "文字。"])]
