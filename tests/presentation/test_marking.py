"""Marks leave the words alone, never stand twice, and no figure beside a verb is written as nothing."""

from __future__ import annotations

import pytest

from analysis.presentation import wording
from analysis.presentation.marking import COUNTING, count, marked, visible_decimals
from analysis.presentation.quantities import plain, quantity, separated


@pytest.mark.parametrize("words", ["下降11.7%", "不足5%", "95%以上", "约30%", "缺10,600张", "增至19倍", "88%÷50%", "持平", "…"])
def test_the_words_stay_as_they_are(words: str) -> None:
    assert plain(marked(words, "名称", "算式", ("指标表第1行",))) == words


def test_every_number_is_marked_without_its_verb_and_unit() -> None:
    found = separated(marked("88%÷50%", "复算所用的印制数", "", ("专栏1第5行",)))[1]
    assert [(item.start, item.text, item.name, item.evidence) for item in found] == [
        (0, "88%", "复算所用的印制数", ("专栏1第5行",)),
        (4, "50%", "复算所用的印制数", ("专栏1第5行",)),
    ]
    assert separated(marked("缺10,600张", "差额"))[1][0].text == "10,600"
    assert separated(marked("持平", "变动幅度"))[1] == ()


@pytest.mark.parametrize("words", [quantity("40%", "完成率"), f"增长{quantity('2020年', '2020年数值')}"], ids=["alone", "in words"])
def test_marked_words_are_not_marked_again(words: str) -> None:
    with pytest.raises(ValueError, match="数字重复标注"):
        marked(words, "名称")


def test_a_count_says_how_it_was_made() -> None:
    (found,) = separated(count(26, "指标数", ("专栏1全表",)))[1]
    assert (found.text, found.name, found.formula, found.evidence) == ("26", "指标数", COUNTING, ("专栏1全表",))


@pytest.mark.parametrize("value", [0.04, -0.04, 0.0004, 12.0, -0.06])
def test_a_figure_is_never_written_as_zero(value: float) -> None:
    assert wording.number(value, visible_decimals(value)) not in ("0", "−0")


def test_zero_needs_no_decimals() -> None:
    assert visible_decimals(0.0) == 1 and visible_decimals(0.0, 0) == 0
    assert visible_decimals(3.61) == 1 and visible_decimals(0.049) == 2


def test_a_number_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="数字没有名称：40%"):
        quantity("40%", "")


@pytest.mark.parametrize("stray", ["\ue000", "\ue001", "\ue002", '\ue00026\ue001["名","",[]]\ue002', "\ue000\ue001{\ue002"])
def test_the_characters_of_marks_in_data_forge_nothing_and_break_nothing(stray: str) -> None:
    sentence, (found,) = separated(f"{stray}甲{quantity(f'4{stray[0]}0%', f'完成{stray}率', stray, [f'表{stray}'])}{stray}。")
    assert not set("\ue000\ue001\ue002") & set(sentence + "".join([found.name, found.formula, *found.evidence]))
    assert sentence[found.start :].startswith("40%")
    assert found.text == "40%"
