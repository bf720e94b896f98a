"""A heading leaves its number to Word only where Word would write the same."""

from __future__ import annotations

import pytest

from analysis.publishing.document.model import Heading
from analysis.publishing.word.heading_numbers import automatic_numbers, written


def series(*numbers: tuple[int, str]) -> list[int | None]:
    return automatic_numbers([Heading("", level, number, "甲") for level, number in numbers])


def test_levels_count_within_each_other() -> None:
    found = series(
        (1, "一、"),
        (2, "（一）"),
        (3, "1."),
        (4, "（1）"),
        (4, "（2）"),
        (3, "2."),
        (4, "（1）"),
        (2, "（二）"),
        (3, "1."),
        (1, "二、"),
        (2, "（一）"),
    )
    assert found == [0] * 11


def test_a_gap_is_typed_and_what_follows_it() -> None:
    assert series((1, "一、"), (1, "三、"), (1, "四、"), (1, "二、")) == [0, None, None, 0]
    assert series((1, "一、"), (2, "（二）"), (2, "（一）")) == [0, None, 0]


def test_without_number_nothing_is_counted() -> None:
    assert series((0, ""), (1, "一、"), (3, ""), (2, "（一）"), (3, ""), (3, "1.")) == [None, 0, None, 0, None, 0]


def test_numbers_below_a_typed_heading_are_a_series_of_their_own() -> None:
    # Word would go on with （三）, or begin with （一） but move once officials insert a section above.
    assert series((1, "一、"), (2, "（一）"), (2, "（二）"), (1, "附件一"), (2, "（一）"), (3, "1."), (2, "（二）")) == [
        0,
        0,
        0,
        None,
        1,
        1,
        1,
    ]
    assert series((1, "一、"), (1, "附件一"), (2, "（一）"), (1, "附件二"), (2, "（一）"), (3, "1.")) == [0, None, 1, None, 2, 2]
    assert series((1, ""), (2, "（一）"), (1, "一、"), (2, "（一）")) == [None, 1, 0, 0]


def test_a_level_that_starts_over_within_a_section() -> None:
    assert series((1, "一、"), (2, "（一）"), (3, "1."), (3, "1."), (3, "2.")) == [0, 0, 0, 1, 1]


def test_the_main_series_goes_on_after_an_annex() -> None:
    assert series((1, "一、"), (1, "附件一"), (2, "（一）"), (1, "二、"), (2, "（一）")) == [0, None, 1, 0, 0]


@pytest.mark.parametrize(
    ("count", "expected"), [(9, "九、"), (10, "十、"), (11, "十一、"), (19, "十九、"), (20, "二十、"), (99, "九十九、")]
)
def test_chinese_numbers(count: int, expected: str) -> None:
    assert written(1, count) == expected
