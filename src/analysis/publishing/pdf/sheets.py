"""The two ways a page lies: upright for text, on its side for wide tables. Lengths in points."""

from __future__ import annotations

from dataclasses import asdict, dataclass

_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True)
class Sheet:
    """A page of A4.

    Attributes:
        paper: width and height of the paper.
        top, bottom, left, right: margins.
    """

    paper: tuple[float, float]
    top: float
    bottom: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.paper[0] - self.left - self.right

    @property
    def height(self) -> float:
        """Height of the text."""
        return self.paper[1] - self.top - self.bottom

    def as_dict(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self) | {"width": self.width, "height": self.height}


def _sheet(width: float, height: float, top: float, bottom: float, left: float, right: float) -> Sheet:
    millimetres = (width, height, top, bottom, left, right)
    across, down, *margins = (length * _MILLIMETRE for length in millimetres)
    return Sheet((across, down), *margins)


# GB/T 9704 asks for text 156 mm wide behind a binding edge of 28 mm; head and foot are narrower here, for tall charts.
UPRIGHT = _sheet(210, 297, 30, 28, 28, 26)
TURNED = _sheet(297, 210, 26, 22, 25, 25)
