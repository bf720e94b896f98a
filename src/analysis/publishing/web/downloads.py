"""Data and pictures inside the page, as addresses that need no other file."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

# With a byte order mark: by it spreadsheet programs know UTF-8.
_BOM = "\ufeff"


def data_table(csv: str) -> Markup:
    """Return the address of a CSV file.

    Args:
        csv: its content.
    """
    return _address("text/csv;charset=utf-8", _BOM + csv)


def picture(svg: str) -> Markup:
    """Return the address of a drawing.

    Args:
        svg: the drawing.
    """
    return _address("image/svg+xml", svg)


def _address(kind: str, text: str) -> Markup:
    """Return a data address; Base64 holds no letter that HTML or an address would read as its own."""
    from markupsafe import Markup

    content = base64.b64encode(text.encode("utf-8", "replace")).decode()
    return Markup(f"data:{kind};base64,{content}")
