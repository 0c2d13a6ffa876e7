"""Native messages put together by hand, as the systems' own references describe them."""

from __future__ import annotations

import struct

VK_A = 0x41
VK_PROCESSKEY = 0xE5


def xcb_event(kind: int, code: int, at_ms: int, state: int) -> bytes:
    """Return an xcb_key_press_event_t: 32 bytes."""
    windows = (0x111, 0x222, 0)
    places = (10, 20, 3, 4)
    return struct.pack(
        "=BBHIIIIhhhhHBx", kind, code, 9, at_ms & 0xFFFFFFFF, *windows, *places, state, 1
    )


def lparam(scan_code: int, *, extended: bool = False, was_down: bool = False) -> int:
    """Return the lParam of a key message: count, scan code, extended, previous state."""
    return 1 | scan_code << 16 | extended << 24 | was_down << 30


def msg(pointer_size: int, number: int, wparam: int, lparam: int, *, time_ms: int = 0) -> bytes:
    """Return a whole MSG: hwnd, message, wParam, lParam, time, pt; aligned as in C."""
    layout = "<QI4xQqIii4x" if pointer_size == 8 else "<IIIiIii"
    return struct.pack(layout, 0xABCD, number, wparam, lparam, time_ms, 640, 480)


def rawinput(
    pointer_size: int,
    scan_code: int,
    *,
    kind: int = 1,
    device: int = 0x5A5A,
    flags: int = 0,
    virtual_key: int = VK_A,
) -> bytes:
    """Return a RAWINPUT: header (type, size, device, wParam) and RAWKEYBOARD."""
    keyboard = struct.pack("<HHHHII", scan_code, flags, 0, virtual_key, 0x0100, 0)
    layout = "<IIQQ" if pointer_size == 8 else "<IIII"
    size = struct.calcsize(layout) + len(keyboard)
    return struct.pack(layout, kind, size, device, 0) + keyboard
