"""Pictures as plain bytes: what a test has to see of a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtGui import QImage

from posmember.ui.theme import tokens

_BYTES = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of 4 bytes a pixel: blue, green, red, and one that means nothing."""

    width: int
    height: int
    data: bytes = field(repr=False)

    @classmethod
    def load(cls, path: str | Path) -> Picture:
        """Read a picture file; fails where it is none."""
        image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
        assert not image.isNull(), path
        return cls(image.width(), image.height(), bytes(image.constBits()))

    def colours(self) -> int:
        """Return the number of different colours: few in a picture of nothing."""
        pixels = memoryview(self.data).cast("I")
        return len(set(pixels))

    def count(self, colour: tuple[int, int, int]) -> int:
        """Return the number of pixels of exactly this colour (red, green, blue)."""
        wanted = bytes(reversed(colour))
        return sum(self.data[at : at + 3] == wanted for at in range(0, len(self.data), _BYTES))

    def count_of(self, name: str) -> int:
        """Return the number of pixels of a colour of the light theme, such as "usable"."""
        colour = tokens("light").color(name)
        return self.count((colour.red(), colour.green(), colour.blue()))

    def part(self, left: float, top: float, right: float, bottom: float) -> Picture:
        """Return a part, its edges given as parts of the whole, from 0 to 1."""
        first, last = round(left * self.width), round(right * self.width)
        rows = range(round(top * self.height), round(bottom * self.height))
        stride = self.width * _BYTES
        data = b"".join(
            self.data[row * stride + first * _BYTES : row * stride + last * _BYTES] for row in rows
        )
        return Picture(last - first, len(rows), data)
