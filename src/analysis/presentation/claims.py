"""Sentences that know the rows behind their figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.presentation.quantities import Quantity, plain, separated

PASSAGES_MIME = "application/vnd.minzheng.passages+json"


@dataclass(frozen=True)
class Claim:
    """One sentence with the places of its evidence (``专栏1第14行``, ``专栏2第13、11行``, ``核对r05``).

    Attributes:
        sentence: the words; numbers may come marked (:func:`analysis.presentation.quantities.quantity`), and are plain here.
        evidence: places that hold for every number without places of its own.
        quantities: the marked numbers, in their order.
    """

    sentence: str
    evidence: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        sentence, quantities = separated(self.sentence)
        object.__setattr__(self, "sentence", sentence)
        object.__setattr__(self, "quantities", quantities)

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values for a notebook's output."""
        return {
            "sentence": self.sentence,
            "evidence": list(self.evidence),
            "quantities": [quantity.as_dict() for quantity in self.quantities],
        }


@dataclass(frozen=True)
class Passage:
    """A heading (optional) with claims below it, shown as Markdown.

    Attributes:
        head: the heading as a claim that states the finding, without closing mark; an empty sentence for no heading.
        claims: the sentences.
        bulleted: one bullet a claim, instead of one running paragraph.
        level: level of the heading.
    """

    head: Claim
    claims: tuple[Claim, ...]
    bulleted: bool = False
    level: int = 3

    @property
    def heading(self) -> str:
        """Words of the heading."""
        return self.head.sentence

    def markdown(self) -> str:
        """Return the passage as Markdown; evidence is not printed but kept in the notebook."""
        head = f"{'#' * self.level} {_escaped(self.heading)}\n\n" if self.heading else ""
        sentences = [_escaped(claim.sentence) for claim in self.claims]
        return head + ("\n".join(f"- {text}" for text in sentences) if self.bulleted else "".join(sentences))

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values for a notebook's output."""
        return {
            "heading": self.head.as_dict(),
            "level": self.level,
            "bulleted": self.bulleted,
            "claims": [claim.as_dict() for claim in self.claims],
        }

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return Passages((self,))._repr_mimebundle_()


@dataclass(frozen=True)
class Passages:
    """Several passages shown one after the other."""

    passages: tuple[Passage, ...]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        words = [[item.heading, *(claim.sentence for claim in item.claims)] for item in self.passages]
        return {
            "text/markdown": "\n\n".join(item.markdown() for item in self.passages),
            "text/plain": "\n\n".join("\n".join(lines).strip() for lines in words),
            PASSAGES_MIME: [item.as_dict() for item in self.passages],
        }


def passage(heading: str, claims: Iterable[Claim], *, bulleted: bool = False, level: int = 3, evidence: tuple[str, ...] = ()) -> Passage:
    """Return a passage.

    Args:
        heading: text of the heading, its numbers marked; empty for none.
        claims: the sentences.
        bulleted: one bullet a claim.
        level: level of the heading.
        evidence: places that hold for the numbers of the heading.

    Raises:
        ValueError: no claims (a heading without text), or a sentence without its closing mark.
    """
    sentences = tuple(claims)
    if not sentences:
        raise ValueError(f"标题下没有内容：{plain(heading)}")
    for claim in sentences:
        if not claim.sentence.endswith(("。", "；", "：")):
            raise ValueError(f"句子没有句末标点：{claim.sentence}")
    return Passage(Claim(heading, evidence), sentences, bulleted, level)


def rows_of(frame: Any) -> Any:
    """Iterate a table's rows for sentences; a column called ``name`` comes as ``name_``, which a row's own name would hide."""
    return frame.rename(columns={"name": "name_"}).itertuples()


def _escaped(sentence: str) -> str:
    """Escape the marks of Markdown and HTML that data might bring into a sentence; **bold** stays."""
    sentence = " ".join(sentence.split("\n"))
    for character, replacement in (
        ("\\", r"\\"),
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("_", r"\_"),
        ("`", r"\`"),
        ("|", r"\|"),
        ("[", r"\["),
        ("$", r"\$"),
    ):
        sentence = sentence.replace(character, replacement)
    return sentence
