"""Words of the page can be read on their ground, by day and by night."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import analysis.publishing.web

STYLE = (Path(analysis.publishing.web.__file__).parent / "page.css").read_text(encoding="utf-8")
DAY, NIGHT = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL))
TONES = ("behind", "nearly", "met", "ahead", "unknown")
PAIRS = [
    *[(words, ground) for words in ("ink", "muted", "accent", *TONES) for ground in ("paper", "pale")],
    ("awaited", "awaited-paper"), ("accent", "awaited-paper"), ("mark", "mark-paper"), ("paper", "accent"),
]  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("words", "ground"), PAIRS, ids=" on ".join)
def test_words_can_be_read(colours: dict[str, str], words: str, ground: str) -> None:
    assert contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
def test_the_focus_can_be_seen(colours: dict[str, str]) -> None:
    assert min(contrast(colours["focus"], colours[ground]) for ground in ("paper", "pale")) >= 3


def test_day_and_night_name_the_same_colours_and_rules_use_only_those() -> None:
    assert set(DAY) == set(NIGHT)
    rules = STYLE.split("*, *::before", 1)[1]
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", rules)) == {"#fff"}  # the light card under a chart
    assert set(re.findall(r"var\(--([\w-]+)\)", rules)) <= {*DAY, "shade", "text"}
