"""Characters that come as numbers: Alt held down, digits struck on the keypad, Alt let go. Pure.

Scanners can be set to type like that (ALT mode). Windows makes a character of each number;
elsewhere nobody does, and what was scanned never arrives.
"""

from __future__ import annotations

from math import inf
from typing import Final

RECOGNISED_AT: Final = 3
"""So many characters in a row are a scanner's; a person types one such number at a time."""
OVER_AFTER_S: Final = 0.5
"""What comes later is another scan."""
_LONGEST_NUMBER_S = 0.4
_FEWEST_DIGITS = 2


class AltCodes:
    """Tells a scanner in ALT mode; the caller brings every key with its time in seconds."""

    def __init__(self) -> None:
        self._digits = 0
        self._began_at = self._last_at = -inf
        self._characters = 0
        self._is_made_out = False

    @property
    def is_scan(self) -> bool:
        """Whether a scanner's characters came, and nobody made anything of them."""
        return self._characters >= RECOGNISED_AT and not self._is_made_out

    def digit(self, at: float) -> None:
        """Take a digit of the keypad, struck while Alt is down."""
        if at - self._last_at > OVER_AFTER_S:
            self.reset()
        if not self._digits:
            self._began_at = at
        self._digits, self._last_at = self._digits + 1, at

    def alt_up(self, at: float) -> None:
        """Take Alt let go: it ends a character's number, if there is one."""
        if self._digits < _FEWEST_DIGITS or at - self._began_at > _LONGEST_NUMBER_S:
            self.reset()
            return
        self._characters, self._digits, self._last_at = self._characters + 1, 0, at

    def character(self, at: float) -> None:
        """Take a character without Alt: the system made it of the number, or it is a person's."""
        if self._characters and at - self._last_at <= OVER_AFTER_S:
            self._is_made_out = True

    def ends(self, at: float) -> bool:
        """Return whether an Enter, or a quiet moment, ends such a scan; and forget it."""
        ended = self.is_scan and at - self._last_at <= OVER_AFTER_S
        self.reset()
        return ended

    def reset(self) -> None:
        """Forget every number."""
        self._digits, self._characters, self._is_made_out = 0, 0, False
