"""Keys in the messages of Windows: WM_KEYDOWN and its kin, and WM_INPUT. Pure.

By Microsoft's reference: "WM_KEYDOWN message" (the bits of lParam), "MSG structure", "RAWINPUT
structure", "RAWKEYBOARD structure", "WM_INPUT message". An input method changes wParam to
VK_PROCESSKEY; the scan code in lParam stays true.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Self

from posmember.scanning.layout import ALT, CONTROL, LEFT_SHIFT, RIGHT_SHIFT
from posmember.ui.capture.raw_keys.keys import RawKey

WM_KILLFOCUS: Final = 0x0008
WM_INPUT_DEVICE_CHANGE: Final = 0x00FE
WM_INPUT: Final = 0x00FF
WM_KEYDOWN: Final = 0x0100
WM_KEYUP: Final = 0x0101
WM_SYSKEYDOWN: Final = 0x0104
WM_SYSKEYUP: Final = 0x0105
VK_CAPITAL: Final = 0x14
VK_NUMLOCK: Final = 0x90
VK_PACKET: Final = 0xE7

_PRESSES = (WM_KEYDOWN, WM_SYSKEYDOWN)
KEY_MESSAGES: Final = frozenset((*_PRESSES, WM_KEYUP, WM_SYSKEYUP))
_EXTENDED, _WAS_DOWN = 1 << 24, 1 << 30

_RIM_INPUTSINK = 1
_RIM_TYPEKEYBOARD = 1
_RI_KEY_BREAK, _RI_KEY_E0, _RI_KEY_E1 = 1, 2, 4
_KEYBOARD_OVERRUN_MAKE_CODE = 0xFF
_NO_VIRTUAL_KEY = 0xFF

_MESSAGE = {8: struct.Struct("<QI4xQqI"), 4: struct.Struct("<IIIiI")}
_HEADER = {8: struct.Struct("<IIQQ"), 4: struct.Struct("<IIII")}
_KEYBOARD = struct.Struct("<HHHHII")
"""All by the size of a pointer. What follows the time of a message is of no use here."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a MSG holds. Its repr does not tell which key it is about.

    Args:
        number: which message it is, such as WM_KEYDOWN.
        time_ms: since Windows started.
    """

    window: int
    number: int
    wparam: int = field(repr=False)
    lparam: int = field(repr=False)
    time_ms: int

    @classmethod
    def read(cls, data: bytes, pointer_size: int) -> Self:
        """Read a MSG structure. Raises struct.error where `data` is too short for it."""
        return cls(*_MESSAGE[pointer_size].unpack_from(data))

    @property
    def is_for_another_program(self) -> bool:
        """Whether the key of a WM_INPUT went to a program that has the focus; to be asked of it."""
        return self.wparam & 0xFF == _RIM_INPUTSINK


def message_size(pointer_size: int) -> int:
    """Return how many bytes of a MSG are read."""
    return _MESSAGE[pointer_size].size


class Modifiers:
    """Which of Shift, Control and Alt are down, by the keys that came by."""

    def __init__(self) -> None:
        self._down: set[tuple[int, bool]] = set()

    def take(self, scan_code: int, *, extended: bool, pressed: bool) -> None:
        """Take any key. An extended Shift is none: keyboards put it around other keys."""
        if scan_code in (LEFT_SHIFT, RIGHT_SHIFT) and extended:
            return
        if scan_code in (LEFT_SHIFT, RIGHT_SHIFT, CONTROL, ALT):
            change = self._down.add if pressed else self._down.discard
            change((scan_code, extended))

    def forget(self) -> None:
        """Forget what is down: where it goes up, another program will see it."""
        self._down.clear()

    @property
    def shift(self) -> bool:
        """Whether a Shift is down."""
        return bool(self._down & {(LEFT_SHIFT, False), (RIGHT_SHIFT, False)})

    @property
    def control(self) -> bool:
        """Whether a Control is down."""
        return bool(self._down & {(CONTROL, False), (CONTROL, True)})

    @property
    def alt(self) -> bool:
        """Whether an Alt is down."""
        return bool(self._down & {(ALT, False), (ALT, True)})


class KeyMessages:
    """Reads the keys of a program's own windows.

    Args:
        is_toggled: whether the lock of a virtual key code (VK_CAPITAL, VK_NUMLOCK) is on.
    """

    def __init__(self, is_toggled: Callable[[int], bool]) -> None:
        self._is_toggled = is_toggled
        self._modifiers = Modifiers()

    def read(self, message: Message) -> RawKey | None:
        """Return the key of a message; None for another message.

        None as well for VK_PACKET, by which programs send characters: no key was struck.
        """
        if message.number == WM_KILLFOCUS:
            self._modifiers.forget()
        if message.number not in KEY_MESSAGES or message.wparam & 0xFFFF == VK_PACKET:
            return None
        pressed = message.number in _PRESSES
        key = RawKey(
            scan_code=message.lparam >> 16 & 0xFF,
            extended=bool(message.lparam & _EXTENDED),
            pressed=pressed,
            repeated=pressed and bool(message.lparam & _WAS_DOWN),
            at=message.time_ms / 1000,
            shift=self._modifiers.shift,
            caps_lock=self._is_toggled(VK_CAPITAL),
            num_lock=self._is_toggled(VK_NUMLOCK),
            control=self._modifiers.control,
            alt=self._modifiers.alt,
        )
        self._modifiers.take(key.scan_code, extended=key.extended, pressed=pressed)
        return key


@dataclass(frozen=True, slots=True)
class RawInput:
    """What a RAWINPUT of a keyboard holds. Its repr does not tell which key it is about.

    Args:
        device: the handle of the keyboard.
    """

    device: int
    scan_code: int = field(repr=False)
    extended: bool
    pressed: bool

    @classmethod
    def read(cls, data: bytes, pointer_size: int) -> Self | None:
        """Read a RAWINPUT structure. Raises struct.error where `data` is too short for it.

        Returns:
            None for another device than a keyboard, and for what is no key: too many keys at
            once, a code without a virtual key (a keyboard's own Shift around another key), a
            key without a scan code, Pause (the only key with the prefix E1).
        """
        header = _HEADER[pointer_size]
        kind, _, device, _ = header.unpack_from(data)
        if kind != _RIM_TYPEKEYBOARD:
            return None
        make_code, flags, _, virtual_key, _, _ = _KEYBOARD.unpack_from(data, header.size)
        no_key = make_code in (0, _KEYBOARD_OVERRUN_MAKE_CODE) or virtual_key >= _NO_VIRTUAL_KEY
        if no_key or flags & _RI_KEY_E1:
            return None
        return cls(
            device=device,
            scan_code=make_code & 0x7F,
            extended=bool(flags & _RI_KEY_E0),
            pressed=not flags & _RI_KEY_BREAK,
        )


class DeviceKeys:
    """Puts the keys of one device together with its own Shift and Control.

    The locks are left out on purpose: they belong to the keyboard of the person.

    Args:
        name: the device's.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._modifiers = Modifiers()
        self._down: set[int] = set()

    def read(self, raw: RawInput, time_ms: int) -> RawKey:
        """Return a key of the device.

        Args:
            time_ms: of the message that brought it.
        """
        place = raw.scan_code | 0xE000 if raw.extended else raw.scan_code
        key = RawKey(
            scan_code=raw.scan_code,
            extended=raw.extended,
            pressed=raw.pressed,
            repeated=raw.pressed and place in self._down,
            at=time_ms / 1000,
            shift=self._modifiers.shift,
            num_lock=True,
            control=self._modifiers.control,
            alt=self._modifiers.alt,
            device=self._name,
        )
        self._modifiers.take(key.scan_code, extended=key.extended, pressed=key.pressed)
        change = self._down.add if raw.pressed else self._down.discard
        change(place)
        return key
