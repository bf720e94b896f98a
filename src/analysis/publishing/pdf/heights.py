"""Which charts are made a little smaller, so that they fit on the rest of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_SMALLEST_SCALE = 0.75


def heights(rooms: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    """Return how high charts are that fit on their page once they are a little smaller, by label, in points.

    Args:
        rooms: of each chart its label (``anchor``), the ``room`` left on its page, what of it keeps its height (``fixed``, its
            caption), and how high the drawing is (``highest``); in points.

    Example:
        >>> chart = {"anchor": "图1", "fixed": 30.0, "highest": 200.0}
        >>> heights([chart | {"room": 230.0}]), heights([chart | {"room": 180.0}]), heights([chart | {"room": 179.0}])
        ({}, {'图1': 150.0}, {})
    """
    left = {told["anchor"]: (told["room"] - told["fixed"], told["highest"]) for told in rooms}
    return {anchor: round(room, 2) for anchor, (room, highest) in left.items() if _SMALLEST_SCALE * highest <= room < highest}
