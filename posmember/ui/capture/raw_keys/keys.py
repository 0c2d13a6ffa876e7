"""One key as the keyboard sent it, whatever the system it came through."""

from __future__ import annotations

from dataclasses import dataclass, field

from posmember.scanning.layout import ALT, CONTROL, LEFT_SHIFT, RIGHT_SHIFT, char_of

_META = (0x5B, 0x5C)
_LOCKS = (0x3A, 0x45, 0x46)
_MODIFIERS = frozenset((LEFT_SHIFT, RIGHT_SHIFT, CONTROL, ALT, *_LOCKS))


@dataclass(frozen=True, slots=True)
class RawKey:
    """A key that went down or up. Its repr does not tell which.

    Args:
        scan_code: of PC set 1, without its prefix.
        extended: whether the prefix E0 came before the scan code.
        repeated: whether the keyboard only repeats a key that is held down.
        at: seconds of the clock of Qt's key events, to the millisecond.
        shift: this and the following as they were before the key.
        device: the keyboard's name; "" where the system does not tell.
    """

    scan_code: int = field(repr=False)
    extended: bool
    pressed: bool
    repeated: bool
    at: float
    shift: bool = field(default=False, repr=False)
    caps_lock: bool = False
    num_lock: bool = False
    control: bool = False
    alt: bool = False
    device: str = ""

    @property
    def char(self) -> str:
        """The character of the US layout, CR for both Enter keys, "" for a key without one."""
        if self.alt:
            return ""
        return char_of(
            self.scan_code,
            shift=self.shift,
            caps_lock=self.caps_lock,
            num_lock=self.num_lock,
            control=self.control,
            extended=self.extended,
        )

    @property
    def place(self) -> int:
        """Which key of the keyboard it is, as one number."""
        return self.scan_code | 0xE000 if self.extended else self.scan_code

    @property
    def is_modifier(self) -> bool:
        """Whether it only changes what other keys give: Shift, Caps Lock, the Windows key."""
        if self.extended and self.scan_code in _META:
            return True
        return self.scan_code in _MODIFIERS
