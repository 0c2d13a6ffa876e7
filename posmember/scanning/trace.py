"""What a scanner typed, key by key, as the window received it. Pure; it may be kept as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

_CONTROL_NAMES = {
    "\x02": "STX", "\x03": "ETX", "\x04": "EOT", "\x05": "ENQ", "\x06": "ACK",
    "\x1c": "FS", "\x1d": "GS", "\x1e": "RS", "\x1f": "US",
}  # fmt: skip


def control_name(char: str) -> str:
    """Name a control character, e.g. "STX"; one that scanners do not use by its keys, "Ctrl+A"."""
    return _CONTROL_NAMES.get(char) or f"Ctrl+{chr(ord(char) ^ 0x40)}"


@dataclass(frozen=True, slots=True)
class TracedKey:
    """One key going down or up. What it says may be personal data.

    Args:
        at: seconds since the first key.
        char: what it types: CR for both Enter keys, HT for Tab, the control character for Ctrl
            with a letter (Ctrl+B is STX), "" for a key that types nothing.
        key_name: Qt's name of the key, such as ``A``, ``Return``, ``Home``, ``F9``.
        scan_code: the keyboard's own number of the key; 0 where the system does not tell.
        keypad: whether it is on the number pad.
        alt: whether Alt was down: then it is part of a character's number.
    """

    at: float
    char: str = field(repr=False)
    key_name: str = field(repr=False)
    pressed: bool
    scan_code: int = field(default=0, repr=False)
    keypad: bool = False
    control: bool = False
    shift: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """Every key of one burst, or of several with no pause between.

    Args:
        composed: the text that an input method committed, or still held, in their place.
    """

    keys: tuple[TracedKey, ...]
    composed: str = field(default="", repr=False)

    @property
    def presses(self) -> tuple[TracedKey, ...]:
        """The keys going down, in order."""
        return tuple(key for key in self.keys if key.pressed)

    @property
    def has_alt_codes(self) -> bool:
        """Whether characters came as their numbers, on the keypad with Alt."""
        return any(key.alt for key in self.keys)

    def without_alt_codes(self) -> Trace:
        """Return what else came: what the system has made of the numbers, where it does."""
        return replace(self, keys=tuple(key for key in self.keys if not key.alt))

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {"composed": self.composed, "keys": [asdict(key) for key in self.keys]}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Make it of what `as_json` gave.

        Raises:
            KeyError, TypeError: it is something else.
        """
        return cls(tuple(TracedKey(**key) for key in content["keys"]), content["composed"])
