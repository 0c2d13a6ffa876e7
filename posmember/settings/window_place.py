"""Where the window was: a small file of the person who uses it, not part of the configuration.

Read before the first paint, so nothing heavy is imported here, and annotations are what they
say: a NamedTuple compiles each that is a text, a millisecond in all. Numbers and a screen's name
are all that is ever in it.
"""

from pathlib import Path
from typing import Final, NamedTuple

from posmember.settings.remembered import read_remembered, remember, remembered_path

_ONE, _BOTH = "1", "2"
"""The versions: the place of the full window alone, and those of the full and the compact one."""
_NONE: Final = "-"
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


class WindowPlaces(NamedTuple):
    """Where the window was in each of its forms; None where it was never in that one.

    Args:
        is_compact: whether the compact form was the last one.
    """

    full: WindowPlace | None = None
    compact: WindowPlace | None = None
    is_compact: bool = False


def place_path() -> Path | None:
    """Where the file is; None where the system names no place for such files."""
    return remembered_path(_NAME)


def read_places(path: Path) -> WindowPlaces | None:
    """What the file says; None where there is none, or it is not as this program writes it."""
    try:
        return parse_places(read_remembered(path, _LONGEST + 1))
    except (OSError, ValueError):
        return None


def parse_places(content: bytes) -> WindowPlaces | None:
    """Read what `format_places` wrote; None where it is anything else."""
    if len(content) > _LONGEST or not content.endswith(b"\n") or not content.isascii():
        return None
    head, *lines = content.decode("ascii")[:-1].split("\n")
    version, _space, rest = head.partition(" ")
    if version == _ONE and not lines:
        full = _place(rest)
        return WindowPlaces(full=full) if full is not None else None
    if version != _BOTH or rest not in ("0", "1") or len(lines) != 2:
        return None
    full, compact = map(_place, lines)
    if (full is None and lines[0] != _NONE) or (compact is None and lines[1] != _NONE):
        return None
    return WindowPlaces(full, compact, is_compact=rest == "1")


def format_places(places: WindowPlaces) -> bytes:
    """Lines of numbers and screens' names as far as they are plain."""
    if places.full is not None and places.compact is None and not places.is_compact:
        return f"{_ONE} {_line(places.full)}\n".encode()
    head = f"{_BOTH} {int(places.is_compact)}"
    return "\n".join((head, _line(places.full), _line(places.compact), "")).encode()


def write_places(path: Path, places: WindowPlaces) -> None:
    """Write the file whole, or leave it as it was. Raises OSError."""
    remember(path, format_places(places))


def _place(line: str) -> WindowPlace | None:
    *numbers, screen = [*line.split(" ", 5), ""][:6]
    if len(numbers) != 5 or not all(map(_is_number, numbers)) or not screen.isprintable():
        return None
    x, y, width, height, maximised = map(int, numbers)
    if min(width, height) < 1 or maximised not in (0, 1):
        return None
    return WindowPlace(x, y, width, height, bool(maximised), screen)


def _line(place: WindowPlace | None) -> str:
    if place is None:
        return _NONE
    name = "".join(char for char in place.screen if char.isascii() and char.isprintable())
    numbers = (*place[:4], int(place.is_maximised))
    return " ".join((*map(str, numbers), name[:_LONGEST_NAME]))


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isdigit() and len(digits) < 7 and abs(int(text)) <= _FURTHEST
