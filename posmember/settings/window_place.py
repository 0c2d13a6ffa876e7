"""Where the window was: a small file of the person who uses it, not part of the configuration.

Read before the first paint, so nothing heavy is imported here, and annotations are what they
say: a NamedTuple compiles each that is a text, a millisecond in all. Numbers and a screen's name
are all that is ever in it.
"""

from pathlib import Path
from typing import Final, NamedTuple

from posmember.settings.remembered import read_remembered, remember, remembered_path

_VERSION: Final = "1"
_NAME: Final = "window"
_LONGEST: Final = 400
_LONGEST_NAME: Final = 80
_FURTHEST: Final = 100_000
"""Of a coordinate or a size: no desktop is as large."""


class WindowPlace(NamedTuple):
    """Where a window is where it is not maximised, in Qt's pixels, without its frame.

    Args:
        x, y: of the whole desktop.
        is_maximised: whether it fills its screen.
        screen: the name of the screen that it is on.
    """

    x: int
    y: int
    width: int
    height: int
    is_maximised: bool
    screen: str


def place_path() -> Path | None:
    """Where the file is; None where the system names no place for such files."""
    return remembered_path(_NAME)


def read_place(path: Path) -> WindowPlace | None:
    """What the file says; None where there is none, or it is not as this program writes it."""
    try:
        return parse_place(read_remembered(path, _LONGEST + 1))
    except (OSError, ValueError):
        return None


def parse_place(content: bytes) -> WindowPlace | None:
    """Read what `format_place` wrote; None where it is anything else."""
    if len(content) > _LONGEST or not content.endswith(b"\n") or not content.isascii():
        return None
    version, *numbers, screen = [*content.decode("ascii")[:-1].split(" ", 6), ""][:7]
    if version != _VERSION or len(numbers) != 5 or not all(map(_is_number, numbers)):
        return None
    x, y, width, height, maximised = map(int, numbers)
    if min(width, height) < 1 or maximised not in (0, 1):
        return None
    return WindowPlace(x, y, width, height, bool(maximised), screen)


def format_place(place: WindowPlace) -> bytes:
    """One line: a version, five numbers, and the screen's name as far as it is plain."""
    name = "".join(char for char in place.screen if char.isascii() and char.isprintable())
    numbers = (*place[:4], int(place.is_maximised))
    return " ".join((_VERSION, *map(str, numbers), name[:_LONGEST_NAME])).encode() + b"\n"


def write_place(path: Path, place: WindowPlace) -> None:
    """Write the file whole, or leave it as it was. Raises OSError."""
    remember(path, format_place(place))


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isdigit() and len(digits) < 7 and abs(int(text)) <= _FURTHEST
