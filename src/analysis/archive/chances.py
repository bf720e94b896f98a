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
        words: lower bounds of the rounded chance and the word from there on, highest first.
        odds: a verdict's reference class, as an id of the assumption ledger.
        growth_classes: years left to the ledger id of the usual yearly growth over so many years.
    """

    reference: str
    step: float = pydantic.Field(gt=0, lt=1)
    floor: float
    ceiling: float
    words: list[_Word]
    odds: dict[str, str]
    growth_classes: dict[int, str]

    @pydantic.model_validator(mode="after")
    def _descending(self) -> ChanceWords:
        starts = [item.start for item in self.words]
        if starts != sorted(starts, reverse=True) or not starts or starts[-1] != 0:
            raise ValueError("words 的 from 依次减小，最后一个为 0")
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

    def word(self, chance: float) -> str:
        """Put a chance in words, by its rounded value.

        Example:
            >>> words = load_chance_words()
            >>> [words.word(chance) for chance in (0.84, 0.5, 0.149)]
            ['很可能', '难以判断', '较不可能']
        """
        rounded = self.shown(chance)
        return next(item.word for item in self.words if rounded >= item.start - 1e-9)


@cache
def load_chance_words() -> ChanceWords:
    """Load ``parameters/chances.yml``.

    Raises:
        InputError: a defective file.
    """
    return read_yaml(paths.parameters() / "chances.yml", ChanceWords)
