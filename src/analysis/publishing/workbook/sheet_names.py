"""Names of sheets: short, unique, and such as every spreadsheet program takes."""

from __future__ import annotations

import re

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = "history"  # spreadsheet programs keep it for themselves


class SheetNames:
    """Hands out names; two sheets never get the same one, not even in another case."""

    def __init__(self) -> None:
        self._taken: set[str] = {_RESERVED}

    def take(self, wanted: str) -> str:
        """Return the wanted name without forbidden characters, shortened, and numbered where it is taken already.

        Example:
            >>> names = SheetNames()
            >>> names.take("图1 甲/乙"), names.take("图1 甲：乙"), names.take("图1 甲 乙")
            ('图1 甲 乙', '图1 甲：乙', '图1 甲 乙（2）')
        """
        name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:LONGEST].strip() or "表"
        found, number = name, 1
        while found.casefold() in self._taken:
            number += 1
            ending = f"（{number}）"
            found = name[: LONGEST - len(ending)].rstrip() + ending
        self._taken.add(found.casefold())
        return found
