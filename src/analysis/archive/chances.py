"""How a chance of attainment is written: rounding, words, and the reference classes beside it."""

from __future__ import annotations

from functools import cache

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.rounding import round_half_up


class _Word(Strict):
    start: float = pydantic.Field(alias="from", ge=0, le=1)
    word: str


class ChanceWords(Strict):
    """The file ``parameters/chances.yml``.

    Attributes:
        step, floor, ceiling: a chance is rounded to steps and never written as impossible or certain.
        likely_from, unlikely_below: rounded chances that a heading counts as likely, and as unlikely.
        words: lower bounds of the rounded chance and the word from there on, highest first.
        odds: a verdict's reference class, as an id of the assumption ledger.
        growth_classes: years left to the ledger id of the usual yearly growth over so many years.
    """

    reference: str
    step: float = pydantic.Field(gt=0, lt=1)
    floor: float
    ceiling: float
    likely_from: float
    unlikely_below: float
    words: list[_Word]
    odds: dict[str, str]
    growth_classes: dict[int, str]

    @pydantic.model_validator(mode="after")
    def _descending(self) -> ChanceWords:
        starts = [item.start for item in self.words]
        if starts != sorted(starts, reverse=True) or not starts or starts[-1] != 0:
            raise ValueError("words 的 from 依次减小，最后一个为 0")
        if not {self.likely_from, self.unlikely_below} <= set(starts) or self.likely_from < self.unlikely_below:
            raise ValueError("likely_from、unlikely_below 须为 words 的分界，前者不小于后者")
        return self

    def shown(self, chance: float) -> float:
        """Round a chance to the steps, within floor and ceiling.

        Example:
            >>> words = load_chance_words()
            >>> [words.shown(chance) for chance in (0.004, 0.31, 0.675, 0.99)]
            [0.05, 0.3, 0.7, 0.95]
        """
        steps = float(round_half_up(chance / self.step, 0))
        return round(min(self.ceiling, max(self.floor, steps * self.step)), 4)

    def percent(self, chance: float) -> str:
        """Write a chance as a rounded percentage; beyond floor and ceiling only that it lies there.

        Example:
            >>> words = load_chance_words()
            >>> [words.percent(chance) for chance in (0.011, 0.05, 0.31, 0.97)]
            ['不足5%', '约5%', '约30%', '95%以上']
        """
        if chance < self.floor:
            return f"不足{self.floor * 100:.0f}%"
        return f"{self.ceiling * 100:.0f}%以上" if chance > self.ceiling else f"约{self.shown(chance) * 100:.0f}%"

    def word(self, chance: float) -> str:
        """Put a chance in words, by its rounded value.

        Example:
            >>> words = load_chance_words()
            >>> [words.word(chance) for chance in (0.84, 0.5, 0.149)]
            ['很可能', '难以判断', '较不可能']
        """
        rounded = self.shown(chance)
        return next(item.word for item in self.words if rounded >= item.start - 1e-9)

    def is_likely(self, chance: float) -> bool:
        """Say whether a heading counts a chance as likely.

        Example:
            >>> [load_chance_words().is_likely(chance) for chance in (0.57, 0.58)]
            [False, True]
        """
        return self.shown(chance) >= self.likely_from - 1e-9

    def is_unlikely(self, chance: float) -> bool:
        """Say whether a heading counts a chance as unlikely.

        Example:
            >>> [load_chance_words().is_unlikely(chance) for chance in (0.37, 0.38)]
            [True, False]
        """
        return self.shown(chance) < self.unlikely_below - 1e-9


@cache
def load_chance_words() -> ChanceWords:
    """Load ``parameters/chances.yml``.

    Raises:
        InputError: a defective file.
    """
    return read_yaml(paths.parameters() / "chances.yml", ChanceWords)
