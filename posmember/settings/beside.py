"""Settings that are more than a text: a hotkey, what is typed into the till, web origins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from posmember.errors import ConfigError

_NONE: Final = "none"
_MODIFIERS: Final = {
    "ctrl": "Ctrl",
    "control": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "win": "Win",
    "meta": "Win",
    "super": "Win",
}
_KEY: Final = re.compile(r"[A-Z0-9]|F([1-9]|1[0-9]|2[0-4])|Space|Home|End|Insert|Pause")
_NAMED: Final = ("Space", "Home", "End", "Insert", "Pause")
_PIECE: Final = re.compile(r"\{([^{}]*)\}")
_MOST_ORIGINS: Final = 16
_LONGEST_JOIN: Final = 256
"""Characters of an address: more make squares that a phone does not read from a screen."""
_MOST_TYPED: Final = 64
"""Characters around the code."""


@dataclass(frozen=True, slots=True)
class Hotkey:
    """A key that is heard in every program.

    Args:
        modifiers: of Ctrl, Alt, Shift and Win, in this order.
        key: a letter, a digit, F1 to F24, Space, Home, End, Insert or Pause.
    """

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join((*self.modifiers, self.key)) or _NONE


NO_HOTKEY: Final = Hotkey((), "")


def parse_hotkey(text: str) -> Hotkey:
    """Read a hotkey such as ``Ctrl+Alt+H``, or ``none``.

    A key that is typed, alone or with Shift, would be lost to every other program.

    Raises:
        ConfigError: it is none.
    """
    if text.casefold() == _NONE:
        return NO_HOTKEY
    *before, last = (part.strip() for part in text.split("+"))
    names = [_MODIFIERS.get(part.casefold(), "") for part in before]
    key = next((named for named in _NAMED if named.casefold() == last.casefold()), last.upper())
    if not all(names) or len(set(names)) != len(names) or not _KEY.fullmatch(key):
        raise ConfigError("beside.hotkey has to be like Ctrl+Alt+H, or none")
    held = set(names)
    if not held & {"Ctrl", "Alt", "Win"} and not re.fullmatch(r"F[0-9]+|Pause", key):
        raise ConfigError("beside.hotkey has to have Ctrl, Alt or Win")
    return Hotkey(tuple(name for name in ("Ctrl", "Alt", "Shift", "Win") if name in held), key)


@dataclass(frozen=True, slots=True)
class Template:
    """What is typed into the till.

    Args:
        pieces: in this order: texts as they stand, ``{code}``, ``{Enter}`` and ``{Tab}``.
    """

    pieces: tuple[str, ...]

    def __str__(self) -> str:
        return "".join(self.pieces)


def parse_template(text: str) -> Template:
    """Read what is typed into the till, such as ``{code}{Enter}``.

    Raises:
        ConfigError: the code is not in it once, or a name in braces is unknown.
    """
    known = {"code": "{code}", "enter": "{Enter}", "tab": "{Tab}"}
    pieces: list[str] = []
    for place, part in enumerate(_PIECE.split(text)):
        if place % 2 and part.casefold() not in known:
            raise ConfigError("hand_over.template knows {code}, {Enter} and {Tab}")
        if part:
            pieces.append(known[part.casefold()] if place % 2 else part)
    typed = "".join(piece for piece in pieces if piece not in known.values())
    if pieces.count("{code}") != 1 or len(typed) > _MOST_TYPED or set("{}") & set(typed):
        raise ConfigError("hand_over.template has to hold {code} once")
    return Template(tuple(pieces))


def parse_origins(text: str) -> tuple[str, ...]:
    """Read web origins, such as ``https://pos.example.com``, with spaces between them.

    Raises:
        ConfigError: one is none.
    """
    found = tuple(dict.fromkeys(text.casefold().split()))
    if len(found) > _MOST_ORIGINS or not all(map(_is_origin, found)):
        raise ConfigError("beside.http_origins has to hold origins such as https://pos.example.com")
    return found


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and text == f"{parts.scheme}://{parts.netloc}"
        and "@" not in parts.netloc
        and text.isascii()
    )


def check_join_qr(text: str) -> str:
    """Take a picture's file, or an https address that goes into a QR code.

    Raises:
        ConfigError: it is neither.
    """
    if is_join_address(text) or "://" not in text:
        return text
    raise ConfigError("customer.join_qr has to be a picture's file or an https address")


def is_join_address(text: str) -> bool:
    """Return whether it is an address to join at, not a picture's file."""
    try:
        parts = urlsplit(text)
        _port = parts.port
    except ValueError:
        return False
    plain = len(text) <= _LONGEST_JOIN and text.isprintable() and " " not in text
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and plain
