"""Reports that people have worked on: found, never lost, and compared with the new report."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from analysis.publishing.editing import placement
from analysis.publishing.editing.changes_page import CHANGES, cells
from analysis.publishing.editing.condition import condition, recorded_files
from analysis.publishing.editing.content import read_content, write_content
from analysis.publishing.editing.line_changes import LineChange, line_changes
from analysis.publishing.editing.office_text import office_lines
from analysis.publishing.editing.placement import place, recover
from analysis.publishing.editing.word_parts import word_parts

RUN = "yuexiu-13-final-2020"
SENTENCE = "26项指标完成23项，3项未完成。"
DEAD = "999999"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea735a5d40000000049454e44ae426082"
)


def report(folder: Path, *, sentence: str = SENTENCE, cell: str = "40%", value: str = "16", data_hash: str = "a" * 64) -> Path:
    """A small report with its manifest, as the runner leaves it."""
    (folder / "figures").mkdir(parents=True)
    document = docx.Document()
    document.add_heading("总体评价", 1)
    document.add_paragraph(sentence)
    document.add_paragraph("第二段没有改动。")
    table = document.add_table(2, 2)
    for place_, text in zip(table._cells, ("指标", "完成率", "养老床位", cell), strict=True):
        place_.text = text
    document.save(str(folder / "report.docx"))
    book = openpyxl.Workbook()
    book.active.title = "判定表"
    book.active.append(["养老床位", cell])
    book.save(folder / "report.xlsx")
    (folder / "figures" / "beds.csv").write_text(f"year,value\n2020,{value}\n", encoding="utf-8")
    write_content(folder)
    write_manifest(folder, data_hash)
    return folder


def write_manifest(folder: Path, data_hash: str = "a" * 64) -> None:
    outputs = {path.relative_to(folder).as_posix(): hashed(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    outputs.pop("manifest.json", None)
    content = {
        "run": RUN,
        "demonstration": False,
        "parameters": {"as_of_year": 2020},
        "inputs": {"data/x.csv": data_hash},
        "outputs": outputs,
    }
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def edit_word(folder: Path, words: str = "经局长办公会研究，") -> bytes:
    file = folder / "report.docx"
    document = docx.Document(str(file))
    document.paragraphs[1].runs[0].text = words + document.paragraphs[1].text
    document.tables[0].cell(1, 1).text = "41%"
    document.save(str(file))
    return file.read_bytes()


def building(reports: Path, **content: str) -> Path:
    return report(reports / f".building-{RUN}-1", **content)


def page(folder: Path) -> str:
    return (folder / CHANGES).read_text(encoding="utf-8")


def test_a_report_as_it_was_made_is_not_edited(tmp_path: Path) -> None:
    found = condition(report(tmp_path / RUN))
    assert not found.edited
    assert found.reasons() == ()


def test_litter_of_the_system_is_no_edit_and_a_missing_file_neither(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "report.xlsx").unlink()
    found = condition(folder)
    assert not found.edited
    assert found.missing == ("report.xlsx",)


@pytest.mark.parametrize("name", ["批注.docx", "~$report.docx", "figures/原图.png", "草稿/一.txt"])
def test_a_file_put_into_the_folder_counts(tmp_path: Path, name: str) -> None:
    folder = report(tmp_path / RUN)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"x")
    assert condition(folder).added == (name,)
    assert condition(folder).reasons() == (f"后来放入的文件：{name}",)


def test_a_link_that_leads_nowhere_counts_too(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    (folder / "链接").symlink_to(tmp_path / "没有")
    assert condition(folder).added == ("链接",)


@pytest.mark.parametrize("content", [None, "", "{", "[]", "{}", '{"outputs": []}', '{"outputs": {"../x": "a"}}', '{"outputs": {"a": 1}}'])
def test_without_a_sound_manifest_every_file_counts(tmp_path: Path, content: str | None) -> None:
    folder = report(tmp_path / RUN)
    if content is None:
        (folder / "manifest.json").unlink()
    else:
        (folder / "manifest.json").write_text(content, encoding="utf-8")
    found = condition(folder)
    assert not found.manifest
    assert "report.docx" in found.added
    assert "manifest.json" in found.reasons()[0]


@pytest.mark.parametrize("name", ["/etc/passwd", "a/../../b", "..", "C:\\x", ""])
def test_a_manifest_that_points_outside_is_no_manifest(tmp_path: Path, name: str) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"outputs": {name: "a"}}), encoding="utf-8")
    assert recorded_files(tmp_path) is None


def test_a_report_nobody_touched_is_replaced(tmp_path: Path) -> None:
    report(tmp_path / RUN, value="15")
    assert place(building(tmp_path), tmp_path, RUN) == tmp_path / RUN
    assert [path.name for path in tmp_path.iterdir()] == [RUN]
    assert "2020,16" in (tmp_path / RUN / "figures" / "beds.csv").read_text(encoding="utf-8")
    assert not (tmp_path / RUN / CHANGES).exists()


def test_an_edited_report_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    mine = edit_word(report(tmp_path / RUN))
    new = place(building(tmp_path, sentence="27项指标完成24项，3项未完成。", value="17", data_hash="b" * 64), tmp_path, RUN)
    assert new == tmp_path / f"{RUN}-new"
    assert (tmp_path / RUN / "report.docx").read_bytes() == mine
    assert not (tmp_path / RUN / CHANGES).exists()
    assert json.loads((new / "manifest.json").read_text(encoding="utf-8"))["comparison"]["kept"] == RUN
    assert not condition(new).edited
    told = page(new)
    by_people, by_run = told.split("二、新报告与原报告生成时相比")
    assert "<ins>经局长办公会研究，</ins>" in by_people
    assert "养老床位 ｜ <del>40</del><ins>41</ins>%" in by_people
    assert "<del>26</del><ins>27</ins>项指标完成<del>23</del><ins>24</ins>项" in by_run
    assert "人工和新报告都改了这一处" in by_run
    assert "2020,<del>16</del><ins>17</ins>" in by_run
    assert "<del>aaaaaaaa</del><ins>bbbbbbbb</ins>" in by_run
    assert "第二段没有改动" not in told
    assert "演示数据" not in told


def test_the_new_one_is_replaced_until_it_is_edited_too(tmp_path: Path) -> None:
    edit_word(report(tmp_path / RUN))
    for _ in range(2):
        assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new"
    second = edit_word(tmp_path / f"{RUN}-new")
    assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new-2"
    assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new-2"
    edit_word(tmp_path / f"{RUN}-new-2")
    assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new-3"
    assert (tmp_path / f"{RUN}-new" / "report.docx").read_bytes() == second


def test_notes_on_the_page_of_changes_are_kept(tmp_path: Path) -> None:
    edit_word(report(tmp_path / RUN))
    new = place(building(tmp_path), tmp_path, RUN)
    (new / CHANGES).write_text("已处理", encoding="utf-8")
    assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new-2"
    assert (new / CHANGES).read_text(encoding="utf-8") == "已处理"


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / RUN).write_text("不是文件夹", encoding="utf-8")
    assert place(building(tmp_path), tmp_path, RUN).name == f"{RUN}-new"
    assert (tmp_path / RUN).read_text(encoding="utf-8") == "不是文件夹"


def test_a_report_without_manifest_or_words_is_kept_and_its_page_says_so(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    (folder / "manifest.json").unlink()
    (folder / "content.json").unlink()
    new = place(building(tmp_path), tmp_path, RUN)
    assert new.name == f"{RUN}-new"
    assert "没有完好的 manifest.json" in page(new)
    assert "无法逐处对照" in page(new)


@pytest.mark.parametrize("content", ["{", '{"report.docx": 3}', '{"report.docx": [1], "report.xlsx": []}', "[]"])
def test_words_that_nothing_vouches_for_must_be_words(tmp_path: Path, content: str) -> None:
    folder = report(tmp_path / RUN)
    (folder / "manifest.json").unlink()
    (folder / "content.json").write_text(content, encoding="utf-8")
    assert read_content(folder) is None


def test_without_a_manifest_the_words_are_compared_all_the_same(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    edit_word(folder)
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    told = page(place(building(tmp_path, sentence="27项指标完成24项，3项未完成。"), tmp_path, RUN))
    by_people, by_run = told.split("二、新报告与原报告生成时相比")
    assert "<ins>经局长办公会研究，</ins>" in by_people
    assert "<ins>27</ins>项指标" in by_run
    assert by_people.count("figures/beds.csv") == 1  # listed once
    assert "输入和数据表" in by_run


def test_a_second_edited_report_is_named_and_its_changes_are_listed(tmp_path: Path) -> None:
    edit_word(report(tmp_path / RUN))
    place(building(tmp_path), tmp_path, RUN)
    edit_word(tmp_path / f"{RUN}-new", "经会签，")
    new = place(building(tmp_path), tmp_path, RUN)
    told = page(new)
    assert new.name == f"{RUN}-new-2"
    assert told.index("<strong>reports/yuexiu-13-final-2020</strong>") < told.index("<ins>经局长办公会研究，</ins>")
    assert told.index("<strong>reports/yuexiu-13-final-2020-new</strong>") < told.index("<ins>经会签，</ins>")
    assert "共2份" in told
    kept = json.loads((new / "manifest.json").read_text(encoding="utf-8"))["comparison"]
    assert [kept["kept"], *(one["kept"] for one in kept["others"])] == [RUN, f"{RUN}-new"]
    assert kept["others"][0]["reasons"] == ["已人工修改：report.docx"]
    assert not condition(new).edited


def test_changes_besides_the_words_are_named_also_where_words_changed(tmp_path: Path) -> None:
    folder = tmp_path / RUN
    file = folder / "report.docx"
    report(folder)
    picture = tmp_path / "a.png"
    picture.write_bytes(PNG)
    document = docx.Document(str(file))
    document.add_picture(str(picture))
    document.sections[0].header.paragraphs[0].text = "评估报告"
    document.save(str(file))
    write_content(folder)
    write_manifest(folder)
    document = docx.Document(str(file))
    drawing = document.element.body.findall(f".//{qn('w:drawing')}")[0]
    drawing.getparent().remove(drawing)
    document.sections[0].header.paragraphs[0].text = "送审稿"
    document.paragraphs[1].style = "Heading 2"
    document.paragraphs[2].runs[0].bold = True
    document.save(str(file))
    edit_word(folder)
    told = page(place(building(tmp_path), tmp_path, RUN))
    assert "经局长办公会研究" in told
    assert "版式、图片或页眉有改动：图片由1处变为0处；页眉由“评估报告”变为“送审稿”；段落样式；字体、对齐等格式。" in told


def test_a_page_number_in_a_footer_is_no_change(tmp_path: Path) -> None:
    def parts(page_number: str) -> dict[str, str]:
        document = docx.Document()
        paragraph = document.sections[0].footer.paragraphs[0]
        paragraph.add_run("第")
        for kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            paragraph.add_run()._r.append(mark)
            if kind == "separate":
                paragraph.add_run(page_number)
        paragraph.add_run("页")
        document.save(str(tmp_path / "a.docx"))
        return word_parts(tmp_path / "a.docx") or {}

    assert parts("1") == parts("12")
    assert parts("1")["页脚"] == "第页"


def test_tracked_changes_are_named_with_their_author(tmp_path: Path) -> None:
    file = report(tmp_path / RUN) / "report.docx"
    document = docx.Document(str(file))
    for tag, text_tag, words, author in (("w:ins", "w:t", "经研究", "王科长"), ("w:del", "w:delText", "没有改动", "")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        change.set(qn("w:author"), author)
        text.text = words
        run.append(text)
        change.append(run)
        document.paragraphs[2]._p.append(change)
    document.save(str(file))
    told = page(place(building(tmp_path), tmp_path, RUN))
    assert "修订（王科长）：加上“经研究”" in told
    assert "修订（未署名）：删去“没有改动”" in told


def test_footnotes_and_remarks_stand_under_their_own_heading() -> None:
    changes = line_changes(["表1　得分", "甲 ｜ 40", "脚注：旧。"], ["表1　得分", "甲 ｜ 40", "脚注：新。", "批注：请复核"])
    assert [(change.after, change.place) for change in changes] == [("脚注：新。", "脚注"), ("批注：请复核", "批注")]


def test_a_copy_under_another_name_is_compared_and_other_documents_are_not(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    edit_word(folder)
    (folder / "report.docx").rename(folder / "送审稿（改）.docx")
    other = docx.Document()
    other.add_paragraph("会议通知")
    other.save(str(folder / "通知.docx"))
    told = page(place(building(tmp_path), tmp_path, RUN))
    assert "送审稿（改）.docx（由 report.docx 改成）" in told
    assert "<ins>经局长办公会研究，</ins>" in told
    assert "不是生成的文件，已原样保留：通知.docx。" in told


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_an_edited_word_file_that_cannot_be_read_is_kept_and_told(tmp_path: Path, content: bytes) -> None:
    (report(tmp_path / RUN) / "report.docx").write_bytes(content)
    new = place(building(tmp_path), tmp_path, RUN)
    assert (tmp_path / RUN / "report.docx").read_bytes() == content
    assert "打不开或已损坏" in page(new)


def test_a_manifest_whose_other_parts_people_changed_does_not_stop_the_run(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    edit_word(folder)
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(content | {"inputs": ["x"], "parameters": 3}), encoding="utf-8")
    assert "经局长办公会研究" in page(place(building(tmp_path), tmp_path, RUN))


def test_a_table_that_changed_in_every_row_is_compared_soon(tmp_path: Path) -> None:
    before = [f"{row},养老床位,{row * 1.5},张,2020,来源第{row}行" for row in range(1500)]
    after = [f"{row},养老床位,{row * 2.5 + 1},张,2023,来源第{row}行，修订" for row in range(1500)]
    started = time.perf_counter()
    changes = line_changes(before, after)
    assert time.perf_counter() - started < 20  # every line against every other takes minutes
    assert [(change.before[:3], change.after[:3]) for change in changes] == [
        (old[:3], new[:3]) for old, new in zip(before, after, strict=True)
    ]


def test_what_people_write_is_shown_as_text(tmp_path: Path) -> None:
    edit_word(report(tmp_path / RUN), "<script>alert(1)</script>")
    told = page(place(building(tmp_path), tmp_path, RUN))
    assert "<script>" not in told
    assert "&lt;script&gt;" in told


def test_an_open_file_that_stops_the_rename_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to move a folder while one of its files is open."""
    report(tmp_path / RUN)
    rename = placement.os.rename

    def refusing(source: Path, target: Path) -> None:
        if Path(source) == tmp_path / RUN:
            raise PermissionError(13, "in use", str(source))
        rename(source, target)

    monkeypatch.setattr(placement.os, "rename", refusing)
    new = place(building(tmp_path), tmp_path, RUN)
    assert new.name == f"{RUN}-new"
    assert "可能在 Word 或 Excel 中打开" in page(new)


def test_a_report_that_cannot_be_put_in_place_leaves_the_old_one_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = (report(tmp_path / RUN) / "report.docx").read_bytes()
    new = building(tmp_path, sentence="这次的结果。")
    rename = placement.os.rename

    def refusing(source: Path, target: Path) -> None:
        if Path(source) == new:
            raise PermissionError(13, "in use", str(source))
        rename(source, target)

    monkeypatch.setattr(placement.os, "rename", refusing)
    with pytest.raises(PermissionError):
        place(new, tmp_path, RUN)
    assert (tmp_path / RUN / "report.docx").read_bytes() == old
    assert not list(tmp_path.glob(".old-*"))


SAVED_MEANWHILE = """
import os, signal, sys
from pathlib import Path
from analysis.publishing.editing import placement
reports, run, step, late = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "late"
looked, moved = [0], [0]
look, rename = placement.condition, os.rename
def looking(folder):
    found = look(folder)
    looked[0] += 1
    if late and looked[0] == 1:
        (reports / run / "report.docx").write_bytes(b"saved by people")
    return found
def renaming(source, target):
    rename(source, target)
    moved[0] += 1
    if moved[0] == step:
        os.kill(os.getpid(), signal.SIGKILL)
placement.condition, placement.os.rename = looking, renaming
placement.place(reports / f".building-{run}-1", reports, run)
"""


@pytest.mark.parametrize(("step", "late"), [(1, "early"), (1, "late"), (2, "late"), (3, "late")])
def test_killed_at_any_step_an_edited_file_is_intact(tmp_path: Path, step: int, late: str) -> None:
    """``early``: edited before the run; ``late``: saved between the look at the folder and its move."""
    report(tmp_path / RUN)
    if late == "early":
        (tmp_path / RUN / "report.docx").write_bytes(b"saved by people")
    building(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", SAVED_MEANWHILE, str(tmp_path), RUN, str(step), late], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    recover(tmp_path)
    assert (tmp_path / RUN / "report.docx").read_bytes() == b"saved by people"
    assert not list(tmp_path.glob(".old-*"))


@pytest.mark.parametrize("edited", [False, True])
def test_another_run_that_takes_the_place_between_two_steps_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: bool
) -> None:
    """The other run's report goes where this one's was; if somebody saved into the old one meanwhile, that one is kept."""
    report(tmp_path / RUN)
    new = tmp_path / f".building-{RUN}-{os.getpid()}"  # as the runner names it
    report(new, sentence="这次的结果。")
    rename = placement.os.rename

    def overtaken(source: Path, target: Path) -> None:
        rename(source, target)
        if Path(target).name.startswith(".old-") and not (tmp_path / RUN).exists():
            monkeypatch.setattr(placement.os, "rename", rename)
            if edited:
                (Path(target) / "report.docx").write_bytes(b"saved by people")
            report(tmp_path / RUN, sentence="另一次的结果。")

    monkeypatch.setattr(placement.os, "rename", overtaken)
    placed = place(new, tmp_path, RUN)
    assert "这次的结果。" in (office_lines(placed / "report.docx") or [])
    left = {path.name for path in tmp_path.iterdir()}
    if edited:
        assert left == {RUN, f"{RUN}-kept", f"{RUN}-new"}
        assert (tmp_path / f"{RUN}-kept" / "report.docx").read_bytes() == b"saved by people"
        assert "另一次的结果。" in (office_lines(tmp_path / RUN / "report.docx") or [])
    else:
        assert left == {RUN}


def test_an_edited_report_left_aside_is_kept_under_another_name(tmp_path: Path) -> None:
    mine = edit_word(report(tmp_path / f".old-{RUN}-{DEAD}"))
    report(tmp_path / RUN)
    (tmp_path / f"{RUN}-kept").mkdir()
    recover(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [RUN, f"{RUN}-kept", f"{RUN}-kept-2"]
    assert (tmp_path / f"{RUN}-kept-2" / "report.docx").read_bytes() == mine


def test_what_another_living_run_is_at_is_left_alone(tmp_path: Path) -> None:
    """What bears this process's own number was left by one that has ended: a container gives the same number again."""
    living, own = f"{RUN}-{os.getppid()}", f"{RUN}-{os.getpid()}"
    for name in (f".building-{living}", f".old-{living}", f".building-{own}"):
        report(tmp_path / name)
    recover(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".building-{living}", f".old-{living}"]


def test_a_link_put_into_the_folder_counts(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    (tmp_path / "elsewhere").mkdir()
    (folder / "附件").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert condition(folder).added == ("附件",)


def test_an_untouched_report_left_aside_goes(tmp_path: Path) -> None:
    report(tmp_path / f".old-{RUN}-{DEAD}")
    report(tmp_path / RUN)
    recover(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [RUN]


def test_the_words_kept_with_a_report_are_those_of_its_office_files(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    expected = ["§ 总体评价", SENTENCE, "第二段没有改动。", "指标 ｜ 完成率", "养老床位 ｜ 40%"]
    kept = read_content(folder)
    assert kept
    assert kept.lines == {"report.docx": expected, "report.xlsx": ["判定表：养老床位 ｜ 40%"]}
    assert kept.parts["段落样式"] == "Heading1:1"
    (folder / "content.json").write_text("{}", encoding="utf-8")
    assert read_content(folder) is None


def test_tracked_changes_count_as_accepted_and_contents_are_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("原有")
    for name in ("TOC1", "Contents2"):
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), name)
        document.add_paragraph("总体评价……3")._p.get_or_add_pPr().append(style)
    for tag, text_tag, words in (("w:ins", "w:t", "加上"), ("w:del", "w:delText", "去掉")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    document.save(str(tmp_path / "a.docx"))
    assert office_lines(tmp_path / "a.docx") == ["原有加上"]


def test_moved_text_counts_once_and_remarks_are_told(tmp_path: Path) -> None:
    file = report(tmp_path / RUN) / "report.docx"
    made = office_lines(file) or []
    document = docx.Document(str(file))
    for tag, words in (("w:moveFrom", "原处"), ("w:moveTo", "移到这里")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:t")
        text.text = words
        run.append(text)
        change.append(run)
        document.paragraphs[2]._p.append(change)
    document.add_comment(document.paragraphs[1].runs, text="请复核", author="", initials="")
    document.save(str(file))
    changes = [(change.before, change.after) for change in line_changes(made, office_lines(file) or [])]
    assert changes == [("第二段没有改动。", "第二段没有改动。移到这里"), ("", "批注：请复核")]


def test_a_page_of_very_many_changes_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    folder = report(tmp_path / RUN)
    document = docx.Document(str(folder / "report.docx"))
    for number in range(230):
        document.add_paragraph(f"补充{number}")
    document.save(str(folder / "report.docx"))
    told = page(place(building(tmp_path), tmp_path, RUN))
    assert told.count("<ins>补充") == 200
    assert "另有30处，未列出。" in told


def test_the_last_digits_of_a_number_do_not_count(tmp_path: Path) -> None:
    """LibreOffice writes 0.054 where the workbook held 0.05400000000000001."""
    for name, value in (("a.xlsx", 0.05400000000000001), ("b.xlsx", 0.054), ("c.xlsx", 0.055)):
        book = openpyxl.Workbook()
        book.active.append(["增速", value, 3])
        book.save(tmp_path / name)
    first, second, third = (office_lines(tmp_path / name) for name in ("a.xlsx", "b.xlsx", "c.xlsx"))
    assert first == second == ["Sheet：增速 ｜ 0.054 ｜ 3"]
    assert third != first


def test_an_xml_bomb_is_not_opened(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE a [<!ENTITY b "bb">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
    )
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", bomb)
    assert office_lines(tmp_path / "a.docx") is None


def test_a_workbook_with_a_wrong_part_is_told_as_unreadable(tmp_path: Path) -> None:
    source = report(tmp_path / RUN) / "report.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(tmp_path / "a.xlsx", "w") as damaged:
        for name in whole.namelist():
            content = whole.read(name)
            damaged.writestr(name, content.replace(b'r="1"', b'r="x"') if name.endswith("sheet1.xml") else content)
    assert office_lines(tmp_path / "a.xlsx") is None


def test_a_torn_stream_is_told_as_unreadable(tmp_path: Path) -> None:
    """Compressed data that is cut up raises zlib's own error, which is none of those for archives."""
    file = report(tmp_path / RUN) / "report.xlsx"
    with zipfile.ZipFile(file) as archive:
        found = archive.getinfo("xl/worksheets/sheet1.xml")
        start = found.header_offset + 30 + len(found.filename)
    content = bytearray(file.read_bytes())
    content[start : start + 4] = b"\xff" * 4
    file.write_bytes(bytes(content))
    assert office_lines(file) is None
    assert "打不开或已损坏" in page(place(building(tmp_path), tmp_path, RUN))


def test_changed_lines_find_what_they_were_and_where_they_stand() -> None:
    before = ["§ 一", "共26项指标。", "表1　得分", "甲 ｜ 40", "删去的一句话。"]
    after = ["§ 一", "共27项指标。", "表1　得分", "甲 ｜ 41", "另起的新段落"]
    assert line_changes(before, after) == [
        LineChange("共26项指标。", "共27项指标。", "§ 一"),
        LineChange("甲 ｜ 40", "甲 ｜ 41", "表1　得分"),
        LineChange("", "另起的新段落", "表1　得分"),
        LineChange("删去的一句话。", "", "表1　得分"),
    ]


def test_a_changed_row_names_its_columns() -> None:
    before = ["表1　得分", "指标 ｜ 2020年 ｜ 2023年", "床位 ｜ 12.5 ｜ 16", "站点 ｜ 3 ｜ 4"]
    after = ["表1　得分", "指标 ｜ 2020年 ｜ 2023年", "床位 ｜ 12.5 ｜ 17", "站点 ｜ 3"]
    assert [change.columns for change in line_changes(before, after)] == [("2023年",), ()]
    rows = line_changes(["year,value", "2020,16"], ["year,value", "2020,17"], cells)
    assert [change.columns for change in rows] == [("value",)]


def test_a_checksum_changes_as_a_whole() -> None:
    pieces = LineChange("a.csv（sha256 35aef08e）", "a.csv（sha256 35bef18e）").pieces()
    assert [words for kind, words in pieces if kind != "same"] == ["35aef08e", "35bef18e"]


def test_numbers_change_as_a_whole() -> None:
    assert LineChange("有1,046张，66.2%", "有1,050张，67.9%").pieces() == [
        ("same", "有"), ("gone", "1,046"), ("new", "1,050"), ("same", "张，"), ("gone", "66.2"), ("new", "67.9"), ("same", "%"),
    ]  # fmt: skip
    assert LineChange("2023,2025,58", "2023,2026,58").pieces()[1:3] == [("gone", "2025"), ("new", "2026")]
