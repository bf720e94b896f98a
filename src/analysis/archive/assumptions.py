"""The assumption ledger: every parameter that is assumed, not observed, with range, rating and citation."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Literal

import pydantic

from analysis.archive.schema import Strict, read_yaml
from analysis.vocabulary import paths
from analysis.vocabulary.errors import InputError, Problem
from analysis.vocabulary.marks import ILLUSTRATIVE, UNVERIFIED
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

Rating = Literal["red", "amber", "green"]
Seen = Literal["官方页面", "原件", "媒体或资料网站", "转载，原件未见", "摘录", "本库计算"]
RATING_WORDS: dict[Rating, str] = {"red": "红", "amber": "黄", "green": "绿"}
SEEN_IN_THE_ORIGINAL: tuple[Seen, ...] = ("官方页面", "原件", "本库计算")


class Citation(Strict):
    """Where a value comes from, and what of it was seen."""

    text: str = pydantic.Field(min_length=1)
    seen: Seen
    address: str = ""
    deposit: str = ""  # source under data/raw that holds the figure, where one does


class Assumption(Strict):
    """One entry of the ledger.

    ``quality`` rates the evidence (red: none, or of another place or kind of people; amber: indirect; green: official
    figure of this definition and place). ``impact`` rates what the range does to the result (red: changes a finding).
    """

    id: str = pydantic.Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    definition: str  # with denominator
    unit: str
    low: float
    mid: float
    high: float
    quality: Rating
    impact: Rating
    reason: str  # of the two ratings
    citation: Citation | None
    reviewed: datetime.date
    note: str = ""

    @pydantic.model_validator(mode="after")
    def _ordered(self) -> Assumption:
        if not self.low <= self.mid <= self.high:
            raise ValueError(f"低、中、高依次不减（{self.id}：{self.low:g}、{self.mid:g}、{self.high:g}）")
        return self

    @property
    def range(self) -> Range:
        """The three values."""
        return Range(self.low, self.mid, self.high)

    @property
    def is_red_red(self) -> bool:
        """Weak evidence for something that changes a finding: such an entry stands on a report's first page."""
        return self.quality == "red" and self.impact == "red"

    @property
    def mark(self) -> str:
        """示意参数 without citation, 待核实 where the original was not seen, else empty."""
        if self.citation is None:
            return ILLUSTRATIVE
        return "" if self.citation.seen in SEEN_IN_THE_ORIGINAL else UNVERIFIED


class _File(Strict):
    title: str
    assumptions: list[Assumption]


@cache
def _ledger() -> dict[str, tuple[str, str, Assumption]]:
    """Read all files of the ledger: id to group (the file's name), the group's title and the entry."""
    entries: dict[str, tuple[str, str, Assumption]] = {}
    problems = []
    for path in sorted(paths.assumptions().glob("*.yml")):
        file = read_yaml(path, _File)
        for item in file.assumptions:
            if item.id in entries:
                problems.append(Problem(f"{path.name} {item.id}", f"与{entries[item.id][0]}.yml 中的标识重复", "标识唯一", "改名"))
            entries[item.id] = (path.stem, file.title, item)
    if problems:
        raise InputError(problems)
    return entries


def load_assumption(id: str) -> Assumption:
    """Return one entry of the ledger.

    Raises:
        InputError: no such entry.

    Example:
        >>> load_assumption("institution_occupancy").unit
        '%'
    """
    entries = _ledger()
    if id not in entries:
        raise InputError.single(f"假设 {id}", "台账中没有该假设", "、".join(entries), "用 minzheng assumptions 查看全部标识")
    return entries[id][2]


def assumption_table(ids: Iterable[str] | None = None) -> pd.DataFrame:
    """Return the ledger, or some of it, as a table: most doubtful and weighty first.

    Args:
        ids: entries wanted; None for all.

    Returns:
        One row an entry: ``id``, ``group``, ``group_title``, ``name``, ``definition``, ``unit``, ``low``, ``mid``, ``high``,
        ``quality``, ``impact``, ``red_red``, ``reason``, ``citation``, ``seen``, ``address``, ``mark``, ``reviewed``, ``note``.

    Raises:
        InputError: an id that the ledger lacks.
    """
    import pandas as pd

    wanted = list(_ledger()) if ids is None else list(dict.fromkeys(ids))
    rows = []
    for id in wanted:
        item = load_assumption(id)
        group, title, _ = _ledger()[id]
        fields = item.model_dump(exclude={"citation", "id"})
        cited = item.citation
        rows.append(
            {"id": id, "group": group, "group_title": title, **fields, "red_red": item.is_red_red, "mark": item.mark}
            | {"citation": cited.text if cited else "", "seen": cited.seen if cited else "", "address": cited.address if cited else ""}
        )
    columns = [
        "id", "group", "group_title", "name", "definition", "unit", "low", "mid", "high", "quality", "impact", "red_red", "reason",
        "citation", "seen", "address", "mark", "reviewed", "note",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    rank = {"red": 0, "amber": 1, "green": 2}
    order = table["quality"].map(rank) + table["impact"].map(rank)
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def check_cited(ids: Iterable[str]) -> None:
    """Refuse parameters without citation: they may be explored, not reported.

    Raises:
        InputError: every entry without citation.

    Example:
        >>> check_cited([])
    """
    uncited = [item for item in map(load_assumption, ids) if item.citation is None]
    if uncited:
        raise InputError(
            [
                Problem(
                    f"假设 {item.id}", f"{item.name}没有出处，为{ILLUSTRATIVE}", "写进报告的假设有出处", "补上出处，或只在研究笔记本中使用"
                )
                for item in uncited
            ]
        )
