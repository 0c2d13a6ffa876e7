"""The sizes of letters on the customer's screen, which is read at one and a half metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

LEAST_PX: Final = 26
"""On a screen of 10 inches with 600 lines: some 13 minutes of arc."""
_PARTS: Final = 21
"""The usual letter is one part in so many of the screen's shorter side."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """In pixels at the screen's own scale.

    Args:
        unit: of a usual letter.
        is_high: whether the screen is higher than wide.
    """

    unit: int = LEAST_PX + 2
    is_high: bool = False

    @classmethod
    def of(cls, screen: QSize) -> Sizes:
        """The sizes for a screen, wide or high."""
        unit = max(LEAST_PX + 2, min(screen.width(), screen.height()) // _PARTS)
        return cls(unit, screen.height() > screen.width())

    @property
    def least(self) -> int:
        """Of what has no room otherwise."""
        return max(LEAST_PX, round(self.unit * 0.85))

    @property
    def title(self) -> int:
        """Of a coupon's title, a saving, what is nearly usable."""
        return round(self.unit * 1.1)

    @property
    def value(self) -> int:
        """Of what a coupon is worth, points and stored value."""
        return round(self.unit * 1.5)

    @property
    def name(self) -> int:
        """Of who it is, and of a page's one sentence."""
        return round(self.unit * 2)

    @property
    def space(self) -> int:
        """Between two things."""
        return self.unit // 2

    @property
    def margin(self) -> int:
        """Around a page."""
        return self.unit
