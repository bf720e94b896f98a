"""Lists within lists."""

from __future__ import annotations

from dataclasses import dataclass, field

from analysis.publishing.document.model import Listing, Paragraph


@dataclass
class Item:
    """An item and the items below it."""

    paragraph: Paragraph
    below: list[Item] = field(default_factory=list)


def nested(listing: Listing) -> list[Item]:
    """Return the outermost items of a list, each with those below it; a depth that skips a level counts as one deeper.

    Args:
        listing: the list with a depth for each item.
    """
    top: list[Item] = []
    open_items: list[tuple[int, Item]] = []
    for paragraph, depth in zip(listing.items, listing.depths, strict=True):
        while open_items and open_items[-1][0] >= depth:
            open_items.pop()
        item = Item(paragraph)
        (open_items[-1][1].below if open_items else top).append(item)
        open_items.append((depth, item))
    return top
