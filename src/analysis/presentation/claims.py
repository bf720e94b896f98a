"""Sentences that know the rows behind their figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

CLAIMS_MIME = "application/vnd.minzheng.claims+json"


@dataclass(frozen=True)
class Claim:
    """One sentence with the places of its evidence (``专栏1第14行``, ``专栏2第13、11行``, ``核对r05``)."""

    sentence: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A heading (optional) with claims below it, shown as Markdown.

    Attributes:
        heading: text of a heading that states the finding; empty for none.
        claims: the sentences.
        bulleted: one bullet a claim, instead of one running paragraph.
        level: level of the heading.
    """

    heading: str
    claims: tuple[Claim, ...]
    bulleted: bool = False
    level: int = 3

    def markdown(self) -> str:
        """Return the passage as Markdown; evidence is not printed but kept in the notebook."""
        head = f"{'#' * self.level} {self.heading}\n\n" if self.heading else ""
        sentences = [_escaped(claim.sentence) for claim in self.claims]
        return head + ("\n".join(f"- {text}" for text in sentences) if self.bulleted else "".join(sentences))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/markdown": self.markdown(),
            "text/plain": "\n".join([self.heading, *(claim.sentence for claim in self.claims)]).strip(),
            CLAIMS_MIME: [{"sentence": claim.sentence, "evidence": list(claim.evidence)} for claim in self.claims],
        }


def passage(heading: str, claims: Iterable[Claim], *, bulleted: bool = False, level: int = 3) -> Passage:
    """Return a passage.

    Raises:
        ValueError: no claims (a heading without text), or a sentence without its closing mark.
    """
    sentences = tuple(claims)
    if not sentences:
        raise ValueError(f"标题下没有内容：{heading}")
    for claim in sentences:
        if not claim.sentence.endswith(("。", "；", "：")):
            raise ValueError(f"句子没有句末标点：{claim.sentence}")
    return Passage(heading, sentences, bulleted, level)


def rows_of(frame: Any) -> Any:
    """Iterate a table's rows for sentences; a column called ``name`` comes as ``name_``, which a row's own name would hide."""
    return frame.rename(columns={"name": "name_"}).itertuples()


def _escaped(sentence: str) -> str:
    """Escape the marks of Markdown and HTML that data might bring into a sentence; **bold** stays."""
    sentence = " ".join(sentence.split("\n"))
    for character, replacement in (
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
