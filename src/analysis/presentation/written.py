"""Text that people wrote for a report, shown as Markdown; a section nobody wrote says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from analysis.archive.narrative import Section

NARRATIVE_MIME = "application/vnd.minzheng.narrative+json"
AWAITED = "〔待撰写〕"


@dataclass(frozen=True)
class Written:
    """One section as a notebook shows it."""

    section: Section

    @property
    def markdown(self) -> str:
        """The text, raw HTML escaped; or the mark and where to write it."""
        if not self.section.text:
            questions = "".join(f"\n- {question}" for question in self.section.definition.questions)
            return f"**{AWAITED}**　请在 `{self.section.file}` 撰写“{self.section.definition.title}”，可参考：\n{questions}"
        return self.section.text.replace("&", "&amp;").replace("<", "&lt;")

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/markdown": self.markdown,
            "text/plain": self.section.text or AWAITED,
            NARRATIVE_MIME: {"markdown": self.section.text or self.markdown, "file": self.section.file, "awaited": not self.section.text},
        }
