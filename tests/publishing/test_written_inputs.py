"""What people wrote is looked at before a report starts: numbers of persons, files that can't be read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from analysis.publishing.inputs import check_inputs
from analysis.publishing.requests import read_request
from analysis.publishing.runner import declared_parameters
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError

RUN = "demo-14-midterm-2023"


def check() -> None:
    request = read_request(RUN, {})
    declared = declared_parameters(request.notebook)
    check_inputs(request.notebook.stem, {name: ast.literal_eval(item.default) for name, item in declared.items()} | request.parameters)


def write(content: bytes, section: str = "causes") -> Path:
    path = paths.narrative() / RUN / f"{section}.md"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("number", "kind"), [("11010119900307123X", "身份证号码"), ("138 0013 8000", "手机号码"), ("020-83330000", "电话号码")]
)
def test_numbers_of_persons_are_refused_with_file_and_line_and_not_repeated(copied_home: Path, number: str, kind: str) -> None:
    untouched = paths.narrative() / RUN / "measures.md"
    write(f"# 原因分析\n\n场地不足。\n联系人{number}。\n".encode())
    untouched.unlink()
    with pytest.raises(InputError) as caught:
        check()
    (problem,) = caught.value.problems
    assert problem.where == f"narrative/{RUN}/causes.md 第4行"
    assert problem.found == f"疑似{kind}（{number[:3]}***）"
    assert number not in str(caught.value)
    assert not untouched.exists()  # nothing was written


def test_every_line_is_told(copied_home: Path) -> None:
    write(b"13800138000\n\n13900139000")
    write(b"13700137000", "measures")
    with pytest.raises(InputError) as caught:
        check()
    assert [problem.where.partition("/")[2] for problem in caught.value.problems] == [
        f"{RUN}/causes.md 第1行", f"{RUN}/causes.md 第3行", f"{RUN}/measures.md 第1行",
    ]  # fmt: skip


def test_another_encoding_is_told_before_anything_starts(copied_home: Path) -> None:
    write("原因分析".encode("gbk"))
    with pytest.raises(InputError, match="UTF-8"):
        check()


def test_figures_and_days_are_no_numbers_of_persons(copied_home: Path) -> None:
    write("2023-12-31有2,433张，穗府〔2022〕1号，占66.2%。".encode())
    check()
